"""A made-up country: the same bytes from the same seed, and every planted thing found by the report it is for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.build import build
from samverkansgraf.checks import read_checks
from samverkansgraf.checks import run as check_of
from samverkansgraf.reports import Row
from samverkansgraf.synth import documents_for, write_national
from samverkansgraf.texts import texts
from samverkansgraf.validate import read_shapes, validate
from samverkansgraf.workspace import Workspace
from workbench import run

AGREEMENTS = 10
FOUND = {
    "loop": "SELECT DISTINCT ?x { ?x org:reportsTo ?y . ?y org:reportsTo* ?z . FILTER(?z = ?x) }",
    "total that differs": """SELECT ?x { ?x a sg:StatedTotal ; sg:amount ?amount . FILTER(?amount != ?sum)
        { SELECT ?x (SUM(?part) AS ?sum) { ?x sg:sumOf ?one . ?one sg:amount ?part } GROUP BY ?x } }""",
    "board without statute": "SELECT ?x { ?x a sg:JointBoard . FILTER NOT EXISTS { ?x sg:legalBasis ?law } }",
    "chair left open": "SELECT ?x { ?x sg:leavesOpen sg:Chair }",
    "seats left open": "SELECT ?x { ?x sg:leavesOpen sg:members }",
    "group without members": """SELECT ?x { ?node sg:appointedByEach ?x .
        FILTER NOT EXISTS { ?x org:hasMember ?member } }""",
    "area without network": """SELECT ?x { ?x a sg:CooperationArea .
        FILTER NOT EXISTS { ?forum a sg:Network ; sg:concerns ?topic . ?topic skos:broader* ?x } }""",
    "twins": """SELECT DISTINCT ?x {
        ?x a sg:Network ; sg:concerns ?area ; org:hasMember ?some . ?y a sg:Network ; sg:concerns ?area .
        FILTER(?x != ?y)
        FILTER NOT EXISTS { ?x org:hasMember ?one . FILTER NOT EXISTS { ?y org:hasMember ?one } }
        FILTER NOT EXISTS { ?y org:hasMember ?one . FILTER NOT EXISTS { ?x org:hasMember ?one } } }""",
}
"""How each kind of planted thing is seen in the graph, written apart from the reports."""


Country = tuple[Graph, dict[str, list[str]]]


def short(iri: object) -> str:
    """*iri* as the list has it."""
    return str(iri).replace("https://example.org/syn/", "syn:")


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """A built country, and what was planted in it."""
    folder = tmp_path_factory.mktemp("synth") / "riket"
    write_national(folder, AGREEMENTS, seed=1)
    workspace = Workspace.find(folder)
    made = build(workspace, sources=workspace.source_folders(), cache=False)
    made.write(workspace.graph_folder)
    planted = json.loads((folder / "planted.json").read_text("utf-8"))["exact"]
    return Graph(workspace), planted


@pytest.mark.parametrize("kind", FOUND)
def test_planted_things_are_there_and_no_others(country: Country, kind: str) -> None:
    """The graph holds exactly what the list says."""
    graph, planted = country
    found = [
        str(row["x"]).replace("https://example.org/syn/", "syn:") for row in graph.query(FOUND[kind], is_text=True)
    ]
    assert sorted(planted[kind]) == sorted(found)


def test_quality_finds_exactly_the_loops_and_the_sums(country: Country) -> None:
    """The checks on loops and printed totals name what was planted, and nothing else."""
    graph, planted = country
    checks = {check.name: check for check in read_checks(graph.workspace.folders("ontology/checks"))}
    for name, kind in (("reporting-loop", "loop"), ("stated-total", "total that differs")):
        found = check_of(checks[name], graph.knowledge.store).discoveries
        assert {short(term.text) for one in found for term in one.values["thing"]} == set(planted[kind]), name


def long(name: str) -> str:
    """The address of what the list has."""
    return name.replace("syn:", "https://example.org/syn/")


def named(graph: Graph, things: Iterable[str]) -> list[str]:
    """What reports call the things of a list, sorted."""
    return sorted(graph.knowledge.things.label(long(one)) for one in things)


def rows_of(graph: Graph, report: str, title: str) -> list[Row]:
    """Rows of one table of a report, by the key of its title."""
    (table,) = [one for one in graph.report(report).tables if one.title == texts("sv")(title)]
    return list(table.rows)


def test_gap_report_says_not_mentioned_of_exactly_the_areas_without_a_network(country: Country) -> None:
    """Every other area has one."""
    graph, planted = country
    rows = rows_of(graph, "gaps", "gaps.areas")
    silent = sorted(str(row.cells[0]) for row in rows if row.cells[1] == texts("sv")("gaps.status_silent"))
    assert named(graph, planted["area without network"]) == silent
    assert len(silent) < len(rows)


def test_overlap_report_proposes_exactly_the_twins(country: Country) -> None:
    """One candidate a pair, and no pair besides."""
    graph, planted = country
    twins = planted["twins"]
    pairs = [tuple(named(graph, pair)) for pair in zip(twins[::2], twins[1::2], strict=True)]
    found = [tuple(sorted(map(str, row.cells[:2]))) for row in rows_of(graph, "overlap", "overlap.candidates")]
    assert sorted(pairs) == sorted(found)


def test_finance_report_finds_exactly_the_sums_that_differ(country: Country) -> None:
    """Each by the passage that states it."""
    graph, planted = country
    rows = rows_of(graph, "finance", "finance.totals")
    differ = [{one.iri for one in row.evidence} for row in rows if row.cells[2] != row.cells[3]]
    stated = [graph.knowledge.typed_in(long(one)) for one in planted["total that differs"]]
    assert len(stated) == len(differ) < len(rows)
    assert all(any(set(passages) <= evidence for evidence in differ) for passages in stated)


def test_open_report_lists_exactly_the_chairs_and_seats_that_are_left_open(country: Country) -> None:
    """A chair with its forum, seats with the forum that they are in."""
    graph, planted = country
    for title, kind in (("open.chairs", "chair left open"), ("open.numbers", "seats left open")):
        things = [one.removesuffix("-platser") for one in planted[kind]]
        assert named(graph, things) == sorted(str(row.cells[0]) for row in rows_of(graph, "open", title))


def test_reporting_report_has_every_step_of_every_loop(country: Country) -> None:
    """0 → 9 → 4 → 1 → 0, with the words for it."""
    graph, planted = country
    rows = graph.report("reporting").tables[0].rows
    steps = {row.cells[1:3] for row in rows if "rapporterar" in str(row.cells[0])}
    short_names = {one: one.replace("syn:d", "F").replace("-forum", "") for one in planted["loop"]}
    for first, second, third, last in batched(planted["loop"]):
        for one, other in ((first, last), (last, third), (third, second), (second, first)):
            assert (short_names[one], short_names[other]) in steps


def batched(things: list[str]) -> Iterator[list[str]]:
    """Four at a time."""
    yield from (things[place : place + 4] for place in range(0, len(things), 4))


def test_shapes_report_exactly_the_groups_without_members(country: Country) -> None:
    """And nothing else: what is planted does not break the rules."""
    graph, planted = country
    results = validate(graph.knowledge.store, read_shapes(graph.workspace.folders("ontology")))
    assert sorted(long(one) for one in planted["group without members"]) == [one.focus[1:-1] for one in results]


def test_legal_report_names_exactly_the_boards_without_a_statute(country: Country) -> None:
    """The report lists each board that was written without its law."""
    graph, planted = country
    labels = {
        graph.knowledge.things.label(f"https://example.org/syn/{one[4:]}") for one in planted["board without statute"]
    }
    words = texts("sv")("legal.without")
    (table,) = [one for one in graph.report("legal").tables if one.title == words]
    assert {str(row.cells[0]) for row in table.rows} == labels


def test_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Every file is the same from the same seed and another from another."""
    contents = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_national(tmp_path / name, 2, seed=seed)
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        contents.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert contents[0] == contents[1]
    assert contents[0].keys() == contents[2].keys()
    assert contents[0] != contents[2]


def test_command_writes_a_new_folder_only(tmp_path: Path) -> None:
    """The folder is made; one that is there is left alone."""
    made = run("synth", "--triples", "10000", "-o", "riket", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "riket" / "planted.json").is_file()
    again = run("synth", "--triples", "10000", "-o", "riket", cwd=tmp_path)
    assert (again.returncode, b"riket exists" in again.stderr) == (1, True)


def test_size_is_about_what_was_asked(tmp_path: Path, country: Country) -> None:
    """Each agreement gives about the quads that the number of agreements is reckoned from."""
    graph, _ = country
    write_national(tmp_path / "two", 2, seed=1)
    few = build(Workspace.find(tmp_path / "two"), cache=False).quads
    each = (len(graph.knowledge.store.local) - few) / (AGREEMENTS - 2)
    assert abs(each - 1_000_000 / documents_for(1_000_000)) < 0.2 * each
