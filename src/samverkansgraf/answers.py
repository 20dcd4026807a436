"""The answer to a query, in every format a person or a program takes it."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .collation import swedish
from .errors import OutputError
from .knowledge import Knowledge
from .queries import NamedQuery
from .results import GRAPHS, RESULTS, Limit, write
from .store import Result, Solutions
from .texts import texts

if TYPE_CHECKING:
    from .reports import Report

Value = str | int | float | bool | None


class Answer:
    """The answer to a query: rows of a SELECT, the truth of an ASK, or the triples of a CONSTRUCT or DESCRIBE."""

    def __init__(
        self, result: Result, knowledge: Knowledge, lang: str, named: NamedQuery | None = None, most: int | None = None
    ) -> None:
        self._result = result
        self._knowledge = knowledge
        self._lang = lang
        self._named = named
        self._most = most
        self.cut = False
        """Whether what was read so far left out rows, for want of room."""

    def limited(self, most: int | None) -> Answer:
        """This answer with at most *most* rows or triples (None: all)."""
        return Answer(self._result, self._knowledge, self._lang, self._named, most)

    @property
    def columns(self) -> list[str]:
        """Variables of a SELECT in order; empty for other queries."""
        return [variable.value for variable in getattr(self._result, "variables", [])]

    @cached_property
    def rows(self) -> list[dict[str, Value]]:
        """One dictionary per solution: IRIs and texts as `str`, numbers and truth values as such, unbound None."""
        if not isinstance(self._result, Solutions):
            return []
        found = [{n: _python(solution[n]) for n in self.columns} for solution in islice(self._result, self._most)]
        self.cut = self._most is not None and next(self._result, None) is not None
        return found

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self._result) if isinstance(self._result, ox.QueryBoolean) else bool(self.rows)

    def to(self, fmt: str, *, width: int = 100) -> bytes:
        """The answer in *fmt*.

        ``json`` is SPARQL 1.1 Query Results JSON, ``csv`` and ``tsv`` are the W3C's. Triples come as ``turtle``,
        ``ntriples`` or ``jsonld``. An answer can be read once in these formats, and not after its rows; ask again.
        """
        is_graph = isinstance(self._result, ox.QueryTriples)
        fmt = {"table": "turtle", "json": "jsonld"}.get(fmt, fmt) if is_graph else fmt
        if "rows" in self.__dict__ and fmt in RESULTS and not is_graph and self.columns:
            raise OutputError(f"The rows of this answer were read already; ask again to get it as {fmt}.")
        if is_graph or fmt in RESULTS:
            limit = Limit(self._most, bytes=sys.maxsize) if self._most is not None else None
            written = write(self._result, fmt, limit, self._knowledge.context.prefixes)
            self.cut = written.cut
            return written.body + (b"\n" if fmt == "json" else b"")
        if fmt in GRAPHS:
            raise OutputError(f"{fmt} is for CONSTRUCT and DESCRIBE; take {', '.join(RESULTS)} or table.")
        from .render import render

        return render(self.report(), fmt, width=width)

    def _repr_html_(self) -> str:
        """Rows as a notebook shows them; triples as Turtle."""
        from html import escape

        from .notebook import fragment

        if isinstance(self._result, ox.QueryTriples):
            return f"<pre>{escape(self.to('turtle').decode())}</pre>"
        return fragment(self.report())

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
            rows = tuple(Row(tuple(self._shown(row[name]) for name in shown), "") for row in self._ordered())  # type: ignore[assignment]
        title = self._named.header.get("question", "") if self._named else ""
        counted = texts(self._lang).count("row", len(rows))
        return Report("query", title, title, counted, (Table("", heads, rows),), lang=self._lang)

    def _ordered(self) -> list[dict[str, Value]]:
        """Rows in the order that the named query asks for, words in Swedish order (an engine puts Ä before Å)."""
        order = self._named.order if self._named else ()
        known = list(itertools.takewhile(lambda one: one[0] in self.columns, order))
        rows = list(self.rows)
        for name, down in reversed(known):
            rows.sort(key=lambda row: _place(row[name]), reverse=down)
        return rows

    def _is_for_programs(self, name: str) -> bool:
        """Whether a column only repeats as an IRI what another column says in words."""
        return f"{name}Name" in self.columns or (name == "passage" and "anchor" in self.columns)

    def _shown(self, value: Value) -> str | int | float | None:
        if isinstance(value, str) and value.startswith("http"):
            known = self._knowledge
            return known.things.label(value, self._lang) if self._named else known.context.shorten(value)
        if isinstance(value, bool):
            return str(value).lower()
        return value


def _place(value: Value) -> tuple[int, object]:
    """Sort key as in SPARQL: nothing, then things by address, then numbers, then words; these by Swedish order."""
    if value is None:
        return (0, 0)
    if isinstance(value, str):
        return (1, value) if value.startswith("http") else (3, swedish(value))
    return (2, value)


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
