"""Chains upward: the steps, the tree, and diagram text that other readers read as it was meant."""

from __future__ import annotations

import random
import re
from itertools import combinations, pairwise
from pathlib import Path

import networkx as nx
import pydot
import pytest
from click.testing import CliRunner

from samverkansgraf.api import Graph
from samverkansgraf.cli import main
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.maps.chain import Chain
from samverkansgraf.network.levels import chain_graph
from samverkansgraf.network.relations import Relation
from samverkansgraf.network.upward import MEMBER_OF, Arc, upward
from samverkansgraf.terms import ORG, SG
from samverkansgraf.texts import texts
from test_maps import HOSTILE, SMALL, knowledge_of
from test_maps_geography import SVG, Box, meet, read
from workbench import ROOT

VB = "https://w3id.org/samverkansgraf/id/vasterbotten/"
SENT = {
    ("avtal", "stated", "sänder"): """
        vb:pkd sg:recommendsTo vb:radet , vb:kommunerna . vb:radet a sg:Board ; rdfs:label "Rådet"@sv .
        vb:radet org:reportsTo vb:natverk .""",
}
STEP = re.compile(r'  (n\d+) (-->|-\.->)\|"([^"|]*)"\| (n\d+)')
NODE = re.compile(r'  (n\d+)[\[({]+"([^"]*)"[\])}]+')


