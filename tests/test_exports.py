"""Exports, each read back by a reader that is not ours and compared with the graph."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import openpyxl
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from csvw import TableGroup

import samverkansgraf
from samverkansgraf.api import Graph
from samverkansgraf.cli import main
from samverkansgraf.errors import OutputError
from samverkansgraf.exports import EXPORTS, Request, export
from workbench import HEAD, ROOT, Workbench

PKD, AGREEMENT = "vb:pkd", "doc:vasterbotten-overenskommelse-2023-2026"
GRAPHML, GEXF = "{http://graphml.graphdrawing.org/xmlns}", "{http://gexf.net/1.3}"


@cache
def request(collection: str | None) -> Request:
    """This repository's graph, or one collection of it."""
    knowledge = samverkansgraf.open(ROOT).knowledge
    return Request(knowledge, collection=knowledge.collection(collection) if collection else None)


@cache
def made(fmt: str, collection: str | None = None) -> dict[str, bytes]:
    """The files of one export."""
    return export(request(collection), fmt)


def only(fmt: str, collection: str | None = None) -> bytes:
    """The one file of an export."""
    (data,) = made(fmt, collection).values()
    return data


def number(graph: Graph, where: str) -> int:
    """How many ``?x`` there are."""
    (row,) = graph.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {where} }}").rows
    return int(str(row["n"]))


def parsed(data: bytes) -> ET.Element:
    """Our own XML, read by the standard library."""
    return ET.fromstring(data)  # noqa: S314 - written a moment ago


def rows_in(database: sqlite3.Connection, table: str) -> int:
    """Number of rows of a table."""
    (count,) = database.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()  # noqa: S608 - names of our own
    return int(count)


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    """The SQLite export, opened."""
    with opened(only("sqlite")) as connection:
        yield connection


@contextmanager
def opened(data: bytes) -> Iterator[sqlite3.Connection]:
    """A database file, opened and closed again."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        yield connection


def test_nquads_are_the_build() -> None:
    """Exporting every quad gives the bytes of the built file."""
    assert only("nquads") == (ROOT / "graph" / "samverkansgraf.nq").read_bytes()


@pytest.mark.parametrize(("fmt", "kind"), [("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)])
def test_datasets_hold_every_quad(fmt: str, kind: ox.RdfFormat) -> None:
    """TriG and JSON-LD say what the N-Quads say."""
    assert set(map(str, ox.parse(only(fmt), format=kind))) == set(
        map(str, ox.parse(only("nquads"), format=ox.RdfFormat.N_QUADS))
    )


def test_turtle_holds_what_holds() -> None:
    """Turtle is the default graph."""
    quads = ox.parse(only("nquads"), format=ox.RdfFormat.N_QUADS)
    facts = {str(quad.triple) for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)}
    assert {str(quad.triple) for quad in ox.parse(only("turtle"), format=ox.RdfFormat.TURTLE)} == facts


def test_collection_keeps_what_its_documents_say() -> None:
    """One collection is a part of the whole, has its own passages and nobody else's, and copies only facts."""
    part, whole = (set(only("nquads", name).decode().splitlines()) for name in ("Västerbotten", None))
    assert part < whole
    graphs = {line.rsplit(" ", 2)[1] for line in part if line.count("<https://w3id.org/samverkansgraf/doc/")}
    assert any("doc/vasterbotten" in graph for graph in graphs)
    assert not any(word in graph for graph in graphs for word in ("doc/umea", "doc/vastmanland", "doc/jamtland"))
    assert only("turtle", "Västerbotten").decode().count("vb:pkd") > 10


