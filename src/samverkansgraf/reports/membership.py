"""Which kommun sits in which forum, and with how many seats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import ORG, SG
from ..texts import Texts
from . import wording
from .table import Column, Report, Row, Table

_SEATS = f"""
SELECT ?kommun ?forum ?allocation ?members ?substitutes WHERE {{
  ?allocation a <{SG.SeatAllocation}> ; <{SG.forum}> ?forum ; <{SG.appointedBy}> ?kommun .
  ?kommun a <{SG.Municipality}> .
  OPTIONAL {{ ?allocation <{SG.members}> ?members }}
  OPTIONAL {{ ?allocation <{SG.substitutes}> ?substitutes }}
}}
"""
_MEMBERS = f"""
SELECT DISTINCT ?kommun ?forum ?how ?group WHERE {{
  ?kommun a <{SG.Municipality}> .
  {{ ?forum <{ORG.hasMember}> ?kommun . BIND(<{ORG.hasMember}> AS ?how) }}
  UNION {{ ?kommun <{SG.participatesIn}> ?forum . BIND(<{SG.participatesIn}> AS ?how) }}
  UNION {{ ?forum <{ORG.hasMember}> ?group . ?group <{SG.represents}> ?kommun . BIND(<{SG.represents}> AS ?how) }}
  ?forum a ?class .
  VALUES ?class {{ <{SG.Forum}> <{SG.Cooperation}> }}
}}
"""
_TOTALS = f"""
SELECT ?forum ?key ?value WHERE {{
  VALUES ?key {{ <{SG.seats}> <https://w3id.org/samverkansgraf/ns#allocatedSeats> <{SG.leavesOpen}> }}
  ?forum a <{SG.Forum}> ; ?key ?value .
}}
"""


_COUNTIES = f"""
SELECT ?kommun ?county WHERE {{ ?kommun a <{SG.Municipality}> ; <{SG.inCounty}> ?county }}
"""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Kommuner in ``all`` forums, ``twins`` with the same ones, those of a county in ``none``; forums ``alike``."""

    kind: str
    kommuner: frozenset[str]
    forums: frozenset[str]
    county: str = ""


@dataclass(slots=True)
class Seat:
    """What one kommun has in one forum."""

    members: int | None = None
    substitutes: int | None = None
    passages: set[Passage] = field(default_factory=set)
    derived: bool = True

    def cell(self) -> str:
        """Members, substitutes in brackets; ``●`` where no number is given."""
        if self.members is None:
            return "●"
        return f"{self.members} ({self.substitutes})" if self.substitutes else str(self.members)


def membership(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Matrix of kommuner and forums, one table per collection.

    One row per kommun that is in any forum, in Swedish order; one column per forum. A cell is the number of members
    that the kommun appoints, substitutes in brackets, or ``●`` for a member, participant or represented kommun without
    a number. Last what the matrices show: kommuner in all forums and in none, those with the same forums, and forums
    with the same kommuner.
    """
    seats = seats_of(knowledge, collection)
    forums = sorted({forum for _, forum in seats}, key=lambda iri: swedish(knowledge.things.heading(iri)))
    by_forum: dict[str, dict[str, Seat]] = {forum: {} for forum in forums}
    for (kommun, forum), seat in seats.items():
        by_forum[forum][kommun] = seat
    homes = {forum: _home(own.values(), knowledge) for forum, own in by_forum.items()}
    names = {home: knowledge.things.label(home, texts.lang) if home else "" for home in homes.values()}
    within: dict[str, dict[str, dict[str, Seat]]] = {}
    for forum in forums:
        within.setdefault(homes[forum], {})[forum] = by_forum[forum]
    within = {home: within[home] for home in sorted(names, key=lambda home: swedish(names[home]))}
    tables = [_table(names[home], matrix, knowledge, texts) for home, matrix in within.items()]
    tables.append(_patterns(within, knowledge, texts))
    notes = [texts("membership.key") if forums else "", *_notes(forums, knowledge, texts)]
    answer = _answer(seats, forums, knowledge, collection, texts)
    return wording.report(
        "membership", answer, _examined(knowledge, texts), tables, notes, knowledge=knowledge, texts=texts
    )


def _home(seats: Iterable[Seat], knowledge: Knowledge) -> str:
    """The collection whose documents place kommuner in a forum; none for what no document says."""
    return min((knowledge.documents[p.document][0] for seat in seats for p in seat.passages), default="")


def _table(title: str, matrix: Mapping[str, Mapping[str, Seat]], knowledge: Knowledge, texts: Texts) -> Table:
    forums = list(matrix)
    seats = {(kommun, forum): seat for forum, own in matrix.items() for kommun, seat in own.items()}
    ordered = sorted({kommun for kommun, _ in seats}, key=lambda iri: swedish(knowledge.things.label(iri)))
    numbered = any(seat.members is not None for seat in seats.values())
    total = [Column("total", texts("membership.total"), "integer", "seats")] if numbered else []
    heads = [Column(knowledge.things.short(forum), knowledge.things.heading(forum, texts.lang)) for forum in forums]
    rows = tuple(_row(kommun, forums, seats, numbered, knowledge, texts) for kommun in ordered)
    return Table(title, (Column("kommun", texts("membership.kommun")), *heads, *total), rows)


def _patterns(within: Mapping[str, Mapping[str, Mapping[str, Seat]]], knowledge: Knowledge, texts: Texts) -> Table:
    """What the matrix of each collection shows; who is in none is told by the register of counties."""
    counties = {row["kommun"].value: row["county"].value for row in knowledge.store.select(_COUNTIES)}
    rows = [
        _pattern(home, one, matrix, counties, knowledge, texts)
        for home, matrix in within.items()
        for one in patterns({forum: set(own) for forum, own in matrix.items()}, counties)
    ]
    heads = [Column(key, texts(f"membership.{key}")) for key in ("collection", "pattern", "kommuner")]
    number = Column("number", texts("membership.number"), "integer")
    table = Table(
        texts("membership.patterns"), (*heads, number, Column("forums", texts("membership.forums"))), tuple(rows)
    )
    if len(within) > 1:
        return table
    return replace(table, columns=table.columns[1:], rows=tuple(replace(row, cells=row.cells[1:]) for row in rows))


def patterns(forums: Mapping[str, Set[str]], counties: Mapping[str, str]) -> list[Pattern]:
    """Who is in all of *forums* (several), twins, forums with the same kommuner, and who of a county is in none."""
    own: dict[str, set[str]] = {}
    for forum, kommuner in forums.items():
        for kommun in kommuner:
            own.setdefault(kommun, set()).add(forum)
    twins, alike = _alike(own), _alike(forums)
    found = [
        Pattern("all" if same == forums.keys() else "twins", kommuner, same)
        for same, kommuner in twins.items()
        if len(forums) > 1 and (len(kommuner) > 1 or same == forums.keys())
    ]
    told = {one.kommuner for one in found if one.kind == "all"}
    found += [
        Pattern("alike", kommuner, same)
        for kommuner, same in alike.items()
        if len(same) > 1 and not (kommuner in told and same == forums.keys())
    ]
    for county in {counties[kommun] for kommun in own if kommun in counties}:
        outside = frozenset(kommun for kommun, home in counties.items() if home == county and kommun not in own)
        found += [Pattern("none", outside, frozenset(), county)] if outside else []
    order = ("all", "twins", "none", "alike")
    return sorted(found, key=lambda one: (order.index(one.kind), -len(one.kommuner), sorted(one.kommuner)))


def _alike(sets: Mapping[str, Set[str]]) -> dict[frozenset[str], frozenset[str]]:
    """Set → everything that has exactly that set."""
    found: dict[frozenset[str], set[str]] = {}
    for key, values in sets.items():
        found.setdefault(frozenset(values), set()).add(key)
    return {values: frozenset(keys) for values, keys in found.items()}


def _pattern(
    home: str, one: Pattern, matrix: Mapping[str, Mapping[str, Seat]], counties: Mapping[str, str],
    knowledge: Knowledge, texts: Texts,
) -> Row:  # fmt: skip
    label = knowledge.things.label
    whole = {counties.get(kommun, "") for kommun in one.kommuner}
    county = min(whole) if len(whole) == 1 else ""
    everyone = county and one.kommuner == {kommun for kommun, place in counties.items() if place == county}
    names = (
        texts("membership.whole_county", county=label(county, texts.lang))
        if everyone
        else ", ".join(wording.labels(knowledge, one.kommuner, texts))
    )
    kind = texts(
        f"membership.{'none_of' if one.kind == 'none' else one.kind}",
        county=label(one.county, texts.lang) if one.county else "",
    )
    forums = "; ".join(wording.headings(knowledge, one.forums, texts))
    places = (
        seat
        for forum in one.forums or matrix
        for kommun, seat in matrix[forum].items()
        if one.kind == "none" or kommun in one.kommuner
    )
    evidence = {passage for seat in places for passage in seat.passages}
    title = label(home, texts.lang) if home else ""
    return Row((title, kind, names, len(one.kommuner), forums), derived=True, evidence=tuple(sorted(evidence)))


def _examined(knowledge: Knowledge, texts: Texts) -> str:
    kommuner, forums = len(knowledge.instances(SG.Municipality)), len(knowledge.instances(SG.Forum))
    return f"{texts.count('kommun', kommuner)}, {texts.count('forum', forums)}"


def seats_of(knowledge: Knowledge, collection: str | None) -> dict[tuple[str, str], Seat]:
    """What each kommun has in each forum that a fact places it in: (kommun, forum) → seat."""
    found: dict[tuple[str, str], Seat] = {}
    for row in knowledge.store.select(_SEATS):
        kommun, forum, allocation = (row[name].value for name in ("kommun", "forum", "allocation"))
        _add(found, (kommun, forum), knowledge, collection, (allocation, SG.appointedBy, kommun), row["members"], row["substitutes"])  # fmt: skip  # noqa: E501
    for row in knowledge.store.select(_MEMBERS):
        kommun, forum, how = (row[name].value for name in ("kommun", "forum", "how"))
        triple = {
            ORG.hasMember: (forum, how, kommun),
            SG.participatesIn: (kommun, how, forum),
            SG.represents: (row["group"].value if row["group"] else "", how, kommun),
        }[how]
        _add(found, (kommun, forum), knowledge, collection, triple)
    return found


def _add(
    found: dict[tuple[str, str], Seat], key: tuple[str, str], knowledge: Knowledge, collection: str | None,
    triple: tuple[str, str, str], members: object = None, substitutes: object = None,
) -> None:  # fmt: skip
    evidence = knowledge.evidence(*triple)
    passages = knowledge.passages((one.iri for one in evidence.passages), collection)
    if collection is not None and not passages:
        return
    seat = found.setdefault(key, Seat())
    seat.passages.update(passages)
    seat.derived &= evidence.derived
    if members is not None:
        seat.members = (seat.members or 0) + int(members.value)  # type: ignore[attr-defined]
    if substitutes is not None:
        seat.substitutes = (seat.substitutes or 0) + int(substitutes.value)  # type: ignore[attr-defined]


def _row(
    kommun: str,
    forums: list[str],
    seats: dict[tuple[str, str], Seat],
    total: bool,
    knowledge: Knowledge,
    texts: Texts,
) -> Row:
    own = [seats[kommun, forum] for forum in forums if (kommun, forum) in seats]
    cells = [seats[kommun, forum].cell() if (kommun, forum) in seats else "" for forum in forums]
    summed = [sum(seat.members or 0 for seat in own)] if total else []
    evidence = tuple(sorted(set().union(*(seat.passages for seat in own))))
    derived = all(seat.derived for seat in own)
    return Row((knowledge.things.label(kommun, texts.lang), *cells, *summed), derived=derived, evidence=evidence)


def _notes(forums: list[str], knowledge: Knowledge, texts: Texts) -> list[str]:
    facts: dict[str, dict[str, str]] = {}
    for row in knowledge.store.select(_TOTALS):
        facts.setdefault(row["forum"].value, {})[row["key"].value.partition("#")[2]] = row["value"].value
    notes = wording.abbreviations(knowledge, forums, texts)
    for forum in sorted(facts, key=lambda iri: swedish(knowledge.things.heading(iri))):
        known, name = facts[forum], knowledge.things.heading(forum, texts.lang)
        if forum in forums and (note := _total_note(known)):
            notes.append(
                texts(f"membership.{note}", name=name, stated=known.get("seats"), sum=known.get("allocatedSeats"))
            )
    return notes


def _total_note(known: dict[str, str]) -> str:
    if "seats" in known:
        return "stated" if "allocatedSeats" in known else "only_stated"
    return "only_sum" if "allocatedSeats" in known else "open" if known.get("leavesOpen", "").endswith("#seats") else ""


def _answer(
    seats: dict[tuple[str, str], Seat], forums: list[str], knowledge: Knowledge, collection: str | None, texts: Texts
) -> str:
    place = wording.where(knowledge, collection, texts)
    if not forums:
        return texts("membership.none", where=place)
    numbered = {forum for (_, forum), seat in seats.items() if seat.members is not None}
    given = texts("membership.seats", n=len(numbered)) if numbered else texts("membership.no_seats")
    kommuner = texts.count("kommun", len({kommun for kommun, _ in seats}))
    return texts(
        "membership.answer", where=place, seats=given, kommuner=kommuner, forums=texts.count("forum", len(forums))
    )
