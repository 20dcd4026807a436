"""Who has which task, in running text or table or both, shared or with no one assigned."""

from __future__ import annotations

from ..knowledge import Knowledge
from ..terms import SG
from ..texts import Texts
from . import wording
from .nodes import Node, named, read_nodes
from .table import Report, Row, Table, columns


def assignments(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """One row per task, sorted by who has it (Swedish order; none last), then in reading order.

    A task in two passages of different sections stands in text and table; *shared* is a task of several bodies.
    """
    tasks = read_nodes(knowledge, SG.Assignment, collection=collection)
    rows = sorted(
        (_row(task, knowledge, texts) for task in tasks),
        key=lambda row: (row.cells[0] == "–", str(row.cells[0]).casefold()),
    )
    heads = columns(*((key, texts(f"assignments.{key}")) for key in ("body", "task", "concerns", "remark")))
    idle = [task for task in tasks if not task.values("assignedTo", "responsible")]
    shared = [task for task in tasks if len(task.values("assignedTo")) > 1]
    twice = [task for task in tasks if len({passage.section for passage in task.passages()}) > 1]
    place = wording.where(knowledge, collection, texts)
    counts = {"idle": len(idle), "shared": len(shared), "twice": len(twice)}
    answer = texts("assignments.answer", tasks=texts.count("task", len(tasks)), where=place, **counts)
    examined = texts.count("task", len(tasks))
    return wording.report(
        "assignments", answer, examined, [Table("", heads, tuple(rows))], [], knowledge=knowledge, texts=texts
    )


def _row(task: Node, knowledge: Knowledge, texts: Texts) -> Row:
    bodies = task.values("assignedTo", "responsible")
    remarks = []
    if "assignedTo" in {value.rpartition("#")[2] for value in task.values("leavesOpen")}:
        remarks.append(texts("assignments.open"))
    if len(bodies) > 1:
        remarks.append(texts("assignments.shared"))
    if len({passage.section for passage in task.passages()}) > 1:
        remarks.append(texts("assignments.twice"))
    if givers := task.values("assignedBy"):
        remarks.append(texts("assignments.by", names=named(knowledge, givers, texts)))
    cells = (
        named(knowledge, bodies, texts) or "–", knowledge.things.label(task.iri, texts.lang),
        named(knowledge, task.values("concerns"), texts), "; ".join(remarks),
    )  # fmt: skip
    return Row(cells, task.modality, evidence=task.passages())
