"""Files written whole or not at all, and one writer at a time."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from samverkansgraf.errors import WorkspaceError
from samverkansgraf.files import made_folder, only_writer, write_beside
from workbench import environment

HOLD = """
import sys, time
from pathlib import Path
from samverkansgraf.files import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
FILL = """
import resource, sys
from pathlib import Path
from samverkansgraf.errors import WorkspaceError
from samverkansgraf.files import write_beside
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_beside(Path(sys.argv[1]), b"x" * 100_000)
except WorkspaceError as error:
    print(error)
"""


def holder(lock: Path) -> subprocess.Popen[str]:
    """A process that holds *lock*."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_second_writer_is_refused_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    """While one process writes another is told so; the lock of a process that was killed is no lock."""
    lock = tmp_path / ".lock"
    with holder(lock) as process:
        with pytest.raises(WorkspaceError, match="another process is writing here"), only_writer(lock):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stdout
    with only_writer(lock):
        assert lock.exists()


def test_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    """A file that cannot grow is an error with its name; the old file is whole and nothing lies beside it."""
    path = tmp_path / "graph.nq"
    path.write_text("old")
    made = subprocess.run(
        [sys.executable, "-c", FILL, str(path)], env=environment(), capture_output=True, text=True, check=True
    )
    assert made.stdout.startswith(f"{path} cannot be written: ")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["graph.nq"]


def test_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    """What cannot be made a folder, written or locked is an error that names it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="file cannot be made"):
        made_folder(tmp_path / "file")
    with pytest.raises(WorkspaceError, match="x cannot be written"):
        write_beside(tmp_path / "file" / "x", b"")
    with pytest.raises(WorkspaceError, match=r"\.lock cannot be written"), only_writer(tmp_path / "file" / ".lock"):
        pass


def test_written_file_is_whole_and_readable_by_others(tmp_path: Path) -> None:
    """The temporary file holds every byte and has the rights of an ordinary file."""
    made = write_beside(tmp_path / "a", b"abc")
    assert (made.read_bytes(), made.stat().st_mode & 0o777) == (b"abc", 0o644)
    assert made.parent == tmp_path
