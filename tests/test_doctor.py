"""`doctor` says what is wrong and what is only advice."""

from __future__ import annotations

import webbrowser

import pytest
from click.testing import CliRunner

from samverkansgraf.cli import main
from samverkansgraf.reports.doctor import doctor
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace
from workbench import ROOT, Workbench


def states(workspace: Workspace) -> tuple[dict[str, tuple[str, ...]], bool]:
    """State, what was seen and advice, by what was looked at; and whether nothing is wrong."""
    report, healthy = doctor(workspace, texts("sv"))
    return {str(row.cells[0]): tuple(map(str, row.cells[1:])) for row in report.tables[0].rows}, healthy


def test_built_workspace_is_well(bench: Workbench) -> None:
    """A fresh graph and every source are good; what is optional is advice and does not fail."""
    bench.write("samverkansgraf.toml", 'publisher = "P"\ncontact = "a@b.se"\nlicence = "https://x.se/l"\n')
    bench.document()
    bench.build().write(bench.root / "graph")
    found, healthy = states(bench.workspace)
    assert healthy
    assert found["byggd graf"] == ("bra", "aktuell", "")
    assert found["källtexter"] == ("bra", "1 av 1", "")
    assert found["inställningar för publicering"][0] == "bra"
    assert found["befolkningstal"] == ("råd", "saknas", "samverkansgraf reference population FIL")


def test_stale_graph_is_wrong_and_missing_source_is_advice(bench: Workbench) -> None:
    """A changed document makes the graph stale; a text that is not there is told."""
    path = bench.document()
    bench.build().write(bench.root / "graph")
    path.write_text(path.read_text("utf-8").replace("Rådet", "Nämnden"), "utf-8")
    (bench.root / "sources" / "avtal.txt").unlink()
    found, healthy = states(bench.workspace)
    assert not healthy
    assert found["byggd graf"][0] == "fel"
    assert "samverkansgraf.nq" in found["byggd graf"][1]
    assert found["källtexter"][:2] == ("råd", "0 av 1")
    assert found["inställningar för publicering"][1] == "inte angivet: publisher, contact, licence"


def test_findings_in_data_are_wrong(bench: Workbench) -> None:
    """Documents that do not build are counted."""
    bench.document("  - section: A\n")
    found, healthy = states(bench.workspace)
    assert (healthy, found["byggd graf"][0], "fynd" in found["byggd graf"][1]) == (False, "fel", True)


def test_no_workspace_and_no_browser_are_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a workspace the package's graph answers; a machine without a browser is no fault."""

    def none(_: object = None) -> None:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    found, healthy = states(Workspace(None))
    assert healthy
    assert found["arbetsyta"][0] == found["webbläsare"][0] == "råd"


def test_exit_code_follows(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """1 when something is wrong, in either language; 0 in this repository."""
    monkeypatch.chdir(bench.root)
    bench.document()
    made = CliRunner().invoke(main, ["--lang", "en", "doctor"])
    assert (made.exit_code, "stale" in made.stdout) == (1, True)
    monkeypatch.chdir(ROOT)
    assert CliRunner().invoke(main, ["doctor"]).exit_code == 0
