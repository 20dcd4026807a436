"""Inline SVG: elements whose text and attributes are escaped, the style sheet of the pictures, a picture by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources

from .plain import plain_css, plain_markup

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Attribute = str | int | float | None
Link = Callable[[str], str | None]
"""Gives the address of a thing's page, or None."""


def nowhere(_: str) -> None:
    """A link to nothing."""


def text(words: object) -> str:
    """*words* as text of an element or value of an attribute; what XML cannot hold becomes a replacement character.

    >>> text('<b> & "c"')
    '&lt;b&gt; &amp; &quot;c&quot;'
    """
    return escape(_NOT_XML.sub("\ufffd", str(words)))


def element(name: str, /, *children: str, **attributes: Attribute) -> str:
    """An element; *children* are markup. A name that is a Python word ends in ``_``, other ``_`` stand for ``-``.

    >>> element("text", text("a < b"), x=1.50, class_="name", data_iri=None)
    '<text x="1.5" class="name">a &lt; b</text>'
    """
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None}
    listed = "".join(f' {key}="{_value(value)}"' for key, value in given.items())
    return f"<{name}{listed}>{''.join(children)}</{name}>" if children else f"<{name}{listed}/>"


def _value(value: Attribute) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else text(value)


def linked(href: str | None, *children: str, label: str) -> str:
    """*children* as a link that says *label*; as a group where there is nothing to link to.

    A link that shows words of its own says it as a title: split into lines, its words are not those of the label.
    """
    if href is None:
        return element("g", *children)
    if not any("<text" in child for child in children):
        return element("a", *children, href=href, aria_label=label)
    titled = children[0].startswith("<title>")
    return element("a", *(() if titled else (element("title", text(label)),)), *children, href=href)


def cut(lines: list[str], most: int) -> list[str]:
    """The first *most* lines, with an ellipsis where there are more."""
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + " …"]


def drawing(
    width: float, height: float, *children: str, title: str, desc: str, kind: str, is_linked: bool = False
) -> str:
    """A whole picture of a *kind* (a class of the style sheet).

    It is an image to a screen reader, but a group where it holds links: what is inside an image cannot be reached.
    """
    about = (element("title", text(title)), element("desc", text(desc)))
    return element(
        "svg", *about, *children, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_value(width)} {_value(height)}",
        class_=f"picture {kind}", role="group" if is_linked else "img", aria_label=title,
    )  # fmt: skip


@cache
def stylesheet() -> str:
    """Style of every picture, light and dark; a page that shows pictures inlines it once."""
    return resources.files(__name__.rpartition(".")[0]).joinpath("pictures.css").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML for a page that has `stylesheet`; a notebook shows it with its style."""

    markup: str

    def __str__(self) -> str:
        return self.markup

    def _repr_html_(self) -> str:
        return f"<style>{stylesheet()}</style>{self.markup}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG markup for a page that has `stylesheet`; a notebook shows it with its style."""

    markup: str

    def __str__(self) -> str:
        return self.markup

    def alone(self) -> str:
        """The picture as a file, in light colours on a ground, drawn alike by browsers and by word processors."""
        ground = element("rect", width="100%", height="100%", class_="ground")
        kind = self.markup.partition('class="picture ')[2].partition('"')[0]
        return _styled(plain_markup(self.markup), plain_css(stylesheet(), kind), ground)

    def _repr_svg_(self) -> str:
        return _styled(self.markup, stylesheet())


def _styled(markup: str, css: str, ground: str = "") -> str:
    head, _, rest = markup.partition(">")
    return f"{head}><style>{text(css)}</style>{ground}{rest}"


__all__ = [
    "Attribute",
    "Link",
    "Markup",
    "Picture",
    "cut",
    "drawing",
    "element",
    "linked",
    "nowhere",
    "stylesheet",
    "text",
]
