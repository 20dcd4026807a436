"""The handbook: pages written by hand or by scripts in docs/, as pages of the site."""

from __future__ import annotations

import re
from functools import cache, partial
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ..workspace import package_root
from .edition import Crumb, Edition, Made, Pages

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FOLDER = "handbok"
_ORDER = (
    "kom-igang",
    "kommandon",
    "bibliotek",
    "installningar",
    "servern",
    "motorer",
    "ordlista",
    "fragor",
    "beroenden",
)
"""Pages in the order a person meets them; others follow by name."""
_MOST_LISTED = 60
_NOT_SLUG = re.compile(r"[^\w.-]+")


def handbook_pages(edition: Edition) -> Pages:
    """The list of pages, and each page of the package's ``docs``."""
    files = documents()
    if files:
        yield f"{FOLDER}/index.html", partial(_index, edition, files)
    for path in files:
        yield address(path), partial(_page, edition, path)


def documents() -> list[Path]:
    """Markdown files of the handbook, in the order a person meets them."""
    places = {name: place for place, name in enumerate(_ORDER)}
    return sorted(
        (package_root() / "docs").glob("*.md"), key=lambda path: (places.get(path.stem, len(places)), path.stem)
    )


def address(path: Path) -> str:
    """Path of the page that the file *path* becomes."""
    return f"{FOLDER}/{path.stem}.html"


def heading(text: str) -> str:
    """The first heading of Markdown *text*."""
    return next((line.removeprefix("# ").strip() for line in text.splitlines() if line.startswith("# ")), "")


def slug(text: str) -> str:
    """Fragment of a heading.

    >>> slug("Vad som finns: `sg:`")
    'vad-som-finns-sg'
    """
    return _NOT_SLUG.sub("-", text.casefold()).strip("-.")


def _index(e: Edition, files: list[Path]) -> Made:
    listed = []
    for path in files:
        text = path.read_text("utf-8")
        after = text.partition("\n\n")[2].partition("\n\n")[0]
        listed.append({"title": heading(text), "path": address(path), "about": _markdown().renderInline(after)})
    return e.page(f"{FOLDER}/index.html", "handbook_index", title=e.texts("handbook.title"), listed=listed)


def _page(e: Edition, path: Path) -> Made:
    text = path.read_text("utf-8")
    tokens = _markdown().parse(text)
    sections = _numbered(tokens)
    _linked(tokens, {file.name for file in documents()})
    below = tokens[3:] if tokens[0].tag == "h1" else tokens  # the page prints its own first heading
    body = _markdown().renderer.render(below, _markdown().options, {})
    return e.page(
        address(path), "handbook_page", title=heading(text),
        crumbs=[Crumb(e.texts("handbook.title"), f"{FOLDER}/index.html")],
        body=body, sections=sections if len(sections) <= _MOST_LISTED else [],
    )  # fmt: skip


@cache
def _markdown() -> MarkdownIt:
    """CommonMark with tables; raw HTML in a page is shown as text."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    for name, rule in (("table_open", _table), ("table_close", _end_of_table), ("fence", _code)):
        reader.add_render_rule(name, rule)
    return reader


def _table(_: object, tokens: list[Token], place: int, *__: object) -> str:
    """A wide table scrolls in a region of its own, named by the heading above it."""
    headings = [inner.content for token, inner in pairwise(tokens[:place]) if token.type == "heading_open"]
    earlier = sum(token.type == "table_open" for token in tokens[:place])
    label = escape(f"{headings[-1] if headings else ''} ({earlier + 1})".strip())
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">\n<table>\n'


def _end_of_table(*_: object) -> str:
    return "</table>\n</div>\n"


def _code(_: object, tokens: list[Token], place: int, *__: object) -> str:
    return f'<pre tabindex="0"><code>{escape(tokens[place].content)}</code></pre>\n'


def _numbered(tokens: list[Token]) -> list[tuple[str, str]]:
    """Give every heading a fragment of its own; (fragment, text) of those of the second level."""
    taken: dict[str, int] = {}
    sections = []
    for token, inner in pairwise(tokens):
        if token.type == "heading_open":
            name = slug(inner.content)
            taken[name] = taken.get(name, 0) + 1
            fragment = name if taken[name] == 1 else f"{name}-{taken[name]}"
            token.attrSet("id", fragment)
            if token.tag == "h2":
                sections.append((fragment, inner.content.replace("`", "")))
    return sections


def _linked(tokens: list[Token], names: set[str]) -> None:
    """Links between pages of the handbook lead to pages of the site; those to other files become plain text."""
    for token in (child for one in tokens for child in one.children or ()):
        target = str(token.attrGet("href") or "")
        file, mark, fragment = target.partition("#")
        if token.type == "link_open" and file in names:
            token.attrSet("href", f"{file.removesuffix('.md')}.html{mark}{fragment}")
        elif token.type == "link_open" and file and "://" not in file:
            token.attrs.pop("href")


__all__ = ["documents", "handbook_pages"]
