"""Chains and patterns of membership: against longest paths, reachability and sets, on real and random graphs."""

from __future__ import annotations

import os
from functools import cache
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.api import Graph
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.network.levels import chain_graph, descent, levels, loops, parts, starts
from samverkansgraf.network.relations import Relation, relations
from samverkansgraf.overlay import Overlay
from samverkansgraf.render import render
from samverkansgraf.reports.chains import VERBS
from samverkansgraf.reports.membership import membership, patterns
from samverkansgraf.reports.reporting import reporting
from samverkansgraf.reports.table import Report, Row, Table
from samverkansgraf.reports.what_if import what_if
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden" / "reports"
COLLECTIONS = ["Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen", None]
SG, X = "https://w3id.org/samverkansgraf/ns#", "https://w3id.org/samverkansgraf/id/x/"
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=24)
MATRIX = st.dictionaries(
    st.sampled_from("PQRST"), st.sets(st.sampled_from("abcdefg"), min_size=1), min_size=1, max_size=5
)


def drawn(edges: list[tuple[int, int]], *, acyclic: bool = False) -> nx.DiGraph:
    """A small directed graph without edges from a node to itself."""
    graph = nx.DiGraph()
    for one, other in edges:
        if one != other:
            graph.add_edge(*map(str, sorted((one, other)) if acyclic else (one, other)))
    return graph


def table(report: Report, name: str, lang: str = "sv") -> list[Row]:
    """Rows of the finding *name*."""
    title = texts(lang)(name if "." in name else f"chains.{name}")
    return [row for one in report.tables if one.title == title for row in one.rows]


def told(*facts: tuple[str, str, str, str], kinds: str = "") -> Knowledge:
    """Knowledge of (modality, from, verb, to) between bodies, each in a passage of its own; an empty end is open."""
    doc = "<https://w3id.org/samverkansgraf/doc/x>"
    ends = sorted({end for _, one, _, other in facts for end in (one, other) if end} | set(kinds))
    lines = [f"{doc} <{SG}collection> <{X}collection> .\n{doc} <{SG}status> <{SG}adopted> .\n"]
    lines += [
        f"<{SG}{v}> <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <{SG}relatesTo> .\n" for _, _, v, _ in facts
    ]
    typing = [("stated", f"<{X}{end}> {A} <{SG}Body>") for end in ends]
    said = [(modality, flow(n, *rest)) for n, (modality, *rest) in enumerate(facts)]
    for number, (modality, text) in enumerate([*typing, *said], 1):
        place = f"<https://w3id.org/samverkansgraf/doc/x.{number}>"
        lines += [f"{place} {A} <{SG}Passage> .\n", f"{place} <{SG}document> {doc} .\n"]
        lines += [f'{place} <{SG}{key}> "{number}" .\n' for key in ("section", "anchor", "sequence")]
        lines += [f"{place} <{SG}modality> <{SG}{modality}> .\n"]
        lines += [f"{line} {place} .\n" for line in text.split("\n")]
        lines += [f"{text} .\n"] if text.endswith("Body>") else []
    store = EmbeddedStore()
    store.load("".join(lines))
    return Knowledge(store, Workspace(None))


def flow(number: int, source: str, verb: str, target: str) -> str:
    """One flow as triples."""
    node = f"<{X}flow{number}>"
    ends = [f"{node} <{SG}{key}> <{X}{end}>" for key, end in (("from", source), ("to", target)) if end]
    return "\n".join([f"{node} {A} <{SG}Flow>", f"{node} <{SG}verb> <{SG}{verb}>", *ends])


@given(EDGES)
def test_levels_of_a_dag_are_longest_paths(edges: list[tuple[int, int]]) -> None:
    """By trying every path."""
    graph = drawn(edges, acyclic=True)

    @cache
    def longest(node: str) -> int:
        return max((1 + longest(other) for other in graph[node]), default=0)

    assert levels(graph, parts(graph)) == {node: longest(node) for node in graph}
    assert max(levels(graph, parts(graph)).values(), default=0) == nx.dag_longest_path_length(graph)
    assert loops(parts(graph)) == []


