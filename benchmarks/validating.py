"""Goal 8: validation of a graph with planted errors, whole processes, the same findings as pyshacl."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .countries import Country
from .shapes import facts, peer_findings, plant
from .timing import REPOSITORY, Differs, Process, Row, medians, peer

ONTOLOGY, FIXTURES = REPOSITORY / "ontology", REPOSITORY / "tests" / "fixtures" / "shapes"
QUADS, COPIES, RUNS, LEAST = 230_000, 20, 3, 15
"""Of so many quads beside the package's about 10⁵ are facts."""


def validation_rows(country: Country, folder: Path) -> list[Row]:
    """The row of goal 8; `Differs` when the findings do."""
    processes, triples, findings = compared(country, folder, COPIES)
    seconds = medians(processes, RUNS)
    work = f"validation of {triples} triples, {findings} findings the same"
    return [Row("8", work, "pyshacl", seconds["ours"], seconds["pyshacl"], LEAST, f"≥ {LEAST}×")]


def compared(country: Country, folder: Path, copies: int) -> tuple[dict[str, Process], int, int]:
    """Both validators on the facts of a country with planted errors; triples, and findings, which are the same."""
    folder.mkdir()
    graph, report = folder / "facts.nt", folder / "results.ttl"
    lines = [*facts(country.graph), *plant(FIXTURES, copies)]
    graph.write_text("".join(lines), "utf-8")
    processes = {
        "ours": Process([sys.executable, "-m", "benchmarks.validated", str(graph)], REPOSITORY),
        "pyshacl": Process(peer("pyshacl_validate.py", str(graph), str(ONTOLOGY / "shapes.ttl"), str(report)), folder),
    }
    own = {tuple(one) for one in json.loads(processes["ours"].run()[1])}
    processes["pyshacl"].run()
    theirs = peer_findings(report)
    if own != theirs or not own:
        raise Differs(f"validation: {len(own)} of ours, {len(theirs)} of pyshacl: {min(own ^ theirs, default='')}")
    return processes, len(lines), len(own)
