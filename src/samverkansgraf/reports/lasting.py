"""What has a time: dated things, and the members, seats and relations that last no longer than those they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..evidence import Passage
from ..knowledge import Knowledge
from ..network.relations import APPOINTS_SEATS, relations
from ..period import PartialDate, Period, Situation, jointly, turn
from ..terms import FACT_MODALITIES, ORG, SG, UNSAID
from ..texts import Texts
from . import wording
from .dates import Dates, Span
from .nodes import surest

_MEMBERS = f"""
SELECT ?passage ?whole ?member ?node WHERE {{
  ?passage a <{SG.Passage}> .
  {{ GRAPH ?passage {{ ?whole <{ORG.hasMember}> ?member }} BIND(?whole AS ?node) }}
  UNION {{ GRAPH ?passage {{ ?node <{ORG.organization}> ?whole ; <{ORG.member}> ?member }} }}
}}
"""
_SEATS = f"""
SELECT ?passage ?forum ?seats WHERE {{
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?forum <{SG.seats}> ?seats }}
}}
"""
_OF_CLASS = {
    SG.Document: "agreements",
    **dict.fromkeys((ORG.Organization, SG.Body, SG.Forum, SG.Cooperation, SG.Programme, ORG.Post), "bodies"),
}
THEMES = ("agreements", "bodies", "members", "seats", "relations", "periods")
Party = tuple[str, tuple[Span, ...]]
"""A dated thing and every reading of its time that passages give."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Something that holds while all its *parties* do; ``own`` when it is itself the one party."""

    theme: str
    name: str
    parties: tuple[Party, ...]
    modality: str
    own: bool
    evidence: frozenset[Passage]

    def at(self, moment: PartialDate) -> Situation:
        """How it stands with it at *moment*, as far as the dates of its parties tell."""
        return jointly(_reading(spans, moment) for _, spans in self.parties)

    def turn(self, first: PartialDate, second: PartialDate) -> str:
        """What happens to it from *first* to *second* (see `period.turn`)."""
        change = turn(self.at(first), self.at(second))
        return "" if change == "between" and self._never() else change

    def deciding(self, first: PartialDate, second: PartialDate) -> list[Party]:
        """The parties whose own situation changes."""
        return [one for one in self.parties if _reading(one[1], first) is not _reading(one[1], second)]

    def _never(self) -> bool:
        """Whether no day lies inside the time of every party."""
        periods = [span.period for _, spans in self.parties for span in spans]
        starts = [period.start.earliest for period in periods if period.start]
        ends = [period.end.latest for period in periods if period.end]
        return bool(starts and ends) and max(starts) > min(ends)


def _reading(spans: Iterable[Span], moment: PartialDate) -> Situation:
    """One situation out of all readings: possible where they disagree and some has it in force."""
    found = {span.period.situation(moment) for span in spans}
    if len(found) == 1:
        return found.pop()
    if found & {Situation.CERTAIN, Situation.POSSIBLE}:
        return Situation.POSSIBLE
    return Situation.UNKNOWN if Situation.UNKNOWN in found else Situation.OVER


