"""Places for a graph too large to read at once: each home a sheet, on it a plate for each kind, on that its nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from .layout import GAP, Box, packed

RATIO = 1.5
INNER, OUTER = 40.0, 280.0


@dataclass(frozen=True, slots=True)
class Plate:
    """Nodes of one home and kind: middle of its rectangle, width and height, and the nodes in order."""

    home: str
    kind: str
    middle: tuple[int, int]
    size: tuple[int, int]
    nodes: tuple[str, ...]


def plates(
    boxes: Mapping[str, Box], homes: Mapping[str, str], kinds: Mapping[str, str]
) -> tuple[list[Plate], dict[str, tuple[int, int]]]:
    """Plates, and a point for every node of *boxes* on its plate, in the order given; nothing overlaps.

    Linear in the number of nodes but for sorting: made for more nodes than a drawing by distances can take.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for node in boxes:
        groups.setdefault((homes[node], kinds[node]), []).append(node)
    inner = {key: _filled(nodes, boxes) for key, nodes in sorted(groups.items())}
    sheets: dict[str, list[dict[str, list[float]]]] = {}
    for (home, _), points in sorted(inner.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        sheets.setdefault(home, []).append(points)
    whole = [packed(sheet, boxes, RATIO, INNER) for _, sheet in sorted(sheets.items())]
    points = packed(sorted(whole, key=lambda sheet: (-len(sheet), min(sheet))), boxes, RATIO, OUTER)
    found = [_plate(key, groups[key], points, boxes) for key in sorted(groups)]
    return found, {node: (round(x), round(y - boxes[node].below)) for node, (x, y) in points.items()}


def _filled(nodes: Sequence[str], boxes: Mapping[str, Box]) -> dict[str, list[float]]:
    """Nodes in rows that make a rectangle about `RATIO` times as wide as high."""
    room = sqrt(RATIO * sum((boxes[n].width + GAP) * (boxes[n].height + GAP) for n in nodes))
    points, x, y, deepest = {}, 0.0, 0.0, 0.0
    for node in nodes:
        box = boxes[node]
        if x and x + box.width > room:
            x, y, deepest = 0.0, y + deepest + GAP, 0.0
        points[node] = [x + box.width / 2, y + box.height / 2]
        x, deepest = x + box.width + GAP, max(deepest, box.height)
    return points


def _plate(
    key: tuple[str, str], nodes: Sequence[str], points: Mapping[str, Sequence[float]], boxes: Mapping[str, Box]
) -> Plate:
    left, right = (f(points[n][0] + s * boxes[n].width / 2 for n in nodes) for f, s in ((min, -1), (max, 1)))
    top, bottom = (f(points[n][1] + s * boxes[n].height / 2 for n in nodes) for f, s in ((min, -1), (max, 1)))
    middle, size = ((left + right) / 2, (top + bottom) / 2), (right - left, bottom - top)
    return Plate(*key, (round(middle[0]), round(middle[1])), (round(size[0]), round(size[1])), tuple(nodes))


__all__ = ["Plate", "plates"]
