"""Where a matter goes on from a body: every relation that carries it, step by step."""

from __future__ import annotations

from collections.abc import Iterable

from ..knowledge import Knowledge
from ..network.relations import Relation, relations_in
from ..terms import ORG, SG

UPWARD = (ORG.reportsTo, SG.preparesFor, SG.supports, SG.recommendsTo, SG.refersTo, SG.proposes)


class Onward:
    """Relations that carry a matter onwards, by who sends; of one collection when it is given."""

    def __init__(self, knowledge: Knowledge, collection: str | None = None) -> None:
        self.knowledge = knowledge
        self._by_source: dict[str, list[Relation]] = {}
        for relation in relations_in(knowledge, collection):
            if relation.verb in UPWARD:
                for source in relation.source:
                    for sender in {source, *knowledge.groups.get(source, ())}:
                        self._by_source.setdefault(sender, []).append(relation)

    def steps(self, start: Iterable[str]) -> list[tuple[int, Relation]]:
        """(number of steps, relation) of everything on the way from *start*, nearest first; each relation once.

        A thing sends also as a member of a group that sends. What a kommun sends, or a group of kommuner, is not
        followed.
        """
        found: dict[Relation, int] = {}
        seen = set(start)
        front, step = set(seen), 0
        while front:
            step += 1
            sent = [one for thing in sorted(front) for one in self._by_source.get(thing, ()) if one not in found]
            found.update(dict.fromkeys(sent, step))
            reached = {
                to for one in sent for target in one.target for to in (target, *self.knowledge.groups.get(target, ()))
            }
            front = {one for one in reached - seen if not is_kommun(one, self.knowledge)}
            seen |= reached
        return sorted(((steps, one) for one, steps in found.items()), key=lambda pair: (pair[0], str(pair[1])))


def is_kommun(iri: str, knowledge: Knowledge) -> bool:
    """Whether *iri* is a kommun or a group that holds one."""
    return any(
        SG.Municipality in knowledge.classes.get(one, frozenset()) for one in (iri, *knowledge.groups.get(iri, ()))
    )


__all__ = ["UPWARD", "Onward", "is_kommun"]
