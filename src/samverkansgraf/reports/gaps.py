"""What is missing, left open or only mentioned: areas without forum or responsible body, bodies without composition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..collation import swedish
from ..knowledge import Knowledge
from ..terms import ORG, RDFS, SG, SKOS
from ..texts import Texts
from . import wording
from .table import Report, Row, Table, columns

AREAS = (SG.CooperationArea, SG.Priority, SG.FocusArea)
KINDS = {
    "network": SG.Network,
    "delegation": SG.PoliticalForum,
    "group": SG.WorkingGroup,
    "project": SG.Project,
    "responsible": SG.Assignment,
}
COMPOSITION = ("seats", "minSeats", "maxSeats", "members", "hasMember", "Chair", "appointedBy", "isAppointedBy", "size")
_BARE = frozenset({"type", "label", "prefLabel", "altLabel", "abbreviation", "concerns", "matter", "attachedTo", "listIsOpen", "leavesOpen", "standing", "relatesTo"})  # fmt: skip  # noqa: E501

_SUBJECTS = f"""
SELECT ?passage ?area WHERE {{
  VALUES ?class {{ {" ".join(f"<{one}>" for one in AREAS)} }}
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?area a ?class }}
}}
"""
_LINKS = f"""
SELECT ?passage ?modality ?thing ?area WHERE {{
  ?passage a <{SG.Passage}> ; <{SG.modality}> ?modality .
  VALUES ?link {{ <{SG.concerns}> <{SG.attachedTo}> }}
  GRAPH ?passage {{ ?thing ?link ?area }}
}}
"""
_BROADER = f"SELECT ?narrow ?broad WHERE {{ ?narrow <{SKOS.broader}> ?broad }}"
_FACTS = f"""
SELECT ?thing ?property WHERE {{
  ?thing a ?class ; ?property ?value .
  VALUES ?class {{ <{SG.Forum}> <{SG.Project}> }}
}}
"""
_HELD = f"""
SELECT DISTINCT ?thing ?property WHERE {{
  {{ ?node <{SG.forum}> ?thing ; ?property ?number .
     VALUES ?property {{ <{SG.members}> <{SG.appointedByEach}> <{SG.appointedBy}> }} }}
  UNION {{ ?actor ?property ?thing . ?property <{RDFS.subPropertyOf}> <{SG.relatesTo}> }}
}}
"""
_OPEN = f"""
SELECT ?passage ?modality ?thing ?what WHERE {{
  ?passage a <{SG.Passage}> ; <{SG.modality}> ?modality .
  GRAPH ?passage {{ ?thing <{SG.leavesOpen}> ?what }}
}}
"""
_SEATS_OF = f"SELECT ?node ?forum WHERE {{ ?node <{SG.forum}> ?forum }}"
_ASSIGNED = f"SELECT ?task ?body WHERE {{ ?task <{SG.assignedTo}> ?body }}"
_CLOSED = f"""
SELECT ?passage ?area ?class WHERE {{
  ?group <{SG.listIsOpen}> false ; <{SG.concerns}> ?area ; <{ORG.hasMember}>|<{SKOS.member}> ?one .
  ?one a ?class .
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?group <{SG.listIsOpen}> false }}
}}
"""


@dataclass(frozen=True, slots=True)
class Link:
    """A passage that connects a thing with an area."""

    thing: str
    modality: str
    passage: str


def gaps(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Area × (network, delegation, working group, project, responsible) with a status, and bodies left open.

    Areas are cooperation areas, priorities and focus areas that any passage names, in the order of the documents. A
    link of a narrower topic counts for its area. Status *saknas* only where a denied passage or a closed list says so.
    """
    finder = _Finder(knowledge, collection)
    areas = finder.areas()
    rows = [row for area in areas for row in finder.rows(area, texts)]
    heads = [("area", texts("gaps.area")), *((kind, texts(f"gaps.kind_{kind}")) for kind in KINDS)]
    matrix = Table(texts("gaps.areas"), columns(*heads), tuple(_across(rows)))
    said = tuple(row for row in rows if row.evidence)
    detail = Table(
        texts("gaps.detail"), columns(*((k, texts(f"gaps.{k}")) for k in ("area", "kind", "status", "through"))), said
    )
    bodies, examined_bodies = _bodies(finder, texts)
    two = columns(("body", texts("gaps.body")), ("status", texts("gaps.status")), ("missing", texts("gaps.missing")))
    answer = _answer(areas, rows, bodies, finder, texts) if areas or bodies else ""
    counted = (("area", len(areas)), ("cell", len(areas) * len(KINDS)), ("body", examined_bodies))
    examined = ", ".join(texts.count(noun, number) for noun, number in counted)
    place = wording.where(knowledge, collection, texts)
    return wording.report(
        "gaps", answer or texts("gaps.none", where=place), examined,
        [matrix, detail, Table(texts("gaps.bodies"), two, tuple(bodies))],
        [texts("gaps.key")] if rows or bodies else [], knowledge=knowledge, texts=texts,
    )  # fmt: skip


