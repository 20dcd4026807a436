"""Partial dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.period import Certainty, PartialDate, Period
from samverkansgraf.terms import XSD

texts = st.dates().flatmap(lambda day: st.sampled_from([day.isoformat()[:length] for length in (4, 7, 10)]))


@given(texts)
def test_earliest_is_not_after_latest(text: str) -> None:
    """The first day that a date may mean is not after the last; a full date is one day."""
    parsed = PartialDate.parse(text)
    assert parsed.earliest <= parsed.latest
    assert (parsed.earliest == parsed.latest) == (len(text) == 10)


@given(texts)
def test_bounds_are_the_days_that_begin_with_the_text(text: str) -> None:
    """Every day within the bounds is written with the text in front, and the days just outside are not."""
    parsed = PartialDate.parse(text)
    assert parsed.earliest.isoformat().startswith(text)
    assert parsed.latest.isoformat().startswith(text)
    if parsed.earliest > date.min:
        assert not (parsed.earliest - timedelta(days=1)).isoformat().startswith(text)
    if parsed.latest < date.max:
        assert not (parsed.latest + timedelta(days=1)).isoformat().startswith(text)


@given(texts)
def test_datatype_follows_length(text: str) -> None:
    """A year is a gYear, a month a gYearMonth, a day a date; the text itself is kept."""
    parsed = PartialDate.parse(text)
    assert parsed.datatype == {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}[len(text)]
    assert str(parsed) == text


@pytest.mark.parametrize(
    ("text", "day"), [("2024-02", 29), ("2023-02", 28), ("1900-02", 28), ("2000-02", 29), ("2024-04", 30)]
)
def test_month_ends_on_its_last_day(text: str, day: int) -> None:
    """The last day of a month follows the calendar, leap years included."""
    assert PartialDate.parse(text).latest.day == day


@pytest.mark.parametrize(
    "text", ["", "24", "2024-8", "2024-08-1", "2024/08", "20240819", "2024-08-19T00:00", "２０２４", "2024\n"]
)
def test_other_forms_are_refused_with_the_forms_that_are_read(text: str) -> None:
    """What is no date says how dates are written."""
    with pytest.raises(ValueError, match="is no date; write 2024, 2024-08 or 2024-08-19"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["0000", "2024-00", "2024-13", "2023-02-29", "2024-04-31", "2024-01-00"])
def test_days_outside_the_calendar_are_refused(text: str) -> None:
    """A month 13 or a 30 February is no date."""
    with pytest.raises(ValueError, match="is no day of the calendar"):
        PartialDate.parse(text)


partial = texts.map(PartialDate.parse)
periods = st.builds(Period, st.none() | partial, st.none() | partial, st.booleans())
near = st.dates(date(2023, 1, 1), date(2025, 12, 31))
near_partial = near.flatmap(lambda day: st.sampled_from([day.isoformat()[:n] for n in (4, 7, 10)])).map(
    PartialDate.parse
)
near_periods = st.builds(Period, st.none() | near_partial, st.none() | near_partial, st.booleans())


def days(moment: PartialDate) -> st.SearchStrategy[date]:
    """Days that *moment* may mean."""
    return st.dates(moment.earliest, moment.latest)


def wider(moment: PartialDate) -> list[PartialDate]:
    """Less precise readings of *moment*, and itself."""
    return [PartialDate.parse(moment.text[:length]) for length in (4, 7, 10) if length <= len(moment.text)]


def covers(start: date | None, end: date | None, day: date) -> bool:
    """Whether a period with known days, or with none on a side, has *day*."""
    return (start is None or start <= day) and (end is None or day <= end)


@given(near_periods, near_partial, st.data())
def test_certain_and_no_hold_in_every_world(period: Period, moment: PartialDate, data: st.DataObject) -> None:
    """Choose a day for each date: what is certain covers the day, what is ruled out does not."""
    start, end = (data.draw(days(one)) if one else None for one in (period.start, period.end))
    day, answer = data.draw(days(moment)), period.at(moment)
    if answer is Certainty.CERTAIN:
        assert covers(start, end, day)
    if answer is Certainty.NO:
        assert not covers(start, end, day)


@given(near_periods, near_partial)
def test_possible_has_a_world_for_and_one_against(period: Period, moment: PartialDate) -> None:
    """What is possible is covered in some choice of days and not in another."""
    if period.at(moment) is Certainty.POSSIBLE:
        assert period.start is not None
        starts = (period.start.earliest, period.start.latest)
        ends = (period.end.earliest, period.end.latest) if period.end else (None,)
        worlds = {covers(s, e, d) for s in starts for e in ends for d in (moment.earliest, moment.latest)}
        between = period.start.earliest <= moment.latest and (
            period.end is None or period.end.latest >= moment.earliest
        )
        assert False in worlds
        assert between


@given(near_periods, near)
def test_a_day_certainly_inside_is_possible_for_less_precise_readings(period: Period, day: date) -> None:
    """A day that is certain is never ruled out when asked about as its month or year."""
    asked = PartialDate.parse(day.isoformat())
    if period.at(asked) is Certainty.CERTAIN:
        assert all(period.at(one) in {Certainty.CERTAIN, Certainty.POSSIBLE} for one in wider(asked))


@given(near_periods, near_partial)
def test_less_precise_dates_never_say_more(period: Period, moment: PartialDate) -> None:
    """Widening a date or leaving it out turns no answer into a firmer one, and NO never into CERTAIN."""
    before = period.at(moment)
    for start in [*(wider(period.start) if period.start else []), None]:
        for end in [*(wider(period.end) if period.end else []), period.end]:
            after = Period(start, end, period.open_ended).at(moment)
            if after in {Certainty.CERTAIN, Certainty.NO}:
                assert after is before


@given(periods, partial)
def test_unknown_exactly_where_a_bound_is_missing_and_nothing_rules_it_out(period: Period, moment: PartialDate) -> None:
    """Unknown is said only of a missing beginning, or an end neither given nor *tills vidare*."""
    missing = period.start is None or (period.end is None and not period.open_ended)
    ruled_out = period.is_over(moment) or period.is_ahead(moment)
    assert (period.at(moment) is Certainty.UNKNOWN) == (missing and not ruled_out)
    assert (period.at(moment) is Certainty.NO) == ruled_out


@pytest.mark.parametrize(
    ("start", "end", "asked", "answer"),
    [
        ("2023", "2026", "2024-08-19", "certain"), ("2023", "2026", "2024", "certain"),
        ("2023", "2026", "2023-05", "possible"), ("2023", "2026", "2026", "possible"),
        ("2023", "2026", "2027", "no"), ("2023", "2026", "2022-12-31", "no"),
        ("1993", "", "2024", "unknown"), ("", "2025", "2024", "unknown"), ("", "2025", "2026-01", "no"),
        ("2017-01-01", "…", "2040", "certain"), ("2017-01-01", "…", "2017", "certain"), ("2024", "2024", "2024-05", "possible"),  # noqa: E501
    ],
)  # fmt: skip
def test_period_at_a_date(start: str, end: str, asked: str, answer: str) -> None:
    """Worked cases; ``…`` is *tills vidare*."""
    ends = None if end in {"", "…"} else PartialDate.parse(end)
    period = Period(PartialDate.parse(start) if start else None, ends, end == "…")
    assert period.at(PartialDate.parse(asked)) is Certainty(answer)
