"""The map in a real Chromium: it opens from a file, asks for nothing, and works by mouse, by keyboard, on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from chromium import (
    DOWN,
    ENTER,
    ESCAPE,
    LEFT,
    MARKS,
    RIGHT,
    barriers,
    focused,
    one,
    opened,
    press,
    requests,
    started,
    themed,
    until,
)
from samverkansgraf.api import Graph
from samverkansgraf.maps import draw
from samverkansgraf.texts import texts
from test_maps import HOSTILE, SMALL, knowledge_of

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

pytestmark = MARKS
NAMES = "".join(
    f"vb:h{i} a sg:PoliticalForum ; skos:prefLabel {json.dumps(name)}@sv ; sg:informs vb:pkd .\n"
    for i, name in enumerate(HOSTILE)
)
DATED = {
    (
        "avtal",
        "stated",
        "gäller 2023–2026",
    ): 'vb:pkd sg:validFrom "2023"^^xsd:gYear ; sg:validUntil "2026"^^xsd:gYear .',
    ("avtal", "stated", "projektet pågår"): """
        vb:projekt a sg:Project ; skos:prefLabel "Projektet"@sv ; sg:concerns vb:omrade .
        vb:projekt sg:validFrom "2024-03-01"^^xsd:date ; sg:validUntil "2024-09-30"^^xsd:date .""",
    ("avtal", "stated", "i länet"): "kommun:2480 sg:inCounty vb:lan . kommun:2482 sg:inCounty vb:lan .",
    ("avtal", "denied", "ingen delegation"): "vb:pkd sg:concerns vb:omrade .",
}
PAINTED = """
const canvas = document.querySelector("canvas");
return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean);
"""
SHOWN = "return [karta.scene().nodes.map((node) => node.id), karta.scene().edges.length]"
VIEWS = ("allt", "omgivning", "bereder", "medlemskap", "omraden", "karta", "jamfor")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the page lies and downloads go."""
    return tmp_path_factory.mktemp("karta")


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    """Address of a map of the small graph with hostile names and dates added."""
    path = folder / "karta.html"
    knowledge = knowledge_of(SMALL | DATED | {("avtal", "stated", "javascript:alert(1) </script>"): NAMES})
    quotes = {"https://w3id.org/samverkansgraf/doc/avtal.00000000": "PKD utgörs av <b>trettio</b> ledamöter."}
    path.write_bytes(draw(knowledge, texts("sv"), quotes=quotes).encode())
    return path.as_uri()


@pytest.fixture(scope="module")
def chromium(folder: Path) -> Iterator[Chrome]:
    """One Chromium for all tests of this module."""
    with started(folder) as driver:
        yield driver


@pytest.fixture
def window(chromium: Chrome, page: str) -> Chrome:
    """The map freshly opened on a wide screen."""
    return ready(chromium, page)


def ready(chromium: Chrome, address: str, width: int = 1440, height: int = 900, *, theme: str = "light") -> Chrome:
    """The map opened and painted."""
    window = opened(chromium, address, width, height, theme=theme)
    until(lambda: window.execute_script("return window.karta && karta.painted() > 0"))
    return window


def drawn(window: Chrome) -> set[str]:
    """Ids of what is drawn."""
    return set(window.execute_script(SHOWN)[0])


def test_opens_from_a_file_and_asks_for_nothing(window: Chrome, page: str) -> None:
    """The canvas is painted, the console is empty, and the only request is for the file itself."""
    until(lambda: window.execute_script(PAINTED))
    assert window.get_log("browser") == []
    assert requests(window) == {page}


def test_search_finds_by_abbreviation_and_panel_shows_the_evidence(window: Chrome) -> None:
    """Typing pkd leaves one match; Enter opens its panel with facts, the anchor of a passage and its full wording."""
    one(window, "#search").send_keys("pkd")
    shown = [item.text for item in window.find_elements("css selector", "#list li")]
    assert shown == ["Primärkommunala delegationen (PKD) politiskt forum"]
    press(window, ENTER)
    until(lambda: one(window, "#panel").is_displayed())
    panel = one(window, "#panel").text
    assert panel.startswith("Primärkommunala delegationen (PKD)\npolitiskt forum")
    assert "angivet antal ledamöter\n30" in panel
    assert "”PKD utgörs av”" in panel
    assert "förnekas" in panel
    window.execute_script("document.querySelectorAll('#panel details').forEach((one) => (one.open = true))")
    assert one(window, "blockquote").text == "PKD utgörs av <b>trettio</b> ledamöter."
    assert window.execute_script("return location.hash") == "#vy=allt&sak=vb:pkd"


