"""Pictures of the pages in docs/bilder/, taken in Chromium. Run by hand through ``make bilder``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import samverkansgraf
from samverkansgraf.site import Site
from samverkansgraf.texts import texts

ROOT = Path(__file__).resolve().parents[1]
PICTURES = {
    "start": ("index.html", 1200, 900),
    "sak": ("id/vasterbotten/pkd.html", 1200, 1000),
    "luckor": ("report/gaps/vasterbotten.html", 1200, 900),
    "tackning": ("coverage.html", 1000, 1000),
}
"""Name → page, width and height in pixels."""
MAP = "karta", "#vy=omgivning&sak=vb:pkd", 1440, 900
"""Name, fragment, width and height of the map of one collection."""


def main() -> None:
    """Write the pages, open each and keep what is seen."""
    sys.path.insert(0, str(ROOT / "tests"))
    from chromium import opened, started

    graph = samverkansgraf.open(ROOT)
    site = Site(graph.knowledge, texts("sv"))
    taken = [(name, site.make(path).body, "", *size) for name, (path, *size) in PICTURES.items()]
    name, fragment, *size = MAP
    taken.append((name, graph.map(collection="Västerbotten").encode(), fragment, *size))
    with tempfile.TemporaryDirectory() as folder, started(Path(folder)) as window:
        window.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        for picture, page, fragment, width, height in taken:
            place = Path(folder) / "page.html"
            place.write_bytes(page)
            target = ROOT / "docs" / "bilder" / f"{picture}.png"
            opened(window, place.as_uri() + fragment, width, height).save_screenshot(str(target))
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
