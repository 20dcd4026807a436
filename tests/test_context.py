"""The authoring vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.context import PROPERTY_NAMING_KEYS, Context
from samverkansgraf.errors import DataError
from samverkansgraf.terms import LOCAL_NAME, SG, XSD
from workbench import ROOT

CONTEXT = Context(ROOT / "ontology" / "context.jsonld")
local_names = st.from_regex(LOCAL_NAME, fullmatch=True)


@given(st.sampled_from(sorted(CONTEXT.prefixes)), local_names)
def test_shorten_undoes_expand(prefix: str, local: str) -> None:
    """A short IRI becomes a full one and the same short one again."""
    assert CONTEXT.shorten(CONTEXT.expand(f"{prefix}:{local}")) == f"{prefix}:{local}"


@given(st.sampled_from(sorted(CONTEXT.prefixes.values())), st.text("aå.-/ #x", max_size=8))
def test_expand_undoes_shorten(base: str, rest: str) -> None:
    """Whatever `shorten` gives, short or not, stands for the IRI that it was given."""
    short = CONTEXT.shorten(base + rest)
    if short != base + rest:
        assert CONTEXT.expand(short) == base + rest


@pytest.mark.parametrize(
    ("short", "message"),
    [
        ("vb:håbo", "only ASCII letters"),
        ("vb:a b", "only ASCII letters"),
        ("vb:", "only ASCII letters"),
        ("vb:a.", "only ASCII letters"),
        ("xx:a", "no declared prefix"),
        ("pkd", "no declared prefix"),
        ("https://a/b c", "no declared prefix"),
    ],
)
def test_expand_says_what_is_wrong(short: str, message: str) -> None:
    """An unknown prefix and a local name that cannot be written short are told apart."""
    with pytest.raises(ValueError, match=message):
        CONTEXT.expand(short)


def test_full_iris_stand_for_themselves() -> None:
    """An absolute address needs no prefix."""
    assert CONTEXT.expand("https://example.org/x") == "https://example.org/x"


def test_no_word_is_both_key_and_value() -> None:
    """A context term serves as key or as value, so a misplaced word is always noticed."""
    assert not CONTEXT.keys.keys() & CONTEXT.values.keys()
    assert {"leavesOpen", "verb"} == PROPERTY_NAMING_KEYS


def test_context_has_no_vocab_and_names_only_declared_prefixes() -> None:
    """Without @vocab every key must be listed; every IRI expands to a full one."""
    assert "@vocab" not in CONTEXT.terms
    assert "@base" not in CONTEXT.terms
    assert all(key.iri.startswith(("http", "@")) or key.kind == "@graph" for key in CONTEXT.keys.values())
    assert all(iri.startswith("http") for iri in CONTEXT.values.values())


def test_every_inverse_key_points_back_to_a_forward_one() -> None:
    """What runs backwards has a key that runs forwards, so the graph holds one direction."""
    forward = {key.iri for key in CONTEXT.keys.values() if not key.reverse}
    assert {key.iri for key in CONTEXT.keys.values() if key.reverse} <= forward


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("seats", ["30", "0", "-1"], ["30,5", "3.0", "trettio", "３０", "1e3", "30 st"]),
        ("share", ["0.25", "1"], ["0,25", "1/3", ".5", "25%"]),
        ("openEnded", ["true", "false"], ["ja", "no", "True", "1"]),
        ("validFrom", ["2023", "2023-01", "2023-01-01"], ["1 januari", "2023-13", "2023-02-30"]),
        ("forYear", ["2023"], ["23"]),
        ("per", ["P1Y", "P1Y6M"], ["P", "1Y", "PY"]),
        ("forum", ["vb:pkd", "https://a/b"], ["pkd", "xx:pkd", "vb:två"]),
        ("type", ["Network", "Municipality"], ["Networ", "seats", "vb:pkd"]),
        ("verb", ["preparesFor", "leads"], ["preparedBy", "prepares"]),
        ("leavesOpen", ["seats", "Chair"], ["sits", "preparedBy"]),
        ("name", ["whatever: it says"], []),
    ],
)
def test_each_kind_of_value_is_checked(key: str, good: list[str], bad: list[str]) -> None:
    """Numbers, truth values, dates, things and words take what they should and say why they refuse the rest."""
    assert [CONTEXT.problem(CONTEXT.keys[key], text) for text in good] == [None] * len(good)
    assert all(CONTEXT.problem(CONTEXT.keys[key], text) for text in bad)


def test_date_gets_the_datatype_of_its_length() -> None:
    """A year stays a year; text stays text."""
    assert CONTEXT.json_value(CONTEXT.keys["validFrom"], "2023") == {"@value": "2023", "@type": XSD.gYear}
    assert CONTEXT.json_value(CONTEXT.keys["code"], "0114") == "0114"


def test_word_gives_the_iri_of_values_and_keys() -> None:
    """A word of `verb` or `leavesOpen` may be a property."""
    assert CONTEXT.word("stated") == SG.stated
    assert CONTEXT.word("seats") == SG.seats


@pytest.mark.parametrize(
    ("prefixes", "message"),
    [
        ({"vb": "https://example.org/"}, "prefix 'vb' is taken"),
        ({"ny": "https://example.org/x"}, "ends in / or #"),
        ({"ny": "exempel/"}, "ends in / or #"),
    ],
)
def test_prefixes_of_a_workspace_are_checked(prefixes: dict[str, str], message: str) -> None:
    """A prefix may not be taken, and must stand for the beginning of an address."""
    with pytest.raises(DataError, match=message):
        Context(ROOT / "ontology" / "context.jsonld", prefixes)


def test_prefixes_of_a_workspace_join_the_table() -> None:
    """A new prefix serves like the project's own."""
    added = Context(ROOT / "ontology" / "context.jsonld", {"ny": "https://example.org/ny/"})
    assert added.expand("ny:x") == "https://example.org/ny/x"
    assert added.shorten("https://example.org/ny/x") == "ny:x"
