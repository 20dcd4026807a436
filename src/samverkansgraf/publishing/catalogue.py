"""A record for data portals: the catalogue, its dataset, files and service, as DCAT-AP-SE 3 asks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from ..knowledge import Knowledge
from . import dataset
from .description import Description, term
from .publisher import Publisher

FILE = "dcat.ttl"
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
"""The licence that a Swedish catalogue of data must have; the address that DCAT-AP-SE spells with http."""
_EU = "http://publications.europa.eu/resource/authority/"


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that holds the data: its bytes and media type, and the text that says what is in it."""

    body: bytes
    media: str
    title: str


def catalogue(
    knowledge: Knowledge, publisher: Publisher, files: Mapping[str, Offered], related: Mapping[str, str]
) -> bytes:
    """The catalogue with one dataset, each of *files* a distribution of it; *related* are other files and their texts."""  # noqa: E501
    made = Description(FILE, publisher.base)
    about, data, who = made.part("catalogue"), f"{made.beside(dataset.FILE)}#dataset", made.part("publisher")
    made.kind(about, "dcat:Catalog")
    made.words(about, "dcterms:title", "catalogue", name=publisher.name)
    made.words(about, "dcterms:description", "catalogue_about")
    made.link(about, "dcat:dataset", data)
    made.link(about, "dcterms:license", CC0)
    made.kind(who, "foaf:Agent")
    made.say(who, "foaf:name", ox.Literal(publisher.name))
    for one in (about, data):
        made.link(one, "dcterms:publisher", who)
        made.link(one, "dcterms:language", f"{_EU}language/SWE")
        if publisher.date:
            made.typed(one, "dcterms:modified", publisher.date, "date")
    _dataset(made, data, knowledge, publisher)
    for name, file in files.items():
        _distribution(made, data, name, file, publisher)
    for name, text in related.items():
        made.link(data, "dcterms:relation", made.beside(name))
        made.words(made.beside(name), "dcterms:title", text)
        made.link(made.beside(name), "dcterms:license", publisher.licence)
    if publisher.sparql:
        _service(made, about, data, publisher)
    return made.turtle()


def _dataset(made: Description, data: str, knowledge: Knowledge, publisher: Publisher) -> None:
    made.kind(data, "dcat:Dataset")
    dataset.titled(made, data, knowledge)
    for word in ("cooperation", "municipality", "region", "agreement"):
        made.words(data, "dcat:keyword", f"keyword_{word}")
    made.link(data, "dcat:theme", f"{_EU}data-theme/GOVE")
    made.link(data, "dcterms:accessRights", f"{_EU}access-right/PUBLIC")
    if publisher.contact:
        contact = made.part("contact")
        made.link(data, "dcat:contactPoint", contact)
        made.kind(contact, "vcard:Organization")
        made.say(contact, "vcard:fn", ox.Literal(publisher.name))
        made.link(contact, "vcard:hasEmail", f"mailto:{publisher.contact}")


def _distribution(made: Description, data: str, name: str, file: Offered, publisher: Publisher) -> None:
    about, address = made.part(name), made.beside(name)
    checksum = f"{about}-sha256"
    made.link(data, "dcat:distribution", about)
    made.kind(about, "dcat:Distribution")
    made.words(about, "dcterms:title", file.title)
    made.link(about, "dcat:accessURL", address)
    made.link(about, "dcat:downloadURL", address)
    made.link(about, "dcterms:license", publisher.licence)
    made.say(about, "dcterms:format", ox.Literal(file.media))
    made.typed(about, "dcat:byteSize", len(file.body), "nonNegativeInteger")
    made.link(about, "spdx:checksum", checksum)
    made.kind(checksum, "spdx:Checksum")
    made.link(checksum, "spdx:algorithm", term("spdx:checksumAlgorithm_sha256"))
    made.typed(checksum, "spdx:checksumValue", hashlib.sha256(file.body).hexdigest(), "hexBinary")


def _service(made: Description, about: str, data: str, publisher: Publisher) -> None:
    service, access = made.part("sparql"), made.part("sparql-access")
    made.link(about, "dcat:service", service)
    made.link(data, "dcat:distribution", access)
    made.kind(service, "dcat:DataService")
    made.words(service, "dcterms:title", "service")
    made.link(service, "dcterms:publisher", made.part("publisher"))
    made.link(service, "dcterms:license", publisher.licence)
    made.link(service, "dcat:endpointURL", publisher.sparql)
    made.link(service, "dcat:endpointDescription", publisher.sparql)
    made.link(service, "dcat:servesDataset", data)
    made.kind(access, "dcat:Distribution")
    made.words(access, "dcterms:title", "service")
    made.link(access, "dcat:accessURL", publisher.sparql)
    made.link(access, "dcat:accessService", service)
    made.link(access, "dcterms:license", publisher.licence)
    made.say(access, "dcterms:format", ox.Literal("application/sparql-results+json"))


__all__ = ["CC0", "FILE", "Offered", "catalogue"]
