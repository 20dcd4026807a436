"""Who said what in consultation, what was decided, and what changed; who was asked and said nothing."""

from __future__ import annotations

from ..collation import swedish
from ..knowledge import Knowledge
from ..terms import SG
from ..texts import Texts
from . import wording
from .nodes import Node, named, read_nodes
from .table import Report, Row, Table, columns


def positions(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """One row per position in reading order (actor, stance, what about, outcome); then those asked who gave none."""
    found = read_nodes(knowledge, SG.Position, collection=collection)
    rows = [_row(node, knowledge, texts) for node in found]
    consultations = read_nodes(knowledge, SG.Consultation, collection=collection)
    spoke = {actor for node in found for actor in node.values("actor")}
    silent = [_silent(node, spoke, knowledge, texts) for node in consultations]
    heads = columns(*((key, texts(f"positions.{key}")) for key in ("actor", "stance", "about", "outcome")))
    quiet = columns(("consultation", texts("positions.consultation")), ("silent", texts("positions.silent")))
    tables = [
        Table("", heads, tuple(rows)),
        Table(texts("positions.quiet"), quiet, tuple(row for row in silent if row)),
    ]
    changed = sum(
        bool({"changed", "removed"} & {v.rpartition("#")[2] for v in node.values("outcome")}) for node in found
    )
    place = wording.where(knowledge, collection, texts)
    counts = {
        "positions": texts.count("position", len(found)),
        "actors": texts.count("actor", len(spoke)),
        "changed": changed,
    }
    answer = texts("positions.answer", where=place, **counts) if rows else texts("positions.none", where=place)
    examined = texts("positions.examined", positions=len(found), consultations=len(consultations))
    return wording.report("positions", answer, examined, tables, [], knowledge=knowledge, texts=texts)


def _row(node: Node, knowledge: Knowledge, texts: Texts) -> Row:
    about = "; ".join(
        filter(None, (named(knowledge, node.values("clause", "concerns"), texts), *node.values("matter")))
    )
    who = named(knowledge, node.values("actor"), texts) or "–"
    words = (named(knowledge, node.values(key), texts) for key in ("stance", "outcome"))
    stance, outcome = words
    return Row((who, stance, about, outcome), node.modality, evidence=node.passages())


def _silent(node: Node, spoke: set[str], knowledge: Knowledge, texts: Texts) -> Row | None:
    asked = {member for one in node.values("asked") for member in knowledge.groups.get(one, [one])}
    silent = sorted((knowledge.things.label(one, texts.lang) for one in asked - spoke), key=swedish)
    if not silent:
        return None
    return Row(
        (knowledge.things.label(node.iri, texts.lang), ", ".join(silent)),
        "stated",
        derived=True,
        evidence=node.passages("asked"),
    )
