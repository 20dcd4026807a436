"""The built graph in a folder on disk, in Oxigraph: opened at once, whatever its size.

The folder holds a database for each of the last two builds that were loaded into it, and a file ``live`` that names the
one in force: a reader that has opened the old one keeps it. A folder that is itself a database of Oxigraph
(``oxigraph load --location``) is read too.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from ..errors import StoreError
from .base import Track
from .embedded import EmbeddedStore

LIVE = "live"
"""File that names the database in force."""
_DATABASE = "CURRENT"
"""File that every database of Oxigraph (RocksDB) has."""
_OURS = re.compile(r"build-[0-9a-f]{12}-\w+")


def live_database(folder: Path) -> Path | None:
    """The database in force in *folder*, None where nothing has been loaded or what names it is no name."""
    pointer = folder / LIVE
    try:
        if not pointer.is_file():
            return folder if (folder / _DATABASE).is_file() else None
        name = pointer.read_text("utf-8", errors="replace").strip()
    except OSError as exc:
        raise StoreError(f"{pointer}: cannot be read: {exc.strerror}") from exc
    return folder / name if _OURS.fullmatch(name) else None


def open_disk(folder: Path) -> EmbeddedStore:
    """Open the graph in *folder* for reading; `StoreError` says how to fill it when nothing is there."""
    database = live_database(folder)
    if database is None:
        seen = "holds no graph" if folder.is_dir() else "is not there"
        raise StoreError(f"{folder} {seen}; run `samverkansgraf load --store {folder}` first.")
    try:
        return EmbeddedStore(ox.Store.read_only(str(database)))
    except (OSError, RuntimeError) as exc:
        raise StoreError(f"{database}: cannot be opened as a database of Oxigraph: {exc}") from exc


def publish_disk(graph: Path, folder: Path, track: Track) -> None:
    """Load *graph* (N-Quads) beside what is in *folder*, then switch: a reader sees old or new, whatever happens."""
    import shutil

    from ..files import made_folder, only_writer, write_beside

    if (folder / _DATABASE).is_file():
        raise StoreError(f"{folder} is itself a database of Oxigraph; give a folder to keep builds in.")
    with only_writer(made_folder(folder) / ".lock"):
        old = live_database(folder)
        new = _made_database(folder, graph)
        try:
            _fill(new, graph, track)
            write_beside(folder / LIVE, new.name.encode()).replace(folder / LIVE)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        for place in folder.iterdir():
            if _OURS.fullmatch(place.name) and place not in {old, new} and place.is_dir() and not place.is_symlink():
                shutil.rmtree(place, ignore_errors=True)  # the build is in force; what stays goes another time


def _made_database(folder: Path, graph: Path) -> Path:
    """An empty folder for the database of *graph*, as readable as its owner's other folders."""
    import secrets

    from ..files import file_digest

    try:
        new = folder / f"build-{file_digest(graph)[:12]}-{secrets.token_hex(4)}"
        new.mkdir()
    except OSError as exc:
        raise StoreError(f"{exc.filename}: {exc.strerror}; the build in {folder} is as it was.") from exc
    return new


def _fill(database: Path, graph: Path, track: Track) -> None:
    try:
        store = ox.Store(str(database))
        with graph.open("rb") as file:
            store.bulk_load(input=track(file), format=ox.RdfFormat.N_QUADS)
        store.optimize()
        store.flush()
    except (OSError, RuntimeError, SyntaxError) as exc:
        raise StoreError(f"{graph}: cannot be loaded into {database.parent}: {exc}") from exc
