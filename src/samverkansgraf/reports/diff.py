"""What changed between two built graphs, in words a person reads."""

from __future__ import annotations

from ..collation import swedish
from ..diff import Change, arrivals, changes
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import ORG, RDF, SG
from ..texts import Texts
from . import wording
from .table import Report, Row, Table, columns

_THEMES = {
    "bodies": (RDF.type,),
    "members": (ORG.hasMember, ORG.member, SG.participatesIn),
    "seats": tuple(
        getattr(SG, name) for name in ("seats", "minSeats", "maxSeats", "substituteSeats", "members", "substitutes")
    ),
    "periods": (SG.validFrom, SG.validUntil),
}


def diff(old: Knowledge, new: Knowledge, texts: Texts) -> Report:
    """Changes from *old* to *new* by theme: bodies, members, seats, relations, periods, other.

    One row per change, in Swedish order of the things; evidence is the passage that states the new value, or that
    stated the old one.
    """
    found = changes(old, new)
    came, went = arrivals(found)
    verbs = {row["verb"].value for row in new.store.select(f"SELECT ?verb WHERE {{ ?verb <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <{SG.relatesTo}> }}")}  # fmt: skip  # noqa: E501
    rows: dict[str, list[Row]] = {theme: [] for theme in (*_THEMES, "relations", "other")}
    for change in found:
        theme = next((name for name, props in _THEMES.items() if change.property in props), "")
        rows[theme or ("relations" if change.property in verbs else "other")].append(_row(change, old, new, texts))
    heads = columns(*((key, texts(f"diff.{key}")) for key in ("thing", "property", "before", "after")))
    tables = [
        Table(
            texts(f"diff.{theme}"),
            heads,
            tuple(sorted(made, key=lambda row: [swedish(str(cell)) for cell in row.cells])),
        )
        for theme, made in rows.items()
    ]
    counts = {theme: len(made) for theme, made in rows.items()}
    answer = texts("diff.answer", changes=texts.count("change", len(found)), came=len(came), went=len(went), **counts)
    examined = texts("diff.examined", old=_size(old), new=_size(new))
    return wording.report(
        "diff", answer if found else texts("diff.none"), examined, tables, [], knowledge=new, texts=texts, also=old
    )


def _size(knowledge: Knowledge) -> int:
    rows = list(knowledge.store.select(f"SELECT (COUNT(?p) AS ?n) WHERE {{ ?p a <{SG.Passage}> }}"))
    return int(rows[0]["n"].value)


def _row(change: Change, old: Knowledge, new: Knowledge, texts: Texts) -> Row:
    side, values = (new, change.after) if change.after else (old, change.before)
    passages: set[Passage] = set()
    for value in values:
        passages |= set(side.book.of(f"<{change.subject}>", f"<{change.property}>", value).passages)
    cells = (
        _called(change.subject, new, old, texts), new.things.label(change.property, texts.lang),
        _shown(change.before, old, new, texts), _shown(change.after, new, old, texts),
    )  # fmt: skip
    return Row(cells, "stated", evidence=tuple(sorted(passages)))


def _called(iri: str, first: Knowledge, second: Knowledge, texts: Texts) -> str:
    known = first if iri in first.things.namings else second
    return known.things.label(iri, texts.lang)


def _shown(values: tuple[str, ...], first: Knowledge, second: Knowledge, texts: Texts) -> str:
    """Values in words: IRIs by name, literals as their text."""
    words = [_called(v[1:-1], first, second, texts) if v.startswith("<") else v.split('"')[1] for v in values]
    return ", ".join(sorted(words, key=swedish)) or "–"
