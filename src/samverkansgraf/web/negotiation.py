"""Choosing a format by what a client accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

PAGE = "text/html"
THINGS = (
    (PAGE, "html"),
    ("text/turtle", "ttl"),
    ("application/ld+json", "jsonld"),
    ("application/json", "json"),
)
"""Forms of a thing, a document, a graph and the vocabulary: media type and ending, the best first."""
RESULTS = (
    ("application/sparql-results+json", "json"),
    ("application/json", "json"),
    ("application/sparql-results+xml", "xml"),
    ("application/xml", "xml"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
)
"""Forms of the answer to SELECT and ASK."""
GRAPHS = (
    ("text/turtle", "turtle"),
    ("application/n-triples", "ntriples"),
    ("application/ld+json", "jsonld"),
    ("application/json", "jsonld"),
    ("text/plain", "ntriples"),
)
"""Forms of the answer to CONSTRUCT and DESCRIBE, and of descriptions of the service."""
Form = tuple[str, str] | None
"""Media type and name of a format; None where there is none that the client takes."""
_NAMED = {name: (media, name) for media, name in reversed((*RESULTS, *GRAPHS))} | {"html": (PAGE, "html")}
_QUALITY = re.compile(r"\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*\Z", re.IGNORECASE)
_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Range:
    """One element of an Accept header: type, subtype and quality."""

    kind: str
    sub: str
    quality: float

    def fits(self, media: str) -> int:
        """How closely it fits *media*: 3 for the type itself, 2 for ``type/*``, 1 for ``*/*``, 0 for not at all."""
        kind, _, sub = media.partition("/")
        if (self.kind, self.sub) == (kind, sub):
            return 3
        return 2 if (self.kind, self.sub) == (kind, "*") else int((self.kind, self.sub) == ("*", "*"))


def ranges(accept: str) -> list[Range]:
    """The elements of an Accept header; what is malformed is passed over, parameters but ``q`` are ignored.

    >>> ranges("text/html, text/*;q=0.5, nonsense")
    [Range(kind='text', sub='html', quality=1.0), Range(kind='text', sub='*', quality=0.5)]
    """
    found = []
    for element in accept.split(","):
        media, *parameters = element.split(";")
        match = _RANGE.match(media.lower())
        weights = [weight for parameter in parameters if (weight := _QUALITY.match(parameter))]
        if match:
            found.append(Range(match[1], match[2], float(weights[0][1]) if weights else 1.0))
    return found


def best(accept: str, offered: Sequence[tuple[str, str]]) -> Form:
    """The (media type, name) of *offered* that *accept* likes most, the first of equals; None when it likes none.

    >>> best("text/turtle;q=0.5, application/ld+json", THINGS)
    ('application/ld+json', 'jsonld')
    >>> best("image/png", THINGS) is None
    True
    """
    wanted = ranges(accept) if accept.strip() else [Range("*", "*", 1.0)]
    weighed = [(_weight(media, wanted), -place) for place, (media, _) in enumerate(offered)]
    weight, place = max(weighed, default=(0.0, 0))
    return offered[-place] if weight > 0 else None


def _weight(media: str, wanted: Sequence[Range]) -> float:
    """Quality of the closest range that fits *media*."""
    return max(((one.fits(media), one.quality) for one in wanted if one.fits(media)), default=(0, 0.0))[1]


def forms(accept: str, name: str = "") -> tuple[Form, Form] | None:
    """Forms of an answer to SELECT and of one to CONSTRUCT, by *accept*, or by *name* alone; None for an unknown name.

    >>> forms("text/csv")
    (('text/csv', 'csv'), None)
    >>> forms("text/csv", "turtle")
    (None, ('text/turtle', 'turtle'))
    """
    page = ((PAGE, "html"),)
    if not name:
        return best(accept, (*RESULTS, *page)), best(accept, (*GRAPHS, *page))
    if name not in _NAMED:
        return None
    found = _NAMED[name]
    return found if found in (*RESULTS, *page) else None, found if found in (*GRAPHS, *page) else None
