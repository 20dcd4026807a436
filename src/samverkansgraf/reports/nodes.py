"""Things of a class with everything that passages state of them, whatever the modality."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import MODALITIES, RDF, SG, UNSAID, local_name
from ..texts import Texts

_NODES = """
SELECT DISTINCT ?passage ?node ?key ?value WHERE {{
  VALUES ?class {{ {classes} }}
  ?place a <https://w3id.org/samverkansgraf/ns#Passage> . {place}
  GRAPH ?place {{ ?node a ?class }}
  {keys}
  ?passage a <https://w3id.org/samverkansgraf/ns#Passage> . {passage}
  GRAPH ?passage {{ ?node ?key ?value }}
}}
"""
_SAID_OF = """
SELECT ?passage ?node ?key ?value WHERE {{
  VALUES ?node {{ {nodes} }}
  ?passage a <https://w3id.org/samverkansgraf/ns#Passage> .
  GRAPH ?passage {{ ?node ?key ?value }}
}}
"""


class Statement(NamedTuple):
    """One value of one property, and the passage that gives it."""

    value: str
    passage: Passage


@dataclass(slots=True)
class Node:
    """A thing and its statements by local name of the property."""

    iri: str
    facts: dict[str, list[Statement]] = field(default_factory=dict)

    def values(self, *keys: str) -> list[str]:
        """Distinct values of *keys*, in reading order."""
        found = [one for key in keys for one in self.facts.get(key, ())]
        if len(found) > 1:
            found.sort(key=attrgetter("passage", "value"))
        return list(dict.fromkeys(one.value for one in found))

    def numbers(self, key: str) -> tuple[int, ...]:
        """Every whole number that *key* has, least first."""
        return tuple(sorted(map(int, self.values(key))))

    def first(self, key: str) -> str:
        """The first value of *key*, or nothing."""
        return next(iter(self.values(key)), "")

    def passages(self, *keys: str) -> tuple[Passage, ...]:
        """Passages of the statements of *keys* (of all without keys), in reading order."""
        chosen = keys or tuple(self.facts)
        found = {one.passage for key in chosen for one in self.facts.get(key, ())}
        return tuple(sorted(found) if len(found) > 1 else found)

    @property
    def modality(self) -> str:
        """The surest modality in which anything is said of the thing."""
        return surest(self.passages())


def read_nodes(
    knowledge: Knowledge, *classes: str, collection: str | None = None, keys: Sequence[str] = ()
) -> list[Node]:
    """Things that a passage types as exactly one of *classes*, with their statements; rejected and denied left out.

    Only passages of *collection* when it is given, and only the class and what *keys* (local names of our own
    properties) say when any are given: less to read. In the order of documents and of reading.
    """
    listed = " ".join(f"<{one}>" for one in classes)
    within = {name: knowledge.within(collection, f"?{name}") for name in ("place", "passage")}
    wanted = " ".join(f"<{one}>" for one in (RDF.type, *(SG.base + key for key in keys)))
    within["keys"] = f"VALUES ?key {{ {wanted} }}" if keys else ""
    found = gathered(knowledge, _NODES.format(classes=listed, **within), collection)
    return sorted(found.values(), key=lambda node: (node.passages()[0], node.iri))


def statements_of(knowledge: Knowledge, things: Iterable[str], collection: str | None = None) -> dict[str, Node]:
    """Statements about *things* by thing, whatever the modality except rejected and denied."""
    listed = " ".join(f"<{thing}>" for thing in sorted(things))
    return gathered(knowledge, _SAID_OF.format(nodes=listed), collection) if listed else {}


def gathered(knowledge: Knowledge, query: str, collection: str | None) -> dict[str, Node]:
    """What *query* finds (?passage ?node ?key ?value) by thing; rejected and denied left out."""
    found: dict[str, Node] = {}
    for place, thing, key, value in knowledge.store.select(query):
        passage = knowledge.passage(place.value, collection)
        if passage and passage.modality not in UNSAID:
            iri = thing.value
            node = found.get(iri) or found.setdefault(iri, Node(iri))
            node.facts.setdefault(local_name(key.value), []).append(Statement(value.value, passage))
    return found


def surest(passages: Iterable[Passage]) -> str:
    """The surest modality among *passages*."""
    return min((passage.modality for passage in passages), key=(*MODALITIES, *sorted(UNSAID)).index, default="stated")


def said(modality: str) -> bool:
    """Whether *modality* says anything at all: what is rejected or denied does not."""
    return modality not in UNSAID


def called(knowledge: Knowledge, iris: Iterable[str], texts: Texts) -> dict[str, str]:
    """What to call each of *iris*; nodes without a name are spelled out of what any passage says of them."""
    bare = unnamed(knowledge, iris)
    label = knowledge.things.label
    return {iri: spelled(bare[iri], knowledge, texts) if iri in bare else label(iri, texts.lang) for iri in iris}


def unnamed(knowledge: Knowledge, iris: Iterable[str]) -> dict[str, Node]:
    """Those of *iris* that have no name, with all that any passage says of them."""
    asked = set(iris)
    bare = sorted(asked - knowledge.things.namings.keys()) if asked else []
    found: dict[str, Node] = {}
    for row in knowledge.store.select(_SAID_OF.format(nodes=" ".join(f"<{iri}>" for iri in bare))) if bare else ():
        for passage in knowledge.passages([row["passage"].value]):
            facts = found.setdefault(row["node"].value, Node(row["node"].value)).facts
            facts.setdefault(local_name(row["key"].value), []).append(Statement(row["value"].value, passage))
    return found


def named(knowledge: Knowledge, iris: list[str], texts: Texts) -> str:
    """Labels of *iris* in Swedish order, joined by commas."""
    return ", ".join(sorted((knowledge.things.label(iri, texts.lang) for iri in iris), key=swedish))


SUBJECTS = ("member", "from", "fromEach", "fromOneOf", "decidedBy", "payer", "holder", "actor")
_OBJECTS = ("organization", "to", "toEach", "toOneOf", "payee", "partOf", "forum")
_LESS = ("concerns", "appointedBy", "clause", "forYear")
_MOST_NAMES = 3


def spelled(node: Node, knowledge: Knowledge, texts: Texts) -> str:
    """Label of *node*; one without a name is spelled out: ``medlemskap: Vännäs, Umeåregionen``.

    A flow whose agent or recipient is left open says so with an ellipsis: ``… inrättar Skolchefgruppen``.
    """
    if node.iri in knowledge.things.namings:
        return knowledge.things.label(node.iri, texts.lang)
    subject, thing = (_names(node.values(*keys), knowledge, texts) for keys in (SUBJECTS, _OBJECTS))
    words = _matter(node, knowledge, texts, bare=not (subject or thing))
    if node.values("verb"):
        doing = " ".join((subject or "…", named(knowledge, node.values("verb"), texts), thing or "…"))
        return f"{doing} ({words})" if words else doing
    kinds = named(knowledge, sorted(node.values("type"))[:1], texts)
    parts = [part for part in (subject, thing, words) if part]
    return f"{kinds}: {', '.join(parts)}" if parts else kinds


def _names(iris: list[str], knowledge: Knowledge, texts: Texts, most: int | None = None) -> str:
    """Names of those of *iris* that have one; beyond *most* only how many there are."""
    known = [iri for iri in iris if iri in knowledge.things.namings]
    more = texts("common.more", n=len(known) - most) if most and len(known) > most else ""
    return ", ".join(filter(None, (named(knowledge, known[:most], texts), more)))


def _matter(node: Node, knowledge: Knowledge, texts: Texts, *, bare: bool) -> str:
    """What *node* is about: as printed, its matter, share or purpose; failing that what it concerns."""
    shares = [texts.percent(round(float(share) * 10000), 10000) for share in node.values("share")]
    said = [*node.values("printed", "matter"), *shares, *node.values("purpose")]
    if said or not (bare or node.values("verb")):
        return said[0] if said else ""
    found = (value for key in _LESS for value in (_names(node.values(key), knowledge, texts, _MOST_NAMES),) if value)
    return next(found, "") or node.first("forYear")
