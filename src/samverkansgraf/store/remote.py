"""The graph in a SPARQL 1.1 service: one query text, answers like those of every other store."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import BinaryIO, TypeVar, cast

import pyoxigraph as ox

from ..errors import QueryError, StoreError
from ..terms import GRAPH_KINDS, ONTOLOGY_GRAPH, XSD
from .base import Arriving, Dataset, EngineResult, Quad, Result, Store, Term, form
from .dataset import BUILDS, PUBLISHED, SIGNS, Names, default_graph
from .embedded import EmbeddedStore
from .service import Service

_XML, _TRIPLES = "application/sparql-results+xml", "application/n-triples"
"""XML keeps the truth values of Virtuoso apart from numbers, and tells language and datatype on every engine."""
_WHOLE = {_XML: b"<binding", _TRIPLES: b"\n"}
"""What stands before values, or behind triples, that have come whole."""
_END = b"</sparql>"
LARGEST_ROW = 16 << 20
"""Bytes of an answer between one row (or triple) and the next; what is larger is refused before it takes the memory."""
_BOOLEANS = {"1": "true", "0": "false"}
_NUMBER_OF = re.compile(rb'(XMLSchema#duration">)([0-9]+(?:\.[0-9]+)?)<')
_ALL_TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_FACTS = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
_QUADS = "SELECT ?g ?s ?p ?o WHERE {{ ?g a <{0}> . GRAPH ?g {{ ?s ?p ?o }} }}"
_LOADED = "ASK {{ VALUES ?g {{ <{0}> }} GRAPH ?g {{ ?s ?p ?o }} }}"
_IRI = re.compile(r'[^\x00-\x20<>"{}|^`\\]+')
_COUNT = re.compile("[0-9]{1,18}")
_SHOWN = 200
_GRAPH = "SELECT ?s ?p ?o WHERE {{ VALUES ?g {{ <{0}> }} GRAPH ?g {{ ?s ?p ?o }} }}"


Row = TypeVar("Row")


class RemoteStore(Store):
    """A SPARQL service that holds a build; *facts* is the graph to name as default, empty for none."""

    def __init__(self, service: Service, facts: str) -> None:
        self.service = service
        self.facts = facts
        self.names = Names.of(facts)

    @classmethod
    def open(cls, address: str) -> RemoteStore:
        """Find the facts in the service at *address*; `StoreError` when it cannot be reached or placed."""
        service = Service(address)
        if builds := published(service):
            return cls(service, max(builds)[1])
        return cls(service, default_graph(lambda text, graph: cls(service, graph).ask(text), address))

    @property
    def build(self) -> str:
        """Which build is in force: its graph of facts, or the sign that it was published with; empty without either."""
        try:
            return self.facts or " ".join(sorted(row["sign"].value for row in self.select(SIGNS)))
        except QueryError:  # an engine that knows no graph with nothing in it
            return ""

    def query(self, text: str, prefixes: Mapping[str, str] | None = None, *, dataset: Dataset | None = None) -> Result:
        """Evaluate a query; solutions are read while they arrive, triples when all have come."""
        expected = form(text, prefixes)
        if dataset and self.facts:
            raise QueryError("This service keeps facts in a graph of their own; leave the graphs of the dataset out.")
        default, named = dataset or ([self.facts] if self.facts else [], [])
        request = {
            "query": self.names.there(_declared(text, prefixes or {})),
            "default-graph-uri": list(default), "named-graph-uri": list(named),
        }  # fmt: skip
        accept = _TRIPLES if isinstance(expected, ox.QueryTriples) else _XML
        answer = _Answer(self.service, request, accept, self.names)
        with _readable(self.service.address):
            return _triples(answer) if accept == _TRIPLES else _rows(answer, expected)

    def quads(self) -> Iterator[Quad]:
        """Every quad: facts, then the graphs that say why."""
        yield from (("", row["s"], row["p"], row["o"]) for row in self.select(_FACTS))
        yield from ((ONTOLOGY_GRAPH, r["s"], r["p"], r["o"]) for r in self.select(_GRAPH.format(ONTOLOGY_GRAPH)))
        for kind in GRAPH_KINDS:
            yield from ((r["g"].value, r["s"], r["p"], r["o"]) for r in self.select(_QUADS.format(kind)))

    def lines(self, graph: str | None = None) -> Iterator[str]:
        """Every quad as an N-Quads line."""
        if graph is None:
            yield from (f"{s} {p} {o} <{g}> .\n" if g else f"{s} {p} {o} .\n" for g, s, p, o in self.quads())
        else:
            yield from (f"{row['s']} {row['p']} {row['o']} .\n" for row in self.select(_GRAPH.format(graph)))

    def has_graph(self, graph: str) -> bool:
        """Whether *graph* may be named after FROM: not where the service keeps facts in a graph of their own."""
        return not self.facts and bool(_IRI.fullmatch(graph)) and self.ask(_LOADED.format(graph))

    @cached_property
    def local(self) -> EmbeddedStore:
        """A copy in memory."""
        return EmbeddedStore.of(self.lines())

    @property
    def exact(self) -> Store:
        """The service itself, unless its default graph is the union: of those Virtuoso answers wrongly at times."""
        return self.local if self.facts else self


def published(service: Service) -> list[tuple[int, str]]:
    """Number and graph of facts of every build that was published whole in *service*; empty where none is numbered."""
    builds = []
    for row in RemoteStore(service, PUBLISHED).select(BUILDS):
        number, facts = row["number"], row["facts"]
        if not (isinstance(number, ox.Literal) and _COUNT.fullmatch(number.value) and isinstance(facts, ox.NamedNode)):
            raise StoreError(
                f"{service.address}: the graph {PUBLISHED}, which numbers the builds, holds {str(number)[:_SHOWN]} "
                f"as the number of {facts}; drop that graph and run `samverkansgraf load` again."
            )
        builds.append((int(number.value), facts.value))
    return builds


@contextmanager
def _readable(address: str) -> Iterator[None]:
    """Whatever the parsers cannot read of an answer, as an error of the store."""
    try:
        yield
    except (SyntaxError, ValueError) as exc:
        raise StoreError(
            f"{address}: the answer cannot be read ({str(exc)[:_SHOWN]}); is this the query address of a SPARQL 1.1 "
            "service?"
        ) from exc


class _Answer(io.RawIOBase):
    """The body of an answer as a file; one that breaks off is an error, not a short answer."""

    def __init__(self, service: Service, request: Mapping[str, str | Sequence[str]], media: str, names: Names) -> None:
        self.address, self._names = service.address, names
        self._asked = service.read(request, media)
        response = self._asked.__enter__()
        seen = response.headers.get("content-type", "").partition(";")[0]
        if seen != media:
            self.close()
            raise StoreError(
                f"{self.address}: the answer is {seen or 'of no stated kind'}, not {media}; is this SPARQL 1.1?"
            )
        self._parts = service.parts(response)
        self._ready = self._held = b""
        self._whole = False
        self._between, self._end = _WHOLE[media], _END if media == _XML else b""
        self._unread = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most *size*; empty at the end."""
        while (not self._ready or size < 0) and self._more():
            pass
        size = len(self._ready) if size < 0 else size
        found, self._ready = self._ready[:size], self._ready[size:]
        return found

    def _more(self) -> bool:
        """Take the next part, mended up to the last value that is whole in it; False at the end."""
        part = next(self._parts, b"")
        self._unread += len(part)
        if self._unread > LARGEST_ROW:
            raise StoreError(
                f"{self.address}: more than {LARGEST_ROW >> 20} MiB came without a whole row; that is not read."
            )
        before = max(len(self._held) - len(self._between), 0)
        self._held += part
        if not part and self._whole:
            return False
        self._whole = not part and self._held.rstrip().endswith(self._end)
        if not part and not self._whole:
            raise StoreError(f"{self.address}: the answer broke off in the middle; ask again.")
        cut = self._held.rfind(self._between, before) if part else len(self._held)
        ready, self._held = self._names.here(self._held[: max(cut, 0)]), self._held[max(cut, 0) :]
        self._ready += _NUMBER_OF.sub(_numbered, ready) if b"#duration" in ready else ready
        return bool(part)

    def each(self, parsed: Iterator[Row]) -> Iterator[Row]:
        """What a parser makes of this answer, one by one."""
        with _readable(self.address):
            for one in parsed:
                self._unread = 0
                yield one

    def close(self) -> None:
        """Give the connection back."""
        if not self.closed:
            self._asked.__exit__(None, None, None)
        super().close()


