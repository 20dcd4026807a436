"""Goal 4: documents to a checked graph, against rdflib and pyshacl on the finished graph; and how building grows."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from samverkansgraf.synth import write_workspace

from .countries import GRAPH, Country
from .shapes import our_findings, peer_findings
from .timing import GROWTH, REPOSITORY, Differs, Process, Row, exponent, medians, ours, peer

DOCUMENTS = 30
"""So many synthetic documents give 10⁵ quads, the vocabulary and the reference tables included."""
RUNS = 3


def building(folder: Path, *, documents: int = DOCUMENTS, runs: int = RUNS) -> tuple[list[Row], str]:
    """Rows of goal 4, everything read anew and with unchanged documents; and a line about what was compared."""
    cold, cached, target = folder / "cold", folder / "cached", folder / "peer"
    for place in (cold, cached):
        write_workspace(place, documents)
    target.mkdir()
    ontology = REPOSITORY / "ontology"
    again = Process(ours("build"), cached)
    again.run()
    processes = {
        "cold": Process(ours("build"), cold, before=partial(_forget, cold)),
        "cached": again,
        "peer": Process(
            peer("rdflib_build.py", str(cached / GRAPH), str(ontology / "shapes.ttl"), str(target)), folder
        ),
    }
    for process in processes.values():
        process.run()
    quads, findings = agree(cold, cached, target, ontology)
    seconds = medians(processes, runs)
    work, name = f"build of {quads} quads, {documents} documents", "rdflib + pyshacl"
    rows = [
        Row("4", f"{work}, anew", name, seconds["cold"], seconds["peer"], 5, "≥ 5×"),
        Row("4", f"{work}, unchanged", name, seconds["cached"], seconds["peer"], 10, "≥ 10×"),
    ]
    return rows, f"4: {quads} quads and {findings} results of validation equal on both sides"


def growth(countries: Sequence[Country]) -> str:
    """The exponent of the time of a build, a whole process, against its quads (goal 12)."""
    points = [(one.quads, one.built.seconds) for one in countries if one.built]
    shown = ", ".join(
        f"{one.quads} quads {one.built.seconds:.1f} s, {one.built.memory} MiB" for one in countries if one.built
    )
    slope, last = exponent(points), exponent(points[-2:])
    met = "yes" if slope <= GROWTH else "NO"
    return f"12: build: {shown}; exponent {slope:.2f}, {last:.2f} over the last step; ≤ {GROWTH}: {met}"


def _forget(workspace: Path) -> None:
    for name in (".cache", "graph"):
        shutil.rmtree(workspace / name, ignore_errors=True)


def agree(cold: Path, cached: Path, target: Path, ontology: Path) -> tuple[int, int]:
    """Numbers of quads and results, equal in the three builds; `Differs` when they are not."""
    if (cold / GRAPH).read_bytes() != (cached / GRAPH).read_bytes():
        raise Differs("the build with its cache differs from the build without")
    own, other = _quads(cold / GRAPH), _quads(target / "graph.nq")
    if own != other:
        raise Differs(f"{len(own - other)} of our quads are missing with rdflib, which has {len(other - own)} others")
    findings, theirs = our_findings(cold / GRAPH, ontology), peer_findings(target / "results.ttl")
    if findings != theirs or not findings:
        raise Differs(
            f"{len(findings)} results of ours, {len(theirs)} of pyshacl; first: {min(findings ^ theirs, default='')}"
        )
    return len(own), len(findings)


def _quads(path: Path) -> set[ox.Quad]:
    return set(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))
