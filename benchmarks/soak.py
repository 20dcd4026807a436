"""A long load on `serve`: ``python -m benchmarks.soak``; 1 when an answer failed, memory grew or it did not stop."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from .load import HOSTILE, MIX, Seen, load, memory
from .timing import REPOSITORY, machine, ours

SECONDS, RATE, REQUESTS = 60.0, 1000.0, 10_000
GROWTH = 40 << 20
"""Bytes that the server may grow over so many requests, once every page of the mix has been made."""


@contextmanager
def serving(*options: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """(port, process) of a server of this repository's graph."""
    command = ours("serve", "--port", "0", *options)
    process = subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        yield int(process.stderr.readline().strip().rstrip("/").rpartition(":")[2]), process
    finally:
        process.kill()
        process.wait()


def hostile(port: int, stop: threading.Event) -> list[threading.Thread]:
    """Four who send queries without end."""
    path = (f"/sparql?query={quote(HOSTILE)}",)

    def attack() -> None:
        while not stop.is_set():
            load(port, path, seconds=1, clients=1)

    threads = [threading.Thread(target=attack, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    return threads


def told(name: str, seen: Seen) -> None:
    """Print one line."""
    spread = ", ".join(f"p{round(part * 100)} {1000 * seen.quantile(part):.1f} ms" for part in (0.5, 0.99))
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(seen.statuses.items()))
    print(f"{name}: {seen.rate:.0f} requests/s, {spread}; {statuses}; {len(seen.failures)} failed", flush=True)


def main(seconds: float = SECONDS) -> int:
    """Run every part and print what came out."""
    print("\n".join(machine()), end="\n\n")
    faults = []
    with serving("--timeout", "2") as (port, process):
        load(port, seconds=60, most=10 * len(MIX))
        at_rate = load(port, seconds=seconds, rate=RATE, clients=32)
        told(f"mix at {RATE:.0f}/s asked for", at_rate)
        ceiling = load(port, seconds=seconds / 4, clients=32)
        told("mix as fast as it goes", ceiling)
        faults += [*at_rate.failures, *ceiling.failures]
        before = memory(process.pid)
        many = load(port, seconds=600, most=REQUESTS)
        grown = memory(process.pid) - before
        print(f"memory over {len(many.seconds)} requests: {before >> 20} MiB, then {grown / 2**20:+.1f} MiB")
        faults += [f"memory grew by {grown >> 20} MiB"] * (grown > GROWTH)
        stop = threading.Event()
        threads = hostile(port, stop)
        time.sleep(1)
        pages = load(port, [path for path in MIX if "sparql" not in path], seconds=seconds / 4, rate=200, clients=8)
        stop.set()
        told("pages while four send hostile queries", pages)
        faults += ["pages took over 100 ms (p99) under hostile queries"] * (pages.quantile(0.99) > 0.1)
        for thread in threads:
            thread.join()
        began = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        print(f"SIGTERM: gone after {time.perf_counter() - began:.1f} s with code {process.returncode}")
        unexpected = set(at_rate.statuses | ceiling.statuses | many.statuses) - {200, 303, 404, 503}
        faults += [f"statuses {sorted(unexpected)}"] * bool(unexpected)
    print("\n".join(faults[:20]) or "nothing failed")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:2])))
