"""Connections are ended that only wait, do not read, or are too many; the others are answered meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from samverkansgraf.web.limits import Limits
from samverkansgraf.web.live import Generation
from samverkansgraf.web.pool import Busy, Pool, Reply
from samverkansgraf.web.security import Gate
from samverkansgraf.web.sending import Sending
from samverkansgraf.web.serving import server
from samverkansgraf.workspace import Workspace

LARGE = bytes(24 << 20)
ASK = b"GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
Connected = Callable[[bytes], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


@asynccontextmanager
async def answering(limits: Limits, sending: Sending) -> AsyncIterator[Connected]:
    """A server of three paths: an answer at once, one that never comes, a large one; what is yielded connects to it."""

    async def endpoint(request: Request) -> Response:
        if request.url.path == "/never":
            await asyncio.sleep(60)
        return sending.answer(LARGE, 200, {}) if request.url.path == "/large" else PlainTextResponse("here")

    port = asyncio.get_running_loop().create_future()
    gate = Gate(Starlette(routes=[Route("/{path}", endpoint)]), hosts=(), limits=limits)
    made = server(gate, limits, "127.0.0.1", 0, port.set_result)
    running = asyncio.create_task(made.serve())
    writers = []

    async def connect(sent: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", await port, limit=1 << 10)
        writers.append(writer)
        writer.write(sent)
        return reader, writer

    yield connect
    for writer in writers:
        writer.transport.abort()
    made.should_exit = made.force_exit = True
    await running


async def ended(reader: asyncio.StreamReader, seconds: float) -> bytes:
    """What still comes until the server ends the connection, which it does within so many seconds."""
    parts = []
    async with asyncio.timeout(seconds):
        with suppress(ConnectionError):
            while part := await reader.read(1 << 20):
                parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: loc", ASK % b"x" + b"GET"])
def test_unfinished_head_ends(sent: bytes) -> None:
    """Who sends nothing, or no whole head, first or after an answer, is let go in a short while."""

    async def tried() -> bytes:
        async with answering(Limits(head=0.3), Sending(1 << 30)) as connect:
            reader, _ = await connect(sent)
            return await ended(reader, 5)

    assert (b"here" in asyncio.run(tried())) is sent.startswith(ASK % b"x")


def test_who_does_not_read_is_dropped() -> None:
    """A large answer that is not taken is given up, and so many bytes may go to another; who reads gets all of it."""

    async def tried() -> tuple[bool, bytes, bytes]:
        sending = Sending(len(LARGE))
        async with answering(Limits(taking=0.5), sending) as connect:
            lazy, _ = await connect(ASK % b"large")
            await lazy.readuntil(b"\r\n\r\n")
            with pytest.raises(Busy):
                sending.answer(bytes(1 << 20), 200, {})
            eager, _ = await connect((ASK % b"large").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            whole = await ended(eager, 20)
            await asyncio.sleep(2.5)
            is_free = sending.answer(bytes(1 << 20), 200, {}).status_code == 200
            return is_free, whole, await ended(lazy, 5)

    is_free, whole, rest = asyncio.run(tried())
    assert is_free
    assert len(whole) > len(LARGE) > len(rest)


@pytest.mark.parametrize("limits", [Limits(client_connections=3), Limits(connections=3, client_connections=0)])
def test_who_waits_makes_room(limits: Limits) -> None:
    """Connections that ask nothing keep nobody out, the oldest goes; where all ask, the next is told to come again."""

    async def tried() -> tuple[bytes, bytes, bytes]:
        async with answering(limits, Sending(1 << 30)) as connect:
            idle = [(await connect(b""))[0] for _ in range(3)]
            await asyncio.sleep(0.1)
            reader, _ = await connect(ASK % b"x")
            found = await reader.readuntil(b"here")
            first = await ended(idle[0], 5)
            for _ in range(3):
                await connect(ASK % b"never")
            await asyncio.sleep(0.1)
            reader, _ = await connect(ASK % b"x")
            return found, first, await ended(reader, 5)

    found, first, turned_away = asyncio.run(tried())
    assert (found[:15], first) == (b"HTTP/1.1 200 OK", b"")
    head = turned_away.lower()
    assert head.startswith(b"http/1.1 503")
    assert all(name in head for name in (b"retry-after: ", b"nosniff", b"content-security-policy: ", b"try again"))


def test_one_finished_answer_counts_once() -> None:
    """Clients of the same bytes share them; what is small, and what is alone, is never turned away."""
    sending = Sending(len(LARGE) - 1)
    for _ in range(2):
        sending.answer(LARGE, 200, {})
        sending.begin(LARGE)
    other = bytes(1 << 20)
    sending.end(LARGE)
    assert sending.answer(b"small", 200, {}).body == b"small"
    with pytest.raises(Busy):
        sending.answer(other, 200, {})
    sending.end(LARGE)
    assert sending.answer(other, 200, {}).body == other


def test_reports_with_parameters_keep_no_page_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """They have a worker and a place in memory of their own."""
    asked: list[str] = []

    async def ask(self: Pool, _: object) -> Reply:
        asked.append(self._first["kind"])
        return {"status": 200, "media": "text/plain"}, b"x" * 100

    monkeypatch.setattr(Pool, "ask", ask)

    async def tried() -> None:
        made = Generation(Workspace(Path()), "sv", Limits(cache=4000))
        await made.page("index.html")
        for year in range(1900, 2000):
            await made.page("report/gaps.json", (("at", str(year)),))
        await made.page("index.html")

    asyncio.run(tried())
    assert asked == ["page", *["report"] * 100]
