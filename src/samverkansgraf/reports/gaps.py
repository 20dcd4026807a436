"""What is missing, left open or only mentioned: areas without forum or responsible body, bodies without composition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import ORG, SG, local_name
from ..texts import Texts
from . import wording
from .coverage import KINDS, STATUSES, Coverage, Finding
from .expected import expectations, expected_of
from .forums import how_many
from .kommun_areas import kommun_areas
from .table import Report, Row, Table, columns

COMPOSITION = ("seats", "minSeats", "maxSeats", "members", "hasMember", "Chair", "appointedBy", "isAppointedBy", "size")
SPOKEN = 3
"""Names that the answer says; more are only counted, and stand in the table."""
_OPEN = f"""
SELECT ?passage ?modality ?thing ?what WHERE {{
  ?passage a <{SG.Passage}> ; <{SG.modality}> ?modality .
  GRAPH ?passage {{ ?thing <{SG.leavesOpen}> ?what }}
}}
"""
_SEATS_OF = f"SELECT ?node ?forum WHERE {{ ?node <{SG.forum}> ?forum }}"


def gaps(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Area × (network, delegation, working group, project, responsible, law, money, review) with a status.

    Areas are cooperation areas, priorities and focus areas that any passage names, in the order of the documents. A
    link of a narrower topic counts for its area. Status *saknas* only where a denied passage or a closed list says so.
    Then what the workspace expects and the texts do not give (`expected.expectations`), kommun × area by collection,
    and bodies whose composition is open.
    """
    page = _Page(knowledge, texts, collection)
    crossed = kommun_areas(page.coverage, texts)
    two = columns(("body", texts("gaps.body")), ("status", texts("gaps.status")), ("missing", texts("gaps.missing")))
    notes = [
        texts("gaps.key"),
        texts("gaps.rests") if page.areas else "",
        texts("gaps.counts") if any(table.rows for table, _ in crossed) else "",
    ]
    return page.report(
        [page.matrix(), _not_found(knowledge, texts, page.wanted, page.areas),
         _detail(page.coverage, texts, page.findings), *(table for table, _ in crossed),
         Table(texts("gaps.bodies"), two, tuple(page.bodies))],
        [*notes, *(note for _, note in crossed)] if page.findings or page.bodies else [],
    )  # fmt: skip


