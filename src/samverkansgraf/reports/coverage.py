"""What passages say that an area has: a network, a delegation, a responsible body, a law, money, a review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import FACT_MODALITIES, MODALITIES, ORG, RDFS, SG, SKOS, UNSAID, local_name

AREAS = (SG.CooperationArea, SG.Priority, SG.FocusArea)
KINDS = {
    "network": (SG.Network,),
    "delegation": (SG.PoliticalForum,),
    "group": (SG.WorkingGroup,),
    "project": (SG.Project,),
    "responsible": (SG.Assignment,),
    "law": (SG.Statute,),
    "money": (SG.Contribution, SG.FundingForm),
    "review": (SG.base + "Evaluation",),
}
STATUSES = ("exists", "mentioned", "open", "ambiguous", "silent", "absent")
_BARE = frozenset({"type", "label", "prefLabel", "altLabel", "abbreviation", "concerns", "matter", "attachedTo", "listIsOpen", "leavesOpen", "standing", "relatesTo", "wasDerivedFrom"})  # fmt: skip  # noqa: E501
_NAMED_IS_ENOUGH = frozenset({"responsible", "law"})
_UNSURE = {
    "ambiguous": frozenset({"ambiguous"}),
    "open": frozenset({"proposed", "permitted", "intended", "tentative"}),
    "absent": frozenset({"denied"}),
}

_SUBJECTS = f"""
SELECT ?passage ?area WHERE {{
  VALUES ?class {{ {" ".join(f"<{one}>" for one in AREAS)} }}
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?area a ?class }}
}}
"""
_SAID = f"""
SELECT ?passage ?modality ?thing ?value WHERE {{{{
  VALUES ?key {{{{ {{keys}} }}}}
  ?passage a <{SG.Passage}> ; <{SG.modality}> ?modality .
  GRAPH ?passage {{{{ ?thing ?key ?value }}}}
}}}}
"""
_FACTS = f"""
SELECT ?thing ?property WHERE {{
  ?thing a ?class ; ?property ?value .
  VALUES ?class {{ {" ".join(f"<{one}>" for one in (SG.Forum, SG.Project, *KINDS["money"], *KINDS["review"]))} }}
}}
"""
_HELD = f"""
SELECT DISTINCT ?thing ?property WHERE {{
  {{ ?node <{SG.forum}> ?thing ; ?property ?number .
     VALUES ?property {{ <{SG.members}> <{SG.appointedByEach}> <{SG.appointedBy}> }} }}
  UNION {{ ?actor ?property ?thing . ?property <{RDFS.subPropertyOf}> <{SG.relatesTo}> }}
}}
"""
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
class Tie:
    """What ties a thing to an area, and the passages that together say so.

    ``words`` stand for the thing where a passage gives no thing but words (the year of a review).
    """

    thing: str
    modality: str
    passages: frozenset[str]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found of one kind for one area: status, ties that make it so, and their passages."""

    area: str
    kind: str
    status: str
    ties: tuple[Tie, ...]
    passages: tuple[Passage, ...]

    @property
    def modality(self) -> str:
        """The surest modality among the ties; nothing where no passage speaks."""
        sure = [tie.modality for tie in self.ties if tie.modality in MODALITIES]
        return min(sure, key=MODALITIES.index) if sure else "denied" if self.ties else ""


