"""Excel workbooks and other zip archives: written so that the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree

from .errors import DataError, Finding

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only time an archive is given: the first that the zip format knows."""
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def is_workbook(name: str) -> bool:
    """Whether a file is named as an Excel workbook."""
    return name.lower().endswith(".xlsx")


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of *files* in the given order, without the time it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            about = zipfile.ZipInfo(name, EPOCH)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            archive.writestr(about, data)
    return out.getvalue()


def repacked(data: bytes) -> bytes:
    """The office document *data* without the times its library put in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    if core in files:
        files[core] = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", files[core])
    return packed(files)


def saved(book: Workbook) -> bytes:
    """*book* as bytes that follow from its content alone."""
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue())


MOST_BYTES, MOST_PARTS = 30_000_000, 400
MOST_ROWS, MOST_COLUMNS = 10_000, 60
"""What a workbook may hold: unpacked bytes, parts, rows of a sheet, columns of a sheet."""
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,9})')
_FAR_COLUMN = re.compile(rb'<c\b[^>]*?\br="(?:[C-Z][A-Z]|B[I-Z]|[A-Z]{3})\d')
_DECLARED = [word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")]
"""What no part of an honest workbook holds, whatever its name: any of them may be said to be a sheet."""
_REFUSED = {"xl/externalLinks/": "links to other files", "xl/vbaProject": "macros", "xl/embeddings/": "embedded files"}


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell that is not empty: ``C7``, its value, its number format, and whether it is a formula."""

    place: str
    value: object
    format: str = ""
    is_formula: bool = False


Grid = list[tuple[int, dict[int, ReadCell]]]
"""Row number (from 1) → column number (from 0) → cell; empty rows and cells are left out."""


def read_sheets(path: Path) -> dict[str, Grid]:
    """Every sheet of the workbook *path*, by name.

    `DataError` refuses, before anything is unpacked, what no honest workbook needs: macros, links to other files,
    declarations of entities, more than `MOST_BYTES`; and a sheet of more than `MOST_ROWS` rows or `MOST_COLUMNS`
    columns.
    """
    from openpyxl import load_workbook

    _check_archive(path)
    try:
        book = load_workbook(path, read_only=True, keep_links=False)
    except (zipfile.BadZipFile, LookupError, ValueError, TypeError, ElementTree.ParseError, OSError) as exc:
        raise _refused(path, f"cannot be read as an Excel workbook: {exc}") from exc
    try:
        return {sheet.title: _grid(sheet) for sheet in book.worksheets}
    except (zipfile.BadZipFile, LookupError, ValueError, TypeError, ElementTree.ParseError) as exc:
        raise _refused(path, f"cannot be read as an Excel workbook: {exc}") from exc
    finally:
        book.close()


def _refused(path: Path, message: str) -> DataError:
    return DataError([Finding(path.name, 0, message)])


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                most = f"{MOST_BYTES // 1_000_000} MB in {MOST_PARTS} parts"
                raise _refused(path, f"unpacks to more than {most}; save only the sheets of the template")
            for part in parts:
                for prefix, what in _REFUSED.items():
                    if part.filename.startswith(prefix):
                        raise _refused(path, f"has {what}; save it as a plain .xlsx without them")
                _check_part(path, archive.read(part), is_xml=part.filename.endswith((".xml", ".rels")))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, zlib.error) as exc:
        raise _refused(path, f"cannot be read as an Excel workbook (.xlsx): {exc}") from exc


def _check_part(path: Path, data: bytes, *, is_xml: bool) -> None:
    """A part declares no entities; what is named as XML is UTF-8, and has no cell outside what is read."""
    other = is_xml and (data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in data[:100])
    if other or any(word in data for word in _DECLARED):
        raise _refused(path, "declares entities or another encoding, which Excel never does; it is not read")
    if is_xml and (any(int(row) > MOST_ROWS for row in _ROW.findall(data)) or _FAR_COLUMN.search(data)):
        most = f"{MOST_ROWS} rows or {MOST_COLUMNS} columns"
        raise _refused(path, f"has a sheet of more than {most}; delete those outside the table, empty ones too")


def _grid(sheet: ReadOnlyWorksheet) -> Grid:
    sheet.reset_dimensions()  # what the file says of its size is not to be trusted
    grid: Grid = []
    rows = cast("Worksheet", sheet).iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    for number, cells in enumerate(rows, 1):
        row = {place: _cell(cell) for place, cell in enumerate(cells) if cell.value not in {None, ""}}
        if row:
            grid.append((number, row))
    return grid


def _cell(cell: ReadOnlyCell | Cell) -> ReadCell:
    return ReadCell(cell.coordinate, cell.value, str(cell.number_format), cell.data_type == "f")
