"""The library as a notebook sees it."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
import rdflib

import samverkansgraf
from samverkansgraf.api import Answer, Graph
from samverkansgraf.errors import OutputError, QueryError, SamverkansgrafError, UnknownThing
from workbench import PLAIN, ROOT, Workbench

PASSAGES = (
    PLAIN
    + """\
  - section: Bereder
    anchor: Rådet har tre
    states:
      - {id: vb:utskottet, type: Committee, name: Utskottet, preparesFor: vb:radet}
      - {id: vb:radet, seats: 3, listIsOpen: true, identifier: "007"}
      - {id: vb:andel, type: CostShare, share: 0.25, payer: vb:radet}
  - section: Kan
    anchor: kan utse … utskott
    modality: permitted
    states: [{id: vb:utskottet, informs: vb:radet}]
"""
)


@pytest.fixture
def small(bench: Workbench) -> Graph:
    """A small built graph."""
    bench.document(PASSAGES)
    bench.build().write(bench.root / "graph")
    return samverkansgraf.open(bench.root)


def test_package_exports_what_it_lists() -> None:
    """`__all__` is what can be imported, and nothing else comes by attribute."""
    assert set(samverkansgraf.__all__) == {"Answer", "Graph", "SamverkansgrafError", "open"}
    assert samverkansgraf.Graph is Graph
    assert samverkansgraf.SamverkansgrafError is SamverkansgrafError
    with pytest.raises(AttributeError, match="has no attribute 'closed'"):
        samverkansgraf.closed  # noqa: B018 - the look-up raises


def test_open_finds_the_workspace_around_a_path(small: Graph) -> None:
    """A path inside the workspace opens it; outside any, the package's own graph is opened."""
    root = small.workspace.root
    assert root is not None
    assert samverkansgraf.open(root / "graph").workspace.root == root
    assert samverkansgraf.open(str(root)).query("ASK { vb:radet a sg:Forum }")


def test_outside_a_workspace_the_package_graph_opens(tmp_path: Path) -> None:
    """Where there is no workspace the graph that comes along answers."""
    assert samverkansgraf.open(tmp_path).query("ASK { vb:pkd a sg:Forum }")


def test_values_are_python_values(small: Graph) -> None:
    """Numbers, truth values, texts and IRIs come as such, unbound as None."""
    text = """SELECT ?thing ?seats ?share ?open ?code ?none WHERE {
        ?thing sg:seats ?seats ; sg:listIsOpen ?open ; dcterms:identifier ?code . vb:andel sg:share ?share OPTIONAL { ?thing sg:size ?none } }"""  # noqa: E501
    answer = small.query(text)
    assert answer.columns == ["thing", "seats", "share", "open", "code", "none"]
    vb = "https://w3id.org/samverkansgraf/id/vasterbotten/"
    assert answer.rows == [
        {"thing": vb + "radet", "seats": 3, "share": 0.25, "open": True, "code": "007", "none": None}
    ]
    assert list(answer) == answer.rows
    assert len(answer) == 1


def test_each_form_of_query_has_its_answer(small: Graph) -> None:
    """SELECT gives rows, ASK a truth value, CONSTRUCT triples."""
    assert not small.query("SELECT ?x WHERE { ?x a sg:JointBoard }")
    assert bool(small.query("ASK { vb:radet a sg:Forum }")) is True
    assert bool(small.query("ASK { vb:utskottet sg:informs ?permitted }")) is False
    made = small.query("CONSTRUCT { ?x sg:seats ?y } WHERE { ?x sg:seats ?y }")
    assert made.columns == []
    assert made.to("ntriples").decode().count("\n") == 1
    assert b"vb:radet" in small.query("DESCRIBE vb:radet", is_text=True).to("turtle")


def test_sparql_formats_are_the_ones_of_the_w3c(small: Graph) -> None:
    """JSON, XML, CSV and TSV are SPARQL results; the other formats are reports with short IRIs."""
    text = "SELECT ?x WHERE { ?x sg:seats ?n }"
    assert small.query(text).to("json").startswith(b'{"head":{"vars":["x"]}')
    assert small.query(text).to("csv").startswith(b"x\r\n")
    assert small.query(text).to("tsv").startswith(b"?x\n")
    assert b"vb:radet" in small.query(text).to("table")
    assert b"true" in small.query("ASK { }").to("table")
    with pytest.raises(OutputError, match="take json, xml, csv, tsv or table"):
        small.query(text).to("jsonld")


