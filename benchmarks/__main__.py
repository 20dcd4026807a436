"""Measure the goals of speed and print one table: ``python -m benchmarks``."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from .asking import asking
from .building import building, growth
from .countries import SIZES, country
from .gaps import gap_rows
from .maps import run as run_maps
from .networks import network_rows
from .questions import grown_questions, question_rows
from .reports import run as run_reports
from .serving import serving_rows
from .timing import Differs, machine, table
from .validating import QUADS, validation_rows
from .whole import whole_table


def main() -> int:
    """Print the table; 1 when a goal is missed or two sides differ."""
    began = time.perf_counter()
    print("\n".join(machine()), end="\n\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        try:
            met = measured(Path(name))
        except Differs as exc:
            print(f"No ratio: {exc}", file=sys.stderr)
            return 1
    print(f"\neverything took {(time.perf_counter() - began) / 60:.0f} minutes")
    return int(not met)


def measured(folder: Path) -> bool:
    """Print every table; whether every goal is met."""
    rows, lines = asking(folder / "asking"), list[str]()
    built, compared = building(folder / "building")
    small, middle, large = (country(folder / str(quads), quads) for quads in SIZES)  # before this process is large
    found = [(built, [compared]), (serving_rows(), []), network_rows()]
    lines.append(growth([small, middle, large]))
    whole = whole_table([small, middle, large], folder / "whole")
    found.append(question_rows(small, large, folder / "questions"))
    found.append((gap_rows(small, large, folder / "gaps"), []))
    found.append((validation_rows(country(folder / "validation", QUADS), folder / "validating"), []))
    for more, said in found:
        rows += more
        lines += said
    print(table(rows), "", *lines, "", whole, "", sep="\n", flush=True)
    grown = grown_questions([small, middle, large], folder / "grown")
    told = run_reports([small, middle, large])
    print(flush=True)
    drawn = run_maps()
    return grown and told and drawn and all(row.met for row in rows) and not any(line.endswith("NO") for line in lines)


if __name__ == "__main__":
    sys.exit(main())
