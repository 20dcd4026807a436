"""Seats that a kommun fills in forums: members and substitutes, every figure given, with the places that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import ORG, PROV, SG
from ..texts import Texts
from . import wording
from .table import Cell

_SEATS = f"""
SELECT DISTINCT ?kommun ?by ?forum ?allocation ?members ?substitutes WHERE {{
  ?allocation a <{SG.SeatAllocation}> ; <{SG.forum}> ?forum ; <{SG.appointedBy}> ?by .
  {{ ?by a <{SG.Municipality}> . BIND(?by AS ?kommun) }}
  UNION {{ ?by a <{SG.Body}> ; <{ORG.unitOf}> ?kommun . ?kommun a <{SG.Municipality}> }}
  OPTIONAL {{ ?allocation <{SG.members}> ?members }}
  OPTIONAL {{ ?allocation <{SG.substitutes}> ?substitutes }}
}}
"""
_JOINT = f"""
SELECT DISTINCT ?allocation WHERE {{
  ?allocation a <{SG.SeatAllocation}> ; <{SG.forum}> ?forum ; <{SG.appointedBy}> ?one , ?other .
  FILTER(?one != ?other)
}}
"""
_WRITTEN = f"""
SELECT ?allocation ?passage ?drawn WHERE {{{{
  VALUES ?allocation {{{{ {{allocations}} }}}}
  OPTIONAL {{{{ ?allocation <{PROV.wasDerivedFrom}> ?origin . ?origin a <{SG.SeatAllocation}> }}}}
  BIND(COALESCE(?origin, ?allocation) AS ?source)
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{{{ ?source a <{SG.SeatAllocation}> }}}}
  OPTIONAL {{{{ ?source <{SG.base}drawnFrom>|<{SG.base}drawnFromEach> ?drawn }}}}
}}}}
"""
_STATED = f"""
SELECT ?forum ?key ?value WHERE {{
  VALUES ?key {{ <{SG.seats}> <{SG.base}allocatedSeats> <{SG.leavesOpen}> }}
  ?forum a <{SG.Forum}> ; ?key ?value .
}}
"""
KINDS = ("members", "substitutes")
Figures = tuple[int, ...]
"""Every number that documents give for the same: one where they agree, several where they do not, none where no number is given."""  # noqa: E501


@dataclass(slots=True)
class Allocation:
    """One allocation of seats in a forum: who appoints, whence they come, its numbers, and where it is written."""

    by: str
    numbers: dict[str, set[int]] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def add(self, kind: str, number: int) -> None:
        """One number of *kind*; a second that is not the same contradicts it."""
        self.numbers.setdefault(kind, set()).add(number)


@dataclass(slots=True)
class Seats:
    """What one kommun fills in one forum."""

    members: Figures = ()
    substitutes: Figures = ()
    passages: set[Passage] = field(default_factory=set)
    derived: bool = True

    def cell(self, texts: Texts) -> str:
        """Members, substitutes in brackets; ``●`` where no number is given."""
        if not self.members:
            return "●"
        extra = f" ({told(self.substitutes, texts)})" if any(self.substitutes) else ""
        return f"{told(self.members, texts)}{extra}"


def seats(knowledge: Knowledge, collection: str | None = None) -> dict[tuple[str, str], Seats]:
    """Seats by (kommun, forum), of allocations that the kommun or a body of it appoints alone.

    Numbers are sums over allocations, and where two places disagree every sum there can be (see `figures`). A part of
    another allocation is not counted; one that several appoint together gives a place without a number. Only what
    documents of *collection* say, when it is given.
    """
    knowledge.book.read(SG.appointedBy)
    joint = {row["allocation"].value for row in knowledge.store.select(_JOINT)}
    found: dict[tuple[str, str], Seats] = {}
    parts: dict[tuple[str, str], dict[str, Allocation]] = {}
    for kommun_, by_, forum_, allocation_, *numbers in knowledge.store.select(_SEATS):
        pair, by, allocation = (kommun_.value, forum_.value), by_.value, allocation_.value
        if allocation not in (own := parts.setdefault(pair, {})):
            if not place(found, pair, knowledge, (allocation, SG.appointedBy, by), collection):
                continue
            own[allocation] = Allocation(by)
        for kind, number in zip(KINDS, numbers, strict=True):
            if number is not None and allocation not in joint:
                own[allocation].add(kind, int(number.value))
    _locate(knowledge, parts)
    for pair, seat in found.items():
        seat.members, seat.substitutes = (figures(parts[pair].values(), kind) for kind in KINDS)
    return found


def place(
    found: dict[tuple[str, str], Seats], pair: tuple[str, str], knowledge: Knowledge, triple: tuple[str, str, str],
    collection: str | None,
) -> bool:  # fmt: skip
    """Put the places of *triple* to what *pair* has; whether there was one in *collection*, when it is given."""
    evidence = knowledge.evidence(*triple)
    passages = knowledge.passages((one.iri for one in evidence.passages), collection)
    if collection is not None and not passages:
        return False
    seat = found.setdefault(pair, Seats())
    seat.passages.update(passages)
    seat.derived &= evidence.derived
    return True


def _locate(knowledge: Knowledge, parts: Mapping[tuple[str, str], Mapping[str, Allocation]]) -> None:
    """Tell allocations of the same seats where they are written and whence they are drawn; others need it not."""
    several = {iri: one for own in parts.values() if len(own) > 1 for iri, one in own.items()}
    listed = " ".join(f"<{iri}>" for iri in sorted(several))
    for row in knowledge.store.select(_WRITTEN.format(allocations=listed)) if several else ():
        one = several[row["allocation"].value]
        one.places.add(row["passage"].value)
        one.drawn |= {row["drawn"].value} if row["drawn"] is not None else set()


def figures(allocations: Iterable[Allocation], kind: str) -> Figures:
    """Every number of seats that *allocations* of one kommun in one forum can give together.

    They are added; but two in different places, by the same body and drawn from the same, that have different numbers
    (of *kind* or the other) are two statements about the same seats: either may hold, and so may either number of one
    that has two.
    """
    same: dict[tuple[str, frozenset[str]], list[Allocation]] = {}
    for one in allocations:
        same.setdefault((one.by, frozenset(one.drawn)), []).append(one)
    return added(_either(own, kind) for own in same.values())


def _either(own: list[Allocation], kind: str) -> Figures:
    given = [one.numbers[kind] for one in own if one.numbers.get(kind)]
    if any(_contradicts(one, other) for one, other in combinations(own, 2)):
        return tuple(sorted(set().union(*given)))
    return added(given)


def _contradicts(one: Allocation, other: Allocation) -> bool:
    if one.places & other.places:
        return False
    pairs = [(one.numbers.get(kind), other.numbers.get(kind)) for kind in KINDS]
    return any(first and second and first != second for first, second in pairs)


def added(parts: Iterable[Iterable[int]]) -> Figures:
    """Every sum of one number from each of *parts*, least first; parts without a number add nothing.

    >>> added([(2,), (1, 3), ()]), added([()])
    ((3, 5), ())
    """
    known = [set(part) for part in parts if part]
    sums = {0} if known else set()
    for part in known:
        sums = {one + other for one in sums for other in part}
    return tuple(sorted(sums))


def told(numbers: Iterable[int], texts: Texts) -> Cell:
    """A number, ``2 eller 3`` where documents disagree, nothing where there is none."""
    listed = list(numbers)
    return wording.enumerated(map(str, listed), texts, word="or") if len(listed) > 1 else listed[0] if listed else None


def spoken(numbers: Figures, texts: Texts) -> str:
    """``30 platser``; ``30 eller 31 platser`` where documents disagree."""
    *others, last = numbers
    return wording.enumerated([*map(str, others), texts.count("seat", last)], texts, word="or")


@dataclass(frozen=True, slots=True)
class Total:
    """What is said of a forum as a whole: printed numbers of seats, sums of allocations, or that it is left open."""

    stated: Figures
    summed: Figures
    is_open: bool

    @property
    def differs(self) -> bool:
        """Whether two figures for the whole are not the same."""
        return len({*self.stated, *self.summed}) > 1


def totals(knowledge: Knowledge) -> dict[str, Total]:
    """Totals by forum."""
    found: dict[str, dict[str, set[str]]] = {}
    for forum, key, value in knowledge.store.select(_STATED):
        found.setdefault(forum.value, {}).setdefault(key.value.removeprefix(SG.base), set()).add(value.value)
    return {
        forum: Total(
            stated=tuple(sorted(map(int, said.get("seats", ())))),
            summed=tuple(sorted(map(int, said.get("allocatedSeats", ())))),
            is_open=SG.seats in said.get("leavesOpen", ()),
        )
        for forum, said in found.items()
    }


def total_note(total: Total, name: str, texts: Texts) -> str:
    """Stated seats beside the sum of those allocated; nothing where nothing is said of the whole."""
    key = "stated" if total.summed else "only_stated"
    if not total.stated:
        key = "only_sum" if total.summed else "open"
    if key == "open" and not total.is_open:
        return ""
    return texts(f"membership.{key}", name=name, stated=told(total.stated, texts), sum=told(total.summed, texts))
