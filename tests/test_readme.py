"""The README tells the truth: its sessions, its table of contents and its files."""

from __future__ import annotations

import doctest
import re

import pytest

from samverkansgraf.api import Graph
from workbench import ROOT, script

README = ROOT / "README.md"


def test_sessions_and_contents_are_what_the_commands_print_now(graph: Graph) -> None:
    """The page is what `make docs` would write."""
    maker, page = script("make_readme"), README.read_text("utf-8")
    assert maker.SESSION.search(page)
    assert maker.CONTENTS.search(page)
    assert page == maker.made(page, graph), "README.md is stale; run `make docs`"


def test_python_session_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line of Python on the page gives the result that is printed."""
    monkeypatch.chdir(ROOT)
    text = "\n".join(re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL))
    test = doctest.DocTestParser().get_doctest(text, {}, "README", str(README), 0)
    runner = doctest.DocTestRunner()
    runner.run(test)
    assert runner.tries > 0
    assert runner.failures == 0


def test_two_commands_do_the_set_up() -> None:
    """The page shows `make run` and `make test`, and the Makefile has both."""
    page, makefile = README.read_text("utf-8"), (ROOT / "Makefile").read_text("utf-8")
    for door in ("run", "test"):
        assert f"make {door}" in page
        assert re.search(rf"^{door}:", makefile, re.MULTILINE)


def test_every_file_named_on_the_page_exists() -> None:
    """Paths in backticks and pictures are there, except what is written at run time."""
    page = README.read_text("utf-8")
    named = set(re.findall(r"`((?:docs|ontology|graph|queries)/[\w./-]+|[A-Z]+\.md)`", page)) | set(
        re.findall(r"\]\(([^)]+)\)", page)
    )
    missing = {name for name in named if not (ROOT / name).exists()} - {"graph/karta.html"}
    assert not missing
