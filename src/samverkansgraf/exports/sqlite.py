"""A SQLite database with foreign keys, as Datasette and an analyst's SQL expect it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from ..errors import OutputError
from ..inventory import Column, Table
from .request import Request

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL", "text": "TEXT", "date": "TEXT"}
_VIEWS = """
CREATE VIEW relation_list AS
SELECT r.id, a.name AS from_name, t.name AS relation, b.name AS to_name, m.name AS modality, r.matter, r.condition,
  r.derived, d.name AS document, p.section, p.anchor
FROM relations r JOIN things a ON a.id = r.from_id JOIN things b ON b.id = r.to_id JOIN terms t ON t.id = r.property_id
JOIN terms m ON m.id = r.modality_id LEFT JOIN relation_passages e ON e.relation_id = r.id
LEFT JOIN passages p ON p.id = e.passage_id LEFT JOIN documents d ON d.id = p.document_id;
CREATE VIEW fact_list AS
SELECT f.id, a.name AS thing, t.name AS property, coalesce(b.name, v.name, f.value) AS value, f.holds, f.derived,
  m.name AS modality, d.name AS document, p.section, p.anchor
FROM facts f JOIN things a ON a.id = f.subject_id JOIN terms t ON t.id = f.property_id
LEFT JOIN things b ON b.id = f.thing_id LEFT JOIN terms v ON v.id = f.value AND f.datatype IS NULL
LEFT JOIN evidence e ON e.fact_id = f.id LEFT JOIN passages p ON p.id = e.passage_id
LEFT JOIN terms m ON m.id = p.modality_id LEFT JOIN documents d ON d.id = p.document_id;
"""


def sqlite(request: Request) -> bytes:
    """The tables as a database file; foreign keys are checked before it is handed over."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        for table in request.tables:
            connection.execute(_definition(table))
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", table.rows)  # noqa: S608
        _describe(connection, request)
        for table in request.tables:
            connection.executescript("".join(_indexes(table)))
        connection.executescript(_VIEWS)
        connection.commit()
        if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
            raise OutputError(f"{len(broken)} rows of the database refer to nothing, first {broken[0]}; report this.")
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _definition(table: Table) -> str:
    lines = [_column(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    return f"CREATE TABLE {_quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _column(column: Column) -> str:
    parts = [_quoted(column.name), _TYPES[column.type]]
    parts += ["NOT NULL"] if column.required else []
    parts += [f"CHECK ({_quoted(column.name)} IN (0, 1))"] if column.type == "boolean" else []
    parts += [f"REFERENCES {_quoted(column.refers)} (id)"] if column.refers else []
    return " ".join(parts)


def _indexes(table: Table) -> Iterable[str]:
    for column in table.columns:
        if column.refers and column.name != table.key[0]:
            name = _quoted(f"{table.name}_{column.name}")
            yield f"CREATE INDEX {name} ON {_quoted(table.name)} ({_quoted(column.name)});\n"


def _describe(connection: sqlite3.Connection, request: Request) -> None:
    """A table that says what each column holds, in Swedish and English."""
    connection.execute(
        "CREATE TABLE columns (table_name TEXT, column_name TEXT, name TEXT, name_en TEXT, iri TEXT,"
        " PRIMARY KEY (table_name, column_name))"
    )
    label = request.knowledge.things.label
    rows = [
        (table.name, column.name, label(column.term, "sv"), label(column.term, "en"), column.term)
        for table in request.tables
        for column in table.columns
        if column.term
    ]
    connection.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?)", rows)
