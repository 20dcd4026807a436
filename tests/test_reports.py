"""Reports: answers against an independent way of computing them, on the real graph and on tiny ones."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.errors import UnknownThing
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.network import project, relations
from samverkansgraf.render import render
from samverkansgraf.reports import Report, Table, find_report
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = Path(__file__).parent / "golden" / "reports"
WHOLE_GRAPH = ("reporting", "membership", "gaps")
SG = "https://w3id.org/samverkansgraf/ns#"
VB = "https://w3id.org/samverkansgraf/id/vasterbotten/"


def knowledge_of(quads: str) -> Knowledge:
    """Knowledge of a few N-Quads lines."""
    store = EmbeddedStore()
    store.load(quads)
    return Knowledge(store, Workspace(None))


def cells(report: Report, table: int = 0) -> list[tuple[object, ...]]:
    """Cells of each row of one table."""
    return [row.cells for row in report.tables[table].rows]


def below(report: Report) -> list[Table]:
    """The tables under the one that sums up a long report."""
    summaries = {texts(lang)("common.summary") for lang in ("sv", "en")}
    return [table for table in report.tables if table.title not in summaries]


@pytest.mark.parametrize("name", ["quality", "open", "assignments"])
def test_a_long_report_begins_with_what_each_collection_has(graph: Graph, name: str) -> None:
    """Each number is that of rows in the report on the collection alone, which has no such table itself."""
    summary, *tables = graph.report(name).tables
    assert summary.title == texts("sv")("common.summary")
    assert tables == below(graph.report(name))
    for collection, *numbers in (row.cells for row in summary.rows):
        alone = graph.report(name, collection=str(collection)).tables
        titled = {table.title: len(table.rows) for table in alone}
        assert texts("sv")("common.summary") not in titled
        assert numbers == [titled.get(table.title, 0) for table in tables][: len(numbers)]


@pytest.mark.parametrize("name", WHOLE_GRAPH)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_prints_what_it_printed(graph: Graph, name: str, lang: str) -> None:
    """The text of each report on Västerbotten is the golden one; UPDATE_GOLDEN=1 writes it anew."""
    made = render(Graph(graph.workspace, lang).report(name, collection="Västerbotten"), "table").decode()
    golden = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(made, "utf-8")
    assert golden.read_text("utf-8") == made


@pytest.mark.parametrize("name", WHOLE_GRAPH)
@pytest.mark.parametrize("collection", ["Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen", None])
def test_report_fits_a_hundred_columns(graph: Graph, name: str, collection: str | None) -> None:
    """No line of a text report is wider than 100 characters, and the first line is the answer."""
    report = graph.report(name, collection=collection)
    lines = render(report, "table").decode().splitlines()
    assert max(map(len, lines)) <= 100
    assert report.answer.startswith(lines[0])
    assert report.examined in " ".join(lines)


@pytest.mark.parametrize("name", WHOLE_GRAPH)
def test_report_on_an_empty_graph_says_so(name: str) -> None:
    """An empty graph gives no tables, and a sentence that nothing is there."""
    report = find_report(name)(knowledge_of(""), texts("sv"))
    assert report.tables == ()
    assert report.answer
    assert "0 " in report.examined


def test_every_row_of_a_relation_has_evidence(graph: Graph) -> None:
    """Each relation points to a passage of the modality that the row shows."""
    for row in graph.report("reporting").tables[0].rows:
        assert row.evidence
        assert {passage.modality for passage in row.evidence} == {row.modality}


def test_reporting_counts_the_relations_that_plain_sparql_counts(graph: Graph) -> None:
    """Flat statements of preparing, informing and leading are all in the report, whatever their modality."""
    names = {graph.knowledge.things.label(SG + verb): verb for verb in ("preparesFor", "informs", "leads")}
    rows = [row for row in graph.report("reporting").tables[0].rows if row.cells[0] in names]
    shown = {(names[str(row.cells[0])], p.iri) for row in rows for p in row.evidence}
    actors = graph.knowledge.instances(*(SG + kind for kind in ("Body", "Forum", "Cooperation", "Group")), "http://www.w3.org/ns/org#Organization", "http://www.w3.org/ns/org#Post")  # fmt: skip  # noqa: E501
    text = "SELECT ?verb ?from ?to ?g WHERE { VALUES ?verb { sg:preparesFor sg:informs sg:leads } ?g a sg:Passage ; sg:modality ?m . GRAPH ?g { ?from ?verb ?to } FILTER(?m NOT IN (sg:rejected, sg:denied)) }"  # noqa: E501
    found = graph.query(text).rows
    expected = {(str(r["verb"]).removeprefix(SG), str(r["g"])) for r in found if {r["from"], r["to"]} <= actors}
    assert expected
    assert expected <= shown


def test_membership_seats_are_those_of_the_allocations(graph: Graph) -> None:
    """Seats per kommun are the sums that SPARQL makes of the allocations each kommun appoints."""
    text = """SELECT ?label (SUM(?n) AS ?sum) WHERE {
        ?a sg:forum ?forum ; sg:appointedBy ?k ; sg:members ?n . ?k a sg:Municipality ; rdfs:label ?label
    } GROUP BY ?label ORDER BY ?label"""
    expected = {str(row["label"]): row["sum"] for row in graph.query(text)}
    shown: Counter[str] = Counter()
    for table in graph.report("membership").tables:
        shown.update({str(row.cells[0]): row.cells[-1] for row in table.rows if isinstance(row.cells[-1], int)})
    assert expected == {name: number for name, number in shown.items() if number}


def test_membership_rows_are_in_swedish_order(graph: Graph) -> None:
    """Åsele comes after Vännäs."""
    names = [str(row[0]) for row in cells(graph.report("membership", collection="Västerbotten"))]
    assert len(names) == 15
    assert names.index("Vännäs") < names.index("Åsele")


def test_gap_statuses_agree_with_sets_of_passages(graph: Graph) -> None:
    """A network is said to exist or be mentioned exactly for the areas that a stated passage links one to."""
    text = """SELECT DISTINCT ?area WHERE {
        VALUES ?kind { sg:CooperationArea sg:Priority sg:FocusArea }
        ?n a sg:Network ; sg:concerns|sg:attachedTo ?topic . ?topic skos:broader* ?area . ?area a ?kind }"""
    things = graph.knowledge.things
    expected = {things.label(str(row["area"])) for row in graph.query(text)}
    shown = {str(row[0]) for row in cells(graph.report("gaps")) if row[1] in {"finns", "endast nämnt"}}
    assert expected == shown


def test_open_compositions_are_reported(graph: Graph) -> None:
    """The two delegations with X members are left open, with the place that says so."""
    table = graph.report("gaps", collection="Västerbotten").tables[-1]
    found = {str(row.cells[0]): row for row in table.rows}
    for name in ("Delegation för utbildning (DU)", "Delegationen för social välfärd och hälsa (DSH)"):
        assert found[name].cells[1] == "lämnat öppet"
        assert any("X ledamöter" in passage.anchor for passage in found[name].evidence)


def test_silence_is_not_called_absence(graph: Graph) -> None:
    """*saknas* is said only where a closed list or a denied passage is the evidence."""
    for row in graph.report("gaps").tables[1].rows:
        assert row.cells[2] != "saknas" or row.evidence


def test_around_a_body_shows_only_its_neighbours(graph: Graph) -> None:
    """Every row around PKD has PKD, or a group it is in, on one side; two hops show more."""
    one = graph.report("reporting", of="PKD", hops=1).tables[0].rows
    two = graph.report("reporting", of="PKD", hops=2).tables[0].rows
    assert 0 < len(one) < len(two)
    near = {"PKD", "Delegationerna", "PKD AU"}
    assert all(any(word in str(cell) for cell in row.cells[1:3] for word in near) for row in one)


def test_proposed_preparation_is_shown_as_proposed(graph: Graph) -> None:
    """The route that the minutes only propose is in the report, and no fact of the default graph."""
    rows = graph.report("reporting", collection="Västerbotten").tables[0].rows
    proposed = [
        row for row in rows if "arbetsutskott" in str(row.cells[1]) and row.cells[0] == "bereder åt" and row.cells[3]
    ]
    assert {row.modality for row in proposed} == {"proposed"}
    assert not graph.query("ASK { vb:run-au sg:preparesFor ?whom }")


def test_unknown_names_suggest_near_ones(graph: Graph) -> None:
    """A misspelt name or collection raises with suggestions."""
    with pytest.raises(UnknownThing, match="PKD"):
        graph.report("show", thing="PKDD")
    with pytest.raises(UnknownThing, match="Västerbotten"):
        graph.report("gaps", collection="Vesterbotten")


def test_path_follows_relations_in_their_direction(graph: Graph) -> None:
    """From a network of officials a matter reaches the region through the delegations."""
    report = graph.report("path", start="Skolchefsnätverk", end="Region Västerbotten")
    steps = [row.cells[:3] for row in report.tables[0].rows]
    assert steps[0][0] == "Skolchefsnätverk"
    assert steps[-1][1] == "lämnar rekommendation till"
    assert steps[-1][2] == "Region Västerbotten"


def test_show_tells_every_fact_with_its_passage(graph: Graph) -> None:
    """PKD's thirty seats, its preparation and its names are there, with evidence."""
    report = graph.report("show", thing="PKD")
    facts = {row.cells: row for table in report.tables for row in table.rows}
    assert ("angivet antal ledamöter", "30") in facts
    assert ("bereder åt ←", "Primärkommunala delegationens arbetsutskott") in facts
    assert all(row.evidence for row in facts.values())


