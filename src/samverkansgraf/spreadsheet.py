"""Tables as spreadsheets open them: CSV, and Excel workbooks with filters, frozen heads and nothing that can run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from .reports.table import Cell
from .tables import saved
from .texts import texts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


Sheet = tuple[str, Sequence[str], Sequence[Sequence[Cell]]]
"""Title, headings and rows."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CODE = re.compile(r"0[0-9]+")
"""What Excel would make a number of, without its zero."""
_WHOLE_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d", re.ASCII)


def harmless(cell: Cell) -> Cell:
    """*cell* so that a spreadsheet does not take it for a formula."""
    return "'" + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _for_excel(cell: Cell) -> Cell:
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    if isinstance(cell, str) and _CODE.fullmatch(cell):
        return f'="{cell}"'
    return harmless(cell)


def delimited(heads: Sequence[str], rows: Sequence[Sequence[Cell]], fmt: str) -> bytes:
    """Rows as ``csv`` (RFC 4180), ``tsv`` or ``excel``.

    ``excel`` is what Swedish Excel opens right: BOM, semicolon, decimal comma, and a code with a zero in front (0580)
    written so that it stays text.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter={"csv": ",", "tsv": "\t", "excel": ";"}[fmt], lineterminator="\r\n")
    writer.writerow([harmless(head) for head in heads])
    written = _for_excel if fmt == "excel" else harmless
    writer.writerows([[written(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig" if fmt == "excel" else "utf-8")


def workbook(tables: Sequence[Sheet], notes: Sequence[str] = (), lang: str = "sv") -> bytes:
    """An Excel workbook: a sheet per table, head row frozen and filtered, notes on a sheet first.

    The same content gives the same bytes. Whole days are dates to Excel; what is less precise stays text.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    if notes:
        sheet = book.create_sheet(texts(lang)("common.answer"))
        for note in notes:
            sheet.append([harmless(note)])
        sheet.column_dimensions["A"].width = 110
        _laid_out(sheet)
    for number, (title, heads, rows) in enumerate(tables, 1):
        sheet = book.create_sheet(f"{number} {''.join(c for c in title if c not in '[]:*?/' + chr(92))}"[:31])
        for row in (heads, *rows):
            sheet.append([_day(harmless(cell)) for cell in row])
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
        for column in sheet.columns:
            longest = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(max(longest + 2, 8), 60)
        _laid_out(sheet, heads=True)
    return saved(book)


def _day(cell: Cell) -> Cell | date:
    """A whole day as a date, which Excel sorts and filters as such."""
    if not (isinstance(cell, str) and _WHOLE_DAY.fullmatch(cell)):
        return cell
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return cell


def _laid_out(sheet: Worksheet, *, heads: bool = False) -> None:
    """Wrap long text, show days as Swedes write them, and make the head row bold."""
    from openpyxl.styles import Alignment, Font

    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
            if heads and cell.row == 1:
                cell.font = Font(bold=True)
