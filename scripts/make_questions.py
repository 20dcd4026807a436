"""Write docs/fragor.md: every competency question with its answer, the place that supports it and its query.

Run by hand through ``make docs``; a test says when the page is stale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

import samverkansgraf
from samverkansgraf.api import Graph

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "competency"
PAGE = ROOT / "docs" / "fragor.md"
COLLECTIONS = ("vasterbotten", "umea", "vml", "jamtland")
"""Order of the collections on the page; the name of each one's file."""
SHORT_IRI = re.compile(r"([a-z]+):[\w.-]+")
INTRODUCTION = """\
# Frågor som grafen besvarar

{count} frågor som en strateg eller en granskare kan ställa, var och en med svaret, det ställe i dokumentet som svaret
vilar på och frågan i SPARQL. Svaren är lästa ur källtexten; ett test ställer varje fråga till grafen och kräver precis
det svaret. Ett streck betyder att inget anges.

Sidan skrivs av `scripts/make_questions.py` ur `tests/competency/`; ändra där och kör `make docs`.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """One competency question: what is asked, how, and the rows that are the whole answer."""

    question: str
    answer: frozenset[tuple[str, ...]]
    rows: tuple[tuple[str, ...], ...]
    document: str
    anchor: str
    query: str = ""
    named: str = ""
    params: dict[str, str] = field(default_factory=dict)
    note: str = ""


def read_questions(path: Path) -> list[Question]:
    """Questions of one file, in order."""
    entries = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - makes nothing but text
    return [_question(entry) for entry in entries]


def _question(entry: dict[str, Any]) -> Question:
    rows = tuple(tuple(row) for row in entry.pop("answer"))
    query = entry.pop("query", "").strip()
    asked = {"named": query.removeprefix("named:").strip()} if query.startswith("named:") else {"query": query}
    return Question(answer=frozenset(rows), rows=rows, **asked | entry)


def page(graph: Graph, folder: Path = FOLDER) -> str:
    """The whole page."""
    files = {name: read_questions(path) for name in COLLECTIONS if (path := folder / f"{name}.yaml").exists()}
    parts = [INTRODUCTION.format(count=sum(map(len, files.values())))]
    for questions in files.values():
        parts.append(f"## {_collection(graph, questions[0].document)}\n")
        parts += [_written(graph, number, question) for number, question in enumerate(questions, 1)]
    return "\n".join(parts)


def _collection(graph: Graph, document: str) -> str:
    query = f"SELECT ?collection WHERE {{ {document} sg:collection ?collection }}"
    (row,) = graph.query(query, is_text=True).rows
    return str(graph.knowledge.things.label(str(row["collection"])))


def _written(graph: Graph, number: int, question: Question) -> str:
    lines = [f"### {number}. {question.question}", "", *_answer(graph, question), ""]
    if question.note:
        lines += [f"*Anmärkning:* {question.note}", ""]
    lines += [f"*Ställe:* {_readable(graph, question.document)}: ”{_escaped(question.anchor)}”", ""]
    lines += ["<details><summary>Frågan i SPARQL</summary>", "", *_query(question), "", "</details>", ""]
    return "\n".join(lines)


def _answer(graph: Graph, question: Question) -> list[str]:
    if not question.rows:
        return ["**Svar:** inget sådant står i grafen."]
    if question.rows in {(("true",),), (("false",),)}:
        return ["**Svar:** ja" if question.rows[0] == ("true",) else "**Svar:** nej"]
    rows = [" · ".join(_readable(graph, cell) for cell in row) for row in question.rows]
    if len(rows) == 1:
        return [f"**Svar:** {rows[0]}"]
    return ["**Svar:**", "", *(f"- {row}" for row in rows)]


def _readable(graph: Graph, cell: str) -> str:
    """The label of a thing written as a short IRI, else the text itself."""
    match, knowledge = SHORT_IRI.fullmatch(cell), graph.knowledge
    if match is None or match[1] not in knowledge.context.prefixes:
        return _escaped(cell or "–")
    return _escaped(knowledge.things.label(knowledge.things.find(cell), "sv"))


def _escaped(text: str) -> str:
    """The text with what Markdown and HTML would read as markup made plain."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", " ".join(text.split()))


def _query(question: Question) -> list[str]:
    if question.named:
        given = ", ".join(f"{name} = {value}" for name, value in question.params.items())
        return [f"Den namngivna frågan `{question.named}`" + (f" med {given}." if given else ".")]
    return ["```sparql", question.query, "```"]


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(samverkansgraf.open(ROOT)), "utf-8")
