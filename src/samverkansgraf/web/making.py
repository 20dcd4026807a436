"""What a page worker answers: a page of the site, or a report with the parameters of a query string."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence

from ..api import Graph
from ..errors import QueryError, SamverkansgrafError, UnknownPage, UnknownThing
from ..pages.sparql import answer_page
from ..render import render
from ..reports import REPORTS, find_report
from ..site import Site
from ..terms import MODALITIES, UNSAID
from ..texts import texts
from ..workspace import Workspace
from .description import description
from .worker import Answer, Question, refusal

MEDIA = {
    "html": "text/html; charset=utf-8", "json": "application/json", "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8", "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_COMMON = {"at": "str", "modality": "str", "table": "int"}
_ANY = re.compile(r".{1,500}", re.DOTALL)
_NUMBERS: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "int": (re.compile(r"[0-9]{1,2}"), int),
    "float": (re.compile(r"[0-9]{0,2}\.?[0-9]{1,4}"), float),
}
_GIVEN = frozenset({"knowledge", "texts", "population"})


def making(workspace: Workspace, lang: str) -> Callable[[Question], Answer]:
    """Load the graph of *workspace*; the function returned makes pages.

    A question has ``path``, ``parameters`` (a list of (name, value)) and ``base`` (for ``service.<format>``, the
    description of the service at that address); or it has ``answer``, the answer of a query worker to show to a person.
    """
    graph = Graph(workspace, lang=lang)
    site = Site(graph.knowledge, texts(lang), sources=workspace.source_folders())

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
            return _report(graph, question["path"], question["parameters"])
        except (UnknownPage, UnknownThing) as exc:
            return refusal(404, str(exc))
        except SamverkansgrafError as exc:
            return refusal(400, str(exc))

    return answer


def _report(graph: Graph, path: str, parameters: Sequence[tuple[str, str]]) -> Answer:
    """The report at ``report/<name>.<format>`` with *parameters*; a page of another kind takes none."""
    name, _, fmt = path.removeprefix("report/").partition(".")
    if not path.startswith("report/") or name not in REPORTS or fmt not in MEDIA:
        return refusal(400, f"/{path} takes no parameters.")
    options, number = _options(name, parameters)
    report = graph.report(name, **options)  # type: ignore[arg-type]
    return {"status": 200, "media": MEDIA[fmt]}, render(report, fmt, table=number)


def parameters_of(name: str) -> dict[str, tuple[str, bool]]:
    """Parameters of report *name*: kind (``str``, ``int`` or ``float``) and whether it must be given.

    >>> parameters_of("path")["start"], parameters_of("gaps")["at"]
    (('str', True), ('str', False))
    """
    own = inspect.signature(find_report(name)).parameters.values()
    found = {one.name: (str(one.annotation).partition(" ")[0], one.default is one.empty) for one in own}
    asked = {key: kind for key, kind in found.items() if key not in _GIVEN}
    return asked | {key: (kind, False) for key, kind in _COMMON.items()}


def _options(name: str, given: Sequence[tuple[str, str]]) -> tuple[dict[str, object], int]:
    """Options of `Graph.report` from a query string, and which table is asked for; an empty value is not given."""
    known, options, modalities = parameters_of(name), dict[str, object](), list[str]()
    for key, value in given:
        if key not in known:
            raise QueryError(f"The report {name} has no parameter {key!r}; it takes {', '.join(sorted(known))}.")
        if key == "modality" and value:
            modalities.append(_modality(value))
        elif key in options:
            raise QueryError(f"The parameter {key!r} is given twice.")
        elif value:
            options[key] = _value(key, known[key][0], value)
    if missing := sorted(key for key, (_, needed) in known.items() if needed and key not in options):
        raise QueryError(f"The report {name} needs {', '.join(missing)}.")
    number = options.pop("table", 1)
    assert isinstance(number, int)
    return options | {"modalities": modalities}, number


def _modality(value: str) -> str:
    if value not in (*MODALITIES, *UNSAID):
        raise QueryError(f"There is no modality {value[:30]!r}; there are {', '.join((*MODALITIES, *sorted(UNSAID)))}.")
    return value


def _value(key: str, kind: str, value: str) -> object:
    pattern, made = _NUMBERS.get(kind, (_ANY, str))
    if not pattern.fullmatch(value):
        raise QueryError(f"{key}={value[:30]!r} cannot be read; give a number, or at most 500 characters.")
    return made(value)
