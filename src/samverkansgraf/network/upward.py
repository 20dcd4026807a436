"""Where matters of a thing go on to, step by step, with groups as the text has them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..terms import FACT_MODALITIES, MODALITIES, ORG
from .relations import Relation

MEMBER_OF = ORG.base + "memberOf"
"""The verb of a step from a member to a group that it acts in; a step the other way is ``org:hasMember``."""


@dataclass(frozen=True, slots=True)
class Arc:
    """One step from *source* to *target*; a step into or out of a group has no document's verb."""

    source: str
    verb: str
    target: str
    modality: str


def upward(start: str, related: Iterable[Relation], groups: Mapping[str, Sequence[str]]) -> list[Arc]:
    """Every step that can be reached from *start* along *related*, nearest first, each once.

    A thing sends what it sends itself and what a group sends that it is in. A group that receives goes on as itself and
    through those of its members that send on, themselves or in another group. A step is as sure as its surest relation.
    """
    sends: dict[str, list[Relation]] = {}
    for one in related:
        for source in one.source:
            sends.setdefault(source, []).append(one)
    within: dict[str, list[str]] = {}
    for group in sorted(groups):
        for member in groups[group]:
            within.setdefault(member, []).append(group)
    found: dict[Arc, None] = {}
    queue, seen = deque([(start, True)]), {(start, True)}
    while queue:
        thing, received = queue.popleft()
        arcs = [arc for one in sends.get(thing, ()) for arc in _steps(thing, one)]
        arcs += [Arc(thing, MEMBER_OF, group, "stated") for group in within.get(thing, ()) if group in sends]
        if received:
            known = {end for end, _ in seen}
            members = (one for one in groups.get(thing, ()) if one not in known)
            on = (one for one in members if one in sends or (sends.keys() & within[one]) - {thing})
            arcs += [Arc(thing, ORG.hasMember, one, "stated") for one in on]
        for arc in sorted(arcs, key=lambda one: (MODALITIES.index(one.modality), one.verb, one.target)):
            if Arc(arc.target, _BACK.get(arc.verb, ""), arc.source, arc.modality) not in found:
                found[arc] = None
                step = (arc.target, arc.verb != MEMBER_OF)
                if step not in seen:
                    seen.add(step)
                    queue.append(step)
    return _surest(found)


_BACK = {MEMBER_OF: ORG.hasMember, ORG.hasMember: MEMBER_OF}


def _steps(thing: str, one: Relation) -> list[Arc]:
    modality = "stated" if one.modality in FACT_MODALITIES else one.modality
    return [Arc(thing, one.verb, target, modality) for target in one.target if target != thing]


def _surest(arcs: Iterable[Arc]) -> list[Arc]:
    """One arc of each verb between two things: the surest."""
    kept: dict[tuple[str, str, str], Arc] = {}
    for arc in arcs:
        key = (arc.source, arc.verb, arc.target)
        known = kept.get(key)
        if known is None or MODALITIES.index(arc.modality) < MODALITIES.index(known.modality):
            kept[key] = arc
    return list(kept.values())


__all__ = ["MEMBER_OF", "Arc", "upward"]
