"""Which store an address means."""

from __future__ import annotations

from pathlib import Path

from ..errors import StoreError
from ..workspace import EMBEDDED, Workspace
from .base import Store, Track
from .embedded import EmbeddedStore


def open_store(workspace: Workspace) -> Store:
    """The store that *workspace* asks for: ``embedded``, a folder, or the address of a SPARQL service."""
    address = workspace.store_address
    if address == EMBEDDED:
        return EmbeddedStore.open(workspace.graph_file)
    if is_remote(address):
        from .remote import RemoteStore

        return RemoteStore.open(address)
    path = Path(address)
    if path.is_file():
        raise StoreError(f"{path} is a file; a store is `{EMBEDDED}`, a folder, or the address of a SPARQL service.")
    from .disk import open_disk

    return open_disk(path)


def build_file(workspace: Workspace) -> Path | None:
    """The file that is another when the graph of *workspace* is another; None for a service elsewhere."""
    address = workspace.store_address
    if address == EMBEDDED:
        return workspace.graph_file
    if is_remote(address):
        return None
    from .disk import LIVE

    pointer = Path(address) / LIVE
    return pointer if pointer.is_file() else None


def build_in_force(workspace: Workspace) -> str:
    """Which build is in force in a service elsewhere; empty where nothing tells one from another."""
    if not is_remote(workspace.store_address):
        return ""
    from .remote import RemoteStore

    return RemoteStore.open(workspace.store_address).build


def is_remote(address: str) -> bool:
    """Whether *address* is that of a service; another scheme than http and https is refused."""
    scheme, found, _ = address.partition("://")
    if found and scheme.lower() not in {"http", "https"}:
        raise StoreError(f"{scheme}://…: a SPARQL service has an address that begins with https:// (or http://).")
    return bool(found)


def publish(graph: Path, address: str, track: Track, *, put: str = "", update: str = "") -> None:
    """Publish the built *graph* (N-Quads) in the store at *address*, so that a reader sees the old build or the new.

    *put* and *update* are for services whose engine is not known (see `publishing`).
    """
    if address == EMBEDDED:
        raise StoreError(f"`{EMBEDDED}` is the built graph itself; give a folder or the address of a SPARQL service.")
    if is_remote(address):
        from .publishing import publish_remote

        publish_remote(graph, address, track, put=put, update=update)
    else:
        from .disk import publish_disk

        publish_disk(graph, Path(address), track)
