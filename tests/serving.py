"""A server of its own process on loopback, and a client that sends exactly what a test says."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from workbench import command, environment


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode()

    @property
    def media(self) -> str:
        """Media type without parameters."""
        return str(self.headers["content-type"]).partition(";")[0]

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    def values(self, name: str) -> list[str]:
        """Values of one variable in SPARQL results JSON."""
        return [row[name]["value"] for row in self.json()["results"]["bindings"]]


class Client:
    """Asks the server on *port*, one connection a request."""

    def __init__(self, port: int, process: subprocess.Popen[str]) -> None:
        self.port, self.process = port, process

    def send(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None,
        *, timeout: float = 120,
    ) -> Reply:  # fmt: skip
        """One request as it is, and the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str = "*/*", **headers: str) -> Reply:
        """GET *path*."""
        return self.send("GET", path, {"Accept": accept, **headers})

    def query(self, text: str, accept: str = "application/sparql-results+json", **parameters: str) -> Reply:
        """GET /sparql with a query; names of parameters have ``_`` for ``-``."""
        named = {name.replace("_", "-"): value for name, value in parameters.items()}
        return self.get(f"/sparql?{urlencode({'query': text, **named}, quote_via=quote)}", accept)


@contextmanager
def served(cwd: Path, *options: str) -> Iterator[Client]:
    """A server of the workspace at *cwd*; it must end by itself on SIGTERM, without a word of complaint."""
    process = subprocess.Popen(
        command("serve", "--port", "0", *options), cwd=cwd, env=environment(), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        found = re.fullmatch(r"http://.*:(\d+)/\n", first)
        assert found, first + process.stderr.read()
        yield Client(int(found[1]), process)
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        assert process.wait(30) in {0, -signal.SIGTERM}
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
