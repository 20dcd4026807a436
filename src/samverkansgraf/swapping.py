"""A folder of several files that takes the place of the one before at a stroke."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from .errors import OutputError, WorkspaceError
from .files import made_folder, only_writer

_RELATIVE, _EXCHANGE = -100, 2
"""``AT_FDCWD`` and ``RENAME_EXCHANGE`` of Linux."""


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put *files* in *folder*, made where it is missing, at a stroke; what else it holds stays."""
    made_folder(folder.parent)
    with swapped(folder) as fresh:
        for name, data in files.items():
            with (fresh / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())


@contextmanager
def swapped(folder: Path, stale: Collection[str] = ()) -> Iterator[Path]:
    """A new folder to fill, beside *folder*, that takes its place when the block ends well.

    A process that is killed at any moment leaves the old files or the new ones, never some of each, and one that writes
    the same folder meanwhile is refused (`WorkspaceError`). What else is in *folder* goes along, but for *stale*: paths
    in it that were written before and have no place in the new.

    Where folders cannot change places (see `_exchange`) the old one is first moved aside: killed in that instant, the
    process leaves none under that name, and the next writer moves it back.
    """
    target = folder.resolve()
    _refuse_place(folder, target)
    workshop = target.with_name(f".{target.name}.samverkansgraf")
    try:
        workshop.mkdir(exist_ok=True)
    except OSError as exc:
        seen = f"{target.parent} is no folder that can be written to: {exc.strerror}"
        raise OutputError(f"{seen}. {folder} is made anew there, then swapped.") from exc
    with only_writer(workshop / ".lock", target):
        try:
            _clear(workshop, target)
            (workshop / "new").mkdir()
            yield workshop / "new"
            _put_in_place(workshop / "new", target, stale)
        except OSError as exc:
            raise WorkspaceError(f"{folder} cannot be written: {exc.strerror}") from exc
        finally:
            _clear(workshop, target)
            shutil.rmtree(workshop, ignore_errors=True)


def _refuse_place(folder: Path, target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise OutputError(f"{folder} is a file; a folder is written here.")
    if Path.cwd().is_relative_to(target):
        raise OutputError(f"{folder} is replaced whole, and you stand in it; go to another folder first (cd ..).")


def _clear(workshop: Path, target: Path) -> None:
    """Take away what lies in *workshop*; the old folder goes back where nothing has taken its place."""
    old = workshop / "old"
    if old.exists() and not target.exists():
        old.rename(target)
    for place in (old, workshop / "new"):
        shutil.rmtree(place, ignore_errors=True)


def _put_in_place(fresh: Path, target: Path, stale: Collection[str]) -> None:
    if not target.exists():
        fresh.rename(target)
        return
    shutil.copystat(target, fresh)
    own = {path.relative_to(fresh) for path in fresh.rglob("*")}
    own |= {path for name in stale for path in (Path(name), *Path(name).parents)}
    _carry(target, fresh, own)
    old = fresh
    if not _exchange(fresh, target):
        old = fresh.with_name("old")
        target.rename(old)
        fresh.rename(target)
    _carry(old, target, own)  # what came in the meantime


def _carry(source: Path, target: Path, own: Collection[Path]) -> None:
    """Give *target* what *source* holds but for *own* (paths in them): the same files under a second name."""
    for place, folders, files in os.walk(source, onerror=_raise):
        for name in (*folders, *files):
            path = Path(place, name)
            inside = path.relative_to(source)
            if inside in own or os.path.lexists(target / inside):
                continue
            if path.is_dir() and not path.is_symlink():
                (target / inside).mkdir(parents=True)
                shutil.copystat(path, target / inside)
            else:
                (target / inside).parent.mkdir(parents=True, exist_ok=True)
                _link(path, target / inside)


def _raise(error: OSError) -> NoReturn:
    raise error


def _link(path: Path, other: Path) -> None:
    """Give the file *path* a second name; where the disk knows no such thing, copy it."""
    try:
        os.link(path, other, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, other, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at a stroke, as Linux can; False where the system or the disk cannot."""
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(rename(_RELATIVE, os.fsencode(one), _RELATIVE, os.fsencode(other), _EXCHANGE) == 0)
