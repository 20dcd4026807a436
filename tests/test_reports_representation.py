"""Seats against population: golden, an independent computation, and random small graphs."""

from __future__ import annotations

import os
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.api import Graph
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.population import Population
from samverkansgraf.render import render
from samverkansgraf.reports.representation import decimals, percent, representation, rounded, shares
from samverkansgraf.reports.seats import seats
from samverkansgraf.reports.table import Report
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden" / "reports"
SG = "https://w3id.org/samverkansgraf/ns#"
ID = "https://w3id.org/samverkansgraf/id/"
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def made_up(graph: Graph) -> Population:
    """Persons for every kommun of the graph but one: its code, so that nothing true is pinned."""
    codes = [iri.rpartition("/")[2] for iri in graph.knowledge.instances(SG + "Municipality")]
    return Population({code: int(code) for code in sorted(codes) if code != "2417"}, "2025-12-31", "prov.csv")


def of(graph: Graph, *, lang: str = "sv", collection: str | None = None, counted: bool = True) -> Report:
    """The report on the real graph with made-up population."""
    chosen = graph.knowledge.collection(collection) if collection else None
    population = made_up(graph) if counted else None
    return representation(graph.knowledge, texts(lang), collection=chosen, population=population)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_prints_what_it_printed(graph: Graph, lang: str) -> None:
    """The text on Västerbotten is the golden one; UPDATE_GOLDEN=1 writes it anew."""
    made = render(of(graph, lang=lang, collection="Västerbotten"), "table").decode()
    golden = GOLDEN / f"representation.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(made, "utf-8")
    assert golden.read_text("utf-8") == made


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("collection", ["Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen", None])
def test_report_fits_a_hundred_columns(graph: Graph, collection: str | None, counted: bool) -> None:
    """No line is wider than 100 characters, and every row has evidence."""
    report = of(graph, collection=collection, counted=counted)
    assert max(map(len, render(report, "table").decode().splitlines())) <= 100
    assert all(row.evidence for table in report.tables for row in table.rows)


def test_empty_graph_says_so() -> None:
    """No tables, and a sentence that no forum gives seats."""
    knowledge = Knowledge(EmbeddedStore(), Workspace(None))
    for population in (None, Population({"2480": 5}, "2025", "x")):
        report = representation(knowledge, texts("sv"), population=population)
        assert (report.tables, report.notes) == ((), ())
        assert report.answer.startswith("Inget forum anger")
        assert "0 kommuner" in report.examined


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_without_population_it_says_how_to_get_it(graph: Graph, lang: str) -> None:
    """One sentence has the seats and the command; no ratio is shown."""
    report = of(graph, lang=lang, counted=False)
    assert "samverkansgraf reference population " in report.answer
    assert {column.key for table in report.tables for column in table.columns} == {"kommun", "forums", "seats"}


def test_numbers_are_those_of_plain_sparql(graph: Graph) -> None:
    """Persons per seat, shares and ratio of every forum, computed anew from the allocations."""
    text = """SELECT ?forum ?kommun (SUM(?n) AS ?seats) WHERE {
        ?a a sg:SeatAllocation ; sg:forum ?forum ; sg:appointedBy ?kommun ; sg:members ?n . ?kommun a sg:Municipality
    } GROUP BY ?forum ?kommun ORDER BY ?forum ?kommun"""
    things, persons, words = graph.knowledge.things, made_up(graph).persons, texts("sv")
    expected: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    rows = [(things.long(str(r["forum"])), str(r["kommun"]), int(str(r["seats"]))) for r in graph.query(text)]
    for forum, kommun, number in rows:
        known = [(persons[k[-4:]], n) for f, k, n in rows if f == forum and k[-4:] in persons]
        people, places = sum(p for p, _ in known), sum(n for _, n in known)
        own = persons.get(kommun[-4:])
        figures: tuple[object, ...] = (None, None, "–", "–", "–")
        if own:
            ratio = decimals(Fraction(number * people, places * own), words)
            shown = (percent(Fraction(number, places), words), percent(Fraction(own, people), words))
            figures = (own, rounded(Fraction(own, number)), *shown, ratio)
        expected[forum].add((things.label(kommun), number, *figures))
    whole, *tables = of(graph).tables
    assert {table.title: {row.cells for row in table.rows} for table in tables} == expected
    for row in whole.rows:
        own = [(f, n) for f, k, n in rows if things.label(k) == row.cells[0]]
        assert row.cells[1:3] == (len({f for f, _ in own}), sum(n for _, n in own))


def test_kommun_without_a_figure_is_named_and_last(graph: Graph) -> None:
    """Norsjö is not in the made-up table: no share, last row, and a note."""
    report = of(graph, collection="Västerbotten")
    assert report.tables[0].rows[-1].cells == ("Norsjö", 2, None, None, "–", "–", "–")
    assert any("Norsjö" in note for note in report.notes)
    assert any("2025-12-31, ur prov.csv" in note for note in report.notes)


def test_parts_and_joint_seats_are_not_counted() -> None:
    """A part of an allocation and seats that two kommuner appoint together give nobody a seat."""
    lines = [f"<{ID}kommun/{code}> {A} <{SG}Municipality> .\n" for code in ("0001", "0002")]
    for name, who, more in (
        ("a", ("0001",), f"<{SG}forum> <{ID}x/f>"), ("b", ("0001",), f"<{SG}within> <{ID}x/a>"),
        ("c", ("0001", "0002"), f"<{SG}forum> <{ID}x/f>"),
    ):  # fmt: skip
        node = f"<{ID}x/{name}>"
        lines += [
            f"{node} {A} <{SG}SeatAllocation> .\n",
            f'{node} <{SG}members> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        ]
        lines += [f"{node} {more} .\n", *(f"{node} <{SG}appointedBy> <{ID}kommun/{code}> .\n" for code in who)]
    store = EmbeddedStore()
    store.load("".join(lines))
    found = seats(Knowledge(store, Workspace(None)))
    shown = {key: seat.members for key, seat in found.items()}
    assert shown == {(f"{ID}kommun/0001", f"{ID}x/f"): (3,), (f"{ID}kommun/0002", f"{ID}x/f"): ()}


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.integers(1, 50), min_size=1, max_size=2), min_size=1),
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 10**6)),
)
def test_shares_sum_to_one_and_weigh_out(given_seats: dict[str, set[int]], persons: dict[str, int]) -> None:
    """Shares of known kommuner sum to one; ratios weighted by people average one; order is persons per seat.

    A kommun with two numbers of seats keeps both and has no share.
    """
    filled = {kommun: tuple(sorted(numbers)) for kommun, numbers in given_seats.items()}
    found = shares(filled, persons)
    assert {one.kommun: one.seats for one in found} == filled
    known = [one for one in found if one.persons is not None and len(one.seats) == 1]
    assert all(one.ratio is None for one in found if one not in known)
    if known:
        assert sum(one.seat_share or 0 for one in known) == sum(one.people_share or 0 for one in known) == 1
        assert sum((one.ratio or 0) * (one.people_share or 0) for one in known) == 1
    order = [one.per_seat for one in found if one.per_seat is not None]
    assert order == sorted(order, reverse=True)
    assert all(len(one.each) == len(one.seats) for one in found if one.persons)
