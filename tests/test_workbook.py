"""Excel in: the template, what is told about bad cells, and that import → export → import changes nothing."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkansgraf.api import Graph
from samverkansgraf.build import _ontology_lines, fact_lines
from samverkansgraf.cli import main
from samverkansgraf.context import Context
from samverkansgraf.documents import read_document
from samverkansgraf.errors import DataError
from samverkansgraf.exports import Request, export
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.tables import MOST_BYTES, MOST_ROWS
from samverkansgraf.workbook import read_workbook, template
from samverkansgraf.workbook.plan import Plan, Vocabulary
from samverkansgraf.workspace import Workspace
from workbench import ROOT, Workbench

SETTINGS = '[prefixes]\nsala = "https://w3id.org/samverkansgraf/id/sala/"\n'
KNOWN = {"Sala": ["kommun:1981"], "Heby": ["kommun:0331"], "Nämnden": ["vb:n1", "vb:n2"]}
OWN = {"Beteckning": "egen", "Slag": "sammanställning", "Namn": "Egen", "Status": "utfärdat"} | {
    "Samling": "samling:sala", "Samlingens namn": "Sala"
}  # fmt: skip
Rows = Mapping[str, Sequence[Mapping[str, object]]]


@cache
def plan() -> Plan:
    """The sheets, with a prefix of a workspace."""
    context = Context(ROOT / "ontology" / "context.jsonld", {"sala": "https://w3id.org/samverkansgraf/id/sala/"})
    return Plan(Vocabulary(context, [ROOT / "ontology"]))


def write(path: Path, rows: Rows, document: Mapping[str, object] | None = OWN, *, formulas: bool = True) -> Path:
    """A workbook with *rows* by sheet and heading, written as a person would; without *formulas*, "=" is text."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    every = {**({"Dokument": [document]} if document else {}), **rows}
    for title, lines in every.items():
        sheet = book.create_sheet(title)
        heads = list(dict.fromkeys(head for line in lines for head in line))
        sheet.append(heads)
        for line in lines:
            sheet.append([line.get(head) for head in heads])
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "f" if formulas else "s"
    book.save(path)
    return path


def findings(tmp_path: Path, rows: Rows, document: Mapping[str, object] | None = OWN) -> list[str]:
    """What the import says about a workbook."""
    with pytest.raises(DataError) as caught:
        read_workbook(write(tmp_path / "bok.xlsx", rows, document), plan(), KNOWN)
    return [str(finding) for finding in caught.value.findings]


def test_template_explains_and_offers_words() -> None:
    """A sheet explains, each sheet has an example, drop-downs, a frozen head, and cells that Excel leaves alone."""
    book = openpyxl.load_workbook(io.BytesIO(template(plan())))
    assert book.sheetnames == ["Läs mig", *(sheet.title for sheet in plan().sheets.values()), "Listor"]
    assert "samverkansgraf import" in book["Läs mig"]["A1"].value
    for sheet in plan().sheets.values():
        page = book[sheet.title]
        assert [cell.value for cell in page[1]] == [column.heading for column in sheet.columns]
        choices = {str(one.sqref): one.formula1 for one in page.data_validations.dataValidation}
        assert len(choices) == sum(bool(column.words) for column in sheet.columns)
        assert page.freeze_panes == "A2"
        assert "exempel" in [cell.value for cell in page[2]]
        assert {cell.number_format for row in page.iter_rows(min_row=2) for cell in row} == {"@"}
    words = [cell.value for column in book["Listor"].iter_cols() for cell in column if cell.value]
    assert {"arbetsgrupp", "bereder åt", "föreslaget", "nej"} <= set(words)


def test_headings_are_told_apart() -> None:
    """No sheet has one heading twice, and every key is one of the context."""
    for sheet in plan().sheets.values():
        heads = [column.heading.casefold() for column in sheet.columns]
        assert len(heads) == len(set(heads))
        assert {column.key for column in sheet.columns} <= plan().context.keys.keys() | {"collectionName"}


