"""The man page: every command with its options and examples, from the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

_CLOSING = """\
.SH EXIT STATUS
0: fine. 1: findings, or a failure that is told. 2: the call is not understood.
.SH ENVIRONMENT
.TP
SAMVERKANSGRAF_SOURCES
Folder with the source texts.
.TP
SAMVERKANSGRAF_STORE
Where the graph is, when it is elsewhere: a folder or the address of a SPARQL service.
.SH FILES
.TP
samverkansgraf.toml
Marks a folder as a workspace, and holds its settings.
.TP
graph/samverkansgraf.nq
The built graph.
"""


def man_page(main: click.Group, version: str) -> str:
    """The page ``samverkansgraf.1`` as roff."""
    about, settings = _paragraphs(main)[0], main.context_settings
    lines = [
        f'.TH SAMVERKANSGRAF 1 "" "samverkansgraf {_plain(version)}"',
        ".ad l",
        ".SH NAME", f"samverkansgraf \\- {_plain(about[0].lower() + about[1:].rstrip('.'))}",
        ".SH SYNOPSIS", "samverkansgraf [OPTIONS] COMMAND [ARGS]...",
        ".SH OPTIONS", *_options(click.Context(main, **settings)),
        ".SH COMMANDS",
    ]  # fmt: skip
    for words, command in _commands(main, ()):
        context = click.Context(command, info_name=" ".join(("samverkansgraf", *words)), **settings)
        lines += [f".SS {_plain(' '.join(words))}", *_described(context)]
    return "\n".join(lines) + "\n" + _CLOSING


def _commands(group: click.Group, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in sorted(group.commands.items()):
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield (*above, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*above, name))


def _described(context: click.Context) -> list[str]:
    lines = [_plain(" ".join([context.command_path, *context.command.collect_usage_pieces(context)])), ".PP"]
    for text in _paragraphs(context.command):
        lines += [".nf", *map(_plain, text.split("\n")), ".fi"] if "\n" in text else [_plain(text), ".PP"]
    return [*lines, *_options(context)]


def _paragraphs(command: click.Command) -> list[str]:
    """Paragraphs of the help; lines that click keeps apart stay apart."""
    texts = inspect.cleandoc(command.help or "").split("\n\n")
    return [text.removeprefix("\b\n") if text.startswith("\b") else " ".join(text.split()) for text in texts]


def _options(context: click.Context) -> list[str]:
    lines: list[str] = []
    for parameter in context.command.get_params(context):
        if record := parameter.get_help_record(context):
            lines += [".TP", _plain(record[0]), _plain(record[1] or "\\&")]
    return lines


def _plain(text: str) -> str:
    """*text* so that roff takes nothing in it for an instruction."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    return "\\&" + escaped if escaped.startswith(".") else escaped
