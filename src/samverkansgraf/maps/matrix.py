"""Areas against what they have, and kommuner against areas, as tables of symbols for a page without script.

::

    matrix = Matrix(knowledge, texts, collection=iri)
    matrix.areas(link)       # a `<div>` with the table and its legend; style is `svg.stylesheet()`
    matrix.kommuner(link)    # one of these per collection in which kommuner sit

Every symbol says in words what it means; what is missing is a dashed, empty circle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..collation import swedish
from ..knowledge import Knowledge
from ..reports import wording
from ..reports.coverage import KINDS, STATUSES, Coverage, Finding
from ..reports.kommun_areas import Crossing, crossings
from ..terms import FACT_MODALITIES
from ..texts import Texts
from .svg import Attribute, Link, element, nowhere, text

_CIRCLE = {"cx": 10, "cy": 10, "r": 7}
_INSIDE: dict[str, tuple[str, dict[str, Attribute]]] = {
    "mentioned": ("circle", {"cx": 10, "cy": 10, "r": 2.6, "class_": "solid"}),
    "open": ("path", {"d": "M10 3a7 7 0 0 1 0 14z", "class_": "solid"}),
    "absent": ("path", {"d": "M5.6 5.600l8.8 8.800M14.4 5.600l-8.8 8.8", "class_": "stroke"}),
    "ambiguous": ("path", {"d": "M7.5 8a2.5 2.5 0 1 1 3.6 2.200q-1.1.6-1.1 1.600M10 13.400v1.2", "class_": "stroke"}),
}


@dataclass(frozen=True, slots=True)
class _Cell:
    """A symbol and what it says."""

    status: str
    words: str


class Matrix:
    """Coverage of the areas of a collection, or of all."""

    def __init__(self, knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> None:
        self.knowledge, self.texts = knowledge, texts
        self.coverage = Coverage(knowledge, collection)

    def areas(self, link: Link = nowhere) -> str:
        """Areas against network, delegation, group, project, responsible, law, money, review; nothing without areas."""
        heads = [(self.texts(f"gaps.head_{kind}"), None) for kind in KINDS]
        rows = [
            (area, [self._finding(self.coverage.find(area, kind)) for kind in KINDS]) for area in self.coverage.areas()
        ]
        name = f": {self._name(self.coverage.collection)}" if self.coverage.collection else ""
        return self._table(self.texts("gaps.areas") + name, self.texts("gaps.area"), heads, rows, link) if rows else ""

    def kommuner(self, link: Link = nowhere) -> list[str]:
        """Areas against kommuner, one table per collection; a sentence where no kommun sits in anything for any."""
        return [self._crossing(one, link) for one in crossings(self.coverage)]

    def _finding(self, finding: Finding) -> _Cell:
        words = [self.texts(f"gaps.kind_{finding.kind}"), self.texts(f"gaps.status_{finding.status}")]
        through = wording.labels(self.knowledge, self.coverage.bodies(finding), self.texts)
        through += sorted({tie.words for tie in finding.ties if tie.words}, key=swedish)
        return _Cell(finding.status, ": ".join(words) + (f" – {', '.join(through)}" if through else ""))

    def _crossing(self, one: Crossing, link: Link) -> str:
        name = self._name(one.collection)
        if not one.seated:
            counts = {"kommuner": len(one.kommuner), "areas": self.texts.count("area", len(one.areas))}
            return element("p", text(self.texts("matrix.nobody", name=name, **counts)))
        kommuner = sorted(one.kommuner, key=lambda iri: (swedish(self._name(iri)), iri))
        rows = [(area, [self._seated(one, area, kommun) for kommun in kommuner]) for area in one.areas]
        heads = [(self._name(kommun), link(kommun)) for kommun in kommuner]
        return self._table(self.texts("gaps.kommuner", name=name), self.texts("gaps.area"), heads, rows, link)

    def _seated(self, one: Crossing, area: str, kommun: str) -> _Cell:
        if (area, kommun) not in one.seated:
            return _Cell("silent", f"{self._name(kommun)}: {self.texts('gaps.status_silent')}")
        modality, through = one.seated[area, kommun]
        named = ", ".join(wording.labels(self.knowledge, through, self.texts))
        said = self.texts(f"modality.{modality}")
        return _Cell("exists" if modality in FACT_MODALITIES else "open", f"{self._name(kommun)}: {said} – {named}")

    def _table(
        self, caption: str, corner: str, heads: Sequence[tuple[str, str | None]],
        rows: Iterable[tuple[str, list[_Cell]]], link: Link,
    ) -> str:  # fmt: skip
        """The table in a box that scrolls by keyboard too, with its legend."""
        columns = [element("th", _anchor(name, href), scope="col") for name, href in heads]
        body, counts = [], Counter[str]()
        for area, cells in rows:
            counts.update(cell.status for cell in cells)
            head = element("th", _anchor(self._name(area), link(area)), scope="row")
            body.append(element("tr", head, *(element("td", symbol(cell.status, cell.words)) for cell in cells)))
        table = element(
            "table", element("caption", text(caption)),
            element("thead", element("tr", element("td", text(corner)), *columns)), element("tbody", *body),
        )  # fmt: skip
        box = element("div", table, class_="scroll", role="region", aria_label=caption, tabindex=0)
        entries = [
            element("li", symbol(one), text(f"{self.texts(f'gaps.status_{one}')} · {counts[one]}"))
            for one in STATUSES
            if counts[one]
        ]
        return element("div", box, element("ul", *entries, class_="key"), class_="picture matrix")

    def _name(self, iri: str) -> str:
        return self.knowledge.things.label(iri, self.texts.lang)


def symbol(status: str, words: str = "") -> str:
    """The symbol of a status; it says *words*, or nothing where they stand beside it."""
    name, inside = _INSIDE.get(status, ("", {}))
    parts = [element("title", text(words))] if words else []
    parts.append(element("circle", **_CIRCLE, class_="solid" if status == "exists" else "ring"))
    parts += [element(name, **inside)] if name else []
    said = {"role": "img", "aria_label": words} if words else {"aria_hidden": "true"}
    return element("svg", *parts, viewBox="0 0 20 20", class_=f"s-{status}", **said)


def _anchor(name: str, href: str | None) -> str:
    return element("a", text(name), href=href) if href else element("span", text(name))


__all__ = ["Matrix", "symbol"]
