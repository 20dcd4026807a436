"""What every store can be asked, whatever engine is behind it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

import pyoxigraph as ox

from ..errors import QueryError

if TYPE_CHECKING:
    import rdflib

    from .embedded import EmbeddedStore

Triples = ox.QueryTriples
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Quad = tuple[str, Term, Term, Term]
"""IRI of the named graph (empty: the default graph), subject, property, value."""
Dataset = tuple[Sequence[str], Sequence[str]]
"""IRIs of the graphs that together are the default graph, and of the named graphs."""
Track = Callable[[BinaryIO], BinaryIO]
"""Stands between a file and its reader, to tell how far the reading has come."""


class Arriving:
    """Solutions that a service sends while they are read: like `ox.QuerySolutions`, with *rows* to read them from."""

    def __init__(self, variables: Sequence[ox.Variable], rows: Iterator[ox.QuerySolution]) -> None:
        self.variables = variables
        self._rows = rows

    def __iter__(self) -> Iterator[ox.QuerySolution]:
        return self._rows

    def __next__(self) -> ox.QuerySolution:
        return next(self._rows)


EngineResult = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean
Solutions = ox.QuerySolutions | Arriving
Result = EngineResult | Arriving


class Store(ABC):
    """A built graph: the default graph holds what is fact, named graphs why.

    The same query text gives the same answers from every store; how texts are written for that is held by
    ``tests/test_portable.py``.
    """

    @abstractmethod
    def query(self, text: str, prefixes: Mapping[str, str] | None = None, *, dataset: Dataset | None = None) -> Result:
        """Evaluate a query that has passed `guard`; `QueryError` gives the position of a mistake.

        *prefixes* hold where the text declares none of that name. *dataset* stands above the text's own FROM.
        """

    @abstractmethod
    def quads(self) -> Iterator[Quad]:
        """Every quad of the build, streamed: facts first on some engines, last on others."""

    @abstractmethod
    def lines(self, graph: str | None = None) -> Iterator[str]:
        """Every quad as an N-Quads line; with *graph*, the triples of that graph as lines of the default graph."""

    @abstractmethod
    def has_graph(self, graph: str) -> bool:
        """Whether a named graph *graph* (an IRI) is loaded, and a query may name it after FROM."""

    @property
    @abstractmethod
    def local(self) -> EmbeddedStore:
        """This graph on our own engine: the store itself, or a copy in memory made when first asked for."""

    @property
    def exact(self) -> Store:
        """This store where its engine can be relied on whatever the text, else `local`."""
        return self.local

    def to_rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over `local`."""
        return self.local.to_rdflib()

    def select(self, text: str) -> Solutions:
        """Evaluate a SELECT query."""
        result = self.query(text)
        if not isinstance(result, Solutions):
            raise QueryError("Expected a SELECT query here.")
        return result

    def construct(self, text: str) -> Triples:
        """Evaluate a CONSTRUCT query."""
        result = self.query(text)
        if not isinstance(result, ox.QueryTriples):
            raise QueryError("Expected a CONSTRUCT query here.")
        return result

    def ask(self, text: str) -> bool:
        """Evaluate an ASK query."""
        result = self.query(text)
        if not isinstance(result, ox.QueryBoolean):
            raise QueryError("Expected an ASK query here.")
        return bool(result)


@cache
def _nothing() -> ox.Store:
    return ox.Store()


def form(text: str, prefixes: Mapping[str, str] | None = None) -> EngineResult:
    """What a query gives where there is no data: kind and variables; `QueryError` gives the position of a mistake."""
    return evaluated(_nothing(), text, prefixes)


def evaluated(
    engine: ox.Store, text: str, prefixes: Mapping[str, str] | None, dataset: Dataset | None = None
) -> EngineResult:
    """What *engine* answers; its own errors become ours."""
    default, named = (None, None) if dataset is None else map(_nodes, dataset)
    try:
        return engine.query(
            text, prefixes=dict(prefixes) if prefixes else None, default_graph=default, named_graphs=named
        )
    except (SyntaxError, ValueError) as exc:
        raise QueryError(_mistake(text, str(exc))) from exc


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
