"""What every answer carries, and which requests are turned away before anything is done with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .limits import Limits

CROWDED = "crowded"
"""Name in the state of a request that came over a connection too many."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_META = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_NOTHING = "default-src 'none'"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def policy(body: bytes, media: str) -> str:
    """The content security policy of an answer: a page's own, which names its scripts by hash; else nothing at all.

    >>> policy(b"{}", "application/json")
    "default-src 'none'; frame-ancestors 'none'"
    """
    own = _META.search(body[:20_000]) if media.startswith("text/html") else None
    return f"{_unescaped(own[1].decode()) if own else _NOTHING}; frame-ancestors 'none'"


def _unescaped(text: str) -> str:
    return text.replace("&#39;", "'").replace("&amp;", "&")


class Gate:
    """Lets through requests for hosts that the server answers for, with an address of bounded length."""

    def __init__(
        self, app: ASGIApp, *, hosts: Collection[str], origins: Collection[str] = (), limits: Limits | None = None
    ) -> None:
        self.app, self.origins = app, frozenset(origins)
        self.hosts = LOOPBACK | {host.lower() for host in hosts}
        self.limits = limits or Limits()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        added = _ALWAYS | self._shared_with(headers.get("origin", ""))

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), added)
            await send(message)

        await (self._refusal(scope, headers) or self.app)(scope, receive, dressed)

    def _refusal(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        if scope.get("state", {}).get(CROWDED):
            text = "There are too many connections; try again in a moment.\n"
            return PlainTextResponse(text, 503, {"Retry-After": "2", "Connection": "close"})
        hosts = headers.getlist("host")
        name = re.sub(r":[0-9]*\Z", "", hosts[0]).lower() if len(hosts) == 1 else ""
        if name not in self.hosts:
            text = f"This server does not answer for the host {name[:100]!r}; --allow-host lets it.\n"
            return PlainTextResponse(text, 421)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > self.limits.address:
            text = f"The address is longer than {self.limits.address} bytes; send a long query with POST.\n"
            return PlainTextResponse(text, 414)
        return None

    def _shared_with(self, origin: str) -> dict[str, str]:
        """Headers that let pages of another origin read the answer, where the server was told to allow it."""
        if not self.origins:
            return {"Cross-Origin-Resource-Policy": "same-origin"}
        shown = "*" if "*" in self.origins else origin if origin in self.origins else ""
        allowed = {"Access-Control-Allow-Origin": shown, "Access-Control-Expose-Headers": "Warning"} if shown else {}
        return allowed | ({} if shown == "*" else {"Vary": "Origin"})


def _add(headers: MutableHeaders, added: Mapping[str, str]) -> None:
    for name, value in added.items():
        if name == "Vary":
            headers.add_vary_header(value)
        else:
            headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", policy(b"", ""))


def preflight(requested: str | None, methods: str) -> Mapping[str, str]:
    """Headers of the answer to OPTIONS; those of CORS where a browser asks before it sends."""
    asking = {"Access-Control-Allow-Methods": methods, "Access-Control-Allow-Headers": "Content-Type, Accept"}
    return {"Allow": methods} | (asking if requested else {})
