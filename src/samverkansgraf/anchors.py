"""Find an anchor in a source text: the first words and the nearest following last words."""

from __future__ import annotations

import bisect
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

ELLIPSIS = "…"
_MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*/?>|[*#\t]|-[ \t]*\r?\n\s*(?=[a-zåäöéü])|\u00ad")


def fold(text: str) -> tuple[str, list[int]]:
    """Text without markup, line-end hyphens and runs of white space, and where each character stood.

    >>> fold("# sam-\\nverkan  i <b>länet</b>")[0]
    'samverkan i länet'
    """
    kept: list[str] = []
    offsets: list[int] = []
    position = 0
    for drop in [*_MARKUP.finditer(text), None]:
        end = drop.start() if drop else len(text)
        for index in range(position, end):
            char = text[index]
            if not char.isspace():
                kept.append(char)
                offsets.append(index)
            elif kept and kept[-1] != " ":
                kept.append(" ")
                offsets.append(index)
        if drop is None:
            break
        if drop.group() == "\t" and kept and kept[-1] != " ":
            kept.append(" ")
            offsets.append(drop.start())
        position = drop.end()
    if kept and kept[-1] == " ":
        kept.pop()
        offsets.pop()
    return "".join(kept), offsets


def fold_words(text: str) -> str:
    """*text* folded as a source is, for comparing."""
    return fold(text)[0]


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A half-open range ``[start, end)`` of folded characters."""

    start: int
    end: int


class AnchorError(ValueError):
    """An anchor that matches no place or several."""


def digest(data: bytes) -> str:
    """Digest of *data* as ``sourceHash`` has it.

    >>> digest(b"")[:20]
    'sha256:e3b0c44298fc1'
    """
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


@dataclass
class SourceText:
    """One source text, folded once; ``contents`` are the spans skipped before searching."""

    path: Path
    raw: str
    contents: list[Span] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> SourceText:
        """Read *path* as UTF-8."""
        return cls(path, path.read_bytes().decode("utf-8"))

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return fold(self.raw)

    @property
    def text(self) -> str:
        """The folded text that spans count in."""
        return self._folded[0]

    @cached_property
    def sha256(self) -> str:
        """Digest of the file's bytes."""
        return digest(self.path.read_bytes())

    def line(self, position: int) -> int:
        """Line (from 1) of the raw text where the folded character *position* stood."""
        return self.raw.count("\n", 0, self._folded[1][min(position, len(self.text) - 1)]) + 1

    def folded(self, start: int, end: int) -> Span:
        """The folded range of the raw range ``[start, end)``, without white space at its ends."""
        offsets = self._folded[1]
        first, last = bisect.bisect_left(offsets, start), bisect.bisect_left(offsets, end)
        while first < last and self.text[first] == " ":
            first += 1
        while first < last and self.text[last - 1] == " ":
            last -= 1
        return Span(first, last)

    def cells(self, span: Span) -> list[Span]:
        """The parts of *span* that tabs divide in the raw text, empty ones left out."""
        offsets = self._folded[1]
        gaps = (i for i in range(span.start, span.end - 1) if self.text[i] == " ")
        tabs = [i for i in gaps if "\t" in self.raw[offsets[i] : offsets[i + 1]]]
        bounds = [span.start - 1, *tabs, span.end]
        return [Span(left + 1, right) for left, right in pairwise(bounds) if left + 1 < right]

    def part(self, start: str = "", end: str = "") -> Span:
        """The part of a bundle between two anchors, both included; empty anchors mean the whole text."""
        whole = Span(0, len(self.text))
        first = self.find(start, within=whole).start if start else 0
        last = self.find(end, within=Span(first, whole.end)).end if end else whole.end
        return Span(first, last)

    def find(self, anchor: str, *, after: str = "", within: Span | None = None) -> Span:
        """The one place that *anchor* names.

        With *after*, the nearest place behind those words. Raises `AnchorError` that says how many places matched.
        """
        within = within or Span(0, len(self.text))
        if after:
            within = Span(self._unique(fold_words(after), "after", within).end, within.end)
        first, _, last = (fold_words(part) for part in anchor.partition(ELLIPSIS))
        spans = self._spans(first, last, within, limit=1 if after else 9)
        if len(spans) == 1:
            return spans[0]
        if not spans:
            raise AnchorError(self._why_none(first, last, within))
        lines = ", ".join(str(self.line(span.start)) for span in spans)
        raise AnchorError(f"matches {len(spans)} places (source lines {lines}); add `after:` or more words")

    def _unique(self, words: str, what: str, within: Span) -> Span:
        spans = self._spans(words, "", within, limit=9)
        if len(spans) == 1:
            return spans[0]
        problem = f"matches {len(spans)} places" if spans else "matches no place"
        raise AnchorError(f"`{what}: {words}` {problem}; it should match one")

    def _spans(self, first: str, last: str, within: Span, *, limit: int) -> list[Span]:
        spans: list[Span] = []
        start = self._word(first, within.start, within.end)
        while start >= 0 and len(spans) < limit:
            end = start + len(first)
            if last:
                tail = self._word(last, end, within.end)
                if tail < 0:
                    break
                end = tail + len(last)
            if not self._in_contents(start):
                spans.append(Span(start, end))
            start = self._word(first, start + 1, within.end)
        return spans

    def _word(self, words: str, start: int, end: int) -> int:
        """Position of *words* standing as whole words, or -1."""
        if not words:
            return -1
        text = self.text
        position = text.find(words, start, end)
        while position >= 0:
            stop = position + len(words)
            left = position == 0 or not (text[position - 1].isalnum() and words[0].isalnum())
            right = stop >= len(text) or not (text[stop].isalnum() and words[-1].isalnum())
            if left and right:
                return position
            position = text.find(words, position + 1, end)
        return -1

    def _in_contents(self, position: int) -> bool:
        index = bisect.bisect_right(self.contents, Span(position, len(self.text))) - 1
        return index >= 0 and position < self.contents[index].end

    def _why_none(self, first: str, last: str, within: Span) -> str:
        if self._word(first, within.start, within.end) < 0:
            return f"matches no place: the words {first!r} are not there"
        return f"matches no place: {last!r} does not follow {first!r}"


def letters(text: str, spans: Iterable[Span]) -> int:
    """Number of letters and digits of *text* inside the union of *spans*."""
    count = 0
    position = 0
    for span in sorted(spans):
        begin = max(position, span.start)
        count += sum(map(str.isalnum, text[begin : span.end]))
        position = max(position, span.end)
    return count


def untouched(text: str, spans: Sequence[Span], within: Span) -> list[Span]:
    """Ranges of *within* that no span covers and that hold a letter or digit."""
    gaps: list[Span] = []
    position = within.start
    for span in [*sorted(spans), Span(within.end, within.end)]:
        if any(map(str.isalnum, text[position : span.start])):
            gaps.append(Span(position, span.start))
        position = max(position, span.end)
    return gaps
