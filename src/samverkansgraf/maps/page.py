"""The map as one page that asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from ..errors import OutputError, QueryError
from ..knowledge import Knowledge
from ..population import Population
from ..texts import Texts
from .content import Content
from .country import parts
from .data import PageData
from .legend import legend
from .panel import Sources
from .svg import stylesheet
from .twin import rows, summary
from .views import LARGE, drawn, sketches

if TYPE_CHECKING:
    from jinja2 import Template

SCRIPTS = (
    "start", "shapes", "pens", "places", "scene", "names", "stage", "geography", "panel", "list", "legend", "tables",
    "views", "keys", "saving", "main",
)  # fmt: skip
"""Parts of the script, in the order in which they are joined."""
_END = re.compile(r"</(script|style)|<!--", re.IGNORECASE)


def draw(
    knowledge: Knowledge,
    texts: Texts,
    *,
    collection: str | None = None,
    around: str | None = None,
    hops: int = 2,
    quotes: Mapping[str, str] | None = None,
    things_at: str | None = None,
    population: Population | None = None,
) -> str:
    """The map as one HTML page: all or one collection, all or what lies at most *hops* lines from *around* (IRIs both).

    *quotes* is the full wording of passages by IRI; *things_at* is where the pages of things are, seen from the map;
    with *population* seats are shown per head too.
    Nothing in the page is fetched: scripts and styles are inlined and allowed by their hashes only. The same graph
    gives the same page, byte for byte. `QueryError` when the thing to draw the surroundings of is not on the map.
    """
    content = Content(knowledge, texts, collection, around=around, hops=hops)
    if around is not None and around not in content.nodes:
        name = knowledge.things.label(around, texts.lang)
        raise QueryError(texts("map.not_drawn", name=name))
    sources = Sources(knowledge, texts, quotes)
    whole, plates = drawn(content, sources)
    land = parts(whole, population, things_at) if around is None else []
    views = sketches(whole, land, start=around)
    page = PageData(whole, views, plates, land, things_at)
    found = page.found(around, min(hops, 3) if around else 1)
    script, css, large = _script(), _asset("karta.css"), len(content.nodes) > LARGE
    return _template().render(
        t=texts, lang=texts.lang, title=_title(knowledge, texts, collection, around), summary=summary(content, sources),
        policy=policy([script], css, stylesheet(), draws=True), css=css, pictures=stylesheet(), land=land,
        script=script, data=json_in_html(found), views=views, large=large,
        legend=legend(content, [mark for view in views for mark in view.marks]), documents=sources.documents(),
        rows=rows(content), steps=page.steps, homes=page.homes,
        areas=[(knowledge.things.short(area), whole.label(area)) for area in page.areas],
        home="" if things_at is None else f"{things_at.removesuffix('id/')}index.html",
        twins={view.key: view.twin for view in views if view.twin},
        errors=knowledge.workspace.report_errors(around or "map.html", texts("site.error_subject")),
    )  # fmt: skip


def _title(knowledge: Knowledge, texts: Texts, collection: str | None, around: str | None) -> str:
    label = knowledge.things.label
    place = texts("common.in_collection", name=label(collection, texts.lang)) if collection else ""
    return texts("map.title") + place + (texts("map.title_around", name=label(around, texts.lang)) if around else "")


@cache
def _script() -> str:
    """The parts of the script, joined in a scope of their own."""
    parts = "".join(_asset(f"script/{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def json_in_html(data: object) -> str:
    """*data* as JSON that can stand in a script element: nothing in it can end the element or begin a comment.

    >>> json_in_html({"name": "</script>"})
    '{"name":"\\\\u003c/script>"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def policy(scripts: Iterable[str], *styles: str, draws: bool = False) -> str:
    """Content security policy that allows these scripts and style sheets, and no request.

    A page that *draws* may show pictures that it makes itself or holds in its style sheets.
    """
    script, style = (" ".join(map(_hash, allowed)) or "'none'" for allowed in (scripts, styles))
    own = f"script-src {script}; style-src {style}{'; img-src data:' if draws else ''}"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


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


def inlined(text: str, name: str) -> str:
    """*text* with line ends as a browser reads them; `OutputError` when it could end the element it is written in."""
    if _END.search(text):
        raise OutputError(f"{name} cannot be written into a page: it holds an end tag of its own.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


__all__ = ["SCRIPTS", "draw", "inlined", "json_in_html", "policy"]
