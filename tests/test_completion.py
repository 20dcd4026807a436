"""Completion: what is offered, how fast, and that a real bash and a real fish take it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time

import pytest
from click.shell_completion import get_completion_class
from click.testing import CliRunner

from samverkansgraf.cli import main
from test_cli import desk  # noqa: F401 - a fixture
from workbench import ROOT, Workbench, environment


def offered(*words: str) -> list[str]:
    """What is offered after *words*, the last of which is being typed."""
    kind = get_completion_class("zsh")
    assert kind is not None
    complete = kind(main, {}, "samverkansgraf", "_SAMVERKANSGRAF_COMPLETE")
    return [item.value for item in complete.get_completions(list(words[:-1]), words[-1])]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("show", "Rå"), ["Rådet"]),
        (("show", "ru"), ["RU"]),
        (("show", "skott"), ["Utskottet"]),
        (("report", "gaps", "--collection", "P"), ["Prov"]),
        (("path", "RU", "Rå"), ["Rådet"]),
        (("query", "prov/"), ["prov/bereder"]),
        (("report", "gap"), ["gaps"]),
        (("export", "--format", "gr"), ["graphml"]),
        (("show", "finns inte"), []),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("desk")
def test_names_are_offered(words: tuple[str, ...], expected: list[str]) -> None:
    """Names of things, collections, named queries, reports and formats, whatever the case."""
    assert offered(*words) == expected


def test_nothing_is_offered_before_the_first_build(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a graph there are no names, and no error in the middle of the line."""
    monkeypatch.chdir(bench.root)
    assert offered("show", "R") == []


def test_names_are_kept_until_the_graph_changes(desk: Workbench) -> None:  # noqa: F811
    """They are read from a small file, and anew after a build or when the file is broken."""
    assert offered("show", "Rå") == ["Rådet"]
    kept = desk.root / ".cache" / "names.json"
    assert json.loads(kept.read_text("utf-8"))["collections"] == ["Prov"]
    kept.write_text("{", "utf-8")
    assert offered("show", "Rå") == ["Rådet"]
    built = desk.root / "graph" / "samverkansgraf.nq"
    built.write_text(built.read_text("utf-8").replace("Rådet", "Rådslaget"), "utf-8")
    assert offered("show", "Rå") == ["Rådslaget"]


def test_completion_is_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """With names kept, a new process answers in a second and a half even on a busy machine."""
    monkeypatch.chdir(ROOT)
    assert "Region Västerbotten" in offered("show", "Region")
    asked = {"_SAMVERKANSGRAF_COMPLETE": "zsh_complete", "COMP_WORDS": "samverkansgraf show Region", "COMP_CWORD": "2"}
    code = "from samverkansgraf.cli import main; main(prog_name='samverkansgraf')"
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        made = subprocess.run([sys.executable, "-c", code], env=environment(**asked), capture_output=True, check=False)
        times.append(time.perf_counter() - begun)
        assert "Region Västerbotten" in made.stdout.decode()
    assert min(times) < 1.5


@pytest.mark.skipif(not shutil.which("bash"), reason="COMPLETION NOT TRIED IN BASH: it is not installed")
def test_bash_puts_in_one_word(desk: Workbench) -> None:  # noqa: F811
    """A real bash loads the script and gets a name with a space as one quoted word."""
    desk.document(
        "  - section: Titel\n    anchor: Avtal … samverkan\n    states:\n"
        "      - {id: samling:prov, type: Collection, calledHere: Prov}\n"
        "      - {id: vb:x, type: Network, name: Nätet i norr}\n"
    )
    desk.build().write(desk.root / "graph")
    tool = desk.write("samverkansgraf", f"#!/bin/sh\nexec {sys.executable} -c "
        "\"from samverkansgraf.cli import main; main(prog_name='samverkansgraf')\" \"$@\"\n")  # fmt: skip
    tool.chmod(0o755)
    script = CliRunner().invoke(main, ["completion", "bash"]).stdout
    lines = (
        f"{script}\nCOMP_WORDS=(samverkansgraf show Nät); COMP_CWORD=2\n_samverkansgraf_completion ./samverkansgraf\n"
    )
    made = subprocess.run(
        ["bash", "-c", lines + 'printf "%s\\n" "${COMPREPLY[@]}"'],
        cwd=desk.root, env=environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert made.stdout.decode().splitlines() == ["'Nätet i norr'"], made.stderr.decode()


@pytest.mark.skipif(not shutil.which("fish"), reason="COMPLETION NOT TRIED IN FISH: it is not installed")
def test_fish_offers_names(desk: Workbench) -> None:  # noqa: F811
    """A real fish loads the script and is offered a name, a report with its help, and a named query."""
    tool = desk.write("bin/samverkansgraf", f"#!/bin/sh\nexec {sys.executable} -c "
        "\"from samverkansgraf.cli import main; main(prog_name='samverkansgraf')\" \"$@\"\n")  # fmt: skip
    tool.chmod(0o755)
    asked = ("show Rå", "report gap", "query prov/")
    lines = ["samverkansgraf completion fish | source", *(f"complete -C 'samverkansgraf {words}'" for words in asked)]
    env = environment(PATH=f"{tool.parent}:{os.environ['PATH']}", HOME=str(desk.root))
    made = subprocess.run(
        ["fish", "-N", "-c", "; ".join(lines)], cwd=desk.root, env=env, capture_output=True, check=False
    )
    names = [line.split("\t")[0] for line in made.stdout.decode().splitlines()]
    assert names == ["Rådet", "gaps", "prov/bereder"], made.stderr.decode()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script_of_each_shell_calls_the_program(shell: str) -> None:
    """The script asks the program in the way that shell is answered."""
    script = CliRunner().invoke(main, ["completion", shell]).stdout
    assert f"_SAMVERKANSGRAF_COMPLETE={shell}_complete" in script
