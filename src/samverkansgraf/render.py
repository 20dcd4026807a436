"""Reports and query results as text, Markdown, CSV, Excel, JSON and HTML; computes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import layout
from .errors import OutputError
from .reports.table import Cell, Report, Row, Table
from .texts import Texts, texts

if TYPE_CHECKING:
    from .spreadsheet import Sheet

FORMATS = ("table", "md", "csv", "tsv", "excel", "xlsx", "json", "html")
WIDTH = 100


def render(report: Report, fmt: str, *, width: int = WIDTH, table: int = 1) -> bytes:
    """*report* in *fmt* as UTF-8 bytes.

    ``csv``, ``tsv`` and ``excel`` hold one table, the *table*-th; the others hold all. ``excel`` is CSV as Swedish
    Excel opens it: BOM, semicolon, CRLF.
    """
    words = texts(report.lang)
    if fmt in {"csv", "tsv", "excel"}:
        return _delimited(report, fmt, table, words)
    if fmt == "xlsx":
        return _workbook(report, words)
    if fmt == "json":
        return (json.dumps(_as_json(report, words), ensure_ascii=False, indent=2) + "\n").encode()
    if fmt == "table":
        return _text(report, width, words).encode()
    if fmt == "md":
        return _markdown(report, words).encode()
    if fmt == "html":
        from .pages.report_body import alone

        return alone(report).encode()
    raise OutputError(f"Unknown format {fmt!r}; known are {', '.join(FORMATS)}.")


def shown(cell: Cell, unit: str, words: Texts) -> str:
    """*cell* as a person reads it: money by thousands, decimals with the comma or point of the language."""
    if unit == "SEK" and isinstance(cell, int):
        return words.sek(cell)
    if isinstance(cell, float):
        return str(cell).replace(".", words("common.decimal"))
    return "" if cell is None else str(cell)


def _modality(row: Row, words: Texts) -> str:
    if not row.modality:
        return ""
    word = words(f"modality.{row.modality}")
    derived = words("common.derived")
    return word if not row.derived else derived if row.modality == "stated" else f"{word}, {derived}"


def numbered(report: Report) -> dict[str, int]:
    """The number of each passage that *report* cites."""
    return {passage.iri: number for number, passage in enumerate(report.passages(), 1)}


def _cited(row: Row, numbers: dict[str, int]) -> str:
    """Numbers of the row's passages, runs shortened: ``1–3, 7``."""
    own = sorted({numbers[passage.iri] for passage in row.evidence})
    runs: list[list[int]] = []
    for number in own:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def text_grid(table: Table, numbers: dict[str, int], words: Texts) -> tuple[list[str], list[list[str]]]:
    """Headings and rows as text, with modality (where rows differ from plainly stated) and evidence numbers."""
    plain = all(row.modality in {"", "stated"} and not row.derived for row in table.rows)
    heads = [column.label for column in table.columns]
    heads += [] if plain else [words("common.modality")]
    heads += [words("common.evidence")] if numbers else []
    grid = []
    for row in table.rows:
        cells = [shown(cell, column.unit, words) for cell, column in zip(row.cells, table.columns, strict=True)]
        cells += [] if plain else [_modality(row, words)]
        grid.append(cells + ([_cited(row, numbers)] if numbers else []))
    return heads, grid


def footnotes(report: Report, words: Texts) -> list[str]:
    """One line per document, then one per passage: ``[3] avsnitt: ”ankare”``, with the reader's notes."""
    lines, document = [], ""
    for number, passage in enumerate(report.passages(), 1):
        if passage.document != document:
            document = passage.document
            lines.append(f"{report.documents[document]}:")
        notes = "".join(f" — {words(f'common.note_{kind}')}: {text}" for kind, text in passage.notes)
        lines.append(f"[{number}] {passage.section}: ”{passage.anchor}”{notes}")
    return lines


def _text(report: Report, width: int, words: Texts) -> str:
    numbers = numbered(report)
    lines = layout.paragraph(report.answer, width) if report.answer else []
    for table in report.tables:
        heads, grid = text_grid(table, numbers, words)
        right = frozenset(i for i, column in enumerate(table.columns) if column.type == "integer")
        lines += ["", table.title.upper()] if table.title else [""]
        lines += layout.table(heads, _without_repeats(grid), width=width, lang=report.lang, right=right)
    for heading, items in (
        (words("common.notes"), report.notes),
        (words("common.evidence"), footnotes(report, words)),
    ):
        lines += ["", heading.upper()] if items else []
        lines += [line for item in items for line in layout.paragraph(item, width, indent="  ")]
    return "\n".join([*lines, "", *layout.paragraph(report.examined, width)]).lstrip("\n") + "\n"


