"""A document's text cut at every border: blocks, passages, skipped and uncovered parts, names that lead somewhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..anchors import Span, fold_words, untouched
from ..paragraphs import ROW, Block, blocks
from ..quotes import LocatedText, Place

Names = Callable[[str], Iterable[tuple[str, str]]]
"""Passage → (name, IRI) of what it speaks of."""
_STOPS = ".,;:!?"


@dataclass(slots=True)
class Mark:
    """A passage where it is shown: its number in the document, and its place in its stretch (from 1)."""

    iri: str
    number: int
    place: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Words with the same marks. ``starts`` and ``ends`` are the passages that begin and end with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    starts: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()
    skip: str = ""
    is_last_skipped: bool = False
    is_uncovered: bool = False
    is_cell_border: bool = False
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One block as it is shown: its kind and its runs."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(slots=True)
class Stretch:
    """Lines that share passages, and so a margin."""

    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def is_uncovered(self) -> bool:
        """Whether any of it is in no passage and not skipped."""
        return any(run.is_uncovered for line in self.lines for run in line.runs)


def running_text(text: LocatedText, names: Names) -> list[Stretch]:
    """The stretches of *text* in order; every passage of *text* is marked in one of them."""
    return _Cutter(text, names).stretches()


class _Cutter:
    def __init__(self, text: LocatedText, names: Names) -> None:
        self.text = text
        self.blocks = blocks(text.source, text.within)
        self.places = [_with_stop(place, text) for place in text.places]
        passages = [place for place in self.places if place.passage]
        self.marks = {id(place): Mark(place.passage, number) for number, place in enumerate(passages, 1)}
        gaps = untouched(text.source.text, [place.span for place in self.places], text.within)
        self.gaps = [_trimmed(span, text) for span in gaps]
        self.links = _links(passages, text, names)
        self.tabs = {cell.end for block in self.blocks if block.kind == ROW for cell in text.source.cells(block.span)}
        borders = {edge for span in self._spans() for edge in (span.start, span.end)}
        self.borders = sorted(borders | self.tabs | {tab + 1 for tab in self.tabs})

    def _spans(self) -> list[Span]:
        return [*(place.span for place in self.places), *self.gaps, *(span for span, _ in self.links)]

    def stretches(self) -> list[Stretch]:
        found: list[Stretch] = []
        last = -1
        for block in self.blocks:
            if block.span.start >= last:
                found.append(Stretch())
            last = max([last, *(p.span.end for p in self._over(block.span) if p.passage)])
            found[-1].lines.append(Line(block.kind, tuple(self._runs(block, found[-1]))))
        return found

    def _over(self, span: Span) -> list[Place]:
        return [place for place in self.places if place.span.start < span.end and span.start < place.span.end]

    def _runs(self, block: Block, stretch: Stretch) -> list[Run]:
        first, last = bisect_left(self.borders, block.span.start), bisect_left(self.borders, block.span.end)
        edges = sorted({block.span.start, *self.borders[first:last], block.span.end})
        over = self._over(block.span)
        return [self._run(Span(start, end), over, stretch) for start, end in pairwise(edges)]

    def _run(self, span: Span, over: Sequence[Place], stretch: Stretch) -> Run:
        here = [place for place in over if place.span.start <= span.start < place.span.end]
        passages = [place for place in here if place.passage]
        skip = next((place for place in here if place.skip), None) if not passages else None
        return Run(
            self.text.wording(span),
            marks=tuple(self.marks[id(place)] for place in passages),
            starts=tuple(self._begun(place, stretch) for place in passages if not self.marks[id(place)].place),
            ends=tuple(self.marks[id(place)] for place in passages if self._is_last(span, place)),
            skip=skip.skip if skip else "",
            is_last_skipped=skip is not None and self._is_last(span, skip),
            is_uncovered=any(gap.start <= span.start < gap.end for gap in self.gaps),
            is_cell_border=span.start in self.tabs and span.end == span.start + 1,
            iri=next((iri for link, iri in self.links if link.start <= span.start < link.end), ""),
        )

    def _is_last(self, span: Span, place: Place) -> bool:
        """Whether nothing of *place* that is shown comes after *span*."""
        return not any(max(block.span.start, span.end) < min(block.span.end, place.span.end) for block in self.blocks)

    def _begun(self, place: Place, stretch: Stretch) -> Mark:
        mark = self.marks[id(place)]
        stretch.marks.append(mark)
        mark.place = len(stretch.marks)
        return mark


def _with_stop(place: Place, text: LocatedText) -> Place:
    """*place* with the stop that ends its sentence."""
    end = place.span.end
    while end < text.within.end and text.source.text[end] in _STOPS:
        end += 1
    return replace(place, span=Span(place.span.start, end))


def _trimmed(span: Span, text: LocatedText) -> Span:
    """*span* from its first letter or digit to its last."""
    words = text.wording(span)
    held = [index for index, char in enumerate(words) if char.isalnum()]
    return Span(span.start + held[0], span.start + held[-1] + 1)


def _links(places: Iterable[Place], text: LocatedText, names: Names) -> list[tuple[Span, str]]:
    """Where passages print the name of what they speak of: the longest names first, each thing once a passage."""
    found: list[tuple[Span, str]] = []
    for place in places:
        linked: set[str] = set()
        for name, iri in sorted(names(place.passage), key=lambda pair: (-len(pair[0]), pair)):
            span = _printed(name, place.span, text) if iri not in linked else None
            if span and not any(span.start < other.end and other.start < span.end for other, _ in found):
                found.append((span, iri))
                linked.add(iri)
    return sorted(found)


def _printed(name: str, within: Span, text: LocatedText) -> Span | None:
    pattern = re.compile(rf"(?<!\w){re.escape(fold_words(name))}(?!\w)", re.IGNORECASE)
    match = pattern.search(text.source.text, within.start, within.end) if name.strip() else None
    return Span(*match.span()) if match else None


__all__ = ["Line", "Mark", "Names", "Run", "Stretch", "running_text"]
