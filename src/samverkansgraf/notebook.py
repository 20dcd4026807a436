"""What a notebook shows: a report as a table of its own, a page in a frame, a table as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from .errors import OutputError
from .render import footnotes, numbered, text_grid
from .reports.table import Report
from .texts import texts

if TYPE_CHECKING:
    import pandas as pd

_FRAME = (
    '<iframe sandbox="allow-scripts" style="width:100%;height:{height}px;border:1px solid #8888" title="{title}"'
    ' srcdoc="{page}"></iframe>'
)


class Page(str):
    """A whole HTML page, as text; a notebook shows it in a frame that reaches neither the notebook nor the net."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        title = self.partition("<title>")[2].partition("</title>")[0]
        return _FRAME.format(height=720, title=title, page=escape(self))


def fragment(report: Report) -> str:
    """*report* as HTML without a page around it or a style of its own: the notebook gives it its own."""
    words, numbers = texts(report.lang), numbered(report)
    answer = escape(report.answer or report.title)
    parts = [f"<p><strong>{answer}</strong></p>"] if answer else []
    for table in report.tables:
        heads, rows = text_grid(table, numbers, words)
        lines = ["".join(f"<th>{escape(head)}</th>" for head in heads)]
        lines += ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
        head, *body = (f"<tr>{line}</tr>" for line in lines)
        caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
        parts.append(f"<table>{caption}<thead>{head}</thead><tbody>{''.join(body)}</tbody></table>")
    parts += [f"<p>{escape(text)}</p>" for text in (*report.notes, report.examined)]
    if places := "".join(f"<li>{escape(line)}</li>" for line in footnotes(report, words)):
        parts.append(f"<details><summary>{words('common.evidence')}</summary><ul>{places}</ul></details>")
    return "\n".join(parts)


def data_frame(report: Report, number: int = 1) -> pd.DataFrame:
    """The *number*-th table as a DataFrame: one row per row, columns by key, then modality, derived, evidence.

    Whole numbers are ``Int64``, so that what is not given stays empty; a column that has words among its numbers
    (``lämnas öppet``, ``2 eller 3``) keeps both as they are; codes and dates are text as printed.
    Raises `OutputError` where pandas is not installed, or the report has no such table.
    """
    try:
        import pandas as pd
    except ImportError as exc:
        raise OutputError("A frame needs pandas: pip install 'samverkansgraf[pandas]'.") from exc
    if not 1 <= number <= len(report.tables):
        raise OutputError(f"The report has {len(report.tables)} tables; there is no table {number}.")
    table = report.tables[number - 1]
    cells = {column: [row.cells[place] for row in table.rows] for place, column in enumerate(table.columns)}
    columns = {column.key: pd.Series(own, dtype=_type(column.type, own)) for column, own in cells.items()}
    frame = pd.DataFrame(columns)
    frame["modality"] = [row.modality for row in table.rows]
    frame["derived"] = [row.derived for row in table.rows]
    frame["evidence"] = [tuple(passage.iri for passage in row.evidence) for row in table.rows]
    headings = {column.key: column.label for column in table.columns}
    frame.attrs |= {"title": table.title or report.title, "answer": report.answer, "headings": headings}
    return frame


def _type(kind: str, cells: Sequence[object]) -> str:
    return "Int64" if kind == "integer" and not any(isinstance(cell, str) for cell in cells) else "object"
