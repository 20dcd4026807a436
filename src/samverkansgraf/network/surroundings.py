"""What lies next to a thing: every direct relation, and the many of a kind folded into one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..facts import JOINING, Fact, Facts
from ..knowledge import Knowledge
from ..terms import DOC, FACT_MODALITIES, ID, MODALITIES, ORG, SG, SKOS, UNSAID, local_name
from .relations import APPOINTS_SEATS, verbs

MANY = 4
_SOURCES = ("from", "fromEach", "fromOneOf", "appointedBy", "appointedByEach", "payer", "holder", "actor", "decidedBy", "host", "viceChairFrom", "member")  # fmt: skip  # noqa: E501
_TARGETS = ("to", "toEach", "toOneOf", "payee", "inConsultation", "organization", "forum")
_DRAWN = ("drawnFrom", "drawnFromEach")
_ROLES = frozenset({*_SOURCES, *_TARGETS, *_DRAWN})
_UNDRAWN = frozenset({SG.collection, SG.inCounty, SG.document, SG.status, SG.base + "stance", ORG.role})
_WITHIN = (ORG.hasMember, SKOS.member, SG.partOf, SG.participatesIn, ORG.unitOf, SG.attachedTo, SKOS.broader)
"""Relations of belonging; they come after the verbs and before the rest."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation between the thing and *other*, along or against the way it points."""

    verb: str
    is_out: bool
    other: str
    modality: str


@dataclass(frozen=True, slots=True)
class Twig:
    """A neighbour; or several folded, called by the *group* that they are, else by their number and kind."""

    things: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """Neighbours that the same verbs in the same modality tie to the thing, in the same direction."""

    verbs: tuple[str, ...]
    is_out: bool
    modality: str
    twigs: tuple[Twig, ...]


def surroundings(thing: str, facts: Facts) -> set[Tie]:
    """Every direct relation of *thing*, also those that a flow, an allocation or another joining node makes.

    Membership points from the member. A joining node stands for itself where it has a name and joins the thing to
    nothing. What is rejected or denied is left out.
    """
    known = facts.knowledge
    found: set[Tie] = set()
    for fact in facts.about(thing):
        other = fact.other_end(thing) if fact.is_iri else ""
        if fact.modality in UNSAID or not other.startswith((ID, DOC)) or fact.property in _UNDRAWN or other == thing:
            continue
        joining = known.classes.get(other, frozenset()) & JOINING
        joins = joining and local_name(fact.property) in _ROLES
        joined = set(_joined(thing, other, fact.modality, facts)) if joins else set()
        if joined or (joining and other not in known.things.namings):
            found |= joined
        else:
            inwards = fact.property in {ORG.hasMember, SKOS.member}
            found.add(Tie(fact.property, (fact.subject == thing) != inwards, other, _said(fact.modality)))
    return found


def _joined(thing: str, node: str, modality: str, facts: Facts) -> Iterator[Tie]:
    """Ties that a joining node makes between *thing* and the other side."""
    sides: dict[str, set[str]] = {}
    own = [fact for fact in facts.about(node) if fact.subject == node and fact.is_iri and fact.modality == modality]
    for fact in own:
        sides.setdefault(local_name(fact.property), set()).add(fact.value)
    sources = {one for key in _SOURCES for one in sides.get(key, ())}
    drawn = sources or {one for key in _DRAWN for one in sides.get(key, ())}
    targets = {one for key in _TARGETS for one in sides.get(key, ())}
    verb = _verb(node, own, facts, is_drawn=not sources)
    if thing in drawn:
        yield from (Tie(verb, True, other, _said(modality)) for other in targets - {thing})
    elif thing in targets:
        yield from (Tie(verb, False, other, _said(modality)) for other in drawn)


def _verb(node: str, own: Iterable[Fact], facts: Facts, *, is_drawn: bool) -> str:
    """The verb of a flow, what an allocation is, else the kind of node."""
    kinds = facts.knowledge.classes[node]
    if SG.SeatAllocation in kinds:
        return SG.base + "drawnFrom" if is_drawn else APPOINTS_SEATS
    verbs = sorted(fact.value for fact in own if fact.property == SG.base + "verb")
    return verbs[0] if verbs else min(kinds & JOINING)


