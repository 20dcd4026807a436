"""Where one kommun sits: forums with seats, posts it fills or shares, and what those forums send onwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from ..collation import swedish
from ..evidence import Passage
from ..network.relations import Relation
from ..terms import FACT_MODALITIES, ORG, SG
from . import wording
from .holders import SEATED, sits
from .kommun_view import Found, View
from .nodes import Node
from .onward import Onward
from .representation import rounded
from .seats import KINDS, Allocation, Figures, figures, told
from .table import Column, Row, Table, columns

APPOINTING = ("appointedBy", "appointedByEach", "drawnFrom", "drawnFromEach")
_POSTS = f"SELECT ?post ?body WHERE {{ ?post <{ORG.postIn}> ?body }}"
_PARENT = f"SELECT ?part ?forum WHERE {{ ?part <{SG.base}within> ?whole . ?whole <{SG.forum}> ?forum }}"


@dataclass(slots=True)
class Place:
    """What the kommun has in one forum, by one kind of modality."""

    forum: str
    modality: str
    ways: set[str] = field(default_factory=set)
    parts: list[Allocation] = field(default_factory=list)
    through: set[str] = field(default_factory=set)
    passages: set[Passage] = field(default_factory=set)
    derived: bool = True
    seated: bool = False

    @property
    def members(self) -> Figures:
        """Ordinary seats that the kommun fills alone, every figure that is given."""
        return figures(self.parts, "members")

    @property
    def substitutes(self) -> Figures:
        """Substitutes, likewise."""
        return figures(self.parts, "substitutes")


class Places:
    """Places of one kommun, gathered from allocations, memberships and participation."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.found: dict[tuple[str, str], Place] = {}
        parents = {row["part"].value: row["forum"].value for row in view.knowledge.store.select(_PARENT)}
        for node in view.nodes:
            if SG.SeatAllocation in view.kinds(node.iri):
                self._allocation(node, node.first("forum") or parents.get(node.iri, ""))
            self._member(node)
        for act in view.acts:
            if act.verb == SG.participatesIn:
                self._add(act.target, act.holder, "participatesIn", act.passage, view.texts("kommun.participatesIn"))

    def rows(self) -> list[Place]:
        """Places in Swedish order of forums, facts first."""
        name = self.view.name
        return sorted(
            self.found.values(), key=lambda one: (swedish(name(one.forum)), one.modality != "stated", one.modality)
        )

    def _add(self, forum: str, holder: str, key: str, passage: Passage, way: str) -> Place | None:
        if not self.view.kinds(forum) & set(SEATED):
            return None
        modality = "stated" if passage.modality in FACT_MODALITIES else passage.modality
        place = self.found.setdefault((forum, modality), Place(forum, modality))
        kind = self.view.acting[holder]
        place.ways.add(way)
        place.through |= set() if kind == "self" else {holder}
        place.passages |= {passage, *self.view.links[holder]}
        place.derived &= kind != "self"
        place.seated |= sits(kind, "#" + key)
        return place

    def _allocation(self, node: Node, forum: str) -> None:
        """An allocation or a part of one; only whole ones that one kommun appoints alone give numbers."""
        view, part = self.view, "within" in node.facts
        bound = view.bound(node, APPOINTING)
        appointing = [pair for pair in bound if pair[0].startswith("appointed")]
        for key, one in appointing or bound:
            each, own = key.endswith("Each"), view.acting[one.value] in {"self", "body"}
            alone = key.startswith("appointed") and (each or own) and len(node.values("appointedBy")) < 2
            numbers = {name: self._numbers(node, name, each=each) for name in KINDS}
            way = self._way(node, key, numbers, part=part, alone=alone)
            place = self._add(forum, one.value, key, one.passage, way)
            if place and alone and not part and one.passage == node.passages(key)[0]:
                drawn = set(node.values("drawnFrom", "drawnFromEach"))
                where = {passage.iri for passage in node.passages("type")}
                place.parts.append(Allocation(self._by(one.value), numbers, drawn, where))

    def _numbers(self, node: Node, name: str, *, each: bool) -> set[int]:
        return set(node.numbers(name + "Each" if each else name))

    def _by(self, holder: str) -> str:
        """Who of the kommun appoints where *holder* does, or where each member of it does."""
        acting = self.view.acting
        own = [one for one in self.view.knowledge.groups.get(holder, ()) if acting.get(one) in {"self", "body"}]
        return min(own, default=holder)

    def _way(self, node: Node, key: str, numbers: dict[str, set[int]], *, part: bool, alone: bool) -> str:
        texts, opened = self.view.texts, {value.rpartition("#")[2] for value in node.values("leavesOpen")}
        counted = [texts(f"kommun.n_{name}", n=told(sorted(own), texts)) for name, own in numbers.items() if own]
        given = wording.enumerated(counted, texts) or texts(
            "kommun.n_left_open" if opened & {"members", "seats"} else "kommun.n_open"
        )
        if part:
            whence = self.view.names(node.values("drawnFrom"))
            return texts("kommun.part", what=given) + (texts("kommun.from", names=whence) if whence else "")
        if key.startswith("drawnFrom"):
            return texts("kommun.drawnFrom", what=given)
        return texts("kommun.appointedBy") if alone else texts("kommun.jointly", what=given)

    def _member(self, node: Node) -> None:
        texts, since = self.view.texts, node.first("validFrom")
        for _, one in self.view.bound(node, ("hasMember",)):
            self._add(node.iri, one.value, "hasMember", one.passage, texts("kommun.member"))
        for _, one in self.view.bound(node, ("member",)):
            way = texts("kommun.member_since", year=since) if since else texts("kommun.member")
            for forum in node.values("organization"):
                self._add(forum, one.value, "hasMember", one.passage, way)


