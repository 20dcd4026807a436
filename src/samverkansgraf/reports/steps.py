"""The dates that bound what is in force, and at each of them what is certainly, possibly or not in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import MAXYEAR

from ..knowledge import Knowledge
from ..period import Certainty, PartialDate
from ..terms import FACT_MODALITIES, ORG
from .dates import Dates, Span

_MEMBERSHIPS = f"""
SELECT ?node ?member ?organization WHERE {{
  ?node a <{ORG.Membership}> ; <{ORG.member}> ?member ; <{ORG.organization}> ?organization .
}}
"""


class Steps:
    """What is in force at each date that begins or ends something, and in the year after the last."""

    def __init__(self, knowledge: Knowledge, collection: str | None = None) -> None:
        self._spans: dict[str, list[Span]] = {}
        for span in Dates(knowledge, collection).spans:
            self._spans.setdefault(span.thing, []).append(span)
        rows = knowledge.store.select(_MEMBERSHIPS)
        self._members: dict[tuple[str, str], str] = {
            (r["member"].value, r["organization"].value): r["node"].value for r in rows
        }

    def membership(self, member: str, organization: str) -> str:
        """The node that says since when *member* belongs to *organization*; nothing where none does."""
        return self._members.get((member, organization), "")

    def moments(self, things: Collection[str]) -> list[PartialDate]:
        """The dates that bound *things*, as the documents give them, in order, then the year after the last."""
        periods = [span.period for thing in things for span in self._spans.get(thing, [])]
        found = {one.text: one for period in periods for one in (period.start, period.end) if one}
        if not found:
            return []
        last = max(one.latest for one in found.values())
        after = [PartialDate.parse(str(last.year + 1))] if last.year < MAXYEAR else []
        return [*sorted(found.values(), key=lambda one: (one.earliest, one.latest)), *after]

    def certainty(self, thing: str, moment: PartialDate) -> Certainty | None:
        """Whether *thing* is in force at *moment*; nothing where no passage dates it.

        What documents state outweighs what they propose or permit, which is in force possibly at most; figures that
        disagree make it possible.
        """
        spans = self._spans.get(thing, [])
        stated = [span for span in spans if span.modality in FACT_MODALITIES]
        values = {span.period.at(moment) for span in stated or spans}
        return _joined(values if stated else (_weaker(one) for one in values)) if spans else None


def _weaker(one: Certainty) -> Certainty:
    return Certainty.POSSIBLE if one is Certainty.CERTAIN else one


def _joined(values: Iterable[Certainty]) -> Certainty:
    found = set(values)
    return found.pop() if len(found) == 1 else Certainty.POSSIBLE


__all__ = ["Steps"]
