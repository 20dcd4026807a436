"""Closed namespaces, and every IRI that the package mints.

A misspelt term raises `AttributeError` here instead of minting a property; a test holds each name against the ontology.
"""

from __future__ import annotations

import re

BASE = "https://w3id.org/samverkansgraf/"
DOC = BASE + "doc/"
ID = BASE + "id/"
GRAPH = BASE + "graph/"
ONTOLOGY_GRAPH = GRAPH + "ontology"

LOCAL_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9-])?\Z")
"""What may follow a prefix: it can be written short in SPARQL and Turtle."""


class Namespace:
    """A closed namespace: attributes are IRIs (`str`), anything not declared raises `AttributeError`.

    >>> SG.Passage
    'https://w3id.org/samverkansgraf/ns#Passage'
    """

    def __init__(self, base: str, names: str) -> None:
        self.base = base
        self.names = frozenset(names.split())

    def __getattr__(self, name: str) -> str:
        if name in self.names:
            return self.base + name
        raise AttributeError(f"{name!r} is not a declared term of <{self.base}>")


SG = Namespace(
    BASE + "ns#",
    """
    Passage Document Agreement ReferenceTable Rule Import Collection
    document collection section anchor after because reading hedge sequence modality status
    sourceFile sourceHash abbreviation
    stated inferred intended proposed permitted tentative ambiguous rejected denied
    Municipality Body
    Forum PoliticalForum OfficialsForum Network WorkingGroup JointBoard Cooperation Programme Group
    SeatAllocation Flow Statute Area CooperationArea Direction Priority FocusArea Pillar Topic Goal Project Service
    Assignment Decision Clause Term Position Consultation Contribution HostTerm FundingForm
    relatesTo preparesFor supports informs consults recommendsTo refersTo proposes decides appoints elects
    nominates leads coordinates administers hosts finances represents participatesIn
    evaluates endorses steers
    seats minSeats maxSeats substituteSeats members substitutes forum appointedBy appointedByEach standing
    concerns attachedTo leavesOpen listIsOpen partOf responsible assignedTo inCounty
    validFrom validUntil effectiveFrom effectiveUntil year
    """,
)
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label subClassOf subPropertyOf")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#", "prefLabel altLabel notation member broader Concept")
ORG = Namespace(
    "http://www.w3.org/ns/org#",
    "Organization Membership Post hasMember member organization unitOf postIn role reportsTo",
)
PROV = Namespace("http://www.w3.org/ns/prov#", "wasDerivedFrom")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#", "string integer decimal boolean date gYear gYearMonth duration")

GRAPH_KINDS = (SG.Passage, SG.Document, SG.ReferenceTable, SG.Rule, SG.Import)
"""The kinds of graph that tell why a triple of the data is there."""
FACT_MODALITIES = frozenset({"stated", "inferred"})
"""Passages with these modalities are copied to the default graph."""
UNSAID = frozenset({"rejected", "denied"})
"""Modalities of what a passage does not claim."""
MODALITIES = ("stated", "inferred", "intended", "proposed", "permitted", "tentative", "ambiguous")
"""Modalities of what a passage claims, the surest first."""


def document_iri(stem: str) -> str:
    """IRI of the document written in ``<stem>.yaml``."""
    return DOC + stem


def passage_iri(document: str, section: str, anchor: str, after: str, modality: str) -> str:
    """IRI of a passage: it stays the same when other passages are inserted before it.

    >>> passage_iri(DOC + "x", "Titel", "Avtal … 2026", "", "")
    'https://w3id.org/samverkansgraf/doc/x.fc3f67f9'
    """
    import hashlib

    digest = hashlib.sha256("\x1f".join((section, anchor, after, modality)).encode()).hexdigest()
    return f"{document}.{digest[:8]}"


def local_name(iri: str) -> str:
    """What follows the namespace of *iri*.

    >>> local_name(SG.base + "seats"), local_name("http://purl.org/dc/terms/source")
    ('seats', 'source')
    """
    return iri.rpartition("#")[2].rpartition("/")[2]


def reference_graph(table: str) -> str:
    """Graph of the reference table ``data/reference/<table>.csv``."""
    return f"{GRAPH}reference/{table}"


def derived_graph(rule: str) -> str:
    """Graph of what ``ontology/rules/<rule>.rq`` concluded."""
    return f"{GRAPH}derived/{rule}"


def import_graph(stem: str) -> str:
    """Graph of a plain RDF file in ``data/``."""
    return f"{GRAPH}imported/{stem}"
