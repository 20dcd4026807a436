"""The map of kommuner: what it shows is what the table says, in words that nothing covers and colours one can tell."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.errors import QueryError
from samverkansgraf.maps.borders import GRAIN, rooms, sheet
from samverkansgraf.maps.geography import Geography
from samverkansgraf.maps.shading import short_sek
from samverkansgraf.maps.svg import Picture, element, linked, stylesheet, text
from samverkansgraf.reports.by_kommun import counties_of
from samverkansgraf.texts import texts
from test_maps import HOSTILE, SMALL, knowledge_of
from test_reports_geography import COLLECTIONS, MORE

SVG = "{http://www.w3.org/2000/svg}"
Box = tuple[float, float, float, float]


def read(picture: Picture) -> ET.Element:
    """The picture as XML."""
    return ET.fromstring(picture.markup)  # noqa: S314 - made here


def words(root: ET.Element, kind: str) -> list[ET.Element]:
    """Elements of text of a class."""
    return [one for one in root.iter(f"{SVG}text") if kind in one.get("class", "").split()]


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def box(one: ET.Element, size: float) -> Box:
    """Room of a centred line of text, by a wide estimate of its letters."""
    half, x, y = len(one.text or "") * size * 0.55 / 2, float(one.get("x", 0)), float(one.get("y", 0))
    return x - half, y - size * 0.8, x + half, y + size * 0.1


def made(graph: Graph, collection: str | None, lang: str = "sv") -> Geography:
    """The map of a collection of the real graph."""
    where = graph.knowledge.collection(collection) if collection else None
    return Geography(graph.knowledge, texts(lang), collection=where)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_measure_is_a_picture_and_the_same_one_twice(graph: Graph, collection: str | None, lang: str) -> None:
    """Well-formed, with title and description; every kommun once; every pattern it asks for is there; same bytes twice."""  # noqa: E501
    geography, again = made(graph, collection, lang), made(graph, collection, lang)
    every = [one.key for one in geography.measures] or [None]
    for measure in every if collection else every[:3]:
        picture = geography.picture(measure)
        root = read(picture)
        assert root[0].tag == f"{SVG}title"
        assert root[1].tag == f"{SVG}desc"
        assert root.get("role") == "img"
        areas = [one.get("data-kommun") for one in root.iter(f"{SVG}path") if one.get("data-kommun")]
        assert len(areas) == len(set(areas)) == len(geography.kommuner)
        patterns = [one.get("id") for one in root.iter(f"{SVG}pattern")]
        assert len(patterns) == len(set(patterns))
        assert set(re.findall(r"url\(#([^)]+)\)", picture.markup)) <= set(patterns)
        assert picture == again.picture(measure)


@pytest.mark.parametrize("collection", ["Västerbotten", "Umeåregionen", "Västmanland"])
def test_what_stands_on_the_map_is_what_the_table_says(graph: Graph, collection: str) -> None:
    """Each area says its kommun and number; a number printed is the table's; who is in no table is *inte nämnd*."""
    geography, label = made(graph, collection), graph.knowledge.things.label
    for measure in geography.measures:
        root, table = read(geography.picture(measure.key)), geography.table(measure.key)
        told = {row.cells[0]: row.cells[1] for row in table.rows}
        printed = {str(one.get("data-value")): one.text or "" for one in words(root, "value")}
        for kommun in geography.kommuner:
            short, name = graph.knowledge.things.short(kommun), label(kommun)
            title = next(one for one in root.iter(f"{SVG}path") if one.get("data-kommun") == short)[0].text or ""
            assert title.startswith(f"{name}: ")
            if name not in told:
                assert title == f"{name}: inte nämnd"
                assert not printed.get(short)
            elif isinstance(told[name], int):
                assert str(told[name]) in re.sub(r"[\u202f\u00a0]", "", title)
                bare = printed.get(short, "").strip("()")
                wanted = short_sek(int(str(told[name])), texts("sv")) if measure.kind == "sek" else str(told[name])
                assert bare in {"", wanted}


