"""Partial dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.period import PartialDate
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


@pytest.mark.parametrize(("text", "day"), [("2024-02", 29), ("2023-02", 28), ("1900-02", 28), ("2000-02", 29), ("2024-04", 30)])
def test_month_ends_on_its_last_day(text: str, day: int) -> None:
    """The last day of a month follows the calendar, leap years included."""
    assert PartialDate.parse(text).latest.day == day


@pytest.mark.parametrize("text", ["", "24", "2024-8", "2024-08-1", "2024/08", "20240819", "2024-08-19T00:00", "２０２４", "2024\n"])
def test_other_forms_are_refused_with_the_forms_that_are_read(text: str) -> None:
    """What is no date says how dates are written."""
    with pytest.raises(ValueError, match="is no date; write 2024, 2024-08 or 2024-08-19"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["0000", "2024-00", "2024-13", "2023-02-29", "2024-04-31", "2024-01-00"])
def test_days_outside_the_calendar_are_refused(text: str) -> None:
    """A month 13 or a 30 February is no date."""
    with pytest.raises(ValueError, match="is no day of the calendar"):
        PartialDate.parse(text)
