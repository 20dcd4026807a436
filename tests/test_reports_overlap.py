"""Likeness of forums: the index against a comparison of every pair, the report against SPARQL and plain sets."""

from __future__ import annotations

import os
import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.api import Graph
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.network.similarity import near_pairs
from samverkansgraf.render import render
from samverkansgraf.reports.forums import ForumLinks, Link, read_forums
from samverkansgraf.reports.overlap import Likeness, overlap
from samverkansgraf.reports.table import Report
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden" / "reports"
COLLECTIONS = ["Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen", None]
SG, ORG = "https://w3id.org/samverkansgraf/ns#", "http://www.w3.org/ns/org#"
THING, A = "https://example.org/", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
COLLECTION = f"<{THING}collection>"
SETS = st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=6), max_size=14)


def made(graph: Graph, collection: str | None = None, lang: str = "sv", threshold: float = 0.5) -> Report:
    """The report on the real graph."""
    iri = graph.knowledge.collection(collection) if collection else None
    return overlap(graph.knowledge, texts(lang), collection=iri, threshold=threshold)


def every_pair(sets: list[frozenset[str]], threshold: float) -> list[tuple[int, int, int]]:
    """Pairs that are near, by comparing each set with each other."""
    found = []
    for i, j in combinations(range(len(sets)), 2):
        both, all_of_them = len(sets[i] & sets[j]), len(sets[i] | sets[j])
        if sets[i] and sets[j] and both >= threshold * all_of_them - 1e-9:
            found.append((i, j, both))
    return found


def knowledge_of(quads: list[str]) -> Knowledge:
    """Knowledge of a few statements in one passage."""
    passage, document = "<https://w3id.org/samverkansgraf/doc/x.1>", "<https://w3id.org/samverkansgraf/doc/x>"
    about = {"document": document, "modality": f"<{SG}stated>", "section": '"1"', "anchor": '"ord"', "sequence": '"1"'}
    lines = [f"{passage} {A} <{SG}Passage> .", *(f"{passage} <{SG}{key}> {value} ." for key, value in about.items())]
    lines += [f"{document} <{SG}collection> {COLLECTION} .", f"{document} <{SG}status> <{SG}adopted> ."]
    above = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    lines += [f"<{SG}PoliticalForum> {above} <{SG}Forum> ."]
    store = EmbeddedStore()
    store.load("\n".join([*lines, *(f"{one} {passage} ." for one in quads), *(f"{one} ." for one in quads)]) + "\n")
    return Knowledge(store, Workspace(None))


@given(SETS, st.sampled_from([0.1, 0.25, 1 / 3, 0.5, 0.6, 0.75, 0.8, 1.0]))
def test_the_index_misses_no_pair_and_finds_no_other(sets: list[frozenset[str]], threshold: float) -> None:
    """Pairs found through rare members are those that a comparison of all pairs finds."""
    assert near_pairs(sets, threshold) == every_pair(sets, threshold)


def test_likeness_agrees_with_every_pair_on_seeded_random_forums() -> None:
    """Jaccard indices of members, and near pairs, on twenty graphs read through the store."""
    chance = random.Random(7)  # noqa: S311 - reproducible test data
    for _ in range(20):
        expected = {f"{THING}f{n}": {f"{THING}k{m}" for m in range(9) if chance.random() < 0.5} for n in range(8)}
        quads = [f"<{forum}> {A} <{SG}PoliticalForum>" for forum in expected]
        quads += [f"<{forum}> <{ORG}hasMember> <{one}>" for forum, members in expected.items() for one in members]
        alike = Likeness(read_forums(knowledge_of(quads)), 0.5)
        assert {forum: set(members) for forum, members in alike.members.items()} == expected
        for one, other in combinations(expected, 2):
            union = expected[one] | expected[other]
            share = len(expected[one] & expected[other]) / len(union) if expected[one] and expected[other] else None
            assert alike.figures(one, other)[0] == share
        sets = {frozenset(members) for members in expected.values() if members}
        near = {frozenset(pair) for pair in alike.near(alike.members)}
        assert near == {
            frozenset(pair) for pair in combinations(sets, 2) if 2 * len(pair[0] & pair[1]) >= len(pair[0] | pair[1])
        }


