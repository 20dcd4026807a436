"""Pages of the site: one module a kind, one shell, one style sheet."""

from __future__ import annotations

from .edition import Edition, Pages


def every_page(edition: Edition) -> Pages:
    """(path, maker) of every file of the site, in no particular order."""
    from .documents import document_pages
    from .graphs import Graphs
    from .handbook import handbook_pages
    from .named import Queries
    from .prose import Prose
    from .reader import Reader
    from .reports import Reports
    from .sparql import sparql_pages
    from .start import Start
    from .thing import Things
    from .vocabulary import Vocabulary

    reports = Reports(edition)
    yield from Start(edition, reports).pages()
    yield from Prose(edition).pages()
    yield from document_pages(edition)
    yield from handbook_pages(edition)
    yield from reports.pages()
    yield from Vocabulary(edition).pages()
    yield from Queries(edition).pages()
    yield from Graphs(edition).pages()
    yield from sparql_pages(edition)
    yield from Things(edition).pages()
    yield from Reader(edition).pages()


__all__ = ["every_page"]
