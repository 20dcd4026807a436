"""A folder of several files is swapped at a stroke: old or new whatever happens, and what else is in it stays."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from samverkansgraf import swapping
from samverkansgraf.errors import OutputError, WorkspaceError
from samverkansgraf.swapping import swapped, write_together
from workbench import environment

KILLS = int(os.environ.get("SAMVERKANSGRAF_SOAK", "15"))
NAMES = ("a.csv", "b.csv", "metadata.json")
VERSIONS = [dict.fromkeys(NAMES, version * 9) for version in (b"old", b"new")]
OWN = {"brev.txt": b"mitt", ".git/refs/head": b"abc"}
SWAP = """
import sys
from pathlib import Path
from samverkansgraf import swapping
if sys.argv[2] == "aside":
    swapping._exchange = lambda one, other: False
print("begun", flush=True)
while True:
    for version in (b"old", b"new"):
        swapping.write_together(Path(sys.argv[1]), dict.fromkeys(("a.csv", "b.csv", "metadata.json"), version * 9))
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in *folder* and below it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def with_own(folder: Path) -> Path:
    """*folder* with the old files, and files, a folder with nothing in it and a link that are a person's own."""
    write_together(folder, VERSIONS[0])
    for name, data in OWN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / ".git" / "objects").mkdir()
    (folder / "dit").symlink_to("brev.txt")
    return folder


def is_whole(folder: Path) -> bool:
    """Whether *folder* holds one version and everything of the person's own."""
    seen = contents(folder)
    own = {name: seen.pop(name, None) for name in (*OWN, "dit")}
    kept = (folder / ".git" / "objects").is_dir() and (folder / "dit").is_symlink()
    return kept and seen in VERSIONS and own == OWN | {"dit": OWN["brev.txt"]}


@contextmanager
def writer(folder: Path, how: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has begun to swap *folder* over and over; it is killed at the end of the block."""
    line = [sys.executable, "-c", SWAP, str(folder), how]
    with subprocess.Popen(line, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        assert process.stdout.readline() == b"begun\n"
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("how", ["exchanged", "aside"])
def test_killed_at_any_moment_is_old_or_new(tmp_path: Path, how: str) -> None:
    """Swapped over and over and killed: whole. Where folders cannot change places the next writer brings it back."""
    if how == "exchanged" and sys.platform != "linux":
        pytest.skip("NOT EXCHANGED: only Linux lets folders change places")
    folder = with_own(tmp_path / "ut")
    moments = random.Random(3)  # noqa: S311 - moments, not secrets
    for _ in range(KILLS):
        with writer(folder, how):
            time.sleep(moments.uniform(0, 0.05))
        if how == "aside" and not folder.exists():
            with pytest.raises(KeyboardInterrupt), swapped(folder):
                interrupt()
        assert is_whole(folder)
    write_together(folder, VERSIONS[1])
    assert is_whole(folder)
    assert [place.name for place in tmp_path.iterdir()] == ["ut"]


def test_folder_is_always_there_while_it_is_swapped(tmp_path: Path) -> None:
    """Who looks while a process swaps finds a folder each time, the old or the new."""
    if sys.platform != "linux":
        pytest.skip("NOT LOOKED AT: only Linux lets folders change places")
    folder = with_own(tmp_path / "ut")
    with writer(folder, "exchanged"):
        until, seen = time.monotonic() + 1, set()
        while time.monotonic() < until:
            seen.add(folder.stat().st_ino)
    assert len(seen) > 1


def interrupt(*_: object) -> None:
    """What Ctrl-C does."""
    raise KeyboardInterrupt


def test_interrupted_in_the_middle_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A block that does not end well changes nothing and leaves nothing beside."""
    folder = with_own(tmp_path / "ut")
    monkeypatch.setattr("samverkansgraf.swapping.os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_together(folder, VERSIONS[1])
    assert is_whole(folder)
    assert [place.name for place in tmp_path.iterdir()] == ["ut"]


def test_what_fails_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where folders cannot change places and the new one cannot be put there, the old one stands again."""
    folder = with_own(tmp_path / "ut")
    rename = Path.rename

    def refuse_new(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(swapping, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse_new)
    with pytest.raises(WorkspaceError, match="ut cannot be written: Permission denied"):
        write_together(folder, VERSIONS[1])
    assert contents(folder).items() >= VERSIONS[0].items()
    assert is_whole(folder)


def test_what_comes_in_the_meantime_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that a person puts there just before the swap is there after it, on a disk without second names too."""
    folder = with_own(tmp_path / "ut")
    exchange = swapping._exchange

    def late(one: Path, other: Path) -> bool:
        (folder / "sent.txt").write_bytes(b"sent")
        return exchange(one, other)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(swapping, "_exchange", late)
    monkeypatch.setattr("samverkansgraf.swapping.os.link", refuse)
    write_together(folder, VERSIONS[1])
    assert (folder / "sent.txt").read_bytes() == b"sent"
    (folder / "sent.txt").unlink()
    assert is_whole(folder)


def test_stale_files_go_and_rights_stay(tmp_path: Path) -> None:
    """What was written before and is not any more goes, with folders that held only that; the folder keeps its mode."""
    folder = with_own(tmp_path / "ut")
    (folder / "gammalt" / "mer").mkdir(parents=True)
    (folder / "gammalt" / "mer" / "c.csv").write_bytes(b"stale")
    folder.chmod(0o750)
    with swapped(folder, ["gammalt/mer/c.csv", "a.csv"]) as fresh:
        (fresh / "b.csv").write_bytes(b"new")
    assert contents(folder).keys() == {"b.csv", "metadata.json", "dit", *OWN}
    assert not (folder / "gammalt").exists()
    assert folder.stat().st_mode & 0o777 == 0o750


def test_second_writer_of_a_folder_is_refused(tmp_path: Path) -> None:
    """While one writes, another is told so."""
    folder = with_own(tmp_path / "ut")
    with swapped(folder) as fresh:
        (fresh / "a.csv").write_bytes(b"first")
        with pytest.raises(WorkspaceError, match="ut: another process is writing here"), swapped(folder):
            pass
    assert (folder / "a.csv").read_bytes() == b"first"


def test_places_that_cannot_be_swapped_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, a folder in nothing, and the folder that the person stands in; a link is followed."""
    (tmp_path / "fil").write_text("x")
    folder = with_own(tmp_path / "ut")
    (tmp_path / "annat").symlink_to("ut")
    write_together(tmp_path / "annat", VERSIONS[1])
    assert is_whole(folder)
    assert (tmp_path / "annat").is_symlink()
    (folder / "inne").mkdir()
    monkeypatch.chdir(folder / "inne")
    for place, seen in (
        (tmp_path / "fil", "is a file"),
        (tmp_path / "x" / "y", "is no folder"),
        (folder, "stand in it"),
    ):
        with pytest.raises(OutputError, match=seen), swapped(place):
            pass
