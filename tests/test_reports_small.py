"""Small reports: open, hosts, assignments, legal, positions, show, path, diff and what-if, held against other ways."""

from __future__ import annotations

import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

from samverkansgraf.api import Graph
from samverkansgraf.collation import swedish
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.network import project, relations
from samverkansgraf.overlay import Overlay, without
from samverkansgraf.render import render
from samverkansgraf.reports import Report, find_report
from samverkansgraf.reports.bridges import bridges_in_short
from samverkansgraf.reports.diff import diff
from samverkansgraf.reports.gaps import gaps_in_short
from samverkansgraf.reports.open import KINDS
from samverkansgraf.reports.path import CARRYING
from samverkansgraf.reports.reporting import reporting_in_short
from samverkansgraf.reports.what_if import what_if
from samverkansgraf.terms import MODALITIES
from samverkansgraf.texts import texts
from test_reports import below, knowledge_of

GOLDEN = Path(__file__).parent / "golden" / "reports"
SG = "https://w3id.org/samverkansgraf/ns#"
ORG = "http://www.w3.org/ns/org#"
ID = "https://w3id.org/samverkansgraf/id/"
VB = ID + "vasterbotten/"
DOC = "https://w3id.org/samverkansgraf/doc/x"
A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
NAMED = ("open", "hosts", "assignments", "legal", "positions")
COLLECTIONS = ["Västerbotten", "Umeåregionen", "Västmanland", "Jämtland Härjedalen", None]
HOME = {"open": "Västerbotten", "hosts": "Umeåregionen", "positions": "Västmanland"}
PKD_GONE = Overlay(frozenset({VB + "pkd"}), frozenset({(ID + "kommun/2480", VB + "sru")}))
BARE = re.compile(r"(?<![\w”])(vb|vml|umea|jh|sg|org|doc|aktor|person|kommun|region|lag):[a-z0-9]")
Make = Callable[[Graph], Report]


def named(name: str, **options: object) -> Make:
    """A report that goes by its name."""
    return lambda graph: graph.report(name, **options)


def changed(graph: Graph) -> Report:
    """What changed when PKD closed."""
    return diff(graph.knowledge, without(graph.knowledge, PKD_GONE), texts(graph.lang))


def supposed(graph: Graph) -> Report:
    """What if PKD closed and Umeå left."""
    return what_if(graph.knowledge, texts(graph.lang), overlay=PKD_GONE)


MADE: dict[str, Make] = {
    **{name: named(name, collection=HOME.get(name, "Västerbotten")) for name in NAMED},
    "show": named("show", thing="PKD"),
    "path": named("path", start="PKD AU", end="Region Västerbotten"),
    "path-any": named("path", start="Bjurholm", end="Kommunchefsgruppen, Umeåregionen"),
    "diff": changed,
    "diff-dates": lambda graph: graph.diff("2023", "2027"),
    "what_if": supposed,
}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_prints_what_it_printed(graph: Graph, name: str, lang: str) -> None:
    """The text of each report is the golden one; UPDATE_GOLDEN=1 writes it anew."""
    text = render(MADE[name](Graph(graph.workspace, lang)), "table").decode()
    golden = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert golden.read_text("utf-8") == text


def check(report: Report) -> None:
    """The page is a hundred wide, the answer comes first, no bare IRI is printed."""
    lines = render(report, "table").decode().splitlines()
    assert max(map(len, lines)) <= 100
    assert report.answer.startswith(lines[0])
    cells = [str(cell) for table in report.tables for row in table.rows for cell in row.cells]
    assert [cell for cell in (report.answer, *cells) if BARE.search(cell)] == []


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize("name", NAMED)
def test_report_fits_and_every_row_has_evidence(graph: Graph, name: str, collection: str | None, lang: str) -> None:
    """A hundred columns; every row has passages, and the surest of them gives the row its modality."""
    report = Graph(graph.workspace, lang).report(name, collection=collection)
    check(report)
    for row in (row for table in below(report) for row in table.rows):
        assert row.evidence
        assert row.modality == min((p.modality for p in row.evidence), key=MODALITIES.index)
        assert not {p.modality for p in row.evidence} & {"rejected", "denied"}
        assert collection is None or {graph.knowledge.documents[p.document][0] for p in row.evidence} == {
            graph.knowledge.collection(collection)
        }


