"""GraphML, as Gephi, Cytoscape and yEd read it: directed, typed attributes, one edge per statement."""

from __future__ import annotations

import io
import re

from ..inventory import Edge, Node
from ..inventory.edges import days
from .request import Request

Attributes = dict[str, str | bool]
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def node_attributes(node: Node) -> Attributes:
    """What a network tool is told about a node; what is not known is left out.

    ``valid_from`` and ``valid_until`` are as printed, ``first_day`` and ``last_day`` the widest that they may mean.
    """
    first, last = days(node.start, node.end)
    return _given(
        label=node.label, name=node.label, abbreviation=node.abbreviation, type=node.kind, type_label=node.kind_label,
        iri=node.iri, code=node.code, collections="; ".join(node.collections),
        valid_from=node.start, valid_until=node.end, first_day=first, last_day=last,
    )  # fmt: skip


def edge_attributes(edge: Edge, request: Request) -> Attributes:
    """What a network tool is told about an edge; Cytoscape shows ``interaction``, Gephi ``label``."""
    short = request.knowledge.things.short
    label = request.knowledge.things.label(edge.verb, request.lang)
    return _given(
        label=label, interaction=short(edge.verb), kind=edge.kind, modality=edge.modality, derived=edge.derived,
        one_of=edge.one_of, matter=edge.matter, condition=edge.condition,
        evidence="; ".join(map(short, edge.passages)), valid_from=edge.start, valid_until=edge.end,
    )  # fmt: skip


def _given(**values: str | bool) -> Attributes:
    return {
        key: _NOT_XML.sub("", value) if isinstance(value, str) else value
        for key, value in values.items()
        if value != ""
    }


def graphml(request: Request) -> bytes:
    """The network as GraphML."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    for node in request.nodes:
        graph.add_node(node.id, **node_attributes(node))
    short = request.knowledge.things.short
    for number, edge in enumerate(request.edges, 1):
        graph.add_edge(short(edge.source), short(edge.target), f"e{number}", **edge_attributes(edge, request))
    out = io.BytesIO()
    nx.write_graphml_xml(graph, out, named_key_ids=True)
    return out.getvalue() + b"\n"