def test_graphml_is_what_networkx_gephi_and_cytoscape_read(graph: Graph) -> None:
    """NetworkX opens it with every relation; attributes are declared, typed and named as the tools expect."""
    read = nx.read_graphml(io.BytesIO(only("graphml")))
    assert isinstance(read, nx.MultiDiGraph)
    relations = [about for *_, about in read.edges(data=True) if about["kind"] == "relation"]
    assert len(relations) == graph.network().number_of_edges() > 400
    assert read.nodes[PKD]["label"] == "Primärkommunala delegationen"
    assert read.nodes["kommun:2480"]["code"] == "2480"
    agreement = read.nodes[AGREEMENT]
    assert (agreement["valid_from"], agreement["first_day"], agreement["last_day"]) == (
        "2023",
        "2023-01-01",
        "2026-12-31",
    )
    prepares = read.get_edge_data("vb:pkd-au", PKD)
    assert any(one["interaction"] == "sg:preparesFor" and "doc:" in one["evidence"] for one in prepares.values())


def test_graphml_keeps_the_rules_of_the_format() -> None:
    """Keys are declared once with a type both tools know, elements use only those, ids are unique and ends exist."""
    root = parsed(only("graphml"))
    keys = {key.attrib["id"]: key.attrib for key in root.iter(f"{GRAPHML}key")}
    assert {key["attr.type"] for key in keys.values()} == {"string", "boolean"}
    assert {data.attrib["key"] for data in root.iter(f"{GRAPHML}data")} == keys.keys()
    (network,) = root.iter(f"{GRAPHML}graph")
    assert network.attrib["edgedefault"] == "directed"
    nodes = [node.attrib["id"] for node in network.iter(f"{GRAPHML}node")]
    edges = [edge.attrib["id"] for edge in network.iter(f"{GRAPHML}edge")]
    assert len(nodes) == len(set(nodes)) > 500
    assert len(edges) == len(set(edges)) > 1000


def test_gexf_is_what_networkx_and_gephi_read() -> None:
    """NetworkX opens the same network; each element uses declared attributes, whole days and one period."""
    read, other = nx.read_gexf(io.BytesIO(only("gexf"))), nx.read_graphml(io.BytesIO(only("graphml")))
    assert set(read.nodes) == set(other.nodes)
    assert read.number_of_edges() == other.number_of_edges()
    root = parsed(only("gexf"))
    (network,) = root.iter(f"{GEXF}graph")
    assert network.attrib["mode"] == "dynamic"
    assert (network.attrib["timeformat"], network.attrib["defaultedgetype"]) == ("date", "directed")
    for kind in ("node", "edge"):
        (declared,) = (one for one in network.iter(f"{GEXF}attributes") if one.attrib["class"] == kind)
        known = {one.attrib["id"] for one in declared}
        used = {value.attrib["for"] for one in network.iter(GEXF + kind) for value in one.iter(f"{GEXF}attvalue")}
        assert used == known
    for element in network.iter():
        if "start" in element.attrib and "end" in element.attrib:
            assert date.fromisoformat(element.attrib["start"]) <= date.fromisoformat(element.attrib["end"])


def test_gexf_widens_partial_dates_and_says_so() -> None:
    """A year is shown whole and marked; the printed date is kept; what has no date has no period."""
    root = parsed(only("gexf"))
    nodes = {node.attrib["id"]: node for node in root.iter(f"{GEXF}node")}
    agreement = nodes[AGREEMENT]
    values = {value.attrib["for"]: value.attrib["value"] for value in agreement.iter(f"{GEXF}attvalue")}
    assert (agreement.attrib["start"], agreement.attrib["end"]) == ("2023-01-01", "2026-12-31")
    assert (values["valid_from"], values["valid_until"], values["dates_widened"]) == ("2023", "2026", "true")
    assert not {"start", "end"} & nodes["kommun:2480"].attrib.keys()
    assert "dates_widened" in next(root.iter(f"{GEXF}description")).text


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ("assignments", "?x a sg:Assignment"),
        ("areas", "?x a sg:Area"),
        ("seats", "?x a sg:SeatAllocation"),
        ("documents", "?x a sg:Document"),
        ("passages", "?x a sg:Passage"),
        ("groups", "?x a sg:Group"),
        (
            "organisations",
            "{ ?x a org:Organization } UNION { ?x a sg:Body } MINUS { VALUES ?f { sg:Forum sg:Cooperation } ?x a ?f }",
        ),
    ],
)
def test_tables_have_a_row_for_each_thing(database: sqlite3.Connection, graph: Graph, table: str, where: str) -> None:
    """Each table of things has as many rows as the graph has things of that kind."""
    assert rows_in(database, table) == number(graph, where) > 0


