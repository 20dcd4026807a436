"""The list of documents, and for every passage what it states and a page that leads to its place in the reader."""

from __future__ import annotations

from collections import Counter
from functools import partial

from ..evidence import Passage
from .edition import Crumb, Edition, Made, Pages


def document_pages(edition: Edition) -> Pages:
    """(path, maker) of the list of documents and of every passage."""
    yield "documents.html", partial(_list, edition)
    for iri, passage in edition.knowledge.book.passages.items():
        path = f"{edition.addresses.paths[passage.document]}.{iri.rpartition('.')[2]}"
        yield f"{path}.html", partial(_passage, edition, passage, path)
        yield f"{path}.ttl", partial(_turtle, edition, iri)


def _list(e: Edition) -> Made:
    counts = Counter(passage.document for passage in e.knowledge.book.passages.values())
    by_collection: dict[str, list[str]] = {}
    for document, (collection, _) in e.knowledge.documents.items():
        by_collection.setdefault(collection, []).append(document)
    listed = {one: e.in_order(by_collection[one]) for one in e.in_order(by_collection)}
    return e.page("documents.html", "documents", title=e.texts("site.documents"), listed=listed, counts=counts)


def _passage(e: Edition, passage: Passage, path: str) -> Made:
    return e.page(
        f"{path}.html", "passage", title=passage.section, subject=passage.iri, passage=passage, data=f"{path}.ttl",
        crumbs=[
            Crumb(e.texts("site.documents"), "documents.html"),
            Crumb(e.name(passage.document), e.address(passage.document)),
        ],
    )  # fmt: skip


def _turtle(e: Edition, iri: str) -> Made:
    return e.turtle("x.ttl", e.quads.in_graph(iri))


__all__ = ["document_pages"]
