"""Building: the same bytes from the same input, whole files, and facts kept apart from the rest."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from typing import NoReturn

import pyoxigraph as ox
import pytest

from samverkansgraf.build import build, read_corpus, required_workspace
from samverkansgraf.errors import DataError, WorkspaceError
from samverkansgraf.terms import DOC, GRAPH, ID, SG
from samverkansgraf.workspace import Workspace
from workbench import HEAD, PLAIN, ROOT, SOURCE, Workbench, command, environment, sha256, triple

FILES = ("samverkansgraf.nq", "samverkansgraf.ttl", "README.md")
MODALITIES = ("proposed", "permitted", "denied", "intended", "tentative", "ambiguous", "rejected")
FACTS = (
    PLAIN
    + """\
  - section: Bereder
    anchor: Rådet har tre
    states:
      - {id: vb:utskottet, type: Committee, name: Utskottet, preparesFor: vb:radet}
  - section: Slutsats
    anchor: tre ledamöter
    modality: inferred
    because: prov
    states: [{id: vb:utskottet, informs: vb:radet}]
"""
)


def possible(modality: str) -> str:
    """A passage of *modality* that names a body and says something of it."""
    return f"""\
  - section: {modality}
    anchor: kan utse … utskott
    modality: {modality}
    states:
      - {{id: vb:b-{modality}, type: Committee, name: Utskott {modality}, preparesFor: vb:radet}}
"""


def built(bench: Workbench) -> dict[str, bytes]:
    """The files that are there."""
    return {name: (bench.root / "graph" / name).read_bytes() for name in FILES}


@pytest.fixture
def desk(bench: Workbench) -> Workbench:
    """A workspace with facts and one passage of every other modality."""
    bench.document(FACTS + "".join(map(possible, MODALITIES)))
    return bench


def test_two_processes_give_the_same_bytes(desk: Workbench) -> None:
    """Neither the seed of hashes, the locale nor the cache changes a byte."""
    seen = []
    for environ in (
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"TZ": "Asia/Tokyo"},
    ):
        made = desk.run("build", "--sources", "sources", **environ)
        assert made.returncode == 0, made.stderr.decode()
        seen.append(built(desk))
    assert seen[0] == seen[1] == seen[2]


def test_sources_do_not_change_the_bytes(desk: Workbench) -> None:
    """Anchors are tried where the texts are; without them the graph is the same and the anchors are counted."""
    bare = build(desk.workspace, cache=False)
    assert bare.files == desk.build().files
    assert (bare.untried, desk.build().untried) == (10, 0)
    assert bare.summary()[1] == "10 anchors were not tried, for want of avtal.txt."


def test_check_tells_stale_from_fresh(desk: Workbench) -> None:
    """`build --check` writes nothing, and is 1 when a file differs or is missing."""
    assert desk.run("build", "--check").returncode == 1
    assert not (desk.root / "graph").exists()
    assert desk.run("build").returncode == 0
    assert desk.run("build", "--check").returncode == 0
    (desk.root / "graph" / "README.md").write_text("changed", "utf-8")
    stale = desk.run("build", "--check")
    assert stale.returncode == 1
    assert b"Stale: README.md; run `samverkansgraf build`" in stale.stderr
    assert (desk.root / "graph" / "README.md").read_text("utf-8") == "changed"


def test_killed_build_leaves_whole_files(desk: Workbench) -> None:
    """SIGKILL at any moment leaves every file as it was, or every file as it is to be."""
    begun = time.monotonic()
    assert desk.run("build").returncode == 0
    whole = time.monotonic() - begun
    old = built(desk)
    desk.document(FACTS, source=SOURCE)
    new = build(desk.workspace, cache=False).files
    moments = random.Random(1)  # noqa: S311 - reproducible moments
    killed = 0
    for _ in range(15):
        for name, data in old.items():
            (desk.root / "graph" / name).write_bytes(data)
        process = subprocess.Popen(
            command("build", "--no-cache"), cwd=desk.root, env=environment(), stderr=subprocess.DEVNULL
        )
        time.sleep(whole * moments.uniform(0.5, 1.05))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        assert built(desk) in (old, new)
    assert killed


def refuse(*_: object, **__: object) -> NoReturn:
    """What a read-only folder says."""
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_read_only_folder_is_told_and_old_files_stay(desk: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be written is an error that names it; root ignores modes, so the system call is refused."""
    desk.build().write(desk.root / "graph")
    old = built(desk)
    desk.document(FACTS)
    monkeypatch.setattr("samverkansgraf.swapping.os.fsync", refuse)
    with pytest.raises(WorkspaceError, match=r"graph cannot be written: Permission denied"):
        desk.build().write(desk.root / "graph")
    assert built(desk) == old


def test_folder_that_cannot_be_made_is_told(desk: Workbench) -> None:
    """A file where the folder should be is an error of ours."""
    desk.write("graph", "a file")
    made = desk.run("build")
    assert made.returncode == 1
    assert b"graph is a file; a folder is written here." in made.stderr
    assert b"Traceback" not in made.stderr


def test_cache_gives_the_same_bytes(desk: Workbench) -> None:
    """A build from the cache is the build without it, and the cache is used."""
    first = desk.build(cache=True).files
    assert (desk.root / ".cache" / "readings.json").is_file()
    assert desk.build(cache=True).files == first == desk.build().files


