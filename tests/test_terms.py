"""Namespaces and minted IRIs."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.terms import (
    DOC,
    LOCAL_NAME,
    SG,
    Namespace,
    derived_graph,
    document_iri,
    import_graph,
    passage_iri,
    reference_graph,
)

parts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


def test_misspelt_term_raises() -> None:
    """A typo raises instead of minting a property."""
    with pytest.raises(AttributeError, match="'harMedlm' is not a declared term"):
        _ = SG.harMedlm


def test_namespace_joins_base_and_name() -> None:
    """Attributes of a namespace are full IRIs."""
    assert Namespace("http://a/", "b c").b == "http://a/b"


@given(parts, parts, parts, parts)
def test_passage_iri_is_made_of_what_identifies_it(section: str, anchor: str, after: str, modality: str) -> None:
    """The IRI is the document's, a dot and eight digits of SHA-256 over the four parts joined by U+001F."""
    digest = hashlib.sha256("\x1f".join([section, anchor, after, modality]).encode()).hexdigest()
    assert passage_iri(DOC + "x", section, anchor, after, modality) == f"{DOC}x.{digest[:8]}"


@given(st.lists(parts, min_size=4, max_size=4), st.lists(parts, min_size=4, max_size=4))
def test_passages_that_differ_have_different_iris(one: list[str], other: list[str]) -> None:
    """Moving text from one part to the next changes the IRI; the same parts give the same IRI."""
    iris = [passage_iri(DOC + "x", *parts) for parts in (one, other)]
    assert (iris[0] == iris[1]) == (one == other)


@given(st.text(min_size=1, max_size=12))
def test_local_name_is_ascii_and_does_not_end_in_a_dot(text: str) -> None:
    """What may follow a prefix is ASCII letters, digits, - and ., with a letter or digit first and no dot last."""
    letters = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    allowed = set(text) <= letters | set("-.") and text[0] in letters and text[-1] != "."
    assert bool(LOCAL_NAME.match(text)) == allowed


def test_graphs_have_a_place_for_each_reason() -> None:
    """Documents, registers, rules and imports have graphs of their own kind."""
    made = {document_iri("a"), reference_graph("a"), derived_graph("a"), import_graph("a")}
    assert {iri.removeprefix("https://w3id.org/samverkansgraf/") for iri in made} == {
        "doc/a", "graph/reference/a", "graph/derived/a", "graph/imported/a"
    }  # fmt: skip
