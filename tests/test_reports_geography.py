"""What each kommun has: numbers against other reports and by hand, and classes that hold every number once."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.api import Graph
from samverkansgraf.population import Population
from samverkansgraf.render import render
from samverkansgraf.reports.by_kommun import ByKommun, Measure
from samverkansgraf.reports.classes import classes
from samverkansgraf.reports.geography import geography
from samverkansgraf.texts import texts
from test_maps import SMALL, knowledge_of

ID = "https://w3id.org/samverkansgraf/id/"
UMEA, SKELLEFTEA, VANNAS = (f"{ID}kommun/{code}" for code in ("2480", "2482", "2460"))
COLLECTIONS = ["Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen", None]
MORE = {
    ("avtal", "stated", "kommuner"): """
        kommun:2480 a sg:Municipality . kommun:2482 a sg:Municipality . kommun:2460 a sg:Municipality .""",
    ("avtal", "proposed", "Vännäs föreslås utse tre"): """
        vb:vannas-platser a sg:SeatAllocation ; sg:forum vb:pkd ; sg:appointedBy kommun:2460 ; sg:members 3 .""",
    ("avtal", "proposed", "Umeå föreslås utse nio"): """
        vb:umea-platser a sg:SeatAllocation ; sg:forum vb:pkd ; sg:appointedBy kommun:2480 ; sg:members 9 .""",
    ("avtal", "stated", "bidrag"): """
        vb:bidrag-1 a sg:Contribution ; sg:payer kommun:2480 ; sg:amount 100 ; sg:forYear "2025" .
        vb:bidrag-2 a sg:Contribution ; sg:payer kommun:2480 ; sg:amount 20 ; sg:forYear "2025" .
        vb:bidrag-3 a sg:Contribution ; sg:payer kommun:2482 ; sg:leavesOpen sg:amount ; sg:forYear "2025" .
        vb:bidrag-4 a sg:Contribution ; sg:payer kommun:2480 , kommun:2482 ; sg:amount 7 ; sg:forYear "2025" .
        vb:bidrag-5 a sg:Contribution ; sg:payer kommun:2460 ; sg:amount 5 ; sg:per "P1Y" .""",
}  # fmt: skip


def by_key(found: ByKommun) -> dict[str, Measure]:
    """Measures by key."""
    return {one.key: one for one in found.measures()}


@pytest.fixture(scope="module")
def small() -> dict[str, Measure]:
    """Measures of the tiny graph, with persons of two kommuner."""
    persons = Population({"2480": 130_000, "2460": 8_800}, "2024-12-31", "SCB")
    return by_key(ByKommun(knowledge_of(SMALL | MORE), texts("sv"), population=persons))


def numbers(measure: Measure) -> dict[str, tuple[Fraction | None, str]]:
    """Number and modality by kommun."""
    return {kommun: (one.number, one.modality) for kommun, one in measure.figures.items()}


def test_proposed_seats_count_only_where_nothing_is_provided(small: dict[str, Measure]) -> None:
    """A seat in a proposal is a figure of its own modality; where the text already gives seats it adds nothing."""
    assert numbers(small["seats"])[VANNAS] == (3, "proposed")
    assert numbers(small["in-vb:pkd"])[VANNAS] == (3, "proposed")
    assert VANNAS not in numbers(small["in-vb:natverk"])
    assert all(number != 9 for number, _ in numbers(small["seats"]).values())


def test_money_is_what_one_kommun_pays_in_a_year(small: dict[str, Measure]) -> None:
    """Entries of a year are added; one left open gives no number, a joint one none to either, a yearly one its own."""
    assert numbers(small["money-2025"]) == {UMEA: (120, "stated"), SKELLEFTEA: (None, "stated")}
    assert numbers(small["money-yearly"]) == {VANNAS: (5, "stated")}


def test_rate_is_seats_per_ten_thousand_with_one_decimal(small: dict[str, Measure]) -> None:
    """3 seats on 8 800 persons are 3.4; a kommun without a figure of persons has no rate."""
    assert numbers(small["seats-per-10000"])[VANNAS] == (Fraction(34, 10), "proposed")
    assert SKELLEFTEA not in small["seats-per-10000"].figures


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_seats_are_those_of_the_representation_report(graph: Graph, collection: str | None) -> None:
    """Sums per kommun are the sums over the forums that `representation` lists."""
    sums: dict[str, int] = {}
    report = graph.report("representation", collection=collection)
    for table in report.tables[len(report.tables) > 1 :]:
        for row in table.rows:
            sums[str(row.cells[0])] = sums.get(str(row.cells[0]), 0) + int(str(row.cells[1]))
    made = [table for table in graph.report("geography", collection=collection).tables if "Platser" in table.title]
    assert {row.cells[0]: row.cells[1] for table in made for row in table.rows} == sums


def test_cooperations_hold_every_place_of_the_membership_report(graph: Graph) -> None:
    """Every filled cell of the matrices is a place; what is more are forums that a kommun reaches through a group."""
    found = ByKommun(graph.knowledge, texts("sv"))
    things = graph.knowledge.things
    places = {(things.label(kommun), things.short(forum)) for kommun, forum in found.places}
    told = {
        (str(row.cells[0]), column.key)
        for table in graph.report("membership").tables[:-1]
        for row in table.rows
        for column, cell in zip(table.columns[1:], row.cells[1:], strict=True)
        if cell and column.key != "total"
    }
    assert told
    assert told <= places
    assert {forum for _, forum in places - told} == {
        "umea:kommunchefsgruppen", "umea:radet", "vb:samverkan", "vb:samverkansplattformen",
        "vml:kollektivtrafikberedningen", "vml:samverkansstrukturen", "vml:styrgruppen",
    }  # fmt: skip


def test_contributions_are_those_of_the_finance_report(graph: Graph) -> None:
    """Amounts that Västmanland's kommuner paid in 2016 are the rows of `finance`, and add up to the printed sum."""
    paid = graph.report("finance", collection="Västmanland").tables[0]
    wanted = {row.cells[0]: row.cells[2] for row in paid.rows if row.cells[3] == "2016" and row.evidence}
    found = by_key(ByKommun(graph.knowledge, texts("sv"), collection=graph.knowledge.collection("Västmanland")))
    label = graph.knowledge.things.label
    made = {label(kommun): int(one.number or 0) for kommun, one in found["money-2016"].figures.items()}
    assert len(made) == 10
    assert all(wanted[name] == amount for name, amount in made.items())
    assert {one.modality for one in found["money-2017"].figures.values()} == {"inferred"}


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_report_fits_and_every_row_has_evidence(graph: Graph, collection: str | None, lang: str) -> None:
    """No line is wider than a hundred characters; each number points to passages."""
    where = graph.knowledge.collection(collection) if collection else None
    report = geography(graph.knowledge, texts(lang), collection=where)
    assert max(map(len, render(report, "table").decode().splitlines())) <= 100
    assert all(row.evidence for table in report.tables for row in table.rows)
    assert bool(report.tables) == (collection != "Jämtland Härjedalen")


