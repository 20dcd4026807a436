"""The picture of what lies next to a thing: complete, legible, and the same for the same graph."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.api import Graph
from samverkansgraf.facts import Facts
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.maps.minimap import MOST, WIDTH, Minimap
from samverkansgraf.maps.svg import Picture
from samverkansgraf.network.relations import relations
from samverkansgraf.network.surroundings import MANY, Folding, Tie, surroundings
from samverkansgraf.terms import FACT_MODALITIES, ID, MODALITIES, SG
from samverkansgraf.texts import texts
from test_maps import HOSTILE, SMALL, knowledge_of
from test_maps_geography import SVG, Box, meet, read

VB = ID + "vasterbotten/"
SIZES = {"twig": 12.0, "thing": 14.5, "verb": 11.0, "more": 11.0}


@pytest.fixture(scope="module")
def facts(graph: Graph) -> Facts:
    """What the graph says, read once."""
    return Facts(graph.knowledge)


@pytest.fixture(scope="module")
def minimap(graph: Graph, facts: Facts) -> Minimap:
    """Pictures of the real graph."""
    return Minimap(graph.knowledge, texts("sv"), facts)


def things(knowledge: Knowledge) -> list[str]:
    """Everything with a name."""
    return sorted(one for one in knowledge.things.namings if one.startswith(ID))


def boxes(picture: Picture) -> list[Box]:
    """Room of every line of text, by the letters of a wide typeface."""
    found = []
    for one in read(picture).iter(f"{SVG}text"):
        size, x, y = SIZES[one.get("class", "")], float(one.get("x", 0)), float(one.get("y", 0))
        found.append((x, y - 0.8 * size, x + 0.6 * size * len(one.text or ""), y + 0.15 * size))
    return found


def test_no_words_overlap_or_leave_the_picture(graph: Graph, minimap: Minimap) -> None:
    """Whatever the thing, every line of words has its own room, also in frames; the height holds all of it."""
    tried = 0
    for thing in things(graph.knowledge)[::3]:
        picture = minimap.picture(thing, lambda _: None)
        found = boxes(picture)
        assert not [pair for pair in combinations(found, 2) if meet(*pair)], thing
        height = float(re.search(r'viewBox="0 0 360 ([\d.]+)"', picture.markup)[1])
        assert all(0 <= box[0] and box[2] <= WIDTH + 12 and 0 <= box[1] and box[3] <= height for box in found), thing
        tops = []
        for part in read(picture).iter(f"{SVG}g"):
            frames = [one for one in part.iter(f"{SVG}rect") if "frame" in one.get("class", "")]
            ys = [(float(one.get("y", 0)), float(one.get("y", 0)) + float(one.get("height", 0))) for one in frames]
            tops += [(min(y for y, _ in ys), max(y for _, y in ys))] if ys else []
        assert all(bottom < top for (_, bottom), (top, _) in pairwise(sorted(tops))), thing
        tried += len(found) > 5
    assert tried > 100


def test_every_relation_of_the_reports_is_a_tie(graph: Graph, facts: Facts) -> None:
    """Each relation that `report reporting` reads is found from both of its ends, in its direction."""
    known = graph.knowledge.things.namings
    checked = 0
    for one in relations(graph.knowledge):
        said = "stated" if one.modality in FACT_MODALITIES else one.modality
        for source in one.source:
            for target in one.target:
                if source != target and source in known and target in known:
                    assert Tie(one.verb, True, target, said) in surroundings(source, facts)
                    assert Tie(one.verb, False, source, said) in surroundings(target, facts)
                    checked += 1
    assert checked > 250


def test_a_group_stands_for_its_members() -> None:
    """Each kommun appoints as one of a group: the group is drawn, not they; what is denied or rejected is not."""
    knowledge = knowledge_of(SMALL)
    picture = Minimap(knowledge, texts("sv"), Facts(knowledge)).picture(VB + "pkd", lambda _: None).markup
    assert ">kommunerna<" in picture
    assert ">Umeå<" not in picture
    assert not {"leder", "lägger ned"} & set(re.findall(r">([^<]+)<", picture))


def test_what_is_not_settled_is_dashed_and_says_so() -> None:
    """A proposed relation has dashes and its modality in words; a stated one neither."""
    knowledge = knowledge_of(SMALL)
    picture = Minimap(knowledge, texts("sv"), Facts(knowledge)).picture(VB + "natverk", lambda _: None)
    dashed = [one for one in read(picture).iter(f"{SVG}path") if one.get("stroke-dasharray")]
    verbs = "".join(one.text or "" for one in read(picture).iter(f"{SVG}text") if one.get("class") == "verb")
    assert len(dashed) == 1
    assert verbs.count("(föreslås)") == 1
    assert "bereder åt (föreslås)" in re.sub(r"(?<=åt)(?=\()", " ", verbs)


def test_same_bytes_twice_and_well_formed(graph: Graph, facts: Facts) -> None:
    """Two makers give one picture, in either language; links are named."""
    for lang in ("sv", "en"):
        one, other = (Minimap(graph.knowledge, texts(lang), facts) for _ in range(2))
        for thing in things(graph.knowledge)[::40]:
            picture = one.picture(thing, lambda iri: f"../{iri[-3:]}.html")
            assert picture == other.picture(thing, lambda iri: f"../{iri[-3:]}.html")
            assert all(link.findtext(f"{SVG}title") for link in read(picture).iter(f"{SVG}a"))


def test_names_can_do_no_harm() -> None:
    """Markup in a name is read and nothing more, also in titles and labels of links."""
    for name in HOSTILE:
        knowledge = knowledge_of(SMALL)
        for one in ("pkd", "natverk", "omrade"):
            naming = knowledge.things.namings[VB + one]
            naming.label, naming.name = {"sv": name}, {}
        root = read(Minimap(knowledge, texts("sv"), Facts(knowledge)).picture(VB + "pkd", lambda _: "x.html"))
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
            "svg", "title", "desc", "g", "a", "rect", "circle", "polygon", "path", "text",
        }  # fmt: skip


def test_one_can_ask_the_graph(graph: Graph, minimap: Minimap) -> None:
    """The facade takes a name and gives the picture of the site, with its style where it is alone."""
    assert graph.pictures.minimap("PKD") == minimap.picture(VB + "pkd")
    assert "<style>" in graph.pictures.minimap("PKD")._repr_svg_()


def test_a_thing_alone_is_empty() -> None:
    """Nothing next to a thing is said, so that a page can leave the picture out."""
    knowledge = knowledge_of(SMALL)
    minimap = Minimap(knowledge, texts("sv"), Facts(knowledge))
    assert minimap.is_empty(VB + "finns-inte")
    assert not minimap.is_empty(VB + "pkd")
    assert 'viewBox="0 0 360' in minimap.picture(VB + "finns-inte", lambda _: None).markup


TIES = st.sets(
    st.builds(
        Tie,
        st.sampled_from([SG.leads, SG.informs, SG.partOf, SG.concerns]),
        st.booleans(),
        st.integers(0, 40).map(lambda n: f"{ID}x/{n:02}"),
        st.sampled_from(MODALITIES),
    ),
    max_size=80,
)


@cache
def folding() -> Folding:
    """Ten kinds of things, in the order of their names."""
    return Folding(knowledge_of({}), lambda thing: thing[-1], lambda thing: thing)


@given(TIES, st.integers(1, 20))
def test_folding_loses_nobody(ties: set[Tie], most: int) -> None:
    """Every neighbour is shown or counted as left out, in no more twigs than asked for; a surer tie wins."""
    branches, left_out = folding().branches(ties, most)
    twigs = [twig for branch in branches for twig in branch.twigs]
    shown = {thing for twig in twigs for thing in twig.things}
    assert len(twigs) <= most
    assert len(shown) + left_out == len({tie.other for tie in ties})
    assert all(len(twig.things) == 1 or len(twig.things) >= MANY for twig in twigs)
    surest = {}
    for tie in sorted(ties, key=lambda tie: MODALITIES.index(tie.modality), reverse=True):
        surest[tie.verb, tie.is_out, tie.other] = tie.modality
    for branch in branches:
        for verb in branch.verbs:
            for thing in (thing for twig in branch.twigs for thing in twig.things):
                assert surest[verb, branch.is_out, thing] == branch.modality
    assert MOST == 14
