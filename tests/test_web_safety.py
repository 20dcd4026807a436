"""The server does no harm and takes none: limits, hostile queries, other hosts, a rebuilt graph, being told to stop."""

from __future__ import annotations

import asyncio
import http.client
import re
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from benchmarks.load import load, memory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkansgraf.errors import StoreError
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.site import Site
from samverkansgraf.texts import texts
from samverkansgraf.web import live
from samverkansgraf.web.limits import Limits
from samverkansgraf.web.worker import seal
from samverkansgraf.workspace import Workspace
from serving import Client, Reply, served
from test_guard import Canary
from workbench import PLAIN, Workbench

HOSTILE = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT ?a ?d ?g WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l ?i ?f ?c LIMIT 10"
SCRIPT = "</title><script>alert(1)</script><img src=x onerror=alert(2)>"


def until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait until *holds*."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"nothing happened within {seconds} seconds"
        time.sleep(0.05)


def built(folder: Path) -> Workbench:
    """A workspace in *folder*, built."""
    made = Workbench(folder / "workspace")
    made.document(PLAIN.replace("name: Rådet", f"name: {SCRIPT!r}"))
    made.build().write(made.graph.parent)
    return made


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """A small built workspace with a hostile name in it."""
    return built(tmp_path_factory.mktemp("serve"))


@pytest.fixture(scope="module")
def client(bench: Workbench) -> Iterator[Client]:
    """A server with one worker and a short time limit."""
    with served(bench.root, "--timeout", "2", "--workers", "1") as made:
        yield made


# ----------------------------------------------------------------------------------------------- queries


def test_slow_query_is_stopped_and_the_next_is_answered(client: Client) -> None:
    """A query over the time limit is answered 503 with the reason; a fresh worker is there for the next."""
    found = client.query(HOSTILE)
    assert (found.status, "Stopped after 2 s" in found.text) == (503, True)
    assert client.query("ASK {}").json()["boolean"]


def test_pages_are_answered_while_a_hostile_query_runs(client: Client) -> None:
    """The only query worker is busy; pages come meanwhile."""
    client.get("/index.html")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(client.query, HOSTILE)
        statuses = [client.get("/index.html").status for _ in range(5)]
        was_busy = not slow.done()
    assert (statuses, was_busy, slow.result().status) == ([200] * 5, True, 503)


def test_too_many_at_once_are_turned_away(client: Client) -> None:
    """Beyond the workers and those who may wait, the answer is 503 with Retry-After; afterwards all is well."""
    with ThreadPoolExecutor(30) as pool:
        found = list(pool.map(lambda _: client.query(HOSTILE), range(30)))
    assert {reply.status for reply in found} == {503}
    busy = [reply for reply in found if reply.headers["retry-after"]]
    assert len(busy) >= 10
    assert all("again" in reply.text for reply in busy)
    until(lambda: client.query("ASK {}").status == 200)


def test_hungry_query_is_stopped(bench: Workbench) -> None:
    """A query that needs more memory than is allowed ends its worker, not the server."""
    code = "import sys; from samverkansgraf.web.worker import seal; seal(50 << 20); bytearray(100 << 20)"
    assert bench.python(code).returncode != 0
    assert bench.python(code.replace("bytearray(100", "bytearray(10")).returncode == 0


def test_every_worker_has_a_limit_of_memory(client: Client) -> None:
    """Workers of queries, of pages and of reports with parameters."""
    client.get("/index.html")
    limits = [Path(f"/proc/{pid}/limits").read_text("ascii") for pid in children(client.process.pid)]
    assert len(limits) == 5
    assert all(re.search(r"Max address space +[0-9]+ ", one) for one in limits)


