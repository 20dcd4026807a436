"""A real Chromium that can look up no host but this one, for the tests of pages."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
MISSING = [str(path) for path in (CHROMIUM, DRIVER) if not path.exists()]
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(
        bool(MISSING),
        reason=f"PAGES NOT TRIED IN A BROWSER: {' and '.join(MISSING)} missing (apt-get install chromium-driver)",
    ),
]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
DOWN, UP, RIGHT, LEFT, ENTER, ESCAPE = "\ue015", "\ue013", "\ue014", "\ue012", "\ue007", "\ue00c"
_AXE_RUN = "axe.run(document, {runOnly: arguments[0]}).then(arguments[1])"
PATIENCE = 20.0
"""Seconds that a test waits for something at most: a loaded machine is slow, not wrong."""


@contextmanager
def started(folder: Path) -> Iterator[Chrome]:
    """A Chromium with an empty profile and downloads under *folder*."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    downloads = {"behavior": "allow", "downloadPath": str(folder)}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", downloads)
    try:
        yield driver
    finally:
        driver.quit()


def opened(window: Chrome, address: str, width: int = 1440, height: int = 900, *, theme: str = "light") -> Chrome:
    """Open *address* in a window of that size, with no log of what came before."""
    resized(window, width, height)
    themed(window, theme)
    window.get("about:blank")
    for log in ("browser", "performance"):
        window.get_log(log)
    window.get(address)
    return window


def resized(window: Chrome, width: int, height: int = 900) -> None:
    """Give the window that size; a narrow one is a phone."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    window.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def themed(window: Chrome, theme: str) -> None:
    """Ask for a light or dark page, without movement."""
    features = {"prefers-reduced-motion": "reduce", "prefers-color-scheme": theme}
    media = [{"name": name, "value": value} for name, value in features.items()]
    window.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})


def until(holds: Callable[[], object]) -> None:
    """Wait until *holds*; what is looked at may be gone meanwhile for the page that follows, or not there yet."""
    from selenium.common.exceptions import (
        NoSuchElementException,
        StaleElementReferenceException,
        WebDriverException,
    )  # fmt: skip

    def held() -> object:
        try:
            return holds()
        except (NoSuchElementException, StaleElementReferenceException):
            return False
        except WebDriverException as error:
            if "does not belong to the document" in str(error):  # stale too, seen between two pages
                return False
            raise

    end = time.monotonic() + PATIENCE
    while not held():
        assert time.monotonic() < end, f"nothing happened within {PATIENCE:.0f} seconds"
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


def requests(window: Chrome) -> set[str]:
    """Addresses asked for since the page was opened."""
    events = [json.loads(entry["message"])["message"] for entry in window.get_log("performance")]
    return {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}


def barriers(window: Chrome) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, as rule and element."""
    if not window.execute_script("return !!window.axe"):
        window.execute_script(AXE.read_text("utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = window.execute_async_script(_AXE_RUN, tags)["violations"]
    return [f"{rule['id']}: {' '.join(map(str, node['target']))}" for rule in found for node in rule["nodes"]]
