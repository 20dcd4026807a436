"""Fuzzed for a bounded time, led by coverage; whatever was found once is tried every time.

``SAMVERKANSGRAF_SOAK=200`` fuzzes each target for that many seconds instead of two (``make soak``).
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from targets import TARGETS, hides_a_keyword, is_read, let_through
from workbench import ROOT, environment

SECONDS = os.environ.get("SAMVERKANSGRAF_SOAK", "2")
LIMITS = (
    f"-max_total_time={SECONDS}",
    "-seed=1",
    "-timeout=20",
    "-rss_limit_mb=1500",
    "-max_len=2000",
    "-verbosity=0",
    "-close_fd_mask=1",
)
FOUND: dict[str, tuple[bytes, ...]] = {"http": (b"GET\n\nhost: localhost",)}
"""What fuzzing found, by target."""


@pytest.mark.parametrize("name", TARGETS)
def test_fuzzing_finds_nothing(name: str, tmp_path: Path) -> None:
    """No input within a bounded time breaks a promise, or takes too long or too much."""
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("NOT FUZZED: atheris is not installed; it has no package for this Python or this system")
    words = [sys.executable, str(ROOT / "tests" / "fuzzing.py"), name, str(tmp_path), *LIMITS]
    done = subprocess.run(words, env=environment(), cwd=tmp_path, capture_output=True, text=True, check=False)
    artefacts = [path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith(("crash", "timeout", "oom"))]
    assert (done.returncode, artefacts) == (0, []), done.stderr[-3000:]


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, inputs in FOUND.items() for data in inputs])
def test_what_was_found_once(name: str, data: bytes, tmp_path: Path) -> None:
    """An input that broke a promise breaks none now."""
    TARGETS[name](tmp_path)(data)


@pytest.mark.parametrize(
    ("text", "hides"),
    [
        ("SELECT * { SERVICE <urn:s> { ?x ?y ?z } }", True),
        ("SELECT * { service silent<urn:s>{?x ?y ?z}}", True),
        ("PREFIX c: <urn:c> SELECT * {SERVICEc:x {?x ?y ?z}}", True),
        ("SELECT * FROM <urn:g> { ?x ?y ?z }", True),
        ("PREFIX from: <urn:c> SELECT ?from { ?from from:load 'SERVICE' } # FROM", False),
        ("SELECT * { ?x ?y ?z }", False),
    ],
)
def test_fuzzing_would_see_a_hidden_keyword(text: str, hides: bool) -> None:
    """The measure that fuzzing holds the guard to tells a keyword from the same letters elsewhere."""
    assert is_read(text)
    assert hides_a_keyword(text) is hides
    assert let_through(text) is not hides