class Lasting:
    """Everything of *collection* (of all without one) whose time dates tell."""

    def __init__(self, knowledge: Knowledge, texts: Texts, collection: str | None) -> None:
        self.knowledge, self.texts, self.collection = knowledge, texts, collection
        self.dates = Dates(knowledge, collection)
        self._spans: dict[str, list[Span]] = {}
        for span in self.dates.spans:
            if span.modality in FACT_MODALITIES:
                self._spans.setdefault(span.thing, []).append(span)

    @cached_property
    def names(self) -> dict[str, str]:
        """What to call everything that has a date."""
        return self.dates.names(self.texts)

    def __iter__(self) -> Iterator[Timed]:
        joined: set[str] = set()
        for one in (*self._members(), *self._numbers(), *self._relations()):
            joined.update(thing for thing, _ in one.parties)
            yield one
        for span in self.dates.spans:
            theme = self.theme(span.thing)
            if theme not in {"members", "seats", "relations"} or span.thing not in joined:
                party = (span.thing, (span,))
                yield Timed(theme, self.names[span.thing], (party,), span.modality, True, frozenset(span.evidence))

    def theme(self, thing: str) -> str:
        """The theme that a dated thing belongs to."""
        kinds = self.knowledge.classes.get(thing, frozenset())
        nodes = ((ORG.Membership, "members"), (SG.SeatAllocation, "seats"), (SG.Flow, "relations"))
        every = (*nodes, *_OF_CLASS.items())
        return next((theme for kind, theme in every if kind in kinds), "periods")

    def _timed(self, theme: str, name: str, things: Iterable[str], places: Iterable[Passage]) -> Timed:
        parties = tuple((thing, tuple(self._spans[thing])) for thing in dict.fromkeys(things) if thing in self._spans)
        evidence = frozenset(places).union(*(span.evidence for _, spans in parties for span in spans))
        return Timed(theme, name, parties, surest(places), False, evidence)

    def _members(self) -> Iterator[Timed]:
        """One per whole, membership's own time and modality: *A, B och C ingår i D*."""
        found: dict[tuple[str, str, str], dict[str, set[Passage]]] = {}
        for row in self.knowledge.store.select(_MEMBERS):
            whole, node, member = (row[name].value for name in ("whole", "node", "member"))
            if whole in self._spans or node in self._spans:
                node = node if node in self._spans else whole
                for passage in self._said(row["passage"].value):
                    key = (whole, node, passage.modality)
                    found.setdefault(key, {}).setdefault(member, set()).add(passage)
        for (whole, node, _), members in sorted(found.items()):
            names = wording.enumerated(wording.headings(self.knowledge, members, self.texts), self.texts)
            name = self.texts("between.members_of", members=names, whole=self.called(whole))
            yield self._timed("members", name, (node, whole), set().union(*members.values()))

    def _numbers(self) -> Iterator[Timed]:
        """Numbers of seats as printed, one per forum, number and modality."""
        found: dict[tuple[str, str, str], set[Passage]] = {}
        for row in self.knowledge.store.select(_SEATS):
            if row["forum"].value in self._spans:
                for passage in self._said(row["passage"].value):
                    key = (row["forum"].value, row["seats"].value, passage.modality)
                    found.setdefault(key, set()).add(passage)
        for (forum, seats, _), places in sorted(found.items()):
            number = self.texts.count("seat", int(seats))
            yield self._timed(
                "seats", self.texts("between.seats_of", forum=self.called(forum), seats=number), (forum,), places
            )

    def _relations(self) -> Iterator[Timed]:
        for one in relations(self.knowledge):
            things = (one.node, *one.source, *one.target)
            dated = self._spans.keys() & set(things)
            if dated and (places := self.knowledge.passages(one.passages, self.collection)):
                words = wording.about(one, self.knowledge, self.texts)
                name = wording.sentence(one, self.knowledge, self.texts) + (f" ({words})" if words else "")
                yield self._timed("seats" if one.verb == APPOINTS_SEATS else "relations", name, things, places)

    def called(self, thing: str) -> str:
        """A short name of *thing*."""
        return self.knowledge.things.heading(thing, self.texts.lang)

    def _said(self, passage: str) -> list[Passage]:
        return [p for p in self.knowledge.passages([passage], self.collection) if p.modality not in UNSAID]


def printed(period: Period, texts: Texts) -> str:
    """A period as the document gives it: ``2023–2026``, ``från 2024``, ``från 2024, tills vidare``."""
    start, end = period.start or "", period.end or ""
    if start and end:
        dash = "\N{EN DASH}" if len(f"{start}{end}") == 8 else " \N{EN DASH} "
        return str(start) if str(start) == str(end) else f"{start}{dash}{end}"
    key = "open" if period.open_ended else "from" if start else "until"
    return texts(f"between.{key}", start=start or texts("timeline.not_given"), end=end)
