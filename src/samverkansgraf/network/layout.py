"""Where each node of a picture lies: computed here, so that the same graph is the same picture on every machine.

Only sums, products and square roots are used, which every machine computes alike.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

import networkx as nx

SEED = 20230101
EDGE = 70.0
PASSES = 24
MOST_PAIRS = 60_000
GAP = 13.0
MARGIN = 60.0
SHEET_MARGIN = 280.0
WIDE = 1.7

Point = list[float]


@dataclass(frozen=True, slots=True)
class Box:
    """Room that a node takes with its label: width, height, and how far the middle of that lies below the node."""

    width: float
    height: float
    below: float = 0.0


def positions(
    boxes: Mapping[str, Box],
    edges: Iterable[tuple[str, str]],
    homes: Mapping[str, str] | None = None,
    *,
    ratio: float = 1.4,
) -> dict[str, tuple[int, int]]:
    """Place every node of *boxes* so that boxes do not overlap and neighbours lie near each other.

    One point per node, whole numbers, y downwards. Nodes with the same home (*homes*; all one home without it) lie on a
    sheet of their own; on a sheet components are packed side by side, the largest first; a sheet, and all sheets
    together, are about *ratio* times as wide as high. Method: stress majorisation on path lengths by stochastic
    gradient descent (Zheng, Pawar and Goodman 2018), then boxes that overlap are pushed apart.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted(boxes))
    home = dict.fromkeys(boxes, "") | dict(homes or {})
    graph.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in edges if a != b and home[a] == home[b]}))
    sheets: dict[str, list[dict[str, Point]]] = {}
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    for part in parts:
        sheets.setdefault(home[part[0]], []).append(_placed(graph.subgraph(part), part, boxes, ratio))
    full = [packed(sheet, boxes, ratio, MARGIN) for sheet in sheets.values()]
    points = packed(sorted(full, key=lambda sheet: (-len(sheet), min(sheet))), boxes, ratio, SHEET_MARGIN)
    return {node: (round(x), round(y - boxes[node].below)) for node, (x, y) in sorted(points.items())}


def _placed(graph: nx.Graph, nodes: list[str], boxes: Mapping[str, Box], ratio: float) -> dict[str, Point]:
    """Middle of the box of every node of one component."""
    if len(nodes) == 1:
        return {nodes[0]: [0.0, 0.0]}
    points = _stressed(nodes, _distances(graph, nodes))
    _turned(points, ratio)
    named = dict(zip(nodes, points, strict=True))
    _parted(named, boxes)
    return named


def _distances(graph: nx.Graph, nodes: list[str]) -> dict[tuple[int, int], float]:
    """Wanted distance of pairs: path length, where an edge between well-connected ends is longer."""
    for one, other, edge in graph.edges(data=True):
        edge["length"] = EDGE * (1 + sqrt(min(graph.degree(one), graph.degree(other))) / 2)
    lengths = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    pairs = list(combinations(range(len(nodes)), 2))
    if len(pairs) > MOST_PAIRS:
        near_by = [(i, j) for i, j in pairs if graph.has_edge(nodes[i], nodes[j])]
        pairs = near_by + random.Random(SEED).sample(pairs, MOST_PAIRS)  # noqa: S311 - a drawing, not a secret
    return {(i, j): lengths[nodes[i]][nodes[j]] for i, j in pairs}


def _stressed(nodes: list[str], wanted: Mapping[tuple[int, int], float]) -> list[Point]:
    chance = random.Random(SEED)  # noqa: S311 - a drawing, not a secret
    points = [[chance.random() * EDGE * 4, chance.random() * EDGE * 4] for _ in nodes]
    pairs = sorted((i, j, length) for (i, j), length in wanted.items())
    longest, shortest = max(wanted.values()), min(wanted.values())
    step, last = longest * longest, 0.05 * shortest * shortest
    shrink = _root(last / step, PASSES)
    for _ in range(PASSES):
        chance.shuffle(pairs)
        _moved(points, pairs, step)
        step *= shrink
    return points


