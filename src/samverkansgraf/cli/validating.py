"""`validate`: the built graph against the shapes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import emit, output_options, page_width
from .progress import progress

if TYPE_CHECKING:
    from .main import State


@click.command()
@click.option("--fail-on", type=click.Choice(["violation", "warning", "info"]), default="violation", show_default=True)
@output_options()
@click.pass_obj
def validate(state: State, fail_on: str, fmt: str, output: Path | None) -> None:
    """Check the built graph against the shapes; exit 1 on findings at or above --fail-on.

    \b
    samverkansgraf validate
    samverkansgraf validate --fail-on warning --format json
    """
    from ..render import render

    with progress("Validating", shown=fmt != "json"):
        report, worst = state.graph.validation()
    emit(render(report, fmt, width=page_width()), output, fmt)
    severities = ("violation", "warning", "info")
    raise click.exceptions.Exit(int(worst is not None and severities.index(worst) <= severities.index(fail_on)))


COMMANDS = (validate,)
