"""Named queries: one question per `.rq` file, described by its header, with typed parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import DataError, Finding, QueryError
from .files import required_text
from .guard import tokens
from .period import PartialDate
from .terms import XSD

HEADER_KEYS = (
    "summary", "question", "params", "columns", "rows", "label", "after",
    "severity", "against", "many", "sentence", "sentence-en", "own-engine", "reports",
)  # fmt: skip
PARAMETER_TYPES = ("thing", "date", "text", "integer")
_NAME = re.compile(r"[\w-]+(/[\w-]+)*")
_HEADER = re.compile(r"#\+\s*([\w-]+):\s*(.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a named query: its variable, type and what it means (Swedish)."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query file: name (``theme/question``), header and text."""

    name: str
    path: Path
    header: Mapping[str, str]
    text: str

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Declared as ``#+ params: kommun (thing) vilken kommun; dag (date) vilken dag``."""
        found = []
        for part in filter(None, map(str.strip, self.header.get("params", "").split(";"))):
            match = re.match(r"(\w+) \((\w+)\) (.+)", part)
            if match is None or match[2] not in PARAMETER_TYPES:
                types = ", ".join(PARAMETER_TYPES)
                raise QueryError(
                    f"{self.path}: parameter {part!r} should look like `name (type) meaning`; types: {types}"
                )
            found.append(Parameter(match[1], match[2], match[3]))
        return tuple(found)

    @property
    def meanings(self) -> dict[str, str]:
        """Short meaning of each column (Swedish), from ``#+ columns: name = meaning, more of it; …``.

        A column ``xName`` holds the name of ``x`` and means the same.
        """
        pairs = (part.partition("=") for part in self.header.get("columns", "").split(";"))
        short = {name.strip(): re.split(r"[,(]", meaning)[0].strip() for name, equals, meaning in pairs if equals}
        return short | {f"{name}Name": meaning for name, meaning in short.items() if f"{name}Name" in short}

    @property
    def reports(self) -> tuple[str, ...]:
        """Reports whose core the query answers: ``#+ reports: gaps, open``."""
        return tuple(filter(None, map(str.strip, self.header.get("reports", "").split(","))))

    @property
    def order(self) -> tuple[tuple[str, bool], ...]:
        """(variable, whether the greatest comes first) of what the rows are sorted by, where it is variables alone."""
        found = re.search(r"\bORDER BY((?:\s+(?:\?\w+|DESC\(\?\w+\)))+)\s*\Z", self.text)
        named = re.findall(r"(DESC\()?\?(\w+)", found[1]) if found else ()
        return tuple((name, bool(down)) for down, name in named)

    def bound(self, terms: Mapping[str, str]) -> str:
        """The text with each ``VALUES ?name { UNDEF }`` given its term (SPARQL syntax); every name must be declared."""
        known = {parameter.name for parameter in self.parameters}
        if unknown := sorted(set(terms) - known):
            takes = ", ".join(sorted(known)) or "no parameters"
            raise QueryError(f"{self.name} has no parameter {', '.join(unknown)}; it takes {takes}.")
        text = self.text
        for name, term in terms.items():
            pattern = re.compile(rf"VALUES\s+\?{name}\s*\{{\s*UNDEF\s*\}}")
            text, count = pattern.subn(lambda _, n=name, t=term: f"VALUES ?{n} {{ {t} }}", text)  # type: ignore[misc]
            if not count:
                raise QueryError(
                    f"{self.path}: parameter {name} is declared but `VALUES ?{name} {{ UNDEF }}` is missing"
                )
        return text


def read_query(path: Path, folder: Path) -> NamedQuery:
    """Read one `.rq` file; `DataError` names the line of every mistake in its header."""
    text = required_text(path)
    header: dict[str, str] = {}
    findings = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            continue
        match = _HEADER.fullmatch(line.rstrip())
        if match is None or match[1] not in HEADER_KEYS:
            findings.append(Finding(str(path), number, f"header line {line!r}; keys are {', '.join(HEADER_KEYS)}"))
        elif match[1] in header:
            findings.append(Finding(str(path), number, f"duplicate header key {match[1]!r}"))
        else:
            header[match[1]] = match[2]
    if findings:
        raise DataError(findings)
    return NamedQuery(path.relative_to(folder).with_suffix("").as_posix(), path, header, text)


def named_queries(folders: Sequence[Path]) -> dict[str, NamedQuery]:
    """Every named query of *folders*, by name, sorted; a later folder may not reuse a name."""
    found: dict[str, NamedQuery] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.rq")):
            query = read_query(path, folder)
            if query.name in found:
                raise DataError([Finding(str(path), 0, f"the name {query.name} is taken by {found[query.name].path}")])
            found[query.name] = query
    return dict(sorted(found.items()))


def named_query(name: str, folders: Sequence[Path]) -> NamedQuery | None:
    """The named query *name*, read alone; None where there is none."""
    found = [folder for folder in folders if _NAME.fullmatch(name) and (folder / f"{name}.rq").is_file()]
    if len(found) == 1:
        return read_query(found[0] / f"{name}.rq", found[0])
    return named_queries(folders).get(name)


def vocabulary_terms(text: str) -> list[str]:
    """Local names of the ``sg:`` terms that a query uses, sorted.

    >>> vocabulary_terms("SELECT ?x { ?x a sg:Network ; sg:concerns 'sg:not' }")
    ['Network', 'concerns']
    """
    words = (token.group() for token in tokens(text))
    return sorted({word.removeprefix("sg:") for word in words if word.startswith("sg:") and len(word) > 3})


def literal(text: str, datatype: str = XSD.string) -> str:
    """*text* as a SPARQL literal; nothing in it can end the literal.

    >>> literal('a"b')
    '"a\\\\"b"'
    """
    escaped = text.translate({ord("\\"): "\\\\", ord('"'): '\\"', 10: "\\n", 13: "\\r"})
    return f'"{escaped}"' if datatype == XSD.string else f'"{escaped}"^^<{datatype}>'


def typed_term(parameter: Parameter, value: str) -> str:
    """SPARQL term of *value* for a parameter of type date, text or integer; `QueryError` when it is malformed."""
    if parameter.type == "date":
        try:
            return literal(value, PartialDate.parse(value).datatype)
        except ValueError as exc:
            raise QueryError(f"{parameter.name}: {exc}") from exc
    if parameter.type == "integer":
        if not re.fullmatch(r"-?[0-9]+", value):
            raise QueryError(f"{parameter.name}: {value!r} is not a whole number")
        return literal(value, XSD.integer)
    return literal(value)