@pytest.mark.parametrize("name", ["show", "path", "path-any", "diff"])
def test_the_others_fit_and_have_evidence_too(graph: Graph, name: str) -> None:
    """As above for what takes things as arguments; conclusions may rest on passages of several modalities."""
    report = MADE[name](graph)
    check(report)
    assert all(row.evidence for table in report.tables for row in table.rows)


@pytest.mark.parametrize("collection", [None, "Umeåregionen"])
@pytest.mark.parametrize("short", [bridges_in_short, gaps_in_short, reporting_in_short])
def test_a_report_in_short_says_what_the_whole_one_says(
    graph: Graph, short: Callable[..., Report], collection: str | None
) -> None:
    """The answer, what was examined and the tables that it has are those of the report itself."""
    home = graph.knowledge.collection(collection) if collection else None
    made = short(graph.knowledge, texts("sv"), collection=home)
    whole = graph.report(made.name, collection=collection)
    assert (made.answer, made.examined) == (whole.answer, whole.examined)
    assert made.tables == whole.tables[: len(made.tables)]


def test_what_is_lost_has_evidence(graph: Graph) -> None:
    """In what-if only the answers side by side are without: they are sentences on whole reports."""
    report = supposed(graph)
    check(report)
    shown = {table.title: table.rows for table in report.tables}
    assert all(row.evidence for title, rows in shown.items() if title != texts("sv")("what_if.answers") for row in rows)
    assert report.examined.count("Undersökt") == 1


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("name", NAMED)
def test_an_empty_graph_says_so(name: str, lang: str) -> None:
    """No tables, no notes, a sentence, and that nothing was examined."""
    report = find_report(name)(knowledge_of(""), texts(lang))
    assert (report.tables, report.notes) == ((), ())
    assert report.answer == texts(lang)(f"{name}.none", where="", without="").strip()
    assert re.findall(r"\d+", report.examined)
    assert set(re.findall(r"\d+", report.examined)) == {"0"}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_others_say_so_too(lang: str) -> None:
    """On an empty graph no way leads anywhere, nothing has changed and nothing changes."""
    nothing, words = knowledge_of(""), texts(lang)
    assert find_report("path")(nothing, words, ID + "a", ID + "b").tables == ()
    assert find_report("show")(nothing, words, ID + "a").tables == ()
    assert diff(nothing, nothing, words).answer == words("diff.none")
    report = what_if(nothing, words, overlay=Overlay(frozenset({ID + "a"})))
    assert report.tables == ()
    assert report.answer == words("what_if.nothing", supposed=words("what_if.ceases", name="https://w3id.org/samverkansgraf/id/a"))  # fmt: skip  # noqa: E501


# --- open


def left_open(graph: Graph) -> dict[str, set[tuple[str, str]]]:
    """Passage → (thing, property) that it leaves open, by plain SPARQL."""
    text = """SELECT ?g ?thing ?what WHERE { ?g a sg:Passage ; sg:modality ?m . GRAPH ?g { ?thing sg:leavesOpen ?what }
        FILTER(?m NOT IN (sg:rejected, sg:denied)) }"""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in graph.query(text):
        found[str(row["g"])].add((str(row["thing"]), str(row["what"])))
    return found


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_everything_left_open_is_there(graph: Graph, collection: str | None) -> None:
    """The passages of the rows are those that leave something open, each in as many tables as it leaves open kinds."""
    where = graph.knowledge.collection(collection) if collection else None
    expected = {iri for iri in left_open(graph) if graph.knowledge.passages([iri], where)}
    report = graph.report("open", collection=collection)
    assert {p.iri for table in report.tables for row in table.rows for p in row.evidence} == expected
    counted = [int(number) for number in re.findall(r"\d+", report.answer)]
    assert counted[0] == sum(counted[1:])


