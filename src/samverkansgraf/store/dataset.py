"""Where a build lies in a SPARQL service, found at first contact.

Oxigraph keeps facts in the real default graph. An engine whose default graph is the union of all graphs (Virtuoso)
keeps them in a graph of their own, one for each build that was loaded; the graph `PUBLISHED` numbers those that are
whole, and the highest number is in force. A request then names exactly that one as its default graph.

There every build has names of its own, too: ``…/7-3f9a01bc/doc/…`` and ``…/7-3f9a01bc/graph/…`` for ``…/doc/…`` and
``…/graph/…``, put in and taken out on the way. So two builds lie beside each other, and who reads one sees nothing of
the other. The order of names stays: a digit comes before every letter, as ``doc`` and ``graph`` come before the rest.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from ..errors import StoreError
from ..terms import BASE, DOC, FACT_MODALITIES, GRAPH, SG

FACTS = GRAPH + "facts"
PUBLISHED = GRAPH + "published"
NUMBER = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
SIGN = GRAPH + "build/"
"""How the sign of a build begins: the name of a graph with nothing in it, which only ``GRAPH ?g {}`` can find."""
SIGNS = f'SELECT ?sign WHERE {{ GRAPH ?sign {{}} FILTER(STRSTARTS(STR(?sign), "{SIGN}")) }}'
BUILDS = f"SELECT ?facts ?number WHERE {{ ?facts <{NUMBER}> ?number }}"
"""Asked with `PUBLISHED` as default graph: graph of facts and number of every build that was published whole."""
_BUILD = re.compile(rf"{re.escape(BASE)}(?P<number>[0-9]+)-[0-9a-f]+/")
_KNOWN_DEFAULTS = (
    "",
    "http://www.openrdf.org/schema/sesame#nil",  # RDF4J, GraphDB
    "http://aws.amazon.com/neptune/vocab/v01/DefaultNamedGraph",
    "tag:stardog:api:context:default",
    "urn:x-arq:DefaultGraph",  # Jena
    "http://qlever.cs.uni-freiburg.de/builtin-functions/default-graph",
)
"""How engines call their default graph; only the first, which names none, has been tried (`docs/motorer.md`)."""
_ANY = f"ASK {{ ?passage a <{SG.Passage}> . GRAPH ?passage {{ ?thing ?property ?value }} }}"
_OTHER = " && ".join(f"?modality != <{SG.base}{name}>" for name in sorted(FACT_MODALITIES))
_APART = f"""
ASK {{
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?thing ?property ?value }}
  FILTER NOT EXISTS {{ ?thing ?property ?value }}
}}
"""
_UNSTATED = f"""
ASK {{
  ?passage a <{SG.Passage}> ; <{SG.modality}> ?modality . FILTER({_OTHER})
}}
"""
Asking = Callable[[str, str], bool]
"""Answers an ASK with a default graph named (empty: none)."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a build has in a service: *base* for `BASE` where documents and graphs are named."""

    base: str = BASE

    @classmethod
    def of(cls, iri: str) -> Names:
        """The names of the build that *iri*, of one of its graphs, belongs to."""
        found = _BUILD.match(iri)
        return cls(found.group() if found else BASE)

    @classmethod
    def new(cls, number: int) -> Names:
        """Names that no other build has, with the same number either."""
        return cls(f"{BASE}{number}-{secrets.token_hex(4)}/")

    @property
    def number(self) -> int:
        """The number of the build; 0 where builds have none."""
        found = _BUILD.match(self.base)
        return int(found["number"]) if found else 0

    @property
    def facts(self) -> str:
        """The graph of facts."""
        return self.there(FACTS)

    def there(self, text: str) -> str:
        """*text* with the names as they are in the service."""
        return text.replace(DOC, f"{self.base}doc/").replace(GRAPH, f"{self.base}graph/")

    def here(self, text: bytes) -> bytes:
        """*text* from the service with the names as they are everywhere else."""
        return text.replace(f"{self.base}doc/".encode(), DOC.encode()).replace(
            f"{self.base}graph/".encode(), GRAPH.encode()
        )


def default_graph(ask: Asking, address: str) -> str:
    """The graph to name as default, empty for none, in a service without `PUBLISHED`; `StoreError` when none will do.

    What only a proposal says must be in its own graph and not among the facts. Where every passage is a statement
    there is nothing to mix up.
    """
    seen = False
    for graph in _KNOWN_DEFAULTS:
        if ask(_ANY, graph):
            seen = True
            if ask(_APART, graph) or not ask(_UNSTATED, graph):
                return graph
    if seen:
        raise StoreError(
            f"{address}: its default graph is the union of all graphs, so that proposals would pass for facts. Use an "
            "engine whose default graph is its own, or publish with `samverkansgraf load --update ADDRESS`; see "
            "docs/motorer.md."
        )
    raise StoreError(f"{address}: holds no graph of this kind; run `samverkansgraf load --store {address}` first.")
