"""Checks of the documents: each on a tiny text with one finding and on one with none, and all on the real graph.

`fixtures/checks/<check>.yaml` has two texts, ``one`` and ``none``, as lists of passages in the form of `data/`; section,
anchor and document (`in`, a or b) may be left out. They are read, and the rules run on them, as in a build.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
import yaml
from workbench import ROOT, Workbench

from samverkansgraf.api import Graph
from samverkansgraf.build import _ontology_lines, fact_lines
from samverkansgraf.checks import SEVERITIES, Outcome, read_checks, run
from samverkansgraf.context import Context
from samverkansgraf.documents import read_document
from samverkansgraf.errors import DataError
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.render import render
from samverkansgraf.reports.quality import quality
from samverkansgraf.rules import conclude, read_rules
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

FOLDER = ROOT / "ontology" / "checks"
FIXTURES = Path(__file__).parent / "fixtures" / "checks"
GOLDEN = Path(__file__).parent / "golden"
CHECKS = {check.name: check for check in read_checks([FOLDER])}
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
    "parties-differ": "regionala utvecklingsnämnden part",
    "stated-denied": "Norrlands universitetssjukhus",
    "allocations-differ": "5–10 platser",
    "share-amounts": "ca 20 %, men beloppen ger 14 procent",
    "law-no-number": "kommunallag",
}
"""Contradictions that an independent reader found, by the check that should find them and a piece of its sentence."""


@cache
def vocabulary() -> frozenset[str]:
    """N-Quads lines of the ontology."""
    return frozenset(_ontology_lines(Workspace.find(ROOT)))


def document(stem: str, passages: Iterable[dict[str, object]]) -> str:
    """A document in the form of `data/` with what the fixture leaves out."""
    filled = []
    for number, passage in enumerate(passages, 1):
        given = {key: value for key, value in passage.items() if key != "in"}
        filled.append({"section": "Text", "anchor": f"Ställe {number} … ställe {number}", **given})
    kind = "Agreement" if stem == "a" else "Minutes"
    head = {
        "id": f"doc:{stem}",
        "type": kind,
        "name": f"Dokument {stem}",
        "status": "adopted",
        "collection": "samling:prov",
    }
    source = {"sourceFile": f"{stem}.txt", "sourceHash": "sha256:" + "0" * 64}
    return yaml.safe_dump({**head, **source, "passages": filled}, allow_unicode=True, sort_keys=False)


def store_of(passages: list[dict[str, object]], folder: Path, context: Context) -> EmbeddedStore:
    """A store with the passages of documents a and b, the vocabulary and what the rules conclude."""
    lines = set(vocabulary())
    for stem in ("a", "b"):
        own = [passage for passage in passages if passage.get("in", "a") == stem]
        if own:
            path = folder / f"{stem}.yaml"
            path.write_text(document(stem, own), "utf-8")
            reading = read_document(path, context, file=path.name)
            assert not reading.findings
            lines |= fact_lines(reading)
    store = EmbeddedStore()
    store.load("".join(lines))
    conclude(read_rules([ROOT / "ontology" / "rules"]), store, lines)
    return store


def sides(outcome: Outcome) -> list[tuple[int, int]]:
    """How many passages each finding has on either side."""
    return [(len(discovery.here), len(discovery.there)) for discovery in outcome.discoveries]


@pytest.fixture(scope="module")
def outcomes(graph: Graph) -> dict[str, Outcome]:
    """Every check on the real graph."""
    return {name: run(check, graph.knowledge.store) for name, check in CHECKS.items()}


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_check_finds_one_where_there_is_one_and_none_where_there_is_none(
    name: str, tmp_path: Path, context: Context
) -> None:
    """Exactly one finding in the one text, with passages on its sides; something looked at but nothing found in the other."""
    written = yaml.load((FIXTURES / f"{name}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    one = run(CHECKS[name], store_of(written["one"], tmp_path, context))
    none = run(CHECKS[name], store_of(written["none"], tmp_path, context))
    assert len(one.discoveries) == 1
    assert not none.discoveries
    assert not one.has_failed
    assert not none.has_failed
    assert all(here for here, _ in sides(one))
    assert CHECKS[name].severity not in TWO_SIDED or all(there for _, there in sides(one))


def test_every_check_has_a_fixture_and_every_fixture_a_check() -> None:
    """No check goes untried, and no fixture is left of a check that is gone."""
    assert {path.stem for path in FIXTURES.glob("*.yaml")} == CHECKS.keys()


def test_sentences_name_columns_of_their_query() -> None:
    """Each `{name}` of a sentence is a variable of the query, the same ones in both languages."""
    for check in CHECKS.values():
        named = [set(re.findall(r"\{(\w+)\}", check.sentence(lang))) for lang in ("sv", "en")]
        selected = re.search(r"SELECT.*?WHERE", check.query.text, re.DOTALL)
        assert selected
        assert named[0] == named[1]
        assert named[0] <= set(re.findall(r"\?(\w+)", selected[0])), check.name


def test_queries_are_written_for_every_engine() -> None:
    """What `engines.md` rules out stands in no check: fixed graphs, FROM, plus paths, typed plain strings."""
    for path in FOLDER.glob("*.rq"):
        body = re.sub(r"<[^<>\s]*>|\"[^\"]*\"|#[^\n]*", "", path.read_text("utf-8"))
        assert not re.search(r"\bFROM\b|GRAPH <|\)\+|\w\+ |sameTerm|SELECT \*|xsd:string", body), path.name
        graphs = set(re.findall(r"GRAPH \?(\w+)", body))
        assert all(re.search(rf"\?{name} a sg:Passage", body) for name in graphs), path.name


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
    rows = [row for table in graph.report("quality").tables[:4] for row in table.rows if row.cells[0] == label]
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
    whole = {row.cells for table in graph.report("quality").tables[:-1] for row in table.rows}
    seen = set()
    for name in COLLECTIONS:
        rows = [row for table in graph.report("quality", collection=name).tables[:-1] for row in table.rows]
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


def test_report_takes_less_than_a_second(graph: Graph) -> None:
    """The checks are no joins of everything with everything."""
    graph.report("quality")
    start = time.perf_counter()
    graph.report("quality")
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ label: a\n#+ summary: a\n#+ severity: contradiction\n#+ sentence: a", "`sentence-en` is missing"),
        (
            "#+ label: a\n#+ summary: a\n#+ severity: bad\n#+ sentence: a\n#+ sentence-en: a",
            "severity should be one of",
        ),
        (
            "#+ label: a\n#+ summary: a\n#+ severity: silence\n#+ sentence: a\n#+ sentence-en: a",
            r"no prov\.subjects\.rq",
        ),
    ],
)
def test_mistakes_in_a_check_are_told_with_its_file(header: str, message: str, bench: Workbench) -> None:
    """A missing line, an unknown severity and a missing companion."""
    path = bench.write("ontology/checks/prov.rq", f"{header}\nSELECT ?thing ?here WHERE {{ }}\n")
    if "subjects" not in message:
        bench.write("ontology/checks/prov.subjects.rq", "#+ summary: a\nSELECT ?thing ?passage WHERE { }\n")
    with pytest.raises(DataError, match=message):
        read_checks([path.parent])


def test_checks_come_by_severity() -> None:
    """What cannot both hold comes first."""
    order = [SEVERITIES.index(check.severity) for check in read_checks([FOLDER])]
    assert order == sorted(order)
