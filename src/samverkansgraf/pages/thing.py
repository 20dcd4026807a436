"""The page of one thing, and the same data for programs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

from ..evidence import Passage
from ..maps.minimap import Minimap
from ..maps.svg import stylesheet
from ..network.relations import Relation
from ..reports.onward import Onward
from .data import Data
from .edition import Crumb, Edition, Made, Pages
from .statements import Statements


@dataclass(frozen=True, slots=True)
class Step:
    """One relation that carries a matter onwards, how many steps away, and where it is said."""

    number: int
    relation: Relation
    passages: tuple[Passage, ...]


class Things:
    """Pages of everything that the graph names."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.statements = edition, Statements(edition)
        self.data = Data(edition, self.statements)

    @cached_property
    def _minimap(self) -> Minimap:
        return Minimap(self.edition.knowledge, self.edition.texts, self.edition.facts)

    @cached_property
    def _onward(self) -> Onward:
        return Onward(self.edition.knowledge)

    def pages(self) -> Pages:
        """(path, maker) of the page of every thing, and of its data; documents have pages elsewhere."""
        for iri in self.edition.things:
            yield f"{self.edition.addresses.paths[iri]}.html", partial(self.page, iri)
            yield from self.data.pages(iri)
        for document in self.edition.knowledge.documents:
            yield from self.data.pages(document)

    def page(self, iri: str) -> Made:
        """The page of the thing *iri*."""
        e = self.edition
        facts, steps = self.statements.facts(iri), self._steps(iri)
        passages = sorted({passage for cited in (facts, steps) for one in cited for passage in one.passages})
        return e.page(
            e.address(iri), "thing", title=e.long(iri), subject=iri, iri=iri, styles=[stylesheet()],
            crumbs=[Crumb(e.texts("site.search"), "search.html")], picture=self._picture(iri), steps=steps,
            kinds=e.kind(iri), names=self._other_names(iri), collections=self._collections(passages),
            certain=self.statements.sections(iri, facts, certain=True),
            uncertain=self.statements.sections(iri, facts, certain=False), reports=e.reports_on(iri),
            numbers={passage.iri: number for number, passage in enumerate(passages, 1)}, passages=passages,
        )  # fmt: skip

    def _picture(self, iri: str) -> str:
        """What lies next to the thing, or nothing."""
        root = "../" * self.edition.address(iri).count("/")
        if self._minimap.is_empty(iri):
            return ""
        return str(self._minimap.picture(iri, partial(self.edition.link, root)))

    def _steps(self, iri: str) -> list[Step]:
        """Where a matter goes on from the thing."""
        passages = self.edition.knowledge.passages
        return [Step(number, one, passages(one.passages)) for number, one in self._onward.steps([iri])]

    def _other_names(self, iri: str) -> list[str]:
        naming = self.edition.knowledge.things.namings.get(iri)
        shown = self.edition.long(iri)
        return [name for name in dict.fromkeys(naming.all() if naming else []) if name not in shown]

    def _collections(self, passages: list[Passage]) -> list[str]:
        """Collections whose documents speak of the thing."""
        return self.edition.in_order({self.edition.knowledge.documents[passage.document][0] for passage in passages})


__all__ = ["Things"]
