"""A bar for work that takes its time: on standard error, and only where that is a terminal."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from ..progress import listening, tell

DELAY, TICK, WIDTH = 1.0, 0.2, 30
"""Seconds before anything is shown, seconds between two drawings, and characters of the bar."""


class _Tracked:
    """A file that tells how much of it has been read."""

    def __init__(self, file: BinaryIO, told: Callable[[int], object]) -> None:
        self._file = file
        self._told = told

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._told(len(data))
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def tracked(size: int, what: str) -> Callable[[BinaryIO], BinaryIO]:
    """A wrapper for a file of *size* bytes that tells how far it has been read."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        tell(what, done, size)

    return lambda file: cast("BinaryIO", _Tracked(file, count))


@contextmanager
def progress(what: str, *, shown: bool = True) -> Iterator[None]:
    """Show how far the work inside has come, once it has taken a while; nothing where nobody is watching.

    Work that does not say how far it has come shows the seconds that have passed.
    """
    if not shown or not sys.stderr.isatty():
        yield
        return
    bar, ended = _Bar(what), threading.Event()
    drawing = threading.Thread(target=bar.draw, args=(ended,), daemon=True)
    drawing.start()
    try:
        with listening(bar.tell):
            yield
    finally:
        ended.set()
        drawing.join()
        bar.clear()


class _Bar:
    """One line of a terminal, drawn anew while work goes on."""

    def __init__(self, what: str) -> None:
        self.now = (what, 0, 0)
        self.began = time.monotonic()
        self.drawn = False

    def tell(self, what: str, done: int, whole: int) -> None:
        self.now = (what, done, whole)

    def line(self) -> str:
        what, done, whole = self.now
        passed = f"{time.monotonic() - self.began:.0f} s"
        if not whole:
            return f"{what} … {passed}"
        full = WIDTH * done // whole
        return f"{what} [{'#' * full}{'-' * (WIDTH - full)}] {100 * done // whole} % {passed}"

    def draw(self, ended: threading.Event) -> None:
        """Draw until *ended*."""
        wait = DELAY
        while not ended.wait(wait):
            self.drawn, wait = True, TICK
            sys.stderr.write(f"\r\x1b[K{self.line()}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Leave the line empty, as it was."""
        if self.drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
