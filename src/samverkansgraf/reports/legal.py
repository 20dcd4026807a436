"""Which statutes are cited, by whom and for what; statutes without number; boards that need a statute and have none."""

from __future__ import annotations

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import SG
from ..texts import Texts
from . import wording
from .table import Report, Row, Table, columns

_CITED = """
SELECT ?passage ?thing ?statute WHERE {
  ?passage a <https://w3id.org/samverkansgraf/ns#Passage> .
  GRAPH ?passage { ?thing <https://w3id.org/samverkansgraf/ns#legalBasis> ?statute }
}
"""
_NUMBERS = "SELECT ?statute ?sfs WHERE { ?statute <https://w3id.org/samverkansgraf/ns#sfs> ?sfs }"


def legal(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Statutes and what rests on them, sorted by statute; then joint boards without a statute.

    A joint board needs a legal basis because kommunallagen alone allows one; other forums may have none.
    """
    numbers = {row["statute"].value: row["sfs"].value for row in knowledge.store.select(_NUMBERS)}
    found: dict[tuple[str, str], set[Passage]] = {}
    for row in knowledge.store.select(_CITED):
        for passage in knowledge.passages([row["passage"].value], collection):
            found.setdefault((row["statute"].value, row["thing"].value), set()).add(passage)
    label = knowledge.things.label
    rows = [
        Row(
            (label(statute, texts.lang), numbers.get(statute, texts("legal.no_number")), label(thing, texts.lang)),
            min(p.modality for p in passages), evidence=tuple(sorted(passages)),
        )
        for (statute, thing), passages in found.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: tuple(swedish(str(cell)) for cell in row.cells))
    without = _without(knowledge, texts, {thing for _, thing in found}, collection)
    heads = columns(*((key, texts(f"legal.{key}")) for key in ("statute", "number", "thing")))
    tables = [
        Table("", heads, tuple(rows)),
        Table(texts("legal.without"), columns(("body", texts("legal.body"))), tuple(without)),
    ]
    statutes = {statute for statute, _ in found}
    place = wording.where(knowledge, collection, texts)
    counts = {"unnumbered": len(statutes - numbers.keys()), "without": len(without)}
    answer = (
        texts("legal.answer", statutes=texts.count("statute", len(statutes)), where=place, **counts)
        if rows
        else texts("legal.none", where=place)
    )
    examined = texts.count("statute", len(knowledge.instances(SG.Statute)))
    return wording.report("legal", answer, examined, tables, [], knowledge=knowledge, texts=texts)


def _without(knowledge: Knowledge, texts: Texts, based: set[str], collection: str | None) -> list[Row]:
    """Joint boards, in Swedish order, for which no passage gives a statute."""
    rows = []
    for board in sorted(
        knowledge.instances(SG.JointBoard) - based, key=lambda iri: swedish(knowledge.things.label(iri))
    ):
        passages = knowledge.passages(knowledge.typed_in(board), collection)
        if passages:
            rows.append(Row((knowledge.things.label(board, texts.lang),), "stated", evidence=passages[:1]))
    return rows
