"""A reporting chain as text that other programs draw."""

from __future__ import annotations

from ..errors import OutputError
from ..maps.chain import Chain
from .request import Request


def mermaid(request: Request) -> bytes:
    """For Markdown that draws ``mermaid``."""
    return _chain(request, "mermaid").mermaid(str(request.of)).encode()


def dot(request: Request) -> bytes:
    """For Graphviz."""
    return _chain(request, "dot").dot(str(request.of)).encode()


def _chain(request: Request, fmt: str) -> Chain:
    if request.of is None:
        raise OutputError(f"{fmt} shows the chain that begins in one body; name it with --of, such as --of PKD.")
    return Chain(request.knowledge, request.words)
