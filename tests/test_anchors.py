"""Anchors in source texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samverkansgraf.anchors import AnchorError, SourceText, Span, fold, fold_words, letters, untouched
from workbench import sha256

words = st.text("abcåäö", min_size=1, max_size=3)
texts = st.lists(words, min_size=1, max_size=14)
breaks = st.sampled_from([" ", "  ", "\n", "\r\n", "\t", " \n\n ", "\u00a0"])


def source(text: str) -> SourceText:
    """A source text that is in no file."""
    return SourceText(Path("x.txt"), text)


@st.composite
def spans(draw: st.DrawFn) -> tuple[list[str], int, int, int, int]:
    """Words, a span of them, and how many words stand first and last in its anchor."""
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    stop = draw(st.integers(start + 1, len(text)))
    first = draw(st.integers(1, stop - start))
    last = draw(st.integers(0, stop - start - first))
    return text, start, stop, first, last


def matches(text: list[str], first: list[str], last: list[str]) -> list[tuple[int, int]]:
    """Word positions of every span that begins with *first* and ends with the nearest *last*: the plain way."""
    found = []
    for start in range(len(text)):
        if text[start : start + len(first)] != first:
            continue
        after = range(start + len(first), len(text) + 1)
        ends = [
            end for end in after if not last or (text[end - len(last) : end] == last and end - len(last) >= after[0])
        ]
        if ends:
            found.append((start, ends[0]))
    return found


@given(spans())
def test_anchor_of_first_and_nearest_last_words_is_found(case: tuple[list[str], int, int, int, int]) -> None:
    """An anchor gives the one span that a search word by word gives, and an error when there is none or several."""
    text, start, stop, first, last = case
    head, tail = text[start : start + first], text[stop - last : stop] if last else []
    anchor = " ".join(head) + (" … " + " ".join(tail) if tail else "")
    expected = matches(text, head, tail)
    assert expected
    if len(expected) > 1:
        with pytest.raises(AnchorError, match=r"matches \d places \(source lines 1"):
            source(" ".join(text)).find(anchor)
    else:
        found = source(" ".join(text)).find(anchor)
        begin, end = expected[0]
        assert " ".join(text)[found.start : found.end] == " ".join(text[begin:end])


@given(texts, st.data())
def test_white_space_makes_no_difference(text: list[str], data: st.DataObject) -> None:
    """Runs of spaces, tabs and line ends fold to one space, wherever they stand."""
    loose = "".join(data.draw(breaks) + word for word in text) + data.draw(breaks)
    assert fold_words(loose) == " ".join(text)


@given(texts, st.data())
def test_markup_makes_no_difference(text: list[str], data: st.DataObject) -> None:
    """Tags, asterisks and number signs are dropped, so an anchor is written as it is read."""
    signs = st.sampled_from(["", "<b>", "</i>", "**", "*", "#", "\u00ad", "<br/>"])
    dressed = " ".join(data.draw(signs) + word + data.draw(signs) for word in text)
    assert fold_words(dressed) == " ".join(text)


@given(
    st.text("abcåäö", min_size=1, max_size=6),
    st.text("abcåäö", min_size=1, max_size=6),
    st.sampled_from(["\n", " \n  ", "\r\n"]),
)
def test_hyphen_at_a_line_end_makes_no_difference(one: str, other: str, line_end: str) -> None:
    """A word broken at a line end is the whole word, on both sides; before a capital or inside a line the hyphen stays."""  # noqa: E501
    assert fold_words(f"{one}-{line_end}{other}") == one + other
    assert fold_words(f"{one}-\nÄ{other}") == f"{one}- Ä{other}"
    assert fold_words(f"{one}-{other}") == f"{one}-{other}"


@given(st.text("ab -*#\n\t<>/å", max_size=40))
def test_fold_says_where_each_character_stood(text: str) -> None:
    """Every kept character is at its offset in the raw text, offsets grow, and no space is doubled or at an end."""
    folded, offsets = fold(text)
    assert len(folded) == len(offsets)
    assert offsets == sorted(set(offsets))
    assert all(
        text[at] == char or (char == " " and text[at].isspace()) for char, at in zip(folded, offsets, strict=True)
    )
    assert "  " not in folded
    assert folded == folded.strip()


@given(st.text("ab -*#\n\t<>/å", max_size=40))
def test_fold_of_one_side_finds_the_other(text: str) -> None:
    """A text copied as it stands is found in itself."""
    folded = fold_words(text)
    assume(folded)
    assert source(text).find(text) == Span(0, len(folded))


@pytest.mark.parametrize(
    ("anchor", "message"),
    [
        ("finns inte", "matches no place: the words 'finns inte' are not there"),
        ("Rådet … finns inte", "matches no place: 'finns inte' does not follow 'Rådet'"),
        ("tre … Rådet", "matches no place: 'Rådet' does not follow 'tre'"),
        ("Rådet", r"matches 2 places \(source lines 1, 2\); add `after:` or more words"),
        ("", "matches no place"),
        ("…", "matches no place"),
        ("Råd", "matches no place"),
    ],
)
def test_error_says_how_many_places(anchor: str, message: str) -> None:
    """An anchor that matches none or several says so, with lines; half a word is no match."""
    with pytest.raises(AnchorError, match=message):
        source("Rådet har en ordförande.\nRådet har ledamöter, tre.").find(anchor)


def test_after_chooses_the_nearest_place_behind_it() -> None:
    """The same words recur: those behind `after` are meant, and `after` itself should match one place."""
    text = source("DU: X ledamöter. DSH: X ledamöter. PKD: X ledamöter.")
    assert text.find("X ledamöter", after="DSH").start == text.text.index("X", text.text.index("DSH"))
    with pytest.raises(AnchorError, match="`after: X` matches 3 places; it should match one"):
        text.find("ledamöter", after="X")
    with pytest.raises(AnchorError, match="`after: finns` matches no place"):
        text.find("ledamöter", after="finns")


def test_contents_pages_are_skipped() -> None:
    """A heading that stands in the contents and in the text is found in the text."""
    text = source("Innehåll: Rådet 3. Kapitel. Rådet är ett forum.")
    text.contents = [text.find("Innehåll … 3")]
    assert text.find("Rådet").start == text.text.rindex("Rådet")


def test_part_of_a_bundle_lies_between_its_anchors() -> None:
    """Only the part from `partStart` to `partEnd`, both included, is searched."""
    text = source("A början. Rådet. A slut. B början. Rådet. B slut.")
    part = text.part("B början", "B slut")
    assert text.text[part.start : part.end] == "B början. Rådet. B slut"
    assert text.find("Rådet", within=part).start == text.text.rindex("Rådet")
    assert text.part() == Span(0, len(text.text))


def test_line_is_the_line_of_the_file() -> None:
    """A folded position leads back to the line of the raw text."""
    text = source("<b>Ett</b>\n\nTvå\n  tre")
    assert [text.line(text.text.index(word)) for word in ("Ett", "Två", "tre")] == [1, 3, 4]


def test_source_is_read_as_bytes(tmp_path: Path) -> None:
    """The hash is that of the file's bytes; line ends are not changed on the way."""
    path = tmp_path / "x.txt"
    path.write_bytes(b"a\r\nb")
    text = SourceText.read(path)
    assert text.raw == "a\r\nb"
    assert text.sha256 == sha256("a\r\nb")


ranges = st.lists(
    st.builds(lambda one, other: Span(min(one, other), max(one, other)), st.integers(0, 20), st.integers(0, 20)),
    max_size=5,
)


@given(st.text("aå1 .-", min_size=20, max_size=20), ranges)
def test_letters_are_counted_once(text: str, covered: list[Span]) -> None:
    """Overlapping spans count their union, letters and digits only."""
    union = {at for span in covered for at in range(span.start, span.end)}
    assert letters(text, covered) == sum(text[at].isalnum() for at in union)


@given(st.text("aå1 .-", min_size=20, max_size=20), ranges)
def test_untouched_is_what_is_left(text: str, covered: list[Span]) -> None:
    """Spans and gaps together hold every letter, and no gap holds a covered one."""
    gaps = untouched(text, covered, Span(0, 20))
    union = {at for span in covered for at in range(span.start, span.end)}
    inside = {at for gap in gaps for at in range(gap.start, gap.end)}
    assert not union & inside
    assert {at for at in range(20) if text[at].isalnum()} <= union | inside
    assert all(any(map(str.isalnum, text[gap.start : gap.end])) for gap in gaps)
