"""What changed between two built graphs: facts that came, went or got another value."""

from __future__ import annotations

from dataclasses import dataclass

from .knowledge import Knowledge
from .terms import DOC, FACT_MODALITIES, ID, RDF, SG

_FACTS = f"""
SELECT ?passage ?subject ?property ?value WHERE {{
  VALUES ?modality {{ {" ".join(f"<{SG.base}{one}>" for one in sorted(FACT_MODALITIES))} }}
  ?passage a <{SG.Passage}> ; <{SG.modality}> ?modality .
  GRAPH ?passage {{ ?subject ?property ?value }}
}}
"""
_SINGLE = ("seats", "minSeats", "maxSeats", "substituteSeats", "validFrom", "validUntil", "prefLabel", "date", "amount")


@dataclass(frozen=True, order=True, slots=True)
class Change:
    """One change: a thing's property with its values before and after (SPARQL terms; none when it came or went)."""

    subject: str
    property: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def reversed(self) -> Change:
        """The same change seen the other way."""
        return Change(self.subject, self.property, self.after, self.before)


def facts(knowledge: Knowledge, collection: str | None = None) -> dict[tuple[str, str], set[str]]:
    """(thing, property) → values (SPARQL terms) that a stated or inferred passage gives things and documents.

    With *collection*, only its passages.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for passage, subject, key, value in knowledge.store.select(_FACTS):
        within = collection is None or knowledge.passage(passage.value, collection)
        if within and subject.value.startswith((ID, DOC)):
            found.setdefault((subject.value, key.value), set()).add(str(value))
    return found


def changes(old: Knowledge, new: Knowledge, collection: str | None = None) -> list[Change]:
    """Every difference between the facts of two graphs (of one collection), sorted by thing and property.

    A single-valued property (seats, period, name, amount) that has other values is one change; of a property with
    several values, each value that came or went is a change of its own.
    """
    before, after = facts(old, collection), facts(new, collection)
    found = []
    for key in before.keys() | after.keys():
        gone, come = before.get(key, set()) - after.get(key, set()), after.get(key, set()) - before.get(key, set())
        if key[1].rpartition("#")[2] in _SINGLE and gone and come:
            found.append(Change(*key, tuple(sorted(gone)), tuple(sorted(come))))
        else:
            found += [Change(*key, (value,), ()) for value in gone] + [Change(*key, (), (value,)) for value in come]
    return sorted(found)


def arrivals(differences: list[Change]) -> tuple[set[str], set[str]]:
    """Things that only the new graph types, and things that only the old one typed."""
    typed = [change for change in differences if change.property == RDF.type]
    came = {change.subject for change in typed if change.after}
    went = {change.subject for change in typed if change.before}
    return came - went, went - came
