"""Containerfile, as far as it can be tried without a container engine."""

from __future__ import annotations

import json
import re
import shlex
import tomllib

import click
import pytest

from samverkansgraf.cli import main
from workbench import ROOT

TEXT = (ROOT / "Containerfile").read_text("utf-8")
CALLS = re.findall("^podman run .*", (ROOT / "docs" / "servern.md").read_text("utf-8"), re.MULTILINE)
STEPS = [
    tuple(line.split(maxsplit=1))
    for line in TEXT.replace("\\\n", " ").splitlines()
    if line and not line.startswith("#")
]
LAST = dict(STEPS[max(place for place, step in enumerate(STEPS) if step[0] == "FROM") :])
"""The steps of the image that is kept; none is there twice."""


def understood(name: str, *words: str) -> dict[str, object]:
    """What the command *name* takes *words* for."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return {"command": name, **command.make_context(name, list(words), **main.context_settings).params}


def test_it_serves_every_network_as_nobody_in_particular() -> None:
    """The image runs the program's own command, on the port that it tells, as a user without a name or rights."""
    assert json.loads(LAST["ENTRYPOINT"]) == ["samverkansgraf"]
    served = understood(*json.loads(LAST["CMD"]))
    assert (served["command"], served["host"], str(served["port"])) == ("serve", "0.0.0.0", LAST["EXPOSE"])  # noqa: S104
    assert all(int(one) >= 1000 for one in LAST["USER"].split(":"))


def test_what_the_wheel_is_made_of_is_let_in() -> None:
    """.dockerignore keeps everything out but what the build reads."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {path.partition("/")[0] for path in wheel["packages"]} | wheel["force-include"].keys()
    needed |= {"pyproject.toml", "hatch_build.py", project["project"]["readme"], *project["project"]["license-files"]}
    rules = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in rules
    assert {rule[1:] for rule in rules if rule.startswith("!")} == needed
    assert all((ROOT / path).exists() for path in needed)


@pytest.mark.parametrize("line", CALLS)
def test_calls_of_the_handbook_are_understood(line: str) -> None:
    """What stands behind the image's name is a command with its options; ports and folders are those of the image."""
    words = shlex.split(line, comments=True)
    image = words.index("samverkansgraf")
    assert understood(*(words[image + 1 :] or json.loads(LAST["CMD"])))["command"] in {"serve", "build"}
    assert all(words[place + 1].endswith(f":{LAST['EXPOSE']}") for place, word in enumerate(words) if word == "-p")
    mounted = [words[place + 1].split(":")[1] for place, word in enumerate(words) if word == "-v"]
    assert set(mounted) <= {LAST["WORKDIR"]}
