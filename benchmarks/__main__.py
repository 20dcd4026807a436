"""Measure the goals of speed and print one table: ``python -m benchmarks``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from .asking import asking
from .building import building, growth
from .maps import run as run_maps
from .reports import QUADS, run
from .serving import serving_rows
from .timing import Differs, machine, table


def main() -> int:
    """Print the table; 1 when a goal is missed or two sides differ."""
    print("\n".join(machine()), end="\n\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            rows = asking(folder / "asking")
            built, compared = building(folder / "building")
            grown = growth(folder / "growth")
            served = serving_rows()
        except Differs as exc:
            print(f"No ratio: {exc}", file=sys.stderr)
            return 1
        rows += [*built, *served]
        print(table(rows), "", compared, grown, "", sep="\n", flush=True)
        same = run(folder / "reports", QUADS)
    print(flush=True)
    drawn = run_maps()
    return int(not same or not drawn or any(row.ratio < row.least for row in rows))


if __name__ == "__main__":
    sys.exit(main())
