"""Time and memory of everything at growing sizes: ``python -m benchmarks.sizes [--large]``, long and apart.

Build, load, validation, every named query, every report and the map at 10⁴, 10⁵ and 10⁶ quads in memory; loading and
asking on disk, in Oxigraph's server and in Virtuoso. ``--large`` loads and asks at 10⁷, on disk and in the servers.
"""

from __future__ import annotations

import argparse
import heapq
import itertools
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from samverkansgraf.queries import named_queries
from samverkansgraf.synth import documents_for, write_national

from .countries import GRAPH, SIZES, Country, country
from .engines import HEADS, compare, filled
from .questions import TEN
from .questions import ours as asked
from .reports import graphs_of, measured
from .timing import REPOSITORY, Process, columns_of, exponent, machine, ours

LARGE, PARTS = 10_000_000, 10
Figures = dict[str, tuple[float, int]]
"""What was done → seconds and most memory in MiB."""


def figures(made: Country, folder: Path) -> Figures:
    """Everything that is done with a graph in memory, each part in a process of its own."""
    folder.mkdir()
    found: Figures = {"write": (made.written, 0)}
    if made.built:
        found["build"] = (made.built.seconds, made.built.memory)
    commands = {
        "validate": ours("validate", "--format", "json"),
        "map": ours("map", "-o", str(folder / "karta.html")),
        "load on disk": ours("load", "--store", str(folder / "disk")),
    }
    for name, command in commands.items():
        spent = Process(command, made.folder).spent()
        found[name] = (spent.seconds, spent.memory)
    queries = asked(made, list(named_queries([REPOSITORY / "queries"])), folder, runs=1)
    found["load in memory"] = (queries.loaded, queries.memory)
    found |= {f"query {name}": (float(one["ours"] or 0), 0) for name, one in queries.seconds.items()}
    reports = measured(graphs_of(made), reasons=False)
    return found | {f"report {name}": (one.seconds, one.memory) for name, one in reports.items()}


def table(sizes: Sequence[int], found: Sequence[Figures]) -> str:
    """Seconds at each size and the exponent, memory at the last."""
    lines = []
    for name, (_, memory) in found[-1].items():
        seconds = [one[name][0] for one in found]
        slope = exponent(list(zip(sizes, seconds, strict=True))) if all(seconds) and len(sizes) > 1 else 0.0
        lines.append((name, *(f"{one:.3f}" for one in seconds), f"{slope:.2f}", str(memory or "–")))
    return columns_of([("what", *(f"s at {size}" for size in sizes), "exponent", "MiB"), *lines])


def large(folder: Path, quads: int = LARGE, parts: int = PARTS) -> Country:
    """A country that is built in parts, each a process of its own, whose sorted graphs are merged."""
    each = documents_for(quads) // parts
    made = [folder / f"part-{number}" for number in range(parts)]
    for number, place in enumerate(made):
        planted = write_national(place, each, first=number * each)
        Process(ours("build", "--no-cache"), place).run()
    whole = folder / "whole"
    write_national(whole, 1)
    (whole / GRAPH).parent.mkdir()
    count = 0
    with ExitStack() as opened, (whole / GRAPH).open("wb") as target:
        files = [opened.enter_context((place / GRAPH).open("rb")) for place in made]
        for line, _ in itertools.groupby(heapq.merge(*files)):
            target.write(line)
            count += 1
    return Country(whole, planted, count, 0.0, None)


def asked_everywhere(made: Country, folder: Path, *, reports: bool, names: Sequence[str] = ()) -> bool:
    """Print how long every engine takes to load and to answer; whether all answer alike."""
    with filled(made, folder) as engines:
        compare(engines, reports=reports, names=names)
        print(f"\n{made.quads} quads", columns_of([HEADS, *(one.cells() for one in engines)]), sep="\n", flush=True)
        return not any(one.differs for one in engines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 1 when an engine answers otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sizes", description=__doc__)
    parser.add_argument("--large", action="store_true", help="10⁷ quads, on disk and in servers")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="no size above this")
    chosen = parser.parse_args(arguments)
    print("\n".join(machine()), end="\n\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.large:
            return int(not asked_everywhere(large(folder), folder / "engines", reports=False, names=TEN))
        countries = [country(folder / str(size), size) for size in SIZES if size <= chosen.most]
        found = [figures(one, folder / f"{one.quads}-figures") for one in countries]
        print(table([one.quads for one in countries], found), flush=True)
        alike = [asked_everywhere(one, folder / f"{one.quads}-engines", reports=True) for one in countries]
        return int(not all(alike))


if __name__ == "__main__":
    sys.exit(main())
