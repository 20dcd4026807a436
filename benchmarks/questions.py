"""Goals 5, 6, 12 and 13: named queries in memory at size, beside rdflib and pyoxigraph alone on the very same texts."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samverkansgraf.queries import named_queries, typed_term

from .countries import Country
from .timing import GROWTH, REPOSITORY, Differs, Process, Row, columns_of, exponent, peer

BASE, SYN = "https://w3id.org/samverkansgraf/id/", "https://example.org/syn/"
PARAMETERS: dict[str, dict[str, str]] = {
    "belagg/for-sak": {"sak": f"{SYN}d0-forum-1"},
    "belagg/foreslaget-och-tillatet": {"sak": f"{SYN}d0-forum-1"},
    "medlemskap/en-kommun": {"kommun": f"{BASE}kommun/0180"},
    "medlemskap/forum-for-kommun": {"kommun": f"{BASE}kommun/0180"},
    "medlemskap/kommuner-i-forum": {"forum": f"{SYN}d0-namnd"},
    "organisation/rapporteringskedja": {"organ": f"{SYN}d0-forum-9"},
    "organisation/vag-i-omrade": {"omrade": f"{SYN}lan-01-omrade-0"},
    "platser/per-kommun": {"kommun": f"{BASE}kommun/0180"},
    "tid/giltighet": {"dag": "2024-05-01"},
    "uppdrag/per-organ": {"organ": f"{SYN}d0-forum-1"},
}
"""What is asked for, where a query asks for something."""
TEN = (
    "asikter/standpunkter", "dokument/oversikt", "lag/rattslig-grund", "luckor/lamnat-oppet",
    "motsagelser/parter-skiljer", "organisation/vag-i-omrade", "pengar/summor-mot-delar", "platser/summa-mot-angivet",
    "tid/vardskap", "uppdrag/per-organ",
)  # fmt: skip
"""Ten themes that rdflib answers on the small country, where answers are compared; it cannot answer half of all."""
REASONS = {
    "medlemskap/gemensamma-medlemmar": "its answer, every pair with a kommun in common, grows faster than the graph"
}
"""Why a named query may grow faster than goal 12 allows."""
MEAN, LEAST, RAW, MEMORY = 22.0, 8.0, 1.1, 0.5
RUNS, PATIENCE, MOST = 7, 30.0, 60.0
"""rdflib is given up after so many times our own seconds (10 s at least), and at the latest after `MOST` seconds."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one side told of a graph: seconds and memory (MiB) of the load; name → seconds, and → answer."""

    loaded: float
    memory: int
    seconds: dict[str, dict[str, float | None]]
    answers: dict[str, dict[str, list[Any]]]


def texts(names: Iterable[str]) -> dict[str, str]:
    """Name → text of the query with what is asked for filled in."""
    known = named_queries([REPOSITORY / "queries"])
    return {name: known[name].bound(dict(_terms(known[name].parameters, name))) for name in names}


def _terms(parameters: Iterable[object], name: str) -> Iterable[tuple[str, str]]:
    for one in parameters:
        value = PARAMETERS[name][one.name]  # type: ignore[attr-defined]
        yield one.name, f"<{value}>" if one.type == "thing" else typed_term(one, value)  # type: ignore[attr-defined, arg-type]


def ours(country: Country, names: Iterable[str], folder: Path, *, runs: int = RUNS) -> Asked:
    """This package and pyoxigraph on *names*; `Differs` when they answer differently."""
    questions = [[name, PARAMETERS.get(name, {}), text] for name, text in texts(names).items()]
    file = folder / "ours.json"
    file.write_text(json.dumps(questions), "utf-8")
    command = [sys.executable, "-m", "benchmarks.asked", str(country.folder), str(file), str(runs)]
    load, *lines = map(json.loads, Process(command, REPOSITORY).run()[1].splitlines())
    for line in lines:
        if line["answers"]["ours"] != line["answers"]["pyoxigraph"]:
            raise Differs(f"{line['name']}: {line['answers']} (rows, digest)")
    found = {line["name"]: line["seconds"] for line in lines}
    return Asked(load["loaded"], load["memory"], found, {line["name"]: line["answers"] for line in lines})


