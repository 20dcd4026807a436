"""The first page, and the list of everything."""

from __future__ import annotations

from functools import partial

from ..collation import swedish
from .edition import Edition, Made, Pages
from .shell import asset


def start_pages(edition: Edition) -> Pages:
    """The first page and the search page."""
    yield "index.html", partial(_index, edition)
    yield "search.html", partial(_search, edition)


def _index(e: Edition) -> Made:
    return e.page("index.html", "index", title=e.texts("site.name"), subject="index.html")


def _search(e: Edition) -> Made:
    listed = sorted(e.things, key=lambda iri: (swedish(e.long(iri)), iri))
    return e.page("search.html", "search", title=e.texts("site.search"), listed=listed, scripts=[asset("search.js")])


__all__ = ["start_pages"]
