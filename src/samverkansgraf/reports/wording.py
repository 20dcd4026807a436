"""What reports share: the names of a collection, lists of names, the standing of the documents they rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ..collation import swedish
from ..knowledge import Knowledge
from ..network.relations import APPOINTS_SEATS, Relation
from ..texts import Texts
from .table import Column, Report, Row, Table

SETTLED = frozenset({"adopted", "minutes"})


def enumerated(names: Iterable[str], texts: Texts, *, word: str = "and") -> str:
    """Names in a sentence: ``a, b och c``; semicolons between them where a name has a comma of its own."""
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    between = "; " if any(", " in name for name in listed) else ", "
    return between.join(listed[:-1]) + texts(f"common.{word}") + listed[-1]


def counted(key: str, counts: Mapping[str, int], texts: Texts) -> str:
    """The sentences ``key_name`` of every count that is not nought, as one: ``2 saknar nummer och 1 är delat``."""
    said = (texts(f"{key}_{name}", n=number) for name, number in counts.items() if number)
    return enumerated(said, texts)


def where(knowledge: Knowledge, collection: str | None, texts: Texts) -> str:
    """`` i Västerbotten``, or nothing when all collections are asked."""
    if collection is None:
        return ""
    return texts("common.in_collection", name=knowledge.things.label(collection, texts.lang))


def labels(knowledge: Knowledge, iris: Iterable[str], texts: Texts) -> list[str]:
    """Labels of things in Swedish order."""
    return sorted((knowledge.things.label(iri, texts.lang) for iri in iris), key=swedish)


def headings(knowledge: Knowledge, iris: Iterable[str], texts: Texts) -> list[str]:
    """Abbreviations, else labels, of things in Swedish order."""
    return sorted((knowledge.things.heading(iri, texts.lang) for iri in iris), key=swedish)


def side(relation: Relation, which: str, knowledge: Knowledge, texts: Texts) -> str:
    """The ``source`` or ``target`` of *relation* as given: several, one of several, each of a group, or open."""
    iris = relation.source if which == "source" else relation.target
    if not iris:
        return texts("common.open_side")
    listed = enumerated(headings(knowledge, iris, texts), texts, word="or" if which in relation.one_of else "and")
    return texts("common.each", name=listed) if which in relation.each else listed


def verb(relation: Relation, knowledge: Knowledge, texts: Texts) -> str:
    """What *relation* is called between its sides."""
    if relation.verb == APPOINTS_SEATS:
        return texts("reporting.seats")
    return knowledge.things.label(relation.verb, texts.lang)


def about(relation: Relation, knowledge: Knowledge, texts: Texts) -> str:
    """Number of seats, matter, what it concerns and condition of *relation*, in words."""
    parts = [texts(f"reporting.{name}", n=number) for name, number in relation.numbers]
    parts += [relation.matter] if relation.matter else []
    if relation.concerns:
        names = enumerated(labels(knowledge, relation.concerns, texts), texts)
        parts.append(texts("reporting.concerns", names=names))
    parts += [texts("reporting.condition", text=relation.condition)] if relation.condition else []
    return "; ".join(parts)


def sentence(relation: Relation, knowledge: Knowledge, texts: Texts) -> str:
    """``A bereder åt B``."""
    sides = [side(relation, which, knowledge, texts) for which in ("source", "target")]
    return f"{sides[0]} {verb(relation, knowledge, texts)} {sides[1]}"


def abbreviations(knowledge: Knowledge, iris: Iterable[str], texts: Texts) -> list[str]:
    """``PKD = Primärkommunala delegationen`` for every thing that tables call by its abbreviation, in one note."""
    pairs = {knowledge.things.heading(iri, texts.lang): knowledge.things.label(iri, texts.lang) for iri in iris}
    listed = [f"{short} = {pairs[short]}" for short in sorted(pairs, key=swedish) if short != pairs[short]]
    return ["; ".join(listed)] if listed else []


def modality_counts(modalities: Iterable[str], texts: Texts) -> str:
    """``22 slås fast, 7 föreslås``: how many of each modality, most first."""
    counts = Counter(modalities).most_common()
    return ", ".join(f"{number} {texts(f'modality.{modality}')}" for modality, number in counts)


def summary(tables: Sequence[tuple[str, Sequence[Row]]], knowledge: Knowledge, texts: Texts) -> Table:
    """How many rows each of *tables* (heading, rows) has from each collection: a long report begins with it.

    A row that cites two collections counts in both. Empty where only one collection is cited.
    """
    counts: dict[str, Counter[int]] = {}
    for place, (_, rows) in enumerate(tables):
        for row in rows:
            for home in {knowledge.documents[passage.document][0] for passage in row.evidence}:
                counts.setdefault(home, Counter())[place] += 1
    label = knowledge.things.label
    ordered = sorted(counts, key=lambda one: swedish(label(one, texts.lang))) if len(counts) > 1 else []
    shown = [place for place, (_, rows) in enumerate(tables) if rows]
    heads = [Column(f"count{place}", tables[place][0], "integer") for place in shown]
    listed = tuple(Row((label(one, texts.lang), *(counts[one][place] for place in shown)), "") for one in ordered)
    return Table(texts("common.summary"), (Column("collection", texts("common.collection")), *heads), listed)


def report(
    name: str, answer: str, examined: str, tables: Sequence[Table], notes: Sequence[str], *,
    knowledge: Knowledge, texts: Texts, title: str = "", also: Knowledge | None = None,
) -> Report:  # fmt: skip
    """A report with the names of the documents it cites, and a note on those that are not settled.

    Documents that only *also* knows are named by it: a comparison cites two graphs.
    """
    status_of = {**(also.documents if also else {}), **knowledge.documents}
    home = {iri: knowledge if also is None or iri in knowledge.documents else also for iri in status_of}
    shown = tuple(table for table in tables if table.rows)
    cited = {passage.document for table in shown for row in table.rows for passage in row.evidence}
    called = {iri: home[iri].things.label(iri, texts.lang) for iri in cited}
    documents = dict(sorted(called.items(), key=lambda pair: (swedish(pair[1]), pair[0])))
    standing = []
    for status in sorted({status_of[iri][1] for iri in cited} - SETTLED):
        names = enumerated((documents[iri] for iri in documents if status_of[iri][1] == status), texts)
        standing.append(texts("common.standing", status=texts(f"status.{status}"), names=names))
    heading, all_notes = title or texts(f"{name}.title"), (*filter(None, notes), *standing)
    return Report(
        name, heading, answer, texts("common.examined", what=examined), shown, all_notes, texts.lang, documents
    )
