"""Pages that explain: what this is, how a fact is known, who can use it, and what there is to take along."""

from __future__ import annotations

import hashlib
from functools import cached_property, partial

from ..exports import EXPORTS, Request, export
from ..maps import draw
from ..maps.matrix import Matrix
from ..maps.svg import stylesheet
from ..terms import MODALITIES, UNSAID
from ..workspace import package_root
from .edition import Edition, Made, Pages, made

FILES = {
    "samverkansgraf.nq": "nquads", "samverkansgraf.ttl": "turtle", "samverkansgraf.xlsx": "xlsx",
    "samverkansgraf.graphml": "graphml", "samverkansgraf.gexf": "gexf",
}  # fmt: skip
"""Files of the whole graph → the export that writes them."""
VOCABULARY = {"vokabular.ttl": "samverkansgraf.ttl", "context.jsonld": "context.jsonld", "former.ttl": "shapes.ttl"}
"""Files of the vocabulary → their names in ``ontology/``."""


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
        for name in (*FILES, *VOCABULARY, "SHA256SUMS"):
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
    def _request(self) -> Request:
        return Request(self.edition.knowledge, self.edition.texts.lang)

    def _bytes(self, name: str) -> bytes:
        if name in FILES:
            return next(iter(export(self._request, FILES[name]).values()))
        return (package_root() / "ontology" / VOCABULARY[name]).read_bytes()

    @cached_property
    def _bodies(self) -> dict[str, bytes]:
        return {name: self._bytes(name) for name in (*FILES, *VOCABULARY)}

    def _file(self, name: str) -> Made:
        if name == "SHA256SUMS":
            lines = (f"{hashlib.sha256(body).hexdigest()}  {one}\n" for one, body in sorted(self._bodies.items()))
            return made("sums.txt", "".join(lines).encode())
        media = EXPORTS[FILES[name]].media if name in FILES else made(name, b"").media
        return Made(self._bodies[name], media)

    def _downloads(self) -> Made:
        e = self.edition
        return e.page(
            "downloads.html", "downloads", title=e.texts("site.downloads"), files=FILES, vocabulary=VOCABULARY,
            sizes={name: len(body) for name, body in self._bodies.items()},
            licence=str(e.knowledge.workspace.settings.get("licence", "")),
        )  # fmt: skip


__all__ = ["FILES", "VOCABULARY", "Prose"]
