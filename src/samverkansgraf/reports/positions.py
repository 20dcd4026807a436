"""Who said what in consultation, what was decided, and what changed; who was asked and said nothing."""

from __future__ import annotations

from collections import Counter

from ..collation import swedish
from ..knowledge import Knowledge
from ..terms import SG
from ..texts import Texts
from . import wording
from .nodes import Node, called, named, read_nodes
from .table import Report, Row, Table, columns

_STANCE = "https://w3id.org/samverkansgraf/ns#stance"


def positions(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """One row per position in reading order (actor, stance, what about, outcome); then those asked who gave none."""
    found = read_nodes(knowledge, SG.Position, collection=collection)
    rows = [_row(node, knowledge, texts) for node in found]
    consultations = read_nodes(knowledge, SG.Consultation, collection=collection)
    speakers = _speakers(found)
    silent = [_silent(node, speakers, knowledge, texts) for node in consultations]
    heads = columns(*((key, texts(f"positions.{key}")) for key in ("actor", "stance", "about", "outcome")))
    quiet = columns(("consultation", texts("positions.consultation")), ("silent", texts("positions.silent")))
    tables = [
        Table("", heads, tuple(rows)),
        Table(texts("positions.quiet"), quiet, tuple(row for row in silent if row)),
    ]
    actors = {actor for node in found for actor in node.values("actor")}
    counts = {
        "positions": texts.count("position", len(found)),
        "actors": texts.count("actor", len(actors)),
        "outcomes": _outcomes(found, knowledge, texts),
    }
    place = wording.where(knowledge, collection, texts)
    answer = texts("positions.answer", where=place, **counts) if rows else texts("positions.none", where=place)
    examined = texts("positions.examined", positions=len(found), consultations=len(consultations))
    notes = [texts("positions.key")] if tables[1].rows else []
    return wording.report("positions", answer, examined, tables, notes, knowledge=knowledge, texts=texts)


def _outcomes(found: list[Node], knowledge: Knowledge, texts: Texts) -> str:
    """``8 endast kommenterat, 3 borttaget``: how many positions had each outcome, most first; unknown ones last."""
    counts = Counter(outcome for node in found for outcome in node.values("outcome"))
    label = knowledge.things.label
    known = [(-number, swedish(label(one, texts.lang)), label(one, texts.lang)) for one, number in counts.items()]
    listed = [f"{-number} {name}" for number, _, name in sorted(known)]
    unknown = sum(not node.values("outcome") for node in found)
    return ", ".join([*listed, *([texts("positions.no_outcome", n=unknown)] if unknown else [])])


def _row(node: Node, knowledge: Knowledge, texts: Texts) -> Row:
    matters = "; ".join(node.values("matter"))
    about = "; ".join(filter(None, (named(knowledge, node.values("clause", "concerns"), texts), matters)))
    who, stance, outcome = (named(knowledge, node.values(key), texts) for key in ("actor", "stance", "outcome"))
    is_open = any(value == _STANCE for value in node.values("leavesOpen"))
    shown = stance or (texts("common.open_side") if is_open else "–")
    return Row((who or "–", shown, about or "–", outcome or "–"), node.modality, evidence=node.passages())


def _speakers(found: list[Node]) -> dict[str, set[str]]:
    """Consultation (nothing for positions tied to none) → who has a position in it."""
    spoke: dict[str, set[str]] = {}
    for node in found:
        for consultation in node.values("inConsultation") or [""]:
            spoke.setdefault(consultation, set()).update(node.values("actor"))
    return spoke


def _silent(node: Node, speakers: dict[str, set[str]], knowledge: Knowledge, texts: Texts) -> Row | None:
    """Those asked in one consultation of whom no position in it is known; a group that spoke spoke for its members.

    A position that is tied to no consultation may belong to any.
    """
    groups = knowledge.groups
    spoke = speakers.get(node.iri, set()) | speakers.get("", set())
    spoke |= {member for group in spoke for member in groups.get(group, ())}
    asked = {member for one in node.values("asked") for member in groups.get(one, [one])}
    silent = wording.labels(knowledge, asked - spoke, texts)
    if not silent:
        return None
    name = called(knowledge, [node.iri], texts)[node.iri]
    return Row((name, ", ".join(silent)), node.modality, derived=True, evidence=node.passages("asked"))
