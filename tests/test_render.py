"""One small report in every format."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.errors import OutputError
from samverkansgraf.evidence import Passage
from samverkansgraf.render import FORMATS, render
from samverkansgraf.reports import Column, Report, Row, Table
from samverkansgraf.spreadsheet import delimited, harmless, workbook

GOLDEN = Path(__file__).parent / "fixtures" / "render"
DOCUMENT = "https://w3id.org/samverkansgraf/doc/avtal"
NASTY = '=HYPERLINK("x")|*a* <b> [c](d) `e` ; f'


def passage(number: int, modality: str = "stated", *notes: tuple[str, str]) -> Passage:
    """A passage of the one document."""
    return Passage(DOCUMENT, number, f"{DOCUMENT}.{number}", f"Avsnitt {number}", f"Ankare … {number}", modality, notes)


def small(lang: str = "sv") -> Report:
    """A report with every kind of row."""
    columns = (Column("forum", "Forum"), Column("seats", "Platser", "integer"))
    rows = (
        Row(("PKD", 30), evidence=(passage(1), passage(2), passage(3), passage(5))),
        Row(("PKD", None), "proposed", evidence=(passage(4, "proposed"),)),
        Row((NASTY, -1), derived=True, evidence=(passage(6, "stated", ("reading", "OCR"), ("hedge", "ca")),)),
    )
    documents = {DOCUMENT: "Avtal & <b>"}
    tables = (Table("Platser", columns, rows), Table("", (Column("x", "X"),), (Row(("å ä ö",), ""),)))
    return Report("prov", "Prov", "Tre rader.", "Undersökt: 3 rader.", tables, ("En anmärkning.",), lang, documents)


class Shape(HTMLParser):
    """Notes tags and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - fixed by the base
        """Note a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text.append(data)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("fmt", ["table", "md", "csv", "tsv", "excel", "json", "html"])
def test_report_renders_as_it_did(fmt: str, lang: str) -> None:
    """Each format gives the bytes of its golden file, styles aside; UPDATE_GOLDEN=1 writes them anew."""
    made = re.sub(rb"(?<=<style>).*?(?=</style>)|(?<=sha256-)[^']+", b"", render(small(lang), fmt), flags=re.DOTALL)
    golden = GOLDEN / f"small.{lang}.{fmt}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(made)
    assert made == golden.read_bytes()


@pytest.mark.parametrize("fmt", FORMATS)
def test_report_without_tables_renders(fmt: str) -> None:
    """A report that found nothing is still a whole file with its sentence."""
    made = render(Report("tom", "Tom", "Inget.", "Undersökt: 0."), fmt)
    assert fmt in {"csv", "tsv", "excel", "xlsx"} or "Inget." in made.decode()


def test_unknown_format_names_the_known_ones() -> None:
    """A format that is none is an error of ours."""
    with pytest.raises(OutputError, match="Unknown format 'pdf'; known are table, md, csv"):
        render(small(), "pdf")


def test_text_is_within_the_width() -> None:
    """The text report keeps to the width asked for, numbers its evidence and leaves repeats blank."""
    text = render(small(), "table", width=60).decode()
    assert max(map(len, text.splitlines())) <= 60
    assert "1–4" not in text
    assert "1–3, 5" in text
    assert len(re.findall(r"^PKD", text, re.MULTILINE)) == 1


def test_csv_reads_back() -> None:
    """CSV has CRLF, one row a row, modality and evidence spelled out."""
    text = render(small(), "csv").decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["Forum", "Platser", "Modalitet", "Belägg"]
    assert [row[:3] for row in rows[1:]] == [
        ["PKD", "30", "slås fast"],
        ["PKD", "", "föreslås"],
        ["'" + NASTY, "-1", "härledd"],
    ]
    assert rows[2][3] == "Avtal & <b>, Avsnitt 4: ”Ankare … 4”"
    assert text.count("\r\n") == 4


def test_excel_csv_opens_in_swedish_excel() -> None:
    """BOM, semicolon and CRLF; a cell with a semicolon is quoted."""
    data = render(small(), "excel")
    assert data.startswith(b"\xef\xbb\xbfForum;Platser")
    assert len(next(csv.reader(io.StringIO(data.decode("utf-8-sig").splitlines()[3]), delimiter=";"))) == 4


def test_excel_csv_keeps_codes_and_has_a_decimal_comma() -> None:
    """0580 stays text in Excel, 0.25 is a number there; plain CSV is left to programs; numbers of one digit stay."""
    rows = [["0580", 0.25, "0", "05a", "=1"]]
    assert delimited(["a"] * 5, rows, "excel").decode("utf-8-sig").splitlines()[1] == '"=""0580""";0,25;0;05a;\'=1'
    assert delimited(["a"] * 5, rows, "csv").decode().splitlines()[1] == "0580,0.25,0,05a,'=1"


