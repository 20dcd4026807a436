"""The view of areas and what they have: a circle for each, and an empty dashed one for what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..network.layout import MARGIN
from ..reports.coverage import KINDS, Coverage, Finding
from .panel import Row
from .sketch import HEADROOM, PADDING, Drawn, Mark, Place, Sketch, Twin

FIRST, STEP, LOWEST = 190, 100, 62
SIGNS = {"open": "…", "ambiguous": "?", "absent": "×"}


def areas(drawn: Drawn) -> Sketch | None:
    """Areas in rows, one column per kind of what they may have, a frame for each collection."""
    content = drawn.content
    coverage = Coverage(content.knowledge, content.facts.collection)
    found = {area: [coverage.find(area, kind) for kind in KINDS] for area in coverage.areas() if area in drawn.boxes}
    if not found:
        return None
    places: dict[str, Place] = {}
    heads: list[tuple[str, int, int, int]] = []
    y = 0.0
    for rows in _homes(found, drawn):
        y = _set(rows, y, places, heads, drawn)
    marks = [_mark(finding, coverage, drawn) for findings in found.values() for finding in findings]
    own = {area: place for area, place in places.items() if area in found}
    frames = [
        (title, x, y - 30, width + len(KINDS) * STEP + PADDING, height + 30)
        for title, x, y, width, height in drawn.frames(own)
    ]
    return Sketch("omraden", places, [], marks=marks, frames=frames, heads=heads, tall=True, twin=_twin(found, drawn))


def _homes(found: Iterable[str], drawn: Drawn) -> list[list[str]]:
    """Areas of each home, in the order of the documents; the home with most first."""
    homes: dict[str, list[str]] = {}
    for area in found:
        homes.setdefault(drawn.homes[area], []).append(area)
    return [areas for _, areas in sorted(homes.items(), key=lambda pair: (-len(pair[1]), pair[0]))]


def _set(
    rows: Sequence[str], y: float, places: dict[str, Place], heads: list[tuple[str, int, int, int]], drawn: Drawn
) -> float:
    """Place the areas of one home and their circles from *y* down; return where the next home may begin."""
    texts = drawn.content.texts
    heads += [(texts(f"gaps.kind_{kind}"), FIRST + at * STEP, round(y) - 12, 13) for at, kind in enumerate(KINDS)]
    y += 16
    for area in rows:
        high = max(LOWEST, round(drawn.boxes[area].height) + 14)
        middle = round(y + high / 2)
        places[area] = (0, middle - round(drawn.boxes[area].below))
        for at, kind in enumerate(KINDS):
            places[_id(area, kind, drawn)] = (FIRST + at * STEP, middle - 8)
        y += high
    return y + MARGIN + 2 * PADDING + HEADROOM


def _id(area: str, kind: str, drawn: Drawn) -> str:
    return f"{drawn.content.knowledge.things.short(area)}~{kind}"


def _mark(finding: Finding, coverage: Coverage, drawn: Drawn) -> Mark:
    bodies = coverage.bodies(finding)
    number = len(bodies) or len({tie.words for tie in finding.ties if tie.words})
    sign = str(number) if finding.status == "exists" else SIGNS.get(finding.status, "")
    return Mark(_id(finding.area, finding.kind, drawn), finding.area, finding.status, sign, _facts(finding, drawn))


def _facts(finding: Finding, drawn: Drawn) -> list[Row]:
    """What makes the finding so, a row for each thing; a closed list makes it so without one."""
    knowledge, texts, numbers = drawn.content.knowledge, drawn.content.texts, drawn.panel.sources.numbers
    rows: list[Row] = []
    for tie in sorted(finding.ties, key=lambda tie: (tie.modality, tie.words, drawn.content.order(tie.thing))):
        row: Row = {"v": [[tie.words]] if tie.words else [drawn.panel.named(tie.thing)]}
        row |= {"m": tie.modality, "e": numbers(knowledge.passages(tie.passages))}
        if row not in rows:
            rows.append(row)
    if not rows and finding.passages:
        rows = [{"v": [[texts(f"map.means_{finding.status}")]], "e": numbers(finding.passages)}]
    return rows


def _twin(found: dict[str, list[Finding]], drawn: Drawn) -> Twin:
    texts = drawn.content.texts
    rows = [[drawn.label(area), *(texts(f"gaps.status_{one.status}") for one in row)] for area, row in found.items()]
    return Twin([texts("gaps.area"), *(texts(f"gaps.kind_{kind}") for kind in KINDS)], rows)


__all__ = ["areas"]
