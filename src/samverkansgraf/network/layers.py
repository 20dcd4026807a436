"""Places for drawings in layers and in two columns: boxes never overlap, lines cross as little as a few passes give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .layout import Box

GAP, ROW_GAP, LAYER_GAP, BLOCK_GAP = 30.0, 26.0, 96.0, 90.0
WIDEST = 760.0
PASSES = 12

Edges = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Layers:
    """Middle of every box, top and bottom of every layer, left and right of every block."""

    places: dict[str, tuple[int, int]]
    layers: dict[int, tuple[int, int]]
    blocks: dict[str, tuple[int, int]]


def layered(
    boxes: Mapping[str, Box], edges: Iterable[tuple[str, str]], level: Mapping[str, int], homes: Mapping[str, str]
) -> Layers:
    """Place nodes in layers, level 0 at the top, those of one home in a block of their own, blocks side by side.

    Whole numbers, y downwards. In a layer nodes are ordered by the middle of their neighbours; a layer that would be
    too wide in a block goes on in rows below. No two boxes overlap.
    """
    pairs = sorted(set(edges))
    rows: dict[tuple[int, str], list[list[str]]] = {}
    for home in sorted(set(homes.values())):
        for number, layer in _ordered([node for node in boxes if homes[node] == home], pairs, level).items():
            rows[number, home] = _broken(layer, boxes)
    widths = {home: max(_width(row, boxes) for key in rows if key[1] == home for row in rows[key]) for _, home in rows}
    blocks, x = {}, 0.0
    for home in sorted(widths, key=lambda one: (-sum(len(r) for k in rows if k[1] == one for r in rows[k]), one)):
        blocks[home] = (x, x + widths[home])
        x += widths[home] + BLOCK_GAP
    places: dict[str, tuple[int, int]] = {}
    layers, y = {}, 0.0
    for number in sorted({number for number, _ in rows}):
        depths = [_set(rows[key], boxes, blocks[key[1]], y, places) for key in rows if key[0] == number]
        layers[number] = (round(y), round(max(depths)))
        y = max(depths) + LAYER_GAP
    return Layers(places, layers, {home: (round(left), round(right)) for home, (left, right) in blocks.items()})


def _ordered(nodes: Sequence[str], pairs: Edges, level: Mapping[str, int]) -> dict[int, list[str]]:
    """Nodes of each level, in an order that lets few lines cross: barycentres, downwards and upwards in turn."""
    layers: dict[int, list[str]] = {}
    for node in nodes:
        layers.setdefault(level[node], []).append(node)
    near: dict[str, list[str]] = {node: [] for node in nodes}
    for one, other in pairs:
        if one in near and other in near:
            near[one].append(other)
            near[other].append(one)
    for turn in range(PASSES):
        place = {node: (at + 0.5) / len(layer) for layer in layers.values() for at, node in enumerate(layer)}
        for number in sorted(layers, reverse=turn % 2 == 1):
            layers[number] = barycentred(layers[number], near, place)
            place |= {node: (at + 0.5) / len(layers[number]) for at, node in enumerate(layers[number])}
    return dict(sorted(layers.items()))


def barycentred(layer: Sequence[str], near: Mapping[str, Sequence[str]], place: Mapping[str, float]) -> list[str]:
    """*layer* sorted by the mean place of each node's neighbours; one without any keeps its own place."""
    means = {n: sum(place[o] for o in near[n]) / len(near[n]) if near[n] else place[n] for n in layer}
    return sorted(layer, key=lambda node: (round(means[node], 9), place[node]))


def _width(row: Sequence[str], boxes: Mapping[str, Box]) -> float:
    return sum(boxes[node].width for node in row) + GAP * (len(row) - 1)


def _broken(layer: Sequence[str], boxes: Mapping[str, Box]) -> list[list[str]]:
    """*layer* in rows of about the same width, none much wider than `WIDEST`."""
    number = max(1, -(-round(_width(layer, boxes)) // round(WIDEST)))
    size = -(-len(layer) // number)
    return [list(layer[at : at + size]) for at in range(0, len(layer), size)]


def _set(
    rows: Iterable[Sequence[str]], boxes: Mapping[str, Box], block: tuple[float, float], y: float,
    places: dict[str, tuple[int, int]],
) -> float:  # fmt: skip
    """Place *rows* from *y* down, each in the middle of its block; return how far down they reach."""
    for row in rows:
        high = max(boxes[node].height for node in row)
        x = (block[0] + block[1] - _width(row, boxes)) / 2
        for node in row:
            places[node] = (round(x + boxes[node].width / 2), round(y + high / 2 - boxes[node].below))
            x += boxes[node].width + GAP
        y += high + ROW_GAP
    return y - ROW_GAP


def bipartite(
    left: Sequence[str], right: Sequence[str], edges: Iterable[tuple[str, str]], boxes: Mapping[str, Box], *,
    across: int = 860, step: int = 42,
) -> dict[str, tuple[int, int]]:  # fmt: skip
    """Two columns joined by lines (left, right): *left* in the order given, *right* by the middle of its neighbours.

    The shorter column is spread over the height of the longer. Whole numbers, y downwards.
    """
    near: dict[str, list[str]] = {node: [] for node in (*left, *right)}
    for one, other in sorted(set(edges)):
        near[one].append(other)
        near[other].append(one)
    place = {node: (at + 0.5) / len(left) for at, node in enumerate(left)}
    place |= {node: (at + 0.5) / len(right) for at, node in enumerate(right)}
    order = barycentred(right, near, place)
    heights = [boxes[node].height + ROW_GAP for node in order]
    whole = max(step * len(left), sum(heights))
    room, y, places = (whole - sum(heights)) / max(len(order), 1), 0.0, {}
    for node, height in zip(order, heights, strict=True):
        y += room / 2
        places[node] = (across, round(y + height / 2 - boxes[node].below))
        y += height + room / 2
    for at, node in enumerate(left):
        places[node] = (0, round((at + 0.5) * whole / len(left)))
    return places


__all__ = ["Layers", "bipartite", "layered"]
