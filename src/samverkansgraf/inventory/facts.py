"""Every fact about a thing, whether it holds, and the passages it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import pyoxigraph as ox

from ..knowledge import Knowledge
from ..terms import ONTOLOGY_GRAPH, RDF, SG

GENERAL_RULES = frozenset({"types", "super-properties", "bounds"})
"""Rules that only say more generally, or day by day, what another fact says: left out of tables."""
Triple = tuple[str, str, str]
Term = ox.NamedNode | ox.Literal
"""There are no blank nodes and no quoted triples in a built graph."""
_Terms = tuple[Term, Term, Term]
_DEFAULT = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
_NOT_THINGS = f"""
SELECT DISTINCT ?s WHERE {{
  {{ VALUES ?g {{ <{ONTOLOGY_GRAPH}> }} GRAPH ?g {{ ?s ?p ?o }} }} UNION {{
    VALUES ?kind {{ <{SG.Passage}> <{SG.Rule}> <{SG.ReferenceTable}> <{SG.Import}> }} ?s a ?kind
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple about a thing.

    ``holds`` is whether it is in the default graph (a text provides it, a register says it, a rule concluded it);
    ``derived`` is whether no text and no register says it; ``passages`` then are those of the rule's premises.
    """

    subject: str
    property: str
    value: str
    is_thing: bool
    datatype: str
    holds: bool
    derived: bool
    passages: tuple[str, ...]


class Facts:
    """Facts in order (subject, property, value), found by thing and property."""

    def __init__(self, knowledge: Knowledge, facts: Iterable[Fact]) -> None:
        self.knowledge = knowledge
        self.all = sorted(facts, key=lambda fact: (fact.subject, fact.property, fact.value, fact.datatype))

    @cached_property
    def of(self) -> dict[tuple[str, str], list[Fact]]:
        """Facts that hold, by (subject, property)."""
        found: dict[tuple[str, str], list[Fact]] = {}
        for fact in self.all:
            if fact.holds:
                found.setdefault((fact.subject, fact.property), []).append(fact)
        return found

    @cached_property
    def things(self) -> list[str]:
        """Every thing that a fact is about or points to, sorted."""
        return sorted({fact.subject for fact in self.all} | {fact.value for fact in self.all if fact.is_thing})

    @cached_property
    def holding(self) -> set[str]:
        """Things whose kind is a fact, not only proposed or permitted."""
        return {subject for subject, key in self.of if key == RDF.type}

    def kind(self, thing: str) -> str:
        """The most specific class of *thing*, empty where nothing says what it is; the first of several."""
        return min(self.knowledge.narrowest(thing), key=lambda iri: (not iri.startswith(SG.base), iri), default="")


def read_facts(knowledge: Knowledge, collection: str | None = None) -> Facts:
    """Every fact about things; with *collection*, those that stand on one of its passages or describe its documents.

    Passages, rules, registers and vocabulary terms are no things. Generalisations by rule are left out.
    """
    behind = _behind(knowledge)
    known = {graph: rule for graph, rule in knowledge.book.rules.items() if rule.name not in GENERAL_RULES}
    passages = knowledge.book.passages
    holding = {tuple(map(str, (row["s"], row["p"], row["o"]))): row for row in knowledge.store.select(_DEFAULT)}
    rest = {row["s"].value for row in knowledge.store.select(_NOT_THINGS)}
    inside = None if collection is None else {p.iri for p in knowledge.passages(passages, collection)}
    described = {iri for iri, (where, _) in knowledge.documents.items() if where == collection}
    found = []
    for key, (terms, graphs) in behind.items():
        stated = [graph for graph in graphs if graph not in knowledge.book.rules]
        rules = [known[graph] for graph in graphs if graph in known]
        if terms[0].value in rest or not (stated or rules):
            continue
        places = {graph for graph in stated if graph in passages}
        if not stated:
            places = {iri for rule in rules for iri in knowledge.book.premises(rule).get(key, ())}
        places = places if inside is None else places & inside
        if places or inside is None or described.intersection(graphs):
            found.append(_fact(terms, key in holding, not stated, tuple(sorted(places)), rest))
    return Facts(knowledge, found)


def _behind(knowledge: Knowledge) -> dict[Triple, tuple[_Terms, list[str]]]:
    """Triple as text → its terms, and the graphs that hold it."""
    found: dict[Triple, tuple[_Terms, list[str]]] = {}
    for graph, *triple in knowledge.store.quads():
        if graph:
            terms = cast("_Terms", tuple(triple))
            key = (str(terms[0]), str(terms[1]), str(terms[2]))
            found.setdefault(key, (terms, []))[1].append(graph)
    return found


def _fact(
    terms: _Terms,
    holds: bool,
    derived: bool,
    passages: tuple[str, ...],
    rest: set[str],
) -> Fact:
    subject, predicate, value = terms
    is_iri = isinstance(value, ox.NamedNode)
    kind = value.datatype.value.rpartition("#")[2] if isinstance(value, ox.Literal) else ""
    text = value.value
    is_thing = is_iri and text not in rest and predicate.value != RDF.type
    return Fact(subject.value, predicate.value, text, is_thing, kind, holds, derived, passages)
