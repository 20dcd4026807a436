"""Read `data/reference/<table>.csv`: each row a JSON object of the context, described by `<table>.yaml` beside it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from .context import Context, Json
from .documents import ObjectReader, Reading, compose, read_text, to_quads
from .errors import Finding
from .terms import reference_graph

SIDECAR_KEYS = ("name", "source", "licence", "checked")


def read_register(path: Path, context: Context, *, file: str) -> Reading:
    """Read one reference table; an empty cell states nothing.

    Findings (unknown column, wrong number of cells, wrong value, missing description) are in the reading.
    """
    reading = Reading(file=file, iri=reference_graph(path.stem))
    objects: list[Json] = [_description(path, context, reading)]
    text = read_text(path, reading)
    lines = csv.reader(io.StringIO(text, newline=""))
    rows = []
    try:
        rows += [(cells, lines.line_num) for cells in lines]
    except csv.Error as exc:
        reading.findings.append(Finding(file, lines.line_num, f"not readable as CSV: {exc}"))
    header = rows[0][0] if rows else []
    if "id" not in header:
        reading.findings.append(Finding(file, 1, "the first row names the columns, and one of them is `id`"))
    for column in header:
        if header.count(column) > 1:
            reading.findings.append(Finding(file, 1, f"duplicate column {column!r}"))
        if column not in context.keys or context.keys[column].kind == "@graph":
            reading.findings.append(Finding(file, 1, f"unknown column {column!r}; columns are keys of the context"))
    if not reading.findings:
        objects += [_row(cells, header, line, context, reading) for cells, line in rows[1:]]
    if not reading.findings:
        reading.facts.add(reading.iri)
        reading.quads = to_quads({"id": reading.iri, "states": objects}, context, reading)
    return reading


def _description(path: Path, context: Context, reading: Reading) -> dict[str, Json]:
    sidecar = path.with_suffix(".yaml")
    about = Reading(file=str(Path(reading.file).with_suffix(".yaml")), iri=reading.iri)
    described: dict[str, Json] = {"id": reading.iri, "type": "ReferenceTable"}
    if not sidecar.is_file():
        reading.findings.append(Finding(reading.file, 0, f"no {sidecar.name} beside it with {', '.join(SIDECAR_KEYS)}"))
        return described
    text = read_text(sidecar, about)
    root = compose(about, text)
    if root is not None:
        reader = ObjectReader(context, about, text)
        for key, node, value in reader.pairs(root):
            if key in SIDECAR_KEYS:
                described[key] = reader.scalar(value)
            else:
                reader.found(node, f"unknown key {key!r}; known are {', '.join(SIDECAR_KEYS)}")
    reading.findings += about.findings
    reading.described.append((reading.iri, 0))
    return described


def _row(cells: list[str], header: list[str], line: int, context: Context, reading: Reading) -> dict[str, Json]:
    row: dict[str, Json] = {}
    if len(cells) != len(header):
        reading.findings.append(Finding(reading.file, line, f"{len(cells)} cells, but the first row has {len(header)}"))
    for column, cell in zip(header, cells, strict=False):
        text, key = cell.strip(), context.keys[column]
        if not text:
            continue
        if problem := context.problem(key, text):
            reading.findings.append(Finding(reading.file, line, f"{column}: {problem}"))
            continue
        row[column] = context.json_value(key, text)
        if key.kind == "@id" and column != "id":
            reading.referred.append((context.expand(text), line))
    if not isinstance(row.get("id"), str):
        reading.findings.append(Finding(reading.file, line, "a row without `id`"))
        return row
    iri = context.expand(str(row["id"]))
    (reading.described if "type" in row else reading.referred).append((iri, line))
    if isinstance(row.get("name"), str):
        reading.names.append((iri, line, str(row["name"])))
    return row
