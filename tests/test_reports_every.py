"""Every report with every option and in every format: it answers in a sentence, fits the page, and can be read back."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import openpyxl
import pytest

from samverkansgraf.api import Graph
from samverkansgraf.render import FORMATS, render
from samverkansgraf.reports import REPORTS, WITH_POPULATION, Report, find_report
from samverkansgraf.texts import LANGUAGES, texts
from test_reports import knowledge_of

ASKED = {
    "kommun": {"thing": "Umeå"},
    "routes": {"area": "Civil beredskap"},
    "show": {"thing": "PKD"},
    "path": {"start": "PKD AU", "end": "Region Västerbotten"},
    "compare": {"first": "Västerbotten", "second": "Västmanland"},
}
"""What the reports that ask for something are asked here."""
LIMITS: tuple[dict[str, object], ...] = (
    {},
    {"collection": "Umeåregionen"},
    {"collection": "Västmanland", "at": "2015", "modalities": ("stated", "proposed")},
)
NOWHERE = "https://w3id.org/samverkansgraf/id/a"


@pytest.fixture(scope="module")
def spoken(graph: Graph) -> dict[str, Graph]:
    """The graph of the repository in each language."""
    return {lang: Graph(graph.workspace, lang) for lang in LANGUAGES}


def is_answered(report: Report) -> None:
    """One sentence comes first, without counting what there is none of, and no line is over a hundred columns."""
    lines = render(report, "table").decode().splitlines()
    assert lines[0]
    assert report.answer.startswith(lines[0])
    assert report.answer == report.answer.strip()
    assert report.answer.endswith(".")
    assert ". " not in report.answer
    assert "  " not in report.answer
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_every_limit_is_answered(spoken: dict[str, Graph], name: str, lang: str) -> None:
    """Whole, by collection, at a date with some modalities, and without its evidence; in English by collection."""
    for limit in LIMITS if lang == "sv" else LIMITS[1:2]:
        options = {key: value for key, value in limit.items() if (name, key) != ("compare", "collection")}
        report = spoken[lang].report(name, **options, **ASKED.get(name, {}))  # type: ignore[arg-type]
        is_answered(report)
        is_answered(report.without_evidence())
        asked_for = options.get("modalities", ())
        if asked_for:
            assert {row.modality for table in report.tables for row in table.rows} <= set(asked_for)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_every_format_can_be_read_back(spoken: dict[str, Graph], name: str, lang: str) -> None:
    """The formats of data hold as many rows as the report; those for people hold its answer."""
    part = {} if lang == "sv" or name == "compare" else {"collection": "Västerbotten"}
    report = spoken[lang].report(name, **part, **ASKED.get(name, {}))  # type: ignore[arg-type]
    if not report.tables:
        report = spoken[lang].report(name)
    made = {fmt: render(report, fmt) for fmt in FORMATS}
    rows = len(report.tables[0].rows)
    for fmt, delimiter in (("csv", ","), ("tsv", "\t"), ("excel", ";")):
        read = list(csv.reader(io.StringIO(made[fmt].decode("utf-8-sig"), newline=""), delimiter=delimiter))
        assert len(read) == rows + 1
        assert {len(row) for row in read} == {len(read[0])}
    told = json.loads(made["json"])
    assert told["answer"] == report.answer
    assert [len(table["rows"]) for table in told["tables"]] == [len(table.rows) for table in report.tables]
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]), read_only=True)
    assert len(book.sheetnames) >= len(report.tables)
    page = Words()
    page.feed(made["html"].decode())
    assert " ".join(report.answer.split()) in " ".join(" ".join(page.words).split())
    assert made["md"].decode().count("|") >= rows


class Words(HTMLParser):
    """The text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep *data*."""
        self.words.append(data)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [one for one in REPORTS if one not in {"kommun", "routes", "compare"}])
def test_nothing_is_known_of_an_empty_graph(name: str, lang: str) -> None:
    """The sentence says so and nothing is counted; the three left out refuse what an empty graph does not have."""
    asked = dict.fromkeys(ASKED.get(name, {}), NOWHERE)
    brought = {"population": None} if name in WITH_POPULATION else {}
    report = find_report(name)(knowledge_of(""), texts(lang), **asked, **brought)
    is_answered(report)
    rows = [row for table in report.tables for row in table.rows]
    assert [cell for row in rows for cell in row.cells if isinstance(cell, int) and cell] == []
    assert [row for row in rows if row.evidence] == []
    assert not rows or name == "quality", "quality lists its checks, each with nothing examined"
