"""What follows from the facts: each `ontology/rules/<rule>.rq` concludes triples into a graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from .errors import DataError, Finding
from .progress import told
from .queries import NamedQuery, literal, read_query
from .store import EmbeddedStore
from .terms import RDF, RDFS, SG, derived_graph

EVIDENCE = ".evidence"


@dataclass(frozen=True, slots=True)
class Rule:
    """A CONSTRUCT query and its companion that finds the passages of its premises."""

    name: str
    conclusion: NamedQuery
    evidence: NamedQuery

    @property
    def after(self) -> tuple[str, ...]:
        """Rules whose conclusions this one reads."""
        return tuple(filter(None, map(str.strip, self.conclusion.header.get("after", "").split(","))))

    @property
    def graph(self) -> str:
        """IRI of the graph with what the rule concluded."""
        return derived_graph(self.name)

    def description(self) -> list[str]:
        """N-Triples that tell what the rule's graph is."""
        header = self.conclusion.header
        return [
            f"<{self.graph}> <{RDF.type}> <{SG.Rule}> .\n",
            f"<{self.graph}> <{RDFS.label}> {literal(header.get('label', self.name))}@sv .\n",
            f"<{self.graph}> <{RDFS.label}> {literal(header.get('summary', self.name))}@en .\n",
        ]


def read_rules(folders: Sequence[Path]) -> list[Rule]:
    """Every rule, each after those it names; a missing companion, an unknown name or a circle is a finding."""
    queries: dict[str, NamedQuery] = {}
    for folder in folders:
        queries |= {query.name: query for query in (read_query(path, folder) for path in sorted(folder.glob("*.rq")))}
    findings, rules = [], {}
    for name, query in sorted(queries.items()):
        if name.endswith(EVIDENCE):
            continue
        if companion := queries.get(name + EVIDENCE):
            rules[name] = Rule(name, query, companion)
        else:
            findings.append(Finding(str(query.path), 0, f"no {name}{EVIDENCE}.rq beside it"))
    for rule in rules.values():
        findings += [
            Finding(str(rule.conclusion.path), 0, f"`after: {name}` names no rule")
            for name in rule.after
            if name not in rules
        ]
    if findings:
        raise DataError(findings)
    return [rules[name] for name in _ordered(rules)]


def _ordered(rules: dict[str, Rule]) -> Iterable[str]:
    try:
        return list(
            TopologicalSorter({name: sorted(rule.after) for name, rule in sorted(rules.items())}).static_order()
        )
    except CycleError as exc:
        raise DataError(
            [Finding("ontology/rules", 0, f"rules wait for one another: {' → '.join(exc.args[1])}")]
        ) from exc


def conclude(rules: Sequence[Rule], store: EmbeddedStore) -> set[str]:
    """Run each rule once, in order; add its conclusions to *store* and return them as N-Quads lines.

    A triple that is a fact before any rule is not concluded again.
    """
    lines: set[str] = set()
    for rule in told(rules, "Concluding"):
        concluded = {f"{one} .\n": one for one in store.construct(rule.conclusion.text)}
        fresh = {line for line, triple in concluded.items() if line in lines or not store.holds(triple)}
        fresh |= set(rule.description())
        new = fresh | {f"{line[:-2]}<{rule.graph}> .\n" for line in fresh}
        store.load("".join(new))
        lines |= new
    return lines