@pytest.fixture
def sala(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """An empty workspace with a prefix, entered."""
    bench = Workbench(tmp_path / "sala", SETTINGS)
    (bench.root / "data").mkdir()
    monkeypatch.chdir(bench.root)
    return bench


def call(*args: str) -> tuple[int, str]:
    """Exit code and standard error of a command."""
    made = CliRunner().invoke(main, args, catch_exceptions=False)
    return made.exit_code, made.stderr


def test_examples_of_the_template_are_true(sala: Workbench) -> None:
    """Unmarked, they import, build, and come back the same from the graph; marked, they are passed over."""
    assert call("template", "bok.xlsx")[0] == 0
    assert "lists no document" in call("import", "bok.xlsx")[1]
    book = openpyxl.load_workbook("bok.xlsx")
    for cell in (cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row):
        if cell.value == "exempel":
            cell.value = "inventering" if cell.column == 1 else None
    book.save("bok.xlsx")
    assert call("import", "bok.xlsx")[0] == 0
    made = (sala.root / "data" / "sala" / "inventering.yaml").read_text("utf-8")
    assert "anchor: Forum, rad 2" in made
    assert call("build")[0] == 0
    assert call("export", "--format", "workbook", "-o", "ut.xlsx")[0] == 0
    assert call("import", "ut.xlsx", "-o", "igen")[0] == 0
    assert (sala.root / "igen" / "sala" / "inventering.yaml").read_text("utf-8") == made


def test_workbook_among_the_sources_is_no_text(sala: Workbench) -> None:
    """It is listed as a workbook and no anchor is sought in it; when it has changed, it is to be imported again."""
    book = sala.root / "sources" / "bok.xlsx"
    write(book, {"Forum": [{"Slag": "nätverk", "Namn": "Nätet"}]})
    assert call("import", str(book))[0] == 0
    assert call("build")[0] == 0
    made = CliRunner().invoke(main, ["sources", "--format", "csv"], catch_exceptions=False)
    assert (made.exit_code, "bok.xlsx,1,arbetsbok,arbetsbok,arbetsbok" in made.stdout) == (0, True)
    write(book, {"Forum": [{"Slag": "nätverk", "Namn": "Nätverket"}]})
    code, seen = call("sources")
    assert (code, "run `samverkansgraf import bok.xlsx --replace`" in seen) == (1, True)
    assert call("import", str(book), "--replace")[0] == 0
    assert call("sources")[0] == 0
    book.unlink()
    code, seen = call("build")
    assert (code, "1 document" in seen, "not tried" in seen) == (0, True, False)


def test_import_does_not_write_over_what_differs(sala: Workbench) -> None:
    """A document that is there and different is kept unless --replace; the same one is no obstacle."""
    write(sala.root / "bok.xlsx", {"Forum": [{"Slag": "nätverk", "Namn": "Nätet"}]})
    assert call("import", "bok.xlsx")[0] == 0
    assert call("import", "bok.xlsx")[0] == 0
    target = sala.write("data/sala/egen.yaml", "annat")
    code, seen = call("import", "bok.xlsx")
    assert (code, "--replace writes over it" in seen, target.read_text("utf-8")) == (1, True, "annat")
    assert call("import", "bok.xlsx", "--replace")[0] == 0
    assert "Nätet" in target.read_text("utf-8")


def test_names_stand_for_things(tmp_path: Path) -> None:
    """A name in the workbook, a name of the register and an id are the same thing; anchors make the passage."""
    where = {"Avsnitt": "§ 2", "Ankare": "Nätet … Sala", "Modalitet": "föreslaget"}
    rows: Rows = {
        "Forum": [{"Slag": "nätverk", "Namn": "Nätet", "Förkortning": "N"}],
        "Medlemmar": [{"Medlem i": "n", "Medlem": "Sala; kommun:0331", **where}],
        "Relationer": [{"Från": "Nätet", "Verb": "informerar", "Till": "Heby", **where}],
    }
    (document,) = read_workbook(write(tmp_path / "bok.xlsx", rows), plan(), KNOWN).documents
    passage = document.passages["§ 2", "Nätet … Sala", "", "proposed"]
    assert passage.things == {"sala:natet": {"hasMember": ["kommun:1981", "kommun:0331"], "informs": ["kommun:0331"]}}


def test_every_bad_cell_is_named_in_one_go(tmp_path: Path) -> None:
    """Sheet, cell, what was seen and what to do, for all of them."""
    rows: Rows = {
        "Organisationer": [
            {"Namn": "A", "Slag": "nämd", "Kod": 580, "Gäller från och med": "maj", "Enhet i": "Sla"},
            {"Namn": "=1+1", "Slag": "utskott", "Kod": "0580", "Gäller från och med": 2024, "Enhet i": "Nämnden"},
        ],
        "Medlemmar": [{"Medlem i": "A"}],
        "Uppdrag": [{"Namn": "U", "Obligatoriskt": "kanske", "Modalitet": "tolkat"}],
        "Annat": [{"x": "y"}],
    }
    seen = findings(tmp_path, rows)
    expected = [
        "bok.xlsx, Annat: sheet: is not of the template; its sheets are Dokument",
        "bok.xlsx, Medlemmar:2: row 2: lacks Medlem",
        "Organisationer:2: B2: 'nämd' is no word for Slag; did you mean",
        "Organisationer:2: C2: 580 is a number to Excel, which drops zeros in front; format the cell as text",
        "Organisationer:2: D2: 'maj' is no date; write 2024",
        "Organisationer:2: E2: nothing is called 'Sla'; did you mean sala",
        "Organisationer:3: A3: =1+1 is a formula; put its value there instead",
        "Organisationer:3: E3: several things are called 'Nämnden'; write one of vb:n1, vb:n2",
        "Uppdrag:2: B2: 'kanske' is no word for Obligatoriskt; take ja, nej",
        "Uppdrag:2: row 2: is empty; what is inferred must say",
    ]
    for text in expected:
        assert sum(text in line for line in seen) == 1, (text, seen)
    assert len(seen) == len(expected) + 1  # the formula leaves its row without a name, too


@pytest.mark.parametrize(
    ("value", "shown", "kept"),
    [
        (datetime(2024, 6, 1), "yyyy-mm-dd", "2024-06-01"),
        (datetime(2024, 6, 1), "mmm-yy", None),
        (datetime(2024, 6, 1, 12), "yyyy-mm-dd hh:mm", None),
        (2024, "General", "2024"),
        ("2024-06", "@", "2024-06"),
        (2024.5, "General", None),
    ],
)
def test_dates_are_as_typed(tmp_path: Path, value: object, shown: str, kept: str | None) -> None:
    """A day is a day, a year a year; a month that Excel has padded to its first day is refused."""
    path = write(tmp_path / "bok.xlsx", {"Forum": [{"Slag": "forum", "Namn": "F", "Gäller från och med": value}]})
    book = openpyxl.load_workbook(path)
    book["Forum"]["C2"].number_format = shown
    book.save(path)
    if kept is None:
        with pytest.raises(DataError, match=r"Forum:2: C2: .*write"):
            read_workbook(path, plan(), {})
    else:
        (document,) = read_workbook(path, plan(), {}).documents
        (passage,) = document.passages.values()
        assert passage.things["sala:f"]["validFrom"] == [kept]


@pytest.mark.parametrize(
    ("rows", "document", "seen"),
    [
        ({"Forum": [{"Namn": "Håbo"}, {"Namn": "Habo"}]}, OWN, "'Habo' and 'håbo' would both be sala:habo"),
        ({"Forum": [{"Namn": "!"}]}, OWN, "'!' gives no id; write one"),
        ({"Forum": [{"Slag": "forum"}]}, OWN, "has neither an id nor a name"),
        ({"Forum": [{"Beteckning": "okänt:x", "Namn": "x"}]}, OWN, "has no declared prefix"),
        ({"Forum": [{"Namn": "x"}]}, {**OWN, "Samling": "samling:heby"}, "has no prefix of its own to make one with"),
        ({"Forum": [{"Namn": "x"}]}, {**OWN, "Samling": "Heby"}, "'Heby' should look like samling:sala"),
        ({"Forum": [{"Namn": "x"}]}, {**OWN, "Beteckning": "å"}, "only ASCII letters"),
        ({"Forum": [{"Namn": "x"}]}, {**OWN, "Källfil": "avtal.txt"}, "has no checksum"),
        (
            {"Forum": [{"Namn": "x"}]},
            {**OWN, "Källfil": "a.txt", "Källans kontrollsumma": "sha256:0"},
            "last words of the place in a.txt",
        ),
        (
            {"Forum": [{"Namn": "x", "Dokument": "annan"}]},
            OWN,
            "'annan' is not in the sheet of documents; there are egen",
        ),
        ({"Forum": [{"Namn": "x", "Färg": "röd"}]}, OWN, "B1: 'Färg' is no heading; headings are Beteckning"),
        (
            {"Relationer": [{"Från": "Sala; Heby", "Verb": "leder", "Till": "Sala"}]},
            OWN,
            "names several; write one row",
        ),
        ({"Forum": []}, OWN, "holds no rows but examples"),
        ({"Forum": [{"Namn": "x"}]}, None, "lists no document"),
    ],
)
def test_what_cannot_be_meant_is_told(
    tmp_path: Path, rows: Rows, document: dict[str, object] | None, seen: str
) -> None:
    """Ids, documents and headings that do not do are named; nothing is guessed."""
    assert any(seen in line for line in findings(tmp_path, rows, document))


def hostile(kind: str) -> dict[str, bytes]:
    """Parts that an honest workbook does not have."""
    sheet = b'<worksheet><sheetData><row r="%d"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    return {
        "a bomb": {"xl/worksheets/sheet9.xml": b" " * (MOST_BYTES + 1)},
        "many parts": {f"xl/x{number}.bin": b"" for number in range(500)},
        "macros": {"xl/vbaProject.bin": b"x"},
        "links to other files": {"xl/externalLinks/externalLink1.xml": b"<x/>"},
        "entities": {"xl/worksheets/sheet9.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'},
        "entities under another name": {"xl/x.bin": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'},
        "entities in UTF-16": {"xl/x.bin": '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode("utf-16")},
        "another encoding": {"xl/worksheets/sheet9.xml": "<x/>".encode("utf-16")},
        "rows": {"xl/worksheets/sheet9.xml": sheet % (MOST_ROWS + 1)},
        "columns": {"xl/worksheets/sheet9.xml": (sheet % 1).replace(b'"A1"', b'"XFD1"')},
    }[kind]


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("a bomb", "unpacks to more than 30 MB"),
        ("many parts", "in 400 parts"),
        ("macros", "has macros"),
        ("links to other files", "has links to other files"),
        ("entities", "declares entities"),
        ("entities under another name", "declares entities"),
        ("entities in UTF-16", "declares entities"),
        ("another encoding", "or another encoding"),
        ("rows", "more than 10000 rows"),
        ("columns", "or 60 columns"),
    ],
)
def test_hostile_workbook_is_refused_in_little_memory(tmp_path: Path, kind: str, seen: str) -> None:
    """It is refused with its reason before it is unpacked."""
    path = write(tmp_path / "bok.xlsx", {"Forum": [{"Namn": "x"}]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in hostile(kind).items():
            archive.writestr(name, data)
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match=seen):
            read_workbook(path, plan(), {})
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="7"><c r="A7" t="s"><v>99999</v></c></row>',
        b'<row r="7"><c r="??"><v>9</v></c></row>',
        b'<row r="7"><c r="A7" t="n"><v>x</v></c></row>',
    ],
    ids=["no such text", "no such place", "no number"],
)
def test_broken_workbook_is_told(tmp_path: Path, row: bytes) -> None:
    """A row that says what cannot be is an error of ours."""
    whole, path = write(tmp_path / "hel.xlsx", {"Forum": [{"Namn": "x"}]}), tmp_path / "bok.xlsx"
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            made.writestr(name, given.read(name).replace(b"</sheetData>", row + b"</sheetData>"))
    with pytest.raises(DataError, match=r"bok.xlsx: cannot be read as an Excel workbook"):
        read_workbook(path, plan(), {})


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"id;namn\n1;2\n"])
def test_what_is_no_workbook_is_told(tmp_path: Path, data: bytes) -> None:
    """A file of another kind under the name .xlsx is an error of ours."""
    path = tmp_path / "bok.xlsx"
    path.write_bytes(data)
    with pytest.raises(DataError, match=r"bok.xlsx: cannot be read as an Excel workbook"):
        read_workbook(path, plan(), {})


