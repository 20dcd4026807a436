"""Who does what with whom, in every passage: plain statements, flows and seats, with modality and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..knowledge import Knowledge
from ..store import Store
from ..terms import RDF, SG

_VERBS = f"SELECT ?verb WHERE {{ ?verb <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <{SG.relatesTo}> }}"
_PLAIN = f"""
SELECT ?passage ?modality ?from ?verb ?to WHERE {{
  ?verb <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <{SG.relatesTo}> .
  ?passage a <{SG.Passage}> ; <{SG.modality}> ?modality .
  GRAPH ?passage {{ ?from ?verb ?to }}
}}
"""
_NODES = f"""
SELECT ?passage ?modality ?node ?key ?value WHERE {{
  VALUES ?class {{ <{SG.Flow}> <{SG.SeatAllocation}> }}
  ?passage a <{SG.Passage}> ; <{SG.modality}> ?modality .
  GRAPH ?passage {{ ?node a ?class ; ?key ?value }}
}}
"""
APPOINTS_SEATS = SG.appointedBy
"""The relation of one who appoints seats to the forum they are in; read from allocations, not a verb of its own."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation as a document gives it.

    ``source`` and ``target`` are several IRIs where the text names several; ``each`` tells which side the text spreads
    over a group's members (``source``, ``target``), ``one_of`` which side is an either-or. An empty side is left open.
    """

    verb: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    modality: str
    passages: tuple[str, ...]
    node: str = ""
    matter: str = ""
    condition: str = ""
    concerns: tuple[str, ...] = ()
    each: frozenset[str] = field(default_factory=frozenset)
    one_of: frozenset[str] = field(default_factory=frozenset)
    numbers: tuple[tuple[str, int], ...] = ()


def relations(knowledge: Knowledge) -> tuple[Relation, ...]:
    """Every relation of every passage except rejected and denied ones, read once.

    One per (verb, source, target, modality, matter), sorted; passages that say the same are joined. Flat triples that a
    rule derived are not repeated: their flow is here.
    """
    return knowledge.once(_read)


def relations_in(knowledge: Knowledge, collection: str | None) -> list[Relation]:
    """Those of `relations` that a passage of *collection* gives, or any passage when none is given."""
    return [one for one in relations(knowledge) if any(knowledge.passage(iri, collection) for iri in one.passages)]


def _read(knowledge: Knowledge) -> tuple[Relation, ...]:
    found: dict[Relation, set[str]] = {}
    for relation in [*_plain(knowledge.store), *_nodes(knowledge.store)]:
        if relation.modality not in {"rejected", "denied"}:
            found.setdefault(replace(relation, passages=()), set()).update(relation.passages)
    joined = [replace(relation, passages=tuple(sorted(passages))) for relation, passages in found.items()]
    return tuple(sorted(joined, key=lambda one: (one.verb, one.source, one.target, one.modality, one.matter, one.node)))


def _plain(store: Store) -> Iterator[Relation]:
    """One relation per (verb, source, target, modality), with every passage that says so."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for passage, modality, source, verb, target in store.select(_PLAIN):
        found.setdefault((verb.value, source.value, target.value, modality.value), []).append(passage.value)
    for (verb_, source_, target_, modality_), passages in found.items():
        yield Relation(verb_, (source_,), (target_,), modality_.partition("#")[2], tuple(passages))


def _nodes(store: Store) -> Iterator[Relation]:
    nodes: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for passage_, modality_, node_, key, value in store.select(_NODES):
        where = (passage_.value, modality_.value.partition("#")[2], node_.value)
        nodes.setdefault(where, {}).setdefault(key.value, []).append(value.value)
    for (passage, modality, node), facts in nodes.items():
        local = {key.rpartition("#")[2]: sorted(values) for key, values in facts.items()}
        relation = _flow(local) if SG.Flow in facts[RDF.type] else _allocation(local)
        if relation is not None:
            yield replace(relation, modality=modality, node=node, passages=(passage,))


def _flow(facts: dict[str, list[str]]) -> Relation | None:
    if "verb" not in facts:
        return None
    sides, each, one_of = [], set(), set()
    for key, side in (("from", "source"), ("to", "target")):
        values = [*facts.get(key, []), *facts.get(key + "Each", []), *facts.get(key + "OneOf", [])]
        sides.append(tuple(sorted(values)))
        each |= {side} if key + "Each" in facts else set()
        one_of |= {side} if key + "OneOf" in facts else set()
    matter, condition = ("; ".join(facts.get(key, [])) for key in ("matter", "condition"))
    about = {"matter": matter, "condition": condition, "concerns": tuple(facts.get("concerns", []))}
    spread = {"each": frozenset(each), "one_of": frozenset(one_of)}
    return Relation(facts["verb"][0], sides[0], sides[1], "", (), **about, **spread)  # type: ignore[arg-type]


def _allocation(facts: dict[str, list[str]]) -> Relation | None:
    source = [*facts.get("appointedBy", []), *facts.get("appointedByEach", [])]
    if not source or "forum" not in facts:
        return None
    names = ("members", "membersEach", "substitutes", "substitutesEach", "minMembers", "maxMembers")
    numbers = tuple((name, int(facts[name][0])) for name in names if name in facts)
    each = frozenset({"source"} if "appointedByEach" in facts else set())
    return Relation(APPOINTS_SEATS, tuple(sorted(source)), tuple(facts["forum"]), "", (), each=each, numbers=numbers)


def verbs(store: Store) -> list[str]:
    """Every verb of the vocabulary (sub-property of `sg:relatesTo`), sorted."""
    return sorted(row["verb"].value for row in store.select(_VERBS))


__all__ = ["APPOINTS_SEATS", "Relation", "relations", "verbs"]
