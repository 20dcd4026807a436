"""How fast the whole site is written, and whether twice the same: ``python -m benchmarks.site``.

Whole processes of ``samverkansgraf site``; processor seconds stand beside the clock, since other work on the machine
slows only the latter.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from pathlib import Path

from .timing import REPOSITORY, Differs, Process, machine, ours

GOAL = 60.0
"""Seconds in which the site of this repository stands written."""


def written(folder: Path) -> tuple[float, float, dict[str, str]]:
    """Seconds by the clock, seconds of the processor, and the SHA-256 of every file of a site written to *folder*."""
    before, began = os.times(), time.perf_counter()
    Process(ours("site", str(folder)), REPOSITORY).run()
    clock, after = time.perf_counter() - began, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return clock, used, {path.relative_to(folder).as_posix(): _digest(path) for path in files}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> int:
    """Print what was measured; 1 when a second site differs or the goal is missed."""
    print("\n".join(machine()), end="\n\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        try:
            clock, used, first = written(Path(name) / "first")
            _, _, second = written(Path(name) / "second")
        except Differs as exc:
            print(exc, file=sys.stderr)
            return 1
        pages = sum(path.endswith(".html") for path in first)
        size = sum(path.stat().st_size for path in (Path(name) / "first").rglob("*") if path.is_file()) / 1e6
    print(f"{len(first)} files, {pages} of them pages, {size:.0f} MB, in {clock:.1f} s ({used:.1f} s of processor)")
    print(f"{len(first) / used:.0f} files and {pages / used:.0f} pages per second of processor")
    differ = sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))
    print(f"written twice: {len(differ)} files differ{': ' + ', '.join(differ[:5]) if differ else ''}")
    return int(bool(differ) or used > GOAL)


if __name__ == "__main__":
    sys.exit(main())
