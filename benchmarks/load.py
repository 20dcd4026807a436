"""Load on a server on loopback: many connections that are kept, a mix of requests, and the memory it takes."""

from __future__ import annotations

import asyncio
import itertools
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

SEATS = "SELECT ?forum ?seats WHERE { ?forum a sg:PoliticalForum ; sg:seats ?seats } ORDER BY ?forum"
HOSTILE = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
EVERY = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 1000"
MIX = (
    *("/index.html",) * 4, *("/id/vasterbotten/pkd.html",) * 3, "/id/vasterbotten/pkd", "/reports.html", "/finns-inte",
    *(f"/sparql?query={quote(SEATS)}",) * 2, f"/sparql?query={quote(EVERY)}",
)  # fmt: skip
"""Paths asked for in turn: pages, a redirect, a page that is not there, short and long answers."""


@dataclass
class Seen:
    """What came back: how often each status, and how long each answer took."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    took: float = 0.0

    def quantile(self, part: float) -> float:
        """Seconds within which that part of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(int(part * len(ordered)), len(ordered) - 1)]

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.seconds) / self.took


async def _answer(reader: asyncio.StreamReader) -> int:
    """Read one answer whole; its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    length = next((line.partition(":")[2] for line in lines if line.lower().startswith("content-length:")), "0")
    await reader.readexactly(int(length))
    return int(lines[0].split()[1])


async def _client(port: int, paths: Iterator[str], seen: Seen, ends: float, pause: float) -> None:
    """One connection, kept, and another where the server ends it; *pause* between the starts of two requests."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for path in paths:
        start = time.perf_counter()
        if start >= ends:
            break
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n".encode())
        try:
            seen.statuses[await _answer(reader)] += 1
        except (asyncio.IncompleteReadError, OSError) as exc:
            seen.failures.append(f"{type(exc).__name__}: {exc}")
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        seen.seconds.append(time.perf_counter() - start)
        await asyncio.sleep(max(0.0, pause - (time.perf_counter() - start)))
    writer.close()


def load(
    port: int, paths: Sequence[str] = MIX, *, seconds: float, clients: int = 16, rate: float = 0, most: int = 0
) -> Seen:
    """Ask for *paths* in turn for so many *seconds*, at *rate* requests per second (0: as fast as answers come).

    With *most* it ends after so many requests.
    """
    seen = Seen()
    turns = itertools.cycle(paths)
    shared = itertools.islice(turns, most) if most else turns
    start = time.perf_counter()
    pause = clients / rate if rate else 0.0

    async def every() -> None:
        await asyncio.gather(*(_client(port, shared, seen, start + seconds, pause) for _ in range(clients)))

    asyncio.run(every())
    seen.took = time.perf_counter() - start
    return seen


def memory(pid: int) -> int:
    """Bytes of memory (proportional set size) of a process and of all that it started."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return own * 1024 + sum(memory(int(child)) for child in children)


def cpu(pid: int) -> float:
    """Seconds of processor time that a process and all that it started have used."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return own + sum(cpu(int(child)) for child in children)
