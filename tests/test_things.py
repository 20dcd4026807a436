"""Names of things."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.context import Context
from samverkansgraf.errors import AmbiguousName, UnknownThing
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.terms import ID, RDF, RDFS, SG, SKOS
from samverkansgraf.things import Things
from workbench import ROOT

VB = ID + "vasterbotten/"
PREFIXES: Mapping[str, str] = Context(ROOT / "ontology" / "context.jsonld").prefixes


def named(*facts: tuple[str, str, str]) -> Things:
    """Things with names: (local name, naming property, literal or <iri>)."""
    store = EmbeddedStore()
    store.load("".join(f"<{VB}{thing}> <{naming}> {name} .\n" for thing, naming, name in facts))
    return Things(store, PREFIXES)


@pytest.fixture
def things() -> Things:
    """PKD and its namesakes."""
    return named(
        ("pkd", SKOS.prefLabel, '"Primärkommunala delegationen"@sv'),
        ("pkd", SG.abbreviation, '"PKD"'),
        ("pkd", SKOS.altLabel, '"Delegationen"@sv'),
        ("grupp-a", SKOS.prefLabel, '"Kommunchefsgruppen"@sv'),
        ("grupp-a", RDFS.label, '"Kommunchefsgruppen, Umeå"@sv'),
        ("grupp-b", SKOS.prefLabel, '"Kommunchefsgruppen"@sv'),
        ("klimat", SKOS.prefLabel, '"Klimatnätverket"@sv'),
        ("punkt", SKOS.prefLabel, '"Klimatnätverket"@sv'),
        ("punkt", RDF.type, f"<{SG.Topic}>"),
        ("englisk", SKOS.prefLabel, '"Rådet"@sv'),
        ("englisk", SKOS.prefLabel, '"The Council"@en'),
        ("namnlos", RDF.type, f"<{SG.Forum}>"),
    )


def test_label_prefers_our_own_then_the_printed_name(things: Things) -> None:
    """Our label comes before the name, the language asked for before Swedish, the short IRI last."""
    assert things.label(VB + "grupp-a") == "Kommunchefsgruppen, Umeå"
    assert things.label(VB + "englisk") == "Rådet"
    assert things.label(VB + "englisk", "en") == "The Council"
    assert things.label(VB + "pkd", "en") == "Primärkommunala delegationen"
    assert things.label(VB + "namnlos") == "vb:namnlos"


def test_heading_and_long_form_use_the_abbreviation(things: Things) -> None:
    """Narrow columns take the abbreviation; the long form has both, once."""
    assert things.heading(VB + "pkd") == "PKD"
    assert things.heading(VB + "klimat") == "Klimatnätverket"
    assert things.long(VB + "pkd") == "Primärkommunala delegationen (PKD)"


@pytest.mark.parametrize(
    "name", ["PKD", "pkd", " PKD ", "primärkommunala delegationen", "Delegationen", "vb:pkd", VB + "pkd", f"<{VB}pkd>"]
)
def test_a_thing_is_found_by_any_of_its_names(things: Things, name: str) -> None:
    """Name, abbreviation, alias, short and full IRI all lead to it, whatever the case."""
    assert things.find(name) == VB + "pkd"


def test_thing_without_a_name_is_found_by_its_iri(things: Things) -> None:
    """A full IRI need not bear a name."""
    assert things.find(VB + "namnlos") == VB + "namnlos"


def test_namesakes_are_listed(things: Things) -> None:
    """Two bearers of a name are not guessed between, but a thing comes before the bullet that names it."""
    with pytest.raises(
        UnknownThing, match=r"Kommunchefsgruppen, Umeå \(vb:grupp-a\), Kommunchefsgruppen \(vb:grupp-b\)"
    ):
        things.find("Kommunchefsgruppen")
    assert things.find("Klimatnätverket") == VB + "klimat"


@pytest.mark.parametrize("name", ["PKDD", "Primarkommunala delegationen", "delegation"])
def test_unknown_name_suggests_near_ones(things: Things, name: str) -> None:
    """A misspelt name, or a part of one, suggests the thing."""
    with pytest.raises(UnknownThing, match="Did you mean: Primärkommunala delegationen"):
        things.find(name)


@pytest.mark.parametrize("name", ["", "   ", "zzzzzz", 'https://a/" } DROP ALL {', "vb:", "http://", "<>"])
def test_hopeless_name_raises_without_asking_the_engine(things: Things, name: str) -> None:
    """Nothing that a person types breaks the query that looks for it."""
    with pytest.raises(UnknownThing):
        things.find(name)


def test_short_takes_the_longest_prefix(things: Things) -> None:
    """An IRI that no prefix fits stays as it is."""
    assert things.short(VB + "pkd") == "vb:pkd"
    assert things.short(SG.Forum) == "sg:Forum"
    assert things.short("https://example.org/x") == "https://example.org/x"


def test_name_of_several_things_lists_them(graph: Graph) -> None:
    """A name that several bear alike is told apart by short names; a collection gives way to the thing itself."""
    things = graph.knowledge.things
    assert things.short(things.find("Umeåregionen")) == "umea:umearegionen"
    shared = next(name for name, iris in sorted(things._by_name.items()) if len(iris) > 2 and _tied(things, name))
    with pytest.raises(AmbiguousName, match="Several things are called"):
        things.find(shared)


def _tied(things: Things, name: str) -> bool:
    """Whether the two best bearers of *name* bear it alike."""
    ranks = sorted(things._rank(iri, name) for iri in things._by_name[name])
    return ranks[0] == ranks[1]
