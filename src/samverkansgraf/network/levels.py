"""Where chains lead: levels, loops and a longest chain of a directed graph."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from .relations import Relation

if TYPE_CHECKING:
    import networkx as nx


def chain_graph(relations: Iterable[Relation], groups: Mapping[str, list[str]]) -> nx.DiGraph:
    """A directed graph of *relations*: one edge per pair of ends, with the relations that make it as ``relations``.

    A group with listed members stands for them on either side. An open side, a thing that leads to itself and a group
    that leads to itself give no edge.
    """
    import networkx as nx

    graph = nx.DiGraph()
    for one in relations:
        for source in spread(one.source, groups) if one.source != one.target else ():
            for target in spread(one.target, groups):
                if source != target:
                    graph.add_edge(source, target)
                    graph.edges[source, target].setdefault("relations", []).append(one)
    return graph


def spread(side: Iterable[str], groups: Mapping[str, list[str]]) -> list[str]:
    """Things of one side, groups as their listed members, sorted."""
    return sorted({member for one in side for member in groups.get(one, [one])})


def parts(graph: nx.DiGraph) -> list[set[str]]:
    """Nodes that lead to one another (strongly connected components), each part after all that it leads to.

    That is the order in which Tarjan's algorithm finds them.
    """
    import networkx as nx

    return list(nx.strongly_connected_components(graph))


def levels(graph: nx.DiGraph, parts: Iterable[set[str]]) -> dict[str, int]:
    """Level of every node: 0 where nothing leads further, else one above the highest that it leads to.

    Nodes of one part share a level. *parts* are those of `parts`, in their order; `KeyError` in another.
    """
    level: dict[str, int] = {}
    for part in parts:
        height = max((level[to] + 1 for node in part for to in graph[node] if to not in part), default=0)
        level.update(dict.fromkeys(part, height))
    return level


def loops(parts: Iterable[set[str]]) -> list[list[str]]:
    """Nodes that lead to one another, each loop sorted: *parts* of more than one node."""
    return sorted(sorted(part) for part in parts if len(part) > 1)


def starts(graph: nx.DiGraph, parts: Iterable[set[str]]) -> list[str]:
    """One node of each of *parts* that nothing leads to, sorted; of a loop its first."""
    return sorted(min(part) for part in parts if all(part.issuperset(graph.pred[node]) for node in part))


def descent(graph: nx.DiGraph, level: Mapping[str, int], start: str) -> list[str]:
    """A longest chain from *start* to level 0, one level at a time; within a loop the shortest way to where it goes on.

    *level* is that of `levels`. Ties go to the first by name.
    """
    path = [start]
    while level[path[-1]]:
        path += _one_level_down(graph, level, path[-1])
    return path


def _one_level_down(graph: nx.DiGraph, level: Mapping[str, int], start: str) -> list[str]:
    """Nodes after *start* up to the first that lies one level below; an edge on the same level stays in a loop."""
    came: dict[str, str] = {start: ""}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        below = min((other for other in graph[node] if level[other] == level[start] - 1), default="")
        if below:
            way = [below]
            while node != start:
                way.append(node)
                node = came[node]
            return way[::-1]
        for other in sorted(graph[node]):
            if level[other] == level[start] and other not in came:
                came[other] = node
                queue.append(other)
    raise ValueError(f"{start} lies on level {level[start]}, but nothing on the level below can be reached")


__all__ = ["chain_graph", "descent", "levels", "loops", "parts", "spread", "starts"]
