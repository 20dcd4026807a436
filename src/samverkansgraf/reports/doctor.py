"""What is missing in a workspace and on the machine, and what to do about it."""

from __future__ import annotations

import shutil
import sys
import webbrowser
from collections.abc import Iterator
from importlib.util import find_spec

from ..build import build
from ..errors import DataError, SamverkansgrafError
from ..population import load
from ..texts import Texts
from ..workspace import Workspace
from .table import Report, Row, Table, columns

OPTIONAL = {"pandas": "pandas", "docx": "word"}
"""Package that is used where it is there → what installs it with this one."""
GOOD, ADVICE, WRONG = "good", "advice", "wrong"
Check = tuple[str, str, str, str]
"""What was looked at, how it is (one of the three), what was seen, what to do."""


def doctor(workspace: Workspace, texts: Texts) -> tuple[Report, bool]:
    """The state of things as a report, and whether nothing is wrong; advice is not wrong."""
    checks = [*_place(workspace, texts), *_graph(workspace, texts), *_settings(workspace, texts), *_machine(texts)]
    keys = ("what", "state", "seen", "advice")
    heads = columns(*((key, texts(f"doctor.head_{key}")) for key in keys))
    rows = tuple(Row((texts(f"doctor.{what}"), texts(f"doctor.{state}"), *rest), "") for what, state, *rest in checks)
    counts = {state: sum(state == seen for _, seen, *_ in checks) for state in (ADVICE, WRONG)}
    answer = texts("doctor.answer", **counts)
    made = Report("doctor", texts("doctor.title"), answer, texts.count("check", len(rows)), (Table("", heads, rows),))
    return made, not counts[WRONG]


def _place(workspace: Workspace, texts: Texts) -> Iterator[Check]:
    if workspace.root is None:
        yield "workspace", ADVICE, texts("doctor.no_workspace"), texts("doctor.make_workspace")
    else:
        yield "workspace", GOOD, str(workspace.root), ""


def _graph(workspace: Workspace, texts: Texts) -> Iterator[Check]:
    """The built graph against what a build would give now, and the source texts."""
    if workspace.root is None:
        yield "graph", GOOD, str(workspace.graph_file), ""
        return
    try:
        made = build(workspace, sources=workspace.source_folders())
    except DataError as exc:
        yield "graph", WRONG, texts.count("finding", len(exc.findings)), "samverkansgraf build"
        return
    stale = made.stale(workspace.graph_folder)
    seen = texts("doctor.stale", names=", ".join(stale)) if stale else texts("doctor.fresh")
    yield "graph", WRONG if stale else GOOD, seen, "samverkansgraf build" if stale else ""
    at_hand = [coverage.found for coverage in made.coverages if coverage.is_text]
    seen = texts("doctor.sources_found", found=sum(at_hand), whole=len(at_hand))
    yield "sources", GOOD if all(at_hand) else ADVICE, seen, "" if all(at_hand) else texts("doctor.put_sources")


def _settings(workspace: Workspace, texts: Texts) -> Iterator[Check]:
    missing = [key for key in ("publisher", "contact", "licence") if not workspace.settings.get(key)]
    if missing:
        yield "settings", ADVICE, texts("doctor.unset", names=", ".join(missing)), texts("doctor.set")
    else:
        yield "settings", GOOD, str(workspace.settings["publisher"]), ""
    try:
        known = load(workspace)
    except SamverkansgrafError as exc:
        yield "population", WRONG, str(exc), "samverkansgraf reference population FIL"
        return
    if known:
        yield "population", GOOD, f"{known.source}, {known.date}", ""
    else:
        yield "population", ADVICE, texts("doctor.none"), "samverkansgraf reference population FIL"


def _machine(texts: Texts) -> Iterator[Check]:
    yield "python", GOOD, ".".join(map(str, sys.version_info[:3])), ""
    for package, extra in OPTIONAL.items():
        there = find_spec(package) is not None
        advice = "" if there else f"pip install 'samverkansgraf[{extra}]'"
        yield (
            "package",
            GOOD if there else ADVICE,
            f"{package}: {texts('doctor.there' if there else 'doctor.none')}",
            advice,
        )
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding == "utf8":
        yield "terminal", GOOD, "UTF-8", ""
    else:
        yield "terminal", ADVICE, sys.stdout.encoding or texts("doctor.none"), texts("doctor.utf8")
    browser = _browser()
    yield (
        "browser",
        GOOD if browser else ADVICE,
        browser or texts("doctor.none"),
        "" if browser else texts("doctor.open"),
    )


def _browser() -> str:
    """What opens the map and the pages, or nothing."""
    try:
        return getattr(webbrowser.get(), "name", "") or shutil.which("open") or "browser"
    except webbrowser.Error:
        return ""
