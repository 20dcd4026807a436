"""Everything about one thing, with evidence."""

from __future__ import annotations

from dataclasses import dataclass

from ..collation import swedish
from ..evidence import GRAPH_KINDS, QUIET_RULES, Passage
from ..knowledge import Knowledge
from ..terms import FACT_MODALITIES, PROV, RDF, SG
from ..texts import Texts
from . import wording
from .nodes import called
from .table import Report, Row, Table, columns

_ABOUT = """
SELECT ?graph ?kind ?subject ?property ?value WHERE {{
  ?graph a ?kind .
  VALUES ?kind {{ <{kinds}> }}
  {{ GRAPH ?graph {{ <{iri}> ?property ?value }} BIND(<{iri}> AS ?subject) }}
  UNION {{ GRAPH ?graph {{ ?subject ?property <{iri}> }} BIND(<{iri}> AS ?value) }}
}}
"""
_REIFIED = frozenset({SG.SeatAllocation, SG.Flow, SG.Position, SG.Contribution, SG.HostTerm, SG.Decision})
_REIFIED_KEYS_LEFT_OUT = frozenset({RDF.type, SG.standing, SG.relatesTo, PROV.wasDerivedFrom})
_MECHANICS = frozenset({SG.document, SG.sequence, SG.anchor, SG.after, SG.section, SG.modality, SG.sourceHash})


@dataclass(slots=True)
class _Fact:
    """One triple, with the passages and other graphs that hold it, per modality."""

    subject: str
    property: str
    value: str
    is_iri: bool
    modality: str
    derived: bool
    passages: set[Passage]


def show(knowledge: Knowledge, texts: Texts, thing: str, *, collection: str | None = None) -> Report:
    """Report on the thing with IRI *thing*.

    One row per (property, value, modality), sorted by property: what is said of it, where it occurs in what is said of
    others, and what is only proposed, permitted, ambiguous or denied. Conclusions about classes and names are left out.
    """
    facts = _facts(knowledge, thing, collection)
    name = called(knowledge, [thing], texts)[thing]
    parts: dict[str, list[_Fact]] = {"out": [], "in": [], "other": []}
    for fact in facts:
        side = "out" if fact.subject == thing else "in"
        parts[side if fact.modality in FACT_MODALITIES else "other"].append(fact)
    heads = columns(("property", texts("show.property")), ("value", texts("show.value")))
    tables = [
        Table(texts(f"show.{part}", name=name), heads, tuple(_rows(found, thing, knowledge, texts)))
        for part, found in parts.items()
    ]
    passages = {passage for fact in facts for passage in fact.passages}
    kinds = [knowledge.things.label(kind, texts.lang) for kind in _most_specific(knowledge, thing)]
    answer = texts(
        "show.answer", name=knowledge.things.long(thing, texts.lang) if thing in knowledge.things.namings else name,
        types=wording.enumerated(kinds, texts) or texts("show.untyped"),
        facts=texts.count("fact", len(facts)), passages=texts.count("passage", len(passages)),
    )  # fmt: skip
    examined = texts.count("fact", len(facts))
    short = texts("show.iri", iri=knowledge.things.short(thing))
    return wording.report("show", answer, examined, tables, [short], knowledge=knowledge, texts=texts, title=name)


def _most_specific(knowledge: Knowledge, thing: str) -> list[str]:
    kinds = knowledge.classes.get(thing, frozenset())
    above = {sup for kind in kinds for sup in knowledge.superclasses.get(kind, ())}
    return sorted(kinds - above)


def _facts(knowledge: Knowledge, thing: str, collection: str | None) -> list[_Fact]:
    found: dict[tuple[str, str, str, str], _Fact] = {}
    for row in knowledge.store.select(_ABOUT.format(kinds="> <".join(GRAPH_KINDS), iri=thing)):
        graph, kind = row["graph"].value, row["kind"].value
        quiet = kind == SG.Rule and graph.rpartition("/")[2] in QUIET_RULES
        if quiet or row["property"].value in _MECHANICS or row["property"].value == PROV.wasDerivedFrom:
            continue
        passage = knowledge.book.passages.get(graph)
        modality = passage.modality if passage else "stated"
        key = (str(row["subject"]), str(row["property"]), str(row["value"]), modality)
        values = (row["subject"].value, row["property"].value, row["value"].value, hasattr(row["value"], "datatype"))
        fact = found.setdefault(key, _Fact(*values[:3], not values[3], modality, derived=True, passages=set()))
        fact.derived &= kind == SG.Rule
        fact.passages |= {passage} if passage else set(_premises(knowledge, kind, key))
    if collection is None:
        return list(found.values())
    homes = knowledge.documents
    return [fact for fact in found.values() if any(homes[p.document][0] == collection for p in fact.passages)]


def _premises(knowledge: Knowledge, kind: str, key: tuple[str, ...]) -> tuple[Passage, ...]:
    return knowledge.book.of(*key[:3]).passages if kind == SG.Rule else ()


def _rows(facts: list[_Fact], thing: str, knowledge: Knowledge, texts: Texts) -> list[Row]:
    rows = []
    iris = {fact.value if fact.subject == thing else fact.subject for fact in facts if fact.is_iri}
    names = called(knowledge, iris, texts)
    for fact in facts:
        if fact.derived and fact.subject in knowledge.derived_nodes:
            continue  # its source is listed, and says "each"
        label = knowledge.things.label(fact.property, texts.lang)
        if fact.subject == thing:
            cells = (label, _value(fact.value, names, knowledge, texts) if fact.is_iri else fact.value)
        else:
            cells = (texts("show.is_property", name=label), _value(fact.subject, names, knowledge, texts))
        rows.append(Row(cells, fact.modality, fact.derived, tuple(sorted(fact.passages))))
    return sorted(rows, key=lambda row: (swedish(str(row.cells[0])), swedish(str(row.cells[1])), row.modality))


def _value(iri: str, names: dict[str, str], knowledge: Knowledge, texts: Texts) -> str:
    """What to call *iri*; a node that only joins others is told with all that holds of it."""
    kinds = knowledge.classes.get(iri, frozenset()) & _REIFIED
    if not kinds or iri in knowledge.things.namings:
        return names[iri]
    held = [one for one in knowledge.described(iri) if one[0] not in _REIFIED_KEYS_LEFT_OUT]
    inner = called(knowledge, [value for _, value, is_iri in held if is_iri], texts)
    label, heading, named = knowledge.things.label, knowledge.things.heading, knowledge.things.namings
    parts = [
        f"{label(prop, texts.lang)} {heading(value, texts.lang) if value in named else inner.get(value, value)}"
        for prop, value, _ in held
    ]
    return f"{label(min(kinds), texts.lang)}: {'; '.join(parts)}" if parts else names[iri]
