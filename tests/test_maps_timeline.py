"""The timeline: every date is drawn where it lies, as exact as it is given, and words keep apart."""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import combinations

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.errors import QueryError
from samverkansgraf.maps.timeline import Timeline
from samverkansgraf.reports.dates import Dates
from samverkansgraf.texts import texts
from test_maps import HOSTILE, SMALL, knowledge_of
from test_maps_geography import SVG, Box, contrast, meet, read, tones
from test_reports_geography import COLLECTIONS

SIZES = {"heading": 14.0, "year": 10.0, "when": 10.5, "what": 11.0, "keyed": 10.0, "at": 10.0}
DATED = {
    ("avtal", "stated", "från 2023"): 'vb:pkd sg:validFrom "2023" ; sg:validUntil "2026-06-30" .',
    ("avtal", "stated", "tills vidare"): 'vb:natverk sg:validFrom "2024-03-01" ; sg:openEnded true .',
    ("avtal", "proposed", "föreslås från"): 'vb:omrade sg:validFrom "2025" ; sg:validUntil "2027" .',
    ("avtal", "stated", "till 2025"): 'vb:kommunerna sg:validUntil "2025" .',
    ("avtal", "stated", "ses över"): 'umea:regionen sg:reviewedIn "2024" .',
}


def made(graph: Graph, collection: str | None, lang: str = "sv") -> Timeline:
    """The timeline of a collection of the real graph."""
    where = graph.knowledge.collection(collection) if collection else None
    return Timeline(graph.knowledge, texts(lang), collection=where)


def room(one: ET.Element) -> Box:
    """Room of a line of text by the letters of a wide typeface."""
    size, x, y = SIZES[one.get("class", "")], float(one.get("x", 0)), float(one.get("y", 0))
    wide = 0.58 * size * len(one.text or "")
    start = x - wide * {"end": 1.0, "middle": 0.5}.get(one.get("text-anchor", ""), 0.0)
    return start, y - 0.8 * size, start + wide, y + 0.15 * size


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_everything_with_a_date_is_there_once(graph: Graph, collection: str | None) -> None:
    """Each span and day of the report stands under its period; the same bytes twice; words keep apart."""
    timeline = made(graph, collection)
    picture = timeline.picture(lambda iri: f"{iri[-4:]}.html", at="2024-08")
    root, dates = read(picture), Dates(graph.knowledge, timeline.collection)
    drawn = sum(len(one.things) for one in timeline.groups)
    assert {iri for one in timeline.groups for iri, _ in one.things} == dates.things
    assert len(dates.things) <= drawn <= len(dates.spans) + len(dates.days)
    assert len(list(root.iter(f"{SVG}a"))) == drawn
    assert picture == made(graph, collection).picture(lambda iri: f"{iri[-4:]}.html", at="2024-08")
    lines = [one for one in root.iter(f"{SVG}text") if one.get("class") not in {"at", "keyed"}]
    assert not [pair for pair in combinations(map(room, lines), 2) if meet(*pair)]
    height = float(re.search(r'viewBox="0 0 360 ([\d.]+)"', picture.markup)[1])
    assert all(box[3] <= height and box[2] <= 370 for box in map(room, lines))


def bars(root: ET.Element, kind: str) -> list[tuple[float, float]]:
    """Left and right of every bar of a class."""
    found = [one for one in root.iter(f"{SVG}rect") if kind in (one.get("class") or "").split()]
    return [
        (float(one.get("x", 0)), float(one.get("x", 0)) + float(one.get("width", 0))) for one in found if one.get("x")
    ]


