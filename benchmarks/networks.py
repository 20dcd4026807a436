"""Goal 9: chains of reporting, what hangs on one body, and likeness, at 10⁵ nodes, beside plain NetworkX code.

Both sides get the same graph in memory and give the same answers; the peer is what a person writes with NetworkX at
hand, function by function. Where it is given up its answers are compared on a graph of a tenth of the size.
"""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from types import FrameType

import networkx as nx

from samverkansgraf.network.bridging import cuts
from samverkansgraf.network.levels import levels, loops, parts
from samverkansgraf.reports.bridges import MOST_EXACT, SAMPLE, SEED, betweenness
from samverkansgraf.reports.forums import ForumLinks, Link
from samverkansgraf.reports.overlap import Likeness

from .timing import Differs, Row

NODES, SMALL, LEAST, MOST = 100_000, 4_000, 10.0, 45.0
"""Nodes of the graphs, and of those on which answers are compared; least ratio; seconds after which a peer ends."""
NEAR = 0.5
Answer = object


class GivenUp(BaseException):
    """A peer has had its time."""


def reporting(nodes: int) -> nx.DiGraph:
    """Bodies in blocks of ten agreements: each reports to one or two above it, and in one block of five in a loop."""
    chance, graph, block = random.Random(SEED), nx.DiGraph(), 100  # noqa: S311 - a seeded example
    graph.add_nodes_from(map(str, range(nodes)))
    for one in range(nodes):
        place, start = one % block, one - one % block
        for above in {chance.randrange(place) for _ in range(2)} if place else ():
            graph.add_edge(str(one), str(start + above))
        if place == block - 1 and start // block % 5 == 0:
            graph.add_edge(str(start), str(one))
    return graph


def structure(nodes: int) -> nx.Graph:
    """Bodies that hang together through a few: clusters of ten around one, which are tied to one or two others."""
    chance, graph = random.Random(SEED), nx.Graph()  # noqa: S311 - a seeded example
    for one in range(1, nodes):
        hub = one - one % 10
        graph.add_edge(str(one), str(hub if one % 10 else 10 * chance.randrange(max(one // 10, 1))))
        if one % 3:
            graph.add_edge(str(one), str(hub + chance.randrange(one % 10 + 1) if one % 10 else 0))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


def forums(nodes: int) -> dict[str, ForumLinks]:
    """Forums of counties as `samverkansgraf synth` has them: twelve agreements of a dozen forums over 14 kommuner.

    Each has some of the kommuner, and an area of its agreement and one that all agreements of the county share.
    """
    chance, agreement, county = random.Random(SEED), 12, 144  # noqa: S311 - a seeded example
    found = {}
    for one in range(nodes * 8 // 10):
        home, own = one - one % county, one - one % agreement
        members = chance.sample([f"m{home}-{number}" for number in range(14)], chance.randrange(3, 9))
        areas = [f"a{own}-{chance.randrange(10)}", f"shared{home}-{chance.randrange(4)}"]
        found[f"f{one}"] = ForumLinks({m: Link() for m in members}, {a: Link() for a in areas})
    return found


def our_chains(graph: nx.DiGraph) -> Answer:
    """Level of every body, and the loops."""
    together = parts(graph)
    return levels(graph, together), loops(together)


def their_chains(graph: nx.DiGraph) -> Answer:
    """The same: for every body the longest path among all that can be reached from it."""
    whole = nx.condensation(graph)
    height = {}
    for part in whole:
        reached = whole.subgraph(nx.descendants(whole, part) | {part})
        height[part] = nx.dag_longest_path_length(reached)
    rings = [sorted(whole.nodes[part]["members"]) for part in whole if len(whole.nodes[part]["members"]) > 1]
    return {node: height[part] for node, part in whole.graph["mapping"].items()}, sorted(rings)


def our_cuts(graph: nx.Graph) -> Answer:
    """Every articulation point with the sizes of the parts that come loose."""
    found = cuts(graph.adj)
    return {node: sorted(map(len, parts)) for node, parts in found.parts.items()}


def their_cuts(graph: nx.Graph) -> Answer:
    """The same: take each articulation point away and look at what is left of its part."""
    found = {}
    for node in nx.articulation_points(graph):
        rest = graph.subgraph(nx.node_connected_component(graph, node) - {node})
        found[node] = sorted(map(len, nx.connected_components(rest)))[:-1]
    return found


def our_pairs(given: dict[str, ForumLinks]) -> Answer:
    """Pairs of forums whose members and areas are both nearly the same."""
    alike = Likeness(given, NEAR)
    return {tuple(sorted(pair)) for pair in alike.on_topic() if (alike.figures(*pair)[0] or 0) >= NEAR}


def their_pairs(given: dict[str, ForumLinks]) -> Answer:
    """The same: project forums on one another by members, then by areas, weighted by likeness."""
    found = []
    for kind in ("members", "areas"):
        graph = nx.Graph((forum, other) for forum, links in given.items() for other in getattr(links, kind))
        projected = nx.bipartite.overlap_weighted_projected_graph(graph, list(given), jaccard=True)
        near = ((one, other) for one, other, weight in projected.edges(data="weight") if weight >= NEAR)
        found.append({tuple(sorted(pair)) for pair in near})
    return found[0] & found[1]


WORKS: dict[str, tuple[Callable[[int], object], Callable[..., Answer], Callable[..., Answer]]] = {
    "reporting: levels and loops": (reporting, our_chains, their_chains),
    "articulation points and what comes loose": (structure, our_cuts, their_cuts),
    "overlap of members and areas": (forums, our_pairs, their_pairs),
}


def network_rows(nodes: int = NODES, small: int = SMALL) -> tuple[list[Row], list[str]]:
    """Rows of goal 9, and a line on betweenness, which has no peer."""
    rows = []
    for work, (make, own, other) in WORKS.items():
        few = make(small)
        if own(few) != other(few):
            raise Differs(f"{work}: another answer than NetworkX on {small} nodes")
        graph = make(nodes)
        seconds, mine = _timed(own, graph)
        theirs, told = _timed(other, graph, MOST)
        if told is not None and told != mine:
            raise Differs(f"{work}: another answer than NetworkX on {nodes} nodes")
        name = "NetworkX" if told is not None else "NetworkX (at least: given up)"
        rows.append(Row("9", f"{work}, {nodes} nodes", name, seconds, theirs, LEAST, f"≥ {LEAST:.0f}×"))
    return rows, [_betweenness(MOST_EXACT), _betweenness(6 * MOST_EXACT)]


def _timed(work: Callable[..., Answer], graph: object, most: float = 0) -> tuple[float, Answer | None]:
    """Seconds and answer; the answer is None when *work* was given up after *most* seconds."""
    signal.signal(signal.SIGALRM, _give_up)
    began = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, most)
    try:
        answer = work(graph)
        return time.perf_counter() - began, answer
    except GivenUp:
        return most, None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _give_up(_: int, __: FrameType | None) -> None:
    raise GivenUp


def _betweenness(nodes: int) -> str:
    graph = structure(nodes)
    ties: dict[str, dict[str, object]] = {node: dict.fromkeys(graph[node]) for node in graph}
    began = time.perf_counter()
    _, exact = betweenness(ties)
    how = "exact" if exact else f"from a sample of {SAMPLE} bodies, seed {SEED}"
    return f"9: betweenness of {nodes} nodes and {graph.size()} ties, {how}: {time.perf_counter() - began:.1f} s"