def test_keyboard_alone(window: Chrome) -> None:
    """Down from the search to the list, Enter opens, arrows take a line, Enter follows it, Esc closes and returns."""
    one(window, "#search").send_keys("kommunchef")
    press(window, DOWN)
    until(lambda: focused(window).startswith("Kommunchefsnätverk"))
    press(window, ENTER)
    until(lambda: focused(window) == "panel-title")
    assert one(window, "#panel-title").text == "Kommunchefsnätverk"
    lines = window.execute_script(
        "return karta.scene().edges.filter((e) => [e.from, e.to].includes('vb:natverk')).length"
    )
    heard = set()
    for _ in range(lines):
        press(window, RIGHT)
        heard.add(one(window, "#status").text)
    assert len(heard) == lines
    assert all(f" av {lines}: " in words for words in heard)
    until_line_to(window, "vb:pkd")
    press(window, ENTER)
    until(lambda: one(window, "#panel-title").text.startswith("Primärkommunala"))
    assert focused(window) == "panel-title"
    press(window, ESCAPE)
    until(lambda: not one(window, "#panel").is_displayed())
    assert focused(window).startswith("Kommunchefsnätverk")
    assert len(window.find_elements("css selector", '#list [tabindex="0"]')) == 1


def until_line_to(window: Chrome, end: str) -> None:
    """Press the left arrow until the line leads to *end*."""
    ends = "const line = karta.state.next; return line ? [line.from, line.to] : []"
    for _ in range(20):
        if end in window.execute_script(ends):
            return
        press(window, LEFT)
    pytest.fail(f"no line to {end}")


def test_map_has_the_keyboard_too(window: Chrome) -> None:
    """With the focus on the map and nothing open, an arrow says what to do first; plus and minus zoom."""
    window.execute_script("document.getElementById('network').focus()")
    press(window, RIGHT)
    assert one(window, "#status").text.startswith("Öppna något först")
    before = window.execute_script("return karta.view.scale")
    press(window, "+")
    until(lambda: window.execute_script("return karta.view.scale") > before)


def test_legend_hides_and_shows(window: Chrome) -> None:
    """A kind's button hides its nodes, their lines and their place in the list; a modality's its lines."""
    nodes, lines = window.execute_script(SHOWN)
    key = one(window, '[data-key="sg:Network"]')
    key.click()
    assert key.get_attribute("aria-pressed") == "false"
    assert set(nodes) - drawn(window) == {"vb:natverk"}
    assert window.execute_script(SHOWN)[1] == lines - 4
    assert not window.find_elements("css selector", '#list [data-id="vb:natverk"]')
    assert int(one(window, "#rows").get_attribute("textContent")) == lines - 4
    key.click()
    assert window.execute_script(SHOWN) == [nodes, lines]
    one(window, '[data-part="modality"] [data-key="proposed"]').click()
    assert window.execute_script(SHOWN)[1] == lines - 1


def test_area_filter_leaves_what_is_at_work_there(window: Chrome) -> None:
    """Choosing an area leaves it, and what concerns it."""
    window.execute_script("area.value = 'vb:omrade'; area.dispatchEvent(new Event('change'))")
    assert drawn(window) == {"vb:omrade", "vb:natverk", "vb:projekt"}
    assert window.execute_script("return location.hash").endswith("omrade=vb:omrade")


def test_date_step_shows_what_is_in_force(window: Chrome) -> None:
    """What a year says is possibly in force in that year, what days say certainly; what is over or ahead is gone."""
    steps = window.execute_script("return JSON.parse(document.getElementById('data').textContent).steps")
    assert steps == ["2023", "2024-03-01", "2024-09-30", "2026", "2027"]
    chosen(window, 2)
    assert "Säkert i kraft: 2. Möjligen: 0." in one(window, "#force").text
    chosen(window, 1)
    assert "vb:projekt" not in drawn(window)
    assert "Möjligen: 1." in one(window, "#force").text
    chosen(window, 5)
    assert not drawn(window) & {"vb:projekt", "vb:pkd"}
    assert one(window, "#when").text == "2027"
    chosen(window, 0)
    assert {"vb:projekt", "vb:pkd"} <= drawn(window)


def chosen(window: Chrome, step: int) -> None:
    """Move the slider to *step*, as a hand would."""
    moved = "step.value = arguments[0]; ['input', 'change'].forEach((kind) => step.dispatchEvent(new Event(kind)))"
    window.execute_script(moved, step)


