"""What changes between two dates: held against SPARQL, against enumeration, and against itself the other way."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.api import Graph
from samverkansgraf.errors import QueryError
from samverkansgraf.period import PartialDate, Period, Situation, jointly, turn
from samverkansgraf.render import render
from samverkansgraf.reports import Report
from samverkansgraf.reports.between import between
from samverkansgraf.reports.dates import Span
from samverkansgraf.reports.lasting import Lasting, Timed
from samverkansgraf.texts import texts
from test_reports import knowledge_of

BACK = {"comes": "goes", "goes": "comes", "weaker": "firmer", "firmer": "weaker", "between": "between", "": ""}
PAIRS = [("2023", "2027"), ("2016-12-31", "2019-01-01"), ("2026", "2027-06"), ("1990", "2040")]
situations = st.sampled_from(Situation)
dates = st.dates().flatmap(lambda day: st.sampled_from([day.isoformat()[:length] for length in (4, 7, 10)]))
moments = dates.map(PartialDate.parse)
periods = st.builds(Period, st.none() | moments, st.none() | moments, st.booleans())


@given(situations, situations)
def test_the_way_back_is_the_inverse_turn(one: Situation, other: Situation) -> None:
    """What comes one way goes the other; nothing happens exactly where nothing differs."""
    assert turn(other, one) == BACK[turn(one, other)]
    assert (turn(one, other) == "") == (one is other)


@given(st.lists(situations))
def test_what_needs_several_is_as_weak_as_the_weakest(several: list[Situation]) -> None:
    """It holds only where each may hold, is certain only where each is, and the order does not matter."""
    whole = jointly(several)
    assert whole.holds == all(one.holds for one in several)
    assert (whole is Situation.CERTAIN) == all(one is Situation.CERTAIN for one in several)
    assert whole is jointly(reversed(several))


@given(periods, moments)
def test_situation_is_certainty_with_no_told_apart(period: Period, moment: PartialDate) -> None:
    """A situation holds exactly where the period's own answer is not no."""
    assert period.situation(moment).holds == (period.at(moment).value != "no")


def timed(*bounds: tuple[str, str]) -> Timed:
    """Something that needs one thing for each pair of bounds."""
    parties = tuple(
        (str(number), (Span(str(number), Period(*(PartialDate.parse(b) if b else None for b in pair)), "stated", False, ()),))  # noqa: E501
        for number, pair in enumerate(bounds)
    )  # fmt: skip
    return Timed("members", "x", parties, "stated", False, frozenset())


def test_what_needs_two_holds_on_the_days_of_both() -> None:
    """Five hundred pairs of periods of days, against the days written out one by one."""
    chance, seen = random.Random(5), Counter[str]()  # noqa: S311 - reproducible test data
    days = [f"2024-01-{day:02}" for day in range(1, 29)]
    for _ in range(500):
        bounds = [tuple(sorted(chance.sample(days, 2))) for _ in range(2)]
        first, second = sorted(chance.sample(days, 2))
        one = timed(*bounds)  # type: ignore[arg-type]
        inside = {day for day in days if all(start <= day <= end for start, end in bounds)}
        held = first in inside, second in inside
        expected = {(True, False): "goes", (False, True): "comes"}.get(held, "")  # type: ignore[call-overload]
        if not any(held) and any(first < day < second for day in inside):
            expected = "between"
        made = one.turn(PartialDate.parse(first), PartialDate.parse(second))
        assert made == expected, (bounds, first, second)
        seen[made] += 1
    assert min(seen[change] for change in ("comes", "goes", "between", "")) > 20


def changed(report: Report) -> Counter[tuple[object, ...]]:
    """Rows of every table that tells a change, with their evidence; the other way round, before and after exchanged."""
    titles = {
        texts("sv")(f"between.{theme}")
        for theme in ("agreements", "bodies", "members", "seats", "relations", "periods")
    }
    return Counter(
        (table.title, *row.cells, row.modality, row.derived, row.evidence)
        for table in report.tables if table.title in titles for row in table.rows
    )  # fmt: skip


@pytest.mark.parametrize("collection", [None, "Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen"])
def test_the_same_date_twice_changes_nothing(graph: Graph, collection: str | None) -> None:
    """Only the things without a date are told of, and the answer says that nothing changes."""
    report = graph.diff("2024", "2024", collection=collection)
    assert not changed(report)
    assert "ändras inget" in report.answer


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_way_back_is_the_inverse_report(graph: Graph, first: str, second: str) -> None:
    """The same rows on the same evidence, with the two situations exchanged and the change turned round."""
    words = {
        texts("sv")(f"between.{change}"): texts("sv")(f"between.{back}") for change, back in BACK.items() if change
    }
    there, back = changed(graph.diff(first, second)), changed(graph.diff(second, first))
    turned = Counter(
        {
            (title, name, words[str(change)], after, before, *rest): number
            for (title, name, change, before, after, *rest), number in back.items()
        }
    )  # fmt: skip
    assert there
    assert there == turned


