"""The answer to a query, in every format a person or a program takes it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .errors import OutputError
from .knowledge import Knowledge
from .queries import NamedQuery
from .texts import texts

if TYPE_CHECKING:
    from .reports import Report

Value = str | int | float | bool | None
_RESULTS = {"csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV, "json": ox.QueryResultsFormat.JSON}
_GRAPHS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}


class Answer:
    """The answer to a query: rows of a SELECT, the truth of an ASK, or the triples of a CONSTRUCT or DESCRIBE."""

    def __init__(self, result: object, knowledge: Knowledge, lang: str, named: NamedQuery | None = None) -> None:
        self._result = result
        self._knowledge = knowledge
        self._lang = lang
        self._named = named

    @property
    def columns(self) -> list[str]:
        """Variables of a SELECT in order; empty for other queries."""
        return [variable.value for variable in getattr(self._result, "variables", [])]

    @cached_property
    def rows(self) -> list[dict[str, Value]]:
        """One dictionary per solution: IRIs and texts as `str`, numbers and truth values as such, unbound None."""
        return [{name: _python(solution[name]) for name in self.columns} for solution in self._result]  # type: ignore[attr-defined]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self._result) if isinstance(self._result, ox.QueryBoolean) else bool(self.rows)

    def to(self, fmt: str, *, width: int = 100) -> bytes:
        """The answer in *fmt*.

        ``json`` is SPARQL 1.1 Query Results JSON, ``csv`` and ``tsv`` are the W3C's. Triples come as ``turtle``,
        ``ntriples`` or ``jsonld``. An answer can be read once in these formats.
        """
        if isinstance(self._result, ox.QueryTriples):
            return self._triples(fmt)
        if fmt in _GRAPHS:
            raise OutputError(f"{fmt} is for CONSTRUCT and DESCRIBE; take {', '.join(_RESULTS)} or table.")
        if fmt in _RESULTS:
            return self._result.serialize(format=_RESULTS[fmt]) + (b"\n" if fmt == "json" else b"")  # type: ignore[attr-defined, no-any-return]
        from .render import render

        return render(self.report(), fmt, width=width)

    def _repr_html_(self) -> str:
        """Rows as a notebook shows them; triples as Turtle."""
        from .notebook import fragment

        if isinstance(self._result, ox.QueryTriples):
            return f"<pre>{escape(self._triples('turtle').decode())}</pre>"
        return fragment(self.report())

    def _triples(self, fmt: str) -> bytes:
        fmt = {"table": "turtle", "json": "jsonld"}.get(fmt, fmt)
        if fmt not in _GRAPHS:
            raise OutputError(f"The query gives triples; take {', '.join(_GRAPHS)}.")
        ordered = sorted(self._result, key=str)  # type: ignore[call-overload]
        prefixes = self._knowledge.context.prefixes if fmt == "turtle" else {}
        return ox.serialize(ordered, format=_GRAPHS[fmt], prefixes=prefixes) or b""

    def report(self) -> Report:
        """The answer as a report.

        A query text gives its variables, IRIs written short. A named query speaks to people: columns are headed by what
        they mean, things are called by their names, and what only a program needs is left out.
        """
        from .reports import Column, Report, Row, Table

        if isinstance(self._result, ox.QueryBoolean):
            heads, rows = (Column("answer", "?"),), (Row((str(bool(self._result)).lower(),), ""),)
        else:
            meaning = self._named.meanings if self._named else {}
            shown = [name for name in self.columns if not (self._named and self._is_for_programs(name))]
            heads = tuple(Column(name, meaning.get(name, name)) for name in shown)  # type: ignore[assignment]
            rows = tuple(Row(tuple(self._shown(row[name]) for name in shown), "") for row in self.rows)  # type: ignore[assignment]
        title = self._named.header.get("question", "") if self._named else ""
        counted = texts(self._lang).count("row", len(rows))
        return Report("query", title, title, counted, (Table("", heads, rows),), lang=self._lang)

    def _is_for_programs(self, name: str) -> bool:
        """Whether a column only repeats as an IRI what another column says in words."""
        return f"{name}Name" in self.columns or (name == "passage" and "anchor" in self.columns)

    def _shown(self, value: Value) -> str | int | None:
        if isinstance(value, str) and value.startswith("http"):
            known = self._knowledge
            return known.things.label(value, self._lang) if self._named else known.context.shorten(value)
        if isinstance(value, bool):
            return str(value).lower()
        return str(value) if isinstance(value, float) else value


def _python(term: object) -> Value:
    if term is None:
        return None
    value = str(term.value)  # type: ignore[attr-defined]
    kind = getattr(term, "datatype", None)
    name = kind.value.rpartition("#")[2] if kind is not None else ""
    if name == "integer":
        return int(value)
    if name in {"decimal", "double", "float"}:
        return float(value)
    return value == "true" if name == "boolean" else value
