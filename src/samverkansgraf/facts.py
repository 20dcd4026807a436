"""What the graph says of things, each fact with the reason why it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .evidence import QUIET_RULES, Passage, Triple
from .knowledge import Knowledge
from .terms import GRAPH_KINDS, ORG, PROV, RDF, SG

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, QuerySolution

    Term = NamedNode | Literal

_KINDS = f"VALUES ?kind {{ {' '.join(f'<{kind}>' for kind in GRAPH_KINDS)} }} ?graph a ?kind ."
_ALL = f"""
SELECT ?graph ?kind ?subject ?property ?value WHERE {{
  {_KINDS}
  GRAPH ?graph {{ ?subject ?property ?value }}
}}
"""
_ABOUT = """
SELECT ?graph ?kind ?subject ?property ?value WHERE {{
  {{ SELECT ?graph ?subject ?property ?value WHERE {{
    {{ GRAPH ?graph {{ <{thing}> ?property ?value }} BIND(<{thing}> AS ?subject) }}
    UNION {{ GRAPH ?graph {{ ?subject ?property <{thing}> }} BIND(<{thing}> AS ?value) }}
    UNION {{
      ?subject ?naming <{thing}> ; <{derived}> ?value .
      GRAPH ?graph {{ ?subject <{derived}> ?value }} BIND(<{derived}> AS ?property)
    }}
  }} }}
  {kinds}
}}
"""
_MECHANICS = frozenset(
    {SG.document, SG.sequence, SG.anchor, SG.after, SG.section, SG.modality, SG.sourceHash, SG.sourceFile}
)
JOINING = frozenset(
    {SG.SeatAllocation, SG.Flow, SG.Position, SG.Contribution, SG.HostTerm, SG.Decision, ORG.Membership}
    | {SG.base + name for name in ("Retention", "StatedTotal", "CostShare", "Instalment")}
)
"""Classes of things that only join others: where a person reads one without a name, it is told by what it joins."""
UNTOLD = frozenset({RDF.type, SG.standing, SG.relatesTo, PROV.wasDerivedFrom})
"""Properties left out where a joining thing is told."""


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
    """Facts of a graph, or of one of its collections: then registers and rules count only with its passages.

    With *thing*, only those that name it are read. Conclusions about classes and names are left out.
    """

    def __init__(self, knowledge: Knowledge, collection: str | None = None, *, thing: str | None = None) -> None:
        self.knowledge, self.collection = knowledge, collection
        self._rules = {rule.graph: rule for rule in knowledge.rules if rule.name not in QUIET_RULES}
        self._found: dict[tuple[str, str, str, str], Fact] = {}
        self._sources: dict[str, set[str]] = {}
        about = _ABOUT.format(thing=thing, derived=PROV.wasDerivedFrom, kinds=_KINDS)
        rows = list(knowledge.store.select(about if thing else _ALL))
        self._premises = self._read_premises(rows if thing else None)
        for graph, kind, *terms in rows:
            if terms[1].value == PROV.wasDerivedFrom:
                self._sources.setdefault(terms[0].value, set()).add(terms[2].value)
            elif terms[1].value not in _MECHANICS:
                self._add(graph.value, kind.value, terms)
        self._about: dict[str, list[Fact]] = {}
        for fact in self._found.values():
            for end in {fact.subject, fact.value} if fact.is_iri else {fact.subject}:
                self._about.setdefault(end, []).append(fact)

    def _read_premises(self, rows: Sequence[QuerySolution] | None) -> dict[str, dict[Triple, set[str]]]:
        """Premises by graph of the rule that concluded from them: of the rules met in *rows* (of all without rows)."""
        met = self._rules.keys() if rows is None else self._rules.keys() & {row[0].value for row in rows}
        return {graph: self.knowledge.book.premises(self._rules[graph]) for graph in met}

    def _add(self, graph: str, kind: str, terms: Sequence[Term]) -> None:
        key = _key(terms)
        passages = self._passages(graph, kind, key)
        register = kind in {SG.ReferenceTable, SG.Import, SG.Document}
        if not passages and not register:
            return
        modality = next(iter(passages)).modality if kind == SG.Passage else "stated"
        fresh = Fact(terms[0].value, terms[1].value, terms[2].value, not hasattr(terms[2], "datatype"), modality)
        fact = self._found.setdefault((*key, modality), fresh)
        fact.derived &= kind == SG.Rule
        fact.passages |= passages
        fact.registers |= {graph} if register else set()

    def _passages(self, graph: str, kind: str, key: Triple) -> set[Passage]:
        """Passages that hold the triple, or that a rule concluded it from; only those of the collection."""
        iris = (graph,) if kind == SG.Passage else self._premises.get(graph, {}).get(key, ())
        return set(self.knowledge.passages(iris, self.collection))

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._found.values())

    def about(self, thing: str) -> list[Fact]:
        """Facts with *thing* as subject or value; what a rule spread from a node that names *thing* too is left out."""
        found = self._about.get(thing, [])
        named_by = {fact.subject for fact in found}
        spread = {one for one in named_by if one != thing and self._sources.get(one, set()) & named_by}
        return [fact for fact in found if fact.subject not in spread]


def _key(terms: Sequence[Term]) -> Triple:
    return str(terms[0]), str(terms[1]), str(terms[2])
