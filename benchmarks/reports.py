"""Goal 12 and the reports of a national graph: seconds, rows and memory of each, and why the slow ones are slow.

``python -m benchmarks.reports [--quads 1000000] [--graph FILE]``: FILE is read when it is there, else built and kept.
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import gc
import json
import math
import os
import pstats
import resource
import select
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from samverkansgraf.cli.reports import nothing_thrown_away
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.overlay import Overlay, without
from samverkansgraf.population import load
from samverkansgraf.reports import REPORTS, Report, find_report
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.synth import National
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace

from .countries import SIZES, Country, country
from .timing import GROWTH, columns_of, exponent, machine

SYN = "https://example.org/syn/"
BASE = "https://w3id.org/samverkansgraf/"
KOMMUN, COLLECTIONS = f"{BASE}id/kommun/0180", (f"{BASE}id/samling/synt-0000", f"{BASE}id/samling/synt-0001")
BODY, UNDER = f"{SYN}d0-forum-1", f"{SYN}d0-forum-9"
AREA = f"{SYN}lan-01-omrade-0"
OPTIONS: dict[str, dict[str, object]] = {
    "kommun": {"thing": KOMMUN},
    "routes": {"area": AREA},
    "show": {"thing": BODY},
    "path": {"start": UNDER, "end": f"{SYN}d0-forum-0"},
    "compare": {"first": COLLECTIONS[0], "second": COLLECTIONS[1]},
}
"""What a report cannot do without."""
VARIANTS: dict[str, tuple[str, dict[str, object]]] = {
    "reporting --of": ("reporting", {"of": BODY}),
    "timeline --at 2025": ("timeline", {"at": "2025"}),
    "gaps --collection": ("gaps", {"collection": COLLECTIONS[0]}),
    "bridges --without": ("bridges", {"without": BODY}),
}
LIMIT, MOST = 2.0, 60
"""Seconds that need a reason, seconds after which a report is given up."""
READING = "(names, classes, evidence)"
NOT_QUADRATIC = ("gaps", "overlap")
REASONS = {
    "bridges": "every relation, seat, payment and task becomes a tie; betweenness from a sample of a hundred bodies",
    "bridges --without": "every relation, seat, payment and task becomes a tie, to see which of them are lost",
    "compare": "two collections are read whole, and the relations of all to find theirs",
    "diff without a body": "every fact of two graphs is read",
    "diff with itself": "every fact of two graphs is read",
    "finance": "thousands of payments and sums, each a row with its passages",
    "gaps": "every area against eight questions, then against every kommun of its collection",
    "gaps --collection": "areas and forums are joined by groups that span collections, so all forums are read",
    "geography": "members, seats and payments of every kommun, in every modality",
    "hosts": "every chair post is a row, with its body and its holder",
    "kommun": "chains upwards run through every collection",
    "membership": "every forum against every kommun, with the groups in between",
    "overlap": "forums with a common member are paired, and each pair is measured",
    "positions": "every position, with what was decided on it",
    "quality": "forty-three checks, each a query over the whole graph for findings and one for what it looked at",
    "reporting": "every relation is a row, and every chain upwards is followed",
    "reporting --of": "the chains around a body are found among all relations",
    "representation": "seats of every kommun in every forum",
    "routes": "relations of all collections, to find those of one area",
    "show": "names, classes, passages and premises are read once; after that a thing takes a tenth of a second",
    "timeline": "every dated thing is a row",
    "timeline --at 2025": "every period is put in one of four tables",
    "what-if, a body closed": "the graph is copied, all rules conclude anew, and four answers are found twice",
    READING: "a name, a class and a passage at a time from the engine to Python",
}
"""Why a report may take over `LIMIT` on a national graph."""
Work = Callable[[], Report | None]


@dataclass(slots=True)
class Measured:
    """One report at one size."""

    name: str
    seconds: float
    rows: int = 0
    memory: int = 0
    error: str = ""
    tables: list[tuple[str, int]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Graphs:
    """A national graph, the same without one body, and what was planted."""

    store: EmbeddedStore
    smaller: EmbeddedStore
    workspace: Workspace
    planted: National
    quads: int

    def knowledge(self) -> Knowledge:
        """The graph with nothing read yet."""
        return Knowledge(self.store, self.workspace)


def graphs_of(made: Country) -> Graphs:
    """The graph of a country, loaded, and the same without one body."""
    began = time.perf_counter()
    store = EmbeddedStore.open(made.graph)
    took = time.perf_counter() - began
    smaller = without(Knowledge(store, made.workspace), Overlay(frozenset({BODY}))).store
    print(f"{made.quads} quads loaded in {took:.1f} s; planted: {_said(made.planted)}", flush=True)
    return Graphs(store, smaller, made.workspace, made.planted, made.quads)


def _said(planted: National) -> str:
    counts = {name: len(number) if isinstance(number, list) else number for name, number in asdict(planted).items()}
    exact = {kind: len(things) for kind, things in counts.pop("exact").items()}
    return ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in (counts | exact).items())


def works(graphs: Graphs) -> dict[str, Work]:
    """Name → what makes the report, each time from a graph of which nothing has been read yet."""
    words = texts("sv")

    def report(name: str, options: dict[str, object]) -> Report:
        if name in {"representation", "kommun"}:
            options = {"population": load(graphs.workspace), **options}
        return find_report(name)(graphs.knowledge(), words, **options)

    def difference(other: EmbeddedStore) -> Report:
        from samverkansgraf.reports.diff import diff

        return diff(graphs.knowledge(), Knowledge(other, graphs.workspace), words)

    def what_if() -> Report:
        from samverkansgraf.reports.what_if import what_if

        return what_if(graphs.knowledge(), words, overlay=Overlay(frozenset({BODY})))

    def reading() -> None:
        knowledge = graphs.knowledge()
        assert all((knowledge.things, knowledge.classes, knowledge.groups, knowledge.book.passages))

    made: dict[str, Work] = {READING: reading}
    made |= {name: lambda name=name: report(name, OPTIONS.get(name, {})) for name in REPORTS}  # type: ignore[misc]
    made |= {shown: lambda of=of: report(*of) for shown, of in VARIANTS.items()}  # type: ignore[misc]
    made["diff with itself"] = lambda: difference(graphs.store)
    made["diff without a body"] = lambda: difference(graphs.smaller)
    made["what-if, a body closed"] = what_if
    return dict(sorted(made.items()))


def measure(name: str, work: Work, *, reasons: bool = True) -> Measured:
    """Time *work* in a process of its own; where it takes over `LIMIT` a second one is profiled."""
    found = _child(name, lambda: _timed(name, work))
    if reasons and found.seconds > LIMIT:
        found.reasons = _child(name, lambda: _profiled(name, work)).reasons
    print(f"{name}: {found.seconds:.2f} s {found.reasons or ''}", file=sys.stderr, flush=True)
    return found


def _child(name: str, run: Callable[[], Measured]) -> Measured:
    """What *run* measured in a fork: its memory is its own, and it can be given up."""
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.close(reader)
            signal.signal(signal.SIGALRM, _give_up)
            signal.alarm(MOST)
            with os.fdopen(writer, "w") as pipe:
                json.dump(asdict(run()), pipe)
        except BaseException as exc:  # noqa: BLE001 - a report that fails is a row that says so
            print(f"{name}: {type(exc).__name__}: {exc}", file=sys.stderr, flush=True)
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        if not select.select([pipe], [], [], 2 * MOST)[0]:
            os.kill(pid, signal.SIGKILL)
        answer = pipe.read()
    os.waitpid(pid, 0)
    return Measured(**json.loads(answer)) if answer else Measured(name, math.nan, error="failed")


def _give_up(*_: object) -> None:
    raise TimeoutError


def _timed(name: str, work: Work) -> Measured:
    seconds: list[float] = []
    report = None
    while len(seconds) < 3 and (not seconds or seconds[0] < LIMIT):
        gc.collect()
        began = time.perf_counter()
        try:
            with nothing_thrown_away():
                report = work()
        except TimeoutError:
            return Measured(name, math.inf, memory=_memory(), error=f"> {MOST}")
        seconds.append(time.perf_counter() - began)
    tables = [(table.title, len(table.rows)) for table in report.tables] if report else []
    return Measured(name, statistics.median(seconds), sum(rows for _, rows in tables), _memory(), tables=tables)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _profiled(name: str, work: Work) -> Measured:
    profile = cProfile.Profile()
    with contextlib.suppress(TimeoutError):
        profile.runcall(work)
    return Measured(name, 0.0, reasons=_blamed(profile))


def _blamed(profile: cProfile.Profile, most: int = 3) -> list[str]:
    """Functions of the package by the time in them and in what they call of libraries."""
    times: dict[str, float] = {}
    for where, (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if _package(where[0]):
            times[_name(where)] = times.get(_name(where), 0.0) + own
            continue
        for caller, (_, _, _, through) in callers.items():
            if _package(caller[0]):
                times[_name(caller)] = times.get(_name(caller), 0.0) + through
    whole = sum(times.values()) or 1.0
    worst = sorted(times, key=lambda one: -times[one])[:most]
    return [f"{one} {times[one] / whole:.0%}" for one in worst]


def _package(path: str) -> bool:
    return f"{os.sep}samverkansgraf{os.sep}" in path and path.endswith(".py")


def _name(where: tuple[str, int, str]) -> str:
    path = Path(where[0])
    return f"{path.parent.name}/{path.stem}:{where[2]}"


def checks(found: dict[str, Measured], planted: National) -> list[tuple[str, int, int]]:
    """(what, planted, reported) of each planted count that a report gives back."""
    words = texts("sv")

    def rows(name: str, title: str = "") -> int:
        return sum(number for shown, number in found[name].tables if shown == title)

    def told(name: str) -> int:
        return found[name].rows - rows(name, words("common.summary"))

    tables = {
        "finance: payments": (planted.payments, rows("finance", words("finance.payments"))),
        "finance: printed totals": (planted.totals, rows("finance", words("finance.totals"))),
        "hosts: turns": (planted.turns, rows("hosts", words("hosts.rotation"))),
        "legal: bodies with a statute": (planted.bases, rows("legal")),
        "legal: boards without one": (planted.boards_without_basis, rows("legal", words("legal.without"))),
        "open: things left open": (planted.open_things, told("open")),
        "assignments: tasks": (planted.tasks, told("assignments")),
        "positions: positions": (planted.positions, rows("positions")),
        "overlap: planted twins": (planted.twins, rows("overlap", words("overlap.candidates"))),
        "gaps: areas": (planted.areas, rows("gaps", words("gaps.areas"))),
    }  # fmt: skip
    return [(name, *pair) for name, pair in tables.items()]


def planted_in(graphs: Graphs) -> list[tuple[str, int, int]]:
    """Loops and kommuner, counted in the graph itself: reports speak of them, and their rows are not one each."""
    loops = list(
        graphs.store.select(
            "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x <http://www.w3.org/ns/org#reportsTo>+ ?x "
            f'FILTER(STRENDS(STR(?x), "-forum-0") && STRSTARTS(STR(?x), "{SYN}")) }}'
        )
    )
    return [("reporting: loops", graphs.planted.loops, int(loops[0]["n"].value))]


def exponents(found: Sequence[dict[str, Measured]], sizes: Sequence[int]) -> dict[str, float]:
    """Name → exponent of the time against the quads, over all sizes."""
    return {
        name: exponent([(size, one[name].seconds) for size, one in zip(sizes, found, strict=True)])
        for name in found[-1]
        if not any(one[name].error for one in found)
    }


def table(found: Sequence[dict[str, Measured]], sizes: Sequence[int], grown: dict[str, float]) -> str:
    """The table: report, seconds at each size, exponent; rows and memory at the last."""
    heads = ("report", *(f"s at {size}" for size in sizes), "exponent", "rows", "peak MiB")
    lines = [
        (
            name,
            *(one[name].error or f"{one[name].seconds:.3f}" for one in found),
            f"{grown[name]:.2f}" if name in grown else "–",
            str(last.rows),
            str(last.memory),
        )
        for name, last in found[-1].items()
    ]
    return columns_of([heads, *lines])


def summary(found: dict[str, Measured], exponents: dict[str, float]) -> list[str]:
    """What is over two seconds and why, what grows faster than the goal, and whether gaps and overlap are linear."""
    slow = sorted((one for one in found.values() if one.seconds > LIMIT), key=lambda one: -one.seconds)
    lines = [f"over {LIMIT:.0f} s ({len(slow)}), with the functions that take the time, libraries they call included:"]
    for one in slow:
        why = REASONS.get(one.name, "no reason is written: look into it")
        lines.append(f"  {one.name}  {one.error or f'{one.seconds:.1f}'} s: {why} ({', '.join(one.reasons)})")
    fast = [f"{name} {value:.2f}" for name, value in exponents.items() if value > GROWTH]
    lines.append(f"exponent over {GROWTH}: {', '.join(fast) or 'none'}")
    shown = ", ".join(f"{name} {exponents[name]:.2f}" for name in NOT_QUADRATIC if name in exponents)
    lines.append(f"not quadratic: {shown}")
    return lines


def measured(graphs: Graphs, *, reasons: bool = True) -> dict[str, Measured]:
    """Every report of one graph."""
    gc.collect()
    gc.freeze()
    return {name: measure(name, work, reasons=reasons) for name, work in works(graphs).items()}


def run(countries: Sequence[Country]) -> bool:
    """Print everything, at growing sizes; whether every planted count came back and no report failed."""
    found: list[dict[str, Measured]] = []
    planted = []
    for number, one in enumerate(countries, 1):
        graphs = graphs_of(one)
        found.append(measured(graphs, reasons=number == len(countries)))
        planted += checks(found[-1], one.planted) + planted_in(graphs)
    sizes = [one.quads for one in countries]
    grown = exponents(found, sizes)
    print(table(found, sizes, grown), "", *summary(found[-1], grown), "", sep="\n")
    lines = ((name, str(a), str(b), "yes" if a == b else "NO") for name, a, b in planted)
    print(columns_of([("planted", "written", "found", "same?"), *lines]))
    return all(a == b for _, a, b in planted) and not any(one.error for one in found[-1].values())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 1 when a report failed or a planted count did not come back."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument("--quads", type=int, default=SIZES[-1], help="about so many quads")
    parser.add_argument("--graph", type=Path, help="read this built graph when it is there, else keep it here")
    chosen = parser.parse_args(arguments)
    print("\n".join(machine()), end="\n\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        small, large = Path(name) / "small", Path(name) / "large"
        return int(not run([country(small, chosen.quads // 10), country(large, chosen.quads, chosen.graph)]))


if __name__ == "__main__":
    sys.exit(main())
