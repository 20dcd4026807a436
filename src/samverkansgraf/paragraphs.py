"""How a source text is laid out: headings, paragraphs, bullets, table rows and the sentences in them.

Texts come from PDF and OCR: lines are broken anywhere, headings may or may not be marked. What is read here decides
only how a text is shown and proposed to a person; where an anchor stands is `anchors.py`'s alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from .anchors import SourceText, Span

HEADING, PARAGRAPH, BULLET, ROW = "heading", "paragraph", "bullet", "row"
_MARKED_HEADING = re.compile(r"\s*#{1,6}\s*(?=\w)")
_BULLET = re.compile(r"\s*(?:[-–•▪●○◦*]|[0-9]{1,2}[.)]|[0-9]{1,2}\s*\)|[a-zåäö]\))\s+(?=\S)")
_CLOSES = re.compile(r"[.!?:;,…][\"”’')\]]*\Z")
_LONGEST_HEADING = 90
_BROKEN_AT = (45, 130)
"""Width of a text whose lines are broken at a margin."""
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"”(–§]*\s?[0-9A-ZÅÄÖÉ])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:t\.?ex|bl\.?\s?a|dvs|d\.?v\.?s|s\.?k|f\.?d|fr\.?o\.?m|t\.?o\.?m|ca|kap|nr|st|kl|tfn|tel|jfr|resp|inkl|exkl|ev|prop|dnr"
    r"|sid|[A-ZÅÄÖ])|(?:^|\s)\d{1,2}(?:\.\d{1,2})*)\.\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, bullet or table row, in folded characters."""

    span: Span
    kind: str


def blocks(source: SourceText, within: Span | None = None) -> list[Block]:
    """The blocks of *source* that hold a letter or digit, in order; those cut by *within* are cut."""
    within = within or Span(0, len(source.text))
    found = []
    for start, end, kind in _raw_blocks(source.raw):
        whole = source.folded(start, end)
        span = Span(max(whole.start, within.start), min(whole.end, within.end))
        if any(map(str.isalnum, source.text[span.start : span.end])):
            found.append(Block(span, kind))
    return found


def _raw_blocks(raw: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of each block in raw characters; the first line is short whatever its length: a title."""
    short = _short_line(raw)
    held: list[re.Match[str]] = []
    blank = begun = False
    lines = list(re.finditer(r"[^\n]*\n|[^\n]+\Z", raw))
    for line, following in zip_longest(lines, lines[1:]):
        if not line.group().strip():
            blank = True
            continue
        after = following.group() if following else ""
        if held and not _continues(held, line.group(), after, blank=blank, short=short if begun else len(raw)):
            begun = True
            yield _block(raw, held)
            held = []
        held.append(line)
        blank = False
    if held:
        yield _block(raw, held)


def _block(raw: str, lines: list[re.Match[str]]) -> tuple[int, int, str]:
    start, end = lines[0].start(), lines[-1].end()
    return start, end, _settled(raw[start:end].strip(), _kind(lines[0].group()), len(lines))


def _short_line(raw: str) -> int:
    """Length below which a line ends before the margin of a text with broken lines; 0 where lines are not broken."""
    lengths = sorted(len(line.strip()) for line in raw.splitlines() if line.strip())
    widest = lengths[len(lengths) * 9 // 10] if lengths else 0
    return widest * 6 // 10 if min(_BROKEN_AT) <= widest <= max(_BROKEN_AT) else 0


def _begins_anew(line: str) -> bool:
    first = line.lstrip()[:1]
    return not first or first.isupper() or first.isdigit()


def _kind(line: str) -> str:
    if _MARKED_HEADING.match(line):
        return HEADING
    if "\t" in line.strip():
        return ROW
    return BULLET if _BULLET.match(line) else PARAGRAPH


def _continues(held: list[re.Match[str]], line: str, after: str, *, blank: bool, short: int) -> bool:
    """Whether *line* goes on with the block of *held*: across a blank line only in mid-sentence.

    In a text with broken lines, a line that stops short of the margin ends its block, and one that stops short, ends
    no sentence and has a fresh start after it stands alone.
    """
    before = held[-1].group().strip()
    if _kind(line) != PARAGRAPH or _kind(held[0].group()) in {HEADING, ROW}:
        return False
    if blank:
        return not _CLOSES.search(before) and line.lstrip()[0].islower()
    if len(before) < short and _begins_anew(line):
        return False
    titled = len(line.strip()) < short and not _CLOSES.search(line.strip()) and _begins_anew(after)
    return not (titled and _begins_anew(line) and _CLOSES.search(before))


def _settled(text: str, kind: str, lines: int) -> str:
    """A short line that stands alone and ends no sentence is a heading, or a table row when it is mostly figures."""
    if kind != PARAGRAPH or lines > 1 or len(text) > _LONGEST_HEADING or _CLOSES.search(text) or text[0].islower():
        return kind
    words = text.split()
    figures = sum(any(map(str.isdigit, word)) for word in words)
    return ROW if figures > 1 and 2 * figures >= len(words) else HEADING


def sentences(source: SourceText, block: Block) -> list[Span]:
    """The sentences of a paragraph or bullet; a heading or a table row is one."""
    whole = block.span
    if block.kind in {HEADING, ROW}:
        return [whole]
    text = source.text[whole.start : whole.end]
    ends = [m.end() for m in _SENTENCE_END.finditer(text) if not _ABBREVIATION.search(text[: m.start() + 1])]
    bounds = [0, *ends, len(text)]
    return [Span(whole.start + first, whole.start + len(text[:last].rstrip())) for first, last in pairwise(bounds)]
