"""The graph as a dataset of linked data: VoID."""

from __future__ import annotations

from collections.abc import Iterable

from ..collation import swedish
from ..knowledge import Knowledge
from ..terms import ID, SG
from .description import Description

FILE = "void.ttl"
_VOCABULARIES = (
    SG.base, "http://www.w3.org/ns/org#", "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/ns/prov#",
)  # fmt: skip
_COUNTS = {
    "void:triples": "(COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "void:distinctSubjects": "(COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }",
    "void:properties": "(COUNT(DISTINCT ?p) AS ?n) WHERE { ?s ?p ?o }",
    "void:classes": "(COUNT(DISTINCT ?o) AS ?n) WHERE { ?s a ?o }",
}


def void(knowledge: Knowledge, dumps: Iterable[str], folder: str = "", *, sparql: str = "") -> Description:
    """What the dataset is called, which vocabularies it uses, how large it is, and where it is: files and service.

    Counts are of what holds, the default graph. *dumps* are names of files in the same folder.
    """
    made = Description(FILE, folder)
    about = made.part("dataset")
    made.kind(about, "void:Dataset")
    titled(made, about, knowledge)
    made.typed(about, "void:uriSpace", ID, "string")
    made.link(about, "void:vocabulary", *_VOCABULARIES)
    made.link(about, "void:dataDump", *map(made.beside, dumps))
    for key, count in _COUNTS.items():
        (row,) = knowledge.store.select(f"SELECT {count}")
        made.typed(about, key, row["n"].value, "integer")
    if sparql:
        made.link(about, "void:sparqlEndpoint", sparql)
    return made


def titled(made: Description, about: str, knowledge: Knowledge) -> None:
    """What the dataset is called, and whose documents it is made of."""
    names = sorted({knowledge.things.label(where) for where, _ in knowledge.documents.values()}, key=swedish)
    made.words(about, "dcterms:title", "dataset")
    made.words(about, "dcterms:description", "dataset_about", names=", ".join(names))


__all__ = ["FILE", "titled", "void"]
