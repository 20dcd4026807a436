"""Who has which task, in running text or table or both, shared or with no one assigned."""

from __future__ import annotations

from collections import Counter

from ..collation import swedish
from ..knowledge import Knowledge
from ..terms import SG
from ..texts import Texts
from . import wording
from .nodes import Node, called, read_nodes
from .table import Report, Row, Table, columns


def assignments(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Tasks that no one is assigned, then one row per task with who has it; each in Swedish order.

    A task in two sections stands in text and table; *shared* is a task of several bodies. A task that no one has may be
    left open by the text, or the text is silent: the remark says which.
    """
    tasks = read_nodes(knowledge, SG.Assignment, collection=collection)
    ends = [iri for task in tasks for iri in (task.iri, *task.values("concerns", "assignedBy"), *_bodies(task))]
    names = called(knowledge, ends, texts)
    idle, held = ([task for task in tasks if bool(_bodies(task)) is side] for side in (False, True))
    tables = [
        Table(
            texts(f"assignments.{title}"),
            columns(*((key, texts(f"assignments.{key}")) for key in ("body", "task", "concerns", "remark")[first:])),
            tuple(sorted((_row(task, names, texts, first=first) for task in chosen), key=_order)),
        )
        for title, chosen, first in (("idle", idle, 1), ("held", held, 0))
    ]
    short = [
        (texts(f"assignments.short_{key}"), table.rows) for key, table in zip(("idle", "held"), tables, strict=True)
    ]
    tables.insert(0, wording.summary(short, knowledge, texts))
    place = wording.where(knowledge, collection, texts)
    counts = {"idle": len(idle), "shared": sum(map(_is_shared, tasks)), "twice": sum(map(_is_twice, tasks))}
    counted = texts.count("task", len(tasks))
    said = wording.counted("assignments.of", counts, texts)
    parts = {"clauses": f": {said}" if said else "", "most": _most(held, names, texts)}
    answer = texts("assignments.answer", tasks=counted, where=place, **parts)
    answer = answer if tasks else texts("assignments.none", where=place)
    return wording.report("assignments", answer, counted, tables, [], knowledge=knowledge, texts=texts)


def _bodies(task: Node) -> list[str]:
    return task.values("assignedTo", "responsible")


def _is_shared(task: Node) -> bool:
    return len(_bodies(task)) > 1


def _is_twice(task: Node) -> bool:
    return len({(passage.document, passage.section) for passage in task.passages()}) > 1


def _most(held: list[Node], names: dict[str, str], texts: Texts) -> str:
    """Who has most tasks, and how many; nothing where all have one."""
    counts = Counter(body for task in held for body in _bodies(task))
    top = max(counts.values(), default=0)
    if top <= 1:
        return ""
    listed = sorted((names[body] for body, number in counts.items() if number == top), key=swedish)
    return texts("assignments.most", names=wording.enumerated(listed, texts), n=top)


def _row(task: Node, names: dict[str, str], texts: Texts, *, first: int) -> Row:
    bodies, concerns, givers = (_listed(iris, names) for iris in (_bodies(task), task.values("concerns"), task.values("assignedBy")))  # fmt: skip  # noqa: E501
    is_open = "assignedTo" in {value.rpartition("#")[2] for value in task.values("leavesOpen")}
    remarks = (
        texts("assignments.open") if is_open and bodies else "",
        "" if is_open or bodies else texts("assignments.silent"),
        texts("assignments.shared") if _is_shared(task) else "",
        texts("assignments.twice") if _is_twice(task) else "",
        texts("assignments.by", names=givers) if givers else "",
    )
    cells = (bodies, names[task.iri], concerns, "; ".join(filter(None, remarks)))
    return Row(cells[first:], task.modality, evidence=task.passages())


def _listed(iris: list[str], names: dict[str, str]) -> str:
    return ", ".join(sorted((names[iri] for iri in iris), key=swedish))


def _order(row: Row) -> tuple[object, ...]:
    return tuple(swedish(str(cell)) for cell in row.cells), row.evidence
