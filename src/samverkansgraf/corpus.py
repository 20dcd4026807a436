"""Everything that was read, and what is wrong with it that only shows across files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .context import Context
from .documents import PERSONS, Reading
from .errors import Finding


@dataclass(slots=True)
class Corpus:
    """Everything that was read, with the context it was read under."""

    context: Context
    readings: list[Reading] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """Findings of all files, each file's own and those that only show across files."""
        own = [finding for reading in self.readings for finding in reading.findings]
        own += _shared_names(self.readings)
        return own + list(_undescribed(self.readings)) + list(_conflicting_names(self.readings))


def _shared_names(readings: Iterable[Reading]) -> list[Finding]:
    """Files of one name in two folders: they would be one graph."""
    first: dict[str, str] = {}
    main = [reading for reading in readings if reading.iri and PERSONS not in reading.file]
    return [
        Finding(reading.file, 0, f"the name is taken by {first[reading.iri]}; give the file a name of its own")
        for reading in main
        if first.setdefault(reading.iri, reading.file) != reading.file
    ]


def _undescribed(readings: Iterable[Reading]) -> Iterable[Finding]:
    readings = list(readings)
    described = {iri for reading in readings for iri, _ in reading.described}
    for reading in readings:
        for iri, line in reading.referred:
            if iri not in described:
                yield Finding(reading.file, line, f"<{iri}> is described nowhere; give it a `type` in some passage")


def _conflicting_names(readings: Iterable[Reading]) -> Iterable[Finding]:
    first: dict[str, tuple[str, str, int]] = {}
    for reading in readings:
        for iri, line, name in reading.names:
            known, file, there = first.setdefault(iri, (name, reading.file, line))
            if known != name:
                seen = f"<{iri}> is named {name!r} here but {known!r} at {file}:{there}; keep one name, write `alias:`"
                yield Finding(reading.file, line, seen)
