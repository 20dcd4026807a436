"""Suppositions: a graph as it would be without some things, and as it is at a date."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.errors import DataError, UnknownThing
from samverkansgraf.overlay import Overlay, at, read_overlay, without
from samverkansgraf.period import PartialDate
from samverkansgraf.reports.what_if import what_if
from samverkansgraf.texts import texts

VB = "https://w3id.org/samverkansgraf/id/vasterbotten/"
UMEA = "https://w3id.org/samverkansgraf/id/kommun/2480"


def test_supposing_nothing_changes_nothing(graph: Graph) -> None:
    """An empty supposition, or one about something that is not there, leaves every quad as it was."""
    before = set(graph.knowledge.store.lines())
    assert without(graph.knowledge, Overlay()) is graph.knowledge
    assert before == set(without(graph.knowledge, Overlay(frozenset({"http://example.org/nothing"}))).store.lines())
    assert what_if(graph.knowledge, texts("sv"), overlay=Overlay()).tables == ()


def test_rules_conclude_anew(graph: Graph) -> None:
    """When PKD closes, its spread seats and their sum are gone, and what others have is as before."""
    after = without(graph.knowledge, Overlay(frozenset({VB + "pkd"})))
    ask = f"ASK {{ <{VB}pkd> <https://w3id.org/samverkansgraf/ns#allocatedSeats> ?sum }}"
    assert graph.knowledge.store.query(ask)
    assert not after.store.query(ask)
    assert after.store.query(ask.replace("pkd>", "sru>"))


def test_a_kommun_that_leaves_has_no_seat_there(graph: Graph) -> None:
    """Umeå leaves PKD: fourteen kommuner with seats are left in it."""
    after = without(graph.knowledge, Overlay(parted=frozenset({(UMEA, VB + "pkd")})))
    text = f"SELECT ?k WHERE {{ ?a <https://w3id.org/samverkansgraf/ns#forum> <{VB}pkd> ; <https://w3id.org/samverkansgraf/ns#appointedBy> ?k }}"  # noqa: E501
    assert 15 == len(list(graph.knowledge.store.select(text)))
    kommuner = {row["k"].value for row in after.store.select(text)}
    assert 14 == len(kommuner)
    assert UMEA not in kommuner


def test_at_a_date_leaves_out_what_is_certainly_over(graph: Graph) -> None:
    """In 2030 the delegation whose agreement ends in 2026 is out; in 2024 it is in; documents always stay."""
    later, outside = at(graph.knowledge, PartialDate.parse("2030"))
    assert VB + "pkd" in outside
    assert later.documents == graph.knowledge.documents
    assert VB + "pkd" not in at(graph.knowledge, PartialDate.parse("2024"))[1]


def test_overlay_file_is_read_by_name(graph: Graph, tmp_path: Path) -> None:
    """Things may be given by name; a body that closes and a kommun that leaves are both read."""
    path = tmp_path / "tank.yaml"
    path.write_text("close: [SRU]\nleave:\n  - {member: Umeå kommun, forum: PKD}\n", "utf-8")
    overlay = read_overlay(path, graph.knowledge)
    assert Overlay(frozenset({VB + "sru"}), frozenset({(UMEA, VB + "pkd")})) == overlay
    report = what_if(graph.knowledge, texts("sv"), overlay=overlay)
    assert "upphör" in report.answer
    assert "lämnar" in report.answer


@pytest.mark.parametrize(
    ("text", "seen"),
    [("shut: [PKD]", "shut"), ("- PKD", "a list"), ("leave: [PKD]", "member"), ("close: [", "cannot be read")],
)
def test_a_mistake_in_the_file_is_named(graph: Graph, tmp_path: Path, text: str, seen: str) -> None:
    """An unknown key, another shape or broken YAML says what was seen."""
    path = tmp_path / "tank.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=seen):
        read_overlay(path, graph.knowledge)


def test_an_unknown_name_suggests_near_ones(graph: Graph, tmp_path: Path) -> None:
    """A name nobody bears raises with suggestions."""
    path = tmp_path / "tank.yaml"
    path.write_text("close: [PKDD]", "utf-8")
    with pytest.raises(UnknownThing, match="PKD"):
        read_overlay(path, graph.knowledge)
