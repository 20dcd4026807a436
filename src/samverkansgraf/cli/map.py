"""The command that writes the map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import emit, say
from .progress import progress

if TYPE_CHECKING:
    from .main import State


@click.command("map")
@click.option("--collection", help="Only what the documents of this collection say.")
@click.option("--around", metavar="THING", help="Only this thing and what it is joined to.")
@click.option("--hops", type=click.IntRange(1, 3), default=2, show_default=True, help="How many lines out from THING.")
@click.option(
    "--with-quotes", is_flag=True, help="Show the full wording of passages, where the source text is at hand."
)
@click.option(
    "--sources", type=click.Path(path_type=Path), help="Folder with the source texts. Default: SAMVERKANSGRAF_SOURCES."
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: graph/karta.html.")
@click.pass_obj
def map_cmd(
    state: State, collection: str | None, around: str | None, hops: int, with_quotes: bool, sources: Path | None,
    output: Path | None,
) -> None:  # fmt: skip
    """Write the interactive map: one HTML file that needs no network.

    With --with-quotes the file holds whole sentences of the documents: who passes it on decides.

    \b
    samverkansgraf map --collection Västerbotten -o karta.html
    samverkansgraf map --around PKD --hops 2 -o pkd.html
    """
    target = output or state.workspace.map_file
    with progress("Drawing"):
        page = state.graph.map(
            collection=collection, around=around, hops=hops, with_quotes=with_quotes, sources=sources
        )
    emit(page.encode(), target, "html")
    say(f"Wrote {target}.")


COMMANDS = (map_cmd,)
