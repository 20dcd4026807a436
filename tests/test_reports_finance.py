"""Money: sums and shares against SPARQL and against plain arithmetic on seeded random entries."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.evidence import Passage
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.render import render
from samverkansgraf.reports.finance import finance
from samverkansgraf.reports.money import CONTRIBUTION, RETENTION, TOTAL, Money
from samverkansgraf.reports.nodes import Node, Statement
from samverkansgraf.reports.table import Report, Row
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden" / "reports"
COLLECTIONS = ["Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen", None]
PLACE = Passage("doc", 1, "doc.1", "1", "ord", "stated")
GUESS = Passage("doc", 1, "doc.2", "1", "ord", "inferred")


def made(graph: Graph, collection: str | None = None, lang: str = "sv") -> Report:
    """The report on the real graph."""
    iri = graph.knowledge.collection(collection) if collection else None
    return finance(graph.knowledge, texts(lang), collection=iri)


def rows(report: Report, title: str) -> list[Row]:
    """Rows of the table with a title."""
    return [row for table in report.tables if table.title == title for row in table.rows]


def entry(iri: str, kind: str, place: Passage = PLACE, **facts: object) -> Node:
    """An entry about money, each fact stated once; a list is several values."""
    node = Node(iri, {"type": [Statement(kind, place)]})
    for key, value in facts.items():
        values = value if isinstance(value, list) else [value]
        node.facts[key] = [Statement(str(one), place) for one in values]
    return node


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_prints_what_it_printed(graph: Graph, lang: str) -> None:
    """The text on Västmanland is the golden one; UPDATE_GOLDEN=1 writes it anew."""
    text = render(made(graph, "Västmanland", lang), "table").decode()
    golden = GOLDEN / f"finance.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert golden.read_text("utf-8") == text


@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_fits_a_hundred_columns(graph: Graph, collection: str | None, lang: str) -> None:
    """No line is wider than 100 characters, the first is the answer, and every row has evidence."""
    report = made(graph, collection, lang)
    lines = render(report, "table").decode().splitlines()
    assert max(map(len, lines)) <= 100
    assert report.answer.startswith(lines[0])
    assert all(row.evidence for table in report.tables for row in table.rows)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_empty_graph_says_so(lang: str) -> None:
    """An empty graph gives no tables and a sentence."""
    report = finance(Knowledge(EmbeddedStore(), Workspace(None)), texts(lang))
    assert report.tables == ()
    assert report.answer in {"Inget om pengar är känt.", "Nothing about money is known."}
    assert "0 " in report.examined


def test_amounts_are_numbers_in_data_and_kronor_in_text(graph: Graph) -> None:
    """The text has narrow no-break spaces that never break over lines; JSON and CSV have plain numbers."""
    report = made(graph, "Västmanland")
    text = render(report, "table").decode()
    assert "7\u202f611\u202f000\u202fkr" in text
    assert "SEK\u202f7,611,000" in render(made(graph, "Västmanland", "en"), "table").decode()
    payments = json.loads(render(report, "json"))["tables"][0]
    assert 7_611_000 in {row["amount"] for row in payments["rows"]}
    assert next(c for c in payments["columns"] if c["key"] == "amount")["unit"] == "SEK"
    assert b",7611000," in render(report, "csv")


def test_printed_payments_add_up_as_sparql_adds_them(graph: Graph) -> None:
    """The sum for each printed total is the one that SPARQL makes of the stated parts."""
    text = """SELECT ?total (SUM(?amount) AS ?sum) WHERE {
        ?g a sg:Passage ; sg:modality sg:stated . GRAPH ?g { ?total a sg:StatedTotal ; sg:amount ?printed }
        ?total sg:sumOf ?part . ?part sg:amount ?amount } GROUP BY ?total ORDER BY ?total"""
    expected = sorted(int(str(row["sum"])) for row in graph.query(text))
    found = [row.cells for row in rows(made(graph), "Angivna summor mot sina delar") if row.modality == "stated"]
    assert expected
    assert sorted(cells[3] for cells in found if isinstance(cells[2], int)) == expected  # type: ignore[type-var]
    assert {cells[4] for cells in found if isinstance(cells[2], int)} == {"stämmer"}


def test_lost_amounts_are_left_open_and_calculated_ones_marked(graph: Graph) -> None:
    """Each lost cell of 2017 stands beside the reader's calculation, which is payment of 2016 less what is kept."""
    report = made(graph, "Västmanland")
    paid = {row.cells[0]: row.cells[2] for row in rows(report, "Bidrag och ersättningar") if row.cells[3] == "2016"}
    kept = {row.cells[0]: row.cells[1] for row in rows(report, "Det som behålls") if isinstance(row.cells[1], int)}
    of_2017 = [row for row in rows(report, "Bidrag och ersättningar") if row.cells[3] == "2017"]
    for row in of_2017:
        if row.modality == "stated":
            assert row.cells[2] == "lämnas öppet"
        else:
            assert row.modality == "inferred"
            assert row.cells[2] == int(str(paid[row.cells[0]])) - int(str(kept.get(row.cells[0], 0)))
    assert len(of_2017) == 2 * 11


