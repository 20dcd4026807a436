"""Partial dates, and periods between them: as precise as the document, and no more."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .errors import QueryError
from .terms import XSD

_FORMS = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day, never padded to a day.

    >>> PartialDate.parse("2024-02").latest
    datetime.date(2024, 2, 29)
    """

    text: str
    earliest: date
    latest: date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; anything else raises `ValueError`."""
        found = _FORMS.match(text)
        if found is None:
            raise ValueError(f"{text!r} is no date; write 2024, 2024-08 or 2024-08-19")
        year, month, day = (int(part) if part else None for part in found.group("year", "month", "day"))
        assert year is not None
        try:
            first = date(year, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            raise ValueError(f"{text!r} is no day of the calendar") from None
        last = date(year, first.month if month else 12, 1)
        last = first if day else last.replace(day=calendar.monthrange(last.year, last.month)[1])
        return cls(text, first, last)

    @property
    def datatype(self) -> str:
        """The XSD datatype that says how precise the date is."""
        return {4: XSD.gYear, 7: XSD.gYearMonth}.get(len(self.text), XSD.date)

    def __str__(self) -> str:
        return self.text


class Certainty(Enum):
    """Whether something holds at a date, as far as partial dates can tell."""

    CERTAIN = "certain"
    """Every reading of the dates puts all of the time asked about inside the period."""
    POSSIBLE = "possible"
    """Some readings do; or only a part of the time asked about is inside."""
    UNKNOWN = "unknown"
    """A beginning or an end is not given, and what is given does not rule it out."""
    NO = "no"
    """No reading does."""


class Situation(Enum):
    """`Certainty`, with what does not hold told apart: not yet begun, or over."""

    AHEAD = "ahead"
    CERTAIN = "certain"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"
    OVER = "over"

    @property
    def holds(self) -> bool:
        """Whether some reading puts it in force."""
        return self not in {Situation.AHEAD, Situation.OVER}


def jointly(situations: Iterable[Situation]) -> Situation:
    """How it stands with what needs all of *situations* at once: the weakest; what has no conditions is certain."""
    return max(situations, key=_WEAKER.index, default=Situation.CERTAIN)


_WEAKER = (Situation.CERTAIN, Situation.POSSIBLE, Situation.UNKNOWN, Situation.AHEAD, Situation.OVER)


def turn(before: Situation, after: Situation) -> str:
    """What happens between two situations: nothing (empty), or one of ``comes goes between weaker firmer``.

    >>> turn(Situation.AHEAD, Situation.OVER)
    'between'
    """
    if before is after:
        return ""
    if not before.holds and not after.holds:
        return "between"
    if not before.holds or not after.holds:
        return "comes" if after.holds else "goes"
    return "weaker" if _WEAKER.index(after) > _WEAKER.index(before) else "firmer"


@dataclass(frozen=True, slots=True)
class Period:
    """From *start* to *end*, both days in force, each as precise as the document or not given at all.

    *open_ended* is an end that the document gives as *tills vidare*: until someone ends it. A year is any of its days:
    what begins and ends in 2024 is in force on 1 May 2024 only possibly.

    >>> Period(PartialDate.parse("2023"), PartialDate.parse("2026")).at(PartialDate.parse("2024-08-19"))
    <Certainty.CERTAIN: 'certain'>
    """

    start: PartialDate | None
    end: PartialDate | None
    open_ended: bool = False

    def at(self, moment: PartialDate) -> Certainty:
        """Whether the period covers *moment*: all of it, when it is a month or a year."""
        if self.is_over(moment) or self.is_ahead(moment):
            return Certainty.NO
        if self.start is None or (self.end is None and not self.open_ended):
            return Certainty.UNKNOWN
        begun = self.start.latest <= moment.earliest
        lasts = self.end is None or self.end.earliest >= moment.latest
        return Certainty.CERTAIN if begun and lasts else Certainty.POSSIBLE

    def situation(self, moment: PartialDate) -> Situation:
        """`at`, with what does not hold told apart."""
        if self.is_over(moment):
            return Situation.OVER
        return Situation.AHEAD if self.is_ahead(moment) else Situation(self.at(moment).value)

    def is_over(self, moment: PartialDate) -> bool:
        """Whether the period has certainly ended before *moment*."""
        return self.end is not None and self.end.latest < moment.earliest

    def is_ahead(self, moment: PartialDate) -> bool:
        """Whether the period certainly begins after *moment*."""
        return self.start is not None and self.start.earliest > moment.latest


def asked_date(text: str, name: str) -> PartialDate:
    """The date that a person gave as *name*; `QueryError` when *text* is none."""
    try:
        return PartialDate.parse(text)
    except ValueError as exc:
        raise QueryError(f"{name}: {exc}") from exc
