"""`doctor`: what is there, what is missing, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import emit, output_options, page_width
from .progress import progress

if TYPE_CHECKING:
    from .main import State


@click.command("doctor")
@output_options()
@click.pass_obj
def doctor_cmd(state: State, fmt: str, output: Path | None) -> None:
    """Tell what is missing: a stale graph, source texts, settings, optional packages; exit 1 when something is wrong.

    \b
    samverkansgraf doctor
    samverkansgraf doctor --format json -o lage.json
    """
    from ..render import render
    from ..reports.doctor import doctor
    from ..texts import texts

    with progress("Looking"):
        report, healthy = doctor(state.workspace, texts(state.lang))
    emit(render(report, fmt, width=page_width()), output, fmt)
    raise click.exceptions.Exit(0 if healthy else 1)


COMMANDS = (doctor_cmd,)