def test_database_is_whole(database: sqlite3.Connection) -> None:
    """SQLite finds nothing broken, every key refers to a row, every table has a key and its foreign keys an index."""
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert len(names) > 20
    references = sum(len(database.execute(f"PRAGMA foreign_key_list({name})").fetchall()) for name in names)
    assert references > 80


def test_database_answers_what_the_graph_answers(database: sqlite3.Connection, graph: Graph) -> None:
    """Seats, codes as text, relations with their places, and money are those of the graph."""
    assert database.execute("SELECT seats, allocated_seats FROM forums WHERE id = ?", [PKD]).fetchone() == (30, 30)
    codes = database.execute("SELECT code, typeof(code) FROM organisations WHERE code IS NOT NULL").fetchall()
    assert len(codes) == 290
    assert all(kind == "text" and re.fullmatch(r"\d{4}", code) for code, kind in codes)
    assert ("0580", "text") in codes
    found = database.execute(
        "SELECT section, anchor FROM relation_list WHERE relation = 'bereder åt' AND from_name LIKE '%arbetsutskott'"
        " AND to_name = 'Primärkommunala delegationen'"
    ).fetchall()
    assert found
    (total,) = database.execute("SELECT SUM(amount) FROM money").fetchone()
    (row,) = graph.query(
        "SELECT (SUM(?a) AS ?n) WHERE { SELECT DISTINCT ?x ?a WHERE {"
        " VALUES ?c { sg:Contribution sg:Retention sg:StatedTotal } ?x a ?c ; sg:amount ?a } }"
    ).rows
    assert total == row["n"]


def test_every_fact_of_a_document_has_evidence(database: sqlite3.Connection) -> None:
    """A fact without a passage comes from a register or describes a document."""
    bare = database.execute(
        "SELECT DISTINCT f.subject_id FROM facts f LEFT JOIN evidence e ON e.fact_id = f.id WHERE e.fact_id IS NULL"
    ).fetchall()
    prefixes = {thing.partition(":")[0] for (thing,) in bare}
    assert prefixes <= {"doc", "kommun", "region", "lan", "lansstyrelse", "lag", "samling"}
    (several,) = database.execute("SELECT COUNT(*) FROM facts WHERE NOT holds").fetchone()
    assert several > 100


def test_csvw_is_valid_and_holds_the_database(tmp_path: Path) -> None:
    """A CSVW reader validates every cell and every reference, and finds the rows of the database."""
    for name, data in made("csvw", "Västerbotten").items():
        (tmp_path / name).write_bytes(data)
    group = TableGroup.from_file(tmp_path / "metadata.json")
    assert len(group.tables) == len(json.loads((tmp_path / "metadata.json").read_text("utf-8"))["tables"]) > 20
    group.check_referential_integrity()
    rows = {str(table.url).removesuffix(".csv"): list(table.iterdicts(strict=True)) for table in group.tables}
    with opened(only("sqlite", "Västerbotten")) as small:
        for table, found in rows.items():
            assert len(found) == rows_in(small, table), table
    forum = next(row for row in rows["forums"] if row["id"] == PKD)
    assert (forum["seats"], forum["name"]) == (30, "Primärkommunala delegationen")


HEADER = re.compile(r"\w+:ID|:START_ID|:END_ID|:TYPE|:LABEL|\w+:(string|boolean|date|int|float)(\[\])?")


