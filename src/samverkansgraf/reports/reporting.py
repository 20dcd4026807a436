"""Who reports to, prepares for, informs, consults, recommends to, appoints and leads whom."""

from __future__ import annotations

from collections.abc import Sequence

from ..collation import swedish
from ..knowledge import Knowledge
from ..network.relations import APPOINTS_SEATS, Relation, relations
from ..terms import ORG, SG
from ..texts import Texts
from . import wording
from .table import Report, Row, Table, columns

VERBS = (
    ORG.reportsTo, SG.preparesFor, SG.supports, SG.informs, SG.consults, SG.recommendsTo, SG.refersTo, SG.proposes,
    SG.appoints, SG.elects, SG.nominates, APPOINTS_SEATS, SG.leads, SG.steers, SG.coordinates, SG.administers,
)  # fmt: skip
ACTORS = (ORG.Organization, SG.Body, SG.Forum, SG.Cooperation, SG.Group, ORG.Post, SG.CooperationArea)


def reporting(
    knowledge: Knowledge, texts: Texts, *, collection: str | None = None, of: str | None = None, hops: int = 1
) -> Report:
    """Relations of power and information between bodies, stated or not.

    One row per relation as the text gives it, sorted by relation, then by names in Swedish order. With *of* (an IRI),
    only what lies at most *hops* relations from that body, in either direction.
    """
    actors = knowledge.instances(*ACTORS)
    chosen = [one for one in relations(knowledge.store) if one.verb in VERBS and _between(one, actors)]
    chosen = [one for one in chosen if knowledge.passages(one.passages, collection)]
    if of is not None:
        near = _around(chosen, of, hops, knowledge)
        chosen = [
            one for one in chosen if {*one.source, *one.target} & near[0] and {*one.source, *one.target} <= near[1]
        ]
    rows = sorted((_row(one, knowledge, texts) for one in chosen), key=_order)
    table = Table("", columns(*((k, texts(f"reporting.{k}")) for k in ("verb", "from", "to", "what"))), tuple(rows))
    named = {iri for one in chosen for iri in (*one.source, *one.target, *one.concerns)}
    around = "" if of is None else texts(
        "reporting.around", name=knowledge.things.label(of, texts.lang), steps=texts.count("step", hops)
    )  # fmt: skip
    examined = texts.count("actor", len(actors))
    return wording.report(
        "reporting",
        _answer(chosen, knowledge, collection, of, texts),
        examined,
        [table],
        [around, *wording.abbreviations(knowledge, named, texts)],
        knowledge=knowledge,
        texts=texts,
    )


def _between(relation: Relation, actors: set[str]) -> bool:
    """Whether both sides are bodies (an open side may be anything)."""
    return bool(relation.source or relation.target) and {*relation.source, *relation.target} <= actors


def _around(chosen: Sequence[Relation], of: str, hops: int, knowledge: Knowledge) -> tuple[set[str], set[str]]:
    """Things fewer than *hops* relations from *of*, and those at most that far; a group counts with its members."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_node(of)
    for relation in chosen:
        graph.add_edges_from((source, target) for source in relation.source for target in relation.target)
        graph.add_nodes_from({*relation.source, *relation.target})
    aliases = {
        group: [m for m in members if m in graph] for group, members in knowledge.groups.items() if group in graph
    }
    start = {of, *(group for group, members in aliases.items() if of in members)}
    distance = nx.multi_source_dijkstra_path_length(graph, start)
    inner = {node for node, steps in distance.items() if steps < hops}
    return inner, {node for node, steps in distance.items() if steps <= hops}


def _row(relation: Relation, knowledge: Knowledge, texts: Texts) -> Row:
    passages = knowledge.passages(relation.passages)
    verb = (
        texts("reporting.seats")
        if relation.verb == APPOINTS_SEATS
        else knowledge.things.label(relation.verb, texts.lang)
    )
    cells = (verb, _side(relation, "source", knowledge, texts), _side(relation, "target", knowledge, texts), _what(relation, knowledge, texts))  # fmt: skip  # noqa: E501
    return Row(cells, relation.modality, evidence=passages)


def _side(relation: Relation, side: str, knowledge: Knowledge, texts: Texts) -> str:
    iris = relation.source if side == "source" else relation.target
    if not iris:
        return texts("common.open_side")
    names = sorted((knowledge.things.heading(iri, texts.lang) for iri in iris), key=swedish)
    listed = wording.enumerated(names, texts, word="or" if side in relation.one_of else "and")
    return texts("common.each", name=listed) if side in relation.each else listed


def _what(relation: Relation, knowledge: Knowledge, texts: Texts) -> str:
    parts = [texts(f"reporting.{name}", n=number) for name, number in relation.numbers]
    parts += [relation.matter] if relation.matter else []
    if relation.concerns:
        names = wording.enumerated(wording.labels(knowledge, relation.concerns, texts), texts)
        parts.append(texts("reporting.concerns", names=names))
    parts += [texts("reporting.condition", text=relation.condition)] if relation.condition else []
    return "; ".join(parts)


def _order(row: Row) -> tuple[object, ...]:
    verb, source, target, what = map(str, row.cells)
    return swedish(verb), swedish(source), swedish(target), what, row.modality


def _answer(
    chosen: Sequence[Relation], knowledge: Knowledge, collection: str | None, of: str | None, texts: Texts
) -> str:
    place = wording.where(knowledge, collection, texts)
    around = texts("reporting.around_name", name=knowledge.things.label(of, texts.lang)) if of else ""
    if not chosen:
        return texts("reporting.none", where=place, around=around)
    bodies = {iri for one in chosen for iri in (*one.source, *one.target)}
    reporters = {iri for one in chosen if one.verb == ORG.reportsTo for iri in one.source}
    names = wording.enumerated(wording.labels(knowledge, reporters, texts), texts)
    reports = texts("reporting.reports_some", names=names) if reporters else texts("reporting.reports_none")
    return texts(
        "reporting.answer", relations=texts.count("relation", len(chosen)), bodies=texts.count("actor", len(bodies)),
        where=place, modalities=wording.modality_counts((one.modality for one in chosen), texts), reports=reports,
    )  # fmt: skip
