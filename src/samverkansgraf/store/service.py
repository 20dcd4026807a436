"""Requests to a SPARQL service: who asks, how long, how often, and what went wrong.

Who asks comes from the environment (``SAMVERKANSGRAF_STORE_USER`` with ``…_PASSWORD``, or ``…_TOKEN``) or a netrc file,
is sent over https or to this machine only, and never stands in an address. ``SAMVERKANSGRAF_STORE_TIMEOUT`` is the
longest silence in seconds.
"""

from __future__ import annotations

import os
import re
import time
import weakref
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager

import httpx

from ..errors import QueryError, StoreError

ENVIRONMENT = "SAMVERKANSGRAF_STORE_"
TIMEOUT = 300.0
"""Longest silence of a service, in seconds, unless the environment says otherwise."""
WAITS = (0.2, 1.0, 3.0)
"""Seconds between the tries of a read."""
_BUSY = frozenset({429, 502, 503, 504})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST_WAIT = 30.0
_SHOWN = 300


class Service:
    """One address of a SPARQL service."""

    def __init__(self, address: str) -> None:
        url = httpx.URL(address)
        if url.userinfo:
            raise StoreError(
                f"{url.copy_with(userinfo=b'')}: a name or password in an address is seen by others; "
                f"set {ENVIRONMENT}USER and {ENVIRONMENT}PASSWORD, or use a netrc file."
            )
        self.address = str(url)
        timeout = httpx.Timeout(_seconds(), connect=10.0)
        self._client = httpx.Client(auth=_credentials(url), timeout=timeout, follow_redirects=False)
        weakref.finalize(self, self._client.close)

    @contextmanager
    def read(self, form: Mapping[str, str | Sequence[str]], accept: str) -> Iterator[httpx.Response]:
        """Post a query and stream the answer; where the service is away or busy it is asked again, a few times."""
        for wait in (*WAITS, None):
            try:
                response = self._send("POST", self.address, data=dict(form), headers={"Accept": accept}, stream=True)
            except StoreError:
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
        self._refuse_failure(response)

    def _send(self, method: str, address: str, *, stream: bool = False, **parts: object) -> httpx.Response:
        try:
            return self._client.send(self._client.build_request(method, address, **parts), stream=stream)  # type: ignore[arg-type]
        except httpx.TimeoutException as exc:
            raise StoreError(
                f"{address}: no answer in time ({type(exc).__name__}); {ENVIRONMENT}TIMEOUT gives it longer."
            ) from exc
        except httpx.HTTPError as exc:
            raise StoreError(f"{address}: cannot be reached ({exc}); is the service running there?") from exc

    def _refuse_failure(self, response: httpx.Response) -> None:
        """Nothing when the answer is whole; else an error with what the service said."""
        status, place = response.status_code, response.request.url.copy_with(query=None)
        if cut := response.headers.get("x-sparql-maxrows"):
            raise StoreError(f"{place}: the service cut the answer at {cut} rows; raise its ResultSetMaxRows.")
        if state := response.headers.get("x-sql-message"):
            raise StoreError(f"{place}: the service broke the query off: {state.partition('Activity')[0].strip()}")
        if response.is_success:
            return
        response.read()
        said = re.sub(r"\s+", " ", response.text.partition("SPARQL query:")[0]).strip()[:_SHOWN]
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


def _seconds() -> float:
    given = os.environ.get(f"{ENVIRONMENT}TIMEOUT", "")
    if given and not re.fullmatch(r"[0-9]+(\.[0-9]+)?", given):
        raise StoreError(f"{ENVIRONMENT}TIMEOUT is {given!r}; give seconds, for example 60.")
    return float(given or TIMEOUT)


def _asked_to_wait(response: httpx.Response, wait: float) -> float:
    asked = response.headers.get("retry-after", "")
    return min(float(asked), _LONGEST_WAIT) if asked.isdigit() else wait


def _credentials(url: httpx.URL) -> httpx.Auth | None:
    """Who asks; None where nobody is named. Over plain http to another machine nobody is told."""
    user, password, token = (os.environ.get(ENVIRONMENT + key) for key in ("USER", "PASSWORD", "TOKEN"))
    if not user and not token and (found := _netrc(url.host)):
        user, password = found
    if not user and not token:
        return None
    if url.scheme != "https" and url.host not in _LOOPBACK:
        raise StoreError(f"{url}: a password would be sent in the clear; use https://.")
    return _Credentials(user or "", password or "", token)


def _netrc(host: str) -> tuple[str, str] | None:
    import netrc

    try:
        found = netrc.netrc(os.environ.get("NETRC")).authenticators(host)
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError) as exc:
        raise StoreError(f"The netrc file cannot be read: {exc}") from exc
    return (found[0], found[2] or "") if found else None


class _Credentials(httpx.Auth):
    """Tells who asks in the way that the service demands: a token, else Digest or Basic."""

    def __init__(self, user: str, password: str, token: str | None) -> None:
        self.token = token
        self._digest = httpx.DigestAuth(user, password)
        self._basic = httpx.BasicAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self.token:
            request.headers["Authorization"] = f"Bearer {self.token}"
            yield request
        elif self._chosen:
            yield from self._chosen.auth_flow(request)
        else:
            response = yield request
            challenge = response.headers.get("www-authenticate", "").lower()
            if response.status_code == 401 and challenge:
                self._chosen = self._digest if challenge.startswith("digest") else self._basic
                yield from self._chosen.auth_flow(request)
