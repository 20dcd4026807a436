"""Every static picture by a plain name: for a notebook, and for a file."""

from __future__ import annotations

from functools import cached_property

from ..facts import Facts
from ..knowledge import Knowledge
from ..population import load
from ..texts import Texts
from .chain import Chain
from .geography import Geography
from .matrix import Matrix
from .minimap import Minimap
from .svg import Markup, Picture
from .timeline import Timeline


class Gallery:
    """Pictures of a graph, without links; things and collections by the names that people use."""

    def __init__(self, knowledge: Knowledge, texts: Texts) -> None:
        self.knowledge, self.texts = knowledge, texts

    @cached_property
    def _facts(self) -> Facts:
        return Facts(self.knowledge)

    @cached_property
    def _chain(self) -> Chain:
        return Chain(self.knowledge, self.texts)

    def geography(
        self, measure: str | None = None, *, forum: str | None = None, collection: str | None = None
    ) -> Picture:
        """The map of kommuner shaded by a measure, or by who sits in *forum*.

        Measures are ``cooperations`` (as without any), ``seats``, ``seats-per-10000`` (with population figures) and
        ``money-<year>``. Raises `QueryError` for one that no kommun has a figure of.
        """
        population = load(self.knowledge.workspace)
        key = f"in-{self.knowledge.things.short(self._thing(forum))}" if forum else measure
        home = self.knowledge.collection(collection) if collection else None
        return Geography(self.knowledge, self.texts, collection=home, population=population).picture(key)

    def minimap(self, thing: str) -> Picture:
        """What lies next to *thing*."""
        return Minimap(self.knowledge, self.texts, self._facts).picture(self._thing(thing))

    def coverage(self, *, collection: str | None = None) -> Markup:
        """Areas against what they have, then kommuner against areas: tables of symbols."""
        home = self.knowledge.collection(collection) if collection else None
        matrix = Matrix(self.knowledge, self.texts, collection=home)
        return Markup("".join([matrix.areas(), *matrix.kommuner()]))

    def chain(self, thing: str) -> Picture:
        """Where matters of *thing* go on to, step by step."""
        return self._chain.picture(self._thing(thing))

    def diagram(self, thing: str, language: str) -> str:
        """The steps of `chain` as text in ``mermaid`` or ``dot``, which Graphviz draws."""
        iri = self._thing(thing)
        return self._chain.mermaid(iri) if language == "mermaid" else self._chain.dot(iri)

    def timeline(self, *, collection: str | None = None, at: str | None = None) -> Picture:
        """Periods and days along an axis; *at* (2025, 2025-06 or 2025-06-30) is marked."""
        home = self.knowledge.collection(collection) if collection else None
        return Timeline(self.knowledge, self.texts, collection=home).picture(at=at)

    def _thing(self, name: str) -> str:
        return self.knowledge.things.find(name)


__all__ = ["Gallery"]