def neo4j_rows(name: str) -> list[dict[str, str]]:
    """Rows of one file, read by the rules of Neo4j's manual: typed header, quotes doubled, one row a line."""
    text = made("neo4j")[name].decode()
    heads, *rows = list(csv.reader(io.StringIO(text)))
    assert all(HEADER.fullmatch(head) for head in heads)
    assert len(text.splitlines()) == len(rows) + 1
    for row in rows:
        assert len(row) == len(heads)
        for head, cell in zip(heads, row, strict=True):
            assert not head.endswith(":boolean") or cell in {"true", "false"}
            assert not (head.endswith(":date") and cell) or date.fromisoformat(cell)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_neo4j_files_follow_its_manual() -> None:
    """Ids are unique, both ends of each relationship exist, types are names, and there is one of each edge."""
    nodes, edges = neo4j_rows("nodes.csv"), neo4j_rows("relationships.csv")
    ids = [node["id:ID"] for node in nodes]
    assert len(ids) == len(set(ids))
    assert {edge[end] for edge in edges for end in (":START_ID", ":END_ID")} == set(ids)
    assert all(re.fullmatch(r"[A-Z_]+", edge[":TYPE"]) for edge in edges)
    assert len(edges) == nx.read_graphml(io.BytesIO(only("graphml"))).number_of_edges()
    assert any(edge[":START_ID"] == "vb:pkd-au" and edge[":TYPE"] == "PREPARES_FOR" for edge in edges)
    assert next(node for node in nodes if node["id:ID"] == PKD)[":LABEL"] == "Thing;PoliticalForum"


def test_workbook_has_every_report(graph: Graph) -> None:
    """Contents list every sheet with its number of rows; heads are frozen and filtered; no cell can run."""
    book = openpyxl.load_workbook(io.BytesIO(only("xlsx")))
    answers, contents, *sheets = book.worksheets
    listed = list(contents.iter_rows(min_row=2, values_only=True))
    assert [str(row[0]) for row in listed] == [sheet.title.split()[0] for sheet in sheets]
    assert [row[3] for row in listed] == [sheet.max_row - 1 for sheet in sheets]
    assert graph.report("gaps").answer in " ".join(str(cell.value) for (cell,) in answers.iter_rows())
    for sheet in sheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    days = [cell for cell in cells if isinstance(cell.value, datetime)]
    assert days
    assert {cell.number_format for cell in days} == {"yyyy-mm-dd"}


HOSTILE = """\
  - section: Titel
    anchor: Avtal … samverkan
    states:
      - {id: samling:prov, type: Collection, calledHere: Prov}
      - {id: vb:radet, type: PoliticalForum, name: '=HYPERLINK("http://x","<b>y</b>")', seats: "3"}
      - {id: vb:natet, type: Network, name: '"; DROP TABLE things; -- ]]></x>', informs: vb:radet, validFrom: 2024-02}
"""


@pytest.fixture
def hostile(bench: Workbench) -> Graph:
    """A graph whose names try to be formulas, markup and SQL."""
    bench.document(HOSTILE, head=HEAD)
    bench.build().write(bench.root / "graph")
    return samverkansgraf.open(bench.root)


def test_names_can_do_no_harm(hostile: Graph) -> None:
    """Every format holds such names as names; a spreadsheet gets no formula."""
    book = openpyxl.load_workbook(io.BytesIO(hostile.export("xlsx").popitem()[1]))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    for files in (hostile.export("csvw"), hostile.export("neo4j")):
        tables = [list(csv.reader(io.StringIO(data.decode()))) for name, data in files.items() if name.endswith("csv")]
        cells = [cell for table in tables for row in table for cell in row]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not any(cell.startswith("=") for cell in cells)
    with opened(hostile.export("sqlite").popitem()[1]) as database:
        (name,) = database.execute("SELECT name FROM things WHERE id = 'vb:natet'").fetchone()
    assert name.startswith('"; DROP')
    for fmt in ("graphml", "gexf"):
        root = parsed(hostile.export(fmt).popitem()[1])
        assert root.find(".//b") is None
        assert "]]></x>" in "".join([*root.itertext(), *(str(one.attrib) for one in root.iter())])


CODE = "SELECT ?code WHERE { kommun:0580 skos:notation ?code }"