def gaps_in_short(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """The answer of `gaps` with the table of areas alone."""
    page = _Page(knowledge, texts, collection)
    return page.report([page.matrix()], [])


class _Page:
    """What is found, in one language."""

    def __init__(self, knowledge: Knowledge, texts: Texts, collection: str | None) -> None:
        self.knowledge, self.texts, self.collection = knowledge, texts, collection
        self.coverage = Coverage(knowledge, collection)
        self.areas = self.coverage.areas()
        self.findings = [self.coverage.find(area, kind) for area in self.areas for kind in KINDS]
        self.wanted = _wanted(knowledge, self.findings)
        self.bodies, self.examined_bodies = _bodies(knowledge, texts, collection)

    def matrix(self) -> Table:
        """The table of areas."""
        return _matrix(self.knowledge, self.texts, self.findings, self.areas)

    def report(self, tables: list[Table], notes: list[str]) -> Report:
        """The report with *tables* and *notes*."""
        knowledge, texts = self.knowledge, self.texts
        counted = [("area", len(self.areas)), ("cell", len(self.findings)), ("body", self.examined_bodies)]
        counted += [("expectation", len(self.wanted))] if self.wanted else []
        answer = _answer(knowledge, texts, self.collection, self.findings, self.wanted, self.bodies)
        examined = ", ".join(texts.count(noun, number) for noun, number in counted)
        return wording.report("gaps", answer, examined, tables, notes, knowledge=knowledge, texts=texts)


def _wanted(knowledge: Knowledge, findings: list[Finding]) -> list[Finding]:
    """Findings on what the workspace expects."""
    table = expectations(knowledge.workspace)
    classes = knowledge.classes
    return [one for one in findings if one.kind in expected_of(classes.get(one.area, frozenset()), table)]


def _matrix(
    knowledge: Knowledge, texts: Texts, findings: list[Finding], areas: dict[str, tuple[Passage, ...]]
) -> Table:
    """One row per area, one column per kind; where texts are silent the evidence is the passage that names the area."""
    heads = columns(("area", texts("gaps.area")), *((kind, texts(f"gaps.head_{kind}")) for kind in KINDS))
    rows = []
    for start in range(0, len(findings), len(KINDS)):
        own = findings[start : start + len(KINDS)]
        cells = (knowledge.things.label(own[0].area, texts.lang), *(texts(f"gaps.status_{one.status}") for one in own))
        found = tuple(sorted({passage for one in own for passage in one.passages}))
        rows.append(Row(cells, "", evidence=found or areas[own[0].area][:1]))
    return Table(texts("gaps.areas"), heads, tuple(rows))


def _detail(coverage: Coverage, texts: Texts, findings: list[Finding]) -> Table:
    """One row per area and kind that a passage speaks of."""
    heads = columns(*((key, texts(f"gaps.{key}")) for key in ("area", "kind", "status", "through")))
    rows = []
    for one in (found for found in findings if found.passages):
        words = sorted({tie.words for tie in one.ties if tie.words}, key=swedish)
        through = ", ".join([*wording.labels(coverage.knowledge, coverage.bodies(one), texts), *words])
        cells = (*_cells(coverage.knowledge, texts, one), through)
        rows.append(Row(cells, one.modality or "stated", evidence=one.passages))
    return Table(texts("gaps.detail"), heads, tuple(rows))


def _cells(knowledge: Knowledge, texts: Texts, one: Finding) -> tuple[str, str, str]:
    label = knowledge.things.label(one.area, texts.lang)
    return label, texts(f"gaps.kind_{one.kind}"), texts(f"gaps.status_{one.status}")


def _not_found(
    knowledge: Knowledge, texts: Texts, wanted: list[Finding], areas: dict[str, tuple[Passage, ...]]
) -> Table:
    """What is expected and not described; where texts are silent the evidence is the passage that names the area."""
    heads = columns(*((key, texts(f"gaps.{key}")) for key in ("area", "wanted", "status")))
    rows = (
        Row(_cells(knowledge, texts, one), one.modality, derived=not one.passages,
            evidence=one.passages or areas[one.area][:1])
        for one in wanted if one.status != "exists"
    )  # fmt: skip
    return Table(texts("gaps.not_found"), heads, tuple(rows))


def _bodies(knowledge: Knowledge, texts: Texts, collection: str | None) -> tuple[list[Row], int]:
    """Rows of forums and bodies whose composition is open, and how many were examined."""
    forum_of = {row["node"].value: row["forum"].value for row in knowledge.store.select(_SEATS_OF)}
    open_of: dict[str, dict[str, list[Passage]]] = {}
    for thing, what, passages in _left_open(knowledge, collection):
        if what in COMPOSITION:
            open_of.setdefault(forum_of.get(thing, thing), {}).setdefault(what, []).extend(passages)
    bodies = knowledge.instances(SG.Forum, SG.Body)
    rows = []
    for body in sorted(open_of.keys() & bodies, key=lambda iri: (swedish(knowledge.things.label(iri)), iri)):
        missing = sorted({_what(knowledge, one, texts) for one in open_of[body]}, key=swedish)
        found = sorted({passage for passages in open_of[body].values() for passage in passages})
        cells = (knowledge.things.long(body, texts.lang), texts("gaps.status_open"), ", ".join(missing))
        rows.append(Row(cells, found[0].modality, evidence=tuple(found)))
    return rows, how_many(knowledge, bodies, collection)


def _left_open(knowledge: Knowledge, collection: str | None) -> Iterator[tuple[str, str, tuple[Passage, ...]]]:
    for row in knowledge.store.select(_OPEN):
        if passages := knowledge.passages([row["passage"].value], collection):
            yield row["thing"].value, local_name(row["what"].value), passages


def _what(knowledge: Knowledge, what: str, texts: Texts) -> str:
    what = "seats" if what == "members" else what
    iri = ORG.base + what if what == "hasMember" else SG.base + what
    return knowledge.things.label(iri, texts.lang)


def _answer(
    knowledge: Knowledge, texts: Texts, collection: str | None, findings: list[Finding], wanted: list[Finding],
    bodies: list[Row],
) -> str:  # fmt: skip
    """One sentence: what areas have, where texts are silent or answer no, what is expected, which bodies are open."""
    names = wording.enumerated((str(row.cells[0]) for row in bodies), texts)
    key = "open_none" if not bodies else "open" if len(bodies) <= SPOKEN else "open_many"
    opened = texts(f"gaps.{key}", bodies=texts.count("body", len(bodies)), names=names)
    place = wording.where(knowledge, collection, texts)
    if not findings:
        return texts("gaps.none_open", where=place, open=opened) if bodies else texts("gaps.none", where=place)
    shown = Counter(one.kind for one in findings if one.status == "exists")
    kinds = {kind: texts(f"gaps.with_{kind}") for kind in ("network", "delegation", "responsible")}
    given = wording.enumerated((f"{shown[kind]} {name}" for kind, name in kinds.items() if shown[kind]), texts)
    missed = wording.enumerated((name for kind, name in kinds.items() if not shown[kind]), texts, word="or")
    return texts(
        "gaps.answer" if given else "gaps.answer_none",
        areas=texts.count("area", len(findings) // len(KINDS)), where=place, given=given, names=missed,
        lacking=texts("gaps.lacking", names=missed) if missed else "", silence=_silence(texts, findings),
        expected=_unmet(texts, wanted), open=opened,
    )  # fmt: skip


def _silence(texts: Texts, findings: list[Finding]) -> str:
    """Of how many questions texts are silent (*inte nämnt*), and of how many they say that there is none (*saknas*)."""
    counts, every = Counter(one.status for one in findings), texts.count("cell", len(findings))
    silent = texts("gaps.silent", n=counts["silent"], all=every) if counts["silent"] else ""
    absent = texts("gaps.absent", n=counts["absent"], all=every) if counts["absent"] else texts("gaps.absent_none")
    clauses = wording.enumerated(filter(None, (silent, absent)), texts)
    return texts("gaps.silence", clauses=clauses) if counts["silent"] or counts["absent"] else ""


def _unmet(texts: Texts, wanted: list[Finding]) -> str:
    """How many of the expectations are not met, by status; nothing where nothing is expected."""
    unmet = Counter(one.status for one in wanted if one.status != "exists")
    if not wanted:
        return ""
    if not unmet:
        return texts("gaps.all_met", number=len(wanted))
    said = [f"{unmet[status]} {texts(f'gaps.status_{status}')}" for status in STATUSES if unmet[status]]
    total = texts.count("expectation", len(wanted))
    return texts("gaps.unmet", expectations=total, number=unmet.total(), statuses=wording.enumerated(said, texts))
