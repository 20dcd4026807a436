"""What each kommun has, one table per measure: the numbers behind the map of kommuner."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..collation import swedish
from ..knowledge import Knowledge
from ..population import Population
from ..texts import Texts
from . import wording
from .by_kommun import ByKommun, Figure, Measure
from .representation import decimals
from .seats import told
from .table import Cell, Column, Report, Row, Table


def geography(
    knowledge: Knowledge, texts: Texts, *, collection: str | None = None, population: Population | None = None
) -> Report:
    """Cooperations, seats, seats per 10 000 persons (with *population*) and contributions by year of every kommun.

    One table per measure, one row per kommun that has any of it, most first. Who sits in one forum is in `membership`.
    """
    found = ByKommun(knowledge, texts, collection=collection, population=population)
    measures = found.measures()
    tables = [measure_table(one, knowledge, texts) for one in measures if one.kind != "place"]
    drawn, named = found.drawn(measures), {kommun for one in measures for kommun in one.figures}
    place = wording.where(knowledge, collection, texts)
    if not named:
        answer = texts("geography.none", where=place)
    else:
        most = _most(measures[0], knowledge, texts)
        answer = texts("geography.answer", named=texts.count("kommun", len(named)), where=place, most=most)
    keys = {one.key for one in measures}
    rate = population and "seats-per-10000" in keys
    notes = [
        texts("geography.key"),
        texts("geography.key_rate", date=population.date, source=population.source) if population and rate else "",
        texts("geography.key_money") if any(one.kind == "sek" for one in measures) else "",
        _unnamed(set(drawn) - named if collection else (), knowledge, texts),
    ]
    examined = texts.count("kommun", len(found.kommuner))
    return wording.report("geography", answer, examined, tables, notes, knowledge=knowledge, texts=texts)


def _most(measure: Measure, knowledge: Knowledge, texts: Texts) -> str:
    """Who has the most of a count."""
    numbers = {kommun: one.number for kommun, one in measure.figures.items() if one.number is not None}
    most = max(numbers.values())
    leaders = wording.labels(knowledge, (one for one, number in numbers.items() if number == most), texts)
    return texts("geography.most", names=wording.enumerated(leaders, texts), n=most) if len(leaders) < 4 else ""


def _unnamed(kommuner: Iterable[str], knowledge: Knowledge, texts: Texts) -> str:
    names = wording.enumerated(wording.labels(knowledge, kommuner, texts), texts)
    return texts("geography.unnamed_note", names=names) if names else ""


def measure_table(measure: Measure, knowledge: Knowledge, texts: Texts) -> Table:
    """One row per kommun of *measure*, most first, then in Swedish order; what is left open comes last."""
    figures, label = measure.figures, knowledge.things.label
    kind = {"count": ("integer", ""), "sek": ("integer", "SEK")}.get(measure.kind, ("text", ""))
    heads = [
        Column("kommun", texts("geography.kommun")),
        Column("value", texts(f"geography.value_{measure.kind}"), *kind),
    ]
    if detailed := any(one.details for one in figures.values()):
        heads.append(Column("details", texts("geography.details")))
    rows = []
    for kommun in sorted(figures, key=lambda one: (*_most_first(figures[one]), swedish(label(one, texts.lang)))):
        one = figures[kommun]
        cells = (label(kommun, texts.lang), _cell(one, measure, texts), *(["; ".join(one.details)] if detailed else []))
        rows.append(Row(cells, one.modality, one.derived, one.evidence))
    return Table(measure.title, tuple(heads), tuple(rows))


def _most_first(figure: Figure) -> tuple[bool, Fraction]:
    return figure.number is None, -(figure.number or Fraction(0))


def _cell(figure: Figure, measure: Measure, texts: Texts) -> Cell:
    if figure.number is None:
        return _without_number(measure, texts)
    if measure.kind == "rate":
        return wording.enumerated((decimals(one, texts, 1) for one in figure.numbers), texts, word="or")
    return told(map(int, figure.numbers), texts)


def _without_number(measure: Measure, texts: Texts) -> str:
    return texts("geography.member" if measure.kind == "place" else "geography.open")


def spoken(figure: Figure | None, measure: Measure, texts: Texts) -> str:
    """A figure in words, with its modality where that is not a plain statement; ``inte nämnd`` where there is none."""
    if figure is None:
        return texts("geography.unnamed")
    amounts = wording.enumerated((amount(one, measure, texts) for one in figure.numbers), texts, word="or")
    said = amounts or _without_number(measure, texts)
    if figure.modality == "stated":
        return said
    return texts("geography.unsure", what=said, modality=texts(f"modality.{figure.modality}"))


def amount(number: Fraction, measure: Measure, texts: Texts) -> str:
    """A number of a measure with its unit."""
    if measure.kind == "sek":
        return texts.sek(int(number))
    if measure.kind == "rate":
        return decimals(number, texts, 1)
    return str(number) if measure.key == "cooperations" else texts.count("seat", int(number))


__all__ = ["amount", "geography", "measure_table", "spoken"]
