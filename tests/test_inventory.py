"""Facts, tables and edges of small graphs written by hand."""

from __future__ import annotations

import pytest

import samverkansgraf
from samverkansgraf.api import Graph
from samverkansgraf.inventory import Facts, Table, edges, nodes, read_facts, tables
from samverkansgraf.terms import ORG, RDF, SG
from workbench import Workbench

VB = "https://w3id.org/samverkansgraf/id/vasterbotten/"
PASSAGES = """\
  - section: Titel
    anchor: Avtal … samverkan
    states:
      - {id: samling:prov, type: Collection, calledHere: Prov}
      - {id: vb:radet, type: PoliticalForum, name: Rådet, seats: "3", validFrom: "2024"}
      - {id: vb:kommunerna, type: Group, calledHere: Kommunerna, hasMember: ["kommun:0580", "kommun:2480"]}
      - {id: vb:platser, type: SeatAllocation, forum: vb:radet, appointedByEach: vb:kommunerna, membersEach: "2"}
  - section: Antal
    anchor: Rådet har tre
    states: [{id: vb:radet, seats: "4"}]
  - section: Utskott
    anchor: kan utse ett utskott
    modality: permitted
    states:
      - {id: vb:radet, appoints: vb:utskottet}
      - {id: vb:utskottet, type: Committee, name: Utskottet, partOf: vb:radet}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A forum with two numbers of seats and a committee that is only permitted."""
    bench = Workbench(tmp_path_factory.mktemp("inventory"))
    bench.document(PASSAGES)
    bench.build().write(bench.root / "graph")
    return samverkansgraf.open(bench.root)


@pytest.fixture(scope="module")
def facts(small: Graph) -> Facts:
    """Every fact of it."""
    return read_facts(small.knowledge)


def table(facts: Facts, name: str) -> list[dict[str, object]]:
    """Rows of one table, by column."""
    found: Table = next(one for one in tables(facts, edges(facts)) if one.name == name)
    return [dict(zip((column.name for column in found.columns), row, strict=True)) for row in found.rows]


def test_what_is_permitted_does_not_hold(facts: Facts) -> None:
    """A permitted relation is a fact with its passage, but does not hold; a conclusion is derived, with premises."""
    appoints = [one for one in facts.all if one.property == SG.appoints and one.value == VB + "utskottet"]
    assert [(one.holds, one.derived, len(one.passages)) for one in appoints] == [(False, False, 1)]
    spread = [one for one in facts.all if one.subject == VB + "platser-0580" and one.property == SG.members]
    assert [(one.holds, one.derived, len(one.passages), one.value) for one in spread] == [(True, True, 1, "2")]


def test_generalisations_and_passages_are_no_things(facts: Facts) -> None:
    """A thing has the class its text gives it; passages and terms are none."""
    kinds = {one.value for one in facts.of[VB + "radet", RDF.type]}
    assert kinds == {SG.PoliticalForum}
    assert facts.kind(VB + "radet") == SG.PoliticalForum
    assert not any("doc/avtal." in thing or thing.startswith(SG.base) for thing in facts.things)


def test_two_numbers_leave_the_column_empty_and_say_so(facts: Facts) -> None:
    """Neither of two stated numbers is chosen; both are facts."""
    (forum,) = table(facts, "forums")
    assert (forum["seats"], forum["several"], forum["valid_from"]) == (None, "seats", "2024")
    seats = [
        row["value"]
        for row in table(facts, "facts")
        if (row["subject_id"], row["property_id"]) == ("vb:radet", "sg:seats")
    ]
    assert seats == ["3", "4"]


def test_codes_stay_text_and_permitted_things_are_marked(facts: Facts) -> None:
    """0580 keeps its zero; the committee is a thing that does not hold, and no row of organisations."""
    codes = {row["id"]: row["code"] for row in table(facts, "organisations")}
    assert codes["kommun:0580"] == "0580"
    assert "vb:utskottet" not in codes
    held = {row["id"]: row["holds"] for row in table(facts, "things")}
    assert (held["vb:radet"], held["vb:utskottet"]) == (True, False)


def test_edges_carry_modality_period_and_direction(facts: Facts) -> None:
    """Who appoints seats is read from the forum; membership is an edge; a node has its printed date."""
    found = {(one.source, one.verb, one.target): one for one in edges(facts)}
    assert found[VB + "radet", SG.appoints, VB + "utskottet"].modality == "permitted"
    kommun = "https://w3id.org/samverkansgraf/id/kommun/0580"
    assert found[VB + "radet", SG.appointedBy, kommun].derived
    assert found[VB + "kommunerna", ORG.hasMember, kommun].kind == "structure"
    shown = {node.id: node for node in nodes(facts, edges(facts))}
    assert (shown["vb:radet"].start, shown["vb:radet"].end, shown["kommun:0580"].code) == ("2024", "", "0580")


def test_collection_keeps_its_own(small: Graph) -> None:
    """A collection has the facts of its passages and the description of its documents, no register."""
    part = read_facts(small.knowledge, small.knowledge.collection("Prov"))
    assert {one.subject.rpartition("/")[2] for one in part.all if "kommun/" in one.subject} == set()
    assert any(one.property == SG.status for one in part.all)
    assert len(edges(part)) == len([one for one in edges(read_facts(small.knowledge)) if one.passages])


def test_every_reference_finds_its_row(facts: Facts) -> None:
    """What a column refers to is a row of that table, in a graph of two words as in a large one."""
    every = {one.name: one for one in tables(facts, edges(facts))}
    ids = {name: {row[0] for row in one.rows} for name, one in every.items()}
    for one in every.values():
        keys = [tuple(row[[c.name for c in one.columns].index(key)] for key in one.key) for row in one.rows]
        assert len(keys) == len(set(keys)), one.name
        for place, column in enumerate(one.columns):
            if column.refers:
                assert {row[place] for row in one.rows} - {None} <= ids[column.refers], (one.name, column.name)
