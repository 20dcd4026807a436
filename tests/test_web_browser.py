"""The query page in a real Chromium: it asks its own server, shows answers with links, and works without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from chromium import MARKS, barriers, one, opened, press, requests, started, until
from serving import Client, served
from workbench import ROOT

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

pytestmark = MARKS
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
    """The query page opened, once its editor stands there."""
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


def test_ready_question_is_opened_and_asked(window: Chrome) -> None:
    """A named question goes into the editor by its button, is answered, and is kept in the address."""
    summary = one(window, "details.ready summary")
    summary.click()
    one(window, "details.ready[open] button").click()
    assert "rader" in answered(window)
    assert window.execute_script(f"return {EDITOR}.getValue()").startswith("#+ summary")
    assert window.execute_script("return location.hash").startswith("#query=%23%2B%20summary")


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
