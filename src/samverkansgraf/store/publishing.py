"""A build published in a SPARQL service: beside the old one, then in force at a stroke."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from ..errors import StoreError
from ..files import file_digest
from ..terms import BASE, XSD
from .base import Track
from .dataset import FACTS, NUMBER, PUBLISHED, SIGN, Names
from .remote import RemoteStore, published
from .service import Service

_DURATION = f"^^<{XSD.duration}>"
BATCH = 1000
"""Quads in one update."""
_CHUNK = 1 << 20
_UPDATE = "application/sparql-update"
_GRAPHS = f"""
SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{BASE}")) }}
"""
_DROP = 'DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{0}")) }}'
Line = tuple[str, str]
"""Named graph and the triple in it, both as SPARQL terms."""


def publish_remote(graph: Path, address: str, track: Track, *, put: str = "", update: str = "") -> None:
    """Publish *graph* (N-Quads) in the service at *address*, in the way that its engine makes atomic.

    *put* is an address that takes a whole dataset by one PUT; *update* one that takes SPARQL Update, for an engine
    whose default graph is the union of all graphs. Without them Oxigraph's server and Virtuoso are known.
    """
    service = Service(address)
    service.admit(put, update)
    if put:
        _put(service, put, graph, track)
    elif update:
        _Union(service, update).publish(graph, track)
    else:
        _publish_known(service, graph, track)


def _publish_known(service: Service, graph: Path, track: Track) -> None:
    """Publish in an engine that says its name."""
    engine, stem = service.engine(), service.address.rsplit("/", 1)[0]
    if engine.startswith("oxigraph"):
        _put(service, f"{stem}/store", graph, track)
        return _sign(service, f"{stem}/update", graph)
    if engine.startswith("virtuoso"):
        return _Union(service, f"{stem}/sparql-auth", f"{stem}/sparql-graph-crud-auth").publish(graph, track)
    raise StoreError(
        f"{service.address}: the engine ({engine or 'unnamed'}) is not one that is known; give --put ADDRESS when it "
        "takes a whole dataset by one PUT, --update ADDRESS when its default graph is the union; see docs/motorer.md."
    )


def _put(service: Service, address: str, graph: Path, track: Track) -> None:
    service.write("PUT", address, _Body(graph, track), "application/n-quads", size=graph.stat().st_size)


def _sign(service: Service, address: str, graph: Path) -> None:
    """Let those who wait for a new build see that it is there; the PUT before it took away the sign of the last one."""
    service.write("POST", address, f"CREATE SILENT GRAPH <{SIGN}{file_digest(graph)}>".encode(), _UPDATE)


class _Body:
    """A file as the body of a request, that may be sent once more after the service has asked who we are."""

    def __init__(self, path: Path, track: Track) -> None:
        self.path = path
        self.track = track

    def __iter__(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            tracked = self.track(file)
            while chunk := tracked.read(_CHUNK):
                yield chunk


@dataclass(frozen=True)
class _Union:
    """An engine whose default graph is the union of all graphs: every build has names of its own (see `dataset`).

    One triple, the number of the build, puts it in force. The build before it stays for those who have opened it, until
    the next one is loaded. What an interrupted load left goes two loads later; so loads at the same time do each other
    no harm, and one of them is in force.
    """

    service: Service
    updates: str
    triples: str = ""
    """Address that adds triples to one graph, for what updates refuse (durations in Virtuoso); empty for no need."""

    def publish(self, graph: Path, track: Track) -> None:
        builds = published(self.service)
        names = Names.new(max(builds, default=(0, ""))[0] + 1)
        try:
            with graph.open("rb") as file:
                for batch in _batches(_lines(track(file), names)):
                    self.insert(batch)
        except SyntaxError as exc:
            raise StoreError(f"{graph}: cannot be read as N-Quads: {exc}; the old build is in force.") from exc
        self.update(f"INSERT DATA {{ GRAPH <{PUBLISHED}> {{ <{names.facts}> <{NUMBER}> {names.number} }} }}")
        for number, old in builds:
            self.update(f"DELETE DATA {{ GRAPH <{PUBLISHED}> {{ <{old}> <{NUMBER}> {number} }} }}")
        self.drop_before(names.number - 1)

    def drop_before(self, number: int) -> None:
        """Drop the graphs of builds with a smaller number."""
        graphs = (row["g"].value for row in RemoteStore(self.service, "").select(_GRAPHS))
        for base in {names.base for names in map(Names.of, graphs) if 0 < names.number < number}:
            self.update(_DROP.format(base))

    def insert(self, lines: Iterable[Line]) -> None:
        """Insert quads; nothing is sent for none."""
        plain, odd = self._sorted(lines)
        if plain:
            self.update(f"INSERT DATA {{ {' '.join(_parts(plain))} }}")
        for name, triple in odd:
            place = f"{self.triples}?graph-uri={quote(name[1:-1], safe='')}"
            self.service.write("POST", place, f"{triple} .".encode(), "application/n-triples")

    def _sorted(self, lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
        """Lines by graph: those that updates take, and those that they refuse."""
        given = sorted(lines)
        odd = {line for line in given if self.triples and line[1].endswith(_DURATION)}
        return [line for line in given if line not in odd], sorted(odd)

    def update(self, text: str) -> None:
        self.service.write("POST", self.updates, text.encode(), _UPDATE)


def _parts(lines: Iterable[Line]) -> list[str]:
    """Lines that are sorted by graph, as one GRAPH pattern a graph."""
    groups = groupby(lines, key=lambda line: line[0])
    return [f"GRAPH {name} {{ {' . '.join(triple for _, triple in group)} }}" for name, group in groups]


def _batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _lines(file: object, names: Names) -> Iterator[Line]:
    """Every quad of an N-Quads file, by the names of the build."""
    for quad in ox.parse(file, format=ox.RdfFormat.N_QUADS):  # type: ignore[arg-type]
        graph = quad.graph_name
        yield (
            names.there(f"<{graph.value if isinstance(graph, ox.NamedNode) else FACTS}>"),
            names.there(str(quad.triple)),
        )
