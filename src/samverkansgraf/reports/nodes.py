"""Things of a class with everything that passages state of them, whatever the modality."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..texts import Texts

_NODES = """
SELECT ?passage ?node ?key ?value WHERE {{
  {{ SELECT DISTINCT ?node WHERE {{
      VALUES ?class {{ {classes} }}
      ?place a <https://w3id.org/samverkansgraf/ns#Passage> .
      GRAPH ?place {{ ?node a ?class }}
  }} }}
  ?passage a <https://w3id.org/samverkansgraf/ns#Passage> .
  GRAPH ?passage {{ ?node ?key ?value }}
}}
"""
_UNSAID = frozenset({"rejected", "denied"})
ORDER = ("stated", "inferred", "intended", "proposed", "permitted", "tentative", "ambiguous")


@dataclass(frozen=True, order=True, slots=True)
class Statement:
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
        found = sorted((one.passage, one.value) for key in keys for one in self.facts.get(key, ()))
        return list(dict.fromkeys(value for _, value in found))

    def first(self, key: str) -> str:
        """The first value of *key*, or nothing."""
        return next(iter(self.values(key)), "")

    def passages(self, *keys: str) -> tuple[Passage, ...]:
        """Passages of the statements of *keys* (of all without keys), in reading order."""
        chosen = keys or tuple(self.facts)
        return tuple(sorted({one.passage for key in chosen for one in self.facts.get(key, ())}))

    @property
    def modality(self) -> str:
        """The surest modality in which anything is said of the thing."""
        return min((passage.modality for passage in self.passages()), key=ORDER.index, default="stated")


def read_nodes(knowledge: Knowledge, *classes: str, collection: str | None = None) -> list[Node]:
    """Things that a passage types as exactly one of *classes*, with their statements; rejected and denied left out.

    Only passages of *collection* when it is given. In the order of documents and of reading.
    """
    found: dict[str, Node] = {}
    listed = " ".join(f"<{one}>" for one in classes)
    for row in knowledge.store.select(_NODES.format(classes=listed)):
        for passage in knowledge.passages([row["passage"].value], collection):
            if passage.modality not in _UNSAID:
                node = found.setdefault(row["node"].value, Node(row["node"].value))
                key = row["key"].value.rpartition("#")[2].rpartition("/")[2]
                node.facts.setdefault(key, []).append(Statement(row["value"].value, passage))
    return sorted(found.values(), key=lambda node: (node.passages()[0], node.iri))


def named(knowledge: Knowledge, iris: list[str], texts: Texts) -> str:
    """Labels of *iris* in Swedish order, joined by commas."""
    return ", ".join(sorted((knowledge.things.label(iri, texts.lang) for iri in iris), key=swedish))


_SUBJECTS = ("member", "from", "fromEach", "fromOneOf", "decidedBy", "payer", "holder")
_OBJECTS = ("organization", "to", "toEach", "toOneOf", "payee", "partOf", "forum")


def spelled(node: Node, knowledge: Knowledge, texts: Texts) -> str:
    """Label of *node*; one without a name is spelled out: ``medlemskap: Vännäs, Umeåregionen``."""
    if node.iri in knowledge.things.namings:
        return knowledge.things.label(node.iri, texts.lang)
    known = knowledge.things.namings
    sides = [
        named(knowledge, [one for one in node.values(*keys) if one in known], texts) for keys in (_SUBJECTS, _OBJECTS)
    ]
    shares = [texts.percent(round(float(share) * 10000), 10000) for share in node.values("share")]
    words = "; ".join([*node.values("printed", "matter"), *shares][:1])
    if node.values("verb"):
        doing = " ".join(filter(None, (sides[0], named(knowledge, node.values("verb"), texts), sides[1])))
        return f"{doing} ({words})" if words else doing
    kinds = named(knowledge, sorted(node.values("type"))[:1], texts)
    return f"{kinds}: {', '.join(filter(None, (*sides, words)))}" if any((*sides, words)) else kinds
