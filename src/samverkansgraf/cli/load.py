"""`load`: publish a build in another store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import say
from .progress import progress, tracked

if TYPE_CHECKING:
    from .main import State


@click.command()
@click.option(
    "--store", help="Folder, or address of a SPARQL service. Default: SAMVERKANSGRAF_STORE, else the setting."
)
@click.option("--put", default="", metavar="ADDRESS", help="Takes a whole dataset by one PUT of N-Quads.")
@click.option(
    "--update",
    default="",
    metavar="ADDRESS",
    help="Takes SPARQL Update; for an engine whose default graph is the union.",
)
@click.argument("graph", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def load(state: State, store: str | None, put: str, update: str, graph: Path | None) -> None:
    """Publish the built graph (or the N-Quads file GRAPH) in a store; readers see the old build, then the new.

    Oxigraph's server and Virtuoso are known; other services need --put or --update (docs/motorer.md).

    \b
    samverkansgraf load --store /srv/samverkansgraf
    samverkansgraf load --store https://sparql.example.se/query
    """
    from ..store import publish

    file = graph or state.workspace.graph_file
    address = store or state.workspace.store_address
    with progress("Loading"):
        publish(file, address, tracked(file.stat().st_size, "Loading"), put=put, update=update)
    say(f"{file} is in force in {address}.")


COMMANDS = (load,)
