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


def main() -> None:
    """Write the pages, open each and keep what is seen."""
    sys.path.insert(0, str(ROOT / "tests"))
    from chromium import opened, started

    site = Site(samverkansgraf.open(ROOT).knowledge, texts("sv"))
    with tempfile.TemporaryDirectory() as name, started(Path(name)) as window:
        window.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        for picture, (path, width, height) in PICTURES.items():
            place = Path(name) / "page.html"
            place.write_bytes(site.make(path).body)
            target = ROOT / "docs" / "bilder" / f"{picture}.png"
            opened(window, place.as_uri(), width, height).save_screenshot(str(target))
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
