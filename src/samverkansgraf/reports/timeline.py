"""What begins, ends, is in force or must be reviewed, by date: certainly, possibly, or not to be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..collation import swedish
from ..knowledge import Knowledge
from ..period import Certainty, PartialDate, asked_date
from ..terms import FACT_MODALITIES, SG
from ..texts import Texts
from . import wording
from .dates import Dates, Day, Span
from .nodes import named, read_nodes
from .table import Column, Report, Row, Table, columns

_TO_DO = frozenset({"reviewedIn", "dueBy"})
_SHOWN = (Certainty.CERTAIN, Certainty.POSSIBLE, Certainty.UNKNOWN)


def timeline(knowledge: Knowledge, texts: Texts, *, collection: str | None = None, at: str | None = None) -> Report:
    """Everything that has a date, in date order; with *at* (2024, 2024-08 or 2024-08-19) what is in force then.

    Dates stand as the document prints them. Without *at*: one row per beginning, end and day, a year before its months
    and days. With *at*: one table each for what is in force certainly, possibly, and where a bound is not given; then
    what falls on *at* or later, and reviews and deadlines that have passed. Raises `QueryError` when *at* is no date.
    """
    dates = Dates(knowledge, collection)
    place = wording.where(knowledge, collection, texts)
    examined = texts("timeline.examined", things=texts.count("subject", len(dates.things)), dates=_counted(dates))
    if not dates.things:
        return wording.report(
            "timeline", texts("timeline.none", where=place), examined, [], [], knowledge=knowledge, texts=texts
        )
    names = dates.names(texts)
    if at is None:
        answer, tables, notes = _in_order(dates, names, knowledge, texts, collection)
    else:
        answer, tables, notes = _in_force(dates, names, asked_date(at, "at"), texts)
    answer = answer.format(where=place)
    return wording.report("timeline", answer, examined, tables, notes, knowledge=knowledge, texts=texts)


def _counted(dates: Dates) -> int:
    bounds = sum((span.period.start is not None) + (span.period.end is not None) for span in dates.spans)
    return bounds + len(dates.days)


Answer = tuple[str, list[Table], list[str]]
Dated = tuple[PartialDate, Row]


def _in_order(
    dates: Dates, names: dict[str, str], knowledge: Knowledge, texts: Texts, collection: str | None
) -> Answer:
    rows = [*_bounds(dates.spans, names, texts), *_days(dates, names, texts)]
    heads = columns(*((key, texts(f"timeline.{key}")) for key in ("date", "precision", "what", "thing", "remark")))
    kinds = {
        "begins": len({span.thing for span in dates.spans if span.period.start}),
        "ends": len({span.thing for span in dates.spans if span.period.end}),
        "open": len({span.thing for span in dates.spans if span.period.open_ended}),
        "reviews": len({day.thing for day in dates.days if day.key == "reviewedIn"}),
        "due": len({day.thing for day in dates.days if day.key == "dueBy"}),
    }
    first, last = min(one.earliest.year for one, _ in rows), max(one.latest.year for one, _ in rows)
    answer = texts(
        "timeline.answer", things=texts.count("subject", len(dates.things)), where="{where}", first=first, last=last,
        clauses=wording.counted("timeline.of", kinds, texts),
    ) if rows else texts("timeline.none", where="{where}")  # fmt: skip
    tables = [Table("", heads, _sorted(rows)), _lengths(knowledge, texts, collection)]
    return answer, tables, [texts("timeline.key")]


def _bounds(spans: Iterable[Span], names: dict[str, str], texts: Texts) -> Iterable[Dated]:
    """A row for each beginning and each end, with the other one beside it."""
    for span in spans:
        start, end = _start(span, texts), _end(span, texts)
        for date, what, remark in (
            (span.period.start, "begins", texts("timeline.until", date=end)),
            (span.period.end, "ends", texts("timeline.since", date=start)),
        ):
            if date is not None:
                yield date, _row(date, texts(f"timeline.{what}"), names[span.thing], remark, span, texts)


def _days(dates: Dates, names: dict[str, str], texts: Texts) -> Iterable[Dated]:
    for day in dates.days:
        what = texts(f"timeline.{day.key}") if day.key in _TO_DO else dates.kind(day.thing, texts)
        yield day.date, _row(day.date, what, names[day.thing], "", day, texts)


def _row(date: PartialDate, what: str, name: str, remark: str, source: Span | Day, texts: Texts) -> Row:
    precision = texts(f"timeline.precision_{len(str(date))}")
    derived = isinstance(source, Span) and source.derived
    return Row((str(date), precision, what, name, remark), source.modality, derived, source.evidence)


def _sorted(rows: Iterable[Dated]) -> tuple[Row, ...]:
    """By first day, the less precise before the more precise; then by what and by name in Swedish order."""

    def key(dated: Dated) -> tuple[object, ...]:
        date, row = dated
        return (
            date.earliest,
            len(str(date)),
            *(swedish(str(cell)) for cell in row.cells[2:4]),
            row.modality,
            row.evidence,
        )

    return tuple(row for _, row in sorted(rows, key=key))


def _start(span: Span, texts: Texts) -> str:
    return str(span.period.start or texts("timeline.not_given"))


def _end(span: Span, texts: Texts) -> str:
    lasting = texts("timeline.open_ended") if span.period.open_ended else texts("timeline.not_given")
    return str(span.period.end or lasting)


def _lengths(knowledge: Knowledge, texts: Texts, collection: str | None) -> Table:
    """Terms of which only the length is given."""
    heads = columns(*((key, texts(f"timeline.{key}")) for key in ("thing", "length", "of")))
    rows = []
    for term in read_nodes(knowledge, SG.Term, collection=collection):
        if term.values("lengthYears") and not term.values("validFrom", "validUntil"):
            years = " / ".join(texts.count("year", int(value)) for value in term.values("lengthYears"))
            label = knowledge.things.label(term.iri, texts.lang)
            cells = (label, years, named(knowledge, term.values("forum"), texts))
            rows.append(Row(cells, term.modality, evidence=term.passages("lengthYears")))
    return Table(texts("timeline.lengths"), heads, tuple(sorted(rows, key=lambda row: swedish(str(row.cells[0])))))


def _in_force(dates: Dates, names: dict[str, str], at: PartialDate, texts: Texts) -> Answer:
    found: dict[Certainty, list[Span]] = {one: [] for one in Certainty}
    for span in dates.spans:
        found[span.period.at(at)].append(span)
    heads = columns(*((key, texts(f"timeline.{key}")) for key in ("thing", "kind", "from", "to")))
    tables = [
        Table(texts(f"timeline.{one.value}", at=at), heads, _spans(found[one], dates, names, texts)) for one in _SHOWN
    ]
    ahead, passed = _ahead(dates, names, at, texts)
    tables.append(Table(texts("timeline.ahead", at=at), _heads_ahead(texts), ahead))
    sums = {
        one.value: len({span.thing for span in found[one] if span.modality in FACT_MODALITIES}) for one in Certainty
    }
    over = sum(span.period.is_over(at) for span in found[Certainty.NO] if span.modality in FACT_MODALITIES)
    certain = texts.count("subject", sums.pop("certain"))
    answer = texts("timeline.answer_at", at=at, where="{where}", certain=certain, **sums)
    others = {span.thing for one in _SHOWN for span in found[one] if span.modality not in FACT_MODALITIES}
    notes = [texts("timeline.others", things=texts.count("subject", len(others)))] if others else []
    notes.append(
        texts("timeline.passed", over=over, later=sum(s.period.is_ahead(at) for s in found[Certainty.NO]), days=passed)
    )
    return answer, tables, [*notes, texts("timeline.key_at"), texts("timeline.key")]


def _heads_ahead(texts: Texts) -> tuple[Column, ...]:
    return columns(*((key, texts(f"timeline.{key}")) for key in ("date", "precision", "what", "thing", "situation")))


def _spans(spans: Sequence[Span], dates: Dates, names: dict[str, str], texts: Texts) -> tuple[Row, ...]:
    rows = [
        Row(
            (names[span.thing], dates.kind(span.thing, texts), _start(span, texts), _end(span, texts)),
            span.modality, span.derived, span.evidence,
        )
        for span in spans
    ]  # fmt: skip
    return tuple(
        sorted(
            rows,
            key=lambda row: (row.modality not in FACT_MODALITIES, swedish(str(row.cells[0])), row.cells, row.modality),
        )
    )


def _ahead(dates: Dates, names: dict[str, str], at: PartialDate, texts: Texts) -> tuple[tuple[Row, ...], int]:
    """Beginnings and days that fall on *at* or later, reviews and deadlines that have passed; how many days passed."""
    starts = [one for one in _bounds(dates.spans, names, texts) if one[1].cells[2] == texts("timeline.begins")]
    rows, passed = [], 0
    for date, row in [*((d, r) for d, r in starts if d.latest >= at.earliest), *_days(dates, names, texts)]:
        to_do = row.cells[2] in {texts(f"timeline.{key}") for key in _TO_DO}
        situation = _situation(date, at)
        passed += situation == "gone"
        if to_do or situation != "gone":
            cells = (*row.cells[:4], texts(f"timeline.{situation}"))
            rows.append((date, Row(cells, row.modality, row.derived, row.evidence)))
    return _sorted(rows), passed


def _situation(date: PartialDate, at: PartialDate) -> str:
    if date.latest < at.earliest:
        return "gone"
    if date.earliest > at.latest:
        return "comes"
    return "falls" if at.earliest <= date.earliest and date.latest <= at.latest else "may_fall"
