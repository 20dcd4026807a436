"""Where each IRI has its page: paths without an ending, safe on every file system."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from ..terms import BASE, DOC, LOCAL_NAME

_ROOMS = frozenset({"id", "graph", "doc", "ns"})
_RESERVED = frozenset({"con", "prn", "aux", "nul"})
"""Names that Windows gives to no file."""


class Addresses:
    """IRI → path of its page, for every IRI given; no two paths differ in case alone."""

    def __init__(self, iris: Iterable[str]) -> None:
        self.paths: dict[str, str] = {}
        taken: set[str] = set()
        for iri in sorted(set(iris)):
            path = bare = plain_path(iri)
            number = 1
            while path.casefold() in taken:
                number += 1
                path = f"{bare}-{number}"
            taken.add(path.casefold())
            self.paths[iri] = path

    def __contains__(self, iri: object) -> bool:
        return iri in self.paths

    def page(self, iri: str) -> str:
        """Path of the page of *iri*, with the fragment of a passage; nothing where it has none."""
        if iri in self.paths:
            return f"{self.paths[iri]}.html"
        document, dot, _ = iri.rpartition(".")
        inside = dot and iri.startswith(DOC) and document in self.paths
        return f"{self.paths[document]}.html#{passage_anchor(iri)}" if inside else ""


def passage_anchor(iri: str) -> str:
    """Fragment of a passage in the page of its document.

    >>> passage_anchor("https://w3id.org/samverkansgraf/doc/x.fc3f67f9")
    'p-fc3f67f9'
    """
    return f"p-{iri.rpartition('.')[2]}"


def plain_path(iri: str) -> str:
    """Path of *iri* before collisions: as the IRI itself says it where that is safe, else a digest.

    >>> plain_path("https://w3id.org/samverkansgraf/id/vasterbotten/pkd")
    'id/vasterbotten/pkd'
    >>> plain_path("https://w3id.org/samverkansgraf/ns#Forum")
    'ns/Forum'
    >>> plain_path("https://w3id.org/samverkansgraf/id/../x")
    'other/ac5432621142'
    """
    parts = iri.removeprefix(BASE).replace("#", "/", 1).split("/")
    if iri.startswith(BASE) and parts[0] in _ROOMS and all(map(_safe, parts)):
        return "/".join(parts)
    return f"other/{hashlib.sha256(iri.encode()).hexdigest()[:12]}"


def _safe(name: str) -> bool:
    return bool(LOCAL_NAME.match(name)) and name.partition(".")[0].casefold() not in _RESERVED
