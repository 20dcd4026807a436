"""How a matter travels from one body to another."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from ..collation import swedish
from ..knowledge import Knowledge
from ..network.projection import project
from ..network.relations import APPOINTS_SEATS, relations_in
from ..terms import ORG, SG
from ..texts import Texts
from . import wording
from .nodes import called
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
    The answer says which of the three it is.
    """
    every = relations_in(knowledge, collection)
    carrying = [one for one in every if one.verb in CARRYING]
    names = called(knowledge, [start, end], texts)
    ends = {"a": names[start], "b": names[end]}
    if start == end:
        return _without(texts("path.same", **ends), len(every), ends, knowledge, texts)
    for chosen, kind in ((carrying, "answer"), (every, "any"), (every, "against")):
        graph = _with_groups(project(chosen, knowledge.groups), knowledge)
        ways = _ways(graph.to_undirected() if kind == "against" else graph, start, end)
        if ways:
            return _report(ways, graph, ends, knowledge, texts, kind=kind, examined=len(chosen))
    return _without(
        texts("path.none", **ends, where=wording.where(knowledge, collection, texts)),
        len(every),
        ends,
        knowledge,
        texts,
    )


def _without(answer: str, examined: int, ends: dict[str, str], knowledge: Knowledge, texts: Texts) -> Report:
    counted, title = texts.count("relation", examined), texts("path.title", **ends)
    return wording.report("path", answer, counted, [], [], knowledge=knowledge, texts=texts, title=title)


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
    """The shortest ways, one more than are shown when there are more."""
    import networkx as nx

    if start not in graph or end not in graph or not nx.has_path(graph, start, end):
        return []
    plain = nx.DiGraph(graph) if graph.is_directed() else nx.Graph(graph)
    return list(islice(nx.all_shortest_paths(plain, start, end), MOST + 1))


def _report(
    ways: list[list[str]], graph: nx.MultiDiGraph, ends: dict[str, str], knowledge: Knowledge, texts: Texts, *,
    kind: str, examined: int,
) -> Report:  # fmt: skip
    heads = columns(*((key, texts(f"reporting.{key}")) for key in ("from", "verb", "to", "what")))
    tables, steps = [], []
    for number, way in enumerate(ways[:MOST], 1):
        found = [_steps(graph, *pair, knowledge, texts) for pair in pairwise(way)]
        steps += found
        tables.append(Table(texts("path.way", n=number), heads, tuple(row for rows in found for row in rows)))
    sure = all(any(row.modality == "stated" for row in rows) for rows in steps)
    counts = {"steps": texts.count("step", len(ways[0]) - 1), "ways": texts.count("way", len(tables))}
    answer = texts(f"path.{kind}", surest=texts("path.surest" if sure else "path.unsure"), **ends, **counts)
    through = any(one in knowledge.groups or other in knowledge.groups for way in ways[:MOST] for one, other in pairwise(way))  # fmt: skip  # noqa: E501
    notes = [texts("path.more", n=MOST) if len(ways) > MOST else "", texts("path.group") if through else ""]
    title, counted = texts("path.title", **ends), texts.count("relation", examined)
    return wording.report("path", answer, counted, tables, notes, knowledge=knowledge, texts=texts, title=title)


def _steps(graph: nx.MultiDiGraph, source: str, target: str, knowledge: Knowledge, texts: Texts) -> list[Row]:
    """Rows of every parallel relation between two neighbours, in whichever direction it runs."""
    for one, other in ((source, target), (target, source)):
        if edges := graph.get_edge_data(one, other):
            rows = [_row(one, other, edge, knowledge, texts) for edge in edges.values()]
            return sorted(rows, key=lambda row: [swedish(str(cell)) for cell in row.cells])
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
