"""Where documents contradict themselves, each other or arithmetic, and where they are weak: one query a check.

`ontology/checks/<check>.rq` returns one row per finding and passage: ``?thing``, values that its header's sentences
name, and passages as ``?here`` and, on the other side of a contradiction, ``?there``. `<check>.subjects.rq` returns
what the check looked at (``?thing ?passage``): a check that looked at nothing has checked nothing. Findings are about
documents; nothing is repaired, and the build does not stop for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .errors import DataError, Finding
from .queries import NamedQuery, read_query
from .terms import XSD

if TYPE_CHECKING:
    from .store import Store

SUBJECTS = ".subjects"
SEVERITIES = ("contradiction", "difference", "weakness", "silence")
"""Cannot both hold · says it in two ways · holds but is thin · is not said."""
_SIDES = ("here", "there")
_NUMBERS = frozenset({XSD.integer, XSD.decimal})
_REQUIRED = ("label", "summary", "severity", "sentence", "sentence-en")


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a finding: its text, and whether it is a ``thing``, a ``number`` or ``words``."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """One finding: the values its sentence names, and the passages on one side and the other (none for a silence)."""

    values: dict[str, tuple[Term, ...]]
    here: frozenset[str]
    there: frozenset[str]


@dataclass(frozen=True, slots=True)
class Check:
    """What is looked for, and what is looked at."""

    name: str
    query: NamedQuery
    subjects: NamedQuery

    @property
    def severity(self) -> str:
        """One of `SEVERITIES`."""
        return self.query.header["severity"]

    @property
    def law(self) -> str:
        """The law that the check holds the documents against; empty when it compares documents only."""
        return self.query.header.get("against", "")

    @property
    def many(self) -> frozenset[str]:
        """Columns whose values are gathered into one finding."""
        return frozenset(filter(None, map(str.strip, self.query.header.get("many", "").split(","))))

    def label(self, lang: str) -> str:
        """What the check finds, in *lang*."""
        return self.query.header["summary" if lang == "en" else "label"]

    def sentence(self, lang: str) -> str:
        """The sentence of a finding, with the columns in braces."""
        return self.query.header["sentence-en" if lang == "en" else "sentence"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check that has been run: passages of every subject, and the findings."""

    check: Check
    subjects: dict[str, frozenset[str]]
    discoveries: tuple[Discovery, ...]

    @property
    def has_failed(self) -> bool:
        """Whether the check had nothing to look at."""
        return not self.subjects


def read_checks(folders: Sequence[Path]) -> list[Check]:
    """Every check by severity and name; a missing companion or header line is a finding of `DataError`."""
    queries: dict[str, NamedQuery] = {}
    for folder in folders:
        queries |= {query.name: query for query in (read_query(path, folder) for path in sorted(folder.glob("*.rq")))}
    findings, checks = [], []
    for name, query in sorted(queries.items()):
        if name.endswith(SUBJECTS):
            continue
        companion = queries.get(name + SUBJECTS)
        missing = [f"header line `{key}` is missing" for key in _REQUIRED if key not in query.header]
        if not missing and query.header["severity"] not in SEVERITIES:
            missing.append(f"severity should be one of {', '.join(SEVERITIES)}")
        missing += [] if companion else [f"no {name}{SUBJECTS}.rq beside it"]
        findings += [Finding(str(query.path), 0, text) for text in missing]
        if companion:
            checks.append(Check(name, query, companion))
    if findings:
        raise DataError(findings)
    return sorted(checks, key=lambda check: (SEVERITIES.index(check.severity), check.name))


def run(check: Check, store: Store) -> Outcome:
    """Ask *store* what *check* looks at and what it finds; findings are sorted by their values.

    A check that says ``own-engine`` (and why) is asked of our own engine, of a copy where the store is another.
    """
    store = store.local if "own-engine" in check.query.header else store
    subjects: dict[str, set[str]] = {}
    for row in store.select(check.subjects.text):
        subjects.setdefault(row["thing"].value, set()).add(row["passage"].value)
    return Outcome(
        check, {thing: frozenset(found) for thing, found in sorted(subjects.items())}, _discoveries(check, store)
    )


def _term(node: ox.NamedNode | ox.Literal) -> Term:
    if isinstance(node, ox.NamedNode):
        return Term(node.value, "thing")
    return Term(node.value, "number" if node.datatype.value in _NUMBERS else "words")


def _discoveries(check: Check, store: Store) -> tuple[Discovery, ...]:
    solutions = store.select(check.query.text)
    names = [variable.value for variable in solutions.variables if variable.value not in _SIDES]
    sides = [side for side in _SIDES if any(variable.value == side for variable in solutions.variables)]
    gathered: dict[tuple[Term, ...], dict[str, set[Term]]] = {}
    passages: dict[tuple[Term, ...], dict[str, set[str]]] = {}
    for row in solutions:
        values = {name: _term(row[name]) for name in names}
        key = tuple(value for name, value in values.items() if name not in check.many)
        into = gathered.setdefault(key, {name: set() for name in names})
        for name, value in values.items():
            into[name].add(value)
        found = passages.setdefault(key, {side: set() for side in _SIDES})
        for side in sides:
            found[side].add(row[side].value)
    ordered = sorted(gathered, key=lambda key: tuple(term.text for term in key))
    return tuple(
        Discovery(
            {name: tuple(sorted(terms, key=lambda term: term.text)) for name, terms in gathered[key].items()},
            frozenset(passages[key]["here"]),
            frozenset(passages[key]["there"]),
        )
        for key in ordered
    )
