"""The server: pages and data by path, content negotiation for things, SPARQL."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Lifespan

from ..terms import BASE, ONTOLOGY_GRAPH
from ..workspace import Workspace
from . import negotiation
from .limits import Limits
from .live import Generation, Live, Page
from .negotiation import Form
from .pool import Busy, Stopped
from .protocol import METHODS, READ_METHODS, Asked, Refused, asked, pairs
from .security import Gate, preflight
from .sending import Sending

_ENDED = re.compile(r".+\.(?:html|ttl|jsonld|json|nt|csv|tsv|xlsx|zip)")
_NAMED = re.compile(r"(?:id|doc|graph)/.+|ns")
_PASSAGE = re.compile(r"(doc/.+)\.([0-9a-f]{8})")
_GRAPH_FILE = re.compile(r"((?:doc|graph)/.+|ns)\.(ttl|nt|jsonld)")
_GRAPH_FORMAT = {"ttl": ("text/turtle", "turtle"), "nt": negotiation.GRAPHS[1], "jsonld": negotiation.GRAPHS[2]}
_HTML = (negotiation.PAGE, "html")
_PAGE_ROWS = 1000
"""Rows of an answer that is read as a page."""
_GRAPH_QUERY = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
Endpoint = Callable[[Request], Awaitable[Response]]


class Server:
    """Answers requests from the graph that is live."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.sending = Sending(live.limits.sending)

    @property
    def now(self) -> Generation:
        """The graph that answers now; a request takes it once and stays with it."""
        return self.live.now

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol; without a query the editor for people, the service description for programs."""
        if request.method == "OPTIONS":
            return _options(request, METHODS)
        question = await asked(request, self.live.limits)
        if question.query is not None:
            return await self._ask(request, question)
        if negotiation.best(_accept(request), (_HTML, *negotiation.GRAPHS)) == _HTML:
            return self._page(request, await self.now.page("sparql.html"), vary=True)
        return await self.description(request)

    async def description(self, request: Request) -> Response:
        """Service description and VoID."""
        if request.method == "OPTIONS":
            return _options(request, READ_METHODS)
        media, fmt = _chosen(request, negotiation.GRAPHS)
        found = await self.now.page(f"service.{fmt}", (), str(request.base_url))
        return self._page(request, replace(found, media=_with_charset(media)), vary=True)

    async def page(self, request: Request) -> Response:
        """A page or a file of the site; a thing's own address leads to the form that the client likes best."""
        if request.method == "OPTIONS":
            return _options(request, READ_METHODS)
        path = request.path_params["path"] or "index.html"
        parameters = tuple(pairs(request.scope["query_string"], "query string"))
        if _NAMED.fullmatch(path) and not _ENDED.fullmatch(path):
            return await self._see_other(request, path)
        return await self._file(request, path, parameters)

    async def _file(self, request: Request, path: str, parameters: tuple[tuple[str, str], ...] = ()) -> Response:
        """A file of the site, else the triples of a named graph."""
        found = await self.now.page(path, parameters)
        if found.status == 404 and (graph := _GRAPH_FILE.fullmatch(path)):
            return await self._graph(request, graph[1], _GRAPH_FORMAT[graph[2]])
        return self._page(request, found)

    async def _see_other(self, request: Request, path: str) -> Response:
        """303 to the page or the data of the thing, document, passage, graph or vocabulary at *path*."""
        passage = _PASSAGE.fullmatch(path)
        is_graph = passage or path == "ns" or path.startswith("graph/")
        _, ending = _chosen(request, negotiation.THINGS[:3] if is_graph else negotiation.THINGS)
        page, fragment = (f"{passage[1]}.html", f"#p-{passage[2]}") if passage else (f"{path}.html", "")
        target = page if ending == "html" else f"{path}.{ending}"
        if (await self._file(request, target)).status_code >= 400:
            raise Refused(404, f"There is nothing at /{path[:200]}.", {"Vary": "Accept"})
        location = quote(target.rpartition("/")[2]) + (fragment if ending == "html" else "")
        return Response(status_code=303, headers={"Location": location, "Vary": "Accept"})

    async def _graph(self, request: Request, path: str, form: tuple[str, str]) -> Response:
        """The triples of one named graph; the vocabulary's own address gives the graph that holds it."""
        graph = ONTOLOGY_GRAPH if path == "ns" else BASE + path
        found = await self._answer(request, Asked(_GRAPH_QUERY, default=(graph,)), None, form)
        return PlainTextResponse(f"There is nothing at /{path[:200]}.\n", 404) if found.status_code == 400 else found

    async def _ask(self, request: Request, question: Asked) -> Response:
        forms = negotiation.forms(_accept(request), question.format)
        if forms is None:
            raise Refused(400, f"There is no format {question.format[:30]!r}.")
        return await self._answer(request, question, *forms)

    async def _answer(self, request: Request, question: Asked, results: Form, graphs: Form) -> Response:
        """The answer of a query worker, in a page where a person asks; headers tell where it was cut."""
        now, link = self.now, f"{request.base_url}sparql.html#cut"
        rows = _PAGE_ROWS if _HTML in {results, graphs} else self.live.limits.rows
        head, body = await now.answer({
            "query": question.query, "default": question.default, "named": question.named, "link": link, "rows": rows,
            "results": results and ("json" if results == _HTML else results[1]),
            "graphs": graphs and ("turtle" if graphs == _HTML else graphs[1]),
        })  # fmt: skip
        chosen = {"results": results, "graphs": graphs}.get(head["kind"])
        if chosen == _HTML:
            cut = head["rows"] if head["cut"] else None
            told = {"query": question.query, "kind": head["kind"], "body": body.decode(), "cut": cut}
            return self._page(request, await now.shown(told), vary=True)
        headers = {"Content-Type": _with_charset(chosen[0] if chosen else "text/plain"), "Vary": "Accept"}
        if head.get("cut"):
            headers["Warning"] = f'199 - "Cut after {head["rows"]} rows; there are more."'
            headers["Link"] = f'<{link}>; rel="help"'
        return self.sending.answer(body, head["status"], headers)

    def _page(self, request: Request, page: Page, *, vary: bool = False) -> Response:
        """*page*, or 304 where the client has it already."""
        headers = {"Content-Type": page.media, "Content-Security-Policy": page.policy}
        headers |= {"Vary": "Accept"} if vary else {}
        if page.status == 200:
            headers |= {"ETag": page.tag, "Cache-Control": "no-cache"}
            seen = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
            if seen & {page.tag, "*"}:
                return Response(status_code=304, headers=headers)
        return self.sending.answer(page.body, page.status, headers)


