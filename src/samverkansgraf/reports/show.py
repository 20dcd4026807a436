"""Everything about one thing, with evidence."""

from __future__ import annotations

from ..collation import swedish
from ..facts import JOINING, UNTOLD, Fact, Facts
from ..knowledge import Knowledge
from ..terms import FACT_MODALITIES
from ..texts import Texts
from . import wording
from .nodes import called
from .table import Report, Row, Table, columns


def show(knowledge: Knowledge, texts: Texts, thing: str, *, collection: str | None = None) -> Report:
    """Report on the thing with IRI *thing*.

    One row per (property, value, modality), sorted by property: what is said of it, where it occurs in what is said of
    others, and what is only proposed, permitted, ambiguous or denied. Conclusions about classes and names are left out.
    """
    about = Facts(knowledge, collection, thing=thing).about(thing)
    facts = [fact for fact in about if fact.passages or collection is None]
    name = called(knowledge, [thing], texts)[thing]
    parts: dict[str, list[Fact]] = {"out": [], "in": [], "other": []}
    for fact in facts:
        side = "out" if fact.subject == thing else "in"
        parts[side if fact.modality in FACT_MODALITIES else "other"].append(fact)
    heads = columns(("property", texts("show.property")), ("value", texts("show.value")))
    tables = [
        Table(texts(f"show.{part}", name=name), heads, tuple(_rows(found, thing, knowledge, texts)))
        for part, found in parts.items()
    ]
    passages = {passage for fact in facts for passage in fact.passages}
    kinds = [knowledge.things.label(kind, texts.lang) for kind in sorted(knowledge.narrowest(thing))]
    answer = texts(
        "show.answer" if facts else "show.silent", where=wording.where(knowledge, collection, texts),
        name=knowledge.things.long(thing, texts.lang) if thing in knowledge.things.namings else name,
        types=wording.enumerated(kinds, texts) or texts("show.untyped"),
        facts=texts.count("fact", len(facts)), passages=texts.count("passage", len(passages)),
    )  # fmt: skip
    examined = texts.count("fact", len(facts))
    short = texts("show.iri", iri=knowledge.things.short(thing))
    return wording.report("show", answer, examined, tables, [short], knowledge=knowledge, texts=texts, title=name)


def _rows(facts: list[Fact], thing: str, knowledge: Knowledge, texts: Texts) -> list[Row]:
    rows = []
    iris = {fact.other_end(thing) for fact in facts if fact.is_iri}
    names = called(knowledge, iris, texts)
    for fact in facts:
        label = knowledge.things.label(fact.property, texts.lang)
        if fact.subject == thing:
            cells = (label, _value(fact.value, names, knowledge, texts) if fact.is_iri else fact.value)
        else:
            cells = (texts("show.is_property", name=label), _value(fact.subject, names, knowledge, texts))
        rows.append(Row(cells, fact.modality, fact.derived, tuple(sorted(fact.passages))))
    return sorted(rows, key=lambda row: (swedish(str(row.cells[0])), swedish(str(row.cells[1])), row.modality))


def _value(iri: str, names: dict[str, str], knowledge: Knowledge, texts: Texts) -> str:
    """What to call *iri*; a node that only joins others is told with all that holds of it."""
    kinds = knowledge.classes.get(iri, frozenset()) & JOINING
    if not kinds or iri in knowledge.things.namings:
        return names[iri]
    held = [one for one in knowledge.described(iri) if one[0] not in UNTOLD]
    inner = called(knowledge, [value for _, value, is_iri in held if is_iri], texts)
    label, heading, named = knowledge.things.label, knowledge.things.heading, knowledge.things.namings
    parts = [
        f"{label(prop, texts.lang)} {heading(value, texts.lang) if value in named else inner.get(value, value)}"
        for prop, value, _ in held
    ]
    return f"{label(min(kinds), texts.lang)}: {'; '.join(parts)}" if parts else names[iri]
