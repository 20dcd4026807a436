"""Everything that documents name and leave open: numbers, chairs, members, deciders, dates."""

from __future__ import annotations

from collections import Counter

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import SG
from ..texts import Texts
from . import wording
from .table import Report, Row, Table, columns

_OPEN = f"""
SELECT ?passage ?thing ?what WHERE {{
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?thing <{SG.leavesOpen}> ?what }}
}}
"""
_FORUM_OF = f"SELECT ?node ?forum WHERE {{ ?node <{SG.forum}> ?forum }}"


def open_questions(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """One row per thing and what is left open of it, sorted by thing in Swedish order.

    What is left open of a seat allocation is shown on its forum.
    """
    forum_of = {row["node"].value: row["forum"].value for row in knowledge.store.select(_FORUM_OF)}
    found: dict[tuple[str, str], set[Passage]] = {}
    for row in knowledge.store.select(_OPEN):
        for passage in knowledge.passages([row["passage"].value], collection):
            thing = forum_of.get(row["thing"].value, row["thing"].value)
            found.setdefault((thing, row["what"].value), set()).add(passage)
    label = knowledge.things.label
    rows = [
        Row(
            (label(thing, texts.lang), label(what, texts.lang)),
            min(p.modality for p in passages),
            evidence=tuple(sorted(passages)),
        )
        for (thing, what), passages in found.items()
    ]
    rows.sort(key=lambda row: (swedish(str(row.cells[0])), swedish(str(row.cells[1]))))
    kinds = Counter(str(row.cells[1]) for row in rows).most_common(4)
    common = ", ".join(f"{kind} ({number})" for kind, number in kinds)
    place = wording.where(knowledge, collection, texts)
    counted = texts.count("fact", len(rows))
    answer = (
        texts("open.answer", facts=counted, where=place, common=common) if rows else texts("open.none", where=place)
    )
    heads = columns(("thing", texts("open.thing")), ("what", texts("open.what")))
    examined = texts.count("passage", len(knowledge.book.passages))
    return wording.report(
        "open", answer, examined, [Table("", heads, tuple(rows))], [], knowledge=knowledge, texts=texts
    )
