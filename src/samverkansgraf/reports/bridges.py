"""Who holds the structure together, and what breaks if one of them leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..network.bridging import Cuts, cuts
from ..terms import MODALITIES, SG
from ..texts import Texts
from . import wording
from .leaving import leaving
from .nodes import read_nodes
from .structure import Structure, read_structure
from .table import Column, Report, Row, Table, columns

MOST_EXACT = 2_500
SAMPLE = 100
SEED = 20230101
MOST_ROWS = 20
MOST_READ = 400
"""Bodies whose evidence is looked up before equal rows are joined."""
NAMED = 6


def bridges(knowledge: Knowledge, texts: Texts, *, collection: str | None = None, without: str | None = None) -> Report:
    """Articulation points, betweenness and load of every body; with *without* (an IRI), what breaks if that leaves.

    Three tables of at most twenty rows each: bodies without which others come loose, those that come loose counted, the
    most first; bodies on most shortest paths (exact to 2 500 bodies, above that from a seeded sample); bodies with most
    forums, bodies informed and tasks. A post counts as its body, a group with listed members as they.
    """
    if without is not None:
        return leaving(knowledge, texts, read_structure(knowledge, collection), without, collection)
    page = _Page(knowledge, texts, collection)
    return page.report([page.points(), page.between(), page.load()] if page.structure.ties else [])


def bridges_in_short(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """The answer of `bridges` without its tables."""
    return _Page(knowledge, texts, collection).report([])


def betweenness(ties: dict[str, dict[str, object]]) -> tuple[dict[str, float], bool]:
    """Share of shortest paths between two others that pass each body, and whether every path was counted.

    Rounded where floating point ends, so that another backend of NetworkX (``NETWORKX_BACKEND_PRIORITY=rustworkx``)
    gives the same order.
    """
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(sorted(ties))
    graph.add_edges_from((one, other) for one in sorted(ties) for other in sorted(ties[one]))
    exact = len(ties) <= MOST_EXACT
    shares = nx.betweenness_centrality(graph, k=None if exact else SAMPLE, seed=SEED)
    return {body: round(share, 12) for body, share in shares.items()}, exact


class _Page:
    """Rows of the report in one language."""

    def __init__(self, knowledge: Knowledge, texts: Texts, collection: str | None) -> None:
        self.knowledge, self.texts, self.collection = knowledge, texts, collection
        self.structure: Structure = read_structure(knowledge, collection)
        self.cuts: Cuts = cuts(self.structure.ties)
        self.shares, self.exact = betweenness(self.structure.ties)  # type: ignore[arg-type]
        self.notes = [texts("bridges.point_note"), texts("bridges.between_note"), texts("bridges.load_note")]
        self.notes += [] if self.exact else [texts("bridges.sampled", sample=SAMPLE, seed=SEED, most=MOST_EXACT)]
        self.notes += [texts("bridges.counted")]

    def report(self, tables: list[Table]) -> Report:
        """The report with *tables*."""
        knowledge, texts, ties = self.knowledge, self.texts, self.structure.ties
        tied = texts.count("tie", sum(map(len, ties.values())) // 2)
        answer, examined = self.answer(), f"{texts.count('body', len(ties))}, {tied}"
        notes = self.notes if ties else []
        return wording.report("bridges", answer, examined, tables, notes, knowledge=knowledge, texts=texts)

    @cached_property
    def held(self) -> list[str]:
        """Bodies without which others come loose, the most first."""
        return sorted(
            filter(self.actor, self.cuts.parts), key=lambda one: (-self.loose(one), swedish(self.name(one)), one)
        )

    @cached_property
    def busiest(self) -> list[str]:
        """Bodies on shortest paths, the most first."""
        on_paths = (one for one, share in self.shares.items() if share > 0 and self.actor(one))
        return sorted(on_paths, key=lambda one: (-self.shares[one], swedish(self.name(one)), one))

    @cached_property
    def certain(self) -> Collection[str]:
        """Bodies without which others come loose by what is stated or inferred alone."""
        return cuts(self.structure.certain()).parts.keys()

    def name(self, iri: str) -> str:
        return self.knowledge.things.label(iri, self.texts.lang)

    def actor(self, iri: str) -> bool:
        """Whether *iri* is one that can leave: not a group that is only a list of others."""
        return iri not in self.structure.groups

    def table(self, name: str, heads: tuple[Column, ...], rows: list[tuple[float, str, Row]]) -> Table:
        """The first rows by number, most first, then by name; a note when there are more."""
        rows = self.joined(sorted(rows, key=lambda row: (-row[0], swedish(self.name(row[1])), row[1])))
        if len(rows) > MOST_ROWS:
            self.notes.append(
                self.texts("bridges.first", table=self.texts(f"bridges.{name}"), most=MOST_ROWS, all=len(rows))
            )
        return Table(self.texts(f"bridges.{name}"), heads, tuple(row for _, _, row in rows[:MOST_ROWS]))

    def joined(self, rows: list[tuple[float, str, Row]]) -> list[tuple[float, str, Row]]:
        """Rows that differ in nothing but the name in one, with the names together."""
        found: dict[tuple[object, ...], list[tuple[float, str, Row]]] = {}
        for ranked in rows:
            row = ranked[2]
            found.setdefault((ranked[0], row.cells[1:], row.modality, row.evidence), []).append(ranked)
        joined = []
        for same in found.values():
            number, one, row = same[0]
            names = self.names([one for _, one, _ in same])
            joined.append((number, one, Row((names, *row.cells[1:]), row.modality, row.derived, row.evidence)))
        return joined

    def names(self, iris: Iterable[str]) -> str:
        listed = sorted(map(self.name, iris), key=swedish)
        more = [self.texts("overlap.more", n=len(listed) - NAMED)] if len(listed) > NAMED else []
        return wording.enumerated([*listed[: NAMED if more else None], *more], self.texts)

    def passages(self, iris: Iterable[str]) -> tuple[Passage, ...]:
        return self.knowledge.passages(iris, self.collection)

    def points(self) -> Table:
        """One row per articulation point."""
        rows = [
            (float(self.loose(one)), one, self._point(one) if place < MOST_ROWS else Row((one,)))
            for place, one in enumerate(self.held)
        ]
        heads = (
            Column("body", self.texts("bridges.body")),
            Column("loose", self.texts("bridges.loose"), "integer", "bodies"),
            Column("parts", self.texts("bridges.parts"), "integer"),
            Column("who", self.texts("bridges.who")),
        )
        return self.table("points", heads, rows)

    def loose(self, one: str) -> int:
        """How many bodies come loose without *one*."""
        return sum(map(len, self.cuts.parts[one]))

    def _point(self, one: str) -> Row:
        parts = self.cuts.parts[one]
        cut = [node for part in parts for node in self.cuts.nodes(part)]
        own = self.structure.ties[one]
        ties = [own[node] for node in cut if node in own]
        modality = "stated" if one in self.certain else max((tie.modality for tie in ties), key=MODALITIES.index)
        evidence = self.passages(passage for tie in ties for passage in tie.passages)
        return Row((self.name(one), len(cut), len(parts), self.names(cut)), modality, derived=True, evidence=evidence)

    def between(self) -> Table:
        """One row per body that lies on shortest paths between others."""
        rows = []
        for place, one in enumerate(self.busiest):
            ties = self.structure.ties[one].values()
            cells = (self.name(one), self.percent(self.shares[one]), len(ties))
            evidence = self.passages(min(tie.passages, default="") for tie in ties) if place < MOST_READ else ()
            rows.append(
                (
                    self.shares[one],
                    one,
                    Row(cells, max((t.modality for t in ties), key=MODALITIES.index), derived=True, evidence=evidence),
                )
            )
        heads = (
            Column("body", self.texts("bridges.body")),
            Column("share", self.texts("bridges.share" if self.exact else "bridges.estimate")),
            Column("ties", self.texts("bridges.ties"), "integer", "bodies"),
        )
        return self.table("between", heads, rows)

    def percent(self, share: float) -> str:
        return self.texts("bridges.percent", n=f"{100 * share:.1f}".replace(".", self.texts("common.decimal")))

    def load(self) -> Table:
        """One row per body that is in forums, informs bodies or has tasks."""
        counted, said = self._counted()
        rows = []
        for one in filter(self.actor, sorted(counted)):
            numbers = [len(counted[one].get(key, ())) for key in ("forums", "informs", "tasks")]
            passages = self.knowledge.passages(said[one], self.collection) if sum(numbers) > 1 else ()
            modality = max((p.modality for p in passages), key=MODALITIES.index, default="stated")
            if passages:
                rows.append(
                    (
                        float(sum(numbers)),
                        one,
                        Row((self.name(one), *numbers, sum(numbers)), modality, derived=True, evidence=passages),
                    )
                )
        keys = ("forums", "informs", "tasks", "sum")
        heads = (
            *columns(("body", self.texts("bridges.body"))),
            *(Column(k, self.texts(f"bridges.{k}"), "integer") for k in keys),
        )
        return self.table("load", heads, rows)

    def _counted(self) -> tuple[dict[str, dict[str, set[str]]], dict[str, set[str]]]:
        """Body → forums it is in, bodies it informs, tasks it has; and the passages that say so."""
        counted: dict[str, dict[str, set[str]]] = {}
        said: dict[str, set[str]] = {}
        for body, key, other, passages in self._carried():
            counted.setdefault(body, {}).setdefault(key, set()).add(other)
            said.setdefault(body, set()).update(passages)
        return counted, said

    def _carried(self) -> Iterator[tuple[str, str, str, Iterable[str]]]:
        """(body, kind of load, what it carries, passages)."""
        bodies = self.structure.bodies
        for forum, links in self.structure.forums.items():
            for member, link in links.members.items():
                yield from ((body, "forums", forum, link.passages) for body in bodies([member]))
        for one in self.structure.relations:
            if one.verb == SG.informs:
                for other in bodies(one.target):
                    yield from ((body, "informs", other, one.passages) for body in bodies(one.source))
        keys = ("assignedTo", "responsible")
        for task in read_nodes(self.knowledge, SG.Assignment, collection=self.collection, keys=keys):
            passages = [passage.iri for passage in task.passages("assignedTo", "responsible")]
            for body in bodies(task.values("assignedTo", "responsible")):
                yield body, "tasks", task.iri, passages

    def answer(self) -> str:
        """The first of each kind in one sentence."""
        texts, first, busiest = self.texts, "", ""
        place = wording.where(self.knowledge, self.collection, texts)
        if not self.structure.ties:
            return texts("bridges.none", where=place)
        if self.held:
            held = self.held[0]
            first = texts("bridges.most", name=self.name(held), n=texts.count("body", self.loose(held)))
        if self.busiest:
            body = self.busiest[0]
            key = "same" if [body] == self.held[:1] else "busiest"
            busiest = texts(f"bridges.{key}", name=self.name(body), share=self.percent(self.shares[body]))
        points = texts.count("body", len(self.held))
        key = "answer" if self.held else "answer_none"
        return texts(f"bridges.{key}", where=place, points=points, most=first, busiest=busiest)