def test_kinds_come_by_weight(graph: Graph) -> None:
    """Numbers and members first, who gave an assignment last; the number of a forum is told once."""
    words = texts("sv")
    report = graph.report("open")
    order = [words(f"open.{kind}") for kind in KINDS]
    titles = [table.title for table in below(report)]
    assert titles == [title for title in order if title in titles]
    first = {row.cells for row in below(report)[0].rows}
    assert ("Delegation för utbildning", "antal ledamöter") in first
    givers = report.tables[-1]
    text = "SELECT DISTINCT ?t ?g WHERE { ?g a sg:Passage . GRAPH ?g { ?t sg:leavesOpen sg:assignedBy } }"
    assert {p.iri for row in givers.rows for p in row.evidence} == {str(row["g"]) for row in graph.query(text)}


def spoken(report: Report, word: str) -> int:
    """The number before *word* in the answer; an answer says nothing of what there is none of."""
    return sum(int(number) for number in re.findall(rf"(\d+) {word}", report.answer))


# --- hosts


def test_years_are_inside_the_period_of_the_heading(graph: Graph) -> None:
    """First year plus order less one, and only up to the last year; turns keep their printed order."""
    text = """SELECT ?order ?host ?first ?last WHERE { ?t a sg:HostTerm ; sg:order ?order ; sg:host ?host .
        ?t sg:partOf ?r . ?r sg:validFrom ?first ; sg:validUntil ?last }"""
    expected = {}
    for row in graph.query(text):
        year = int(str(row["first"])[:4]) + int(str(row["order"])) - 1
        shown = f"{year} (härlett)" if year <= int(str(row["last"])[:4]) else "–"
        expected[str(row["order"])] = (shown, graph.knowledge.things.label(str(row["host"])))
    (table,) = [t for t in graph.report("hosts").tables if t.title == texts("sv")("hosts.rotation")]
    assert expected
    assert {row.cells[1]: row.cells[2:4] for row in table.rows if row.cells[1] != "–"} == expected
    orders = [int(str(row.cells[1])) for row in table.rows if row.cells[1] != "–"]
    assert orders == sorted(orders)


def test_chairs_are_those_that_sparql_finds(graph: Graph) -> None:
    """Every person who holds a post of chair is named with the home that the text gives."""
    text = """SELECT DISTINCT ?person ?home WHERE { VALUES ?role { sg:Chair sg:ViceChair sg:FirstViceChair }
        ?post org:role ?role ; org:heldBy ?person . OPTIONAL { ?person sg:attachedTo ?home } }"""
    label = graph.knowledge.things.label
    expected = {
        label(str(row["person"])) + (f" ({label(str(row['home']))})" if row["home"] else "")
        for row in graph.query(text)
    }
    table = graph.report("hosts").tables[-1]
    assert {str(row.cells[2]) for row in table.rows} - {"–"} == expected
    assert all(row.cells[2] != "–" or row.cells[3] != "–" for row in table.rows)