def _across(rows: list[Row]) -> Iterable[Row]:
    """One row per area from its rows per kind."""
    for start in range(0, len(rows), len(KINDS)):
        own = rows[start : start + len(KINDS)]
        evidence = tuple(sorted({passage for row in own for passage in row.evidence}))
        yield Row((own[0].cells[0], *(row.cells[2] for row in own)), "", evidence=evidence)


class _Finder:
    """Everything the report looks at, read in a handful of queries and joined in memory."""

    def __init__(self, knowledge: Knowledge, collection: str | None) -> None:
        self.knowledge, self.collection, store = knowledge, collection, knowledge.store
        self.kinds = knowledge.classes
        broader = {row["narrow"].value: row["broad"].value for row in store.select(_BROADER)}
        self.links: dict[str, list[Link]] = {}
        for row in store.select(_LINKS):
            link = Link(row["thing"].value, row["modality"].value.partition("#")[2], row["passage"].value)
            for area in _upwards(row["area"].value, broader):
                self.links.setdefault(area, []).append(link)
        self.described = {r["thing"].value for r in store.select(_FACTS) if _local(r["property"].value) not in _BARE}
        self.described |= {row["thing"].value for row in store.select(_HELD)}
        self.assigned: dict[str, list[str]] = {}
        for row in store.select(_ASSIGNED):
            self.assigned.setdefault(row["task"].value, []).append(row["body"].value)
        self.closed = {(r["area"].value, r["class"].value): r["passage"].value for r in store.select(_CLOSED)}
        self.open = [
            (r["thing"].value, _local(r["what"].value), r["modality"].value.partition("#")[2], r["passage"].value)
            for r in store.select(_OPEN)
        ]

    def areas(self) -> list[str]:
        """Areas of the collection, in the order that documents name them."""
        order: dict[str, list[object]] = {}
        for row in self.knowledge.store.select(_SUBJECTS):
            for passage in self.knowledge.passages([row["passage"].value], self.collection):
                order.setdefault(row["area"].value, []).append((passage.document, passage.sequence))
        return sorted(order, key=lambda area: (min(order[area]), area))  # type: ignore[type-var]

    def rows(self, area: str, texts: Texts) -> list[Row]:
        """One row per kind for *area*."""
        return [self._row(area, kind, texts) for kind in KINDS]

    def _row(self, area: str, kind: str, texts: Texts) -> Row:
        links = [
            link
            for link in self.links.get(area, [])
            if KINDS[kind] in self.kinds.get(link.thing, ())
            and self.knowledge.passages([link.passage], self.collection)
        ]
        if kind == "responsible":
            links = [link for link in links if self.assigned.get(link.thing) or link.modality != "stated"]
        status, chosen = self._status(area, kind, links)
        things = {body for link in chosen for body in self._bodies_of(link.thing, kind)}
        passages = {link.passage for link in chosen}
        if status == "absent" and not chosen:
            passages = {self.closed[area, KINDS[kind]]}
        modality = chosen[0].modality if chosen else "stated"
        through = ", ".join(wording.labels(self.knowledge, things, texts))
        cells = (self.knowledge.things.label(area, texts.lang), texts(f"gaps.kind_{kind}"), texts(f"gaps.status_{status}"), through)  # fmt: skip  # noqa: E501
        return Row(cells, modality, evidence=self.knowledge.passages(passages, self.collection))

    def _bodies_of(self, thing: str, kind: str) -> list[str]:
        return self.assigned.get(thing, [thing]) if kind == "responsible" else [thing]

    def _status(self, area: str, kind: str, links: list[Link]) -> tuple[str, list[Link]]:
        stated = [link for link in links if link.modality in {"stated", "inferred"}]
        full = [link for link in stated if kind == "responsible" or link.thing in self.described]
        if stated:
            return ("exists", full) if full else ("mentioned", stated)
        for status, modalities in (
            ("ambiguous", {"ambiguous"}),
            ("open", {"proposed", "permitted", "intended", "tentative"}),
            ("absent", {"denied"}),
        ):
            if found := [link for link in links if link.modality in modalities]:
                return status, found
        return ("absent" if (area, KINDS[kind]) in self.closed else "silent"), []


