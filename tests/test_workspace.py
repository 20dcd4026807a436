"""Where the folders are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from samverkansgraf.errors import WorkspaceError
from samverkansgraf.workspace import Workspace, package_root
from workbench import ROOT, Workbench

Maker = Callable[..., Workbench]


def test_marker_is_looked_for_here_and_above(bench: Workbench) -> None:
    """A command works from any folder of the workspace."""
    deep = bench.root / "data" / "prov"
    deep.mkdir(parents=True)
    assert Workspace.find(deep).root == bench.root


def test_without_a_marker_the_package_serves(tmp_path: Path) -> None:
    """Where no workspace is found, root is None and the graph is the package's own."""
    found = Workspace.find(tmp_path)
    assert found.root is None
    assert found.graph_folder == package_root() / "graph"
    assert found.map_file == Path.cwd() / "karta.html"


def test_the_checkout_is_the_package_itself() -> None:
    """The repository is the one workspace whose folders are not doubled."""
    here = Workspace.find(ROOT)
    assert here.is_package
    assert here.folders("ontology") == [ROOT / "ontology"]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("report_errors = 'javascript:alert(1)'", "give an e-mail address, or an https address"),
        ("report_errors = 'http://kommun.se'", "give an e-mail address, or an https address"),
        ("langage = 'sv'", "unknown setting 'langage'; known are prefixes, sources"),
        ("language = 1", "'language' should be a string"),
        ("language = 'de'", "language 'de'; known are sv, en"),
        ("prefixes = 'x'", "'prefixes' should be a table"),
        ("language = ", "cannot be read as TOML"),
    ],
)
def test_settings_that_mean_nothing_are_refused(workspace: Maker, settings: str, message: str) -> None:
    """An unknown key, a wrong kind of value or bad TOML names the file and what is known."""
    with pytest.raises(WorkspaceError, match=rf"samverkansgraf\.toml: .*{message}"):
        workspace(settings).workspace  # noqa: B018 - the look-up raises


def test_settings_are_used(workspace: Maker) -> None:
    """Language and prefixes come from the marker file."""
    found = workspace("language = 'en'\n[prefixes]\nprov = 'https://example.org/prov/'").workspace
    assert found.language == "en"
    assert found.prefixes == {"prov": "https://example.org/prov/"}
    assert Workspace(None).language == "sv"


def test_data_files_are_the_package_registers_and_the_own_documents(bench: Workbench) -> None:
    """Reference data of the package always applies; its documents do not, nor do hidden files."""
    bench.document()
    bench.write("data/prov/.hidden.yaml", "x")
    names = [path.relative_to(folder).as_posix() for folder, path in bench.workspace.data_files()]
    assert "reference/kommuner.csv" in names
    assert [name for name in names if not name.startswith("reference/")] == ["prov/avtal.yaml"]


def test_missing_graph_says_how_to_make_it(bench: Workbench) -> None:
    """A question before the first build says `samverkansgraf build`."""
    with pytest.raises(WorkspaceError, match="run `samverkansgraf build` first"):
        bench.workspace.graph_file  # noqa: B018 - the look-up raises


def test_sources_are_looked_for_in_order(workspace: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option comes first, then the environment, then the settings, then the folder sources."""
    made = workspace("sources = 'texter'")
    places = [tmp_path / "option", tmp_path / "environment", made.root / "texter", made.root / "sources"]
    for place in places:
        place.mkdir(exist_ok=True)
    monkeypatch.setenv("SAMVERKANSGRAF_SOURCES", str(places[1]))
    assert made.workspace.source_folders(places[0]) == places
    with pytest.raises(WorkspaceError, match="is not a folder"):
        made.workspace.source_folders(tmp_path / "none")
