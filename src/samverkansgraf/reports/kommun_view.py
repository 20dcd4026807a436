"""One kommun as the graph sees it: who acts for it, what is said of them, and the words to say it with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..network.relations import verbs
from ..terms import local_name
from ..texts import Texts
from . import wording
from .about import Act, acts, pointing
from .holders import holders, links
from .nodes import Node, Statement, statements_of
from .table import Cell, Row

Found = tuple[tuple[Cell, ...], str, Passage]
"""Cells of a row, who acts for the kommun in it, and the passage that says so."""
_SURE = ("stated", "inferred", "intended", "proposed", "permitted", "tentative", "ambiguous")


class View:
    """Everything that passages (of one collection, if given) say about a kommun and those who act for it."""

    def __init__(self, knowledge: Knowledge, texts: Texts, kommun: str, collection: str | None) -> None:
        self.knowledge = knowledge
        self.texts = texts
        self.kommun = kommun
        self.collection = collection
        self.everyone = holders(knowledge)
        self.acting = self.everyone[kommun]
        made_so = links(knowledge, kommun, self.acting)
        self.links = {one: knowledge.passages((p.iri for p in found), collection) for one, found in made_so.items()}
        self.nodes: list[Node] = pointing(knowledge, self.acting, collection)

    @cached_property
    def own(self) -> dict[str, Node]:
        """Statements whose subject acts for the kommun."""
        return statements_of(self.knowledge, self.acting, self.collection)

    @cached_property
    def acts(self) -> list[Act]:
        """What those who act for the kommun do."""
        return acts(self.own, self.nodes, {local_name(verb): verb for verb in verbs(self.knowledge.store)})

    def kinds(self, iri: str) -> frozenset[str]:
        """Classes of a thing."""
        return self.knowledge.classes.get(iri, frozenset())

    def bound(self, node: Node, keys: Sequence[str]) -> list[tuple[str, Statement]]:
        """Statements of *keys* whose value acts for the kommun, in the order of keys and of reading."""
        return [
            (key, one)
            for key in keys
            for one in sorted(node.facts.get(key, ()), key=lambda one: (one.passage, one.value))
            if one.value in self.acting
        ]

    def name(self, iri: str) -> str:
        """Label of a thing; nothing for nothing."""
        return self.knowledge.things.label(iri, self.texts.lang) if iri else ""

    def names(self, iris: Iterable[str], *, each: bool = False) -> str:
        """Labels in a sentence, in Swedish order."""
        listed = wording.enumerated(sorted({self.name(one) for one in iris}, key=swedish), self.texts)
        return self.texts("common.each", name=listed) if each and listed else listed

    def merged(self, found: Iterable[Found]) -> tuple[Row, ...]:
        """Rows of what was found: equal cells and modality joined, and who acts for the kommun in a last cell."""
        rows: dict[tuple[tuple[Cell, ...], str], tuple[set[str], set[Passage]]] = {}
        for cells, holder, passage in found:
            through, passages = rows.setdefault((cells, passage.modality), (set(), set()))
            through.add(holder)
            passages |= {passage, *self.links[holder]}
        made = []
        for (cells, modality), (through, passages) in rows.items():
            derived = all(self.acting[one] != "self" for one in through)
            made.append(Row((*cells, self.names(through - {self.kommun})), modality, derived, tuple(sorted(passages))))
        return tuple(
            sorted(made, key=lambda row: (*(swedish(str(c or "")) for c in row.cells), _SURE.index(row.modality)))
        )
