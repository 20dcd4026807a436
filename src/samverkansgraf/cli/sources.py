"""The commands on source texts: how much is covered, take one in, hold a new version against the old."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import emit, output_options, page_width, say
from .progress import progress

if TYPE_CHECKING:
    from .main import State

sources_option = click.option(
    "--sources", type=click.Path(path_type=Path), help="Folder with the source texts. Default: SAMVERKANSGRAF_SOURCES."
)
_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group("sources", invoke_without_command=True)
@sources_option
@output_options()
@click.pass_context
def sources_cmd(ctx: click.Context, sources: Path | None, fmt: str, output: Path | None) -> None:
    """List source documents: are they the right bytes, is every anchor found, how much is covered.

    \b
    samverkansgraf sources
    samverkansgraf sources --sources ../texter --format csv
    """
    from ..errors import DataError
    from ..render import render

    if ctx.invoked_subcommand:
        return
    with progress("Reading"):
        report, findings = ctx.obj.graph.sources(sources)
        written = render(report, fmt, width=page_width())
    emit(written, output, fmt)
    if findings:
        raise DataError(findings)


@sources_cmd.command("add")
@_file
@click.option("--name", default="", help="Name of the source, without ending. Default: made of the file's.")
@output_options()
@click.pass_obj
def add_cmd(state: State, file: Path, name: str, fmt: str, output: Path | None) -> None:
    """Take in the text of a .pdf, .docx or .txt FILE as a source, and say how much text each page gave.

    \b
    samverkansgraf sources add Överenskommelse.pdf
    samverkansgraf sources add protokoll.docx --name norrskog-protokoll-2025-03-01
    """
    from ..build import required_workspace
    from ..intake import read_file, take_in
    from ..render import render
    from ..reports.intake import intake
    from ..texts import texts

    workspace = required_workspace(state.workspace)
    with progress("Reading"):
        found = read_file(file)
    target = take_in(found, workspace.sources_home, stem=name)
    emit(render(intake(found, target.name, texts(state.lang)), fmt, width=page_width()), output, fmt)
    say(f"Wrote {target}. Next: `samverkansgraf new document {target.name}`.")


@sources_cmd.command("update")
@_file
@click.option("--for", "name", default="", help="The source that FILE is a new version of. Default: of the same name.")
@click.option("--write", is_flag=True, help="Take FILE in and renew the hash, if every anchor matches unchanged words.")
@sources_option
@output_options()
@click.pass_obj
def update_cmd(
    state: State, file: Path, name: str, *, write: bool, sources: Path | None, fmt: str, output: Path | None
) -> None:
    """Hold FILE, a new version of a source, against the documents: what matches, is changed, moved or gone.

    \b
    samverkansgraf sources update avtal-2026.pdf --for avtal-2026
    samverkansgraf sources update avtal-2026.txt --write
    """
    from ..render import render
    from ..reports.renewal import source_update
    from ..texts import texts

    with progress("Reading"):
        knowledge, words = state.graph.knowledge, texts(state.lang)
        report, written = source_update(knowledge, words, file, name=name, folder=sources, write=write)
    emit(render(report, fmt, width=page_width()), output, fmt)
    for path in written:
        say(f"Wrote {path}.")
    if write and not written:
        say("Nothing was written: see what is gone or changed.")
        raise click.exceptions.Exit(1)


COMMANDS = (sources_cmd,)
