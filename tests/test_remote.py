"""A SPARQL service that misbehaves: what is tried again, what is refused, and what is told."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engines
from samverkansgraf.errors import QueryError, StoreError
from samverkansgraf.store import build_in_force, publish, service
from samverkansgraf.store.dataset import PUBLISHED, SIGN, Names, default_graph
from samverkansgraf.store.remote import RemoteStore
from samverkansgraf.store.service import Service
from samverkansgraf.terms import BASE, DOC, GRAPH, RDF, SG
from samverkansgraf.workspace import Workspace

XML, N_QUADS = "application/sparql-results+xml", "application/n-quads"
ROWS = b"""<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>
<results><result><binding name="x"><literal>ja</literal></binding></result></results></sparql>"""
ASK = "SELECT ?x WHERE { ?x ?y ?z }"
Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Scripted:
    """A service that gives prepared replies, the last one again and again, and keeps what it was sent."""

    replies: list[Reply]
    seen: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    address: str = ""

    def reply(self) -> Reply:
        """The next reply."""
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def scripted(*replies: Reply) -> Iterator[Scripted]:
    """A scripted service on loopback."""
    script = Scripted(list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            script.seen.append((self.command, self.path, dict(self.headers), body))
            status, headers, content = script.reply()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_PUT = do_POST  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    script.address = f"http://127.0.0.1:{server.server_address[1]}/query"
    try:
        yield script
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def good(body: bytes = ROWS, media: str = XML, **headers: str) -> Reply:
    """An answer as it should be."""
    return 200, {"Content-Type": media, **headers}, body


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No waiting between tries, nobody's own credentials."""
    monkeypatch.setattr(service, "WAITS", (0.0, 0.0, 0.0))
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))
    for key in ("USER", "PASSWORD", "TOKEN", "TIMEOUT"):
        monkeypatch.delenv(service.ENVIRONMENT + key, raising=False)


def asked(script: Scripted, facts: str = "") -> list[str]:
    """Values of ``?x`` that the scripted service gives."""
    return [row["x"].value for row in RemoteStore(Service(script.address), facts).select(ASK)]


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_busy_service_is_asked_again(status: int) -> None:
    """A read that meets a busy service is tried again and then answered."""
    with scripted((status, {"Retry-After": "0"}, b""), good()) as script:
        assert ["ja"] == asked(script)
        assert len(script.seen) == 2


def test_busy_service_is_given_up() -> None:
    """After the last try the error says what the service said; a service that is not there is named."""
    with scripted((503, {}, b"full")) as script, pytest.raises(StoreError, match=r"failed \(503\): full"):
        asked(script)
    assert len(script.seen) == len(service.WAITS) + 1
    with pytest.raises(StoreError, match=r"cannot be reached .* is the service running there"):
        asked(script)


def test_write_is_never_sent_twice() -> None:
    """A write that may have been done is not tried again."""
    with scripted((503, {}, b"full")) as script, pytest.raises(StoreError, match="503"):
        Service(script.address).write("PUT", script.address, b"", "application/n-quads")
    assert [method for method, *_ in script.seen] == ["PUT"]


def test_exactly_one_default_graph_is_named() -> None:
    """Where facts have a graph of their own it is the one default graph, and no named graph is sent."""
    with scripted(good()) as script:
        asked(script, "https://example.org/facts/1")
        asked(script)
    forms = [parse_qs(body.decode()) for *_, body in script.seen]
    assert [form.get("default-graph-uri") for form in forms] == [["https://example.org/facts/1"], None]
    assert not any("named-graph-uri" in form for form in forms)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (good(ROWS[:-20]), "broke off in the middle"),
        (good(ROWS[:90], **{"Content-Length": str(len(ROWS))}), "broke off"),
        (good(**{"X-SPARQL-MaxRows": "10000"}), "cut the answer at 10000 rows; raise its ResultSetMaxRows"),
        (
            good(**{"X-SQL-Message": "Returning incomplete results. Activity: 1 rnd"}),
            "broke the query off: Returning inc",
        ),
        (good(b"<html>", "text/html"), "is text/html, not application/sparql-results"),
        ((301, {"Location": "https://example.org/sparql"}, b""), "has moved to https://example.org/sparql; give that"),
        ((401, {}, b""), r"refuses \(401\); set SAMVERKANSGRAF_STORE_USER"),
        ((500, {}, b"Virtuoso 42: wrong\n\nSPARQL query:\nSELECT secret"), r"failed \(500\): Virtuoso 42: wrong$"),
    ],
)
def test_answer_that_is_not_whole_is_an_error(reply: Reply, message: str) -> None:
    """A short answer never passes for the answer."""
    with scripted(reply) as script, pytest.raises(StoreError, match=message):
        asked(script)