# --- assignments


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_tasks_and_those_without_anyone_are_counted_by_sets(graph: Graph, collection: str | None) -> None:
    """Tasks, tasks without an assignee or a responsible, and shared ones, from the triples of passages."""
    where = graph.knowledge.collection(collection) if collection else None
    text = """SELECT ?g ?task ?key ?value WHERE {{ ?g a sg:Passage ; sg:modality ?m . VALUES ?key {{ {keys} }}
        GRAPH ?g {{ ?task ?key ?value }} FILTER(?m NOT IN (sg:rejected, sg:denied)) }}"""
    bodies: dict[str, set[str]] = defaultdict(set)
    for row in graph.query(text.format(keys="rdf:type")):
        if row["value"] == SG + "Assignment" and graph.knowledge.passages([str(row["g"])], where):
            bodies[str(row["task"])] = set()
    for row in graph.query(text.format(keys="sg:assignedTo sg:responsible")):
        if str(row["task"]) in bodies and graph.knowledge.passages([str(row["g"])], where):
            bodies[str(row["task"])].add(str(row["value"]))
    report = graph.report("assignments", collection=collection)
    rows = {table.title: table.rows for table in report.tables}
    idle, held = (rows.get(texts("sv")(f"assignments.{key}"), ()) for key in ("idle", "held"))
    shared = sum(len(b) > 1 for b in bodies.values())
    assert [spoken(report, word) for word in ("uppdrag", "saknar", "delas")] == [len(bodies), len(idle), shared]
    assert len(idle) == sum(not b for b in bodies.values())
    assert len(held) == sum(map(bool, bodies.values()))
    assert sum("delat" in str(row.cells[3]) for row in held) == sum(len(b) > 1 for b in bodies.values())


def test_rows_are_in_swedish_order(graph: Graph) -> None:
    """Ö comes last in every table that is sorted by name."""
    for name in ("open", "assignments", "legal"):
        for table in graph.report(name).tables:
            firsts = [swedish(str(row.cells[0])) for row in table.rows]
            assert firsts == sorted(firsts)
    last = graph.report("legal").tables[-1].rows[-1].cells[0]
    assert str(last).startswith("Överförmyndarnämnden")


# --- legal


def test_statutes_without_number_are_those_without_sfs(graph: Graph) -> None:
    """Citations are those of passages; a statute without sfs says so; a board that nothing rests on is listed."""
    text = "SELECT DISTINCT ?statute ?thing ?sfs WHERE { ?g a sg:Passage . GRAPH ?g { ?thing sg:legalBasis ?statute } OPTIONAL { ?statute sg:sfs ?sfs } }"  # noqa: E501
    label = graph.knowledge.things.label
    found = graph.query(text).rows
    expected = Counter(
        label(str(row["statute"])) + ("" if row["sfs"] else " (utan nummer)") for row in found if row["thing"]
    )
    cited, boards = graph.report("legal").tables
    assert Counter(str(row.cells[0]) for row in cited.rows) == expected
    assert any("utan nummer" in name for name in expected)
    lacking = graph.query("SELECT DISTINCT ?b WHERE { ?b a sg:JointBoard }").rows
    based = {row["thing"] for row in found}
    assert {row.cells[0] for row in boards.rows} == {label(str(r["b"])) for r in lacking if r["b"] not in based}
    open_text = "SELECT ?b WHERE { ?b a sg:JointBoard ; sg:leavesOpen sg:legalBasis }"
    left = {label(str(row["b"])) for row in graph.query(open_text)}
    assert {row.cells[0] for row in boards.rows if row.cells[1] == "lämnar grunden öppen"} == left


# --- positions


def test_positions_per_outcome_are_those_of_sparql(graph: Graph) -> None:
    """Numbers in the answer and in the table, from COUNT and GROUP BY."""
    text = """SELECT ?outcome (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p a sg:Position .
        OPTIONAL { ?p sg:outcome ?outcome } } GROUP BY ?outcome ORDER BY ?outcome"""
    label = graph.knowledge.things.label
    expected = {label(str(r["outcome"])) if r["outcome"] else "–": int(str(r["n"])) for r in graph.query(text)}
    report = graph.report("positions")
    assert Counter(str(row.cells[3]) for row in report.tables[0].rows) == expected
    for name, number in expected.items():
        assert f"{number} {'utan känt utfall' if name == '–' else name}" in report.answer