def test_bars_lie_where_the_dates_are() -> None:
    """Solid where certain, open where possible, dotted where not given, an arrow where it goes on, else hollow."""
    timeline = Timeline(knowledge_of(SMALL | DATED), texts("sv"))
    root = read(timeline.picture())
    start, end = date(2023, 1, 1), date(2028, 1, 1)
    x = {day: 10 + 328 * (day - start) / (end - start) for day in (start + timedelta(days=n) for n in range(1827))}
    possible, certain = bars(root, "possible"), bars(root, "certain")

    def near(pairs: list[tuple[float, float]], left: date, right: date) -> bool:
        return any(abs(a - x[left]) < 0.02 and abs(b - x[right]) < 0.02 for a, b in pairs)

    assert near(possible, date(2023, 1, 1), date(2026, 7, 1))
    assert near(certain, date(2023, 12, 31), date(2026, 7, 1))
    assert near(possible, date(2025, 1, 1), date(2028, 1, 1))
    assert near(bars(root, "unsure"), date(2025, 12, 31), date(2027, 1, 2))
    assert near(possible, date(2024, 1, 1), date(2025, 1, 1))
    unknown = [one.get("d", "") for one in root.iter(f"{SVG}path") if one.get("class") == "unknown"]
    assert sum(line.startswith("M10 ") for line in unknown) == 1
    whens = [one.text for one in root.iter(f"{SVG}text") if one.get("class") == "when"]
    assert whens == [
        "2023 – 2026-06-30", "2024", "2024-03-01 – tills vidare", "inte angivet – 2025", "2025 – 2027 (föreslås)"
    ]  # fmt: skip


def test_random_periods_keep_their_order_and_stay_inside() -> None:
    """Whatever the dates, bars lie on the axis, a certain one within a possible one, and groups begin in order."""
    rng = random.Random(5)  # noqa: S311 - reproducible test data
    for _ in range(20):
        body = {}
        for number in range(rng.randint(1, 9)):
            first = date(2000, 1, 1) + timedelta(days=rng.randrange(9000))
            last = first + timedelta(days=rng.randrange(3000))
            size = rng.choice([4, 7, 10])
            bounds = [f'sg:validFrom "{str(first)[:size]}"', f'sg:validUntil "{str(last)[:size]}"']
            said = rng.choice(["stated", "proposed", "permitted"])
            chosen = " ; ".join(rng.sample(bounds, rng.randint(1, 2)))
            body[("avtal", said, f"sats {number}")] = f'vb:sak-{number} rdfs:label "Sak {number}"@sv ; {chosen} .'
        timeline = Timeline(knowledge_of(body), texts("sv"))
        root = read(timeline.picture())
        possible, certain = bars(root, "possible"), bars(root, "certain")
        assert all(9.9 <= a < b <= 340.1 for a, b in possible + certain)
        assert all(any(c - 0.1 <= a and b <= d + 2.1 for c, d in possible) for a, b in certain)
        firsts = [one.period.start or one.period.end for one in timeline.groups]
        assert [one.earliest for one in firsts] == sorted(one.earliest for one in firsts)


def test_the_date_asked_about_is_on_the_axis(graph: Graph) -> None:
    """A moment outside the periods widens the axis; what is no date is refused."""
    timeline = made(graph, "Västmanland")
    root = read(timeline.picture(at="2031"))
    (moment,) = (one for one in root.iter(f"{SVG}rect") if one.get("class") == "moment")
    assert 300 < float(moment.get("x", 0)) < 340
    with pytest.raises(QueryError, match="at: '2031-13' is no day"):
        timeline.picture(at="2031-13")
    assert "Tidslinje" in str(graph.pictures.timeline(collection="Västerbotten", at="2025"))


def test_names_can_do_no_harm_and_nothing_is_a_picture_too() -> None:
    """Markup in names is read; a graph without dates is an empty axis; marks stand out."""
    for name in HOSTILE:
        knowledge = knowledge_of(SMALL | DATED)
        naming = knowledge.things.namings["https://w3id.org/samverkansgraf/id/vasterbotten/pkd"]
        naming.label, naming.name = {"sv": name}, {}
        root = read(Timeline(knowledge, texts("sv")).picture(lambda _: "x.html"))
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
            "svg", "title", "desc", "g", "a", "rect", "path", "text",
        }  # fmt: skip
    assert read(Timeline(knowledge_of({}), texts("sv")).picture()).tag == f"{SVG}svg"
    for dark in (False, True):
        assert contrast(tones(dark)["alarm"], tones(dark)["sheet"]) >= 4.5
