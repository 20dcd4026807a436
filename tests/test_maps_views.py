"""The views of the map: layers, columns, circles for what is missing, dates, surroundings, and large graphs."""

from __future__ import annotations

import random
import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.api import Graph
from samverkansgraf.errors import QueryError
from samverkansgraf.maps import draw, views
from samverkansgraf.network.layers import bipartite, layered
from samverkansgraf.network.layout import Box
from samverkansgraf.network.plates import plates
from samverkansgraf.period import PartialDate
from samverkansgraf.reports.steps import Steps
from samverkansgraf.texts import texts
from test_maps import SMALL, Page, knowledge_of

SEATS = {
    ("avtal", "stated", "Umeå utser två"): """
        vb:platser-2480 a sg:SeatAllocation ; sg:forum vb:pkd ; sg:appointedBy kommun:2480 ; sg:members 2 ;
            sg:substitutes 1 .
        vb:pkd a sg:Forum .""",
    ("avtal", "stated", "Skellefteå deltar"): "kommun:2482 sg:participatesIn vb:pkd .",
}
CHAIN = {
    ("avtal", "stated", "utskottet bereder"): "vb:au a sg:PoliticalForum ; sg:preparesFor vb:pkd .",
    ("avtal", "stated", "pkd rapporterar"): "vb:pkd org:reportsTo vb:styrelsen . vb:styrelsen a sg:Board .",
}


def view(page: Page, key: str) -> dict[str, object]:
    """The data of one view."""
    return next(one for one in page.data["views"] if one["key"] == key)


def apart(boxes: dict[str, Box], places: dict[str, tuple[int, int]]) -> bool:
    """Whether no two boxes overlap."""
    for one, other in combinations(boxes, 2):
        wide = (boxes[one].width + boxes[other].width) / 2 - abs(places[one][0] - places[other][0])
        middles = [places[node][1] + boxes[node].below for node in (one, other)]
        high = (boxes[one].height + boxes[other].height) / 2 - abs(middles[0] - middles[1])
        if wide > 1 and high > 1:
            return False
    return True


def test_layers_go_from_the_end_of_the_chain_down() -> None:
    """Who receives lies above who sends, each level in its band; the lines are those of the chain only."""
    page = Page(draw(knowledge_of(SMALL | CHAIN), texts("sv")))
    shown = view(page, "bereder")
    height = {thing: y for thing, (_, y) in shown["at"].items()}
    assert height["vb:styrelsen"] < height["vb:pkd"] < height["vb:au"]
    assert height["vb:natverk"] > height["vb:pkd"]
    assert [band[0] for band in shown["bands"]] == [
        "Kedjans slut: leder inte vidare", "1 steg från kedjans slut", "2 steg från kedjans slut",
    ]  # fmt: skip
    ends = {(page.data["edges"][n]["from"], page.data["edges"][n]["to"]) for n in shown["lines"]}
    assert ends == {("vb:au", "vb:pkd"), ("vb:pkd", "vb:styrelsen"), ("vb:natverk", "vb:pkd")}


def test_membership_has_seats_on_its_lines() -> None:
    """A kommun's line to a forum says members and substitutes; without a number it says nothing; the table agrees."""
    page = Page(draw(knowledge_of(SMALL | SEATS), texts("sv")))
    shown = view(page, "medlemskap")
    lines = {(e["from"], e["to"]): e.get("label") for e in page.data["edges"] if e.get("only") == "medlemskap"}
    assert lines[("kommun:2480", "vb:pkd")] == "2 (1)"
    assert lines[("kommun:2482", "vb:pkd")] is None
    assert len(shown["lines"]) == len(lines)
    assert {thing for thing, (x, _) in shown["at"].items() if x == 0} == {"kommun:2480", "kommun:2482"}
    assert '<th scope="row">Umeå</th><td>2 (1)</td>' in page.text