def _said(modality: str) -> str:
    """Stated and inferred are both facts."""
    return "stated" if modality in FACT_MODALITIES else modality


class Folding:
    """Ties as branches that a small picture has room for."""

    def __init__(self, knowledge: Knowledge, kind: Callable[[str], str], order: Callable[[str], object]) -> None:
        self.kind, self.order = kind, order
        self.verbs = frozenset(verbs(knowledge.store))
        self._members = knowledge.groups
        self._groups: dict[frozenset[str], str] = {}
        for group, members in sorted(knowledge.groups.items(), reverse=True):
            self._groups[frozenset(members)] = group

    def branches(self, ties: Iterable[Tie], most: int) -> tuple[list[Branch], int]:
        """At most *most* twigs, the weightiest relations first, and how many neighbours are left out.

        A surer tie of the same verb makes a less sure one needless, and a tie to a group those to all its members. From
        `MANY` of one kind on, neighbours are one twig.
        """
        found, room, left_out = list[Branch](), most, set[str]()
        for (verbs_, is_out, modality), things in self._alike(self._needed(ties)):
            twigs = self._twigs(things)
            kept, rest = twigs[:room], twigs[room:]
            room -= len(kept)
            found += [Branch(verbs_, is_out, modality, tuple(kept))] if kept else []
            left_out |= {thing for twig in rest for thing in twig.things}
        shown = {thing for branch in found for twig in branch.twigs for thing in twig.things}
        return found, len(left_out - shown)

    def _needed(self, ties: Iterable[Tie]) -> list[Tie]:
        surest: dict[tuple[str, bool, str], Tie] = {}
        for tie in sorted(ties, key=lambda one: MODALITIES.index(one.modality)):
            surest.setdefault((tie.verb, tie.is_out, tie.other), tie)
        for tie in list(surest.values()):
            members = {(tie.verb, tie.is_out, one) for one in self._members.get(tie.other, ())}
            if members <= surest.keys():
                for one in members:
                    del surest[one]
        return list(surest.values())

    def _alike(self, ties: Iterable[Tie]) -> list[tuple[tuple[tuple[str, ...], bool, str], set[str]]]:
        """Neighbours by the verbs that tie them, in the order of a picture."""
        by_other: dict[tuple[bool, str, str], list[str]] = {}
        for tie in ties:
            by_other.setdefault((tie.is_out, tie.modality, tie.other), []).append(tie.verb)
        found: dict[tuple[tuple[str, ...], bool, str], set[str]] = {}
        for (is_out, modality, other), own in by_other.items():
            found.setdefault((tuple(sorted(own, key=self._weight)), is_out, modality), set()).add(other)

        def place(one: tuple[tuple[tuple[str, ...], bool, str], set[str]]) -> tuple[object, ...]:
            (verbs_, is_out, modality), _ = one
            weights = [self._weight(verb) for verb in verbs_]
            return modality != "stated", weights[0][0], MODALITIES.index(modality), not is_out, weights

        return sorted(found.items(), key=place)

    def _weight(self, verb: str) -> tuple[int, str]:
        """Verbs before belonging, and that before the rest."""
        return (0 if verb in self.verbs or verb == APPOINTS_SEATS else 1 if verb in _WITHIN else 2), verb

    def _twigs(self, things: set[str]) -> list[Twig]:
        """Neighbours in order, the many of a kind folded; folded ones first."""
        by_kind: dict[str, list[str]] = {}
        for thing in sorted(things, key=self.order):  # type: ignore[arg-type]
            by_kind.setdefault(self.kind(thing), []).append(thing)
        folded = [
            Twig(tuple(own), self._groups.get(frozenset(own), "")) for own in by_kind.values() if len(own) >= MANY
        ]
        alone = [thing for own in by_kind.values() if len(own) < MANY for thing in own]
        return folded + [Twig((thing,)) for thing in sorted(alone, key=self.order)]  # type: ignore[arg-type]


__all__ = ["MANY", "Branch", "Folding", "Tie", "Twig", "surroundings"]