def test_code_of_a_kommun_keeps_its_zero(hostile: Graph, tmp_path: Path) -> None:
    """0580 is text wherever it is written: tables for programs, and answers as a person and as a program get them."""
    for name, data in hostile.export("csvw").items():
        (tmp_path / name).write_bytes(data)
    group = TableGroup.from_file(tmp_path / "metadata.json")
    (table,) = (one for one in group.tables if str(one.url) == "organisations.csv")
    assert {row["code"] for row in table.iterdicts(strict=True)} >= {"0580", "0114"}
    asked = "SELECT code, typeof(code) FROM organisations WHERE id = 'kommun:0580'"
    with opened(hostile.export("sqlite").popitem()[1]) as database:
        found = database.execute(asked).fetchone()
    assert found == ("0580", "text")
    written = {fmt: hostile.query(CODE).to(fmt) for fmt in ("json", "csv", "excel", "xlsx")}
    assert hostile.query(CODE).rows == [{"code": "0580"}]
    assert json.loads(written["json"])["results"]["bindings"][0]["code"]["value"] == "0580"
    assert written["csv"].decode().splitlines()[1] == "0580"
    assert '="0580"' in next(csv.reader([written["excel"].decode("utf-8-sig").splitlines()[1]], delimiter=";"))
    cells = [
        cell for sheet in openpyxl.load_workbook(io.BytesIO(written["xlsx"])) for row in sheet.rows for cell in row
    ]
    assert [cell.data_type for cell in cells if cell.value == "0580"] == ["s"]


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_tables(data: bytes) -> list[list[list[str]]]:
    """Tables of a Word document, cell by cell, read from its XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        root = parsed(archive.read("word/document.xml"))
    return [
        [["".join(cell.itertext()) for cell in row.iter(f"{WORD}tc")] for row in table.iter(f"{WORD}tr")]
        for table in root.iter(f"{WORD}tbl")
    ]


def test_appendix_in_word_holds_the_reports(graph: Graph) -> None:
    """Every row of every table is there, under headings, with a head row that is repeated; so is all evidence."""
    data = graph.export("docx", of="Civil beredskap").popitem()[1]
    reports = [graph.report("routes", area="Civil beredskap"), graph.report("show", thing="Civil beredskap")]
    tables = word_tables(data)
    expected = [table for report in reports for table in report.tables]
    assert [len(table) - 1 for table in tables] == [len(table.rows) for table in expected]
    assert [table[0][0] for table in tables] == [table.columns[0].label for table in expected]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = "".join(parsed(archive.read("word/document.xml")).itertext())
        assert archive.read("word/document.xml").count(b"<w:tblHeader/>") == len(tables)
        assert archive.read("word/settings.xml").count(b"<w:autoHyphenation/>") == 1
    assert "Bilaga: Civil beredskap" in text
    assert all(report.answer in text for report in reports)
    assert all(passage.anchor in text for report in reports for passage in report.passages())


def test_appendix_in_markdown_holds_the_reports(graph: Graph) -> None:
    """One heading above the reports' own, and as many rows as they have."""
    text = graph.export("md", of="PKD").popitem()[1].decode()
    reports = [graph.report("show", thing="PKD"), graph.report("reporting", of="PKD")]
    assert re.findall("^# .*", text, re.MULTILINE) == ["# Bilaga: Primärkommunala delegationen"]
    assert len(re.findall("^## ", text, re.MULTILINE)) == len(reports)
    lines = len(re.findall(r"^\|(?!---)", text, re.MULTILINE))
    assert lines == sum(len(table.rows) + 1 for report in reports for table in report.tables)


def test_appendix_of_a_collection_has_its_main_answers(graph: Graph) -> None:
    """Without a thing, who does what, who sits where, and what is missing."""
    text = graph.export("md", collection="Jämtland Härjedalen").popitem()[1].decode()
    assert "# Bilaga: Jämtland Härjedalen\n" in text
    assert len(re.findall("^## ", text, re.MULTILINE)) == 3


