"""One page for one kommun: golden, against sets and SPARQL, and on random small graphs."""

from __future__ import annotations

import os
import random
from pathlib import Path

import networkx as nx
import pytest

from samverkansgraf.api import Graph
from samverkansgraf.errors import QueryError
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.network import relations
from samverkansgraf.population import Population
from samverkansgraf.render import render
from samverkansgraf.reports.holders import holders, seated
from samverkansgraf.reports.kommun import kommun
from samverkansgraf.reports.kommun_seats import Places
from samverkansgraf.reports.kommun_view import View
from samverkansgraf.reports.onward import UPWARD, Onward
from samverkansgraf.reports.seats import seats
from samverkansgraf.reports.table import Report, Table
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden" / "reports"
SG = "https://w3id.org/samverkansgraf/ns#"
ORG = "http://www.w3.org/ns/org#"
ID = "https://w3id.org/samverkansgraf/id/"
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
FIGURES = Population({"2482": 70_000}, "2025-12-31", "prov.csv")


def page(graph: Graph, name: str, *, lang: str = "sv", collection: str | None = None) -> Report:
    """The page of the kommun called *name*, with made-up population."""
    knowledge = graph.knowledge
    chosen = knowledge.collection(collection) if collection else None
    return kommun(knowledge, texts(lang), knowledge.things.find(name), collection=chosen, population=FIGURES)


def table(report: Report, title: str) -> Table:
    """The table whose title begins with *title*."""
    return next(one for one in report.tables if one.title.startswith(title))


def everyone(graph: Graph) -> list[str]:
    """Kommuner that anyone acts for, and one that nobody mentions."""
    return [one for one, acting in sorted(holders(graph.knowledge).items()) if len(acting) > 1] + [ID + "kommun/0180"]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_report_prints_what_it_printed(graph: Graph, lang: str) -> None:
    """The page of Skellefteå is the golden one; UPDATE_GOLDEN=1 writes it anew."""
    made = render(page(graph, "Skellefteå", lang=lang), "table").decode()
    golden = GOLDEN / f"kommun.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(made, "utf-8")
    assert golden.read_text("utf-8") == made


def test_every_page_fits_and_cites(graph: Graph) -> None:
    """Every kommun's page is at most 100 wide; rows have evidence; what is only proposed stays so."""
    for iri in everyone(graph):
        report = kommun(graph.knowledge, texts("sv"), iri)
        lines = render(report, "table").decode().splitlines()
        assert max(map(len, lines)) <= 100
        assert report.answer.startswith(lines[0])
        assert all(row.evidence for one in report.tables for row in one.rows)


def test_places_are_those_of_the_facts(graph: Graph) -> None:
    """Read passage by passage, each kommun sits in exactly the forums that the default graph gives it."""
    knowledge = graph.knowledge
    by_facts = seated(knowledge, holders(knowledge))
    assert len(by_facts) > 10
    for iri in everyone(graph):
        places = Places(View(knowledge, texts("sv"), iri, None)).rows()
        sure = {one.forum for one in places if one.seated and one.modality == "stated"}
        assert sure == {forum for forum, kommuner in by_facts.items() if iri in kommuner}


def test_seats_are_those_of_the_spread_allocations(graph: Graph) -> None:
    """Members and substitutes read from the documents are those that the rules spread over the kommuner."""
    spread = {key: (one.members, one.substitutes) for key, one in seats(graph.knowledge).items()}
    shown = {}
    for iri in everyone(graph):
        for one in Places(View(graph.knowledge, texts("sv"), iri, None)).rows():
            if one.members and one.modality == "stated":
                shown[iri, one.forum] = (one.members, one.substitutes)
    assert shown == spread


def test_outside_and_inside_share_the_forums_of_the_collections(graph: Graph) -> None:
    """No forum is both; Skellefteå is outside the joint boards of Umeåregionen that it is not in."""
    report = page(graph, "Skellefteå")
    inside = {row.cells[0] for row in table(report, "Var kommunen").rows}
    outside = {row.cells[0]: row.cells[1] for row in table(report, "Står utanför").rows}
    assert not inside & outside.keys()
    assert outside["Överförmyndarnämnden i Umeåregionen"] == 7
    assert outside["Umeåregionen"] == 7


