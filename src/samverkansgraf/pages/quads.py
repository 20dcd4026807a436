"""Every quad of a graph, by what it is about; read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from ..store import Store
from ..terms import PROV

Term = Any
"""An IRI or a literal of the engine: ``.value``, and for literals ``.datatype`` and ``.language``."""
Quad = tuple[str, Term, Term, Term]
"""Graph (nothing: the default graph), subject, property, value."""


def is_iri(term: Term) -> bool:
    """Whether *term* is an IRI."""
    return not hasattr(term, "datatype")


class Quads:
    """Quads by subject and by value."""

    def __init__(self, store: Store) -> None:
        self._by_subject: dict[str, list[Quad]] = defaultdict(list)
        self._by_value: dict[str, list[Quad]] = defaultdict(list)
        self._by_graph: dict[str, list[Quad]] = defaultdict(list)
        for quad in store.quads():
            self._add(quad)

    def _add(self, quad: Quad) -> None:
        graph, subject, _, value = quad
        self._by_graph[graph].append(quad)
        self._by_subject[subject.value].append(quad)
        if is_iri(value):
            self._by_value[value.value].append(quad)

    @cached_property
    def iris(self) -> set[str]:
        """Every IRI that is subject or value somewhere."""
        return {*self._by_subject, *self._by_value}

    @cached_property
    def graphs(self) -> dict[str, int]:
        """Named graph → how many triples it holds."""
        return {graph: len(quads) for graph, quads in sorted(self._by_graph.items()) if graph}

    def in_graph(self, iri: str) -> list[Quad]:
        """Quads of the named graph *iri*, sorted."""
        return sorted(self._by_graph.get(iri, ()), key=_order)

    def of(self, iri: str) -> list[Quad]:
        """Quads with *iri* as subject, sorted."""
        return sorted(self._by_subject.get(iri, ()), key=_order)

    def about(self, iri: str) -> list[Quad]:
        """Quads with *iri* as subject or value, sorted."""
        return sorted({*self._by_subject.get(iri, ()), *self._by_value.get(iri, ())}, key=_order)

    def source(self, iri: str) -> str:
        """The node that a rule made *iri* from, or nothing."""
        found = (quad[3].value for quad in self._by_subject.get(iri, ()) if quad[2].value == PROV.wasDerivedFrom)
        return min(found, default="")


def turtle(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> bytes:
    """The triples of *quads* as Turtle."""
    triples = (ox.Triple(*quad[1:]) for quad in quads)
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""


def _order(quad: Quad) -> tuple[str, ...]:
    return (quad[0], *map(str, quad[1:]))
