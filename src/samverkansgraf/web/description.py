"""The service described in its own language: SPARQL 1.1 Service Description, and the VoID of the data it answers from."""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from string import Template

import pyoxigraph as ox

from ..knowledge import Knowledge
from ..publishing import dumps, void
from ..publishing.description import PREFIXES
from ..results import GRAPHS
from ..terms import RDF, SG
from ..texts import LANGUAGES, texts

_SD = "http://www.w3.org/ns/sparql-service-description#"
_GRAPHS = f"""
SELECT DISTINCT ?graph WHERE {{
  ?graph a ?kind . FILTER (?kind IN (<{SG.Document}>, <{SG.ReferenceTable}>, <{SG.Rule}>, <{SG.Import}>))
}}
"""


def description(knowledge: Knowledge, base: str, fmt: str) -> bytes:
    """The service at *base* (``http://host:port/``) and its dataset, in one of `results.GRAPHS`.

    Graphs of documents, registers, rules and imports are listed. Passages are not, they are thousands:
    ``?g a sg:Passage`` finds them.
    """
    data = void(knowledge, dumps(), f"{base}data/", sparql=f"{base}sparql")
    iris = {"service": f"{base}sparql", "dataset": data.part("dataset"), "default": f"{base}sparql#default"}
    written = resources.files(__package__).joinpath("description.ttl").read_text("utf-8")
    found = {quad.triple for quad in ox.parse(Template(written).substitute(iris), format=ox.RdfFormat.TURTLE)}
    graphs = _graphs(knowledge, ox.NamedNode(iris["dataset"]), ox.NamedNode(iris["default"]))
    prefixes = {**PREFIXES, "sd": _SD, "formats": "http://www.w3.org/ns/formats/"}
    named = {"prefixes": prefixes} if fmt == "turtle" else {}
    every = sorted(data.triples.union(found, graphs), key=str)
    return ox.serialize(every, format=GRAPHS[fmt], **named) or b""  # type: ignore[arg-type]


def _graphs(knowledge: Knowledge, dataset: ox.NamedNode, default: ox.NamedNode) -> Iterator[ox.Triple]:
    """The rule of the default graph, and the named graphs."""
    for lang in LANGUAGES:
        rule = ox.Literal(texts(lang)("serve.default_graph"), language=lang)
        yield ox.Triple(default, ox.NamedNode(PREFIXES["dcterms"] + "description"), rule)
    for row in knowledge.store.select(_GRAPHS):
        graph = row["graph"]
        if knowledge.store.has_graph(graph.value):
            yield ox.Triple(dataset, ox.NamedNode(f"{_SD}namedGraph"), graph)
            yield ox.Triple(graph, ox.NamedNode(RDF.type), ox.NamedNode(f"{_SD}NamedGraph"))
            yield ox.Triple(graph, ox.NamedNode(f"{_SD}name"), graph)
