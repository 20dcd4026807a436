"""Entries about money in words: names, amounts, years and shares as a table shows them."""

from __future__ import annotations

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import SG
from ..texts import Texts
from . import wording
from .money import RETENTION, TOTAL, Money, Sum
from .nodes import Node, named, spelled
from .table import Cell, Column

_AMOUNTS = frozenset({"amount", "stated", "sum"})


class MoneyWords:
    """What tables about money print, in one language."""

    def __init__(self, money: Money, knowledge: Knowledge, texts: Texts) -> None:
        self.money, self.knowledge, self.texts = money, knowledge, texts

    def _base(self, base: str) -> str:
        total = self.money.nodes.get(base)
        return (
            self._called(total)
            if total and TOTAL in total.values("type")
            else named(self.knowledge, [base], self.texts)
        )

    def _heads(self, *keys: str) -> tuple[Column, ...]:
        return tuple(
            Column(key, self.texts(f"finance.{key}"), *(("integer", "SEK") if key in _AMOUNTS else ())) for key in keys
        )

    def _amount(self, node: Node, silent: str | None = None) -> Cell:
        printed = node.values("amount")
        if len(printed) > 1:
            return " / ".join(self.texts.sek(int(one)) for one in printed)
        if printed:
            return int(printed[0])
        if self._is_open(node, "amount"):
            return self.texts("finance.open")
        return self.texts("finance.silent") if silent is None else silent

    def _is_open(self, node: Node, what: str) -> bool:
        return not node.values(what) and SG.base + what in node.values("leavesOpen")

    def _side(self, node: Node, *keys: str) -> str:
        if names := named(self.knowledge, node.values(*keys), self.texts):
            return names
        return self.texts("common.open_side") if any(self._is_open(node, key) for key in keys) else "–"

    def _years(self, node: Node) -> str:
        every = (self.texts("finance.yearly") if per == "P1Y" else per for per in node.values("per"))
        return ", ".join([*node.values("forYear"), *every])

    def _printed(self, node: Node) -> list[str]:
        return [self.texts("finance.printed", text=text) for text in node.values("printed")]

    def _share(self, node: Node) -> list[str]:
        return [self.texts.percent(round(float(share) * 10000), 10000) for share in node.values("share")]

    def _if(self, node: Node) -> list[str]:
        return [self.texts("reporting.condition", text=text) for text in node.values("condition")]

    def _name(self, iri: str) -> str:
        if iri in self.money.nodes:
            return spelled(self.money.nodes[iri], self.knowledge, self.texts)
        return self.knowledge.things.label(iri, self.texts.lang)

    def _called(self, total: Node) -> str:
        """Name of a total, else what it adds: ``10 bidrag till Vindelns förening``."""
        if total.iri in self.knowledge.things.namings:
            return self.knowledge.things.label(total.iri, self.texts.lang)
        leaves = [self.money.nodes[leaf] for leaf in self.money.leaves(total.iri) if leaf in self.money.nodes]
        noun = "kept" if any(RETENTION in leaf.values("type") for leaf in leaves) else "payment"
        words = {
            word
            for leaf in leaves
            for word in (named(self.knowledge, leaf.values("payee"), self.texts), *leaf.values("purpose")[:1])
        }
        about = wording.enumerated(sorted(filter(None, words), key=swedish), self.texts)
        return self._joined(self.texts.count(noun, len(leaves)), about)

    def _evidence(self, node: Node, *sums: Sum) -> tuple[Passage, ...]:
        parts = {part for one in sums for part in one.parts if part in self.money.nodes}
        found = {
            passage for part in parts for passage in self.money.nodes[part].passages("amount", "leavesOpen", "type")
        }
        return tuple(sorted({*node.passages(), *found}))

    def _joined(self, *parts: str) -> str:
        return "; ".join(filter(None, parts))
