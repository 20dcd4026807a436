"""The same graph on disk, in Oxigraph's server and in Virtuoso: loaded, asked everything, and held against memory.

``python -m benchmarks.engines [QUADS]``; ``make soak`` runs it at 10⁶. Tests run it on a small country.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from samverkansgraf.api import Graph
from samverkansgraf.errors import StoreError
from samverkansgraf.queries import named_queries
from samverkansgraf.render import render
from samverkansgraf.reports import REPORTS
from samverkansgraf.store import publish

from .countries import Country, country
from .questions import PARAMETERS
from .reports import OPTIONS
from .timing import REPOSITORY, columns_of, machine

sys.path.insert(0, str(REPOSITORY / "tests"))

import engines as started

QUADS = 1_000_000
USER = {
    "SAMVERKANSGRAF_STORE_USER": "dba",
    "SAMVERKANSGRAF_STORE_PASSWORD": "dba",
    "SAMVERKANSGRAF_STORE_TIMEOUT": "1800",
}
HEADS = ("engine", "load (s)", "named queries (s)", "reports (s)", "answers that differ")


@dataclass(slots=True)
class Engine:
    """One engine: where it is, how long loading and asking took, and what it answered otherwise."""

    name: str
    graph: Graph
    loaded: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)
    differs: list[str] = field(default_factory=list)

    def cells(self) -> tuple[str, ...]:
        """The engine as text."""
        queries, reports = (
            sum(s for name, s in self.seconds.items() if ("/" in name) == named) for named in (True, False)
        )
        times = (f"{one:.1f}" for one in (self.loaded, queries, reports))
        return self.name, *times, ", ".join(self.differs) or "none"


@contextmanager
def filled(made: Country, folder: Path) -> Iterator[list[Engine]]:
    """Every engine that is here, with the graph of *made* in it; our own in memory first."""
    before = {name: os.environ.get(name) for name in USER}
    os.environ.update(USER)
    with ExitStack() as running:
        addresses = {"disk": str(_folder(folder, "disk"))}
        addresses["Oxigraph server"] = running.enter_context(started.oxigraph(_folder(folder, "oxigraph")))
        if started.virtuoso_is_here():
            addresses["Virtuoso"] = running.enter_context(started.virtuoso(_folder(folder, "virtuoso")))
        else:
            print("VIRTUOSO NOT COMPARED: it is not here (apt-get install virtuoso-opensource)")
        try:
            yield [Engine("memory", Graph(made.workspace)), *(_filled(made, *pair) for pair in addresses.items())]
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})


def _folder(folder: Path, name: str) -> Path:
    place = folder / name
    place.mkdir(parents=True)
    return place


def _filled(made: Country, name: str, address: str) -> Engine:
    began = time.perf_counter()
    publish(made.graph, address, lambda file: file)
    return Engine(name, Graph(replace(made.workspace, store=address)), time.perf_counter() - began)


def compare(engines: list[Engine], *, reports: bool = True, names: Sequence[str] = ()) -> None:
    """Ask every engine every named query, or *names* (rows, order), and every report (bytes); note what differs."""
    for name in [*(names or named_queries([REPOSITORY / "queries"])), *(REPORTS if reports else ())]:
        expected = None
        for engine in engines:
            began = time.perf_counter()
            try:
                answer = _answer(engine.graph, name)
            except StoreError as exc:
                answer = exc
                print(f"{engine.name} gave up on {name}: {exc}", flush=True)
            engine.seconds[name] = time.perf_counter() - began
            expected = answer if expected is None else expected
            engine.differs += [name] * (answer != expected)


def _answer(graph: Graph, name: str) -> object:
    if "/" in name:
        return graph.query(name, **PARAMETERS.get(name, {})).rows
    return render(graph.report(name, **OPTIONS.get(name, {})), "json")  # type: ignore[arg-type]


def slowest(engines: Sequence[Engine], most: int = 3) -> Iterator[str]:
    """A line for each engine on what took it longest."""
    for engine in engines:
        worst = sorted(engine.seconds.items(), key=lambda one: -one[1])[:most]
        yield f"slowest in {engine.name}: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in worst)


def main(quads: int = QUADS) -> int:
    """Print the table; 1 when an engine answers otherwise."""
    print("\n".join(machine()), end="\n\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        made = country(Path(name) / "country", quads)
        print(f"{made.quads} quads of {made.planted.documents} agreements", flush=True)
        with filled(made, Path(name)) as engines:
            compare(engines)
            print(columns_of([HEADS, *(one.cells() for one in engines)]), *slowest(engines), sep="\n")
            return int(any(one.differs for one in engines))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
