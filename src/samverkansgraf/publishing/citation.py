"""How the data are cited: Citation File Format 1.2."""

from __future__ import annotations

import re

import yaml

from ..texts import Texts
from .publisher import Publisher

FILE = "CITATION.cff"
_COMMONS = re.compile(r"http://creativecommons\.org/licenses/([a-z-]+)/([\d.]+)/?")


def citation(publisher: Publisher, words: Texts) -> bytes:
    """The file; without an address or a date it has none."""
    about = {
        "cff-version": "1.2.0", "message": words("publishing.cite"), "type": "dataset",
        "title": words("publishing.dataset"), "authors": [{"name": publisher.name}],
        **_licence(publisher.licence), "url": publisher.base, "date-released": publisher.date,
    }  # fmt: skip
    kept = {key: value for key, value in about.items() if value}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=1000).encode()


def _licence(address: str) -> dict[str, str]:
    """A licence by its SPDX name where it has one that is known here, else by its address.

    >>> _licence("http://creativecommons.org/licenses/by/4.0/")
    {'license': 'CC-BY-4.0'}
    """
    if address.startswith("http://creativecommons.org/publicdomain/zero/1.0"):
        return {"license": "CC0-1.0"}
    if commons := _COMMONS.fullmatch(address):
        return {"license": f"CC-{commons[1].upper()}-{commons[2]}"}
    return {"license-url": address}


__all__ = ["FILE", "citation"]
