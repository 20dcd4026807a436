"""The command that writes the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import say
from .progress import progress

if TYPE_CHECKING:
    from .main import State


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--sources", type=click.Path(path_type=Path), help="Show full texts, from this folder.")
@click.pass_obj
def site(state: State, folder: Path, sources: Path | None) -> None:
    """Write the graph as pages: static files that work from any folder, without a server.

    Full texts of documents stand in the pages only when --sources says where they are: who publishes them decides.
    A site that stands in DIR is replaced whole, but for files of your own; a folder without a site is left alone.

    \b
    samverkansgraf site webb
    samverkansgraf --lang en site web --sources ../texter
    """
    from ..site import Site
    from ..texts import texts

    folders = state.workspace.source_folders(sources) if sources else []
    with progress("Writing pages"):
        count = Site(state.graph.knowledge, texts(state.lang), sources=folders).write(folder)
    say(f"Wrote {count} files to {folder}; open {folder / 'index.html'}.")


COMMANDS = (site,)
