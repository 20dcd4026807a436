"""The service described in its own language: SPARQL 1.1 Service Description and VoID."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from string import Template

import pyoxigraph as ox

from ..knowledge import Knowledge
from ..results import GRAPHS
from ..terms import RDF, SG
from ..texts import LANGUAGES, texts

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_TERMS = "http://purl.org/dc/terms/"
_COUNTS = {
    "triples": "(COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "distinctSubjects": "(COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }",
    "properties": "(COUNT(DISTINCT ?p) AS ?n) WHERE { ?s ?p ?o }",
    "classes": "(COUNT(DISTINCT ?o) AS ?n) WHERE { ?s a ?o }",
}
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
    iris = {
        "service": f"{base}sparql",
        "dataset": f"{base}.well-known/void#dataset",
        "default": f"{base}sparql#default",
    }
    written = resources.files(__package__).joinpath("description.ttl").read_text("utf-8")
    found = {quad.triple for quad in ox.parse(Template(written).substitute(iris), format=ox.RdfFormat.TURTLE)}
    found.update(_measured(knowledge, ox.NamedNode(iris["dataset"]), ox.NamedNode(iris["default"])))
    prefixes = {"sd": _SD, "void": _VOID, "dcterms": _TERMS, "formats": "http://www.w3.org/ns/formats/"}
    named = {"prefixes": prefixes} if fmt == "turtle" else {}
    return ox.serialize(sorted(found, key=str), format=GRAPHS[fmt], **named) or b""  # type: ignore[arg-type]


def _measured(knowledge: Knowledge, dataset: ox.NamedNode, default: ox.NamedNode) -> Iterator[ox.Triple]:
    """Titles, the rule of the default graph, counts of it, and the named graphs."""
    for lang in LANGUAGES:
        words = texts(lang)
        yield ox.Triple(dataset, ox.NamedNode(f"{_TERMS}title"), ox.Literal(words("serve.dataset"), language=lang))
        rule = ox.Literal(words("serve.default_graph"), language=lang)
        yield ox.Triple(default, ox.NamedNode(f"{_TERMS}description"), rule)
    for name, count in _COUNTS.items():
        (row,) = knowledge.store.select(f"SELECT {count}")
        yield ox.Triple(dataset, ox.NamedNode(f"{_VOID}{name}"), row["n"])
    for row in knowledge.store.select(_GRAPHS):
        graph = row["graph"]
        if knowledge.store.has_graph(graph.value):
            yield ox.Triple(dataset, ox.NamedNode(f"{_SD}namedGraph"), graph)
            yield ox.Triple(graph, ox.NamedNode(RDF.type), ox.NamedNode(f"{_SD}NamedGraph"))
            yield ox.Triple(graph, ox.NamedNode(f"{_SD}name"), graph)
