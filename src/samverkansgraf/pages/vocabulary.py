"""The vocabulary's own documentation: a list of every term, and a page for each of ours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property, partial

import pyoxigraph as ox

from ..collation import swedish
from ..queries import NamedQuery, named_queries, vocabulary_terms
from ..terms import ONTOLOGY_GRAPH, RDF, RDFS, SG, SKOS
from .edition import Crumb, Edition, Made, Pages
from .quads import Quad, is_iri

OWL = "http://www.w3.org/2002/07/owl#"
KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "Concept", "other")
"""Parts of the list, by local name of what a term is."""
_DOMAIN, _RANGE, _INVERSE = RDFS.base + "domain", RDFS.base + "range", OWL + "inverseOf"
_DEFINITION, _SOURCE = SKOS.base + "definition", "http://purl.org/dc/terms/source"
_MOST_EXAMPLES = 12


class Vocabulary:
    """Pages of terms."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def pages(self) -> Pages:
        """(path, maker) of the list of terms and of the page of each of the project's own."""
        yield "ns.html", self._list
        for term in self.edition.terms:
            yield self.edition.address(term), partial(self._term, term)

    def _list(self) -> Made:
        e = self.edition
        by_kind: dict[str, list[str]] = defaultdict(list)
        for term in e.terms:
            by_kind[self._kind(term)].append(term)
        listed = {kind: e.in_order(by_kind[kind]) for kind in KINDS if kind in by_kind}
        return e.page(
            "ns.html", "vocabulary", title=e.texts("vocabulary.title"), listed=listed, reused=self._reused(),
            definition=self.definition, subject=SG.base.removesuffix("#"),
        )  # fmt: skip

    def _term(self, term: str) -> Made:
        e = self.edition
        held = self._held(term)
        facts = {
            "kind": [self._kind(term)], "above": held[RDFS.subClassOf] + held[RDFS.subPropertyOf],
            "below": self._pointing(term, RDFS.subClassOf, RDFS.subPropertyOf), "domain": held[_DOMAIN],
            "range": held[_RANGE], "inverse": held[_INVERSE] + self._pointing(term, _INVERSE),
            "has_domain": self._pointing(term, _DOMAIN), "has_range": self._pointing(term, _RANGE),
        }  # fmt: skip
        examples = e.in_order(iri for iri in e.knowledge.instances(term) if iri in e.addresses)
        return e.page(
            e.address(term), "term", title=e.name(term), subject=term, term=term, facts=facts,
            crumbs=[Crumb(e.texts("vocabulary.title"), "ns.html")], kind=self._kind(term),
            words=self._words(term), source=held[_SOURCE], key=self._keys.get(term, ""),
            uses=self._uses.get(term.removeprefix(SG.base), {}), count=self._counts[term],
            examples=examples[:_MOST_EXAMPLES], more=len(examples) - _MOST_EXAMPLES,
        )  # fmt: skip

    def definition(self, term: str) -> str:
        """The definition of *term* in the language of the pages."""
        return self._words(term)[self.edition.texts.lang][1]

    def _words(self, term: str) -> dict[str, tuple[str, str]]:
        """Language → label and definition."""
        found = {lang: ["", ""] for lang in ("sv", "en")}
        for quad in self._own(term):
            lang = getattr(quad[3], "language", None)
            if lang in found and quad[2].value in {RDFS.label, _DEFINITION}:
                found[lang][quad[2].value == _DEFINITION] = quad[3].value
        return {lang: (label, definition) for lang, (label, definition) in found.items()}

    def _own(self, term: str) -> Iterable[Quad]:
        return (quad for quad in self.edition.quads.of(term) if quad[0] == ONTOLOGY_GRAPH)

    def _held(self, term: str) -> dict[str, list[str]]:
        """Property → values of it in the vocabulary."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self._own(term):
            found[quad[2].value].append(quad[3].value)
        return found

    def _pointing(self, term: str, *properties: str) -> list[str]:
        """Terms that have *term* as value of one of *properties*, in Swedish order."""
        about = self.edition.quads.about(term)
        found = {
            q[1].value for q in about if q[0] == ONTOLOGY_GRAPH and q[3].value == term and q[2].value in properties
        }
        return self.edition.in_order(found)

    def _kind(self, term: str) -> str:
        kinds = {value.rpartition("#")[2] for value in self._held(term)[RDF.type]}
        return next((kind for kind in KINDS if kind in kinds), "Concept" if kinds else "other")

    def _reused(self) -> list[str]:
        """Terms of other vocabularies that ours describes, in the order of their short names."""
        return sorted(self.edition.reused, key=lambda iri: swedish(self.edition.knowledge.things.short(iri)))

    @cached_property
    def _keys(self) -> dict[str, str]:
        """IRI → the key or word that an analyst writes."""
        context = self.edition.knowledge.context
        keys = {key.iri: name for name, key in sorted(context.keys.items()) if not key.reverse and key.iri}
        return {iri: word for word, iri in sorted(context.values.items())} | keys

    @cached_property
    def _counts(self) -> Counter[str]:
        """How often each term stands in the graph outside the vocabulary, as class or as property."""
        counts: Counter[str] = Counter()
        for iri in self.edition.quads.iris:
            for graph, _, term, value in self.edition.quads.of(iri):
                if graph and graph != ONTOLOGY_GRAPH:
                    counts[term.value] += 1
                    if term.value == RDF.type or is_iri(value):
                        counts[value.value] += 1
        return counts

    @cached_property
    def _uses(self) -> dict[str, dict[str, list[str]]]:
        """Local name → what uses the term: queries, rules, checks and shapes, by name."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        workspace, knowledge = self.edition.knowledge.workspace, self.edition.knowledge
        rules = {rule.name: rule.conclusion for rule in knowledge.rules}
        checks = named_queries(workspace.folders("ontology/checks"))
        for sort, queries in (
            ("queries", named_queries(workspace.folders("queries"))),
            ("rules", rules),
            ("checks", checks),
        ):
            for name, query in _whole(queries).items():
                for term in vocabulary_terms(query.text):
                    found[term][sort].append(name)
        for folder in workspace.folders("ontology"):
            for name, terms in (
                _shapes((folder / "shapes.ttl").read_bytes()) if (folder / "shapes.ttl").is_file() else ()
            ):
                for term in sorted(terms):
                    found[term]["shapes"].append(name)
        return found


def _whole(queries: dict[str, NamedQuery]) -> dict[str, NamedQuery]:
    """*queries* without companions, whose names have a dot."""
    return {name: query for name, query in queries.items() if "." not in name}


def _shapes(turtle: bytes) -> list[tuple[str, set[str]]]:
    """(name, local names of the project's terms in it) of every shape."""
    owner: dict[object, object] = {}
    triples = [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
    for triple in triples:
        if isinstance(triple.object, ox.BlankNode):
            owner[triple.object] = triple.subject
    found: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        node: object = triple.subject
        while node in owner:
            node = owner[node]
        text = f"{triple.object} {triple.predicate}"
        found[str(node).strip("<>").rpartition("#")[2]] |= {part.partition(">")[0] for part in text.split(SG.base)[1:]}
    return sorted(found.items())


__all__ = ["Vocabulary"]
