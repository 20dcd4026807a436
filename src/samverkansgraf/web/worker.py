"""A process that answers on its standard output what is asked on its standard input, and that can be killed.

A message is four bytes of length, so many bytes of JSON, and a body, whose ``length`` the JSON tells.
``python -m samverkansgraf.web.worker`` reads a first message that says what to answer (``kind``), where the workspace
is and what the limits are; loads; says that it is ready; and gives one answer to each question until its input ends.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import IO, Any

from ..errors import SamverkansgrafError
from ..store import build_file
from ..workspace import EMBEDDED, Workspace
from .limits import Limits

Question = Mapping[str, Any]
Answer = tuple[dict[str, Any], bytes]
LENGTH = struct.Struct(">I")
_REMEMBERED = 32
"""Bytes that pages and reports may use for each byte of the graph's file; they remember what they found in it."""


def packed(message: Mapping[str, Any], body: bytes = b"") -> bytes:
    """A message as it goes through the pipe."""
    head = json.dumps({**message, "length": len(body)}).encode()
    return LENGTH.pack(len(head)) + head + body


def refusal(status: int, text: str) -> Answer:
    """An answer that is a sentence of plain text."""
    return {"status": status, "kind": "refusal", "media": "text/plain; charset=utf-8"}, f"{text}\n".encode()


def main() -> None:
    """Answer until the input ends."""
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    started = _question(questions)
    if started is None:
        return
    limits = Limits(**started["limits"])
    try:
        answer = _answering(started, limits)
    except SamverkansgrafError as exc:
        answers.write(packed({"ready": False, "why": str(exc)}))
        return
    answers.write(packed({"ready": True}))
    answers.flush()
    seconds = limits.seconds if started["kind"] == "query" else limits.page_seconds
    while (question := _question(questions)) is not None:
        _alarm(seconds + 2)
        answers.write(packed(*_answer(answer, question)))
        answers.flush()
        _alarm(0)


def _answer(answer: Callable[[Question], Answer], question: Question) -> Answer:
    """The answer, or where there is a bug its traceback on standard error and a sentence for the client."""
    try:
        return answer(question)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - one bad question must not end the worker
        traceback.print_exc()
        return refusal(500, "Something is wrong with the server itself; its log says what.")


def _answering(started: Question, limits: Limits) -> Callable[[Question], Answer]:
    root = started["root"]
    workspace = replace(Workspace.find(Path(root)) if root else Workspace(None), store=started["store"])
    if started["kind"] == "query":
        from .evaluation import evaluation

        answer = evaluation(workspace, limits)
        seal(limits.memory, opens_nothing=workspace.store_address == EMBEDDED)
        return answer
    from .making import making

    answer = making(workspace, started["lang"], [Path(folder) for folder in started["sources"]])
    file = build_file(workspace)
    memory = limits.memory + _REMEMBERED * file.stat().st_size if file else None
    seal(memory, opens_nothing=False, yields=started["kind"] == "report")
    return answer


def seal(memory: int | None, *, opens_nothing: bool = True, yields: bool = True) -> None:
    """Let this process open no file and no socket, use *memory* bytes more at most (None: any), and yield to others.

    So a query reaches neither disk nor network whatever the engine makes of it. A store on disk or behind an address
    has to open things and goes without, and so do pages, which are read from files. Only POSIX systems can do this, and
    only Linux tells how much memory is used.
    """
    try:
        import resource
    except ImportError:
        return
    os.nice(5 if yields else 0)
    size = Path("/proc/self/statm")
    used = int(size.read_text("ascii").split()[0]) * resource.getpagesize() if size.exists() else 0
    if used and memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    if opens_nothing:
        free = os.open(os.devnull, os.O_RDONLY)
        os.close(free)
        resource.setrlimit(resource.RLIMIT_NOFILE, (free, free))


def _question(stream: IO[bytes]) -> Question | None:
    """The next message without a body; None at the end of the stream."""
    start = stream.read(LENGTH.size)
    if len(start) < LENGTH.size:
        return None
    found: Question = json.loads(stream.read(LENGTH.unpack(start)[0]))
    return found


def _alarm(seconds: float) -> None:
    """Let the system end this process after so many seconds (0: never), should its parent be gone and not do so."""
    if hasattr(signal, "alarm"):
        signal.alarm(ceil(seconds))


if __name__ == "__main__":
    main()
