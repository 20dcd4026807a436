"""Who hosts what, and in which year: permanent hosts, and rotation as printed with derived years marked."""

from __future__ import annotations

from ..knowledge import Knowledge
from ..network.relations import relations
from ..terms import SG
from ..texts import Texts
from . import wording
from .nodes import Node, named, read_nodes
from .table import Report, Row, Table, columns

_YEARS = "SELECT ?term ?year WHERE { ?term <https://w3id.org/samverkansgraf/ns#year> ?year }"


def hosts(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Permanent hosts, one row per (host, what it hosts); then the rotation, one row per term in its printed order.

    The year of a term is derived from the heading's period and marked; a term outside the period has none.
    """
    label = knowledge.things.label
    fixed = [
        Row((label(source, texts.lang), label(target, texts.lang)), one.modality, evidence=passages)
        for one in relations(knowledge.store)
        if one.verb == SG.hosts and (passages := knowledge.passages(one.passages, collection))
        for source in one.source
        for target in one.target
    ]
    years = {row["term"].value: row["year"].value for row in knowledge.store.select(_YEARS)}
    terms = read_nodes(knowledge, SG.HostTerm, collection=collection)
    turns = [_turn(term, years, knowledge, texts) for term in sorted(terms, key=lambda t: int(t.first("order") or 0))]
    heads = columns(("host", texts("hosts.host")), ("hosted", texts("hosts.hosted")))
    rotation = columns(*((key, texts(f"hosts.{key}")) for key in ("order", "year", "host", "vice")))
    tables = [Table(texts("hosts.fixed"), heads, tuple(fixed)), Table(texts("hosts.rotation"), rotation, tuple(turns))]
    place = wording.where(knowledge, collection, texts)
    dated = sum(term.iri in years for term in terms)
    counts = {"hosted": len(fixed), "turns": len(turns), "dated": dated}
    answer = texts("hosts.answer", where=place, **counts) if fixed or turns else texts("hosts.none", where=place)
    examined = texts("hosts.examined", turns=len(terms), hosted=len(fixed))
    return wording.report("hosts", answer, examined, tables, [], knowledge=knowledge, texts=texts)


def _turn(term: Node, years: dict[str, str], knowledge: Knowledge, texts: Texts) -> Row:
    year = years.get(term.iri, "")
    shown = texts("hosts.derived_year", year=year) if year else "–"
    sides = (named(knowledge, term.values(key), texts) for key in ("host", "viceChairFrom"))
    return Row((term.first("order"), shown, *sides), term.modality, evidence=term.passages())