def test_the_silent_are_those_asked_who_gave_nothing_there(graph: Graph) -> None:
    """Per consultation: members of what was asked, less those who spoke themselves or through a group."""
    groups = graph.knowledge.groups
    sides: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"asked": set(), "spoke": set()})
    for key, text in (
        ("asked", "SELECT ?c ?who WHERE { ?c a sg:Consultation ; sg:asked ?who }"),
        ("spoke", "SELECT ?c ?who WHERE { ?p a sg:Position ; sg:inConsultation ?c ; sg:actor ?who }"),
    ):
        for row in graph.query(text):
            who = str(row["who"])
            sides[str(row["c"])][key] |= set(groups.get(who, [who]))
    label = graph.knowledge.things.label
    expected = {
        label(iri): ", ".join(sorted(map(label, side["asked"] - side["spoke"]), key=swedish))
        for iri, side in sides.items()
        if side["asked"] - side["spoke"]
    }
    table = graph.report("positions").tables[1]
    assert {row.cells[0]: row.cells[1] for row in table.rows} == expected
    assert all(row.derived for row in table.rows)
    assert "Remissen om landstingets ansökan, Västmanland" not in expected


# --- show, path, diff, what-if


@pytest.mark.parametrize("thing", ["PKD", "Umeå kommun", "Strategisk regional beredning"])
def test_show_has_every_fact_of_every_passage(graph: Graph, thing: str) -> None:
    """Each triple with the thing as subject or object in a passage is under a row with that passage."""
    iri = graph.knowledge.things.find(thing)
    shown = {p.iri for table in graph.report("show", thing=thing).tables for row in table.rows for p in row.evidence}
    found = {
        str(row["g"])
        for pattern in (f"<{iri}> ?p ?o", f"?s ?p <{iri}>")
        for row in graph.query(f"SELECT DISTINCT ?g WHERE {{ ?g a sg:Passage . GRAPH ?g {{ {pattern} }} }}")
    }
    assert found <= shown


def with_groups(graph: Graph, *, every: bool) -> nx.DiGraph:
    """Edges that a way may follow, by sets: relations (all, or those that carry a matter), members of groups."""
    knowledge = graph.knowledge
    chosen = [one for one in relations(knowledge) if knowledge.passages(one.passages) and (every or one.verb in CARRYING)]  # fmt: skip  # noqa: E501
    drawn = nx.DiGraph(project(chosen, knowledge.groups))
    for group in set(drawn) & knowledge.groups.keys():
        drawn.add_edges_from(edge for m in knowledge.groups[group] for edge in ((group, m), (m, group)))
    return drawn


def test_ways_are_as_short_as_can_be(graph: Graph) -> None:
    """For seeded pairs of actors, steps and the kind of way are those of breadth-first search on the same edges."""
    carrying, every = (with_groups(graph, every=whole) for whole in (False, True))
    rng, kinds = random.Random(4), Counter()  # noqa: S311 - reproducible test data
    for drawn in (carrying, every, every.to_undirected()):
        starts = [one for one in sorted(drawn) if nx.single_source_shortest_path_length(drawn, one, cutoff=1).keys() - {one}]  # fmt: skip  # noqa: E501
        for start in rng.sample(starts, 6):
            end = rng.choice(sorted(nx.single_source_shortest_path_length(drawn, start).keys() - {start}))
            report = find_report("path")(graph.knowledge, texts("sv"), start, end)
            ways = [one for one in (carrying, every) if {start, end} <= set(one) and nx.has_path(one, start, end)]
            way = ways[0] if ways else every.to_undirected()
            steps = nx.shortest_path_length(way, start, end)
            assert {len({(r.cells[0], r.cells[2]) for r in table.rows}) for table in report.tables} == {steps}
            assert ("Ett ärende når" in report.answer) == (way is carrying)
            assert (f"på {steps} steg" in report.answer) == bool(ways)
            kinds[len(ways)] += 1
            check(report)
    assert set(kinds) == {0, 1, 2}


def test_the_way_to_oneself_is_no_way(graph: Graph) -> None:
    """Both ends being one thing is said, not that no way leads there."""
    assert "samma sak" in graph.report("path", start="PKD", end="PKD").answer


