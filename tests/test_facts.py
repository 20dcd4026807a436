"""What the graph says of things, and why."""

from __future__ import annotations

import random

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.facts import Fact, Facts
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.terms import ID, PROV, SG, UNSAID
from workbench import PLAIN, Workbench

VB = ID + "vasterbotten/"
GROUP = """\
  - section: Kommuner
    anchor: kommunerna
    states:
      - {id: vb:kommunerna, type: Group, name: kommunerna, hasMember: [kommun:2480, kommun:2482]}
      - {id: vb:platser, type: SeatAllocation, forum: vb:radet, appointedByEach: vb:kommunerna, membersEach: 2}
  - section: Ordförande
    anchor: ingen ordförande
    modality: denied
    states: [{id: vb:radet, leavesOpen: seats}]
"""


def told(facts: list[Fact]) -> set[tuple[object, ...]]:
    """Facts as values."""
    return {
        (f.subject, f.property, f.value, f.modality, f.derived, frozenset(f.passages), frozenset(f.registers))
        for f in facts
    }


@pytest.mark.parametrize("collection", [None, "Västerbotten"])
def test_reading_one_thing_tells_the_same_as_reading_all(graph: Graph, collection: str | None) -> None:
    """Two hundred things of the real graph, of all sorts."""
    knowledge = graph.knowledge
    chosen = knowledge.collection(collection) if collection else None
    every = Facts(knowledge, chosen)
    things = sorted(iri for iri in knowledge.classes if iri.startswith(ID))
    found = 0
    for thing in random.Random(7).sample(things, 200):  # noqa: S311 - reproducible choice
        one = Facts(knowledge, chosen, thing=thing).about(thing)
        assert told(one) == told(every.about(thing)), thing
        found += len(one)
    assert found > 500


def test_a_spread_node_is_left_out_where_its_source_is_told(graph: Graph) -> None:
    """A forum tells its allocation once, as *each of the kommuner*; a kommun tells its own share, as derived."""
    knowledge = graph.knowledge
    rows = knowledge.store.select(f"SELECT ?node WHERE {{ ?node <{PROV.wasDerivedFrom}> ?source }}")
    derived = {row["node"].value for row in rows}
    of_forum = Facts(knowledge, thing=VB + "pkd").about(VB + "pkd")
    of_kommun = Facts(knowledge, thing=ID + "kommun/2480").about(ID + "kommun/2480")
    assert not {fact.subject for fact in of_forum} & derived
    shares = {fact.subject: fact for fact in of_kommun if fact.subject in derived}
    assert VB + "pkd-platser-2480" in shares
    assert all(fact.derived and fact.passages for fact in shares.values())


def test_denied_keeps_its_modality_and_mechanics_are_left_out(bench: Workbench) -> None:
    """What a passage denies is told as denied; how a passage is kept, and where a node comes from, is not told."""
    bench.document(PLAIN + GROUP, source="Avtal om samverkan. Rådet kommunerna ingen ordförande.\n")
    store = EmbeddedStore()
    store.load(bench.quads())
    facts = Facts(Knowledge(store, bench.workspace))
    said = [fact for fact in facts.about(VB + "radet") if fact.property == SG.leavesOpen]
    assert [fact.modality in UNSAID for fact in said] == [True]
    assert not [fact for fact in facts if fact.property in {SG.anchor, SG.sourceHash, PROV.wasDerivedFrom}]
