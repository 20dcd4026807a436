"""RDF: the default graph as Turtle, and all graphs as TriG, N-Quads and JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from ..build import fact_lines
from ..documents import Reading
from ..terms import FACT_MODALITIES
from .request import Request


def turtle(request: Request) -> bytes:
    """The default graph: what holds."""
    store, prefixes = request.knowledge.store, request.knowledge.context.prefixes
    if request.collection is None:
        return store.local.turtle(prefixes).encode()
    facts = (quad for quad in _quads(request) if isinstance(quad.graph_name, ox.DefaultGraph))
    triples = sorted((quad.triple for quad in facts), key=str)
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


def trig(request: Request) -> bytes:
    """Every graph, each with its name."""
    prefixes = request.knowledge.context.prefixes
    return ox.serialize(_quads(request), format=ox.RdfFormat.TRIG, prefixes=prefixes) or b""


def nquads(request: Request) -> bytes:
    """Every quad on a line of its own, sorted by code point: the bytes of the build."""
    return "".join(sorted(_lines(request))).encode()


def jsonld(request: Request) -> bytes:
    """Every graph as expanded JSON-LD."""
    return (ox.serialize(_quads(request), format=ox.RdfFormat.JSON_LD) or b"") + b"\n"


def _quads(request: Request) -> Iterable[ox.Quad]:
    """Quads, graph by graph, so that no graph is opened twice."""
    quads = ox.parse(nquads(request), format=ox.RdfFormat.N_QUADS)
    return sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))


def _lines(request: Request) -> Iterable[str]:
    """N-Quads; of a collection, its documents' descriptions and passages, and a copy of what they make fact."""
    known = request.knowledge
    if request.collection is None:
        return known.store.lines()
    documents = {iri for iri, (where, _) in known.documents.items() if where == request.collection}
    passages = known.passages(known.book.passages, request.collection)
    facts = documents | {passage.iri for passage in passages if passage.modality in FACT_MODALITIES}
    graphs = sorted(documents | {passage.iri for passage in passages})
    quads = "".join(f"{line[:-3]} <{graph}> .\n" for graph in graphs for line in known.store.lines(graph))
    return fact_lines(Reading(file="", iri="", quads=quads, facts=facts))
