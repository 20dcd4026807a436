"""How much of each source document the data covers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..build import read_corpus
from ..errors import Finding
from ..sources import Coverage, check_sources
from ..texts import Texts
from ..workspace import Workspace
from .table import Column, Report, Row, Table


def sources(workspace: Workspace, folders: Sequence[Path], texts: Texts) -> tuple[Report, list[Finding]]:
    """One row per source file: share of its letters and digits anchored, skipped and untouched; and all findings.

    The second table lists every untouched stretch with its line in the source.
    """
    corpus = read_corpus(workspace)
    coverages, findings = check_sources(corpus.readings, folders)
    shares = ("anchored", "skipped", "untouched")
    heads = [Column("file", texts("sources.file")), Column("anchors", texts("sources.anchors"), "integer")]
    heads += [Column(share, texts(f"sources.{share}"), "text", "%") for share in shares]
    rows = tuple(_row(coverage, shares, texts) for coverage in coverages)
    gaps = tuple(Row((coverage.file, gap), "") for coverage in coverages for gap in coverage.gaps)
    two = (Column("file", texts("sources.file")), Column("untouched", texts("sources.untouched")))
    tables = [Table("", tuple(heads), rows), *([Table(texts("sources.untouched"), two, gaps)] if gaps else [])]
    found = sum(coverage.found for coverage in coverages)
    answer = texts(
        "sources.answer",
        found=found,
        all=len(coverages),
        anchors=sum(c.anchors for c in coverages if c.found and c.is_text),
        wrong=len(findings),
    )
    examined = texts("common.examined", what=texts("sources.counted", files=len(coverages)))
    report = Report("sources", texts("sources.title"), answer, examined, tuple(tables), lang=texts.lang)
    return report, sorted(set(corpus.findings + findings))


def _row(coverage: Coverage, shares: Sequence[str], texts: Texts) -> Row:
    if not coverage.found:
        return Row((coverage.file, coverage.anchors, *[texts("sources.missing")] * len(shares)), "")
    if not coverage.is_text:
        return Row((coverage.file, coverage.anchors, *[texts("sources.workbook")] * len(shares)), "")
    whole = max(coverage.total, 1)
    return Row((coverage.file, coverage.anchors, *(f"{getattr(coverage, share) / whole:.1%}" for share in shares)), "")
