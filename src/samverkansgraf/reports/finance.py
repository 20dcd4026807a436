"""Who pays what to whom: amounts, what each keeps, shares, sums, instalments and forms of funding."""

from __future__ import annotations

from collections.abc import Sequence

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..network.relations import relations
from ..terms import SG, UNSAID, local_name
from ..texts import Texts
from . import wording
from .money import CONTRIBUTION, COST_SHARE, FORM, INSTALMENT, RETENTION, TOTAL, Money, Sum, is_reckoned
from .money_words import MoneyWords
from .nodes import Node, named, read_nodes
from .table import Report, Row, Table

_LINKS = f"""
SELECT ?passage ?thing ?how ?value WHERE {{
  VALUES ?how {{ <{SG.base}indexedBy> <{SG.base}allocationKey> <{SG.base}funder> }}
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?thing ?how ?value }}
}}
"""


def finance(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Money as the documents give it, in whole SEK.

    Tables: payments (one row per entry, by year, recipient, purpose and payer), what is kept, printed totals against
    the sums of their parts, printed shares against what amounts give, instalments, indexation and keys, who finances
    what, forms of funding. Amounts that the reader calculated are marked; nothing is added over different years, and an
    amount and its calculation are never added to each other.
    """
    kinds = (CONTRIBUTION, RETENTION, TOTAL, COST_SHARE, INSTALMENT, FORM)
    made = _Finance(
        Money(read_nodes(knowledge, *kinds, collection=collection), knowledge.groups), knowledge, texts, collection
    )
    tables = [
        made.payments(CONTRIBUTION, "payments"), made.payments(RETENTION, "kept"), made.totals(), made.shares(),
        made.instalments(), made.links(), made.financiers(), made.forms(),
    ]  # fmt: skip
    shown = sum(len(table.rows) for table in tables)
    place = wording.where(knowledge, collection, texts)
    answer = made.answer(tables, place) if shown else texts("finance.none", where=place)
    examined = texts.count("entry", len(made.money.nodes))
    notes = [texts("finance.key")] if shown else []
    return wording.report("finance", answer, examined, tables, notes, knowledge=knowledge, texts=texts)


class _Finance(MoneyWords):
    def __init__(self, money: Money, knowledge: Knowledge, texts: Texts, collection: str | None) -> None:
        super().__init__(money, knowledge, texts)
        self.collection = collection

    def answer(self, tables: Sequence[Table], place: str) -> str:
        """Payments by how their amount is known, and whether printed totals agree with their parts."""
        entries = self.money.of(CONTRIBUTION)
        known = [entry for entry in entries if entry.values("amount")]
        reckoned = sum(map(is_reckoned, known))
        open_ones = sum(self._is_open(entry, "amount") for entry in entries)
        sums = [row.cells[4] for row in tables[2].rows if row.modality != "inferred" and isinstance(row.cells[2], int)]
        agree = sum(str(one).startswith(self.texts("finance.agrees")) for one in sums)
        counts = {
            "given": len(known) - reckoned, "reckoned": reckoned, "open": open_ones,
            "silent": len(entries) - len(known) - open_ones,
        }  # fmt: skip
        form = "sole" if len(entries) == 1 else "answer"
        clauses = [self.texts(f"finance.{form}_{key}", number=number) for key, number in counts.items() if number]
        said = self.texts("finance.no_totals")
        if sums:
            key = "answer_all" if agree == len(sums) else "answer_totals"
            said = self.texts(f"finance.{key}", totals=self.texts.count("total", len(sums)), agree=agree)
        payments = self.texts.count("payment", len(entries))
        listed = ": " + wording.enumerated(clauses, self.texts) if clauses else ""
        return self.texts("finance.answer", payments=payments, where=place, listed=listed, totals=said)

    def payments(self, kind: str, name: str) -> Table:
        """Contributions or retentions."""
        keys = (
            ("payer", "payee", "amount", "year", "purpose")
            if kind == CONTRIBUTION
            else ("holder", "amount", "year", "purpose")
        )
        rows = [self._payment(node, keys) for node in sorted(self.money.of(kind), key=self._order)]
        return Table(self.texts(f"finance.{name}"), self._heads(*keys), tuple(rows))

    def _payment(self, node: Node, keys: Sequence[str]) -> Row:
        printed = self._printed(node) or self._share(node)
        parts = {
            "amount": self._amount(node), "year": self._years(node),
            "purpose": self._joined(*node.values("purpose"), *printed, *self._if(node)),
            **{key: self._side(node, key) for key in ("payer", "payee", "holder")},
        }  # fmt: skip
        return Row(tuple(parts[key] for key in keys), node.modality, evidence=node.passages())

    def _order(self, node: Node) -> tuple[object, ...]:
        names = (swedish(self._side(node, key)) for key in ("payer", "holder"))
        return (
            self._years(node) or "~",
            self._side(node, "payee"),
            node.values("purpose"),
            *names,
            is_reckoned(node),
            node.iri,
        )

    def totals(self) -> Table:
        """Printed totals against the sums of their parts."""
        rows = []
        for node in self.money.of(TOTAL):
            found = self.money.total(node.iri)
            cells = (
                self._called(node),
                self._years(node),
                self._amount(node),
                found.amount,
                self._verdict(node, found),
            )
            rows.append(Row(cells, node.modality, evidence=self._evidence(node, found)))
        return Table(
            self.texts("finance.totals"), self._heads("total", "year", "stated", "sum", "verdict"), tuple(rows)
        )

    def _verdict(self, node: Node, found: Sum) -> str:
        if len(found.years) > 1:
            return self.texts("finance.years_differ", years=", ".join(found.years))
        if found.amount is None:
            return self.texts("finance.missing", count=found.missing)
        if "true" in node.values("listIsOpen"):
            return self.texts("finance.parts_open")
        printed = node.values("amount")
        reckoned = self.texts("finance.from_reckoned") if found.reckoned and not is_reckoned(node) else ""
        if not printed:
            return reckoned
        differences = [found.amount - int(one) for one in printed]
        if not any(differences):
            return self._joined(self.texts("finance.agrees"), reckoned)
        apart = (self.texts.sek(abs(one)) for one in differences if one)
        return self._joined(self.texts("finance.differs", amount=" / ".join(apart)), reckoned)

    def shares(self) -> Table:
        """Printed shares, of payers and of what is kept, against what the amounts give."""
        rows = []
        for node in [*self.money.of(COST_SHARE), *(one for one in self.money.of(RETENTION) if one.values("share"))]:
            reckoned, found = self._ratio(node)
            base = "; ".join(self._base(one) for one in node.values("baseOf", "concerns"))
            printed = self._joined(*(node.values("printed") or self._share(node)), *self._if(node))
            cells = (self._side(node, "payer", "holder"), printed, base, reckoned)
            rows.append(Row(cells, node.modality, evidence=self._evidence(node, *found)))
        return Table(self.texts("finance.shares"), self._heads("who", "share", "base", "reckoned"), tuple(rows))

    def _ratio(self, node: Node) -> tuple[str, list[Sum]]:
        """What the amounts give for a share, in words, and the sums it rests on."""
        totals = [
            one
            for one in node.values("baseOf")
            if one in self.money.nodes and TOTAL in self.money.nodes[one].values("type")
        ]
        pairs = [self.money.share(total, node.values("payer")) for total in totals]
        if RETENTION in node.values("type"):
            kept = [self.money.total(one) for one in self.money.paid_by(node.values("holder"), RETENTION)]
            paid = [self.money.total(one) for one in self.money.paid_by(node.values("holder"), CONTRIBUTION)]
            pairs = [(part, whole) for part in kept for whole in paid if not whole.reckoned]
        known = [(part, whole) for part, whole in pairs if part.amount is not None and whole.amount]
        said = [self._percent_of(part, whole) for part, whole in known]
        return "; ".join(said) or self.texts("finance.no_ratio"), [one for pair in known for one in pair]

    def _percent_of(self, part: Sum, whole: Sum) -> str:
        assert part.amount is not None
        assert whole.amount
        years = self.texts("finance.of_years", part=", ".join(part.years), whole=", ".join(whole.years))
        remark = years if part.years != whole.years else ""
        reckoned = self.texts("finance.from_reckoned") if part.reckoned or whole.reckoned else ""
        words = {"part": self.texts.sek(part.amount), "whole": self.texts.sek(whole.amount)}
        percent = self.texts.percent(part.amount, whole.amount)
        return self._joined(self.texts("finance.ratio", percent=percent, **words), remark, reckoned)

    def instalments(self) -> Table:
        """Instalments, in reading order."""
        rows = []
        for node in self.money.of(INSTALMENT):
            whole = "; ".join(self._base(one) for one in node.values("partOf"))
            due = ", ".join(node.values("dueBy")) or "; ".join(node.values("printed"))
            cells = (whole, self._joined(*self._share(node)), due, self._side(node, "payer"), self._side(node, "payee"))
            rows.append(Row(cells, node.modality, evidence=node.passages()))
        return Table(
            self.texts("finance.instalments"), self._heads("whole", "share", "due", "payer", "payee"), tuple(rows)
        )

    def links(self) -> Table:
        """What amounts are indexed by, and by which key costs are shared."""
        rows = [row for how, row in self._linked() if how != "funder"]
        return Table(self.texts("finance.links"), self._heads("thing", "how", "by"), tuple(rows))

    def financiers(self) -> Table:
        """Who finances what, without amounts; funders of projects too."""
        rows = [Row((row.cells[2], row.cells[1], row.cells[0], ""), row.modality, evidence=row.evidence) for how, row in self._linked() if how == "funder"]  # fmt: skip  # noqa: E501
        for one in relations(self.knowledge):
            passages = self.knowledge.passages(one.passages, self.collection)
            if one.verb == SG.finances and passages:
                sides = [
                    named(self.knowledge, list(side), self.texts) or self.texts("common.open_side")
                    for side in (one.source, one.target)
                ]
                verb = self.knowledge.things.label(one.verb, self.texts.lang)
                rows.append(
                    Row(
                        (sides[0], verb, sides[1], self._joined(one.matter, one.condition)),
                        one.modality,
                        evidence=passages,
                    )
                )
        rows.sort(key=lambda row: (*(swedish(str(cell)) for cell in row.cells), row.modality, row.evidence))
        return Table(
            self.texts("finance.financiers"), self._heads("financier", "how", "financed", "words"), tuple(rows)
        )

    def _linked(self) -> list[tuple[str, Row]]:
        name = self._name
        found: dict[tuple[str, str, str, str], set[Passage]] = {}
        for row in self.knowledge.store.select(_LINKS):
            for passage in self.knowledge.passages([row["passage"].value], self.collection):
                if passage.modality not in UNSAID:
                    key = (row["thing"].value, row["how"].value, row["value"].value, passage.modality)
                    found.setdefault(key, set()).add(passage)
        rows = [
            (local_name(how), Row((name(thing), name(how), name(value)), modality, evidence=tuple(sorted(places))))
            for (thing, how, value, modality), places in found.items()
        ]
        return sorted(rows, key=lambda pair: (pair[1].evidence, pair[1].cells))

    def forms(self) -> Table:
        """Forms of funding and sources of income, in reading order."""
        rows = []
        for node in self.money.of(FORM):
            about = self._joined(named(self.knowledge, node.values("finances"), self.texts), *node.values("matter"))
            cells = (self.knowledge.things.label(node.iri, self.texts.lang), about, self._amount(node, silent=""))
            rows.append(Row(cells, node.modality, evidence=node.passages()))
        return Table(self.texts("finance.forms"), self._heads("form", "about", "amount"), tuple(rows))