@pytest.mark.parametrize(("first", "second"), [("2016-12-31", "2019-01-01"), ("2022-06-01", "2027-06-01")])
def test_what_ceases_is_what_sparql_finds(graph: Graph, first: str, second: str) -> None:
    """Things whose latest end lies between two days, and that are not sure to begin later: plain SPARQL."""
    query = f"""SELECT DISTINCT ?thing WHERE {{
      ?thing sg:latestEnd ?end FILTER(?end >= "{first}"^^xsd:date && ?end < "{second}"^^xsd:date)
      FILTER NOT EXISTS {{ ?thing sg:earliestStart ?start FILTER(?start > "{first}"^^xsd:date) }}
      FILTER NOT EXISTS {{ VALUES ?joining {{ org:Membership sg:Flow sg:SeatAllocation }} ?thing a ?joining }}
    }} ORDER BY ?thing"""
    expected = {str(row["thing"]) for row in graph.query(query)}
    ends = PartialDate.parse(first), PartialDate.parse(second)
    every = [
        one for one in Lasting(graph.knowledge, texts("sv"), None) if one.own and one.modality in {"stated", "inferred"}
    ]
    plain = [one for one in every if not one.parties[0][1][0].derived]
    found = {one.parties[0][0] for one in plain if one.turn(*ends) == "goes"}
    assert found
    assert found == expected


@pytest.mark.parametrize(("first", "second"), PAIRS)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_rows_have_evidence_and_the_page_fits(graph: Graph, first: str, second: str, lang: str) -> None:
    """Every row that tells a change points to passages; the answer comes first, in a hundred columns."""
    report = Graph(graph.workspace, lang).diff(first, second)
    told = [row for table in report.tables[:-1] for row in table.rows]
    lines = render(report, "table").decode().splitlines()
    assert told
    assert all(row.evidence for row in told)
    assert max(map(len, lines)) <= 100
    assert report.answer.startswith(lines[0])


def test_the_count_of_what_has_no_date_adds_up(graph: Graph) -> None:
    """With and without a date are together all agreements, forums and cooperations that a passage states."""
    rows = graph.diff("2023", "2027").tables[-1].rows
    kinds = ("sg:Agreement", "sg:Forum", "sg:Cooperation sg:Programme")
    for row, classes in zip(rows, kinds, strict=True):
        query = f"""SELECT DISTINCT ?thing WHERE {{
          VALUES ?kind {{ {classes} }} ?class rdfs:subClassOf* ?kind .
          ?g a sg:Passage ; sg:modality ?m FILTER(?m IN (sg:stated, sg:inferred)) GRAPH ?g {{ ?thing a ?class }}
        }} ORDER BY ?thing"""
        assert len(graph.query(query).rows) == sum(int(cell or 0) for cell in row.cells[1:3])


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_an_empty_graph_says_so(lang: str) -> None:
    """No tables, no notes, a sentence."""
    report = between(knowledge_of(""), texts(lang), "2023", "2026")
    assert (report.tables, report.notes) == ((), ())
    assert report.answer == texts(lang)("timeline.none", where="")


def test_dates_and_graphs_are_not_mixed(graph: Graph) -> None:
    """A date beside a graph, a date alone, what is neither, and --at with two dates are refused with what to do."""
    place = graph.workspace.graph_file
    for old, new in (("2023", place), (place, "2023"), ("2023", None)):
        with pytest.raises(QueryError, match=r"'2023' is a date .*; give two dates, such as"):
            graph.diff(old, new)
    with pytest.raises(QueryError, match="no such file or folder, and it is no date; write a path, 2023"):
        graph.diff("2023", "våren 2024")
    with pytest.raises(QueryError, match="two dates are compared already"):
        graph.diff("2023", "2024", at="2023")


def test_a_file_named_like_a_date_is_a_graph(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where ``2023`` is a folder, it is opened as one."""
    monkeypatch.chdir(tmp_path)
    for year in ("2023", "2024"):
        Path(year, "graph").mkdir(parents=True)
        Path(year, "samverkansgraf.toml").write_text("", "utf-8")
        Path(year, "graph", "samverkansgraf.nq").write_text("", "utf-8")
    assert graph.diff("2023", "2024").answer == texts("sv")("diff.none")
