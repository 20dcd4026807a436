"""What a page worker answers: a page of the site, or a report with the parameters of a query string."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ..api import Graph
from ..errors import SamverkansgrafError, UnknownPage, UnknownThing
from ..pages.parameters import read
from ..pages.reports import Reports
from ..pages.sparql import answer_page
from ..render import render
from ..reports import REPORTS
from ..site import Site
from ..texts import texts
from ..workspace import Workspace
from .description import description
from .worker import Answer, Question, refusal

MEDIA = {
    "html": "text/html; charset=utf-8", "json": "application/json", "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8", "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def making(workspace: Workspace, lang: str, sources: Sequence[Path] = ()) -> Callable[[Question], Answer]:
    """Load the graph of *workspace*; the function returned makes pages, with full texts from *sources* alone.

    A question has ``path``, ``parameters`` (a list of (name, value)) and ``base`` (for ``service.<format>``, the
    description of the service at that address); or it has ``answer``, the answer of a query worker to show to a person.
    """
    graph = Graph(workspace, lang=lang)
    site = Site(graph.knowledge, texts(lang), sources=sources)

    def answer(question: Question) -> Answer:
        try:
            if told := question.get("answer"):
                page = answer_page(site.edition, told["query"], told["kind"], told["body"], cut=told["cut"])
                return {"status": 200, "media": page.media}, page.body
            if question["base"]:
                fmt = question["path"].removeprefix("service.")
                return {"status": 200, "media": ""}, description(graph.knowledge, question["base"], fmt)
            if not question["parameters"]:
                made = site.make(question["path"])
                return {"status": 200, "media": made.media}, made.body
            return _report(graph, site, question["path"], question["parameters"])
        except (UnknownPage, UnknownThing) as exc:
            return refusal(404, str(exc))
        except SamverkansgrafError as exc:
            return refusal(400, str(exc))

    return answer


def _report(graph: Graph, site: Site, path: str, given: Sequence[tuple[str, str]]) -> Answer:
    """The report at ``report/<name>.<format>`` with parameters; a page of another kind takes none."""
    name, _, fmt = path.removeprefix("report/").partition(".")
    if not path.startswith("report/") or name not in REPORTS or fmt not in MEDIA:
        return refusal(400, f"/{path} takes no parameters.")
    options, number = read(name, given)
    report = graph.report(name, **options)  # type: ignore[arg-type]
    if fmt == "html":
        page = Reports(site.edition).asked(name, report, given)
        return {"status": 200, "media": page.media}, page.body
    return {"status": 200, "media": MEDIA[fmt]}, render(report, fmt, table=number)
