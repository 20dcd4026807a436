"""Two collections side by side: counts against SPARQL and sets, symmetry, and that silence stays silence."""

from __future__ import annotations

import os
from itertools import permutations
from pathlib import Path

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.render import render
from samverkansgraf.reports.compare import compare
from samverkansgraf.reports.table import Report, Table
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden" / "reports"
COLLECTIONS = ["Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen"]
KNOWN = [
    ("Västerbotten", "umbrella", "Primärkommunala delegationen"),
    ("Västmanland", "umbrella", "Strategisk regional beredning"),
    ("Umeåregionen", "umbrella", "Umeåregionrådet"),
    ("Jämtland Härjedalen", "umbrella", "Möten på högsta nivå"),
    ("Västerbotten", "officials", "Kommunchefsnätverk"),
    ("Umeåregionen", "officials", "Kommunchefsgruppen"),
    ("Västerbotten", "education", "Skolchefsnätverk"),
    ("Västerbotten", "health", "Socialchefsnätverk"),
    ("Västmanland", "shares", "cirka 2/3"),
    ("Västmanland", "exit", "frånträda"),
    ("Umeåregionen", "exit", "inte nämnt"),
    ("Umeåregionen", "meetings", "4 gånger per år"),
    ("Västmanland", "meetings", "minst 6"),
    ("Umeåregionen", "host", "Umeå är värd för"),
    ("Västerbotten", "host", "inte nämnt"),
    ("Västerbotten", "review", "2024"),
]
"""What a reader of the documents finds."""


def made(graph: Graph, first: str, second: str, lang: str = "sv") -> Report:
    """The report on the real graph."""
    return compare(graph.knowledge, texts(lang), graph.knowledge.collection(first), graph.knowledge.collection(second))


def table(report: Report, name: str) -> Table:
    """The table with the title under a key."""
    return next(one for one in report.tables if one.title == texts(report.lang)(f"compare.{name}"))


@pytest.mark.parametrize(("collection", "function", "words"), KNOWN)
def test_functions_are_what_a_reader_finds(graph: Graph, collection: str, function: str, words: str) -> None:
    """On either side of the comparison."""
    other = next(one for one in COLLECTIONS if one != collection)
    for place, pair in ((1, (collection, other)), (2, (other, collection))):
        rows = {row.cells[0]: row.cells[place] for row in table(made(graph, *pair), "functions").rows}
        assert words in str(rows[texts("sv")(f"compare.function_{function}")])


@pytest.mark.parametrize(
    ("kind", "key"), [("Forum", "forum"), ("Assignment", "assignment"), ("Area", "area"), ("Body", "body")]
)
def test_sizes_are_those_that_sparql_counts(graph: Graph, kind: str, key: str) -> None:
    """Things that a passage types as the class or one below it, by collection; proposed ones have no other passage."""
    text = f"""SELECT ?c ?thing ?m WHERE {{ ?class rdfs:subClassOf* sg:{kind} . ?g a sg:Passage ; sg:modality ?m ;
      sg:document ?d . ?d sg:collection ?c . GRAPH ?g {{ ?thing a ?class }}
      FILTER(?m NOT IN (sg:rejected, sg:denied)) }}"""
    found: dict[str, dict[str, set[str]]] = {}
    for row in graph.query(text):
        found.setdefault(str(row["c"]), {}).setdefault(str(row["thing"]), set()).add(str(row["m"]).rpartition("#")[2])
    for name in COLLECTIONS[:2]:
        own = found[graph.knowledge.collection(name)]
        weak = sum(not {"stated", "inferred"} & modalities for modalities in own.values())
        rows = {row.cells[0]: row.cells for row in table(made(graph, name, COLLECTIONS[2]), "sizes").rows}
        assert rows[texts("sv")(f"compare.size_{key}")][1:3] == (len(own), weak)


def test_seats_are_the_sums_that_sparql_makes(graph: Graph) -> None:
    """Allocated seats of Västerbotten."""
    text = """SELECT (SUM(?n) AS ?sum) WHERE { { SELECT DISTINCT ?f ?n WHERE { ?f a sg:Forum ; sg:allocatedSeats ?n .
      FILTER(STRSTARTS(STR(?f), "https://w3id.org/samverkansgraf/id/vasterbotten/")) } } }"""
    (row,) = graph.query(text).rows
    rows = {row.cells[0]: row.cells for row in table(made(graph, "Västerbotten", "Umeåregionen"), "sizes").rows}
    assert rows[texts("sv")("compare.size_allocated")][1] == row["sum"]


@pytest.mark.parametrize(("first", "second"), list(permutations(COLLECTIONS, 2)))
def test_swapping_the_two_swaps_the_columns(graph: Graph, first: str, second: str) -> None:
    """Functions and sizes are the same whichever stands first; what one lacks is told under the same names."""
    one, other = made(graph, first, second), made(graph, second, first)
    assert [(r.cells[0], r.cells[2], r.cells[1]) for r in table(one, "functions").rows] == [
        r.cells for r in table(other, "functions").rows
    ]
    assert {r.cells for r in table(one, "lacking").rows} == {r.cells for r in table(other, "lacking").rows}
    lines = render(one, "table").decode().splitlines()
    assert max(map(len, lines)) <= 100
    assert one.answer.startswith(lines[0])


def test_what_one_lacks_is_never_called_absent(graph: Graph) -> None:
    """A collection against itself lacks nothing; silence is *inte nämnt* and has no evidence, all else has."""
    assert not any(t.title == texts("sv")("compare.lacking") for t in made(graph, "Västmanland", "Västmanland").tables)
    report = made(graph, "Västerbotten", "Jämtland Härjedalen")
    assert (
        "saknas"
        not in render(report, "table").decode().replace("inte att det saknas i verkligheten", "").split("BELÄGG")[0]
    )
    for row in table(report, "functions").rows:
        assert row.evidence or set(row.cells[1:]) == {"inte nämnt"}
    for name in ("detail", "lacking"):
        assert all(row.evidence for row in table(report, name).rows)


def test_each_cell_cites_its_own_collection(graph: Graph) -> None:
    """The evidence of a thing is from the collection it stands under."""
    report = made(graph, "Västerbotten", "Umeåregionen")
    for row in table(report, "detail").rows:
        homes = {graph.knowledge.documents[passage.document][0] for passage in row.evidence}
        assert homes == {graph.knowledge.collection(str(row.cells[1]))}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_prints_what_it_printed(graph: Graph, lang: str) -> None:
    """The text on Västerbotten and Västmanland is the golden one; UPDATE_GOLDEN=1 writes it anew."""
    text = render(made(graph, "Västerbotten", "Västmanland", lang), "table").decode()
    golden = GOLDEN / f"compare.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert golden.read_text("utf-8") == text


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_empty_graph_says_so(lang: str) -> None:
    """Two collections of which nothing is known give no tables and a sentence."""
    report = compare(
        Knowledge(EmbeddedStore(), Workspace(None)), texts(lang), "https://example.org/a", "https://example.org/b"
    )
    assert report.tables == ()
    assert report.answer
    assert "0 " in report.examined
