"""Bridges: cut points and parts against NetworkX and against taking nodes away, on real and seeded random graphs."""

from __future__ import annotations

import os
import random
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.api import Graph
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.network.bridging import cuts
from samverkansgraf.render import render
from samverkansgraf.reports import bridges as module
from samverkansgraf.reports.bridges import betweenness, bridges
from samverkansgraf.reports.structure import Structure, read_structure
from samverkansgraf.reports.table import Report
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden" / "reports"
COLLECTIONS = ["Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen", None]
EDGES = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=24)


def made(graph: Graph, collection: str | None = None, lang: str = "sv", without: str | None = None) -> Report:
    """The report on the real graph."""
    iri = graph.knowledge.collection(collection) if collection else None
    gone = graph.knowledge.things.find(without) if without else None
    return bridges(graph.knowledge, texts(lang), collection=iri, without=gone)


def drawn(edges: list[tuple[int, int]]) -> nx.Graph:
    """A small graph; loops are left out."""
    graph = nx.Graph()
    graph.add_nodes_from(str(end) for edge in edges for end in edge)
    graph.add_edges_from((str(one), str(other)) for one, other in edges if one != other)
    return graph


def assert_cuts_as_by_removal(graph: nx.Graph) -> None:
    """Cut points are NetworkX's; parts are the components left when the node is taken away, bar the largest."""
    found = cuts({node: list(graph[node]) for node in graph})
    assert set(found.parts) == set(nx.articulation_points(graph))
    for node, parts in found.parts.items():
        own = nx.node_connected_component(graph, node) - {node}
        left = sorted(nx.connected_components(graph.subgraph(own)), key=len, reverse=True)
        assert [len(part) for part in parts] == [len(part) for part in left[1:]]
        every = {frozenset(part) for part in left}
        shown = [frozenset(found.nodes(part)) for part in parts]
        assert len(set(shown)) == len(shown)
        assert set(shown) <= every


@given(EDGES)
def test_cuts_agree_with_networkx_and_with_removal(edges: list[tuple[int, int]]) -> None:
    """Any small graph."""
    assert_cuts_as_by_removal(drawn(edges))


def test_cuts_agree_on_seeded_random_graphs() -> None:
    """Sparse graphs of two hundred nodes, trees, a path and a star."""
    for seed in range(12):
        graph = nx.gnm_random_graph(200, 150 + 25 * seed, seed=seed)
        assert_cuts_as_by_removal(nx.relabel_nodes(graph, str))
    for graph in (nx.path_graph(60), nx.star_graph(40), nx.balanced_tree(2, 5)):
        assert_cuts_as_by_removal(nx.relabel_nodes(graph, str))


def test_a_path_of_a_hundred_thousand_is_walked() -> None:
    """No recursion, and parts are not written out: each inner node of a path is a cut point."""
    size = 100_000
    found = cuts({f"{n:06}": [f"{m:06}" for m in (n - 1, n + 1) if 0 <= m < size] for n in range(size)})
    assert len(found.parts) == size - 2
    assert sum(map(len, found.parts["000010"])) == 10


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_cut_points_on_the_real_graph_are_networkx_s(graph: Graph, collection: str | None) -> None:
    """The structure of each collection."""
    iri = graph.knowledge.collection(collection) if collection else None
    structure = read_structure(graph.knowledge, iri)
    whole = nx.Graph([(one, other) for one, ties in structure.ties.items() for other in ties])
    assert whole
    assert_cuts_as_by_removal(whole)


def test_ties_are_those_that_plain_sparql_finds(graph: Graph) -> None:
    """Every stated part, and every stated member that is a body, is a tie; ties go both ways."""
    text = """SELECT ?one ?other WHERE { VALUES ?p { sg:partOf org:unitOf org:hasMember } ?one ?p ?other . ?other a ?c .
      VALUES ?c { org:Organization sg:Body }
      ?g a sg:Passage ; sg:modality sg:stated . GRAPH ?g { ?one ?p ?other } }"""
    structure = read_structure(graph.knowledge)
    pairs = {(str(row["one"]), str(row["other"])) for row in graph.query(text)}
    pairs = {(one, other) for one, other in pairs if one in structure.ties and one not in structure.groups}
    assert pairs
    assert all(other in structure.ties[one] and one in structure.ties[other] for one, other in pairs)


def test_betweenness_is_exact_where_it_says_so_and_seeded_above(monkeypatch: pytest.MonkeyPatch) -> None:
    """By counting all shortest paths; a sample gives the same figures twice, and the report prints size and seed."""
    graph = nx.relabel_nodes(nx.gnm_random_graph(24, 30, seed=3), str)
    ties = {node: dict.fromkeys(graph[node]) for node in graph}
    shares, exact = betweenness(ties)  # type: ignore[arg-type]
    pairs = len(graph) * (len(graph) - 1) - 2 * (len(graph) - 1)
    for node in graph:
        passing = 0.0
        for one in graph:
            for other in graph:
                if len({one, other, node}) == 3 and nx.has_path(graph, one, other):
                    paths = list(nx.all_shortest_paths(graph, one, other))
                    passing += sum(node in path for path in paths) / len(paths)
        assert shares[node] == pytest.approx(passing / pairs)
    monkeypatch.setattr(module, "MOST_EXACT", 10)
    monkeypatch.setattr(module, "SAMPLE", 12)
    assert exact
    assert betweenness(ties) == betweenness(ties)  # type: ignore[arg-type]
    assert not betweenness(ties)[1]  # type: ignore[arg-type]


