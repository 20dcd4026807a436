"""Where the facts lie in a SPARQL service, found at first contact.

Oxigraph keeps facts in the real default graph. An engine whose default graph is the union of all graphs (Virtuoso)
keeps them in a graph of their own, one for each build that was loaded; the graph `PUBLISHED` numbers those that are
whole, and the highest number is in force. A request then names exactly that one as its default graph.
"""

from __future__ import annotations

from collections.abc import Callable

from ..errors import StoreError
from ..terms import FACT_MODALITIES, GRAPH, SG

FACTS = GRAPH + "facts/"
PUBLISHED = GRAPH + "published"
NUMBER = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
BUILDS = f"SELECT ?facts ?number WHERE {{ ?facts <{NUMBER}> ?number }}"
"""Asked with `PUBLISHED` as default graph: graph of facts and number of every build that was published whole."""
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
