"""Input that means harm or is merely broken: a finding with the file's name, soon, and in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkansgraf.context import Context
from samverkansgraf.documents import read_document
from samverkansgraf.errors import DataError
from samverkansgraf.files import LARGEST
from samverkansgraf.imports import read_import
from samverkansgraf.queries import named_queries, read_query
from workbench import PLAIN, Workbench, environment

MEMORY = 400 << 20
"""Bytes that a refusal may take, Python and the libraries included."""
BOMB = "a: &a0 [x, x]\n" + "".join(f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "yaml bomb": ("prov/a.yaml", BOMB.encode(), "aliases (*name) and tags (!name) are not read"),
    "yaml tag": ("prov/a.yaml", b"id: !!python/object/apply:os.system [id]\n", "tags (!name) are not read"),
    "deep lists": ("prov/a.yaml", b"id: " + b"[" * 100_000, "exceeded maximum nesting depth"),
    "deep maps": ("prov/a.yaml", b"id: " + b"{a: " * 50_000, "exceeded maximum nesting depth"),
    "only an id": ("prov/a.yaml", b"id: xx\n", "no `passages`"),
    "latin-1": ("prov/a.yaml", "id: doc:a\nname: Råd\n".encode("latin-1"), "prov/a.yaml:2: not UTF-8"),
    "utf-16": ("prov/a.yaml", "id: doc:a\n".encode("utf-16"), "not UTF-8"),
    "nul": ("prov/a.yaml", b"id: a\0b\n", "control characters are not allowed"),
    "one long line": ("prov/a.yaml", b"id: " + b"x" * LARGEST, "bytes are not read; divide it"),
    "one long literal": ("prov/a.ttl", b'<urn:a> <urn:b> "' + b"x" * LARGEST, "bytes are not read; divide it"),
    "one long cell": ("reference/x.csv", b"id,name\n" + b"x" * 1_000_000, "not readable as CSV: field larger"),
    "deep json": ("prov/a.jsonld", b'{"urn:b":' * 20_000 + b"1" + b"}" * 20_000, "too deep in one another"),
    "remote context": ("prov/a.jsonld", b'{"@context": "http://127.0.0.1:9/c", "@id": "urn:a"}', "is not fetched"),
    "nested remote context": (
        "prov/a.jsonld", b'{"@id": "urn:a", "urn:b": {"@context": "http://127.0.0.1:9/c", "@id": "urn:c"}}',
        "is not fetched",
    ),
    "deep turtle": ("prov/a.ttl", b"<urn:a> <urn:b> " + b"(" * 5_000, "blank node"),
    "billion laughs": ("prov/a.rdf", b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>', "not read"),
}  # fmt: skip
"""File under ``data/``, its content, and what is said of it."""
# The peak of the process itself: getrusage also counts what it was forked from.
WATCHED = """
import re, sys
from pathlib import Path
from samverkansgraf.build import build
from samverkansgraf.errors import DataError
from samverkansgraf.workspace import Workspace
try:
    build(Workspace.find(Path(sys.argv[1])))
except DataError as error:
    print(error)
