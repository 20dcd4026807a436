"""Running the server until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from ..workspace import Workspace
from .app import app
from .connection import Connection, pass_second
from .limits import Limits


def serve(
    workspace: Workspace, lang: str, limits: Limits, *, host: str, port: int, hosts: Collection[str] = (),
    origins: Collection[str] = (), sources: Sequence[Path] = (), say: Callable[[str], None],
) -> None:  # fmt: skip
    """Serve until SIGTERM or Ctrl-C; requests in work are finished first. *say* gets the address once it answers."""
    shown = f"[{host}]" if ":" in host else host
    application = app(workspace, lang, limits, hosts={shown, *hosts}, origins=origins, sources=sources)
    server(application, limits, host, port, lambda number: say(f"http://{shown}:{number}/")).run()


def server(
    application: ASGIApp, limits: Limits, host: str, port: int, announce: Callable[[int], None]
) -> uvicorn.Server:
    """A server of *application* within *limits*; *announce* gets its port once it answers."""
    connection: Any = partial(Connection, limits=limits)
    config = uvicorn.Config(
        application, host=host, port=port, log_level="warning", server_header=False, access_log=False, lifespan="on",
        timeout_graceful_shutdown=round(limits.seconds + limits.patience) + 2, timeout_keep_alive=round(limits.head),
        backlog=512, proxy_headers=False, http=connection, ws="none",
    )  # fmt: skip
    return _Announcing(config, announce)


class _Announcing(uvicorn.Server):
    """Says so when it answers, and looks after its connections."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[int], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Load the graph, listen, and say at which port."""
        await super().startup(sockets=sockets)
        if self.started:
            self._announce(self.servers[0].sockets[0].getsockname()[1])

    async def on_tick(self, counter: int) -> bool:
        """What is done ten times a second; for connections one second passes in ten."""
        if counter % 10 == 0:
            pass_second(self.server_state.connections)
        return await super().on_tick(counter)
