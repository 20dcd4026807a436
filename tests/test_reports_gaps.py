"""Coverage of areas: statuses against sets, kommun × area against sets, what a workspace expects."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from itertools import product
from pathlib import Path

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.errors import WorkspaceError
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.overlay import Overlay
from samverkansgraf.render import render
from samverkansgraf.reports.coverage import KINDS, Coverage
from samverkansgraf.reports.expected import expectations, expected_of
from samverkansgraf.reports.gaps import gaps
from samverkansgraf.reports.holders import holders, seated
from samverkansgraf.reports.kommun_areas import members
from samverkansgraf.reports.table import Report, Table
from samverkansgraf.reports.what_if import what_if
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace
from workbench import Workbench

GOLDEN = Path(__file__).parent / "golden" / "reports"
SG, ORG = "https://w3id.org/samverkansgraf/ns#", "http://www.w3.org/ns/org#"
THING, DOC = "https://example.org/", "https://w3id.org/samverkansgraf/doc/x"
TYPE, BROADER = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2004/02/skos/core#broader"
COLLECTION = f"{THING}collection"
AREAS = ("CooperationArea", "Priority", "FocusArea")
STATED = {"stated", "inferred"}
CLASSES = {
    "network": {"Network"}, "delegation": {"PoliticalForum"}, "group": {"WorkingGroup"}, "project": {"Project"},
    "responsible": {"Assignment"}, "money": {"Contribution", "FundingForm"}, "review": {"Evaluation"},
}  # fmt: skip
Said = tuple[str, str, str, str]
"""Subject, property, value, modality: local names of one statement."""


def status_of(kind: str, modalities: set[str], described: bool) -> str:
    """The status that modalities of ties give, written out once more."""
    if modalities & STATED:
        return "exists" if described or kind in {"responsible", "law"} else "mentioned"
    if "ambiguous" in modalities:
        return "ambiguous"
    if modalities & {"proposed", "permitted", "intended", "tentative"}:
        return "open"
    return "absent" if "denied" in modalities else "silent"


def expected_statuses(said: Iterable[Said], areas: Iterable[str], bare: set[str]) -> dict[tuple[str, str], str]:
    """Area × kind → status by sets alone: flat lists, every pair looked at."""
    said = list(said)
    types = {(s, v) for s, p, v, m in said if p == "type" and m != "denied"}
    up = {(s, v) for s, p, v, _ in said if p == "broader"}
    below = {area: {area} | {s for s, v in up if v == area} for area in areas}
    facts = {(s, p) for s, p, _, m in said if m in STATED and p not in bare}
    facts |= {(v, p) for _, p, v, m in said if p == "informs" and m in STATED}
    handed = {s for s, p, _, m in said if p == "assignedTo" and m in STATED}
    found = {}
    for area, kind in product(areas, KINDS):
        ties: set[tuple[str, str]] = set()
        for s, p, v, m in said:
            if p in {"concerns", "attachedTo"} and v in below[area] and (v == area or m != "denied"):
                hit = kind != "law" and any((s, one) in types for one in CLASSES[kind])
                hit = hit and (kind != "responsible" or s in handed or m != "stated")
                ties |= {(s, m)} if hit else set()
                if kind == "law" and m != "denied":
                    bases = {one for t, q, _, one in said if t == s and q == "legalBasis" and one != "denied"}
                    ties |= {(s, surer_not(m, one)) for one in bases}
            if (kind, p) in {("law", "legalBasis"), ("review", "reviewedIn")} and s in below[area]:
                ties |= {("+year", m)} if s == area or m != "denied" else set()
        full = any(m in STATED and (s == "+year" or any(one == s for one, _ in facts)) for s, m in ties)
        found[area, kind] = status_of(kind, {m for _, m in ties}, full)
    return found


def surer_not(one: str, other: str) -> str:
    """The less sure of two modalities."""
    order = ["stated", "inferred", "intended", "proposed", "permitted", "tentative", "ambiguous"]
    return max(one, other, key=order.index)


BARE = {"type", "label", "prefLabel", "altLabel", "abbreviation", "concerns", "matter", "attachedTo", "listIsOpen", "leavesOpen", "standing", "relatesTo", "broader", "wasDerivedFrom"}  # fmt: skip  # noqa: E501


def knowledge_of(said: Iterable[Said], workspace: Workspace | None = None) -> Knowledge:
    """Knowledge of statements, one passage per modality; what is stated is in the default graph too."""
    lines = [f"<{DOC}> <{SG}collection> <{COLLECTION}> .", f"<{DOC}> <{SG}status> <{SG}adopted> ."]
    lines += [f"<{SG}informs> <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <{SG}relatesTo> ."]
    above = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    lines += [f"<{SG}{one}> {above} <{SG}Forum> ." for one in ("Network", "PoliticalForum", "WorkingGroup")]
    listed = list(said)
    for number, modality in enumerate(sorted({m for *_, m in listed}), 1):
        about = {"document": f"<{DOC}>", "modality": f"<{SG}{modality}>", "section": '"1"', "anchor": '"ord"', "sequence": f'"{number}"'}  # fmt: skip  # noqa: E501
        lines += [f"<{DOC}.{modality}> <{TYPE}> <{SG}Passage> ."]
        lines += [f"<{DOC}.{modality}> <{SG}{key}> {value} ." for key, value in about.items()]
    for subject, key, value, modality in listed:
        shown = f'"{value}"^^<http://www.w3.org/2001/XMLSchema#boolean>' if key == "listIsOpen" else f"<{SG}{value}>" if key == "type" else f'"{value}"' if key in {"reviewedIn", "seats"} else f"<{THING}{value}>"  # fmt: skip  # noqa: E501
        known = {"type": TYPE, "broader": BROADER, "hasMember": ORG + "hasMember"}
        line = f"<{THING}{subject}> <{known.get(key, SG + key)}> {shown}"
        lines += [f"{line} <{DOC}.{modality}> ."] + ([f"{line} ."] if modality in STATED else [])
        if (key, modality in STATED) == ("type", True) and value in {"Network", "PoliticalForum", "WorkingGroup"}:
            lines += [f"<{THING}{subject}> <{TYPE}> <{SG}Forum> ."]
    store = EmbeddedStore()
    store.load("\n".join(lines) + "\n")
    return Knowledge(store, workspace or Workspace(None))


def random_statements(chance: random.Random) -> list[Said]:
    """Areas with topics under them, things of every kind, and ties of every modality."""
    modality = ["stated", "inferred", "proposed", "permitted", "ambiguous", "denied"]
    said: list[Said] = [(f"a{n}", "type", AREAS[n % 3], "stated") for n in range(4)]
    said += [(f"t{n}", "broader", f"a{chance.randrange(4)}", "stated") for n in range(3)]
    kinds = sorted(one for classes in CLASSES.values() for one in classes)
    for n in range(14):
        said.append((f"x{n}", "type", chance.choice(kinds), "stated"))
        for _ in range(chance.randrange(3)):
            place = chance.choice(["a0", "a1", "a2", "a3", "t0", "t1", "t2"])
            said.append((f"x{n}", chance.choice(["concerns", "attachedTo"]), place, chance.choice(modality)))
        extra = chance.choice([("seats", "3"), ("informs", "x0"), ("assignedTo", "x1"), ("legalBasis", "law"), None])
        said += [(f"x{n}", *extra, chance.choice(modality))] if extra else []
    for area in ("a0", "a1", "t0", "t1"):
        said += [(area, "legalBasis", "law", chance.choice(modality))] if chance.random() < 0.4 else []
        said += [(area, "reviewedIn", "2026", chance.choice(modality))] if chance.random() < 0.4 else []
    return said


def test_statuses_on_random_graphs_are_those_of_plain_sets() -> None:
    """Every area × kind of eighty small graphs."""
    chance = random.Random(11)  # noqa: S311 - reproducible test data
    seen = set()
    for _ in range(80):
        said = random_statements(chance)
        coverage = Coverage(knowledge_of(said))
        areas = [area.removeprefix(THING) for area in coverage.areas()]
        found = {(area, kind): coverage.find(THING + area, kind).status for area in areas for kind in KINDS}
        assert found == expected_statuses(said, areas, BARE)
        seen |= {(kind, status) for (_, kind), status in found.items()}
    assert {kind for kind, _ in seen} == set(KINDS)
    assert {status for _, status in seen} == {"exists", "mentioned", "open", "ambiguous", "silent", "absent"}


def statements(graph: Graph) -> list[Said]:
    """Statements of the real graph that matter to coverage, by plain SPARQL."""
    keys = "sg:concerns sg:attachedTo sg:legalBasis sg:reviewedIn"
    text = f"""SELECT DISTINCT ?s ?p ?v ?m WHERE {{ VALUES ?p {{ {keys} }} ?g a sg:Passage ; sg:modality ?m .
      GRAPH ?g {{ ?s ?p ?v }} }}"""
    said = [(str(r["s"]), local(r["p"]), str(r["v"]), local(r["m"])) for r in graph.query(text)]
    for kinds in CLASSES.values():
        for kind in kinds:
            text = f"""SELECT DISTINCT ?s WHERE {{ ?c rdfs:subClassOf* sg:{kind} . ?g a sg:Passage ; sg:modality ?m .
              GRAPH ?g {{ ?s a ?c }} FILTER(?m != sg:denied) }}"""
            said += [(str(row["s"]), "type", kind, "stated") for row in graph.query(text)]
    text = "SELECT DISTINCT ?s ?v WHERE { ?s skos:broader+ ?v }"
    said += [(str(row["s"]), "broader", str(row["v"]), "stated") for row in graph.query(text)]
    classes = "sg:Network sg:PoliticalForum sg:WorkingGroup sg:Project sg:Contribution sg:FundingForm sg:Evaluation"
    text = f"SELECT DISTINCT ?s ?p WHERE {{ VALUES ?c {{ {classes} }} ?s a ?c ; ?p ?v }}"
    said += [(str(row["s"]), local(row["p"]), "", "stated") for row in graph.query(text)]
    text = """SELECT DISTINCT ?s WHERE { { ?a ?p ?s . ?p rdfs:subPropertyOf sg:relatesTo } UNION
      { ?n sg:forum ?s ; ?q ?v . VALUES ?q { sg:members sg:appointedBy sg:appointedByEach } } }"""
    said += [("", "informs", str(row["s"]), "stated") for row in graph.query(text)]
    text = "SELECT DISTINCT ?s ?v WHERE { ?s sg:assignedTo ?v }"
    return said + [(str(row["s"]), "assignedTo", str(row["v"]), "stated") for row in graph.query(text)]


def local(iri: object) -> str:
    """The last part of an IRI."""
    return str(iri).replace("#", "/").rpartition("/")[2]


def test_statuses_on_the_real_graph_are_those_of_plain_sparql(graph: Graph) -> None:
    """Every area × kind of the five documents, and the matrix prints just them."""
    coverage, words = Coverage(graph.knowledge), texts("sv")
    areas = list(coverage.areas())
    expected = expected_statuses(statements(graph), areas, BARE)
    assert {(area, kind): coverage.find(area, kind).status for area in areas for kind in KINDS} == expected
    shown = [row.cells[1:] for row in graph.report("gaps").tables[0].rows]
    assert shown == [tuple(words(f"gaps.status_{expected[area, kind]}") for kind in KINDS) for area in areas]
    assert "finns" in {row[list(KINDS).index("law")] for row in shown}


def test_a_law_rests_on_two_passages() -> None:
    """A task that concerns an area lends it its statute; both passages are cited, the less sure gives the modality."""
    said = [("a0", "type", "Priority", "stated"), ("x", "type", "Assignment", "stated")]
    said += [("x", "concerns", "a0", "stated"), ("x", "legalBasis", "law", "inferred")]
    finding = Coverage(knowledge_of(said)).find(f"{THING}a0", "law")
    assert (finding.status, finding.modality) == ("exists", "inferred")
    assert {passage.modality for passage in finding.passages} == {"stated", "inferred"}


def crossed(report: Report) -> list[Table]:
    """The tables kommun × area."""
    return [table for table in report.tables if "count" in {column.key for column in table.columns}]


def kommuner() -> list[Said]:
    """Two forums and a project with kommuner; one area concerned, one under a task, one by nothing."""
    said = [(f"k{n}", "type", "Municipality", "stated") for n in range(4)]
    said += [(f"a{n}", "type", "FocusArea", "stated") for n in range(3)] + [("t", "broader", "a0", "stated")]
    said += [("g", "type", "Group", "stated"), *(("g", "hasMember", f"k{n}", "stated") for n in (0, 1))]
    said += [("f", "type", "Network", "stated"), ("f", "hasMember", "g", "stated"), ("f", "concerns", "t", "stated")]
    said += [
        ("p", "type", "Project", "stated"),
        ("p", "participant", "k2", "stated"),
        ("p", "concerns", "t", "proposed"),
    ]
    said += [("b", "type", "PoliticalForum", "stated"), ("b", "hasMember", "k3", "stated")]
    return [
        *said,
        ("w", "type", "Assignment", "stated"),
        ("w", "concerns", "a1", "stated"),
        ("w", "assignedTo", "b", "stated"),
    ]


def test_kommuner_are_counted_through_groups_topics_and_tasks() -> None:
    """A narrower topic counts for its area; what is only proposed has a row of its own; the rest are in none."""
    (table,) = crossed(gaps(knowledge_of(kommuner()), texts("sv")))
    rows = [(local(row.cells[0]), row.cells[1], row.modality) for row in table.rows]
    assert sorted(rows) == [("a0", 1, "proposed"), ("a0", 2, "stated"), ("a1", 1, "stated"), ("a2", 0, "")]
    assert all(row.evidence and row.derived for row in table.rows)
    assert [row.cells[4] for row in table.rows if local(row.cells[0]) == "a2"] == ["alla"]


def test_kommuner_of_the_real_graph_sit_where_the_other_count_has_them(graph: Graph) -> None:
    """In forums that concern an area or have a task in it: the kommuner that `holders.seated` finds by SPARQL."""
    knowledge = graph.knowledge
    found = seated(knowledge, holders(knowledge))
    text = """SELECT DISTINCT ?area ?forum WHERE {
      VALUES ?kind { sg:CooperationArea sg:Priority sg:FocusArea } ?area a ?kind . ?topic skos:broader* ?area .
      { ?forum sg:concerns|sg:attachedTo ?topic } UNION
      { ?task sg:concerns|sg:attachedTo ?topic ; sg:assignedTo ?forum } }"""
    expected: dict[str, set[str]] = {}
    for row in graph.query(text):
        label = knowledge.things.label(str(row["area"]))
        expected.setdefault(label, set()).update(found.get(str(row["forum"]), ()))
    tables = crossed(graph.report("gaps"))
    shown = {str(r.cells[0]): r.cells[1] for t in tables for r in t.rows if r.modality in {"", "stated"}}
    assert {label: len(names) for label, names in expected.items() if names} == {k: n for k, n in shown.items() if n}
    assert set(shown.values()) != {0}


def test_no_kommun_sits_beyond_its_collection(graph: Graph) -> None:
    """Whoever is counted for a collection sits in a forum that a passage of it names."""
    for home in {home for home, _ in graph.knowledge.documents.values()}:
        for links in members(graph.knowledge, home).values():
            for link in links.values():
                assert graph.knowledge.passages(link.passages, home)


def test_a_collection_alone_says_of_its_kommuner_what_all_together_say(graph: Graph) -> None:
    """The tables of one collection are those of the whole graph, cell by cell."""
    every = [(table.title, [row.cells for row in table.rows]) for table in crossed(graph.report("gaps"))]
    alone = []
    for name in ("Jämtland Härjedalen", "Umeåregionen", "Västerbotten", "Västmanland"):
        alone += [(t.title, [row.cells for row in t.rows]) for t in crossed(graph.report("gaps", collection=name))]
    assert every == alone


def test_a_closed_list_without_a_network_for_an_area_says_that_it_is_absent() -> None:
    """The networks of two areas are listed, the list is closed, one area has none: that is *absent*, with evidence."""
    said = [
        ("a0", "type", "Priority", "stated"),
        ("a1", "type", "Priority", "stated"),
        ("n", "type", "Network", "stated"),
    ]
    said += [
        ("list", "concerns", "a0", "stated"),
        ("list", "concerns", "a1", "stated"),
        ("list", "hasMember", "n", "stated"),
    ]
    said += [("list", "listIsOpen", "false", "stated"), ("n", "concerns", "a0", "stated")]
    coverage = Coverage(knowledge_of(said))
    found = [coverage.find(f"{THING}{area}", "network") for area in ("a0", "a1")]
    assert [one.status for one in found] == ["mentioned", "absent"]
    assert all(one.passages for one in found)
    assert coverage.find(f"{THING}a1", "group").status == "silent"
    answer = gaps(knowledge_of(said), texts("sv")).answer
    assert "texterna tiger om 14 av 16 frågor (inte nämnt) och svarar nej på 1 (saknas)" in answer
    silence = gaps(knowledge_of(said[:3]), texts("en")).answer
    assert "the texts are silent on 16 of 16 questions (not said) and never answer no (absent)" in silence


SETTINGS = '[gaps]\nexpected = ["network", "responsible"]\nPriority = ["law"]\n'


def test_expectations_are_counted_and_listed(workspace: Callable[..., Workbench]) -> None:
    """Silence keeps its name; the evidence is then the passage that names the area; what is found is not listed."""
    said = [("a0", "type", "FocusArea", "stated"), ("a1", "type", "Priority", "stated")]
    said += [("n", "type", "Network", "stated"), ("n", "concerns", "a0", "stated"), ("n", "seats", "3", "stated")]
    report = gaps(knowledge_of(said, workspace(SETTINGS).workspace), texts("sv"))
    assert [local(row.cells[0]) for row in report.tables[1].rows] == ["a0", "a1"]
    assert [row.cells[1:] for row in report.tables[1].rows] == [("ansvarig", "inte nämnt"), ("lag", "inte nämnt")]
    assert all(row.evidence for row in report.tables[1].rows)
    assert "av 3 förväntningar är 2 inte uppfyllda (2 inte nämnt)" in report.answer


def test_all_that_is_expected_may_be_found(workspace: Callable[..., Workbench]) -> None:
    """Then there is no table, and the answer says so."""
    said = [("a0", "type", "FocusArea", "stated"), ("a0", "reviewedIn", "2026", "stated")]
    report = gaps(knowledge_of(said, workspace('[gaps]\nexpected = ["review"]').workspace), texts("sv"))
    assert "det som förväntas finns (1 av 1)" in report.answer
    assert texts("sv")("gaps.not_found") not in {table.title for table in report.tables}


def test_expectations_of_a_kind_of_area_stand_in_for_the_general_ones(workspace: Callable[..., Workbench]) -> None:
    """A kind that is listed empty is expected nothing."""
    table = expectations(workspace(f"{SETTINGS}CooperationArea = []\n").workspace)
    assert expected_of({SG + "FocusArea"}, table) == ("network", "responsible")
    assert expected_of({SG + "Priority"}, table) == ("law",)
    assert expected_of({SG + "Priority", SG + "CooperationArea"}, table) == ("law",)
    assert expected_of({SG + "CooperationArea"}, table) == ()
    assert expectations(Workspace(None)) == {}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("wanted = ['network']", "unknown setting 'wanted'; known are expected, CooperationArea"),
        ("expected = 'network'", "'expected' should be a list of network, delegation"),
        ("expected = [1]", "'expected' should be a list of network"),
        ("FocusArea = ['network', 'netwrok']", "unknown coverage 'netwrok' in 'FocusArea'; known are network"),
    ],
)
def test_unknown_words_are_refused(workspace: Callable[..., Workbench], settings: str, message: str) -> None:
    """The message names the file, the word and what is known."""
    with pytest.raises(WorkspaceError, match=rf"samverkansgraf\.toml: \[gaps\]: {message}"):
        expectations(workspace(f"[gaps]\n{settings}\n").workspace)


def test_what_if_tells_which_areas_change(graph: Graph) -> None:
    """Without the group of schools' heads its area loses its working group; kommun tables do not disturb."""
    group = "https://w3id.org/samverkansgraf/id/umea/skolchefgruppen"
    report = what_if(graph.knowledge, texts("sv"), overlay=Overlay(frozenset({group}), frozenset()))
    changed = {str(row.cells[0]): row.cells for table in report.tables for row in table.rows if len(row.cells) == 3}
    cells = next(cells for area, cells in changed.items() if area.startswith("Gymnasieutbildning"))
    assert "grupp: finns" in str(cells[1])
    assert "grupp: inte nämnt" in str(cells[2])


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_prints_what_it_printed(graph: Graph, lang: str, workspace: Callable[..., Workbench]) -> None:
    """The text on Umeåregionen with expectations is the golden one; UPDATE_GOLDEN=1 writes it anew."""
    knowledge = Knowledge(graph.knowledge.store, workspace(SETTINGS).workspace)
    report = gaps(knowledge, texts(lang), collection=knowledge.collection("Umeåregionen"))
    printed = render(report, "table").decode()
    golden = GOLDEN / f"gaps-expected.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(printed, "utf-8")
    assert golden.read_text("utf-8") == printed
    assert max(map(len, printed.splitlines())) <= 100
    assert all(row.evidence for table in report.tables for row in table.rows)
