"""Questions to answers: one module per question, each a pure function of a graph."""

from __future__ import annotations

from collections.abc import Callable

from ..knowledge import Knowledge
from ..texts import Texts
from .gaps import gaps
from .membership import membership
from .path import path
from .quality import quality
from .reporting import reporting
from .show import show
from .table import Cell, Column, Report, Row, Table

REPORTS: dict[str, Callable[..., Report]] = {
    "reporting": reporting,
    "membership": membership,
    "gaps": gaps,
    "quality": quality,
    "show": show,
    "path": path,
}
"""Reports by name; each takes (knowledge, texts) and keyword options of its own."""

__all__ = ["REPORTS", "Cell", "Column", "Knowledge", "Report", "Row", "Table", "Texts"]
