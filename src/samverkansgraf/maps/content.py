"""What the map shows: things that act, meet or are cooperated on, and how they are connected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..collation import swedish
from ..evidence import Passage
from ..facts import Fact, Facts
from ..knowledge import Knowledge
from ..network.relations import APPOINTS_SEATS, Relation, relations
from ..terms import ID, MODALITIES, ORG, SG, SKOS, UNSAID
from ..texts import Texts

MAIN = frozenset(
    {ORG.Organization, SG.Body, SG.Forum, SG.Cooperation, SG.Programme, SG.Project, SG.Service}
    | {SG.CooperationArea, SG.Priority, SG.FocusArea}
)
"""Always drawn when a passage names them; other things only where they take part in a relation."""
LINKS = (
    SG.partOf, ORG.unitOf, ORG.postIn, SG.concerns, SKOS.broader, SG.responsible,
    *(SG.base + name for name in ("attachedTo", "participant", "partner", "funder")),
)  # fmt: skip
"""Properties drawn as they stand, besides membership and the verbs."""
MOST_MEMBERS = 40


@dataclass(frozen=True, slots=True)
class Edge:
    """A line of the map; ``verb`` is an IRI, ``words`` what it is about in words, ``each`` which sides are spread.

    ``node`` is the flow or allocation that the line stands for, where it is one.
    """

    source: str
    verb: str
    target: str
    modality: str
    words: str = ""
    derived: bool = False
    passages: tuple[Passage, ...] = ()
    registers: tuple[str, ...] = ()
    each: frozenset[str] = field(default_factory=frozenset)
    one_of: frozenset[str] = field(default_factory=frozenset)
    node: str = ""


class Content:
    """Nodes and edges of one map, in a fixed order."""

    def __init__(
        self,
        knowledge: Knowledge,
        texts: Texts,
        collection: str | None = None,
        *,
        around: str | None = None,
        hops: int = 2,
    ) -> None:
        self.knowledge, self.texts = knowledge, texts
        self.facts = Facts(knowledge, collection)
        related = list(self._relations())
        ends = {end for edge in related for end in (edge.source, edge.target)}
        self.nodes = sorted(self._members_too(ends | self._named()), key=self.order)
        self.edges = sorted({*related, *self._links(set(self.nodes))}, key=self._edge_order)
        if around is not None:
            self._keep(within(around, hops, self.edges))

    def _keep(self, near: set[str]) -> None:
        """Leave only *near*, and the lines among them."""
        self.nodes = [thing for thing in self.nodes if thing in near]
        self.edges = [edge for edge in self.edges if {edge.source, edge.target} <= near]

    def order(self, thing: str) -> tuple[object, ...]:
        """Sort key of a thing: by its label in Swedish order."""
        return (swedish(self.knowledge.things.label(thing, self.texts.lang)), thing)

    def _edge_order(self, edge: Edge) -> tuple[object, ...]:
        passages = edge.passages[:1] and (edge.passages[0].document, edge.passages[0].sequence)
        rest = (edge.words, passages, sorted(edge.each), edge.derived, edge.node)
        return (self.order(edge.source), edge.verb, self.order(edge.target), MODALITIES.index(edge.modality), *rest)

    def classes(self, thing: str) -> frozenset[str]:
        """Every class of *thing*."""
        return self.knowledge.classes.get(thing, frozenset())

    def kind(self, thing: str) -> str:
        """The class that *thing* is called by: a most specific one, or nothing when it has no class."""
        return min(self.knowledge.narrowest(thing), default="")

    def modality(self, thing: str) -> str:
        """The surest modality in which a passage says what *thing* is; stated where it is only used."""
        said = {f.modality for f in self.facts.about(thing) if f.subject == thing and f.property.endswith("#type")}
        return next((one for one in MODALITIES if one in said), "stated")

    def collections(self, thing: str) -> list[str]:
        """Collections whose passages name *thing*, the one that names it most first."""
        passages = {passage for fact in self.facts.about(thing) for passage in fact.passages}
        counts = Counter(self.knowledge.documents[passage.document][0] for passage in passages)
        return sorted(counts, key=lambda one: (-counts[one], one))

    def homes(self) -> list[str]:
        """Collections whose passages name anything that is drawn, by name."""
        found = {one for thing in self.nodes for one in self.collections(thing)}
        return sorted(found, key=lambda one: (swedish(self.knowledge.things.label(one)), one))

    def verb(self, edge: Edge) -> str:
        """What the line says, from its source to its target."""
        if edge.verb == ORG.hasMember:
            return self.texts("map.member_in")
        if edge.verb == APPOINTS_SEATS:
            return self.texts("reporting.seats")
        return self.knowledge.things.label(edge.verb, self.texts.lang)

    def _named(self) -> set[str]:
        """Things of a main kind that a passage names."""
        said = (fact for fact in self.facts if fact.passages and not fact.derived and fact.modality not in UNSAID)
        ends = {end for fact in said for end in ((fact.subject, fact.value) if fact.is_iri else (fact.subject,))}
        return {end for end in ends if end.startswith(ID) and self.classes(end) & MAIN}

    @cached_property
    def _held(self) -> dict[str, list[Fact]]:
        """Memberships by what has the members."""
        held: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.property == ORG.hasMember and fact.passages and fact.modality not in UNSAID:
                held.setdefault(fact.subject, []).append(fact)
        return held

    def _members_too(self, found: set[str]) -> set[str]:
        """*found* with organisations, bodies and groups that belong to one of it; of a very large group, none."""
        fresh = found
        while fresh:
            members = {fact.value for holder in fresh for fact in self._members(holder)}
            fresh = {one for one in members - found if self.classes(one) & {*MAIN, SG.Group}}
            found = found | fresh
        return found

    def _members(self, holder: str) -> list[Fact]:
        members = self._held.get(holder, [])
        return [] if len(members) > MOST_MEMBERS else members

    def _relations(self) -> Iterator[Edge]:
        for one in relations(self.knowledge):
            passages = self.knowledge.passages(one.passages, self.facts.collection)
            for source in one.source if passages else ():
                for target in one.target:
                    if source != target:
                        said = (source, one.verb, target, one.modality, self._words(one))
                        yield Edge(*said, passages=passages, each=one.each, one_of=one.one_of, node=one.node)

    def _words(self, one: Relation) -> str:
        """Number of seats, matter, condition and what the relation concerns, as words."""
        said = [self.texts(f"reporting.{name}", n=number) for name, number in one.numbers]
        said += [one.matter] if one.matter else []
        names = [self.knowledge.things.label(iri, self.texts.lang) for iri in one.concerns]
        said += [self.texts("reporting.concerns", names=", ".join(names))] if names else []
        said += [self.texts("reporting.condition", text=one.condition)] if one.condition else []
        return "; ".join(said)

    def _links(self, drawn: set[str]) -> Iterator[Edge]:
        """Membership, from the member; the other links as they stand, *attached to* only where nothing else is said."""
        held = [fact for holder in drawn for fact in self._members(holder) if fact.value in drawn]
        said = [fact for fact in self.facts if fact.property in LINKS and fact.modality not in UNSAID]
        plain = [fact for fact in said if {fact.subject, fact.value} <= drawn]
        concerned = {(f.subject, f.value, f.modality) for f in plain if f.property == SG.concerns}
        for fact in [*held, *plain]:
            same = (fact.subject, fact.value, fact.modality) in concerned
            if fact.subject != fact.value and not (same and fact.property.endswith("attachedTo")):
                ends = (fact.value, fact.subject) if fact.property == ORG.hasMember else (fact.subject, fact.value)
                why = (tuple(sorted(fact.passages)), tuple(sorted(fact.registers)))
                yield Edge(ends[0], fact.property, ends[1], fact.modality, "", fact.derived, *why)


def within(start: str, hops: int, edges: Iterable[Edge]) -> set[str]:
    """What lies at most *hops* lines from *start*, in either direction, itself included."""
    near: dict[str, set[str]] = {}
    for edge in edges:
        near.setdefault(edge.source, set()).add(edge.target)
        near.setdefault(edge.target, set()).add(edge.source)
    found = front = {start}
    for _ in range(hops):
        front = {end for one in front for end in near.get(one, ())} - found
        found = found | front
    return found


__all__ = ["MAIN", "Content", "Edge", "within"]