def _numbered(found: re.Match[bytes]) -> bytes:
    return found[1] + _duration(found[2].decode()).encode() + b"<"


def _duration(number: str) -> str:
    """What Virtuoso gives a number for: ``P1Y`` comes back as 12 months, ``P3D`` as 259200.0 seconds."""
    if "." in number:
        days, seconds = divmod(round(float(number)), 86400)
        return f"P{days}D" if not seconds else f"PT{86400 * days + seconds}S"
    years, months = divmod(int(number), 12)
    return f"P{years}Y" if not months else f"P{12 * years + months}M"


def _rows(answer: _Answer, expected: EngineResult) -> Result:
    """Solutions, or the truth: of the kind and with the variables of what is *expected*."""
    result = ox.parse_query_results(cast("BinaryIO", answer), ox.QueryResultsFormat.XML)
    if isinstance(expected, ox.QuerySolutions):
        given = result.variables if isinstance(result, ox.QuerySolutions) else ()
        if missing := [str(one) for one in expected.variables if one not in given]:
            raise ValueError(f"it has no {', '.join(missing)}")
        return Arriving(expected.variables, answer.each(cast("ox.QuerySolutions", result)))
    if isinstance(result, ox.QuerySolutions):  # Virtuoso gives a row
        truth = any(row[0] is not None and row[0].value in {"1", "true"} for row in answer.each(result))
        return ox.parse_query_results(f'{{"head":{{}},"boolean":{str(truth).lower()}}}', ox.QueryResultsFormat.JSON)
    return result


def _triples(answer: _Answer) -> Result:
    """A set of triples: some engines send one twice."""
    copy = ox.Store()
    parsed = answer.each(ox.parse(cast("BinaryIO", answer), format=ox.RdfFormat.N_TRIPLES))
    copy.extend(ox.Quad(quad.subject, quad.predicate, _mended(quad.object)) for quad in parsed)
    return copy.query(_ALL_TRIPLES)


def _mended(term: Term) -> Term:
    """*term* as it was written, where Virtuoso gives a number for a truth value or a duration."""
    if isinstance(term, ox.Literal):
        if term.datatype.value == XSD.boolean:
            return ox.Literal(_BOOLEANS.get(term.value, term.value), datatype=term.datatype)
        if term.datatype.value == XSD.duration and not term.value.startswith(("P", "-")):
            return ox.Literal(_duration(term.value), datatype=term.datatype)
    return term


def _declared(text: str, prefixes: Mapping[str, str]) -> str:
    """*text* with those of *prefixes* that it uses and does not declare; line numbers stay."""
    declared = set(re.findall(r"\bPREFIX\s+([\w.-]*):", text, re.IGNORECASE))
    missing = (name for name in prefixes if name not in declared and f"{name}:" in text)
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in missing) + text
