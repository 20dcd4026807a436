"""How a matter in an area travels: who prepares, whom they consult, who decides, and where the route is broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..collation import swedish
from ..errors import QueryError
from ..evidence import Passage
from ..knowledge import Knowledge
from ..network.relations import Relation, relations, relations_in
from ..terms import ORG, SG, SKOS, UNSAID
from ..texts import Texts
from . import wording
from .table import Column, Report, Row, Table, columns

STAGES = {
    "prepare": (SG.preparesFor, SG.supports, SG.base + "drawsUp", SG.base + "assists"),
    "consult": (SG.consults, SG.refersTo, SG.base + "discussesWith", SG.informs, SG.endorses),
    "propose": (SG.proposes, SG.recommendsTo),
    "decide": (SG.decides,),
    "follow": (ORG.reportsTo, SG.evaluates, SG.base + "followsUp"),
}
"""Steps of a route in order, and the verbs of each."""
_NEEDED = ("prepare", "decide")
_ACTORS = (ORG.Organization, SG.Body, SG.Forum, SG.Cooperation, ORG.Post)
_CONCERNING = f"""
SELECT ?passage ?thing ?area WHERE {{
  VALUES ?link {{ <{SG.concerns}> <{SG.attachedTo}> <{SG.assignedTo}> <{SG.responsible}> }}
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?thing ?link ?area }}
}}
"""
_MATCHES = f"""
SELECT ?other WHERE {{{{
  {{{{ <{{area}}> <{SKOS.base}closeMatch> ?other }}}} UNION {{{{ ?other <{SKOS.base}closeMatch> <{{area}}> }}}}
}}}}
"""


@dataclass(frozen=True, slots=True)
class Attached:
    """A body that a passage connects with the area, directly or through a task."""

    body: str
    topic: str
    task: str
    passage: Passage


def routes(knowledge: Knowledge, texts: Texts, area: str, *, collection: str | None = None) -> Report:
    """The route of a matter in *area* (an IRI) or a narrower topic of it.

    Tables: steps that passages give for the area, in the order prepare, consult, propose, decide, follow up, other;
    where a step is broken (no agent, no recipient, either-or); bodies connected with the area; what the bodies met on
    the way do in general, which no passage says of this area. A stage that no passage mentions is named in the answer:
    not mentioned, which is not the same as absent. A plan or another matter may stand in for an area; a body raises
    `QueryError`.
    """
    _refuse_bodies(knowledge, area, texts)
    topics = _topics(knowledge, area)
    every = relations_in(knowledge, collection)
    steps = sorted((one for one in every if topics & {*one.concerns, *one.target}), key=_order)
    attached = _attached(knowledge, topics, collection)
    bodies = {iri for one in steps for iri in (*one.source, *one.target)} - topics | {one.body for one in attached}
    general = _general(every, steps, bodies, knowledge)
    maker, acting = _Rows(knowledge, texts, area), {iri for one in steps for iri in one.source}
    tables = [
        Table(texts("routes.steps"), maker.heads("stage", "from", "verb", "to", "what"), tuple(map(maker.step, steps))),
        Table(
            texts("routes.breaks"),
            maker.heads("break", "step"),
            tuple(row for one in steps for row in maker.breaks(one, acting)),
        ),
        Table(texts("routes.attached"), maker.heads("body", "topic", "task"), tuple(maker.bodies(attached))),
        Table(
            texts("routes.general"), maker.heads("stage", "from", "verb", "to", "what"), tuple(map(maker.step, general))
        ),
    ]
    notes = _notes(steps, general, area, knowledge, texts)
    examined = texts(
        "routes.examined", relations=texts.count("relation", len(every)), topics=texts.count("area", len(topics))
    )
    name = knowledge.things.label(area, texts.lang)
    answer = _answer(steps, attached, name, maker, wording.where(knowledge, collection, texts))
    title = texts("routes.title", name=name)
    return wording.report("routes", answer, examined, tables, notes, knowledge=knowledge, texts=texts, title=title)


def _refuse_bodies(knowledge: Knowledge, area: str, texts: Texts) -> None:
    if area in knowledge.instances(*_ACTORS):
        name = knowledge.things.long(area, texts.lang)
        raise QueryError(f"{name} is a body, no area; `report reporting --of` tells what a body does.")


def stage(relation: Relation) -> str:
    """The stage that a relation belongs to; ``other`` for verbs that carry no matter."""
    return next((name for name, verbs in STAGES.items() if relation.verb in verbs), "other")


def lengths(knowledge: Knowledge) -> Counter[str]:
    """Area → how many steps passages give for it or a topic under it; an area that is not there has no route."""
    found: Counter[str] = Counter()
    for one in relations(knowledge):
        if stage(one) != "other":
            found.update({above for iri in (*one.concerns, *one.target) for above in knowledge.upwards(iri)})
    return found


def _topics(knowledge: Knowledge, area: str) -> set[str]:
    """*area* and everything under it."""
    return {area, *(one for one in knowledge.broader if area in knowledge.upwards(one))}


def _order(relation: Relation) -> tuple[object, ...]:
    places = [*STAGES, "other"]
    return (
        places.index(stage(relation)),
        relation.verb,
        relation.source,
        relation.target,
        relation.matter,
        relation.node,
    )


def _attached(knowledge: Knowledge, topics: set[str], collection: str | None) -> list[Attached]:
    """Bodies that concern a topic, and those that a task concerning it is given to; in reading order."""
    near: dict[str, list[tuple[str, Passage]]] = {}
    given: dict[str, list[tuple[str, Passage]]] = {}
    for row in knowledge.store.select(_CONCERNING):
        thing, value = row["thing"].value, row["area"].value
        for passage in knowledge.passages([row["passage"].value], collection):
            if passage.modality not in UNSAID:
                kept = near if value in topics else given
                kept.setdefault(thing, []).append((value, passage))
    actors = knowledge.instances(*_ACTORS)
    actors |= {group for group, members in knowledge.groups.items() if actors & set(members)}
    tasks = knowledge.instances(SG.Assignment, SG.Project)
    direct = [Attached(thing, topic, "", place) for thing in near.keys() & actors for topic, place in near[thing]]
    through = [
        Attached(body, topic, task, place)
        for task in near.keys() & given.keys() & tasks
        for body, place in given[task]
        if body in actors or body in knowledge.groups
        for topic, _ in near[task]
    ]
    return sorted({*direct, *through}, key=lambda one: (one.passage, one.body, one.topic, one.task))


def _general(
    every: Sequence[Relation], steps: Sequence[Relation], bodies: set[str], knowledge: Knowledge
) -> list[Relation]:
    """What the bodies (or a group that has them) do for no area in particular, in the order of stages."""
    groups = {group for group, members in knowledge.groups.items() if bodies & set(members)}
    actors = knowledge.instances(*_ACTORS, SG.Group)
    met = (bodies | groups) & actors
    found = [
        one
        for one in every
        if stage(one) != "other" and not one.concerns and met & {*one.source, *one.target}
        and {*one.source, *one.target} <= actors and one not in steps
    ]  # fmt: skip
    return sorted(found, key=_order)


def _notes(
    steps: Sequence[Relation], general: Sequence[Relation], area: str, knowledge: Knowledge, texts: Texts
) -> list[str]:
    called = {iri for one in (*steps, *general) for iri in (*one.source, *one.target)}
    notes = [_mentions(steps, texts), texts("routes.general_note") if general else "", *_near(knowledge, texts, area)]
    return [*notes, *wording.abbreviations(knowledge, called, texts)]


def _near(knowledge: Knowledge, texts: Texts, area: str) -> list[str]:
    found = [row["other"].value for row in knowledge.store.select(_MATCHES.format(area=area))]
    names = wording.enumerated(wording.labels(knowledge, set(found), texts), texts)
    return [texts("routes.near", names=names)] if found else []


class _Rows:
    """Rows of the tables in one language."""

    def __init__(self, knowledge: Knowledge, texts: Texts, area: str) -> None:
        self.knowledge, self.texts, self.area = knowledge, texts, area
        self.actors = knowledge.instances(*_ACTORS, SG.Group)

    def heads(self, *keys: str) -> tuple[Column, ...]:
        return columns(*((key, self.texts(f"routes.{key}")) for key in keys))

    def side(self, relation: Relation, side: str) -> str:
        """Names of one side; an either-or and an *each* say so."""
        if not (relation.source if side == "source" else relation.target):
            return self.texts("common.open_side")
        listed = self.listed(relation, side)
        return self.texts("common.each", name=listed) if side in relation.each else listed

    def listed(self, relation: Relation, side: str) -> str:
        """Names of one side as a sentence has them."""
        iris = relation.source if side == "source" else relation.target
        names = sorted((self.knowledge.things.heading(iri, self.texts.lang) for iri in iris), key=swedish)
        return wording.enumerated(names, self.texts, word="or" if side in relation.one_of else "and")

    def step(self, relation: Relation) -> Row:
        verb = self.knowledge.things.label(relation.verb, self.texts.lang)
        about = wording.labels(self.knowledge, (one for one in relation.concerns if one != self.area), self.texts)
        words = [
            relation.matter,
            *([self.texts("reporting.concerns", names=wording.enumerated(about, self.texts))] if about else []),
        ]
        words += [self.texts("reporting.condition", text=relation.condition)] if relation.condition else []
        cells = (
            self.texts(f"routes.{stage(relation)}"), self.side(relation, "source"), verb, self.side(relation, "target"),
            "; ".join(filter(None, words)),
        )  # fmt: skip
        return Row(cells, relation.modality, evidence=self.knowledge.passages(relation.passages))

    def breaks(self, relation: Relation, acting: set[str]) -> Iterable[Row]:
        """Why a matter cannot be followed through this step; *acting* are those who take some step in the area."""
        found = [f"no_{side}" for side, iris in (("source", relation.source), ("target", relation.target)) if not iris]
        found += [f"either_{side}" for side in ("source", "target") if side in relation.one_of]
        to_bodies = set(relation.target) & self.actors
        if to_bodies and not to_bodies & acting and stage(relation) in {"prepare", "propose"}:
            found.append("no_onward")
        row = self.step(relation)
        for one in found:
            yield Row(
                (self.texts(f"routes.{one}"), " ".join(map(str, row.cells[1:4]))),
                relation.modality,
                evidence=row.evidence,
            )

    def bodies(self, attached: Iterable[Attached]) -> Iterable[Row]:
        rows: dict[tuple[str, str, str, str], set[Passage]] = {}
        for one in attached:
            task = self.knowledge.things.label(one.task, self.texts.lang) if one.task else ""
            names = (
                self.knowledge.things.label(one.body, self.texts.lang),
                self.knowledge.things.label(one.topic, self.texts.lang),
            )
            rows.setdefault((*names, task, one.passage.modality), set()).add(one.passage)
        for (*cells, modality), places in rows.items():
            yield Row(tuple(cells), modality, evidence=tuple(sorted(places)))


def _answer(steps: Sequence[Relation], attached: Sequence[Attached], name: str, maker: _Rows, place: str) -> str:
    """One sentence on who does what in which stage, and on what no passage says."""
    texts = maker.texts
    clauses = [clause for one in STAGES if (clause := _clause(one, steps, maker, texts))]
    silent = [one for one in (*_NEEDED, "consult") if not any(stage(step) == one for step in steps)]
    quiet = wording.enumerated((texts(f"routes.silent_{one}") for one in silent), texts, word="or")
    if not clauses:
        bodies = len({one.body for one in attached})
        near = texts("routes.bodies_near" if bodies else "routes.bodies_none", bodies=texts.count("actor", bodies))
        return texts("routes.none", name=name, quiet=quiet, bodies=near, where=place)
    said = texts("routes.quiet", quiet=quiet) if silent else ""
    return texts("routes.answer", name=name, clauses=wording.enumerated(clauses, texts), quiet=said)


def _mentions(steps: Sequence[Relation], texts: Texts) -> str:
    """Words of a step that speak of a decision, where no step is one."""
    if any(stage(step) == "decide" for step in steps):
        return ""
    words = dict.fromkeys(text for step in steps for text in (step.matter, step.condition) if "beslut" in text)
    quoted = wording.enumerated((texts("quality.quoted", text=text) for text in words), texts)
    return texts("routes.mentions", words=quoted) if words else ""


def _clause(one: str, steps: Sequence[Relation], maker: _Rows, texts: Texts) -> str:
    """What is done in one stage and by whom (for consulting: with whom), with how sure it is where it is not stated."""
    side = "target" if one == "consult" else "source"
    found: dict[str, set[str]] = {}
    for step in steps:
        if stage(step) == one:
            name = maker.listed(step, side) or texts("routes.no_one_named")
            found.setdefault(name, set()).add(step.modality)
    names = (name + _sureness(found[name], texts) for name in sorted(found, key=swedish))
    return texts(f"routes.by_{one}", names=wording.enumerated(names, texts)) if found else ""


def _sureness(modalities: set[str], texts: Texts) -> str:
    if "stated" in modalities:
        return ""
    return texts(
        "routes.only",
        words=wording.enumerated(sorted((texts(f"modality.{one}") for one in modalities), key=swedish), texts),
    )
