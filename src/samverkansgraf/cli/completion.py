"""`completion`: what the shell offers after Tab, names of things, collections and named queries too."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from ..errors import SamverkansgrafError
from ..workspace import Workspace

SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_SAMVERKANSGRAF_COMPLETE"
_THINGS = frozenset({"thing", "of", "around", "without", "start", "end", "area"})
_COLLECTIONS = frozenset({"collection", "first", "second"})
_MOST = 60
"""Names offered at most: more is no help, and a slow one."""
Offered = Callable[[click.Context, str], list[CompletionItem]]


def offer(command: click.Command) -> None:
    """Let the shell offer names for every parameter of *command*, and of the commands below it, that takes one."""
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        offer(below)
    for parameter in command.params:
        if offered := _offered(command, str(parameter.name)):
            parameter.shell_complete = offered  # type: ignore[method-assign, assignment]


def _offered(command: click.Command, parameter: str) -> Offered | None:
    if parameter in _THINGS:
        return lambda _, typed: _matching(lambda: _names("things"), typed)
    if parameter in _COLLECTIONS:
        return lambda _, typed: _matching(lambda: _names("collections"), typed)
    if command.name == "query" and parameter == "query":
        return lambda _, typed: _matching(_queries, typed)
    return None


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def completion_cmd(shell: str) -> None:
    """Print the script that lets SHELL complete commands, options, names of things and named queries.

    \b
    samverkansgraf completion bash > ~/.local/share/bash-completion/completions/samverkansgraf
    samverkansgraf completion fish > ~/.config/fish/completions/samverkansgraf.fish
    """
    from .main import main

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(main, {}, "samverkansgraf", _VARIABLE)
    click.echo(script.source_template % script.source_vars())


def _matching(names: Callable[[], list[str]], typed: str) -> list[CompletionItem]:
    """Names that begin with what is typed, whatever its case, else those that hold it; none before the first build."""
    try:
        known = names()
    except SamverkansgrafError:
        return []
    wanted = typed.casefold()
    begun = [name for name in known if name.casefold().startswith(wanted)]
    held = begun or [name for name in known if wanted in name.casefold()]
    return [CompletionItem(_written(name)) for name in held[:_MOST]]


def _written(name: str) -> str:
    """*name* as the shell takes it for one word: bash puts in what it is given, the others quote it themselves."""
    return shlex.quote(name) if os.environ.get(_VARIABLE, "").startswith("bash") else name


def _queries() -> list[str]:
    from ..queries import named_queries

    return list(named_queries(Workspace.find(Path.cwd()).folders("queries")))


def _names(kind: str) -> list[str]:
    """Names of things or collections, from a file kept beside the graph as long as the graph is the same."""
    workspace = Workspace.find(Path.cwd())
    graph = workspace.graph_file
    stamp = f"{graph.stat().st_size} {graph.stat().st_mtime_ns}"
    kept = (workspace.root or graph.parent) / ".cache" / "names.json"
    try:
        saved = json.loads(kept.read_text("utf-8"))
        if saved["graph"] == stamp:
            return list(saved[kind])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # not kept, or of another graph: read anew
    found = _read(workspace)
    if workspace.root:
        _keep(kept, {"graph": stamp, **found})
    return found[kind]


def _read(workspace: Workspace) -> dict[str, list[str]]:
    from ..collation import swedish
    from ..knowledge import Knowledge

    known = Knowledge.open(workspace)
    collections = {known.things.label(iri) for iri, _ in known.documents.values()}
    return {"things": known.things.names(), "collections": sorted(collections, key=swedish)}


def _keep(path: Path, names: dict[str, object]) -> None:
    from ..files import write_whole

    try:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, json.dumps(names, ensure_ascii=False).encode())
    except (OSError, SamverkansgrafError):
        return  # names that cannot be kept cost time, nothing else


COMMANDS = (completion_cmd,)
