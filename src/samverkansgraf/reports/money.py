"""Amounts, sums and shares: what is printed, and what follows from it by arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..terms import SG
from .nodes import Node

CONTRIBUTION, RETENTION, TOTAL = (SG.base + name for name in ("Contribution", "Retention", "StatedTotal"))
COST_SHARE, INSTALMENT, FORM = (SG.base + name for name in ("CostShare", "Instalment", "FundingForm"))
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of parts in whole SEK, or why there is none.

    ``reckoned``: an amount that the document leaves open was taken from the reader's calculation. ``missing``: parts of
    unknown amount. ``years``: years of the parts; there is no sum over several.
    """

    amount: int | None
    parts: tuple[str, ...]
    reckoned: bool = False
    missing: int = 0
    years: tuple[str, ...] = ()


class Money:
    """Entries about money by IRI, with their sums; totals that contain themselves have no sum."""

    def __init__(self, nodes: Iterable[Node], groups: Mapping[str, Sequence[str]]) -> None:
        self.nodes = {node.iri: node for node in nodes}
        self.groups = groups
        self._reckoned = {
            _key(node): node for node in self.nodes.values() if is_reckoned(node) and len(node.values("amount")) == 1
        }

    def of(self, kind: str) -> list[Node]:
        """Entries of one class, in reading order."""
        return [node for node in self.nodes.values() if kind in node.values("type")]

    def amount(self, iri: str, above: frozenset[str] = frozenset()) -> Sum:
        """Amount of one entry: as printed, else as the reader calculated it, else the sum of its parts."""
        node = self.nodes.get(iri, Node(iri))
        years, printed = tuple(node.values("forYear")), node.values("amount")
        if len(printed) == 1:
            return Sum(int(printed[0]), (iri,), is_reckoned(node), 0, years)
        if not printed and TOTAL in node.values("type") and iri not in above:
            return self.total(iri, above)
        found = None if printed else self._reckoned.get(_key(node))
        if found is None:
            return Sum(None, (iri,), missing=1, years=years)
        return Sum(int(found.first("amount")), (iri, found.iri), reckoned=True, years=years)

    def amounts(self, iri: str) -> tuple[int, ...]:
        """As `amount`, but all that are printed where they disagree; nothing where there is none."""
        printed, one = self.nodes[iri].numbers("amount"), self.amount(iri).amount
        if len(printed) > 1:
            return printed
        return () if one is None else (one,)

    def total(self, iri: str, above: frozenset[str] = frozenset()) -> Sum:
        """Sum of the parts of a total. No sum over different years; printed and calculated of the same count once."""
        node = self.nodes[iri]
        return self.add(self._once(node.values("sumOf")), above | {iri})

    def add(self, parts: Iterable[str], above: frozenset[str] = frozenset()) -> Sum:
        """Sum of *parts*."""
        sums = [self.amount(part, above) for part in parts]
        years = tuple(sorted({year for one in sums for year in one.years}))
        every = tuple(dict.fromkeys(part for one in sums for part in one.parts))
        reckoned, missing = any(one.reckoned for one in sums), sum(one.missing for one in sums)
        known = [one.amount for one in sums if one.amount is not None]
        whole = sums and len(known) == len(sums) and len(years) < 2
        return Sum(sum(known) if whole else None, every, reckoned, missing, years)

    def leaves(self, iri: str, above: frozenset[str] = frozenset()) -> Iterator[str]:
        """Entries under a total that are no totals themselves."""
        parts = self.nodes[iri].values("sumOf") if iri in self.nodes else []
        for part in self._once(parts) if iri not in above else ():
            nested = self.nodes[part].values("sumOf") if part in self.nodes else []
            yield from self.leaves(part, above | {iri}) if nested else (part,)

    def members(self, actors: Iterable[str]) -> frozenset[str]:
        """*actors* with each group's members in its place."""
        return frozenset(member for actor in actors for member in self.groups.get(actor, [actor]))

    def payers(self, iri: str) -> frozenset[str]:
        """Who pays or keeps an entry, members for groups."""
        return self.members(self.nodes.get(iri, Node(iri)).values("payer", "holder"))

    def share(self, total: str, actors: Iterable[str]) -> tuple[Sum, Sum]:
        """What *actors* stand for of *total*, and the whole, both added from the entries under it."""
        members, leaves = self.members(actors), list(self.leaves(total))
        return self.add(leaf for leaf in leaves if self.payers(leaf) and self.payers(leaf) <= members), self.add(leaves)

    def paid_by(self, actors: Iterable[str], kind: str) -> list[str]:
        """Printed totals of entries of *kind* that exactly *actors* pay or keep, each set of entries once."""
        members, found = self.members(actors), dict[frozenset[str], str]()
        for node in self.of(TOTAL):
            leaves = list(self.leaves(node.iri))
            fits = all(leaf in self.nodes and kind in self.nodes[leaf].values("type") for leaf in leaves)
            if fits and not is_reckoned(node) and frozenset().union(*map(self.payers, leaves)) == members:
                found.setdefault(frozenset(leaves), node.iri)
        return list(found.values())

    def _once(self, parts: Sequence[str]) -> list[str]:
        known = {_key(self.nodes[part]) for part in parts if part in self.nodes and self._is_printed(part)}
        return [
            part
            for part in parts
            if self._is_printed(part) or part not in self.nodes or _key(self.nodes[part]) not in known
        ]

    def _is_printed(self, iri: str) -> bool:
        return iri in self.nodes and not is_reckoned(self.nodes[iri])


def is_reckoned(node: Node) -> bool:
    """Whether an entry is the reader's calculation."""
    return node.modality == "inferred"


def _key(node: Node) -> Key:
    """What makes two entries the same payment: who, to whom, for what, when."""
    if TOTAL in node.values("type"):
        return (node.iri,)
    sides = (frozenset(node.values(key)) for key in ("type", "payer", "holder", "payee", "forYear", "purpose"))
    return tuple(sides)