def _without_repeats(grid: Sequence[list[str]]) -> list[list[str]]:
    """The grid with a first cell left blank where it repeats the one above."""
    shown: list[list[str]] = []
    for index, cells in enumerate(grid):
        repeats = index > 0 and len(cells) > 1 and cells[0] == grid[index - 1][0]
        shown.append(["", *cells[1:]] if repeats else cells)
    return shown


def _markdown(report: Report, words: Texts) -> str:
    numbers = numbered(report)
    lines = [f"# {escaped(report.title)}", "", escaped(report.answer), ""]
    for table in report.tables:
        heads, grid = text_grid(table, numbers, words)
        lines += [f"## {escaped(table.title)}", ""] if table.title else []
        lines += ["| " + " | ".join(map(escaped, heads)) + " |", "|" + "---|" * len(heads)]
        lines += ["| " + " | ".join(map(escaped, cells)) + " |" for cells in grid] + [""]
    for heading, items in (
        (words("common.notes"), report.notes),
        (words("common.evidence"), footnotes(report, words)),
    ):
        lines += [f"## {heading}", "", *(f"- {escaped(item)}" for item in items), ""] if items else []
    return "\n".join([*lines, escaped(report.examined)]) + "\n"


def escaped(text: str) -> str:
    """*text* on one line of Markdown, so that nothing in it is markup."""
    safe = "".join("\\" + char if char in "\\`*_[]<>|#" else char for char in text)
    return " ".join(safe.split())


def _long(report: Report, table: Table, words: Texts) -> tuple[list[str], list[list[Cell]]]:
    """Headings and rows with modality and evidence spelled out, for a spreadsheet; neither where no row has any."""
    heads = [column.label for column in table.columns]
    if table.rows and not any(row.modality or row.evidence for row in table.rows):
        return heads, [list(row.cells) for row in table.rows]
    heads += [words("common.modality"), words("common.evidence")]
    rows: list[list[Cell]] = []
    for row in table.rows:
        places = (f"{report.documents[p.document]}, {p.section}: ”{p.anchor}”" for p in row.evidence)
        rows.append([*row.cells, _modality(row, words), " | ".join(places)])
    return heads, rows


def _delimited(report: Report, fmt: str, number: int, words: Texts) -> bytes:
    from .spreadsheet import delimited

    if not 1 <= number <= max(len(report.tables), 1):
        raise OutputError(f"The report has {len(report.tables)} tables; there is no table {number}.")
    heads, rows = _long(report, report.tables[number - 1], words) if report.tables else ([], [])
    return delimited(heads, rows, fmt)


def _workbook(report: Report, words: Texts) -> bytes:
    from .spreadsheet import workbook

    return workbook(sheets(report), notes=[report.answer, report.examined, *report.notes], lang=words.lang)


def sheets(report: Report) -> list[Sheet]:
    """Every table of *report* as a sheet: title, headings, rows."""
    return [(table.title or report.title, *_long(report, table, texts(report.lang))) for table in report.tables]


def _as_json(report: Report, words: Texts) -> dict[str, object]:
    tables = [
        {
            "title": table.title,
            "columns": [{"key": c.key, "label": c.label, "type": c.type, "unit": c.unit} for c in table.columns],
            "rows": [
                {
                    **dict(zip((c.key for c in table.columns), row.cells, strict=True)),
                    "modality": row.modality,
                    "derived": row.derived,
                    "evidence": [passage.iri for passage in row.evidence],
                }
                for row in table.rows
            ],
        }
        for table in report.tables
    ]
    evidence = [
        {
            "passage": p.iri, "document": p.document, "documentName": report.documents[p.document],
            "section": p.section, "anchor": p.anchor, "modality": p.modality, **dict(p.notes),
        }
        for p in report.passages()
    ]  # fmt: skip
    about = {"report": report.name, "title": report.title, "answer": report.answer, "examined": report.examined}
    return {**about, "language": words.lang, "tables": tables, "notes": list(report.notes), "evidence": evidence}
