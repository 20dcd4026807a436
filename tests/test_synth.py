"""A made-up country: the same bytes from the same seed, and every planted thing found by the report it is for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.build import build
from samverkansgraf.checks import read_checks
from samverkansgraf.checks import run as check_of
from samverkansgraf.synth import documents_for, write_national
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace
from workbench import run

AGREEMENTS = 10
FOUND = {
    "loop": "SELECT DISTINCT ?x { ?x org:reportsTo ?y . ?y org:reportsTo* ?z . FILTER(?z = ?x) }",
    "total that differs": """SELECT ?x { ?x a sg:StatedTotal ; sg:amount ?amount . FILTER(?amount != ?sum)
        { SELECT ?x (SUM(?part) AS ?sum) { ?x sg:sumOf ?one . ?one sg:amount ?part } GROUP BY ?x } }""",
    "board without statute": "SELECT ?x { ?x a sg:JointBoard . FILTER NOT EXISTS { ?x sg:legalBasis ?law } }",
    "chair left open": "SELECT ?x { ?x sg:leavesOpen sg:Chair }",
    "twins": """SELECT DISTINCT ?x {
        ?x a sg:Network ; sg:concerns ?area ; org:hasMember ?some . ?y a sg:Network ; sg:concerns ?area .
        FILTER(?x != ?y)
        FILTER NOT EXISTS { ?x org:hasMember ?one . FILTER NOT EXISTS { ?y org:hasMember ?one } }
        FILTER NOT EXISTS { ?y org:hasMember ?one . FILTER NOT EXISTS { ?x org:hasMember ?one } } }""",
}
"""How each kind of planted thing is seen in the graph, written apart from the reports."""


def short(iri: object) -> str:
    """*iri* as the list has it."""
    return str(iri).replace("https://example.org/syn/", "syn:")


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, dict[str, list[str]]]:
    """A built country, and what was planted in it."""
    folder = tmp_path_factory.mktemp("synth") / "riket"
    write_national(folder, AGREEMENTS, seed=1)
    workspace = Workspace.find(folder)
    made = build(workspace, sources=workspace.source_folders(), cache=False)
    made.write(workspace.graph_folder)
    planted = json.loads((folder / "planted.json").read_text("utf-8"))["exact"]
    return Graph(workspace), planted


@pytest.mark.parametrize("kind", FOUND)
def test_planted_things_are_there_and_no_others(country: tuple[Graph, dict[str, list[str]]], kind: str) -> None:
    """The graph holds exactly what the list says."""
    graph, planted = country
    found = [
        str(row["x"]).replace("https://example.org/syn/", "syn:") for row in graph.query(FOUND[kind], is_text=True)
    ]
    assert sorted(planted[kind]) == sorted(found)


def test_quality_finds_exactly_the_loops_and_the_sums(country: tuple[Graph, dict[str, list[str]]]) -> None:
    """The checks on loops and printed totals name what was planted, and nothing else."""
    graph, planted = country
    checks = {check.name: check for check in read_checks(graph.workspace.folders("ontology/checks"))}
    for name, kind in (("reporting-loop", "loop"), ("stated-total", "total that differs")):
        found = check_of(checks[name], graph.knowledge.store).discoveries
        assert {short(term.text) for one in found for term in one.values["thing"]} == set(planted[kind]), name


def test_legal_report_names_exactly_the_boards_without_a_statute(country: tuple[Graph, dict[str, list[str]]]) -> None:
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


def test_size_is_about_what_was_asked(tmp_path: Path, country: tuple[Graph, dict[str, list[str]]]) -> None:
    """Each agreement gives about the quads that the number of agreements is reckoned from."""
    graph, _ = country
    write_national(tmp_path / "two", 2, seed=1)
    few = build(Workspace.find(tmp_path / "two"), cache=False).quads
    each = (len(graph.knowledge.store.local) - few) / (AGREEMENTS - 2)
    assert abs(each - 1_000_000 / documents_for(1_000_000)) < 0.2 * each