def test_groups_seats_and_representing_make_members() -> None:
    """A group counts as its members; seats drawn from it make the group; officials count as whom they represent."""
    forums = {name: f"<{THING}{name}>" for name in ("listed", "each", "drawn", "chiefs")}
    quads = [f"{one} {A} <{SG}PoliticalForum>" for one in forums.values()]
    quads += [f"<{THING}g> {A} <{SG}Group>", *(f"<{THING}g> <{ORG}hasMember> <{THING}k{n}>" for n in (1, 2))]
    quads += [f"<{THING}c> {A} <{SG}Group>", f"<{THING}c> <{SG}represents> <{THING}g>"]
    quads += [f"{forums['listed']} <{ORG}hasMember> <{THING}g>", f"{forums['chiefs']} <{ORG}hasMember> <{THING}c>"]
    for name, key in (("each", "appointedByEach"), ("drawn", "drawnFrom")):
        quads += [f"<{THING}{name}-seats> <{SG}forum> {forums[name]}", f"<{THING}{name}-seats> <{SG}{key}> <{THING}g>"]
    found = read_forums(knowledge_of(quads))
    both = {f"{THING}k1", f"{THING}k2"}
    assert {name: set(found[iri[1:-1]].members) for name, iri in forums.items()} == {
        "listed": both, "each": both, "chiefs": both, "drawn": {f"{THING}g"},
    }  # fmt: skip
    assert found[f"{THING}chiefs"].members[f"{THING}k1"].through == {f"{THING}c"}
    assert not found[f"{THING}listed"].members[f"{THING}k1"].through


def test_pairs_alike_in_both_are_candidates_and_parts_of_one_another_are_not() -> None:
    """Same members and same area: a candidate; the same where one is part of the other: only told."""
    names = ("a", "b", "c")
    quads = [f"<{THING}{n}> {A} <{SG}PoliticalForum>" for n in names]
    quads += [f"<{THING}{n}> <{ORG}hasMember> <{THING}k{m}>" for n in names for m in (1, 2)]
    quads += [f"<{THING}{n}> <{SG}concerns> <{THING}area>" for n in names]
    quads += [f"<{THING}c> <{SG}partOf> <{THING}a>", f"<{THING}c> <{SG}partOf> <{THING}b>"]
    report = overlap(knowledge_of(quads), texts("sv"))
    titles = {table.title: [row.cells[:2] for row in table.rows] for table in report.tables}
    assert [len(rows) for rows in titles.values()] == [1, 1, 2]
    (candidate,) = titles[texts("sv")("overlap.candidates")]
    assert [str(cell).rpartition("/")[2] for cell in candidate] == ["a", "b"]
    assert "1 par" in report.answer


def test_a_large_class_of_likes_is_not_written_out_pair_by_pair() -> None:
    """Four hundred forums that are all alike give one row, not eighty thousand."""
    same = {
        f"{THING}{n}": ForumLinks({"k": Link("stated"), "l": Link("stated")}, {"x": Link("stated")}) for n in range(400)
    }
    assert not list(Likeness(same, 0.5).on_topic())


def test_twins_on_the_real_graph_are_those_that_plain_lists_give(graph: Graph) -> None:
    """Forums of Umeåregionen whose printed lists of kommuner are the same share a row."""
    text = """SELECT DISTINCT ?f ?k WHERE { ?k a sg:Municipality . ?f a ?c ; org:hasMember ?k .
      VALUES ?c { sg:JointBoard sg:Cooperation } }"""
    members: dict[str, set[str]] = {}
    for row in graph.query(text):
        members.setdefault(graph.knowledge.things.label(str(row["f"])), set()).add(str(row["k"]))
    pairs = combinations(sorted(members), 2)
    expected = [pair for pair in pairs if members[pair[0]] == members[pair[1]] and len(members[pair[0]]) > 1]
    twins = next(t for t in made(graph).tables if t.title == texts("sv")("overlap.twins"))
    assert expected
    for labels in expected:
        assert any(all(label in str(row.cells[0]) for label in labels) for row in twins.rows)


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.1])
def test_a_threshold_outside_its_range_is_refused(threshold: float) -> None:
    """At 0 every pair is alike."""
    with pytest.raises(ValueError, match="threshold"):
        near_pairs([frozenset("a")], threshold)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_prints_what_it_printed(graph: Graph, lang: str) -> None:
    """The text on Umeåregionen is the golden one; UPDATE_GOLDEN=1 writes it anew."""
    text = render(made(graph, "Umeåregionen", lang), "table").decode()
    golden = GOLDEN / f"overlap.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert golden.read_text("utf-8") == text


@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize("threshold", [0.2, 0.5, 1.0])
def test_report_fits_a_hundred_columns(graph: Graph, collection: str | None, threshold: float) -> None:
    """No line is wider than 100 characters, the first is the answer, and every row has evidence."""
    report = made(graph, collection, threshold=threshold)
    lines = render(report, "table").decode().splitlines()
    assert max(map(len, lines)) <= 100
    assert report.answer.startswith(lines[0])
    assert all(row.evidence and row.derived for table in report.tables for row in table.rows)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_empty_graph_says_so(lang: str) -> None:
    """An empty graph gives no tables and a sentence."""
    report = overlap(Knowledge(EmbeddedStore(), Workspace(None)), texts(lang))
    assert report.tables == ()
    assert report.answer == texts(lang)("overlap.none", where="")
    assert "0 " in report.examined
