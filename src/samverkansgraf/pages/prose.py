"""Pages that explain: what this is, how a fact is known, who can use it, and what there is to take along."""

from __future__ import annotations

from functools import cached_property, partial

from ..errors import WorkspaceError
from ..exports import Request
from ..maps import draw
from ..maps.matrix import Matrix
from ..maps.svg import stylesheet
from ..publishing import Publication, Publisher
from ..publishing.publication import DATA
from ..terms import MODALITIES, UNSAID
from .edition import Edition, Made, Pages, made


class Prose:
    """About, method, accessibility, coverage, the map, and downloads."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def pages(self) -> Pages:
        """(path, maker) of each."""
        for name in ("about", "method", "accessibility"):
            yield f"{name}.html", partial(self._plain, name)
        yield "map.html", self._map
        yield "coverage.html", self._coverage
        yield "downloads.html", self._downloads
        for name in self.publication.names:
            yield f"data/{name}", partial(self._file, name)

    def _plain(self, name: str) -> Made:
        e = self.edition
        return e.page(
            f"{name}.html", name, title=e.texts(f"{name}.title"), contact=e.report_errors(""),
            modalities=(*MODALITIES, *sorted(UNSAID, reverse=True)),
            licence=str(e.knowledge.workspace.settings.get("licence", "")),
        )  # fmt: skip

    def _map(self) -> Made:
        e = self.edition
        return made("map.html", draw(e.knowledge, e.texts, things_at="id/").encode())

    def _coverage(self) -> Made:
        e = self.edition
        homes = e.in_order({collection for collection, _ in e.knowledge.documents.values()})
        drawn, link = {}, partial(e.link, "")
        for home in homes:
            matrix = Matrix(e.knowledge, e.texts, collection=home)
            drawn[home] = [part for part in (matrix.areas(link), *matrix.kommuner(link)) if part]
        return e.page(
            "coverage.html", "coverage", title=e.texts("coverage_page.title"), drawn=drawn, styles=[stylesheet()]
        )

    @cached_property
    def publication(self) -> Publication:
        """The files to take along; they name each other by where they lie, so that they are right wherever they do."""
        e = self.edition
        try:
            publisher = Publisher.of(e.knowledge.workspace)
        except WorkspaceError:
            publisher = None
        return Publication(Request(e.knowledge, e.texts.lang), publisher)

    def _file(self, name: str) -> Made:
        media = self.publication.media(name)
        charset = "; charset=utf-8" if media.startswith("text/") else ""
        return Made(self.publication.body(name), media + charset)

    def _downloads(self) -> Made:
        e, files = self.edition, self.publication
        listed = [(name, files.text(name), len(files.body(name))) for name in files.names]
        data, described = listed[: len(DATA)], listed[len(DATA) :]
        return e.page(
            "downloads.html", "downloads", title=e.texts("site.downloads"), data=data, described=described,
            publisher_told=files.publisher is not None,
            licence=str(e.knowledge.workspace.settings.get("licence", "")),
        )  # fmt: skip


__all__ = ["Prose"]
