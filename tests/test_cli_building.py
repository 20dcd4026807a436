"""Rebuilding at every save."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable

from workbench import PLAIN, Workbench, command, environment


def said(process: subprocess.Popen[str], until: str) -> str:
    """What the process has said up to a line that holds *until*."""
    assert process.stderr is not None
    heard = []
    for line in process.stderr:
        heard.append(line)
        if until in line:
            return "".join(heard)
    raise AssertionError("".join(heard))


def test_saving_builds_again_and_findings_leave_the_old_graph(workspace: Callable[..., Workbench]) -> None:
    """A saved mistake is shown and writes nothing; mended, it is built; Ctrl-C ends without a fault."""
    bench = workspace("", PLAIN)
    document, graph = bench.root / "data" / "prov" / "avtal.yaml", bench.graph
    whole = document.read_text("utf-8")
    started = subprocess.Popen(
        command("watch"), cwd=bench.root, env=environment(PYTHONUNBUFFERED="1"), stderr=subprocess.PIPE, text=True
    )
    try:
        assert "1 document" in said(started, "Ctrl-C ends it")
        built = graph.read_bytes()
        document.write_text(whole.replace("name: R\u00e5det", "namn: R\u00e5det"), "utf-8")
        assert "avtal.yaml:" in said(started, "1 finding")
        assert built == graph.read_bytes()
        document.write_text(whole.replace("name: R\u00e5det", "name: R\u00e5dslaget"), "utf-8")
        said(started, "validates clean")
        started.send_signal(signal.SIGINT)
        assert started.wait(60) == 0
        assert "R\u00e5dslaget" in graph.read_text("utf-8")
    finally:
        started.kill()
        started.communicate()
