"""A page for every report, and the same answer as data, workbook and CSV."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations
from typing import Any
from urllib.parse import urlencode

from ..maps.geography import Geography
from ..maps.svg import stylesheet
from ..maps.timeline import Timeline
from ..population import load
from ..queries import NamedQuery, named_queries
from ..render import render
from ..reports import REPORTS, WITH_POPULATION, Report, find_report
from .edition import AREAS, Crumb, Edition, Made, Pages, made, routes_path
from .parameters import fields
from .report_body import body

PLAIN = tuple(name for name in REPORTS if name not in {"kommun", "routes", "show", "path", "compare"})
"""Reports that ask for nothing; they come for each collection too."""
_PATTERNS = re.compile("<defs>.*?</defs>", re.DOTALL)
_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Question:
    """One report as it is asked: its name, the path of its page without ending, what it asks for, and what that is."""

    report: str
    path: str
    options: tuple[tuple[str, str], ...] = ()
    of: str = ""


class Reports:
    """Pages of reports; the answer made last is kept, since its formats are made one after the other."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._last: tuple[Question, Report] | None = None

    def pages(self) -> Pages:
        """(path, maker) of the list of reports, and of every report in every format."""
        yield "reports.html", self._list
        for question in self.questions():
            yield f"{question.path}.html", partial(self._page, question)
            for ending in ("json", "xlsx"):
                yield f"{question.path}.{ending}", partial(self._file, question, ending)
            yield f"{question.path}.zip", partial(self._tables, question)

    def questions(self) -> Iterator[Question]:
        """Every question that has a page: each plain report, whole and by collection; areas, kommuner and pairs."""
        collections = self.collections()
        for name in PLAIN:
            yield Question(name, f"report/{name}")
            for one in collections if len(collections) > 1 else ():
                yield Question(name, f"report/{name}/{last(one)}", (("collection", one),), one)
        for area in self.edition.in_order(self.edition.areas):
            yield Question("routes", routes_path(self.edition.addresses.paths[area]), (("area", area),), area)
        for kommun in self.edition.in_order(self.edition.kommuner):
            yield Question("kommun", f"report/kommun/{last(kommun)}", (("thing", kommun),), kommun)
        for first, second in combinations(collections, 2):
            path = f"report/compare/{last(first)}-{last(second)}"
            yield Question("compare", path, (("first", first), ("second", second)))

    def collections(self) -> list[str]:
        """Collections of the graph, in Swedish order."""
        return self.edition.in_order({collection for collection, _ in self.edition.knowledge.documents.values()})

    @cached_property
    def _named(self) -> list[NamedQuery]:
        return list(named_queries(self.edition.knowledge.workspace.folders("queries")).values())

    def _queries(self, name: str) -> list[NamedQuery]:
        """Named queries that say they answer the core of report *name*."""
        return [query for query in self._named if name in query.reports]

    def report(self, question: Question) -> Report:
        """The answer to *question*."""
        if self._last is None or self._last[0] != question:
            e = self.edition
            options: Mapping[str, object] = dict(question.options)
            if question.report in WITH_POPULATION:
                options = {**options, "population": load(e.knowledge.workspace)}
            self._last = question, find_report(question.report)(e.knowledge, e.texts, **options)
        return self._last[1]

    def asked(self, name: str, report: Report, given: Sequence[tuple[str, str]]) -> Made:
        """The page of *report*, the report *name* made with parameters that a person gave."""
        e, path = self.edition, f"report/{name}.html"
        asked = urlencode([(key, value) for key, value in given if value])
        crumbs = [Crumb(e.texts("site.reports"), "reports.html")]
        return e.page(
            path, "report", title=report.title, crumbs=crumbs, question=Question(name, f"report/{name}"),
            collections=[], last=last, pictures=[], talks=True, asked=f"?{asked}", queries=self._queries(name),
            fields=fields(e, name, self.collections(), given), **body(report),
        )  # fmt: skip

    def _page(self, question: Question) -> Made:
        e, report = self.edition, self.report(question)
        is_whole = question.report in PLAIN and not question.of
        crumbs = [Crumb(e.texts("site.reports"), "reports.html")]
        if question.of and question.report in PLAIN:
            crumbs.append(Crumb(e.texts(f"report_pages.{question.report}"), f"report/{question.report}.html"))
        title = f"{report.title} – {e.name(question.of)}" if question.report in PLAIN and question.of else report.title
        return e.page(
            f"{question.path}.html", "report", title=title, crumbs=crumbs, question=question,
            collections=self.collections() if question.report in PLAIN else [], last=last, talks=is_whole, asked="",
            fields=fields(e, question.report, self.collections(), ()) if is_whole else [],
            queries=self._queries(question.report),
            **self._pictures(question, f"{question.path}.html"), **body(report),
        )  # fmt: skip

    def _pictures(self, question: Question, path: str) -> dict[str, Any]:
        """Pictures that stand beside the tables, in their order, and their style."""
        e, root, home = self.edition, "../" * path.count("/"), question.of or None
        drawn: list[str] = []
        if question.report == "timeline":
            picture = Timeline(e.knowledge, e.texts, collection=home).picture(partial(e.link, root))
            drawn = [str(picture)]
        elif question.report == "geography":
            maps = Geography(e.knowledge, e.texts, collection=home, population=load(e.knowledge.workspace))
            shown = [one.key for one in maps.measures if one.kind != "place"]
            drawn = [str(maps.picture(key, partial(e.link, root))) for key in shown]
        return {"pictures": [*drawn[:1], *map(_without_patterns, drawn[1:])], "styles": [stylesheet()] if drawn else []}

    def _file(self, question: Question, ending: str) -> Made:
        return made(f"{question.path}.{ending}", render(self.report(question), ending))

    def _tables(self, question: Question) -> Made:
        """Each table as CSV, in one archive."""
        report, out = self.report(question), io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(1, len(report.tables) + 1):
                entry = zipfile.ZipInfo(f"{question.report}-{number}.csv", _EARLIEST)
                archive.writestr(entry, render(report, "csv", table=number), zipfile.ZIP_DEFLATED)
        return Made(out.getvalue(), "application/zip")

    def _list(self) -> Made:
        e = self.edition
        pairs = [one for one in self.questions() if one.report == "compare"]
        return e.page(
            "reports.html", "reports", title=e.texts("site.reports"), plain=PLAIN, collections=self.collections(),
            areas=self._areas(), kommuner=e.in_order(e.kommuner), pairs=pairs, last=last,
            routes_path=routes_path,
        )  # fmt: skip

    def _areas(self) -> dict[str, list[str]]:
        """Areas by kind: what documents call areas comes before their goals, what has a route before what has none."""
        e = self.edition
        by_kind: dict[str, list[str]] = {kind: [] for kind in AREAS}
        for area in sorted(e.in_order(e.areas), key=lambda one: not e.route_lengths[one]):
            kinds = e.knowledge.classes[area]
            by_kind[next(kind for kind in AREAS if kind in kinds)].append(area)
        return {kind: own for kind, own in by_kind.items() if own}


def _without_patterns(drawing: str) -> str:
    """A picture that stands after another: patterns have one name on a page, and are there already."""
    return _PATTERNS.sub("", drawing)


def last(iri: str) -> str:
    """The last segment of *iri*."""
    return iri.rpartition("/")[2]


__all__ = ["PLAIN", "Question", "Reports", "last"]
