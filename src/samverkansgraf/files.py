"""Files written whole or not at all, and one writer at a time."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import DataError, Finding, WorkspaceError

LARGEST = 20_000_000
"""Bytes of the largest file that is read as text; a longer one is refused before it takes the memory."""


def write_beside(path: Path, data: bytes) -> Path:
    """Write *data* to a temporary file in the folder of *path*, flushed to disk; return the temporary file."""
    import tempfile

    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
    except OSError as exc:
        if temporary:
            temporary.unlink(missing_ok=True)
        raise WorkspaceError(f"{path} cannot be written: {exc.strerror}") from exc
    return temporary


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* to *path*: whole or not at all to a file, or to that which a link leads to; straight to a device."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        try:
            target.write_bytes(data)
        except OSError as exc:
            raise WorkspaceError(f"{path} cannot be written: {exc.strerror}") from exc
        return
    write_beside(target, data).replace(target)


def utf8_text(path: Path, file: str) -> tuple[str, list[Finding]]:
    """Text of *path*, and what is wrong with it as a file (called *file*).

    Refused are a file that is too large, not UTF-8 or cannot be read, a link to nowhere, a device and a pipe.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return "", [Finding(file, 0, "is no file but a folder, a device or a pipe; it is not read")]
        if about.st_size > LARGEST:
            seen = f"{about.st_size:,} bytes; files over {LARGEST:,} bytes are not read; divide it into several"
            return "", [Finding(file, 0, seen)]
        data = path.read_bytes()
        return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n"), []
    except UnicodeDecodeError as exc:
        return "", [Finding(file, data[: exc.start].count(b"\n") + 1, "not UTF-8; save the file as UTF-8")]
    except OSError as exc:
        return "", [Finding(file, 0, f"cannot be read: {exc.strerror}")]


def required_text(path: Path) -> str:
    """Text of *path*; `DataError` where `utf8_text` finds something wrong."""
    text, findings = utf8_text(path, str(path))
    if findings:
        raise DataError(findings)
    return text


def file_digest(path: Path) -> str:
    """SHA-256 of the file *path*, read in pieces; hexadecimal."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def made_folder(path: Path) -> Path:
    """*path* as a folder that is there; `WorkspaceError` when it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise WorkspaceError(f"{path} cannot be made: {exc.strerror}") from exc
    return path


@contextmanager
def only_writer(lock: Path, place: Path | None = None) -> Iterator[None]:
    """Hold *lock* while the block runs; `WorkspaceError` at once when another process writes *place* (its folder).

    The lock is the operating system's and ends with the process, however it ends; the file stays and means nothing by
    itself. Where the system knows no such lock (Windows) nobody is held back.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    busy = f"{place or lock.parent}: another process is writing here; try again when it is done."
    try:
        file = lock.open("a")
    except OSError as exc:
        raise WorkspaceError(f"{lock} cannot be written: {exc.strerror}") from exc
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            raise WorkspaceError(busy) from exc
        if not os.fstat(file.fileno()).st_nlink:  # its holder has just taken it away
            raise WorkspaceError(busy)
        yield
