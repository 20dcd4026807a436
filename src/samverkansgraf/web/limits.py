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
    """Bytes a query may use beyond the graph itself, and a page or report beyond what it remembers of the graph; where
    the system cannot hold it to that, nothing does."""
    body: int = 1 << 20
    """Bytes of a request's body."""
    address: int = 16 << 10
    """Bytes of a request's path and query string."""
    page_seconds: float = 60.0
    """Seconds that a page or a report with parameters may take."""
    reports_waiting: int = 16
    """Reports with parameters that may wait; they are made one at a time."""
    report_patience: float = 10.0
    """Seconds that such a report waits before it is turned away."""
    cache: int = 64 << 20
    """Bytes of finished pages that are kept."""
    sending: int = 256 << 20
    """Bytes of large answers that are on their way to clients; the next is turned away, but never the only one."""
    head: float = 15.0
    """Seconds that a connection waits for a request, and a request for the end of its head."""
    taking: float = 30.0
    """Seconds after which a client that does not take what is sent is dropped."""
    connections: int = 500
    """Connections at the same time."""
    client_connections: int = 100
    """Connections of one address at the same time; 0 for as many as there are."""
