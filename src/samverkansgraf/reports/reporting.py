"""Who reports to, prepares for, informs, consults, recommends to, appoints and leads whom."""

from __future__ import annotations

from collections.abc import Sequence

from ..collation import swedish
from ..knowledge import Knowledge
from ..network.levels import loops
from ..network.relations import APPOINTS_SEATS, Relation, relations_in
from ..terms import ORG, SG
from ..texts import Texts
from . import wording
from .chains import VERBS as CHAIN_VERBS
from .chains import Chains, Stage
from .forums import how_many
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
    only what lies at most *hops* relations from that body, in either direction. Then what the chains of reporting,
    preparing, recommending, supporting and referring show: levels, long chains, loops, dead ends, several superiors,
    and forums and bodies in none; with *of*, only what can be reached from that body.
    """
    chosen = _chosen(knowledge, collection)
    chains = Chains(knowledge, texts, chosen, collection=collection, of=of)
    if of is not None:
        near = _around(chosen, of, hops, knowledge)
        chosen = [
            one for one in chosen if {*one.source, *one.target} & near[0] and {*one.source, *one.target} <= near[1]
        ]
    around = "" if of is None else texts(
        "reporting.around", name=knowledge.things.label(of, texts.lang), steps=texts.count("step", hops)
    )  # fmt: skip
    found = chains.tables()
    how = _how(knowledge, of, texts) if any(one.rows for one in found) else ""
    named = {iri for one in chosen for iri in (*one.source, *one.target, *one.concerns)} | chains.named
    notes = [
        *_sureness(chosen, knowledge, texts),
        *_beside(chains, texts),
        around,
        how,
        *wording.abbreviations(knowledge, named, texts),
    ]
    return _report(chosen, chains, [_table(chosen, knowledge, texts), *found], notes)


def reporting_in_short(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """The answer of `reporting` with the table of relations alone."""
    chosen = _chosen(knowledge, collection)
    chains = Chains(knowledge, texts, chosen, collection=collection)
    return _report(chosen, chains, [_table(chosen, knowledge, texts)], [])


def _chosen(knowledge: Knowledge, collection: str | None) -> list[Relation]:
    actors = knowledge.instances(*ACTORS)
    return [one for one in relations_in(knowledge, collection) if one.verb in VERBS and _between(one, actors)]


def _table(chosen: Sequence[Relation], knowledge: Knowledge, texts: Texts) -> Table:
    rows = sorted((_row(one, knowledge, texts) for one in chosen), key=_order)
    return Table("", columns(*((k, texts(f"reporting.{k}")) for k in ("verb", "from", "to", "what"))), tuple(rows))


def _report(chosen: Sequence[Relation], chains: Chains, tables: Sequence[Table], notes: Sequence[str]) -> Report:
    knowledge, texts, collection = chains.knowledge, chains.texts, chains.collection
    answer = _answer(chosen, knowledge, collection, chains.of, texts, chains=_said(chains, texts))
    examined = texts.count("actor", how_many(knowledge, knowledge.instances(*ACTORS), collection))
    return wording.report("reporting", answer, examined, tables, notes, knowledge=knowledge, texts=texts)


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
    sides = (wording.side(relation, side, knowledge, texts) for side in ("source", "target"))
    return Row(
        (wording.verb(relation, knowledge, texts), *sides, wording.about(relation, knowledge, texts)),
        relation.modality,
        evidence=passages,
    )


def _order(row: Row) -> tuple[object, ...]:
    verb, source, target, what = map(str, row.cells)
    return swedish(verb), swedish(source), swedish(target), what, row.modality


def _answer(
    chosen: Sequence[Relation], knowledge: Knowledge, collection: str | None, of: str | None, texts: Texts, *,
    chains: str,
) -> str:  # fmt: skip
    place = wording.where(knowledge, collection, texts)
    around = texts("reporting.around_name", name=knowledge.things.label(of, texts.lang)) if of else ""
    if not chosen:
        return texts("reporting.none", where=place, around=around, chains=chains)
    bodies = {iri for one in chosen for iri in (*one.source, *one.target)}
    stated = sum(one.modality == "stated" for one in chosen)
    return texts(
        "reporting.answer", relations=texts.count("relation", len(chosen)), bodies=texts.count("actor", len(bodies)),
        where=place, sure=texts("reporting.sure", n=stated), chains=chains,
    )  # fmt: skip


def _sureness(chosen: Sequence[Relation], knowledge: Knowledge, texts: Texts) -> list[str]:
    """How many relations there are of each modality, and who is expressly said to report."""
    if not chosen:
        return []
    counts = wording.modality_counts((one.modality for one in chosen), texts)
    reporters = {iri for one in chosen if one.verb == ORG.reportsTo for iri in one.source}
    names = wording.enumerated(wording.labels(knowledge, reporters, texts), texts)
    reports = texts("reporting.reports_some", names=names) if reporters else texts("reporting.reports_none")
    return [texts("reporting.modalities", modalities=counts), reports]


def _said(chains: Chains, texts: Texts) -> str:
    """The longest chain and the loops, as the end of a sentence."""
    stages = [stage for stage in chains.stages if stage.level]
    clauses = []
    if stages:
        clauses.append(_longest(chains, stages[0], max(chains.paths(stages[0]), key=len), texts))
    elif chains.of is not None:
        clauses.append(texts("chains.no_further", name=chains.name(chains.of)))
    elif chains.orphans:
        clauses.append(texts("chains.none"))
    rings = len(loops(stages[-1].parts)) if stages else 0
    clauses += [texts.count("loop", rings) if rings else texts("chains.no_loop")] if stages else []
    return texts("chains.answer", clauses="; ".join(clauses)) if clauses else ""


def _beside(chains: Chains, texts: Texts) -> list[str]:
    """A longer chain that is less sure, and how many are in none."""
    steps = [max(map(len, chains.paths(stage))) - 1 for stage in chains.stages if stage.level]
    notes = [texts("chains.longer", steps=texts.count("step", steps[-1]))] if steps and steps[-1] > steps[0] else []
    number = sum(int(row.cells[1] or 0) for row in chains.orphans)
    return [*notes, texts("chains.alone", bodies=texts.count("alone", number))] if number else notes


def _longest(chains: Chains, stage: Stage, path: Sequence[str], texts: Texts) -> str:
    if len(path) < 2:
        return texts("chains.circular")
    words = chains.spelled(chains.links(stage, path), path, verbs=False)
    steps, modality = texts.count("step", len(path) - 1), texts(f"modality.{stage.modality}")
    return texts("chains.longest", steps=steps, modality=modality, chain=words)


def _how(knowledge: Knowledge, of: str | None, texts: Texts) -> str:
    verbs = wording.enumerated((knowledge.things.label(verb, texts.lang) for verb in CHAIN_VERBS), texts)
    how = texts("chains.how", verbs=verbs)
    return f"{how} {texts('chains.from_here', name=knowledge.things.label(of, texts.lang))}" if of else how
