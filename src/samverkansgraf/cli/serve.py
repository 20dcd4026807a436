"""The command that serves the site and the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import say

if TYPE_CHECKING:
    from .main import State


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for every network.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="Also answer for this host name; repeat.")
@click.option(
    "--allow-origin", "origins", multiple=True, metavar="ORIGIN",
    help="Let web pages of this origin read the answers (CORS); `*` for every page; repeat.",
)  # fmt: skip
@click.option(
    "--timeout", default=10.0, show_default=True, type=click.FloatRange(0.1, 600), help="Seconds for a query."
)
@click.option("--max-rows", default=100_000, show_default=True, type=click.IntRange(1), help="Rows of an answer.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Queries at the same time.")
@click.option(
    "--client-connections", default=100, show_default=True, type=click.IntRange(0),
    help="Connections of one address at a time, also a proxy's; 0 for no limit of its own.",
)  # fmt: skip
@click.option("--sources", type=click.Path(path_type=Path), help="Show full texts, from this folder.")
@click.pass_obj
def serve(
    state: State, host: str, port: int, hosts: tuple[str, ...], origins: tuple[str, ...], timeout: float,
    max_rows: int, workers: int, client_connections: int, sources: Path | None,
) -> None:  # fmt: skip
    """Serve the site, the data and /sparql to a browser; read-only.

    Stop it with Ctrl-C; requests in work are finished first. A rebuilt graph is taken up by itself.
    Full texts of documents stand in the pages only when --sources says where they are: who publishes them decides.

    \b
    samverkansgraf serve
    samverkansgraf serve --host 0.0.0.0 --port 8080 --allow-host graf.kommun.se
    """
    from ..web.limits import Limits
    from ..web.serving import serve as run

    limits = Limits(seconds=timeout, rows=max_rows, workers=workers, client_connections=client_connections)
    folders = state.workspace.source_folders(sources) if sources else []
    run(
        state.workspace, state.lang, limits, host=host, port=port, hosts=hosts, origins=origins, sources=folders,
        say=say,
    )  # fmt: skip


COMMANDS = (serve,)
