"""Engines of others, started on loopback in a folder of their own and stopped by process id."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

VIRTUOSO = "virtuoso-t"
SETTINGS = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
MaxQueryMem = 2G
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 10
[SPARQL]
ResultSetMaxRows = 100000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 0
"""


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def await_answer(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Wait until *url* answers an ASK; the process ending first is an error."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        try:
            if httpx.get(url, params={"query": "ASK {}"}, trust_env=False, timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{url} gives no answer")


@contextmanager
def running(command: list[str], url: str) -> Iterator[None]:
    """A server that runs while the block does; it is ended by its own id."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_answer(url, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """Oxigraph's server on *folder*; the address of its query service."""
    port = free_port()
    program = Path(sys.executable).with_name("oxigraph")
    url = f"http://127.0.0.1:{port}/query"
    with running([str(program), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"], url):
        yield url


def virtuoso_is_here() -> bool:
    """Whether Debian's package is installed."""
    return shutil.which(VIRTUOSO) is not None


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Virtuoso on *folder*; the address of its query service."""
    http, sql = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(SETTINGS.format(folder=folder, http=http, sql=sql))
    url = f"http://127.0.0.1:{http}/sparql"
    with running([VIRTUOSO, "-f", "-c", str(settings)], url):
        yield url
