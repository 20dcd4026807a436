"""A new version of a source text held against the documents made from the old one."""

from __future__ import annotations

import bisect
import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .anchors import ELLIPSIS, SourceText, Span, fold_words
from .documents import Anchor, Reading
from .errors import SourceError
from .files import made_folder, required_text, write_whole
from .paragraphs import blocks, sentences
from .sources import by_file, locate_all, source_path
from .workspace import Workspace

GONE, CHANGED, MOVED, SAME = "gone", "changed", "moved", "same"
_NEAR = 0.45
Group = Sequence[tuple[Reading, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one anchor: where it stands now, or (``GONE``) the place most like it, from line and words."""

    status: str
    document: str
    anchor: Anchor
    line: int = 0
    words: str = ""


def source_name(file: Path, name: str = "") -> str:
    """File name of the source that *file* is a new version of.

    >>> source_name(Path("avtal-2026.pdf")), source_name(Path("nytt.pdf"), "avtal-2026")
    ('avtal-2026.txt', 'avtal-2026.txt')
    """
    return f"{(name or file.stem).removesuffix('.txt')}.txt"


def documents_of(readings: Iterable[Reading], name: str) -> Group:
    """The readings that anchor in the source *name*; `SourceError` lists the sources there are when none does."""
    every = by_file(readings)
    if name not in every:
        raise SourceError(
            f"No document is made from {name}; there are {', '.join(every) or 'none'}. Say which with --for."
        )
    return every[name]


def old_text(group: Group, name: str, folders: Sequence[Path]) -> SourceText | None:
    """The text that *group* was written from, when a folder still has it."""
    path = source_path(name, folders)
    if path is None:
        return None
    try:
        text = SourceText.read(path)
    except UnicodeDecodeError:
        return None
    return text if all(about.get("sourceHash") == text.sha256 for _, about in group) else None


def fates(group: Group, old: SourceText | None, new: SourceText) -> list[Fate]:
    """What became of every anchor of *group*, in reading order.

    Without the old text, changed words between the ends of an anchor and changed order are not seen.
    """
    now, before = _spans(group, new), _spans(group, old) if old else {}
    stayed = _in_order([now[key] for key in sorted(before, key=lambda key: before[key]) if key in now])
    found = []
    for reading, _ in group:
        for anchor in reading.anchors:
            span, was = now.get(id(anchor)), before.get(id(anchor))
            if span is None:
                words = old.text[was.start : was.end] if old and was else anchor.text.replace(ELLIPSIS, " ")
                found.append(Fate(GONE, reading.iri, anchor, *_nearest(words, new)))
                continue
            status = SAME
            if old and was and old.text[was.start : was.end] != new.text[span.start : span.end]:
                status = CHANGED
            elif old and span not in stayed:
                status = MOVED
            found.append(Fate(status, reading.iri, anchor, new.line(span.start), new.text[span.start : span.end]))
    return found


def _spans(group: Group, source: SourceText) -> dict[int, Span]:
    return {id(anchor): span for anchor, span in locate_all(group, source)[0]}


def _in_order(spans: Sequence[Span]) -> set[Span]:
    """Most of *spans* that stand in the order they had: a longest run that does not go back."""
    ends: list[Span] = []
    trail: list[tuple[Span, int]] = []
    last: list[int] = []
    for index, span in enumerate(spans):
        place = bisect.bisect_right(ends, span)
        trail.append((span, last[place - 1] if place else -1))
        ends[place : place + 1] = [span]
        last[place : place + 1] = [index]
    kept, at = set(), last[-1] if last else -1
    while at >= 0:
        span, at = trail[at]
        kept.add(span)
    return kept


def _nearest(words: str, new: SourceText) -> tuple[int, str]:
    """(line, words) of the sentence of *new* most like *words*; nothing where none is like it."""
    wanted = fold_words(words)
    matcher = difflib.SequenceMatcher(b=wanted, autojunk=False)
    best: tuple[float, Span] | None = None
    for span in (span for block in blocks(new) for span in sentences(new, block)):
        matcher.set_seq1(new.text[span.start : span.end])
        least = best[0] if best else _NEAR
        if matcher.real_quick_ratio() > least and matcher.quick_ratio() > least and matcher.ratio() > least:
            best = (matcher.ratio(), span)
    return (new.line(best[1].start), new.text[best[1].start : best[1].end]) if best else (0, "")


def renew(workspace: Workspace, group: Group, new: str, name: str) -> list[Path]:
    """Write the new text as the source *name* and its hash in the documents of *group*; return the files."""
    assert workspace.root is not None
    target = workspace.sources_home / name
    made_folder(target.parent)
    write_whole(target, new.encode())
    digest, written = SourceText.read(target).sha256, [target]
    for reading, about in group:
        path = workspace.root / reading.file
        text = required_text(path)
        renewed = re.sub(
            rf"^(sourceHash:\s*['\"]?){re.escape(about['sourceHash'])}", rf"\g<1>{digest}", text, flags=re.MULTILINE
        )
        if renewed != text:
            write_whole(path, renewed.encode())
            written.append(path)
    return written


__all__ = ["CHANGED", "GONE", "MOVED", "SAME", "Fate", "documents_of", "fates", "old_text", "renew", "source_name"]
