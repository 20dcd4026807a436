"""docs/kom-igang.md, followed step by step by the wheel in an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from papers import pdf
from workbench import ROOT

PAGE = (ROOT / "docs" / "kom-igang.md").read_text("utf-8")
BLOCK = re.compile(r"(?:<!-- (?P<note>[^>]*) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this repository."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(packed: Path) -> Path:
    """The wheel, unpacked."""
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(packed.parent / "site")
    return packed.parent / "site"


INSTALLERS = {
    "pip": ["-m", "pip", "--python", "{place}", "install", "--no-index", "--no-deps"],
    "uv": ["-m", "uv", "pip", "install", "--python", "{place}", "--offline", "--no-deps", "--no-config"],
}


@pytest.mark.parametrize("tool", INSTALLERS)
def test_wheel_is_installed(tool: str, packed: Path, tmp_path: Path) -> None:
    """In an empty environment: the command answers from the graph it brings, and its man page lies where pipx looks.

    What it depends on is lent from here, so that nothing is fetched.
    """
    venv.create(tmp_path / "env", with_pip=False)
    words = [word.format(place=tmp_path / "env") for word in INSTALLERS[tool]]
    subprocess.run([sys.executable, *words, str(packed)], check=True, capture_output=True, timeout=120)
    lent = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    command = [str(tmp_path / "env" / "bin" / "samverkansgraf"), "query", "dokument/innehall", "--format", "csv"]
    made = subprocess.run(command, cwd=tmp_path, env=lent, capture_output=True, check=True, timeout=120)
    assert made.stdout.count(b"\n") > 20
    assert (tmp_path / "env" / "share" / "man" / "man1" / "samverkansgraf.1").is_file()


def run(words: list[str], folder: Path, wheel: Path) -> str:
    """What the wheel's command prints, standard error behind standard output."""
    kept = {key: value for key, value in os.environ.items() if key != "SAMVERKANSGRAF_SOURCES"}
    environment = {**kept, "PYTHONPATH": str(wheel), "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "samverkansgraf.cli", *words],
        cwd=folder, env=environment, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode() + done.stderr.decode()


def test_page_leads_from_a_pdf_to_a_site(wheel: Path, tmp_path: Path) -> None:
    """Every command on the page runs in order, prints what the page shows, and leaves the files it promises."""
    where = tmp_path
    for block in BLOCK.finditer(PAGE):
        note, kind, body = block["note"] or "", block["kind"], block["body"]
        if kind == "text":
            (tmp_path / note).write_bytes(pdf([body]))
        elif kind == "yaml":
            path = where / note
            head, _, _ = path.read_text("utf-8").partition("passages:\n")
            path.write_text(f"{head}passages:\n{body}", "utf-8")
        elif kind == "console":
            for name in note.removeprefix("ta bort: ").split():
                (where / name).unlink()
            where = followed(body, where, wheel)
    assert where == tmp_path / "norrskog"
    assert "Vattenrådet" in (where / "graph" / "karta.html").read_text("utf-8")
    assert "Alby" not in (where / "graph" / "samverkansgraf.nq").read_text("utf-8")
    page = (where / "webbplats" / "id" / "norrskog" / "vattenradet.html").read_text("utf-8")
    assert "Vattengruppen" in page
    assert (where / "oppet.xlsx").stat().st_size > 1000


def followed(body: str, where: Path, wheel: Path) -> Path:
    """Run the commands of a session, compare what they print where it is shown (… is anything); return the folder."""
    for line in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = line.partition("\n")
        words = shlex.split(command)
        if words[0] == "cd":
            where = where / words[1]
            continue
        printed = run(words[1:], where, wheel)
        expected = re.escape(shown.strip()).replace("…", ".*")
        assert re.search(expected, printed), f"$ {command}\n{printed}"
    return where
