"""The first page, and the list of everything."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from ..answers import Answer
from ..collation import swedish
from ..maps.geography import Geography
from ..maps.svg import stylesheet
from ..population import load
from ..queries import named_queries
from ..reports import Report
from .edition import Edition, Made, Pages
from .reports import Question, Reports, last
from .shell import asset

FINDINGS = ("gaps", "quality", "open", "timeline", "finance")
"""Reports whose answers stand on the first page."""
_CONTENTS = "dokument/innehall"
_YEARS, _MANY = 3, 100
"""Years of endings; kommuner that are too many for a small map (what touches no county is drawn on all of Sweden)."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A year in which something ends: how much, and what, in Swedish order."""

    year: str
    names: tuple[str, ...]


class Start:
    """The first page and the search page."""

    def __init__(self, edition: Edition, reports: Reports) -> None:
        self.edition, self.reports = edition, reports

    def pages(self) -> Pages:
        """(path, maker) of both."""
        yield "index.html", self._index
        yield "search.html", self._search

    def _index(self) -> Made:
        e = self.edition
        answers = {name: self.reports.report(Question(name, f"report/{name}")) for name in FINDINGS}
        collections = self.reports.collections()
        return e.page(
            "index.html", "index", title=e.texts("site.name"), subject="index.html", answers=answers,
            endings=endings(answers["timeline"], e.texts("timeline.ends")), styles=[stylesheet()],
            counts=self._counts(), contents=self._contents(), collections=collections, last=last,
            maps={one: self._map(one) for one in collections},
        )  # fmt: skip

    def _counts(self) -> list[tuple[str, int]]:
        """Nouns and how many there are of each."""
        e = self.edition
        return [
            ("document", len(e.knowledge.documents)), ("passage", len(e.knowledge.book.passages)),
            ("subject", len(e.things)), ("fact", sum(1 for fact in e.facts if fact.passages and not fact.derived)),
        ]  # fmt: skip

    def _contents(self) -> dict[str, Counter[str]]:
        """Kind → collection → how many things, kinds in Swedish order; nothing where the workspace lacks the query."""
        e = self.edition
        query = named_queries(e.knowledge.workspace.folders("queries")).get(_CONTENTS)
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for row in Answer(e.knowledge.store.query(query.text), e.knowledge, e.texts.lang, query).rows if query else ():
            found[str(row["kind"])][str(row["collection"])] = int(row["things"] or 0)
        return {kind: found[kind] for kind in e.in_order(found)}

    def _map(self, collection: str) -> str:
        """How many cooperations each kommun of a collection has; nothing where no kommun is drawn."""
        e = self.edition
        maps = Geography(e.knowledge, e.texts, collection=collection, population=load(e.knowledge.workspace))
        return str(maps.picture()) if maps.measures and len(maps.kommuner) < _MANY else ""

    def _search(self) -> Made:
        """Everything by name; last the relations that a text gives no giver of."""
        e = self.edition
        listed = sorted(e.things, key=lambda iri: (e.long(iri).startswith("…"), swedish(e.long(iri)), iri))
        return e.page(
            "search.html", "search", title=e.texts("site.search"), listed=listed, scripts=[asset("search.js")]
        )


def endings(timeline: Report, ends: str) -> list[Ending]:
    """The last years in which something ends, by year; *ends* is what the report calls an end."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in timeline.tables[0].rows if timeline.tables else ():
        if ends in row.cells:
            found[str(row.cells[0])[:4]].add(str(row.cells[3]))
    return [Ending(year, tuple(sorted(found[year], key=swedish))) for year in sorted(found)[-_YEARS:]]


__all__ = ["FINDINGS", "Ending", "Start", "endings"]
