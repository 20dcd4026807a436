"""One connection: how long it may wait, how much it may send beside bodies, and which go where there are too many."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import count
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .limits import Limits
from .security import CROWDED

_HEAD = 64 << 10
"""Bytes of a request that are not its body: first line, headers, what divides a body into chunks, trailers."""
_TURNS = count()


class Connection(HttpToolsProtocol):
    """Ends with a head without end, which the parser itself would keep, and when its client takes too long.

    Where there are too many, the one that has waited longest for a request goes; where none waits, requests of the new
    one are turned away.
    """

    def __init__(self, *given: Any, limits: Limits, **named: Any) -> None:
        super().__init__(*given, **named)
        self.limits = limits
        self._beside_body = 0
        self._is_stuck = False
        self._begin()

    def _begin(self) -> None:
        """From now on something is waited for: a request, the end of its head, or that what is sent is taken."""
        self.seconds, self.turn = 0, next(_TURNS)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there."""
        super().connection_made(transport)
        every = [one for one in self.connections if isinstance(one, Connection)]
        neighbours = [one for one in every if one.host == self.host]
        most = self.limits.client_connections
        if not ((not most or self._finds_room(neighbours, most)) and self._finds_room(every, self.limits.connections)):
            self.app_state = {**self.app_state, CROWDED: True}

    def _finds_room(self, crowd: list[Connection], most: int) -> bool:
        """Whether this connection is not one too many in *crowd*, after one that waits has gone."""
        if len(crowd) <= most:
            return True
        waiting = [one for one in crowd if one is not self and one.waits]
        if waiting:
            min(waiting, key=lambda one: one.turn).drop()
        return bool(waiting)

    @property
    def host(self) -> str:
        """Address of the client."""
        return self.client[0] if self.client else ""

    @property
    def waits(self) -> bool:
        """Whether nothing is asked and nothing is on its way."""
        asked = self.cycle is not None and not self.cycle.response_complete
        return not asked and not self.transport.get_write_buffer_size()

    def pass_second(self) -> None:
        """Drop it when its client has taken too long to send a whole head, or to take what is sent."""
        self.seconds += 1
        is_answered = self.cycle is None or self.cycle.response_complete
        if self.waits:
            is_over = self.seconds > self.limits.head
        else:
            is_over = (self._is_stuck or is_answered) and self.seconds > self.limits.taking
        if is_over:
            self.drop()

    def drop(self) -> None:
        """End it, whatever is still to be sent."""
        self.connections.discard(self)
        self.transport.abort()

    def pause_writing(self) -> None:
        """What is sent is not taken as fast as it comes."""
        self._is_stuck = True
        self._begin()
        super().pause_writing()

    def resume_writing(self) -> None:
        """What was sent is taken, nearly all."""
        self._is_stuck = False
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        if self.timeout_keep_alive_task is not None:  # the first of a request after an answer
            self._begin()
        self._beside_body += len(data)
        super().data_received(data)
        if self._beside_body > _HEAD and not self.transport.is_closing():
            self.send_400_response(f"The head of the request is larger than {_HEAD} bytes.")

    def on_body(self, body: bytes) -> None:
        """Part of a body is there."""
        self._beside_body -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The next request begins."""
        self._beside_body = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is handed over."""
        self._begin()
        super().on_response_complete()


def pass_second(connections: Iterable[object]) -> None:
    """One more second has passed for each of *connections*."""
    for one in list(connections):
        if isinstance(one, Connection):
            one.pass_second()