def test_collection_limits_the_page(graph: Graph) -> None:
    """In Västerbotten's documents Skellefteå is in no joint board, and outside of nothing."""
    report = page(graph, "Skellefteå", collection="Västerbotten")
    assert {row.cells[2] for row in table(report, "Var kommunen").rows} == {None, 2}
    assert not any(one.title.startswith("Står utanför") for one in report.tables)


def test_collection_limits_the_evidence(graph: Graph) -> None:
    """Every passage of a page of one collection is of that collection, also where a group makes the fact so."""
    knowledge = graph.knowledge
    for name in ("Västerbotten", "Umeåregionen"):
        found = page(graph, "Umeå", collection=name).passages()
        assert {knowledge.documents[one.document][0] for one in found} == {knowledge.collection(name)}


def test_money_is_that_of_plain_sparql(graph: Graph) -> None:
    """Amounts that a kommun pays or keeps itself are all there, in whole kronor and with their year."""
    text = """SELECT ?k ?year ?amount WHERE { ?k a sg:Municipality . ?node sg:payer|sg:holder ?k ; sg:amount ?amount .
        OPTIONAL { ?node sg:forYear ?year } }"""
    expected: dict[str, set[tuple[str, int]]] = {}
    for row in graph.query(text):
        expected.setdefault(str(row["k"]), set()).add((str(row["year"]), int(str(row["amount"]))))
    assert expected
    for iri, amounts in expected.items():
        rows = table(kommun(graph.knowledge, texts("sv"), iri), "Pengar").rows
        own = {(row.cells[0], row.cells[2]) for row in rows if row.cells[2] is not None and not row.derived}
        assert own == amounts


def test_hosts_and_agreements_of_a_kommun(graph: Graph) -> None:
    """Umeå hosts four joint boards; it is a party to the agreement through the county's kommuner."""
    report = page(graph, "Umeå")
    assert len({row.cells[0] for row in table(report, "Värdskap").rows if row.cells[1] == "är värd för"}) == 4
    parties = {row.cells[0]: row for row in table(report, "Avtal").rows}
    agreed = parties["Överenskommelse om samverkan för regional utveckling 2023–2026"]
    assert agreed.derived
    assert agreed.cells[1:] == ("2023–2026", "kommunerna i Västerbottens län")


def test_asked_and_silent_is_told_only_of_the_silent(graph: Graph) -> None:
    """Fagersta answered the consultation on the structure; Arboga was asked and no position is known."""
    words = "tillfrågad, ingen synpunkt känd"
    assert words in {row.cells[1] for row in table(page(graph, "Arboga"), "Synpunkter").rows}
    assert words not in {row.cells[1] for row in table(page(graph, "Fagersta"), "Synpunkter").rows}


def test_population_is_shown_with_its_date_and_source(graph: Graph) -> None:
    """Persons per seat and the note; a kommun that the table lacks is told."""
    report = page(graph, "Skellefteå")
    assert {row.cells[4] for row in table(report, "Var kommunen").rows} == {None, 35_000}
    assert any("70\u202f000 invånare 2025-12-31, ur prov.csv" in note for note in report.notes)
    assert any("finns inte i folkmängdstabellen" in note for note in page(graph, "Umeå").notes)


def test_kommun_that_no_document_mentions(graph: Graph) -> None:
    """A sentence, and no tables."""
    report = page(graph, "kommun:0180")
    assert report.tables == ()
    assert report.answer.startswith("Inget dokument säger något om Stockholm")


@pytest.mark.parametrize("thing", ["PKD", "Region Västerbotten", "https://example.org/nothing"])
def test_other_things_are_refused(graph: Graph, thing: str) -> None:
    """A body, a region or an unknown IRI is no kommun; the message says what to give."""
    iri = thing if thing.startswith("http") else graph.knowledge.things.find(thing)
    with pytest.raises(QueryError, match="is no kommun; give the name or code of one"):
        kommun(graph.knowledge, texts("sv"), iri)


def test_empty_graph_has_no_kommun() -> None:
    """Nothing is a kommun there."""
    with pytest.raises(QueryError):
        kommun(Knowledge(EmbeddedStore(), Workspace(None)), texts("sv"), ID + "kommun/2480")


