"""The built graph in memory, in Oxigraph."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import WorkspaceError
from .base import Dataset, Quad, Result, Store, evaluated

if TYPE_CHECKING:
    import rdflib


class EmbeddedStore(Store):
    """Quads in memory, or (see `disk`) in a folder of Oxigraph's own."""

    def __init__(self, engine: ox.Store | None = None) -> None:
        self._engine = ox.Store() if engine is None else engine

    @classmethod
    def open(cls, path: Path) -> EmbeddedStore:
        """Load a built graph (N-Quads); `WorkspaceError` when it cannot be read."""
        store = cls()
        try:
            store._engine.load(path=str(path), format=ox.RdfFormat.N_QUADS)  # bulk_load takes more memory, no less time
        except (OSError, SyntaxError) as exc:
            raise WorkspaceError(f"{path}: cannot be loaded: {exc}") from exc
        return store

    @classmethod
    def of(cls, lines: Iterable[str]) -> EmbeddedStore:
        """A store of N-Quads lines."""
        store = cls()
        store.load("".join(lines))
        return store

    def load(self, quads: str) -> None:
        """Add N-Quads text."""
        self._engine.load(input=quads.encode(), format=ox.RdfFormat.N_QUADS)

    def query(self, text: str, prefixes: Mapping[str, str] | None = None, *, dataset: Dataset | None = None) -> Result:
        """Evaluate a query."""
        return evaluated(self._engine, text, prefixes, dataset)

    def quads(self) -> Iterator[Quad]:
        """Every quad."""
        for quad in self._engine:
            graph = quad.graph_name
            name = graph.value if isinstance(graph, ox.NamedNode) else ""
            yield name, quad.subject, quad.predicate, quad.object

    def has_graph(self, graph: str) -> bool:
        """Whether a named graph is loaded."""
        try:
            return self._engine.contains_named_graph(ox.NamedNode(graph))
        except ValueError:
            return False

    def lines(self, graph: str | None = None) -> Iterator[str]:
        """Every quad as an N-Quads line."""
        if graph is None:
            yield from (f"{quad} .\n" for quad in self._engine)
        else:
            quads = self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph))
            yield from (f"{quad.triple} .\n" for quad in quads)

    @property
    def local(self) -> EmbeddedStore:
        """This very store."""
        return self

    def turtle(self, prefixes: dict[str, str]) -> str:
        """The default graph as Turtle, sorted, so that the same graph gives the same bytes."""
        quads = self._engine.quads_for_pattern(None, None, None, ox.DefaultGraph())
        ordered = sorted((quad.triple for quad in quads), key=str)
        return (ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()

    def copy(self) -> EmbeddedStore:
        """The same quads in a store of their own."""
        made = EmbeddedStore()
        made._engine.bulk_extend(self._engine)
        return made

    def holds(self, triple: ox.Triple) -> bool:
        """Whether *triple* is a fact."""
        return ox.Quad(*triple) in self._engine

    def forget(self, graph: str) -> None:
        """Remove *graph*, and its triples from among the facts."""
        name = ox.NamedNode(graph)
        for quad in list(self._engine.quads_for_pattern(None, None, None, name)):
            self._engine.remove(ox.Quad(*quad.triple))
        self._engine.remove_graph(name)

    def remove(
        self, subject: str | None, predicate: str | None, value: str | None, *, but: Collection[str] = ()
    ) -> None:
        """Remove quads of all graphs by IRI of their terms (None is any), except those with a predicate in *but*."""
        terms = (ox.NamedNode(iri) if iri else None for iri in (subject, predicate, value))
        for quad in list(self._engine.quads_for_pattern(*terms)):
            if quad.predicate.value not in but:
                self._engine.remove(quad)

    def __len__(self) -> int:
        return len(self._engine)

    def to_rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over this very store; nothing is copied."""
        import oxrdflib
        import rdflib

        return rdflib.Dataset(store=oxrdflib.OxigraphStore(store=self._engine))
