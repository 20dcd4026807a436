"""Which statutes are cited, by whom and for what; statutes without number; boards that need a statute and have none."""

from __future__ import annotations

from collections import Counter, defaultdict

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import SG
from ..texts import Texts
from . import wording
from .nodes import called, said, surest
from .table import Report, Row, Table, columns

_CITED = """
SELECT ?passage ?thing ?statute WHERE {
  ?passage a <https://w3id.org/samverkansgraf/ns#Passage> .
  GRAPH ?passage { ?thing <https://w3id.org/samverkansgraf/ns#legalBasis> ?statute }
}
"""
_OPEN = """
SELECT ?passage ?thing WHERE {
  ?passage a <https://w3id.org/samverkansgraf/ns#Passage> .
  GRAPH ?passage {
    ?thing <https://w3id.org/samverkansgraf/ns#leavesOpen> <https://w3id.org/samverkansgraf/ns#legalBasis>
  }
}
"""
_MENTIONED = """
SELECT ?passage ?statute WHERE {
  ?statute a <https://w3id.org/samverkansgraf/ns#Statute> .
  ?passage a <https://w3id.org/samverkansgraf/ns#Passage> .
  GRAPH ?passage { ?thing ?property ?statute }
}
"""
_NUMBERS = "SELECT ?statute ?sfs WHERE { ?statute <https://w3id.org/samverkansgraf/ns#sfs> ?sfs }"
Found = dict[tuple[str, ...], set[Passage]]


def legal(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Statutes and what rests on them, sorted by statute; then joint boards without a statute.

    A joint board needs a legal basis because kommunallagen alone allows one; other forums may have none. A statute that
    is mentioned but that nothing is said to rest on is in a note.
    """
    found = _found(knowledge, _CITED, ("statute", "thing"), collection)
    names = _names(knowledge, found, texts)
    rows = sorted((_row(names[one], names[two], passages) for (one, two), passages in found.items()), key=_order)
    without = _without(knowledge, texts, {thing for _, thing in found}, collection)
    keys = (("statute", "thing"), ("body", "silence"))
    heads = [columns(*((key, texts(f"legal.{key}")) for key in listed)) for listed in keys]
    tables = [Table("", heads[0], tuple(rows)), Table(texts("legal.without"), heads[1], tuple(without))]
    answer = _answer(found, names, len(without), texts, place=wording.where(knowledge, collection, texts))
    cited = {one for one, _ in found}
    mentioned = {one for (one,) in _found(knowledge, _MENTIONED, ("statute",), collection)} - cited
    also = wording.enumerated(wording.labels(knowledge, mentioned, texts), texts)
    notes = [texts("legal.mentioned", names=also)] if also else []
    boards = texts.count("board", len(_boards(knowledge, collection)))
    statutes = knowledge.instances(SG.Statute) if collection is None else cited | mentioned
    examined = f"{texts.count('statute', len(statutes))}, {boards}"
    return wording.report("legal", answer, examined, tables, notes, knowledge=knowledge, texts=texts)


def _found(knowledge: Knowledge, query: str, keys: tuple[str, ...], collection: str | None) -> Found:
    """Passages by the values of *keys* in *query*; what is rejected or denied is left out."""
    found: Found = defaultdict(set)
    for row in knowledge.store.select(query):
        passages = [p for p in knowledge.passages([row["passage"].value], collection) if said(p.modality)]
        if passages:
            found[tuple(row[key].value for key in keys)].update(passages)
    return found


def _names(knowledge: Knowledge, found: Found, texts: Texts) -> dict[str, str]:
    """What to call statutes and things; a statute without number says so."""
    numbered = {row["statute"].value for row in knowledge.store.select(_NUMBERS)}
    names = called(knowledge, {iri for pair in found for iri in pair}, texts)
    bare = {statute for statute, _ in found} - numbered
    return names | {statute: texts("legal.no_number", name=names[statute]) for statute in bare}


def _answer(found: Found, names: dict[str, str], without: int, texts: Texts, *, place: str) -> str:
    boards = texts("legal.boards", boards=texts.count("board", without)) if without else ""
    if not found:
        return texts("legal.none", where=place, without=boards)
    counts = Counter(statute for statute, _ in found)
    top = min(counts, key=lambda statute: (-counts[statute], swedish(names[statute])))
    bare = sum(names[statute].endswith(texts("legal.no_number", name="")) for statute in counts)
    unnumbered = texts("legal.unnumbered", n=bare) if bare else ""
    parts = {"top": names[top], "things": texts.count("subject", counts[top]), "unnumbered": unnumbered}
    statutes = texts.count("statute", len(counts))
    return texts("legal.answer", statutes=statutes, where=place, without=boards, **parts)


def _row(name: str, other: str, passages: set[Passage]) -> Row:
    return Row((name, other), surest(passages), evidence=tuple(sorted(passages)))


def _order(row: Row) -> tuple[object, ...]:
    return tuple(swedish(str(cell)) for cell in row.cells), row.evidence


def _boards(knowledge: Knowledge, collection: str | None) -> dict[str, tuple[Passage, ...]]:
    """Joint boards that documents type as such, with the passages that do."""
    boards = {
        one: knowledge.passages(knowledge.typed_in(one), collection) for one in knowledge.instances(SG.JointBoard)
    }
    return {one: passages for one, passages in boards.items() if any(said(p.modality) for p in passages)}


def _without(knowledge: Knowledge, texts: Texts, based: set[str], collection: str | None) -> list[Row]:
    """Joint boards, in Swedish order, for which no passage gives a statute, and whether it is left open or not said."""
    left_open = {thing: passages for (thing,), passages in _found(knowledge, _OPEN, ("thing",), collection).items()}
    rows = []
    for board, typed in _boards(knowledge, collection).items():
        if board not in based:
            word = texts("legal.left_open") if board in left_open else texts("legal.silent")
            rows.append(_row(knowledge.things.label(board, texts.lang), word, left_open.get(board) or set(typed[:1])))
    return sorted(rows, key=_order)
