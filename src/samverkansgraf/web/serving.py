"""Running the server until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from ..workspace import Workspace
from .app import app
from .limits import Limits

_HEAD = 64 << 10
"""Bytes of a request that are not its body: first line, headers, what divides a body into chunks, trailers."""


def serve(
    workspace: Workspace, lang: str, limits: Limits, *, host: str, port: int, hosts: Collection[str] = (),
    origins: Collection[str] = (), sources: Sequence[Path] = (), say: Callable[[str], None],
) -> None:  # fmt: skip
    """Serve until SIGTERM or Ctrl-C; requests in work are finished first. *say* gets the address once it answers."""
    shown = f"[{host}]" if ":" in host else host
    application = app(workspace, lang, limits, hosts={shown, *hosts}, origins=origins, sources=sources)
    config = uvicorn.Config(
        application, host=host, port=port, log_level="warning", server_header=False, access_log=False, lifespan="on",
        timeout_graceful_shutdown=round(limits.seconds + limits.patience) + 2, timeout_keep_alive=15, backlog=512,
        limit_concurrency=500, proxy_headers=False, http=_Bounded, ws="none",
    )  # fmt: skip
    _Announcing(config, lambda number: say(f"http://{shown}:{number}/")).run()


class _Bounded(HttpToolsProtocol):
    """Ends a connection whose request has a head without end; the parser itself would keep all of it."""

    _beside_body = 0

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
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


class _Announcing(uvicorn.Server):
    """Says so when it answers."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[int], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Load the graph, listen, and say at which port."""
        await super().startup(sockets=sockets)
        if self.started:
            self._announce(self.servers[0].sockets[0].getsockname()[1])
