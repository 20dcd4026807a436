"""The benchmarks' synthetic workspace, small: it builds, holds what was planted, and both validators read it alike."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from samverkansgraf.build import Build, build
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.synth import Planted, write_workspace
from samverkansgraf.workspace import Workspace, package_root
from workbench import ROOT

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.building import agree
from benchmarks.countries import Country, country
from benchmarks.gaps import missing, peer_answer
from benchmarks.networks import WORKS
from benchmarks.questions import ours, rdflib
from benchmarks.reports import checks, graphs_of, measure, planted_in, works
from benchmarks.shapes import our_findings, plant
from benchmarks.timing import Differs, Process, Row, peer, table
from benchmarks.validating import FIXTURES, compared
from benchmarks.whole import whole_table

PREFIXES = "PREFIX sg: <https://w3id.org/samverkansgraf/ns#> PREFIX prov: <http://www.w3.org/ns/prov#> "


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder of this module."""
    return tmp_path_factory.mktemp("synthetic")


@pytest.fixture(scope="module")
def planted(folder: Path) -> Planted:
    """A workspace of two documents with four forums each."""
    return write_workspace(folder, 2, forums=4)


@pytest.fixture(scope="module")
def built(folder: Path, planted: Planted) -> Build:
    """The workspace, built and written."""
    assert planted.documents == 2
    workspace = Workspace.find(folder)
    made = build(workspace, sources=workspace.source_folders(), cache=False)
    made.write(workspace.graph_folder)
    return made


@pytest.fixture(scope="module")
def store(folder: Path, built: Build) -> ox.Store:
    """The built graph."""
    assert built.files
    store = ox.Store()
    store.bulk_load(path=str(folder / "graph" / "samverkansgraf.nq"), format=ox.RdfFormat.N_QUADS)
    return store


def counted(store: ox.Store, where: str) -> int:
    """Number of different ?x in the default graph."""
    rows = store.query(f"{PREFIXES} SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {where} }}")
    return int(next(iter(rows))["n"].value)  # type: ignore[union-attr, arg-type, call-overload]


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("documents", "?x sg:sourceFile ?file"),
        ("passages", "?x a sg:Passage"),
        ("forums", "?x a sg:Forum"),
        ("allocations", "?x a sg:SeatAllocation FILTER NOT EXISTS { ?x prov:wasDerivedFrom ?source }"),
        ("flows", "?x a sg:Flow"),
        ("areas", "?x a sg:CooperationArea"),
        ("periods", "?x sg:validFrom ?date"),
        ("unknown_groups", "?y sg:appointedByEach ?x FILTER NOT EXISTS { ?x sg:ofClass ?class }"),
    ],
)
def test_what_was_planted_is_in_the_graph(store: ox.Store, planted: Planted, name: str, where: str) -> None:
    """Every kind of thing is there as often as it was written."""
    assert counted(store, where) == getattr(planted, name) > 0


def test_what_is_proposed_stays_in_its_passage(store: ox.Store, planted: Planted) -> None:
    """A proposed forum has a type in the graph of its passage and none in the default graph."""
    everywhere = counted(store, "GRAPH ?g { ?x a sg:PoliticalForum ; sg:partOf ?whole }")
    assert everywhere == planted.proposed_forums
    assert counted(store, "?x a sg:PoliticalForum ; sg:partOf ?whole") == 0


def test_every_anchor_is_found_and_only_planted_results_come(built: Build, planted: Planted) -> None:
    """All passages and skips stand in their texts; the one result of validation a document is the planted one."""
    assert built.untried == 0
    assert sum(coverage.anchors for coverage in built.coverages) == planted.passages + planted.skips
    assert [result.severity for result in built.results] == ["info"] * planted.unknown_groups


def test_allocations_spread_over_each_kommun(store: ox.Store) -> None:
    """The group that is described by class and county gives an allocation a member."""
    assert counted(store, "?x a sg:SeatAllocation ; prov:wasDerivedFrom ?source") > 2


def test_the_same_seed_gives_the_same_bytes(folder: Path, planted: Planted, tmp_path: Path) -> None:
    """Writing again changes nothing, and another seed something."""
    assert write_workspace(tmp_path / "again", 2, forums=4) == planted
    write_workspace(tmp_path / "other", 2, forums=4, seed=1)
    name = Path("sources") / "synt-0001.txt"
    assert (
        (tmp_path / "again" / name).read_bytes()
        == (folder / name).read_bytes()
        != (tmp_path / "other" / name).read_bytes()
    )


