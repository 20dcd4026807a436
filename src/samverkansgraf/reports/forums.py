"""Forums as several reports see them: who is in each, and what it concerns, with the passages that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..knowledge import Knowledge
from ..terms import MODALITIES, ORG, SG

KINDS = (SG.Forum, SG.Cooperation)
AREAS = frozenset({SG.CooperationArea, SG.Priority, SG.FocusArea})
_ACTORS = (ORG.Organization, SG.Body, SG.Forum, SG.Cooperation, ORG.Post)
_WITHIN = (ORG.hasMember, SG.base + "participant")
_WHO = (SG.participatesIn, SG.hosts)
_STANDS_FOR = (SG.represents, SG.attachedTo)
_NODE = {
    SG.forum: "forum",
    ORG.organization: "forum",
    ORG.member: "who",
    SG.appointedBy: "who",
    SG.appointedByEach: "who",
    SG.base + "drawnFrom": "who",
    SG.base + "drawnFromEach": "who",
}
_AS_ONE = (SG.appointedBy, SG.base + "drawnFrom")
_FLOW = {SG.base + "from": "group", SG.base + "to": "who", SG.base + "toEach": "who", SG.concerns: "forum"}
_TRIPLES = f"""
SELECT ?passage ?subject ?property ?value WHERE {{{{
  VALUES ?property {{{{ {{properties}} }}}}
  ?passage a <{SG.Passage}> . {{within}}
  GRAPH ?passage {{{{ ?subject ?property ?value }}}}
}}}}
"""
_REPRESENTS = f"""
SELECT ?passage ?subject ?property ?value WHERE {{
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?subject <{SG.base}verb> <{SG.represents}> ; ?property ?value }}
}}
"""


@dataclass(slots=True)
class Link:
    """How a forum is tied to a member or an area: the surest modality, the passages, and groups it goes through."""

    modality: str = ""
    passages: set[str] = field(default_factory=set)
    through: set[str] = field(default_factory=set)
    """Groups of people that it goes through; empty where any passage names the member itself."""
    direct: bool = False

    def add(self, modality: str, passages: Iterable[str], through: Sequence[str] = ()) -> None:
        """Another passage that says the same; only the passages of the surest modality are kept."""
        known = MODALITIES.index(self.modality) if self.modality else len(MODALITIES)
        if MODALITIES.index(modality) < known:
            self.modality, self.passages, self.through, self.direct = modality, set(), set(), False
        if MODALITIES.index(modality) <= known:
            self.passages.update(passages)
            self.direct |= not through
            self.through = set() if self.direct else {*self.through, *through}


@dataclass(slots=True)
class ForumLinks:
    """One forum: members and areas, each with its link."""

    members: dict[str, Link] = field(default_factory=dict)
    areas: dict[str, Link] = field(default_factory=dict)


class Said(NamedTuple):
    """One triple as a passage gives it."""

    subject: str
    property: str
    value: str
    modality: str
    passage: str


def triples(knowledge: Knowledge, *properties: str, collection: str | None = None) -> Iterator[Said]:
    """Triples of *properties* in passages of *collection*, sorted; rejected and denied ones are left out."""
    said = _said(
        knowledge,
        _TRIPLES.format(properties=" ".join(f"<{one}>" for one in properties), within=knowledge.within(collection)),
        collection,
    )
    return iter(sorted(said))


def _said(knowledge: Knowledge, query: str, collection: str | None) -> Iterator[Said]:
    for place, *terms in knowledge.store.select(query):
        passage = knowledge.passage(place.value, collection)
        if passage and passage.modality in MODALITIES:
            subject, key, value = (term.value for term in terms)
            yield Said(subject, key, value, passage.modality, passage.iri)


def read_forums(knowledge: Knowledge, collection: str | None = None) -> dict[str, ForumLinks]:
    """Every forum, cooperation and joint board that a passage of *collection* types, by IRI.

    Members come from lists, memberships, seat allocations (who appoints, whence), participation, hosting and flows of
    representing. A group counts as its members, except where seats are drawn from it or it appoints jointly: the text
    does not say that each of them is in the forum then, and it counts as itself. A group of people without listed
    members counts as those it represents or is attached to, else as itself. An area counts as the nearest cooperation
    area, priority or focus area above it.
    """
    every = knowledge.instances(*KINDS)
    forums = {one: ForumLinks() for one in typed(knowledge, every, collection)}
    spread, rolled = Spread(knowledge), areas_above(knowledge)
    no_area = knowledge.instances(*_ACTORS, SG.Group)
    for forum, said, groups in _members(knowledge, collection):
        if forum in forums:
            for member, through, more in spread.members(_other_end(forum, said), listed=said.property not in _AS_ONE):
                link = forums[forum].members.setdefault(member, Link())
                link.add(said.modality, {said.passage, *more}, through or groups)
    for links in forums.values():
        for group in links.members.keys() & spread.groups.keys():
            if links.members.keys() >= set(spread.groups[group]):
                del links.members[group]
    for said in triples(knowledge, SG.concerns, SG.attachedTo, collection=collection):
        for area in knowledge.groups.get(said.value, [said.value]):
            if said.subject in forums and area not in no_area:
                forums[said.subject].areas.setdefault(rolled.get(area, area), Link()).add(said.modality, {said.passage})
    return forums


def typed(knowledge: Knowledge, things: set[str], collection: str | None) -> list[str]:
    """Those of *things* that a passage of *collection* types, sorted."""
    if collection is None:
        return sorted(things)
    query = f"""SELECT ?passage ?thing WHERE {{
      ?passage a <{SG.Passage}> . {knowledge.within(collection)}
      GRAPH ?passage {{ ?thing a ?class }} }}"""
    book, home = knowledge.book.passages, knowledge.documents
    rows = ((row["thing"].value, row["passage"].value) for row in knowledge.store.select(query))
    return sorted({one for one, passage in rows if one in things and home[book[passage].document][0] == collection})


def how_many(knowledge: Knowledge, things: set[str], collection: str | None) -> int:
    """How many of *things* a report on *collection* looks at: those that its passages type."""
    return len(things) if collection is None else len(typed(knowledge, things, collection))


def _members(knowledge: Knowledge, collection: str | None) -> Iterator[tuple[str, Said, tuple[str, ...]]]:
    """(forum, the triple that ties someone to it, groups of people that stand between)."""
    for said in triples(knowledge, *_WITHIN, SG.represents, collection=collection):
        yield said.subject, said, ()
    for said in triples(knowledge, *_WHO, collection=collection):
        yield said.value, said, ()
    nodes = _nodes(triples(knowledge, *_NODE, collection=collection), _NODE)
    flows = _nodes(_said(knowledge, _REPRESENTS, collection), _FLOW)
    for parts in [*nodes, *flows]:
        groups = tuple(sorted(group.value for group in parts.get("group", ())))
        for forum in parts.get("forum", ()):
            yield from ((forum.value, who, groups) for who in parts.get("who", ()))


def _other_end(forum: str, said: Said) -> str:
    return said.subject if said.value == forum else said.value


def _nodes(said: Iterable[Said], roles: dict[str, str]) -> list[dict[str, list[Said]]]:
    """Reified nodes, one per node and passage: role → triples."""
    found: dict[tuple[str, str], dict[str, list[Said]]] = {}
    for one in said:
        if one.property in roles:
            found.setdefault((one.subject, one.passage), {}).setdefault(roles[one.property], []).append(one)
    return list(found.values())


class Spread:
    """Who a group stands for."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.groups = knowledge.groups
        kinds = knowledge.instances(SG.Group)
        self.stands_for: dict[str, list[Said]] = {}
        for said in triples(knowledge, *_STANDS_FOR):
            if said.subject in kinds and said.subject not in self.groups:
                self.stands_for.setdefault(said.subject, []).append(said)
        for parts in _nodes(_said(knowledge, _REPRESENTS, None), _FLOW):
            for group in parts.get("group", ()):
                self.stands_for.setdefault(group.value, []).extend(parts.get("who", ()))

    def members(self, who: str, *, listed: bool = True) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """(member, groups of people that it goes through, passages that say so); *listed* spreads listed members."""
        if who in self.groups and listed:
            yield from ((member, (), ()) for member in self.groups[who])
        elif who in self.stands_for:
            for said in self.stands_for[who]:
                for member in self.groups.get(said.value, [said.value]):
                    yield member, (who,), (said.passage,)
        else:
            yield who, (), ()


def areas_above(knowledge: Knowledge) -> dict[str, str]:
    """Area → the nearest cooperation area, priority or focus area at or above it, where there is one."""
    targets = knowledge.instances(*AREAS)
    found = {area: next((one for one in knowledge.upwards(area) if one in targets), "") for area in knowledge.broader}
    return {area: above for area, above in found.items() if above}


def least_sure(links: Iterable[Link]) -> str:
    """The least sure modality among *links*."""
    return max((link.modality for link in links), key=MODALITIES.index, default="stated")


__all__ = [
    "AREAS",
    "ForumLinks",
    "Link",
    "Said",
    "Spread",
    "areas_above",
    "how_many",
    "least_sure",
    "read_forums",
    "triples",
    "typed",
]
