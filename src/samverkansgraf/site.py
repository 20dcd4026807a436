"""The whole graph as pages: static and live give the same bytes."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from .errors import OutputError, UnknownPage
from .knowledge import Knowledge
from .pages import every_page
from .pages.edition import Edition, Made, Maker, made
from .progress import told
from .texts import Texts

MARKER = "site.json"
"""The file that tells a folder with a site of ours from any other."""


class Site:
    """Pages of one graph in one language.

    ``sources`` are folders where the full texts are looked for; without them the reader shows anchors.
    """

    def __init__(self, knowledge: Knowledge, texts: Texts, *, sources: Sequence[Path] = ()) -> None:
        self.edition = Edition(knowledge, texts, sources)

    @cached_property
    def _makers(self) -> dict[str, Maker]:
        return dict(sorted([*every_page(self.edition), (MARKER, self._marker)]))

    def _marker(self) -> Made:
        about = {"madeBy": "samverkansgraf", "language": self.edition.texts.lang, "files": len(self._makers)}
        return made(MARKER, (json.dumps(about, indent=2) + "\n").encode())

    def paths(self) -> Iterator[str]:
        """Every path of the site, sorted."""
        return iter(self._makers)

    def make(self, path: str) -> Made:
        """The file at *path*; `UnknownPage` where there is none."""
        if path not in self._makers:
            raise UnknownPage(f"The site has no page {path!r}; search.html lists what there is.")
        return self._makers[path]()

    def address(self, iri: str) -> str:
        """Path of the page of *iri*, with a fragment for a passage; nothing where it has none."""
        return self.edition.address(iri)

    def write(self, folder: Path) -> int:
        """Write every file beside *folder*, then put them in its place; return how many.

        A reader sees the old site or the new one, never half. Raises `OutputError` where *folder* holds anything but a
        site that this package has made, and leaves it as it was.
        """
        target = folder.resolve()
        _refuse_others(target)
        temporary = _beside(target)
        try:
            for path in told(list(self.paths()), "Writing pages"):
                place = temporary / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(self.make(path).body)
            _swap(temporary, target)
        except OSError as exc:
            raise OutputError(f"{folder} cannot be written: {exc.strerror}") from exc
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        return len(self._makers)


def _refuse_others(target: Path) -> None:
    """`OutputError` unless *target* is free, empty or a site of ours."""
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target} is a file; give a folder.")
    if target.is_dir() and any(target.iterdir()) and not _is_ours(target / MARKER):
        raise OutputError(f"{target} holds other files and no site made here; give a new or an empty folder.")


def _is_ours(marker: Path) -> bool:
    try:
        return bool(json.loads(marker.read_text("utf-8"))["madeBy"] == "samverkansgraf")
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _beside(target: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as exc:
        raise OutputError(f"{target.parent} is no folder that can be written to: {exc.strerror}") from exc


def _swap(fresh: Path, target: Path) -> None:
    """Put *fresh* in the place of *target*; where that fails, what stood there stands there again."""
    fresh.chmod(0o755)
    if not target.exists():
        fresh.rename(target)
        return
    old = fresh.with_name(f"{fresh.name}.old")
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


__all__ = ["MARKER", "Made", "Site", "UnknownPage"]
