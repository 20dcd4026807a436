"""The full wording of passages from source texts."""

from __future__ import annotations

from pathlib import Path

from samverkansgraf.anchors import ELLIPSIS, fold_words
from samverkansgraf.api import Graph
from samverkansgraf.documents import PERSONS
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.quotes import LocatedText, located_texts, quotes
from workbench import HEAD, PLAIN, Workbench, sha256

TEXT = "Innehåll\nRådet 1\n\n# Rådet\n\nRådet har tre <b>leda-\nmöter</b>, minst.  Sidan 1\n"
PASSAGES = """\
  - {skip: contents, section: Innehåll, anchor: Innehåll … 1}
  - section: Rådet
    anchor: Rådet har … minst
    states:
      - {id: samling:prov, type: Collection, calledHere: Prov}
      - {id: vb:radet, type: PoliticalForum, name: Rådet}
  - section: Rådet
    anchor: tre
    modality: permitted
    states: [{id: vb:radet, seats: "3"}]
  - {skip: furniture, section: Sidfot, anchor: Sidan 1}
"""


def built(bench: Workbench) -> Knowledge:
    """The bench's graph, written and opened."""
    bench.build().write(bench.workspace.graph_folder)
    return Knowledge.open(bench.workspace)


def located(bench: Workbench) -> dict[str, LocatedText]:
    """The bench's documents in their texts, by stem."""
    found = located_texts(bench.workspace, [bench.root / "sources"])
    return {iri.rpartition("/")[2]: text for iri, text in found.items()}


def test_quotes_give_the_words_between_the_ends_of_an_anchor(bench: Workbench) -> None:
    """The wording is whole, folded, and found behind the page of contents."""
    bench.document(PASSAGES, source=TEXT)
    found = quotes(built(bench), [bench.root / "sources"])
    assert sorted(found.values()) == ["Rådet har tre ledamöter, minst", "tre"]


def test_places_come_in_the_order_of_the_text_the_longer_first(bench: Workbench) -> None:
    """Skips are places too, with their reason; what lies inside another comes after it."""
    bench.document(PASSAGES, source=TEXT)
    text = located(bench)["avtal"]
    assert [(text.wording(place.span), place.skip) for place in text.places] == [
        ("Innehåll Rådet 1", "contents"),
        ("Rådet har tre ledamöter, minst", ""),
        ("tre", ""),
        ("Sidan 1", "furniture"),
    ]
    assert [bool(place.passage) for place in text.places] == [False, True, True, False]


def test_text_that_is_missing_or_another_gives_no_quotes(bench: Workbench) -> None:
    """A newer version of a text is not the text that the document was written from."""
    bench.document(PASSAGES, source=TEXT)
    knowledge = built(bench)
    assert quotes(knowledge, []) == {}
    (bench.root / "sources" / "avtal.txt").write_bytes((TEXT + "!").encode())
    assert quotes(knowledge, [bench.root / "sources"]) == {}
    (bench.root / "sources" / "avtal.txt").write_bytes("Rådet".encode("latin-1"))
    assert quotes(knowledge, [bench.root / "sources"]) == {}


def test_parts_and_persons_belong_to_their_document(bench: Workbench) -> None:
    """A bundle gives each document its own part; a file of persons adds places to the document it extends."""
    text = "Del A. Rådet har tre. Del B. Rådet leds av Maja."
    head = HEAD.format(stem="bunt", digest=sha256(text)).replace("id: doc:bunt", "id: doc:{stem}")
    first = head.replace("passages:", "partStart: Del A\npartEnd: har tre\npassages:")
    second = head.replace("passages:", "partStart: Del B\npassages:")
    bench.document(PLAIN.replace("Avtal … samverkan", "Rådet"), stem="bunt-a", head=first, source=text)
    bench.document("  - {skip: background, section: B, anchor: Rådet}\n", stem="bunt-b", head=second, source=text)
    person = "  - section: B\n    anchor: Maja\n    states: [{id: 'person:maja', type: Person, name: Maja}]\n"
    bench.write(f"data/prov/bunt-b{PERSONS}.yaml", f"id: doc:bunt-b\npassages:\n{person}")
    (bench.root / "sources" / "bunt.txt").write_bytes(text.encode())
    found = located(bench)
    assert {stem: one.wording(one.within) for stem, one in found.items()} == {
        "bunt-a": "Del A. Rådet har tre",
        "bunt-b": "Del B. Rådet leds av Maja.",
    }
    assert [found["bunt-b"].wording(place.span) for place in found["bunt-b"].places] == ["Rådet", "Maja"]


def test_every_real_passage_has_its_wording(graph: Graph, sources: Path) -> None:
    """Where the sources are, each passage of the graph is quoted, and begins and ends as its anchor says."""
    found = quotes(graph.knowledge, [sources])
    passages = graph.knowledge.book.passages
    assert found.keys() == passages.keys()
    for iri, passage in passages.items():
        first, _, last = (fold_words(part) for part in passage.anchor.partition(ELLIPSIS))
        assert found[iri].startswith(first), iri
        assert found[iri].endswith(last or first), iri
