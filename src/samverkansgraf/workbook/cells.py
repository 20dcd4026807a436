"""What a cell says: text as typed, never what Excel made of it, or what is wrong with it."""

from __future__ import annotations

import difflib
from datetime import datetime

from ..context import Context
from ..tables import ReadCell
from .plan import Column

DATES = frozenset({"date", "gYear"})


class CellProblem(Exception):  # noqa: N818 - it is told, not raised to the person
    """What was seen in a cell, and what to do."""


def values(cell: ReadCell, column: Column, context: Context) -> list[str]:
    """The values in *cell*, words as the context has them; `CellProblem` says what is wrong."""
    text = _text(cell, column)
    parts = [part.strip() for part in text.split(";")] if column.is_many else [text]
    return [_checked(part, column, context) for part in parts if part]


def _text(cell: ReadCell, column: Column) -> str:
    if cell.is_formula:
        raise CellProblem(f"{cell.value!s} is a formula; put its value there instead")
    if isinstance(cell.value, bool):
        return "true" if cell.value else "false"
    if isinstance(cell.value, datetime):
        return _day(cell.value, cell.format, column)
    if isinstance(cell.value, int | float):
        return _number(cell.value, column)
    return str(cell.value).strip()


def _day(value: datetime, shown: str, column: Column) -> str:
    if column.kind not in DATES:
        raise CellProblem(f"Excel has made this the date {value.date()}; format the cell as text and write it again")
    if "d" not in shown.lower() or (value.hour, value.minute, value.second) != (0, 0, 0):
        advice = "format the cell as text and write 2024, 2024-06 or 2024-06-30"
        raise CellProblem(f"shows no plain day, but Excel keeps {value}; {advice}")
    return value.date().isoformat()


def _number(value: float, column: Column) -> str:
    if column.kind in {"integer", *DATES} and float(value).is_integer():
        return str(int(value))
    if column.kind in {"integer", *DATES}:
        raise CellProblem(f"{value} is not what belongs here; write a whole number, or a date such as 2024-06")
    advice = "format the cell as text and write it again, with its zeros (0580)"
    raise CellProblem(f"{value} is a number to Excel, which drops zeros in front; {advice}")


def _checked(text: str, column: Column, context: Context) -> str:
    if column.words:
        return _word(text, column)
    key = context.keys.get(column.key)
    if key and column.kind != "@id" and (problem := context.problem(key, text)):
        raise CellProblem(problem if repr(text) in problem else f"{text!r} {problem}")
    return text


def _word(text: str, column: Column) -> str:
    known = {label.casefold(): word for label, word in column.words} | {
        word.casefold(): word for _, word in column.words
    }
    if text.casefold() in known:
        return known[text.casefold()]
    labels = [label for label, _ in column.words]
    near = [label for label in labels if difflib.get_close_matches(text.casefold(), [label, *label.split()])]
    hint = f"did you mean {', '.join(near)}?" if near else f"take {', '.join(labels)}"
    raise CellProblem(f"{text!r} is no word for {column.heading}; {hint}")