def unescaped(words: str) -> str:
    """Text as Mermaid shows it: ``#34;`` is a quotation mark."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), words)


@pytest.fixture(scope="module")
def chain(graph: Graph) -> Chain:
    """Chains of the real graph."""
    return Chain(graph.knowledge, texts("sv"))


def longest(knowledge: Knowledge, chain: Chain) -> list[str]:
    """Things with any step, the most steps first."""
    found = {thing: len(chain.arcs(thing)) for thing in knowledge.things.namings}
    return sorted((thing for thing, number in found.items() if number), key=lambda thing: (-found[thing], thing))


def test_a_matter_goes_through_groups(chain: Chain) -> None:
    """A network acts as one of its group; a group that receives goes on through the member that sends."""
    steps = [
        (arc.source.rpartition("/")[2], arc.verb, arc.target.rpartition("/")[2])
        for arc in chain.arcs(VB + "skolchefsnatverket")
    ]
    assert steps == [
        ("skolchefsnatverket", MEMBER_OF, "tjanstepersonsnatverken"),
        ("tjanstepersonsnatverken", SG.supports, "delegationerna"),
        ("delegationerna", ORG.hasMember, "pkd"),
        ("pkd", SG.recommendsTo, "24"),
        ("pkd", SG.recommendsTo, "kommunerna"),
    ]
    assert chain.is_empty(VB + "dsh")


@pytest.mark.parametrize("seed", range(15))
def test_random_relations_reach_what_the_levels_reach(seed: int) -> None:
    """With groups as their members, the ends of all steps are what NetworkX reaches; each step once, no way back."""
    rng = random.Random(seed)  # noqa: S311 - reproducible test data
    things, groups = (
        [f"t{n}" for n in range(9)],
        {f"g{n}": rng.sample([f"t{n}" for n in range(9)], 3) for n in range(3)},
    )
    every = [*things, *groups]
    related = []
    for _ in range(rng.randint(1, 14)):
        source, target = rng.sample(every, 2)
        said = rng.choice(["stated", "proposed"])
        related.append(Relation(SG.informs, (source,), (target,), said, ("p",)))
    start = rng.choice(things)
    arcs = upward(start, related, groups)
    assert len(set(arcs)) == len(arcs)
    assert not [pair for pair in combinations(arcs, 2) if {pair[0].verb, pair[1].verb} == {MEMBER_OF, ORG.hasMember}
                and {pair[0].source, pair[0].target} == {pair[1].source, pair[1].target}]  # fmt: skip
    known = {start}
    for arc in arcs:
        assert arc.source in known
        known.add(arc.target)
    graph = chain_graph(related, groups)
    reached = nx.descendants(graph, start) if start in graph else set()
    received = {arc.target for arc in arcs if arc.verb == SG.informs}
    assert {member for one in received for member in groups.get(one, [one])} - {start} == reached - {start}


def test_surer_step_wins_and_modality_is_kept() -> None:
    """The same step said twice is one, as sure as its surest passage."""
    related = [Relation(SG.informs, ("a",), ("b",), said, ("p",)) for said in ("proposed", "inferred")]
    assert upward("a", related, {}) == [Arc("a", SG.informs, "b", "stated")]
    assert upward("a", related[:1], {}) == [Arc("a", SG.informs, "b", "proposed")]
    assert upward("x", related, {}) == []


def test_words_keep_apart_and_the_picture_is_the_same_twice(graph: Graph, chain: Chain) -> None:
    """Every line has its own room on the sheet; frames follow one another downwards."""
    again = Chain(graph.knowledge, texts("sv"))
    for thing in longest(graph.knowledge, chain):
        picture = chain.picture(thing, lambda iri: f"{iri[-3:]}.html")
        root = read(picture)
        rooms: list[Box] = []
        for one in root.iter(f"{SVG}text"):
            size = 11.0 if one.get("class") == "verb" else 12.0
            x, y = float(one.get("x", 0)), float(one.get("y", 0))
            rooms.append((x, y - 0.8 * size, x + 0.6 * size * len(one.text or ""), y + 0.15 * size))
        assert not [pair for pair in combinations(rooms, 2) if meet(*pair)]
        assert all(box[2] <= 372 for box in rooms)
        frames = [(float(one.get("y", 0)), float(one.get("height", 0))) for one in root.iter(f"{SVG}rect")]
        assert all(y + height < below for (y, height), (below, _) in pairwise(sorted(frames)))
        assert picture == again.picture(thing, lambda iri: f"{iri[-3:]}.html")


def test_a_loop_ends_and_says_that_it_goes_on_above() -> None:
    """PKD recommends to the council, which reports to the network that prepares for PKD again."""
    chain = Chain(knowledge_of(SMALL | SENT), texts("sv"))
    picture = chain.picture(VB + "pkd")
    said = [one.text for one in read(picture).iter(f"{SVG}text")]
    assert said.count("Primärkommunala delegationen") == 2
    assert "bereder åt (föreslås) (fortsätter ovan)" in " ".join(map(str, said))
    assert len([one for one in read(picture).iter(f"{SVG}path") if one.get("stroke-dasharray")]) == 1


def shown(graph: pydot.Dot) -> list[tuple[str, str, str]]:
    """(source, verb, target) in words, as another reader of Graphviz text has them."""
    label = {node.get_name(): plain(node.get("label")) for node in graph.get_nodes() if node.get("label")}
    return [(label[e.get_source()], plain(e.get("label")), label[e.get_destination()]) for e in graph.get_edges()]


def plain(quoted: str) -> str:
    """What a quoted string of Graphviz stands for."""
    return re.sub(r"\\(.)", r"\1", quoted[1:-1])


@pytest.mark.parametrize("name", ["PKD", *HOSTILE, 'a\\ "b" \\" ]|{;', "två\nrader"])
def test_diagram_text_is_read_back_by_another_reader(name: str) -> None:
    """The library pydot reads the Graphviz text, and the grammar of Mermaid its own, same steps, every name whole."""
    knowledge = knowledge_of(SMALL | SENT)
    naming = knowledge.things.namings[VB + "pkd"]
    naming.label, naming.name = {"sv": name}, {}
    chain = Chain(knowledge, texts("sv"))
    known, arcs = knowledge.things.label, chain.arcs(VB + "pkd")
    wanted = sorted((" ".join(known(arc.source).split()), " ".join(known(arc.target).split())) for arc in arcs)
    (graph,) = pydot.graph_from_dot_data(chain.dot(VB + "pkd")) or ()
    assert sorted((source, target) for source, _, target in shown(graph)) == wanted
    head, *lines = chain.mermaid(VB + "pkd").splitlines()
    assert head == "flowchart TD"
    nodes = {found[1]: unescaped(found[2]) for line in lines if (found := NODE.fullmatch(line))}
    steps = [found for line in lines if (found := STEP.fullmatch(line))]
    assert len(nodes) + len(steps) == len(lines)
    assert sorted((nodes[found[1]], nodes[found[4]]) for found in steps) == wanted
    assert {found[2] for found in steps} == {"-->", "-.->"}


def test_commands_write_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind as a file that is a picture by itself, in the format that its ending says; others are refused."""
    monkeypatch.chdir(ROOT)

    def call(*args: str) -> tuple[int, str]:
        made = CliRunner().invoke(main, ["picture", *args], catch_exceptions=False)
        return made.exit_code, made.output

    for kind in (["geography", "seats"], ["minimap", "PKD"], ["timeline", "--at", "2025"]):
        target = tmp_path / f"{kind[0]}.svg"
        assert call(*kind, "-o", str(target)) == (0, "")
        assert target.read_text("utf-8").startswith("<svg ")
        assert "<style>" in target.read_text("utf-8")
    assert call("chain", "PKD AU", "-o", str(tmp_path / "kedja.mmd")) == (0, "")
    assert (tmp_path / "kedja.mmd").read_text("utf-8").startswith("flowchart TD\n")
    assert call("minimap", "PKD", "-o", str(tmp_path / "pkd.dot"))[0] == 1
