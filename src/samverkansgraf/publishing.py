"""A folder to publish: every file format, and what describes them: DCAT-AP-SE 3, VoID, named queries, checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from .errors import WorkspaceError
from .exports import EXPORTS, Request, export
from .period import PartialDate
from .progress import told
from .queries import NamedQuery, named_queries
from .tables import packed
from .terms import BASE, ID, SG, XSD
from .texts import LANGUAGES, texts
from .workspace import Workspace

FORMATS = ("turtle", "trig", "nquads", "jsonld", "graphml", "gexf", "csvw", "neo4j", "sqlite", "xlsx")
CATALOGUE, QUERIES, SUMS = "dcat.ttl", "queries.ttl", "SHA256SUMS"
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
"""The licence that a Swedish catalogue of data must have; the address that DCAT-AP-SE spells with http."""
_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "void": "http://rdfs.org/ns/void#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "spdx": "http://spdx.org/rdf/terms#", "xsd": "http://www.w3.org/2001/XMLSchema#", "sh": "http://www.w3.org/ns/shacl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "schema": "https://schema.org/",
}  # fmt: skip
_EU = "http://publications.europa.eu/resource/authority/"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, under which licence, where: from the settings and the command."""

    name: str
    contact: str
    licence: str
    base: str
    sparql: str = ""
    date: str = ""

    @classmethod
    def of(cls, workspace: Workspace, base: str, *, sparql: str = "", date: str = "") -> Publisher:
        """The publisher that the settings name; `WorkspaceError` says what is missing or is no address."""
        settings = {key: str(workspace.settings.get(key, "")) for key in ("publisher", "contact", "licence")}
        for key in ("publisher", "licence"):
            if not settings[key]:
                raise WorkspaceError(f'samverkansgraf.toml names no {key}; write {key} = "…", so that others know.')
        for address in filter(None, (base, sparql, settings["licence"])):
            if not address.startswith(("http://", "https://")) or set(address) & set(' <>"{}|\\^`'):
                raise WorkspaceError(
                    f"{address!r} is no web address; write it in full, such as https://exempel.se/data/."
                )
        if date and not _is_day(date):
            raise WorkspaceError(f"{date!r} is no day; write it as 2026-01-31.")
        if "@" not in settings["contact"] and settings["contact"]:
            raise WorkspaceError(f"contact = {settings['contact']!r} should be an e-mail address.")
        licence = settings["licence"].replace("https://creativecommons.org/", "http://creativecommons.org/")
        return cls(settings["publisher"], settings["contact"], licence, base.rstrip("/") + "/", sparql, date)


def _is_day(text: str) -> bool:
    try:
        return PartialDate.parse(text).datatype == XSD.date
    except ValueError:
        return False


def publication(request: Request, publisher: Publisher) -> dict[str, bytes]:
    """Every file by name: the formats, the catalogue, the named queries, and the checksums of all of them."""
    files = dict(_files(request))
    queries = named_queries(request.knowledge.workspace.folders("queries"))
    files[QUERIES] = _turtle(query_catalogue(queries, publisher))
    files[CATALOGUE] = _turtle(catalogue(files, request, publisher))
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return {**files, SUMS: sums.encode()}


def _files(request: Request) -> Iterator[tuple[str, bytes]]:
    for fmt in told(FORMATS, "Exporting"):
        made = export(request, fmt)
        if EXPORTS[fmt].suffix:
            yield f"samverkansgraf{EXPORTS[fmt].suffix}", next(iter(made.values()))
        else:
            yield f"samverkansgraf-{fmt}.zip", packed(made)


def _media(name: str) -> str:
    known = {f"samverkansgraf{one.suffix}": one.media for one in reversed(EXPORTS.values()) if one.suffix}
    return known.get(name, "application/zip" if name.endswith(".zip") else "text/turtle")