def random_graph(rng: random.Random) -> tuple[Knowledge, dict[str, set[str]], dict[str, int]]:
    """A random graph, the forums that k0 sits in by sets, and steps upwards from them by NetworkX."""
    passage, document = "<https://w3id.org/samverkansgraf/doc/x.1>", "<https://w3id.org/samverkansgraf/doc/x>"
    above = "<http://www.w3.org/2000/01/rdf-schema#subPropertyOf>"
    lines = [f"<{verb}> {above} <{SG}relatesTo> .\n" for verb in (*UPWARD, SG + "participatesIn")]
    lines += [f"{passage} {A} <{SG}Passage> .\n", f"{passage} <{SG}modality> <{SG}stated> .\n", f"{passage} <{SG}document> {document} .\n", f'{passage} <{SG}section> "s" .\n{passage} <{SG}anchor> "a" .\n', f'{passage} <{SG}sequence> "1" .\n', f"{document} <{SG}collection> <{ID}c> .\n{document} <{SG}status> <{SG}adopted> .\n"]  # fmt: skip  # noqa: E501

    def say(subject: str, key: str, value: str) -> None:
        for graph in ("", f" {passage}"):
            lines.append(f"<{subject}> {key} <{value}>{graph} .\n")

    kommuner, forums = [f"{ID}k{n}" for n in range(4)], [f"{ID}f{n}" for n in range(6)]
    for iri, kind in [*((k, "Municipality") for k in kommuner), *((f, "Forum") for f in forums)]:
        say(iri, A, SG + kind)
    groups = {f"{ID}g{n}": set(rng.sample(kommuner, rng.randint(1, 3))) for n in range(3)}
    for group, members in groups.items():
        say(group, A, SG + "Group")
        for member in members:
            say(group, f"<{ORG}hasMember>", member)
    sits: dict[str, set[str]] = {forum: set() for forum in forums}
    for _ in range(rng.randint(1, 6)):
        who, forum = rng.choice([*kommuner, *groups]), rng.choice(forums)
        if rng.random() < 0.5:
            say(forum, f"<{ORG}hasMember>", who)
        else:
            say(who, f"<{SG}participatesIn>", forum)
        sits[forum] |= groups.get(who, {who})
    drawn = nx.DiGraph()
    drawn.add_nodes_from(forums)
    for _ in range(rng.randint(0, 8)):
        one, other = rng.choice(forums), rng.choice(forums)
        say(one, f"<{rng.choice(UPWARD)}>", other)
        drawn.add_edge(one, other)
    start = {forum for forum in forums if kommuner[0] in sits[forum]}
    distance = nx.multi_source_dijkstra_path_length(drawn, start) if start else {}
    store = EmbeddedStore()
    store.load("".join(dict.fromkeys(lines)))
    return Knowledge(store, Workspace(None)), sits, distance


def test_random_graphs_agree_with_sets_and_networkx() -> None:
    """Who sits where, through groups too; and each relation upwards at one step more than its sender's distance."""
    rng, upwards = random.Random(7), 0  # noqa: S311 - reproducible test data
    for _ in range(60):
        knowledge, sits, distance = random_graph(rng)
        found = seated(knowledge, holders(knowledge))
        assert found == {forum: who for forum, who in sits.items() if who}
        view = View(knowledge, texts("sv"), ID + "k0", None)
        start = {forum for forum, who in sits.items() if ID + "k0" in who}
        assert {one.forum for one in Places(view).rows()} == start
        steps = {(one.source, one.target, one.verb): step for step, one in Onward(knowledge).steps(start)}
        every = [one for one in relations(knowledge) if one.verb in UPWARD and one.source[0] in distance]
        assert steps == {(one.source, one.target, one.verb): distance[one.source[0]] + 1 for one in every}
        upwards += len(steps)
        report = kommun(knowledge, texts("sv"), ID + "k0")
        outside = [row for made in report.tables if made.title.startswith("Står") for row in made.rows]
        assert len(outside) == (sum(1 for who in sits.values() if who and ID + "k0" not in who) if start else 0)
    assert upwards > 20