def rdflib(country: Country, own: Asked, names: Iterable[str], folder: Path) -> Asked:
    """The same of rdflib; `Differs` where it answers differently. None where it was given up."""
    given = texts(names)
    seconds = {name: min(MOST, max(10.0, PATIENCE * (own.seconds[name]["ours"] or 0))) for name in given}
    file = folder / "rdflib.json"
    file.write_text(json.dumps([[name, text, seconds[name]] for name, text in given.items()]), "utf-8")
    command = peer("rdflib_questions.py", str(country.graph), str(file))
    load, *lines = map(json.loads, Process(command, folder).run()[1].splitlines())
    for line in lines:
        if line["answer"] is not None and line["answer"] != own.answers[line["name"]]["ours"]:
            raise Differs(f"{line['name']}: ours {own.answers[line['name']]['ours']}, rdflib {line['answer']}")
    found = {line["name"]: {"rdflib": line["seconds"], "given up": seconds[line["name"]]} for line in lines}
    return Asked(load["loaded"], load["memory"], found, {})


def question_rows(small: Country, large: Country, folder: Path) -> tuple[list[Row], list[str]]:
    """Rows of goals 5, 6 and 13, and lines on every question and on what was compared where."""
    folder.mkdir()
    tried = _compared(small, folder)
    own = ours(large, TEN, folder)
    other = rdflib(large, own, TEN, folder)
    mine = {name: float(own.seconds[name]["ours"] or 0) for name in TEN}
    raw = {name: float(own.seconds[name]["pyoxigraph"] or 0) for name in TEN}
    theirs = {name: float(one["rdflib"] or one["given up"] or 0) for name, one in other.seconds.items()}
    up = [name for name, one in other.seconds.items() if one["rdflib"] is None]
    worst = min(TEN, key=lambda name: theirs[name] / mine[name])
    at_least = f" (at least: {len(up)} given up)" if up else ""
    work = f"ten named queries, {large.quads} quads"
    rows = [
        Row("5", f"{work}, geometric mean", f"rdflib{at_least}", _mean(mine), _mean(theirs), MEAN, f"≥ {MEAN:.0f}×"),
        Row("5", f"the least of them: {worst}", "rdflib", mine[worst], theirs[worst], LEAST, f"≥ {LEAST:.0f}×"),
        Row("6", f"{work}, together", "pyoxigraph", sum(mine.values()), sum(raw.values()), 1 / RAW, "≥ 0.91×"),
    ]  # fmt: skip
    lines = [f"5: {name}: ours {mine[name]:.3f} s, rdflib {_said(other.seconds[name])}" for name in TEN]
    lines.append(
        f"5: answers equal with pyoxigraph at {large.quads} quads, with rdflib for {10 - len(up)} there and {tried} "
        f"at {small.quads}; loaded in {own.loaded:.1f} s, by rdflib in {other.loaded:.1f} s"
    )
    met = "yes" if own.memory <= MEMORY * other.memory else "NO"
    lines.append(
        f"13: most memory of a process that has loaded {large.quads} quads: ours {own.memory} MiB, rdflib "
        f"{other.memory} MiB, {own.memory / other.memory:.2f}×; ≤ {MEMORY}×: {met}"
    )
    return rows, lines


def _compared(country: Country, folder: Path) -> int:
    """How many of the ten rdflib answered at a size where it can, all as we do."""
    own = ours(country, TEN, folder)
    return sum(one["rdflib"] is not None for one in rdflib(country, own, TEN, folder).seconds.values())


def _said(one: Mapping[str, float | None]) -> str:
    return f"given up after {one['given up']:.0f} s" if one["rdflib"] is None else f"{one['rdflib']:.1f} s"


def _mean(seconds: Mapping[str, float]) -> float:
    """Geometric mean."""
    return math.exp(sum(map(math.log, seconds.values())) / len(seconds))


def grown_questions(countries: Sequence[Country], folder: Path) -> bool:
    """Print seconds of every named query at each size, and its exponent; whether goal 12 is met, or told why not.

    Exponents are against the agreements: half of the smallest graph is vocabulary and registers, which do not grow.
    """
    folder.mkdir()
    names = list(named_queries([REPOSITORY / "queries"]))
    found = [ours(one, names, folder, runs=1) for one in countries]
    lines, over = [], []
    for name in names:
        seconds = [float(one.seconds[name]["ours"] or 0) for one in found]
        slope = exponent([(one.planted.documents, each) for one, each in zip(countries, seconds, strict=True)])
        if slope > GROWTH:
            over.append(f"{name} {slope:.2f}, {REASONS.get(name, 'NO reason is written: look into it')}")
        shown = (f"{each:.4f}" for each in seconds)
        lines.append((name, *shown, f"{slope:.2f}", str(found[-1].answers[name]["ours"][0])))
    print(columns_of([("named query", *(f"s at {one.quads}" for one in countries), "exponent", "rows"), *lines]))
    print(f"12: exponents over {GROWTH} of named queries: {'; '.join(over) or 'none'}", end="\n\n")
    return not any("NO reason" in one for one in over)
