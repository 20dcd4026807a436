"""A graph as it would be without some things: a body closed, a kommun that leaves, an agreement that lapses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import yaml

from .errors import DataError, Finding
from .files import required_text
from .knowledge import Knowledge
from .period import Certainty, PartialDate, Period
from .rules import conclude
from .store import EmbeddedStore
from .terms import ORG, RDFS, SG, SKOS

_NAMING = (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SG.abbreviation)
_KEYS = ("close", "lapse", "leave")
_SEATS = f"""
SELECT ?node ?forum ?member WHERE {{
  ?node <{SG.forum}> ?forum ; <{SG.appointedBy}> ?member .
}}
"""
_PERIODS = f"""
SELECT ?thing ?side ?date WHERE {{
  VALUES (?property ?side) {{
    (<{SG.validFrom}> "start") (<{SG.validUntil}> "end")
    (<{SG.effectiveFrom}> "start") (<{SG.effectiveUntil}> "end")
    (<{SG.year}> "start") (<{SG.year}> "end")
  }}
  ?thing ?property ?date .
}}
"""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is supposed: things that cease (bodies closed, agreements lapsed), and (member, forum) pairs that part."""

    ceased: frozenset[str] = frozenset()
    parted: frozenset[tuple[str, str]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.ceased or self.parted)


def read_overlay(path: Path, knowledge: Knowledge) -> Overlay:
    """Read a supposition: YAML with lists ``close``, ``lapse`` (things) and ``leave`` (``member`` and ``forum``).

    Things may be given by name. `DataError` names the file for a mistake; `UnknownThing` suggests near names.
    """
    try:
        content = yaml.load(required_text(path), Loader=yaml.CBaseLoader) or {}  # noqa: S506 - text only
    except yaml.YAMLError as exc:
        raise DataError([Finding(str(path), 0, f"cannot be read: {exc}")]) from exc
    unknown = sorted(set(content) - set(_KEYS)) if isinstance(content, dict) else ["a list"]
    if unknown:
        raise DataError([Finding(str(path), 0, f"{', '.join(unknown)} is not understood; write {', '.join(_KEYS)}")])
    find = knowledge.things.find
    ceased = {find(name) for key in ("close", "lapse") for name in content.get(key, [])}
    parted = set()
    for pair in content.get("leave", []):
        if not isinstance(pair, dict) or set(pair) != {"member", "forum"}:
            raise DataError([Finding(str(path), 0, "each item of `leave` has `member` and `forum`")])
        parted.add((find(pair["member"]), find(pair["forum"])))
    return Overlay(frozenset(ceased), frozenset(parted))


def without(knowledge: Knowledge, overlay: Overlay) -> Knowledge:
    """*knowledge* as it would be under *overlay*; nothing is changed in the original.

    Every statement with a ceased thing on either side is left out (its names are kept), the members that part lose
    their seats and membership there, and the rules conclude anew from what is left.
    """
    if not overlay:
        return knowledge
    store = knowledge.store.local.copy()
    for rule in knowledge.rules:
        store.forget(rule.graph)
    for iri in overlay.ceased:
        store.remove(iri, None, None, but=_NAMING)
        store.remove(None, None, iri, but=_NAMING)
    conclude(knowledge.rules, store)
    _part(store, overlay.parted)
    return Knowledge(store, knowledge.workspace)


def at(knowledge: Knowledge, moment: PartialDate) -> tuple[Knowledge, set[str]]:
    """*knowledge* as it is at *moment*, and the things left out: no reading of their dates puts them in force then.

    What may be in force, or has no dates, stays. A source document stays: it still says what it says.
    """
    dates: dict[str, dict[str, PartialDate]] = {}
    for row in knowledge.store.select(_PERIODS):
        dates.setdefault(row["thing"].value, {})[row["side"].value] = PartialDate.parse(row["date"].value)
    outside = {
        thing
        for thing, sides in dates.items()
        if Period(sides.get("start"), sides.get("end")).at(moment) is Certainty.NO
    } - knowledge.documents.keys()
    return without(knowledge, Overlay(frozenset(outside))), outside


def _part(store: EmbeddedStore, pairs: Collection[tuple[str, str]]) -> None:
    """Take the seats and memberships of *pairs* (member, forum) out of *store*."""
    seats = (
        [(row["node"].value, (row["member"].value, row["forum"].value)) for row in store.select(_SEATS)]
        if pairs
        else []
    )
    for node, pair in seats:
        if pair in pairs:
            store.remove(node, None, None)
    for member, forum in pairs:
        store.remove(forum, ORG.hasMember, member)
        store.remove(member, SG.participatesIn, forum)