class Coverage:
    """Everything that passages tie to areas, read in a handful of queries and joined in memory.

    A tie of a narrower topic counts for every area above it, unless it is denied. A task, a body or an agreement that
    concerns an area lends it the statute it rests on.
    """

    def __init__(self, knowledge: Knowledge, collection: str | None = None) -> None:
        self.knowledge, self.collection, store = knowledge, collection, knowledge.store
        self.ties: dict[str, list[Tie]] = {}
        for area, tie in self._said(SG.concerns, SG.attachedTo, turned=True):
            self._add(self.ties, area, tie)
        self.laws, self.years = self._laws(), self._years()
        facts = store.select(_FACTS)
        self.described = {row["thing"].value for row in facts if local_name(row["property"].value) not in _BARE}
        self.described |= {row["thing"].value for row in store.select(_HELD)}
        self.assigned: dict[str, list[str]] = {}
        for row in store.select(_ASSIGNED):
            self.assigned.setdefault(row["task"].value, []).append(row["body"].value)
        self._handed: dict[str, list[Tie]] = {}
        for task, tie in self._said(SG.assignedTo):
            self._handed.setdefault(task, []).append(tie)
        closed = ((row["area"].value, row["class"].value, row["passage"].value) for row in store.select(_CLOSED))
        self._closed = {(area, kind): passage for area, kind, passage in sorted(closed, reverse=True)}

    def _said(self, *keys: str, turned: bool = False) -> Iterator[tuple[str, Tie]]:
        """(subject, tie to the value) of every passage that uses one of *keys*; *turned*: (value, tie to the subject)."""  # noqa: E501
        for row in self.knowledge.store.select(_SAID.format(keys=" ".join(f"<{key}>" for key in keys))):
            ends, passage = (row["thing"].value, row["value"].value), frozenset({row["passage"].value})
            one, other = ends[::-1] if turned else ends
            yield one, Tie(other, local_name(row["modality"].value), passage)

    def _add(self, found: dict[str, list[Tie]], area: str, tie: Tie) -> None:
        for above in self.knowledge.upwards(area):
            if above == area or tie.modality not in UNSAID:
                found.setdefault(above, []).append(tie)

    def _laws(self) -> dict[str, list[Tie]]:
        """Area → statutes it rests on, itself or through what concerns it (both passages are then the evidence)."""
        found: dict[str, list[Tie]] = {}
        based: dict[str, list[Tie]] = {}
        for thing, tie in self._said(SG.base + "legalBasis"):
            self._add(found, thing, tie)
            if tie.modality in MODALITIES:
                based.setdefault(thing, []).append(tie)
        for area, ties in self.ties.items():
            for tie in (one for one in ties if one.thing in based and one.modality in MODALITIES):
                for law in based[tie.thing]:
                    modality = max(tie.modality, law.modality, key=MODALITIES.index)
                    found.setdefault(area, []).append(Tie(law.thing, modality, tie.passages | law.passages))
        return found

    def _years(self) -> dict[str, list[Tie]]:
        """Area → years that a passage says it is reviewed in."""
        found: dict[str, list[Tie]] = {}
        for area, tie in self._said(SG.base + "reviewedIn"):
            self._add(found, area, Tie(area, tie.modality, tie.passages, tie.thing))
        return found

    def areas(self) -> dict[str, tuple[Passage, ...]]:
        """Areas of the collection with the passages that name them, in the order of the documents."""
        found: dict[str, set[Passage]] = {}
        for row in self.knowledge.store.select(_SUBJECTS):
            for passage in self.knowledge.passages([row["passage"].value], self.collection):
                found.setdefault(row["area"].value, set()).add(passage)
        ordered = {area: tuple(sorted(passages)) for area, passages in found.items()}
        return dict(sorted(ordered.items(), key=lambda pair: (pair[1][0].document, pair[1][0].sequence, pair[0])))

    def find(self, area: str, kind: str) -> Finding:
        """Status and evidence of *kind* for *area*."""
        status, ties = self._status(area, kind, [tie for tie in self._of(area, kind) if self.at_home(tie)])
        iris = {iri for tie in ties for iri in tie.passages}
        if status == "absent" and not ties:
            iris = {self._closed[area, one] for one in KINDS[kind] if (area, one) in self._closed}
        return Finding(area, kind, status, tuple(ties), self.knowledge.passages(iris, self.collection))

    def bodies(self, finding: Finding) -> set[str]:
        """Things that a finding is about: those assigned where it is a responsibility."""
        if finding.kind != "responsible":
            return {tie.thing for tie in finding.ties if not tie.words}
        return {body for tie in finding.ties for body in self.assigned.get(tie.thing, [tie.thing])}

    def _of(self, area: str, kind: str) -> list[Tie]:
        if kind == "law":
            return self.laws.get(area, [])
        classes, wanted = self.knowledge.classes, frozenset(KINDS[kind])
        found = [tie for tie in self.ties.get(area, []) if classes.get(tie.thing, frozenset()) & wanted]
        if kind == "responsible":
            return [tie for tie in found if self.assigned.get(tie.thing) or tie.modality != "stated"]
        return [*found, *self.years.get(area, [])] if kind == "review" else found

    def at_work(self, area: str) -> Iterator[Tie]:
        """What concerns *area*, and whoever has a task that concerns it; what is denied left out."""
        for tie in (one for one in self.ties.get(area, []) if one.modality in MODALITIES):
            yield tie
            for handed in (one for one in self._handed.get(tie.thing, []) if one.modality in MODALITIES):
                modality = max(tie.modality, handed.modality, key=MODALITIES.index)
                for body in self.knowledge.groups.get(handed.thing, [handed.thing]):
                    yield Tie(body, modality, tie.passages | handed.passages)

    def narrower(self, area: str) -> set[str]:
        """Areas that lie under *area*, at any depth."""
        return {one for one in self.knowledge.broader if one != area and area in self.knowledge.upwards(one)}

    def at_home(self, tie: Tie, collection: str | None = None) -> bool:
        """Whether all passages of *tie* are of *collection*, else of that of the report."""
        return len(self.knowledge.passages(tie.passages, collection or self.collection)) == len(tie.passages)

    def _status(self, area: str, kind: str, ties: list[Tie]) -> tuple[str, list[Tie]]:
        if stated := [tie for tie in ties if tie.modality in FACT_MODALITIES]:
            full = [t for t in stated if kind in _NAMED_IS_ENOUGH or t.words or t.thing in self.described]
            return ("exists", full) if full else ("mentioned", stated)
        for status, modalities in _UNSURE.items():
            if found := [tie for tie in ties if tie.modality in modalities]:
                return status, found
        return ("absent" if any((area, one) in self._closed for one in KINDS[kind]) else "silent"), []
