"""How kinds and modalities look: a colour family and a shape for each kind, a line for each modality."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..layout import wrapped
from ..network.layout import Box
from ..terms import ORG, SG

INSIDE = frozenset({"box", "pill", "soft", "ellipse"})
"""Shapes with the label in them; the others have it below."""
_RADIUS = {"box": 0, "soft": 7, "pill": 24}
_LINES = 4
_CHAR, _LINE = 0.6, 1.18  # of the font size


@dataclass(frozen=True, slots=True)
class Look:
    """Colour family (a name in the style sheet) and shape of a kind; no two kinds share both."""

    family: str
    shape: str
    font: int = 15

    @property
    def options(self) -> dict[str, object]:
        """The shape as vis-network knows it."""
        if self.shape in _RADIUS:
            return {"shape": "box", "shapeProperties": {"borderRadius": _RADIUS[self.shape]}}
        return {"shape": self.shape}


def _iri(name: str) -> str:
    return (ORG.base if name in ORG.names else SG.base) + name


# From the special to the general: a thing of several classes looks like the first.
LOOKS = {
    _iri(name): look
    for name, look in {
        "Municipality": Look("org", "dot", 14), "Region": Look("org", "soft", 19),
        "CountyBoard": Look("org", "triangle"), "StateAgency": Look("org", "triangleDown"),
        "Association": Look("org", "hexagon"),
        "University": Look("org", "diamond"), "Company": Look("org", "star"),
        "Assembly": Look("body", "hexagon"), "Board": Look("body", "box", 16),
        "PreparatoryBody": Look("body", "diamond"),
        "Committee": Look("body", "triangle"), "Administration": Look("body", "square"),
        "Office": Look("body", "triangleDown"), "Presidium": Look("body", "star"), "Body": Look("body", "dot"),
        "PoliticalForum": Look("forum", "box", 19), "JointBoard": Look("forum", "soft", 17),
        "Network": Look("officials", "pill", 17), "WorkingGroup": Look("officials", "soft", 16),
        "OfficialsForum": Look("officials", "box", 16), "Forum": Look("forum", "pill", 17),
        "Cooperation": Look("cooperation", "ellipse", 18), "Programme": Look("cooperation", "hexagon"),
        "Organization": Look("org", "square"), "Group": Look("group", "soft", 16),
        "CooperationArea": Look("area", "ellipse", 16), "Priority": Look("area", "pill", 16),
        "FocusArea": Look("area", "soft", 16), "Direction": Look("area", "hexagon"), "Pillar": Look("area", "square"),
        "Goal": Look("area", "star"), "Topic": Look("area", "dot", 14), "Area": Look("area", "diamond"),
        "Post": Look("post", "diamond", 14), "Project": Look("work", "star"), "Service": Look("work", "square"),
        "Assignment": Look("work", "triangleDown"), "Document": Look("document", "square", 14),
    }.items()
}  # fmt: skip
OTHER = Look("other", "dot", 14)

DASHES: dict[str, list[int]] = {
    "stated": [], "inferred": [16, 6], "intended": [8, 6], "proposed": [8, 6],
    "permitted": [2, 6], "tentative": [2, 6], "ambiguous": [12, 5, 2, 5],
}  # fmt: skip
"""Line of each modality, in the order of the legend."""
MARKS: dict[str, list[int]] = {"exists": [], "mentioned": [], "open": [2, 3], "ambiguous": [9, 3, 2, 3], "silent": [5, 4], "absent": [5, 4]}  # fmt: skip  # noqa: E501
"""Outline of the circle for each status of coverage: what is not there is dashed."""


def look(classes: Collection[str]) -> Look:
    """How a thing of *classes* (superclasses among them) looks."""
    return next((shown for kind, shown in LOOKS.items() if kind in classes), OTHER)


def label(text: str, shown: Look, lang: str) -> str:
    """*text* on a few short lines, cut with an ellipsis where it is longer."""
    lines = wrapped(text, 20 if shown.shape in INSIDE else 18, lang)
    return "\n".join(lines[:_LINES]) + (" …" if len(lines) > _LINES else "")


def symbol(shown: Look) -> int:
    """Radius of a symbol that stands above its label."""
    return 9 if shown.font < 15 else 12


def box(text: str, shown: Look) -> Box:
    """Room of a node with label *text*, estimated from its letters."""
    lines = text.split("\n")
    width, height = max(map(len, lines)) * shown.font * _CHAR, len(lines) * shown.font * _LINE
    if shown.shape == "ellipse":
        return Box(width + height, height * 1.75)
    if shown.shape in INSIDE:
        return Box(width + 20, height + 14)
    radius = symbol(shown)
    return Box(max(width, 2 * radius), 2 * radius + height + 4, (height + 4) / 2)
