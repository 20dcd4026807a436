"""Swedish order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import samverkansgraf
from samverkansgraf.collation import swedish
from samverkansgraf.maps.content import Content
from samverkansgraf.maps.panel import Panel, Sources
from samverkansgraf.publishing import void
from samverkansgraf.site import Site
from samverkansgraf.texts import texts
from workbench import HEAD, Workbench

words = st.text(max_size=12)


@pytest.mark.parametrize(
    "ordered",
    [
        ["Zorn", "Åre", "Ärla", "Örebro"],
        ["az", "aå", "aä", "aö", "ba"],
        ["§ 2", "§ 9", "§ 10"],
        ["eda", "Éda", "Edb"],
        ["Habo", "Håbo"],
        ["kommun", "Kommun", "kommuner"],
    ],
)
def test_order_is_the_one_of_a_swedish_register(ordered: list[str]) -> None:
    """Å, ä, ö come last in that order, numbers by value, accents and case only where nothing else differs."""
    backwards = ordered[::-1]
    assert [one.casefold() for one in sorted(backwards, key=swedish)] == [one.casefold() for one in ordered]


@given(st.text("abcxyz", max_size=4), st.sampled_from("åäöÅÄÖ"), st.sampled_from("abcdefghijklmnopqrstuvxyzABCXYZé"))
def test_the_last_three_letters_come_after_every_other(before: str, last: str, other: str) -> None:
    """A word with å, ä or ö comes after the word with any other letter in its place."""
    assert swedish(before + other) < swedish(before + last)


@given(st.lists(words, max_size=12))
def test_order_is_total(texts: list[str]) -> None:
    """Texts that differ never compare equal, so the same texts always come in the same order."""
    ordered = sorted(texts, key=swedish)
    backwards = texts[::-1]
    assert ordered == sorted(backwards, key=swedish)
    assert all((swedish(one) == swedish(other)) == (one == other) for one, other in pairwise(ordered))


@given(words, words)
def test_any_two_texts_compare(one: str, other: str) -> None:
    """Digits, letters, signs and empty texts have one order among them."""
    assert (swedish(one) < swedish(other)) + (swedish(other) < swedish(one)) == (one != other)


NAMES = {"a": "Örebroavtalet", "b": "Zinkgruveavtalet", "c": "Ådalsavtalet", "d": "Äppelavtalet"}
IN_ORDER = ["Zinkgruveavtalet", "Ådalsavtalet", "Äppelavtalet", "Örebroavtalet"]
STATED = """\
  - section: Titel
    anchor: Avtal … samverkan
    states:
      - {{id: samling:{stem}, type: Collection, calledHere: {name}}}
      - {{id: vb:radet, type: PoliticalForum, name: Rådet, alias: [§ 10, § 9]}}
"""


def test_collections_and_names_come_in_that_order_wherever_they_are_listed(bench: Workbench) -> None:
    """Whatever their addresses: on the map and its panel, on a page, in a report's notes and in the description."""
    for stem, name in NAMES.items():
        head = HEAD.replace("name: Avtal", f"name: {name}").replace("samling:prov", f"samling:{stem}")
        head = head.replace("adopted", "draft")
        bench.document(STATED.format(stem=stem, name=name), stem=stem, head=head)
    bench.build().write(bench.root / "graph")
    graph = samverkansgraf.open(bench.root)
    label, forum = graph.knowledge.things.label, graph.knowledge.things.find("Rådet")
    content = Content(graph.knowledge, texts("sv"), None)
    assert [label(one) for one in content.homes()] == IN_ORDER
    listed = str(Panel(content, Sources(graph.knowledge, texts("sv"))).sections(forum))
    assert listed.index("§ 9") < listed.index("§ 10")
    page = Site(graph.knowledge, texts("sv")).make("id/vasterbotten/radet.html").body.decode()
    assert sorted(IN_ORDER, key=page.index) == IN_ORDER
    note = next(note for note in graph.report("show", thing="Rådet").notes if all(name in note for name in IN_ORDER))
    assert sorted(IN_ORDER, key=note.index) == IN_ORDER
    assert ", ".join(IN_ORDER) in void(graph.knowledge, []).turtle().decode()
