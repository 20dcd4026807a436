"""What breaks if one body leaves: bodies without relations, areas without forum or responsible, chains that end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..collation import swedish
from ..knowledge import Knowledge
from ..network.bridging import cuts
from ..network.relations import Relation
from ..terms import MODALITIES, SG
from ..texts import Texts
from . import wording
from .forums import areas_above, triples
from .nodes import Node, read_nodes
from .path import CARRYING
from .structure import Structure
from .table import Report, Row, Table, columns

NAMED = 12


def leaving(knowledge: Knowledge, texts: Texts, structure: Structure, thing: str, collection: str | None) -> Report:
    """What breaks in *structure* if *thing* (an IRI) leaves.

    Four tables: bodies that lose every relation; parts that come loose together; areas that lose their only forum or
    responsible; steps *from → thing → to* where nothing else carries a matter from the one to the other. A post goes
    alone and takes only its own relations; a group goes with its listed members, a body with its posts.
    """
    page = _Leaving(knowledge, texts, structure, thing, collection)
    name, place = knowledge.things.label(thing, texts.lang), wording.where(knowledge, collection, texts)
    title, examined = texts("bridges.without_title", name=name), page.examined()
    if not page.known:
        answer = texts("bridges.without_unknown", name=name, where=place)
        return wording.report("bridges", answer, examined, [], [], knowledge=knowledge, texts=texts, title=title)
    tables = [page.alone(), page.loose(), page.areas(), page.chains()]
    answer = page.answer(tables[0], tables[2], place)
    notes = [texts("bridges.without_note"), texts("bridges.counted")]
    return wording.report("bridges", answer, examined, tables, notes, knowledge=knowledge, texts=texts, title=title)


class _Leaving:
    """The structure with and without one thing."""

    def __init__(
        self, knowledge: Knowledge, texts: Texts, structure: Structure, thing: str, collection: str | None
    ) -> None:
        self.knowledge, self.texts, self.structure, self.collection = knowledge, texts, structure, collection
        self.thing, self.post = thing, thing in structure.home
        self.gone = {thing} if self.post else {thing, *structure.groups.get(thing, ())}
        self.known = bool(self.gone & structure.ties.keys()) or any(self.touches(one) for one in structure.relations)
        self.count_loose = self.count_cut = self.count_ends = 0

    def answer(self, alone: Table, areas: Table, place: str) -> str:
        """What breaks, in one sentence; kinds that lose nothing are left out."""
        texts, name = self.texts, self.name(self.thing)
        counts = (("alone", "body", len(alone.rows)), ("loose", "body", self.count_loose),
                  ("areas", "area", len({row.cells[0] for row in areas.rows})), ("cut", "way", self.count_cut),
                  ("ends", "body", self.count_ends))  # fmt: skip
        parts = [texts(f"bridges.breaks_{key}", n=texts.count(noun, number)) for key, noun, number in counts if number]
        if not parts:
            return texts("bridges.without_nothing", name=name, where=place)
        return texts("bridges.without_answer", name=name, where=place, what=wording.enumerated(parts, texts))

    def touches(self, relation: Relation) -> bool:
        return bool(self.gone & {*relation.source, *relation.target})

    def name(self, iri: str) -> str:
        return self.knowledge.things.label(iri, self.texts.lang)

    def names(self, iris: Iterable[str]) -> str:
        listed = sorted(map(self.name, iris), key=swedish)
        more = [self.texts("overlap.more", n=len(listed) - NAMED)] if len(listed) > NAMED else []
        return wording.enumerated([*listed[: NAMED if more else None], *more], self.texts)

    def examined(self) -> str:
        ties = sum(map(len, self.structure.ties.values())) // 2
        return f"{self.texts.count('body', len(self.structure.ties))}, {self.texts.count('tie', ties)}"

    def row(self, cells: tuple[str, ...], passages: Iterable[str]) -> Row:
        evidence = self.knowledge.passages(passages, self.collection)
        modality = max((passage.modality for passage in evidence), key=MODALITIES.index, default="stated")
        return Row(cells, modality, derived=True, evidence=evidence)

    def _between(self, nodes: Iterable[str]) -> set[str]:
        """Passages that tie *nodes* to what is gone."""
        ties = self.structure.ties
        return {p for node in nodes for gone in self.gone & ties[node].keys() for p in ties[node][gone].passages}

    def alone(self) -> Table:
        """One row per body all of whose ties were to what is gone."""
        ties = self.structure.ties
        lost = [] if self.post else [one for one in ties if one not in self.gone and ties[one].keys() <= self.gone]
        rows = [self.row((self.name(one), self._kind(one)), self._between([one])) for one in lost]
        heads = columns(("body", self.texts("bridges.body")), ("kind", self.texts("bridges.kind")))
        return Table(self.texts("bridges.without_alone"), heads, tuple(self.ordered(rows)))

    def _kind(self, one: str) -> str:
        return ", ".join(sorted(map(self.name, self.knowledge.narrowest(one))))

    def ordered(self, rows: Sequence[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: tuple(swedish(str(cell)) for cell in row.cells))

    def loose(self) -> Table:
        """One row per part of two bodies or more that is cut off from the largest part left."""
        rows = []
        for part in [] if self.post else self._parts():
            self.count_loose += len(part)
            touching = [node for node in part if self.gone & self.structure.ties[node].keys()]
            rows.append(self.row((self.names(part), str(len(part))), self._between(touching)))
        heads = columns(("who", self.texts("bridges.who")), ("loose", self.texts("bridges.loose")))
        return Table(self.texts("bridges.without_loose"), heads, tuple(self.ordered(rows)))

    def _parts(self) -> list[list[str]]:
        ties, gone = self.structure.ties, self.gone
        if len(gone & ties.keys()) == 1:
            found = cuts(ties)
            parts = [found.nodes(part) for part in found.parts.get(next(iter(gone & ties.keys())), ())]
        else:
            parts = self._components()
        return [part for part in parts if len(part) > 1]

    def _components(self) -> list[list[str]]:
        """Parts next to what is gone, without the largest."""
        import networkx as nx

        ties, gone = self.structure.ties, self.gone
        graph = nx.Graph()
        graph.add_nodes_from(one for one in ties if one not in gone)
        graph.add_edges_from((one, other) for one in graph for other in ties[one] if other not in gone)
        near = [part for part in nx.connected_components(graph) if any(gone & ties[one].keys() for one in part)]
        return sorted((sorted(part) for part in near), key=lambda part: (-len(part), part))[1:]

    def areas(self) -> Table:
        """One row per area and what it loses."""
        forums: dict[str, dict[str, set[str]]] = {}
        for forum, links in self.structure.forums.items():
            for area, link in links.areas.items():
                forums.setdefault(area, {})[forum] = link.passages
        rows = [*self._lost(forums, "forum"), *self._lost(self._responsible(), "responsible")]
        heads = columns(("area", self.texts("gaps.area")), ("loses", self.texts("bridges.loses")))
        return Table(self.texts("bridges.without_areas"), heads, tuple(self.ordered(rows)))

    def _lost(self, held: dict[str, dict[str, set[str]]], what: str) -> Iterator[Row]:
        for area, holders in held.items():
            if holders.keys() <= self.gone:
                cells = (self.name(area), self.texts(f"bridges.only_{what}"))
                yield self.row(cells, (p for passages in holders.values() for p in passages))

    def _responsible(self) -> dict[str, dict[str, set[str]]]:
        """Area → bodies with a task that concerns it → passages."""
        above = areas_above(self.knowledge)
        found: dict[str, dict[str, set[str]]] = {}
        keys = ("assignedTo", "responsible", "concerns")
        for task in read_nodes(self.knowledge, SG.Assignment, collection=self.collection, keys=keys):
            for area in task.values("concerns"):
                for body in self._holders(task):
                    passages = {p.iri for p in task.passages("assignedTo", "responsible", "concerns")}
                    found.setdefault(above.get(area, area), {}).setdefault(body, set()).update(passages)
        for responsible in self._named_responsible():
            area, body, passage = responsible
            found.setdefault(above.get(area, area), {}).setdefault(body, set()).add(passage)
        areas = self.knowledge.instances(SG.Area)
        return {area: bodies for area, bodies in found.items() if area in areas}

    def _holders(self, task: Node) -> list[str]:
        bodies = task.values("assignedTo", "responsible")
        return bodies if self.post else self.structure.bodies(bodies)

    def _named_responsible(self) -> Iterator[tuple[str, str, str]]:
        for said in triples(self.knowledge, SG.responsible, collection=self.collection):
            for body in [said.value] if self.post else self.structure.bodies([said.value]):
                yield said.subject, body, said.passage

    def chains(self) -> Table:
        """One row per body that carries matters to what is gone, with those that it no longer reaches."""
        onward, into, out = self._carried()
        rows = []
        for source in sorted(into):
            lost = sorted(out.keys() - _reached(source, onward, self.gone) - {source})
            passages = into[source].union(*(out[target] for target in lost))
            self.count_cut += len(lost)
            if lost:
                rows.append(self.row((self.name(source), self.names(lost), self.texts("bridges.cut")), passages))
            elif onward[source] <= self.gone and not out.keys() - {source}:
                self.count_ends += 1
                rows.append(self.row((self.name(source), "–", self.texts("bridges.ends")), passages))
        heads = columns(*((key, self.texts(f"bridges.{key}")) for key in ("from", "to", "breaks")))
        return Table(self.texts("bridges.without_chains"), heads, tuple(self.ordered(rows)))

    def _carried(self) -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[str]]]:
        """Body → bodies it carries matters to; passages by body before what is gone, and by body after it."""
        onward: dict[str, set[str]] = {}
        into: dict[str, set[str]] = {}
        out: dict[str, set[str]] = {}
        for one in self.structure.relations:
            if one.verb in CARRYING and one.verb not in {SG.decides, SG.supports}:
                for source in self._ends(one.source):
                    targets = self._ends(one.target)
                    onward.setdefault(source, set()).update(targets)
                    for target in targets:
                        if target in self.gone and source not in self.gone:
                            into.setdefault(source, set()).update(one.passages)
                        if source in self.gone and target not in self.gone:
                            out.setdefault(target, set()).update(one.passages)
        return onward, into, out

    def _ends(self, side: Sequence[str]) -> list[str]:
        actors = self.structure.ties
        return [one for one in (side if self.post else self.structure.bodies(side)) if self.post or one in actors]


def _reached(source: str, onward: dict[str, set[str]], gone: set[str]) -> set[str]:
    """Bodies that a matter reaches from *source* without passing *gone*."""
    seen, waiting = {source}, [source]
    while waiting:
        for other in onward.get(waiting.pop(), set()) - seen - gone:
            seen.add(other)
            waiting.append(other)
    return seen


__all__ = ["leaving"]
