"""Routes in an area: steps against SPARQL and against sets on seeded random flows; silence is said, not filled."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest

from samverkansgraf.api import Graph
from samverkansgraf.errors import QueryError
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.render import render
from samverkansgraf.reports.routes import STAGES, lengths, routes
from samverkansgraf.reports.table import Report, Row
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden" / "reports"
SG = "https://w3id.org/samverkansgraf/ns#"
DOC = "https://w3id.org/samverkansgraf/doc/"
VB = "https://w3id.org/samverkansgraf/id/vasterbotten/"
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
STEPS, BREAKS = "Steg som texten anger för området", "Där vägen bryts"
ATTACHED, GENERAL = "Organ som är knutna till området", "Vad organen gör i allmänhet, inte sagt om området"
AREAS = ("CooperationArea", "Direction", "Priority", "FocusArea", "Pillar", "Topic", "Goal")


def knowledge_of(quads: str) -> Knowledge:
    """Knowledge of a few N-Quads lines."""
    store = EmbeddedStore()
    store.load(quads)
    return Knowledge(store, Workspace(None))


def made(graph: Graph, area: str, lang: str = "sv") -> Report:
    """The report on the real graph."""
    return routes(graph.knowledge, texts(lang), graph.knowledge.things.find(area))


def rows(report: Report, title: str) -> list[Row]:
    """Rows of the table with a title."""
    return [row for table in report.tables if table.title == title for row in table.rows]


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    ("name", "area"), [("routes", "vb:fokus-samverkan"), ("routes-kollektivtrafik", "vml:omrade-kollektivtrafik")]
)
def test_report_prints_what_it_printed(graph: Graph, name: str, area: str, lang: str) -> None:
    """The text for two areas is the golden one; UPDATE_GOLDEN=1 writes it anew."""
    text = render(made(graph, area, lang), "table").decode()
    golden = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert golden.read_text("utf-8") == text


@pytest.fixture(scope="module")
def every(graph: Graph) -> dict[str, Report]:
    """The report of each area of the graph, stated or proposed."""
    areas = sorted(graph.knowledge.instances(*(SG + kind for kind in AREAS)))
    return {area: routes(graph.knowledge, texts("sv"), area) for area in areas}


def test_every_area_has_a_report_that_fits(every: dict[str, Report]) -> None:
    """For each area of the graph: at most 100 columns, the answer first, evidence in every row."""
    assert len(every) > 50
    for area, report in every.items():
        lines = render(report, "table").decode().splitlines()
        assert max(map(len, lines)) <= 100, area
        assert report.answer.startswith(lines[0])
        assert all(row.evidence for table in report.tables for row in table.rows)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_empty_graph_says_so(lang: str) -> None:
    """An empty graph gives no tables and a sentence about what is not said."""
    report = routes(knowledge_of(""), texts(lang), VB + "omrade")
    assert report.tables == ()
    assert {"sv": "inget led säger vem som bereder", "en": "no step says who prepares"}[lang] in report.answer
    assert report.examined.startswith({"sv": "Undersökt: 0 ", "en": "Examined: 0 "}[lang])


def test_steps_are_the_flows_that_sparql_and_networkx_find(graph: Graph, every: dict[str, Report]) -> None:
    """For every area the passages of its steps are those of flows on it, on what lies under it, or towards it."""
    text = """SELECT DISTINCT ?topic ?g WHERE {
        ?g a sg:Passage ; sg:modality ?m . FILTER(?m NOT IN (sg:rejected, sg:denied))
        { GRAPH ?g { ?flow a sg:Flow ; sg:verb ?verb ; sg:concerns|sg:to|sg:toEach|sg:toOneOf ?topic } }
        UNION { ?verb rdfs:subPropertyOf sg:relatesTo . GRAPH ?g { ?from ?verb ?topic } } }"""
    passages: dict[str, set[str]] = {}
    for row in graph.query(text, is_text=True):
        passages.setdefault(str(row["topic"]), set()).add(str(row["g"]))
    broader = graph.query("SELECT ?narrow ?broad WHERE { ?narrow skos:broader ?broad }", is_text=True)
    areas = nx.DiGraph((str(row["narrow"]), str(row["broad"])) for row in broader)
    areas.add_nodes_from(every)
    with_steps = 0
    for area, report in every.items():
        expected = {g for topic in {area, *nx.ancestors(areas, area)} for g in passages.get(topic, ())}
        assert {passage.iri for row in rows(report, STEPS) for passage in row.evidence} == expected, area
        with_steps += bool(expected)
    assert with_steps > 10


def test_area_without_a_flow_says_what_is_not_said(graph: Graph) -> None:
    """The text on the cooperation area of competences gives bodies, but no step; general relations are apart."""
    report = made(graph, "vb:omrade-kompetens")
    assert "anger texten ingen väg" in report.answer
    assert rows(report, STEPS) == []
    assert any("Delegation för utbildning" in str(row.cells[0]) for row in rows(report, ATTACHED))
    assert rows(report, GENERAL)
    assert any("ingen text säger att det gäller det här området" in note for note in report.notes)


def test_proposed_steps_and_either_or_recipients_say_so(graph: Graph) -> None:
    """The minutes propose that the committee prepares for the board or the assembly: neither is chosen."""
    report = made(graph, "vb:fokus-samverkan")
    (row,) = [row for row in rows(report, STEPS) if row.cells[0] == "bereder"]
    assert row.modality == "proposed"
    assert " eller " in str(row.cells[3])
    breaks = [str(row.cells[0]) for row in rows(report, BREAKS)]
    assert "antingen eller: texten säger inte till vem" in breaks
    assert "(föreslås)" in report.answer
    assert "inget led säger vem som beslutar." in report.answer


def test_open_recipients_break_the_route(graph: Graph) -> None:
    """Västmanland's body prepares matters of public transport, but for whom is left open."""
    report = made(graph, "vml:omrade-kollektivtrafik")
    breaks = Counter(str(row.cells[0]) for row in rows(report, BREAKS))
    open_ones = [row for row in rows(report, STEPS) if row.cells[3] == "(lämnas öppet)"]
    assert breaks["mottagaren lämnas öppen"] == len(open_ones) > 0
    assert "vem som beslutar" not in report.answer


