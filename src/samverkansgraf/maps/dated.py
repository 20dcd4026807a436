"""What is in force at each date, as marks that the page reads: one letter per date."""

from __future__ import annotations

from collections.abc import Iterable

from ..reports.steps import Steps
from ..terms import ORG
from .content import Content, Edge

LETTERS = {"certain": "c", "possible": "p", "unknown": "u", "no": "n"}
"""Letter of each value of `period.Certainty`."""


class Dated:
    """The dates that bound what is drawn, and what is in force at each."""

    def __init__(self, content: Content, edges: Iterable[Edge]) -> None:
        self._steps = Steps(content.knowledge, content.facts.collection)
        nodes = {node for edge in edges if (node := self._node(edge))}
        self.moments = self._steps.moments({*content.nodes, *nodes})

    def thing(self, thing: str) -> dict[str, str]:
        """``force`` of a thing, a letter for each date; nothing where no passage dates it."""
        found = [self._steps.certainty(thing, moment) for moment in self.moments]
        return {"force": "".join(LETTERS[one.value] for one in found if one)} if any(found) else {}

    def edge(self, edge: Edge) -> dict[str, str]:
        """``force`` of a line, by the flow, allocation or membership that it stands for."""
        node = self._node(edge)
        return self.thing(node) if node else {}

    def _node(self, edge: Edge) -> str:
        return self._steps.membership(edge.source, edge.target) if edge.verb == ORG.hasMember else edge.node


__all__ = ["Dated"]
