"""Which kommun sits in which forum, and with how many seats."""

from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass(slots=True)
class _Seat:
    """What one kommun has in one forum."""

    members: int | None = None
    substitutes: int | None = None
    passages: set[Passage] = field(default_factory=set)
    derived: bool = True

    def cell(self) -> str:
        if self.members is None:
            return "●"
        return f"{self.members} ({self.substitutes})" if self.substitutes else str(self.members)


def membership(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Matrix of kommuner and forums, one table per collection.

    One row per kommun that is in any forum, in Swedish order; one column per forum. A cell is the number of members
    that the kommun appoints, substitutes in brackets, or ``●`` for a member, participant or represented kommun without
    a number.
    """
    seats = _seats(knowledge, collection)
    forums = sorted({forum for _, forum in seats}, key=lambda iri: swedish(knowledge.things.heading(iri)))
    homes = {forum: _home([seats[key] for key in seats if key[1] == forum], knowledge) for forum in forums}
    names = {home: knowledge.things.label(home, texts.lang) if home else "" for home in homes.values()}
    tables = [
        _table(names[home], [forum for forum in forums if homes[forum] == home], seats, knowledge, texts)
        for home in sorted(names, key=lambda home: swedish(names[home]))
    ]
    notes = [texts("membership.key") if forums else "", *_notes(forums, knowledge, texts)]
    answer = _answer(seats, forums, knowledge, collection, texts)
    return wording.report(
        "membership", answer, _examined(knowledge, texts), tables, notes, knowledge=knowledge, texts=texts
    )


def _home(seats: list[_Seat], knowledge: Knowledge) -> str:
    """The collection whose documents place kommuner in a forum; none for what no document says."""
    return min((knowledge.documents[p.document][0] for seat in seats for p in seat.passages), default="")


def _table(
    title: str, forums: list[str], seats: dict[tuple[str, str], _Seat], knowledge: Knowledge, texts: Texts
) -> Table:
    kommuner = {kommun for kommun, forum in seats if forum in forums}
    ordered = sorted(kommuner, key=lambda iri: swedish(knowledge.things.label(iri)))
    numbered = any(seat.members is not None for (_, forum), seat in seats.items() if forum in forums)
    total = [Column("total", texts("membership.total"), "integer", "seats")] if numbered else []
    heads = [Column(knowledge.things.short(forum), knowledge.things.heading(forum, texts.lang)) for forum in forums]
    rows = tuple(_row(kommun, forums, seats, numbered, knowledge, texts) for kommun in ordered)
    return Table(title, (Column("kommun", texts("membership.kommun")), *heads, *total), rows)


def _examined(knowledge: Knowledge, texts: Texts) -> str:
    kommuner, forums = len(knowledge.instances(SG.Municipality)), len(knowledge.instances(SG.Forum))
    return f"{texts.count('kommun', kommuner)}, {texts.count('forum', forums)}"


def _seats(knowledge: Knowledge, collection: str | None) -> dict[tuple[str, str], _Seat]:
    found: dict[tuple[str, str], _Seat] = {}
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
    found: dict[tuple[str, str], _Seat], key: tuple[str, str], knowledge: Knowledge, collection: str | None,
    triple: tuple[str, str, str], members: object = None, substitutes: object = None,
) -> None:  # fmt: skip
    evidence = knowledge.evidence(*triple)
    passages = knowledge.passages((one.iri for one in evidence.passages), collection)
    if collection is not None and not passages:
        return
    seat = found.setdefault(key, _Seat())
    seat.passages.update(passages)
    seat.derived &= evidence.derived
    if members is not None:
        seat.members = (seat.members or 0) + int(members.value)  # type: ignore[attr-defined]
    if substitutes is not None:
        seat.substitutes = (seat.substitutes or 0) + int(substitutes.value)  # type: ignore[attr-defined]


def _row(
    kommun: str,
    forums: list[str],
    seats: dict[tuple[str, str], _Seat],
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
    seats: dict[tuple[str, str], _Seat], forums: list[str], knowledge: Knowledge, collection: str | None, texts: Texts
) -> str:
    place = wording.where(knowledge, collection, texts)
    if not forums:
        return texts("membership.none", where=place)
    numbered = {forum for (_, forum), seat in seats.items() if seat.members is not None}
    names = wording.enumerated((knowledge.things.heading(f, texts.lang) for f in forums if f in numbered), texts)
    given = texts("membership.seats", names=names) if numbered else texts("membership.no_seats")
    kommuner = texts.count("kommun", len({kommun for kommun, _ in seats}))
    return texts(
        "membership.answer", where=place, seats=given, kommuner=kommuner, forums=texts.count("forum", len(forums))
    )
