"""The handbook: Markdown of docs/ as pages of the site."""

from __future__ import annotations

import re

from samverkansgraf.api import Graph
from samverkansgraf.pages import handbook
from samverkansgraf.pages.edition import Edition
from samverkansgraf.texts import texts
from workbench import ROOT


def test_every_page_of_docs_is_a_page_and_is_listed(graph: Graph) -> None:
    """The list leads to each file of docs/, under its own heading."""
    pages = {
        path: make().body.decode() for path, make in handbook.handbook_pages(Edition(graph.knowledge, texts("sv")))
    }
    files = sorted((ROOT / "docs").glob("*.md"))
    assert {handbook.address(path) for path in files} == pages.keys() - {"handbok/index.html"}
    for path in files:
        title = handbook.heading(path.read_text("utf-8"))
        assert title
        assert f">{title}</h1>" in pages[handbook.address(path)]
        assert f'href="../{handbook.address(path)}" lang="sv">{title}</a>' in pages["handbok/index.html"]


def test_fragments_differ_and_links_stay_inside() -> None:
    """Headings that read alike get fragments of their own; links into the repository become text; HTML stays text."""
    text = "# Ett\n\n## Två\n\n## Två\n\n[a](ordlista.md#saker) [b](../README.md) [c](https://example.org) <b>x</b>\n"
    reader = handbook._markdown()
    tokens = reader.parse(text)
    assert handbook._numbered(tokens) == [("två", "Två"), ("två-2", "Två")]
    handbook._linked(tokens, {"ordlista.md"})
    page = reader.renderer.render(tokens, reader.options, {})
    assert re.findall(r'<a href="([^"]+)">', page) == ["ordlista.html#saker", "https://example.org"]
    assert "&lt;b&gt;x&lt;/b&gt;" in page
