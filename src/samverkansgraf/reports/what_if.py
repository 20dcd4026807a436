"""What would change if a body closed, a kommun left or an agreement lapsed: the reports before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..collation import swedish
from ..knowledge import Knowledge
from ..network.relations import relations
from ..overlay import Overlay, without
from ..texts import Texts
from . import wording
from .bridges import bridges_in_short
from .gaps import gaps_in_short
from .membership import membership
from .nodes import called
from .reporting import reporting_in_short
from .table import Report, Row, Table, columns

_COMPARED = (reporting_in_short, gaps_in_short, bridges_in_short, membership)
"""Reports before and after; relations and areas are compared row by row too."""


def what_if(knowledge: Knowledge, texts: Texts, *, overlay: Overlay, collection: str | None = None) -> Report:
    """Before and after *overlay*: answers of the reports side by side, then what is lost.

    Rows: one per report that answers otherwise; one per relation that is lost; one per area whose coverage changes; one
    per actor that is left without any relation. With nothing supposed, nothing changes and the report says so.
    """
    after = without(knowledge, overlay)
    pairs = [tuple(make(one, texts, collection=collection) for one in (knowledge, after)) for make in _COMPARED]
    lost, areas = tuple(_lost(*pairs[0])), tuple(_coverage(*pairs[1]))
    lonely = tuple(_lonely(knowledge, after, overlay, texts))
    answers = tuple(Row((old.title, old.answer, new.answer), "") for old, new in pairs if old.answer != new.answer)
    tables = [
        Table(texts(f"what_if.{title}"), columns(*((key, texts(f"{section}.{key}")) for key in keys)), rows)
        for title, section, keys, rows in (
            ("answers", "what_if", ("report", "before", "after"), answers),
            ("lost", "reporting", ("verb", "from", "to", "what"), lost),
            ("areas", "what_if", ("area", "before", "after"), areas),
            ("lonely", "what_if", ("actor",), lonely),
        )
    ]
    before, after_it = texts("common.examined", what="\0").split("\0")
    examined = "; ".join(old.examined.removeprefix(before).removesuffix(after_it) for old, _ in pairs)
    answer = texts("what_if.none")
    if overlay:
        counted = (("relation", "relations", lost), ("area", "areas", areas), ("actor", "lonely", lonely))
        counts = {name: texts.count(noun, len(rows)) for noun, name, rows in counted}
        key = "answer" if lost or areas or lonely or answers else "nothing"
        answer = texts(f"what_if.{key}", supposed=_supposed(knowledge, overlay, texts), **counts)
    return wording.report("what_if", answer, examined, tables, [], knowledge=knowledge, texts=texts)


def _supposed(knowledge: Knowledge, overlay: Overlay, texts: Texts) -> str:
    label = knowledge.things.label
    ceased = [texts("what_if.ceases", name=name) for name in wording.labels(knowledge, overlay.ceased, texts)]
    parted = [
        texts("what_if.leaves", member=label(m, texts.lang), forum=label(f, texts.lang))
        for m, f in sorted(overlay.parted)
    ]
    return wording.enumerated([*ceased, *parted], texts)


def _lost(before: Report, after: Report) -> Iterator[Row]:
    """Rows of the table of relations that are gone; the findings on chains after it follow from them."""
    old, new = ([row for t in one.tables if t.columns[0].key == "verb" for row in t.rows] for one in (before, after))
    kept = {row.cells for row in new}
    yield from (row for row in old if row.cells not in kept)


def _coverage(before: Report, after: Report) -> Iterator[Row]:
    """One row per area whose line of statuses is another."""
    new = {row.cells[0]: row for row in after.tables[0].rows} if after.tables else {}
    for row in before.tables[0].rows if before.tables else ():
        other = new.get(row.cells[0])
        if other is None or other.cells != row.cells:
            heads = [column.label for column in before.tables[0].columns]
            changed = [i for i, cell in enumerate(row.cells) if i and (other is None or other.cells[i] != cell)]
            old = ", ".join(f"{heads[i]}: {row.cells[i]}" for i in changed)
            now = ", ".join(f"{heads[i]}: {other.cells[i]}" for i in changed) if other else "–"
            yield Row((row.cells[0], old, now), "", evidence=row.evidence)


def _lonely(before: Knowledge, after: Knowledge, overlay: Overlay, texts: Texts) -> list[Row]:
    """Actors that had a relation before and have none after, except those that cease; evidence is what they had."""
    had: dict[str, set[str]] = defaultdict(set)
    for one in relations(before):
        for iri in {*one.source, *one.target} - overlay.ceased:
            had[iri].update(one.passages)
    kept = {iri for one in relations(after) for iri in (*one.source, *one.target)}
    names = called(before, had.keys() - kept, texts)
    rows = [Row((name,), "", derived=True, evidence=before.passages(had[iri])) for iri, name in names.items()]
    return sorted(rows, key=lambda row: swedish(str(row.cells[0])))