def _upwards(area: str, broader: dict[str, str]) -> Iterable[str]:
    """*area* and every area it lies under; a circle ends where it began."""
    seen = set()
    while area not in seen:
        seen.add(area)
        yield area
        area = broader.get(area, area)


def _local(iri: str) -> str:
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def _bodies(finder: _Finder, texts: Texts) -> tuple[list[Row], int]:
    """Rows of forums and bodies whose composition is open, and how many were examined."""
    knowledge = finder.knowledge
    forum_of = {row["node"].value: row["forum"].value for row in knowledge.store.select(_SEATS_OF)}
    open_of: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for thing, what, modality, passage in finder.open:
        body = forum_of.get(thing, thing)
        if what in COMPOSITION and knowledge.passages([passage], finder.collection):
            open_of.setdefault(body, {}).setdefault(what, []).append((modality, passage))
    bodies = knowledge.instances(SG.Forum, SG.Body)
    rows = []
    for body in sorted(open_of.keys() & bodies, key=lambda iri: swedish(knowledge.things.label(iri))):
        missing = sorted({_what(knowledge, one, texts) for one in open_of[body]}, key=swedish)
        found = [pair for pairs in open_of[body].values() for pair in pairs]
        passages = knowledge.passages((passage for _, passage in found), finder.collection)
        cells = (knowledge.things.long(body, texts.lang), texts("gaps.status_open"), ", ".join(missing))
        rows.append(Row(cells, found[0][0], evidence=passages))
    return rows, len(bodies)


def _what(knowledge: Knowledge, what: str, texts: Texts) -> str:
    what = "seats" if what == "members" else what
    iri = ORG.base + what if what == "hasMember" else SG.base + what
    return knowledge.things.label(iri, texts.lang)


def _answer(areas: list[str], rows: list[Row], bodies: list[Row], finder: _Finder, texts: Texts) -> str:
    exists, kinds = texts("gaps.status_exists"), {kind: texts(f"gaps.kind_{kind}") for kind in KINDS}
    counts = {
        kind: sum(row.cells[1] == word and row.cells[2] == exists for row in rows) for kind, word in kinds.items()
    }
    names = wording.enumerated((str(row.cells[0]) for row in bodies), texts)
    opened = (
        texts("gaps.open", bodies=texts.count("body", len(bodies)), names=names) if bodies else texts("gaps.open_none")
    )
    place = wording.where(finder.knowledge, finder.collection, texts)
    shown = {kind: counts[kind] for kind in ("network", "delegation", "responsible")}
    return texts("gaps.answer", areas=texts.count("area", len(areas)), where=place, open=opened, **shown)