@pytest.mark.parametrize(("number", "heading"), [(1, "Forum"), (2, "X")])
def test_table_is_chosen_by_number(number: int, heading: str) -> None:
    """`table` picks one of several; one that is not there is an error that counts them."""
    assert render(small(), "csv", table=number).decode().startswith(heading)
    with pytest.raises(OutputError, match="has 2 tables; there is no table 3"):
        render(small(), "csv", table=3)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_formulas_are_text(text: str) -> None:
    """A cell that a spreadsheet would compute is text in CSV and in Excel, headings too; numbers stay numbers."""
    assert harmless(text) == "'" + text
    assert harmless(-1) == -1
    assert harmless("a=1") == "a=1"
    rows = list(csv.reader(io.StringIO(delimited([text], [[text]], "csv").decode(), newline="")))
    assert rows == [["'" + text], ["'" + text]]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([("x", [text], [[text]])], notes=[text])))
    cells = [cell for page in sheet for row in page.iter_rows() for cell in row]
    assert len(cells) == 3
    assert {cell.data_type for cell in cells} == {"s"}


def test_workbook_reads_back() -> None:
    """One sheet a table, the answer first, the head row frozen and filtered, numbers as numbers."""
    book = openpyxl.load_workbook(io.BytesIO(render(small(), "xlsx")))
    assert book.sheetnames == ["Svar", "1 Platser", "2 Prov"]
    assert [row[0].value for row in book["Svar"].iter_rows()] == ["Tre rader.", "Undersökt: 3 rader.", "En anmärkning."]
    sheet = book["1 Platser"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:D4")
    assert [cell.value for cell in sheet[2]][:3] == ["PKD", 30, "slås fast"]
    assert sheet["A1"].font.bold


@pytest.mark.parametrize("title", ["a/b:c*d?e[f]g\\h", "x" * 50, ""])
def test_sheet_takes_any_title(title: str) -> None:
    """What Excel forbids in the name of a sheet is left out."""
    assert len(openpyxl.load_workbook(io.BytesIO(workbook([(title, ["a"], [])]))).sheetnames[0]) <= 31


@given(st.text("*_`[]<>|#\\ab\n", max_size=20))
def test_markdown_is_escaped(text: str) -> None:
    """Every sign of Markdown has a backslash, a cell has no line end, and the text is whole."""
    report = Report("x", "X", "", "", (Table("", (Column("a", "A"),), (Row((text,), ""),)),))
    line = render(report, "md").decode().split("|---|\n")[1].split("\n")[0]
    cell = line.removeprefix("| ").removesuffix(" |")
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>|#]", cell)
    assert re.sub(r"\\(.)", r"\1", cell) == " ".join(text.split())


def test_html_is_escaped_and_fetches_nothing() -> None:
    """Text of the data is text on the page; no script or picture is there, links stay on it, headings have a scope."""
    page = render(small(), "html").decode()
    shape = Shape()
    shape.feed(page)
    assert NASTY in shape.text
    assert not {"script", "link", "img", "iframe", "b"} & set(shape.tags)
    assert not re.search(r'href="(?!#)', page)
    assert '<html lang="sv">' in page
    assert "default-src 'none'" in page
    assert page.count('<th scope="') == shape.tags.count("th")


def test_json_has_every_cell_and_its_evidence() -> None:
    """Columns, rows with modality and evidence, and each passage once."""
    made = json.loads(render(small(), "json"))
    first = made["tables"][0]["rows"][0]
    assert (first["forum"], first["seats"], first["modality"], len(first["evidence"])) == ("PKD", 30, "stated", 4)
    assert made["tables"][0]["columns"][1] == {"key": "seats", "label": "Platser", "type": "integer", "unit": ""}
    assert {one["passage"] for one in made["evidence"]} >= set(first["evidence"])
    assert next(one for one in made["evidence"] if one["section"] == "Avsnitt 6")["reading"] == "OCR"
