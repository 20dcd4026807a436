"""The map of kommuner: one set of borders, shaded by any measure of `reports.by_kommun`, as inline SVG.

For a page without script::

    geography = Geography(knowledge, texts, collection=iri, population=load(workspace))
    geography.picture("seats", link)     # a `Picture`: `str()` in a page that has `svg.stylesheet()`, `.alone()` a file
    geography.table("seats")             # the same numbers as a `Table`
    [(one.key, one.title) for one in geography.measures]

``link(iri) -> str | None`` gives the address of a kommun's page.

A page whose script changes the measure draws one picture and keeps `data`: borders are in the page once. It holds
``unnamed`` (class, words) for a kommun that a measure does not know, and for each measure its ``areas`` (short IRI →
class, fill or None, value to print, words), ``heading`` and ``legend`` (markup in the place of ``g.heading`` and
of what is in ``g.legend``), ``height`` (of the viewBox) and ``description``. The script sets ``class`` and ``fill`` of
``path[data-kommun]``, the text of its ``title`` and the ``aria-label`` of its link; ``class`` and text of
``text[data-value]``; ``class`` of ``text[data-name]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from ..errors import QueryError
from ..knowledge import Knowledge
from ..layout import wrapped
from ..population import Population
from ..reports.by_kommun import ByKommun, Measure
from ..reports.geography import measure_table, spoken
from ..reports.table import Table
from ..texts import Texts
from .borders import GRAIN, Sheet, rooms, sheet
from .shading import Shade, Shading
from .svg import Link, Picture, drawing, element, linked, nowhere, text

_Box = tuple[float, float, float, float]
WIDTH, TALLEST = 360, 520
_NAMED_AT_MOST = 60
_NAME, _VALUE, _CHAR = 10, 12, 0.58  # font sizes, and the width of a letter
_ROW, _SWATCH, _TILE = 20, 28, 28


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the words of a kommun stand: middle, and the lines there is room for."""

    x: float
    y: float
    name: str


