"""Time and memory of what is done with a graph as a whole, at growing sizes: build, validate, map, load."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .countries import Country
from .timing import Process, columns_of, exponent, ours

Figures = dict[str, tuple[float, int]]
"""What was done → seconds and most memory in MiB."""


def figures(made: Country, folder: Path) -> Figures:
    """Seconds and memory, each part in a process of its own."""
    folder.mkdir(parents=True)
    found: Figures = {"write the documents": (made.written, 0)}
    if made.built:
        found["build"] = (made.built.seconds, made.built.memory)
    commands = {
        "load in memory and ask": ours("query", "dokument/oversikt", "--format", "csv"),
        "load on disk": ours("load", "--store", str(folder / "disk")),
        "ask from disk": ours("--store", str(folder / "disk"), "query", "dokument/oversikt", "--format", "csv"),
        "validate": ours("validate", "--format", "json"),
        "map": ours("map", "-o", str(folder / "karta.html")),
    }
    for name, command in commands.items():
        spent = Process(command, made.folder).spent()
        found[name] = (spent.seconds, spent.memory)
    return found


def whole_table(countries: Sequence[Country], folder: Path) -> str:
    """Seconds at each size, the exponent of their growth, and memory at the last."""
    found = [figures(one, folder / str(one.quads)) for one in countries]
    sizes = [one.quads for one in countries]
    lines = []
    for name, (_, memory) in found[-1].items():
        seconds = [one[name][0] for one in found]
        slope = exponent(list(zip(sizes, seconds, strict=True)))
        lines.append((name, *(f"{one:.2f}" for one in seconds), f"{slope:.2f}", str(memory or "–")))
    return columns_of([("whole graph", *(f"s at {size}" for size in sizes), "exponent", "MiB"), *lines])
