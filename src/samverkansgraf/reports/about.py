"""What passages say about a few things: their own statements, the nodes that point to them, what they do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import SG
from .nodes import Node, statements_of

_POINTING = f"""
SELECT DISTINCT ?node WHERE {{{{
  VALUES ?thing {{{{ {{nodes}} }}}}
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{{{ ?node ?key ?thing }}}}
}}}}
"""


@dataclass(frozen=True, order=True, slots=True)
class Act:
    """Someone does something with something: a plain statement or a flow."""

    verb: str
    holder: str
    target: str
    matter: str
    passage: Passage
    each: bool = False


def pointing(knowledge: Knowledge, things: Collection[str], collection: str | None = None) -> list[Node]:
    """Nodes of which a passage says something with one of *things* as value, in reading order."""
    rows = knowledge.store.select(_POINTING.format(nodes=_listed(things))) if things else ()
    nodes = statements_of(knowledge, {row["node"].value for row in rows}, collection)
    return sorted(nodes.values(), key=lambda node: (node.passages()[0], node.iri))


def _listed(things: Collection[str]) -> str:
    return " ".join(f"<{thing}>" for thing in sorted(things))


def acts(own: dict[str, Node], nodes: list[Node], verbs: dict[str, str]) -> list[Act]:
    """What the things of *own* do by *verbs* (local name → IRI): plainly, or as the sender of a flow among *nodes*."""
    plain = [
        Act(verbs[key], holder, one.value, "", one.passage)
        for holder, node in own.items()
        for key in verbs.keys() & node.facts.keys()
        for one in node.facts[key]
    ]
    return sorted({*plain, *(act for node in nodes for act in _flow(node, own, verbs))})


def _flow(node: Node, own: dict[str, Node], verbs: dict[str, str]) -> Iterator[Act]:
    by_iri = set(verbs.values())
    for verb in (one for one in node.values("verb") if one in by_iri):
        for key in ("from", "fromEach", "fromOneOf"):
            for sender in (one for one in node.facts.get(key, ()) if one.value in own):
                for target in node.values("to", "toEach", "toOneOf") or [""]:
                    yield Act(verb, sender.value, target, node.first("matter"), sender.passage, key == "fromEach")