WORDS = st.text("abcåäö =+@-'\"#:%&*!|>{}[],.§…\n", min_size=1, max_size=12).map(str.strip).filter(bool)
PLACES = st.fixed_dictionaries(
    {},
    optional={
        "Avsnitt": WORDS, "Ankare": WORDS, "Efter orden": WORDS, "Läsning": WORDS, "Förbehåll": WORDS,
        "Modalitet": st.sampled_from(["angivet", "föreslaget", "tillåtet", "förnekat"]),
    },
)  # fmt: skip
IDS = st.sampled_from([f"sala:t{number}" for number in range(4)])
DATES = st.sampled_from(["2024", "2024-06", "2024-06-30"])


def lines(
    own: dict[str, st.SearchStrategy[str]], **optional: st.SearchStrategy[str]
) -> st.SearchStrategy[list[dict[str, str]]]:
    """Rows of one sheet."""
    row = st.builds(lambda a, b: {**a, **b}, st.fixed_dictionaries(own, optional=optional), PLACES)
    return st.lists(row, max_size=3)


BOOKS = st.fixed_dictionaries(
    {
        "Forum": lines(
            {"Beteckning": IDS, "Slag": st.sampled_from(["nätverk", "politiskt forum"])},
            Namn=WORDS, Förkortning=WORDS, **{"Angivet antal ledamöter": st.sampled_from(["0", "30"])},
            **{"Alternativt namn": st.lists(WORDS, min_size=1, max_size=2, unique=True).map("; ".join)},
        ),
        "Medlemmar": lines({"Medlem i": IDS, "Medlem": IDS}, **{"Gäller från och med": DATES}),
        "Relationer": lines(
            {"Från": IDS, "Verb": st.sampled_from(["leder", "bereder åt"]), "Till": IDS}, Sakinnehåll=WORDS
        ),
        "Uppdrag": lines({"Beteckning": st.just("sala:u"), "Namn": WORDS}, Senast=DATES, Obligatoriskt=st.just("ja")),
    }
)  # fmt: skip