def places_table(places: Iterable[Place], view: View, persons: int | None) -> Table:
    """One row per forum; persons per seat when the population is known. Figures that disagree are all shown."""
    texts = view.texts
    heads = [Column("forum", texts("kommun.forum")), Column("how", texts("kommun.how"))]
    heads += [Column(key, texts(f"kommun.{key}"), "integer") for key in ("members", "substitutes")]
    heads += [Column("per_seat", texts("kommun.per_seat"), "integer")] if persons else []
    heads += [Column("through", texts("kommun.through"))]
    rows = []
    for one in places:
        per_seat = [rounded(Fraction(persons, number)) for number in one.members if number] if persons else []
        how = "; ".join(sorted(one.ways, key=swedish))
        numbers = (one.members, one.substitutes, *([per_seat] if persons else []))
        middle = (told(own, texts) for own in numbers)
        cells = (view.name(one.forum), how, *middle, view.names(one.through))
        rows.append(Row(cells, one.modality, one.derived, tuple(sorted(one.passages))))
    return Table(texts("kommun.places"), tuple(heads), tuple(rows))


def posts_table(view: View) -> Table:
    """Posts that the kommun appoints, elects or nominates to, and posts that go round among kommuner it is one of."""
    verbs = {SG.appoints, SG.elects, SG.nominates}
    body_of = {row["post"].value: row["body"].value for row in view.knowledge.store.select(_POSTS)}
    found = [
        (act.target, view.name(act.verb), act.holder, act.passage)
        for act in view.acts
        if act.verb in verbs and ORG.Post in view.kinds(act.target)
    ]
    rotating = view.texts("kommun.rotates")
    found += [
        (node.iri, rotating, one.value, one.passage)
        for node in view.nodes
        for _, one in view.bound(node, ("rotatesAmong",))
    ]
    cells: list[Found] = [
        ((view.name(post), view.name(body_of.get(post, "")), how), holder, passage)
        for post, how, holder, passage in found
    ]
    heads = columns(*((key, view.texts(f"kommun.{key}")) for key in ("post", "body", "how", "through")))
    return Table(view.texts("kommun.posts"), heads, view.merged(cells))


def upward_table(start: set[str], view: View) -> Table:
    """One row per pair of ends, relation and modality on the way up, nearest first, then by names."""
    heads = columns(*((key, view.texts(f"kommun.{key}")) for key in ("step", "from_", "verb", "to", "what")))
    heads = (Column("step", heads[0].label, "integer"), *heads[1:])
    found: dict[tuple[tuple[int, str, str, str], str], tuple[set[str], set[Passage]]] = {}
    for step, one in Onward(view.knowledge, view.collection).steps(start):
        source, target = (_side(one, end, view) for end in ("source", "target"))
        words, passages = found.setdefault(((step, source, view.name(one.verb), target), one.modality), (set(), set()))
        words.add(", ".join(filter(None, (one.matter, view.names(one.concerns), one.condition))))
        passages.update(view.knowledge.passages(one.passages, view.collection))
    rows = [
        Row((*ends, "; ".join(sorted(filter(None, words), key=swedish))), modality, evidence=tuple(sorted(passages)))
        for (ends, modality), (words, passages) in found.items()
    ]
    rows.sort(key=lambda row: (row.cells[0], *(swedish(str(cell)) for cell in row.cells[1:]), row.modality))
    return Table(view.texts("kommun.upward"), heads, tuple(rows))


def _side(relation: Relation, end: str, view: View) -> str:
    iris = relation.source if end == "source" else relation.target
    return view.names(iris, each=end in relation.each) or view.texts("common.open_side")