def test_worker_can_open_nothing(bench: Workbench) -> None:
    """A sealed process reaches neither file nor socket, so SERVICE could not either, guard or no guard."""
    canary = Canary()
    code = f"""if True:
        import pyoxigraph as ox
        from samverkansgraf.web.worker import seal
        store = ox.Store()
        seal(1 << 30)
        for attempt in (lambda: open("/etc/passwd"),
                        lambda: list(store.query("SELECT * {{ SERVICE <{canary.address}> {{ ?x ?y ?z }} }}"))):
            try:
                attempt()
            except OSError as exc:
                print(exc)
    """
    found = bench.python(code)
    assert found.stdout.decode().count("\n") >= 2, found.stderr.decode()
    assert not canary.hits
    with pytest.raises(OSError, match="404"):
        list(ox.Store().query(f"SELECT * {{ SERVICE <{canary.address}> {{ ?x ?y ?z }} }}"))
    assert canary.hits
    canary.server.shutdown()
    canary.server.server_close()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?x ?y ?z }} }}",
        "SELECT * {{ {{ SELECT * {{ SERVICE SILENT <{0}> {{ ?x ?y ?z }} }} }} }}",
        "PREFIX c: <{0}> SELECT * {{ SERVICEc:x {{ ?x ?y ?z }} }}",
        "SELECT * FROM <{0}> {{ ?x ?y ?z }}",
        "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?x ?y ?z }} }}",
        "SELECT * FROM <file:///etc/passwd> {{ ?x ?y ?z }}",
        "LOAD <{0}>",
        "DESCRIBE <{0}> FROM <{0}>",
    ],
)
def test_nothing_outside_is_asked(client: Client, text: str) -> None:
    """Over HTTP, too, what reaches outside is refused and the canary stays silent."""
    canary = Canary()
    assert client.query(text.format(canary.address), "*/*").status == 400
    assert not canary.hits
    canary.server.shutdown()
    canary.server.server_close()


def test_deep_and_long_queries(client: Client) -> None:
    """A query that would exhaust the parser is an error of the query; a long one goes by POST up to the limit."""
    assert client.query("ASK { FILTER(" + "(" * 2000 + "1" + ")" * 2000 + ") }").status == 400
    chain = "ASK { FILTER(1" + "+1" * 100_000 + ") }"
    direct = {"Content-Type": "application/sparql-query"}
    assert client.send("POST", "/sparql", direct, chain.encode()).status in {200, 400, 503}
    assert client.get("/sparql?query=" + "a" * 17_000).status == 414
    large = client.send("POST", "/sparql", direct, b"#" * (1 << 20) + b"\nASK {}")
    assert (large.status, "1048576 bytes" in large.text) == (413, True)
    assert client.query("ASK {}").status == 200


def test_chunked_body_is_counted(client: Client) -> None:
    """A body without a declared length is cut off where it becomes too large."""
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=20)
    parts = (b"#" * 65_536 for _ in range(20))
    connection.request(
        "POST", "/sparql", body=parts, headers={"Content-Type": "application/sparql-query"}, encode_chunked=True
    )
    assert connection.getresponse().status == 413
    connection.close()


ENDLESS = {
    "headers": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"X-A: b\r\n"),
    "header": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ", b"aaaaaaaa"),
    "address": (b"GET /", b"aaaaaaaa"),
    "trailers": (
        b"""POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r
Transfer-Encoding: chunked\r\n\r\n5\r\nASK{}\r\n0\r\n""",
        b"X-A: b\r\n",
    ),
}
"""How a request begins, and what then comes again and again."""


@pytest.mark.parametrize("name", ENDLESS)
def test_head_without_end_is_cut_off(client: Client, name: str) -> None:
    """Headers, a header, an address or trailers that go on and on end the connection; the server takes no harm."""
    (start, more), sent = ENDLESS[name], 0
    with socket.create_connection(("127.0.0.1", client.port), 20) as raw, suppress(ConnectionError):
        raw.sendall(start)
        while sent < 50 << 20:
            sent += raw.send(more * 1000)
            time.sleep(0.001)
    assert sent < 5 << 20
    assert client.query("ASK {}").status == 200


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "POST", "HEAD"]),
    parameters=st.lists(
        st.tuples(
            st.sampled_from(["query", "default-graph-uri", "named-graph-uri", "format", ""]),
            st.sampled_from(["ASK {}", "SELECT * { ?s ?p ?o }", "DESCRIBE <urn:x>", "\x00", "å", "FROM", "urn:x"]),
        ),
        max_size=4,
    ),
    accept=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
    kind=st.sampled_from(["application/x-www-form-urlencoded", "application/sparql-query", "text/plain", ";", ""]),
    body=st.binary(max_size=60),
)  # fmt: skip
def test_any_request_gets_an_answer_that_the_protocol_knows(
    client: Client, method: str, parameters: list[tuple[str, str]], accept: str, kind: str, body: bytes
) -> None:
    """Whatever is sent, the answer is one of the statuses of the protocol, and errors are text."""
    path = f"/sparql?{urlencode(parameters)}"
    sent = body if method == "POST" else None
    found = client.send(method, path, {"Accept": accept, "Content-Type": kind}, sent)
    assert found.status in {200, 400, 403, 404, 406, 415}
    assert found.status == 200 or found.media == "text/plain"


