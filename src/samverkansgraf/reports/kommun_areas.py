"""Which kommuner sit in something that concerns an area, or has a task in it, collection by collection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import FACT_MODALITIES, MODALITIES, SG
from ..texts import Texts
from . import wording
from .coverage import Coverage
from .forums import Link, Spread, least_sure, read_forums, triples, typed
from .holders import holders
from .table import Column, Row, Table

FEW = 5
_IN_PROJECT = (SG.base + "participant", SG.base + "partner", SG.base + "responsible", SG.participatesIn)


@dataclass(slots=True)
class Seated:
    """Kommuner of one modality that sit in something that concerns an area: in what, and the passages."""

    kommuner: set[str] = field(default_factory=set)
    through: set[str] = field(default_factory=set)
    passages: set[str] = field(default_factory=set)


def members(knowledge: Knowledge, collection: str | None) -> dict[str, dict[str, Link]]:
    """Forum, board, cooperation or project → kommun that sits in it, itself, by a body of its own or a group → link."""
    own = {
        one: kommun
        for kommun, ways in holders(knowledge).items()
        for one, way in ways.items()
        if way in ("self", "body")
    }
    found: dict[str, dict[str, Link]] = {}
    for forum, said in read_forums(knowledge, collection).items():
        for member, link in said.members.items():
            if member in own:
                _link(found, forum, own[member]).add(link.modality, link.passages)
    for project, member, said_so in _projects(knowledge, collection):
        if member in own:
            _link(found, project, own[member]).add(said_so[0], said_so[1])
    return found


def _link(found: dict[str, dict[str, Link]], forum: str, kommun: str) -> Link:
    return found.setdefault(forum, {}).setdefault(kommun, Link())


def _projects(knowledge: Knowledge, collection: str | None) -> Iterator[tuple[str, str, tuple[str, set[str]]]]:
    """(project, who takes part in it or answers for it, modality and passages)."""
    projects, spread = set(typed(knowledge, knowledge.instances(SG.Project), collection)), Spread(knowledge)
    for said in triples(knowledge, *_IN_PROJECT, collection=collection):
        project, who = (said.subject, said.value) if said.subject in projects else (said.value, said.subject)
        if project in projects:
            for member, _, more in spread.members(who):
                yield project, member, (said.modality, {said.passage, *more})


@dataclass(slots=True)
class Home:
    """What one collection says: areas with the passages that name them, and who sits in what."""

    areas: dict[str, list[Passage]] = field(default_factory=dict)
    sitting: dict[str, dict[str, Link]] = field(default_factory=dict)

    @property
    def everyone(self) -> set[str]:
        """Kommuner that sit in anything."""
        return {kommun for links in self.sitting.values() for kommun in links}


@dataclass(frozen=True, slots=True)
class Crossing:
    """Kommuner against areas of one collection; a pair that is not there is a kommun that sits in nothing for it."""

    collection: str
    areas: tuple[str, ...]
    kommuner: frozenset[str]
    seated: dict[tuple[str, str], tuple[str, frozenset[str]]]
    """(area, kommun) → the surest modality, and what all kommuner of that modality sit in."""


def crossings(coverage: Coverage) -> list[Crossing]:
    """What `kommun_areas` tells in rows, pair by pair; collections in which no kommun sits in anything left out."""
    found = []
    for collection, home in _ordered(coverage):
        pairs = {
            (area, kommun): (modality, frozenset(one.through))
            for area in home.areas
            for modality, one in _seated(coverage, area, collection, home).items()
            for kommun in one.kommuner
        }
        if home.areas and home.everyone:
            found.append(Crossing(collection, tuple(home.areas), frozenset(home.everyone), pairs))
    return found


def kommun_areas(coverage: Coverage, texts: Texts) -> list[tuple[Table, str]]:
    """One table and note per collection that names areas: one row per area and modality; who is in nothing.

    Kommuner of a collection are those that sit in any forum, cooperation, board or project of it. A kommun counts once
    for an area, in its surest modality: the least sure of *concerns the area* (or has a task that does) and *sits in
    it*. Everything is read once, however many the collections.
    """
    return [_table(coverage, texts, iri, home) for iri, home in _ordered(coverage) if home.areas]


def _ordered(coverage: Coverage) -> list[tuple[str, Home]]:
    """Collections by name, each with what it says."""
    label = coverage.knowledge.things.label
    return sorted(_homes(coverage).items(), key=lambda pair: (swedish(label(pair[0])), pair[0]))


def _homes(coverage: Coverage) -> dict[str, Home]:
    """Collection → what its passages say."""
    knowledge, found = coverage.knowledge, dict[str, Home]()
    for area, passages in coverage.areas().items():
        for passage in passages:
            home = found.setdefault(knowledge.documents[passage.document][0], Home())
            home.areas.setdefault(area, []).append(passage)
    for forum, links in members(knowledge, coverage.collection).items():
        for kommun, link in links.items():
            for passage in knowledge.passages(link.passages):
                home = found.setdefault(knowledge.documents[passage.document][0], Home())
                _link(home.sitting, forum, kommun).add(link.modality, {passage.iri})
    return found


def _table(coverage: Coverage, texts: Texts, collection: str, home: Home) -> tuple[Table, str]:
    place = coverage.knowledge.things.label(collection, texts.lang)
    everyone, rows = home.everyone, list[Row]()
    if not everyone:
        return Table("", (), ()), texts("gaps.no_kommuner", name=place)
    outside = set(everyone)
    for area, named in home.areas.items():
        seated = _seated(coverage, area, collection, home)
        outside -= {kommun for one in seated.values() for kommun in one.kommuner}
        rows += _rows(coverage.knowledge, texts, (area, tuple(named[:1])), seated, everyone)
    names, number = _few(coverage.knowledge, texts, outside, everyone), texts.count("kommun", len(everyone))
    heads = [Column(key, texts(f"gaps.{key}")) for key in ("area", "in_any", "through", "in_none")]
    count = Column("count", texts("gaps.count"), "integer")
    table = Table(texts("gaps.kommuner", name=place), (heads[0], count, *heads[1:]), tuple(rows))
    return table, texts("gaps.outside", name=place, kommuner=number, names=names)


def _seated(coverage: Coverage, area: str, collection: str, home: Home) -> dict[str, Seated]:
    """Modality → who sits in what is at work in *area*; ``stated`` also holds what a reader concluded."""
    ways: dict[str, list[tuple[str, str, set[str]]]] = {}
    for tie in coverage.at_work(area):
        if tie.thing in home.sitting and coverage.at_home(tie, collection):
            for kommun, link in home.sitting[tie.thing].items():
                modality = least_sure([link, Link(tie.modality)])
                modality = "stated" if modality in FACT_MODALITIES else modality
                ways.setdefault(kommun, []).append((modality, tie.thing, link.passages | tie.passages))
    found: dict[str, Seated] = {}
    for kommun, listed in ways.items():
        surest = min((modality for modality, _, _ in listed), key=MODALITIES.index)
        for modality, thing, passages in listed:
            if modality == surest:
                seated = found.setdefault(modality, Seated())
                seated.kommuner.add(kommun)
                seated.through.add(thing)
                seated.passages |= passages
    return dict(sorted(found.items(), key=lambda pair: MODALITIES.index(pair[0])))


def _rows(
    knowledge: Knowledge, texts: Texts, area: tuple[str, tuple[Passage, ...]], seated: dict[str, Seated],
    everyone: set[str],
) -> Iterator[Row]:  # fmt: skip
    """One row per modality, surest first; one that counts none, with the passage that names the area, where none is."""
    rest, label = set(everyone), knowledge.things.label(area[0], texts.lang)
    for modality, one in seated.items():
        rest -= one.kommuner
        through = ", ".join(wording.labels(knowledge, one.through, texts))
        names = [_few(knowledge, texts, kommuner, everyone) for kommuner in (one.kommuner, rest)]
        passages = knowledge.passages(one.passages)
        yield Row((label, len(one.kommuner), names[0], through, names[1]), modality, derived=True, evidence=passages)
    if not seated:
        none = _few(knowledge, texts, rest, everyone)
        yield Row((label, 0, texts("gaps.nobody"), "", none), "", derived=True, evidence=area[1])


def _few(knowledge: Knowledge, texts: Texts, kommuner: set[str], everyone: set[str]) -> str:
    """Names when they are few, else all but a few, else how many."""
    if not kommuner:
        return texts("gaps.nobody")
    if kommuner == everyone:
        return texts("gaps.all")
    for chosen, key in ((kommuner, ""), (everyone - kommuner, "gaps.all_but")):
        if len(chosen) <= FEW:
            names = wording.enumerated(wording.labels(knowledge, chosen, texts), texts)
            return texts(key, names=names) if key else names
    return texts.count("kommun", len(kommuner))
