"""Tables of symbols: what each says is what the report says, in words too, and no name can do harm."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.maps.matrix import Matrix, symbol
from samverkansgraf.reports.coverage import STATUSES
from samverkansgraf.texts import texts
from test_maps import HOSTILE, SMALL, knowledge_of
from test_maps_geography import contrast, tones
from test_reports_geography import COLLECTIONS

MORE = {
    ("avtal", "stated", "kommuner"): "kommun:2460 a sg:Municipality .",
    ("avtal", "proposed", "rådet ska"): """
        vb:radet a sg:PoliticalForum ; sg:concerns vb:omrade ; org:hasMember kommun:2460 .""",
}


def read(markup: str) -> ET.Element:
    """The table as XML: it is written so that both kinds of reader take it."""
    return ET.fromstring(markup)  # noqa: S314 - made here


def rows(table: ET.Element) -> dict[str, list[tuple[str, str]]]:
    """Row → (status, words) of each cell."""
    found = {}
    for row in table.findall(".//tbody/tr"):
        symbols = [cell[0] for cell in row.findall("td")]
        assert all(one.get("role") == "img" and one[0].text == one.get("aria-label") for one in symbols)
        said = [(one.get("class", "").removeprefix("s-"), one.get("aria-label", "")) for one in symbols]
        found["".join(row[0].itertext())] = said
    return found


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_symbols_say_what_the_report_says(graph: Graph, collection: str | None) -> None:
    """Row by row and cell by cell the status of `report gaps`; the legend counts them."""
    report = graph.report("gaps", collection=collection).tables[0]
    where = graph.knowledge.collection(collection) if collection else None
    markup = Matrix(graph.knowledge, texts("sv"), collection=where).areas(lambda iri: f"{iri[-3:]}.html")
    assert bool(markup) == (collection != "Västmanland")
    if not markup:
        return
    table = read(markup)
    words = {texts("sv")(f"gaps.status_{status}"): status for status in STATUSES}
    made = [(area, [status for status, _ in cells]) for area, cells in rows(table).items()]
    wanted = {str(row.cells[0]): [words[str(cell)] for cell in row.cells[1:]] for row in report.rows}
    assert dict(made) == wanted
    counts = {
        "".join(one.itertext()).split(" · ")[0]: int("".join(one.itertext()).split(" · ")[1])
        for one in table.iter("li")
    }
    every = [status for row in report.rows for status in row.cells[1:]]
    assert counts == {str(status): every.count(status) for status in set(every)}


def test_kommuner_are_those_of_the_report(graph: Graph) -> None:
    """In each area as many kommuner as `report gaps` counts; a collection where none sits in any says so in words."""
    tables = [one for one in graph.report("gaps").tables if one.title.startswith("Kommuner i något")]
    made = Matrix(graph.knowledge, texts("sv")).kommuner()
    assert len(made) == len(tables) > 1
    sentences = [one for one in made if one.startswith("<p>")]
    assert [one for one in sentences if "Västerbotten: ingen av de 15 kommuner" in one]
    tried = 0
    for markup in set(made) - set(sentences):
        table = read(markup)
        report = next(one for one in tables if one.title == "".join(table.find(".//caption").itertext()))
        for area, cells in rows(table).items():
            counted = sum(int(str(row.cells[1])) for row in report.rows if row.cells[0] == area)
            assert sum(status != "silent" for status, _ in cells) == counted
            tried += counted
    assert tried > 10


def test_a_proposed_seat_is_half_and_names_can_do_no_harm() -> None:
    """Half filled and *föreslås*; a name that is markup is read."""
    for name in HOSTILE:
        knowledge = knowledge_of(SMALL | MORE)
        for one in ("vb:omrade", "kommun:2482"):
            naming = knowledge.things.namings[knowledge.context.expand(one)]
            naming.label, naming.name = {"sv": name}, {}
        matrix = Matrix(knowledge, texts("sv"))
        crossed = [
            cells
            for markup in matrix.kommuner()
            if not markup.startswith("<p>")
            for cells in rows(read(markup)).values()
        ]
        assert [status for cells in crossed for status, words in cells if "föreslås" in words] == ["open"]
        assert name in rows(read(matrix.areas()))
        assert not read(matrix.areas()).findall(".//script")


def test_every_status_has_a_form_of_its_own(graph: Graph) -> None:
    """No two symbols have the same shapes, so that colour is not needed; missing is dashed."""
    shapes = {status: ET.tostring(read(symbol(status))).replace(f"s-{status}".encode(), b"") for status in STATUSES}
    filled = {status: shape for status, shape in shapes.items() if status != "silent"}
    assert len(set(filled.values())) == len(filled)
    assert "<svg" in str(graph.pictures.coverage(collection="Västerbotten"))
    for dark in (False, True):
        found = tones(dark)
        assert all(contrast(found[ink], found["sheet"]) >= 3 for ink in ("mark", "alarm", "soft"))


def test_without_areas_there_is_no_table() -> None:
    """An empty graph gives nothing."""
    matrix = Matrix(knowledge_of({}), texts("sv"))
    assert matrix.areas() == ""
    assert matrix.kommuner() == []
