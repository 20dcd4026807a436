"""Every command of `samverkansgraf`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..workspace import Workspace
from .commands import Commands
from .output import Group

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


@click.group(cls=Group, commands=Commands(), context_settings={"help_option_names": ["-h", "--help"]})
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
