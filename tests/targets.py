"""What is fuzzed: functions of bytes that fail when a promise is broken, and inputs to begin with (see `fuzzing`)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from samverkansgraf.context import Context
from samverkansgraf.documents import read_document
from samverkansgraf.errors import QueryError
from samverkansgraf.guard import guard
from samverkansgraf.imports import read_import
from samverkansgraf.web.app import Server, routed
from samverkansgraf.web.evaluation import evaluation
from samverkansgraf.web.limits import Limits
from samverkansgraf.web.live import Page
from samverkansgraf.web.making import making
from samverkansgraf.web.worker import packed
from workbench import PLAIN, ROOT, Workbench

Target = Callable[[bytes], None]
KEYWORD = re.compile(r"(SERVIC|FRO|LOA)(E|M|D)", re.IGNORECASE)
NOTHING = ox.Store()
STATUSES = {200, 204, 303, 304, 400, 403, 404, 405, 406, 413, 414, 415, 421}
"""What the server answers to one client at a time; none of them is a fault of its own."""


def file_target(path: Path, read: Callable[[Path], object]) -> Target:
    """Whatever the file *path* holds is read or told."""

    def tried(data: bytes) -> None:
        path.write_bytes(data)
        assert read(path)

    return tried


def is_read(text: str) -> bool:
    """Whether the engine's parser takes *text* for a query."""
    try:
        NOTHING.query(text)
    except SyntaxError:
        return False
    except (OSError, RuntimeError, ValueError):
        return True
    return True


def hides_a_keyword(text: str) -> bool:
    """Whether the engine reads SERVICE, FROM or LOAD in *text* as a keyword: with a letter changed it reads no more.

    A name, a text, an address or a comment may hold the same letters: these can be changed.
    """
    changed = KEYWORD.sub(lambda found: found[1] + ("x" if found[2].islower() else "X"), text)
    return changed != text and is_read(text) and not is_read(changed)


def let_through(text: str) -> bool:
    """Whether the guard lets *text* through, where no graph may be named after FROM."""
    try:
        guard(text)
    except QueryError:
        return False
    return True


def guarded(data: bytes) -> None:
    """No query passes the guard in which the engine reads a word that leads outside."""
    text = data.decode("utf-8", "replace")
    assert not (let_through(text) and hides_a_keyword(text)), text


