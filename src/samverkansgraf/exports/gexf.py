"""GEXF 1.3 with periods, for Gephi's timeline.

GEXF knows whole days only. A thing whose dates are less precise is shown from the first day that its beginning may mean
to the last day that its end may mean; the printed dates are attributes, and ``dates_widened`` marks every such thing. A
thing without a date has no period at all: Gephi shows it always.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree as ET

from ..inventory.edges import days
from .graphml import Attributes, edge_attributes, node_attributes
from .request import Request

_SPACE = "http://gexf.net/1.3"
_OWN = frozenset({"label", "name", "first_day", "last_day"})
"""What GEXF has a place of its own for."""


def gexf(request: Request) -> bytes:
    """The network as GEXF."""
    root = ET.Element("gexf", {"xmlns": _SPACE, "version": "1.3"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "samverkansgraf"
    ET.SubElement(meta, "description").text = request.words("exports.gexf_dates")
    kinds = {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
    graph = ET.SubElement(root, "graph", {"idtype": "string", **kinds})
    nodes = [({"id": one.id}, node_attributes(one), (one.start, one.end)) for one in request.nodes]
    _elements(graph, "node", nodes)
    _elements(graph, "edge", list(_edges(request)))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


_Item = tuple[dict[str, str], Attributes, tuple[str, str]]


def _edges(request: Request) -> Iterable[_Item]:
    short = request.knowledge.things.short
    for number, edge in enumerate(request.edges, 1):
        about = edge_attributes(edge, request)
        ends = {"id": f"e{number}", "source": short(edge.source), "target": short(edge.target)}
        yield {**ends, "kind": f"{about['interaction']} {edge.modality}"}, about, (edge.start, edge.end)


def _elements(graph: ET.Element, kind: str, items: Sequence[_Item]) -> None:
    """Declare the attributes that *items* use, then write each item with its period."""
    types = {key: type(value) for _, about, _ in items for key, value in about.items() if key not in _OWN}
    types |= {"dates_widened": bool} if any(any(period) for *_, period in items) else {}
    declared = ET.SubElement(graph, "attributes", {"class": kind, "mode": "static"})
    for key, one in types.items():
        ET.SubElement(declared, "attribute", {"id": key, "title": key, "type": "boolean" if one is bool else "string"})
    parent = ET.SubElement(graph, f"{kind}s")
    for identity, about, period in items:
        element = ET.SubElement(parent, kind, {**identity, "label": str(about["label"]), **_period(period)})
        widened = {"dates_widened": any(len(one) < 10 for one in period if one)} if any(period) else {}
        _values(element, {key: value for key, value in {**about, **widened}.items() if key not in _OWN})


def _period(period: tuple[str, str]) -> dict[str, str]:
    return {key: day for key, day in zip(("start", "end"), days(*period), strict=True) if day}


def _values(element: ET.Element, about: Mapping[str, str | bool]) -> None:
    values = ET.SubElement(element, "attvalues")
    for key, value in about.items():
        text = str(value).lower() if isinstance(value, bool) else value
        ET.SubElement(values, "attvalue", {"for": key, "value": text})
