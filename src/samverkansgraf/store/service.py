"""Requests to a SPARQL service: how long, how often, how much, and what went wrong.

``SAMVERKANSGRAF_STORE_TIMEOUT`` is the longest silence in seconds, ``SAMVERKANSGRAF_STORE_LONGEST`` the longest time
that a whole answer may take (no limit unless it is set). Nothing is taken compressed: a small answer could be endless.
"""

from __future__ import annotations

import math
import os
import re
import time
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

import httpx

from ..errors import QueryError, StoreError
from .credentials import ENVIRONMENT, checked, credentials

TIMEOUT = 300.0
"""Longest silence of a service, in seconds, unless the environment says otherwise."""
WAITS = (0.2, 1.0, 3.0)
"""Seconds between the tries of a read."""
_BUSY = frozenset({429, 502, 503, 504})
_LONGEST_WAIT = 30.0
_MOST_SAID = 1 << 16
"""Bytes that are read of what a service says beside answers to queries."""
_SHOWN = 300
_DIRECT: dict[str, httpx.BaseTransport | None] = dict.fromkeys(("all://localhost", "all://127.0.0.1", "all://[::1]"))
"""This machine is asked without the proxy that the environment may name: it would read passwords."""


class _AwayError(StoreError):
    """The service did not answer; a read may be tried again."""


class Service:
    """A SPARQL service: the address of its queries, and those of its writes."""

    def __init__(self, address: str) -> None:
        url = checked(address)
        self.address = str(url)
        self._home = url.host
        self._who: dict[str, httpx.Auth | None] = {}
        self._longest = _seconds("LONGEST", math.inf)
        self._client = httpx.Client(
            timeout=httpx.Timeout(_seconds("TIMEOUT", TIMEOUT), connect=10.0), follow_redirects=False,
            headers={"Accept-Encoding": "identity"}, mounts=_DIRECT,
            event_hooks={"response": [partial(_bounded, self._longest)]},
        )  # fmt: skip
        weakref.finalize(self, self._client.close)
        self._asks(url)

    @contextmanager
    def read(self, form: Mapping[str, str | Sequence[str]], accept: str) -> Iterator[httpx.Response]:
        """Post a query and stream the answer; where the service is away or busy it is asked again, a few times."""
        for wait in (*WAITS, None):
            try:
                response = self._send("POST", self.address, data=dict(form), headers={"Accept": accept})
            except _AwayError:
                if wait is None:
                    raise
                time.sleep(wait)
                continue
            if wait is None or response.status_code not in _BUSY:
                break
            response.close()
            time.sleep(_asked_to_wait(response, wait))
        try:
            self._refuse_failure(response)
            yield response
        finally:
            response.close()

    def engine(self) -> str:
        """What the service calls itself, in lower case; empty where it does not say."""
        with self.read({"query": "ASK {}"}, "application/sparql-results+xml") as response:
            return str(response.headers.get("server", "")).lower()

    def write(self, method: str, address: str, content: object, media: str, *, size: int | None = None) -> None:
        """Send *content* (of *size* bytes, when it is streamed) once: a write that may be done is not tried again."""
        headers = {"Content-Type": media} | ({} if size is None else {"Content-Length": str(size)})
        response = self._send(method, address, content=content, headers=headers)
        try:
            _cut(response, self._longest)
            self._refuse_failure(response)
        finally:
            response.close()

    def admit(self, *addresses: str) -> None:
        """Hold *addresses* (empty: none) that will be written to to the same rules as the store's own."""
        for address in filter(None, addresses):
            self._asks(checked(address))

    def parts(self, response: httpx.Response) -> Iterator[bytes]:
        """What comes of the body of *response*, part by part, for as long as an answer may take."""
        return _parts(response, self._longest)

    def _asks(self, url: httpx.URL) -> httpx.Auth | None:
        """Who asks at *url*, found once for every machine."""
        origin = f"{url.scheme}://{url.netloc.decode()}"
        if origin not in self._who:
            self._who[origin] = credentials(url, self._home)
        return self._who[origin]

    def _send(self, method: str, address: str, **parts: object) -> httpx.Response:
        url = checked(address)
        who = self._asks(url)
        try:
            return self._client.send(self._client.build_request(method, url, **parts), auth=who, stream=True)  # type: ignore[arg-type]
        except httpx.TimeoutException as exc:
            raise _AwayError(
                f"{address}: no answer in time ({type(exc).__name__}); {ENVIRONMENT}TIMEOUT gives it longer."
            ) from exc
        except (httpx.HTTPError, UnicodeError) as exc:
            raise _AwayError(f"{address}: cannot be reached ({exc}); is the service running there?") from exc

    def _refuse_failure(self, response: httpx.Response) -> None:
        """Nothing when the answer is whole; else an error with what the service said."""
        status, place = response.status_code, _place(response)
        if cut := response.headers.get("x-sparql-maxrows"):
            raise StoreError(f"{place}: the service cut the answer at {cut} rows; raise its ResultSetMaxRows.")
        if state := response.headers.get("x-sql-message"):
            raise StoreError(f"{place}: the service broke the query off: {state.partition('Activity')[0].strip()}")
        if response.is_success:
            return
        text = response.read().decode("utf-8", "replace")  # whatever charset it names: some of those expand too
        said = re.sub(r"\s+", " ", text.partition("SPARQL query:")[0]).strip()[:_SHOWN]
        if response.has_redirect_location:
            raise StoreError(f"{place}: the service has moved to {response.headers['location']}; give that address.")
        if status in {401, 403}:
            raise StoreError(
                f"{place}: the service refuses ({status}); set {ENVIRONMENT}USER and {ENVIRONMENT}PASSWORD, "
                f"or {ENVIRONMENT}TOKEN, or use a netrc file."
            )
        if status == 400:
            raise QueryError(f"{place}: the service cannot run this: {said}")
        raise StoreError(f"{place}: the service failed ({status}): {said or response.reason_phrase}")


