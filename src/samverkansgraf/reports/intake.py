"""How much text a file gave, page by page."""

from __future__ import annotations

from ..intake import Intake
from ..texts import Texts
from .table import Column, Report, Row, Table


def intake(found: Intake, target: str, texts: Texts) -> Report:
    """One row per page: letters and digits, and a word about a page that gave none."""
    counts = found.letters()
    empty = [number for number, count in enumerate(counts, 1) if not count]
    heads = (
        Column("page", texts("intake.page"), "integer"),
        Column("letters", texts("intake.letters"), "integer"),
        Column("remark", texts("intake.remark")),
    )
    rows = tuple(
        Row((number, count, "" if count else texts("intake.empty")), "") for number, count in enumerate(counts, 1)
    )
    answer = texts("intake.answer", file=found.path.name, letters=sum(counts), pages=texts.count("page", len(counts)))
    notes = [texts("intake.written", target=target)]
    if found.encoding:
        known = f"intake.as_{found.encoding.replace('-', '_')}"
        notes.append(texts(known))
    if empty:
        notes.append(texts("intake.scanned", pages=", ".join(map(str, empty))))
    examined = texts("common.examined", what=texts.count("page", len(counts)))
    return Report(
        "intake", texts("intake.title"), answer, examined, (Table("", heads, rows),), tuple(notes), texts.lang
    )
