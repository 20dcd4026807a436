"""A document file to fill in: one passage a sentence, bullet or table row, anchors proved to match that place only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .anchors import ELLIPSIS, AnchorError, SourceText, Span
from .documents import TODO
from .paragraphs import HEADING, Block, blocks, sentences

_WORDS = re.compile(r"\S+")
_WHOLE = 10
"""An anchor of at most so many words is the whole sentence."""
_SIDES = ((5, 4), (4, 6), (8, 8), (10, 10), (16, 12))
"""Words on each side of the ellipsis, tried in order."""
_BEFORE = (5, 8, 12, 20, 40)
"""Words of `after:`, tried in order."""
_PAGE_NUMBER = re.compile(r"[\s.]\d{1,3}\Z")
_DOTS = re.compile(r"(?:\.\s?){3,}\s*\d{1,3}\Z")
_FEWEST_CONTENTS = 3
_START = "Början"
_HEAD = """\
# yaml-language-server: $schema={schema}
# Utkast ur {file}.
# Ersätt `skip: {todo}` på varje ställe med `states:` (det som stället säger) eller med en orsak att hoppa över det:
# contents, furniture, repeated, rhetoric, background eller contact. Det som är kvar räknas som orört.
#
# type är Agreement, Plan, Strategy, Minutes, Memo, Compilation eller Mandate.
# status är adopted (antagen), offered (utsänd), draft (utkast), minutes (protokoll), issued, replaced eller unknown.
id: doc:{stem}
type: Agreement
name: {name}
status: unknown
collection: {collection}
sourceFile: {file}
sourceHash: {digest}
passages:
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place to be read: its section, the anchor that names it and no other place, and why it may be skipped."""

    span: Span
    line: int
    section: str
    anchor: str
    after: str = ""
    skip: str = TODO


def draft(source: SourceText, *, stem: str, collection: str, schema: str) -> str:
    """YAML of a document on *source* with a place for everything in it.

    *collection* is its value as YAML, *schema* the path from the document to its JSON Schema.
    """
    proposals = propose(source)
    first = next((one for one in blocks(source) if one.kind == HEADING), None)
    name = _words(source, first) if first else stem
    head = _HEAD.format(
        schema=schema, file=source.path.name, todo=TODO, stem=stem, name=_quoted(name), collection=collection,
        digest=source.sha256,
    )  # fmt: skip
    return head + "".join(map(_written, proposals))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _written(one: Proposal) -> str:
    lines = [f"\n  # rad {one.line}", f"  - section: {_quoted(one.section)}", f"    anchor: {_quoted(one.anchor)}"]
    lines += [f"    after: {_quoted(one.after)}"] if one.after else []
    return "\n".join([*lines, f"    skip: {one.skip}\n"])


def propose(source: SourceText) -> list[Proposal]:
    """Places of *source* in order; those whose words no anchor can single out join the place before them."""
    found = list(_contents(source))
    source.contents = sorted(one.span for one in found)
    for section, span in _places(source):
        if any(one.start < span.end and span.start < one.end for one in source.contents):
            continue
        anchored = _anchored(source, span)
        if anchored:
            found.append(Proposal(span, source.line(span.start), section, *anchored))
        elif found and (joined := _anchored(source, Span(found[-1].span.start, span.end))):
            last = found.pop()
            found.append(Proposal(Span(last.span.start, span.end), last.line, last.section, *joined))
    return sorted(found, key=lambda one: one.span)


def _places(source: SourceText) -> Iterator[tuple[str, Span]]:
    """(section, span) of every heading, sentence, bullet and row that holds a letter or digit."""
    section = _START
    for block in blocks(source):
        if block.kind == HEADING:
            section = _words(source, block)
        for span in sentences(source, block):
            words = source.text[span.start : span.end]
            held = [index for index, char in enumerate(words) if char.isalnum()]
            if held:
                yield section, Span(span.start + held[0], span.start + held[-1] + 1)


def _contents(source: SourceText) -> Iterator[Proposal]:
    """The page of contents: a run of lines that end in a page number, some behind dots, with the heading above them."""
    previous: Block | None = None
    for listed, group in groupby(blocks(source), key=lambda block: bool(_PAGE_NUMBER.search(_words(source, block)))):
        run = list(group)
        dotted = sum(bool(_DOTS.search(_words(source, block))) for block in run)
        if listed and dotted >= _FEWEST_CONTENTS:
            headed = previous is not None and previous.kind == HEADING
            span = Span(previous.span.start if headed and previous else run[0].span.start, run[-1].span.end)
            if anchored := _anchored(source, span):
                yield Proposal(span, source.line(span.start), "Innehåll", *anchored, skip="contents")
        previous = run[-1]


def _words(source: SourceText, block: Block) -> str:
    return source.text[block.span.start : block.span.end]


def _anchored(source: SourceText, span: Span) -> tuple[str, str] | None:
    """(anchor, after) that match *span* and no other place, the shortest tried first; None when there are none."""
    words = [Span(m.start(), m.end()) for m in _WORDS.finditer(source.text, span.start, span.end)]
    anchors = list(_anchors(source, words))
    for after in ("", *_befores(source, span.start)):
        for anchor in anchors:
            if _matches(source, anchor, after, span):
                return anchor, after
    return None


def _anchors(source: SourceText, words: Sequence[Span]) -> Iterator[str]:
    text = source.text
    whole = text[words[0].start : words[-1].end]
    if len(words) <= _WHOLE:
        yield whole
    for first, last in _SIDES:
        if first + last < len(words):
            yield f"{text[words[0].start : words[first - 1].end]} {ELLIPSIS} {text[words[-last].start : words[-1].end]}"
    if len(words) > _WHOLE:
        yield whole


def _befores(source: SourceText, position: int) -> Iterator[str]:
    """Words that stand before *position*, ever more of them."""
    words = list(_WORDS.finditer(source.text, max(0, position - 600), position))
    for count in _BEFORE:
        if words:
            start = words[-min(count, len(words))].start()
            yield source.text[start:position].strip()


def _matches(source: SourceText, anchor: str, after: str, span: Span) -> bool:
    try:
        return source.find(anchor, after=after) == span
    except AnchorError:
        return False


__all__ = ["Proposal", "draft", "propose"]
