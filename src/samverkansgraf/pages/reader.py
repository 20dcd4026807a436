"""A document as running text with its passages marked, or as sections and anchors where the text is not here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby

from ..anchors import Span, letters
from ..documents import AFTER_THE_MAIN_FILE
from ..evidence import Passage
from ..paragraphs import HEADING, PARAGRAPH
from ..quotes import LocatedText, located_texts
from ..terms import MODALITIES, UNSAID
from .addresses import passage_anchor
from .edition import Crumb, Edition, Made, Pages
from .margin import Margin
from .running_text import Line, Mark, Run, Stretch, running_text
from .shell import asset

_PAIR = """\
.stretch:has(:is(.k{k}, .n{k}):is(:hover, :focus-within, :target)) .k{k} {{ background-color: var(--lit) }}
.stretch:has(:is(.k{k}, .n{k}):is(:hover, :focus-within, :target)) .n{k} {{ display: block }}
"""
"""What pairs the words of a stretch's passage number ``k`` with its note, without a script."""
_LONGEST_NAME = 60
"""A name longer than this is a whole clause: to make a link of it would make the text one."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a text is so (anchored, skipped, untouched), as printed."""

    key: str
    printed: str


class Reader:
    """Pages of documents."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.margin = edition, Margin(edition)

    @cached_property
    def _texts(self) -> dict[str, LocatedText]:
        """Documents whose text is at hand, with the places that the graph knows."""
        known = self.edition.knowledge.book.passages
        folders = self.edition.sources
        found = located_texts(self.edition.knowledge.workspace, folders) if folders else {}
        kept = {
            iri: tuple(one for one in text.places if one.skip or one.passage in known) for iri, text in found.items()
        }
        return {iri: replace(text, places=kept[iri]) for iri, text in found.items()}

    @cached_property
    def _passages(self) -> dict[str, list[Passage]]:
        """Document → its passages in reading order."""
        every = sorted(self.edition.knowledge.book.passages.values())
        return {document: list(own) for document, own in groupby(every, key=lambda passage: passage.document)}

    def pages(self) -> Pages:
        """(path, maker) of the page of every document."""
        for document in sorted(self.edition.knowledge.documents):
            yield self.edition.addresses.page(document), partial(self.page, document)

    def page(self, document: str) -> Made:
        """The page of *document*."""
        e, known = self.edition, self.edition.knowledge.book.passages
        text = self._texts.get(document)
        stretches = running_text(text, self._names) if text else list(self._anchors(document))
        passages = self._passages.get(document, [])
        return e.page(
            e.addresses.page(document), "reader", title=e.long(document), subject=document,
            crumbs=[Crumb(e.texts("site.documents"), "documents.html")],
            styles=[asset("reader.css"), _pairs(stretches)], scripts=[asset("reader.js")],
            document=document, has_text=text is not None, stretches=stretches, known=known, margin=self.margin,
            sections=_sections(passages), shares=_shares(text, e) if text else [], anchor=passage_anchor,
            modalities=sorted({p.modality for p in passages}, key=(*MODALITIES, *sorted(UNSAID)).index),
            count=len(passages),
        )  # fmt: skip

    def _names(self, passage: str) -> Iterator[tuple[str, str]]:
        """Names of what *passage* speaks of and has a page of its own."""
        namings = self.edition.knowledge.things.namings
        for iri in self.margin.things(passage) & namings.keys() & self._linkable:
            yield from ((name, iri) for name in namings[iri].all() if len(name) <= _LONGEST_NAME)

    @cached_property
    def _linkable(self) -> frozenset[str]:
        return frozenset(self.edition.things)

    def _anchors(self, document: str) -> Iterator[Stretch]:
        """One stretch a passage: its anchor in place of its words, its section above the first of them."""
        section = ""
        for number, passage in enumerate(self._passages.get(document, ()), 1):
            mark = Mark(passage.iri, number, 1)
            lines = [Line(PARAGRAPH, (Run(passage.anchor, marks=(mark,), starts=(mark,), ends=(mark,)),))]
            if passage.section != section:
                section = passage.section
                lines.insert(0, Line(HEADING, (Run(section),)))
            yield Stretch(lines, [mark])


def _pairs(stretches: Iterable[Stretch]) -> str:
    most = max((len(stretch.marks) for stretch in stretches), default=0)
    return "".join(_PAIR.format(k=k) for k in range(1, most + 1))


def _sections(passages: Iterable[Passage]) -> list[tuple[str, str]]:
    """(section, its first passage) in reading order, each section once."""
    found: dict[str, str] = {}
    for passage in passages:
        if passage.sequence < AFTER_THE_MAIN_FILE:
            found.setdefault(passage.section, passage.iri)
    return list(found.items())


def _shares(text: LocatedText, e: Edition) -> list[Share]:
    """How much of the letters of *text* is anchored, skipped and untouched."""
    words = text.source.text
    inside = [Span(max(p.span.start, text.within.start), min(p.span.end, text.within.end)) for p in text.places]
    anchored = letters(words, [span for span, p in zip(inside, text.places, strict=True) if p.passage])
    covered, total = letters(words, inside), letters(words, [text.within])
    counts = {"anchored": anchored, "skipped": covered - anchored, "untouched": total - covered}
    return [Share(key, e.texts.percent(count, max(total, 1))) for key, count in counts.items()]


__all__ = ["Reader", "Share"]
