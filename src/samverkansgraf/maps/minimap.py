"""A thing and what lies next to it, small: what points at it above, what it points at below, as inline SVG.

For a page without script::

    minimap = Minimap(knowledge, texts, facts)      # facts of the whole graph; read once for all pages
    minimap.picture(iri, link)                      # a `Picture`: `str()` in a page that has `svg.stylesheet()`
    minimap.is_empty(iri)                           # nothing lies next to it

``link(iri) -> str | None`` gives the address of a thing's page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..collation import swedish
from ..facts import Facts
from ..knowledge import Knowledge
from ..layout import wrapped
from ..network.relations import APPOINTS_SEATS
from ..network.surroundings import Branch, Folding, Twig, surroundings
from ..terms import ORG, SG, SKOS
from ..texts import Texts
from . import shapes, style
from .svg import Link, Picture, cut, drawing, element, linked, nowhere, text

WIDTH, MOST = 360, 14
_SPINE, _LABEL, _FORK, _BOX = 14, 24, 152, 166
_LINE, _SMALL = 15, 13
_MIDDLE = 18
_CHARS = {"thing": 34, "inside": 24, "beside": 22, "verb": 19}
"""Letters to a line of each size, by a wide estimate."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A twig with its lines of words and the room it takes."""

    twig: Twig
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        return _LINE * len(self.lines) + 9


