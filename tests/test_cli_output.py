"""Where results go, and in which format."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from samverkansgraf.api import Graph
from samverkansgraf.cli import main
from samverkansgraf.cli.output import emit
from workbench import ROOT, command, environment


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


@pytest.mark.parametrize(("terminal", "shown"), [(True, b"[2JUme\xc3\xa5\n"), (False, b"\x1b[2JUme\xc3\xa5\n")])
def test_label_takes_no_command_of_a_terminal(
    terminal: bool, shown: bytes, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Control characters of the graph are left out where they would act; a pipe gets what there is."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    emit("\x1b[2JUmeå\n".encode(), None, "csv")
    assert capsysbinary.readouterr().out == shown


def test_unknown_term_in_a_query_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class or property that the vocabulary does not have can match nothing, and the person hears it."""
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(main, ["query", "-"], input="SELECT ?x { ?x a sg:Netwrok }")
    assert done.exit_code == 0
    assert "sg:Netwrok" in done.stderr


def test_output_follows_a_link_and_leaves_a_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link stays a link to the new file; a pipe is written to, and stays one."""
    monkeypatch.chdir(ROOT)
    target, link, pipe = tmp_path / "ny" / "fil.csv", tmp_path / "länk.csv", tmp_path / "rör"
    target.parent.mkdir()
    link.symlink_to(target)
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    for place in (link, pipe):
        made = CliRunner().invoke(main, ["queries", "--format", "csv", "-o", str(place)], catch_exceptions=False)
        assert made.exit_code == 0, made.output
    assert link.is_symlink()
    assert pipe.is_fifo()
    assert target.read_bytes() == reader.communicate(timeout=30)[0] != b""
    full = CliRunner().invoke(main, ["queries", "--format", "csv", "-o", "/dev/full"])
    assert (full.exit_code, "/dev/full cannot be written" in full.stderr) == (1, True)


@pytest.mark.parametrize("seconds", ["nan", "inf", "-1", "0", "1e400"])
def test_time_limit_is_a_number_of_seconds(seconds: str) -> None:
    """What is no time is a mistake in the call."""
    made = CliRunner().invoke(main, ["query", "platser/summa-mot-angivet", f"--timeout={seconds}"])
    assert made.exit_code == 2
    assert "--timeout" in made.stderr


def test_full_standard_output_is_told() -> None:
    """What cannot be printed is an error of ours, and the program ends with it."""
    with Path("/dev/full").open("wb") as full:
        made = subprocess.run(
            command("queries"), cwd=ROOT, env=environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (made.returncode, made.stderr) == (1, "Error: Standard output cannot be written: No space left on device\n")


AT_THE_END = """
import atexit, sys, threading
from samverkansgraf.cli import run
atexit.register(lambda: print("at the end", flush=True))
if sys.argv[1] == "busy":
    threading.Timer(1, lambda: print("done", flush=True)).start()
sys.argv = ["samverkansgraf", *sys.argv[2:]]
run()
"""


@pytest.mark.parametrize(("busy", "last"), [("idle", ["at the end"]), ("busy", ["done", "at the end"])])
@pytest.mark.parametrize(("args", "code"), [(["--version"], 0), (["query", "nope"], 1), (["--nope"], 2)])
def test_program_does_what_is_left_and_keeps_its_code(busy: str, last: list[str], args: list[str], code: int) -> None:
    """What is registered for the end runs, work under way is waited for, and the exit code is the command's."""
    words = [sys.executable, "-c", AT_THE_END, busy, *args]
    made = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert made.returncode == code
    assert made.stdout.splitlines()[-len(last) :] == last