def _place(response: httpx.Response) -> httpx.URL:
    """Address that was asked, without the question."""
    return response.request.url.copy_with(query=None)


def _parts(response: httpx.Response, longest: float) -> Iterator[bytes]:
    until = time.monotonic() + longest
    try:
        for part in response.stream:  # type: ignore[union-attr]
            yield part
            if time.monotonic() > until:
                raise StoreError(
                    f"{_place(response)}: the answer was not whole after {longest:g} s; "
                    f"{ENVIRONMENT}LONGEST gives it longer."
                )
    except httpx.HTTPError as exc:
        raise _AwayError(f"{_place(response)}: the answer broke off ({exc}); ask again.") from exc


def _bounded(longest: float, response: httpx.Response) -> None:
    """Refuse what is compressed and keep the beginning of what is no answer, before anybody reads it."""
    if coding := response.headers.get("content-encoding", "").replace("identity", ""):
        response.close()
        raise StoreError(
            f"{_place(response)}: the answer ({response.status_code}) is compressed ({coding}), unasked; "
            "have the service, or the proxy before it, send it plain."
        )
    if not response.is_success:
        _cut(response, longest)


def _cut(response: httpx.Response, longest: float) -> None:
    """Keep only the beginning of the body."""
    said, stream = b"", response.stream
    for part in _parts(response, longest):
        said += part
        if len(said) >= _MOST_SAID:
            break
    stream.close()  # type: ignore[union-attr]
    response.stream = httpx.ByteStream(said[:_MOST_SAID])


def _seconds(setting: str, otherwise: float) -> float:
    given = os.environ.get(f"{ENVIRONMENT}{setting}", "")
    if given and not re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", given):
        raise StoreError(f"{ENVIRONMENT}{setting} is {given!r}; give seconds, for example 60.")
    return float(given or otherwise)


def _asked_to_wait(response: httpx.Response, wait: float) -> float:
    asked = response.headers.get("retry-after", "")
    return min(float(asked), _LONGEST_WAIT) if re.fullmatch("[0-9]+", asked) else wait
