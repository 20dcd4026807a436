"""Relations as a NetworkX graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from .relations import Relation

if TYPE_CHECKING:
    import networkx as nx


def project(relations: Iterable[Relation], groups: Mapping[str, list[str]]) -> nx.MultiDiGraph:
    """Project *relations* on a directed multigraph: nodes are IRIs, one edge per pair of ends.

    An edge carries ``verb``, ``modality``, ``matter``, ``condition``, ``one_of`` (bool), ``derived`` (spread over the
    members of a group), ``passages`` and ``node``. A side that the text leaves open gives no edge. Nothing is merged:
    parallel relations are parallel edges.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    for relation in relations:
        for source in _ends(relation.source, "source" in relation.each, groups):
            for target in _ends(relation.target, "target" in relation.each, groups):
                graph.add_edge(
                    source,
                    target,
                    verb=relation.verb,
                    modality=relation.modality,
                    matter=relation.matter,
                    condition=relation.condition,
                    one_of=bool(relation.one_of),
                    derived=bool(relation.each),
                    passages=relation.passages,
                    node=relation.node,
                )
    return graph


def _ends(side: tuple[str, ...], each: bool, groups: Mapping[str, list[str]]) -> list[str]:
    return sorted({member for one in side for member in groups.get(one, [one])}) if each else list(side)
