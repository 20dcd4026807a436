"""New workspaces and documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkansgraf.build import build
from samverkansgraf.errors import WorkspaceError
from samverkansgraf.scaffold import make_document, make_workspace
from samverkansgraf.workspace import Workspace
from workbench import PLAIN, Workbench, run


def test_new_workspace_builds_covers_its_text_and_validates(tmp_path: Path) -> None:
    """The example builds at once, without a result of validation, every letter of its text read or skipped."""
    make_workspace(tmp_path / "ny", name="Region Örnskog")
    workspace = Workspace.find(tmp_path / "ny")
    made = build(workspace, sources=workspace.source_folders())
    assert made.summary()[0].endswith("validates clean.")
    (coverage,) = made.coverages
    assert coverage.untouched == 0
    assert list(workspace.prefixes) == ["ornskog"]
    assert b'"Region \xc3\x96rnskog"' in made.files["samverkansgraf.nq"]


@pytest.mark.parametrize(
    ("name", "prefix", "message"),
    [
        ("Sala", "vb", "is taken"),
        ("Sala", "Sala", "should be a–z"),
        ("Sala", "../sala", "should be a–z"),
        ("!!!", "", "should be a–z"),
        ('Sala"\n[x]', "sala", "cannot be a region's name"),
        (" ", "sala", "cannot be a region's name"),
    ],
)
def test_names_that_cannot_be_are_refused(tmp_path: Path, name: str, prefix: str, message: str) -> None:
    """A prefix that is taken or malformed, and a name that would break the settings, write nothing."""
    with pytest.raises(WorkspaceError, match=message):
        make_workspace(tmp_path / "ny", name=name, prefix=prefix)
    assert not (tmp_path / "ny").exists()


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    """A folder that holds one of the files, or lies in a workspace, is not touched."""
    (tmp_path / "README.md").write_text("egen", "utf-8")
    with pytest.raises(WorkspaceError, match=r"README\.md is there already"):
        make_workspace(tmp_path, name="Sala")
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    make_workspace(tmp_path / "a", name="Sala")
    with pytest.raises(WorkspaceError, match="lies in the workspace"):
        make_workspace(tmp_path / "a" / "b", name="Sala")


def test_document_goes_to_its_collection(bench: Workbench) -> None:
    """The only collection is taken; several must be named; a new name makes one."""
    bench.document(PLAIN.replace("calledHere: Prov", "name: Prov"))
    for stem in ("ett", "tva", "tre"):
        bench.write(f"sources/{stem}.txt", "Rådet består av tre.\n")
    made = make_document(bench.workspace, "ett.txt")
    assert made.path == bench.root / "data" / "prov" / "ett.yaml"
    assert made.places == 1
    assert make_document(bench.workspace, "tva", collection="Ny samling").path.parent.name == "ny-samling"
    with pytest.raises(WorkspaceError, match="Give the document's --collection; there are: Ny samling, Prov"):
        make_document(bench.workspace, "tre")
    assert make_document(bench.workspace, "tre", collection="samling:prov").path.parent.name == "prov"
    assert bench.findings() == []


def test_document_needs_its_text_and_a_free_name(bench: Workbench) -> None:
    """A text that is not there, in another encoding, or read already is told."""
    bench.document()
    with pytest.raises(WorkspaceError, match=r"nytt\.txt is not among the sources; run `samverkansgraf sources add"):
        make_document(bench.workspace, "nytt", collection="Prov")
    with pytest.raises(WorkspaceError, match="is there already; go on in it"):
        make_document(bench.workspace, "avtal", collection="samling:prov")
    (bench.root / "sources" / "latin.txt").write_bytes("Rådet".encode("latin-1"))
    with pytest.raises(WorkspaceError, match="is not UTF-8; `samverkansgraf sources add` reads"):
        make_document(bench.workspace, "latin", collection="samling:prov")


def test_commands_begin_a_workspace_and_a_document(tmp_path: Path) -> None:
    """`init` lists what it wrote, `new document` says how much there is to read; outside a workspace it is refused."""
    done = run("init", "ny", "--name", "Sala", cwd=tmp_path)
    assert done.returncode == 0
    assert b"data/sala/exempel-overenskommelse.yaml" in done.stderr
    (tmp_path / "ny" / "sources" / "nytt.txt").write_text("Rådet består av tre.\n", "utf-8")
    done = run("new", "document", "nytt", cwd=tmp_path / "ny")
    assert b"nytt.yaml: 1 place to read." in done.stderr
    assert run("new", "document", "nytt", cwd=tmp_path).returncode == 1
