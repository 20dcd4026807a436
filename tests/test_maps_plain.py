"""Pictures as files: the style that word processors understand says what the style of the pages says."""

from __future__ import annotations

import re

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.maps.plain import plain_css, plain_markup
from samverkansgraf.maps.svg import Picture, stylesheet
from test_maps_geography import SVG, read, tones

CSS = """
.picture { --p-a: #111111; --p-b: var(--p-a); width: 100%; color: var(--p-b) }
@media screen and (prefers-color-scheme: dark) { .picture { --p-a: #ffffff } .map .c { --t: #000000 } }
.map .c { --t: var(--p-b); --s: 2 } .map .d { --t: #222222 }
.map path:not([fill]), .map rect { fill: var(--t) }
.map text { fill: var(--t); stroke-width: var(--s) } .map a:hover path { fill: red }
.tree .x { fill: green }
"""


def test_variables_are_written_out_for_classes_and_what_is_in_them() -> None:
    """Light values, for elements of the class and inside one; a class that lacks a variable gets no rule of it."""
    assert plain_css(CSS, "map").splitlines() == [
        ".picture { color: #111111 }",
        ".map path.c, .map .c path, .map rect.c, .map .c rect { fill: #111111 }",
        ".map path.d, .map .d path, .map rect.d, .map .d rect { fill: #222222 }",
        ".map text.c, .map .c text { fill: #111111; stroke-width: 2 }",
    ]


def test_markup_has_a_size_and_patterns_outrank_classes() -> None:
    """A fill by pattern becomes style; a haloed text is drawn twice, the second time without its halo."""
    made = plain_markup(
        '<svg viewBox="0 0 360 100.5"><path fill="url(#g1-2d)"/><text x="1" class="name c-1">Å</text></svg>'
    )
    assert made == (
        '<svg viewBox="0 0 360 100.5" width="720" height="201"><path style="fill:url(#g1-2d)"/>'
        '<text x="1" class="name c-1">Å</text><text x="1" class="name c-1" style="stroke:none">Å</text></svg>'
    )


@pytest.mark.parametrize("kind", ["geography", "minimap", "chain", "timeline"])
def test_no_kind_of_picture_needs_more_than_plain_style(graph: Graph, kind: str) -> None:
    """No variable, condition or reaction is left; every class that is drawn has a rule or needs none."""
    pictures = graph.pictures
    made: dict[str, Picture] = {
        "geography": pictures.geography("money-2017", collection="Västmanland"), "minimap": pictures.minimap("PKD"),
        "chain": pictures.chain("Skolchefsnätverk"), "timeline": pictures.timeline(at="2024"),
    }  # fmt: skip
    root = read(Picture(made[kind].alone()))
    style = root.find(f"{SVG}style")
    assert style is not None
    css = style.text or ""
    assert not re.search(r"var\(|@media|:not|:hover|:focus|--", css)
    assert root.find(f"{SVG}rect").get("class") == "ground"
    for one in root.iter():
        for name in (one.get("class") or "").split():
            told = name in {"areas", "legend", "words", "key", "picture", kind} or f".{name}" in css
            assert told or name in {"twig", "sure"}, name


def test_tones_are_those_of_the_pages() -> None:
    """Each class of a map is filled with the light colour of its name."""
    css, light = plain_css(stylesheet(), "geography"), tones(dark=False)
    for tone in "12345":
        assert f".geography path.c-{tone}, .geography .c-{tone} path" in css
        rule = next(line for line in css.splitlines() if line.startswith(f".geography path.c-{tone},"))
        assert rule.endswith(f"{{ fill: {light[tone]} }}")
