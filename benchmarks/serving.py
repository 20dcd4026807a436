"""Goal 14: answers of `serve` per second of a core, beside rdflib-endpoint on the same query of the same facts.

Both servers, with all their processes, are held to one core, and the client to the others.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from urllib.parse import quote

from .asking import QUESTION
from .load import cpu, load
from .soak import serving
from .timing import REPOSITORY, Differs, Row, peer

PATH = f"/sparql?query={quote((REPOSITORY / 'queries' / f'{QUESTION}.rq').read_text('utf-8'))}"
REQUESTS, RUNS, PORT = 300, 3, 18_431
MANY = 3000
"""Requests where an answer takes a fraction of a millisecond, and the system counts in hundredths of a second."""


def _answer(port: int) -> list[object]:
    """The rows that a server gives."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{PATH}", headers={"Accept": "application/sparql-results+json"}
    )
    with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310 - loopback
        found = json.load(reply)["results"]["bindings"]
    return [sorted((name, term["value"]) for name, term in row.items()) for row in found]


def serving_rows() -> list[Row]:
    """Rows of goal 14: processor seconds per answer of both servers; a busy machine does not change their ratio."""
    graph = str(REPOSITORY / "graph" / "samverkansgraf.nq")
    with ExitStack() as running:
        with _on_one_core():
            theirs = subprocess.Popen(peer("rdflib_server.py", graph, str(PORT)), cwd=REPOSITORY)
            running.callback(theirs.wait)
            running.callback(theirs.kill)
            port, process = running.enter_context(serving())
        _wait(PORT)
        if _answer(port) != _answer(PORT):
            raise Differs("serve and rdflib-endpoint answer the query differently")
        spent = {
            "again": _spent(port, process.pid, [PATH] * MANY),
            "new": _spent(port, process.pid, [f"{PATH}%23{number}" for number in range(REQUESTS * RUNS)]),
            "page": _spent(port, process.pid, ["/report/quality.html"] * MANY),
            "peer": _spent(PORT, theirs.pid, [PATH] * REQUESTS),
        }
    print("goal 14, answers per second of one core:", ", ".join(f"{name} {1 / one:.0f}" for name, one in spent.items()))
    work = {
        "again": f"{QUESTION} at /sparql, asked again",
        "new": f"{QUESTION} at /sparql, never asked before",
        "page": "a finished page",
    }
    goals = {"again": (10, "≥ 10×"), "new": (0, "told beside"), "page": (10, "≥ 10×")}
    return [Row("14", what, "rdflib-endpoint", spent[name], spent["peer"], *goals[name]) for name, what in work.items()]


@contextmanager
def _on_one_core() -> Iterator[None]:
    """Processes started in the block stay on one core, and this one on the others afterwards, where it can be said."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    first, *others = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {first})
    try:
        yield
    finally:
        os.sched_setaffinity(0, others or {first})


def _spent(port: int, pid: int, paths: Sequence[str]) -> float:
    """Processor seconds that a server spends on one answer."""
    load(port, paths[:1], seconds=60, clients=1, most=5)
    before = cpu(pid)
    seen = load(port, paths, seconds=600, clients=4, most=len(paths))
    if seen.failures or set(seen.statuses) != {200}:
        raise Differs(f"not every answer came: {seen.statuses}, {seen.failures[:3]}")
    return (cpu(pid) - before) / len(seen.seconds)


def _wait(port: int) -> None:
    """Until a server answers."""
    for _ in range(600):
        try:
            _answer(port)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Differs("rdflib-endpoint did not start")
