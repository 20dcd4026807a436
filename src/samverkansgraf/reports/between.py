"""What begins, ends, becomes surer or less sure between two dates, in words a person reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..collation import swedish
from ..knowledge import Knowledge
from ..period import PartialDate, Situation, asked_date
from ..terms import FACT_MODALITIES, SG
from ..texts import Texts
from . import wording
from .lasting import THEMES, Lasting, Party, Timed, printed
from .table import Column, Report, Row, Table, columns

_TURNS = ("comes", "goes", "between", "weaker", "firmer")
_UNDATED = {"agreements": (SG.Agreement,), "forums": (SG.Forum,), "cooperations": (SG.Cooperation, SG.Programme)}
_MOST_NAMES = 4
_TYPED = """
SELECT DISTINCT ?passage ?thing WHERE {{
  VALUES ?class {{ {classes} }}
  ?passage a <{passage}> .
  GRAPH ?passage {{ ?thing a ?class }}
}}
"""


def between(knowledge: Knowledge, texts: Texts, first: str, second: str, *, collection: str | None = None) -> Report:
    """What changes from *first* to *second* (2023, 2023-08 or 2023-08-19), as far as the documents' dates tell.

    One table per theme: agreements, bodies, members, seats, relations, other periods; one row per thing and reading of
    its time, with how it stands at either date. What needs several dated things (a seat needs its forum) lasts while
    all of them do, and its row is derived. Last, how many things have no date at all: of them nothing is said.
    Raises `QueryError` when one of the dates is no date.
    """
    ends = asked_date(first, "diff"), asked_date(second, "diff")
    lasting = Lasting(knowledge, texts, collection)
    timed = list(lasting)
    changed = [(one, change) for one in timed if (change := one.turn(*ends))]
    heads = _heads(first, second, texts)
    tables = [
        Table(texts(f"between.{theme}"), heads, _rows([c for c in changed if c[0].theme == theme], ends, lasting))
        for theme in THEMES
    ]
    undated = _undated(lasting, texts)
    place = wording.where(knowledge, collection, texts)
    answer = _answer(changed, len(lasting.dates.spans), (first, second), place, texts)
    same = Counter(one.at(ends[0]) for one in timed if one.own and one.at(ends[0]) is one.at(ends[1]))
    kept = {state.value: same[state] for state in Situation if state.holds}
    notes = [texts("between.kept", **kept, a=first, b=second), texts("between.key")] if timed else []
    examined = texts("between.examined", dated=texts.count("subject", len(lasting.dates.things)), all=len(timed))
    title = texts("between.title", a=first, b=second)
    tables.append(undated)
    return wording.report("between", answer, examined, tables, notes, knowledge=knowledge, texts=texts, title=title)


def _heads(first: str, second: str, texts: Texts) -> tuple[Column, ...]:
    pairs = (("thing", texts("between.thing")), ("change", texts("between.change")))
    return columns(*pairs, ("before", first), ("after", second), ("time", texts("between.time")))


def _rows(
    changed: Sequence[tuple[Timed, str]], ends: tuple[PartialDate, PartialDate], lasting: Lasting
) -> tuple[Row, ...]:
    """What comes first, then what goes; within that in Swedish order."""
    rows = []
    for one, change in changed:
        states = (lasting.texts(f"between.{one.at(moment).value}") for moment in ends)
        deciding = one.deciding(*ends)
        cells = (one.name, lasting.texts(f"between.{change}"), *states, _time(one, deciding, lasting))
        derived = not one.own or any(span.derived for _, spans in deciding for span in spans)
        row = Row(cells, one.modality, derived, tuple(sorted(one.evidence)))
        rows.append(((_TURNS.index(change), [swedish(cell) for cell in cells], row.modality, row.evidence), row))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def _time(one: Timed, deciding: Sequence[Party], lasting: Lasting) -> str:
    """The time as printed, after the name of what it is the time of; a thing's own time stands alone."""
    texts, told = lasting.texts, []
    for thing, spans in deciding:
        times = dict.fromkeys(printed(span.period, texts) for span in spans)
        time = wording.enumerated(times, texts, word="or")
        is_bare = one.own or thing not in lasting.knowledge.things.namings
        told.append(time if is_bare else texts("between.follows", name=lasting.called(thing), time=time))
    return "; ".join(told)


def _answer(changed: Sequence[tuple[Timed, str]], spans: int, ends: tuple[str, str], place: str, texts: Texts) -> str:
    """How many dated things turn which way, and what follows from it; what is only proposed is not counted."""
    if not spans:
        return texts("timeline.none", where=place)
    certain = [(one, change) for one, change in changed if one.modality in FACT_MODALITIES]
    own = Counter(change for one, change in certain if one.own)
    theirs = Counter(one.theme for one, _ in certain if not one.own)
    turns = [texts(f"between.n_{change}", n=own[change]) for change in _TURNS if own[change]]
    follow = [texts(f"between.n_{theme}", n=theirs[theme]) for theme in THEMES if theirs[theme]]
    if not turns and not follow:
        return texts("between.none", a=ends[0], b=ends[1], where=place)
    told = wording.enumerated(turns, texts) or texts("between.nothing")
    answer = texts("between.answer", a=ends[0], b=ends[1], where=place, turns=told)
    return f"{answer} {texts('between.follow', counts=wording.enumerated(follow, texts))}" if follow else answer


def _undated(lasting: Lasting, texts: Texts) -> Table:
    """Per kind, how many have a date and how many have none, with the names of a few that have none."""
    knowledge = lasting.knowledge
    dated = {span.thing for span in lasting.dates.spans}
    rows = []
    for kind, classes in _UNDATED.items():
        below = {one for one, above in knowledge.superclasses.items() if above & set(classes)}.union(classes)
        listed = " ".join(f"<{one}>" for one in sorted(below))
        things = {
            row["thing"].value
            for row in knowledge.store.select(_TYPED.format(classes=listed, passage=SG.Passage))
            for passage in knowledge.passages([row["passage"].value], lasting.collection)
            if passage.modality in FACT_MODALITIES
        }
        if not things:
            continue
        names = wording.labels(knowledge, things - dated, texts)
        more = [texts("common.more", n=len(names) - _MOST_NAMES)] if len(names) > _MOST_NAMES else []
        shown = wording.enumerated([*names[:_MOST_NAMES], *more], texts) or "\N{EN DASH}"
        rows.append(Row((texts(f"between.kind_{kind}"), len(things & dated), len(names), shown), ""))
    heads = (
        Column("kind", texts("between.kind")),
        Column("dated", texts("between.dated"), "integer"),
        Column("undated", texts("between.without"), "integer"),
        Column("names", texts("between.names")),
    )
    return Table(texts("between.undated"), heads, tuple(rows))
