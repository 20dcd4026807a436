"""Where each node of a picture lies: computed here, so that the same graph is the same picture on every machine.

Only sums, products and square roots are used, element by element, which every machine computes alike.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from math import sqrt
from typing import Any

import networkx as nx
import numpy as np

SEED = 20230101
EDGE = 70.0
PASSES = 16
MOST_PAIRS = 10_000
PIVOTS = 40
CROWD = 1.6
PUSHES, PUSH = 500, 0.42
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
    home = dict.fromkeys(boxes, "") | dict(homes or {})
    graph = nx.Graph()
    graph.add_nodes_from(sorted(boxes))
    graph.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in edges if a != b and home[a] == home[b]}))
    sheets: dict[str, list[dict[str, Point]]] = {}
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    for part in parts:
        place = {node: at for at, node in enumerate(part)}
        ends = sorted((place[min(pair)], place[max(pair)]) for pair in graph.edges(part))
        sheets.setdefault(home[part[0]], []).append(_placed(part, ends, boxes, ratio))
    full = [packed(sheet, boxes, ratio, MARGIN) for sheet in sheets.values()]
    points = packed(sorted(full, key=lambda sheet: (-len(sheet), min(sheet))), boxes, ratio, SHEET_MARGIN)
    return {node: (round(x), round(y - boxes[node].below)) for node, (x, y) in sorted(points.items())}


def _placed(nodes: list[str], ends: list[tuple[int, int]], boxes: Mapping[str, Box], ratio: float) -> dict[str, Point]:
    """Middle of the box of every node of one component, joined by *ends* (places among *nodes*)."""
    if len(nodes) == 1:
        return {nodes[0]: [0.0, 0.0]}
    points = _stressed(nodes, _distances(len(nodes), ends))
    _turned(points, ratio)
    named = dict(zip(nodes, points, strict=True))
    _roomy(named, boxes)
    _parted(named, boxes)
    return named


def _distances(number: int, ends: list[tuple[int, int]]) -> dict[tuple[int, int], float]:
    """Wanted distance of pairs: path length, where an edge between well-connected ends is longer.

    All pairs of a small component; of a large one each edge, and every node from some that are drawn by lot.
    """
    degree = Counter(end for pair in ends for end in pair)
    near: list[list[tuple[int, float]]] = [[] for _ in range(number)]
    wanted = {}
    for i, j in ends:
        wanted[i, j] = EDGE * (1 + sqrt(min(degree[i], degree[j])) / 2)
        near[i].append((j, wanted[i, j]))
        near[j].append((i, wanted[i, j]))
    every, most = range(number), max(PIVOTS, 2 * MOST_PAIRS // number)
    pivots = every if number <= most else random.Random(SEED).sample(every, most)  # noqa: S311 - a drawing, no secret
    for pivot in pivots:
        for other, length in _lengths(near, pivot).items():
            if other != pivot:
                wanted.setdefault((min(pivot, other), max(pivot, other)), length)
    return wanted


def _lengths(near: list[list[tuple[int, float]]], start: int) -> dict[int, float]:
    """Length of the shortest path from *start* to every node (Dijkstra)."""
    found: dict[int, float] = {}
    heap = [(0.0, start)]
    while heap:
        length, node = heappop(heap)
        if node not in found:
            found[node] = length
            for other, step in near[node]:
                if other not in found:
                    heappush(heap, (length + step, other))
    return found


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


def _roomy(points: dict[str, Point], boxes: Mapping[str, Box]) -> None:
    """Blow the drawing up until its boxes have room on it, so that little is left to push apart."""
    left, top, right, bottom = _frame(points, boxes)
    needed = CROWD * sum((boxes[node].width + GAP) * (boxes[node].height + GAP) for node in points)
    if (grow := needed / ((right - left) * (bottom - top))) > 1:
        for point in points.values():
            point[0], point[1] = point[0] * sqrt(grow), point[1] * sqrt(grow)


def _parted(points: dict[str, Point], boxes: Mapping[str, Box]) -> None:
    """Push boxes that overlap apart, each time along the axis where less is needed."""
    names = sorted(points)
    at = np.array([points[name] for name in names])
    sizes = np.array([(boxes[name].width, boxes[name].height) for name in names]) + GAP
    for _ in range(PUSHES):
        order = np.argsort(at[:, 0], kind="stable")
        moves = _pushes(at[order], sizes[order])
        if not moves.any():
            break
        at[order] += moves
    for name, (x, y) in zip(names, at.tolist(), strict=True):
        points[name] = [x, y]


def _pushes(at: Any, sizes: Any) -> Any:
    """How far each box moves, given all in order from left to right: every pair that overlaps is compared once."""
    moves, widest = np.zeros_like(at), sizes[:, 0].max()
    for apart in range(1, len(at)):
        between = at[apart:] - at[:-apart]
        if between[:, 0].min() > widest:
            break
        missing = (sizes[apart:] + sizes[:-apart]) / 2 - abs(between)
        missing[(missing <= 0.01).any(axis=1)] = 0
        sideways = missing[:, 0] < missing[:, 1] * WIDE
        missing[sideways, 1] = 0
        missing[~sideways, 0] = 0
        push = np.where(between < 0, -missing, missing) * PUSH
        moves[apart:] += push
        moves[:-apart] -= push
    return moves


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