# ------------------------------------------------------------------------------------------------- hosts


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "localhost.", "[::2]", "a b"]
)
def test_other_hosts_are_turned_away(client: Client, host: str) -> None:
    """A name that was rebound to this machine gets nothing (DNS rebinding)."""
    for path in ("/", "/sparql?query=ASK%7B%7D", "/id/x/y"):
        found = client.send("GET", path, {"Host": host})
        assert found.status in {400, 421}, path
        assert b"boolean" not in found.body


@pytest.mark.parametrize("host", ["localhost", "localhost:99", "127.0.0.1", "LOCALHOST", "[::1]:8000"])
def test_own_hosts_are_answered(client: Client, host: str) -> None:
    """Loopback by any of its names, with any port."""
    assert client.send("GET", "/sparql?query=ASK%7B%7D", {"Host": host}).status == 200


def test_without_leave_no_other_origin_reads(client: Client) -> None:
    """A server started without --allow-origin lets no other page read or embed its answers."""
    found = client.get("/sparql?query=ASK%7B%7D", Origin="https://evil.example")
    assert found.headers["access-control-allow-origin"] is None
    assert found.headers["cross-origin-resource-policy"] == "same-origin"


# ------------------------------------------------------------------------------------------------ scripts


def answers(client: Client) -> Iterator[Reply]:
    """One answer of every kind."""
    yield from (client.get(path) for path in ("/", "/id/vasterbotten/radet.html", "/search.html", "/finns-inte"))
    yield client.query(f"SELECT * {{ ?x ?y ?z FILTER(?z = {SCRIPT!r}) }}", "text/html, */*;q=0.1")
    yield client.query(SCRIPT)
    yield client.get(f"/{SCRIPT}".replace(" ", "%20"))
    yield client.get("/report/gaps.html?" + urlencode({"collection": SCRIPT}))


def test_every_answer_has_its_guards(client: Client) -> None:
    """No answer lets a script run but those its own policy names by hash; types are not guessed; nothing is framed."""
    for found in answers(client):
        policy = found.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["referrer-policy"] == "no-referrer"
        assert found.headers["server"] is None


def test_no_label_or_query_becomes_a_script(client: Client) -> None:
    """Hostile names and parameters stand in HTML as text only, and elsewhere as something that is not HTML."""
    for found in answers(client):
        if found.media == "text/html":
            assert "<script>alert" not in found.text
            assert "<img src=x" not in found.text
        else:
            assert found.media in {"text/plain", "application/sparql-results+json"}
    assert "&lt;script&gt;alert" in client.get("/id/vasterbotten/radet.html").text


# ------------------------------------------------------------------------------------- rebuild and stopping


def swapped(bench: Workbench, quads: str) -> None:
    """Put other quads in the place of the built graph, as a build does."""
    beside = bench.graph.with_suffix(".ny")
    beside.write_text(quads, "utf-8")
    beside.replace(bench.graph)


def test_rebuilt_graph_is_taken_up(tmp_path: Path) -> None:
    """After a build the new graph answers, pages too; a file that is no graph changes nothing."""
    bench = built(tmp_path)
    with served(bench.root) as client:
        ask = "ASK { ?x skos:prefLabel '1 nytt utskott'@sv }"
        assert client.query(ask).json()["boolean"] is False
        tag = client.get("/search.html").headers["etag"]
        name = (
            "<https://w3id.org/samverkansgraf/id/vasterbotten/radet> <http://www.w3.org/2004/02/skos/core#prefLabel> "
        )
        swapped(bench, bench.graph.read_text("utf-8") + f'{name} "1 nytt utskott"@sv .\n')
        until(lambda: client.query(ask).json()["boolean"])
        until(lambda: client.get("/search.html").headers["etag"] != tag)
        swapped(bench, "<urn:a> <urn:b")
        time.sleep(2)
        assert client.query(ask).json()["boolean"]


