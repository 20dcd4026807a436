"""`reference`: figures that a person brings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import say

if TYPE_CHECKING:
    from .main import State


@click.group()
def reference() -> None:
    """Figures that you bring yourself.

    \b
    samverkansgraf reference population --help
    samverkansgraf reference population 000007SF.csv
    """


@reference.command("population")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", help="Where the figures are from. Default: the file's name.")
@click.option("--date", default="", help="When they were counted, where the heading does not say.")
@click.pass_obj
def population_cmd(state: State, file: Path, source: str, date: str) -> None:
    """Read population per kommun from SCB's table, for `report representation` and `report kommun`.

    \b
    samverkansgraf reference population 000007SF.csv --source "SCB, tabell 000007SF"
    samverkansgraf reference population ../shared/reference/kommuner.csv
    """
    from ..population import read, store

    figures = read(file, source=source, date=date)
    place = store(figures, state.workspace)
    say(f"{len(figures.persons)} kommuner, {figures.date}, {figures.source}: {place}")


COMMANDS = (reference,)
