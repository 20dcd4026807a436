"""Periods and days that passages give, and those that rules conclude, each as precise as the document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..evidence import Passage
from ..knowledge import Knowledge
from ..period import PartialDate, Period
from ..terms import FACT_MODALITIES, ORG, SG, UNSAID
from ..texts import Texts
from .nodes import read_nodes, spelled

BOUNDS = ("validFrom", "validUntil", "openEnded")
DAYS = ("date", "dueBy", "reviewedIn")
_DATED = f"""
SELECT ?passage ?thing ?key ?value WHERE {{
  VALUES ?key {{ {" ".join(f"<{SG.base}{key}>" for key in (*BOUNDS, *DAYS))} }}
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?thing ?key ?value }}
}}
"""
_CONCLUDED = """
SELECT ?thing ?key ?value WHERE {
  VALUES ?key {
    <https://w3id.org/samverkansgraf/ns#effectiveFrom> <https://w3id.org/samverkansgraf/ns#effectiveUntil>
    <https://w3id.org/samverkansgraf/ns#year>
  }
  ?thing ?key ?value
}
"""
_BOUND_OF = {"effectiveFrom": ("validFrom",), "effectiveUntil": ("validUntil",), "year": ("validFrom", "validUntil")}
_SPELLED = (
    ORG.Membership,
    SG.Flow,
    SG.Decision,
    SG.base + "Instalment",
    SG.Contribution,
    SG.Assignment,
    SG.SeatAllocation,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A period of a thing as one modality gives it; ``derived`` when a rule concluded a bound."""

    thing: str
    period: Period
    modality: str
    derived: bool
    evidence: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A date of a thing: ``key`` is ``date``, ``dueBy`` or ``reviewedIn``."""

    thing: str
    key: str
    date: PartialDate
    modality: str
    evidence: tuple[Passage, ...]


@dataclass(slots=True)
class _Bounds:
    """Values of each bound, with their passages; those that a rule concluded are kept apart."""

    said: dict[str, dict[str, set[Passage]]] = field(default_factory=dict)
    concluded: dict[str, dict[str, set[Passage]]] = field(default_factory=dict)

    def of(self, key: str) -> list[tuple[str, frozenset[Passage], bool]]:
        """(value, passages, derived) of *key*: what passages say, else what a rule concluded, else one empty value."""
        found, derived = (self.said, False) if key in self.said else (self.concluded, True)
        return [(v, frozenset(p), derived) for v, p in sorted(found.get(key, {}).items())] or [("", frozenset(), False)]


class Dates:
    """Every span and day of *collection* (of all without one), read in two queries."""

    def __init__(self, knowledge: Knowledge, collection: str | None) -> None:
        self.knowledge, self.collection = knowledge, collection
        self.days: list[Day] = []
        self._bounds: dict[tuple[str, str], _Bounds] = {}
        days: dict[tuple[str, str, str, str], set[Passage]] = {}
        for place, *terms in knowledge.store.select(_DATED):
            thing, key, value = (term.value for term in terms)
            key, passage = key.partition("#")[2], knowledge.passage(place.value, collection)
            if not passage or passage.modality in UNSAID:
                continue
            if key in DAYS:
                days.setdefault((thing, key, value, passage.modality), set()).add(passage)
            elif (key, value) != ("openEnded", "false"):
                self._of(thing, passage.modality).said.setdefault(key, {}).setdefault(value, set()).add(passage)
        for (thing, key, value, modality), places in sorted(days.items()):
            self.days.append(Day(thing, key, PartialDate.parse(value), modality, tuple(sorted(places))))
        self._conclude()

    def _passages(self, iris: Iterable[str]) -> list[Passage]:
        return [p for p in self.knowledge.passages(iris, self.collection) if p.modality not in UNSAID]

    def _of(self, thing: str, modality: str) -> _Bounds:
        group = "stated" if modality in FACT_MODALITIES else modality
        return self._bounds.setdefault((thing, group), _Bounds())

    def _conclude(self) -> None:
        self.knowledge.book.read(*(SG.base + key for key in _BOUND_OF))
        for row in self.knowledge.store.select(_CONCLUDED):
            thing, value = row["thing"].value, row["value"]
            own = self._bounds.get((thing, "stated"), _Bounds()).said
            bounds = [key for key in _BOUND_OF[row["key"].value.partition("#")[2]] if key not in own]
            if "validUntil" in bounds and "openEnded" in own:
                bounds.remove("validUntil")
            places = self._premises(thing, row["key"].value, str(value)) if bounds else []
            for key in bounds if places else ():
                self._of(thing, "stated").concluded.setdefault(key, {}).setdefault(value.value, set()).update(places)

    def _premises(self, thing: str, key: str, value: str) -> list[Passage]:
        """Passages behind a conclusion; none when it rests on nothing in the collection."""
        evidence = self.knowledge.book.of(f"<{thing}>", f"<{key}>", value)
        return self._passages(passage.iri for passage in evidence.passages)

    @cached_property
    def spans(self) -> list[Span]:
        """One per thing, modality (stated and inferred are one) and pair of bounds: figures that disagree all stand."""
        return [
            _span(thing, modality, [start, end, *opened])
            for (thing, modality), bounds in sorted(self._bounds.items())
            for opened in [[one for one in bounds.of("openEnded") if one[0]]]
            for start in bounds.of("validFrom")
            for end in bounds.of("validUntil")
        ]

    @cached_property
    def things(self) -> set[str]:
        """Everything that has a date."""
        return {span.thing for span in self.spans} | {day.thing for day in self.days}

    def names(self, texts: Texts) -> dict[str, str]:
        """What to call everything that has a date; nodes without a name are spelled out."""
        things = self.knowledge.things
        found = {thing: things.label(thing, texts.lang) for thing in self.things}
        if bare := self.things - things.namings.keys():
            nodes = read_nodes(self.knowledge, *_SPELLED)
            found |= {node.iri: spelled(node, self.knowledge, texts) for node in nodes if node.iri in bare}
        return found

    def kind(self, thing: str, texts: Texts) -> str:
        """Name of the narrowest class of *thing* (the first in the alphabet where there are several)."""
        kinds = self.knowledge.narrowest(thing)
        return min((self.knowledge.things.label(kind, texts.lang) for kind in kinds), default="")


def _span(thing: str, modality: str, bounds: list[tuple[str, frozenset[Passage], bool]]) -> Span:
    (start, _, _), (end, _, _), *opened = bounds
    evidence = tuple(sorted(set().union(*(places for _, places, _ in bounds))))
    inferred = any(places and {one.modality for one in places} == {"inferred"} for _, places, _ in bounds)
    first, last = (PartialDate.parse(text) if text else None for text in (start, end))
    derived = any(one for _, _, one in bounds)
    return Span(thing, Period(first, last, bool(opened)), "inferred" if inferred else modality, derived, evidence)
