"""The man page: every command is on it, and groff reads it without a complaint."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from samverkansgraf.cli import main
from samverkansgraf.cli.man import man_page
from test_cli import COMMANDS


def test_every_command_is_on_the_page() -> None:
    """Each command has a heading, its options and its two examples."""
    page = man_page(main, "1.2.3").replace("\\-", "-").replace("\\(aq", "'").replace("\\(ga", "`")
    assert page.startswith(
        '.TH SAMVERKANSGRAF 1 "" "samverkansgraf 1.2.3"\n.ad l\n.SH NAME\nsamverkansgraf \\- '.replace("\\-", "-")
    )
    for words, command in COMMANDS.items():
        section = page.partition(f".SS {' '.join(words)}\n")[2].partition("\n.SS ")[0]
        assert section.replace("--lang en ", "").count(f"samverkansgraf {' '.join(words)}") >= 3, words
        for parameter in command.params:
            for name in parameter.opts:
                assert not name.startswith("--") or name in section, (words, name)


@pytest.mark.skipif(not shutil.which("groff"), reason="MAN PAGE NOT READ BY GROFF: it is not installed")
def test_groff_reads_the_page() -> None:
    """Every warning of groff is on, and there is none."""
    made = subprocess.run(
        ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-P-c"],
        input=man_page(main, "1.2.3").encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, b"")
    assert "EXIT STATUS" in re.sub(".\x08", "", made.stdout.decode())