@given(EDGES)
def test_every_edge_goes_down_unless_in_a_loop(edges: list[tuple[int, int]]) -> None:
    """Any small graph: both ends on one level exactly where each can reach the other; roots lie on level 0."""
    graph = drawn(edges)
    level = levels(graph, parts(graph))
    together = {node: number for number, loop in enumerate(loops(parts(graph))) for node in loop}
    for one, other in graph.edges:
        in_loop = nx.has_path(graph, other, one)
        assert (level[one] == level[other]) == in_loop
        assert (level[one] > level[other]) == (not in_loop)
        assert (one in together and together[one] == together.get(other)) == in_loop
    for node in graph:
        assert (level[node] == 0) == all(nx.has_path(graph, other, node) for other in nx.descendants(graph, node))


@given(EDGES)
def test_a_chain_goes_along_edges_down_to_a_root(edges: list[tuple[int, int]]) -> None:
    """From any node: each step is an edge, no level is left out; every node is reached from some start."""
    graph = drawn(edges)
    level = levels(graph, parts(graph))
    for node in graph:
        path = descent(graph, level, node)
        assert all(graph.has_edge(*step) for step in pairwise(path))
        assert list(dict.fromkeys(level[one] for one in path)) == list(range(level[node], -1, -1))
    own = starts(graph, parts(graph))
    assert set(own).union(*(nx.descendants(graph, one) for one in own)) == set(graph)


def test_a_level_that_leads_nowhere_is_a_mistake() -> None:
    """Levels of another graph are refused."""
    with pytest.raises(ValueError, match="level 1"):
        descent(drawn([(0, 1)]), {"0": 0, "1": 1}, "1")


def test_groups_stand_for_their_members() -> None:
    """A group on either side is its members; one that leads to itself, and an open side, give no edge."""
    groups = {"g": ["a", "b"]}
    made = [Relation("v", ("g",), ("c",), "stated", ()), Relation("v", ("c",), ("g", "d"), "stated", ())]
    idle = [Relation("v", ("g",), ("g",), "stated", ()), Relation("v", ("d",), (), "stated", ())]
    graph = chain_graph([*made, *idle], groups)
    assert set(graph.edges) == {("a", "c"), ("b", "c"), ("c", "a"), ("c", "b"), ("c", "d")}
    assert graph.edges["a", "c"]["relations"] == made[:1]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_real_levels_are_longest_paths_in_what_sparql_finds(graph: Graph, collection: str | None) -> None:
    """Of stated relations: the number of steps in the answer is the longest path that NetworkX finds."""
    knowledge = graph.knowledge
    iri = knowledge.collection(collection) if collection else None
    whole = nx.DiGraph()
    for one in relations(knowledge):
        at_home = knowledge.passages(one.passages, iri)
        if one.verb in VERBS and one.modality == "stated" and at_home:
            for source in {m for s in one.source for m in knowledge.groups.get(s, [s])}:
                for target in {m for t in one.target for m in knowledge.groups.get(t, [t])}:
                    whole.add_edge(source, target)
    rows = table(reporting(knowledge, texts("sv"), collection=iri), "levels")
    shown = [int(row.cells[0] or 0) for row in rows if row.modality == "stated"]
    assert max(shown, default=0) == nx.dag_longest_path_length(whole)


def test_orphans_are_the_forums_and_bodies_that_no_chain_names(graph: Graph) -> None:
    """By SPARQL over flows and plain statements of any modality but rejected and denied."""
    knowledge = graph.knowledge
    iri = knowledge.collection("Västerbotten")
    tied = {
        member
        for one in relations(knowledge)
        if one.verb in VERBS and knowledge.passages(one.passages, iri)
        for end in (*one.source, *one.target)
        for member in (end, *knowledge.groups.get(end, ()))
    }
    text = f"""SELECT DISTINCT ?one WHERE {{ ?g a sg:Passage ; sg:document/sg:collection <{iri}> ; sg:modality ?m .
        FILTER(?m NOT IN (sg:rejected, sg:denied)) GRAPH ?g {{ ?one a ?c }}
        ?c rdfs:subClassOf* ?above . VALUES ?above {{ sg:Forum sg:Body }} }}"""
    expected = {str(row["one"]) for row in graph.query(text)} - tied
    rows = table(graph.report("reporting", collection="Västerbotten"), "orphans")
    assert sum(int(row.cells[1] or 0) for row in rows) == len(expected) > 0
    assert {n for row in rows for n in str(row.cells[2]).split("; ")} == {knowledge.things.heading(o) for o in expected}