def test_cache_is_not_used_when_the_file_changes(desk: Workbench) -> None:
    """A changed document, prefix or sidecar is read anew."""
    desk.build(cache=True)
    desk.document(FACTS)
    assert desk.build(cache=True).files == desk.build().files
    desk.write("samverkansgraf.toml", "[prefixes]\nny = 'https://example.org/ny/'")
    desk.document(FACTS.replace("vb:utskottet", "ny:utskottet"))
    assert b"example.org/ny/utskottet" in desk.build(cache=True).files["samverkansgraf.nq"]


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"x"', "\udcff"])
def test_corrupt_cache_is_ignored(desk: Workbench, content: str) -> None:
    """Whatever stands in the cache file, the build is the same."""
    expected = desk.build().files
    path = desk.root / ".cache" / "readings.json"
    path.parent.mkdir()
    path.write_bytes(content.encode(errors="surrogateescape"))
    assert desk.build(cache=True).files == expected


def test_cache_entry_of_another_shape_is_ignored(desk: Workbench) -> None:
    """An entry that is no reading is read anew."""
    expected = desk.build(cache=True).files
    path = desk.root / ".cache" / "readings.json"
    path.write_text(json.dumps({key: {"x": 1} for key in json.loads(path.read_text("utf-8"))}), "utf-8")
    assert desk.build(cache=True).files == expected


def test_files_with_findings_are_not_cached(bench: Workbench) -> None:
    """A mistake is told again on the next run."""
    bench.document(PLAIN + "  - section: A\n")
    first = read_corpus(bench.workspace).findings
    assert first
    assert read_corpus(bench.workspace).findings == first


def test_there_are_no_blank_nodes_and_lines_are_sorted(desk: Workbench) -> None:
    """Every line of the N-Quads stands alone and in code-point order, each once."""
    lines = desk.quads().splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert not any(line.startswith("_:") or " _:" in line.split('"')[0] for line in lines)


def test_default_graph_is_what_facts_rules_and_registers_say(desk: Workbench) -> None:
    """Every triple of the default graph stands in the graph of a fact, a description, a register, a rule or the ontology."""  # noqa: E501
    parsed = list(ox.parse(desk.quads().encode(), format=ox.RdfFormat.N_QUADS))
    default = {str(quad.triple) for quad in parsed if isinstance(quad.graph_name, ox.DefaultGraph)}
    modality = {quad.subject.value: quad.object.value for quad in parsed if quad.predicate.value == SG.modality}
    named: dict[str, set[str]] = {}
    for quad in parsed:
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            named.setdefault(quad.graph_name.value, set()).add(str(quad.triple))
    allowed = {
        graph
        for graph in named
        if modality.get(graph, SG.stated) in {SG.stated, SG.inferred} and graph.startswith((DOC, GRAPH))
    }
    assert default == set().union(*(named[graph] for graph in allowed))
    assert {modality[graph] for graph in named.keys() - allowed} == {SG.base + name for name in MODALITIES}


def test_what_is_only_possible_is_no_fact_but_has_its_name(desk: Workbench) -> None:
    """Proposed, permitted and denied triples are not in the default graph; the names of what they name are."""
    facts = desk.facts()
    assert triple("utskottet", "preparesFor", "radet") in facts
    assert triple("utskottet", "informs", "radet") in facts
    assert triple("utskottet", "relatesTo", "radet") in facts
    for modality in MODALITIES:
        about = {fact for fact in facts if fact.startswith(f"<{ID}vasterbotten/b-{modality}>")}
        assert len(about) == 1
        assert f'"Utskott {modality}"@sv' in about.pop()


def test_results_of_shapes_are_in_the_build(bench: Workbench) -> None:
    """A violation is in the build, not raised, and stops the command before anything is written."""
    bench.document(head=HEAD.replace("{digest}", "sha256:0"))
    assert [result.path for result in build(bench.workspace, cache=False).violations()] == [f"<{SG.sourceHash}>"]
    made = bench.run("build")
    assert made.returncode == 1
    assert not (bench.root / "graph").exists()


def test_persons_can_be_left_out(bench: Workbench) -> None:
    """Without persons their files are not read."""
    bench.document()
    person = "id: doc:avtal\npassages:\n  - section: A\n    anchor: Rådet har\n    states: [{id: person:a, type: Person, name: Anna Prov}]\n"  # noqa: E501
    bench.write("data/prov/avtal.personer.yaml", person)
    assert b"Anna Prov" in build(bench.workspace, cache=False).files["samverkansgraf.nq"]
    assert b"Anna Prov" not in build(bench.workspace, persons=False, cache=False).files["samverkansgraf.nq"]


def test_own_ontology_joins_the_package_one(bench: Workbench) -> None:
    """Turtle files in the workspace's ontology are read, and a mistake in them names its line."""
    bench.document()
    bench.write(
        "ontology/own.ttl", f"<http://a/Term> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{SG.Forum}> .\n"
    )
    assert "<http://a/Term>" in bench.quads()
    bench.write("ontology/own.ttl", "<http://a/Term>\n  x .\n")
    with pytest.raises(DataError, match=r"own\.ttl:2: not readable as Turtle"):
        bench.build()


def test_build_needs_a_workspace() -> None:
    """Outside a workspace a build says how to mark a folder."""
    with pytest.raises(WorkspaceError, match="An empty file marks one"):
        required_workspace(Workspace(None))
    here = Workspace.find(ROOT)
    assert required_workspace(here) is here


def test_readme_of_the_graph_tells_sizes_and_hashes(desk: Workbench) -> None:
    """The page beside the graph has each file's lines and SHA-256."""
    files = desk.build().files
    page = files["README.md"].decode()
    for name in FILES[:2]:
        text = files[name].decode()
        assert f"| `{name}` | {text.count(chr(10))} | `{sha256(text).removeprefix('sha256:')}` |" in page


def test_workspace_factory_writes_several_documents(workspace: Callable[..., Workbench]) -> None:
    """Two documents of one workspace are two documents of one graph."""
    made = workspace("", PLAIN, PLAIN)
    assert made.build().documents == 2
