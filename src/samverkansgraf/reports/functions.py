"""What a collection's documents provide for: one finder per function that a cooperation may have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..network.relations import Relation
from ..terms import MODALITIES, SG
from ..texts import Texts
from .forums import ForumLinks, read_forums, triples
from .nodes import Node, read_nodes

FORUMS = (SG.PoliticalForum, SG.OfficialsForum, SG.Network, SG.WorkingGroup, SG.JointBoard, SG.Forum, SG.Cooperation)
OFFICIALS = (SG.OfficialsForum, SG.Network, SG.WorkingGroup)
CHIEFS = ("kommunchef", "kommundirektör", "regiondirektör", "landstingsdirektör")
EDUCATION = ("utbild", "skol", "gymnasi", "lärande")
HEALTH = ("hälso", "hälsa", "sjukvård", "vård", "omsorg", "social", "äldre")
REVIEW = ("aktualitetspröv", "revider", "utvärder", "översyn", "ny bedömning")
SECRETARIAT = ("sekretari", "kansli", "administr")
EXIT = ("tvist", "upphör", "frånträd", "uppsäg", "sägas upp", "avveckl", "utträd")


_MENTIONS = f"""
SELECT ?thing ?passage WHERE {{{{
  {{{{ SELECT DISTINCT ?thing ?passage WHERE {{{{
    {{{{ VALUES ?thing {{{{ {{things}} }}}} GRAPH ?passage {{{{ ?thing ?property ?value }}}} }}}}
    UNION {{{{ VALUES ?thing {{{{ {{things}} }}}} GRAPH ?passage {{{{ ?subject ?property ?thing }}}} }}}}
  }}}} }}}}
  ?passage a <{SG.Passage}> .
}}}}
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that answers a function: words, the surest modality, passages."""

    words: str
    modality: str
    passages: tuple[Passage, ...]


class Functions:
    """Finders over the documents of one collection."""

    def __init__(self, knowledge: Knowledge, texts: Texts, collection: str, related: Sequence[Relation]) -> None:
        self.knowledge, self.texts, self.collection, self.related = knowledge, texts, collection, related

    def all(self) -> dict[str, list[Finding]]:
        """Findings by function, in the order of the report."""
        finders: dict[str, Callable[[], Iterable[Finding]]] = {
            "umbrella": self.umbrella, "political": self.political, "officials": self.officials,
            "education": lambda: self.about(EDUCATION), "health": lambda: self.about(HEALTH),
            "shares": self.shares, "funding": self.funding, "review": self.review, "secretariat": self.secretariat,
            "exit": self.exit, "meetings": self.meetings, "host": self.host,
        }  # fmt: skip
        return {name: list(find()) for name, find in finders.items()}

    @cached_property
    def forums(self) -> dict[str, ForumLinks]:
        """Members and areas of each forum."""
        return read_forums(self.knowledge, self.collection)

    @cached_property
    def nodes(self) -> list[Node]:
        """Every forum and cooperation of the collection."""
        return read_nodes(self.knowledge, *FORUMS, collection=self.collection)

    def label(self, iri: str) -> str:
        """What the report calls *iri*."""
        return self.knowledge.things.label(iri, self.texts.lang)

    def labels(self, iris: Iterable[str]) -> str:
        """Labels in Swedish order, joined by commas."""
        return ", ".join(sorted(map(self.label, iris), key=swedish))

    def named(self, node: Node, words: str = "") -> Finding:
        """A thing by its label (or *words*), with the passages that say what it is."""
        return Finding(words or self.label(node.iri), node.modality, node.passages("type")[:3])

    def said(self, words: str, modality: str, iris: Iterable[str]) -> Finding:
        """A finding with those of the passages *iris* that are of the collection."""
        return Finding(words, modality, self.knowledge.passages(iris, self.collection))

    @cached_property
    def _ranked(self) -> list[Node]:
        """Political forums, else forums of unsaid kind, in no other; by size, then by passages."""
        for kind in (SG.PoliticalForum, SG.Forum):
            found = [node for node in self.nodes if kind in node.values("type")]
            inside = {node.iri for node in found if {one.iri for one in found} & set(node.values("partOf"))}
            if found:
                named = self._mentions(node.iri for node in found)
                order = sorted(found, key=lambda n: (*self._size(n.iri, named[n.iri]), -named[n.iri], n.iri))
                return [node for node in order if node.iri not in inside]
        return []

    def _size(self, forum: str, mentions: int) -> tuple[int, int]:
        """Most kommuner first; then the one most spoken of, or where no kommun sits, most members of any kind."""
        kinds, members = self.knowledge.classes, self.forums[forum].members
        kommuner = sum(SG.Municipality in kinds.get(member, ()) for member in members)
        return -kommuner, -(mentions if kommuner else len(members))

    def _mentions(self, things: Iterable[str]) -> dict[str, int]:
        """Thing → in how many passages of the collection it is named."""
        found: dict[str, set[str]] = {}
        query = _MENTIONS.format(things=" ".join(f"<{one}>" for one in sorted(things)))
        for row in self.knowledge.store.select(query):
            if self.knowledge.passage(row["passage"].value, self.collection):
                found.setdefault(row["thing"].value, set()).add(row["passage"].value)
        return {thing: len(passages) for thing, passages in found.items()}

    def umbrella(self) -> Iterator[Finding]:
        """The political forum that gathers most members; words say so where the text does not call it political."""
        for node in self._ranked[:1]:
            sure = SG.PoliticalForum in node.values("type")
            yield self.named(node, "" if sure else self.texts("compare.unsaid_kind", name=self.label(node.iri)))

    def political(self) -> Iterator[Finding]:
        """The other political forums."""
        yield from (self.named(node) for node in self._ranked[1:] if SG.PoliticalForum in node.values("type"))

    def officials(self) -> Iterator[Finding]:
        """Forums of officials for the chief officials of kommuner and region."""
        for node in self.nodes:
            own = {group for link in self.forums[node.iri].members.values() for group in link.through}
            names = [node.iri, *own, *self.forums[node.iri].members]
            if set(OFFICIALS) & set(node.values("type")) and _has(map(self._name, names), CHIEFS):
                yield self.named(node)

    def _name(self, iri: str) -> str:
        return self.knowledge.things.label(iri, "sv")

    def about(self, stems: tuple[str, ...]) -> list[Finding]:
        """Forums whose name or area has one of *stems*; where there is none, areas."""
        found = []
        for node in self.nodes:
            areas = self.forums[node.iri].areas
            hit = [area for area in areas if _has([self._name(area)], stems)]
            if hit or _has([self._name(node.iri)], stems):
                iris = {p.iri for p in node.passages("type")[:1]}.union(*(areas[area].passages for area in hit))
                links = [areas[area].modality for area in hit] if not _has([self._name(node.iri)], stems) else []
                found.append(self.said(self.label(node.iri), max([node.modality, *links], key=MODALITIES.index), iris))
        kinds = (SG.CooperationArea, SG.Priority, SG.FocusArea, SG.Topic, SG.Goal)
        areas_only = [] if found else read_nodes(self.knowledge, *kinds, collection=self.collection)
        hits = (node for node in areas_only if _has([self._name(node.iri)], stems))
        return found or [self.named(node, self.texts("compare.area", name=self.label(node.iri))) for node in hits]

    def shares(self) -> Iterator[Finding]:
        """Cost shares as printed, and keys that costs are divided by."""
        for node in read_nodes(self.knowledge, SG.base + "CostShare", collection=self.collection):
            words = self.texts(
                "compare.share",
                share=node.first("printed") or node.first("share"),
                who=self.labels(node.values("payer")),
            )
            yield Finding(words, node.modality, node.passages("share", "payer"))
        keys: dict[str, list[tuple[str, str]]] = {}
        for said in triples(self.knowledge, SG.base + "allocationKey", collection=self.collection):
            keys.setdefault(said.value, []).append((said.modality, said.passage))
        for key, found in keys.items():
            words = self.texts("compare.key_of", name=self.label(key))
            yield self.said(words, min((m for m, _ in found), key=MODALITIES.index), [p for _, p in found])

    def funding(self) -> Iterator[Finding]:
        """Forms of funding."""
        yield from (self.named(node) for node in read_nodes(self.knowledge, SG.FundingForm, collection=self.collection))

    def review(self) -> Iterator[Finding]:
        """Years of review, evaluations, and clauses on revising."""
        for said in triples(self.knowledge, SG.base + "reviewedIn", collection=self.collection):
            yield self.said(self.texts("compare.reviewed", when=said.value), said.modality, [said.passage])
        for node in read_nodes(self.knowledge, SG.base + "Evaluation", collection=self.collection):
            if node.iri in self.knowledge.things.namings:
                yield self.named(node)
        yield from self._clauses(REVIEW)

    def exit(self) -> Iterator[Finding]:
        """Clauses on disputes, leaving and ending."""
        yield from self._clauses(EXIT)

    def _clauses(self, stems: tuple[str, ...]) -> Iterator[Finding]:
        for node in read_nodes(self.knowledge, SG.Clause, collection=self.collection):
            words = node.values("label", "prefLabel", "matter", "condition")
            if _has(words, stems):
                shown = node.values("matter", "condition") or words
                yield Finding("; ".join(shown[:2]), node.modality, node.passages())

    def _relations(self, verb: str) -> Iterator[tuple[Relation, tuple[Passage, ...]]]:
        """Relations of one verb that the collection's passages state, with these passages."""
        for one in self.related:
            if one.verb == verb and (passages := self.knowledge.passages(one.passages, self.collection)):
                yield one, passages

    def secretariat(self) -> Iterator[Finding]:
        """Offices, who administers what, and assignments of secretariat."""
        for node in read_nodes(self.knowledge, SG.base + "Office", collection=self.collection):
            yield self.named(node)
        for one, passages in self._relations(SG.administers):
            words = self.texts("compare.administers", who=self.labels(one.source), what=self.labels(one.target))
            yield Finding(words, one.modality, passages)
        for node in read_nodes(self.knowledge, SG.Assignment, collection=self.collection):
            if _has([self._name(node.iri)], SECRETARIAT):
                yield Finding(self.label(node.iri), node.modality, node.passages("type"))

    def meetings(self) -> Iterator[Finding]:
        """Meetings per year of each forum."""
        for key in ("meetingsPerYear", "minMeetingsPerYear"):
            found: dict[tuple[str, str, str], list[str]] = {}
            for said in triples(self.knowledge, SG.base + key, collection=self.collection):
                found.setdefault((said.subject, said.value, said.modality), []).append(said.passage)
            for (forum, number, modality), passages in found.items():
                yield self.said(self.texts(f"compare.{key}", name=self.label(forum), n=number), modality, passages)

    def host(self) -> Iterator[Finding]:
        """Permanent hosts, and those that the host's place rotates among."""
        for one, passages in self._relations(SG.hosts):
            words = self.texts("compare.hosts", who=self.labels(one.source), what=self.labels(one.target))
            yield Finding(words, one.modality, passages)
        terms = read_nodes(self.knowledge, SG.HostTerm, collection=self.collection)
        if terms:
            hosts = {host for term in terms for host in term.values("host")}
            passages = tuple(sorted({p for term in terms for p in term.passages("host")}))
            yield Finding(self.texts("compare.rotates", names=self.labels(hosts)), terms[0].modality, passages)


def _has(words: Iterable[str], stems: tuple[str, ...]) -> bool:
    return any(stem in word.casefold() for word in words for stem in stems)