def test_a_body_is_no_area(graph: Graph) -> None:
    """Asked about a body, the report says what to ask instead."""
    with pytest.raises(QueryError, match=r"\(PKD\) is a body, no area; `report reporting --of`"):
        made(graph, "PKD")


def test_every_verb_has_one_stage() -> None:
    """No verb stands in two stages."""
    verbs = [verb for verbs in STAGES.values() for verb in verbs]
    assert len(verbs) == len(set(verbs))


@pytest.mark.parametrize("seed", range(20))
def test_random_flows_agree_with_sets(seed: int) -> None:
    """Steps are the flows on the area and all under it, in the order of stages; breaks are their open sides."""
    rng = random.Random(seed)  # noqa: S311 - reproducible test data
    lines, flows, under = random_flows(rng)
    knowledge = knowledge_of("".join(lines))
    report = routes(knowledge, texts("sv"), f"{VB}o0")
    chosen = [flow for flow in flows if flow[3] in under]
    assert len(rows(report, STEPS)) == len(chosen)
    order = [str(row.cells[0]) for row in rows(report, STEPS)]
    places = [texts("sv")(f"routes.{name}") for name in (*STAGES, "other")]
    assert order == sorted(order, key=places.index)
    assert lengths(knowledge)[f"{VB}o0"] == sum(name != texts("sv")("routes.other") for name in order)
    breaks = Counter(str(row.cells[0]) for row in rows(report, BREAKS))
    assert breaks["mottagaren lämnas öppen"] == sum(not to for _, _, to, _ in chosen)
    assert breaks["ingen sägs göra det"] == sum(not who for _, who, _, _ in chosen)
    assert ("vem som beslutar" in report.answer) == ("decides" not in {verb for verb, _, _, _ in chosen})


def test_an_area_without_a_step_is_known_before_its_report(graph: Graph) -> None:
    """Every seventh area: none of its steps is counted where the report says that the text gives no route."""
    counted = lengths(graph.knowledge)
    areas = sorted(graph.knowledge.instances(*(SG + kind for kind in AREAS)))
    for area in areas[::7]:
        silent = "anger texten ingen väg" in routes(graph.knowledge, texts("sv"), area).answer
        assert silent == (not counted[area]), area
    assert 0 < sum(map(bool, map(counted.__getitem__, areas))) < len(areas)


def random_flows(rng: random.Random) -> tuple[list[str], list[tuple[str, str, str, str]], set[str]]:
    """A random small graph as N-Quads, its flows (verb, from, to, area), and the areas under the first."""
    passage, document = f"<{DOC}x.1>", f"<{DOC}x>"
    lines = [
        f"{document} <{SG}collection> <{VB}c> .\n{document} <{SG}status> <{SG}adopted> .\n",
        f'{passage} {A} <{SG}Passage> .\n{passage} <{SG}document> {document} .\n{passage} <{SG}section> "1" .\n',
        f'{passage} <{SG}anchor> "ord" .\n{passage} <{SG}modality> <{SG}stated> .\n',
        f'{passage} <{SG}sequence> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
    ]
    above = {number: rng.randrange(number) for number in range(1, 6) if rng.random() < 0.7}
    broader = "<http://www.w3.org/2004/02/skos/core#broader>"
    lines += [f"<{VB}o{low}> {broader} <{VB}o{high}> .\n" for low, high in above.items()]
    under = {0}
    for low, high in sorted(above.items()):
        under |= {low} if high in under else set()
    flows = []
    for number in range(rng.randint(1, 8)):
        verb = rng.choice(["preparesFor", "consults", "decides", "recommendsTo", "leads"])
        who, to = (rng.choice(["", f"{VB}b{rng.randint(0, 3)}"]) for _ in range(2))
        area = f"{VB}o{rng.randint(0, 5)}"
        flows.append((verb, who, to, area))
        facts = {"verb": SG + verb, "from": who, "to": to, "concerns": area}
        lines.append(f"<{VB}f{number}> {A} <{SG}Flow> {passage} .\n")
        lines += [f"<{VB}f{number}> <{SG}{key}> <{value}> {passage} .\n" for key, value in facts.items() if value]
    return lines, flows, {f"{VB}o{number}" for number in under}