def test_new_build_in_a_service_is_taken_up(monkeypatch: pytest.MonkeyPatch, bench: Workbench) -> None:
    """A service that keeps builds beside each other is asked which is in force; silence changes nothing."""
    told = iter(["build 1", "build 1", StoreError("away"), "build 2", "build 2"])

    def in_force(_: Workspace) -> str:
        answer = next(told, "build 2")
        if isinstance(answer, StoreError):
            raise answer
        return answer

    class Loaded:
        def __init__(self, *_: object) -> None:
            self.closed = False

        async def start(self) -> None:
            """Nothing to load."""

        async def close(self) -> None:
            self.closed = True

    for name, value in {"build_in_force": in_force, "Generation": Loaded, "_ASKS_EVERY": 0.01}.items():
        monkeypatch.setattr(live, name, value)

    async def watched() -> tuple[Any, Any]:
        served = live.Live(replace(bench.workspace, store="http://127.0.0.1:9/query"), "sv", Limits())
        await served.start()
        first: Any = served.now
        async with asyncio.timeout(20):
            while served.now is first or not first.closed:
                await asyncio.sleep(0.01)
        await served.close()
        return first, served.now

    first, last = asyncio.run(watched())
    assert first is not last


def test_full_texts_are_shown_only_when_asked_for(bench: Workbench) -> None:
    """Sources that lie beside the graph are not shown; with --sources they are, as `site` shows them."""
    page, words = "/doc/avtal.html", "utse ett utskott"
    with served(bench.root) as client:
        assert (client.get(page).status, words in client.get(page).text) == (200, False)
    with served(bench.root, "--sources", str(bench.root / "sources")) as client:
        knowledge, folders = Knowledge.open(bench.workspace), [bench.root / "sources"]
        shown = client.get(page)
        assert words in shown.text
        assert shown.body == Site(knowledge, texts("sv"), sources=folders).make(page[1:]).body


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="MEMORY NOT MEASURED: no /proc")
def test_many_requests_need_no_more_memory(client: Client) -> None:
    """A mix of pages, redirects, queries and what is not there: every answer comes, and the server does not grow."""
    load(client.port, seconds=300, clients=8, most=300)
    before = memory(client.process.pid)
    seen = load(client.port, seconds=300, clients=8, most=1200)
    assert (seen.failures, set(seen.statuses) - {200, 303, 404}) == ([], set())
    assert memory(client.process.pid) - before < 20 << 20


def children(pid: int) -> list[int]:
    """Processes that *pid* started and that are still there."""
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in tasks.read_text("ascii").split()] if tasks.exists() else []


def test_told_to_stop_it_finishes_and_leaves_nothing(bench: Workbench) -> None:
    """On SIGTERM a query in work is still answered; then the server and every worker are gone."""
    with served(bench.root, "--timeout", "2") as client:
        workers = children(client.process.pid)
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(client.query, HOSTILE)
            time.sleep(0.5)
            client.process.send_signal(signal.SIGTERM)
            found = slow.result()
        assert (found.status, "Stopped after 2 s" in found.text) == (503, True)
        assert client.process.wait(10) in {0, -signal.SIGTERM}
        until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def test_seal_needs_no_posix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no such limits, nothing is limited and nothing fails."""
    monkeypatch.setitem(sys.modules, "resource", None)
    seal(1)
    with Path(__file__).open("rb") as still_opens:
        assert still_opens.read(3)


def test_without_a_graph_it_says_how_to_make_one(tmp_path: Path) -> None:
    """Nothing built: one sentence, exit 1."""
    done = Workbench(tmp_path / "tom").run("serve", "--port", "0")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"samverkansgraf build" in done.stderr
    assert b"Traceback" not in done.stderr
