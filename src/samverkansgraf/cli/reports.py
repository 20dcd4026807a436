"""The report commands: one specification each, all with the same options."""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .output import emit, output_options, page_width, say
from .progress import progress

if TYPE_CHECKING:
    from ..reports import Report
    from .main import State

MODALITIES = ("stated", "inferred", "intended", "proposed", "permitted", "tentative", "ambiguous", "rejected", "denied")
Decorator = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Specification:
    """A report command: what it answers, two examples, and the parameters of its own."""

    name: str
    question: str
    examples: tuple[str, str]
    parameters: tuple[Decorator, ...] = ()
    collection: bool = True
    """Whether ``--collection`` makes sense for it."""


_THING = click.argument("thing")
_OF = click.option("--of", help="Only around this body (name, abbreviation or IRI).")
_HOPS = click.option(
    "--hops", default=1, type=click.IntRange(min=0), show_default=True, help="How many relations away from --of."
)

REPORTS = (
    Specification(
        "reporting",
        "Who reports to, prepares for, informs, appoints and leads whom.",
        ("report reporting --of PKD", "report reporting --collection Västerbotten --format md"),
        (_OF, _HOPS),
    ),
    Specification(
        "membership",
        "Which kommun sits in which forum, and with how many seats.",
        ("report membership --collection Västerbotten", "report membership --format excel -o medlemskap.csv"),
    ),
    Specification(
        "gaps",
        "Areas without network, delegation, project, responsible, law, money or review; bodies left open.",
        ("report gaps", "report gaps --collection Västerbotten --format xlsx -o luckor.xlsx"),
    ),
    Specification(
        "open",
        "Everything that documents name and leave open.",
        ("report open --collection Västmanland", "report open --modality stated"),
    ),
    Specification(
        "hosts",
        "Who hosts what, and in which year; rotation with derived years marked.",
        ("report hosts --collection Umeåregionen", "report hosts --at 2025"),
    ),
    Specification(
        "assignments",
        "Who has which task, in text or table or both; shared, or with no one assigned.",
        ("report assignments --collection Umeåregionen", "report assignments --format xlsx -o uppdrag.xlsx"),
    ),
    Specification(
        "legal",
        "Statutes cited, by whom and for what; without number; boards without one.",
        ("report legal", "report legal --collection Umeåregionen --format md"),
    ),
    Specification(
        "positions",
        "Who said what in consultation, what was decided, what changed.",
        ("report positions --collection Västmanland", "report positions --format csv --table 2"),
    ),
    Specification(
        "representation",
        "Seats per kommun against population: who has few persons behind each seat.",
        ("report representation --collection Västerbotten", "report representation --format xlsx -o platser.xlsx"),
    ),
    Specification(
        "geography",
        "What each kommun has: cooperations, seats, seats per 10 000 inhabitants, contributions by year.",
        ("report geography --collection Västmanland", "report geography --format xlsx -o kommuner.xlsx"),
    ),
    Specification(
        "kommun",
        "One page for one kommun: seats, chains upward, money, hosting, what it is outside of.",
        ("report kommun Umeå", "report kommun Skellefteå --collection Umeåregionen --format md"),
        (_THING,),
    ),
    Specification(
        "timeline",
        "What is in force, begins, ends and must be reviewed, by date.",
        ("report timeline", "report timeline --at 2024-08-19 --collection Västerbotten"),
    ),
    Specification(
        "finance",
        "Who pays what; shares, sums against stated totals, forms of funding, instalments.",
        ("report finance --collection Västmanland", "report finance --format xlsx -o ekonomi.xlsx"),
    ),
    Specification(
        "routes",
        "How a matter in an AREA travels: prepared, consulted, decided, and where the route is broken.",
        ('report routes "Civil beredskap"', 'report routes "Tydlig och effektiv samverkanspartner" --format md'),
        (click.argument("area"),),
    ),
    Specification(
        "overlap",
        "Forums with near-same members and topic: candidates to merge.",
        ("report overlap --collection Umeåregionen", "report overlap --threshold 0.3 --format xlsx -o overlapp.xlsx"),
        (
            click.option(
                "--threshold",
                default=0.5,
                show_default=True,
                type=click.FloatRange(0, 1, min_open=True),
                help="How alike members and areas must be, above 0 and at most 1.",
            ),
        ),
    ),
    Specification(
        "bridges",
        "Who holds the structure together, and what breaks if a body leaves.",
        ("report bridges --collection Västmanland", "report bridges --without PKD --collection Västerbotten"),
        (click.option("--without", help="What breaks if this body leaves (name, abbreviation or IRI)."),),
    ),
    Specification(
        "quality",
        "Where documents contradict themselves, each other or arithmetic, and where they are silent.",
        ("report quality", "report quality --collection Umeåregionen --format excel -o motsagelser.csv"),
    ),
)
TOP_LEVEL = (
    Specification(
        "show",
        "Everything about THING (name, abbreviation, alias or IRI), with evidence.",
        ("show PKD", '--lang en show "Samråd för samverkan inom regional utveckling"'),
        (_THING,),
    ),
    Specification(
        "path",
        "How a matter travels from A to B.",
        ('path "PKD AU" "Region Västerbotten"', "path Skolchefsnätverk PKD --format json"),
        (click.argument("end", metavar="B"), click.argument("start", metavar="A")),
    ),
    Specification(
        "compare",
        "Two collections side by side: what one has and the other does not mention.",
        ("compare Västerbotten Västmanland", "compare Umeåregionen Västerbotten --format md"),
        (click.argument("second"), click.argument("first")),
        collection=False,
    ),
)
_COMMON = (
    click.option("--table", "number", default=1, help="Which table csv, tsv and excel hold."),
    click.option("--with-evidence/--without-evidence", "evidence", default=True, help="List passages. Default: with."),
    click.option(
        "--modality",
        "modalities",
        multiple=True,
        type=click.Choice(MODALITIES),
        help="Only rows of this modality; repeat.",
    ),
    click.option("--at", help="Leave out what is certainly not in force then: 2025, 2025-06 or 2025-06-30."),
)
_COLLECTION = click.option("--collection", help="Only what the documents of this collection say.")


