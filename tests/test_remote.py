"""A SPARQL service that misbehaves: what is tried again, what is refused, and what is told."""

from __future__ import annotations

import base64
import gzip
import os
import socket
import threading
import weakref
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
from samverkansgraf.store import build_in_force, publish, remote, service
from samverkansgraf.store.dataset import PUBLISHED, SIGN, Names, default_graph
from samverkansgraf.store.remote import RemoteStore
from samverkansgraf.store.service import Service
from samverkansgraf.terms import BASE, DOC, GRAPH, RDF, SG
from samverkansgraf.workspace import Workspace

XML, N_QUADS = "application/sparql-results+xml", "application/n-quads"
ROWS = b"""<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>
<results><result><binding name="x"><literal>ja</literal></binding></result></results></sparql>"""
TRUTH = ROWS[: ROWS.index(b"<head>")] + b"<head/><boolean>true</boolean></sparql>"
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
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
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


def written(script: Scripted) -> None:
    """Put nothing in the scripted service."""
    Service(script.address).write("PUT", script.address, b"", "application/n-quads")


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


def test_service_that_is_let_go_is_gone() -> None:
    """Who asks again and again, as `serve` does, gathers no connections."""
    with scripted(good()) as script:
        asking = Service(script.address)
        gone = weakref.ref(asking)
        assert list(RemoteStore(asking, "").select(ASK))
        del asking
    assert gone() is None


def test_write_is_never_sent_twice() -> None:
    """A write that may have been done is not tried again."""
    with scripted((503, {}, b"full")) as script, pytest.raises(StoreError, match="503"):
        written(script)
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
        ((500, {"Content-Type": "text/plain; charset=bz2"}, b"hej"), r"failed \(500\): hej$"),
        ((500, {}, b"\x1b[2J\x1b]0;hej\x07 \xc2\x9b1m"), r"failed \(500\): \[2J\]0;hej 1m$"),
        ((503, {"Retry-After": "\xb2"}, b"full"), r"failed \(503\): full"),
        (good(b"\x00\xff\xfe</sparql>"), "the answer cannot be read .*UTF-8"),
        (good(ROWS.replace(b"</result>", b"")), r"the answer cannot be read \(ill-formed document"),
        (good(ROWS.replace(b"ja", b"&b;")), r"the answer cannot be read \(.*unrecognized entity"),
        (good(ROWS.replace(b"<literal>ja</literal>", b"<uri>a b</uri>")), r"the answer cannot be read \(Invalid IRI"),
        (good(ROWS.replace(b'"x"', b'"z"')), r"the answer cannot be read \(it has no \?x\)"),
        (good(TRUTH), r"the answer cannot be read \(it has no \?x\)"),
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


def test_triples_that_cannot_be_read_are_told() -> None:
    """Triples are read under the same rule as rows."""
    with (
        scripted(good(b"<urn:a> nonsense\n", "application/n-triples")) as script,
        pytest.raises(StoreError, match="the answer cannot be read"),
    ):
        RemoteStore(Service(script.address), "").construct("CONSTRUCT { ?x ?y ?z } WHERE { ?x ?y ?z }")


# ---------------------------------------------------------------------------------------------------------- bombs


def test_compressed_answers_are_neither_asked_for_nor_read() -> None:
    """A few bytes that unpack to gigabytes are refused as what they are."""
    with (
        scripted(good(gzip.compress(ROWS), **{"Content-Encoding": "gzip"})) as script,
        pytest.raises(StoreError, match=r"the answer \(200\) is compressed \(gzip\), unasked"),
    ):
        asked(script)
    assert script.seen[0][2]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("start", [b"<results>", b"<!--", b"<results><result><binding name='x'><literal><![CDATA["])
def test_answer_without_rows_is_given_up(start: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it hides that no row comes; many rows that are large together are an answer like others."""
    monkeypatch.setattr(remote, "LARGEST_ROW", 1 << 20)
    head, row = ROWS[: ROWS.index(b"<results>")], ROWS[ROWS.index(b"<result>") : ROWS.index(b"</results>")]
    with (
        scripted(good(head + start + b" <binding" * (1 << 18) + b"</sparql>")) as script,
        pytest.raises(StoreError, match="more than 1 MiB came without a whole row"),
    ):
        asked(script)
    large = row.replace(b"ja", b"ja" * (1 << 18))
    with scripted(good(head + b"<results>" + large * 4 + b"</results></sparql>")) as script:
        assert len(asked(script)) == 4


@pytest.mark.parametrize("asking", [asked, written])
def test_what_is_no_answer_is_read_in_part(asking: Callable[[Scripted], object]) -> None:
    """An error without end, and what is said of a write, is told from its beginning; the rest is not read."""
    reply = (500, {"Content-Length": str(1 << 40)}, b"full" * (1 << 18))
    with scripted(reply) as script, pytest.raises(StoreError, match=r"failed \(500\): full"):
        asking(script)


def test_answer_that_drips_is_given_up_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that never falls silent is stopped by the time that a whole one may take."""
    monkeypatch.setenv(f"{service.ENVIRONMENT}LONGEST", "0")
    with scripted(good()) as script, pytest.raises(StoreError, match=r"not whole after 0 s; .*LONGEST gives it longer"):
        asked(script)


# ------------------------------------------------------------------------------------------------------- who asks


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://127.0.0.1:1/\n", "http:///x", "http://a..b/", "http://é..x/"]
)
def test_address_that_is_none_is_told(address: str) -> None:
    """What cannot be read or reached as an address is an error of the store."""
    with pytest.raises(StoreError, match=r"is no address that can be read|has an address like|cannot be reached"):
        RemoteStore.open(address)


