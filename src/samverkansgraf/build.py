"""Documents → graph: read everything, check it together, conclude, validate, write sorted files."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from . import context as context_module
from . import documents, imports, period, registers, terms
from .context import Context
from .corpus import Corpus
from .documents import Anchor, Reading
from .errors import DataError, Finding, WorkspaceError
from .files import required_text, write_whole
from .progress import told
from .rules import conclude, read_rules
from .sources import Coverage, check_sources
from .store import EmbeddedStore
from .swapping import write_together
from .terms import ONTOLOGY_GRAPH
from .validate import Result, read_shapes, validate
from .workspace import Workspace, package_root

_READERS = (context_module, documents, imports, period, registers, terms)
QUADS, TURTLE, ABOUT = "samverkansgraf.nq", "samverkansgraf.ttl", "README.md"
IGNORED_SUFFIXES = {".md", ".json"}


@dataclass(slots=True)
class Build:
    """A finished build in memory: file name → bytes, and what was learnt on the way."""

    files: dict[str, bytes]
    results: list[Result]
    coverages: list[Coverage]
    documents: int
    quads: int

    @property
    def untried(self) -> int:
        """Number of anchors whose source text was not there to try them on."""
        return sum(coverage.anchors for coverage in self.coverages if coverage.is_text and not coverage.found)

    def violations(self) -> list[Result]:
        """Results of shapes that must not fail."""
        return [result for result in self.results if result.severity == "violation"]

    def summary(self) -> list[str]:
        """What was built, and what could not be tried, in sentences."""
        found = len(self.results)
        documents = f"{self.documents} document{'s' * (self.documents != 1)}"
        checked = f"{found} result{'s' * (found != 1)} of validation" if found else "validates clean"
        lines = [f"{documents}, {self.quads} quads, {checked}."]
        if self.untried:
            missing = ", ".join(coverage.file for coverage in self.coverages if coverage.is_text and not coverage.found)
            lines.append(f"{self.untried} anchors were not tried, for want of {missing}.")
        if left := sum(coverage.todo for coverage in self.coverages):
            files = ", ".join(coverage.file for coverage in self.coverages if coverage.todo)
            lines.append(f"{left} place{'s' * (left != 1)} still to be read (`skip: todo`) in {files}.")
        return lines

    def stale(self, folder: Path) -> list[str]:
        """Names of files in *folder* that differ from this build."""
        return [name for name, data in self.files.items() if _bytes(folder / name) != data]

    def write(self, folder: Path) -> None:
        """Put every file in *folder* at a stroke; `WorkspaceError` when another build is writing."""
        write_together(folder, self.files)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def required_workspace(workspace: Workspace) -> Workspace:
    """*workspace* when it is one; `WorkspaceError` says how to mark a folder."""
    if workspace.root is None:
        raise WorkspaceError(
            "No samverkansgraf.toml here or above; a build needs a workspace. An empty file marks one."
        )
    return workspace


def read_context(workspace: Workspace) -> Context:
    """The package's context with the workspace's prefixes."""
    return Context(package_root() / "ontology" / "context.jsonld", workspace.prefixes)


def read_corpus(workspace: Workspace, *, persons: bool = True, cache: bool = True) -> Corpus:
    """Read every input file of *workspace*; findings stay in the corpus."""
    corpus = Corpus(read_context(workspace))
    store = _ReadingCache(workspace, corpus.context) if cache and workspace.root else None
    for folder, path in told(list(workspace.data_files()), "Reading"):
        if not persons and path.name.endswith(documents.PERSONS + ".yaml"):
            continue
        base = workspace.root if workspace.root and path.is_relative_to(workspace.root) else folder.parent
        reading = _read_file(path, path.relative_to(base).as_posix(), corpus.context, store)
        if reading is not None:
            corpus.readings.append(reading)
    if store:
        store.save()
    return corpus


def _read_import(path: Path, context: Context, *, file: str) -> Reading:
    del context  # RDF names its terms in full
    return imports.read_import(path, file=file)


def _read_file(path: Path, file: str, context: Context, cache: _ReadingCache | None) -> Reading | None:
    register = path.parent.name == "reference"
    if path.suffix == ".yaml" and not register:
        read = documents.read_document
    elif path.suffix == ".csv" and register:
        read = registers.read_register
    elif path.suffix in imports.FORMATS:
        read = _read_import
    elif path.suffix in IGNORED_SUFFIXES or (register and path.suffix == ".yaml"):
        return None
    else:
        seen = "not read: documents are .yaml, tables reference/*.csv, RDF .ttl .nt .jsonld"
        return Reading(file, "", findings=[Finding(file, 0, seen)])
    if cache is None:
        return read(path, context, file=file)
    return cache.get(path, file, lambda: read(path, context, file=file))


class _ReadingCache:
    """Readings of unchanged files, by a hash of the file, the context and the code that reads."""

    def __init__(self, workspace: Workspace, context: Context) -> None:
        assert workspace.root is not None
        self.path = workspace.root / ".cache" / "readings.json"
        code = (Path(module.__file__ or "").read_bytes() for module in _READERS)
        self.salt = hashlib.sha256(b"\x1f".join([json.dumps(context.terms).encode(), *code])).hexdigest()
        try:
            self.old = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            self.old = {}
        if not isinstance(self.old, dict):
            self.old = {}
        self.new: dict[str, object] = {}

    def get(self, path: Path, file: str, read: object) -> Reading:
        beside = path.with_suffix(".yaml") if path.suffix == ".csv" else None
        content = (_bytes(path) or b"") + (b"\x1f" + (_bytes(beside) or b"") if beside else b"")
        key = hashlib.sha256(b"\x1f".join([self.salt.encode(), file.encode(), content])).hexdigest()
        saved = self.old.get(key)
        known = _thaw(saved)
        reading = known or read()  # type: ignore[operator]
        if not reading.findings:
            self.new[key] = saved if known else _freeze(reading)
        return reading

    def save(self) -> None:
        if self.new.keys() == self.old.keys():
            return
        try:
            self.path.parent.mkdir(exist_ok=True)
            write_whole(self.path, json.dumps(self.new).encode())
        except (OSError, WorkspaceError):
            return  # a cache that cannot be kept costs time, nothing else


def _freeze(reading: Reading) -> dict[str, object]:
    return dataclasses.asdict(reading) | {"facts": sorted(reading.facts)}


def _thaw(saved: object) -> Reading | None:
    """The reading that was saved, or None when nothing usable was."""
    try:
        reading = Reading(**saved)  # type: ignore[arg-type]
        reading.facts = set(reading.facts)
        reading.anchors = [Anchor(**anchor) for anchor in reading.anchors]  # type: ignore[arg-type]
    except TypeError:
        return None
    return reading


def build(workspace: Workspace, *, sources: Sequence[Path] = (), persons: bool = True, cache: bool = True) -> Build:
    """Build the graph of *workspace* in memory.

    Raises `DataError` with every finding of every file. Anchors are tried on the texts in *sources*; those without a
    text are counted. SHACL results are in the build, not raised.
    """
    corpus = read_corpus(workspace, persons=persons, cache=cache)
    coverages, problems = check_sources(corpus.readings, sources)
    if findings := corpus.findings + problems:
        raise DataError(findings)
    lines = _ontology_lines(workspace)
    for reading in corpus.readings:
        lines |= fact_lines(reading)
    store = EmbeddedStore()
    store.load("".join(lines))
    lines |= conclude(read_rules(workspace.folders("ontology/rules")), store)
    results = validate(store, read_shapes(workspace.folders("ontology")))
    quads = "".join(sorted(lines))
    files = {QUADS: quads.encode(), TURTLE: store.turtle(corpus.context.prefixes).encode()}
    files[ABOUT] = _about(files, len(lines), corpus).encode()
    return Build(files, results, coverages, sum(bool(reading.source) for reading in corpus.readings), len(lines))


def fact_lines(reading: Reading) -> set[str]:
    """N-Quads lines of *reading*, and a copy in the default graph of each that is fact."""
    lines = set()
    for line in filter(None, reading.quads.split("\n")):  # splitlines() would break at U+2028 inside a literal
        triple, graph, _ = line.rsplit(" ", 2)
        lines.add(f"{line}\n")
        if graph[1:-1] in reading.facts:
            lines.add(f"{triple} .\n")
    return lines


def _ontology_lines(workspace: Workspace) -> set[str]:
    lines = set()
    for folder in workspace.folders("ontology"):
        for path in sorted(folder.glob("*.ttl")):
            if path.name == "shapes.ttl":
                continue
            try:
                triples = sorted(
                    {str(quad.triple) for quad in ox.parse(required_text(path), format=ox.RdfFormat.TURTLE)}
                )
            except SyntaxError as exc:
                raise DataError([Finding(str(path), exc.lineno or 0, f"not readable as Turtle: {exc.msg}")]) from exc
            lines |= {f"{triple} .\n" for triple in triples} | {
                f"{triple} <{ONTOLOGY_GRAPH}> .\n" for triple in triples
            }
    return lines


def _about(files: dict[str, bytes], quads: int, corpus: Corpus) -> str:
    passages = sum(len(reading.facts) for reading in corpus.readings)
    rows = "\n".join(
        f"| `{name}` | {len(data.splitlines())} | `{hashlib.sha256(data).hexdigest()}` |"
        for name, data in files.items()
    )
    return ABOUT_TEXT.format(quads=quads, passages=passages, rows=rows)


ABOUT_TEXT = """\
# The built graph

Made by `samverkansgraf build` from `data/` and `ontology/`; do not edit. The same input gives the same bytes.

| file | lines | SHA-256 |
|---|---|---|
{rows}

- `samverkansgraf.nq`: {quads} quads, sorted by code point, without blank nodes. The default graph holds what the
  documents provide, the reference tables, what the rules concluded and the vocabulary; each named graph says why a
  triple is there: a passage of a document, a document's description, a reference table, a rule, the vocabulary.
- `samverkansgraf.ttl`: the default graph, to read.
- `karta.html`: the interactive map, written by `make run`, not committed.

What a passage proposes, permits or denies stands only in the passage's own graph, never in the default graph.

Licence: CC0-1.0.
"""
