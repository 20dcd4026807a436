"""Made-up countries at growing sizes: written, built in a process of their own, and kept for all that asks for size."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from samverkansgraf.synth import National, documents_for, write_national
from samverkansgraf.workspace import Workspace

from .timing import Process, Spent, ours

SIZES = (10_000, 100_000, 1_000_000)
"""About so many quads beside the 10⁴ of the vocabulary and the reference tables."""
GRAPH = Path("graph") / "samverkansgraf.nq"


@dataclass(frozen=True, slots=True)
class Country:
    """A built country: its workspace, what was planted, its quads, and what writing and building it took."""

    folder: Path
    planted: National
    quads: int
    written: float
    built: Spent | None
    """None where a graph that was kept is read."""

    @property
    def graph(self) -> Path:
        """The built graph."""
        return self.folder / GRAPH

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return Workspace.find(self.folder)


def country(folder: Path, quads: int, keep: Path | None = None) -> Country:
    """A country of about *quads* quads in *folder*: its graph from *keep* when that is there, else built and kept."""
    began = time.perf_counter()
    planted = write_national(folder, _documents(keep) or documents_for(quads))
    written, built, graph = time.perf_counter() - began, None, folder / GRAPH
    if keep and keep.is_file():
        graph.parent.mkdir()
        graph.symlink_to(keep.resolve())
    else:
        built = Process(ours("build", "--no-cache"), folder).spent()
        if keep:
            shutil.copy(graph, keep)
            _beside(keep).write_text(json.dumps({"documents": planted.documents}), "utf-8")
    with graph.open("rb") as file:
        return Country(folder, planted, sum(1 for _ in file), written, built)


def _documents(keep: Path | None) -> int:
    """How many agreements a graph that was kept is built of; 0 where none is."""
    if keep is None or not keep.is_file():
        return 0
    return int(json.loads(_beside(keep).read_text("utf-8"))["documents"])


def _beside(graph: Path) -> Path:
    return graph.with_name(graph.name + ".json")
