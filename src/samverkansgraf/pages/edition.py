"""One edition of the site: a graph in a language, what its pages share, and how a page is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..collation import swedish
from ..facts import Facts
from ..knowledge import Knowledge
from ..maps.content import Content
from ..reports.nodes import called
from ..reports.routes import lengths
from ..terms import DOC, GRAPH, ID, ONTOLOGY_GRAPH, SG
from ..texts import Texts
from .addresses import Addresses
from .quads import Quad, Quads, turtle
from .shell import frame, template

_TERMS = f"SELECT DISTINCT ?term WHERE {{ VALUES ?g {{ <{ONTOLOGY_GRAPH}> }} GRAPH ?g {{ ?term a ?kind }} }}"
MEDIA = {
    "html": "text/html; charset=utf-8", "ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json",
    "json": "application/json", "csv": "text/csv; charset=utf-8", "nq": "application/n-quads",
    "txt": "text/plain; charset=utf-8", "rq": "application/sparql-query", "tsv": "text/tab-separated-values",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "": "text/plain; charset=utf-8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file of the site."""

    body: bytes
    media: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to a page: its name and path."""

    name: str
    path: str


MENU = tuple(
    (name, f"{name}.html")
    for name in ("search", "map", "reports", "documents", "queries", "sparql", "downloads", "about")
)
"""Pages that every page leads to: name under ``site``, and path."""
AREAS = (SG.CooperationArea, SG.Priority, SG.FocusArea, SG.Direction, SG.Pillar, SG.Goal)
Maker = Callable[[], Made]
Pages = Iterator[tuple[str, Maker]]


class Edition:
    """What every page of one site draws on."""

    def __init__(self, knowledge: Knowledge, texts: Texts, sources: Sequence[Path] = ()) -> None:
        self.knowledge, self.texts, self.sources = knowledge, texts, tuple(sources)

    @cached_property
    def facts(self) -> Facts:
        """Every fact, with the reason why it is there."""
        return Facts(self.knowledge, None)

    @cached_property
    def quads(self) -> Quads:
        """Every quad, by what it is about."""
        return Quads(self.knowledge.store)

    @cached_property
    def terms(self) -> list[str]:
        """Terms of the project's own vocabulary, sorted."""
        return sorted(term for term in self._described if term.startswith(SG.base))

    @cached_property
    def reused(self) -> set[str]:
        """Terms of other vocabularies that ours describes."""
        return {
            term for term in self._described if not term.startswith(SG.base) and term in self.knowledge.things.namings
        }

    @cached_property
    def _described(self) -> set[str]:
        return {row["term"].value for row in self.knowledge.store.select(_TERMS)}

    @cached_property
    def things(self) -> list[str]:
        """Everything that has a page of its own: what a passage, register, rule or import names, sorted."""
        own = (ID, *self.knowledge.workspace.prefixes.values())
        foreign = (DOC, GRAPH, SG.base)
        return sorted(iri for iri in self.quads.iris if iri.startswith(own) and not iri.startswith(foreign))

    @cached_property
    def addresses(self) -> Addresses:
        """Where each IRI has its page."""
        graphs = (graph for graph in self.quads.graphs if graph.startswith(GRAPH))
        own = (graph for graph in graphs if graph != ONTOLOGY_GRAPH)
        return Addresses([*self.things, *self.knowledge.documents, *self.terms, *own])

    @cached_property
    def _names(self) -> dict[str, str]:
        return called(self.knowledge, self.things, self.texts)

    def name(self, iri: str) -> str:
        """What to call *iri*: its label; what joins others is spelled out, what a rule made is called by its source."""
        if iri in self.knowledge.things.namings or iri not in self._names:
            return self.knowledge.things.label(iri, self.texts.lang)
        source = self.quads.source(iri)
        if source and self._names[iri] == self.knowledge.things.short(iri):
            return self.texts("site.derived_from", name=self.name(source))
        return self._names[iri]

    def in_order(self, iris: Iterable[str]) -> list[str]:
        """*iris* by their names in Swedish order."""
        return sorted(iris, key=lambda iri: (swedish(self.name(iri)), iri))

    def long(self, iri: str) -> str:
        """The name with the abbreviation behind it."""
        named = iri in self.knowledge.things.namings
        return self.knowledge.things.long(iri, self.texts.lang) if named else self.name(iri)

    def tongue(self, iri: str) -> str:
        """Language of the name of *iri* where it is not the page's own, else nothing."""
        naming = self.knowledge.things.namings.get(iri)
        own = naming is not None and self.texts.lang in (naming.label or naming.name)
        return "" if own or self.texts.lang == "sv" else "sv"

    def kind(self, iri: str) -> list[str]:
        """The most specific classes of *iri*."""
        return sorted(self.knowledge.narrowest(iri))

    def address(self, iri: str) -> str:
        """Path of the page of *iri*, or nothing; the vocabulary and the terms it takes from others are on one page."""
        if iri in self.reused:
            return f"ns.html#{self.fragment(iri)}"
        return "ns.html" if iri == ONTOLOGY_GRAPH else self.addresses.page(iri)

    def link(self, root: str, iri: str) -> str | None:
        """Where *iri* has its page, seen from a page whose way up is *root*; None where it has none."""
        at = self.address(iri)
        return root + at if at else None

    def fragment(self, iri: str) -> str:
        """Where on the page of the vocabulary the term *iri* of another vocabulary stands."""
        return self.knowledge.things.short(iri).replace(":", "-")

    def reports_on(self, iri: str) -> list[tuple[str, str]]:
        """(key of its name, path) of every report that is about *iri* alone, and of its place on the map."""
        found = []
        if iri in self.areas:
            key = "routes" if self.route_lengths[iri] else "no_route"
            found.append((f"report_pages.{key}", f"{routes_path(self.addresses.paths[iri])}.html"))
        if iri in self.kommuner:
            found.append(("report_pages.kommun_page", f"report/kommun/{iri.rpartition('/')[2]}.html"))
        if iri in self.on_map:
            found.append(("site.on_map", f"map.html#{self.knowledge.things.short(iri)}"))
        return found

    @cached_property
    def areas(self) -> frozenset[str]:
        """Areas with a page on how a matter travels: those that are more than a bullet of a list."""
        return frozenset(self.knowledge.instances(*AREAS) & set(self.things))

    @cached_property
    def route_lengths(self) -> Counter[str]:
        """Area → how many steps a matter takes that some text tells of."""
        return lengths(self.knowledge)

    @cached_property
    def kommuner(self) -> frozenset[str]:
        """Kommuner that a document names."""
        every = self.knowledge.instances(SG.Municipality) & set(self.things)
        return frozenset(one for one in every if any(fact.passages for fact in self.facts.about(one)))

    @cached_property
    def on_map(self) -> frozenset[str]:
        """Things that the map shows."""
        return frozenset(Content(self.knowledge, self.texts, None).nodes)

    def status(self, document: str) -> str:
        """Local name of the status of *document*."""
        return self.knowledge.documents[document][1]

    @cached_property
    def _bearers(self) -> dict[str, str]:
        """Names and abbreviations that lists print, each with what bears it; those that several bear are left out.

        A collection gives way to the one thing that it is named after.
        """
        found: dict[str, set[str]] = {}
        for iri in [*self.things, *self.knowledge.documents]:
            for text in (self.name(iri), self.long(iri), self.knowledge.things.heading(iri, self.texts.lang)):
                found.setdefault(text, set()).add(iri)
        alone = {text: iris - self._collections or iris for text, iris in found.items()}
        return {text: min(iris) for text, iris in alone.items() if len(iris) == 1}

    @cached_property
    def _collections(self) -> frozenset[str]:
        return frozenset(collection for collection, _ in self.knowledge.documents.values())

    def linked(self, text: str, column: str = "") -> str:
        """The one thing that is called *text* in a *column* of a report, or nothing."""
        named = (one for one in self._collections if column == "collection" and self.name(one) == text)
        return next(named, self._bearers.get(text, ""))

    def report_errors(self, about: str) -> str:
        """Where a mistake about *about*, an IRI or a path, is reported; nothing when nobody says so."""
        return self.knowledge.workspace.report_errors(about, self.texts("site.error_subject"))

    def turtle(self, path: str, quads: Iterable[Quad]) -> Made:
        """The triples of *quads* at *path*, with the prefixes of the context."""
        return made(path, turtle(quads, self.knowledge.context.prefixes))

    def page(
        self, path: str, name: str, *, title: str, crumbs: Sequence[Crumb] = (), subject: str = "",
        styles: Sequence[str] = (), scripts: Sequence[str] = (), talks: bool = False, **values: object,
    ) -> Made:  # fmt: skip
        """The page at *path* by template *name*; *subject* is the IRI that a mistake on it is about.

        *styles* and *scripts* are texts that stand in this page only; a page that *talks* may send to its server.
        """
        about = subject or path
        shared = {
            "e": self, "t": self.texts, "lang": self.texts.lang, "path": path, "root": "../" * path.count("/"),
            "title": title, "menu": MENU, "crumbs": crumbs, "subject": about, "errors": self.report_errors(about),
            "publisher": str(self.knowledge.workspace.settings.get("publisher", "")),
        }  # fmt: skip
        text = template(name).render(shared | frame(styles, scripts, talks=talks) | values)
        return Made(text.encode(), MEDIA["html"])


def routes_path(path: str) -> str:
    """Path, without ending, of the page on how a matter travels in the area whose page is at *path*."""
    return f"report/routes/{path.removeprefix('id/')}"


def made(path: str, body: bytes) -> Made:
    """A data file: the ending of *path* says what it is."""
    return Made(body, MEDIA.get(path.rpartition("/")[2].rpartition(".")[2], "application/octet-stream"))


__all__ = ["AREAS", "MEDIA", "Crumb", "Edition", "Made", "Maker", "Pages", "made", "routes_path"]
