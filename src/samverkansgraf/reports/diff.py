"""What changed between two built graphs, in words a person reads."""

from __future__ import annotations

import re

from ..collation import swedish
from ..diff import Change, arrivals, changes
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import ORG, RDF, RDFS, SG
from ..texts import Texts
from . import wording
from .nodes import called, surest
from .table import Report, Row, Table, columns

_THEMES = {
    "bodies": (RDF.type,),
    "members": (ORG.hasMember, ORG.member, SG.participatesIn),
    "seats": (SG.seats, SG.minSeats, SG.maxSeats, SG.substituteSeats, SG.members, SG.substitutes),
    "periods": (SG.validFrom, SG.validUntil),
}

_VERBS = f"SELECT ?verb WHERE {{ ?verb <{RDFS.subPropertyOf}> <{SG.relatesTo}> }}"
_MOST_NAMES = 5


def diff(old: Knowledge, new: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Changes from *old* to *new* by theme: bodies, members, seats, relations, periods, other.

    One row per change, in Swedish order of the things; evidence is the passage that states the new value, or that
    stated the old one. Nodes without a name are spelled out.
    """
    found = changes(old, new, collection)
    verbs = {row["verb"].value for row in new.store.select(_VERBS)}
    names = _names(found, old, new, texts)
    rows: dict[str, list[Row]] = {theme: [] for theme in (*_THEMES, "relations", "other")}
    for change in found:
        theme = next((name for name, props in _THEMES.items() if change.property in props), "")
        rows[theme or ("relations" if change.property in verbs else "other")].append(_row(change, old, new, names))
    heads = columns(*((key, texts(f"diff.{key}")) for key in ("thing", "property", "before", "after")))
    tables = [Table(texts(f"diff.{theme}"), heads, tuple(sorted(made, key=_order))) for theme, made in rows.items()]
    counts = {theme: len(made) for theme, made in rows.items()}
    answer = _answer(found, counts, names, texts) if found else texts("diff.none")
    examined = texts("diff.examined", old=_size(old), new=_size(new))
    return wording.report("diff", answer, examined, tables, [], knowledge=new, texts=texts, also=old)


def _answer(found: list[Change], counts: dict[str, int], names: dict[str, str], texts: Texts) -> str:
    """What came and went by name, then how many changes there are of each theme."""
    sides = []
    for key, things in zip(("came", "went"), arrivals(found), strict=True):
        known = sorted((names[thing] for thing in things), key=swedish)
        more = [texts("common.more", n=len(known) - _MOST_NAMES)] if len(known) > _MOST_NAMES else []
        sides += [texts(f"diff.{key}", names=wording.enumerated([*known[:_MOST_NAMES], *more], texts))] if known else []
    listed = [texts(f"diff.of_{theme}", n=number) for theme, number in counts.items() if number]
    counted = texts.count("change", len(found))
    return texts(
        "diff.answer", changes=counted, themes=wording.enumerated(listed, texts), sides=" ".join(sides)
    ).strip()


def _order(row: Row) -> tuple[object, ...]:
    return tuple(swedish(str(cell)) for cell in row.cells), row.evidence


def _names(found: list[Change], old: Knowledge, new: Knowledge, texts: Texts) -> dict[str, str]:
    """What to call everything that changes speak of, by the graph that says most of it."""
    iris = {iri for change in found for iri in (change.subject, change.property)}
    iris |= {value[1:-1] for change in found for value in (*change.before, *change.after) if value.startswith("<")}
    went = {change.subject for change in found if change.before} - {change.subject for change in found if change.after}
    of_new = {iri for iri in iris if iri in new.things.namings}
    of_old = {iri for iri in iris - of_new if iri in old.things.namings or iri in went}
    return called(new, iris - of_old, texts) | called(old, of_old, texts)


def _size(knowledge: Knowledge) -> int:
    rows = list(knowledge.store.select(f"SELECT (COUNT(?p) AS ?n) WHERE {{ ?p a <{SG.Passage}> }}"))
    return int(rows[0]["n"].value)


def _row(change: Change, old: Knowledge, new: Knowledge, names: dict[str, str]) -> Row:
    side, values = (new, change.after) if change.after else (old, change.before)
    passages: set[Passage] = set()
    for value in values:
        passages |= set(side.book.of(f"<{change.subject}>", f"<{change.property}>", value).passages)
    cells = (names[change.subject], names[change.property], _shown(change.before, names), _shown(change.after, names))
    return Row(cells, surest(passages), evidence=tuple(sorted(passages)))


def _shown(values: tuple[str, ...], names: dict[str, str]) -> str:
    """Values in words: IRIs by name, literals as their text."""
    words = [names[value[1:-1]] if value.startswith("<") else _text(value) for value in values]
    return ", ".join(sorted(words, key=swedish)) or "–"


def _text(literal: str) -> str:
    """The text of a literal in SPARQL syntax, its escapes undone."""
    text = literal[1 : literal.rindex('"')]
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r", "t": "\t"}.get(found[1], found[1]), text)
