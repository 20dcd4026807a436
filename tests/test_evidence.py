"""Where a triple is known from."""

from __future__ import annotations

import pytest

from samverkansgraf.evidence import Evidence, EvidenceBook
from samverkansgraf.rules import read_rules
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.terms import DOC, ID, ORG, SG
from workbench import PLAIN, Workbench

VB = ID + "vasterbotten/"
PASSAGES = (
    PLAIN
    + """\
  - section: Platser
    anchor: tre ledamöter
    reading: siffran är otydlig
    states: [{id: vb:radet, seats: 3}]
  - section: Utskott
    anchor: kan utse … utskott
    modality: permitted
    hedge: ca
    states:
      - {id: vb:utskottet, type: Committee, name: Utskottet, preparesFor: vb:radet}
  - section: Medlem
    anchor: Rådet har
    states:
      - {id: vb:m, type: Membership, organization: vb:radet, member: kommun:2480}
"""
)


@pytest.fixture
def book(bench: Workbench) -> EvidenceBook:
    """Evidence of a small build."""
    bench.document(PASSAGES)
    store = EmbeddedStore()
    store.load(bench.quads())
    return EvidenceBook(store, read_rules(bench.workspace.folders("ontology/rules")))


def of(book: EvidenceBook, subject: str, predicate: str, value: str) -> Evidence:
    """Evidence of a triple of things."""
    return book.of(f"<{subject}>", f"<{predicate}>", value if value.startswith('"') else f"<{value}>")


def test_stated_triple_has_its_passage(book: EvidenceBook) -> None:
    """The passage that says it, with section, anchor and the reader's notes."""
    found = of(book, VB + "radet", SG.seats, '"3"^^<http://www.w3.org/2001/XMLSchema#integer>')
    (passage,) = found.passages
    assert (passage.section, passage.anchor, passage.modality) == ("Platser", "tre ledamöter", "stated")
    assert passage.notes == (("reading", "siffran är otydlig"),)
    assert passage.document == DOC + "avtal"
    assert not found.derived


def test_concluded_triple_has_the_passages_of_its_premises(book: EvidenceBook) -> None:
    """A flat membership is known from the passage that states the membership, and is marked as derived."""
    found = of(book, VB + "radet", ORG.hasMember, ID + "kommun/2480")
    assert found.derived
    assert [passage.section for passage in found.passages] == ["Medlem"]


def test_triple_of_a_register_names_the_register(book: EvidenceBook) -> None:
    """Reference data has no passage but a register."""
    found = of(book, ID + "kommun/2480", SG.inCounty, ID + "lan/24")
    assert (found.passages, found.registers) == ((), ("https://w3id.org/samverkansgraf/graph/reference/kommuner",))


def test_permitted_triple_is_no_evidence_of_a_fact(book: EvidenceBook) -> None:
    """What a passage only permits has no evidence as a fact."""
    assert of(book, VB + "utskottet", SG.preparesFor, VB + "radet") == Evidence(())


def test_unknown_triple_has_no_evidence(book: EvidenceBook) -> None:
    """A triple that is nowhere is known from nowhere."""
    assert of(book, VB + "x", SG.seats, VB + "y") == Evidence(())


def test_passages_come_in_reading_order(book: EvidenceBook) -> None:
    """Passages sort by document and by their place in it."""
    found = book.sorted(set(book.passages))
    assert [passage.section for passage in found] == ["Titel", "Platser", "Utskott", "Medlem"]
    assert all(passage.document == DOC + "avtal" for passage in found)
    assert book.sorted({"https://example.org/none"}) == ()
