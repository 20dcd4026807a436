"""The folder to publish: the graph in every format, the vocabulary, and what describes them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property

from ..exports import EXPORTS, Request, export
from ..progress import told
from ..queries import named_queries
from ..tables import packed
from ..workspace import package_root
from . import catalogue, citation, dataset, questions
from .publisher import Publisher

FORMATS = ("nquads", "trig", "jsonld", "turtle", "xlsx", "csvw", "sqlite", "graphml", "gexf", "neo4j")
VOCABULARY = {"vokabular.ttl": "samverkansgraf.ttl", "context.jsonld": "context.jsonld", "former.ttl": "shapes.ttl"}
"""Files of the vocabulary → their names in ``ontology/``."""
SUMS = "SHA256SUMS"
_RDF = frozenset({"nquads", "trig", "jsonld", "turtle"})
_MEDIA = {"ttl": "text/turtle", "jsonld": "application/ld+json", "zip": "application/zip"}


def _name(fmt: str) -> str:
    return f"samverkansgraf{EXPORTS[fmt].suffix or f'-{fmt}.zip'}"


DATA = {_name(fmt): fmt for fmt in FORMATS}
"""Files that hold the graph → their formats."""


class Publication:
    """Files by name, each made when it is asked for, and kept.

    Without a publisher there is no record for data portals and no citation: nobody to name in them.
    """

    def __init__(self, request: Request, publisher: Publisher | None = None) -> None:
        self.request, self.publisher = request, publisher
        self._made: dict[str, bytes] = {}

    @cached_property
    def described(self) -> tuple[str, ...]:
        """Names of the files that describe the others."""
        named = (catalogue.FILE, citation.FILE) if self.publisher else ()
        return (*VOCABULARY, questions.FILE, dataset.FILE, *named)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all files, the checksums last."""
        return (*DATA, *self.described, SUMS)

    def files(self) -> Mapping[str, bytes]:
        """All files by name."""
        return {name: self.body(name) for name in told(self.names, "Exporting")}

    def body(self, name: str) -> bytes:
        """The file called *name*."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    @staticmethod
    def media(name: str) -> str:
        """Media type of the file called *name*."""
        if name in DATA and EXPORTS[DATA[name]].suffix:
            return EXPORTS[DATA[name]].media
        return _MEDIA.get(name.rpartition(".")[2], "text/plain")

    @staticmethod
    def text(name: str) -> str:
        """Key, under ``publishing``, of the text that says what is in the file called *name*."""
        return "file_" + name.removeprefix("samverkansgraf").strip(".-").replace(".", "_").lower()

    def _make(self, name: str) -> bytes:
        if name in DATA:
            made = export(self.request, DATA[name])
            return next(iter(made.values())) if EXPORTS[DATA[name]].suffix else packed(made)
        if name in VOCABULARY:
            return (package_root() / "ontology" / VOCABULARY[name]).read_bytes()
        return {
            questions.FILE: self._questions, dataset.FILE: self._void, catalogue.FILE: self._catalogue,
            citation.FILE: self._citation, SUMS: self._sums,
        }[name]()  # fmt: skip

    def _questions(self) -> bytes:
        known = named_queries(self.request.knowledge.workspace.folders("queries"))
        return questions.query_catalogue(known, self.publisher.sparql if self.publisher else "")

    def _void(self) -> bytes:
        base, sparql = (self.publisher.base, self.publisher.sparql) if self.publisher else ("", "")
        return dataset.void(self.request.knowledge, dumps(), base, sparql=sparql).turtle()

    def _catalogue(self) -> bytes:
        assert self.publisher
        files = {name: catalogue.Offered(self.body(name), self.media(name), self.text(name)) for name in DATA}
        related = {questions.FILE: self.text(questions.FILE)}
        return catalogue.catalogue(self.request.knowledge, self.publisher, files, related)

    def _citation(self) -> bytes:
        assert self.publisher
        return citation.citation(self.publisher, self.request.words)

    def _sums(self) -> bytes:
        every = sorted({*DATA, *self.described})
        return "".join(f"{hashlib.sha256(self.body(name)).hexdigest()}  {name}\n" for name in every).encode()


def dumps() -> list[str]:
    """Names of the files that hold the graph as RDF."""
    return [name for name, fmt in DATA.items() if fmt in _RDF]


__all__ = ["DATA", "FORMATS", "SUMS", "VOCABULARY", "Publication", "dumps"]
