"""The structure that bodies stand in: every tie between two of them, whatever its kind, with passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..knowledge import Knowledge
from ..network.relations import Relation, relations_in
from ..terms import FACT_MODALITIES, MODALITIES, ORG, SG
from .forums import ForumLinks, read_forums, triples
from .nodes import read_nodes

ACTORS = (ORG.Organization, SG.Body, SG.Forum, SG.Cooperation, SG.Group)
MOST_EDGES = 400
"""Edges that one relation between two groups may give; above it the groups themselves stand between their members."""
_GIVEN = ((SG.Contribution, ("payer", "payee")), (SG.Assignment, ("assignedBy", "assignedTo")))
_INSIDE = (SG.partOf, ORG.unitOf, SG.attachedTo)


@dataclass(slots=True)
class Tie:
    """Everything that ties two bodies: its passages and the surest modality."""

    modality: str = "ambiguous"
    passages: set[str] = field(default_factory=set)

    def add(self, modality: str, passages: Iterable[str]) -> None:
        """One more relation between the two."""
        self.modality = min(self.modality, modality, key=MODALITIES.index)
        self.passages.update(passages)


@dataclass(slots=True)
class Structure:
    """Bodies and their ties, undirected; relations as the text gives them; forums with members and areas."""

    ties: dict[str, dict[str, Tie]]
    relations: list[Relation]
    forums: dict[str, ForumLinks]
    home: dict[str, str]
    """Post → the body it belongs to."""
    groups: dict[str, list[str]]

    def tie(self, one: str, other: str, modality: str, passages: Iterable[str]) -> None:
        """Tie two bodies; a body is not tied to itself."""
        if one != other:
            known = self.ties.setdefault(one, {}).get(other) or Tie()
            known.add(modality, passages)
            self.ties[one][other] = known
            self.ties.setdefault(other, {})[one] = known

    def bodies(self, side: Iterable[str]) -> list[str]:
        """Bodies of one side: a post stands for its body, a group with listed members for them."""
        found = {self.home.get(one, one) for one in side}
        return sorted({member for one in found for member in self.groups.get(one, [one])})

    def certain(self) -> dict[str, set[str]]:
        """Neighbours by what is stated or inferred alone."""
        return {
            one: {other for other, tie in ties.items() if tie.modality in FACT_MODALITIES}
            for one, ties in self.ties.items()
        }


def read_structure(knowledge: Knowledge, collection: str | None = None) -> Structure:
    """Ties between bodies in passages of *collection*.

    Relations, seats, membership, being part of and attached to, paying and giving an assignment.

    Rejected and denied ones are left out; a side that the text leaves open ties nothing.
    """
    actors = knowledge.instances(*ACTORS)
    actors -= {group for group, members in knowledge.groups.items() if not actors.intersection(members)}
    home = {
        said.subject: said.value
        for said in triples(knowledge, ORG.postIn, collection=collection)
        if said.value in actors
    }
    groups = {group: [m for m in members if m in actors] for group, members in knowledge.groups.items()}
    chosen = relations_in(knowledge, collection)
    own = {group: members for group, members in groups.items() if members}
    made = Structure({}, chosen, read_forums(knowledge, collection), home, own)
    for sources, targets, modality, passages in _pairs(made, knowledge, collection):
        ends = [[one for one in side if one in actors] for side in (made.bodies(sources), made.bodies(targets))]
        if len(ends[0]) * len(ends[1]) > MOST_EDGES:
            ends = [_as_groups(made, side, actors) for side in (sources, targets)]
        for one in ends[0]:
            for other in ends[1]:
                made.tie(one, other, modality, passages)
    return made


def _pairs(
    made: Structure, knowledge: Knowledge, collection: str | None
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], str, set[str]]]:
    for one in made.relations:
        yield one.source, one.target, one.modality, _places(knowledge, one, collection)
    for said in triples(knowledge, *_INSIDE, collection=collection):
        yield (said.subject,), (said.value,), said.modality, {said.passage}
    for forum, links in made.forums.items():
        for member, link in links.members.items():
            yield (forum,), (member,), link.modality, link.passages
    for kind, (giver, taker) in _GIVEN:
        for node in read_nodes(knowledge, kind, collection=collection, keys=(giver, taker)):
            sides = tuple(node.values(giver)), tuple(node.values(taker))
            yield *sides, node.modality, {passage.iri for passage in node.passages(giver, taker)}


def _places(knowledge: Knowledge, one: Relation, collection: str | None) -> set[str]:
    """Those of its passages that are of the collection."""
    return {iri for iri in one.passages if knowledge.passage(iri, collection)}


def _as_groups(made: Structure, side: Iterable[str], actors: set[str]) -> list[str]:
    """Groups of one side as themselves, tied to their members."""
    found = sorted({made.home.get(one, one) for one in side} & actors)
    for group in found:
        for member in made.groups.get(group, ()):
            made.tie(group, member, "stated", ())
    return found