def test_a_sample_is_said_to_be_one(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sample size and seed are printed, and the share is called estimated."""
    monkeypatch.setattr(module, "MOST_EXACT", 10)
    monkeypatch.setattr(module, "SAMPLE", 20)
    report = made(graph, "Västerbotten")
    assert any("20 slumpvis valda" in note and str(module.SEED) in note for note in report.notes)
    assert any("uppskattad" in column.label for table in report.tables for column in table.columns)


@pytest.mark.parametrize("name", ["PKD", "Region Västerbotten", "Umeåregionens kansli", "VKL"])
def test_bodies_that_lose_every_tie_are_those_that_removal_isolates(graph: Graph, name: str) -> None:
    """By taking the node out of a NetworkX graph."""
    thing = graph.knowledge.things.find(name)
    structure = read_structure(graph.knowledge)
    whole = nx.Graph([(one, other) for one, ties in structure.ties.items() for other in ties])
    before = set(nx.isolates(whole))
    whole.remove_node(thing)
    expected = {graph.knowledge.things.label(one) for one in set(nx.isolates(whole)) - before}
    report = made(graph, without=name)
    tables = {table.title: table for table in report.tables}
    alone = tables.get(texts("sv")("bridges.without_alone"))
    assert {str(row.cells[0]) for row in alone.rows} == expected if alone else not expected


def test_without_a_go_between_the_chain_is_cut(graph: Graph) -> None:
    """Without PKD nothing carries what its working committee prepares to the kommuner; a detour would keep it whole."""
    report = made(graph, "Västerbotten", without="PKD")
    table = next(t for t in report.tables if t.title == texts("sv")("bridges.without_chains"))
    assert any("arbetsutskott" in str(row.cells[0]) and "Bjurholm" in str(row.cells[1]) for row in table.rows)
    assert not any("arbetsutskott" in str(row.cells[1]) for row in table.rows)


def test_what_has_no_ties_is_said_to_have_none(graph: Graph) -> None:
    """An area is no body: a sentence and no table."""
    report = made(graph, "Jämtland Härjedalen", without="PKD")
    assert report.tables == ()
    assert "har inga band" in report.answer


def test_ties_join_modalities_and_leave_out_loops() -> None:
    """The surest modality counts, whichever end is asked; a body is not tied to itself."""
    structure = Structure({}, [], {}, {}, {})
    structure.tie("a", "b", "proposed", ["p"])
    structure.tie("b", "a", "stated", ["q"])
    structure.tie("a", "a", "stated", ["r"])
    assert structure.ties["a"]["b"] is structure.ties["b"]["a"]
    assert structure.ties["a"]["b"].modality == "stated"
    assert structure.ties["a"]["b"].passages == {"p", "q"}
    assert structure.certain() == {"a": {"b"}, "b": {"a"}}
    assert "a" not in structure.ties["a"]


def test_random_structures_keep_their_cut_points_when_relabelled() -> None:
    """Names do not matter: cut points of a renamed graph are the renamed cut points."""
    chance = random.Random(11)  # noqa: S311 - reproducible test data
    for seed in range(10):
        graph = nx.relabel_nodes(nx.gnm_random_graph(40, 45, seed=seed), str)
        names = sorted(graph)
        renamed = dict(zip(names, chance.sample(names, len(names)), strict=True))
        first = cuts({node: list(graph[node]) for node in graph})
        other = cuts({renamed[node]: [renamed[one] for one in graph[node]] for node in graph})
        assert {renamed[node] for node in first.parts} == set(other.parts)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("without", [None, "PKD"])
def test_report_prints_what_it_printed(graph: Graph, lang: str, without: str | None) -> None:
    """The text on Västerbotten is the golden one; UPDATE_GOLDEN=1 writes it anew."""
    text = render(made(graph, "Västerbotten", lang, without), "table").decode()
    golden = GOLDEN / f"bridges{'.without' if without else ''}.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert golden.read_text("utf-8") == text


@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize("without", [None, "Region Västerbotten", "Umeå", "kommunerna i Västerbottens län"])
def test_report_fits_a_hundred_columns(graph: Graph, collection: str | None, without: str | None) -> None:
    """No line is wider than 100 characters, the first is the answer, and every row has evidence."""
    report = made(graph, collection, without=without)
    lines = render(report, "table").decode().splitlines()
    assert max(map(len, lines)) <= 100
    assert report.answer.startswith(lines[0])
    assert all(row.evidence and row.derived for table in report.tables for row in table.rows)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_empty_graph_says_so(lang: str) -> None:
    """An empty graph gives no tables and a sentence, also when something is to leave."""
    empty = Knowledge(EmbeddedStore(), Workspace(None))
    for report in (bridges(empty, texts(lang)), bridges(empty, texts(lang), without="https://example.org/x")):
        assert report.tables == ()
        assert report.answer
        assert "0 " in report.examined


def test_a_ring_has_no_cut_point_and_says_so(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no body is alone in holding another, the answer is no count of nought."""
    ring = Structure({}, [], {}, {}, {})
    for one, other in ("ab", "bc", "cd", "da"):
        ring.tie(one, other, "stated", ["https://example.org/p"])
    monkeypatch.setattr(module, "read_structure", lambda *_: ring)
    report = bridges(graph.knowledge, texts("sv"))
    assert report.answer.startswith("Inget organ är ensamt")
    assert texts("sv")("bridges.points") not in {table.title for table in report.tables}
