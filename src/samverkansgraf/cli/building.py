"""Building the graph: once, or at every save."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import SamverkansgrafError
from ..workspace import MARKER, Workspace
from .output import say
from .progress import progress
from .sources import sources_option

if TYPE_CHECKING:
    from ..build import Build
    from .main import State

_WATCHED = ("data", "ontology", "queries")
"""Folders whose files a build reads or a person asks with."""
_PAUSE = 300
"""Milliseconds after which the first build is made, and Ctrl-C is heard at the latest."""


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when the built files are stale.")
@click.option("--without-persons", is_flag=True, help="Leave out the files of persons in office.")
@click.option("--no-cache", is_flag=True, help="Read every file anew.")
@sources_option
@click.pass_obj
def build(state: State, check: bool, without_persons: bool, no_cache: bool, sources: Path | None) -> None:
    """Build graph/ from data/ and ontology/.

    \b
    samverkansgraf build
    samverkansgraf build --check
    """
    from ..build import build as build_graph
    from ..build import required_workspace

    workspace = required_workspace(state.workspace)
    folders = workspace.source_folders(sources)
    with progress("Building"):
        made = build_graph(workspace, sources=folders, persons=not without_persons, cache=not no_cache)
    if not _told(made, state.lang):
        raise click.exceptions.Exit(1)
    if check:
        stale = made.stale(workspace.graph_folder)
        say(f"Stale: {', '.join(stale)}; run `samverkansgraf build`." if stale else "The built graph is up to date.")
        raise click.exceptions.Exit(1 if stale else 0)
    made.write(workspace.graph_folder)


def _told(made: Build, lang: str) -> bool:
    """Say what was built and which shapes it breaks; whether it breaks none."""
    for line in made.summary():
        say(line)
    for result in made.violations():
        say(f"{result.focus} {result.path}: {result.message(lang)}")
    return not made.violations()


@click.command()
@sources_option
@click.pass_obj
def watch(state: State, sources: Path | None) -> None:
    """Build now, and again whenever a file is saved; findings are shown and the old graph stays. Ctrl-C ends it.

    \b
    samverkansgraf watch
    samverkansgraf watch --sources ../texter
    """
    from ..build import required_workspace

    workspace = required_workspace(state.workspace)
    assert workspace.root is not None
    folders = workspace.source_folders(sources)
    with suppress(KeyboardInterrupt):
        _keep_building(workspace.root, folders, state.lang)


def _keep_building(root: Path, sources: list[Path], lang: str) -> None:
    """Build, then again after every save, for ever."""
    from watchfiles import watch as saved

    watched = list(_watched(root, sources))
    started = False
    for changes in saved(*watched, yield_on_timeout=True, rust_timeout=_PAUSE):
        if changes:
            say(f"\nSaved: {', '.join(sorted({Path(path).name for _, path in changes}))}")
        if changes or not started:
            _rebuild(root, sources, lang)
        if not started:  # what is saved from here on is seen
            say(f"Watching {', '.join(map(str, watched))}; Ctrl-C ends it.")
            started = True


def _watched(root: Path, sources: list[Path]) -> Iterator[Path]:
    """The settings, and every folder whose files matter, each once."""
    yield root / MARKER
    places = [root / name for name in _WATCHED] + sources
    yield from dict.fromkeys(place for place in places if place.is_dir())


def _rebuild(root: Path, sources: list[Path], lang: str) -> None:
    """Build and write; findings are said and nothing is written."""
    from ..build import build as build_graph

    try:
        workspace = Workspace.find(root)
        made = build_graph(workspace, sources=sources)
        if not made.violations():
            made.write(workspace.graph_folder)
        _told(made, lang)
    except SamverkansgrafError as exc:
        say(str(exc))


COMMANDS = (build, watch)
