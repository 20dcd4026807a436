"""Questions to answers: one module per question, each a pure function of a graph, imported when it is asked."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from .table import Cell, Column, Report, Row, Table

REPORTS = {
    "reporting": "reporting",
    "membership": "membership",
    "gaps": "gaps",
    "open": "open:open_questions",
    "hosts": "hosts",
    "assignments": "assignments",
    "legal": "legal",
    "positions": "positions",
    "representation": "representation",
    "geography": "geography",
    "kommun": "kommun",
    "timeline": "timeline",
    "finance": "finance",
    "routes": "routes",
    "overlap": "overlap",
    "bridges": "bridges",
    "quality": "quality",
    "show": "show",
    "path": "path",
    "compare": "compare",
}
"""Report name → module, and function where its name differs; each takes (knowledge, texts) and options of its own."""
WITH_POPULATION = frozenset({"representation", "kommun", "geography"})
"""Reports that take ``population``, figures that the user has brought, or None."""


def find_report(name: str) -> Callable[..., Report]:
    """The function that makes report *name*; `KeyError` when there is none."""
    module, _, function = REPORTS[name].partition(":")
    found: Callable[..., Report] = getattr(import_module(f".{module}", __name__), function or module)
    return found


__all__ = ["REPORTS", "WITH_POPULATION", "Cell", "Column", "Report", "Row", "Table", "find_report"]
