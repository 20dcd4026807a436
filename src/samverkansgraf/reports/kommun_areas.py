"""Which kommuner sit in something that concerns an area, or has a task in it, collection by collection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import SG
from ..texts import Texts
from . import wording
from .coverage import Coverage
from .forums import Link, Spread, least_sure, read_forums, triples, typed
from .holders import holders
from .nodes import ORDER
from .table import Column, Row, Table

FEW = 5
_IN_PROJECT = (SG.base + "participant", SG.base + "partner", SG.base + "responsible", SG.participatesIn)
_FACTS = ("stated", "inferred")


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


def kommun_areas(knowledge: Knowledge, texts: Texts, collection: str) -> tuple[Table, str]:
    """One row per area of *collection* and modality, and a note on kommuner that are in nothing for any area.

    Kommuner of the collection are those that sit in any forum, cooperation, board or project of it. A kommun counts
    once for an area, in its surest modality: the least sure of *concerns the area* (or has a task that does) and *sits
    in it*.
    """
    coverage, sitting = Coverage(knowledge, collection), members(knowledge, collection)
    everyone = {kommun for links in sitting.values() for kommun in links}
    areas, place = coverage.areas(), knowledge.things.label(collection, texts.lang)
    if not everyone:
        return Table("", (), ()), texts("gaps.no_kommuner", name=place) if areas else ""
    outside = set(everyone)
    table: list[Row] = []
    for area, named in areas.items():
        seated = _seated(coverage, area, sitting)
        outside -= {kommun for one in seated.values() for kommun in one.kommuner}
        table += _rows(knowledge, texts, (area, named[:1]), seated, everyone)
    heads = [Column(key, texts(f"gaps.{key}")) for key in ("area", "in_any", "through", "in_none")]
    count = Column("count", texts("gaps.count"), "integer")
    note = _few(knowledge, texts, outside, everyone)
    words = (
        texts("gaps.outside", name=place, kommuner=texts.count("kommun", len(everyone)), names=note) if areas else ""
    )
    return Table(texts("gaps.kommuner", name=place), (heads[0], count, *heads[1:]), tuple(table)), words


def _seated(coverage: Coverage, area: str, sitting: dict[str, dict[str, Link]]) -> dict[str, Seated]:
    """Modality → who sits in what is at work in *area*; ``stated`` also holds what a reader concluded."""
    ways: dict[str, list[tuple[str, str, set[str]]]] = {}
    for tie in coverage.at_work(area):
        if tie.thing in sitting and coverage.at_home(tie):
            for kommun, link in sitting[tie.thing].items():
                modality = least_sure([link, Link(tie.modality)])
                modality = "stated" if modality in _FACTS else modality
                ways.setdefault(kommun, []).append((modality, tie.thing, link.passages | tie.passages))
    found: dict[str, Seated] = {}
    for kommun, listed in ways.items():
        surest = min((modality for modality, _, _ in listed), key=ORDER.index)
        for modality, thing, passages in listed:
            if modality == surest:
                seated = found.setdefault(modality, Seated())
                seated.kommuner.add(kommun)
                seated.through.add(thing)
                seated.passages |= passages
    return dict(sorted(found.items(), key=lambda pair: ORDER.index(pair[0])))


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
            names = wording.enumerated(sorted(wording.labels(knowledge, chosen, texts), key=swedish), texts)
            return texts(key, names=names) if key else names
    return texts.count("kommun", len(kommuner))
