"""A file of Turtle about things that each have an address of their own."""

from __future__ import annotations

import pyoxigraph as ox

from ..terms import RDF, XSD
from ..texts import LANGUAGES, texts

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "void": "http://rdfs.org/ns/void#", "rdf": RDF.base,
    "spdx": "http://spdx.org/rdf/terms#", "xsd": XSD.base, "sh": "http://www.w3.org/ns/shacl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "schema": "https://schema.org/",
}  # fmt: skip
_ANYWHERE = "folder://here/"
"""Stands for the folder's address in a file that does not say it; a scheme that no other address has."""


class Description:
    """Triples, said one after another, of the *file* in the folder at the address *folder*.

    Without an address the file names itself and its neighbours as they lie: read from wherever it is put, it says the
    addresses there.
    """

    def __init__(self, file: str, folder: str = "") -> None:
        self._folder, self._file = folder or _ANYWHERE, file
        self.triples: set[ox.Triple] = set()

    def beside(self, name: str) -> str:
        """Address of the file *name* in the same folder."""
        return self._folder + name

    def part(self, name: str) -> str:
        """Address of the thing that this file calls *name*."""
        return f"{self._folder}{self._file}#{name}"

    def say(self, subject: str, key: str, *values: ox.NamedNode | ox.Literal) -> None:
        """*subject* has *values* of the property *key*, which is written with a prefix."""
        predicate = ox.NamedNode(term(key))
        self.triples |= {ox.Triple(ox.NamedNode(subject), predicate, value) for value in values}

    def link(self, subject: str, key: str, *addresses: str) -> None:
        """*subject* has the things at *addresses* as values of *key*."""
        self.say(subject, key, *map(ox.NamedNode, addresses))

    def kind(self, subject: str, *kinds: str) -> None:
        """*subject* is of *kinds*, written with a prefix."""
        self.link(subject, "rdf:type", *map(term, kinds))

    def words(self, subject: str, key: str, text: str, **values: object) -> None:
        """A text of the subject ``publishing`` in every language."""
        for lang in LANGUAGES:
            self.say(subject, key, ox.Literal(texts(lang)(f"publishing.{text}", **values), language=lang))

    def typed(self, subject: str, key: str, value: object, datatype: str) -> None:
        """*value* with a datatype of XML Schema."""
        self.say(subject, key, ox.Literal(str(value), datatype=ox.NamedNode(XSD.base + datatype)))

    def turtle(self) -> bytes:
        """The file."""
        base = self._folder + self._file if self._folder == _ANYWHERE else None
        ordered = sorted(self.triples, key=str)
        made: bytes = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES, base_iri=base) or b""
        return made.partition(b"\n")[2] if base else made


def term(short: str) -> str:
    """IRI of a term written with one of `PREFIXES`.

    >>> term("void:Dataset")
    'http://rdfs.org/ns/void#Dataset'
    """
    prefix, _, name = short.partition(":")
    return PREFIXES[prefix] + name


__all__ = ["PREFIXES", "Description", "term"]
