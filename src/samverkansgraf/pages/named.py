"""A page for every named query: the question, the text, and what it answers now."""

from __future__ import annotations

from functools import cached_property, partial
from itertools import groupby

import pyoxigraph as ox

from ..answers import Answer
from ..collation import swedish
from ..queries import NamedQuery, named_queries
from .edition import Crumb, Edition, Made, Pages, made
from .report_body import body
from .shell import asset

MOST_ROWS = 200
"""Rows that a page shows; the files hold all."""


class Queries:
    """Pages of named queries."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._last = ("", b"")

    @cached_property
    def _queries(self) -> dict[str, NamedQuery]:
        return named_queries(self.edition.knowledge.workspace.folders("queries"))

    def pages(self) -> Pages:
        """(path, maker) of the list of queries, and of each as a page, its answer as data, and its text."""
        yield "queries.html", self._list
        for name in self._queries:
            yield f"query/{name}.html", partial(self._page, name)
            for ending in ("csv", "json"):
                yield f"query/{name}.{ending}", partial(self._file, name, ending)
            yield f"query/{name}.rq", partial(self._text, name)

    def _answer(self, name: str) -> Answer:
        """What *name* answers; the engine's answer made last is kept, since its formats are made one after another."""
        e, query = self.edition, self._queries[name]
        if self._last[0] != name:
            asked = Answer(e.knowledge.store.query(query.text), e.knowledge, e.texts.lang, query)
            self._last = name, asked.to("json")
        found = ox.parse_query_results(self._last[1], format=ox.QueryResultsFormat.JSON)
        return Answer(found, e.knowledge, e.texts.lang, query)

    def _page(self, name: str) -> Made:
        e, query = self.edition, self._queries[name]
        report = self._answer(name).report()
        whole = len(report.tables[0].rows)
        return e.page(
            f"query/{name}.html", "query", title=query.header.get("question", name), query=query, whole=whole,
            crumbs=[Crumb(e.texts("site.queries"), "queries.html")], most=MOST_ROWS, **body(report.first(MOST_ROWS)),
        )  # fmt: skip

    def _file(self, name: str, ending: str) -> Made:
        return made(f"{name}.{ending}", self._answer(name).to(ending))

    def _text(self, name: str) -> Made:
        return made(f"{name}.rq", self._queries[name].text.encode())

    def _list(self) -> Made:
        e = self.edition
        return e.page(
            "queries.html", "queries", title=e.texts("site.queries"), themes=themes(e), scripts=[asset("search.js")]
        )


def themes(e: Edition) -> list[tuple[str, str, list[NamedQuery]]]:
    """(folder, what people call it, its queries) of every theme, in Swedish order."""
    queries = named_queries(e.knowledge.workspace.folders("queries"))
    own = {theme: list(some) for theme, some in groupby(queries.values(), key=_theme)}
    named = sorted((swedish(_heading(theme, e)), theme) for theme in own)
    return [(theme, _heading(theme, e), own[theme]) for _, theme in named]


def _heading(theme: str, e: Edition) -> str:
    """What people call a theme; one that only this workspace has is called as its folder."""
    try:
        return e.texts(f"themes.{theme}")
    except KeyError:
        return theme


def _theme(query: NamedQuery) -> str:
    return query.name.partition("/")[0]


__all__ = ["Queries", "themes"]