class _Triples:
    """Triples about one thing after another; every thing has an address."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.all: set[ox.Triple] = set()

    def say(self, subject: str, key: str, *values: ox.NamedNode | ox.Literal) -> None:
        prefix, _, name = key.partition(":")
        predicate = ox.NamedNode(_PREFIXES[prefix] + name)
        self.all |= {ox.Triple(ox.NamedNode(subject), predicate, value) for value in values}

    def kind(self, subject: str, *kinds: str) -> None:
        for kind in kinds:
            prefix, _, name = kind.partition(":")
            self.say(subject, "rdf:type", ox.NamedNode(_PREFIXES[prefix] + name))

    def words(self, subject: str, key: str, text: str, **values: object) -> None:
        """A text of the subject ``publishing`` in every language."""
        for lang in LANGUAGES:
            self.say(subject, key, ox.Literal(texts(lang)(f"publishing.{text}", **values), language=lang))


def catalogue(files: Mapping[str, bytes], request: Request, publisher: Publisher) -> set[ox.Triple]:
    """The catalogue, the dataset, its distributions and its service, as DCAT-AP-SE 3 asks; the dataset as VoID too."""
    base = publisher.base
    made, dataset = _Triples(base), f"{base}#dataset"
    about, who = f"{base}{CATALOGUE}#catalogue", f"{base}#publisher"
    made.kind(about, "dcat:Catalog")
    made.words(about, "dcterms:title", "catalogue", name=publisher.name)
    made.words(about, "dcterms:description", "catalogue_about")
    made.say(about, "dcat:dataset", ox.NamedNode(dataset))
    made.say(about, "dcterms:license", ox.NamedNode(CC0))
    made.kind(who, "foaf:Agent")
    made.say(who, "foaf:name", ox.Literal(publisher.name))
    for one in (about, dataset):
        made.say(one, "dcterms:publisher", ox.NamedNode(who))
        made.say(one, "dcterms:language", ox.NamedNode(f"{_EU}language/SWE"))
        if publisher.date:
            made.say(one, "dcterms:modified", ox.Literal(publisher.date, datatype=_xsd("date")))
    _dataset(made, dataset, request, publisher)
    for name in sorted(files):
        _distribution(made, dataset, name, files[name], publisher)
    if publisher.sparql:
        _service(made, about, dataset, publisher)
    return made.all


def _xsd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_PREFIXES["xsd"] + name)


def _dataset(made: _Triples, dataset: str, request: Request, publisher: Publisher) -> None:
    known = request.knowledge
    names = [known.things.label(iri) for iri in sorted({where for where, _ in known.documents.values()})]
    made.kind(dataset, "dcat:Dataset", "void:Dataset")
    made.words(dataset, "dcterms:title", "dataset")
    made.words(dataset, "dcterms:description", "dataset_about", names=", ".join(names))
    for word in ("cooperation", "municipality", "region", "agreement"):
        made.words(dataset, "dcat:keyword", f"keyword_{word}")
    made.say(dataset, "dcat:theme", ox.NamedNode(f"{_EU}data-theme/GOVE"))
    made.say(dataset, "dcterms:accessRights", ox.NamedNode(f"{_EU}access-right/PUBLIC"))
    made.say(dataset, "void:uriSpace", ox.Literal(ID))
    made.say(dataset, "void:vocabulary", ox.NamedNode(SG.base), ox.NamedNode("http://www.w3.org/ns/org#"))
    (count,) = known.store.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    made.say(dataset, "void:triples", ox.Literal(count["n"].value, datatype=_xsd("integer")))
    if publisher.contact:
        contact = f"{publisher.base}#contact"
        made.say(dataset, "dcat:contactPoint", ox.NamedNode(contact))
        made.kind(contact, "vcard:Organization")
        made.say(contact, "vcard:fn", ox.Literal(publisher.name))
        made.say(contact, "vcard:hasEmail", ox.NamedNode(f"mailto:{publisher.contact}"))


def _distribution(made: _Triples, dataset: str, name: str, data: bytes, publisher: Publisher) -> None:
    about, address = f"{publisher.base}#{name}", ox.NamedNode(publisher.base + name)
    checksum = f"{about}-sha256"
    made.say(dataset, "dcat:distribution", ox.NamedNode(about))
    if name.endswith((".ttl", ".nq", ".trig", ".jsonld")) and name != QUERIES:
        made.say(dataset, "void:dataDump", address)
    made.kind(about, "dcat:Distribution")
    made.words(about, "dcterms:title", "file_" + name.removeprefix("samverkansgraf").strip(".-").replace(".", "_"))
    made.say(about, "dcat:accessURL", address)
    made.say(about, "dcat:downloadURL", address)
    made.say(about, "dcterms:license", ox.NamedNode(publisher.licence))
    made.say(about, "dcterms:format", ox.Literal(_media(name)))
    made.say(about, "dcat:byteSize", ox.Literal(str(len(data)), datatype=_xsd("nonNegativeInteger")))
    made.say(about, "spdx:checksum", ox.NamedNode(checksum))
    made.kind(checksum, "spdx:Checksum")
    made.say(checksum, "spdx:algorithm", ox.NamedNode(_PREFIXES["spdx"] + "checksumAlgorithm_sha256"))
    value = hashlib.sha256(data).hexdigest()
    made.say(checksum, "spdx:checksumValue", ox.Literal(value, datatype=_xsd("hexBinary")))


def _service(made: _Triples, about: str, dataset: str, publisher: Publisher) -> None:
    service, access = f"{publisher.base}#sparql", f"{publisher.base}#sparql-access"
    endpoint = ox.NamedNode(publisher.sparql)
    made.say(about, "dcat:service", ox.NamedNode(service))
    made.say(dataset, "dcat:distribution", ox.NamedNode(access))
    made.say(dataset, "void:sparqlEndpoint", endpoint)
    made.kind(service, "dcat:DataService")
    made.words(service, "dcterms:title", "service")
    made.say(service, "dcterms:publisher", ox.NamedNode(f"{publisher.base}#publisher"))
    made.say(service, "dcterms:license", ox.NamedNode(publisher.licence))
    made.say(service, "dcat:endpointURL", endpoint)
    made.say(service, "dcat:endpointDescription", endpoint)
    made.say(service, "dcat:servesDataset", ox.NamedNode(dataset))
    made.kind(access, "dcat:Distribution")
    made.words(access, "dcterms:title", "service")
    made.say(access, "dcat:accessURL", endpoint)
    made.say(access, "dcat:accessService", ox.NamedNode(service))
    made.say(access, "dcterms:license", ox.NamedNode(publisher.licence))
    made.say(access, "dcterms:format", ox.Literal("application/sparql-results+json"))


def query_catalogue(queries: Mapping[str, NamedQuery], publisher: Publisher) -> set[ox.Triple]:
    """Each named query as a SHACL ``sh:SPARQLExecutable``: its question, what it gives, and its text."""
    made = _Triples(publisher.base)
    for name, query in queries.items():
        about = f"{BASE}query/{name}"
        made.kind(about, "sh:SPARQLExecutable", "sh:SPARQLSelectExecutable")
        made.say(about, "rdfs:label", ox.Literal(query.header.get("question", name), language="sv"))
        made.say(about, "rdfs:comment", ox.Literal(query.header.get("summary", name), language="en"))
        made.say(about, "sh:select", ox.Literal(query.text))
        if publisher.sparql:
            made.say(about, "schema:target", ox.NamedNode(publisher.sparql))
    return made.all


def _turtle(triples: set[ox.Triple]) -> bytes:
    return ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b""