def test_printed_shares_stand_beside_what_amounts_give(graph: Graph) -> None:
    """About two thirds is printed, and 63.6 per cent follows; about 20 per cent is printed, and 14 follows."""
    found = {str(row.cells[1])[:6]: str(row.cells[3]) for row in rows(made(graph), "Andelar mot belopp")}
    assert found["ca 2/3"].startswith("63,6\u202f%: 11\u202f922\u202f000\u202fkr av 18\u202f750\u202f000\u202fkr")
    assert found["ca 20 "].startswith("14\u202f%: ")
    assert found["ca 20 "].endswith("2017 års belopp mot 2016 års")
    assert found["cirka "] == "kan inte räknas: inget belopp för helheten"


@pytest.mark.parametrize("seed", range(30))
def test_random_totals_agree_with_plain_sums(seed: int) -> None:
    """Nested totals add what plain Python adds; unknown parts and different years give no sum."""
    rng = random.Random(seed)  # noqa: S311 - reproducible test data
    years, nodes, plain = rng.choice([["2016"], ["2016", "2017"]]), [], dict[str, tuple[int | None, str]]()
    for number in range(rng.randint(1, 6)):
        amount, year = rng.choice([None, rng.randint(1, 10**7)]), rng.choice(years)
        plain[f"b{number}"] = (amount, year)
        facts = {} if amount is None else {"amount": amount}
        nodes.append(entry(f"b{number}", CONTRIBUTION, payer=f"k{number}", forYear=year, **facts))
    split = rng.randint(0, len(plain) - 1)
    inner, outer = list(plain)[:split], list(plain)[split:]
    nodes += [entry("inre", TOTAL, sumOf=inner)] if inner else []
    nodes.append(entry("summa", TOTAL, sumOf=[*outer, *(["inre"] if inner else [])]))
    found, amounts = Money(nodes, {}).total("summa"), [amount for amount, _ in plain.values()]
    one_year = len({year for _, year in plain.values()}) == 1
    assert found.amount == (sum(a for a in amounts if a) if None not in amounts and one_year else None)
    assert set(found.parts) == set(plain)


def test_printed_and_calculated_of_the_same_are_never_added() -> None:
    """A total that lists both counts the printed one; a lost amount takes the calculated one and says so."""
    same = {"payer": "k", "payee": "v", "forYear": "2017", "purpose": "samverkan"}
    printed, reckoned = entry("p", CONTRIBUTION, amount=5, **same), entry("r", CONTRIBUTION, GUESS, amount=7, **same)
    both = Money([printed, reckoned, entry("t", TOTAL, sumOf=["p", "r"])], {})
    assert (both.total("t").amount, both.total("t").reckoned) == (5, False)
    lost = Money(
        [entry("p", CONTRIBUTION, leavesOpen="amount", **same), reckoned, entry("t", TOTAL, sumOf=["p", "r"])], {}
    )
    assert (lost.total("t").amount, lost.total("t").reckoned) == (7, True)
    other = Money(
        [entry("p", CONTRIBUTION, **{**same, "forYear": "2016"}), reckoned, entry("t", TOTAL, sumOf=["p"])], {}
    )
    assert (other.total("t").amount, other.total("t").missing) == (None, 1)


def test_totals_that_contain_themselves_have_no_sum() -> None:
    """A circle of totals ends, with a part of unknown amount."""
    circle = Money([entry("a", TOTAL, sumOf=["b"]), entry("b", TOTAL, sumOf=["a"])], {})
    assert circle.total("a").amount is None
    assert list(circle.leaves("a")) == []


def test_two_printed_amounts_are_not_chosen_between() -> None:
    """An entry with two different amounts has no one amount, and a sum with it is not made."""
    money = Money([entry("p", CONTRIBUTION, amount=[5, 6]), entry("t", TOTAL, sumOf=["p"])], {})
    assert money.amount("p").amount is None
    assert money.total("t").missing == 1


def test_shares_follow_the_members_of_a_group() -> None:
    """The part of a group is what its members pay, and what is kept is found by who keeps it."""
    nodes = [entry(f"b{n}", CONTRIBUTION, payer=f"k{n}", forYear="2016", amount=n * 100) for n in range(1, 4)]
    nodes += [entry("s", TOTAL, sumOf=["b1", "b2", "b3"]), entry("kvar", RETENTION, holder="k1", amount=1)]
    nodes.append(entry("behaller", TOTAL, sumOf=["kvar"]))
    money = Money(nodes, {"g": ["k1", "k2"]})
    part, whole = money.share("s", ["g"])
    assert (part.amount, whole.amount) == (300, 600)
    assert money.paid_by(["k1"], RETENTION) == ["behaller"]
    assert money.paid_by(["k1", "k2", "k3"], CONTRIBUTION) == ["s"]


@pytest.mark.parametrize(
    ("part", "whole", "sv", "en"),
    [(2, 3, "66,7", "66.7"), (1, 2, "50", "50"), (1, 3, "33,3", "33.3"), (0, 9, "0", "0")],
)
def test_percent_has_at_most_one_decimal(part: int, whole: int, sv: str, en: str) -> None:
    """Half is rounded up, a whole number has no decimal."""
    assert texts("sv").percent(part, whole) == f"{sv}\u202f%"
    assert texts("en").percent(part, whole) == f"{en}%"
