"""The commands that hold one state against another: two graphs, two dates, a supposition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .reports import report_options

if TYPE_CHECKING:
    from ..reports import Report
    from .main import State


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@report_options()
@click.pass_obj
def diff(state: State, /, old: str, new: str | None, **options: Any) -> Report:
    """What changed from the built graph OLD to NEW (default: this one), or from date OLD to date NEW.

    A graph is a file or a workspace's folder; a date is 2023, 2023-08 or 2023-08-19.

    \b
    samverkansgraf diff 2023 2026
    samverkansgraf diff gammal/samverkansgraf.nq --format md
    """
    return state.graph.diff(old, new, **options)


@click.command("what-if")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@report_options()
@click.pass_obj
def what_if(state: State, /, file: Path, **options: Any) -> Report:
    """What would change if a body closed, a kommun left or an agreement lapsed.

    FILE is YAML: `close: [names]`, `lapse: [names]`, `leave: [{member: name, forum: name}]`.

    \b
    samverkansgraf what-if tank.yaml
    samverkansgraf what-if tank.yaml --collection Västerbotten --format md
    """
    return state.graph.what_if(file, **options)


COMMANDS = (diff, what_if)