def test_without_python_docx_it_is_told(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install, and what to take instead."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(OutputError, match=r"pip install 'samverkansgraf\[word\]'; or take --format md"):
        graph.export("docx", of="PKD")


@pytest.mark.parametrize(("fmt", "arrow"), [("mermaid", r"(n\d+) -[-.]+> ?\|"), ("dot", r"(n\d+) -> n\d+")])
def test_chain_is_a_diagram(graph: Graph, fmt: str, arrow: str) -> None:
    """Each step of the chain is one arrow between two declared nodes, and names are theirs."""
    text = graph.export(fmt, of="PKD AU").popitem()[1].decode()
    assert text == graph.pictures.diagram("PKD AU", fmt)
    assert len(re.findall(arrow, text)) == 3
    assert "Primärkommunala delegationens arbetsutskott" in text
    with pytest.raises(OutputError, match=f"{fmt} shows the chain .* name it with --of"):
        graph.export(fmt)
    with pytest.raises(
        OutputError, match="sqlite holds a whole graph or collection; --of is for mermaid, dot, md, docx"
    ):
        graph.export("sqlite", of="PKD")


def test_same_graph_gives_the_same_bytes(hostile: Graph) -> None:
    """Exporting again, from a graph opened again, changes nothing."""
    again = samverkansgraf.open(hostile.workspace.root)
    for fmt, about in EXPORTS.items():
        of = "vb:natet" if about.of else None
        assert again.export(fmt, of=of) == hostile.export(fmt, of=of), fmt


def test_unknown_format_is_told(graph: Graph) -> None:
    """The formats are listed."""
    with pytest.raises(OutputError, match="no export 'pdf'; exports are turtle, "):
        graph.export("pdf")


def call(*args: str) -> tuple[int, str]:
    """Exit code and standard error of `export`."""
    result = CliRunner().invoke(main, ["export", *args])
    return result.exit_code, result.stderr


def test_command_writes_files_folders_and_archives(hostile: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ending says the format; several files go in a folder or an archive."""
    root = hostile.workspace.root
    assert root is not None
    monkeypatch.chdir(root)
    assert call("-o", "natet.gexf") == (0, "")
    assert (root / "natet.gexf").read_bytes() == hostile.export("gexf").popitem()[1]
    assert call("--format", "csvw", "-o", "tabeller")[0] == 0
    assert sorted(path.name for path in (root / "tabeller").iterdir()) == sorted(hostile.export("csvw"))
    assert call("--format", "neo4j", "-o", "neo4j.zip")[0] == 0
    with zipfile.ZipFile(root / "neo4j.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == hostile.export("neo4j")


@pytest.mark.parametrize(
    ("args", "code", "seen"),
    [
        (["--format", "sqlite"], 1, "sqlite is no text"),
        (["--format", "csvw"], 1, "several files; give it a folder"),
        (["--format", "neo4j", "-o", "samverkansgraf.toml"], 1, "is a file; a folder is written here"),
        (["-o", "natet.doc"], 2, "Give --format"),
        ([], 2, "Give --format"),
    ],
)
def test_command_says_what_it_needs(
    hostile: Graph, monkeypatch: pytest.MonkeyPatch, args: list[str], code: int, seen: str
) -> None:
    """What cannot be written is told, and how it can."""
    assert hostile.workspace.root is not None
    monkeypatch.chdir(hostile.workspace.root)
    assert call(*args)[0] == code
    assert seen in call(*args)[1]


def test_command_knows_every_export() -> None:
    """The choices of the command are the formats there are."""
    from samverkansgraf.cli.exports import FORMATS

    assert FORMATS == tuple(EXPORTS)


def test_name_in_the_heading_of_an_appendix_is_no_markup(bench: Workbench) -> None:
    """Markdown lets HTML through; a name cannot bring any."""
    bench.document(
        "  - section: Titel\n    anchor: Avtal … samverkan\n    states:\n"
        "      - {id: samling:prov, type: Collection, calledHere: Prov}\n"
        '      - {id: vb:x, type: Network, name: "<img src=x onerror=alert(1)> [x](javascript:1)"}\n'
    )
    bench.build().write(bench.root / "graph")
    text = samverkansgraf.open(bench.root).export("md", of="vb:x").popitem()[1].decode()
    assert text.startswith("# Bilaga: \\<img src=x onerror=alert(1)\\>")
    assert "<img" not in text.replace("\\<img", "")