def app(
    workspace: Workspace, lang: str, limits: Limits, *, hosts: Collection[str], origins: Collection[str],
    sources: Sequence[Path] = (),
) -> ASGIApp:  # fmt: skip
    """The application: serves the graph of *workspace* to *hosts*, and lets pages of *origins* read the answers.

    Full texts of documents stand in its pages only where *sources*, folders, hold them.
    """
    live = Live(workspace, lang, limits, sources)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await live.start()
        yield
        await live.close()

    return routed(Server(live), lifespan, hosts=hosts, origins=origins)


def routed(
    server: Server, lifespan: Lifespan[Starlette] | None = None, *, hosts: Collection[str], origins: Collection[str]
) -> ASGIApp:
    """What *server* answers, by path and method, behind the gate."""
    routes = [
        Route("/sparql", _kept(server.sparql), methods=METHODS.split(", ")),
        Route("/.well-known/void", _kept(server.description), methods=READ_METHODS.split(", ")),
        Route("/{path:path}", _kept(server.page), methods=READ_METHODS.split(", ")),
    ]
    inner = Starlette(routes=routes, lifespan=lifespan)
    inner.router.redirect_slashes = False  # an address that is not there is told, not guessed
    return Gate(inner, hosts=hosts, origins=origins, limits=server.live.limits)


def _kept(endpoint: Endpoint) -> Endpoint:
    """*endpoint* with what it refuses turned into answers."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as exc:
            return PlainTextResponse(f"{exc.text}\n", exc.status, dict(exc.headers))
        except Busy as exc:
            return PlainTextResponse(f"{exc}\n", 503, {"Retry-After": "2"})
        except Stopped as exc:
            return PlainTextResponse(f"{exc}\n", 503)

    return answer


def _accept(request: Request) -> str:
    return ",".join(request.headers.getlist("accept"))


def _chosen(request: Request, offered: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """What of *offered* the client likes best; 406 where it takes none."""
    form = negotiation.best(_accept(request), offered)
    if form is None:
        kinds = ", ".join(dict.fromkeys(media for media, _ in offered))
        raise Refused(406, f"This can be had as {kinds}; the Accept header takes none of them.", {"Vary": "Accept"})
    return form


def _options(request: Request, methods: str) -> Response:
    asked_for = request.headers.get("access-control-request-method")
    return Response(status_code=204, headers=dict(preflight(asked_for, methods)))


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
