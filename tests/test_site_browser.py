"""Each kind of page in a real Chromium, opened from a file: nobody shut out, nothing fetched, no name comes alive."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from justhtml import JustHTML

from chromium import MARKS, barriers, one, opened, requests, resized, started, themed, until
from samverkansgraf.api import Graph
from samverkansgraf.site import Site
from samverkansgraf.texts import texts
from test_site import hostile_knowledge

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SMALL = (
    "search.html", "reports.html", "queries.html", "documents.html", "downloads.html", "about.html", "method.html",
    "accessibility.html", "coverage.html", "graphs.html", "handbok/index.html",
    "id/vasterbotten/h0.html", "id/vasterbotten/pkd.html", "id/vasterbotten/platser.html", "id/kommun/2480.html",
    "report/quality.html", "report/membership/vb.html", "report/geography/vb.html", "report/timeline.html",
    "report/routes/vasterbotten/omrade.html", "report/kommun/2480.html", "report/compare/umea-vb.html",
    "query/luckor/lamnat-oppet.html", "query/medlemskap/forum-for-kommun.html", "doc/avtal.html",
)  # fmt: skip
"""One page of each kind of a small graph with hostile names."""
LARGE = (
    "ns.html",
    "ns/Network.html",
    "index.html",
    "coverage.html",
    "reports.html",
    "doc/vasterbotten-overenskommelse-2023-2026.html",
    "id/vasterbotten/pkd.html",
    "report/gaps/vasterbotten.html",
    "graph/derived/flows.html",
    "sparql.html",
    "handbok/servern.html",
)
"""Pages of this repository's graph: much on them."""
pytestmark = MARKS


@pytest.fixture(scope="module")
def folder(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages, as files in two folders."""
    home = tmp_path_factory.mktemp("webb")
    sites = {"small": Site(hostile_knowledge(), texts("en")), "large": Site(graph.knowledge, texts("sv"))}
    for name, paths in (("small", SMALL), ("large", LARGE)):
        for path in paths:
            place = home / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(sites[name].make(path).body)
    return home


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A Chromium with an empty profile."""
    with started(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.mark.parametrize("path", [*(f"small/{path}" for path in SMALL), *(f"large/{path}" for path in LARGE)])
def test_page_is_for_everyone(chromium: Chrome, folder: Path, path: str) -> None:
    """Light and dark, wide and narrow: axe-core finds nothing, nothing scrolls sideways, the console is empty."""
    address = (folder / path).as_uri()
    window = opened(chromium, address)
    for theme, width in product(("light", "dark"), (1440, 360)):
        resized(window, width)
        themed(window, theme)
        inner, wide = window.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
        assert wide <= inner == width, (theme, width)
        assert barriers(window) == [], (theme, width)
    assert requests(window) == {address}
    assert [entry for entry in window.get_log("browser") if entry["level"] != "DEBUG"] == []


@pytest.mark.parametrize("path", [*(f"small/{path}" for path in SMALL), *(f"large/{path}" for path in LARGE)])
def test_page_is_valid_html(folder: Path, path: str) -> None:
    """A strict reader finds no mistake, and the page says its language and title."""
    text = (folder / path).read_text("utf-8")
    page = JustHTML(text, strict=True, sanitize=False)
    assert page.query("html[lang]")
    assert len(page.query("head > title")) == len(page.query("h1")) == len(page.query("main")) == 1


def test_search_filters_and_does_without_a_script(chromium: Chrome, folder: Path) -> None:
    """Words in any order narrow the list and the count is told; without the script the whole list stands there."""
    address = (folder / "small" / "search.html").as_uri()
    window = opened(chromium, address)
    one(window, "#q").send_keys("FORUM pkd")
    until(lambda: one(window, "#hits").text == "1 hits")
    shown = [item.text for item in window.find_elements("css selector", "#list li") if item.is_displayed()]
    assert shown == ["Primärkommunala delegationen (PKD) political forum"]
    window = opened(chromium, f"{address}?q=kommunchef")
    until(lambda: one(window, "#hits").text == "1 hits")
    window.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        window.get(address)
        items = window.find_elements("css selector", "#list li")
        assert len(items) > 8
        assert all(item.is_displayed() for item in items)
        assert not one(window, "#q").is_displayed()
    finally:
        window.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_skip_link_leads_to_the_content(chromium: Chrome, folder: Path) -> None:
    """The first thing that Tab reaches is the way past the menu, and it is seen then."""
    from selenium.webdriver import ActionChains

    window = opened(chromium, (folder / "large" / "index.html").as_uri())
    ActionChains(window).send_keys("\ue004").perform()
    skip = one(window, ".skip")
    assert window.switch_to.active_element == skip
    assert skip.rect["x"] >= 0
    skip.send_keys("\ue007")
    until(lambda: window.execute_script("return document.activeElement.id") == "content")
