"""Which kommun sits in which forum, and with how many seats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace

from ..collation import swedish
from ..knowledge import Knowledge
from ..terms import ORG, SG
from ..texts import Texts
from . import wording
from .forums import how_many
from .seats import Seats, added, place, seats, told, total_note, totals
from .table import Column, Report, Row, Table

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


def membership(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Matrix of kommuner and forums, one table per collection.

    One row per kommun that is in any forum, in Swedish order; one column per forum. A cell is the number of members
    that the kommun or a body of it appoints, both numbers where two places disagree, substitutes in brackets, or ``●``
    for a member, participant, represented or jointly appointing kommun without a number. Last what the matrices show:
    kommuner in all forums and in none, those with the same forums, and forums with the same kommuner.
    """
    placed = seats_of(knowledge, collection)
    forums = sorted({forum for _, forum in placed}, key=lambda iri: swedish(knowledge.things.heading(iri)))
    by_forum: dict[str, dict[str, Seats]] = {forum: {} for forum in forums}
    for (kommun, forum), seat in placed.items():
        by_forum[forum][kommun] = seat
    homes = {forum: _home(own.values(), knowledge) for forum, own in by_forum.items()}
    names = {home: knowledge.things.label(home, texts.lang) if home else "" for home in homes.values()}
    within: dict[str, dict[str, dict[str, Seats]]] = {}
    for forum in forums:
        within.setdefault(homes[forum], {})[forum] = by_forum[forum]
    within = {home: within[home] for home in sorted(names, key=lambda home: swedish(names[home]))}
    tables = [_table(names[home], matrix, knowledge, texts) for home, matrix in within.items()]
    tables.append(_patterns(within, knowledge, texts))
    notes = [texts("membership.key") if forums else "", *_notes(forums, knowledge, texts)]
    answer = _answer(placed, forums, knowledge, collection, texts)
    return wording.report(
        "membership", answer, _examined(knowledge, collection, texts), tables, notes, knowledge=knowledge, texts=texts
    )


def _home(seats: Iterable[Seats], knowledge: Knowledge) -> str:
    """The collection whose documents place kommuner in a forum; none for what no document says."""
    return min((knowledge.documents[p.document][0] for seat in seats for p in seat.passages), default="")


def _table(title: str, matrix: Mapping[str, Mapping[str, Seats]], knowledge: Knowledge, texts: Texts) -> Table:
    forums = list(matrix)
    placed = {(kommun, forum): seat for forum, own in matrix.items() for kommun, seat in own.items()}
    ordered = sorted({kommun for kommun, _ in placed}, key=lambda iri: swedish(knowledge.things.label(iri)))
    numbered = any(seat.members for seat in placed.values())
    total = [Column("total", texts("membership.total"), "integer", "seats")] if numbered else []
    heads = [Column(knowledge.things.short(forum), knowledge.things.heading(forum, texts.lang)) for forum in forums]
    rows = tuple(_row(kommun, forums, placed, numbered, knowledge, texts) for kommun in ordered)
    return Table(title, (Column("kommun", texts("membership.kommun")), *heads, *total), rows)


def _patterns(within: Mapping[str, Mapping[str, Mapping[str, Seats]]], knowledge: Knowledge, texts: Texts) -> Table:
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
    home: str, one: Pattern, matrix: Mapping[str, Mapping[str, Seats]], counties: Mapping[str, str],
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


def _examined(knowledge: Knowledge, collection: str | None, texts: Texts) -> str:
    kommuner = len(knowledge.instances(SG.Municipality))
    forums = how_many(knowledge, knowledge.instances(SG.Forum), collection)
    return f"{texts.count('kommun', kommuner)}, {texts.count('forum', forums)}"


def seats_of(knowledge: Knowledge, collection: str | None) -> dict[tuple[str, str], Seats]:
    """What each kommun has in each forum that a fact places it in: (kommun, forum) → seats, if any."""
    found = seats(knowledge, collection)
    knowledge.book.read(ORG.hasMember, SG.participatesIn, SG.represents)
    for row in knowledge.store.select(_MEMBERS):
        kommun, forum, how = (row[name].value for name in ("kommun", "forum", "how"))
        triple = {
            ORG.hasMember: (forum, how, kommun),
            SG.participatesIn: (kommun, how, forum),
            SG.represents: (row["group"].value if row["group"] else "", how, kommun),
        }[how]
        place(found, (kommun, forum), knowledge, triple, collection)
    return found


def _row(
    kommun: str,
    forums: list[str],
    placed: dict[tuple[str, str], Seats],
    total: bool,
    knowledge: Knowledge,
    texts: Texts,
) -> Row:
    own = [placed[kommun, forum] for forum in forums if (kommun, forum) in placed]
    cells = [placed[kommun, forum].cell(texts) if (kommun, forum) in placed else "" for forum in forums]
    summed = [told(added(seat.members for seat in own), texts) or 0] if total else []
    evidence = tuple(sorted(set().union(*(seat.passages for seat in own))))
    derived = all(seat.derived for seat in own)
    return Row((knowledge.things.label(kommun, texts.lang), *cells, *summed), derived=derived, evidence=evidence)


def _notes(forums: list[str], knowledge: Knowledge, texts: Texts) -> list[str]:
    found, heading = totals(knowledge), knowledge.things.heading
    ordered = sorted(found.keys() & set(forums), key=lambda iri: swedish(heading(iri)))
    return [
        *wording.abbreviations(knowledge, forums, texts),
        *filter(None, (total_note(found[forum], heading(forum, texts.lang), texts) for forum in ordered)),
    ]


def _answer(
    placed: dict[tuple[str, str], Seats], forums: list[str], knowledge: Knowledge, collection: str | None, texts: Texts
) -> str:
    place = wording.where(knowledge, collection, texts)
    if not forums:
        return texts("membership.none", where=place)
    numbered = {forum for (_, forum), seat in placed.items() if seat.members}
    given = texts("membership.seats", n=len(numbered)) if numbered else texts("membership.no_seats")
    kommuner = texts.count("kommun", len({kommun for kommun, _ in placed}))
    return texts(
        "membership.answer", where=place, seats=given, kommuner=kommuner, forums=texts.count("forum", len(forums))
    )
