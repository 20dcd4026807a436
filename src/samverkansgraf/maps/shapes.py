"""The shapes of kinds as SVG: a frame around words, or a symbol beside them."""

from __future__ import annotations

import math

from .style import INSIDE, Look
from .svg import element

_ROUND = {"box": 2, "soft": 7}
_CORNERS = {"triangle": (3, 0), "triangleDown": (3, 180), "diamond": (4, 0), "square": (4, 45), "hexagon": (6, 30)}


def frame(look: Look, x: float, y: float, width: float, height: float) -> str:
    """The outline of a kind whose words are inside it; a symbol of the others at the left edge."""
    if look.shape not in INSIDE:
        return symbol(look, x + 9, y + height / 2)
    return element(
        "rect",
        x=x,
        y=y,
        width=width,
        height=height,
        rx=_ROUND.get(look.shape, height / 2),
        class_=f"frame f-{look.family}",
    )


def symbol(look: Look, x: float, y: float, radius: float = 7) -> str:
    """The symbol of a kind about a point."""
    if look.shape not in _CORNERS and look.shape != "star":
        return element("circle", cx=x, cy=y, r=radius, class_=f"symbol f-{look.family}")
    corners, turn = _CORNERS.get(look.shape, (10, 0))
    points = []
    for place in range(corners):
        angle = math.radians(turn + 360 * place / corners)
        reach = radius * (0.45 if look.shape == "star" and place % 2 else 1.15)
        points.append(f"{x + reach * math.sin(angle):.1f},{y - reach * math.cos(angle):.1f}")
    return element("polygon", points=" ".join(points), class_=f"symbol f-{look.family}")


__all__ = ["frame", "symbol"]