def test_address_leads_back(chromium: Chrome, page: str) -> None:
    """Fragments open a thing, a view and a date; one that is no address of ours opens the map; back goes back."""
    window = ready(chromium, page + "#vb:natverk")
    assert one(window, "#panel-title").text == "Kommunchefsnätverk"
    window = ready(chromium, page + "#vy=omgivning&sak=vb:pkd&tid=2026")
    assert one(window, '#views button[aria-current="true"]').text == "Omgivning"
    assert one(window, "#when").text == "2026"
    assert "umea:regionen" not in drawn(window)
    one(window, '#views button[data-view="allt"]').click()
    until(lambda: "umea:regionen" in drawn(window))
    window.back()
    until(lambda: "umea:regionen" not in drawn(window))
    window = ready(chromium, page + "#%E0%A4%A")
    assert not one(window, "#panel").is_displayed()
    assert window.get_log("browser") == []


def test_every_view_draws_and_says_what_it_is(window: Chrome) -> None:
    """Each view of the switch has things, a sentence about itself, and a table that says the same."""
    assert [link.get_attribute("data-view") for link in window.find_elements("css selector", "#views button")] == list(
        VIEWS
    )
    for view in VIEWS:
        one(window, f'#views button[data-view="{view}"]').click()
        until(lambda view=view: window.execute_script("return karta.state.view") == view)
        assert drawn(window) or view == "karta", view
        assert one(window, "#about").text, view
        tables = [one_ for one_ in window.find_elements("css selector", "details.table") if one_.is_displayed()]
        assert len(tables) == 1, view
        assert len(tables[0].find_elements("css selector", "tbody tr")) > 0, view
    assert window.get_log("browser") == []


def test_country_is_shaded_by_the_measure_chosen(chromium: Chrome, page: str, folder: Path) -> None:
    """The address chooses the measure, another choice other shades; the picture is saved; a kommun opens its panel."""
    window = ready(chromium, page + "#vy=karta&matt=in-umea:regionen&del=")
    assert "Umeåregionen" in one(window, "#land [data-part]:not([hidden]) svg .heading").text
    shades = "return [...document.querySelectorAll('#land [data-part]:not([hidden]) path[data-kommun]')].map((one) => one.getAttribute('class'))"  # noqa: E501
    before = window.execute_script(shades)
    assert set(before) == {"c-none", "c-member"}
    window.execute_script("measure.value = 'cooperations'; measure.dispatchEvent(new Event('change'))")
    assert set(window.execute_script(shades)) == {"c-2", "c-4"}
    one(window, "#save-png").click()
    until((folder / "karta-karta.png").exists)
    assert (folder / "karta-karta.png").read_bytes().startswith(b"\x89PNG")
    window.execute_script("document.querySelector('#land [data-part]:not([hidden]) a').focus()")
    press(window, ENTER)
    until(lambda: one(window, "#panel-title").text == "Umeå")
    assert barriers(window) == []
    assert window.get_log("browser") == []


def test_what_is_missing_is_drawn(chromium: Chrome, page: str) -> None:
    """In the view of areas a circle stands for a group that no text mentions; its panel says what that means."""
    window = ready(chromium, page + "#vy=omraden&sak=vb:omrade~group")
    assert one(window, "#panel").text.startswith("arbetsgrupp: Hälsa\ninte nämnt")
    assert "tiger" in one(window, "#panel").text
    dashes = "const of = (id) => karta.scene().nodes.find((node) => node.id === id); return ['group', 'project', 'delegation'].map((kind) => of('vb:omrade~' + kind)).map((mark) => [mark.status, mark.sign, mark.dashes.length > 0])"  # noqa: E501
    assert window.execute_script(dashes) == [["silent", None, True], ["exists", "1", False], ["absent", "×", True]]


def test_drag_moves_a_node_and_a_click_opens_it(window: Chrome) -> None:
    """A node follows the pointer; a click without movement opens its panel."""
    from selenium.webdriver import ActionChains

    where = "const at = karta.scene().places.at.get('vb:pkd'); const b = document.querySelector('canvas').getBoundingClientRect(); return [b.width / 2 + (at.x - karta.view.x) * karta.view.scale, b.height / 2 + (at.y - karta.view.y) * karta.view.scale, at.x]"  # noqa: E501
    canvas = one(window, "canvas")
    x, y, before = window.execute_script(where)
    middle = canvas.size["width"] / 2, canvas.size["height"] / 2
    act = ActionChains(window).move_to_element_with_offset(canvas, round(x - middle[0]), round(y - middle[1]))
    act.click_and_hold().move_by_offset(40, 10).release().perform()
    until(lambda: window.execute_script(where)[2] > before)
    assert not one(window, "#panel").is_displayed()
    x, y, _ = window.execute_script(where)
    ActionChains(window).move_to_element_with_offset(
        canvas, round(x - middle[0]), round(y - middle[1])
    ).click().perform()
    until(lambda: one(window, "#panel").is_displayed())
    assert one(window, "#panel-title").text.startswith("Primärkommunala")


