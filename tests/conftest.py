"""Fixtures that every test module may use."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

import samverkansgraf
from samverkansgraf.api import Graph
from samverkansgraf.context import Context
from workbench import ROOT, Workbench

# A shell that starts the tests in the background has them ignore Ctrl-C, and all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The built graph of this repository."""
    return samverkansgraf.open(ROOT)


@pytest.fixture(scope="session")
def context() -> Context:
    """The project's authoring vocabulary."""
    return Context(ROOT / "ontology" / "context.jsonld")


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[..., Workbench]:
    """A maker of tiny workspaces: ``workspace(settings, passages…)`` writes one document for each string of passages."""  # noqa: E501

    def make(settings: str = "", *passages: str) -> Workbench:
        bench = Workbench(tmp_path / "workspace", settings)
        for number, text in enumerate(passages):
            bench.document(text, stem=f"avtal{number or ''}")
        return bench

    return make


@pytest.fixture
def bench(workspace: Callable[..., Workbench]) -> Workbench:
    """An empty workspace."""
    return workspace()


@pytest.fixture(scope="session")
def sources() -> Path:
    """Folder with the real source texts; tests that need them are skipped, loudly, where it is not there."""
    folder = ROOT.parent / "shared" / "sources"
    if not folder.is_dir():
        pytest.skip(
            f"NOT TESTED AGAINST THE SOURCES: {folder} is missing; anchors and names were not looked up in any text"
        )
    return folder
