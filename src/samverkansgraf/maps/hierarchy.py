"""The view of who prepares for and reports to whom: layers, at the top those whom no chain leads on from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..network.layers import layered
from ..network.levels import levels, parts
from ..reports.chains import VERBS
from ..terms import ORG, SG
from .content import Edge
from .sketch import Drawn, Frame, Place, Sketch

SIDE, TOP = 60, 46


def hierarchy(drawn: Drawn) -> Sketch | None:
    """Layers by the longest way up; nothing where no relation prepares, reports, recommends, supports or refers.

    A group stands where what it sends leads, its members below it when they send as members, above when they receive.
    """
    import networkx as nx

    own = [edge for edge in drawn.content.edges if edge.verb in VERBS]
    if not own:
        return None
    groups = _joined(drawn, own)
    graph = nx.DiGraph([(edge.source, edge.target) for edge in own])
    graph.add_edges_from(_direction(edge, own) for edge in groups)
    level, nodes = levels(graph, parts(graph)), [thing for thing in drawn.content.nodes if thing in graph]
    found = layered({node: drawn.boxes[node] for node in nodes}, graph.edges, level, {n: drawn.homes[n] for n in nodes})
    left = min(left for left, _ in found.blocks.values()) - SIDE
    right = max(right for _, right in found.blocks.values()) + SIDE
    bands = [_band(number, span, left, right, drawn) for number, span in found.layers.items()]
    return Sketch("bereder", found.places, [*own, *groups], bands=bands, heads=_heads(found.blocks, drawn))


def _joined(drawn: Drawn, own: Iterable[Edge]) -> list[Edge]:
    """Memberships between a group and a member that both take part in *own*."""
    ends = {end for edge in own for end in (edge.source, edge.target)}
    classes, edges = drawn.content.classes, drawn.content.edges
    return [
        e for e in edges if e.verb == ORG.hasMember and {e.source, e.target} <= ends and SG.Group in classes(e.target)
    ]


def _direction(edge: Edge, own: Sequence[Edge]) -> tuple[str, str]:
    """A membership as a step upwards: from the member to a group that sends, else from the group to the member."""
    sends = any(one.source == edge.target for one in own)
    return (edge.source, edge.target) if sends else (edge.target, edge.source)


def _band(number: int, span: Place, left: int, right: int, drawn: Drawn) -> Frame:
    texts = drawn.content.texts
    title = texts("map.top") if number == 0 else texts("map.steps_up", steps=texts.count("step", number))
    return title, left, span[0] - TOP, right - left, span[1] - span[0] + TOP + 24


def _heads(blocks: dict[str, Place], drawn: Drawn) -> list[tuple[str, int, int, int]]:
    """The name of each collection above its block, where there are several."""
    if len(blocks) < 2:
        return []
    return [
        (drawn.label(home) if home else "", (left + right) // 2, -TOP - 34, 26)
        for home, (left, right) in blocks.items()
    ]


__all__ = ["hierarchy"]
