"""Who acts for a kommun: itself, its own bodies, groups it is in, and groups that represent any of these."""

from __future__ import annotations

from collections.abc import Iterable

from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import ORG, SG

SEATED = (SG.Forum, SG.Cooperation, SG.base + "Association")
"""Classes of what one can sit in."""

_BODIES = (
    f"SELECT ?body ?kommun WHERE {{ ?body a <{SG.Body}> ; <{ORG.unitOf}> ?kommun . ?kommun a <{SG.Municipality}> }}"
)
_VOICES = f"""
SELECT DISTINCT ?voice ?verb ?of WHERE {{
  VALUES ?verb {{ <{SG.represents}> <{SG.attachedTo}> }}
  ?voice a <{SG.Group}> ; ?verb ?of .
}}
"""
_TIES = f"""
SELECT DISTINCT ?holder ?how ?forum WHERE {{
  {{ ?forum <{ORG.hasMember}> ?holder . BIND(<{ORG.hasMember}> AS ?how) }}
  UNION {{ ?holder <{SG.participatesIn}> ?forum . BIND(<{SG.participatesIn}> AS ?how) }}
  UNION {{
    VALUES ?how {{ <{SG.appointedBy}> <{SG.appointedByEach}> <{SG.base}drawnFrom> <{SG.base}drawnFromEach> }}
    ?allocation a <{SG.SeatAllocation}> ; <{SG.forum}> ?forum ; ?how ?holder .
  }}
  FILTER EXISTS {{ ?forum a ?class . VALUES ?class {{ {" ".join(f"<{one}>" for one in SEATED)} }} }}
}}
"""


def holders(knowledge: Knowledge) -> dict[str, dict[str, str]]:
    """Kommun → who acts for it → in what way: ``self``, ``body``, ``group`` or ``voice``.

    A *body* is an assembly, board or office of the kommun; a *group* has the kommun or a body of it as a member; a
    *voice* is a group that represents, or is attached to, the kommun or such a group. Facts only.
    """
    found = {kommun: {kommun: "self"} for kommun in knowledge.instances(SG.Municipality)}
    bodies: dict[str, str] = {}
    for row in knowledge.store.select(_BODIES):
        bodies[row["body"].value] = row["kommun"].value
        found[row["kommun"].value][row["body"].value] = "body"
    inside: dict[str, set[str]] = {}
    for group, members in knowledge.groups.items():
        for kommun in {bodies.get(member, member) for member in members} & found.keys():
            found[kommun].setdefault(group, "group")
            inside.setdefault(group, set()).add(kommun)
    for row in knowledge.store.select(_VOICES):
        voice, of = row["voice"].value, row["of"].value
        for kommun in {of} & found.keys() | inside.get(of, set()):
            found[kommun].setdefault(voice, "voice")
    return found


def sits(kind: str, how: str) -> bool:
    """Whether a kommun sits in a forum that one who acts for it in *kind* is bound to by the property *how*.

    Seats that a group appoints together, or that are drawn from a group of kommuner, are nobody's in particular; seats
    drawn from those who represent the kommun are its own.
    """
    local = how.rpartition("#")[2]
    if local == "appointedBy":
        return kind in {"self", "body"}
    return local != "drawnFrom" or kind in {"self", "body", "voice"}


def seated(knowledge: Knowledge, acting: dict[str, dict[str, str]]) -> dict[str, set[str]]:
    """Forum → kommuner that sit in it by what documents provide, also through groups; *acting* is from `holders`."""
    bound: dict[str, list[tuple[str, str]]] = {}
    for row in knowledge.store.select(_TIES):
        bound.setdefault(row["holder"].value, []).append((row["how"].value, row["forum"].value))
    found: dict[str, set[str]] = {}
    for kommun, ways in acting.items():
        for holder, kind in ways.items():
            for how, forum in bound.get(holder, ()):
                if sits(kind, how):
                    found.setdefault(forum, set()).add(kommun)
    return found


def links(knowledge: Knowledge, kommun: str, acting: dict[str, str]) -> dict[str, tuple[Passage, ...]]:
    """Who acts for *kommun* → the passages that make it so; none for itself and for what only a register says."""
    own = [holder for holder, kind in acting.items() if kind in {"self", "body"}]
    found: dict[str, tuple[Passage, ...]] = {kommun: ()}
    for holder in (one for one, kind in acting.items() if kind == "body"):
        found[holder] = knowledge.evidence(holder, ORG.unitOf, kommun).passages
    for holder in (one for one, kind in acting.items() if kind == "group"):
        members = [one for one in own if one in knowledge.groups[holder]]
        found[holder] = _joined(knowledge.evidence(holder, ORG.hasMember, one).passages for one in members)
    for holder in (one for one, kind in acting.items() if kind == "voice"):
        pairs = [(verb, of) for verb in (SG.represents, SG.attachedTo) for of in acting if acting[of] != "voice"]
        said = {(verb, of): knowledge.evidence(holder, verb, of).passages for verb, of in pairs}
        found[holder] = _joined([*said.values(), *(found[of] for (_, of), passages in said.items() if passages)])
    return found


def _joined(parts: Iterable[tuple[Passage, ...]]) -> tuple[Passage, ...]:
    return tuple(sorted({passage for part in parts for passage in part}))
