"""Every engine at growing sizes, loaded and asked everything: ``python -m benchmarks.sizes [--large]``, long and apart.

On disk, in Oxigraph's server and in Virtuoso at 10⁴, 10⁵ and 10⁶ quads; ``--large`` loads and asks at 10⁷.
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

from samverkansgraf.synth import documents_for, write_national

from .countries import GRAPH, SIZES, Country, country
from .engines import HEADS, compare, filled
from .questions import TEN
from .timing import Process, columns_of, machine, ours

LARGE, PARTS = 10_000_000, 10


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
        alike = [asked_everywhere(one, folder / f"{one.quads}-engines", reports=True) for one in countries]
        return int(not all(alike))


if __name__ == "__main__":
    sys.exit(main())
