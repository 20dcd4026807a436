"""Who asks a SPARQL service: told to the machine it is meant for, and to no other.

A name or token comes from the environment (``SAMVERKANSGRAF_STORE_USER`` with ``…_PASSWORD``, or ``…_TOKEN``) and is
meant for the machine of the store, or from a netrc file and is meant for the machine that stands there. It is sent over
https or to this machine only, and never stands in an address.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator

import httpx

from ..errors import StoreError

ENVIRONMENT = "SAMVERKANSGRAF_STORE_"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_TOKEN = re.compile(r"[!-~]+")
_NAME = re.compile(r"[^\x00-\x1f\x7f]*")
_SHOWN = 100


def checked(address: str) -> httpx.URL:
    """*address* as one that can be asked; `StoreError` repeats no password that stands in it."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:  # its own words may be a password
        seen = address.rpartition("@")[2]
        raise StoreError(f"{seen!r} is no address that can be read; give one like https://HOST/query.") from None
    if url.userinfo:
        raise StoreError(
            f"{url.copy_with(userinfo=b'')}: a name or password in an address is seen by others; "
            f"set {ENVIRONMENT}USER and {ENVIRONMENT}PASSWORD, or use a netrc file."
        )
    if url.scheme not in {"http", "https"} or not url.host:
        raise StoreError(f"{url}: a SPARQL service has an address like https://HOST/query.")
    return url


def credentials(url: httpx.URL, home: str) -> httpx.Auth | None:
    """Who asks at *url*, for a store on the machine *home*; None where nobody is named for that machine."""
    given = _environment()
    found = given if given and url.host == home else _netrc(url.host)
    if found is None:
        if given:
            raise StoreError(
                f"{url}: the name or token in {ENVIRONMENT}… is for {home}, and {url.host} is another machine; "
                "put who asks there in a netrc file."
            )
        return None
    if url.scheme != "https" and url.host not in _LOOPBACK:
        raise StoreError(f"{url}: a password would be sent in the clear; use https://.")
    return found


def _environment() -> _Credentials | None:
    """Who asks according to the environment; a line break at the end, as a file of a secret has, is no part of it."""
    user, password, token = (
        os.environ.get(ENVIRONMENT + key, "").strip("\r\n") for key in ("USER", "PASSWORD", "TOKEN")
    )
    if token and not _TOKEN.fullmatch(token):
        raise StoreError(f"{ENVIRONMENT}TOKEN holds what a token cannot: a space, a line break or a letter like å.")
    if not _NAME.fullmatch(user):
        raise StoreError(f"{ENVIRONMENT}USER holds a line break or another control character.")
    return _Credentials(user, password, token) if user or token else None


def _netrc(host: str) -> _Credentials | None:
    """Who asks *host* according to the netrc file; its ``default`` names nobody, for it is meant for no machine."""
    import netrc

    path = os.environ.get("NETRC")
    try:
        found = netrc.netrc(path).hosts.get(host)
    except FileNotFoundError:
        return None
    except netrc.NetrcParseError as exc:  # its own words may be a password
        raise StoreError(f"{exc.filename}, line {exc.lineno}: cannot be read as a netrc file.") from None
    except (OSError, UnicodeDecodeError) as exc:
        raise StoreError(f"{path or '~/.netrc'}: cannot be read as a netrc file: {exc}") from exc
    return _Credentials(found[0], found[2] or "", "") if found else None


class _Credentials(httpx.Auth):
    """Tells who asks in the way that the service demands: a token, else Digest or Basic."""

    def __init__(self, user: str, password: str, token: str) -> None:
        self._token = token
        self._digest = httpx.DigestAuth(user, password)
        self._basic = httpx.BasicAuth(user, password)
        self._chosen: httpx.Auth | None = None
        self._challenge = ""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Requests that tell more and more; a challenge that cannot be met is an error of the store."""
        try:
            yield from self._told(request)
        except (KeyError, ValueError, NotImplementedError, httpx.ProtocolError) as exc:  # of httpx's Digest
            raise StoreError(
                f"{request.url}: the service asks who we are in a way that is not known "
                f"({self._challenge[:_SHOWN]}); set {ENVIRONMENT}TOKEN, or have it ask for Basic over https."
            ) from exc

    def _told(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request
        elif self._chosen:
            yield from self._chosen.auth_flow(request)
        else:
            response = yield request
            self._challenge = response.headers.get("www-authenticate", "")
            if response.status_code == 401 and self._challenge:
                self._chosen = self._digest if self._challenge.lower().startswith("digest") else self._basic
                yield from self._chosen.auth_flow(request)
