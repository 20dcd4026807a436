"""What comes loose when one node is taken away: every articulation point with its parts, in one walk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A part that comes loose, as spans of the order of the walk."""

    spans: tuple[Span, ...]

    def __len__(self) -> int:
        return sum(end - start for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Cuts:
    """Articulation points: node → parts that come loose from the largest part left, the largest of them first."""

    order: list[str]
    parts: dict[str, list[Part]]

    def nodes(self, part: Part) -> list[str]:
        """Nodes of *part*, sorted."""
        return sorted(node for start, end in part.spans for node in self.order[start:end])


def cuts(neighbours: Mapping[str, Collection[str]]) -> Cuts:
    """Articulation points of an undirected graph, by Tarjan's low points (1972); linear in nodes and edges.

    Where parts are equally large, the one that holds the walk's start is the one that stays.
    """
    order: list[str] = []
    parts: dict[str, list[Part]] = {}
    seen: dict[str, int] = {}
    for root in sorted(neighbours):
        if root not in seen:
            begin = len(order)
            below = _walk(root, neighbours, order, seen)
            for node, spans in below.items():
                loose = _loose(spans, seen[node], (begin, len(order)))
                if loose:
                    parts[node] = loose
    return Cuts(order, parts)


def _walk(
    root: str, neighbours: Mapping[str, Collection[str]], order: list[str], seen: dict[str, int]
) -> dict[str, list[Span]]:
    """Node → spans of the branches below it that reach no higher than it; visits the component of *root*."""
    below: dict[str, list[Span]] = {}
    low: dict[str, int] = {}
    stack: list[tuple[str, str, Iterator[str]]] = []

    def enter(node: str, parent: str) -> None:
        seen[node] = low[node] = len(order)
        order.append(node)
        stack.append((node, parent, iter(sorted(neighbours[node]))))

    enter(root, "")
    while stack:
        node, parent, rest = stack[-1]
        for other in rest:
            if other not in seen:
                enter(other, node)
                break
            if other not in {parent, node}:
                low[node] = min(low[node], seen[other])
        else:
            stack.pop()
            if parent:
                low[parent] = min(low[parent], low[node])
                if low[node] >= seen[parent]:
                    below.setdefault(parent, []).append((seen[node], len(order)))
    return below


def _loose(spans: list[Span], place: int, component: Span) -> list[Part]:
    """Parts that are left when the node at *place* is gone, without the largest."""
    rest, start = [], component[0]
    for begin, end in sorted([*spans, (place, place + 1)]):
        rest += [(start, begin)] if begin > start else []
        start = end
    rest += [(start, component[1])] if component[1] > start else []
    parts = [*([Part(tuple(rest))] if rest else []), *(Part((span,)) for span in spans)]
    return sorted(parts, key=len, reverse=True)[1:]
