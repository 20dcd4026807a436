"""The timeline: dates as printed, three-valued answers, held against SPARQL and against sets."""

from __future__ import annotations

import calendar
import os
import random
from pathlib import Path

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.errors import QueryError
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.period import PartialDate
from samverkansgraf.render import render
from samverkansgraf.reports.dates import Dates
from samverkansgraf.reports.table import Report
from samverkansgraf.reports.timeline import timeline
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden" / "reports"
SG = "https://w3id.org/samverkansgraf/ns#"
DOC = "https://w3id.org/samverkansgraf/doc/"
ID = "https://w3id.org/samverkansgraf/id/vasterbotten/"
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
WORDS = {"certain": "säkert", "possible": "möjligen", "unknown": "okänt", "no": "nej"}
COLLECTIONS = ["Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen", None]


def knowledge_of(quads: str) -> Knowledge:
    """Knowledge of a few N-Quads lines."""
    store = EmbeddedStore()
    store.load(quads)
    return Knowledge(store, Workspace(None))


def made(graph: Graph, collection: str | None = None, at: str | None = None, lang: str = "sv") -> Report:
    """The report on the real graph."""
    iri = graph.knowledge.collection(collection) if collection else None
    return timeline(graph.knowledge, texts(lang), collection=iri, at=at)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("name", "at"), [("timeline", None), ("timeline-at", "2024-08-19")])
def test_report_prints_what_it_printed(graph: Graph, lang: str, name: str, at: str | None) -> None:
    """The text on Västerbotten is the golden one; UPDATE_GOLDEN=1 writes it anew."""
    text = render(made(graph, "Västerbotten", at, lang), "table").decode()
    golden = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert golden.read_text("utf-8") == text


@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize("at", [None, "2016-11", "2024"])
def test_report_fits_a_hundred_columns(graph: Graph, collection: str | None, at: str | None) -> None:
    """No line is wider than 100 characters, the first is the answer, and every row has evidence."""
    report = made(graph, collection, at)
    lines = render(report, "table").decode().splitlines()
    assert max(map(len, lines)) <= 100
    assert report.answer.startswith(lines[0])
    assert all(row.evidence for table in report.tables for row in table.rows)


