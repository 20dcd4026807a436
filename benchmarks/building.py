"""Goal 4: documents to a checked graph, against rdflib and pyshacl on the finished graph; and how building grows."""

from __future__ import annotations

import math
import shutil
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from samverkansgraf.synth import write_workspace

from .shapes import our_findings, peer_findings, peer_shapes
from .timing import REPOSITORY, Differs, Process, Row, medians, ours, peer

DOCUMENTS = 30
"""So many synthetic documents give 10⁵ quads, the vocabulary and the reference tables included."""
GROWTH = (3, 10, 33)
"""Documents for 10⁴, 3·10⁴ and 10⁵ quads beside the 10⁴ of the vocabulary and the reference tables."""
RUNS = 3
GRAPH = Path("graph") / "samverkansgraf.nq"


def building(folder: Path, *, documents: int = DOCUMENTS, runs: int = RUNS) -> tuple[list[Row], str]:
    """Rows of goal 4, everything read anew and with unchanged documents; and a line about what was compared."""
    cold, cached, target = folder / "cold", folder / "cached", folder / "peer"
    for place in (cold, cached):
        write_workspace(place, documents)
    target.mkdir()
    ontology = REPOSITORY / "ontology"
    shapes = peer_shapes(ontology / "shapes.ttl", folder / "shapes.ttl")
    again = Process(ours("build"), cached)
    again.run()
    processes = {
        "cold": Process(ours("build"), cold, before=partial(_forget, cold)),
        "cached": again,
        "peer": Process(peer("rdflib_build.py", str(cached / GRAPH), str(shapes), str(target)), folder),
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
    copied = "" if shapes == ontology / "shapes.ttl" else "; pyshacl read a copy of the shapes without VALUES"
    return rows, f"4: {quads} quads and {findings} results of validation equal on both sides{copied}"


def growth(folder: Path, *, sizes: tuple[int, ...] = GROWTH, runs: int = RUNS) -> str:
    """Build at growing sizes; the exponents of time against the quads that the documents give (goal 12: ≤ 1.15)."""
    processes, quads = {}, {}
    for size in (0, *sizes):
        place = folder / f"growth-{size}"
        write_workspace(place, size)
        processes[str(size)] = Process(ours("build"), place, before=partial(_forget, place))
        processes[str(size)].run()
        quads[size] = (place / GRAPH).read_bytes().count(b"\n")
    seconds = medians(processes, runs)
    points = [(quads[size] - quads[0], seconds[str(size)], seconds[str(size)] - seconds["0"]) for size in sizes]
    shown = ", ".join(f"{number} quads {whole:.2f} s" for number, whole, _ in points)
    whole = _exponent([(number, time) for number, time, _ in points])
    own = _exponent([(number, time) for number, _, time in points])
    met = "yes" if max(whole, own) <= 1.15 else "NO"
    base = f"beside {quads[0]} of the package in {seconds['0']:.2f} s"
    return (
        f"growth of build: {shown} ({base}); exponent {whole:.2f}, {own:.2f} without the package's part; ≤ 1.15: {met}"
    )


def _exponent(points: list[tuple[int, float]]) -> float:
    """Slope of the line of least squares through the logarithms."""
    xs, ys = ([math.log(value) for value in column] for column in zip(*points, strict=True))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


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
