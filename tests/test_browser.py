"""The map in a real Chromium: it opens from a file, asks for nothing, and works by mouse, by keyboard, on a phone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from samverkansgraf.maps import draw
from samverkansgraf.texts import texts
from test_maps import HOSTILE, SMALL, knowledge_of

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
MISSING = [str(path) for path in (CHROMIUM, DRIVER) if not path.exists()]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        bool(MISSING),
        reason=f"MAP NOT TRIED IN A BROWSER: {' and '.join(MISSING)} missing (apt-get install chromium-driver)",
    ),
]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip
PAINTED = """
const canvas = document.querySelector("canvas");
return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean);
"""
HIDDEN = """
const hidden = {filter: (one) => one.hidden};
return [karta.nodes.get(hidden).map((node) => node.id), karta.edges.get(hidden).length];
"""
COLOURS = """
return [getComputedStyle(document.documentElement).backgroundColor, karta.nodes.get("vb:pkd").color.background];
"""
NAMES = "".join(
    f"vb:h{i} a sg:PoliticalForum ; skos:prefLabel {json.dumps(name)}@sv ; sg:informs vb:pkd .\n"
    for i, name in enumerate(HOSTILE)
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a map of the small graph with hostile names added."""
    path = tmp_path_factory.mktemp("karta") / "karta.html"
    knowledge = knowledge_of(SMALL | {("avtal", "stated", "javascript:alert(1) </script>"): NAMES})
    path.write_bytes(draw(knowledge, texts("sv")).encode())
    return path.as_uri()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A Chromium with an empty profile that can look up no host."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def window(chromium: Chrome, page: str) -> Chrome:
    """The map freshly opened on a wide screen, without what earlier tests logged."""
    return opened(chromium, page, 1440, 900)


def opened(chromium: Chrome, address: str, width: int, height: int) -> Chrome:
    """Open *address* in a window of that size."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    media = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    chromium.get("about:blank")
    for log in ("browser", "performance"):
        chromium.get_log(log)
    chromium.get(address)
    until(lambda: chromium.execute_script("return !!window.karta"))
    return chromium


def until(holds: Callable[[], object]) -> None:
    """Wait until *holds*, at most five seconds."""
    end = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < end, "nothing happened within five seconds"
        time.sleep(0.02)


def one(window: Chrome, selector: str) -> WebElement:
    """The first element that fits *selector*."""
    return window.find_element("css selector", selector)


def press(window: Chrome, *keys: str) -> None:
    """Press *keys* wherever the focus is."""
    from selenium.webdriver import ActionChains

    for key in keys:
        ActionChains(window).send_keys(key).perform()


def focused(window: Chrome) -> str:
    """Id of the focused element, else its text."""
    return str(window.execute_script("return document.activeElement.id || document.activeElement.textContent"))


def test_opens_from_a_file_and_asks_for_nothing(window: Chrome, page: str) -> None:
    """The canvas is painted, the console is empty, and the only request is for the file itself."""
    until(lambda: window.execute_script(PAINTED))
    assert window.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in window.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert set(asked) == {page}


def test_search_finds_by_abbreviation_and_panel_shows_the_anchor(window: Chrome) -> None:
    """Typing pkd leaves one match; Enter opens its panel with facts and the anchor of a passage."""
    one(window, "#search").send_keys("pkd")
    shown = [item.text for item in window.find_elements("css selector", "#list li") if item.is_displayed()]
    assert shown == ["Primärkommunala delegationen (PKD) politiskt forum"]
    press(window, "\ue007")
    until(lambda: one(window, "#panel").is_displayed())
    panel = one(window, "#panel").text
    assert panel.startswith("Primärkommunala delegationen (PKD)\npolitiskt forum")
    assert "angivet antal ledamöter\n30" in panel
    assert "”PKD utgörs av”" in panel
    assert "förnekas" in panel
    assert window.execute_script("return location.hash") == "#vb:pkd"


def test_keyboard_alone(window: Chrome) -> None:
    """Down from the search into the list, Enter opens, a link leads on, Esc closes and returns the focus."""
    down, enter, escape = "\ue015", "\ue007", "\ue00c"
    one(window, "#search").send_keys("kommunchef")
    press(window, down)
    assert focused(window).startswith("Kommunchefsnätverk")
    press(window, enter)
    until(lambda: focused(window) == "panel-title")
    assert one(window, "#panel-title").text == "Kommunchefsnätverk"
    window.execute_script("document.querySelector('#panel a[href=\"#vb:pkd\"]').focus()")
    press(window, enter)
    until(lambda: one(window, "#panel-title").text.startswith("Primärkommunala"))
    press(window, escape)
    assert not one(window, "#panel").is_displayed()
    assert focused(window).startswith("Kommunchefsnätverk")
    tabbable = window.execute_script("return document.querySelectorAll('#list [tabindex=\"0\"]').length")
    assert tabbable == 1


def test_legend_hides_and_shows(window: Chrome) -> None:
    """A kind's button hides its nodes, their lines and their place in the list; a modality's its lines."""
    key = one(window, '[data-key="sg:Network"]')
    key.click()
    assert key.get_attribute("aria-pressed") == "false"
    assert window.execute_script(HIDDEN) == [["vb:natverk"], 4]
    assert not one(window, '#list [data-id="vb:natverk"]').is_displayed()
    key.click()
    assert window.execute_script(HIDDEN) == [[], 0]
    one(window, '[data-part="modality"] [data-key="proposed"]').click()
    assert window.execute_script(HIDDEN) == [[], 1]


def test_fragment_opens_a_thing(chromium: Chrome, page: str) -> None:
    """An address that ends in #vb:natverk opens with its panel; an unknown one opens the map."""
    window = opened(chromium, page + "#vb:natverk", 1440, 900)
    assert one(window, "#panel-title").text == "Kommunchefsnätverk"
    window = opened(chromium, page + "#%E0%A4%A", 1440, 900)
    assert not one(window, "#panel").is_displayed()
    assert window.get_log("browser") == []


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


def test_phone(chromium: Chrome, page: str) -> None:
    """At 360 px nothing scrolls sideways, also with the panel open, which lies below the map."""
    window = opened(chromium, page + "#vb:pkd", 360, 740)
    wide = "return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
    assert window.execute_script(wide) == 360
    assert one(window, "#panel").rect["y"] >= one(window, "#network").rect["y"] + one(window, "#network").rect["height"]
    window.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert window.execute_script(wide) == 360


def test_colours_follow_the_system(window: Chrome) -> None:
    """In dark mode page and canvas change colours."""
    light = window.execute_script(COLOURS)
    window.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    until(lambda: window.execute_script(COLOURS)[1] != light[1])
    assert window.execute_script(COLOURS)[0] != light[0]


def test_without_script_the_table_remains(chromium: Chrome, page: str) -> None:
    """With JavaScript off, the list and the table with all relations are there to read."""
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        chromium.get("about:blank")
        chromium.get(page)
        assert "Kartan behöver JavaScript" in one(chromium, ".stage").text
        one(chromium, "details.table > summary").click()
        assert "utser ledamöter i" in one(chromium, "table").text
    finally:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
