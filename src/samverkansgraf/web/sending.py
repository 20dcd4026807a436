"""Large answers are sent in parts, as the client takes them, and only so many bytes of them at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from .pool import Busy

_PART = 256 << 10
"""Bytes handed over at once; a client that does not take so much in `Limits.taking` seconds is dropped."""


class Sending:
    """The bytes of large answers that are on their way; two clients of one finished answer share its bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._readers: Counter[int] = Counter()

    def answer(self, body: bytes, status: int, headers: Mapping[str, str]) -> Response:
        """The response; `Busy` when it is large and, with what is on its way already, too much."""
        if len(body) <= _PART:
            return Response(body, status, headers)
        if self._bytes and not self._readers[id(body)] and self._bytes + len(body) > self._most:
            raise Busy("Too many large answers are on their way; try again in a moment.")
        return _Parts(body, status, headers, self)

    def begin(self, body: bytes) -> None:
        """One more client takes *body*."""
        self._bytes += 0 if self._readers[id(body)] else len(body)
        self._readers[id(body)] += 1

    def end(self, body: bytes) -> None:
        """One client less takes *body*."""
        self._readers[id(body)] -= 1
        if not self._readers[id(body)]:
            del self._readers[id(body)]
            self._bytes -= len(body)


class _Parts(Response):
    """A response whose body is handed over in parts."""

    def __init__(self, body: bytes, status: int, headers: Mapping[str, str], sending: Sending) -> None:
        super().__init__(body, status, headers)
        self._whole, self._sending = body, sending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it (ASGI)."""

        async def in_parts(message: Message) -> None:
            whole = memoryview(message.get("body", b""))
            for start in range(0, len(whole), _PART):
                more = start + _PART < len(whole)
                await send({**message, "body": whole[start : start + _PART], "more_body": more})
            if not whole:
                await send(message)

        self._sending.begin(self._whole)
        try:
            await super().__call__(scope, receive, in_parts)
        finally:
            self._sending.end(self._whole)
