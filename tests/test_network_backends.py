"""Another backend of NetworkX, asked for: every algorithm that is used gives the same, on real and seeded graphs."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import networkx as nx
import pytest

from samverkansgraf.api import Graph
from samverkansgraf.network.levels import descent, levels, loops, parts, starts
from samverkansgraf.render import render
from samverkansgraf.reports.bridges import betweenness

REPORTS: dict[str, tuple[str, dict[str, str]]] = {
    "bridges": ("bridges", {}),
    "bridges --without": ("bridges", {"without": "kommunerna i Västerbottens län"}),
    "reporting": ("reporting", {}),
    "reporting --of": ("reporting", {"of": "PKD"}),
    "path": ("path", {"start": "vb:pkd-au", "end": "region:24"}),
    "routes": ("routes", {"area": "vml:omrade-kollektivtrafik"}),
}
"""Reports that use NetworkX."""
pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("nx_rustworkx") is None,
    reason="NOT TESTED WITH ANOTHER BACKEND OF NETWORKX: nx-rustworkx is not installed",
)


@contextmanager
def rustworkx() -> Iterator[None]:
    """NetworkX that asks rustworkx first, as ``NETWORKX_BACKEND_PRIORITY=rustworkx`` makes it.

    Its warning where a graph that it has converted is asked again is an error here, as every warning: none may reach a
    person.
    """
    with nx.config.backend_priority(algos=["rustworkx"]):
        assert nx.config.backend_priority.algos == ["rustworkx"]
        yield


@pytest.mark.parametrize("shown", REPORTS)
def test_report_is_the_same(graph: Graph, shown: str) -> None:
    """Every byte."""
    name, options = REPORTS[shown]
    own = render(graph.report(name, **options), "json")  # type: ignore[arg-type]
    with rustworkx():
        assert own == render(graph.report(name, **options), "json")  # type: ignore[arg-type]


def test_map_is_the_same(graph: Graph) -> None:
    """Places, layers and levels too."""
    own = str(graph.map(collection="Västerbotten"))
    with rustworkx():
        assert own == str(graph.map(collection="Västerbotten"))


def chains(seed: int) -> nx.DiGraph:
    """A seeded directed graph with loops."""
    return nx.relabel_nodes(nx.gnm_random_graph(300, 420, seed=seed, directed=True), str)


def highest(graph: nx.DiGraph) -> object:
    """A longest chain from every start."""
    together = parts(graph)
    level = levels(graph, together)
    return [descent(graph, level, one) for one in starts(graph, together)]


def between(graph: nx.DiGraph) -> object:
    """Betweenness of the graph without directions."""
    return betweenness({node: dict.fromkeys(graph.to_undirected(as_view=True)[node]) for node in graph})


WORKS: dict[str, Callable[[nx.DiGraph], object]] = {
    "levels": lambda graph: levels(graph, parts(graph)), "loops": lambda graph: loops(parts(graph)),
    "starts": lambda graph: starts(graph, parts(graph)), "chains": highest, "betweenness": between,
    "layers": lambda graph: [sorted(layer) for layer in nx.bfs_layers(graph, sorted(graph)[:3])],
    "components": lambda graph: sorted(map(sorted, nx.connected_components(graph.to_undirected()))),
    "ways": lambda graph: [sorted(nx.all_shortest_paths(graph, *ends)) for ends in pairs(graph)],
    "steps": lambda graph: nx.multi_source_dijkstra_path_length(graph, {"1", "2"}),
}  # fmt: skip
"""Every algorithm of NetworkX that the package uses, by what it is used for."""


def pairs(graph: nx.DiGraph) -> list[tuple[str, str]]:
    """Some pairs with a path between them."""
    found = [(one, other) for one in ("1", "2", "3") for other in sorted(graph)[:40] if one != other]
    return [pair for pair in found if nx.has_path(graph, *pair)]


@pytest.mark.parametrize("work", WORKS)
def test_algorithm_gives_the_same(work: str) -> None:
    """On seeded graphs with loops, ends and parts."""
    for seed in range(5):
        own = WORKS[work](chains(seed))
        with rustworkx():
            assert own == WORKS[work](chains(seed))
        assert own


def test_the_backend_is_really_asked(caplog: pytest.LogCaptureFixture) -> None:
    """Betweenness, the slow one, is counted by rustworkx."""
    caplog.set_level(logging.DEBUG, logger="networkx.utils.backends")
    with rustworkx():
        between(chains(1))
    assert any("betweenness" in message and "rustworkx" in message for message in caplog.messages)