def test_empty_graph_has_no_figures() -> None:
    """Nothing gives no table and says so."""
    report = geography(knowledge_of({}), texts("sv"))
    assert report.tables == ()
    assert report.answer.startswith("Inget i dokumenten")


NUMBERS = st.lists(st.integers(0, 9) | st.integers(0, 10**9), min_size=1, max_size=60)


@given(NUMBERS, st.sampled_from([Fraction(1), Fraction(1, 10)]))
def test_classes_hold_every_number_once(numbers: list[int], precision: Fraction) -> None:
    """At most five classes in order, none empty; each number is in exactly one; zero shares with nothing."""
    values = [number * precision for number in numbers]
    found = classes(values, precision=precision)
    assert 1 <= len(found) <= 5
    assert all(one.high < other.low for one, other in pairwise(found))
    assert [sum(value in one for value in values) for one in found] == [one.count for one in found]
    assert sum(one.count for one in found) == len(values)
    assert all(one.low == one.high == 0 for one in found if 0 in one)


def test_classes_have_round_breaks() -> None:
    """Money is cut at 500 000 and whole millions, few numbers are a class each."""
    sums = [724, 694, 828, 437, 1345, 303, 1161, 235, 525, 7611]
    found = [(int(one.low), int(one.high)) for one in classes([Fraction(1000 * one) for one in sums])]
    assert found == [(200_000, 499_999), (500_000, 999_999), (1_000_000, 1_999_999), (5_000_000, 9_999_999)]
    assert [int(one.low) for one in classes([Fraction(n) for n in (2, 2, 7, 0)])] == [0, 2, 7]
