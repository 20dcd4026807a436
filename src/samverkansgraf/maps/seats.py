"""The view of membership: kommuner in one column, what they sit in in another, seats on the lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..network.layers import bipartite
from ..reports.membership import seats_of
from ..reports.seats import Seats, told
from ..terms import ORG, SG
from .content import Edge
from .sketch import Drawn, Line, Place, Sketch, Twin

Placed = Mapping[tuple[str, str], Seats]


def membership(drawn: Drawn) -> Sketch | None:
    """Kommuner and the forums and cooperations they are in; nothing where no fact places a kommun in any."""
    content, places = drawn.content, set(drawn.content.nodes)
    seats = {
        pair: seat
        for pair, seat in seats_of(content.knowledge, content.facts.collection).items()
        if set(pair) <= places and pair[0] != pair[1]
    }
    if not seats:
        return None
    forums = [thing for thing in content.nodes if any(thing == forum for _, forum in seats)]
    kommuner = sorted({kommun for kommun, _ in seats}, key=lambda kommun: _order(kommun, seats, drawn))
    at = bipartite(kommuner, forums, seats, drawn.boxes)
    spots = _spots(seats, at)
    pairs = sorted(seats, key=lambda pair: tuple(map(content.order, pair)))
    lines = [_line(pair, seats[pair], spots, drawn) for pair in pairs]
    short = content.knowledge.things.short(SG.Municipality)
    heads = [(content.texts("map.kommuner"), 0, -40, 22), (content.texts("map.forums"), at[forums[0]][0], -40, 22)]
    return Sketch(
        "medlemskap", at, [], lines, heads=heads, sides={short: "left"}, twin=_twin(kommuner, forums, seats, drawn)
    )


def _order(kommun: str, seats: Placed, drawn: Drawn) -> tuple[object, ...]:
    """Kommuner that sit in the same collections together, in Swedish order."""
    homes = sorted({drawn.homes[forum] for one, forum in seats if one == kommun})
    return homes[0], len(homes), drawn.content.order(kommun)


def _spots(seats: Placed, at: Mapping[str, Place]) -> dict[str, float]:
    """How far along the lines to each forum their numbers stand: a column for each forum that has numbers."""
    forums = sorted({forum for (_, forum), seat in seats.items() if seat.members}, key=lambda one: at[one][1])
    return {forum: round(0.08 + 0.5 * number / max(len(forums) - 1, 1), 3) for number, forum in enumerate(forums)}


def _line(pair: tuple[str, str], seat: Seats, spots: Mapping[str, float], drawn: Drawn) -> Line:
    texts = drawn.content.texts
    counts = (("members", seat.members), ("substitutes", seat.substitutes))
    words = "; ".join(texts(f"reporting.{key}", n=told(numbers, texts)) for key, numbers in counts if any(numbers))
    passages = tuple(sorted(seat.passages))
    edge = Edge(pair[0], ORG.hasMember, pair[1], "stated", words, seat.derived, passages)
    return Line(edge, seat.cell(texts), spots[pair[1]]) if seat.members else Line(edge)


def _twin(kommuner: Iterable[str], forums: list[str], seats: Placed, drawn: Drawn) -> Twin:
    cells = [
        [
            drawn.label(kommun),
            *(seats[kommun, f].cell(drawn.content.texts) if (kommun, f) in seats else "" for f in forums),
        ]
        for kommun in sorted(kommuner, key=drawn.content.order)
    ]
    return Twin([drawn.content.texts("membership.kommun"), *map(drawn.label, forums)], cells)


__all__ = ["membership"]
