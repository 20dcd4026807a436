"""Everything the graph holds, as facts, tables and edges: what exports are written from."""

from .edges import Edge, Node, edges, nodes
from .facts import Fact, Facts, read_facts
from .tables import Column, Table, tables

__all__ = ["Column", "Edge", "Fact", "Facts", "Node", "Table", "edges", "nodes", "read_facts", "tables"]
