"""The frame of every page: one template, one style sheet, one policy; nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from ..maps.page import inlined, policy

if TYPE_CHECKING:
    from jinja2 import Environment, Template


@cache
def environment() -> Environment:
    """Templates of this folder: everything is escaped, and a name that is not given is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    rules = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    return Environment(loader=PackageLoader("samverkansgraf", "pages"), **rules)  # type: ignore[arg-type]  # noqa: S701


@cache
def template(name: str) -> Template:
    """The template *name* of this folder."""
    return environment().get_template(f"{name}.html.jinja")


@cache
def asset(name: str) -> str:
    """A style sheet or script of this folder, checked so that it cannot end the element it is written in.

    A comment's start in a text of a script is written with an escape: there it means the same, and to HTML nothing.
    """
    text = resources.files(__package__).joinpath(name).read_text("utf-8")
    return inlined(text.replace("<!--", "\\x3c!--") if name.endswith(".js") else text, name)


def frame(styles: Sequence[str] = (), scripts: Sequence[str] = (), *, talks: bool = False) -> dict[str, object]:
    """What the shell needs of *styles* (added to the common sheet) and *scripts*: text, and the policy for both.

    A page that *talks* may send forms and questions to the server that it came from.

    >>> frame()["policy"].startswith("default-src 'none'; script-src 'none'; style-src 'sha256-")
    True
    """
    css = "".join((asset("site.css"), *styles))
    allowed = policy(scripts, css, draws=any("data:image" in text for text in (css, *scripts)))
    allowed = allowed.replace("form-action 'none'", "form-action 'self'; connect-src 'self'") if talks else allowed
    return {"css": css, "scripts": list(scripts), "policy": allowed}