def test_query_that_the_service_refuses_is_told() -> None:
    """A mistake is found before anything is sent; what only the service refuses is told in its words."""
    with scripted((400, {}, b"no such function")) as script:
        with pytest.raises(QueryError, match="Line 1, column"):
            RemoteStore(Service(script.address), "").select("SELECT ?x { ?x }")
        assert script.seen == []
        with pytest.raises(QueryError, match="cannot run this: no such function"):
            asked(script)


def test_silent_service_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The longest silence is a setting, and a wrong one is told."""
    monkeypatch.setenv(f"{service.ENVIRONMENT}TIMEOUT", "soon")
    with pytest.raises(StoreError, match="TIMEOUT is 'soon'; give seconds"):
        Service("http://127.0.0.1:1/query")
    monkeypatch.setenv(f"{service.ENVIRONMENT}TIMEOUT", "0.2")
    monkeypatch.setattr(service, "WAITS", ())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        script = Scripted([], address=f"http://127.0.0.1:{silent.getsockname()[1]}/query")
        with pytest.raises(StoreError, match=r"no answer in time \(ReadTimeout\); SAMVERKANSGRAF_STORE_TIMEOUT gives"):
            asked(script)


# ------------------------------------------------------------------------------------------------------- who asks


def test_address_with_a_password_is_refused() -> None:
    """A password in an address is seen by others; the error does not repeat it."""
    with pytest.raises(StoreError, match="seen by others") as caught:
        Service("https://anna:hemligt@example.org/sparql")
    assert "hemligt" not in str(caught.value)


def test_password_is_not_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over plain http to another machine nobody is told who asks."""
    monkeypatch.setenv(f"{service.ENVIRONMENT}TOKEN", "t")
    with pytest.raises(StoreError, match="in the clear; use https"):
        Service("http://example.org/sparql")


def test_token_and_name_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A token is sent at once; a name when the service demands it, from the environment or a netrc file."""
    basic = base64.b64encode(b"anna:hemligt").decode()
    demands = (401, {"WWW-Authenticate": 'Basic realm="x"'}, b"")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login anna password hemligt\n")
    netrc.chmod(0o600)
    settings: list[tuple[dict[str, str], str]] = [
        ({"TOKEN": "t"}, "Bearer t"),
        ({"USER": "anna", "PASSWORD": "hemligt"}, f"Basic {basic}"),
        ({}, f"Basic {basic}"),
    ]
    for variables, sent in settings:
        with monkeypatch.context() as patch, scripted(*([] if "TOKEN" in variables else [demands]), good()) as script:
            patch.setenv("NETRC", str(netrc))
            for key, value in variables.items():
                patch.setenv(service.ENVIRONMENT + key, value)
            assert ["ja"] == asked(script)
            assert script.seen[-1][2]["Authorization"] == sent


def test_digest_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that asks for Digest never sees the password."""
    monkeypatch.setenv(f"{service.ENVIRONMENT}USER", "anna")
    monkeypatch.setenv(f"{service.ENVIRONMENT}PASSWORD", "hemligt")
    demands = (401, {"WWW-Authenticate": 'Digest realm="x", nonce="n", qop="auth"'}, b"")
    with scripted(demands, demands, good()) as script:
        assert ["ja"] == asked(script)
    sent = [headers.get("Authorization", "") for _, _, headers, _ in script.seen]
    assert any(one.startswith("Digest ") for one in sent)
    assert not any("hemligt" in one or one.startswith("Basic") for one in sent)


# ------------------------------------------------------------------------------------------------- first contact


def answering(any_in: set[str], apart_in: set[str], *, unstated: bool = True) -> Callable[[str, str], bool]:
    """An engine: default graphs with which it has evidence, and those with which proposals stand apart."""

    def ask(text: str, graph: str) -> bool:
        if "NOT EXISTS" in text:
            return graph in apart_in
        return unstated if "?modality" in text else graph in any_in

    return ask


def test_names_of_a_build_are_put_in_and_taken_out() -> None:
    """A service that keeps builds beside each other is asked by the names of one, and answers by the names of all."""
    names = Names.new(7)
    passage = f"{DOC}avtal.0123abcd"
    body = ROWS.replace(b"<literal>ja</literal>", f"<uri>{names.there(passage)}</uri>".encode())
    text = f"SELECT ?x WHERE {{ VALUES ?x {{ <{passage}> }} ?x a <{SG.Passage}> }}"
    with scripted(good(body)) as script:
        store = RemoteStore(Service(script.address), names.facts)
        assert [row["x"].value for row in store.select(text)] == [passage]
    (sent,) = parse_qs(script.seen[-1][3].decode())["query"]
    assert (names.there(passage) in sent, passage in sent, SG.Passage in sent) == (True, False, True)
    assert Names.of(names.facts) == names
    assert (names.number, Names.of(f"{GRAPH}facts").number) == (7, 0)


