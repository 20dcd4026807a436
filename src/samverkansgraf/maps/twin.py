"""The map as text: its lines as rows of a table, and how much it holds."""

from __future__ import annotations

from .content import Content, Edge
from .panel import Sources


def rows(content: Content) -> list[dict[str, object]]:
    """The lines as rows of a table: ends, verb, words, modality, and evidence as pieces of text."""
    return [_row(edge, content) for edge in content.edges]


def _row(edge: Edge, content: Content) -> dict[str, object]:
    things, texts = content.knowledge.things, content.texts
    ends = {"source": things.long(edge.source, texts.lang), "target": things.long(edge.target, texts.lang)}
    for side in edge.each:
        ends[side] = texts("common.each", name=ends[side])
    remarks = (texts("map.one_of") if edge.one_of else "", texts("common.derived") if edge.derived else "")
    return {
        **ends,
        "verb": content.verb(edge),
        "words": "; ".join(filter(None, (edge.words, *remarks))),
        "modality": texts(f"modality.{edge.modality}"),
        "evidence": [(things.label(p.document, texts.lang), p.section, p.anchor) for p in edge.passages],
        "registers": [texts("common.register", name=things.label(one, texts.lang)) for one in edge.registers],
    }


def summary(content: Content, sources: Sources) -> str:
    """How much the map holds, in a sentence; call when the page's data is made."""
    texts, passages, documents = content.texts, len(sources.passages()), len(sources.documents())
    relations, places = texts.count("relation", len(content.edges)), texts.count("passage", passages)
    nodes = len(content.nodes)
    return texts("map.summary", nodes=nodes, relations=relations, passages=places, documents=documents)


__all__ = ["rows", "summary"]
