"""The built graph in memory, in Oxigraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..errors import QueryError, WorkspaceError

if TYPE_CHECKING:
    import rdflib

Solutions = ox.QuerySolutions
Triples = ox.QueryTriples
Dataset = tuple[Sequence[str], Sequence[str]]
Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


class EmbeddedStore:
    """Quads in memory: the default graph holds what is fact, named graphs why."""

    def __init__(self) -> None:
        self._engine = ox.Store()

    @classmethod
    def open(cls, path: Path) -> EmbeddedStore:
        """Load a built graph (N-Quads); `WorkspaceError` when it cannot be read."""
        store = cls()
        try:
            store._engine.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        except (OSError, SyntaxError) as exc:
            raise WorkspaceError(f"{path}: cannot be loaded: {exc}") from exc
        return store

    def load(self, quads: str) -> None:
        """Add N-Quads text."""
        self._engine.bulk_load(input=quads.encode(), format=ox.RdfFormat.N_QUADS)

    def query(self, text: str, prefixes: dict[str, str] | None = None, *, dataset: Dataset | None = None) -> Result:
        """Evaluate a query that has passed `guard`; `QueryError` gives the position of a mistake.

        *prefixes* hold where the text declares none of that name. *dataset* stands above the text's own FROM: IRIs of
        the graphs that together are the default graph, and of the named graphs.
        """
        default, named = (None, None) if dataset is None else map(_nodes, dataset)
        try:
            return self._engine.query(text, prefixes=prefixes, default_graph=default, named_graphs=named)
        except (SyntaxError, ValueError) as exc:
            raise QueryError(_mistake(text, str(exc))) from exc

    def select(self, text: str) -> Solutions:
        """Evaluate a SELECT query."""
        result = self.query(text)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("Expected a SELECT query here.")
        return result

    def construct(self, text: str) -> Triples:
        """Evaluate a CONSTRUCT query."""
        result = self.query(text)
        if not isinstance(result, ox.QueryTriples):
            raise QueryError("Expected a CONSTRUCT query here.")
        return result

    def lines(self, graph: str | None = None) -> Iterator[str]:
        """Every quad as an N-Quads line; with *graph*, the triples of that graph as lines of the default graph."""
        if graph is None:
            yield from (f"{quad} .\n" for quad in self._engine)
        else:
            quads = self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph))
            yield from (f"{quad.triple} .\n" for quad in quads)

    def turtle(self, prefixes: dict[str, str]) -> str:
        """The default graph as Turtle, sorted, so that the same graph gives the same bytes."""
        quads = self._engine.quads_for_pattern(None, None, None, ox.DefaultGraph())
        ordered = sorted((quad.triple for quad in quads), key=str)
        return (ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()

    def has_graph(self, graph: str) -> bool:
        """Whether a named graph *graph* (an IRI) is loaded."""
        try:
            return self._engine.contains_named_graph(ox.NamedNode(graph))
        except ValueError:
            return False

    def __len__(self) -> int:
        return len(self._engine)

    def to_rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over this very store; nothing is copied."""
        import oxrdflib
        import rdflib

        return rdflib.Dataset(store=oxrdflib.OxigraphStore(store=self._engine))


def _nodes(graphs: Sequence[str]) -> list[Any]:
    return [ox.NamedNode(graph) for graph in graphs]


def _mistake(text: str, error: str) -> str:
    """Where a query went wrong and what stood there, from the parser's message."""
    found = re.search(r"error at (\d+):(\d+): (.*)", error, re.DOTALL)
    if found is None:
        return f"The query cannot be run: {error}"
    line, column = int(found[1]), int(found[2])
    row = text.splitlines()[line - 1] if line <= len(text.splitlines()) else ""
    before = f"Line {line}, column {column}"
    if "Prefix not found" in found[3]:
        prefix = re.search(r"([\w-]*):[\w.-]*$", row[: column - 1])
        name = f" {prefix[1]}:" if prefix else ""
        return f"{before}: the prefix{name} is not declared; write PREFIX name: <iri> first."
    seen = f"near {row[column - 1 :][:20]!r}" if row[column - 1 :].strip() else "at the end; is a bracket left open?"
    return f"{before}: the query cannot be read {seen}"