def test_legend_counts_every_kommun_once(graph: Graph) -> None:
    """The numbers of the classes add up to the kommuner of the map; what is hatched is counted apart."""
    for collection in COLLECTIONS[:4]:
        geography = made(graph, collection)
        for measure in geography.measures or [geography.measure()]:
            legend = ET.tostring(read(geography.picture(measure.key)).find(f"{SVG}g[@class='legend']"), "unicode")
            counts = re.findall(r">([^<]*?) · (\d+) kommun(?:er)?<", legend)
            assert sum(int(count) for label, count in counts if not label.startswith("streckat")) == len(
                geography.kommuner
            )


def test_words_lie_on_the_sheet_and_cover_no_other(graph: Graph) -> None:
    """No name or value overlaps another kommun's, or leaves the picture."""
    for collection in COLLECTIONS[:4]:
        geography = made(graph, collection)
        root = read(geography.picture())
        boxes = {
            (one.get("data-name") or one.get("data-value"), kind): box(one, size)
            for kind, size in (("name", 10), ("value", 12))
            for one in words(root, kind)
        }
        assert boxes
        assert not [pair for pair in combinations(boxes, 2) if pair[0][0] != pair[1][0] and meet(*map(boxes.get, pair))]
        assert all(-1 <= left and right <= 361 for left, _, right, _ in boxes.values())


def test_most_names_fit(graph: Graph) -> None:
    """At least nine of ten kommuner of a county have their name on the map, and all their value."""
    for collection in ("Västerbotten", "Västmanland"):
        geography = made(graph, collection)
        root = read(geography.picture())
        assert len(words(root, "value")) == len(geography.kommuner)
        assert len(words(root, "name")) >= 0.9 * len(geography.kommuner)


def test_every_kommun_of_the_register_has_borders_inside_the_sheet(graph: Graph) -> None:
    """Paths close, stay on the sheet, and use whole numbers; neighbours share points."""
    kommuner = counties_of(graph.knowledge)
    assert len(kommuner) == 290
    drawn = sheet(kommuner, width=360, height=520)
    assert drawn.rings.keys() == kommuner.keys()
    for kommun in kommuner:
        assert re.fullmatch(r"(M\d+ \d+l[-\d ]+z)+", drawn.path(kommun))
        for ring in drawn.rings[kommun]:
            assert all(0 <= x <= GRAIN * drawn.width and 0 <= y <= GRAIN * drawn.height for x, y in ring)
    assert 2 < drawn.height / drawn.width < 2.7  # Sweden is 1 530 km by 640 km


def test_path_goes_where_the_ring_goes() -> None:
    """Relative steps, added up, are the points of the ring."""
    drawn = sheet(
        [f"https://w3id.org/samverkansgraf/id/kommun/{code}" for code in ("1980", "1981")], width=300, height=300
    )
    for kommun, rings in drawn.rings.items():
        parts = re.findall(r"M(\d+) (\d+)l([^z]+)z", drawn.path(kommun))
        assert len(parts) == len(rings)
        for (x, y, steps), ring in zip(parts, rings, strict=True):
            at, points = (int(x), int(y)), [(int(x), int(y))]
            numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                at = (at[0] + dx, at[1] + dy)
                points.append(at)
            assert [*dict.fromkeys(points)] == [*dict.fromkeys(ring)]


def test_room_is_inside() -> None:
    """In a square with a bay the widest place for words is beside the bay."""
    square = [[(0, 0), (400, 0), (400, 400), (200, 400), (200, 200), (0, 200), (0, 0)]]
    x, y, width = rooms(square, 20)[0]
    assert (x, width) == (50, 100)
    assert 10 <= y <= 40


def test_words_of_others_can_do_no_harm() -> None:
    """Names that are markup, or that XML cannot hold, are read and nothing more."""
    for name in (*HOSTILE, "a\x00b\x1f\ud800"):
        knowledge = knowledge_of(SMALL | MORE)
        for one in ("vb:pkd", "kommun:2480"):
            iri = knowledge.context.expand(one)
            naming = knowledge.things.namings[iri]
            naming.label, naming.name, naming.abbreviation = {"sv": name}, {}, name
        geography = Geography(knowledge, texts("sv"))
        for measure in geography.measures:
            root = read(geography.picture(measure.key, lambda iri: f"id/{iri[-4:]}.html?a=1&b=2"))
            assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
                "svg", "title", "desc", "defs", "pattern", "rect", "circle", "path", "g", "text", "a",
            }  # fmt: skip
            assert not [key for one in root.iter() for key in one.attrib if key.startswith("on")]
        assert json.loads(json.dumps(geography.data()))


