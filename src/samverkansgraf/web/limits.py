"""How much one client may ask of the server."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server allows; every number can be set when it is started."""

    seconds: float = 10.0
    """A query that takes longer is stopped."""
    rows: int = 100_000
    """An answer is cut after so many rows or triples."""
    workers: int = 2
    """Queries that run at the same time."""
    waiting: int = 64
    """Queries that may wait for a free worker; the next is turned away."""
    patience: float = 2.0
    """Seconds that a query waits for a free worker before it is turned away."""
    memory: int = 1 << 30
    """Bytes a worker may use beyond the graph itself; where the system cannot hold it to that, nothing does."""
    body: int = 1 << 20
    """Bytes of a request's body."""
    address: int = 16 << 10
    """Bytes of a request's path and query string."""
    page_seconds: float = 60.0
    """Seconds that a page or a report with parameters may take."""
    cache: int = 64 << 20
    """Bytes of finished pages that are kept."""
