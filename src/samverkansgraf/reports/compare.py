"""Two collections side by side: functions, sizes, and what one mentions and the other does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..network.relations import relations
from ..terms import FACT_MODALITIES, MODALITIES, SG
from ..texts import Texts
from . import wording
from .functions import Finding, Functions
from .seats import added, told
from .table import Cell, Column, Report, Row, Table, columns

SHOWN = 6
CITED = 12
"""Passages that a count cites on each side: the first of those it was made from."""
COUNTED = {
    "body": SG.Body,
    "forum": SG.Forum,
    "cooperation": SG.Cooperation,
    "area": SG.base + "Area",
    "assignment": SG.Assignment,
}
SEATS = {"seats": ("seats", "minSeats"), "most_seats": ("seats", "maxSeats"), "allocated": ("allocatedSeats",)}
KINDS = (
    "PoliticalForum", "OfficialsForum", "Network", "WorkingGroup", "JointBoard", "Cooperation", "Programme",
    "Association", "Presidium", "Office", "CooperationArea", "Priority", "FocusArea", "Direction", "Pillar",
    "Goal", "Project", "Service", "HostTerm", "Term", "Clause", "Consultation", "Position", "Evaluation",
    "CostShare", "Contribution", "FundingForm", "Instalment", "Retention", "StatedTotal", "Mandate",
)  # fmt: skip
_TYPED = f"""
SELECT ?passage ?thing ?class WHERE {{{{
  ?passage a <{SG.Passage}> . {{within}}
  GRAPH ?passage {{{{ ?thing a ?class }}}}
}}}}
"""
_SEATS = f"""
SELECT ?forum ?key ?value WHERE {{
  VALUES ?key {{ {" ".join(f"<{SG.base}{key}>" for keys in SEATS.values() for key in keys)} }}
  ?forum a <{SG.Forum}> ; ?key ?value .
}}
"""
_NAMED = f"""
SELECT ?passage ?thing WHERE {{{{
  ?passage a <{SG.Passage}> . {{within}}
  {{{{ GRAPH ?passage {{{{ ?thing ?property ?value }}}} }}}}
  UNION {{{{ GRAPH ?passage {{{{ ?subject ?property ?thing }}}} }}}}
}}}}
"""


@dataclass(slots=True)
class _Things:
    """Things of one kind in one collection: thing → passages."""

    found: dict[str, set[Passage]] = field(default_factory=dict)

    def add(self, thing: str, passage: Passage) -> None:
        self.found.setdefault(thing, set()).add(passage)

    def proposed(self) -> int:
        """How many no stated or inferred passage types."""
        return sum(not any(p.modality in FACT_MODALITIES for p in passages) for passages in self.found.values())

    def first(self) -> list[Passage]:
        """The passages that introduce things, at most twelve."""
        return sorted({min(passages) for passages in self.found.values()})[:CITED]


def compare(knowledge: Knowledge, texts: Texts, first: str, second: str) -> Report:
    """The collections *first* and *second* (IRIs) side by side.

    Four tables: functions (one row each, both collections); the same cell by cell, one row per thing found, with its
    modality and evidence; sizes, and how much of each is only proposed; what one mentions and the other does not.
    Silence is *inte nämnt*, never absence.
    """
    sides = (first, second)
    names = [knowledge.things.label(side, texts.lang) for side in sides]
    related = relations(knowledge)
    found = [Functions(knowledge, texts, side, related).all() for side in sides]
    title = texts("compare.title_of", first=names[0], second=names[1])
    page = _Page(knowledge, texts, sides, names, found)
    examined = texts("compare.examined", functions=len(found[0]), kinds=len(KINDS),
                     passages=texts.count("passage", sum(map(page.passages_of, sides))))  # fmt: skip
    if not any(map(page.passages_of, sides)):
        answer = texts("compare.none", first=names[0], second=names[1])
        return wording.report("compare", answer, examined, [], [], knowledge=knowledge, texts=texts, title=title)
    tables = [page.across(), page.detail(), page.sizes(), page.lacking()]
    notes = [texts("compare.key"), texts("compare.how"), texts("compare.size_note")]
    return wording.report(
        "compare", page.answer(), examined, tables, notes, knowledge=knowledge, texts=texts, title=title
    )


class _Page:
    """Rows of the report in one language."""

    def __init__(
        self,
        knowledge: Knowledge,
        texts: Texts,
        sides: tuple[str, str],
        names: list[str],
        found: list[dict[str, list[Finding]]],
    ) -> None:
        self.knowledge, self.texts, self.sides, self.names, self.found = knowledge, texts, sides, names, found
        self.home = {iri: knowledge.documents[p.document][0] for iri, p in knowledge.book.passages.items()}
        self.things: list[dict[str, _Things]] = [{}, {}]
        for things, side in zip(self.things, sides, strict=True):
            for row in knowledge.store.select(_TYPED.format(within=knowledge.within(side))):
                passage, kind = knowledge.book.passages[row["passage"].value], row["class"].value
                for one in {kind, *knowledge.superclasses.get(kind, ())} if passage.modality in MODALITIES else ():
                    things.setdefault(one, _Things()).add(row["thing"].value, passage)

    def passages_of(self, side: str) -> int:
        """How many passages a collection has."""
        return sum(home == side for home in self.home.values())

    def function(self, name: str) -> str:
        return self.texts(f"compare.function_{name}")

    def across(self) -> Table:
        """One row per function."""
        rows = []
        for name in self.found[0]:
            cells = [self._cell(found[name]) for found in self.found]
            evidence = {p for found in self.found for one in found[name] for p in one.passages}
            rows.append(Row((self.function(name), *cells), "", evidence=tuple(sorted(evidence))))
        heads = columns(
            ("function", self.texts("compare.function")), ("first", self.names[0]), ("second", self.names[1])
        )
        return Table(self.texts("compare.functions"), heads, tuple(rows))

    def _cell(self, found: list[Finding]) -> str:
        if not found:
            return self.texts("compare.unsaid")
        words = dict.fromkeys(self._words(one) for one in found)
        more = [self.texts("overlap.more", n=len(words) - SHOWN)] if len(words) > SHOWN else []
        return "; ".join([*list(words)[: SHOWN if more else None], *more])

    def _words(self, one: Finding) -> str:
        sure = one.modality in FACT_MODALITIES
        return one.words if sure else f"{one.words} ({self.texts(f'modality.{one.modality}')})"

    def detail(self) -> Table:
        """One row per thing found, with its own modality and evidence."""
        rows = [
            Row((self.function(name), self.names[place], one.words), one.modality, evidence=one.passages)
            for name in self.found[0]
            for place, found in enumerate(self.found)
            for one in found[name]
        ]
        keys = (("function", "function"), ("collection", "collection"), ("what", "what"))
        return Table(
            self.texts("compare.detail"),
            columns(*((key, self.texts(f"compare.{word}")) for key, word in keys)),
            tuple(rows),
        )

    def sizes(self) -> Table:
        """One row per measure: how many, and how many of them are only proposed."""
        rows = []
        for name, kind in COUNTED.items():
            sides = [things.get(kind, _Things()) for things in self.things]
            cells = [number for side in sides for number in (len(side.found), side.proposed())]
            evidence = tuple(sorted({p for side in sides for p in side.first()}))
            rows.append(Row((self.texts(f"compare.size_{name}"), *cells), "stated", derived=True, evidence=evidence))
        rows += [*self._seats(), self._kommuner()]
        heads = [Column("measure", self.texts("compare.measure"))]
        for place, name in enumerate(self.names):
            heads.append(Column(f"count{place}", name, "integer"))
            heads.append(Column(f"proposed{place}", self.texts("compare.proposed", name=name), "integer"))
        return Table(self.texts("compare.sizes"), tuple(heads), tuple(rows))

    def _seats(self) -> Iterable[Row]:
        """Seats that forums are said to have, at least and at most, and the sum of those allocated.

        Every sum there can be, where a forum has two numbers.
        """
        numbers: dict[str, dict[str, set[int]]] = {}
        for row in self.knowledge.store.select(_SEATS):
            key = row["key"].value.removeprefix(SG.base)
            numbers.setdefault(row["forum"].value, {}).setdefault(key, set()).add(int(row["value"].value))
        for name, keys in SEATS.items():
            cells: list[Cell] = []
            evidence: set[Passage] = set()
            for side, things in zip(self.sides, self.things, strict=True):
                parts = []
                for forum in things.get(SG.Forum, _Things()).found:
                    key = next((key for key in keys if key in numbers.get(forum, {})), "")
                    parts.append(numbers[forum][key] if key else ())
                    evidence.update(p for number in parts[-1] for p in self._of(forum, key, number, side))
                cells += [told(added(parts), self.texts) or 0, None]
            yield Row(
                (self.texts(f"compare.size_{name}"), *cells), "stated", derived=True, evidence=tuple(sorted(evidence))
            )

    def _of(self, forum: str, key: str, number: int, side: str) -> tuple[Passage, ...]:
        literal = f'"{number}"^^<http://www.w3.org/2001/XMLSchema#integer>'
        found = self.knowledge.book.of(f"<{forum}>", f"<{SG.base}{key}>", literal)
        return self.knowledge.passages((p.iri for p in found.passages), side)

    def _kommuner(self) -> Row:
        """Kommuner that the passages name, alone or in a group with listed members."""
        kommuner = self.knowledge.instances(SG.Municipality)
        named: list[dict[str, set[Passage]]] = [{}, {}]
        for things, side in zip(named, self.sides, strict=True):
            for row in self.knowledge.store.select(_NAMED.format(within=self.knowledge.within(side))):
                passage, thing = self.knowledge.book.passages[row["passage"].value], row["thing"].value
                if passage.modality in MODALITIES:
                    for one in kommuner.intersection(self.knowledge.groups.get(thing, [thing])):
                        things.setdefault(one, set()).add(passage)
        cells = [cell for side in named for cell in (len(side), _Things(side).proposed())]
        evidence = tuple(sorted({passage for side in named for passage in _Things(side).first()}))
        return Row((self.texts("compare.size_kommun"), *cells), "stated", derived=True, evidence=evidence)

    def lacking(self) -> Table:
        """One row per function or kind of thing that one mentions and the other does not."""
        rows = []
        for place in (0, 1):
            other = 1 - place
            for name, found in self.found[place].items():
                if found and not self.found[other][name]:
                    rows.append(
                        self._lack(
                            self.function(name), place, self._cell(found), {p for one in found for p in one.passages}
                        )
                    )
            for kind in KINDS:
                things = self.things[place].get(SG.base + kind)
                if things and SG.base + kind not in self.things[other]:
                    label = self.knowledge.things.label(SG.base + kind, self.texts.lang)
                    said = self.texts("compare.number", n=len(things.found), label=label)
                    rows.append(self._lack(self.texts("compare.kind", label=label), place, said, set(things.first())))
        heads = columns(*((key, self.texts(f"compare.{key}")) for key in ("function", "in", "what", "not_in")))
        return Table(self.texts("compare.lacking"), heads, tuple(rows))

    def _lack(self, what: str, place: int, said: str, passages: set[Passage]) -> Row:
        modality = min((p.modality for p in passages), key=MODALITIES.index, default="stated")
        return Row((what, self.names[place], said, self.names[1 - place]), modality, evidence=tuple(sorted(passages)))

    def answer(self) -> str:
        """How many functions both mention, and which only one does, in one sentence."""
        both = [name for name in self.found[0] if all(found[name] for found in self.found)]
        parts = []
        for place in (0, 1):
            only = [
                self.function(name)
                for name, found in self.found[place].items()
                if found and not self.found[1 - place][name]
            ]
            if only:
                ordered = wording.enumerated((word.casefold() for word in sorted(only, key=swedish)), self.texts)
                parts.append(self.texts("compare.only", name=self.names[place], what=ordered))
        forums = [len(things.get(SG.Forum, _Things()).found) for things in self.things]
        counts = {
            "both": len(both),
            "all": len(self.found[0]),
            "forums": self.texts.count("forum", forums[0]),
            "others": forums[1],
        }
        alone = "; ".join(parts) or self.texts("compare.none_alone")
        return self.texts("compare.answer", first=self.names[0], second=self.names[1], only=alone, **counts)
