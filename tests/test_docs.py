"""The pages in docs/ that are made say what their sources say."""

from __future__ import annotations

import rdflib

from workbench import ROOT, script


def test_glossary_is_what_the_vocabulary_says() -> None:
    """docs/ordlista.md is what the script writes now, and has every term of the project."""
    maker = script("make_glossary")
    vocabulary = rdflib.Graph().parse(ROOT / "ontology" / "samverkansgraf.ttl")
    page = maker.PAGE.read_text("utf-8")
    assert page == maker.page(vocabulary), "docs/ordlista.md is stale; run `make docs`"
    own = {str(one).removeprefix(maker.SG) for one in vocabulary.subjects() if str(one).startswith(maker.SG)}
    assert all(f"`sg:{name}`" in page for name in own)
