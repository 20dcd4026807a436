"""CSV files for `neo4j-admin database import`, headers with types as its manual defines them."""

from __future__ import annotations

import re

from ..inventory import Edge, Node
from ..inventory.edges import days
from ..spreadsheet import delimited
from .request import Request

NODES = (
    "id:ID", "iri:string", "name:string", "abbreviation:string", "code:string", "kind:string", "collections:string[]",
    "valid_from:string", "valid_until:string", "first_day:date", "last_day:date", ":LABEL",
)  # fmt: skip
EDGES = (
    ":START_ID", ":END_ID", ":TYPE", "name:string", "iri:string", "modality:string", "derived:boolean",
    "one_of:boolean", "matter:string", "condition:string", "evidence:string[]", "valid_from:string",
    "valid_until:string",
)  # fmt: skip
_ABOUT = """\
neo4j-admin database import full neo4j --nodes=nodes.csv --relationships=relationships.csv --array-delimiter=";"
"""


def neo4j(request: Request) -> dict[str, bytes]:
    """Nodes, relationships, and the command that imports them."""
    nodes = [_node(node) for node in request.nodes]
    edges = [_edge(edge, request) for edge in request.edges]
    return {
        "nodes.csv": delimited(NODES, [[_line(cell) for cell in row] for row in nodes], "csv"),
        "relationships.csv": delimited(EDGES, [[_line(cell) for cell in row] for row in edges], "csv"),
        "import.sh": _ABOUT.encode(),
    }


def _line(text: str) -> str:
    """*text* on one line: the importer reads a line as a row."""
    return " ".join(text.split())


def _array(values: tuple[str, ...]) -> str:
    return ";".join(value.replace(";", ",") for value in values)


def _node(node: Node) -> list[str]:
    names = [node.id, node.iri, node.label, node.abbreviation, node.code, node.kind_label]
    period = [node.start, node.end, *days(node.start, node.end)]
    return [*names, _array(node.collections), *period, ";".join(filter(None, ("Thing", node.kind)))]


def _edge(edge: Edge, request: Request) -> list[str]:
    names = request.knowledge.things
    ends = [names.short(edge.source), names.short(edge.target), _type(edge.verb)]
    flags = [str(edge.derived).lower(), str(edge.one_of).lower()]
    evidence = _array(tuple(map(names.short, edge.passages)))
    about = [names.label(edge.verb, request.lang), edge.verb, edge.modality, *flags]
    return [*ends, *about, edge.matter, edge.condition, evidence, edge.start, edge.end]


def _type(iri: str) -> str:
    """A relationship type as Neo4j writes them.

    >>> _type("https://w3id.org/samverkansgraf/ns#preparesFor")
    'PREPARES_FOR'
    """
    name = re.split(r"[#/]", iri)[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()
