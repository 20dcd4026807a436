"""A tiny workspace that tests write by hand, and the package run in a process of its own."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox

from samverkansgraf.build import Build, build
from samverkansgraf.errors import DataError, Finding
from samverkansgraf.terms import SG
from samverkansgraf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
SOURCE = "Avtal om samverkan. Rådet har tre ledamöter. Rådet kan utse ett utskott.\n"
HEAD = """\
id: doc:{stem}
type: Agreement
name: Avtal
status: adopted
collection: samling:prov
sourceFile: {stem}.txt
sourceHash: {digest}
passages:
"""
PLAIN = """\
  - section: Titel
    anchor: Avtal … samverkan
    states:
      - {id: samling:prov, type: Collection, calledHere: Prov}
      - {id: vb:radet, type: PoliticalForum, name: Rådet}
"""
"""A passage that describes what other passages of a test refer to."""
MARK = "▶"
"""Stands in a text at the line where a finding is expected; taken out before the text is written."""
Triple = tuple[str, str, str]


def sha256(text: str) -> str:
    """``sourceHash`` of *text*."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def marked(text: str) -> tuple[str, list[int]]:
    """*text* without marks, and the lines (from 1) that they stood on."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if MARK in line]
    return text.replace(MARK, ""), lines


class Workbench:
    """A workspace in a folder of its own."""

    def __init__(self, root: Path, settings: str = "") -> None:
        self.root = root
        self.marks: list[tuple[str, int]] = []
        self.write("samverkansgraf.toml", settings)
        (root / "sources").mkdir(exist_ok=True)

    def write(self, name: str, text: str) -> Path:
        """Write one file; marks in it are noted, with their lines, and taken out."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        plain, lines = marked(text)
        self.marks += [(name, line) for line in lines]
        path.write_bytes(plain.encode())
        return path

    def document(self, passages: str = PLAIN, *, stem: str = "avtal", source: str = SOURCE, head: str = HEAD) -> Path:
        """Write a document and its source text."""
        (self.root / "sources" / f"{stem}.txt").write_bytes(source.encode())
        return self.write(f"data/prov/{stem}.yaml", head.format(stem=stem, digest=sha256(source)) + passages)

    @property
    def graph(self) -> Path:
        """Where the built graph lies."""
        return self.root / "graph" / "samverkansgraf.nq"

    @property
    def workspace(self) -> Workspace:
        """The folder as a workspace."""
        return Workspace.find(self.root)

    def build(self, *, cache: bool = False) -> Build:
        """Build in memory, with the sources."""
        return build(self.workspace, sources=[self.root / "sources"], cache=cache)

    def findings(self) -> list[Finding]:
        """What a build finds wrong."""
        try:
            self.build()
        except DataError as exc:
            return list(exc.findings)
        return []

    def quads(self) -> str:
        """The built N-Quads."""
        return self.build().files["samverkansgraf.nq"].decode()

    def facts(self) -> set[str]:
        """Lines of the default graph, without the final dot."""
        parsed = ox.parse(self.quads().encode(), format=ox.RdfFormat.N_QUADS)
        return {str(quad.triple) for quad in parsed if isinstance(quad.graph_name, ox.DefaultGraph)}

    def run(self, *args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
        """Run the command line in this folder."""
        return run(*args, cwd=self.root, **env)

    def python(self, code: str) -> subprocess.CompletedProcess[bytes]:
        """Run *code* in an interpreter of its own."""
        line = [sys.executable, "-c", code]
        return subprocess.run(line, cwd=self.root, env=environment(), capture_output=True, check=False, timeout=60)


def triple(subject: str, predicate: str, value: str) -> str:
    """One triple of two things of ``vb:`` and a term of ``sg:`` as `Workbench.facts` shows it."""
    base = "https://w3id.org/samverkansgraf/id/vasterbotten/"
    return f"<{base}{subject}> <{SG.base}{predicate}> <{base}{value}>"


def command(*args: str) -> list[str]:
    """The command line as a list for `subprocess`."""
    return [sys.executable, "-m", "samverkansgraf.cli", *args]


def environment(**extra: str) -> dict[str, str]:
    """This process's environment without settings that would steer the package."""
    kept = {key: value for key, value in os.environ.items() if key not in {"SAMVERKANSGRAF_SOURCES", "PYTHONUTF8"}}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100", **extra}


def run(*args: str, cwd: Path, stdin: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    given = stdin.encode()
    return subprocess.run(
        command(*args), cwd=cwd, env=environment(**env), input=given, capture_output=True, check=False, timeout=120
    )


def script(name: str) -> ModuleType:
    """The module ``scripts/<name>.py``, which is no part of the package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module