@cache
def ontology() -> frozenset[str]:
    """The vocabulary as N-Quads lines."""
    return frozenset(_ontology_lines(Workspace.find(ROOT)))


@given(book=BOOKS.filter(lambda book: any(book.values())))
@settings(max_examples=12)
def test_import_export_import_is_stable(tmp_path_factory: pytest.TempPathFactory, book: Rows) -> None:
    """What a workbook says is what it says again after a turn through the graph, byte for byte."""
    bench = Workbench(tmp_path_factory.mktemp("runda"), SETTINGS)
    things = [{"Beteckning": f"sala:t{number}", "Slag": "nätverk", "Kallas här": f"T{number}"} for number in range(4)]
    path = write(bench.root / "bok.xlsx", {**book, "Forum": [*things, *book["Forum"]]}, formulas=False)
    (first,) = read_workbook(path, plan(), {}).documents
    reading = read_document(bench.write("data/sala/egen.yaml", first.yaml()), plan().context, file="egen.yaml")
    assert not reading.findings
    store = EmbeddedStore()
    store.load("".join([*fact_lines(reading), *ontology()]))
    (data,) = export(Request(Knowledge(store, bench.workspace)), "workbook").values()
    (bench.root / "ut.xlsx").write_bytes(data)
    (second,) = read_workbook(bench.root / "ut.xlsx", plan(), {}).documents
    assert second.yaml() == first.yaml()


def test_collection_goes_out_and_in(graph: Graph, tmp_path: Path) -> None:
    """A real collection's workbook is read back without a finding, and says how much it could not hold."""
    (data,) = graph.export("workbook", collection="Västerbotten").values()
    path = tmp_path / "vb.xlsx"
    path.write_bytes(data)
    made = read_workbook(path, plan(), {})
    assert sorted(one.stem for one in made.documents) == [
        "vasterbotten-overenskommelse-2023-2026",
        "vasterbotten-styrgrupp-protokoll-2024-08-19",
    ]
    assert made.rows > 300
    assert "Utelämnat: " in str(openpyxl.load_workbook(path)["Läs mig"]["A7"].value)
