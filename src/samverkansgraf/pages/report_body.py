"""The body of a report as HTML: the same in a file of its own and on a page of the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..evidence import Passage
from ..render import shown
from ..reports.coverage import STATUSES
from ..reports.table import Report, Table
from ..texts import Texts, texts
from .shell import frame, template


@dataclass(frozen=True, slots=True)
class Line:
    """A row as a page shows it."""

    cells: tuple[str, ...]
    modality: str
    derived: bool
    evidence: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a page shows it; ``plain`` when every row is plainly stated."""

    title: str
    keys: tuple[str, ...]
    heads: tuple[str, ...]
    numeric: tuple[bool, ...]
    lines: tuple[Line, ...]
    plain: bool


def body(report: Report) -> dict[str, Any]:
    """What the template of a report needs."""
    words, passages = texts(report.lang), report.passages()
    return {
        "report": report,
        "sheets": [_sheet(table, words) for table in report.tables],
        "passages": passages,
        "numbers": {passage.iri: number for number, passage in enumerate(passages, 1)},
        "statuses": {words(f"gaps.status_{status}"): status for status in STATUSES},
    }


def _sheet(table: Table, words: Texts) -> Sheet:
    lines = tuple(
        Line(
            tuple(shown(cell, column.unit, words) for cell, column in zip(row.cells, table.columns, strict=True)),
            row.modality, row.derived, tuple(sorted(row.evidence)),
        )
        for row in table.rows
    )  # fmt: skip
    plain = all(row.modality in {"", "stated"} and not row.derived for row in table.rows)
    numeric = tuple(column.type == "integer" for column in table.columns)
    keys, heads = tuple(column.key for column in table.columns), tuple(column.label for column in table.columns)
    return Sheet(table.title, keys, heads, numeric, lines, plain)


class Alone:
    """Stands in for an edition where a report is a file of its own: it names its documents, and leads nowhere."""

    def __init__(self, report: Report) -> None:
        self.long = report.documents.__getitem__
        self.address = self.tongue = self.status = self.linked = _nothing


def _nothing(*_: str) -> str:
    return ""


def alone(report: Report) -> str:
    """*report* as one HTML file that asks the network for nothing."""
    values = {"e": Alone(report), "t": texts(report.lang), "lang": report.lang, "root": ""}
    return template("report_alone").render(values | frame() | body(report) | {"title": report.title, "pictures": []})


__all__ = ["Line", "Sheet", "alone", "body"]
