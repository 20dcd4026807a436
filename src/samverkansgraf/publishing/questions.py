"""The named queries as a catalogue that SHACL tools read."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from ..queries import NamedQuery
from ..terms import BASE
from .description import Description

FILE = "queries.ttl"


def query_catalogue(queries: Mapping[str, NamedQuery], sparql: str = "") -> bytes:
    """Each named query as a SHACL ``sh:SPARQLExecutable``: its question, what it gives, its text, where it is asked."""
    made = Description(FILE)
    for name, query in queries.items():
        about = f"{BASE}query/{name}"
        made.kind(about, "sh:SPARQLExecutable", "sh:SPARQLSelectExecutable")
        made.say(about, "rdfs:label", ox.Literal(query.header.get("question", name), language="sv"))
        made.say(about, "rdfs:comment", ox.Literal(query.header.get("summary", name), language="en"))
        made.say(about, "sh:select", ox.Literal(query.text))
        if sparql:
            made.link(about, "schema:target", sparql)
    return made.turtle()


__all__ = ["FILE", "query_catalogue"]
