"""Where results go, and in which format."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from click.testing import CliRunner

from samverkansgraf.api import Graph
from samverkansgraf.cli import main
from workbench import ROOT


@pytest.mark.parametrize(("ending", "begins"), [("xlsx", b"PK"), ("json", b"{"), ("md", b"# "), ("html", b"<!doctype")])
def test_ending_of_the_file_is_its_format(
    ending: str, begins: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --format the file's ending says what it is to be."""
    monkeypatch.chdir(ROOT)
    target = tmp_path / f"svar.{ending}"
    assert CliRunner().invoke(main, ["report", "legal", "-o", str(target)]).exit_code == 0
    assert target.read_bytes().startswith(begins)


@pytest.mark.parametrize("fails", [False, True])
def test_memory_is_not_searched_while_a_report_is_made(fails: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search for garbage rests meanwhile, and goes on afterwards, also when the report cannot be made."""
    monkeypatch.chdir(ROOT)
    searching, report = [], Graph.report

    def seen(graph: Graph, name: str, **options: object) -> object:
        searching.append(gc.isenabled())
        return report(graph, "no-such-report" if fails else name, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Graph, "report", seen)
    assert gc.isenabled()
    assert CliRunner().invoke(main, ["report", "legal"]).exit_code == int(fails)
    assert (searching, gc.isenabled()) == ([False], True)


@pytest.mark.parametrize(("fmt", "name"), [("excel", "svar.xlsx"), ("xlsx", "svar.csv")])
def test_workbook_under_another_name_is_refused(
    fmt: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that Excel could not open is not written."""
    monkeypatch.chdir(ROOT)
    target = tmp_path / name
    done = CliRunner().invoke(main, ["report", "legal", "--format", fmt, "-o", str(target)])
    assert done.exit_code == 1
    assert "do not go together" in done.output
    assert not target.exists()


def test_unknown_term_in_a_query_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class or property that the vocabulary does not have can match nothing, and the person hears it."""
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(main, ["query", "-"], input="SELECT ?x { ?x a sg:Netwrok }")
    assert done.exit_code == 0
    assert "sg:Netwrok" in done.stderr