def test_chain_findings_on_a_small_graph() -> None:
    """A loop, a chain out of it, a dead end, several superiors and an orphan, what is proposed kept apart."""
    knowledge = told(
        ("stated", "a", "preparesFor", "b"),
        ("stated", "b", "recommendsTo", "c"),
        ("stated", "c", "refersTo", "b"),
        ("stated", "c", "supports", "d"),
        ("proposed", "d", "preparesFor", "e"),
        ("stated", "e", "recommendsTo", ""),
        kinds="z",
    )
    report = reporting(knowledge, texts("en"))
    names = {knowledge.things.heading(X + one): one for one in "abcdez"}

    def short(row: Row) -> tuple[object, ...]:
        cells = []
        for cell in row.cells:
            for name, letter in names.items():
                cell = cell.replace(name, letter) if isinstance(cell, str) else cell  # noqa: PLW2901
            cells.append(cell)
        return (*cells, row.modality)

    found = {name: [short(row) for row in table(report, name, "en")] for name in ("levels", "loops", "superiors")}
    assert found["levels"] == [
        (0, "d", "stated"), (1, "b; c", "stated"), (2, "a", "stated"),
        (0, "e (also to an open recipient)", "proposed"), (1, "d", "proposed"), (2, "b; c", "proposed"),
        (3, "a", "proposed"),
    ]  # fmt: skip
    assert [(row[0], row[-1]) for row in found["loops"]] == [("b; c", "stated")]
    assert found["superiors"] == [("c", 2, "b and d", "stated")]
    assert [short(row)[0] for row in table(report, "dead_ends", "en")] == ["e"]
    assert [short(row)[2] for row in table(report, "orphans", "en")] == ["z"]
    assert [(row.cells[0], row.modality) for row in table(report, "chains", "en")] == [(3, "stated"), (4, "proposed")]
    assert "1 loop" in report.answer


def test_a_mere_loop_has_no_longest_chain() -> None:
    """Two bodies that lead to one another, and a third alone: no chain is told, the loop is."""
    knowledge = told(("stated", "a", "preparesFor", "b"), ("stated", "b", "recommendsTo", "a"), kinds="z")
    report = reporting(knowledge, texts("sv"))
    assert texts("sv")("chains.circular") in report.answer
    assert [row.cells[0] for row in table(report, "levels")] == [0]
    assert len(table(report, "loops")) == 1
    assert not table(report, "chains")


def test_of_limits_to_what_can_be_reached(graph: Graph) -> None:
    """From the network of head teachers up to the region; nothing leads further from the region; no orphans then."""
    report = graph.report("reporting", of="Skolchefsnätverk")
    assert [row.cells[0] for row in table(report, "levels")] == [0, 1, 2]
    assert "PKD AU" not in str([row.cells for row in table(report, "levels")])
    assert str(table(report, "chains")[0].cells[1]).startswith("Skolchefsnätverk → ")
    assert not table(report, "orphans")
    end = graph.report("reporting", of="Region Västerbotten")
    assert "ingen leder vidare" in end.answer
    assert not table(end, "levels")


