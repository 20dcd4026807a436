"""Every command of `samverkansgraf`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..workspace import Workspace
from .building import add_building
from .changes import add_changes
from .completion import add_completion
from .doctor import add_doctor
from .exports import add_exports
from .load import add_load
from .map import add_map
from .output import Group, emit, output_options, page_width, say
from .picture import add_pictures
from .progress import progress
from .queries import add_queries
from .reports import add_reports
from .serve import add_serve
from .site import add_site
from .sources import add_sources
from .synth import add_synth
from .workbook import add_workbook
from .workspaces import add_workspaces

if TYPE_CHECKING:
    from ..api import Graph


class State:
    """What every command needs: the workspace, the language, and the graph when it is asked for."""

    def __init__(self, lang: str | None, store: str | None) -> None:
        self.workspace = replace(Workspace.find(Path.cwd()), store=store)
        self.lang = lang or self.workspace.language

    @property
    def graph(self) -> Graph:
        """The built graph of the workspace, or the package's own where there is no workspace."""
        from ..api import Graph

        return Graph(self.workspace, lang=self.lang)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="samverkansgraf")
@click.option("--lang", type=click.Choice(["sv", "en"]), help="Language of reports. Default: the workspace's, else sv.")
@click.option("--store", help="Where the graph is: embedded, a folder, or https://… Default: SAMVERKANSGRAF_STORE.")
@click.pass_context
def main(ctx: click.Context, lang: str | None, store: str | None) -> None:
    """Cooperation between Swedish regions and kommuner as a graph where every fact points to its source.

    \b
    samverkansgraf show PKD
    samverkansgraf --lang en report gaps
    """
    ctx.obj = State(lang, store)


@main.command()
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


add_building(main)
add_queries(main)
add_reports(main)
add_serve(main)
add_changes(main)
add_exports(main)
add_map(main)
add_pictures(main)
add_workbook(main)
add_site(main)
add_load(main)
add_synth(main)
add_doctor(main)
add_sources(main)
add_workspaces(main)


@main.group()
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


add_completion(main)
