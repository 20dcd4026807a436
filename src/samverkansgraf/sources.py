"""The source texts: are they the ones that anchors refer to, is every anchor found, how much is covered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .anchors import AnchorError, SourceText, Span, digest, letters, untouched
from .documents import TODO, Anchor, Reading
from .errors import Finding
from .progress import told
from .tables import is_workbook


@dataclass(slots=True)
class Coverage:
    """One source file against the documents made from it; counts are letters and digits of the whole file.

    The anchors of a workbook are sheets and rows: they are not searched for, and nothing of it is counted.
    """

    file: str
    found: bool
    documents: list[str] = field(default_factory=list)
    anchors: int = 0
    todo: int = 0
    total: int = 0
    anchored: int = 0
    skipped: int = 0
    gaps: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        """Whether anchors are searched for in it."""
        return not is_workbook(self.file)

    @property
    def untouched(self) -> int:
        """Letters and digits that no anchor and no skip covers; what is still to do is not covered."""
        return self.total - self.anchored - self.skipped


def by_file(readings: Iterable[Reading]) -> dict[str, list[tuple[Reading, dict[str, str]]]]:
    """Source file → the readings that anchor in it, each with its source settings; a file of persons has its document's."""  # noqa: E501
    readings = list(readings)
    settings = {reading.iri: reading.source for reading in readings if reading.source}
    found: dict[str, list[tuple[Reading, dict[str, str]]]] = {}
    for reading in readings:
        if reading.anchors and (about := settings.get(reading.iri)):
            found.setdefault(about.get("sourceFile", ""), []).append((reading, about))
    return dict(sorted(found.items()))


def source_path(name: str, folders: Sequence[Path]) -> Path | None:
    """The source file *name* in the first of *folders* that has it."""
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def check_sources(readings: Iterable[Reading], folders: Sequence[Path]) -> tuple[list[Coverage], list[Finding]]:
    """Locate every anchor of every reading; return coverage per source file (sorted) and all findings.

    A source that no folder has gives a `Coverage` with ``found`` False and is no finding.
    """
    coverages, findings = [], []
    for name, group in told(by_file(readings).items(), "Finding anchors"):
        coverage, problems = _check_file(name, group, source_path(name, folders))
        coverages.append(coverage)
        findings += problems
    return coverages, findings


def _check_file(
    name: str, group: list[tuple[Reading, dict[str, str]]], path: Path | None
) -> tuple[Coverage, list[Finding]]:
    coverage = Coverage(name, path is not None, [reading.iri for reading, _ in group])
    coverage.anchors = sum(len(reading.anchors) for reading, _ in group)
    coverage.todo = sum(anchor.skip == TODO for reading, _ in group for anchor in reading.anchors)
    if path is None:
        return coverage, []
    if not coverage.is_text:
        return coverage, _other_bytes(group, path, f"; run `samverkansgraf import {name} --replace`")
    try:
        source = SourceText.read(path)
    except UnicodeDecodeError:
        return coverage, [Finding(str(path), 0, "not UTF-8; save the text as UTF-8")]
    findings = _other_bytes(group, path)
    spans, problems = locate_all(group, source)
    skipped = [span for anchor, span in spans if anchor.skip not in {"", TODO}]
    anchored = [span for anchor, span in spans if not anchor.skip]
    _count(coverage, source, anchored, skipped)
    return coverage, findings + problems


def _other_bytes(group: list[tuple[Reading, dict[str, str]]], path: Path, advice: str = "") -> list[Finding]:
    """Documents that were made from other bytes than those of *path*."""
    seen = digest(path.read_bytes())
    return [
        Finding(reading.file, 0, f"sourceHash differs from {path.name}, which is {seen}{advice}")
        for reading, about in group
        if about.get("sourceHash") != seen
    ]


def locate_all(
    readings: Sequence[tuple[Reading, dict[str, str]]], source: SourceText
) -> tuple[list[tuple[Anchor, Span]], list[Finding]]:
    """Span of each anchor of *readings* (with their source settings) in *source*, and what did not match one place.

    Contents pages are located first and then skipped when the other anchors are searched.
    """
    contents, findings = _locate(readings, source, contents=True)
    source.contents = sorted(span for _, span in contents)
    others, problems = _locate(readings, source, contents=False)
    return contents + others, findings + problems


def _locate(
    readings: Sequence[tuple[Reading, dict[str, str]]], source: SourceText, *, contents: bool
) -> tuple[list[tuple[Anchor, Span]], list[Finding]]:
    found: list[tuple[Anchor, Span]] = []
    findings: list[Finding] = []
    for reading, about in readings:
        try:
            within = source.part(about.get("partStart", ""), about.get("partEnd", ""))
        except AnchorError as exc:
            findings.append(Finding(reading.file, 1, f"partStart/partEnd: {exc}"))
            continue
        for anchor in reading.anchors:
            if (anchor.skip == "contents") != contents:
                continue
            try:
                found.append((anchor, source.find(anchor.text, after=anchor.after, within=within)))
            except AnchorError as exc:
                findings.append(Finding(reading.file, anchor.line, f"anchor {anchor.text!r}: {exc}"))
    return found, findings


def _count(coverage: Coverage, source: SourceText, anchored: list[Span], skipped: list[Span]) -> None:
    whole = Span(0, len(source.text))
    coverage.total = letters(source.text, [whole])
    coverage.anchored = letters(source.text, anchored)
    coverage.skipped = letters(source.text, [*anchored, *skipped]) - coverage.anchored
    for gap in untouched(source.text, [*anchored, *skipped], whole):
        words = source.text[gap.start : gap.end].strip()
        shown = words if len(words) < 60 else f"{words[:28]} … {words[-28:]}"
        coverage.gaps.append(f"{source.line(gap.start)}: {shown}")