def test_truth_values_are_written_as_sparql_writes_them(small: Graph) -> None:
    """A boolean cell in a table is true, not True."""
    assert small.query("SELECT ?o WHERE { vb:radet sg:listIsOpen ?o }").report().tables[0].rows[0].cells == ("true",)


def test_query_text_takes_no_parameters(small: Graph) -> None:
    """Parameters belong to named queries."""
    with pytest.raises(QueryError, match="A query text has no parameters"):
        small.query("ASK { }", kommun="Umeå")


def test_unknown_names_of_everything_are_told(small: Graph) -> None:
    """An unknown query, report, collection or thing says so."""
    with pytest.raises(QueryError, match="There is no named query or file 'nej'"):
        small.query("nej")
    with pytest.raises(QueryError, match="There is no report 'nej'; reports are reporting, membership"):
        small.report("nej")
    with pytest.raises(UnknownThing, match="Did you mean: Prov"):
        small.report("gaps", collection="nej")
    with pytest.raises(UnknownThing, match="Utskottet"):
        small.report("show", thing="Utskotet")


def test_rdflib_sees_the_same_triples(small: Graph) -> None:
    """The Dataset's default graph is the graph's, and its named graphs are the reasons."""
    dataset = small.to_rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    triples = set(dataset.graph(rdflib.graph.DATASET_DEFAULT_GRAPH_ID))
    seen = {tuple(map(str, triple)) for triple in triples}
    own = small.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o . FILTER(!isLiteral(?o)) }")
    assert {tuple(map(str, row.values())) for row in own} <= seen
    count = small.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0]["n"]
    assert len(triples) == count
    named = small.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    graphs = {str(graph.identifier) for graph in dataset.graphs()}
    assert {str(row["g"]) for row in named} <= graphs


def test_network_is_a_multigraph_of_relations(small: Graph) -> None:
    """Every relation is an edge with its verb and modality, what is only permitted too."""
    network = small.network()
    assert isinstance(network, nx.MultiDiGraph)
    found = {(data["verb"].partition("#")[2], data["modality"]) for _, _, data in network.edges(data=True)}
    assert found == {("preparesFor", "stated"), ("informs", "permitted")}


def test_reports_take_names_as_a_person_says_them(small: Graph) -> None:
    """Collections and things are given by name."""
    assert small.report("show", thing="utskottet").tables
    assert small.report("reporting", collection="Prov", of="Rådet").tables


def test_validation_and_sources_are_reports(small: Graph) -> None:
    """What is wrong comes as a report and a verdict."""
    report, worst = small.validation()
    assert (worst, report.tables) == (None, ())
    report, findings = small.sources()
    assert not findings
    assert report.tables[0].rows[0].cells[0] == "avtal.txt"


def test_map_is_written_where_it_is_asked(small: Graph, tmp_path: Path) -> None:
    """The page is returned, and written too when a path is given."""
    page = small.map(tmp_path / "karta.html")
    assert (tmp_path / "karta.html").read_text("utf-8") == page
    assert "Utskottet" in page


def test_named_queries_are_listed(graph: Graph) -> None:
    """Every query file is in the list, with its question."""
    rows = graph.named_queries().tables[0].rows
    files = {path.relative_to(ROOT / "queries").with_suffix("").as_posix() for path in (ROOT / "queries").rglob("*.rq")}
    assert {row.cells[0] for row in rows} == files
    assert all(row.cells[1] for row in rows)


def test_answer_can_be_made_again(small: Graph) -> None:
    """Two queries give two answers; one answer can be looked at again and again as rows."""
    answer = small.query("SELECT ?x WHERE { ?x sg:seats ?n }")
    assert isinstance(answer, Answer)
    assert answer.rows is answer.rows
    assert answer.report().tables[0].rows == answer.report().tables[0].rows
