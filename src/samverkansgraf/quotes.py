"""The full wording of passages, and where they stand, from the source texts that are at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .anchors import AnchorError, SourceText, Span
from .build import read_corpus
from .documents import TODO, Reading
from .errors import WorkspaceError
from .knowledge import Knowledge
from .sources import by_file, locate_all, source_path
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """Where one anchor stands; ``skip`` is the reason why the place states nothing, else ``passage`` is an IRI."""

    span: Span
    passage: str
    section: str
    skip: str


@dataclass(frozen=True, slots=True)
class LocatedText:
    """The part of a source text that one document is, and its places in the order of the text."""

    document: str
    source: SourceText
    within: Span
    places: tuple[Place, ...]

    def wording(self, span: Span) -> str:
        """The words of *span*, white space folded."""
        return self.source.text[span.start : span.end]


def located_texts(workspace: Workspace, folders: Sequence[Path]) -> dict[str, LocatedText]:
    """Document IRI → its text, for every document whose source is in *folders*.

    A text whose bytes are not those that the document names is not its text. An anchor that matches no one place is
    left out: `sources.check_sources` tells of it.
    """
    found: dict[str, LocatedText] = {}
    for name, group in by_file(read_corpus(workspace).readings).items():
        path = source_path(name, folders)
        if path is None:
            continue
        source = _readable(path)
        own = [(reading, about) for reading, about in group if source and about.get("sourceHash") == source.sha256]
        if source and own:
            found |= _located(own, source)
    return found


def quotes(knowledge: Knowledge, folders: Sequence[Path]) -> dict[str, str]:
    """Passage IRI → its full wording, for the passages of *knowledge* whose source text is in *folders*."""
    return {
        place.passage: text.wording(place.span)
        for text in located_texts(knowledge.workspace, folders).values()
        for place in text.places
        if place.passage in knowledge.book.passages
    }


def quotes_at_hand(knowledge: Knowledge, folders: Sequence[Path]) -> dict[str, str]:
    """The same; `WorkspaceError` says where was looked when there is nothing to quote."""
    found = quotes(knowledge, folders)
    if not found:
        where = ", ".join(map(str, folders)) or "no folder"
        raise WorkspaceError(f"No source text found, looked in {where}; give the folder with --sources.")
    return found


def _readable(path: Path) -> SourceText | None:
    try:
        return SourceText.read(path)
    except UnicodeDecodeError:
        return None


def _located(group: list[tuple[Reading, dict[str, str]]], source: SourceText) -> dict[str, LocatedText]:
    spans, _ = locate_all(group, source)
    span_of = {id(anchor): span for anchor, span in spans}
    places: dict[str, list[Place]] = {}
    parts: dict[str, Span] = {}
    for reading, about in group:
        try:
            parts[reading.iri] = source.part(about.get("partStart", ""), about.get("partEnd", ""))
        except AnchorError:
            continue
        places.setdefault(reading.iri, []).extend(
            Place(span_of[id(anchor)], anchor.passage, anchor.section, anchor.skip)
            for anchor in reading.anchors
            if id(anchor) in span_of and anchor.skip != TODO
        )
    return {
        iri: LocatedText(iri, source, parts[iri], tuple(sorted(listed, key=_order))) for iri, listed in places.items()
    }


def _order(place: Place) -> tuple[int, int, str]:
    """By where a place begins, the longer first."""
    return place.span.start, -place.span.end, place.passage
