"""How a text is laid out: what a block is, and where sentences end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.anchors import SourceText, Span
from samverkansgraf.paragraphs import blocks, sentences

MARKED = """\
# Avtal om samverkan

MELLAN
REGION NORR

Rådet har tre leda-
möter. De utses av
kommunerna.

- Första punkten
- Andra punkten,
  som fortsätter
1) Tredje

Namn\tParti
Maja\t(X)

---

ANSVAR

Slutet av en mening som en sidbrytning

delar i två.
"""
BROKEN = """\
Samverkan mellan regionen och kommunerna i länet sker enligt
denna överenskommelse och gäller tills vidare för samtliga parter.
Andra synpunkter
Det finns även synpunkter på frågor som inte är lösta i texten
och de kommenteras nedan av styrgruppen i dess helhet i bilaga.
Arboga 724 102
"""


def text(raw: str) -> SourceText:
    """A source text that is in no file."""
    return SourceText(Path("avtal.txt"), raw)


def shown(raw: str) -> list[tuple[str, str]]:
    """Kind and words of every block."""
    source = text(raw)
    return [(block.kind, source.text[block.span.start : block.span.end]) for block in blocks(source)]


def test_blocks_of_a_marked_text() -> None:
    """Headings, paragraphs, bullets and rows; rules are none, and a sentence goes on behind a blank line."""
    assert shown(MARKED) == [
        ("heading", "Avtal om samverkan"),
        ("paragraph", "MELLAN REGION NORR"),
        ("paragraph", "Rådet har tre ledamöter. De utses av kommunerna."),
        ("bullet", "- Första punkten"),
        ("bullet", "- Andra punkten, som fortsätter"),
        ("bullet", "1) Tredje"),
        ("row", "Namn Parti"),
        ("row", "Maja (X)"),
        ("heading", "ANSVAR"),
        ("paragraph", "Slutet av en mening som en sidbrytning delar i två."),
    ]


def test_short_line_of_a_broken_text_is_a_heading_or_a_row() -> None:
    """Where lines run to the margin, one that stops short and ends no sentence stands alone."""
    assert [kind for kind, _ in shown(BROKEN)] == ["paragraph", "heading", "paragraph", "row"]


def test_cells_of_a_row_are_divided_by_tabs() -> None:
    """Empty cells are left out, and blanks beside a tab belong to none."""
    source = text("Namn\tParti \t\tOrt\n")
    (row,) = blocks(source)
    assert [source.text[cell.start : cell.end] for cell in source.cells(row.span)] == ["Namn", "Parti", "Ort"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Rådet har tre ledamöter. De utses.", ["Rådet har tre ledamöter.", "De utses."]),
        ("Det gäller t.ex. Umeå och bl.a. Vännäs.", ["Det gäller t.ex. Umeå och bl.a. Vännäs."]),
        ("Enligt kap. 3 i lagen. Då gäller det.", ["Enligt kap. 3 i lagen.", "Då gäller det."]),
        ("Är det så? Ja! ”Det är det.” Bra.", ["Är det så?", "Ja!", "”Det är det.”", "Bra."]),
        ("Avgiften är 1 000 kr. Den betalas.", ["Avgiften är 1 000 kr.", "Den betalas."]),
        ("2.1 Ansvar. Rådet svarar.", ["2.1 Ansvar.", "Rådet svarar."]),
    ],
)
def test_sentences_end_where_a_person_ends_them(raw: str, expected: list[str]) -> None:
    """Abbreviations, ordinals and quotations do not mislead."""
    source = text(raw)
    spans = [span for block in blocks(source) for span in sentences(source, block)]
    assert [source.text[span.start : span.end] for span in spans] == expected


def test_blocks_are_cut_at_the_part_of_a_bundle() -> None:
    """Only what lies in the part is shown."""
    source = text("Del A har tre.\n\nDel B har fyra.\n")
    within = source.part("har tre", "Del B")
    assert [source.text[one.span.start : one.span.end] for one in blocks(source, within)] == ["har tre.", "Del B"]


@given(st.text(alphabet=st.sampled_from("aÅ1.-–#*\t \n(:t"), max_size=80))
def test_blocks_and_sentences_lose_no_letter(raw: str) -> None:
    """Whatever the text, its letters and digits are each in one block and in one sentence of it, in order."""
    source = text(raw)
    found = blocks(source)
    spans = [span for block in found for span in sentences(source, block)]
    for listed in ([block.span for block in found], spans):
        assert listed == sorted(listed)
        assert letters_in(source, listed) == [char for char in source.text if char.isalnum()]


def letters_in(source: SourceText, spans: list[Span]) -> list[str]:
    """Letters and digits of *spans*, one after the other."""
    return [char for span in spans for char in source.text[span.start : span.end] if char.isalnum()]
