"""The network object of the map: positions, shapes and lines, built with pyvis, which writes no page here."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from ..network.layout import positions
from . import style
from .content import Content, Edge

_QUIET = frozenset({"hasMember", "partOf", "unitOf", "postIn", "concerns", "broader", "attachedTo"})
_OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "dragNodes": True, "tooltipDelay": 200, "keyboard": False, "multiselect": False},
    "nodes": {
        "borderWidth": 1.5, "borderWidthSelected": 3, "margin": 8, "labelHighlightBold": False, "chosen": False,
        "scaling": {"label": {"enabled": False, "drawThreshold": 8, "maxVisible": 34}},
    },
    "edges": {
        "width": 1.2, "selectionWidth": 1.5, "hoverWidth": 1, "smooth": False, "chosen": False,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}}, "arrowStrikethrough": False,
    },
}  # fmt: skip


def picture(content: Content) -> Any:
    """A pyvis `Network` with every node and edge of *content*; node ids are short IRIs, edge ids numbers in order."""
    from pyvis.network import Network

    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    _add_nodes(network, content)
    _add_edges(network, content)
    return network


def _add_nodes(network: Any, content: Content) -> None:
    things, lang = content.knowledge.things, content.texts.lang
    looks = {thing: style.look(content.classes(thing)) for thing in content.nodes}
    labels = {thing: style.label(things.heading(thing, lang), looks[thing], lang) for thing in content.nodes}
    boxes = {thing: style.box(labels[thing], looks[thing]) for thing in content.nodes}
    homes = {thing: next(iter(content.collections(thing)), "") for thing in content.nodes}
    places = positions(boxes, ((edge.source, edge.target) for edge in content.edges), homes)
    degrees = Counter(end for edge in content.edges for end in (edge.source, edge.target))
    for thing in content.nodes:
        shown, modality, (x, y) = looks[thing], content.modality(thing), places[thing]
        options: dict[str, Any] = {"x": x, "y": y, "size": style.symbol(shown), "font": {"size": shown.font}}
        options |= shown.options | {"degree": degrees[thing], "home": things.short(homes[thing])}
        options["room"] = [round(boxes[thing].width), round(boxes[thing].height)]
        if dashes := style.DASHES[modality]:
            options["shapeProperties"] = options.get("shapeProperties", {}) | {"borderDashes": dashes}
        network.add_node(
            things.short(thing), labels[thing], group=shown.family, title=things.long(thing, lang),
            kind=things.short(content.kind(thing)), modality=modality, **options,
        )  # fmt: skip


def _add_edges(network: Any, content: Content) -> None:
    """Append edges as `add_edge` would, but without its search through all earlier edges."""
    from pyvis.edge import Edge as Line

    things = content.knowledge.things
    pairs = Counter(_pair(edge) for edge in content.edges)
    seen: Counter[tuple[str, str]] = Counter()
    for number, edge in enumerate(content.edges):
        ends = (things.short(edge.source), things.short(edge.target))
        line: dict[str, object] = {"id": number, "verb": things.short(edge.verb), "modality": edge.modality}
        line["dashes"] = style.DASHES[edge.modality] or False
        if edge.verb.replace("#", "/").rpartition("/")[2] in _QUIET:
            line["quiet"] = True
        if pairs[_pair(edge)] > 1:
            line["smooth"] = _curve(edge, seen[_pair(edge)])
            seen[_pair(edge)] += 1
        network.edges.append(Line(*ends, directed=False, **line).options)


def _pair(edge: Edge) -> tuple[str, str]:
    return (min(edge.source, edge.target), max(edge.source, edge.target))


def _curve(edge: Edge, number: int) -> dict[str, object]:
    """Bend parallel lines away from one another: left, right, farther left …, whichever way they point."""
    left = (number % 2 == 0) == (edge.source < edge.target)
    bend = round(0.12 + 0.1 * (number // 2), 2)
    return {"enabled": True, "type": "curvedCW" if left else "curvedCCW", "roundness": bend}


__all__ = ["picture"]
