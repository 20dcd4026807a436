"""Excel: one workbook with every report that needs no further question, and the template filled in."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from ..population import load
from ..render import sheets
from ..reports import REPORTS, Report, find_report
from ..spreadsheet import workbook
from ..workbook import filled
from ..workbook.plan import Plan, Vocabulary
from .request import Request


def reports(request: Request) -> bytes:
    """The workbook: the answers, a list of the sheets, then every table of every report."""
    words, made = request.words, list(_reports(request))
    notes = [f"{report.title}. {report.answer} {report.examined}" for report in made]
    every = [(report, sheet) for report in made for sheet in sheets(report)]
    heads = [words(f"exports.{key}") for key in ("sheet", "report", "table", "rows")]
    listed = [
        (number, report.title, title, len(rows)) for number, (report, (title, _, rows)) in enumerate(every, start=2)
    ]
    contents = (words("exports.contents"), heads, listed)
    return workbook([contents, *(sheet for _, sheet in every)], notes=notes, lang=request.lang)


def template(request: Request) -> bytes:
    """The workbook that `samverkansgraf import` reads, filled in with what the documents say."""
    known = request.knowledge
    plan = Plan(Vocabulary(known.context, known.workspace.folders("ontology")))
    return filled(known, plan, request.collection)[0]


def _reports(request: Request) -> Iterator[Report]:
    for name in REPORTS:
        function = find_report(name)
        parameters = inspect.signature(function).parameters
        asked = [p for p in list(parameters.values())[2:] if p.default is p.empty and p.name != "population"]
        if asked:
            continue
        options: dict[str, object] = {"collection": request.collection} if "collection" in parameters else {}
        if "population" in parameters:
            options["population"] = load(request.knowledge.workspace)
        yield function(request.knowledge, request.words, **options)
