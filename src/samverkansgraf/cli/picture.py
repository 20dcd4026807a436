"""The commands that write static pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import emit, output_options
from .progress import progress

if TYPE_CHECKING:
    from .main import State


@click.group()
def picture() -> None:
    """Write a static picture as SVG, or as text that other programs draw.

    \b
    samverkansgraf picture minimap PKD -o pkd.svg
    samverkansgraf picture chain "PKD AU" --format mermaid
    """


_COLLECTION = click.option("--collection", help="Only what the documents of this collection say.")


@picture.command()
@click.argument("measure", required=False)
@click.option("--forum", help="Who sits in this forum (name, abbreviation or IRI) instead of a measure.")
@_COLLECTION
@output_options(formats=("svg",), default="svg")
@click.pass_obj
def geography(
    state: State, measure: str | None, forum: str | None, collection: str | None, fmt: str, output: Path | None
) -> None:
    """Map of kommuner shaded by MEASURE: cooperations (default), seats, seats-per-10000 or money-YEAR.

    \b
    samverkansgraf picture geography money-2016 --collection Västmanland -o bidrag.svg
    samverkansgraf picture geography --forum PKD --collection Västerbotten -o pkd.svg
    """
    with progress("Drawing"):
        made = state.graph.pictures.geography(measure, forum=forum, collection=collection).alone()
    emit(made.encode(), output, fmt)


@picture.command()
@click.argument("thing")
@output_options(formats=("svg",), default="svg")
@click.pass_obj
def minimap(state: State, thing: str, fmt: str, output: Path | None) -> None:
    """THING (name, abbreviation, alias or IRI) and what lies next to it.

    \b
    samverkansgraf picture minimap PKD -o pkd.svg
    samverkansgraf picture minimap Umeå --format svg
    """
    with progress("Drawing"):
        made = state.graph.pictures.minimap(thing).alone()
    emit(made.encode(), output, fmt)


@picture.command()
@click.argument("thing")
@output_options(formats=("svg", "mermaid", "dot"), default="svg")
@click.pass_obj
def chain(state: State, thing: str, fmt: str, output: Path | None) -> None:
    """Where matters of THING go on to, step by step; Mermaid and Graphviz text for documents.

    \b
    samverkansgraf picture chain Skolchefsnätverk -o kedja.svg
    samverkansgraf picture chain "PKD AU" --format mermaid
    """
    with progress("Drawing"):
        pictures = state.graph.pictures
        made = pictures.chain(thing).alone() if fmt == "svg" else pictures.diagram(thing, fmt)
    emit(made.encode(), output, fmt)


@picture.command()
@_COLLECTION
@click.option("--at", metavar="DATE", help="Mark a year, a month or a day.")
@output_options(formats=("svg",), default="svg")
@click.pass_obj
def timeline(state: State, collection: str | None, at: str | None, fmt: str, output: Path | None) -> None:
    """Periods and days along an axis of years, as exact as the documents give them.

    \b
    samverkansgraf picture timeline --collection Västerbotten -o tidslinje.svg
    samverkansgraf picture timeline --at 2025-06 -o lage.svg
    """
    with progress("Drawing"):
        made = state.graph.pictures.timeline(collection=collection, at=at).alone()
    emit(made.encode(), output, fmt)


COMMANDS = (picture,)
