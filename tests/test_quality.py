"""The report on quality: what the checks find in the real graph, and what a reader is shown of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.checks import Outcome, read_checks, run
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.render import render
from samverkansgraf.reports.quality import quality
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace
from test_reports import below
from workbench import ROOT

GOLDEN = Path(__file__).parent / "golden"
CHECKS = {check.name: check for check in read_checks([ROOT / "ontology" / "checks"])}
TWO_SIDED = {"contradiction", "difference"}
COLLECTIONS = ["Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen"]
KNOWN = {
    "seats-sum": "9, men de fördelade platserna summerar till 7",
    "rotation-rows": "7 rader för 4 år",
    "some-or-all": "vissa prioriterade arbetsgrupper",
    "areas-differ": "gemensamt pendlarkort",
    "assignees-differ": "informationssäkerhetsskyddschef",
    "text-not-table": "strategisk kommunikation",
    "roles-differ": "RISE är ansvarig",
    "number-twice": "Figur 2",
    "open-and-given": "bilaga 1",
    "names-differ": "Primärkommunala beredningen",
    "spellings": "Richard Carstedt",
    "mandate-self": "Primärkommunala delegationen",
    "laws-differ": "2019:944",
    "allocations-differ": "5–10 platser",
    "share-amounts": "ca 20 %, men beloppen ger 14 procent",
    "law-no-number": "kommunallag",
}
"""Contradictions that an independent reader found, by the check that should find them and a piece of its sentence."""


@pytest.fixture(scope="module")
def outcomes(graph: Graph) -> dict[str, Outcome]:
    """Every check on the real graph."""
    return {name: run(check, graph.knowledge.store) for name, check in CHECKS.items()}


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_check_looks_at_something_in_the_real_graph(name: str, outcomes: dict[str, Outcome]) -> None:
    """A check that examined nothing has failed."""
    assert not outcomes[name].has_failed


def test_contradictions_have_evidence_on_both_sides(outcomes: dict[str, Outcome], graph: Graph) -> None:
    """Every contradiction and difference points to passages on either side; every finding points to some passage."""
    known = graph.knowledge.book.passages
    for outcome in outcomes.values():
        for discovery in outcome.discoveries:
            assert discovery.here, outcome.check.name
            assert discovery.here | discovery.there <= known.keys()
            assert outcome.check.severity not in TWO_SIDED or discovery.there, outcome.check.name


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_what_a_reader_found_is_found(name: str, graph: Graph) -> None:
    """The contradictions on the readers' lists are among the findings."""
    label = CHECKS[name].label("sv")
    rows = [row for table in below(graph.report("quality"))[:4] for row in table.rows if row.cells[0] == label]
    assert any(KNOWN[name] in str(row.cells[1]) for row in rows)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_prints_what_it_printed(graph: Graph, lang: str) -> None:
    """The findings on the real graph are the golden ones; UPDATE_GOLDEN=1 writes them anew."""
    report = Graph(graph.workspace, lang).report("quality")
    lines = [report.answer]
    for table in report.tables:
        lines += ["", table.title, *(" · ".join(str(cell) for cell in row.cells) for row in table.rows)]
    made = "\n".join(lines) + "\n"
    golden = GOLDEN / f"quality.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(made, "utf-8")
    assert golden.read_text("utf-8") == made


@pytest.mark.parametrize("collection", [*COLLECTIONS, None])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_fits_a_hundred_columns_and_answers_first(graph: Graph, collection: str | None, lang: str) -> None:
    """No line of the text is wider than 100 characters, its first line begins the answer, and no braces are left."""
    report = Graph(graph.workspace, lang).report("quality", collection=collection)
    made = render(report, "table").decode()
    assert max(map(len, made.splitlines())) <= 100
    assert report.answer.startswith(made.splitlines()[0])
    assert not any("{" in str(cell) for table in report.tables for row in table.rows for cell in row.cells)


def test_a_collection_shows_the_findings_that_touch_it(graph: Graph) -> None:
    """Every finding of a collection cites it, and together the collections show every finding of the whole report."""
    knowledge = graph.knowledge
    whole = {row.cells for table in below(graph.report("quality"))[:-1] for row in table.rows}
    seen = set()
    for name in COLLECTIONS:
        rows = [row for table in below(graph.report("quality", collection=name))[:-1] for row in table.rows]
        iri = knowledge.collection(name)
        assert all(any(knowledge.documents[p.document][0] == iri for p in row.evidence) for row in rows)
        seen |= {row.cells for row in rows}
    assert seen == whole


def test_a_check_without_subjects_is_reported_as_failed() -> None:
    """In an empty graph every check has failed, and the notes name it."""
    empty = Knowledge(EmbeddedStore(), Workspace(None))
    report = quality(empty, texts("sv"))
    assert report.answer == texts("sv")("quality.none", where="")
    assert any(
        note.startswith("Underkända kontroller") and "Rapportering som går runt" in note for note in report.notes
    )
