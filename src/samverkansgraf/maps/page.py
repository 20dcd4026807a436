"""The map as one page that asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from ..errors import OutputError
from ..knowledge import Knowledge
from ..texts import Texts
from .content import Content
from .data import json_in_html, listed, page_data, rows, summary
from .legend import legend
from .panel import Sources

if TYPE_CHECKING:
    from jinja2 import Template

_PACKAGED = "lib/vis-9.1.2/vis-network"
_NOTICE = "/*! Style sheet of vis-network 9.1.2, (c) Almende B.V. and visjs contributors, Apache-2.0 or MIT */\n"
_END = re.compile(r"</(script|style)|<!--", re.IGNORECASE)
_SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=\S*\s*\Z")
_PICTURED = re.compile(r"[^{}]+\{[^{}]*url\([^{}]*\}")


def draw(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> str:
    """The map of the graph, or of the collection with IRI *collection*, as one HTML page.

    Nothing in it is fetched: scripts and styles are inlined and allowed by their hashes only. The same graph gives the
    same page, byte for byte.
    """
    content, sources = Content(knowledge, texts, collection), Sources(knowledge, texts)
    data = json_in_html(page_data(content, sources))
    vis, script = _vis("min.js"), _asset("karta.js")
    css = _NOTICE + _PICTURED.sub("", _vis("css")) + "\n" + _asset("karta.css")
    return _template().render(
        t=texts, lang=texts.lang, title=_title(knowledge, texts, collection), summary=summary(content, sources),
        policy=policy([vis, script], css), css=css, vis=vis, script=script, data=data,
        legend=legend(content), nodes=listed(content), rows=rows(content), documents=sources.documents(),
    )  # fmt: skip


def _title(knowledge: Knowledge, texts: Texts, collection: str | None) -> str:
    name = knowledge.things.label(collection, texts.lang) if collection else ""
    return texts("map.title") + (texts("common.in_collection", name=name) if name else "")


def policy(scripts: Iterable[str], css: str) -> str:
    """Content security policy that allows exactly these scripts and this style sheet, and no request."""
    allowed = " ".join(map(_hash, scripts))
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(css)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    rules = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    environment = Environment(loader=PackageLoader("samverkansgraf", "maps"), **rules)  # type: ignore[arg-type]  # noqa: S701
    return environment.get_template("karta.html.jinja")


@cache
def _asset(name: str) -> str:
    return inlined(resources.files(__package__).joinpath(name).read_text("utf-8"), name)


@cache
def _vis(ending: str) -> str:
    """vis-network as pyvis packages it, licence notice first, without the reference to its source map."""
    name = f"{_PACKAGED}.{ending}"
    text = resources.files("pyvis").joinpath(name).read_text("utf-8")
    return inlined(_SOURCE_MAP.sub("\n", text), name)


def inlined(text: str, name: str) -> str:
    """*text* with line ends as a browser reads them; `OutputError` when it could end the element it is written in."""
    if _END.search(text):
        raise OutputError(f"{name} cannot be written into a page: it holds an end tag of its own.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


__all__ = ["draw", "inlined", "policy"]
