"""Seats that a kommun fills in forums: members and substitutes, with the places that say so."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import ORG, SG

_SEATS = f"""
SELECT DISTINCT ?kommun ?by ?forum ?allocation ?members ?substitutes WHERE {{
  ?allocation a <{SG.SeatAllocation}> ; <{SG.forum}> ?forum ; <{SG.appointedBy}> ?by .
  {{ ?by a <{SG.Municipality}> . BIND(?by AS ?kommun) }}
  UNION {{ ?by a <{SG.Body}> ; <{ORG.unitOf}> ?kommun . ?kommun a <{SG.Municipality}> }}
  OPTIONAL {{ ?allocation <{SG.members}> ?members }}
  OPTIONAL {{ ?allocation <{SG.substitutes}> ?substitutes }}
}}
"""
_JOINT = f"""
SELECT DISTINCT ?allocation WHERE {{
  ?allocation a <{SG.SeatAllocation}> ; <{SG.forum}> ?forum ; <{SG.appointedBy}> ?one , ?other .
  FILTER(?one != ?other)
}}
"""


@dataclass(slots=True)
class Seats:
    """What one kommun fills in one forum; a number that no allocation gives is None."""

    members: int | None = None
    substitutes: int | None = None
    passages: set[Passage] = field(default_factory=set)
    derived: bool = True


def seats(knowledge: Knowledge, collection: str | None = None) -> dict[tuple[str, str], Seats]:
    """Seats by (kommun, forum), of allocations that the kommun or a body of it appoints alone.

    Numbers are sums over allocations. A part of another allocation is not counted, nor one that several appoint
    together. Only what documents of *collection* say, when it is given.
    """
    joint = {row["allocation"].value for row in knowledge.store.select(_JOINT)}
    found: dict[tuple[str, str], Seats] = {}
    for row in knowledge.store.select(_SEATS):
        kommun, by, forum, allocation = (row[name].value for name in ("kommun", "by", "forum", "allocation"))
        evidence = knowledge.evidence(allocation, SG.appointedBy, by)
        passages = knowledge.passages((one.iri for one in evidence.passages), collection)
        if allocation in joint or (collection is not None and not passages):
            continue
        seat = found.setdefault((kommun, forum), Seats())
        seat.passages.update(passages)
        seat.derived &= evidence.derived
        for key in ("members", "substitutes"):
            if row[key] is not None:
                setattr(seat, key, (getattr(seat, key) or 0) + int(row[key].value))
    return found