def test_the_peer_finds_and_writes_the_same(folder: Path, built: Build, tmp_path: Path) -> None:
    """The peers, rdflib and pyshacl, give our quads and our results."""
    ontology = package_root() / "ontology"
    graph = folder / "graph" / "samverkansgraf.nq"
    Process(peer("rdflib_build.py", str(graph), str(ontology / "shapes.ttl"), str(tmp_path)), tmp_path).run()
    assert agree(folder, folder, tmp_path, ontology) == (built.quads, len(built.results))


def test_a_process_that_fails_gives_no_time(tmp_path: Path) -> None:
    """No ratio is made of a peer that fell over."""
    with pytest.raises(Differs, match="failed"):
        Process(peer("rdflib_query.py", "missing.nq", "missing.rq"), tmp_path).run()


def test_a_missed_goal_is_said() -> None:
    """A row says whether its ratio reaches the goal."""
    met, missed = (Row("1", "work", "peer", 1.0, theirs, 7, "≥ 7×") for theirs in (8.0, 6.0))
    assert [line.split()[-1] for line in table([met, missed]).splitlines()[2:]] == ["yes", "NO"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """A country of two agreements."""
    return country(tmp_path_factory.mktemp("country") / "riket", 0)


def test_reports_of_a_national_graph_give_back_what_was_planted(small: Country) -> None:
    """Two agreements: a report is measured in a process of its own, and its rows are those that were written."""
    graphs = graphs_of(small)
    assert graphs.planted.documents == 2
    wanted = works(graphs)
    names = ("finance", "hosts", "legal", "open", "assignments", "positions", "overlap", "gaps")
    found = {name: measure(name, wanted[name], reasons=False) for name in names}
    assert all(one.seconds > 0 and one.memory > 0 for one in found.values())
    same = [*checks(found, graphs.planted), *planted_in(graphs)]
    assert len(same) > 5
    assert all(planted == reported for _, planted, reported in same), same


def test_pyshacl_finds_the_same_planted_errors(small: Country, tmp_path: Path) -> None:
    """Among ten thousand facts: every error of every shape, planted twice, and nothing else but what was there."""
    _, triples, findings = compared(small, tmp_path / "validating", 2)
    few = {one for one in our_findings(small.graph, ROOT / "ontology") if one[0] != "violation"}
    alone = tmp_path / "errors.nt"
    alone.write_text("".join(plant(FIXTURES, 2)), "utf-8")
    planted = our_findings(alone, ROOT / "ontology")
    assert len({one[2] for one in planted}) > 2 * len(list(FIXTURES.glob("*.fail.ttl"))) - 1
    assert (findings, triples > 9000) == (len(few | planted), True)


def test_rdflib_and_pyoxigraph_answer_named_queries_as_we_do(small: Country, tmp_path: Path) -> None:
    """Rows are held against one another before any ratio is made; what takes too long is given up and not compared."""
    names = ("dokument/oversikt", "uppdrag/per-organ")
    own = ours(small, names, tmp_path)
    other = rdflib(small, own, names, tmp_path)
    assert all(one["rdflib"] or one["given up"] for one in other.seconds.values())
    assert [own.answers[name]["ours"][0] for name in names] == [2, 1]
    own.answers["dokument/oversikt"]["ours"] = [2, "another"]
    with pytest.raises(Differs, match="dokument/oversikt"):
        rdflib(small, own, names[:1], tmp_path)


def test_whole_graphs_are_timed(small: Country, tmp_path: Path) -> None:
    """Every command that takes a graph whole works on a made-up country; two sizes make a line."""
    lines = whole_table([small, replace(small, quads=small.quads * 2)], tmp_path).splitlines()
    assert [line.split("  ")[0] for line in lines[2:]] == [
        "write the documents", "build", "load in memory and ask", "load on disk", "ask from disk", "validate", "map",
    ]  # fmt: skip


def test_gap_report_counts_the_pairs_that_the_naive_query_finds(small: Country, tmp_path: Path) -> None:
    """Every kommun and area without a seat, pair by pair."""
    found = peer_answer(small, tmp_path, 60)
    assert found is not None
    assert found[1] == missing(Knowledge(EmbeddedStore.open(small.graph), small.workspace))
    assert peer_answer(small, tmp_path, 0.001) is None


@pytest.mark.parametrize("work", WORKS)
def test_network_work_is_what_plain_networkx_gives(work: str) -> None:
    """The same answer on a small graph, one that is not empty."""
    make, own, other = WORKS[work]
    graph = make(600)
    assert own(graph) == other(graph)
    assert own(graph)
