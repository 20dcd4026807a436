"""The SPARQL 1.1 Protocol: what a request asks, or why it asks nothing (W3C Recommendation, section 2.1)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from .limits import Limits

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = "GET, HEAD, POST, OPTIONS"
READ_METHODS = "GET, HEAD, OPTIONS"
_BODY_SECONDS = 10.0
_DISCARDED = 8
"""How many times too large a body may be and still be read to its end, so that the client gets to see the answer."""


@dataclass
class Refused(Exception):  # noqa: N818 - reads as a state where it is caught
    """A request that is answered by a status and a sentence."""

    status: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the graphs of its dataset; no query where the client asks for the service itself."""

    query: str | None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    format: str = ""
    """Name of a format that stands above Accept: what a link or a form of a page can say."""


async def asked(request: Request, limits: Limits) -> Asked:
    """What *request* asks; `Refused` when it is no request of the protocol."""
    address = pairs(request.scope["query_string"], "query string")
    if request.method in {"GET", "HEAD"}:
        return _asked(address)
    if (coding := request.headers.get("content-encoding", "identity").strip().lower()) != "identity":
        text = f"Send the query as it is; this is encoded as {coding[:30]}."
        raise Refused(415, text, {"Accept-Encoding": "identity"})
    media, charset = _content_type(request.headers.get("content-type", ""))
    if media == UPDATE:
        raise Refused(403, "This service only reads; updates are refused.")
    if media not in {FORM, QUERY}:
        raise Refused(415, f"Send a query as {FORM} or {QUERY}; this is {media or 'of no type'}.")
    if charset not in {"", "utf-8", "utf8"}:
        raise Refused(415, f"Send the query as UTF-8; this is {charset[:30]}.")
    sent = await body(request, limits.body)
    if media == FORM:
        if {name for name, _ in address} & {"query", "default-graph-uri", "named-graph-uri", "update"}:
            raise Refused(400, "A form sends every parameter in its body, none in the address.")
        found = _asked(pairs(sent, "form"))
    else:
        found = _asked([*address, ("query", _text(sent, "query"))])
    if found.query is None:
        raise Refused(400, "The form has no parameter query.")
    return found


def _asked(parameters: Iterable[tuple[str, str]]) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise Refused(403, "This service only reads; updates are refused.")
    queries = values.get("query", [])
    if len(queries) > 1:
        raise Refused(400, f"A request holds one query; this holds {len(queries)}.")
    default, named = (tuple(values.get(f"{kind}-graph-uri", ())) for kind in ("default", "named"))
    if not queries and (default or named):
        raise Refused(400, "Graphs are named, but there is no parameter query that asks them.")
    return Asked(queries[0] if queries else None, default, named, values.get("format", [""])[0])


async def body(request: Request, most: int) -> bytes:
    """The body of *request*; `Refused` when it is larger than *most* bytes, or comes too slowly."""
    parts, size = [], 0
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size <= most:
                    parts.append(part)
                elif size > most * _DISCARDED:
                    break
    except TimeoutError as exc:
        raise Refused(408, "The body came too slowly.", {"Connection": "close"}) from exc
    except ClientDisconnect as exc:
        raise Refused(400, "The body ended too early.") from exc
    if size > most:
        raise Refused(413, f"The body is larger than {most} bytes.", {"Connection": "close"})
    return b"".join(parts)


def pairs(text: bytes, where: str) -> list[tuple[str, str]]:
    """(name, value) of every parameter of a query string or form; `Refused` when it is not UTF-8 or has hundreds."""
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=500)
    except ValueError as exc:
        raise Refused(400, f"The {where} is not percent-encoded UTF-8, or has more than 500 fields.") from exc


def _text(sent: bytes, what: str) -> str:
    try:
        return sent.decode()
    except UnicodeDecodeError as exc:
        raise Refused(400, f"The {what} is not UTF-8 (byte {exc.start}).") from exc


def _content_type(header: str) -> tuple[str, str]:
    """Media type and charset of a Content-Type header, in lower case."""
    media, *parameters = header.lower().split(";")
    named = dict(parameter.strip().partition("=")[::2] for parameter in parameters)
    return media.strip(), named.get("charset", "").strip('"')
