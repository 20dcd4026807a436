"""How a matter travels from one body to another."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from ..knowledge import Knowledge
from ..network.projection import project
from ..network.relations import APPOINTS_SEATS, relations
from ..terms import ORG, SG
from ..texts import Texts
from . import wording
from .table import Report, Row, Table, columns

if TYPE_CHECKING:
    import networkx as nx

CARRYING = (
    ORG.reportsTo, SG.preparesFor, SG.supports, SG.informs, SG.consults, SG.recommendsTo, SG.refersTo,
    SG.proposes, SG.decides,
)  # fmt: skip
MOST = 5


def path(knowledge: Knowledge, texts: Texts, start: str, end: str, *, collection: str | None = None) -> Report:
    """Shortest ways from *start* to *end* (IRIs), at most five.

    One row per step and way, in order. First along relations that carry a matter (report, prepare, support, inform,
    consult, recommend, refer, propose, decide) and from group to member; then along any relation; then against them.
    """
    every = [one for one in relations(knowledge.store) if knowledge.passages(one.passages, collection)]
    carrying = [one for one in every if one.verb in CARRYING]
    names = {"a": knowledge.things.label(start, texts.lang), "b": knowledge.things.label(end, texts.lang)}
    attempts = ((carrying, True), (every, True), (every, False))
    for chosen, directed in attempts:
        graph = _with_groups(project(chosen, knowledge.groups), knowledge)
        ways = _ways(graph if directed else graph.to_undirected(), start, end)
        if ways:
            return _report(ways, graph, names, knowledge, texts, directed=directed)
    answer, examined = texts("path.none", **names), texts.count("relation", len(every))
    title = texts("path.title", **names)
    return wording.report("path", answer, examined, [], [], knowledge=knowledge, texts=texts, title=title)


def _with_groups(graph: nx.MultiDiGraph, knowledge: Knowledge) -> nx.MultiDiGraph:
    """*graph* with an edge from each group that takes part to its members, and back."""
    for group, members in knowledge.groups.items():
        if group in graph:
            for member in members:
                held = {"verb": ORG.hasMember, "modality": "stated", "matter": "", "condition": "", "passages": ()}
                graph.add_edge(group, member, **held)
                graph.add_edge(member, group, **held)
    return graph


def _ways(graph: nx.Graph, start: str, end: str) -> list[list[str]]:
    import networkx as nx

    if start == end or start not in graph or end not in graph or not nx.has_path(graph, start, end):
        return []
    return list(
        islice(
            nx.all_shortest_paths(nx.Graph(graph) if not graph.is_directed() else nx.DiGraph(graph), start, end), MOST
        )
    )


def _report(
    ways: list[list[str]],
    graph: nx.MultiDiGraph,
    names: dict[str, str],
    knowledge: Knowledge,
    texts: Texts,
    *,
    directed: bool,
) -> Report:
    tables, modalities = [], set()
    heads = columns(*((key, texts(f"reporting.{key}")) for key in ("from", "verb", "to", "what")))
    for number, way in enumerate(ways, 1):
        rows = [row for pair in pairwise(way) for row in _steps(graph, *pair, knowledge, texts)]
        modalities |= {row.modality for row in rows}
        tables.append(Table(texts("path.way", n=number), heads, tuple(rows)))
    counts = {"steps": texts.count("step", len(ways[0]) - 1), "ways": texts.count("way", len(ways))}
    sure = texts("path.surest") if modalities <= {"stated"} else texts("path.unsure")
    answer = texts("path.answer", surest=sure, **names, **counts) if directed else texts("path.against", **names)
    examined = texts.count("relation", graph.number_of_edges())
    title = texts("path.title", **names)
    return wording.report("path", answer, examined, tables, [], knowledge=knowledge, texts=texts, title=title)


def _steps(graph: nx.MultiDiGraph, source: str, target: str, knowledge: Knowledge, texts: Texts) -> list[Row]:
    """Rows of every parallel relation between two neighbours, in whichever direction it runs."""
    for one, other in ((source, target), (target, source)):
        if edges := graph.get_edge_data(one, other):
            rows = [_row(one, other, edge, knowledge, texts) for edge in edges.values()]
            return sorted(rows, key=lambda row: row.cells)
    return []


def _row(source: str, target: str, edge: dict[str, object], knowledge: Knowledge, texts: Texts) -> Row:
    names = [knowledge.things.label(iri, texts.lang) for iri in (source, target)]
    words = "; ".join(filter(None, (str(edge["matter"]), str(edge["condition"]))))
    if edge["verb"] == ORG.hasMember:
        group, member = (source, target) if target in knowledge.groups.get(source, ()) else (target, source)
        passages = knowledge.evidence(group, ORG.hasMember, member).passages
        verb = texts("path.member_of") if group == source else texts("path.member_in")
        return Row((names[0], verb, names[1], words), "stated", evidence=passages)
    verb = (
        texts("reporting.seats")
        if edge["verb"] == APPOINTS_SEATS
        else knowledge.things.label(str(edge["verb"]), texts.lang)
    )
    evidence = knowledge.passages(edge["passages"])  # type: ignore[arg-type]
    return Row((names[0], verb, names[1], words), str(edge["modality"]), bool(edge.get("derived")), evidence)