def _root(value: float, degree: int) -> float:
    """The *degree*-th root of a value below one, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle, power = (low + high) / 2, 1.0
        for _ in range(degree):
            power *= middle
        low, high = (middle, high) if power < value else (low, middle)
    return high


def _moved(points: list[Point], pairs: list[tuple[int, int, float]], step: float) -> None:
    for i, j, length in pairs:
        one, other = points[i], points[j]
        across, down = one[0] - other[0], one[1] - other[1]
        apart = sqrt(across * across + down * down) or 1.0
        share = min(1.0, step / (length * length)) * (apart - length) / (2 * apart)
        one[0] -= share * across
        one[1] -= share * down
        other[0] += share * across
        other[1] += share * down


def _turned(points: list[Point], ratio: float) -> None:
    """Turn the drawing so that it is widest from side to side, and stretch it a little that way."""
    middle = [sum(point[axis] for point in points) / len(points) for axis in (0, 1)]
    for point in points:
        point[0] -= middle[0]
        point[1] -= middle[1]
    xx, yy = sum(x * x for x, _ in points), sum(y * y for _, y in points)
    xy = sum(x * y for x, y in points)
    main = (xx + yy) / 2 + sqrt((xx - yy) * (xx - yy) / 4 + xy * xy)
    along, aside = (xy, main - xx) if xy else (1.0, 0.0) if xx >= yy else (0.0, 1.0)
    size = sqrt(along * along + aside * aside) or 1.0
    cos, sin, wide = along / size, aside / size, sqrt(sqrt(ratio))
    for point in points:
        point[0], point[1] = (point[0] * cos + point[1] * sin) * wide, (point[1] * cos - point[0] * sin) / wide


def _parted(points: dict[str, Point], boxes: Mapping[str, Box]) -> None:
    """Push boxes that overlap apart, each time along the axis where less is needed."""
    widest = max(boxes[node].width for node in points) + GAP
    for _ in range(400):
        order = sorted(points, key=lambda node: (points[node][0], node))
        moved = False
        for place, one in enumerate(order):
            for other in order[place + 1 :]:
                if points[other][0] - points[one][0] > widest:
                    break
                moved |= _pushed(points[one], points[other], boxes[one], boxes[other])
        if not moved:
            return


def _pushed(one: Point, other: Point, box: Box, other_box: Box) -> bool:
    wide = (box.width + other_box.width) / 2 + GAP - abs(one[0] - other[0])
    high = (box.height + other_box.height) / 2 + GAP - abs(one[1] - other[1])
    if wide <= 0.01 or high <= 0.01:
        return False
    axis, part = (0, wide / 2) if wide < high * WIDE else (1, high / 2)
    sign = 1.0 if other[axis] >= one[axis] else -1.0
    one[axis] -= sign * part
    other[axis] += sign * part
    return True


def packed(parts: list[dict[str, Point]], boxes: Mapping[str, Box], ratio: float, margin: float) -> dict[str, Point]:
    """All parts on one sheet, in rows as long as makes the sheet smallest for its *ratio*; small parts lie close."""
    frames = [_frame(part, boxes) for part in parts]
    margins = [margin if len(part) > 2 else 3 * GAP for part in parts]
    sizes = [(right - left, bottom - top, own) for (left, top, right, bottom), own in zip(frames, margins, strict=True)]
    widest, whole = max((size[0] for size in sizes), default=0.0), sum(size[0] + size[2] for size in sizes)
    rooms = [widest + (whole - widest) * step / 40 for step in range(41)]
    corners = min((_rows(sizes, room, ratio) for room in rooms), key=lambda found: found[0])[1]
    found: dict[str, Point] = {}
    for part, (left, top, _, _), (x, y) in zip(parts, frames, corners, strict=True):
        found |= {node: [across - left + x, down - top + y] for node, (across, down) in part.items()}
    return found


def _rows(
    sizes: list[tuple[float, float, float]], room: float, ratio: float
) -> tuple[float, list[tuple[float, float]]]:
    """How large a sheet is when rows are *room* long, and the corner of each part (width, height, margin) on it."""
    corners, x, y, deepest, longest = [], 0.0, 0.0, 0.0, 0.0
    for width, height, margin in sizes:
        if x and x + width > room:
            x, y, deepest = 0.0, y + deepest, 0.0
        corners.append((x, y))
        longest = max(longest, x + width)
        x, deepest = x + width + margin, max(deepest, height + margin)
    return max(longest / ratio, y + deepest), corners


def _frame(part: dict[str, Point], boxes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all boxes of *part*."""
    halves = [(x, y, boxes[node].width / 2, boxes[node].height / 2) for node, (x, y) in part.items()]
    low = [(x - wide, y - high) for x, y, wide, high in halves]
    far = [(x + wide, y + high) for x, y, wide, high in halves]
    return min(x for x, _ in low), min(y for _, y in low), max(x for x, _ in far), max(y for _, y in far)


__all__ = ["GAP", "Box", "packed", "positions"]