_HELP = """Answer a strategist's question, with evidence.

\b
samverkansgraf report gaps --collection Västerbotten
samverkansgraf report membership --format xlsx -o platser.xlsx
"""


def command(specification: Specification) -> click.Command:
    """The click command of one report."""

    @report_options(collection=specification.collection)
    @click.pass_obj
    def run(state: State, /, **options: Any) -> Report:
        return state.graph.report(specification.name, **options)

    callback: Decorator = run
    for parameter in specification.parameters:
        callback = parameter(callback)
    examples = "\n".join(f"samverkansgraf {example}" for example in specification.examples)
    return click.command(specification.name, help=f"{specification.question}\n\n\b\n{examples}")(callback)


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """Do not search memory for circles of garbage meanwhile.

    A report makes hundreds of thousands of things and keeps them: at a million quads the search took up to a quarter
    of the time and freed nothing.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def report_options(*, collection: bool = True) -> Callable[[Callable[..., Report]], Decorator]:
    """Give a command that returns a report the options that all reports have, and write what it returns."""

    def decorate(make: Callable[..., Report]) -> Decorator:
        @functools.wraps(make)
        def run(*args: Any, fmt: str, output: Path | None, number: int, evidence: bool, **options: Any) -> None:
            from ..render import render

            with progress("Asking", shown=fmt != "json"), nothing_thrown_away():
                made = make(*args, **options)
                made = made if evidence else made.without_evidence()
                written = render(made, fmt, width=page_width(), table=number)
            emit(written, output, fmt)
            if fmt in {"csv", "tsv", "excel"} and len(made.tables) > 1:
                say(f"Table {number} of {len(made.tables)}; choose with --table, or take all: --format xlsx or json.")

        callback: Decorator = output_options()(run)
        for parameter in (*_COMMON, *([_COLLECTION] if collection else [])):
            callback = parameter(callback)
        return callback

    return decorate


REPORT = click.Group("report", help=_HELP, commands=[command(one) for one in REPORTS])
COMMANDS = (REPORT, *map(command, TOP_LEVEL))
