"""Write the parts of README.md that are made: the table of contents of the graph and the output of each session.

Run by hand through ``make docs``; a test says when the page is stale.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import samverkansgraf
from samverkansgraf.api import Graph
from samverkansgraf.collation import swedish

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
CONTENTS = re.compile(r"(?<=<!-- contents -->\n).*?(?=<!-- /contents -->)", re.DOTALL)
SESSION = re.compile(r"(?<=<!-- session -->\n```console\n).*?(?=```)", re.DOTALL)


def contents(graph: Graph) -> str:
    """Markdown table: one row per kind, one column per collection, kinds in Swedish order."""
    things = graph.knowledge.things
    rows = graph.query("dokument/innehall").rows
    collections = sorted({str(row["collection"]) for row in rows}, key=lambda iri: swedish(things.label(iri)))
    counts = {(str(row["kind"]), str(row["collection"])): row["things"] for row in rows}
    kinds = sorted({kind for kind, _ in counts}, key=lambda iri: swedish(things.label(iri)))
    lines = ["| | " + " | ".join(map(things.label, collections)) + " |", "|---|" + "---:|" * len(collections)]
    for kind in kinds:
        cells = (str(counts.get((kind, collection), "")) for collection in collections)
        lines.append(f"| {things.label(kind)} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def run(command: str) -> str:
    """Standard output of one `samverkansgraf` command line."""
    words = shlex.split(command)
    if words[0] != "samverkansgraf":
        raise ValueError(f"a session runs samverkansgraf, not {words[0]}")
    code = "from samverkansgraf.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, *words[1:]], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode()


def session(text: str) -> str:
    """The session *text* with each command (``$ …``) followed by what it prints now."""
    commands = [line[2:] for line in text.splitlines() if line.startswith("$ ")]
    return "\n".join(f"$ {command}\n{run(command)}" for command in commands)


def made(page: str, graph: Graph) -> str:
    """The page with its made parts written anew."""
    page = CONTENTS.sub(lambda _: contents(graph), page)
    return SESSION.sub(lambda found: session(found.group()), page)


if __name__ == "__main__":
    README.write_text(made(README.read_text("utf-8"), samverkansgraf.open(ROOT)), "utf-8")
