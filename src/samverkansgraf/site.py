"""The whole graph as pages: static and live give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from .errors import UnknownPage
from .knowledge import Knowledge
from .pages.edition import Edition, Made, Maker
from .texts import Texts


class Site:
    """Pages of one graph in one language.

    ``sources`` are folders where the full texts are looked for; without them the reader shows anchors.
    """

    def __init__(self, knowledge: Knowledge, texts: Texts, *, sources: Sequence[Path] = ()) -> None:
        self.edition = Edition(knowledge, texts, sources)

    @cached_property
    def _makers(self) -> dict[str, Maker]:
        from .pages import every_page

        return dict(sorted(every_page(self.edition)))

    def paths(self) -> Iterator[str]:
        """Every path of the site, sorted."""
        return iter(self._makers)

    def make(self, path: str) -> Made:
        """The file at *path*; `UnknownPage` where there is none."""
        if path not in self._makers:
            raise UnknownPage(f"The site has no page {path!r}; see search.html for what there is.")
        return self._makers[path]()

    def address(self, iri: str) -> str:
        """Path of the page of *iri*, with a fragment for a passage; nothing where it has none."""
        return self.edition.addresses.page(iri)


__all__ = ["Made", "Site", "UnknownPage"]
