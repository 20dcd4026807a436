"""The query page in a real Chromium: it asks its own server, shows answers with links, and works without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from chromium import MARKS, barriers, focused, one, opened, press, requests, started, until
from serving import Client, served
from workbench import ROOT

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

pytestmark = MARKS
_FORGET = "if (location.protocol === 'http:') addEventListener('pagehide', () => sessionStorage.clear())"
EDITOR = "document.querySelector('.CodeMirror').CodeMirror"


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A server of the graph of this repository."""
    with served(ROOT) as made:
        yield made


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A Chromium with an empty profile."""
    with started(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture
def window(chromium: Chrome, client: Client) -> Chrome:
    """The query page, with its editor."""
    return asking(chromium, client)


def asking(chromium: Chrome, client: Client, width: int = 1440, theme: str = "light", fragment: str = "") -> Chrome:
    """The query page opened anew, once its editor stands there."""
    chromium.execute_script(_FORGET)
    opened(chromium, f"{address(client)}{fragment}", width, 900, theme=theme)
    until(lambda: chromium.execute_script("return !!document.querySelector('.CodeMirror')"))
    return chromium


def address(client: Client) -> str:
    """Where the query page is."""
    return f"http://127.0.0.1:{client.port}/sparql.html"


def answered(window: Chrome) -> str:
    """Text of the answer, once it is there."""
    until(lambda: window.execute_script("return !!document.querySelector('#answer h2, #answer .error')"))
    return one(window, "#answer").text


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_question_is_answered_in_the_page(chromium: Chrome, client: Client, width: int, theme: str) -> None:
    """The first question gives a table with links to things; nothing is asked elsewhere, nothing is in anyone's way."""
    window = asking(chromium, client, width, theme)
    assert not one(window, "#away").is_displayed()
    one(window, "#ask button").click()
    assert "Primärkommunala delegationen" in answered(window)
    links = [link.get_attribute("href") for link in window.find_elements("css selector", "#answer td a")]
    assert f"http://127.0.0.1:{client.port}/id/vasterbotten/pkd.html" in links
    assert {one.partition("?")[0] for one in requests(window)} <= {
        address(client), address(client).removesuffix(".html"), "data:image/png"
    }  # fmt: skip
    wide = "return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
    assert window.execute_script(wide) <= width
    assert barriers(window) == []
    assert window.get_log("browser") == []


def test_mistake_is_shown_where_it_is(window: Chrome) -> None:
    """A question that cannot be read is answered with its place, and the cursor stands there."""
    window.execute_script(f"{EDITOR}.setValue('SELECT ?x\\nWHERE {{ ?x sg:seats }}')")
    one(window, "#ask button").click()
    assert answered(window).startswith("Line 2, column")
    assert window.execute_script(f"return {EDITOR}.getCursor().line") == 1


def named(window: Chrome) -> list[str]:
    """Names of the open tabs."""
    return [tab.text for tab in window.find_elements("css selector", "[role=tab]")]


def ready(window: Chrome, words: str) -> WebElement:
    """The ready question that *words* find alone."""
    one(window, "#q").clear()
    one(window, "#q").send_keys(words)
    found = [link for link in window.find_elements("css selector", "#list a") if link.is_displayed()]
    assert len(found) == 1
    return found[0]


def test_ready_questions_open_as_tabs_and_keep_their_answers(window: Chrome) -> None:
    """A question found by a word is asked in a tab of its own, once; each tab shows its own question and answer."""
    first = named(window)
    link = ready(window, "har kommuner gemensamt")
    question = link.text
    link.click()
    assert "rader" in answered(window)
    assert named(window) == [*first, question]
    assert window.execute_script(f"return {EDITOR}.getValue()").startswith("PREFIX ")
    assert window.execute_script("return location.hash").startswith("#query=PREFIX%20")
    said = one(window, "#answer").text
    ready(window, "vilka forum och samarbeten är kommunen").click()
    until(lambda: "Går att begränsa: ?kommun vilken kommun" in one(window, "#takes").text)
    assert one(window, "#answer").text != said
    ready(window, "har kommuner gemensamt").click()
    assert one(window, "#answer").text == said
    assert len(named(window)) == 3
    window.find_elements("css selector", "[role=tab]")[0].click()
    assert not one(window, "#answer").is_displayed()
    assert window.execute_script(f"return {EDITOR}.getValue()").startswith("# Politiska forum")
    assert barriers(window) == []
    assert window.get_log("browser") == []


