"""Seats per kommun against population: who has few persons behind each seat, and who has many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..collation import swedish
from ..knowledge import Knowledge
from ..population import Population
from ..terms import SG
from ..texts import Texts
from . import wording
from .forums import how_many
from .seats import Figures, Seats, added, seats, spoken, told, total_note, totals
from .table import Cell, Column, Report, Row, Table

SHARES = ("seat_share", "people_share", "ratio")
_CODES = "SELECT ?kommun ?code WHERE { ?kommun <http://www.w3.org/2004/02/skos/core#notation> ?code }"


@dataclass(frozen=True, slots=True)
class Share:
    """One kommun in one forum: seats, persons (None where the table has none), and its shares of the known ones.

    ``seats`` are several where documents disagree: neither is chosen, and there are no shares then.
    """

    kommun: str
    seats: Figures
    persons: int | None
    seat_share: Fraction | None
    people_share: Fraction | None

    @property
    def each(self) -> list[Fraction]:
        """Persons behind each seat, by every number of seats; nothing without persons."""
        return [Fraction(self.persons, number) for number in self.seats] if self.persons else []

    @property
    def per_seat(self) -> Fraction | None:
        """Persons behind each seat, where there is one figure."""
        return self.each[0] if len(self.each) == 1 else None

    @property
    def ratio(self) -> Fraction | None:
        """Share of seats ÷ share of people: above one is more than the population alone would give."""
        return self.seat_share / self.people_share if self.seat_share is not None and self.people_share else None


def shares(filled: Mapping[str, Figures], persons: Mapping[str, int]) -> list[Share]:
    """Shares of the kommuner that fill seats, most persons per seat first, those without one figure last.

    Both shares are within the kommuner whose persons are known, and whose seats are not contradicted.
    """
    known = [kommun for kommun, numbers in filled.items() if kommun in persons and len(numbers) == 1]
    all_seats, everyone = sum(filled[one][0] for one in known), sum(persons[one] for one in known)
    found = []
    for kommun, numbers in filled.items():
        parts = kommun in known and all_seats and everyone
        seat_share = Fraction(numbers[0], all_seats) if parts else None
        people_share = Fraction(persons[kommun], everyone) if parts else None
        found.append(Share(kommun, numbers, persons.get(kommun), seat_share, people_share))
    return sorted(found, key=lambda one: (*_least_first(one), one.kommun))


def representation(
    knowledge: Knowledge, texts: Texts, *, collection: str | None = None, population: Population | None
) -> Report:
    """Seats of kommuner in forums against their population.

    One table per forum that gives seats to kommuner, and one for all of them; most persons per seat first. Only seats
    with a number, appointed by one kommun alone. Two numbers that disagree are both shown, and so are a printed total
    and the sum of what is allocated. Without *population* seats only, and how to get the figures.
    """
    filled = _filled(seats(knowledge, collection))
    persons = persons_of(knowledge, population)
    forums = sorted(filter(None, filled), key=lambda iri: (swedish(knowledge.things.heading(iri, texts.lang)), iri))
    by_forum = {forum: shares(_numbers(filled[forum]), persons) for forum in forums}
    whole = shares(_numbers(filled.get("", {})), persons)
    shown = {**({"": whole} if len(forums) > 1 else {}), **by_forum}
    tables = [_table(forum, rows, filled[forum], knowledge, texts, population) for forum, rows in shown.items()]
    place = wording.where(knowledge, collection, texts)
    answer = _answer(by_forum, whole, place, knowledge, texts, population)
    notes = [*_notes(whole, knowledge, texts, population), *_differing(forums, by_forum, knowledge, texts)]
    kommuner = len(knowledge.instances(SG.Municipality))
    all_forums = how_many(knowledge, knowledge.instances(SG.Forum), collection)
    examined = f"{texts.count('kommun', kommuner)}, {texts.count('forum', all_forums)}"
    return wording.report("representation", answer, examined, tables, notes, knowledge=knowledge, texts=texts)


def persons_of(knowledge: Knowledge, population: Population | None) -> dict[str, int]:
    """Persons by kommun, found by the kommun's code."""
    if population is None:
        return {}
    codes = {row["kommun"].value: row["code"].value for row in knowledge.store.select(_CODES)}
    kommuner = knowledge.instances(SG.Municipality)
    known = {kommun: codes.get(kommun, kommun.rpartition("/")[2]) for kommun in kommuner}
    return {kommun: population.persons[code] for kommun, code in known.items() if code in population.persons}


def _filled(found: Mapping[tuple[str, str], Seats]) -> dict[str, dict[str, list[Seats]]]:
    """Seats by forum (and under nothing, in all) and kommun; only those with a number above zero."""
    filled: dict[str, dict[str, list[Seats]]] = {}
    for (kommun, forum), seat in found.items():
        if any(seat.members):
            for key in ("", forum):
                filled.setdefault(key, {}).setdefault(kommun, []).append(seat)
    return filled


def _numbers(filled: Mapping[str, list[Seats]]) -> dict[str, Figures]:
    return {kommun: added(seat.members for seat in own) for kommun, own in filled.items()}


def _table(
    forum: str, rows: list[Share], filled: Mapping[str, list[Seats]], knowledge: Knowledge, texts: Texts,
    population: Population | None,
) -> Table:  # fmt: skip
    title = knowledge.things.long(forum, texts.lang) if forum else texts("representation.all")
    numbers = ["seats"] if forum else ["forums", "seats"]
    numbers += ["persons", "per_seat"] if population else []
    words = SHARES if population and forum else ()
    heads = [Column("kommun", texts("representation.kommun"))]
    heads += [Column(key, texts(f"representation.{key}"), "integer") for key in numbers]
    heads += [Column(key, texts(f"representation.{key}")) for key in words]
    ordered = sorted(
        rows, key=lambda one: (*_least_first(one), swedish(knowledge.things.label(one.kommun, texts.lang)))
    )
    shown = frozenset(column.key for column in heads)
    return Table(title, tuple(heads), tuple(_row(one, filled[one.kommun], shown, knowledge, texts) for one in ordered))


