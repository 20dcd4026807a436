"""Text tables that fit a width."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.layout import NARROWEST, blocks, broken, paragraph, table, widths, wrapped

words = st.text("abcdeåäö", min_size=1, max_size=30)
cells = st.lists(words, max_size=6).map(" ".join)
langs = st.sampled_from(["sv", "en"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of one to seven columns."""
    count = draw(st.integers(1, 7))
    rows = draw(st.lists(st.lists(cells, min_size=count, max_size=count), max_size=4))
    return draw(st.lists(words, min_size=count, max_size=count)), rows


def letters(text: str) -> str:
    """*text* without spaces, hyphens and rules."""
    return re.sub(r"[\s─-]", "", text)


@given(words, st.integers(6, 40), langs)
def test_broken_word_fits_and_is_whole(word: str, width: int, lang: str) -> None:
    """No piece is wider than the width, and the pieces without their hyphens are the word."""
    pieces = broken(word, width, lang)
    assert max(map(len, pieces)) <= width
    assert letters("".join(pieces)) == word


@given(cells, st.integers(6, 40), langs)
def test_wrapped_text_fits_and_is_whole(text: str, width: int, lang: str) -> None:
    """No line is wider than the width and no letter is lost or moved."""
    lines = wrapped(text, width, lang)
    assert max(map(len, lines)) <= width
    assert letters("".join(lines)) == letters(text)


@given(tables(), st.integers(24, 100), langs)
def test_table_fits_and_loses_no_text(made: tuple[list[str], list[list[str]]], width: int, lang: str) -> None:
    """No line of a table is wider than the width, and every letter of every cell is there, headings too."""
    heads, rows = made
    lines = table(heads, rows, width=width, lang=lang, right=frozenset({1}))
    assert max(map(len, lines)) <= width
    shown = sorted(letters("".join(lines)))
    groups = blocks([heads, *rows], width)
    assert shown == sorted(letters("".join(row[i] for group in groups for i in group for row in [heads, *rows])))
    assert {i for group in groups for i in group} == set(range(len(heads)))
    assert all(group[0] == 0 for group in groups)


@given(tables(), st.integers(24, 100))
def test_columns_are_never_narrower_than_they_need(made: tuple[list[str], list[list[str]]], width: int) -> None:
    """Where everything fits, each column is as wide as its content; a column always has room for a short word."""
    grid = [made[0], *made[1]]
    found = widths(grid, width)
    natural = [max(len(row[i]) for row in grid) for i in range(len(grid[0]))]
    if sum(natural) + 2 * (len(natural) - 1) <= width:
        assert found == natural
    longest = [max((len(word) for row in grid for word in row[i].split()), default=0) for i in range(len(natural))]
    assert all(size >= min(NARROWEST, word) for size, word in zip(found, longest, strict=True))


@given(st.text("abc åäö", max_size=200), st.integers(20, 100))
def test_paragraph_fits(text: str, width: int) -> None:
    """A paragraph keeps its words within the width; an empty one is one empty line."""
    lines = paragraph(text, width, indent="  ")
    assert max(map(len, lines)) <= width
    assert letters("".join(lines)) == letters(text)


@pytest.mark.parametrize(
    ("word", "width", "lang", "pieces"),
    [
        ("utvecklingsförvaltningen", 14, "sv", ["utvecklings-", "förvaltningen"]),
        ("kort", 10, "sv", ["kort"]),
        ("123456789012", 6, "sv", ["123456", "789012"]),
    ],
)
def test_words_break_where_swedish_breaks_them(word: str, width: int, lang: str, pieces: list[str]) -> None:
    """Long words break by the patterns of the language, and hard only where it has no place."""
    assert broken(word, width, lang) == pieces


def test_table_as_it_looks() -> None:
    """Numbers stand to the right, a rule under the headings, and lines carry no trailing space."""
    lines = table(["Forum", "Platser"], [["PKD", "30"], ["DU", "7"]], width=40, lang="sv", right=frozenset({1}))
    assert lines == ["Forum  Platser", "──────────────", "PKD         30", "DU           7"]


def test_too_many_columns_come_as_several_tables() -> None:
    """Columns that do not fit come below, each time with the first column."""
    lines = table(["Kommun", *(f"Kolumn{i}" for i in range(6))], [["Umeå", *"123456"]], width=30, lang="sv")
    assert sum(line.startswith("Kommun") for line in lines) > 1
    assert sum(line.startswith("Umeå") for line in lines) == lines.count("") + 1
