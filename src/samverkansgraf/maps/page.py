"""The map as one page that asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from ..collation import swedish
from ..errors import OutputError
from ..knowledge import Knowledge
from ..texts import Texts
from . import style
from .content import Content, Edge
from .panel import Panel, Sources
from .picture import picture

if TYPE_CHECKING:
    from jinja2 import Template

_PACKAGED = "lib/vis-9.1.2/vis-network"
_NOTICE = "/*! The style sheet of vis-network 9.1.2, (c) Almende B.V. and visjs contributors, Apache-2.0 or MIT */\n"
_SPOKEN = (
    "close", "evidence", "derived", "all_evidence", "less_evidence", "more", "hits", "no_hits", "opened", "closed", "names",
    "relation", "each_source", "each_target", "one_of", "register", "show", "words", "from", "to", "modality",
)  # fmt: skip
"""Words that the script puts together: keys under ``map``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One button of the legend."""

    key: str
    name: str
    count: int
    look: style.Look | None = None
    dashes: str = ""


def draw(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> str:
    """The map of the graph, or of the collection with IRI *collection*, as one HTML page.

    Nothing in it is fetched: scripts and styles are inlined and allowed by their hashes only. The same graph gives the
    same page, byte for byte.
    """
    content, sources = Content(knowledge, texts, collection), Sources(knowledge, texts)
    data = _data(content, sources)
    script, css, vis = _asset("karta.js"), _visible_css() + _asset("karta.css"), _vis("min.js")
    title = texts("map.title") + (texts("common.in_collection", name=knowledge.things.label(collection, texts.lang)) if collection else "")
    return _template().render(
        t=texts, lang=texts.lang, title=title, summary=_summary(content, sources), legend=_legend(content), vis=vis, script=script,
        css=css, data=json_in_html(data), policy=_policy([vis, script], css), rows=_rows(content), nodes=_listed(content),
        documents=sources.documents(),
    )  # fmt: skip


def _data(content: Content, sources: Sources) -> dict[str, object]:
    network, panel, texts = picture(content), Panel(content, sources), content.texts
    things = content.knowledge.things
    about = {
        things.short(thing): {
            "name": things.long(thing, texts.lang), "kind": _kind(content, thing),
            "names": _names(content, thing), "in": [things.short(one) for one in content.collections(thing)], "facts": panel.sections(thing),
        }
        for thing in content.nodes
    }  # fmt: skip
    lines = [_line(edge, content, sources) for edge in content.edges]
    passages = sources.passages()
    return {
        "nodes": network.nodes, "edges": network.edges, "options": network.options, "things": about, "lines": lines,
        "homes": {things.short(one): things.label(one, texts.lang) for one in sorted({c for t in content.nodes for c in content.collections(t)})},
        "passages": passages, "documents": sources.documents(),
        "modalities": {one: texts(f"modality.{one}") for one in (*style.DASHES, "rejected", "denied")},
        "words": {key: texts(f"map.{key}") for key in _SPOKEN},
    }  # fmt: skip


def _kind(content: Content, thing: str) -> str:
    kind = content.kind(thing)
    return content.knowledge.things.label(kind, content.texts.lang) if kind else content.texts("map.untyped")


def _names(content: Content, thing: str) -> list[str]:
    """Every name besides the one that the panel is headed with."""
    naming = content.knowledge.things.namings.get(thing)
    heading = content.knowledge.things.label(thing, content.texts.lang)
    return [name for name in dict.fromkeys(naming.all() if naming else []) if name != heading]


def _line(edge: Edge, content: Content, sources: Sources) -> dict[str, object]:
    line: dict[str, object] = {"verb": content.verb(edge), "e": sources.numbers(edge.passages)}
    if edge.words:
        line["words"] = edge.words
    if edge.derived:
        line["d"] = 1
    if edge.registers:
        line["r"] = [content.knowledge.things.label(one, content.texts.lang) for one in edge.registers]
    return line | {key: sorted(value) for key, value in (("each", edge.each), ("oneOf", edge.one_of)) if value}


def _summary(content: Content, sources: Sources) -> str:
    texts, passages = content.texts, sources.passages()
    counts = {"nodes": len(content.nodes), "relations": texts.count("relation", len(content.edges))}
    return texts("map.summary", **counts, passages=texts.count("passage", len(passages)), documents=len(sources.documents()))


def _legend(content: Content) -> list[tuple[str, str, list[Entry]]]:
    """Key, title and buttons of each part of the legend, with how many nodes or lines each stands for."""
    things, lang, texts = content.knowledge.things, content.texts.lang, content.texts
    kinds = Counter(content.kind(thing) for thing in content.nodes)
    shown = {content.kind(thing): style.look(content.classes(thing)) for thing in reversed(content.nodes)}
    names = {content.kind(thing): _kind(content, thing) for thing in content.nodes}
    order = sorted(kinds, key=lambda kind: (_rank(shown[kind]), swedish(names[kind])))
    verbs, verb_names = Counter(edge.verb for edge in content.edges), {edge.verb: content.verb(edge) for edge in content.edges}
    modalities = Counter(edge.modality for edge in content.edges)
    places = Counter(one for thing in content.nodes for one in content.collections(thing))
    parts = {
        "kind": [Entry(things.short(kind), names[kind], kinds[kind], shown[kind]) for kind in order],
        "modality": [Entry(one, texts(f"modality.{one}"), modalities[one], dashes=_dashes(one)) for one in style.DASHES if modalities[one]],
        "verb": [Entry(things.short(verb), verb_names[verb], verbs[verb]) for verb in sorted(verbs, key=lambda v: (-verbs[v], v))],
        "collection": [Entry(things.short(one), things.label(one, lang), places[one]) for one in sorted(places)],
    }  # fmt: skip
    return [(key, texts(f"map.by_{key}"), entries) for key, entries in parts.items() if entries and (key != "collection" or len(entries) > 1)]


def _rank(look: style.Look) -> int:
    looks = [*style.LOOKS.values(), style.OTHER]
    return looks.index(look)


def _dashes(modality: str) -> str:
    dashes = style.DASHES[modality]
    return " ".join(str(part / 2) for part in dashes) if isinstance(dashes, list) else ""


def _listed(content: Content) -> list[tuple[str, str, str]]:
    """Short IRI, long name and kind of every node."""
    things = content.knowledge.things
    return [(things.short(one), things.long(one, content.texts.lang), _kind(content, one)) for one in content.nodes]


def _rows(content: Content) -> list[dict[str, object]]:
    """The lines as a table: ends, verb, words, modality, and evidence as text."""
    things, texts = content.knowledge.things, content.texts
    rows = []
    for edge in content.edges:
        source, target = (things.long(end, texts.lang) for end in (edge.source, edge.target))
        source = texts("common.each", name=source) if "source" in edge.each else source
        target = texts("common.each", name=target) if "target" in edge.each else target
        words = [edge.words, texts("map.one_of") if edge.one_of else "", texts("common.derived") if edge.derived else ""]
        evidence = [(things.label(p.document, texts.lang), p.section, p.anchor) for p in edge.passages]
        registers = [texts("common.register", name=things.label(one, texts.lang)) for one in edge.registers]
        rows.append({
            "from": source, "verb": content.verb(edge), "to": target, "words": "; ".join(filter(None, words)),
            "modality": texts(f"modality.{edge.modality}"), "evidence": evidence, "registers": registers,
        })  # fmt: skip
    return rows


def json_in_html(data: object) -> str:
    """*data* as JSON that can stand in a script element: nothing in it can end the element or begin a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _policy(scripts: Iterable[str], css: str) -> str:
    """Content security policy that allows exactly these scripts and this style sheet."""
    allowed = " ".join(_hash(script) for script in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(css)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("samverkansgraf", "maps")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).get_template("karta.html.jinja")


@cache
def _asset(name: str) -> str:
    return _inlined(resources.files(__package__).joinpath(name).read_text("utf-8"), name)


@cache
def _vis(ending: str) -> str:
    """vis-network as pyvis packages it, licence notice first, without the reference to its source map."""
    name = f"{_PACKAGED}.{ending}"
    text = resources.files("pyvis").joinpath(name).read_text("utf-8")
    return _inlined(re.sub(r"\n?//# sourceMappingURL=\S*\s*\Z", "\n", text), name)


@cache
def _visible_css() -> str:
    """vis-network's style sheet without the rules for its pictured buttons, which the map does not have."""
    return _NOTICE + re.sub(r"[^{}]+\{[^{}]*url\([^{}]*\}", "", _vis("css")) + "\n"


def _inlined(text: str, name: str) -> str:
    """*text*, which must not be able to end the element that it is written in."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise OutputError(f"{name} cannot be written into a page: it holds an end tag of its own.")
    return text


__all__ = ["draw"]
