"""Ask named questions of a graph with this package, and with pyoxigraph alone, in turn: a process of its own.

``python -m benchmarks.asked WORKSPACE QUESTIONS.json RUNS``: a list of ``[name, parameters, text]``, the text being
that of the named query with its parameters filled in. Prints a line of JSON on the load, then one for each question.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph as ox

from samverkansgraf.api import Graph
from samverkansgraf.workspace import Workspace

from .peers.answers import digest, memory

FEW, LIMIT = 3, 1.0
"""Runs of each side, where they take over `LIMIT` seconds together, at the most."""


def main(folder: Path, questions: Path, runs: int) -> None:
    """Print what was measured."""
    began = time.perf_counter()
    graph = Graph(Workspace.find(folder))
    assert graph.knowledge.store
    print(json.dumps({"loaded": time.perf_counter() - began, "memory": memory()}), flush=True)
    raw = ox.Store()
    raw.bulk_load(path=str(graph.workspace.graph_file), format=ox.RdfFormat.N_QUADS)
    for name, parameters, text in json.loads(questions.read_text("utf-8")):
        sides: dict[str, Callable[[], bytes]] = {
            "ours": lambda name=name, parameters=parameters: graph.query(name, **parameters).to("csv"),
            "pyoxigraph": lambda text=text: raw.query(text).serialize(format=ox.QueryResultsFormat.CSV),
        }
        answers = {side: digest(ask()) for side, ask in sides.items()}
        print(json.dumps({"name": name, "answers": answers, "seconds": _timed(sides, runs)}), flush=True)


def _timed(sides: Mapping[str, Callable[[], bytes]], runs: int) -> dict[str, float]:
    """Median seconds of each side, in turn, the first of them another each time."""
    seconds: dict[str, list[float]] = {side: [] for side in sides}
    order = list(sides)
    while len(seconds[order[0]]) < (min(FEW, runs) if max(map(sum, seconds.values())) > LIMIT else runs):
        for side in order:
            began = time.perf_counter()
            sides[side]()
            seconds[side].append(time.perf_counter() - began)
        order.reverse()
    return {side: statistics.median(values) for side, values in seconds.items()}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
