"""The page of one thing, and the same data for programs."""

from __future__ import annotations

from functools import partial

from ..evidence import Passage
from .data import Data
from .edition import Crumb, Edition, Made, Pages
from .statements import Statements


class Things:
    """Pages of everything that the graph names."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.statements = edition, Statements(edition)
        self.data = Data(edition, self.statements)

    def pages(self) -> Pages:
        """(path, maker) of the page of every thing, and of its data."""
        for iri in self.edition.things:
            yield f"{self.edition.addresses.paths[iri]}.html", partial(self.page, iri)
            yield from self.data.pages(iri)

    def page(self, iri: str) -> Made:
        """The page of the thing *iri*."""
        e = self.edition
        facts = self.statements.facts(iri)
        passages = sorted({passage for fact in facts for passage in fact.passages})
        path = e.addresses.page(iri)
        return e.page(
            path, "thing", title=e.long(iri), subject=iri, iri=iri,
            crumbs=[Crumb(e.texts("site.search"), "search.html")],
            kinds=e.kind(iri), names=self._other_names(iri), collections=self._collections(passages),
            certain=self.statements.sections(iri, facts, certain=True),
            uncertain=self.statements.sections(iri, facts, certain=False),
            numbers={passage.iri: number for number, passage in enumerate(passages, 1)}, passages=passages,
        )  # fmt: skip

    def _other_names(self, iri: str) -> list[str]:
        naming = self.edition.knowledge.things.namings.get(iri)
        shown = self.edition.long(iri)
        return [name for name in dict.fromkeys(naming.all() if naming else []) if name not in shown]

    def _collections(self, passages: list[Passage]) -> list[str]:
        """Collections whose documents speak of the thing."""
        return sorted({self.edition.knowledge.documents[passage.document][0] for passage in passages})


__all__ = ["Things"]
