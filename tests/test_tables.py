"""Archives and workbooks whose bytes follow from their content alone."""

from __future__ import annotations

import io
import zipfile

import openpyxl

from samverkansgraf.tables import EPOCH, packed, saved


def book() -> openpyxl.Workbook:
    """A workbook of one cell."""
    made = openpyxl.Workbook()
    made.worksheets[0]["A1"] = "å"
    return made


def test_archive_holds_its_files_without_a_time() -> None:
    """Files come back in order, all with the same time."""
    files = {"b.csv": b"1", "a.csv": "å".encode()}
    with zipfile.ZipFile(io.BytesIO(packed(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.namelist() == ["b.csv", "a.csv"]
        assert {about.date_time for about in archive.infolist()} == {EPOCH}


def test_workbook_does_not_tell_when_it_was_saved() -> None:
    """Saving again gives the same bytes, and they open."""
    assert saved(book()) == saved(book())
    read = openpyxl.load_workbook(io.BytesIO(saved(book())))
    assert read.worksheets[0]["A1"].value == "å"
    assert read.properties.modified.year == 1980
