"""The whole graph as pages: static and live give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from .errors import OutputError, UnknownPage
from .knowledge import Knowledge
from .pages import every_page
from .pages.edition import Edition, Made, Maker, made
from .progress import told
from .swapping import swapped
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
        about = {"madeBy": "samverkansgraf", "language": self.edition.texts.lang, "files": list(self._makers)}
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
        """Put every file in *folder* at a stroke, in place of the pages that were written before; return how many.

        Other files in a site stay. Raises `OutputError` where *folder* holds something and no site that this package
        has made, and leaves it as it was.
        """
        with swapped(folder, _written(folder)) as fresh:
            for path in told(list(self.paths()), "Writing pages"):
                place = fresh / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(self.make(path).body)
        return len(self._makers)


def _written(folder: Path) -> list[str]:
    """What an earlier writer put in *folder*; `OutputError` where it holds something and no site of ours."""
    if not folder.is_dir() or not any(folder.iterdir()):
        return []
    try:
        about = json.loads((folder / MARKER).read_text("utf-8"))
        if about["madeBy"] == "samverkansgraf":
            return [str(path) for path in about["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise OutputError(f"{folder} holds other files and no site made here; give a new or an empty folder.")


__all__ = ["MARKER", "Made", "Site", "UnknownPage"]
