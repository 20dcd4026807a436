"""`export` and `describe`: the graph in the formats of other tools, and a folder to publish."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import OutputError
from .output import emit, say
from .progress import progress

if TYPE_CHECKING:
    from .main import State

FORMATS = (
    "turtle", "trig", "nquads", "jsonld", "graphml", "gexf", "csvw", "neo4j", "sqlite", "xlsx", "workbook",
    "mermaid", "dot", "md", "docx",
)  # fmt: skip
_BINARY = frozenset({"sqlite", "xlsx", "workbook", "docx"})


@click.command("export")
@click.option("--format", "fmt", type=click.Choice(FORMATS), help="Default: the ending of -o.")
@click.option("--collection", help="Only what the documents of this collection say.")
@click.option("--of", help="For mermaid, dot, md and docx: only around this thing (name, abbreviation or IRI).")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File; csvw and neo4j are a folder, or a FILE.zip of it."
)
@click.pass_obj
def export_cmd(state: State, fmt: str | None, collection: str | None, of: str | None, output: Path | None) -> None:
    """Write the graph for other tools.

    RDF (turtle, trig, nquads, jsonld), networks (graphml, gexf with periods, neo4j), tables (csvw, sqlite), one
    workbook of every report (xlsx), and the template that `import` reads, filled in (workbook). Around one thing: its
    reporting chain (mermaid, dot) and an appendix for a matter (md, docx).

    \b
    samverkansgraf export --format sqlite -o samverkan.sqlite
    samverkansgraf export --of "Civil beredskap" -o bilaga.docx
    """
    from ..exports import EXPORTS

    chosen = fmt or _by_ending(output, {name: one.suffix for name, one in EXPORTS.items()})
    with progress("Exporting"):
        files = state.graph.export(chosen, collection=collection, of=of)
    if EXPORTS[chosen].suffix:
        _write_one(next(iter(files.values())), chosen, output)
    else:
        _write_many(files, chosen, output)


@click.command("describe")
@click.argument("address")
@click.option(
    "-o", "--output", default="publicering", show_default=True, type=click.Path(file_okay=False, path_type=Path)
)
@click.option("--sparql", default="", help="Address of a SPARQL service with the same data.")
@click.option("--date", default="", help="The day the data were changed, YYYY-MM-DD.")
@click.pass_obj
def describe_cmd(state: State, address: str, output: Path, sparql: str, date: str) -> None:
    """Write a folder to publish at ADDRESS: the graph in every format, and the files that describe it.

    Those are DCAT-AP-SE for data portals, VoID, the named queries, the vocabulary, a citation and SHA256SUMS.
    Publisher, contact and licence are those of samverkansgraf.toml. The site has the same files in its folder data/,
    without ADDRESS.

    \b
    samverkansgraf describe https://exempel.se/samverkan/
    samverkansgraf describe https://exempel.se/samverkan/ --sparql https://exempel.se/sparql -o ut
    """
    from ..exports import Request
    from ..publishing import Publication, Publisher

    publisher = Publisher.of(state.workspace, address, sparql=sparql, date=date)
    with progress("Exporting"):
        files = Publication(Request(state.graph.knowledge, state.lang), publisher).files()
    _write_many(files, "describe", output)


def _by_ending(output: Path | None, endings: dict[str, str]) -> str:
    ending = output.suffix.lower() if output else ""
    for name, suffix in endings.items():
        if ending and suffix == ending:
            return name
    raise click.UsageError(f"Give --format, or -o a file that ends in {', '.join(filter(None, endings.values()))}.")


def _write_one(data: bytes, fmt: str, output: Path | None) -> None:
    if output is None and fmt in _BINARY:
        raise OutputError(f"{fmt} is no text; give it a file with -o FILE.")
    emit(data, output, fmt)


def _write_many(files: Mapping[str, bytes], fmt: str, output: Path | None) -> None:
    """Write *files* to a folder, or together to a zip archive."""
    from ..swapping import write_together
    from ..tables import packed

    if output is None:
        raise OutputError(f"{fmt} is several files; give it a folder with -o FOLDER, or an archive with -o FILE.zip.")
    if output.suffix.lower() == ".zip":
        emit(packed(files), output, fmt)
        return
    write_together(output, files)
    say(f"Wrote {len(files)} files in {output}.")


COMMANDS = (export_cmd, describe_cmd)
