"""What a view of the map is made of: places, lines, marks, frames and the table that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..network.layout import Box
from ..terms import ID
from .content import Content, Edge
from .panel import Panel, Row

Place = tuple[int, int]
Frame = tuple[str, int, int, int, int]
"""Title, left, top, width and height."""
PADDING, HEADROOM = 50, 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A circle that tells whether something is there: ``of`` is the thing it is about, ``facts`` what makes it so."""

    id: str
    of: str
    status: str
    sign: str
    facts: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that only one view draws, with a label on it so far along (0 is its source, 1 its target)."""

    edge: Edge
    label: str = ""
    at: float = 0.5


@dataclass(frozen=True, slots=True)
class Twin:
    """The view as a table: heads and cells of text."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sketch:
    """One view: where things and marks lie (everything where the build put it, without ``places``), and its lines.

    ``edges`` are among the content's own; ``heads`` are a text at a point with its size; ``sides`` tells on which side
    of their symbols things of a kind have their names; a ``tall`` view is read from the top, like a table.
    """

    key: str
    places: Mapping[str, Place] | None = None
    edges: Sequence[Edge] | None = None
    lines: Sequence[Line] = ()
    marks: Sequence[Mark] = ()
    frames: Sequence[Frame] = ()
    bands: Sequence[Frame] = ()
    heads: Sequence[tuple[str, int, int, int]] = ()
    sides: Mapping[str, str] = field(default_factory=dict)
    tall: bool = False
    twin: Twin | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """The content with what every view needs of it: boxes, homes, panel texts, and where the whole lies."""

    content: Content
    panel: Panel
    boxes: Mapping[str, Box]
    homes: Mapping[str, str]
    places: Mapping[str, Place]

    def label(self, iri: str) -> str:
        """What lists call *iri*."""
        return self.content.knowledge.things.label(iri, self.content.texts.lang)

    def frames(self, places: Mapping[str, Place]) -> list[Frame]:
        """A frame round what lies on each home, where there are several."""
        found: dict[str, list[tuple[float, float, float, float]]] = {}
        for thing, (x, y) in places.items():
            box, middle = self.boxes[thing], y + self.boxes[thing].below
            corners = (x - box.width / 2, middle - box.height / 2, x + box.width / 2, middle + box.height / 2)
            found.setdefault(self.homes[thing], []).append(corners)
        return [self._frame(home, boxes) for home, boxes in sorted(found.items()) if home and len(found) > 1]

    def _frame(self, home: str, boxes: Sequence[tuple[float, float, float, float]]) -> Frame:
        left, top = (round(min(box[side] for box in boxes)) for side in (0, 1))
        right, bottom = (round(max(box[side] for box in boxes)) for side in (2, 3))
        x, y = left - PADDING, top - PADDING - HEADROOM
        return self.label(home), x, y, right + PADDING - x, bottom + PADDING - y


def page_of(iri: str, things_at: str) -> str:
    """Address of the page of a thing, seen from the map; *things_at* is where such pages lie."""
    return f"{things_at}{iri.removeprefix(ID)}.html"
