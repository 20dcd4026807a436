"""Killed at any moment: a build, a load or an export leaves the old or the new, never a mixture.

``SAMVERKANSGRAF_SOAK=200`` kills that many times instead of a few (``make soak``); moments are drawn from a seed.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

import engines
from samverkansgraf.site import MARKER
from samverkansgraf.store import EmbeddedStore, publish
from samverkansgraf.store.disk import LIVE, open_disk, publish_disk
from samverkansgraf.store.remote import RemoteStore
from samverkansgraf.terms import SG
from workbench import PLAIN, Workbench, command, environment

SOAK = os.environ.get("SAMVERKANSGRAF_SOAK")
KILLS = int(SOAK or 5)
LOAD = """
import sys
from pathlib import Path
from samverkansgraf.store import publish
publish(Path(sys.argv[1]), sys.argv[2], lambda file: file)
"""
LIMITED = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
"""


def build_of(path: Path, name: str) -> set[str]:
    """A build of two passages in which every triple bears *name*, written to *path*; its lines."""
    lines = set()
    for number in range(400):
        passage = f"https://w3id.org/samverkansgraf/doc/prov.{number % 2:08x}"
        triple = f'<urn:{number}> <urn:name> "{name}"'
        lines |= {f"{triple} .\n", f"{triple} <{passage}> .\n", f"<{passage}> a <{SG.Passage}> .\n"}
    lines = {line.replace(" a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ") for line in lines}
    path.write_text("".join(sorted(lines)))
    return lines


