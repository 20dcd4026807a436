"""Bars for work that takes its time: on standard error, and only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import click


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


@contextmanager
def tracked(size: int, label: str) -> Iterator[Callable[[BinaryIO], BinaryIO]]:
    """A wrapper for the file that is read, of *size* bytes; it does nothing where nobody is watching."""
    if not sys.stderr.isatty():
        yield lambda file: file
        return
    with click.progressbar(length=size, label=label, file=sys.stderr) as bar:
        yield lambda file: cast("BinaryIO", _Tracked(file, bar.update))
