"""A made-up country in every engine: each named query and each report is answered as in memory, at a size of its own.

The short form of ``python -m benchmarks.engines``, which ``make soak`` runs at a million quads.
"""

from __future__ import annotations

import sys
from pathlib import Path

from workbench import ROOT

sys.path.insert(0, str(ROOT))

from benchmarks.countries import country
from benchmarks.engines import compare, filled


def test_every_engine_answers_alike(tmp_path: Path) -> None:
    """Two agreements and the register of the country: rows and their order, and every byte of every report."""
    with filled(country(tmp_path / "country", 0), tmp_path) as engines:
        compare(engines)
        assert {"memory", "disk", "Oxigraph server"} <= {one.name for one in engines}
        assert {one.name: one.differs for one in engines} == {one.name: [] for one in engines}
        assert all(len(one.seconds) > 50 for one in engines)
