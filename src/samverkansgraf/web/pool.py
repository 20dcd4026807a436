"""Workers that take turns: a bounded number at a time, each killed when it takes too long, and one more held ready."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from ..errors import SamverkansgrafError, WorkspaceError
from .worker import LENGTH, packed

Reply = tuple[dict[str, Any], bytes]
_STARTING = 120.0
"""Seconds that a worker may take to load the graph."""


class Busy(SamverkansgrafError):  # noqa: N818 - reads as a state where it is caught
    """Every worker is taken and enough questions wait already."""


class Stopped(SamverkansgrafError):  # noqa: N818 - reads as a state where it is caught
    """A worker was killed because it took too long, or ended because it used too much memory."""


class Worker:
    """One process; it answers one question at a time."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, first: Mapping[str, Any]) -> Worker:
        """Start a process and wait until it has loaded; `WorkspaceError` says why it cannot."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "samverkansgraf.web.worker", stdin=PIPE, stdout=PIPE, start_new_session=True
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(_STARTING):
                ready, _ = await worker.ask(first)
        except (TimeoutError, asyncio.IncompleteReadError, OSError) as exc:
            await worker.end()
            raise WorkspaceError("A worker did not start; its message stands above, if it gave one.") from exc
        if not ready["ready"]:
            await worker.end()
            raise WorkspaceError(ready["why"])
        return worker

    async def ask(self, question: Mapping[str, Any]) -> Reply:
        """The answer to *question*; `IncompleteReadError` when the process ends first."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(packed(question))
        await self._process.stdin.drain()
        size = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))[0]
        head: dict[str, Any] = json.loads(await self._process.stdout.readexactly(size))
        return head, await self._process.stdout.readexactly(head["length"])

    async def end(self) -> None:
        """Kill the process and wait until it is gone."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


class Pool:
    """*size* workers of one kind, of which each may take so many *seconds*, and a question wait *patience* seconds.

    *spare* more are held ready: they take over at once where a worker is killed.
    """

    def __init__(
        self, first: Mapping[str, Any], *, size: int, spare: int, seconds: float, patience: float, waiting: int
    ) -> None:
        self._first, self._size, self._spare = first, size, spare
        self._seconds, self._patience, self._most_waiting = seconds, patience, waiting
        self._turns = asyncio.Semaphore(size)
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()  # the last to answer is warm
        self._waiting = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.closed = False

    async def start(self) -> None:
        """Start every worker; `WorkspaceError` when the graph cannot be loaded."""
        starting = (Worker.start(self._first) for _ in range(self._size + self._spare))
        started = await asyncio.gather(*starting, return_exceptions=True)
        for worker in started:
            if isinstance(worker, Worker):
                self._idle.put_nowait(worker)
        for failure in started:
            if isinstance(failure, BaseException):
                raise failure

    async def ask(self, question: Mapping[str, Any]) -> Reply:
        """The answer of the next free worker; `Busy` when none gets free in time, `Stopped` when it takes too long."""
        await self._turn()
        worker = None
        try:
            async with asyncio.timeout(self._seconds):
                worker = await self._idle.get()
                reply = await worker.ask(question)
        except TimeoutError as exc:
            self._replace(worker)
            raise Stopped(f"Stopped after {self._seconds:g} s; ask for less.") from exc
        except (asyncio.IncompleteReadError, OSError) as exc:
            self._replace(worker)
            raise Stopped("Stopped: more memory was needed than is allowed; ask for less.") from exc
        except BaseException:
            self._replace(worker)
            raise
        else:
            self._idle.put_nowait(worker)
            return reply
        finally:
            self._turns.release()

    async def _turn(self) -> None:
        if self._waiting >= self._most_waiting and self._turns.locked():
            raise Busy("Too many questions wait already; try again in a moment.")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._turns.acquire()
        except TimeoutError as exc:
            raise Busy("Every worker is busy; try again in a moment.") from exc
        finally:
            self._waiting -= 1

    def _replace(self, worker: Worker | None) -> None:
        """Kill *worker* and start another, while others go on."""
        if worker is not None and not self.closed:
            task = asyncio.create_task(self._restart(worker))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _restart(self, worker: Worker) -> None:
        await worker.end()
        while not self.closed:
            with suppress(WorkspaceError):
                self._idle.put_nowait(await Worker.start(self._first))
                return
            await asyncio.sleep(1)

    async def close(self) -> None:
        """Wait for the questions in work, then end every worker."""
        for _ in range(self._size):
            await self._turns.acquire()
        self.closed = True
        await asyncio.gather(*self._tasks, return_exceptions=True)
        while not self._idle.empty():
            await self._idle.get_nowait().end()
