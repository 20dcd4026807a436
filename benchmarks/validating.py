"""Goal 8: validation of a graph with planted errors, whole processes, the same findings as pyshacl."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .countries import Country
from .shapes import facts, peer_findings, plant
from .timing import REPOSITORY, Differs, Process, Row, medians, peer

ONTOLOGY, FIXTURES = REPOSITORY / "ontology", REPOSITORY / "tests" / "fixtures" / "shapes"
QUADS, COPIES, RUNS, LEAST = 230_000, 5, 3, 40
"""Of so many quads beside the package's about 10⁵ are facts."""


def validation_rows(country: Country, folder: Path) -> list[Row]:
    """The row of goal 8; `Differs` when the findings do."""
    seconds, triples, findings = compared(country, folder, COPIES)
    work = f"validation of {triples} triples, {findings} findings the same"
    return [Row("8", work, "pyshacl (one run)", seconds["ours"], seconds["pyshacl"], LEAST, f"≥ {LEAST}×")]


def compared(country: Country, folder: Path, copies: int) -> tuple[dict[str, float], int, int]:
    """Both validators on the facts of a country with planted errors: seconds, triples, findings, which are the same."""
    folder.mkdir()
    graph, report = folder / "facts.nt", folder / "results.ttl"
    lines = [*facts(country.graph), *plant(FIXTURES, copies)]
    graph.write_text("".join(lines), "utf-8")
    own = Process([sys.executable, "-m", "benchmarks.validated", str(graph)], REPOSITORY)
    other = Process(peer("pyshacl_validate.py", str(graph), str(ONTOLOGY / "shapes.ttl"), str(report)), folder)
    found = {tuple(one) for one in json.loads(own.run()[1])}
    seconds = {"pyshacl": other.run()[0], **medians({"ours": own}, RUNS)}
    theirs = peer_findings(report)
    if found != theirs or not found:
        raise Differs(f"validation: {len(found)} of ours, {len(theirs)} of pyshacl: {min(found ^ theirs, default='')}")
    return seconds, len(lines), len(found)
