"""The one shape that reports come out in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..evidence import Passage

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key, heading in the reader's language, type (``text`` or ``integer``) and unit."""

    key: str
    label: str
    type: str = "text"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns, the modality of what the row says, and its evidence."""

    cells: tuple[Cell, ...]
    modality: str = "stated"
    derived: bool = False
    evidence: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a report: columns, rows in order, and a title."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An answer in a sentence, then tables, then notes; ``examined`` counts the subjects that were looked at."""

    name: str
    title: str
    answer: str
    examined: str
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    lang: str = "sv"
    documents: dict[str, str] = field(default_factory=dict)
    """Names of the documents that evidence points to, by IRI."""

    def passages(self) -> list[Passage]:
        """Every passage the report cites, in the order of documents and of reading; position + 1 is its number."""
        return sorted({passage for table in self.tables for row in table.rows for passage in row.evidence})

    def with_notes(self, notes: Sequence[str]) -> Report:
        """The report with more notes."""
        return replace(self, notes=(*self.notes, *notes))

    def only(self, modalities: Sequence[str]) -> Report:
        """The report with only the rows of *modalities* (all when none is given); tables left empty go."""
        if not modalities:
            return self
        kept = (replace(t, rows=tuple(row for row in t.rows if row.modality in modalities)) for t in self.tables)
        return replace(self, tables=tuple(table for table in kept if table.rows))

    def first(self, most: int) -> Report:
        """The report with at most *most* rows a table."""
        return replace(self, tables=tuple(replace(table, rows=table.rows[:most]) for table in self.tables))

    def without_evidence(self) -> Report:
        """The report with no row pointing to a passage."""
        bare = (replace(t, rows=tuple(replace(row, evidence=()) for row in t.rows)) for t in self.tables)
        return replace(self, tables=tuple(bare))

    def _repr_html_(self) -> str:
        from ..notebook import fragment

        return fragment(self)


def columns(*labelled: tuple[str, str]) -> tuple[Column, ...]:
    """Text columns of (key, heading) pairs."""
    return tuple(Column(key, label) for key, label in labelled)
