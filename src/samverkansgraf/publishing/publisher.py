"""Who publishes the graph, where, and under which licence."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import WorkspaceError
from ..period import PartialDate
from ..terms import XSD
from ..workspace import Workspace


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, under which licence, where: from the settings and the command.

    Without ``base``, an address that ends in a slash, every file is named by where it lies beside the others.
    """

    name: str
    contact: str
    licence: str
    base: str = ""
    sparql: str = ""
    date: str = ""

    @classmethod
    def of(cls, workspace: Workspace, base: str = "", *, sparql: str = "", date: str = "") -> Publisher:
        """The publisher that the settings name; `WorkspaceError` says what is missing or is no address."""
        settings = {key: str(workspace.settings.get(key, "")) for key in ("publisher", "contact", "licence")}
        for key in ("publisher", "licence"):
            if not settings[key]:
                raise WorkspaceError(f'samverkansgraf.toml names no {key}; write {key} = "…", so that others know.')
        for address in filter(None, (base, sparql, settings["licence"])):
            if not address.startswith(("http://", "https://")) or set(address) & set(' <>"{}|\\^`'):
                raise WorkspaceError(
                    f"{address!r} is no web address; write it in full, such as https://exempel.se/data/."
                )
        if date and not _is_day(date):
            raise WorkspaceError(f"{date!r} is no day; write it as 2026-01-31.")
        if "@" not in settings["contact"] and settings["contact"]:
            raise WorkspaceError(f"contact = {settings['contact']!r} should be an e-mail address.")
        licence = settings["licence"].replace("https://creativecommons.org/", "http://creativecommons.org/")
        folder = base.rstrip("/") + "/" if base else ""
        return cls(settings["publisher"], settings["contact"], licence, folder, sparql, date)


def _is_day(text: str) -> bool:
    try:
        return PartialDate.parse(text).datatype == XSD.date
    except ValueError:
        return False
