"""Which forums have nearly the same members and the same areas, and might be one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from ..collation import swedish
from ..errors import QueryError
from ..evidence import Passage
from ..knowledge import Knowledge
from ..network.similarity import jaccard, near_pairs
from ..terms import SG
from ..texts import Texts
from . import wording
from .forums import ForumLinks, Link, least_sure, read_forums, triples
from .table import Report, Row, Table, columns

NAMED = 8
"""Names a cell lists before it counts the rest."""
MOST_ALIKE = 12
"""Forums with the same members and the same areas whose pairs are all listed; more are named in one row."""


@dataclass(slots=True)
class Likeness:
    """Forums with their sets of members and areas, and pairs of these sets that are near."""

    forums: dict[str, ForumLinks]
    threshold: float
    members: dict[str, frozenset[str]] = field(init=False)
    areas: dict[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.members = {forum: frozenset(links.members) for forum, links in self.forums.items()}
        self.areas = {forum: frozenset(links.areas) for forum, links in self.forums.items()}

    def classes(self, sets: dict[str, frozenset[str]], least: int = 1) -> dict[frozenset[str], list[str]]:
        """Forums by their set, sets of at least *least*."""
        found: dict[frozenset[str], list[str]] = {}
        for forum in sorted(sets):
            if len(sets[forum]) >= least:
                found.setdefault(sets[forum], []).append(forum)
        return found

    def near(self, sets: dict[str, frozenset[str]]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
        """Pairs of different sets that are near, each once."""
        different = sorted(self.classes(sets), key=lambda one: (len(one), sorted(one)))
        for one, other, _ in near_pairs(different, self.threshold):
            yield different[one], different[other]

    def on_topic(self) -> Iterator[tuple[str, str]]:
        """Pairs of forums whose areas are near; from a large class of the same areas and members only one stands in."""
        by_areas = self.classes(self.areas)
        for same in by_areas.values():
            yield from combinations(self._standing_in(same), 2)
        for one, other in self.near(self.areas):
            for a in self._standing_in(by_areas[one]):
                yield from ((a, b) for b in self._standing_in(by_areas[other]))

    def _standing_in(self, same: list[str]) -> list[str]:
        kept: dict[frozenset[str], list[str]] = {}
        for forum in same:
            kept.setdefault(self.members[forum], []).append(forum)
        return sorted(one for group in kept.values() for one in (group if len(group) <= MOST_ALIKE else group[:1]))

    def figures(self, one: str, other: str) -> tuple[float | None, float | None]:
        """Jaccard index of members and of areas; nothing where one of them has none."""
        return jaccard(self.members[one], self.members[other]), jaccard(self.areas[one], self.areas[other])


def overlap(knowledge: Knowledge, texts: Texts, *, collection: str | None = None, threshold: float = 0.5) -> Report:
    """Forums, cooperations and joint boards that are alike: Jaccard index of members and of areas.

    First pairs whose members and areas are both at least *threshold* (above 0, at most 1) alike, one row per pair, the
    most alike first; then forums with the very same members, one row per set; then pairs of sets of members that are
    nearly the same; then pairs with the same areas and other members. What is in one another is no candidate.
    """
    if not 0 < threshold <= 1:
        raise QueryError(f"threshold={threshold:g} is not allowed; it lies above 0 and at most at 1, for example 0.5.")
    forums = read_forums(knowledge, collection)
    alike = Likeness(forums, threshold)
    page = _Page(knowledge, texts, alike, collection)
    nested = page.nested
    pairs = sorted(set(alike.on_topic()), key=page.order)
    sure = [pair for pair in pairs if (alike.figures(*pair)[0] or 0) >= threshold and not nested & {pair, pair[::-1]}]
    rest = [pair for pair in pairs if pair not in set(sure)]
    tables = [
        page.pairs("candidates", sure), page.twins(), page.near_sets(), page.pairs("topic", rest),
    ]  # fmt: skip
    place = wording.where(knowledge, collection, texts)
    told = {"members": sum(map(bool, alike.members.values())), "areas": sum(map(bool, alike.areas.values()))}
    examined = texts("overlap.examined", forums=texts.count("forum", len(forums)), **told)
    notes = (
        [texts("overlap.key", percent=round(threshold * 100)), texts("overlap.counted")]
        if any(t.rows for t in tables)
        else []
    )
    answer = page.answer(sure, tables[1], place) if forums else texts("overlap.none", where=place)
    return wording.report("overlap", answer, examined, tables, notes, knowledge=knowledge, texts=texts)


class _Page:
    """Rows of the report in one language."""

    def __init__(self, knowledge: Knowledge, texts: Texts, alike: Likeness, collection: str | None) -> None:
        self.knowledge, self.texts, self.alike, self.collection = knowledge, texts, alike, collection
        inside = triples(knowledge, SG.partOf, collection=collection)
        self.nested = {
            (said.subject, said.value) for said in inside if {said.subject, said.value} <= alike.forums.keys()
        }

    def name(self, iri: str) -> str:
        return self.knowledge.things.label(iri, self.texts.lang)

    def names(self, iris: Iterable[str], most: int = NAMED) -> str:
        listed = sorted(map(self.name, iris), key=swedish)
        more = [self.texts("overlap.more", n=len(listed) - most)] if len(listed) > most else []
        return wording.enumerated([*listed[: most if more else None], *more], self.texts)

    def order(self, pair: tuple[str, str]) -> tuple[object, ...]:
        """The most alike first, then names."""
        members, areas = self.alike.figures(*pair)
        return -((members or 0) + (areas or 0)), tuple(swedish(self.name(one)) for one in pair), pair

    def figure(self, one: frozenset[str], other: frozenset[str]) -> str:
        """``50 % (2 av 4)``: shared of all; *inte nämnt* where one side has none."""
        share = jaccard(one, other)
        if share is None:
            return self.texts("overlap.unsaid")
        return self.texts("overlap.figure", percent=round(share * 100), shared=len(one & other), all=len(one | other))

    def pairs(self, title: str, pairs: Sequence[tuple[str, str]]) -> Table:
        """One row per pair with both figures."""
        keys = ("first", "second", "members", "areas", "shared", "different")
        heads = columns(*((key, self.texts(f"overlap.{key}")) for key in keys))
        return Table(self.texts(f"overlap.{title}"), heads, tuple(self._pair(*pair) for pair in pairs))

    def _pair(self, one: str, other: str) -> Row:
        sets = [(self.alike.members[one], self.alike.members[other]), (self.alike.areas[one], self.alike.areas[other])]
        links = self.alike.forums[one], self.alike.forums[other]
        figures = [self.figure(*pair) for pair in sets]
        shared = [self.names(a & b) for a, b in sets if a & b]
        apart = self._apart(one, other, sets)
        used = [link for side in links for link in (*side.members.values(), *side.areas.values())]
        cells = (self.name(one), self.name(other), *figures, "; ".join(shared), apart)
        return Row(cells, least_sure(used), derived=True, evidence=self._passages(used))

    def _apart(self, one: str, other: str, sets: Sequence[tuple[frozenset[str], frozenset[str]]]) -> str:
        parts = []
        for first, second in sets:
            for side, own in (("first", first - second), ("second", second - first)):
                if own and first and second:
                    parts.append(self.texts(f"overlap.only_{side}", names=self.names(own)))
        for inner, outer in ((one, other), (other, one)):
            if (inner, outer) in self.nested:
                parts.append(self.texts("overlap.nested", inner=self.name(inner), outer=self.name(outer)))
        return "; ".join(parts)

    def _passages(self, links: Iterable[Link]) -> tuple[Passage, ...]:
        return self.knowledge.passages((one for link in links for one in link.passages), self.collection)

    def twins(self) -> Table:
        """One row per set of at least two members that several forums have."""
        same = [
            (members, forums)
            for members, forums in self.alike.classes(self.alike.members, 2).items()
            if len(forums) > 1
        ]
        rows = [self._twins(members, forums) for members, forums in same]
        rows.sort(key=lambda row: (-int(row.cells[1] or 0), swedish(str(row.cells[0]))))
        heads = columns(*((key, self.texts(f"overlap.{key}")) for key in ("forums", "count", "who", "about")))
        return Table(self.texts("overlap.twins"), heads, tuple(rows))

    def _twins(self, members: frozenset[str], forums: list[str]) -> Row:
        links = [link for forum in forums for link in self.alike.forums[forum].members.values()]
        listed = sorted((self._through(forum) for forum in forums), key=swedish)
        more = [self.texts("overlap.more", n=len(listed) - MOST_ALIKE)] if len(listed) > MOST_ALIKE else []
        shown = wording.enumerated([*listed[: MOST_ALIKE if more else None], *more], self.texts)
        cells = (shown, len(members), self.names(members), self._about(forums))
        return Row(cells, least_sure(links), derived=True, evidence=self._passages(links))

    def _through(self, forum: str) -> str:
        """A forum, and the group of people through which its members are in it."""
        groups = {group for link in self.alike.forums[forum].members.values() for group in link.through}
        return (
            self.texts("overlap.through", name=self.name(forum), groups=self.names(groups))
            if groups
            else self.name(forum)
        )

    def _about(self, forums: list[str]) -> str:
        """Whether forums with the same members are said to concern the same."""
        sets = [self.alike.areas[forum] for forum in forums]
        told = [one for one in sets if one]
        if len(told) < 2:
            return self.texts("overlap.unsaid")
        common = frozenset.intersection(*told)
        if len(set(sets)) == 1:
            return self.texts("overlap.same")
        return self.texts("overlap.common", names=self.names(common)) if common else self.texts("overlap.other")

    def near_sets(self) -> Table:
        """One row per pair of different sets of members that are near, forums of each side in one cell."""
        by_members = self.alike.classes(self.alike.members, 2)
        rows = []
        for one, other in self.alike.near({forums[0]: members for members, forums in by_members.items()}):
            sides = by_members[one], by_members[other]
            apart = {"first": one - other, "second": other - one}
            parts = [self.texts(f"overlap.only_{side}", names=self.names(own)) for side, own in apart.items() if own]
            links = [link for side in sides for forum in side for link in self.alike.forums[forum].members.values()]
            cells = (
                self.names(sides[0]),
                self.names(sides[1]),
                self.figure(one, other),
                self.names(one & other),
                "; ".join(parts),
            )
            rows.append(
                (
                    -(jaccard(one, other) or 0),
                    Row(cells, least_sure(links), derived=True, evidence=self._passages(links)),
                )
            )
        keys = ("first", "second", "members", "shared", "different")
        heads = columns(*((key, self.texts(f"overlap.{key}")) for key in keys))
        ordered = sorted(rows, key=lambda pair: (pair[0], swedish(str(pair[1].cells[0])), str(pair[1].cells)))
        return Table(self.texts("overlap.near"), heads, tuple(row for _, row in ordered))

    def answer(self, sure: Sequence[tuple[str, str]], twins: Table, place: str) -> str:
        names = wording.enumerated(
            [self.texts("overlap.pair", a=self.name(a), b=self.name(b)) for a, b in sure[:3]], self.texts
        )
        found = (
            self.texts("overlap.found", pairs=self.texts.count("pair", len(sure)), names=names)
            if sure
            else self.texts("overlap.found_none")
        )
        twin = sum(len(forums) for forums in self.alike.classes(self.alike.members, 2).values() if len(forums) > 1)
        same = self.texts(
            "overlap.some_twins", forums=self.texts.count("forum", twin), sets=self.texts.count("set", len(twins.rows))
        )
        return self.texts(
            "overlap.answer", where=place, found=found, twins=same if twin else self.texts("overlap.no_twins")
        )
