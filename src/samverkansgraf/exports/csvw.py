"""CSV tables and `metadata.json`: W3C's Metadata Vocabulary for Tabular Data."""

from __future__ import annotations

import json

from ..inventory import Column, Table
from ..inventory.tables import Value
from ..spreadsheet import delimited
from .request import Request

_DATATYPES: dict[str, object] = {
    "integer": "integer", "boolean": "boolean", "number": "decimal", "text": "string",
    "date": {"base": "string", "format": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"},
}  # fmt: skip


def csvw(request: Request) -> dict[str, bytes]:
    """Files by name: one CSV per table (UTF-8, comma) and their description."""
    files = {f"{table.name}.csv": csv_bytes(table) for table in request.tables}
    return {**files, "metadata.json": _metadata(request)}


def csv_bytes(table: Table) -> bytes:
    """*table* as RFC 4180; a text that a spreadsheet would take for a formula has an apostrophe before it."""
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    return delimited([column.name for column in table.columns], rows, "csv")


def _cell(value: Value) -> str | int | None:
    return str(value).lower() if isinstance(value, bool) else value


def _metadata(request: Request) -> bytes:
    about = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": request.lang}],
        "dc:title": request.title,
        "dc:license": {"@id": str(request.knowledge.workspace.settings.get("licence", ""))},
        "rdfs:comment": request.words("exports.csvw_about"),
        "tables": [_described(table, request) for table in request.tables],
    }
    if not request.knowledge.workspace.settings.get("licence"):
        del about["dc:license"]
    return (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode()


def _described(table: Table, request: Request) -> dict[str, object]:
    keys = [
        {"columnReference": column.name, "reference": {"resource": f"{column.refers}.csv", "columnReference": "id"}}
        for column in table.columns
        if column.refers
    ]
    schema: dict[str, object] = {
        "columns": [_column(column, request) for column in table.columns],
        "primaryKey": list(table.key),
        "foreignKeys": keys,
    }
    if not keys:
        del schema["foreignKeys"]
    return {"url": f"{table.name}.csv", "tableSchema": schema}


def _column(column: Column, request: Request) -> dict[str, object]:
    about: dict[str, object] = {"name": column.name, "titles": column.name, "datatype": _DATATYPES[column.type]}
    if column.term:
        about["dc:description"] = request.knowledge.things.label(column.term, request.lang)
        about["propertyUrl"] = column.term
    return about | ({"required": True} if column.required else {})