class Geography:
    """Kommuner of the counties that a collection touches (all of Sweden without one), and what can be shown of them."""

    def __init__(
        self, knowledge: Knowledge, texts: Texts, *, collection: str | None = None, population: Population | None = None
    ) -> None:
        self.knowledge, self.texts, self.collection = knowledge, texts, collection
        found = ByKommun(knowledge, texts, collection=collection, population=population)
        self.measures = found.measures()
        self.kommuner = found.drawn(self.measures)

    @cached_property
    def _sheet(self) -> Sheet:
        return sheet(self.kommuner, width=WIDTH, height=TALLEST)

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {one: self._sheet.path(one) for one in self._sheet.rings}

    def measure(self, key: str | None = None) -> Measure:
        """The measure called *key*, the first without one; `QueryError` names those there are."""
        nothing = Measure("cooperations", self.texts("geography.cooperations"), "count", {})
        by_key = {one.key: one for one in self.measures or [nothing]}
        if key is not None and key not in by_key:
            raise QueryError(f"No kommun on the map has a figure of {key!r}; measures are {', '.join(by_key)}.")
        return by_key[key or next(iter(by_key))]

    def table(self, key: str | None = None) -> Table:
        """The numbers of a measure as a table."""
        return measure_table(self.measure(key), self.knowledge, self.texts)

    def picture(self, key: str | None = None, link: Link = nowhere) -> Picture:
        """The map shaded by a measure."""
        shown = Shading(self.measure(key), self.texts)
        heading, top = self._heading(shown.measure)
        ordered = sorted(self._sheet.rings, key=lambda one: one in shown.measure.figures)
        many = " country" if len(self._sheet.rings) > _NAMED_AT_MOST else ""
        outlines = (self._area(one, shown, link) for one in ordered)
        areas = element("g", *outlines, transform=f"scale({1 / GRAIN})", class_=f"areas{many}")
        at = f"translate({(WIDTH - self._sheet.width) / 2:.4g} {top})"
        legend, height = self._legend(shown, top)
        drawn = (
            element("g", areas, self._words(shown), transform=at),
            element("g", legend, class_=f"legend{many}"),
        )
        told = {"title": self._title(shown.measure), "desc": self._desc(shown), "kind": "geography"}
        is_linked = any(link(one) for one in self._sheet.rings)
        return Picture(drawing(WIDTH, height, self._defs, heading, *drawn, **told, is_linked=is_linked))

    def data(self) -> dict[str, object]:
        """Everything that a script needs to change the measure of a picture; holds no borders."""
        unnamed = [Shade("none").name, self.texts("geography.unnamed")]
        return {"unnamed": unnamed, "measures": [self._data(one) for one in self.measures]}

    def _data(self, measure: Measure) -> dict[str, object]:
        shown = Shading(measure, self.texts)
        heading, top = self._heading(measure)
        legend, height = self._legend(shown, top)
        short = self.knowledge.things.short
        areas = {short(one): self._told(one, shown) for one in self._sheet.rings if one in measure.figures}
        return {
            "key": measure.key, "title": measure.title, "areas": areas, "legend": legend, "heading": heading,
            "height": height, "description": self._desc(shown),
        }  # fmt: skip

    def _told(self, kommun: str, shown: Shading) -> list[str | None]:
        """Class, fill, value and words of one kommun."""
        shade = shown.shade(figure := shown.measure.figures[kommun])
        return [shade.name, self._fill(shade), shown.value(figure), self._spoken(kommun, shown)]

    def _title(self, measure: Measure) -> str:
        if self.collection is None or measure.about:
            return measure.title
        return f"{measure.title}, {self.knowledge.things.label(self.collection, self.texts.lang)}"

    def _heading(self, measure: Measure) -> tuple[str, int]:
        """The title in lines, and where it ends."""
        lines = wrapped(self._title(measure), 38, self.texts.lang)
        spans = [element("text", text(line), x=4, y=16 + 18 * number) for number, line in enumerate(lines)]
        return element("g", *spans, class_="heading"), 28 + 18 * (len(lines) - 1)

    def _desc(self, shown: Shading) -> str:
        told = "; ".join(f"{label}: {count}" for _, label, count in shown.rows(self._sheet.rings))
        return self.texts("geography.desc", kommuner=self.texts.count("kommun", len(self._sheet.rings)), classes=told)

    def _area(self, kommun: str, shown: Shading, link: Link) -> str:
        shade, spoken_of = shown.shade(shown.measure.figures.get(kommun)), self._spoken(kommun, shown)
        short = self.knowledge.things.short(kommun)
        outline = element(
            "path", element("title", text(spoken_of)), d=self._paths[kommun], class_=shade.name,
            fill=self._fill(shade), data_kommun=short,
        )  # fmt: skip
        return linked(link(kommun), outline, label=spoken_of)

    def _spoken(self, kommun: str, shown: Shading) -> str:
        figure, name = shown.measure.figures.get(kommun), self.knowledge.things.label(kommun, self.texts.lang)
        details = "; ".join(figure.details) if figure else ""
        said = f"{name}: {spoken(figure, shown.measure, self.texts)}"
        return f"{said} – {details}" if details else said

    @cached_property
    def _places(self) -> dict[str, _Place]:
        """Where words stand: inside their kommun, else over its border where that is free; where not, nothing."""
        if len(self._sheet.rings) > _NAMED_AT_MOST:
            return {}
        height, found, taken = _NAME + _VALUE, dict[str, _Place](), list[_Box]()
        free = {one: rooms(rings, height) for one, rings in self._sheet.rings.items()}
        names = {one: self.knowledge.things.label(one, self.texts.lang) for one in free}
        room = {one: places[0][2] if places else 0.0 for one, places in free.items()}
        for kommun in sorted(free, key=lambda one: (room[one] < _wide(names[one]), one)):
            tries = [(name, x, y) for name in (names[kommun], "") for x, y, _ in free[kommun]]
            for name, x, y in tries:
                half = max(_wide(name), 3 * _CHAR * _VALUE) / 2
                box = (x - half, y - height / 2, x + half, y + height / 2)
                if 0 <= box[0] and box[2] <= self._sheet.width and not any(_meet(box, other) for other in taken):
                    found[kommun] = _Place(x, y, name)
                    taken.append(box)
                    break
        return found

    def _words(self, shown: Shading) -> str:
        """Names and values on the map."""
        parts = []
        for kommun, place in self._places.items():
            figure, short = shown.measure.figures.get(kommun), self.knowledge.things.short(kommun)
            tone, value = shown.shade(figure).name, shown.value(figure)
            if place.name:
                y = place.y - 1
                parts.append(element("text", text(place.name), x=place.x, y=y, class_=f"name {tone}", data_name=short))
            y = place.y + (_VALUE - 1 if place.name else _VALUE / 2 - 1)
            parts.append(element("text", text(value), x=place.x, y=y, class_=f"value {tone}", data_value=short))
        return element("g", *parts, class_="words", aria_hidden="true")

    def _legend(self, shown: Shading, top: float) -> tuple[str, float]:
        """Classes with how many kommuner are in each, and where the picture ends."""
        y = top + self._sheet.height + 8
        parts = []
        for shade, label, count in shown.rows(self._sheet.rings):
            parts.append(self._swatch(shade, y + 2))
            told = self.texts("geography.kommuner", label=label, count=self.texts.count("kommun", count))
            parts.append(element("text", text(told), x=_SWATCH + 12, y=y + 14))
            y += _ROW
        parts.append(element("text", text(self.texts("geography.source")), x=4, y=y + 12, class_="source"))
        return "".join(parts), round(y + 18)

    def _swatch(self, shade: Shade, y: float) -> str:
        """A sample of a shade, its pattern as large as on the map."""
        size = {"width": _SWATCH * GRAIN, "height": (_ROW - 5) * GRAIN}
        sample = element("rect", **size, class_=shade.name, fill=self._fill(shade))
        return element("g", sample, transform=f"translate(4 {y:.4g}) scale({1 / GRAIN})")

    @cached_property
    def _prefix(self) -> str:
        """Begins the name of every pattern, so that several pictures can stand on one page."""
        return "g" + sha256("|".join([*self._sheet.rings, self.collection or ""]).encode()).hexdigest()[:6]

    def _fill(self, shade: Shade) -> str | None:
        return f"url(#{self._prefix}-{shade.pattern})" if shade.pattern else None

    @cached_property
    def _defs(self) -> str:
        """Patterns of every shade that any measure uses, so that a script can change the measure."""
        shades = set()
        for one in self.measures:
            shown = Shading(one, self.texts)
            shades |= {shown.shade(figure) for figure in one.figures.values()}
            shades |= {shade for shade, _, _ in shown.rows(one.figures)}
        patterned = sorted((one for one in shades if one.pattern), key=lambda one: one.pattern)
        return element("defs", *map(self._pattern, patterned))

    def _pattern(self, shade: Shade) -> str:
        """Dots, hatches and dashes; in steps of a path."""
        parts = [element("rect", width=_TILE, height=_TILE)]
        if shade.is_dotted or shade.tone == "member":
            parts += [element("circle", cx=at, cy=at, r=2.4) for at in (_TILE // 4, 3 * _TILE // 4)]
        lines = ["M4 14h12"] if shade.tone == "open" else []
        lines += ["M-7 7L7-7M0 28L28 0M21 35L35 21"] if shade.is_hatched else []
        parts += [element("path", d=line, fill="none", class_="line") for line in lines]
        name, size = f"{self._prefix}-{shade.pattern}", {"width": _TILE, "height": _TILE}
        return element("pattern", *parts, id=name, class_=shade.name, **size, patternUnits="userSpaceOnUse")


def _wide(name: str) -> float:
    return len(name) * _CHAR * _NAME


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


__all__ = ["Geography", "Link"]
