"""Everything the graph says of things, read once, each fact with the reason why it is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..evidence import GRAPH_KINDS, QUIET_RULES, Passage
from ..knowledge import Knowledge
from ..terms import PROV, SG

_ALL = f"""
SELECT ?graph ?kind ?subject ?property ?value WHERE {{
  VALUES ?kind {{ {" ".join(f"<{kind}>" for kind in GRAPH_KINDS)} }}
  ?graph a ?kind .
  GRAPH ?graph {{ ?subject ?property ?value }}
}}
"""
_MECHANICS = frozenset(
    {SG.document, SG.sequence, SG.anchor, SG.after, SG.section, SG.modality, SG.sourceHash, SG.sourceFile}
)
UNSAID = frozenset({"rejected", "denied"})
"""Modalities of what a passage does not claim."""


@dataclass(slots=True)
class Fact:
    """One triple in one modality, with its passages and registers; ``derived`` when only rules hold it."""

    subject: str
    property: str
    value: str
    is_iri: bool
    modality: str
    derived: bool = True
    passages: set[Passage] = field(default_factory=set)
    registers: set[str] = field(default_factory=set)

    def other_end(self, thing: str) -> str:
        """What *thing* is connected with."""
        return self.value if self.subject == thing else self.subject


class Facts:
    """Facts of a graph, or of one of its collections: then registers and rules count only with its passages."""

    def __init__(self, knowledge: Knowledge, collection: str | None) -> None:
        self.knowledge, self.collection = knowledge, collection
        self._graphs = {rule.graph: rule for rule in knowledge.rules}
        self._found: dict[tuple[str, str, str, str], Fact] = {}
        self._sources: dict[str, set[str]] = {}
        for row in knowledge.store.select(_ALL):
            if row["property"].value == PROV.wasDerivedFrom:
                self._sources.setdefault(row["subject"].value, set()).add(row["value"].value)
            elif row["property"].value not in _MECHANICS:
                self._add(row["graph"].value, row["kind"].value, (row["subject"], row["property"], row["value"]))
        self._about: dict[str, list[Fact]] = {}
        for fact in self._found.values():
            for end in {fact.subject, fact.value} if fact.is_iri else {fact.subject}:
                self._about.setdefault(end, []).append(fact)

    def _add(self, graph: str, kind: str, terms: tuple[object, ...]) -> None:
        key = (str(terms[0]), str(terms[1]), str(terms[2]))
        passages = self._passages(graph, kind, key)
        register = kind in {SG.ReferenceTable, SG.Import, SG.Document}
        if not passages and not register:
            return
        modality = next(iter(passages)).modality if kind == SG.Passage else "stated"
        subject, prop, value = (str(getattr(term, "value", "")) for term in terms)
        fresh = Fact(subject, prop, value, not hasattr(terms[2], "datatype"), modality)
        fact = self._found.setdefault((*key, modality), fresh)
        fact.derived &= kind == SG.Rule
        fact.passages |= passages
        fact.registers |= {graph} if register else set()

    def _passages(self, graph: str, kind: str, key: tuple[str, str, str]) -> set[Passage]:
        """Passages that hold the triple, or that a rule concluded it from; only those of the collection."""
        iris: Iterable[str] = ()
        if kind == SG.Passage:
            iris = (graph,)
        elif graph in self._graphs and self._graphs[graph].name not in QUIET_RULES:
            iris = self.knowledge.book.premises(self._graphs[graph]).get(key, ())
        return set(self.knowledge.passages(iris, self.collection))

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._found.values())

    def about(self, thing: str) -> list[Fact]:
        """Facts with *thing* as subject or value; what a rule spread from a node that names *thing* too is left out."""
        found = self._about.get(thing, [])
        named_by = {fact.subject for fact in found}
        spread = {one for one in named_by if one != thing and self._sources.get(one, set()) & named_by}
        return [fact for fact in found if fact.subject not in spread]
