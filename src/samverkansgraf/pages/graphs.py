"""A page for every graph that is no passage: what a rule concludes, what a register says, what was imported."""

from __future__ import annotations

from functools import partial

from ..terms import GRAPH, ONTOLOGY_GRAPH, RDF, SG, derived_graph
from .edition import Crumb, Edition, Made, Pages, made
from .jsonld import Compact

_ABOUT = ("sg:checkedAgainst", "dcterms:source", "dcterms:license")
_MOST = 60


class Graphs:
    """Pages of rules, reference tables and imports."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._rules = {rule.graph: rule for rule in edition.knowledge.rules}

    def pages(self) -> Pages:
        """(path, maker) of the list of graphs, of each as a page and as data, and of the vocabulary as data."""
        yield "graphs.html", self._list
        for iri in self._every():
            path = self.edition.addresses.paths[iri]
            yield f"{path}.html", partial(self._page, iri)
            yield from self._data(iri, path)
        yield from self._data(ONTOLOGY_GRAPH, "ns")

    def _data(self, iri: str, path: str) -> Pages:
        yield f"{path}.ttl", partial(self._turtle, iri)
        yield f"{path}.jsonld", partial(self._jsonld, iri)

    def _every(self) -> list[str]:
        """Graphs of our own other than the vocabulary, sorted; a rule that concludes nothing has one too."""
        named = {graph for graph in self.edition.quads.graphs if graph.startswith(GRAPH)}
        return sorted(graph for graph in named - {ONTOLOGY_GRAPH} if graph in self.edition.addresses)

    def _page(self, iri: str) -> Made:
        e = self.edition
        about = [
            (q[2].value, q[3]) for q in e.quads.of(iri) if not q[0] and e.knowledge.things.short(q[2].value) in _ABOUT
        ]
        inside = {quad[1].value for quad in e.quads.in_graph(iri)}
        things = e.in_order(one for one in inside if one in e.addresses and one != iri)
        rule = self._rules.get(iri)
        return e.page(
            e.address(iri), "graph", title=e.name(iri), subject=iri, iri=iri, kind=self._kind(iri), about=about,
            crumbs=[Crumb(e.texts("graphs.title"), "graphs.html")],
            rule=rule, after=[derived_graph(name) for name in rule.after] if rule else [],
            count=e.quads.graphs[iri], things=things[:_MOST], whole=len(things),
        )  # fmt: skip

    def _kind(self, iri: str) -> str:
        kinds = {quad[3].value for quad in self.edition.quads.of(iri) if quad[2].value == RDF.type}
        return next((kind for kind in (SG.Rule, SG.ReferenceTable, SG.Import) if kind in kinds), SG.Rule)

    def _turtle(self, iri: str) -> Made:
        return self.edition.turtle("x.ttl", self.edition.quads.in_graph(iri))

    def _jsonld(self, iri: str) -> Made:
        return made("x.jsonld", Compact(self.edition.knowledge.context).document(self.edition.quads.in_graph(iri)))

    def _list(self) -> Made:
        e = self.edition
        kinds = {
            kind: [iri for iri in self._every() if self._kind(iri) == kind]
            for kind in (SG.Rule, SG.ReferenceTable, SG.Import)
        }
        return e.page("graphs.html", "graphs", title=e.texts("graphs.title"), kinds=kinds, counts=e.quads.graphs)


__all__ = ["Graphs"]