def test_areas_show_what_is_missing() -> None:
    """An area has one circle per kind, with the word of the report; what nothing is said of has no evidence."""
    page = Page(draw(knowledge_of(SMALL), texts("sv")))
    status = {mark["id"]: mark["status"] for mark in page.data["marks"]}
    assert status["vb:omrade~network"] == "mentioned"
    assert {kind for kind, word in status.items() if word == "silent"} == set(status) - {"vb:omrade~network"}
    word, _, dashes = page.data["coverage"]["statuses"]["silent"]
    assert (word, bool(dashes)) == ("inte nämnt", True)
    (facts,) = [mark["facts"] for mark in page.data["marks"] if mark["status"] == "mentioned"]
    assert facts[0]["v"] == [["Kommunchefsnätverk", "vb:natverk"]]
    assert facts[0]["e"]
    assert not any("facts" in mark for mark in page.data["marks"] if mark["status"] == "silent")


def test_surroundings_hold_what_is_near() -> None:
    """Around a thing: what at most so many lines lead to; the view of it comes first."""
    knowledge = knowledge_of(SMALL)
    near = Page(draw(knowledge, texts("sv"), around=knowledge.things.find("vb:omrade"), hops=1))
    assert {node["id"] for node in near.data["nodes"]} == {"vb:omrade", "vb:natverk"}
    assert (near.data["views"][0]["key"], near.data["start"]) == ("omgivning", "vb:omrade")
    assert "<title>Samverkanskarta: Hälsa med omgivning</title>" in near.text
    with pytest.raises(QueryError, match="Avtalet finns inte på kartan"):
        draw(knowledge, texts("sv"), around=knowledge.things.find("doc:avtal"))


def test_links_to_pages_only_where_there_are_pages() -> None:
    """With the place of the pages each thing knows its own, and there is a way home; without it none."""
    knowledge = knowledge_of(SMALL)
    page = Page(draw(knowledge, texts("sv"), things_at="id/"))
    assert {"index.html", "id/kommun/2480.html"} <= {one.get("href") for one in page.all("a")}
    assert page.data["things"]["vb:pkd"]["page"] == "id/vasterbotten/pkd.html"
    assert all("page" not in thing for thing in Page(draw(knowledge, texts("sv"))).data["things"].values())


def test_full_wording_only_of_what_is_cited() -> None:
    """A quote stands with its passage; one of a passage that the page does not cite is not written."""
    quotes = {"https://w3id.org/samverkansgraf/doc/avtal.00000000": "Hela meningen.", "urn:annan": "Något annat."}
    page = draw(knowledge_of(SMALL), texts("sv"), quotes=quotes)
    assert [passage[5:] for passage in Page(page).data["passages"] if passage[2] == "PKD utgörs av"] == [
        ["Hela meningen."]
    ]
    assert "Något annat" not in page


def test_steps_are_the_dates_and_what_they_tell(graph: Graph) -> None:
    """The delegation of an agreement for 2023–2026 is possibly in force in 2023, certainly on a day in 2024."""
    steps = Steps(graph.knowledge)
    pkd = graph.knowledge.things.find("PKD")
    assert [moment.text for moment in steps.moments({pkd})] == ["2023", "2026", "2027"]
    told = {text: steps.certainty(pkd, PartialDate.parse(text)) for text in ("2022", "2023", "2024-05-01", "2027")}
    assert [str(value and value.value) for value in told.values()] == ["no", "possible", "certain", "no"]
    assert steps.certainty(graph.knowledge.things.find("Umeå"), PartialDate.parse("2024")) is None


def test_what_is_only_permitted_is_possibly_in_force_at_most() -> None:
    """A period that a text proposes makes nothing certain; figures that disagree make it possible."""
    proposed = 'vb:pkd sg:validFrom "2020"^^xsd:gYear ; sg:validUntil "2026"^^xsd:gYear .'
    steps = Steps(knowledge_of(SMALL | {("avtal", "proposed", "föreslås"): proposed}))
    pkd, moment = "https://w3id.org/samverkansgraf/id/vasterbotten/pkd", PartialDate.parse("2023-01-01")
    assert str(steps.certainty(pkd, moment).value) == "possible"
    two = {
        ("avtal", "stated", "gäller"): proposed,
        ("plan", "stated", "gällde"): 'vb:pkd sg:validUntil "2021"^^xsd:gYear .',
    }
    assert str(Steps(knowledge_of(SMALL | two)).certainty(pkd, moment).value) == "possible"


