"""The error tree, and findings: what is wrong, where, and what to do.

SamverkansgrafError
├── DataError        findings in documents, tables or rules (carries all of them)
├── WorkspaceError   no workspace, unreadable settings, a folder that is missing
├── StoreError       a store that cannot be reached, read or written
├── QueryError       a query that does not exist, does not parse or may not run
├── UnknownThing     a name that nothing bears; carries near names
│   └── AmbiguousName    a name that several things bear alike; carries them
├── UnknownPage      a path that the site does not have
├── SourceError      a document whose text cannot be read
└── OutputError      a result that cannot be written in the format or place asked for
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing that is wrong: where (file and line), what was seen, what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """*text* without the characters by which it could take command of a terminal, or be read in another order."""
    return _UNSEEN.sub("", text)


class SamverkansgrafError(Exception):
    """Root of every error that this package means to raise."""

    def __str__(self) -> str:
        """The message; what services and documents say in it may act on no terminal."""
        return plain(super().__str__())


class DataError(SamverkansgrafError):
    """Findings in the input; the message lists every one, sorted by file and line."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(sorted(set(findings)))
        count = len(self.findings)
        super().__init__("\n".join(map(str, self.findings)) + f"\n{count} finding{'s' * (count != 1)}.")


class WorkspaceError(SamverkansgrafError):
    """A workspace that is missing, unreadable or incomplete."""


class StoreError(SamverkansgrafError):
    """A store that cannot be reached, read, placed or written."""


class QueryError(SamverkansgrafError):
    """A query that is unknown, does not parse, lacks a parameter or may not run."""


class UnknownThing(SamverkansgrafError):  # noqa: N818 - reads as a noun where it is caught
    """A name that nothing in the graph bears."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        self.near = tuple(near)
        between = "; " if any(", " in one for one in near) else ", "
        hint = f" Did you mean: {between.join(near)}?" if near else " Try part of its name, an abbreviation or an IRI."
        super().__init__(f"Nothing in the graph is called {name!r}.{hint}")


class AmbiguousName(UnknownThing):
    """A name that several things bear alike."""

    def __init__(self, name: str, bearers: Sequence[str]) -> None:
        self.near = tuple(bearers)
        message = f"Several things are called {name!r}: {', '.join(bearers)}. Give the short name in brackets."
        SamverkansgrafError.__init__(self, message)


class SourceError(SamverkansgrafError):
    """A PDF, Word or text file whose text cannot be read, or that is no source's name."""


class OutputError(SamverkansgrafError):
    """A result that cannot be written in the format or to the place asked for."""


class UnknownPage(SamverkansgrafError):  # noqa: N818 - reads as a noun where it is caught
    """A path that the site does not have."""
