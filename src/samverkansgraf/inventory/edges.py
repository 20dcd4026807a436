"""The graph as nodes and edges for network tools: relations, and what makes up what, each with its period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..network import project, relations
from ..network.relations import APPOINTS_SEATS
from ..period import PartialDate
from ..terms import ORG, SG, SKOS
from .facts import Facts

STRUCTURE = (ORG.hasMember, SKOS.member, ORG.unitOf, SG.partOf, SG.attachedTo, SKOS.broader, SG.concerns)
"""Properties that are edges beside the relations: what a thing consists of, belongs to and is about."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: names, kind (class and what it is called), and when it is in force, as printed (empty: not said)."""

    iri: str
    id: str
    label: str
    abbreviation: str
    kind: str
    kind_label: str
    code: str
    collections: tuple[str, ...]
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Edge:
    """One directed edge between two things; ``kind`` is ``relation`` or ``structure``.

    ``derived`` when a rule or the members of a group give it; ``start`` and ``end`` as printed, where given.
    """

    source: str
    target: str
    verb: str
    kind: str
    modality: str
    derived: bool
    passages: tuple[str, ...]
    matter: str = ""
    condition: str = ""
    one_of: bool = False
    node: str = ""
    start: str = ""
    end: str = ""


def edges(facts: Facts) -> list[Edge]:
    """Every edge of *facts*, sorted: relations of every modality but rejected and denied, structure that holds."""
    cited = {iri for fact in facts.all for iri in fact.passages}
    found = [edge for edge in _relations(facts) if cited.issuperset(edge.passages)]
    found += [
        Edge(fact.subject, fact.value, fact.property, "structure", "stated", fact.derived, fact.passages)
        for fact in facts.all
        if fact.holds and fact.is_thing and fact.property in STRUCTURE
    ]
    return sorted(found, key=lambda one: (one.source, one.verb, one.target, one.modality, one.matter, one.node))


def _relations(facts: Facts) -> list[Edge]:
    """Relations as edges; seats read from the forum to the one who appoints, as their property does."""
    known = facts.knowledge
    found = []
    for source, target, about in project(relations(known), known.groups).edges(data=True):
        start, end = _period(facts, about["node"])
        ends = (target, source) if about["verb"] == APPOINTS_SEATS else (source, target)
        found.append(
            Edge(
                *ends, about["verb"], "relation", about["modality"], about["derived"], about["passages"],
                about["matter"], about["condition"], about["one_of"], about["node"], start, end,
            )
        )  # fmt: skip
    return found


def nodes(facts: Facts, edges: Sequence[Edge], lang: str = "sv") -> list[Node]:
    """Every thing at an end of *edges*, sorted by IRI."""
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    collections = _collections(facts)
    return [_node(facts, iri, lang, tuple(sorted(collections.get(iri, ())))) for iri in sorted(ends)]


def _node(facts: Facts, iri: str, lang: str, collections: tuple[str, ...]) -> Node:
    names, kind = facts.knowledge.things, facts.kind(iri)
    naming = names.namings.get(iri)
    code = facts.of.get((iri, SKOS.notation), [])
    return Node(
        iri, names.short(iri), names.label(iri, lang), naming.abbreviation if naming else "",
        kind.rpartition("#")[2].rpartition("/")[2], names.label(kind, lang) if kind else "",
        code[0].value if code else "", collections, *_period(facts, iri),
    )  # fmt: skip


def _collections(facts: Facts) -> dict[str, set[str]]:
    """Thing → names of the collections whose passages say something about it or point to it."""
    known = facts.knowledge
    names = {document: known.things.label(collection) for document, (collection, _) in known.documents.items()}
    found: dict[str, set[str]] = {}
    for fact in facts.all:
        where = {names[known.book.passages[iri].document] for iri in fact.passages}
        for end in (fact.subject, fact.value) if fact.is_thing else (fact.subject,):
            found.setdefault(end, set()).update(where)
    return found


def _period(facts: Facts, thing: str) -> tuple[str, str]:
    """Start and end of *thing* as printed, or those of the agreement that governs it; empty where not one is given."""
    return (
        _date(facts, thing, (SG.validFrom, SG.effectiveFrom)),
        _date(facts, thing, (SG.validUntil, SG.effectiveUntil)),
    )


def _date(facts: Facts, thing: str, terms: Sequence[str]) -> str:
    for term in terms:
        values = {fact.value for fact in facts.of.get((thing, term), ())}
        if values:
            return values.pop() if len(values) == 1 else ""
    return ""


def days(start: str, end: str) -> tuple[str, str]:
    """First and last day that the period may cover (ISO), empty where it is not given.

    >>> days("2023", "2026-02")
    ('2023-01-01', '2026-02-28')
    """
    first = PartialDate.parse(start).earliest.isoformat() if start else ""
    return first, PartialDate.parse(end).latest.isoformat() if end else ""