class Here:
    """The generation of a server whose workers are functions of this very process."""

    def __init__(self, bench: Workbench, limits: Limits) -> None:
        self.limits, self.now = limits, self
        self._evaluate, self._make = evaluation(bench.workspace, limits), making(bench.workspace, "sv")

    async def answer(self, question: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The answer of a query worker."""
        assert packed(question)
        return self._evaluate(question)

    async def shown(self, answer: Mapping[str, Any]) -> Page:
        """The page of an answer."""
        return self._page({"answer": answer})

    async def page(self, path: str, parameters: tuple[tuple[str, str], ...] = (), base: str = "") -> Page:
        """A page of the site."""
        return self._page({"path": path, "parameters": parameters, "base": base})

    def _page(self, question: Mapping[str, Any]) -> Page:
        assert packed(question)
        return Page.of(*self._make(question))


def http_target(folder: Path) -> Target:
    """Whatever is asked over HTTP, the answer is one that the server knows, and in it nothing runs."""
    bench = Workbench(folder)
    bench.document(PLAIN)
    bench.build().write(bench.graph.parent)
    limits = Limits(rows=50)
    application = routed(Server(Here(bench, limits)), hosts=(), origins=("https://a.example",))

    def tried(data: bytes) -> None:
        first, query, *headers, body = [*data.split(b"\n", 5), *[b""] * 5][:6]
        method, _, path = first.partition(b" ")
        named = [(name.lower(), value) for name, _, value in (line.partition(b": ") for line in headers)]
        asyncio.run(_asked(application, method.decode("latin-1"), path, named, query, body))

    return tried


async def _asked(
    application: Any, method: str, path: bytes, headers: list[tuple[bytes, bytes]], query: bytes, body: bytes
) -> None:
    """Send one request, and hold the answer to what is promised of every answer."""
    from urllib.parse import unquote

    sent: list[Any] = []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": unquote(path.decode("latin-1")), "raw_path": path, "query_string": query, "root_path": "",
        "headers": headers, "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 9),
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await application(scope, receive, send)
    answered = {name.decode("latin-1"): value.decode("latin-1") for name, value in sent[0]["headers"]}
    assert sent[0]["status"] in STATUSES, sent
    assert "unsafe" not in answered["content-security-policy"]
    assert answered["x-content-type-options"] == "nosniff"
    assert not re.search("[\r\n\0]", "".join((*answered, *answered.values())))
    if sent[0]["status"] >= 400 and method != "HEAD":
        assert answered["content-type"].startswith("text/plain") or b"<script>a" not in sent[1]["body"], sent


def yaml_target(folder: Path) -> Target:
    """A document."""
    context = Context(ROOT / "ontology" / "context.jsonld")
    return file_target(folder / "a.yaml", lambda path: read_document(path, context, file="a.yaml"))


TARGETS: dict[str, Callable[[Path], Target]] = {
    "yaml": yaml_target,
    "turtle": lambda folder: file_target(folder / "a.ttl", lambda path: read_import(path, file="a.ttl")),
    "jsonld": lambda folder: file_target(folder / "a.jsonld", lambda path: read_import(path, file="a.jsonld")),
    "guard": lambda _: guarded,
    "http": http_target,
}
"""What is fuzzed, made with a folder of its own for the files that it needs."""
SEEDS: dict[str, tuple[bytes, ...]] = {
    "yaml": (
        b"id: doc:a\nname: A\npassages:\n  - section: T\n    states:\n      - {id: vb:a, seats: '3'}\n",
        b"id: &a [*a, !x 'y', \"\\u0000\", | >]\n? - b\n: {c: 1e999}\n---\n# d\n",
    ),
    "turtle": (
        b'@prefix a: <urn:a:> .\na:b a a:c ; a:d \'e\'@sv, 1.5, """f"""^^a:g .\n',
        b"BASE <urn:x> <a> <b> [ ] , ( ), << <a> <b> <c> >> .",
    ),
    "jsonld": (
        b'{"@context":{"p":"urn:p","q":{"@id":"urn:q","@type":"@id"}},"@graph":[{"@id":"urn:a","p":"x","q":"urn:b"}]}',
        b'{"@id":"urn:a","urn:p":[{"@value":"x","@language":"sv"},{"@list":[1]},{"@set":[true,null]}],"@reverse":{}}',
    ),
    "guard": (
        b"PREFIX c: <http://127.0.0.1:9/> SELECT * FROM c:x FROM NAMED <urn:g> WHERE { ?a c:b ?c . FILTER(?a < 2) }",
        b"PREFIX c: <urn:c> ASK { OPTIONAL { ?a ?b true } SERVICE SILENT c:x { ?x ?y '''z''' } VALUES ?q { UNDEF } }",
        b"PREFIX SERVICE: <urn:c> SELECT ?from { ?from SERVICE:load 'LOAD' , 1.5e5 # FROM <x>\n}",
    ),
    "http": (
        b"GET /sparql\nquery=SELECT+%3Fs+%7B%3Fs+%3Fp+%3Fo%7D&format=csv\nhost: 127.0.0.1\naccept: text/html;q=0.1\n\n",
        b"POST /sparql\nnamed-graph-uri=urn%3Ag\nhost: [::1]:80\ncontent-type: application/sparql-query\n\nASK {}",
        b"POST /sparql\n\nhost: localhost\ncontent-type: application/x-www-form-urlencoded\n\nquery=ASK%7B%7D",
        b"GET /report/reporting.json\nof=R%C3%A5det&hops=2&at=2024-01-01&collection=Prov\nhost: localhost\n\n\n",
        b"GET /id/vasterbotten/radet\n\nhost: localhost\naccept: text/turtle, */*;q=0\n\n",
        b"OPTIONS /sparql\n\nhost: a\norigin: https://a.example\naccess-control-request-method: GET\n",
    ),
}
"""Inputs to begin with: what is right and what is wrong of each kind."""
WORDS = {
    "yaml": "id: type: name: passages: section: anchor: after: modality: states: skip: doc:a … - [ ] { } & * ! | > %",
    "turtle": r"""@prefix @base GRAPH a [] () << >> <urn:a> _:b ^^ @sv " ''' . ; , true 1e5 \u0000 # {| |}""" + ' """',
    "jsonld": "@context @id @type @graph @value @language @list @set @reverse @nest @json @base @import null 1e999 _:b",
    "guard": "SERVICE SILENT FROM NAMED LOAD <c:x> c:x _:b true UNDEF FILTER( BIND( VALUES OPTIONAL MINUS GRAPH '''"
    r' \u0053 @en ^^ 1e5 ?x<? || {?x<c:b>?z} # a.b. " \\ """',
    "http": "query= default-graph-uri= named-graph-uri= format= html table= collection= at= of= hops= %00 %ff + ; &"
    " HEAD /ns /doc/avtal .ttl /.well-known/void if-none-match: q=1.0 ../ %2e",
}
"""Words that fuzzing puts in, with space between."""
