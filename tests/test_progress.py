"""Progress: told to whoever listens, drawn where a person watches, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samverkansgraf.cli import progress as module
from samverkansgraf.cli.progress import progress, tracked
from samverkansgraf.progress import listening, told
from workbench import ROOT


def watched(monkeypatch: pytest.MonkeyPatch, work: object) -> str:
    """What a terminal on standard error shows while *work* is done."""
    master, slave = pty.openpty()
    monkeypatch.setattr(module, "DELAY", 0.0)
    monkeypatch.setattr(module, "TICK", 0.01)
    with os.fdopen(slave, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        work()  # type: ignore[operator]
    return everything(master)


def everything(terminal: int) -> str:
    """What is written to a terminal until nobody writes to it any more."""
    shown = b""
    while part := _read(terminal):
        shown += part
    os.close(terminal)
    return shown.decode()


def slowly() -> None:
    """Three things done, a twentieth of a second each."""
    with progress("Building"):
        for _ in told("abc", "Reading"):
            time.sleep(0.05)


def test_terminal_sees_how_far_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done, in hundredths; the line is empty again at the end."""
    shown = watched(monkeypatch, slowly)
    assert "Reading [----------" in shown
    assert "66 %" in shown
    assert shown.endswith("\r\x1b[K")


def test_terminal_sees_the_seconds_of_work_that_cannot_be_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that tells nothing shows that it goes on, and an error inside leaves the line empty too."""

    def fails() -> None:
        with progress("Drawing"):
            time.sleep(0.05)
            raise ValueError("no")

    def caught() -> None:
        with pytest.raises(ValueError, match="no"):
            fails()

    shown = watched(monkeypatch, caught)
    assert "Drawing … 0 s" in shown
    assert shown.endswith("\r\x1b[K")


def test_short_work_and_unwatched_work_show_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing in a pipe, nothing when told not to, nothing before a second has passed."""
    slowly()
    assert capsys.readouterr().err == ""
    master, slave = pty.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress("Asking", shown=False):
            time.sleep(0.05)
        slowly()
        terminal.write("end")
    assert everything(master) == "end"


def test_file_tells_how_far_it_is_read(tmp_path: Path) -> None:
    """Every read is told with the size of the file."""
    heard: list[tuple[str, int, int]] = []
    (tmp_path / "file").write_bytes(b"x" * 10)
    with listening(lambda *told_: heard.append(told_)), (tmp_path / "file").open("rb") as file:  # type: ignore[arg-type]
        read = tracked(10, "Loading")(file)
        assert [len(read.read(4)) for _ in range(3)] == [4, 4, 2]
        assert read.name == str(tmp_path / "file")
    assert heard == [("Loading", 4, 10), ("Loading", 8, 10), ("Loading", 10, 10)]


def test_a_long_command_draws_on_a_terminal() -> None:
    """The whole program, with a terminal as its standard error: stages come by, and messages stand below."""
    master, slave = pty.openpty()
    at_once = "from samverkansgraf.cli import main, progress; progress.DELAY = 0; main()"
    command = [sys.executable, "-c", at_once, "build", "--no-cache", "--check"]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    shown = everything(master)
    assert child.wait() == 0
    assert " %" in shown
    assert "\r\x1b[K" in shown
    assert shown.splitlines()[-1].startswith("The built graph is up to date")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # how Linux says that nobody writes any more
        return b""