@given(st.lists(st.sampled_from([DOC, GRAPH, f"{BASE}id/a", f"{SG.base}x", "7", "a", " "]), max_size=8).map("".join))
def test_names_that_are_put_in_come_out(text: str) -> None:
    """Whatever is sent comes back as it was, and in the same order among the names of other things."""
    names = Names.new(12)
    assert names.here(names.there(text).encode()).decode() == text
    iris = [f"{DOC}a", f"{DOC}b.12345678", f"{GRAPH}derived/x", f"{BASE}id/a/b", f"{SG.base}seats"]
    assert sorted(map(names.there, iris)) == list(map(names.there, sorted(iris)))


def test_default_graph_that_is_its_own_is_used() -> None:
    """Without a name where that keeps proposals apart, else the first known name that does."""
    sesame = "http://www.openrdf.org/schema/sesame#nil"
    assert not default_graph(answering({""}, {""}), "x")
    assert sesame == default_graph(answering({"", sesame}, {sesame}), "x")
    assert not default_graph(answering({""}, set(), unstated=False), "x")


def test_engine_that_cannot_be_placed_is_refused() -> None:
    """A union of all graphs would show proposals as facts; an empty service says how to fill it."""
    with pytest.raises(StoreError, match="is the union of all graphs, so that proposals would pass for facts"):
        default_graph(answering({""}, set()), "x")
    with pytest.raises(StoreError, match="holds no graph of this kind; run `samverkansgraf load --store x` first"):
        default_graph(answering(set(), set()), "x")


def test_highest_build_that_is_whole_is_in_force() -> None:
    """The number decides, not the order; the graph that numbers them is asked first."""
    number = '<literal datatype="http://www.w3.org/2001/XMLSchema#integer">{}</literal>'
    rows = "".join(
        f'<result><binding name="facts"><uri>urn:f:{n}</uri></binding>'
        f'<binding name="number">{number.format(n)}</binding></result>'
        for n in (9, 10)
    )
    body = ROWS[: ROWS.index(b"<head>")].decode() + '<head><variable name="facts"/><variable name="number"/></head>'
    with scripted(good(f"{body}<results>{rows}</results></sparql>".encode())) as script:
        assert RemoteStore.open(script.address).facts == "urn:f:10"
    assert parse_qs(script.seen[0][3].decode())["default-graph-uri"] == [PUBLISHED]


# ----------------------------------------------------------------------------------------------------- publishing


def test_unknown_engine_needs_an_address(tmp_path: Path) -> None:
    """What is not known is not guessed; --put sends the whole file once."""
    graph = tmp_path / "g.nq"
    graph.write_text('<urn:a> <urn:b> "c" .\n')
    with scripted(good()) as script:
        with pytest.raises(StoreError, match="is not one that is known; give --put ADDRESS"):
            publish(graph, script.address, lambda file: file)
        publish(graph, script.address, lambda file: file, put=f"{script.address}/data")
    method, path, headers, body = script.seen[-1]
    assert (method, path, headers["Content-Type"]) == ("PUT", "/query/data", "application/n-quads")
    assert graph.read_bytes() == body


def test_sign_of_a_build_on_oxigraph(tmp_path: Path) -> None:
    """Each build that is loaded leaves its own sign, the same build the same; no answer has it, and other PUTs none."""
    passage = f"{DOC}prov.00000000"
    lines = [f"<{passage}> <{RDF.type}> <{SG.Passage}> .\n", f"<urn:a> <urn:b> <urn:c> <{passage}> .\n"]
    graph = tmp_path / "g.nq"
    seen = []
    with engines.oxigraph(tmp_path / "server") as address:
        workspace = Workspace(None, store=address)
        for number in (3, 4, 4):
            graph.write_text("".join([*lines, f'<urn:a> <urn:seats> "{number}" .\n']))
            publish(graph, address, lambda file: file)
            seen.append(build_in_force(workspace))
            store = RemoteStore.open(address)
            assert [row["g"].value for row in store.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")] == [passage]
            assert not store.has_graph(seen[-1])
        httpx.put(address.replace("query", "store"), content=graph.read_bytes(), headers={"Content-Type": N_QUADS})
        assert build_in_force(workspace) == ""
    assert seen[0] != seen[1] == seen[2]
    assert all(one.startswith(SIGN) for one in seen)


def test_service_that_knows_no_empty_graph_has_no_sign() -> None:
    """An engine that refuses the question goes on without; the answer is that nothing tells one build from another."""
    with scripted((400, {}, b"no empty groups here")) as script:
        assert RemoteStore(Service(script.address), "").build == ""
    assert RemoteStore(Service(script.address), "urn:facts").build == "urn:facts"