def test_projection_keeps_parallel_relations_and_spreads_groups() -> None:
    """Two relations between the same ends are two edges; a group that acts each by each gives an edge a member."""
    rng = random.Random(1)  # noqa: S311 - reproducible test data
    for _ in range(20):
        lines, expected = random_relations(rng)
        knowledge = knowledge_of("".join(lines))
        drawn = project(relations(knowledge), knowledge.groups)
        assert Counter((u, v, d["verb"]) for u, v, d in drawn.edges(data=True)) == expected


def random_relations(rng: random.Random) -> tuple[list[str], Counter[tuple[str, str, str]]]:
    """A random small graph as N-Quads, and its edges by sets."""
    a, passage = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<https://w3id.org/samverkansgraf/doc/x.1>"
    above, stated = "<http://www.w3.org/2000/01/rdf-schema#subPropertyOf>", f"<{SG}stated>"
    verbs = [f"{SG}{verb}" for verb in ("informs", "leads", "preparesFor")]
    lines = [f"<{verb}> {above} <{SG}relatesTo> .\n" for verb in verbs]
    lines += [f"{passage} {a} <{SG}Passage> .\n{passage} <{SG}modality> {stated} .\n"]
    members = [f"{VB}m{number}" for number in range(rng.randint(1, 4))]
    lines += [
        f"<{VB}g> {a} <{SG}Group> .\n",
        *(f"<{VB}g> <http://www.w3.org/ns/org#hasMember> <{m}> .\n" for m in members),
    ]
    expected: Counter[tuple[str, str, str]] = Counter()
    for _ in range(rng.randint(1, 6)):
        source, target, verb = f"{VB}b{rng.randint(0, 3)}", f"{VB}b{rng.randint(0, 3)}", rng.choice(verbs)
        lines.append(f"<{source}> <{verb}> <{target}> {passage} .\n")
        expected[source, target, verb] = 1
    flow = f"<{VB}flow>"
    lines += [f"{flow} {key} {value} {passage} .\n" for key, value in ((a, f"<{SG}Flow>"), (f"<{SG}verb>", f"<{verbs[0]}>"), (f"<{SG}fromEach>", f"<{VB}g>"), (f"<{SG}to>", f"<{VB}z>"))]  # fmt: skip  # noqa: E501
    expected.update((member, f"{VB}z", verbs[0]) for member in members)
    return lines, expected