print(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1], file=sys.stderr)
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_a_finding_in_little_memory(bench: Workbench, name: str) -> None:
    """The file is named, the reason is told, and memory stays small."""
    file, content, message = HOSTILE[name]
    bench.document(PLAIN)
    place = bench.root / "data" / file
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    words = [sys.executable, "-c", WATCHED, str(bench.root)]
    made = subprocess.run(words, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert made.returncode == 0, made.stderr[-500:]
    assert any(line.startswith(f"data/{file}") and message in line for line in made.stdout.splitlines()), made.stdout
    assert int(made.stderr) * 1024 < MEMORY


def test_link_to_nowhere_is_told(bench: Workbench) -> None:
    """A link that leads nowhere is not passed over; a circle of folders does not go round."""
    bench.document(PLAIN)
    (bench.root / "data" / "prov" / "borta.yaml").symlink_to(bench.root / "finns-inte.yaml")
    (bench.root / "data" / "prov" / "runt").symlink_to(bench.root / "data")
    found = [str(one) for one in bench.findings()]
    assert "data/prov/borta.yaml: cannot be read: No such file or directory" in found
    assert next(one for one in found if "runt" in one).startswith("data/prov/runt: not read")


@pytest.mark.parametrize("device", ["/dev/zero", "pipe", "folder"])
@pytest.mark.parametrize("file", ["data/noll.yaml", "data/noll.ttl", "ontology/noll.ttl", "queries/prov/noll.rq"])
def test_what_is_no_file_is_told(bench: Workbench, file: str, device: str) -> None:
    """A link to a device, a pipe or a folder is neither read nor waited for."""
    bench.document(PLAIN)
    place, target = bench.root / file, Path(device)
    place.parent.mkdir(parents=True, exist_ok=True)
    if device == "pipe":
        os.mkfifo(target := bench.root / device)
    elif device == "folder":
        (target := bench.root / device).mkdir()
    place.symlink_to(target)
    with pytest.raises(DataError, match=r"noll\.\w+: is no file but a folder, a device or a pipe"):
        named_queries([bench.root / "queries"]) if file.endswith(".rq") else bench.build()


@pytest.mark.parametrize("folder", ["queries/prov", "ontology/rules", "ontology/checks"])
def test_query_that_is_not_utf_8_is_told(bench: Workbench, folder: str) -> None:
    """A query, a rule and a check are read as documents are."""
    place = bench.root / folder / "a.rq"
    place.parent.mkdir(parents=True)
    place.write_bytes("#+ summary: x\nSELECT * { ?x a 'Råd' }".encode("latin-1"))
    with pytest.raises(DataError, match=r"a\.rq:2: not UTF-8"):
        read_query(place, place.parent)


# -------------------------------------------------------------------------------------------------------- fuzzing

PIECES = st.sampled_from(
    [
        *(
            "id",
            ":",
            " ",
            "\n",
            "  ",
            "- ",
            "doc:a",
            "[",
            "]",
            "{",
            "}",
            '"',
            "'",
            "&a",
            "*a",
            "!x",
            "|",
            ">",
            "#",
            "%",
        ),
        *(
            "@context",
            "@id",
            "@graph",
            "@reverse",
            "@value",
            "null",
            "1e999",
            "\\u0000",
            "\ud7ff",
            "<",
            "_:b",
            "a",
            ".",
        ),
        *(";", ",", "\t", "\x85", "@prefix a: <urn:a> .", "^^", "@sv", "passages", "states", "anchor", "…"),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))
FUZZ = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fuzzed(folder: Path, name: str, text: str, read: Callable[[Path], object]) -> None:
    """Write *text* and read it: findings or facts, never an error."""
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert read(path)


@FUZZ
@given(TEXTS)
def test_any_text_as_a_document(tmp_path: Path, context: Context, text: str) -> None:
    """Whatever a YAML file holds is read or told."""
    fuzzed(tmp_path, "a.yaml", text, lambda path: read_document(path, context, file="a.yaml"))


@FUZZ
@given(st.sampled_from([".ttl", ".nt", ".jsonld"]), TEXTS)
def test_any_text_as_an_import(tmp_path: Path, suffix: str, text: str) -> None:
    """Whatever a Turtle, N-Triples or JSON-LD file holds is read or told."""
    fuzzed(tmp_path, f"a{suffix}", text, lambda path: read_import(path, file=path.name))


WORDS = ("@id", "@type", "@value", "@graph", "@context", "@language", "@list", "@set", "@reverse", "urn:p")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["urn:a", "_:b", "", "@id", "sv"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=12,
)


@FUZZ
@given(JSON)
def test_any_json_as_jsonld(tmp_path: Path, content: object) -> None:
    """Whatever stands under the keywords of JSON-LD is read or told."""
    fuzzed(tmp_path, "a.jsonld", json.dumps(content), lambda path: read_import(path, file="a.jsonld"))
