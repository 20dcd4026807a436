"""Two figures that disagree are both shown, in every report that shows the number, and nothing is reckoned from either alone."""  # noqa: E501

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import product

import pytest

from samverkansgraf.knowledge import Knowledge
from samverkansgraf.population import Population
from samverkansgraf.render import FORMATS, render
from samverkansgraf.reports import Report, find_report
from samverkansgraf.reports.seats import Allocation, added, figures, seats, totals
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from workbench import Workbench

SOURCE = """\
Avtal om samverkan. Rådet har fem ledamöter. Rådet har sex ledamöter. Umeå utser två. Enligt bilagan utser Umeå tre.
Vännäs utser två. Vännäs utser också en ur beredningen. Umeå betalar tio. Umeå betalar elva.
"""
PASSAGES = """\
  - section: Titel
    anchor: Avtal … samverkan
    states:
      - {id: samling:prov, type: Collection, calledHere: Prov}
      - {id: vb:radet, type: PoliticalForum, name: Rådet}
      - {id: vb:beredning, type: PreparatoryBody, name: Beredningen}
  - {section: Text, anchor: Rådet har fem ledamöter, states: [{id: vb:radet, seats: 5}]}
  - {section: Text, anchor: Rådet har sex ledamöter, states: [{id: vb:radet, seats: 6}]}
  - section: Text
    anchor: Umeå utser två
    states: [{id: vb:a, type: SeatAllocation, forum: vb:radet, appointedBy: kommun:2480, members: 2, substitutes: 1}]
  - section: Text
    anchor: Enligt bilagan utser … tre
    states: [{id: vb:b, type: SeatAllocation, forum: vb:radet, appointedBy: kommun:2480, members: 3, substitutes: 1}]
  - section: Text
    anchor: Vännäs utser två
    states: [{id: vb:c, type: SeatAllocation, forum: vb:radet, appointedBy: kommun:2460, members: 2}]
  - section: Text
    anchor: Vännäs utser också … beredningen
    states:
      - {id: vb:d, type: SeatAllocation, forum: vb:radet, appointedBy: kommun:2460, members: 1, drawnFrom: vb:beredning}
  - section: Text
    anchor: Umeå betalar tio
    states: [{id: vb:e, type: Contribution, payer: kommun:2480, payee: vb:radet, amount: 10, forYear: "2025"}]
  - section: Text
    anchor: Umeå betalar elva
    states: [{id: vb:e, type: Contribution, payer: kommun:2480, payee: vb:radet, amount: 11, forYear: "2025"}]
"""
UMEA, VANNAS = (f"https://w3id.org/samverkansgraf/id/kommun/{code}" for code in ("2480", "2460"))
RADET = "https://w3id.org/samverkansgraf/id/vasterbotten/radet"
PERSONS = Population({"2480": 600, "2460": 90}, "2025-12-31", "prov.csv")


@pytest.fixture
def disagreeing(workspace: Callable[..., Workbench]) -> Knowledge:
    """Umeå gets two seats in one place and three in another; Vännäs two and one more; the council has five or six."""
    made = workspace()
    made.document(PASSAGES, source=SOURCE)
    store = EmbeddedStore()
    store.load(made.quads())
    return Knowledge(store, made.workspace)


def cells(report: Report, *, first: str = "") -> list[tuple[object, ...]]:
    """Cells of every row that begins with *first*."""
    return [row.cells for table in report.tables for row in table.rows if row.cells[0] == first]


def notes(report: Report) -> str:
    """Every note in one text."""
    return " ".join(report.notes)


def test_seats_of_two_places_are_alternatives_and_parts_are_added(disagreeing: Knowledge) -> None:
    """Two places on the same seats: either; two allocations of different seats: their sum; what agrees stays one."""
    found = seats(disagreeing)
    assert found[UMEA, RADET].members == (2, 3)
    assert found[VANNAS, RADET].members == (3,)
    assert found[UMEA, RADET].substitutes == (1,)
    assert totals(disagreeing)[RADET].stated == (5, 6)
    assert totals(disagreeing)[RADET].differs


