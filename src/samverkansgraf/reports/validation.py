"""What the shapes found in the built graph."""

from __future__ import annotations

from ..knowledge import Knowledge
from ..texts import Texts
from ..validate import SEVERITIES, examined, read_shapes, validate
from . import wording
from .table import Report, Row, Table, columns


def validation(knowledge: Knowledge, texts: Texts) -> tuple[Report, str | None]:
    """Results of every shape, most severe first, and the worst severity (None when there are no results).

    The notes name shapes that had nothing to examine: they have checked nothing.
    """
    shapes = read_shapes(knowledge.workspace.folders("ontology"))
    results = validate(knowledge.store, shapes)
    counts = examined(knowledge.store, shapes)
    idle = [shape.rpartition("#")[2] for shape, number in sorted(counts.items()) if not number]
    rows = tuple(
        Row(
            (
                texts(f"validation.{r.severity}"),
                knowledge.things.short(r.focus.strip("<>")),
                r.message(texts.lang),
                r.value,
            ),
            "",
        )
        for r in results
    )
    heads = columns(*((key, texts(f"validation.{key}")) for key in ("severity", "thing", "message", "value")))
    tally = {severity: sum(r.severity == severity for r in results) for severity in SEVERITIES}
    answer = texts("validation.answer", **tally)
    seen = texts("validation.examined", shapes=len(shapes), subjects=sum(counts.values()))
    notes = [texts("validation.idle", names=", ".join(idle))] if idle else []
    report = wording.report(
        "validation", answer, seen, [Table("", heads, rows)], notes, knowledge=knowledge, texts=texts
    )
    return report, results[0].severity if results else None