def test_tabs_by_keyboard_and_after_reload(window: Chrome) -> None:
    """Arrows, Home and End move between tabs, Delete closes; what is open is there again after a reload, unasked."""
    from selenium.webdriver import Keys

    one(window, "#new").click()
    window.execute_script(f"{EDITOR}.setValue('# Ja eller nej\\nASK {{}}')")
    one(window, "#ask button").click()
    assert "Ja" in answered(window)
    assert named(window)[1] == "Ja eller nej"
    one(window, "[role=tab][aria-selected=true]").send_keys(Keys.ARROW_LEFT)
    assert focused(window) == one(window, "[role=tab]").get_attribute("id")
    assert one(window, "#panel").get_attribute("aria-labelledby") == focused(window)
    assert [tab.get_attribute("tabindex") for tab in window.find_elements("css selector", "[role=tab]")] == ["0", "-1"]
    press(window, Keys.END)
    assert focused(window) == one(window, "[role=tab]:last-child").get_attribute("id")
    before = named(window)
    window.refresh()
    until(lambda: named(window) == before)
    assert one(window, "[role=tab]:last-child").get_attribute("aria-selected") == "true"
    until(lambda: "Ja" in one(window, "#answer").text)
    one(window, "[role=tab]:last-child").send_keys(Keys.DELETE)
    assert named(window) == before[:1]
    one(window, "#close").click()
    assert window.execute_script(f"return {EDITOR}.getValue()").startswith("SELECT ?thing ?name")
    assert window.get_log("browser") == []


def test_what_is_kept_can_do_no_harm(chromium: Chrome, client: Client) -> None:
    """Nonsense among what the browser keeps opens the page as new; markup there is text."""
    window = asking(chromium, client)
    for kept in ("{", '{"all": [{"query": 5}], "active": 9}', '{"all": [], "active": 0}'):
        window.execute_script(
            "const kept = arguments[0];"
            "addEventListener('pagehide', () => sessionStorage.setItem('samverkansgraf.questions', kept))",
            kept,
        )
        window.refresh()
        until(lambda: len(named(window)) == 1)
    assert window.execute_script(f"return {EDITOR}.getValue()").startswith("# Politiska forum")
    assert window.get_log("browser") == []


def test_question_in_the_address_is_asked(chromium: Chrome, client: Client) -> None:
    """A shared address opens with its question answered; a broken one opens the page."""
    window = asking(chromium, client, fragment="#query=ASK%20%7B%20vb%3Apkd%20sg%3Aseats%2030%20%7D")
    assert "Ja" in answered(window)
    window = asking(chromium, client, fragment="#query=%E0%A4%A")
    assert not one(window, "#answer").is_displayed()
    assert window.get_log("browser") == []


def test_keyboard_asks_and_leaves_the_editor(window: Chrome) -> None:
    """Ctrl and Enter ask; Tab leads out of the editor, so that nobody is caught in it."""
    from selenium.webdriver import ActionChains, Keys

    window.execute_script(f"{EDITOR}.focus()")
    ActionChains(window).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    assert "10 rader" in answered(window)
    window.execute_script(f"{EDITOR}.focus()")
    press(window, Keys.TAB)
    assert window.execute_script("return document.activeElement.type") == "submit"


def test_hostile_values_are_text(window: Chrome) -> None:
    """Markup in an answer is read, not run."""
    hostile = "</article><script>alert(1)</script><img src=x onerror=alert(2)>"
    window.execute_script(f"{EDITOR}.setValue('SELECT (\"{hostile}\" AS ?x) {{}}')".replace("</", "<\\/"))
    one(window, "#ask button").click()
    assert hostile in answered(window)
    assert window.execute_script("return document.querySelectorAll('#answer script, #answer img').length") == 0
    assert window.get_log("browser") == []


def test_without_a_script_the_form_asks(chromium: Chrome, client: Client) -> None:
    """With JavaScript off the plain form gives a page with the answer and the question to change."""
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened(chromium, address(client))
        assert "samverkansgraf serve" in one(chromium, "#away").text
        one(chromium, "#ask button").click()
        until(lambda: "Primärkommunala delegationen" in one(chromium, "main").text)
        assert "SELECT ?forum" in one(chromium, "textarea").text
    finally:
        chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert barriers(chromium) == []
