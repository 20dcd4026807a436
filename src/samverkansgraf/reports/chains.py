"""Chains of reporting, preparing, recommending, supporting and referring: where each ends, and where one breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..network.levels import chain_graph, descent, levels, loops, parts, spread, starts
from ..network.relations import Relation
from ..terms import MODALITIES, ORG, RDF, SG
from ..texts import Texts
from . import wording
from .forums import triples
from .table import Column, Row, Table

if TYPE_CHECKING:
    import networkx as nx

VERBS = (ORG.reportsTo, SG.preparesFor, SG.recommendsTo, SG.supports, SG.refersTo)
_ALONE = (SG.Forum, SG.Body)


@dataclass(frozen=True, slots=True)
class Stage:
    """The chains of everything at least as sure as *modality*."""

    modality: str
    graph: nx.DiGraph
    parts: list[set[str]]
    level: dict[str, int]


class Chains:
    """Findings about the chains that *related* make, from the surest modality on.

    Each modality counts what is surer too, and shows only what it makes otherwise. With *of*, only what can be reached
    from that body in the direction of the chains.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        texts: Texts,
        related: Iterable[Relation],
        *,
        collection: str | None = None,
        of: str | None = None,
    ) -> None:
        self.knowledge, self.texts, self.collection, self.of = knowledge, texts, collection, of
        self.related = [one for one in related if one.verb in VERBS]
        self.named: set[str] = set()
        sides = sorted({iri for one in self.related for iri in (*one.source, *one.target)} & knowledge.groups.keys())
        self.within: dict[str, list[str]] = {}
        for group in sides:
            for member in knowledge.groups[group]:
                self.within.setdefault(member, []).append(group)

    @cached_property
    def stages(self) -> list[Stage]:
        """One stage per modality that has a relation, surest first."""
        found = []
        for modality in sorted({one.modality for one in self.related}, key=MODALITIES.index):
            graph = self.reached(chain_graph(self.upto(modality), self.knowledge.groups))
            together = parts(graph)
            found.append(Stage(modality, graph, together, levels(graph, together)))
        return found

    def upto(self, modality: str) -> list[Relation]:
        """Relations at least as sure as *modality*."""
        return [one for one in self.related if MODALITIES.index(one.modality) <= MODALITIES.index(modality)]

    def reached(self, graph: nx.DiGraph) -> nx.DiGraph:
        """What can be reached from the body asked for; all when none is."""
        import networkx as nx

        if self.of is None:
            return graph
        own = [one for one in self.bodies([self.of]) if one in graph]
        found = graph.subgraph(node for layer in nx.bfs_layers(graph, own) for node in layer)
        return found if found.size() else nx.DiGraph()

    def bodies(self, side: Iterable[str]) -> list[str]:
        """Things of a side, groups as their members."""
        return spread(side, self.knowledge.groups)

    def changes(self) -> Iterator[tuple[Stage, dict[str, int], Stage | None]]:
        """(stage, levels that it makes otherwise, the stage before)."""
        before: Stage | None = None
        for stage in self.stages:
            old = before.level if before else {}
            yield stage, {node: level for node, level in stage.level.items() if old.get(node) != level}, before
            before = stage

    def tables(self) -> list[Table]:
        """One table per finding; without rows where there is nothing to tell."""
        kinds = {
            "levels": (("level", "bodies"), self.levels()),
            "chains": (("steps", "chain"), self.chains()),
            "loops": (("bodies", "closing"), self.loops()),
            "dead_ends": (("from", "verb"), self.dead_ends()),
            "superiors": (("bodies", "number", "superiors_column"), self.superiors()),
            "orphans": (("kind", "number", "bodies"), self.orphans),
        }
        return [
            Table(self.texts(f"chains.{name}"), tuple(map(self.column, keys)), tuple(rows))
            for name, (keys, rows) in kinds.items()
        ]

    def column(self, key: str) -> Column:
        """The column called *key*."""
        kind = "integer" if key in {"level", "steps", "number"} else "text"
        return Column(key, self.texts(f"chains.{key}"), kind)

    def levels(self) -> Iterator[Row]:
        """Level and its bodies, per modality."""
        for stage, level, _ in self.changes():
            left_open = {
                body for one in self.upto(stage.modality) if not one.target for body in self.bodies(one.source)
            }
            for height in sorted(set(level.values())):
                bodies = {body for body, own in level.items() if own == height}
                edges = stage.graph.out_edges(bodies) if height else stage.graph.in_edges(bodies)
                names = self.names(bodies, left_open if not height else ())
                yield Row((height, "; ".join(names)), stage.modality, True, self.evidence(stage, edges))

    def chains(self) -> list[Row]:
        """The longest chain from each start, where it has more than one step."""
        rows = []
        for stage, level, _ in self.changes():
            chains = {self.links(stage, path): path for path in self.paths(stage) if path[0] in level}
            for links, path in chains.items():
                surest = max((one.modality for one in links), key=MODALITIES.index, default="")
                if len(path) > 2 and surest == stage.modality:
                    evidence = self.evidence(stage, pairwise(path))
                    rows.append(Row((len(path) - 1, self.spelled(links, path)), stage.modality, True, evidence))
        return sorted(
            rows, key=lambda row: (MODALITIES.index(row.modality), -int(row.cells[0] or 0), swedish(str(row.cells[1])))
        )

    def paths(self, stage: Stage) -> Iterator[list[str]]:
        """A longest chain from each start: the body asked for, else what nothing leads to."""
        if self.of is None:
            own = starts(stage.graph, stage.parts)
        else:
            own = [one for one in self.bodies([self.of]) if one in stage.graph]
        yield from (descent(stage.graph, stage.level, one) for one in own)

    def links(self, stage: Stage, path: Sequence[str]) -> tuple[Relation, ...]:
        """The surest relation of each step."""
        return tuple(
            min(stage.graph.edges[step]["relations"], key=lambda one: MODALITIES.index(one.modality))
            for step in pairwise(path)
        )

    def spelled(self, links: Sequence[Relation], path: Sequence[str], *, verbs: bool = True) -> str:
        """``A → bereder åt B → rapporterar till C``; a group that is passed through one member names it."""
        parts = [self.head(links[0], path[0])]
        for place, one in enumerate(links):
            name = wording.side(one, "target", self.knowledge, self.texts)
            between = place + 1 < len(links) and one.target != (path[place + 1],)
            name += f" ({self.name(path[place + 1])})" if between else ""
            parts.append(f"{self.knowledge.things.label(one.verb, self.texts.lang)} {name}" if verbs else name)
            self.named.update(one.target)
        return " → ".join(parts)

    def head(self, link: Relation, start: str) -> str:
        """Who a chain begins with: the body asked for, else everyone on that side."""
        self.named.update(link.source)
        return self.name(start) if self.of else wording.side(link, "source", self.knowledge, self.texts)

    def loops(self) -> Iterator[Row]:
        """Bodies that lead to one another, and the relations that close the loop."""
        known: set[tuple[str, ...]] = set()
        for stage in self.stages:
            for loop in map(tuple, loops(stage.parts)):
                edges = list(stage.graph.subgraph(loop).edges)
                closing = {one: None for edge in sorted(edges) for one in stage.graph.edges[edge]["relations"]}
                words = "; ".join(dict.fromkeys(map(self.sentence, closing)))
                if loop not in known:
                    names = "; ".join(self.names(loop))
                    yield Row((names, words), stage.modality, True, self.evidence(stage, edges))
                known.add(loop)

    def sentence(self, one: Relation) -> str:
        """``A bereder åt B``."""
        return wording.sentence(one, self.knowledge, self.texts)

    def dead_ends(self) -> list[Row]:
        """Relations whose recipient the text leaves open."""
        found: dict[tuple[str, str, str], set[str]] = {}
        within = {node for stage in self.stages for node in stage.graph} | set(
            self.bodies([self.of] if self.of else [])
        )
        for one in self.related:
            if not one.target and (self.of is None or within.intersection(self.bodies(one.source))):
                verb = self.knowledge.things.label(one.verb, self.texts.lang)
                key = (wording.side(one, "source", self.knowledge, self.texts), verb, one.modality)
                found.setdefault(key, set()).update(one.passages)
                self.named.update(one.source)
        order = sorted(found, key=lambda key: (swedish(key[0]), swedish(key[1]), MODALITIES.index(key[2])))
        return [Row(key[:2], key[2], evidence=self.passages(found[key])) for key in order]

    def superiors(self) -> Iterator[Row]:
        """Bodies that lead to several others, those with the same others together."""
        for stage, before in zip(self.stages, [None, *self.stages], strict=False):
            found: dict[frozenset[str], set[str]] = {}
            for body, others in stage.graph.adj.items():
                old = before.graph.adj[body] if before and body in before.graph else {}
                if len(others) > 1 and set(others) != set(old):
                    found.setdefault(frozenset(others), set()).add(body)
            rows = [self.superior(stage, bodies, others) for others, bodies in found.items()]
            yield from sorted(rows, key=lambda row: (swedish(str(row.cells[0])), str(row.cells[2])))

    def superior(self, stage: Stage, bodies: set[str], others: frozenset[str]) -> Row:
        """One row of several superiors; ``eller`` where every relation leaves a choice."""
        edges = list(stage.graph.out_edges(bodies))
        every = [one for edge in edges for one in stage.graph.edges[edge]["relations"]]
        word = "or" if all("target" in one.one_of for one in every) else "and"
        listed = wording.enumerated(self.names(others), self.texts, word=word)
        return Row(
            ("; ".join(self.names(bodies)), len(others), listed), stage.modality, True, self.evidence(stage, edges)
        )

    @cached_property
    def orphans(self) -> list[Row]:
        """Forums and bodies without any of the relations, by kind; none when one body is asked for."""
        if self.of is not None:
            return []
        tied = {iri for one in self.related for side in (one.source, one.target) for iri in (*side, *self.bodies(side))}
        typed = self.typed()
        found: dict[tuple[str, str], list[str]] = {}
        for body in typed.keys() - tied:
            modality = min((one for _, one, _ in typed[body]), key=MODALITIES.index)
            found.setdefault((modality, self.kind({kind for kind, _, _ in typed[body]})), []).append(body)
        rows = []
        for modality, kind in sorted(found, key=lambda key: (MODALITIES.index(key[0]), swedish(key[1]))):
            bodies = found[modality, kind]
            passages = {p for body in bodies for _, said, p in typed[body] if said == modality}
            names = "; ".join(wording.headings(self.knowledge, bodies, self.texts))
            rows.append(Row((kind, len(bodies), names), modality, True, self.passages(passages)))
            self.named.update(bodies)
        return rows

    def typed(self) -> dict[str, list[tuple[str, str, str]]]:
        """Forum or body → (class, modality, passage) of every passage of the collection that types it."""
        above = self.knowledge.superclasses
        found: dict[str, list[tuple[str, str, str]]] = {}
        for said in triples(self.knowledge, RDF.type, collection=self.collection):
            if {said.value, *above.get(said.value, ())} & {*_ALONE}:
                found.setdefault(said.subject, []).append((said.value, said.modality, said.passage))
        return found

    def kind(self, classes: set[str]) -> str:
        """Label of the narrowest of *classes*."""
        above = self.knowledge.superclasses
        return self.knowledge.things.label(
            max(classes, key=lambda one: (len(above.get(one, ())), one)), self.texts.lang
        )

    def name(self, iri: str) -> str:
        """What the report calls *iri*."""
        self.named.add(iri)
        return self.knowledge.things.heading(iri, self.texts.lang)

    def names(self, bodies: Iterable[str], left_open: Iterable[str] = ()) -> list[str]:
        """Names in Swedish order; all members of a group that a relation names go by its name and their number."""
        left, marked = set(bodies), set(left_open)
        groups = {group for body in left for group in self.within.get(body, ())}
        found = []
        for group in sorted(groups, key=lambda one: (-len(self.knowledge.groups[one]), one)):
            members = set(self.knowledge.groups[group])
            if len(members) > 1 and members <= left - marked:
                left -= members
                found.append(self.texts("chains.group", name=self.name(group), n=len(members)))
        found += [
            self.texts("chains.left_open", name=self.name(one)) if one in marked else self.name(one) for one in left
        ]
        return sorted(found, key=swedish)

    def evidence(self, stage: Stage, edges: Iterable[tuple[str, str]]) -> tuple[Passage, ...]:
        """Passages of the relations behind *edges*."""
        return self.passages({p for e in edges for one in stage.graph.edges[e]["relations"] for p in one.passages})

    def passages(self, iris: set[str]) -> tuple[Passage, ...]:
        """Those of the passages that are of the collection."""
        return self.knowledge.passages(iris, self.collection)