def test_exports_are_files(window: Chrome, folder: Path) -> None:
    """SVG is vectors with the names as text, the hostile ones too; PNG is a picture."""
    for ending in ("svg", "png"):
        one(window, f"#save-{ending}").click()
        until(lambda ending=ending: (folder / f"karta-allt.{ending}").exists())
    svg = ET.parse(folder / "karta-allt.svg").getroot()  # noqa: S314 - our own file
    kinds = {element.tag.rpartition("}")[2] for element in svg.iter()}
    assert kinds == {"svg", "title", "path", "text"}
    words = " ".join(element.text or "" for element in svg.iter() if element.tag.endswith("text"))
    assert "Kommunchefsnätverk" in words.replace("- ", "")
    assert "<script>" in words
    assert (folder / "karta-allt.png").read_bytes().startswith(b"\x89PNG")
    assert window.get_log("browser") == []


def test_paper_has_the_picture(window: Chrome) -> None:
    """Before printing the picture is laid on the page as vectors."""
    window.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert window.execute_script("return document.querySelectorAll('#paper svg path').length") > 5


def test_hostile_names_do_nothing(window: Chrome) -> None:
    """Panels of hostile names show them as text: no new element, no script, no dialog, links only within the page."""
    for number, name in enumerate(HOSTILE):
        window.execute_script(f"location.hash = 'vb:h{number}'")
        until(lambda name=name: one(window, "#panel-title").get_attribute("textContent") == name)
        window.execute_script("document.querySelectorAll('#panel details').forEach(one => one.open = true)")
    strange = (
        "return document.querySelectorAll('img, #panel svg, #panel script, [onerror], a:not([href^=\"#\"])').length"
    )
    assert window.execute_script(strange) == 0
    assert window.get_log("browser") == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_no_barrier_for_anyone(chromium: Chrome, page: str, width: int, theme: str) -> None:
    """axe-core finds nothing, with the panel open, in light and dark; on a phone nothing scrolls sideways."""
    window = ready(chromium, page + "#vy=omraden&sak=vb:pkd&tid=2026", width, 900, theme=theme)
    window.execute_script("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert barriers(window) == []
    wide = "return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
    assert window.execute_script(wide) <= width


def test_colours_follow_the_system(window: Chrome) -> None:
    """In dark mode page and canvas change colours."""
    colours = "return [getComputedStyle(document.documentElement).backgroundColor, karta.colour('forum-fill')]"
    light = window.execute_script(colours)
    themed(window, "dark")
    until(lambda: window.execute_script(colours)[1] != light[1])
    assert window.execute_script(colours)[0] != light[0]


def test_table_of_a_large_map_is_whole(
    chromium: Chrome, folder: Path, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A map that opens folded lists every line: in portions with the script, at once without; a filter narrows it."""
    for module in ("views", "page"):
        monkeypatch.setattr(f"samverkansgraf.maps.{module}.LARGE", 3)
    path = folder / "stor.html"
    path.write_bytes(draw(graph.knowledge, texts("sv")).encode())
    window = ready(chromium, path.as_uri())
    lines = int(one(window, "#rows").get_attribute("textContent"))
    one(window, "#table > summary").click()
    until(lambda: one(window, "#rows").text == f"500 av {lines}")
    while one(window, "#more").is_displayed():
        one(window, "#more").click()
    count = "return document.querySelectorAll('#table tbody tr').length"
    assert window.execute_script(count) == lines
    one(window, '[data-key="sg:Network"]').click()
    assert 0 < window.execute_script(count) < lines
    assert barriers(window) == []
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened(chromium, path.as_uri())
        assert len(chromium.find_elements("css selector", "#table tbody tr")) == lines
    finally:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_without_script_the_tables_remain(chromium: Chrome, page: str) -> None:
    """With JavaScript off, the table with all relations and those of the views are there to read."""
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened(chromium, page)
        assert "Kartan behöver JavaScript" in one(chromium, ".stage").text
        one(chromium, "#table > summary").click()
        assert "utser ledamöter i" in one(chromium, "#table table").text
        one(chromium, '[data-only="omraden"] > summary').click()
        assert "inte nämnt" in one(chromium, '[data-only="omraden"] table').text
    finally:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