def kill_at_random(words: list[str], seconds: float, moments: random.Random, cwd: Path) -> None:
    """Start a process and kill it somewhere in the *seconds* it takes."""
    process = subprocess.Popen(words, cwd=cwd, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(moments.uniform(0, seconds))
    process.send_signal(signal.SIGKILL)
    process.wait()


def duration(work: Callable[[], object]) -> float:
    """Seconds that *work* takes, and a little."""
    start = time.monotonic()
    work()
    return 1.2 * (time.monotonic() - start)


def load(graph: Path, address: str) -> list[str]:
    """The words of a process that publishes *graph*."""
    return [sys.executable, "-c", LOAD, str(graph), address]


def old_or_new(address: str, seen: Callable[[], set[str]], folder: Path) -> None:
    """Kill loads of two builds in turn; what is there is always one of them."""
    builds = [(folder / f"{name}.nq", build_of(folder / f"{name}.nq", name)) for name in ("old", "new")]
    seconds = duration(lambda: subprocess.run(load(builds[0][0], address), env=environment(), check=True))
    moments = random.Random(7)  # noqa: S311 - moments, not secrets
    for number in range(KILLS):
        kill_at_random(load(builds[number % 2][0], address), seconds, moments, folder)
        assert seen() in [lines for _, lines in builds]


def test_killed_load_on_disk_leaves_old_or_new(tmp_path: Path) -> None:
    """The folder opens after every kill, and holds one build; the next load clears away what was left."""
    folder = tmp_path / "store"
    old_or_new(str(folder), lambda: set(open_disk(folder).lines()), tmp_path)
    publish_disk(tmp_path / "new.nq", folder, lambda file: file)
    kept = [place.name for place in folder.iterdir() if place.is_dir()]
    assert len(kept) <= 2
    assert (folder / LIVE).read_text() in kept


def test_killed_load_on_oxigraph_leaves_old_or_new(tmp_path: Path) -> None:
    """A PUT that breaks off changes nothing; one that has come whole is done at a stroke, be the sender killed."""

    def seen() -> set[str]:
        everything = httpx.get(address.replace("/query", "/store"), headers={"Accept": "application/n-quads"})
        return set(everything.text.splitlines(keepends=True))

    with engines.oxigraph(tmp_path / "server") as address:
        old_or_new(address, seen, tmp_path)


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso."""
    if not engines.virtuoso_is_here():
        pytest.skip("NOT KILLED ON VIRTUOSO: it is not installed (apt-get install virtuoso-opensource)")
    folder = tmp_path_factory.mktemp("virtuoso")
    with pytest.MonkeyPatch.context() as patch, engines.virtuoso(folder) as address:
        for name in ("USER", "PASSWORD"):
            patch.setenv(f"SAMVERKANSGRAF_STORE_{name}", "dba")
        yield address


def test_killed_load_on_virtuoso_leaves_old_or_new(virtuoso: str, tmp_path: Path) -> None:
    """The number of a build is written last, and every build has names of its own."""
    old_or_new(virtuoso, lambda: set(RemoteStore.open(virtuoso).lines()), tmp_path)


def test_reader_of_virtuoso_sees_old_or_new_while_builds_are_loaded(virtuoso: str, tmp_path: Path) -> None:
    """Passages whose content changes are old or new with their facts; who has opened a build reads it to the end."""
    builds = {name: build_of(tmp_path / f"{name}.nq", name) for name in ("old", "new")}
    publish(tmp_path / "old.nq", virtuoso, lambda file: file)
    opened = RemoteStore.open(virtuoso)
    seen = []

    def read() -> None:
        while not loaded.is_set():
            seen.append(set(RemoteStore.open(virtuoso).lines()))

    loaded = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        publish(tmp_path / "new.nq", virtuoso, lambda file: file)
        assert set(opened.lines()) == builds["old"]
        for name in ("old", "new") * 5:
            publish(tmp_path / f"{name}.nq", virtuoso, lambda file: file)
        loaded.set()
        for reader in readers:
            reader.result()
    assert all(lines in builds.values() for lines in seen)
    assert {name for name, lines in builds.items() if lines in seen} == builds.keys()


def test_loads_of_virtuoso_at_the_same_time_do_no_harm(virtuoso: str, tmp_path: Path) -> None:
    """Of several loads at once each is whole, and one is in force."""
    builds = [(tmp_path / f"{n}.nq", build_of(tmp_path / f"{n}.nq", f"build {n}")) for n in range(3)]
    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(publish, path, virtuoso, lambda file: file) for path, _ in builds]:
            done.result()
    assert set(RemoteStore.open(virtuoso).lines()) in [lines for _, lines in builds]


def test_reader_on_disk_keeps_what_it_opened(tmp_path: Path) -> None:
    """Who has opened the old build is answered from it after the switch."""
    old, new = build_of(tmp_path / "a.nq", "old"), build_of(tmp_path / "b.nq", "new")
    folder = tmp_path / "store"
    publish_disk(tmp_path / "a.nq", folder, lambda file: file)
    reader = open_disk(folder)
    publish_disk(tmp_path / "b.nq", folder, lambda file: file)
    assert (set(reader.lines()), set(open_disk(folder).lines())) == (old, new)


def test_killed_build_leaves_whole_files(tmp_path: Path) -> None:
    """Files of a killed build are all old or all new; the next build is whole and leaves nothing beside."""
    bench = Workbench(tmp_path)
    bench.document(PLAIN)
    versions: list[dict[str, bytes]] = []
    for name in ("Rådet", "Styret"):
        bench.document(PLAIN.replace("name: Rådet", f"name: {name}"))
        versions.append(bench.build().files)
    folder = tmp_path / "graph"
    seconds = duration(lambda: bench.run("build"))
    moments = random.Random(11)  # noqa: S311 - moments, not secrets
    for number in range(KILLS):
        bench.document(PLAIN.replace("name: Rådet", f"name: {('Rådet', 'Styret')[number % 2]}"))
        kill_at_random(command("build"), seconds, moments, tmp_path)
        assert contents(folder) in versions
    bench.run("build")
    assert contents(folder) in versions
    assert not list(tmp_path.glob(".graph*"))
    assert EmbeddedStore.open(folder / "samverkansgraf.nq")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in *folder* and below it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def exporting(folder: Path, *words: str) -> tuple[list[str], float]:
    """The words of a process that writes from a small built workspace in *folder*, and how long it takes."""
    bench = Workbench(folder, 'publisher = "Sala"\nlicence = "https://exempel.se/licens"\n')
    bench.document(PLAIN)
    bench.build().write(bench.graph.parent)
    line = command(*words)
    return line, duration(lambda: subprocess.run(line, cwd=folder, env=environment(), check=True))


@pytest.mark.parametrize(("word", "name"), [("queries", "a.csv"), ("export", "a.xlsx"), ("map", "a.html")])
def test_killed_export_leaves_old_or_new(tmp_path: Path, word: str, name: str) -> None:
    """A file that is written with -o is the old one or the whole new one."""
    line, seconds = exporting(tmp_path, word, "-o", name)
    target, moments = tmp_path / name, random.Random(13)  # noqa: S311 - moments, not secrets
    whole = target.read_bytes()
    for _ in range(KILLS):
        target.write_bytes(b"old")
        kill_at_random(line, seconds, moments, tmp_path)
        assert target.read_bytes() in {b"old", whole}


FOLDERS = {
    "csvw": ("export", "--format", "csvw", "-o", "ut"),
    "neo4j": ("export", "--format", "neo4j", "-o", "ut"),
    "describe": ("describe", "https://exempel.se/", "-o", "ut"),
    "site": ("site", "ut"),
}
"""Exports that write a folder. In the short form the first stands for all: they write alike (`test_swapping.py`)."""


@pytest.mark.parametrize("kind", FOLDERS if SOAK else list(FOLDERS)[:1])
def test_killed_export_of_several_files_leaves_old_or_new(tmp_path: Path, kind: str) -> None:
    """Files of a folder are all old or all new, what else is in it stays, and the next one leaves nothing beside."""
    line, seconds = exporting(tmp_path, *FOLDERS[kind])
    folder, moments = tmp_path / "ut", random.Random(17)  # noqa: S311 - moments, not secrets
    (folder / "eget.txt").write_bytes(b"own")
    whole = contents(folder)
    kept = {name: whole[name] for name in ("eget.txt", MARKER) if name in whole}
    old = dict.fromkeys(whole, b"old") | kept
    for _ in range(KILLS):
        for name, data in old.items():
            (folder / name).write_bytes(data)
        kill_at_random(line, seconds, moments, tmp_path)
        assert contents(folder) in (old, whole)
    subprocess.run(line, cwd=tmp_path, env=environment(), check=True)
    assert contents(folder) == whole
    assert not list(tmp_path.glob(".ut*"))


def test_full_disk_is_told_and_the_old_build_stays(tmp_path: Path) -> None:
    """A load that runs out of room is an error that says so; the old build is in force and nothing is left over."""
    build_of(tmp_path / "a.nq", "old")
    folder = tmp_path / "store"
    publish_disk(tmp_path / "a.nq", folder, lambda file: file)
    before = sorted(place.name for place in folder.iterdir())
    words = [sys.executable, "-c", LIMITED + LOAD, str(tmp_path / "a.nq"), str(folder)]
    made = subprocess.run(words, env=environment(), capture_output=True, text=True, check=False)
    assert made.returncode
    assert "StoreError" in made.stderr
    assert "cannot be loaded into" in made.stderr
    assert before == sorted(place.name for place in folder.iterdir())
    assert open_disk(folder)