@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_findings_have_evidence_and_say_they_are_derived(graph: Graph, collection: str | None, lang: str) -> None:
    """Every row of every table; a dead end is what the text says, the rest is worked out."""
    iri = graph.knowledge.collection(collection) if collection else None
    made = reporting(graph.knowledge, texts(lang), collection=iri)
    for one in made.tables[1:]:
        assert all(row.evidence for row in one.rows)
        assert all(row.derived == (one.title != texts(lang)("chains.dead_ends")) for row in one.rows)
    assert max(map(len, render(made, "table").decode().splitlines())) <= 100


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("name", "options"), [("chains-of", {"of": "Skolchefsnätverk"}), ("chains-vml", {})])
def test_chains_print_what_they_printed(graph: Graph, lang: str, name: str, options: dict[str, str]) -> None:
    """The text from one body, and of Västmanland, where most is proposed; UPDATE_GOLDEN=1 writes it anew."""
    collection = None if options else "Västmanland"
    made = Graph(graph.workspace, lang).report("reporting", collection=collection, **options)
    text = render(made, "table").decode()
    golden = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert golden.read_text("utf-8") == text


def test_what_if_tells_lost_relations_only(graph: Graph) -> None:
    """Rows of the findings are no relations that are lost."""
    gone = Overlay(frozenset({graph.knowledge.things.find("PKD")}))
    lost = table(what_if(graph.knowledge, texts("sv"), overlay=gone), "what_if.lost")
    before = reporting(graph.knowledge, texts("sv")).tables[0]
    assert {row.cells for row in lost} < {row.cells for row in before.rows}


@given(MATRIX)
def test_patterns_agree_with_sets(forums: dict[str, set[str]]) -> None:
    """Any small matrix: who is in all and none by counting, twins and like forums by comparing pairs."""
    counties = {one: "1" if one in "abcd" else "2" for one in "abcdefgh"}
    found = patterns(forums, counties)
    own = {one: {forum for forum in forums if one in forums[forum]} for one in "abcdefgh"}
    inside = {one for one in own if own[one]}
    pairs = {(one, other) for p in found if p.kind in {"all", "twins"} for one in p.kommuner for other in p.kommuner}
    several = len(forums) > 1
    assert {one for p in found if p.kind == "all" for one in p.kommuner} == {
        one for one in inside if several and len(own[one]) == len(forums)
    }
    assert {(one, other) for one, other in pairs if one != other} == {
        (one, other) for one in inside for other in inside if several and one != other and own[one] == own[other]
    }
    assert {one for p in found if p.kind == "none" for one in p.kommuner} == {
        one for one in own if not own[one] and counties[one] in {counties[other] for other in inside}
    }
    same = {frozenset((p, q)) for one in found if one.kind in {"alike", "all"} for p in one.forums for q in one.forums}
    like = {frozenset((p, q)) for p in forums for q in forums if p != q and forums[p] == forums[q]}
    assert like <= same
    assert all(forums[p] == one.kommuner for one in found if one.kind == "alike" for p in one.forums)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_matrix_adds_up(graph: Graph, collection: str | None) -> None:
    """Filled cells per row and per column sum to the same; the total of a row is the sum of its numbers."""
    made = graph.report("membership", collection=collection)
    matrices: list[Table] = [one for one in made.tables if one.title != texts("sv")("membership.patterns")]
    for one in matrices:
        numbered = one.columns[-1].key == "total"
        grid = [row.cells[1 : -1 if numbered else None] for row in one.rows]
        assert all(any(cells) for cells in grid)
        assert all(any(column) for column in zip(*grid, strict=True))
        for row, cells in zip(one.rows, grid, strict=True):
            numbers = [int(str(cell).split(" ")[0]) for cell in cells if cell and cell != "●"]
            assert not numbered or row.cells[-1] == sum(numbers)


def test_kommuner_outside_are_told_by_the_register(graph: Graph) -> None:
    """Umeåregionen reaches two counties; of Västernorrland only Örnsköldsvik is in it."""
    report = membership(graph.knowledge, texts("sv"), collection=graph.knowledge.collection("Umeåregionen"))
    rows = {str(row.cells[0]): row for row in table(report, "membership.patterns")}
    outside = rows[texts("sv")("membership.none_of", county="Västernorrlands län")]
    assert "Sundsvall" in str(outside.cells[1])
    assert "Örnsköldsvik" not in str(outside.cells[1])
    assert outside.derived
    assert outside.evidence
