"""What each kommun has of what can be measured: cooperations, seats, seats per person, money, a place in a forum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..population import Population
from ..terms import FACT_MODALITIES, MODALITIES, SG
from ..texts import Texts
from .forums import read_forums
from .money import CONTRIBUTION, Money, is_reckoned
from .nodes import Node, read_nodes
from .representation import persons_of, rounded
from .seats import Figures, added, seats, told

PEOPLE = 10_000
Pair = tuple[str, str]
"""A kommun and a forum."""
Counted = tuple[Figures, str]
"""A number (several where two places disagree), and words for what it counts."""
_ALONE = (("appointedByEach", "membersEach"), ("drawnFromEach", "membersEach"), ("appointedBy", "members"))


@dataclass(frozen=True, slots=True)
class Figure:
    """What one kommun has: a number, None where the document leaves it open or gives none; of how many forums or sums.

    ``details`` are words for what the number is made of. ``others`` are more numbers for the same, greater, where two
    places disagree.
    """

    number: Fraction | None
    modality: str
    derived: bool
    details: tuple[str, ...]
    evidence: tuple[Passage, ...]
    others: tuple[Fraction, ...] = ()

    @property
    def numbers(self) -> tuple[Fraction, ...]:
        """Every number that is given, least first."""
        return () if self.number is None else (self.number, *self.others)


@dataclass(frozen=True, slots=True)
class Measure:
    """Figures by kommun; a kommun that is not there is not named.

    ``kind`` is ``count`` (whole), ``rate`` (tenths), ``sek`` (whole SEK) or ``place`` (a place in the forum ``about``,
    seats as the number where they are given). ``key`` is short, ASCII and the same in both languages.
    """

    key: str
    title: str
    kind: str
    figures: Mapping[str, Figure]
    about: str = ""


@dataclass(slots=True)
class _Place:
    """A kommun in a forum by the surest modality that says so."""

    modality: str
    members: Figures = ()
    derived: bool = False
    evidence: set[Passage] = field(default_factory=set)


class ByKommun:
    """Every measure of the kommuner that *collection* (or all documents) places somewhere or lets pay."""

    def __init__(
        self, knowledge: Knowledge, texts: Texts, *, collection: str | None = None, population: Population | None = None
    ) -> None:
        self.knowledge, self.texts, self.collection, self.population = knowledge, texts, collection, population
        self.kommuner = knowledge.instances(SG.Municipality)
        self._forums = read_forums(knowledge, collection)
        self.places = self._places()

    def measures(self) -> list[Measure]:
        """Those that any kommun has a figure of: cooperations, seats, seats per 10 000 persons, money by year, then a place in each forum by name."""  # noqa: E501
        seated = self._seats()
        found = [self._cooperations(), seated, self._rates(seated), *self._money(), *self._in_forums()]
        return [one for one in found if one.figures]

    def _places(self) -> dict[Pair, _Place]:
        """Places by (kommun, forum): who is in it, with the seats it fills."""
        found: dict[Pair, _Place] = {}
        for forum, links in self._forums.items():
            for kommun, link in links.members.items():
                if kommun in self.kommuner:
                    passages = set(self.knowledge.passages(link.passages, self.collection))
                    found[kommun, forum] = _Place(link.modality, (), bool(link.through), passages)
        for pair, seat in seats(self.knowledge, self.collection).items():
            if seat.members:
                place = found.setdefault(pair, _Place("stated"))
                place.members, place.derived = seat.members, seat.derived
                place.evidence |= seat.passages
        for pair, numbers, node in self._unsure_seats():
            place = found.setdefault(pair, _Place(node.modality))
            if not place.members and place.modality == node.modality:
                place.members, place.evidence = numbers, place.evidence | set(node.passages())
        return found

    def _unsure_seats(self) -> Iterator[tuple[Pair, Figures, Node]]:
        """Seats that a text proposes or permits, by (kommun, forum); parts of other allocations left out."""
        for node in read_nodes(self.knowledge, SG.SeatAllocation, collection=self.collection):
            if node.modality in FACT_MODALITIES or "within" in node.facts:
                continue
            for who, number in _ALONE:
                alone = node.values(who) if len(node.values(who)) == 1 else []
                for kommun in (one for group in alone for one in self.knowledge.groups.get(group, [group])):
                    if kommun in self.kommuner and node.first(number):
                        yield (kommun, node.first("forum")), node.numbers(number), node

    def _cooperations(self) -> Measure:
        counted = {pair: ((1,), self._name(pair[1])) for pair in self.places}
        return Measure("cooperations", self.texts("geography.cooperations"), "count", self._summed(counted, few=True))

    def _seats(self) -> Measure:
        numbers = {pair: place.members for pair, place in self.places.items() if place.members}
        counted = {
            pair: (own, self.texts("geography.in_forum", n=told(own, self.texts), name=self._name(pair[1])))
            for pair, own in numbers.items()
        }
        return Measure("seats", self.texts("geography.seats"), "count", self._summed(counted))

    def _summed(self, counted: Mapping[Pair, Counted], *, few: bool = False) -> dict[str, Figure]:
        """Sums by kommun over its forums: facts, or the surest of what is not; details of all, or (*few*) the rest."""
        own: dict[str, list[str]] = {}
        for kommun, forum in counted:
            own.setdefault(kommun, []).append(forum)
        return {kommun: self._sum(kommun, forums, counted, few=few) for kommun, forums in own.items()}

    def _sum(self, kommun: str, forums: Iterable[str], counted: Mapping[Pair, Counted], *, few: bool) -> Figure:
        every = {forum: self.places[kommun, forum] for forum in forums}
        modality = min((_group(place.modality) for place in every.values()), key=MODALITIES.index)
        sure = [forum for forum in every if _group(every[forum].modality) == modality]
        marked = [] if few else [counted[kommun, forum][1] for forum in sure]
        marked += [self._unsure(counted[kommun, one][1], every[one].modality) for one in every if one not in sure]
        evidence = {passage for place in every.values() for passage in place.evidence}
        number, *others = map(Fraction, added(counted[kommun, forum][0] for forum in sure))
        derived = len(sure) > 1 or any(every[forum].derived for forum in sure)
        details, places = tuple(sorted(marked, key=swedish)), tuple(sorted(evidence))
        return Figure(number, modality, derived, details, places, tuple(others))

    def _unsure(self, what: str, modality: str) -> str:
        return self.texts("geography.unsure", what=what, modality=self.texts(f"modality.{modality}"))

    def _rates(self, seated: Measure) -> Measure:
        persons = persons_of(self.knowledge, self.population)
        figures = {
            kommun: self._rate(one, persons[kommun]) for kommun, one in seated.figures.items() if kommun in persons
        }
        return Measure("seats-per-10000", self.texts("geography.rate"), "rate", figures)

    def _rate(self, seated: Figure, persons: int) -> Figure:
        number, *others = (Fraction(rounded(one * PEOPLE * 10 / persons), 10) for one in seated.numbers)
        count = told(map(int, seated.numbers), self.texts)
        details = (self.texts("geography.of_persons", n=count, persons=persons),)
        return Figure(number, seated.modality, True, details, seated.evidence, tuple(others))

    def _in_forums(self) -> list[Measure]:
        """A measure for each forum that has a kommun in it."""
        found: dict[str, dict[str, Figure]] = {}
        for (kommun, forum), place in self.places.items():
            number, *others = map(Fraction, place.members) if place.members else (None,)
            evidence = tuple(sorted(place.evidence))
            figure = Figure(number, place.modality, place.derived, (), evidence, tuple(others))
            found.setdefault(forum, {})[kommun] = figure
        ordered = sorted(found, key=lambda forum: (swedish(self._name(forum)), forum))
        short = self.knowledge.things.short
        title = {forum: self.knowledge.things.long(forum, self.texts.lang) for forum in ordered}
        return [
            Measure(f"in-{short(forum)}", self.texts("geography.in", name=title[forum]), "place", found[forum], forum)
            for forum in ordered
        ]

    def _money(self) -> list[Measure]:
        """What each kommun alone contributes in a year, as printed or as the reader calculated it; the latest year first."""  # noqa: E501
        nodes = read_nodes(self.knowledge, CONTRIBUTION, collection=self.collection)
        money, paid = Money(nodes, self.knowledge.groups), dict[Pair, list[Node]]()
        for node in nodes:
            years = node.values("forYear") or (["yearly"] if node.first("per") == "P1Y" else [])
            payers = [one for one in node.values("payer") if one in self.kommuner]
            if len(years) == 1 and len(node.values("payer")) == len(payers) == 1:
                paid.setdefault((years[0], payers[0]), []).append(node)
        found: dict[str, dict[str, Figure]] = {}
        for (year, kommun), own in paid.items():
            found.setdefault(year, {})[kommun] = self._payment(own, money)
        words = {
            year: self.texts("geography.yearly" if year == "yearly" else "geography.year", year=year) for year in found
        }
        return [
            Measure(f"money-{year}", self.texts("geography.money", year=words[year]), "sek", found[year])
            for year in sorted(found, reverse=True)
        ]

    def _payment(self, nodes: list[Node], money: Money) -> Figure:
        """The sum of one kommun's contributions of one year; none where a part is left open."""
        modality = min((_group(node.modality) for node in nodes), key=MODALITIES.index)
        sure = [node for node in nodes if _group(node.modality) == modality]
        sums = {node.iri: money.amount(node.iri) for node in sure if not is_reckoned(node)}
        used = {part for one in sums.values() for part in one.parts}
        sums |= {node.iri: money.amount(node.iri) for node in sure if is_reckoned(node) and node.iri not in used}
        known = list(filter(None, map(money.amounts, sums)))
        reckoned = any(one.reckoned for one in sums.values())
        things, lang = self.knowledge.things, self.texts.lang
        what = {things.label(iri, lang) for node in sure for iri in node.values("payee")}
        what |= {words for node in sure for words in node.values("purpose")}
        whole, *others = map(Fraction, added(known)) if known and len(known) == len(sums) else (None,)
        evidence = sorted({passage for node in nodes for passage in node.passages()})
        said = "inferred" if reckoned else modality
        details = tuple(sorted(what, key=swedish))
        return Figure(whole, said, reckoned or len(sums) > 1, details, tuple(evidence), tuple(others))

    def _name(self, forum: str) -> str:
        return self.knowledge.things.heading(forum, self.texts.lang)

    def drawn(self, measures: Iterable[Measure]) -> list[str]:
        """Kommuner that a map of *measures* shows: all, or for a collection those with a figure and their counties.

        A county of which less than a third have a figure is not filled up. Without figures it is the county that the
        documents speak of most.
        """
        counties = counties_of(self.knowledge)
        if self.collection is None:
            return sorted(counties)
        named = {kommun for one in measures for kommun in one.figures}
        whole, own = Counter(counties.values()), Counter(counties[kommun] for kommun in named if kommun in counties)
        touched = {county for county, number in own.items() if 3 * number >= whole[county]}
        touched = touched or ({spoken_of(self.knowledge, self.collection)} if not named else set())
        return sorted(named | {kommun for kommun, county in counties.items() if county in touched})


def _group(modality: str) -> str:
    """Stated and inferred are both facts."""
    return "stated" if modality in FACT_MODALITIES else modality


_COUNTIES = f"SELECT ?one ?county WHERE {{ ?one <{SG.inCounty}> ?county }}"
_NAMED = f"""
SELECT ?passage ?county WHERE {{
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?thing ?property ?one }}
  ?one <{SG.inCounty}> ?county .
}}
"""


def counties_of(knowledge: Knowledge) -> dict[str, str]:
    """County of every kommun, by the register."""
    kommuner = knowledge.instances(SG.Municipality)
    rows = ((row["one"].value, row["county"].value) for row in knowledge.store.select(_COUNTIES))
    return {one: county for one, county in rows if one in kommuner}


def spoken_of(knowledge: Knowledge, collection: str) -> str:
    """The county whose kommuner, region or county board the passages of *collection* name most, if any."""
    counts: dict[str, int] = {}
    for row in knowledge.store.select(_NAMED):
        if knowledge.passages([row["passage"].value], collection):
            counts[row["county"].value] = counts.get(row["county"].value, 0) + 1
    return max(sorted(counts), key=lambda county: counts[county], default="")


__all__ = ["ByKommun", "Figure", "Measure", "counties_of", "spoken_of"]
