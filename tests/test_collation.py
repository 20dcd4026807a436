"""Swedish order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.collation import swedish

words = st.text(max_size=12)


@pytest.mark.parametrize(
    "ordered",
    [
        ["Zorn", "Åre", "Ärla", "Örebro"],
        ["az", "aå", "aä", "aö", "ba"],
        ["§ 2", "§ 9", "§ 10"],
        ["eda", "Éda", "Edb"],
        ["Habo", "Håbo"],
        ["kommun", "Kommun", "kommuner"],
    ],
)
def test_order_is_the_one_of_a_swedish_register(ordered: list[str]) -> None:
    """Å, ä, ö come last in that order, numbers by value, accents and case only where nothing else differs."""
    backwards = ordered[::-1]
    assert [one.casefold() for one in sorted(backwards, key=swedish)] == [one.casefold() for one in ordered]


@given(st.text("abcxyz", max_size=4), st.sampled_from("åäöÅÄÖ"), st.sampled_from("abcdefghijklmnopqrstuvxyzABCXYZé"))
def test_the_last_three_letters_come_after_every_other(before: str, last: str, other: str) -> None:
    """A word with å, ä or ö comes after the word with any other letter in its place."""
    assert swedish(before + other) < swedish(before + last)


@given(st.lists(words, max_size=12))
def test_order_is_total(texts: list[str]) -> None:
    """Texts that differ never compare equal, so the same texts always come in the same order."""
    ordered = sorted(texts, key=swedish)
    backwards = texts[::-1]
    assert ordered == sorted(backwards, key=swedish)
    assert all((swedish(one) == swedish(other)) == (one == other) for one, other in pairwise(ordered))


@given(words, words)
def test_any_two_texts_compare(one: str, other: str) -> None:
    """Digits, letters, signs and empty texts have one order among them."""
    assert (swedish(one) < swedish(other)) + (swedish(other) < swedish(one)) == (one != other)