def test_changes_are_counted_by_theme(graph: Graph) -> None:
    """Rows sum to the changes of the answer, and what went is named."""
    report = changed(graph)
    numbers = [int(n) for n in re.findall(r"(\d+) (?:ändringar|om )", report.answer)]
    assert numbers[0] == sum(numbers[1:]) == sum(len(table.rows) for table in report.tables)
    assert "Borta: Primärkommunala delegationen" in report.answer


def test_texts_with_quotation_marks_are_whole() -> None:
    """A literal with escaped quotation marks and a new line is shown as it is."""
    facts = [f"<{ID}x/a> <{A}> <{SG}Forum>", f'<{ID}x/a> <{SG}matter> "en \\"liten\\" sak"@sv']
    with_it, before = (knowledge_of(told([(fact, "stated") for fact in some])) for some in (facts, facts[:1]))
    (table,) = diff(before, with_it, texts("sv")).tables
    assert table.rows[0].cells[3] == 'en "liten" sak'


def test_what_is_lost_are_relations_that_name_the_closed(graph: Graph) -> None:
    """Closing PKD loses rows of the report on reporting, and no other rows."""
    before = {row.cells for row in graph.report("reporting").tables[0].rows}
    (lost,) = [t for t in supposed(graph).tables if t.title == texts("sv")("what_if.lost")]
    assert {row.cells for row in lost.rows} <= before
    assert all(any("PKD" in str(cell) for cell in row.cells) or "Umeå" in str(row.cells) for row in lost.rows)


# --- random small graphs


def told(facts: list[tuple[str, str]]) -> str:
    """N-Quads of facts, each in a passage of its own with a modality; stated ones are in the default graph too."""
    status = f"<{DOC}> <{SG}collection> <{ID}x> .\n<{DOC}> <{SG}status> <{SG}adopted> .\n"
    lines = [status]
    for number, (fact, modality) in enumerate(facts):
        place = f"<{DOC}.{number}>"
        said = {"document": f"<{DOC}>", "section": f'"{number}"', "anchor": '"ord"', "modality": f"<{SG}{modality}>"}
        lines += [f"{place} <{A}> <{SG}Passage> .\n", *(f"{place} <{SG}{key}> {value} .\n" for key, value in said.items())]  # fmt: skip  # noqa: E501
        lines += [f'{place} <{SG}sequence> "{number}"^^<{INTEGER}> .\n', f"{fact} {place} .\n"]
        lines += [f"{fact} .\n"] if modality == "stated" else []
    return "".join(lines)


@cache
def thing(number: int) -> str:
    """A thing of random graphs."""
    return f"<{ID}x/t{number}>"


def labelled() -> str:
    """Names of the things."""
    return "".join(f'{thing(n)} <{LABEL}> "sak {n}"@sv .\n' for n in range(6))


@pytest.mark.parametrize("seed", range(15))
def test_what_random_graphs_leave_open(seed: int) -> None:
    """Rows, evidence and modality of the report are those of sets, whatever is left open in whatever modality."""
    rng = random.Random(seed)  # noqa: S311 - reproducible test data
    modalities = ["stated", "inferred", "proposed", "permitted", "rejected", "denied", "ambiguous"]
    of = {name: kind for kind, names in KINDS.items() for name in names.split()}
    drawn = [(rng.randrange(6), rng.choice(["seats", "amount", "date", "assignedBy", "concerns", "decidedBy"]), rng.choice(modalities)) for _ in range(rng.randint(0, 25))]  # fmt: skip  # noqa: E501
    knowledge = knowledge_of(
        labelled() + told([(f"{thing(n)} <{SG}leavesOpen> <{SG}{what}>", modality) for n, what, modality in drawn])
    )
    expected: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for place, (n, what, modality) in enumerate(drawn):
        if modality not in {"rejected", "denied"}:
            kind = texts("sv")(f"open.{of.get(what, 'others')}")
            expected[kind, f"sak {n}"].add((modality, f"{DOC}.{place}"))
    report = find_report("open")(knowledge, texts("sv"))
    found = {(t.title, str(row.cells[0])): row for t in report.tables for row in t.rows}
    assert {key: {(p.modality, p.iri) for p in row.evidence} for key, row in found.items()} == expected
    for key, row in found.items():
        assert row.modality == min((modality for modality, _ in expected[key]), key=MODALITIES.index)
    check(report)


