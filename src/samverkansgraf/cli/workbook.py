"""`template` and `import`: Excel in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import WorkspaceError
from .output import emit, say
from .progress import progress

if TYPE_CHECKING:
    from ..workbook.plan import Plan
    from .main import State


def _plan(state: State) -> Plan:
    from ..build import read_context
    from ..workbook.plan import Plan, Vocabulary

    return Plan(Vocabulary(read_context(state.workspace), state.workspace.folders("ontology")))


@click.command("template")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def template_cmd(state: State, file: Path) -> None:
    """Write an Excel workbook to fill in: organisations, forums, members, relations, areas, assignments.

    \b
    samverkansgraf template inventering.xlsx
    samverkansgraf template ~/Dokument/samverkan-sala.xlsx
    """
    from ..workbook import template

    emit(template(_plan(state), file=file.name), file, "xlsx")
    say(f"Wrote {file}; fill it in, then run `samverkansgraf import {file}`.")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder. Default: data/.")
@click.option("--replace", is_flag=True, help="Write over documents that are there.")
@click.pass_obj
def import_cmd(state: State, file: Path, output: Path | None, *, replace: bool) -> None:
    """Read a filled-in workbook and write its documents as YAML, one folder a collection.

    Every bad cell is told in one go. A row without an anchor is evidenced by its sheet and row.

    \b
    samverkansgraf import inventering.xlsx
    samverkansgraf import inventering.xlsx -o data --replace
    """
    from ..build import read_corpus, required_workspace
    from ..files import made_folder
    from ..workbook import read_workbook

    workspace = required_workspace(state.workspace)
    assert workspace.root is not None
    with progress("Reading"):
        corpus = read_corpus(workspace)
        known: dict[str, set[str]] = {}
        for iri, _, name in (naming for reading in corpus.readings for naming in reading.names):
            known.setdefault(name, set()).add(corpus.context.shorten(iri))
        made = read_workbook(file, _plan(state), known)
    folder = output or workspace.root / "data"
    targets = {folder / one.folder / f"{one.stem}.yaml": one.yaml() for one in made.documents}
    if taken := [str(target) for target, text in targets.items() if not replace and _differs(target, text)]:
        raise WorkspaceError(f"{', '.join(taken)}: there already, and different; --replace writes over it.")
    for target, text in targets.items():
        made_folder(target.parent)
        emit(text.encode(), target, "yaml")
    say(f"{made.rows} rows in {', '.join(map(str, targets))}; now run `samverkansgraf build`.")


def _differs(target: Path, text: str) -> bool:
    return target.exists() and target.read_text("utf-8") != text


COMMANDS = (template_cmd, import_cmd)
