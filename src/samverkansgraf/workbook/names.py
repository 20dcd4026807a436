"""Ids and names in a workbook: a person writes a name where the graph needs an id."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from ..context import Context
from ..intake import slug
from ..terms import LOCAL_NAME


class Unnamed(Exception):  # noqa: N818 - it is told, not raised to the person
    """A name that is nobody's, or several things', or that gives no id."""


class Names:
    """Names of what the workbook describes, and of what is described elsewhere (*known*: name → ids)."""

    def __init__(self, context: Context, known: Mapping[str, Iterable[str]]) -> None:
        self.context = context
        self.own: dict[str, set[str]] = {}
        self.known = {name.casefold(): set(ids) for name, ids in known.items()}
        self.minted: dict[str, str] = {}

    def add(self, names: Iterable[str], thing: str) -> None:
        """Note that *thing* bears *names*."""
        for name in names:
            self.own.setdefault(name.casefold(), set()).add(thing)

    def describe(self, given: str, names: list[str], prefix: str) -> str:
        """The id of a described thing: the one given, else made of its first name; two names never give one id."""
        if given:
            return self._id(given)
        if not names:
            raise Unnamed("has neither an id nor a name")
        if not prefix:
            raise Unnamed(
                "has no id, and the collection has no prefix of its own to make one with; write one: sala:gruppen"
            )
        made = f"{prefix}:{local_name_of(names[0])}"
        if self.minted.setdefault(made, names[0].casefold()) != names[0].casefold():
            raise Unnamed(f"{names[0]!r} and {self.minted[made]!r} would both be {made}; give one of them an id")
        return self._id(made)

    def find(self, text: str) -> str:
        """The id that *text* is, or that bears it as a name: in the workbook first, then elsewhere."""
        if ":" in text and text.partition(":")[0] in self.context.prefixes:
            return self._id(text)
        bearers = self.own.get(text.casefold()) or self.known.get(text.casefold(), set())
        if len(bearers) == 1:
            return next(iter(bearers))
        if bearers:
            raise Unnamed(f"several things are called {text!r}; write one of {', '.join(sorted(bearers))}")
        near = difflib.get_close_matches(text.casefold(), [*self.own, *self.known], n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "describe it in a sheet, or write its id"
        raise Unnamed(f"nothing is called {text!r}; {hint}")

    def _id(self, text: str) -> str:
        try:
            self.context.expand(text)
        except ValueError as exc:
            raise Unnamed(str(exc)) from exc
        return text


def local_name_of(name: str) -> str:
    """What may follow a prefix, made of *name*.

    >>> local_name_of("Samverkansgruppen, Öst (2026)")
    'samverkansgruppen-ost-2026'
    """
    made = re.sub(r"[.-]+", "-", slug(name))
    if not LOCAL_NAME.match(made):
        raise Unnamed(f"{name!r} gives no id; write one, such as sala:gruppen")
    return made
