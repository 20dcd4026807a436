"""Writing results: to standard output as UTF-8 whatever the locale, or whole to a file."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..errors import OutputError, QueryError, SamverkansgrafError, WorkspaceError, plain

FORMATS = ("table", "md", "csv", "tsv", "excel", "xlsx", "json", "html")
GRAPH_FORMATS = ("turtle", "ntriples", "jsonld")


class Group(click.Group):
    """Turns this package's own errors into one line and exit code 1; usage errors stay 2, bugs keep their traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Invoke the command."""
        try:
            return super().invoke(ctx)
        except SamverkansgrafError as exc:
            raise click.ClickException(str(exc)) from exc


SUFFIXES = {
    ".md": "md", ".csv": "csv", ".tsv": "tsv", ".xlsx": "xlsx", ".json": "json", ".html": "html",
    ".ttl": "turtle", ".nt": "ntriples", ".jsonld": "jsonld", ".svg": "svg", ".mmd": "mermaid", ".dot": "dot",
}  # fmt: skip


def output_options(*, formats: tuple[str, ...] = FORMATS, default: str = "table") -> Callable[..., Any]:
    """Add ``--format`` and ``-o`` to a command; without a format, the file's ending says it."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def run(*args: Any, fmt: str | None, output: Path | None, **options: Any) -> Any:
            return command(*args, fmt=_format(fmt, output, formats, default), output=output, **options)

        chosen = click.option(
            "--format", "fmt", type=click.Choice(formats), help=f"Default: the ending of -o, else {default}."
        )
        target = click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE.")
        return chosen(target(run))

    return decorate


def _format(fmt: str | None, output: Path | None, formats: tuple[str, ...], default: str) -> str:
    """The format asked for, else what the file's ending says; a workbook under another name is refused."""
    ending = output.suffix.lower() if output else ""
    chosen = fmt or SUFFIXES.get(ending, default)
    if chosen not in formats:
        raise OutputError(f"{output}: this cannot be written as {chosen}; take {', '.join(formats)}.")
    if output and ending in SUFFIXES and (chosen == "xlsx") != (ending == ".xlsx"):
        raise OutputError(
            f"{output}: {chosen} and the ending {ending or '(none)'} do not go together; Excel opens .xlsx."
        )
    return chosen


def emit(data: bytes, output: Path | None, fmt: str) -> None:
    """Write *data* to *output* (whole or not at all) or to standard output; a terminal gets it `plain`."""
    if output is not None:
        from ..files import write_whole

        if not output.parent.is_dir():
            raise WorkspaceError(f"{output.parent} is not a folder; make it first.")
        write_whole(output, data)
        return
    if fmt == "xlsx":
        raise OutputError("An Excel workbook is no text; give it a file with -o FILE.xlsx.")
    stream = getattr(sys.stdout, "buffer", None)
    if sys.stdout.isatty():
        data = plain(data.decode("utf-8", "replace")).encode()
    if stream is None:
        sys.stdout.write(data.decode())
        return
    try:
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        raise  # nobody reads any more: click ends quietly
    except OSError as exc:
        raise OutputError(f"Standard output cannot be written: {exc.strerror}") from exc


def read_stdin() -> str:
    """Text on standard input, read as UTF-8 whatever the locale."""
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as exc:
        raise QueryError("Standard input is not UTF-8; save the query as UTF-8.") from exc


def say(message: str) -> None:
    """A message to the person, on standard error."""
    click.echo(plain(message), err=True)


def page_width() -> int:
    """Columns of the terminal, at most 100; 100 where there is no terminal."""
    if not sys.stdout.isatty():
        return 100
    import shutil

    return min(shutil.get_terminal_size().columns, 100)