class Minimap:
    """Draws the surroundings of things."""

    def __init__(self, knowledge: Knowledge, texts: Texts, facts: Facts) -> None:
        self.knowledge, self.texts, self.facts = knowledge, texts, facts
        self._folding = Folding(knowledge, self._kind, lambda thing: (swedish(self._name(thing)), thing))

    def is_empty(self, thing: str) -> bool:
        """Whether nothing lies next to *thing*."""
        return not surroundings(thing, self.facts)

    def picture(self, thing: str, link: Link = nowhere) -> Picture:
        """The thing between what points at it and what it points at; at most `MOST` neighbours, then how many more."""
        branches, left_out = self._folding.branches(surroundings(thing, self.facts), MOST)
        above, below = ([one for one in branches if one.is_out == is_out] for is_out in (False, True))
        top, y = self._side(above, 4, link)
        middle, end = self._thing(thing, y + (8 if above else 0))
        bottom, last = self._side(below, end + (10 if below else 0), link)
        spines = [self._spine(top[1], y + 8, arrow=True)] if above else []
        spines += [self._spine((end, *bottom[1]), bottom[1][-1])] if below else []
        more, height = self._more(left_out, last)
        title = self.texts("minimap.title", name=self._name(thing))
        parts = [*spines, *top[0], *bottom[0], middle, more]
        desc = self.texts("minimap.desc", relations=self.texts.count("relation", len(branches)))
        is_linked = any(link(one) for branch in branches for twig in branch.twigs for one in twig.things)
        return Picture(drawing(WIDTH, height, *parts, title=title, desc=desc, kind="minimap", is_linked=is_linked))

    def _side(self, branches: Iterable[Branch], y: float, link: Link) -> tuple[tuple[list[str], list[float]], float]:
        """Branches one under the other: markup and where each leaves the spine, and where they end."""
        parts: list[str] = []
        places: list[float] = []
        for branch in branches:
            rows = [_Row(twig, self._lines(twig)) for twig in branch.twigs]
            label = self._label(branch)
            head = max(0.0, _SMALL + 3 - rows[0].height / 2)
            drawn, first, end = self._branch(branch, rows, y + head, link)
            parts += [*drawn, *self._words(label, first)]
            places.append(first)
            y = max(end, first + _SMALL * (len(label) - 1) + 5) + 2
        return (parts, places), y

    def _branch(self, branch: Branch, rows: list[_Row], y: float, link: Link) -> tuple[list[str], float, float]:
        """Twigs with the line to each; where the first is, and where they end."""
        parts, places = [], []
        for row in rows:
            parts.append(self._twig(row, y, link))
            places.append(y + row.height / 2)
            y += row.height + 5
        first = places[0]
        line = f"M{_SPINE} {first:g}H{_BOX - (6 if branch.is_out else 1)}"
        line += "".join(f"M{_FORK} {first:g}V{place:g}H{_BOX - (6 if branch.is_out else 1)}" for place in places[1:])
        dashes = " ".join(str(part / 2) for part in style.DASHES[branch.modality]) or None
        parts.append(element("path", d=line, class_="edge", stroke_dasharray=dashes))
        if branch.is_out:
            parts += [element("path", d=f"M{_BOX - 8} {at - 4:g}l7 4-7 4z", class_="head") for at in places]
        return parts, first, y

    def _twig(self, row: _Row, y: float, link: Link) -> str:
        """A neighbour in its shape, or folded ones in two."""
        twig, first = row.twig, row.twig.things[0]
        look = self._look(first)
        many = len(twig.things) > 1
        width, indent = WIDTH - _BOX - 3, 10 if look.shape in style.INSIDE else 22
        parts = (
            [shapes.frame(look, _BOX + 3, y + 3, width - 3, row.height)] if many and look.shape in style.INSIDE else []
        )
        parts.append(shapes.frame(look, _BOX, y, width - 3 * many, row.height))
        base = y + row.height / 2 - _LINE * (len(row.lines) - 1) / 2 + 4.5
        for number, line in enumerate(row.lines):
            parts.append(element("text", text(line), x=_BOX + indent, y=base + _LINE * number, class_="twig"))
        label = ", ".join(map(self._name, twig.things)) if many else self._long(first)
        parts.insert(0, element("title", text(label)))
        return linked(link(twig.group or first) if twig.group or not many else None, *parts, label=label)

    def _thing(self, thing: str, y: float) -> tuple[str, float]:
        """The thing itself, and where it ends."""
        lines = cut(wrapped(self._name(thing), _CHARS["thing"], self.texts.lang), 3)
        look = self._look(thing)
        height, inside = _MIDDLE * len(lines) + 14, look.shape in style.INSIDE
        parts = [shapes.frame(look, 2, y, WIDTH - 5, height)]
        if not inside:
            parts.insert(0, element("rect", x=2, y=y, width=WIDTH - 5, height=height, rx=2, class_="plain"))
        for number, line in enumerate(lines):
            at = y + 20 + _MIDDLE * number
            parts.append(element("text", text(line), x=16 if inside else 30, y=at, class_="thing"))
        return element("g", *parts), y + height

    def _spine(self, places: Iterable[float], end: float, *, arrow: bool = False) -> str:
        """The upright line that branches leave, with a head where it meets the thing."""
        start = min(places)
        line = element("path", d=f"M{_SPINE} {start:g}V{end - 5 * arrow:g}", class_="edge")
        head = element("path", d=f"M{_SPINE - 4} {end - 8:g}l4 7 4-7z", class_="head") if arrow else ""
        return line + head

    def _words(self, lines: list[str], y: float) -> list[str]:
        """What a branch says: the first line above it, the rest below."""
        places = [y - 5, *(y + _SMALL * number for number in range(1, len(lines)))]
        return [
            element("text", text(line), x=_LABEL, y=at, class_="verb") for line, at in zip(lines, places, strict=True)
        ]

    def _label(self, branch: Branch) -> list[str]:
        said = self.texts("minimap.and").join(map(self._verb, branch.verbs))
        if branch.modality != "stated":
            said = self.texts("minimap.unsure", what=said, modality=self.texts(f"modality.{branch.modality}"))
        return cut(wrapped(said, _CHARS["verb"], self.texts.lang), 4)

    def _verb(self, verb: str) -> str:
        if verb in {ORG.hasMember, SKOS.member}:
            return self.texts("map.member_in")
        named = self.knowledge.things.label(verb, self.texts.lang)
        return self.texts("reporting.seats") if verb == APPOINTS_SEATS else named

    def _lines(self, twig: Twig) -> tuple[str, ...]:
        width = _CHARS["inside" if self._look(twig.things[0]).shape in style.INSIDE else "beside"]
        return tuple(cut(wrapped(self._called(twig), width, self.texts.lang), 3))

    def _look(self, thing: str) -> style.Look:
        return style.look(self.knowledge.classes.get(thing, frozenset()))

    def _called(self, twig: Twig) -> str:
        first, number = twig.things[0], len(twig.things)
        if number == 1:
            return self._name(first)
        if twig.group:
            return self.texts("minimap.group", name=self._name(twig.group), n=number)
        if SG.Municipality in self.knowledge.classes.get(first, frozenset()):
            return self.texts.count("kommun", number)
        return self.texts("minimap.many", kind=self._kind(first), n=number)

    def _kind(self, thing: str) -> str:
        """What the narrowest class of *thing* is called."""
        own = min(self.knowledge.narrowest(thing), default="")
        return self.knowledge.things.label(own, self.texts.lang) if own else self.texts("map.untyped")

    def _name(self, thing: str) -> str:
        return self.knowledge.things.label(thing, self.texts.lang)

    def _long(self, thing: str) -> str:
        return self.knowledge.things.long(thing, self.texts.lang)

    def _more(self, left_out: int, y: float) -> tuple[str, float]:
        """How many neighbours are left out, and where the picture ends."""
        if not left_out:
            return "", y + 4
        return element("text", text(self.texts("minimap.more", n=left_out)), x=_BOX, y=y + 14, class_="more"), y + 22


__all__ = ["Minimap"]
