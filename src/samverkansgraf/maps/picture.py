"""The network object of the map: positions, shapes and lines, built with pyvis, which writes no page here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from ..network.layout import Box
from . import style
from .content import Content, Edge
from .sketch import Drawn

_QUIET = frozenset({"hasMember", "partOf", "unitOf", "postIn", "concerns", "broader", "attachedTo"})
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "dragNodes": True},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}}},
}


def picture(whole: Drawn) -> Any:
    """A pyvis `Network` with every node and edge of the content; node ids are short IRIs, edge ids numbers in order.

    It is a picture of its own too: ``picture(drawn).generate_html()`` is pyvis' page of the same places.
    """
    from pyvis.network import Network

    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    degrees = Counter(end for edge in whole.content.edges for end in (edge.source, edge.target))
    for thing in whole.content.nodes:
        _add_node(network, thing, whole, degrees[thing])
    network.edges.extend(lines(whole.content.edges, whole.content))
    return network


def _add_node(network: Any, thing: str, whole: Drawn, degree: int) -> None:
    content = whole.content
    things, lang = content.knowledge.things, content.texts.lang
    shown, modality, (x, y) = style.look(content.classes(thing)), content.modality(thing), whole.places[thing]
    options: dict[str, Any] = {"x": x, "y": y, "size": style.symbol(shown), "font": {"size": shown.font}}
    options |= shown.options | {"degree": degree, "home": things.short(whole.homes[thing])} | room(whole.boxes[thing])
    if dashes := style.DASHES[modality]:
        options["shapeProperties"] = options.get("shapeProperties", {}) | {"borderDashes": dashes}
    network.add_node(
        things.short(thing), style.label(things.heading(thing, lang), shown, lang), group=shown.family,
        title=things.long(thing, lang), kind=things.short(content.kind(thing)), modality=modality, **options,
    )  # fmt: skip


def room(box: Box) -> dict[str, object]:
    """Room of a node as the page knows it: width and height, and how far below its point the middle of that lies."""
    return {"room": [round(box.width), round(box.height)]} | ({"below": round(box.below)} if box.below else {})


def lines(edges: Iterable[Edge], content: Content, first: int = 0) -> list[dict[str, object]]:
    """Edges as pyvis keeps them, numbered from *first*, without its search through all earlier ones."""
    from pyvis.edge import Edge as Line

    things, found = content.knowledge.things, list(edges)
    pairs = Counter(map(_pair, found))
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for number, edge in enumerate(found, first):
        line: dict[str, object] = {"id": number, "verb": things.short(edge.verb), "modality": edge.modality}
        line["dashes"] = style.DASHES[edge.modality] or False
        if edge.verb.replace("#", "/").rpartition("/")[2] in _QUIET:
            line["quiet"] = True
        if pairs[_pair(edge)] > 1:
            line["smooth"] = _curve(edge, seen[_pair(edge)])
            seen[_pair(edge)] += 1
        made.append(Line(things.short(edge.source), things.short(edge.target), directed=False, **line).options)
    return made


def _pair(edge: Edge) -> tuple[str, str]:
    return (min(edge.source, edge.target), max(edge.source, edge.target))


def _curve(edge: Edge, number: int) -> dict[str, object]:
    """Bend parallel lines away from one another: left, right, farther left …, whichever way they point."""
    left = (number % 2 == 0) == (edge.source < edge.target)
    bend = round(0.12 + 0.1 * (number // 2), 2)
    return {"enabled": True, "type": "curvedCW" if left else "curvedCCW", "roundness": bend}


__all__ = ["lines", "picture", "room"]
