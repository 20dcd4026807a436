"""Differences between two graphs."""

from __future__ import annotations

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.diff import arrivals, changes
from samverkansgraf.overlay import Overlay, without
from samverkansgraf.render import render
from samverkansgraf.reports.diff import diff
from samverkansgraf.texts import texts
from test_reports import knowledge_of

VB = "https://w3id.org/samverkansgraf/id/vasterbotten/"
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
SG = "https://w3id.org/samverkansgraf/ns#"


def seats(number: int) -> str:
    """A graph in which one forum has *number* seats."""
    place = "<https://w3id.org/samverkansgraf/doc/x.1>"
    lines = [f"{place} {A} <{SG}Passage> .\n{place} <{SG}modality> <{SG}stated> .\n"]
    facts = [
        f"<{VB}f> {A} <{SG}PoliticalForum>",
        f'<{VB}f> <{SG}seats> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer>',
    ]
    return "".join(lines + [f"{fact} .\n{fact} {place} .\n" for fact in facts])


def test_a_graph_does_not_differ_from_itself(graph: Graph) -> None:
    """diff(a, a) is empty, and its report says so."""
    assert [] == changes(graph.knowledge, graph.knowledge)
    assert diff(graph.knowledge, graph.knowledge, texts("sv")).answer == "Inget har ändrats."


def test_a_new_number_of_seats_is_one_change() -> None:
    """A single-valued property with another value is one change with both values."""
    (change,) = changes(knowledge_of(seats(3)), knowledge_of(seats(5)))
    assert change.property == f"{SG}seats"
    assert ("3", "5") == (change.before[0].split('"')[1], change.after[0].split('"')[1])


@pytest.mark.parametrize("closed", ["pkd", "sru", "bsr", "samverkansomradena"])
def test_the_way_back_is_the_inverse(graph: Graph, closed: str) -> None:
    """diff(b, a) is diff(a, b) with before and after exchanged, on the real graph without one body."""
    other = without(graph.knowledge, Overlay(frozenset({VB + closed})))
    there, back = changes(graph.knowledge, other), changes(other, graph.knowledge)
    assert there
    assert sorted(change.reversed() for change in back) == there


def test_a_closed_body_is_told_as_gone(graph: Graph) -> None:
    """A thing that only the old graph types went; every row has its evidence and the report fits the page."""
    other = without(graph.knowledge, Overlay(frozenset({VB + "pkd"})))
    came, went = arrivals(changes(graph.knowledge, other))
    assert (set(), {VB + "pkd"}) == (came, went)
    report = diff(graph.knowledge, other, texts("sv"))
    assert all(row.evidence for table in report.tables for row in table.rows)
    assert max(map(len, render(report, "table").decode().splitlines())) <= 100
