"""Counties and kommuner of the country, from the package's register, and made-up figures of who lives there."""

from __future__ import annotations

import csv
import random
from itertools import accumulate
from pathlib import Path

from ..workspace import package_root

ISLAND = "09"
"""A county of one kommun, which is its own region and agrees with nobody; its kommun is there and in no forum."""


def counties_of_sweden() -> dict[str, list[str]]:
    """County → its kommuner, in the order of the register."""
    found: dict[str, dict[str, None]] = {}
    with (package_root() / "data" / "reference" / "kommuner.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["inCounty"].removeprefix("lan:"), {})[row["id"]] = None
    return {county: list(kommuner) for county, kommuner in found.items()}


def county_codes(counties: dict[str, list[str]], kommuner: int) -> list[str]:
    """Counties in order while their kommuner are at most *kommuner*; one at least."""
    codes = sorted(counties.keys() - {ISLAND})
    sums = list(accumulate(len(counties[code]) for code in codes))
    return [code for code, total in zip(codes, sums, strict=True) if total <= kommuner] or codes[:1]


def write_population(folder: Path, counties: dict[str, list[str]], seed: int) -> None:
    """Write seeded figures for every kommun."""
    chance = random.Random(seed)  # noqa: S311 - a seeded example
    lines = ["kommunkod,persons,date,source"]
    for kommuner in counties.values():
        lines += [f"{one.removeprefix('kommun:')},{chance.randint(2500, 150_000)},2024-12-31,seed" for one in kommuner]
    (folder / "population.csv").write_text("\n".join(lines) + "\n", "utf-8")