def test_large_graph_opens_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit every node lies on a fold of its collection and kind; who has no script reads all lines."""
    whole = draw(knowledge_of(SMALL), texts("sv")).partition('id="table"')[2].partition("<footer>")[0]
    monkeypatch.setattr(views, "LARGE", 3)
    monkeypatch.setattr("samverkansgraf.maps.page.LARGE", 3)
    drawn = draw(knowledge_of(SMALL), texts("sv"))
    page, twin = Page(drawn), drawn.partition("<noscript><table>")[2].partition("</noscript>")[0]
    assert twin.count("<tr data-line=") > 5
    assert re.findall("<tr data-line.*", twin) == re.findall("<tr data-line.*", whole)
    folds = {fold["id"]: fold for fold in page.data["folds"]}
    assert {node["fold"] for node in page.data["nodes"]} == set(folds)
    for node in page.data["nodes"]:
        fold = folds[node["fold"]]
        assert (node["home"], node["kind"]) == (fold["home"], fold["kind"])
        assert abs(node["x"] - fold["x"]) <= fold["room"][0] / 2 + 1
    assert "data-id=" not in page.text


sizes = st.integers(20, 240)


@given(st.lists(st.tuples(sizes, sizes), min_size=1, max_size=25), st.integers(0, 2**16))
def test_layered_boxes_never_overlap(shapes: list[tuple[int, int]], seed: int) -> None:
    """Whatever the sizes, levels and homes; layers do not overlap, and the order of the input does not matter."""
    chance = random.Random(seed)  # noqa: S311 - an example
    boxes = {f"n{i:02}": Box(w, h, chance.choice((0, 12))) for i, (w, h) in enumerate(shapes)}
    level = {node: chance.randrange(4) for node in boxes}
    homes = {node: chance.choice("ab") for node in boxes}
    edges = [(chance.choice(list(boxes)), chance.choice(list(boxes))) for _ in boxes]
    found = layered(boxes, edges, level, homes)
    assert apart(boxes, found.places)
    spans = [found.layers[number] for number in sorted(found.layers)]
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    turned = layered(dict(sorted(boxes.items())), edges[::-1], level, homes)
    assert turned == found


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**16))
def test_columns_never_overlap(left: int, right: int, seed: int) -> None:
    """Two columns of boxes as high as they come."""
    chance = random.Random(seed)  # noqa: S311 - an example
    boxes = {f"l{i}": Box(30, 30) for i in range(left)} | {
        f"r{i}": Box(150, chance.randrange(20, 120)) for i in range(right)
    }
    sides = [[node for node in boxes if node[0] == side] for side in "lr"]
    edges = [(chance.choice(sides[0]), chance.choice(sides[1])) for _ in range(left + right)]
    assert apart(boxes, bipartite(*sides, edges, boxes))


@given(st.integers(1, 40), st.integers(0, 2**16))
def test_plates_never_overlap(number: int, seed: int) -> None:
    """Every node lies on the plate of its home and kind, and no box on another."""
    chance = random.Random(seed)  # noqa: S311 - an example
    boxes = {f"n{i:02}": Box(chance.randrange(20, 240), chance.randrange(20, 90)) for i in range(number)}
    homes, kinds = ({node: chance.choice(names) for node in boxes} for names in ("ab", "xyz"))
    found, places = plates(boxes, homes, kinds)
    assert apart(boxes, places)
    assert sorted(node for plate in found for node in plate.nodes) == sorted(boxes)
    assert all((homes[node], kinds[node]) == (plate.home, plate.kind) for plate in found for node in plate.nodes)