def test_representation_shows_both_and_makes_no_share_of_either(disagreeing: Knowledge) -> None:
    """Persons per seat by each number, no ratio, and notes on the kommun and on the forum's own two numbers."""
    report = find_report("representation")(disagreeing, texts("sv"), population=PERSONS)
    assert cells(report, first="Umeå") == [("Umeå", "2 eller 3", 600, "300 eller 200", "–", "–", "–")]
    assert cells(report, first="Vännäs") == [("Vännäs", 3, 90, 30, "100,0 %", "100,0 %", "1,00")]
    assert report.answer.startswith("5 eller 6 platser i Rådet")
    assert "Umeå i Rådet, 2 eller 3" in notes(report)
    assert "5 eller 6 ledamöter enligt texten" in notes(report)
    english = find_report("representation")(disagreeing, texts("en"), population=PERSONS)
    assert cells(english, first="Umeå")[0][1:4] == ("2 or 3", 600, "300 or 200")


def test_membership_and_kommun_show_both(disagreeing: Knowledge) -> None:
    """In the cell, in the row's sum and in the note; on the kommun's page in its table and its answer."""
    report = find_report("membership")(disagreeing, texts("sv"))
    assert cells(report, first="Umeå")[0] == ("Umeå", "2 eller 3 (1)", "2 eller 3")
    assert cells(report, first="Vännäs")[0] == ("Vännäs", "3", 3)
    assert "Rådet: 5 eller 6 ledamöter enligt texten" in notes(report)
    page = find_report("kommun")(disagreeing, texts("sv"), thing=UMEA, population=PERSONS)
    assert cells(page, first="Rådet")[0][2:5] == ("2 eller 3", 1, "300 eller 200")
    assert "2 eller 3 platser i 1 av dem" in page.answer
    assert cells(page, first="2025")[0][2] == "10 eller 11"
    assert "2025: 10\N{NARROW NO-BREAK SPACE}kr eller 11\N{NARROW NO-BREAK SPACE}kr" in notes(page)


def test_the_other_reports_show_both(disagreeing: Knowledge) -> None:
    """Geography (seats, rates, money), finance, and the check on contradictions."""
    geography = find_report("geography")(disagreeing, texts("sv"), population=PERSONS)
    shown = [row[1] for row in cells(geography, first="Umeå")]
    assert shown == [1, "2 eller 3", "33,3 eller 50,0", "10 eller 11"]
    finance = find_report("finance")(disagreeing, texts("sv"))
    paid = [" ".join(str(cell).split()) for row in finance.tables[0].rows for cell in row.cells]
    assert "10 kr / 11 kr" in paid
    quality = find_report("quality")(disagreeing, texts("sv"))
    told = [str(row.cells[-1]) for table in quality.tables for row in table.rows]
    assert any("Umeå" in one and "2" in one and "3" in one for one in told)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("name", ["representation", "membership", "kommun", "geography"])
def test_two_figures_in_one_cell_are_written_in_every_format(disagreeing: Knowledge, name: str, fmt: str) -> None:
    """A column of numbers may hold words."""
    asked = {"thing": UMEA} if name == "kommun" else {}
    brought = {} if name == "membership" else {"population": PERSONS}
    assert render(find_report(name)(disagreeing, texts("sv"), **asked, **brought), fmt)


def test_figures_are_every_way_to_read_the_allocations() -> None:
    """Against choosing one number for each body and source and adding them, in every way, on random allocations."""
    chance = random.Random(5)  # noqa: S311 - reproducible test data
    for _ in range(300):
        own = [
            Allocation(chance.choice("ab"), {"members": {chance.randint(1, 3)}}, {chance.choice("xy")}, {str(number)})
            for number in range(chance.randint(0, 5))
        ]
        groups: dict[tuple[str, ...], list[int]] = {}
        for one in own:
            groups.setdefault((one.by, *one.drawn), []).append(*one.numbers["members"])
        ways = [sorted(set(numbers)) if len(set(numbers)) > 1 else [sum(numbers)] for numbers in groups.values()]
        expected = {sum(chosen) for chosen in product(*ways)} if ways else set()
        assert figures(own, "members") == tuple(sorted(expected))
    assert added([(1, 2), (10, 20)]) == (11, 12, 21, 22)


def test_one_place_with_two_allocations_adds_them() -> None:
    """A sentence that gives two seats and one more gives three; a number that is not given adds nothing."""
    same = [Allocation("a", {"members": {number}}, set(), {"p"}) for number in (2, 1)]
    assert figures(same, "members") == (3,)
    assert figures([*same, Allocation("a")], "members") == (3,)
    assert figures(same, "substitutes") == ()