@pytest.mark.parametrize("seed", range(15))
def test_who_has_which_task_in_random_graphs(seed: int) -> None:
    """Idle and shared tasks are those of a dictionary; who has most has as many as no other."""
    rng = random.Random(seed)  # noqa: S311 - reproducible test data
    has = {n: sorted(rng.sample(range(3, 6), rng.randint(0, 3))) for n in range(rng.randint(1, 3))}
    facts = [(f"{thing(n)} <{A}> <{SG}Assignment>", "stated") for n in has]
    facts += [(f"{thing(n)} <{SG}assignedTo> {thing(one)}", "stated") for n, bodies in has.items() for one in bodies]
    report = find_report("assignments")(knowledge_of(labelled() + told(facts)), texts("sv"))
    numbers = [spoken(report, word) for word in ("uppdrag", "saknar", "delas")]
    assert numbers == [len(has), sum(not b for b in has.values()), sum(len(b) > 1 for b in has.values())]
    counts = Counter(one for bodies in has.values() for one in bodies)
    top = max(counts.values(), default=0)
    named_most = set(re.findall(r"sak (\d)", report.answer.partition("flest har")[2]))
    assert named_most == ({str(one) for one, number in counts.items() if number == top} if top > 1 else set())


@pytest.mark.parametrize("seed", range(10))
def test_silence_in_random_consultations(seed: int) -> None:
    """Those asked less those who spoke in that very consultation, or in none that is named."""
    rng = random.Random(seed)  # noqa: S311 - reproducible test data
    asked = rng.sample(range(2, 6), 3)
    positions = [(f"p{n}", rng.randrange(2, 6), rng.choice([0, 1, None])) for n in range(rng.randint(1, 4))]
    facts = [(f"{thing(0)} <{A}> <{SG}Consultation>", "stated")]
    facts += [(f"{thing(0)} <{SG}asked> {thing(one)}", "stated") for one in asked]
    for name, actor, where in positions:
        facts += [(f"<{ID}x/{name}> <{A}> <{SG}Position>", "stated"), (f"<{ID}x/{name}> <{SG}actor> {thing(actor)}", "stated")]  # fmt: skip  # noqa: E501
        facts += [(f"<{ID}x/{name}> <{SG}inConsultation> {thing(where)}", "stated")] if where is not None else []
    report = find_report("positions")(knowledge_of(labelled() + told(facts)), texts("sv"))
    silent = set(asked) - {actor for _, actor, where in positions if where in {0, None}}
    shown = {int(n) for table in report.tables[1:] for row in table.rows for n in re.findall(r"sak (\d)", str(row.cells[1]))}  # fmt: skip  # noqa: E501
    assert shown == silent


def test_alike_nodes_share_a_row() -> None:
    """Two unnamed contributions that differ only in who pays are one row with both passages."""
    facts = []
    for payer in (1, 2):
        node = f"<{ID}x/bidrag{payer}>"
        facts += [f"{node} <{A}> <{SG}Contribution>", f"{node} <{SG}payer> {thing(payer)}", f"{node} <{SG}leavesOpen> <{SG}amount>"]  # fmt: skip  # noqa: E501
    knowledge: Knowledge = knowledge_of(labelled() + told([(fact, "stated") for fact in facts]))
    (table,) = find_report("open")(knowledge, texts("sv")).tables
    (row,) = table.rows
    assert "sak 1, sak 2" in str(row.cells[0])
    assert len(row.evidence) == 2
