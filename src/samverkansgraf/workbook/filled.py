"""The workbook written: empty with examples, or filled in with what the documents of a collection say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ..knowledge import Knowledge
from ..tables import saved
from .plan import EXAMPLE, Plan, SheetPlan
from .rows import Filling

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LISTS, README = "Listor", "Läs mig"
_ROOM = 2000
"""Rows below the headings that have drop-downs and the format of their column."""


def template(plan: Plan, *, file: str = "FIL.xlsx") -> bytes:
    """An empty workbook: a sheet that explains, a sheet for each kind with an example and drop-downs."""
    rows: dict[str, list[dict[str, str]]] = {}
    for name, sheet in plan.sheets.items():
        example = dict(sheet.example)
        rows[name] = [example if name == "documents" else {**example, "document": EXAMPLE}]
    return _written(plan, rows, _about(plan, file))


def filled(knowledge: Knowledge, plan: Plan, collection: str | None = None) -> tuple[bytes, int]:
    """The workbook with what passages say, and how many of their statements it has no column for."""
    filling = Filling(knowledge, plan, collection)
    rows = {name: list(filling.rows(sheet)) for name, sheet in plan.sheets.items()}
    note = str(plan.words["left_out"]).format(number=filling.left_out)
    return _written(plan, rows, [*_about(plan, "FIL.xlsx"), note]), filling.left_out


def _about(plan: Plan, file: str) -> list[str]:
    lines = plan.words["about"]
    assert isinstance(lines, list)
    return [line.format(file=file) for line in lines]


def _written(plan: Plan, rows: Mapping[str, list[dict[str, str]]], about: list[str]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _explained(book, plan, about)
    lists = dict(_lists(plan))
    for name, sheet in plan.sheets.items():
        _sheet(book, sheet, rows[name], lists)
    last = book.create_sheet(LISTS)
    last.sheet_state = "hidden"
    for place, words in enumerate(lists, 1):
        for number, word in enumerate(words, 1):
            last.cell(number, place, word)
    return saved(book)


def _lists(plan: Plan) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each list of words, and the cells of the sheet of lists that hold it."""
    from openpyxl.utils import get_column_letter

    columns = (column for sheet in plan.sheets.values() for column in sheet.columns if column.words)
    every = dict.fromkeys(tuple(label for label, _ in column.words) for column in columns)
    for place, words in enumerate(every, 1):
        letter = get_column_letter(place)
        yield words, f"{LISTS}!${letter}$1:${letter}${len(words)}"


def _explained(book: Workbook, plan: Plan, about: Iterable[str]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(README)
    lines = [(line, "") for line in about] + [("", "")]
    lines += [(one.title, one.about) for one in plan.sheets.values()]
    for first, second in lines:
        sheet.append([(second and first) or first, second])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 70, 70
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=bool(row[1].value) and cell is row[0])


def _sheet(book: Workbook, plan: SheetPlan, rows: list[dict[str, str]], lists: Mapping[tuple[str, ...], str]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(plan.title)
    for place, column in enumerate(plan.columns, 1):
        head = sheet.cell(1, place, column.heading)
        head.font = Font(bold=True)
        widest = max([len(row.get(column.key, "")) for row in rows], default=0)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = min(max(len(column.heading) + 3, widest + 2, 12), 50)
        if column.words:
            _choice(sheet, f"{letter}2:{letter}{_ROOM}", lists[tuple(label for label, _ in column.words)])
    for number in range(2, max(len(rows) + 2, 60)):
        for place, column in enumerate(plan.columns, 1):
            text = rows[number - 2].get(column.key, "") if number - 2 < len(rows) else ""
            _cell(sheet, number, place, text)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(plan.columns))}{max(len(rows) + 1, 2)}"


def _choice(sheet: Worksheet, cells: str, source: str) -> None:
    """A drop-down that warns, so that what is copied in is told by the import and not lost."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True, errorStyle="warning")
    choice.add(cells)
    sheet.add_data_validation(choice)


def _cell(sheet: Worksheet, number: int, place: int, text: str) -> None:
    """A cell of text that Excel leaves as it is, also when it looks like a formula, a number or a date."""
    cell = sheet.cell(number, place)
    if text:
        cell.value, cell.data_type = text, "s"
        cell.quotePrefix = text[0] in "=+-@"
    cell.number_format = "@"
