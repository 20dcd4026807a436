"""The graph that is served: its workers, its finished pages, and the next graph when it is rebuilt."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..errors import SamverkansgrafError
from ..store import build_file, build_in_force
from ..workspace import Workspace
from .cache import Cache
from .limits import Limits
from .pool import Pool, Reply
from .security import policy

_LOOKS_EVERY = 1.0
"""Seconds between two looks at the graph's file."""
_ASKS_EVERY = 30.0
"""Seconds between two questions to a service elsewhere, which build is in force."""
_MISSING = 1 << 20
"""Bytes of answers that there is no such page, kept apart: whoever asks for what is not there drives out no page."""
_CHANGING = re.compile(r"NOW|RAND|UUID|BNODE", re.IGNORECASE)
"""Functions whose value differs from one time to the next."""
Stamp = tuple[int | str, ...]
Key = tuple[object, ...]
log = logging.getLogger("samverkansgraf.serve")


@dataclass(frozen=True, slots=True)
class Page:
    """A finished answer: status, media type, bytes, what tells it from other bytes, and what may run in it."""

    status: int
    media: str
    body: bytes
    tag: str
    policy: str

    @classmethod
    def of(cls, head: Mapping[str, Any], body: bytes) -> Page:
        """The answer of a page worker."""
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        return cls(head["status"], head["media"], body, tag, policy(body, head["media"]))


class Generation:
    """One build of the graph: workers that have loaded it, and what they have answered."""

    def __init__(self, workspace: Workspace, lang: str, limits: Limits, sources: Sequence[Path] = ()) -> None:
        root = str(workspace.root) if workspace.root else None
        first = {"root": root, "store": workspace.store_address, "lang": lang, "limits": asdict(limits)}
        folders = [str(folder) for folder in sources]
        self._queries = Pool(
            {"kind": "query", **first}, size=limits.workers, spare=1, seconds=limits.seconds,
            patience=limits.patience, waiting=limits.waiting,
        )  # fmt: skip
        self._pages = Pool(
            {"kind": "page", "sources": folders, **first}, size=2, spare=0,
            seconds=limits.page_seconds, patience=limits.page_seconds, waiting=limits.waiting,
        )  # fmt: skip
        self._reports = Pool(
            {"kind": "report", "sources": folders, **first}, size=1, spare=0, seconds=limits.page_seconds,
            patience=limits.report_patience, waiting=limits.reports_waiting,
        )  # fmt: skip
        self._pools = self._queries, self._pages, self._reports
        self._answers: Cache[Reply] = Cache(limits.cache)
        self._made: Cache[Page] = Cache(limits.cache)
        self._reported: Cache[Page] = Cache(limits.cache // 4)  # whoever asks for many drives out no page
        self._missing: Cache[Page] = Cache(_MISSING)
        self._making: dict[Key, asyncio.Task[Page]] = {}

    async def start(self) -> None:
        """Load the graph."""
        try:
            async with asyncio.TaskGroup() as group:
                for pool in self._pools:
                    group.create_task(pool.start())
        except* SamverkansgrafError as group_of:
            raise group_of.exceptions[0] from None

    async def answer(self, question: Mapping[str, Any]) -> Reply:
        """The answer of a query worker, or the same as before: the graph of a generation does not change."""
        key = json.dumps(question)
        found = self._answers.get(key)
        if found is None:
            found = await self._queries.ask(question)
            if found[0]["status"] == 200 and not _CHANGING.search(question["query"]):
                self._answers.keep(key, found, len(found[1]) + len(key))
        return found

    async def shown(self, answer: Mapping[str, Any]) -> Page:
        """The page that shows the answer of a query worker to a person."""
        return Page.of(*await self._pages.ask({"answer": answer}))

    async def page(self, path: str, parameters: tuple[tuple[str, str], ...] = (), base: str = "") -> Page:
        """The page at *path*, or the same as before; two who ask at once wait for one making."""
        key = (path, parameters, base)
        found = (self._reported if parameters else self._made).get(key) or self._missing.get(key)
        if found is not None:
            return found
        if key not in self._making:
            self._making[key] = asyncio.create_task(self._make(key))
            self._making[key].add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(self._making[key])

    async def _make(self, key: Key) -> Page:
        path, parameters, base = key
        pool = self._reports if parameters else self._pages
        page = Page.of(*await pool.ask({"path": path, "parameters": parameters, "base": base}))
        if page.status == 200:
            (self._reported if parameters else self._made).keep(key, page, len(page.body))
        elif page.status == 404:
            self._missing.keep(key, page, len(page.body) + len(json.dumps(key)))
        return page

    async def close(self) -> None:
        """Finish what is asked and end the workers."""
        await asyncio.gather(*(pool.close() for pool in self._pools))


class Live:
    """The generation that answers now; a rebuilt graph takes its place when it is loaded, whole."""

    def __init__(self, workspace: Workspace, lang: str, limits: Limits, sources: Sequence[Path] = ()) -> None:
        self._workspace, self._lang, self.limits, self._sources = workspace, lang, limits, sources
        self.now = Generation(workspace, lang, limits, sources)
        self._stamp = self._look()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Load the graph, and watch its file from now on."""
        await self.now.start()
        self._keep(self._watch())

    async def close(self) -> None:
        """Stop watching, finish what is asked, end every worker."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.now.close()

    def _keep(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _look(self) -> Stamp:
        """What tells one build from another: the file's number, time and size, or what a service elsewhere says."""
        file = build_file(self._workspace)
        if file is None:
            return (build_in_force(self._workspace),)
        seen = file.stat()
        return seen.st_ino, seen.st_mtime_ns, seen.st_size

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOKS_EVERY if build_file(self._workspace) else _ASKS_EVERY)
            with suppress(SamverkansgrafError, OSError):
                stamp = await asyncio.to_thread(self._look)
                if stamp != self._stamp:
                    self._stamp = stamp
                    await self._reload()

    async def _reload(self) -> None:
        """Load the new build beside the old; requests in work finish on the old one."""
        fresh = Generation(self._workspace, self._lang, self.limits, self._sources)
        try:
            await fresh.start()
        except SamverkansgrafError as exc:
            log.warning("The rebuilt graph cannot be loaded; the old one goes on. %s", exc)
            await fresh.close()
            return
        old, self.now = self.now, fresh
        log.warning("The graph was rebuilt; it is served from now on.")
        self._keep(old.close())