@pytest.mark.parametrize("way", ["put", "update"])
def test_addresses_of_writes_are_held_to_the_same_rules(
    way: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A secret meant for the store goes to no other machine, in no address, and no other scheme."""
    graph = tmp_path / "g.nq"
    graph.write_text('<urn:a> <urn:b> "c" .\n')
    with scripted(good()) as script:
        for address, message in [
            ("http://anna:hemligt@127.0.0.1/store", "seen by others"),
            ("ftp://127.0.0.1/store", "has an address like https://HOST/query"),
            ("http://[::1", "is no address that can be read"),
        ]:
            with pytest.raises(StoreError, match=message) as caught:
                publish(graph, script.address, lambda file: file, **{way: address})
            assert "hemligt" not in str(caught.value)
        monkeypatch.setenv(f"{service.ENVIRONMENT}TOKEN", "hemligt")
        with pytest.raises(StoreError, match=r"is for 127\.0\.0\.1, and localhost is another machine"):
            publish(graph, script.address, lambda file: file, **{way: script.address.replace("127.0.0.1", "localhost")})
    assert script.seen == []


@pytest.mark.parametrize("token", ["hem ligt", "hem\nligt", "hemligt\x00", "hemligå"])
def test_secret_that_cannot_be_sent_is_not_shown(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no header can hold is refused in words that do not repeat it."""
    monkeypatch.setattr(os, "environ", {**os.environ, f"{service.ENVIRONMENT}TOKEN": token})
    with pytest.raises(StoreError, match="TOKEN holds what a token cannot") as caught:
        Service("http://127.0.0.1:1/query")
    assert "hem" not in str(caught.value)


def test_line_break_after_a_secret_is_no_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a file of a secret ends."""
    monkeypatch.setenv(f"{service.ENVIRONMENT}TOKEN", "hemligt\n")
    with scripted(good()) as script:
        assert ["ja"] == asked(script)
    assert script.seen[0][2]["Authorization"] == "Bearer hemligt"


def test_this_machine_is_asked_past_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would read what is sent in the clear to this machine only."""
    monkeypatch.setenv(f"{service.ENVIRONMENT}TOKEN", "hemligt")
    with scripted(good()) as proxy, scripted(good()) as script:
        monkeypatch.setenv("HTTP_PROXY", proxy.address)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert ["ja"] == asked(script)
    assert proxy.seen == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe bad", "netrc: cannot be read as a netrc file"),
        (b"machine x login a passw hemligt", "netrc, line 1: cannot be read as a netrc file"),
    ],
)
def test_netrc_that_cannot_be_read_is_told(
    content: bytes, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The file is named, and nothing of it is repeated that may be a password."""
    (tmp_path / "netrc").write_bytes(content)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with pytest.raises(StoreError, match=message) as caught:
        Service("http://127.0.0.1:1/query")
    assert "passw" not in str(caught.value)


def test_default_of_a_netrc_file_names_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is meant for no machine: a service that anybody may ask over http can be asked, and is told nothing."""
    (tmp_path / "netrc").write_text("default login anna password hemligt")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert Service("http://example.org/sparql").address == "http://example.org/sparql"
    with (
        scripted((401, {"WWW-Authenticate": "Basic"}, b"")) as script,
        pytest.raises(StoreError, match=r"refuses \(401"),
    ):
        asked(script)
    assert "Authorization" not in script.seen[-1][2]


@pytest.mark.parametrize(
    "challenge", ["Digest realm", 'Digest realm="x", nonce="y", algorithm=FOO', 'Digest realm="x"']
)
def test_challenge_that_cannot_be_met_is_told(challenge: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the service asks is shown, and how to answer in another way."""
    monkeypatch.setenv(f"{service.ENVIRONMENT}USER", "anna")
    monkeypatch.setenv(f"{service.ENVIRONMENT}PASSWORD", "hemligt")
    with (
        scripted((401, {"WWW-Authenticate": challenge}, b"")) as script,
        pytest.raises(StoreError, match=r"in a way that is not known \(Digest realm.*; set SAMVERKANSGRAF_STORE_TOKEN"),
    ):
        asked(script)


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


@pytest.mark.parametrize(
    "number", ["<literal>abc</literal>", f"<literal>{'9' * 5000}</literal>", "<uri>urn:x</uri>", ""]
)
def test_number_of_a_build_that_is_none_is_told(number: str) -> None:
    """Where the graph that numbers the builds holds something else, it is shown and what to do is said."""
    bound = f'<binding name="number">{number}</binding>' if number else ""
    start = ROWS[: ROWS.index(b"<head>")].decode() + '<head><variable name="facts"/><variable name="number"/></head>'
    row = f'<results><result><binding name="facts"><uri>urn:f</uri></binding>{bound}</result></results></sparql>'
    with (
        scripted(good((start + row).encode())) as script,
        pytest.raises(StoreError, match=r"holds .* as the number of <urn:f>; drop that graph") as caught,
    ):
        RemoteStore.open(script.address)
    assert len(str(caught.value)) < 500


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


def test_graph_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A file that is no N-Quads is an error of ours, before anything is in force."""
    (tmp_path / "g.nq").write_text("nonsense\n")
    empty = ROWS.replace(b'"x"', b'"facts"').replace(b"</head>", b'<variable name="number"/></head>')
    empty = empty[: empty.index(b"<result>")] + b"</results></sparql>"
    with (
        scripted(good(empty)) as script,
        pytest.raises(StoreError, match=r"g\.nq: cannot be read as N-Quads: .* the old build is in force"),
    ):
        publish(tmp_path / "g.nq", script.address, lambda file: file, update=script.address)
    assert len(script.seen) == 1
