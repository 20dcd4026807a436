"""Partial dates: as precise as the document, and no more."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

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
