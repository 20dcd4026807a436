"""Periods and days along an axis of years, as inline SVG; things with the same period share a bar.

::

    timeline = Timeline(knowledge, texts, collection=iri)
    timeline.picture(link, at="2024-08")    # *at* marks a date; nothing here knows what day it is

A bar is solid where every reading of the dates puts the time inside, and open where some do: what ends in 2026 ends on
any of its days. A bound that is not given is a dotted line; *tills vidare* is an arrow; what is not settled is hollow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..collation import swedish
from ..knowledge import Knowledge
from ..layout import wrapped
from ..period import PartialDate, Period, asked_date
from ..reports.dates import Dates, Day, Span
from ..terms import FACT_MODALITIES
from ..texts import Texts
from .svg import Link, Picture, cut, drawing, element, linked, nowhere, text

WIDTH = 360
_LEFT, _RIGHT, _TOP = 10, 338, 60
_BAR, _LINE, _HEAD = 10, 15, 15
_CHARS = 54
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class _Group:
    """Things with one period (or one day), said in one modality."""

    period: Period
    is_day: bool
    modality: str
    derived: bool
    things: tuple[tuple[str, str], ...]
    """(IRI, name and what it is) in Swedish order."""


class Timeline:
    """Everything of a collection that has a date."""

    def __init__(self, knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> None:
        self.knowledge, self.texts, self.collection = knowledge, texts, collection
        self.dates = Dates(knowledge, collection)
        self._names = self.dates.names(texts)
        self.groups = self._grouped()
        self._first, self._last = 2000, 2001

    def picture(self, link: Link = nowhere, *, at: str | None = None) -> Picture:
        """The axis with its bars, by beginning; raises `QueryError` when *at* is no date."""
        moment = asked_date(at, "at") if at else None
        self._years(moment)
        parts, y = [], float(_TOP)
        for group in self.groups:
            drawn, y = self._group(group, y, link)
            parts.append(drawn)
        place = self.knowledge.things.label(self.collection, self.texts.lang) if self.collection else ""
        where = self.texts("common.in_collection", name=place) if place else ""
        title = self.texts("timeline_picture.title", where=where)
        heading = element("text", text(title), x=_LEFT, y=17, class_="heading")
        body = (heading, self._axis(y), self._marked(moment, y) if moment else "", *parts, self._key(y))
        desc = self.texts("timeline_picture.desc", things=self.texts.count("subject", len(self.dates.things)))
        is_linked = any(link(iri) for one in self.groups for iri, _ in one.things)
        return Picture(drawing(WIDTH, y + 56, *body, title=title, desc=desc, kind="timeline", is_linked=is_linked))

    def _years(self, moment: PartialDate | None) -> None:
        """The axis holds every bound, and the date that is asked about."""
        years = [end.year for one in self.groups for end in _extent(one.period)]
        years += [moment.earliest.year] if moment else []
        self._first, self._last = (min(years), max(years) + 1) if years else (2000, 2001)

    def _grouped(self) -> list[_Group]:
        found: dict[tuple[Period, bool, str, bool], list[tuple[str, str]]] = {}
        for span in self.dates.spans:
            found.setdefault((span.period, False, _group_of(span), span.derived), []).append(
                (span.thing, self._names[span.thing])
            )
        for day in self.dates.days:
            said = self.texts(f"timeline.{day.key}") if day.key != "date" else self.dates.kind(day.thing, self.texts)
            named = self.texts("timeline_picture.day", name=self._names[day.thing], what=said)
            found.setdefault((Period(day.date, day.date), True, _group_of(day), False), []).append((day.thing, named))
        groups = [_Group(*key, tuple(sorted(set(own), key=_by_name))) for key, own in found.items()]
        return sorted(groups, key=_by_time)

    def _x(self, moment: date) -> float:
        """Where a day begins on the axis."""
        whole = (date(self._last, 1, 1) - date(self._first, 1, 1)).days
        return _LEFT + (_RIGHT - _LEFT) * (moment - date(self._first, 1, 1)).days / whole

    def _stretch(self, first: date, last: date) -> tuple[float, float]:
        """Both days inside, at least wide enough to be seen."""
        start, end = self._x(first), self._x(last + timedelta(days=1))
        return start, max(end, start + 2)

    def _axis(self, bottom: float) -> str:
        """Years with lines down through the picture."""
        step = -(-(self._last - self._first) // _MOST_TICKS)
        parts = []
        for year in range(self._first, self._last + 1, step):
            x = self._x(date(year, 1, 1))
            parts.append(element("path", d=f"M{x:.1f} {_TOP - 10}V{bottom:g}", class_="grid"))
            anchor = "start" if x < _LEFT + 12 else "middle"
            parts.append(element("text", str(year), x=x, y=_TOP - 14, class_="year", text_anchor=anchor))
        return element("g", *parts, aria_hidden="true")

    def _marked(self, moment: PartialDate, bottom: float) -> str:
        """The date that is asked about, as wide as it is given."""
        start, end = (min(max(x, _LEFT), _RIGHT) for x in self._stretch(moment.earliest, moment.latest))
        said = element("text", text(moment), x=(start + end) / 2, y=_TOP - 27, class_="at")
        return (
            element(
                "rect", x=start, y=_TOP - 24, width=max(end - start, 1.5), height=bottom - _TOP + 24, class_="moment"
            )
            + said
        )

    def _group(self, group: _Group, y: float, link: Link) -> tuple[str, float]:
        """When, the bar, and what; and where it ends."""
        head = element(
            "text",
            text(self._when(group)),
            x=self._head_x(group),
            y=y + 11,
            class_="when",
            text_anchor=self._anchor(group),
        )
        bar = self._day(group, y + _HEAD) if group.is_day else self._bar(group, y + _HEAD)
        y += _HEAD + _BAR + 4
        parts = [head, bar]
        for iri, name in group.things:
            lines = cut(wrapped(name, _CHARS, self.texts.lang), 2)
            words = [
                element("text", text(line), x=_LEFT + 8 * (number > 0), y=y + 11 + _LINE * number, class_="what")
                for number, line in enumerate(lines)
            ]
            parts.append(linked(link(iri), *words, label=f"{name}: {self._when(group)}"))
            y += _LINE * len(lines)
        return element("g", *parts), y + 9

    def _head_x(self, group: _Group) -> float:
        start, end = (self._x(one) for one in _extent(group.period))
        return start if self._anchor(group) == "start" else max(end, _LEFT)

    def _anchor(self, group: _Group) -> str:
        """Words that begin late end with their bar instead."""
        return "start" if self._x(_extent(group.period)[0]) < (_LEFT + _RIGHT) / 2 else "end"

    def _when(self, group: _Group) -> str:
        """Dates as printed, with what is less than a plain statement."""
        period = group.period
        unknown = self.texts("timeline.not_given")
        start = str(period.start) if period.start else unknown
        end = str(period.end) if period.end else self.texts("timeline.open_ended") if period.open_ended else unknown
        said = start if group.is_day or start == end else self.texts("timeline_picture.from_to", start=start, end=end)
        if group.modality not in FACT_MODALITIES:
            said = self.texts("timeline_picture.unsure", what=said, modality=self.texts(f"modality.{group.modality}"))
        return self.texts("timeline_picture.derived", what=said) if group.derived else said

    def _bar(self, group: _Group, y: float) -> str:
        """What is possible as an open bar, what is certain as a solid one in it."""
        period, kind = group.period, "sure" if group.modality in FACT_MODALITIES else "unsure"
        (first, last), middle = _extent(period), y + _BAR / 2
        start, end = self._stretch(first, last)
        parts = []
        if period.start is None:
            parts.append(element("path", d=f"M{_LEFT} {middle:g}H{start:.1f}", class_="unknown"))
        if period.end is None and not period.open_ended:
            parts.append(element("path", d=f"M{end:.1f} {middle:g}H{_RIGHT}", class_="unknown"))
        if period.open_ended and period.end is None:
            end = _RIGHT
            parts.append(
                element(
                    "path", d=f"M{_RIGHT} {y - 2:g}l9 {_BAR / 2 + 2:g}-9 {_BAR / 2 + 2:g}z", class_=f"certain {kind}"
                )
            )
        parts.append(element("rect", x=start, y=y, width=end - start, height=_BAR, rx=2, class_="possible"))
        certain = _certain(period, date(self._last, 1, 1))
        if certain:
            inner = self._stretch(*certain)
            parts.append(
                element(
                    "rect",
                    x=inner[0],
                    y=y,
                    width=min(inner[1], _RIGHT) - inner[0],
                    height=_BAR,
                    class_=f"certain {kind}",
                )
            )
        return "".join(parts)

    def _day(self, group: _Group, y: float) -> str:
        """A day as a diamond; a month or a year as the open stretch that it may fall in, with one in the middle."""
        first, last = _extent(group.period)
        start, end = self._stretch(first, last)
        kind = "sure" if group.modality in FACT_MODALITIES else "unsure"
        middle = (start + end) / 2
        parts = (
            []
            if first == last
            else [element("rect", x=start, y=y, width=end - start, height=_BAR, rx=2, class_="possible")]
        )
        reach = _BAR / 2 + 1
        diamond = f"M{middle:.1f} {y - 1:g}l{reach:g} {reach:g}-{reach:g} {reach:g}-{reach:g}-{reach:g}z"
        parts.append(element("path", d=diamond, class_=f"certain {kind}"))
        return "".join(parts)

    def _key(self, y: float) -> str:
        """What the forms mean."""
        parts = []
        for number, (key, form) in enumerate(_FORMS):
            x, at = _LEFT + 172 * (number % 2), y + 8 + 20 * (number // 2)
            shown = element("g", form, transform=f"translate({x} {at:g})")
            parts += [
                shown,
                element("text", text(self.texts(f"timeline_picture.{key}")), x=x + 32, y=at + 9, class_="keyed"),
            ]
        return element("g", *parts, class_="key")


_FORMS = (
    ("certain", element("rect", width=26, height=_BAR, class_="certain sure")),
    ("possible", element("rect", width=26, height=_BAR, rx=2, class_="possible")),
    ("unsettled", element("rect", width=26, height=_BAR, class_="certain unsure")),
    ("unknown", element("path", d=f"M0 {_BAR // 2}H26", class_="unknown")),
)


def _extent(period: Period) -> tuple[date, date]:
    """First and last day that any given bound allows."""
    given = [one for one in (period.start, period.end) if one]
    return given[0].earliest, given[-1].latest


def _certain(period: Period, horizon: date) -> tuple[date, date] | None:
    """First and last day that every reading puts inside; nothing where there is none."""
    if period.start is None or (period.end is None and not period.open_ended):
        return None
    first, last = period.start.latest, period.end.earliest if period.end else horizon
    return (first, last) if first <= last else None


def _group_of(one: Span | Day) -> str:
    return "stated" if one.modality in FACT_MODALITIES else one.modality


def _by_name(pair: tuple[str, str]) -> tuple[object, ...]:
    return swedish(pair[1]), pair[0]


def _by_time(group: _Group) -> tuple[object, ...]:
    first, last = _extent(group.period)
    return (
        first,
        last,
        group.is_day,
        group.modality not in FACT_MODALITIES,
        group.modality,
        group.derived,
        str(group.period),
    )


__all__ = ["Timeline"]
