"""Builds in a folder: readable as other folders are, whatever else lies there."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from samverkansgraf.errors import StoreError
from samverkansgraf.store.disk import LIVE, open_disk, publish_disk


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """One quad."""
    path = tmp_path / "g.nq"
    path.write_text('<urn:a> <urn:b> "c" .\n')
    return path


def published(graph: Path, folder: Path) -> list[str]:
    """What is read in *folder* after *graph* has been loaded."""
    publish_disk(graph, folder, lambda file: file)
    return list(open_disk(folder).lines())


def test_build_is_as_readable_as_the_file_that_names_it(graph: Path, tmp_path: Path) -> None:
    """Others who may read ``live`` may read the database."""
    old = os.umask(0o022)
    try:
        published(graph, tmp_path / "st")
    finally:
        os.umask(old)
    (build,) = (tmp_path / "st").glob("build-*")
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "st", build)} == {0o755}
    assert {path.stat().st_mode & 0o777 for path in [tmp_path / "st" / LIVE, *build.iterdir()]} == {0o644}


@pytest.mark.parametrize("name", [b"\xff\xfe", b"", b"../../etc", b"/etc"])
def test_name_of_a_build_that_is_none_is_told_and_mended(name: bytes, graph: Path, tmp_path: Path) -> None:
    """Nothing outside the folder is opened, and the next load puts it right."""
    folder = tmp_path / "st"
    published(graph, folder)
    (folder / LIVE).write_bytes(name)
    with pytest.raises(StoreError, match=r"holds no graph; run `samverkansgraf load"):
        open_disk(folder)
    assert published(graph, folder) == ['<urn:a> <urn:b> "c" .\n']


def test_what_is_not_ours_stays(graph: Path, tmp_path: Path) -> None:
    """A link and a file that are called like builds do no harm and come to none."""
    folder, other = tmp_path / "st", tmp_path / "other"
    other.mkdir()
    (other / "kept").touch()
    published(graph, folder)
    (folder / "build-aaaaaaaaaaaa-link").symlink_to(other)
    (folder / "build-aaaaaaaaaaaa-file").touch()
    (folder / "build-aaaaaaaaaaaa-left").mkdir()
    assert published(graph, folder) == ['<urn:a> <urn:b> "c" .\n']
    assert (other / "kept").exists()
    assert {path.name[19:] for path in folder.glob("build-aaaaaaaaaaaa-*")} == {"link", "file"}


def test_folder_that_cannot_be_written_is_told(graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock can be taken and the folder not written; root ignores modes, so the system call is refused."""
    published(graph, tmp_path / "st")

    def refuse(path: Path, *_: object, **__: object) -> NoReturn:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    with monkeypatch.context() as patch:
        patch.setattr("samverkansgraf.files.made_folder", lambda path: path)
        patch.setattr(Path, "mkdir", refuse)
        with pytest.raises(StoreError, match=r"build-\w+-\w+: Permission denied; the build in .* is as it was"):
            publish_disk(graph, tmp_path / "st", lambda file: file)
    assert open_disk(tmp_path / "st")
