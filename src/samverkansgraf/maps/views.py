"""Every view of the map that its content has something for, in the order of the switch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..network.layout import positions
from ..network.plates import Plate, plates
from . import style
from .areas import areas
from .content import Content
from .country import Part, country
from .hierarchy import hierarchy
from .panel import Panel, Sources
from .seats import membership
from .sketch import Drawn, Sketch

LARGE = 2000
"""From so many nodes on the map opens folded: one plate for each collection and kind."""


def drawn(content: Content, sources: Sources) -> tuple[Drawn, list[Plate]]:
    """Boxes, homes and places of everything in *content*; plates too where it is large."""
    things, lang = content.knowledge.things, content.texts.lang
    looks = {thing: style.look(content.classes(thing)) for thing in content.nodes}
    boxes = {t: style.box(style.label(things.heading(t, lang), look, lang), look) for t, look in looks.items()}
    homes = {thing: next(iter(content.collections(thing)), "") for thing in content.nodes}
    if len(boxes) > LARGE:
        found, places = plates(boxes, homes, {thing: content.kind(thing) for thing in content.nodes})
    else:
        ends = ((edge.source, edge.target) for edge in content.edges)
        found, places = [], positions(boxes, ends, homes)
    return Drawn(content, Panel(content, sources), boxes, homes, places), found


def sketches(whole: Drawn, land: Sequence[Part] = (), *, start: str | None = None) -> list[Sketch]:
    """The views; *start* puts the surroundings of a thing first."""
    content = whole.content
    found: list[Sketch | None] = [Sketch("allt", frames=whole.frames(whole.places)), Sketch("omgivning", {}, [])]
    found[:2] = found[1::-1] if start else found[:2]
    found += [hierarchy(whole), membership(whole), areas(whole), country(land, whole)]
    if len({home for thing in content.nodes for home in content.collections(thing)}) > 1:
        found.append(Sketch("jamfor", {}, []))
    return [one for one in found if one is not None]


def areas_of(content: Content) -> Mapping[str, list[str]]:
    """Area → itself, what is narrower, and what is at work there, of what is drawn."""
    from ..reports.coverage import Coverage

    coverage, there = Coverage(content.knowledge, content.facts.collection), set(content.nodes)
    found = {}
    for area in filter(there.__contains__, coverage.areas()):
        work = {tie.thing for tie in coverage.at_work(area)}
        found[area] = sorted((work | {area} | coverage.narrower(area)) & there)
    return found


__all__ = ["LARGE", "areas_of", "drawn", "sketches"]