@pytest.mark.parametrize("at", [None, "2024"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_empty_graph_says_so(lang: str, at: str | None) -> None:
    """An empty graph gives no tables and a sentence that no date is known."""
    report = timeline(knowledge_of(""), texts(lang), at=at)
    assert report.tables == ()
    assert report.answer in {"Inget datum är känt.", "No date is known."}
    assert "0 " in report.examined


@pytest.mark.parametrize("at", ["igår", "2024-13", "24", ""])
def test_what_is_no_date_is_refused(graph: Graph, at: str) -> None:
    """The message says how dates are written, or that the day does not exist."""
    with pytest.raises(QueryError, match="is no d"):
        made(graph, at=at)


@pytest.mark.parametrize(
    "at", ["1993", "2016-12-31", "2017", "2017-01-01", "2018-06", "2023", "2024-08-19", "2026", "2031"]
)
def test_certainty_is_that_of_the_named_query(graph: Graph, at: str) -> None:
    """Facts answer as `tid/giltighet` does, which compares texts in SPARQL."""
    expected = {
        (str(r["thing"]), str(r["validFrom"]), str(r["validUntil"]), str(r["inForce"]))
        for r in graph.query("tid/giltighet", dag=at)
    }
    found = set()
    for span in Dates(graph.knowledge, None).spans:
        if span.modality in {"stated", "inferred"} and not span.derived:
            end = "tills vidare" if span.period.open_ended and not span.period.end else str(span.period.end or "")
            answer = WORDS[span.period.at(PartialDate.parse(at)).value]
            found.add((span.thing, str(span.period.start or ""), end, answer))
    assert found
    assert found == expected


def test_every_date_of_every_passage_is_a_row(graph: Graph) -> None:
    """Rows in date order have exactly the dates that plain SPARQL finds, and those that rules conclude."""
    text = """SELECT DISTINCT ?v WHERE { VALUES ?k { sg:validFrom sg:validUntil sg:dueBy sg:reviewedIn sg:date }
        ?g a sg:Passage ; sg:modality ?m . FILTER(?m NOT IN (sg:rejected, sg:denied)) GRAPH ?g { ?x ?k ?v } }"""
    years = "SELECT DISTINCT ?v WHERE { VALUES ?k { sg:year sg:effectiveFrom sg:effectiveUntil } ?x ?k ?v }"
    expected = {str(row["v"]) for query in (text, years) for row in graph.query(query)}
    assert {str(row.cells[0]) for row in made(graph).tables[0].rows} == expected


def test_rows_are_in_date_order_with_their_precision(graph: Graph) -> None:
    """First days do not go back, and the precision is that of the text."""
    rows = [row.cells for row in made(graph).tables[0].rows]
    firsts = [PartialDate.parse(str(cells[0])).earliest for cells in rows]
    assert firsts == sorted(firsts)
    assert {(len(str(cells[0])), cells[1]) for cells in rows} == {(4, "år"), (7, "månad"), (10, "dag")}


def test_forums_are_in_force_by_their_agreement_and_say_so(graph: Graph) -> None:
    """PKD has its time from the agreement of 2023–2026: certain in 2024, only possible in 2026, and derived."""
    for at, table in (("2024", "Gäller säkert 2024"), ("2026", "Gäller möjligen 2026")):
        report = made(graph, "Västerbotten", at)
        rows = {str(row.cells[0]): row for one in report.tables if one.title == table for row in one.rows}
        assert rows["Primärkommunala delegationen"].derived
        assert not rows["Överenskommelse om samverkan för regional utveckling 2023–2026"].derived


def test_reviews_that_have_passed_are_still_shown(graph: Graph) -> None:
    """The review in 2024 has passed at 2025, the one in the last year lies ahead."""
    rows = [row.cells for row in made(graph, "Västerbotten", "2025").tables[-1].rows if row.cells[2] == "ses över"]
    assert [(cells[0], cells[4]) for cells in rows] == [("2024", "har passerat"), ("2026", "ligger framför")]


def test_proposals_are_shown_but_not_counted() -> None:
    """What is only proposed stands in the table as proposed and is no thing in force."""
    rng = random.Random(2)  # noqa: S311 - reproducible test data
    lines, facts = random_periods(rng, modality="proposed")
    report = timeline(knowledge_of("".join(lines)), texts("sv"), at="2024")
    assert facts
    assert report.answer.startswith("2024: 0 saker gäller säkert och 0 möjligen; för 0 ")
    assert {row.modality for table in report.tables for row in table.rows} <= {"proposed"}


def days_of(text: str) -> list[str]:
    """Every day that a partial date may be, written out, from the calendar alone."""
    years = [int(text[:4])]
    months = [int(text[5:7])] if len(text) > 4 else range(1, 13)
    spans = ((year, month, calendar.monthrange(year, month)[1]) for year in years for month in months)
    every = [f"{year}-{month:02}-{day:02}" for year, month, last in spans for day in range(1, last + 1)]
    return [day for day in every if day.startswith(text)]


@pytest.mark.parametrize("seed", range(12))
def test_random_graphs_agree_with_sets_of_days(seed: int) -> None:
    """On small seeded graphs each table has the things whose days, taken one by one, are inside or not."""
    rng = random.Random(seed)  # noqa: S311 - reproducible test data
    lines, facts = random_periods(rng)
    at = PartialDate.parse(rng.choice(["2024", "2024-02", "2024-02-03"]))
    report = timeline(knowledge_of("".join(lines)), texts("sv"), at=at.text)
    titles = {"säkert": f"Gäller säkert {at}", "möjligen": f"Gäller möjligen {at}"}
    shown = {
        word: {str(r.cells[0]) for t in report.tables if t.title == title for r in t.rows}
        for word, title in titles.items()
    }
    expected: dict[str, set[str]] = {"säkert": set(), "möjligen": set()}
    asked = days_of(at.text)
    for thing, start, end in facts:
        first, last = days_of(start), days_of(end)
        surely = first[-1] <= asked[0] and asked[-1] <= last[0]
        if first[0] <= asked[-1] and asked[0] <= last[-1]:
            expected["säkert" if surely else "möjligen"].add(thing)
    assert shown == expected


def random_periods(rng: random.Random, modality: str = "stated") -> tuple[list[str], list[tuple[str, str, str]]]:
    """A random small graph as N-Quads with one document, and (short name, start, end) of its things."""
    passage, document = f"<{DOC}x.1>", f"<{DOC}x>"
    lines = [
        f"{document} <{SG}collection> <{ID}c> .\n{document} <{SG}status> <{SG}adopted> .\n",
        f'{passage} {A} <{SG}Passage> .\n{passage} <{SG}document> {document} .\n{passage} <{SG}section> "1" .\n',
        f'{passage} <{SG}anchor> "ord" .\n{passage} <{SG}modality> <{SG}{modality}> .\n',
        f'{passage} <{SG}sequence> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
    ]
    days = [
        "2023",
        "2023-12",
        "2023-12-31",
        "2024",
        "2024-01",
        "2024-02",
        "2024-02-03",
        "2024-03",
        "2025",
        "2025-01-01",
    ]
    facts = []
    for number in range(rng.randint(3, 9)):
        start, end = sorted(rng.sample(days, 2), key=lambda text: PartialDate.parse(text).earliest)
        thing = f"{ID}sak{number}"
        facts.append((thing, start, end))
        for key, value in (("validFrom", start), ("validUntil", end)):
            kind = PartialDate.parse(value).datatype
            lines.append(f'<{thing}> <{SG}{key}> "{value}"^^<{kind}> {passage} .\n')
    knowledge = knowledge_of("".join(lines))
    return lines, [(knowledge.things.label(thing), start, end) for thing, start, end in facts]
