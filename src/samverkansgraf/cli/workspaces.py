"""Commands that begin something: a workspace, a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import emit, say

if TYPE_CHECKING:
    from .main import State


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", default="Exempelbygden", show_default=True, help="What the region or cooperation is called.")
@click.option("--prefix", default="", help="Short name in identifiers, a–z and hyphens. Default: made of the name.")
def init_cmd(folder: Path, name: str, prefix: str) -> None:
    """Make a workspace in FOLDER, with an invented example that builds at once.

    \b
    samverkansgraf init norrskog --name "Region Norrskog"
    samverkansgraf init . --name Sjuhärad --prefix sjuharad
    """
    from ..scaffold import make_workspace

    for path in make_workspace(folder, name=name, prefix=prefix):
        say(str(path))
    say("Next: go to the folder and run `samverkansgraf build`.")


@click.group("new")
def new_cmd() -> None:
    """Begin a file to fill in.

    \b
    samverkansgraf new document avtal-2026.txt
    samverkansgraf new document avtal-2026 --collection "Region Norrskog"
    """


@new_cmd.command("document")
@click.argument("source")
@click.option("--collection", default="", help="Name of its collection. Default: the workspace's only one.")
@click.pass_obj
def document_cmd(state: State, source: str, collection: str) -> None:
    """Begin a document on the text SOURCE in sources/: every sentence, bullet and row with an anchor.

    Each place is marked `skip: todo` until you write what it states or why it is skipped; the graph builds meanwhile.

    \b
    samverkansgraf new document avtal-2026.txt
    samverkansgraf new document avtal-2026 --collection "Region Norrskog"
    """
    from ..build import required_workspace
    from ..scaffold import make_document

    made = make_document(required_workspace(state.workspace), source, collection=collection)
    say(f"{made.path}: {made.places} place{'s' * (made.places != 1)} to read.")


@click.command("schema")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: in the workspace.")
@click.pass_obj
def schema_cmd(state: State, output: Path | None) -> None:
    """Write the JSON Schema by which an editor completes keys, classes and identifiers in documents.

    \b
    samverkansgraf schema
    samverkansgraf schema -o document.schema.json
    """
    from ..build import required_workspace
    from ..schema import document_schema, schema_path

    workspace = required_workspace(state.workspace)
    assert workspace.root is not None
    target = output or workspace.root / schema_path(workspace)
    emit(document_schema(workspace), target, "json")
    say(f"Wrote {target}.")


COMMANDS = (init_cmd, new_cmd, schema_cmd)
