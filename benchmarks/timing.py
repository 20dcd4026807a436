"""Whole cold processes, timed side by side, and the table of what came out."""

from __future__ import annotations

import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PEERS = Path(__file__).resolve().parent / "peers"
PACKAGES = ("rdflib", "pyoxigraph", "pyshacl", "networkx", "click", "PyYAML")
GROWTH = 1.15
"""The most that goal 12 allows of an exponent of growth."""
HEADS = ("#", "work", "peer", "ours (median s)", "peer (median s)", "ratio", "goal", "met?")


class Differs(Exception):  # noqa: N818 - reads as a noun where it is raised
    """Two sides of a comparison gave different answers, or one failed: there is no ratio to print."""


@dataclass(frozen=True, slots=True)
class Spent:
    """One run of a process: seconds from start to exit, most memory (MiB), what it printed."""

    seconds: float
    memory: int
    printed: bytes


@dataclass(frozen=True, slots=True)
class Process:
    """A command that is run anew each time; ``before`` is not timed."""

    command: Sequence[str]
    folder: Path
    before: Callable[[], object] | None = None

    def run(self) -> tuple[float, bytes]:
        """Seconds from start to exit, and what it printed; `Differs` when it failed."""
        done = self.spent()
        return done.seconds, done.printed

    def spent(self) -> Spent:
        """What one run took; `Differs` when it failed. Memory is never told as less than this process has itself."""
        if self.before:
            self.before()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
            began = time.perf_counter()
            child = subprocess.Popen(self.command, cwd=self.folder, env=environment(), stdout=out, stderr=errors)
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - began
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                errors.seek(0)
                raise Differs(f"{' '.join(self.command)} failed:\n{errors.read().decode()}")
            out.seek(0)
            return Spent(seconds, usage.ru_maxrss // 1024, out.read())


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``least`` is the smallest ratio peer ÷ ours that meets the goal."""

    number: str
    work: str
    peer: str
    ours: float
    theirs: float
    least: float
    goal: str

    @property
    def ratio(self) -> float:
        """Peer ÷ ours: how many times as long the peer takes."""
        return self.theirs / self.ours

    @property
    def met(self) -> bool:
        """Whether the ratio reaches the goal."""
        return self.ratio >= self.least

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        times = (f"{self.ours:.3f}", f"{self.theirs:.3f}", f"{self.ratio:.2f}×")
        return (self.number, self.work, self.peer, *times, self.goal, "yes" if self.met else "NO")


def environment() -> Mapping[str, str]:
    """The environment of every process: this checkout, whatever is installed; what Python compiles is kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(REPOSITORY / "src")}


def ours(*arguments: str) -> list[str]:
    """The command line of this package: the installed script beside this Python, else the module."""
    script = Path(sys.executable).with_name("samverkansgraf")
    return [str(script), *arguments] if script.is_file() else [sys.executable, "-m", "samverkansgraf.cli", *arguments]


def peer(script: str, *arguments: str) -> list[str]:
    """The command line of a peer's script."""
    return [sys.executable, str(PEERS / script), *arguments]


def medians(processes: Mapping[str, Process], runs: int) -> dict[str, float]:
    """Median seconds of each process; one run of each in turn, so that a drift of the machine meets all."""
    seconds: dict[str, list[float]] = {name: [] for name in processes}
    for _ in range(runs):
        for name, process in processes.items():
            seconds[name].append(process.run()[0])
    return {name: statistics.median(values) for name, values in seconds.items()}


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Slope of the line of least squares through the logarithms of (size, seconds)."""
    xs, ys = ([math.log(value) for value in column] for column in zip(*points, strict=True))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def machine() -> list[str]:
    """What was measured on what."""
    lines = (*_lines("/proc/cpuinfo"), *_lines("/proc/meminfo"))
    facts = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    memory = int(facts.get("MemTotal", "0").split()[0]) // 2**20
    cpu = facts.get("model name", platform.processor())
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        f"Python {platform.python_version()}, {versions}",
        f"{platform.platform(terse=True)}, {cpu}, {os.cpu_count()} cores, {memory} GiB, load {os.getloadavg()[0]:.1f}",
        f"command: {' '.join(ours())}; medians of whole processes, sides in turn; ratio = peer ÷ ours",
    ]


def _lines(path: str) -> list[str]:
    return Path(path).read_text("utf-8").splitlines() if Path(path).is_file() else []


def table(rows: Sequence[Row]) -> str:
    """Rows under their heads, in columns."""
    return columns_of([HEADS, *(row.cells() for row in rows)])


def columns_of(cells: Sequence[Sequence[str]]) -> str:
    """Lines of text in columns, the first one underlined."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join([lines[0], "─" * len(lines[0]), *lines[1:]])
