"""How far long work has come: told to whoever listens, to nobody otherwise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Item = TypeVar("Item")
Listener = Callable[[str, int, int], object]
"""Is told what is done, how much of it is done, and of how much."""
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell *listener* about all that is done inside the block."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(what: str, done: int, whole: int) -> None:
    """Say how far *what* has come."""
    if listener := _listener.get():
        listener(what, done, whole)


def told(items: Collection[Item], what: str) -> Iterator[Item]:
    """*items*, one after the other, saying how many have been dealt with.

    >>> with listening(print):
    ...     found = list(told("ab", "Reading"))
    Reading 0 2
    Reading 1 2
    """
    for number, item in enumerate(items):
        tell(what, number, len(items))
        yield item
