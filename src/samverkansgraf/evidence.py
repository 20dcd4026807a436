"""Where a triple is known from: the passages that state it, or those of the premises of the rule that concluded it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .store import Store
from .terms import FACT_MODALITIES, SG

if TYPE_CHECKING:
    from .rules import Rule

_PASSAGES = f"""
SELECT ?passage ?document ?section ?anchor ?modality ?sequence WHERE {{
  ?passage a <{SG.Passage}> ; <{SG.document}> ?document ; <{SG.section}> ?section ; <{SG.anchor}> ?anchor ;
    <{SG.modality}> ?modality ; <{SG.sequence}> ?sequence .
}}
"""
QUIET_RULES = frozenset({"types", "super-properties", "names", "standing", "bounds"})
"""Rules whose conclusions are left out where a person reads everything about a thing."""
_NOTES = f"""
SELECT ?passage ?kind ?text WHERE {{
  VALUES ?kind {{ <{SG.reading}> <{SG.because}> <{SG.hedge}> }}
  ?passage a <{SG.Passage}> ; ?kind ?text .
}}
"""

_STANDING = """
SELECT DISTINCT ?subject ?value ?graph WHERE {{
  GRAPH ?graph {{ ?subject <{predicate}> ?value }}
  ?graph a ?kind .
}}
"""
Triple = tuple[str, str, str]
"""Subject, predicate and object in SPARQL syntax."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a document, with the reader's notes (reading, reason, hedge) on it; sorted in the order of reading."""

    document: str
    sequence: int
    iri: str
    section: str
    anchor: str
    modality: str
    notes: tuple[tuple[str, str], ...] = ()

    def __hash__(self) -> int:
        return hash(self.iri)

    def __lt__(self, other: Passage) -> bool:
        if self.document != other.document:
            return self.document < other.document
        return (self.sequence, self.iri) < (other.sequence, other.iri)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Passages behind one triple; ``derived`` when a rule concluded it and the passages are those of its premises."""

    passages: tuple[Passage, ...]
    derived: bool = False
    registers: tuple[str, ...] = ()


class EvidenceBook:
    """Evidence of triples of one store."""

    def __init__(self, store: Store, rules: Sequence[Rule]) -> None:
        self.store = store
        self.rules = {rule.graph: rule for rule in rules}
        self._premises: dict[str, dict[Triple, set[str]]] = {}
        self._graphs: dict[str, dict[tuple[str, str], set[str]]] = {}

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """Every passage by IRI."""
        notes: dict[str, list[tuple[str, str]]] = {}
        for passage, kind, text in self.store.select(_NOTES):
            notes.setdefault(passage.value, []).append((kind.value.partition("#")[2], text.value))
        found, known = {}, dict[str, str]()
        for passage, document, section, anchor, modality, sequence in self.store.select(_PASSAGES):
            iri, home, kind = passage.value, document.value, modality.value.partition("#")[2]
            home, kind = known.setdefault(home, home), known.setdefault(kind, kind)
            told = tuple(sorted(notes[iri])) if iri in notes else ()
            found[iri] = Passage(home, int(sequence.value), iri, section.value, anchor.value, kind, told)
        return found

    def sorted(self, iris: Iterable[str]) -> tuple[Passage, ...]:
        """Passages by IRI, each once, in the order of documents and of reading."""
        known = self.passages
        found = {known[iri] for iri in iris if iri in known}
        return tuple(sorted(found) if len(found) > 1 else found)

    def of(self, subject: str, predicate: str, value: str) -> Evidence:
        """Evidence of one triple, each term in SPARQL syntax (``<iri>`` or a literal)."""
        if predicate in self._graphs:
            graphs = self._graphs[predicate].get((subject, value), set())
        else:
            query = (
                f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ {subject} {predicate} {value} }} ?graph a ?kind }}"
            )
            graphs = {row["graph"].value for row in self.store.select(query)}
        facts = {
            graph for graph in graphs if graph in self.passages and self.passages[graph].modality in FACT_MODALITIES
        }
        registers = tuple(sorted(graph for graph in graphs if graph not in self.passages and graph not in self.rules))
        if facts or registers:
            return Evidence(self.sorted(facts), registers=registers)
        derived = [self.rules[graph] for graph in sorted(graphs & self.rules.keys())]
        premises = {iri for rule in derived for iri in self.premises(rule).get((subject, predicate, value), ())}
        return Evidence(self.sorted(premises), derived=bool(derived))

    def read(self, *predicates: str) -> None:
        """Read where every triple of *predicates* (IRIs) stands, all at once, before many of them are asked for."""
        for predicate in (one for one in predicates if f"<{one}>" not in self._graphs):
            found: dict[tuple[str, str], set[str]] = {}
            for subject, value, graph in self.store.select(_STANDING.format(predicate=predicate)):
                found.setdefault((str(subject), str(value)), set()).add(graph.value)
            self._graphs[f"<{predicate}>"] = found

    def premises(self, rule: Rule) -> dict[Triple, set[str]]:
        """Passages of the premises of every triple that *rule* concluded, read once."""
        if rule.name not in self._premises:
            found: dict[Triple, set[str]] = {}
            for subject, predicate, value, passage in self.store.select(rule.evidence.text):
                found.setdefault((str(subject), str(predicate), str(value)), set()).add(passage.value)
            self._premises[rule.name] = found
        return self._premises[rule.name]