def _least_first(share: Share) -> tuple[bool, Fraction]:
    """Most persons behind each seat first, those without a figure last."""
    return share.per_seat is None, -(share.per_seat or Fraction(0))


def _row(share: Share, own: list[Seats], shown: frozenset[str], knowledge: Knowledge, texts: Texts) -> Row:
    """One kommun; cells of the columns *shown*."""
    passages = tuple(sorted(set().union(*(seat.passages for seat in own))))
    cells: dict[str, Cell] = {
        "kommun": knowledge.things.label(share.kommun, texts.lang), "forums": len(own),
        "seats": told(share.seats, texts), "persons": share.persons, "per_seat": told(map(rounded, share.each), texts),
        "seat_share": percent(share.seat_share, texts), "people_share": percent(share.people_share, texts),
        "ratio": decimals(share.ratio, texts),
    }  # fmt: skip
    derived = len(own) > 1 or any(seat.derived for seat in own)
    return Row(tuple(cell for key, cell in cells.items() if key in shown), derived=derived, evidence=passages)


def rounded(number: Fraction) -> int:
    """*number* to the nearest whole, halves up."""
    return int(number + Fraction(1, 2))


def decimals(number: Fraction | None, texts: Texts, places: int = 2) -> str:
    """*number* with two decimals in the reader's language, or a dash."""
    if number is None:
        return "–"
    whole, rest = divmod(rounded(number * 10**places), 10**places)
    return f"{whole}{texts('common.decimal')}{rest:0{places}d}"


def percent(number: Fraction | None, texts: Texts) -> str:
    """*number* in per cent with one decimal, or a dash."""
    return "–" if number is None else decimals(number * 100, texts, 1) + texts("representation.percent")


def _answer(
    by_forum: Mapping[str, list[Share]], whole: list[Share], place: str, knowledge: Knowledge, texts: Texts,
    population: Population | None,
) -> str:  # fmt: skip
    if not by_forum:
        return texts("representation.none", where=place)
    counts = {
        "seats": spoken(added(one.seats for one in whole), texts), "kommuner": texts.count("kommun", len(whole)),
        "forums": _forums(by_forum, knowledge, texts), "where": place if len(by_forum) > 1 else "",
    }  # fmt: skip
    if population is None:
        return texts("representation.without", **counts)
    spreads = {forum: _ends(rows) for forum, rows in by_forum.items() if len(_counted(rows)) > 1}
    if not spreads:
        return texts("representation.no_figures", **counts)
    forum = max(spreads, key=lambda one: (spreads[one][2], one))
    least, most, spread = spreads[forum]
    ends = {key: knowledge.things.label(one.kommun, texts.lang) for key, one in (("least", least), ("most", most))}
    figures = {f"{key}_persons": _thousands(one, texts) for key, one in (("least", least), ("most", most))}
    name = knowledge.things.heading(forum, texts.lang)
    widest = "" if len(by_forum) == 1 else texts("representation.widest", name=name)
    return texts("representation.answer", **counts, **ends, **figures, widest=widest, times=decimals(spread, texts, 1))


def _forums(by_forum: Mapping[str, list[Share]], knowledge: Knowledge, texts: Texts) -> str:
    """The name of the only forum, or how many there are."""
    only = min(by_forum)
    return knowledge.things.heading(only, texts.lang) if len(by_forum) == 1 else texts.count("forum", len(by_forum))


def _thousands(share: Share, texts: Texts) -> str:
    """Persons per seat as a sentence prints them."""
    return texts.thousands(rounded(share.per_seat or Fraction(0)))


def _counted(rows: list[Share]) -> list[Share]:
    return [one for one in rows if one.per_seat is not None]


def _ends(rows: list[Share]) -> tuple[Share, Share, Fraction]:
    """Least represented, most represented, and how many times more persons the first has behind each seat."""
    known = _counted(rows)
    least, most = known[0], known[-1]
    return least, most, (least.per_seat or Fraction(0)) / (most.per_seat or Fraction(1))


def _notes(whole: list[Share], knowledge: Knowledge, texts: Texts, population: Population | None) -> list[str]:
    if not whole:
        return []
    if population is None:
        return [texts("representation.how")]
    lacking = wording.labels(knowledge, (one.kommun for one in whole if one.persons is None), texts)
    names = wording.enumerated(lacking, texts)
    return [
        texts("representation.source", date=population.date, source=population.source),
        texts("representation.key"),
        texts("representation.lacking", names=names) if lacking else "",
    ]


def _differing(
    forums: Iterable[str], by_forum: Mapping[str, list[Share]], knowledge: Knowledge, texts: Texts
) -> list[str]:
    """Kommuner to which two places give different numbers of seats; forums whose printed total is not the sum."""
    label, found = knowledge.things.label, totals(knowledge)
    pairs = [(one, forum) for forum in forums for one in by_forum[forum] if len(one.seats) > 1]
    said = (
        texts("representation.seats_in", kommun=label(one.kommun, texts.lang), n=told(one.seats, texts),
              forum=knowledge.things.heading(forum, texts.lang))
        for one, forum in pairs
    )  # fmt: skip
    apart = [forum for forum in forums if forum in found and found[forum].differs]
    return [
        texts("representation.differ", places="; ".join(said)) if pairs else "",
        *(total_note(found[forum], knowledge.things.heading(forum, texts.lang), texts) for forum in apart),
    ]
