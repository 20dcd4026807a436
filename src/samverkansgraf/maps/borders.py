"""Borders of kommuner on a sheet: projected, as paths of whole numbers, and room for words inside them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..terms import ID
from ..workspace import package_root

GRAIN = 4
"""Steps of a path to a unit of the sheet."""
_MERIDIAN = 15.0
_EDGE = 3
_FINE_AT_MOST = 100
"""More kommuner than these are drawn in steps twice as long: they are small, and there are many."""
Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rings of each kommun in steps of a path, on a sheet of *width* × *height* units."""

    width: float
    height: float
    rings: Mapping[str, Sequence[Sequence[tuple[int, int]]]]

    def path(self, kommun: str) -> str:
        """Outline of a kommun as relative whole numbers, to be scaled by 1 / `GRAIN`."""
        return "".join(map(_path, self.rings[kommun]))


@cache
def _borders() -> dict[str, list[Ring]]:
    """Projected rings of every kommun; a step is a kilometre. Outer rings and holes alike: neighbours share points."""
    found = {}
    text = (package_root() / "data" / "reference" / "granser.json").read_text("utf-8")
    for feature in json.loads(text)["features"]:
        kind, _, code = feature["id"].partition(":")
        if kind == "kommun":
            parts = feature["geometry"]["coordinates"]
            found[f"{ID}kommun/{code}"] = [[_projected(*point) for point in ring] for part in parts for ring in part]
    return found


def _projected(longitude: float, latitude: float) -> Point:
    """Transverse Mercator about 15° east on a sphere, as SWEREF 99 TM is drawn; km east, km south."""
    east, north = math.radians(longitude - _MERIDIAN), math.radians(latitude)
    side = math.atanh(math.cos(north) * math.sin(east))
    return 6371 * side, -6371 * math.atan2(math.tan(north), math.cos(east))


def sheet(kommuner: Iterable[str], *, width: float, height: float) -> Sheet:
    """*kommuner* that have borders, as large as fits; the sheet is no larger than they need."""
    rings = {one: _borders()[one] for one in sorted(kommuner) if one in _borders()}
    points = [point for own in rings.values() for ring in own for point in ring] or [(0.0, 0.0)]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide, tall = max(x for x, _ in points) - left, max(y for _, y in points) - top
    scale = min((width - 2 * _EDGE) / (wide or 1), (height - 2 * _EDGE) / (tall or 1))

    coarse = 1 if len(rings) <= _FINE_AT_MOST else 2

    def step(x: float, y: float) -> tuple[int, int]:
        east, south = GRAIN * (_EDGE + (x - left) * scale), GRAIN * (_EDGE + (y - top) * scale)
        return coarse * round(east / coarse), coarse * round(south / coarse)

    drawn = {one: [[step(*point) for point in ring] for ring in own] for one, own in rings.items()}
    return Sheet(wide * scale + 2 * _EDGE, tall * scale + 2 * _EDGE, drawn)


def _path(ring: Sequence[tuple[int, int]]) -> str:
    """A closed ring; steps that round to nothing are left out, and a ring that does so altogether."""
    points = [ring[0], *(b for a, b in pairwise(ring) if a != b)]
    if len(points) < 4:
        return ""
    steps = [number for (ax, ay), (bx, by) in pairwise(points[:-1]) for number in (bx - ax, by - ay)]
    return f"M{points[0][0]} {points[0][1]}l{_numbers(steps)}z"


def _numbers(steps: Iterable[int]) -> str:
    """Numbers with no more between them than a path needs.

    >>> _numbers([3, -4, 5])
    '3-4 5'
    """
    return "".join(f"{one}" if one < 0 else f" {one}" for one in steps).lstrip()


def rooms(rings: Sequence[Sequence[tuple[int, int]]], height: float) -> list[tuple[float, float, float]]:
    """(x, y, width) of places inside *rings* for words *height* high, in units; wide ones near the middle first."""
    ys = [y / GRAIN for ring in rings for _, y in ring]
    low, high = min(ys), max(ys)
    middle, found = (low + high) / 2, []
    tries = max(2, round((high - low) / 2))
    for place in range(1, tries):
        y = low + (high - low) * place / tries
        lines = [_inside(rings, GRAIN * (y + shift * height / 2)) for shift in (-1, 0, 1)]
        for start, end in _common(lines):
            worth = end - start - abs(y - middle) / 4
            found.append((worth, ((start + end) / 2, y, end - start)))
    return [one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1]))]


def _inside(rings: Sequence[Sequence[tuple[int, int]]], y: float) -> list[tuple[float, float]]:
    """Stretches of the line at *y* (in steps of a path) that lie inside, in units."""
    y += 0.5  # never through a point
    crossings = sorted(
        ax + (y - ay) * (bx - ax) / (by - ay)
        for ring in rings
        for (ax, ay), (bx, by) in pairwise(ring)
        if (ay < y) != (by < y)
    )
    return [(a / GRAIN, b / GRAIN) for a, b in zip(crossings[::2], crossings[1::2], strict=False)]


def _common(lines: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float]]:
    """Stretches that all *lines* have."""
    found = list(lines[0])
    for line in lines[1:]:
        found = [(max(a, c), min(b, d)) for a, b in found for c, d in line if min(b, d) > max(a, c)]
    return found


__all__ = ["GRAIN", "Sheet", "rooms", "sheet"]
