"""What a person begins with: a workspace of their own from `workspace_template/`, and a document file to fill in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from .anchors import SourceText, digest
from .build import read_corpus
from .context import Context
from .documents import TODO
from .drafts import draft
from .errors import WorkspaceError
from .files import made_folder, write_whole
from .intake import slug
from .schema import NAME, schema_path
from .sources import source_path
from .terms import LOCAL_NAME
from .workspace import MARKER, Workspace, package_root

_PREFIX = re.compile(r"[a-z][a-z0-9-]{0,30}\Z")
_EXAMPLE = "SOURCES/exempel-overenskommelse.txt"
_RENAMED = {"gitignore": ".gitignore", "SOURCES": "sources"}


def make_workspace(folder: Path, *, name: str, prefix: str = "") -> list[Path]:
    """Write a workspace with an invented example for the region *name* in *folder*; return the files, sorted.

    *prefix* shortens addresses (default: made of *name*). `WorkspaceError` when a file is there already, when the
    folder lies in a workspace, or when the prefix cannot be used; then nothing is written.
    """
    slug = _checked(prefix or slug_of(name))
    if set(name) & set('"\\\n\r') or not name.strip():
        raise WorkspaceError(f"{name!r} cannot be a region's name; leave out quotation marks and line breaks.")
    if above := next((one for one in folder.resolve().parents if (one / MARKER).is_file()), None):
        raise WorkspaceError(f"{folder} lies in the workspace {above}; choose a folder outside it.")
    files = {folder / path: data for path, data in _filled(name.strip(), slug)}
    if taken := sorted(path for path in files if path.exists()):
        raise WorkspaceError(f"{taken[0]} is there already; choose an empty folder.")
    for path, data in files.items():
        made_folder(path.parent)
        write_whole(path, data)
    return sorted(files)


def slug_of(name: str) -> str:
    """A prefix made of *name*.

    >>> slug_of("Region Jämtland Härjedalen"), slug_of("Örebro län")
    ('jamtland-harjedalen', 'orebro-lan')
    """
    return slug(name).replace(".", "-").removeprefix("region-")[:31].strip("-")


def _checked(prefix: str, *, taken: bool = True) -> str:
    """*prefix* when it can be one; with *taken* it must also be free."""
    if not _PREFIX.match(prefix):
        raise WorkspaceError(f"The prefix {prefix!r} should be a–z, digits and hyphens, and begin with a letter.")
    if taken and prefix in Context(package_root() / "ontology" / "context.jsonld").terms:
        raise WorkspaceError(f"The prefix {prefix!r} is taken; choose another with --prefix.")
    return prefix


def _filled(name: str, slug: str) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every file of the template."""
    template = resources.files(__package__).joinpath("workspace_template")
    example = digest(template.joinpath(_EXAMPLE).read_bytes())
    for path, file in _files(template):
        place = "/".join(slug if part == "SLUG" else _RENAMED.get(part, part) for part in path.split("/"))
        text = file.read_text("utf-8")
        yield place, text.replace("@NAME@", name).replace("@SLUG@", slug).replace("@HASH@", example).encode()
    yield NAME, (package_root() / "ontology" / NAME).read_bytes()


def _files(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        path = f"{above}{one.name}"
        if one.is_dir():
            yield from _files(one, f"{path}/")
        else:
            yield path, one


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document file that was written, and how many places in it are to be read."""

    path: Path
    places: int


def make_document(workspace: Workspace, source: str, *, collection: str = "") -> NewDocument:
    """Write `data/<collection>/<document>.yaml` for the text *source* of the workspace (see `drafts.draft`).

    *collection* is a name or short IRI (default: the only one there is); a name that is new makes a collection.
    `WorkspaceError` when the text is not among the sources or the file is there already.
    """
    assert workspace.root is not None
    name = source if source.endswith(".txt") else f"{source}.txt"
    text = source_path(Path(name).name, workspace.source_folders())
    if text is None:
        raise WorkspaceError(
            f"{Path(name).name} is not among the sources; run `samverkansgraf sources add FILE` first."
        )
    if not LOCAL_NAME.match(text.stem):
        raise WorkspaceError(f"{text.name}: a source's name may have only ASCII letters, digits, '-' and '.'.")
    local, value = _collection(workspace, collection.strip())
    path = workspace.root / "data" / local / f"{text.stem}.yaml"
    if path.exists():
        raise WorkspaceError(f"{path} is there already; go on in it, or move it away.")
    try:
        written = draft(
            SourceText.read(text), stem=text.stem, collection=value, schema=f"../../{schema_path(workspace)}"
        )
    except UnicodeDecodeError as exc:
        raise WorkspaceError(f"{text} is not UTF-8; `samverkansgraf sources add` reads other encodings.") from exc
    made_folder(path.parent)
    write_whole(path, written.encode())
    return NewDocument(path, written.count(f"skip: {TODO}\n"))


def _collection(workspace: Workspace, wanted: str) -> tuple[str, str]:
    """(local name, YAML value) of the collection *wanted*."""
    corpus = read_corpus(workspace)
    base = corpus.context.prefixes["samling"]
    described = {iri for reading in corpus.readings for iri, _ in reading.described if iri.startswith(base)}
    names = {iri: name for reading in corpus.readings for iri, _, name in reading.names if iri in described}
    known = {iri.removeprefix(base): names.get(iri, "") for iri in sorted(described)}
    if not wanted and len(known) == 1:
        wanted = next(iter(known))
    if not wanted:
        listed = ", ".join(name or local for local, name in known.items()) or "none yet"
        raise WorkspaceError(f"Give the document's --collection; there are: {listed}.")
    for local, name in known.items():
        if wanted.casefold() in {local, f"samling:{local}", name.casefold()}:
            return local, _described(local, name) if name else f"samling:{local}"
    local = _checked(slug_of(wanted), taken=False)
    return local, _described(local, wanted)


def _described(local: str, name: str) -> str:
    """A collection as YAML, with its name: each document can stand alone."""
    return f"{{id: samling:{local}, type: Collection, name: {json.dumps(name, ensure_ascii=False)}}}"


__all__ = ["NewDocument", "make_document", "make_workspace", "slug_of"]