def test_links_can_be_reached_and_say_where_they_lead(graph: Graph) -> None:
    """A picture with links is a group, not an image; each link has a name; no link for an address that is None."""
    geography = made(graph, "Västerbotten")
    root = read(geography.picture("seats", lambda iri: f"{iri[-4:]}.html" if iri.endswith("2480") else None))
    (link,) = root.iter(f"{SVG}a")
    assert root.get("role") == "group"
    assert link.get("href") == "2480.html"
    assert (link.get("aria-label") or "").startswith("Umeå: 2 platser")


def test_data_has_every_measure_without_borders(graph: Graph) -> None:
    """What a script needs for all measures says what the pictures say, in few bytes."""
    geography = made(graph, "Västmanland")
    data = geography.data()
    assert [one["key"] for one in data["measures"]] == [one.key for one in geography.measures]
    for one in data["measures"]:
        root = read(geography.picture(one["key"]))
        drawn = {str(path.get("data-kommun")): path for path in root.iter(f"{SVG}path") if path.get("data-kommun")}
        for short, (kind, fill, value, said) in one["areas"].items():
            assert (drawn[short].get("class"), drawn[short].get("fill")) == (kind, fill)
            assert drawn[short][0].text == said
            assert value in {text.text for text in words(root, "value")}
        assert one["legend"] in geography.picture(one["key"]).markup
        assert one["heading"] in geography.picture(one["key"]).markup
    assert "data-kommun" not in json.dumps(data)
    assert len(json.dumps(data, ensure_ascii=False).encode()) < 20_000
    assert len(geography.picture("seats").markup.encode()) < 12_000


def test_one_can_ask_the_graph(graph: Graph) -> None:
    """The facade draws by measure or by forum, brings its style along, and refuses an unknown measure."""
    picture = graph.pictures.geography(forum="PKD", collection="Västerbotten")
    assert "Primärkommunala delegationen" in str(picture)
    assert "<style>" not in str(picture)
    assert read(Picture(picture._repr_svg_()))[0].tag == f"{SVG}style"
    assert str(graph.pictures.geography()) == str(graph.pictures.geography("cooperations"))
    with pytest.raises(QueryError, match="measures are cooperations, seats"):
        graph.pictures.geography("vikt")


def tones(dark: bool) -> dict[str, str]:
    """Colours of the style sheet by name."""
    light_part, dark_part = re.split(r"@media[^{]+dark\) \{", stylesheet(), maxsplit=1)
    part = dark_part if dark else light_part
    return dict(re.findall(r"--p-([\w-]+): (#[0-9a-f]{6})", part))


def contrast(one: str, other: str) -> float:
    """Contrast as WCAG 2.1 defines it."""
    parts = [[int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)] for colour in (one, other)]
    linear = [[c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb] for rgb in parts]
    light, dim = sorted((0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in linear), reverse=True)
    return (light + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_words_and_borders_stand_out(dark: bool) -> None:
    """Words 4.5:1 on every tone; borders, dots and hatches 3:1 against every tone they lie on."""
    found = tones(dark)
    on = {"1": "on-1", "5": "on-5"}
    for tone in "12345":
        ink = found[on.get(tone, "on")]
        assert contrast(ink, found[f"{tone}"]) >= 4.5
        assert contrast(found["line"], found[tone]) >= 3
    assert contrast(found["ink"], found["sheet"]) >= 4.5
    assert contrast(found["soft"], found["sheet"]) >= 4.5
    assert contrast(found["link"], found["sheet"]) >= 3
    order = [contrast(found[tone], found["sheet"]) for tone in "12345"]
    assert order == sorted(order)


def test_short_amounts() -> None:
    """Millions with one decimal, thousands whole, small sums as they are."""
    numbers = [short_sek(number, texts("sv")) for number in (7_611_000, 1_000_000, 723_600, 900)]
    assert numbers == ["7,6 mn kr", "1 mn kr", "724 tkr", "900\u202fkr"]


def test_elements_are_escaped() -> None:
    """Text and attributes; numbers are short; nothing to link to is a group."""
    assert element("a", text("<&>"), title='"', x=1.0, y=0.256) == '<a title="&quot;" x="1" y="0.26">&lt;&amp;&gt;</a>'
    assert linked(None, "x", label="y") == "<g>x</g>"
