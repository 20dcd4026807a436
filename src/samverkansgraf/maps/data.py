"""What the page holds as data for its script, and as a table for everyone."""

from __future__ import annotations

import json

from . import style
from .content import Content, Edge
from .legend import kind_name
from .panel import Panel, Sources
from .picture import picture

_SPOKEN = (
    "close", "evidence", "derived", "all_evidence", "less_evidence", "more", "hits", "no_hits", "opened", "closed",
    "names", "relation", "each_source", "each_target", "one_of", "register", "words", "from", "to", "modality",
)  # fmt: skip
"""Words that the script puts together: keys under ``map``."""


def page_data(content: Content, sources: Sources) -> dict[str, object]:
    """Nodes, edges and options as pyvis made them, the facts of each thing, and what each line says."""
    network, panel, texts = picture(content), Panel(content, sources), content.texts
    things = content.knowledge.things
    found: dict[str, object] = {"nodes": network.nodes, "edges": network.edges, "options": network.options}
    found["things"] = {things.short(thing): _about(thing, content, panel) for thing in content.nodes}
    found["lines"] = [_line(edge, content, sources) for edge in content.edges]
    homes = sorted({one for thing in content.nodes for one in content.collections(thing)})
    found["homes"] = {things.short(one): things.label(one, texts.lang) for one in homes}
    found["passages"], found["documents"] = sources.passages(), sources.documents()
    found["modalities"] = {one: texts(f"modality.{one}") for one in (*style.DASHES, "rejected", "denied")}
    found["words"] = {key: texts(f"map.{key}") for key in _SPOKEN}
    return found


def _about(thing: str, content: Content, panel: Panel) -> dict[str, object]:
    """Names, kind, collections and facts of *thing*; ``names`` are those that do not head the panel."""
    things, lang = content.knowledge.things, content.texts.lang
    naming = things.namings.get(thing)
    names = [name for name in dict.fromkeys(naming.all() if naming else []) if name != things.label(thing, lang)]
    return {
        "name": things.long(thing, lang),
        "kind": kind_name(content, content.kind(thing)),
        "names": names,
        "in": [things.short(one) for one in content.collections(thing)],
        "facts": panel.sections(thing),
    }


def _line(edge: Edge, content: Content, sources: Sources) -> dict[str, object]:
    registers = [content.knowledge.things.label(one, content.texts.lang) for one in edge.registers]
    line = {
        "verb": content.verb(edge),
        "e": sources.numbers(edge.passages),
        "words": edge.words,
        "d": int(edge.derived),
    }
    line |= {"r": registers, "each": sorted(edge.each), "oneOf": sorted(edge.one_of)}
    return {key: value for key, value in line.items() if value}


def listed(content: Content) -> list[dict[str, str]]:
    """Short IRI, long name and kind of every node."""
    things, lang = content.knowledge.things, content.texts.lang
    return [
        {"id": things.short(one), "name": things.long(one, lang), "kind": kind_name(content, content.kind(one))}
        for one in content.nodes
    ]


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
    """How much the map holds, in a sentence; call after `page_data`."""
    texts, passages, documents = content.texts, len(sources.passages()), len(sources.documents())
    relations, places = texts.count("relation", len(content.edges)), texts.count("passage", passages)
    nodes = len(content.nodes)
    return texts("map.summary", nodes=nodes, relations=relations, passages=places, documents=documents)


def json_in_html(data: object) -> str:
    """*data* as JSON that can stand in a script element: nothing in it can end the element or begin a comment.

    >>> json_in_html({"name": "</script>"})
    '{"name":"\\\\u003c/script>"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


__all__ = ["json_in_html", "listed", "page_data", "rows", "summary"]
