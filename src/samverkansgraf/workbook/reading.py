"""Read a filled-in workbook: every bad cell is found in one go, and each row becomes a statement of a passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..anchors import digest
from ..errors import DataError, Finding
from ..tables import Grid, ReadCell, read_sheets
from ..terms import ID, LOCAL_NAME
from .cells import CellProblem, values
from .names import Names, Unnamed
from .plan import EXAMPLE, Column, Plan, SheetPlan
from .statements import Document, Statement, statement

IGNORED_SHEETS = frozenset({"Läs mig", "Listor"})
_PASSAGE = ("section", "anchor", "after", "modality")
_NOTES = ("because", "reading", "hedge")
_SINGLE = ("organization", "from")
"""References of which a row has one."""


@dataclass(slots=True)
class Row:
    """A row that is not an example: its values by key, and where they stand."""

    sheet: SheetPlan
    number: int
    values: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def one(self, key: str) -> str:
        """The first value of *key*, or nothing."""
        return self.values.get(key, [""])[0]


@dataclass(frozen=True, slots=True)
class Imported:
    """The documents of a workbook, and how many rows they were made from."""

    documents: tuple[Document, ...]
    rows: int


def read_workbook(path: Path, plan: Plan, known: Mapping[str, Iterable[str]]) -> Imported:
    """The documents that the workbook *path* holds.

    *known* are names that are described elsewhere: name → ids. `DataError` names every bad cell: sheet, cell, what was
    seen, what to do. Formulas, numbers where text belongs, and dates that Excel has padded are refused, never guessed.
    """
    return _Reader(path, plan).read(read_sheets(path), known)


class _Reader:
    def __init__(self, path: Path, plan: Plan) -> None:
        self.path = path
        self.plan = plan
        self.findings: list[Finding] = []

    def found(self, sheet: str, number: int, place: str, message: str) -> None:
        self.findings.append(Finding(f"{self.path.name}, {sheet}", number, f"{place}: {message}"))

    def at(self, row: Row, key: str, message: str) -> None:
        """A finding at the cell of *key*, or at the row where that cell is empty."""
        self.found(row.sheet.title, row.number, row.places.get(key, f"row {row.number}"), message)

    def read(self, grids: Mapping[str, Grid], known: Mapping[str, Iterable[str]]) -> Imported:
        titles = {sheet.title: sheet for sheet in self.plan.sheets.values()}
        for title in grids.keys() - titles.keys() - IGNORED_SHEETS:
            self.found(title, 0, "sheet", f"is not of the template; its sheets are {', '.join(titles)}")
        rows = [row for title, sheet in titles.items() for row in self.rows(sheet, grids.get(title, []))]
        documents = self.documents([row for row in rows if row.sheet.name == "documents"])
        stated = [row for row in rows if row.sheet.name != "documents"]
        if not stated and not self.findings:
            self.found(next(iter(titles)), 0, "workbook", "holds no rows but examples; fill some in")
        names = Names(self.plan.context, known)
        self.name(stated, names, documents)
        for row in stated:
            self.state(row, names, documents)
        if self.findings:
            raise DataError(self.findings)
        return Imported(tuple(one for one in documents.values() if one.passages), len(stated))

    def rows(self, sheet: SheetPlan, grid: Grid) -> Iterator[Row]:
        """Rows below the headings, examples left out."""
        columns = self.headings(sheet, grid)
        for number, cells in grid[1:]:
            row = Row(sheet, number)
            for place, cell in cells.items():
                if place in columns:
                    self.cell(row, columns[place], cell)
                else:
                    self.found(sheet.title, number, cell.place, "has no heading above it; move or delete it")
            if EXAMPLE in {row.one("document"), row.one("id")}:
                continue
            for key in sheet.required:
                if key not in row.places:
                    self.at(row, key, f"lacks {self.heading(sheet, key)}")
            yield row

    def headings(self, sheet: SheetPlan, grid: Grid) -> dict[int, Column]:
        known = {column.heading.casefold(): column for column in sheet.columns}
        found: dict[int, Column] = {}
        for place, cell in (grid[0][1] if grid else {}).items():
            column = known.get(str(cell.value).strip().casefold())
            if column is None or column in found.values():
                seen = "is twice" if column else "is no heading"
                heads = ", ".join(one.heading for one in sheet.columns)
                self.found(sheet.title, grid[0][0], cell.place, f"{cell.value!r} {seen}; headings are {heads}")
            else:
                found[place] = column
        return found

    def heading(self, sheet: SheetPlan, key: str) -> str:
        return next(column.heading for column in sheet.columns if column.key == key)

    def cell(self, row: Row, column: Column, cell: ReadCell) -> None:
        row.places[column.key] = cell.place
        try:
            row.values[column.key] = values(cell, column, self.plan.context)
        except CellProblem as exc:
            self.at(row, column.key, str(exc))

    def documents(self, rows: Iterable[Row]) -> dict[str, Document]:
        """Documents by stem; one without a source file has the workbook itself as its source."""
        found: dict[str, Document] = {}
        for row in rows:
            stem = row.one("id").removeprefix("doc:")
            about = {key: row.one(key) for key in row.values}
            if "sourceFile" not in about:
                about |= {"sourceFile": self.path.name, "sourceHash": digest(self.path.read_bytes())}
            elif "sourceHash" not in about:
                self.at(row, "sourceFile", "has no checksum; `sha256sum` of the file gives it: sha256:…")
            if stem in found or not LOCAL_NAME.match(stem):
                seen = "is twice" if stem in found else "names a file: only ASCII letters, digits, '-' and '.'"
                self.at(row, "id", f"{stem!r} {seen}")
            found[stem] = Document(stem, about, self.prefix(row))
        if not found and not self.findings:
            self.found(self.plan.sheets["documents"].title, 0, "sheet", "lists no document; every row belongs to one")
        return found

    def prefix(self, row: Row) -> str:
        """The prefix of the collection: that of ``…/id/<its name>/``."""
        named, _, local = row.one("collection").partition(":")
        if named != "samling" or not LOCAL_NAME.match(local):
            self.at(row, "collection", f"{row.one('collection')!r} should look like samling:sala")
        return next((one for one, iri in self.plan.context.prefixes.items() if iri == f"{ID}{local}/"), "")

    def document(self, row: Row, documents: Mapping[str, Document]) -> Document | None:
        """The document that a row belongs to: the one it names, else the only one, else the workbook itself."""
        stem = row.one("document").removeprefix("doc:")
        own = [one for one in documents.values() if one.is_workbook]
        several = own if len(documents) > 1 and "anchor" not in row.values else list(documents.values())
        if stem in documents:
            return documents[stem]
        if stem:
            self.at(row, "document", f"{stem!r} is not in the sheet of documents; there are {', '.join(documents)}")
        elif len(several) == 1:
            return several[0]
        elif documents:
            self.at(row, "document", f"does not say which document; take one of {', '.join(documents)}")
        return None

    def name(self, rows: Iterable[Row], names: Names, documents: Mapping[str, Document]) -> None:
        """Give every described thing its id, and note its names."""
        for row in rows:
            if not row.sheet.classes:
                continue
            document = self.document(row, documents)
            called = [name for key in ("calledHere", "name") for name in row.values.get(key, [])]
            try:
                row.values["id"] = [names.describe(row.one("id"), called, document.prefix if document else "")]
            except Unnamed as exc:
                self.at(row, "id", str(exc))
                continue
            for key in ("calledHere", "name", "abbreviation", "alias"):
                names.add(row.values.get(key, []), row.one("id"))

    def state(self, row: Row, names: Names, documents: Mapping[str, Document]) -> None:
        """Turn one row into a statement of its passage."""
        document = self.document(row, documents)
        for column in row.sheet.columns:
            if column.kind == "@id" and column.key in row.values and column.key not in {"id", "document"}:
                row.values[column.key] = list(self.references(row, column.key, names))
        needed = {*row.sheet.required, *(["id"] if row.sheet.classes else [])}
        if document is None or needed - row.values.keys():
            return
        if "anchor" not in row.values and not document.is_workbook:
            self.at(
                row, "anchor", f"is empty; give the first … last words of the place in {document.about['sourceFile']}"
            )
            return
        if row.one("modality") == "inferred" and not row.one("because"):
            self.at(row, "because", "is empty; what is inferred must say the reader's reason")
        for key in (key for key in _SINGLE if len(row.values.get(key, [])) > 1):
            self.at(row, key, "names several; write one row for each")
        made: Statement = statement(row.sheet.name, row.values, document.prefix)
        document.add(self.passage(row), {key: row.one(key) for key in _NOTES if row.one(key)}, made)

    def references(self, row: Row, key: str, names: Names) -> Iterator[str]:
        for text in row.values[key]:
            try:
                yield names.find(text)
            except Unnamed as exc:
                self.at(row, key, str(exc))

    def passage(self, row: Row) -> tuple[str, ...]:
        """Section, anchor, after, modality; without an anchor, the sheet and the row."""
        section, anchor, after, modality = (row.one(key) for key in _PASSAGE)
        anchor = anchor or f"{row.sheet.title}, rad {row.number}"
        return section or row.sheet.title, anchor, after, "" if modality == "stated" else modality
