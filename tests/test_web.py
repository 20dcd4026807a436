"""The server over real HTTP: pages, content negotiation, and the rules of the SPARQL 1.1 Protocol one by one."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from samverkansgraf.pages.parameters import parameters_of
from samverkansgraf.reports import REPORTS
from samverkansgraf.texts import LANGUAGES, texts
from serving import Client, served
from workbench import ROOT

SEATS = "SELECT ?seats WHERE { vb:pkd sg:seats ?seats }"
BASE = "https://w3id.org/samverkansgraf/"
ONTOLOGY = f"{BASE}graph/ontology"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A server of the graph of this repository that lets pages of one other origin read."""
    with served(ROOT, "--allow-origin", "https://graf.example", "--max-rows", "500") as made:
        yield made


# ------------------------------------------------------------------------------------------------ pages


def test_start_page_and_a_file(client: Client) -> None:
    """The root is the start page; a page comes with its type, a tag, and not again when the client has it."""
    start = client.get("/")
    assert (start.status, start.media) == (200, "text/html")
    assert start.body == client.get("/index.html").body
    for seen in (start.headers["etag"], "*"):
        again = client.get("/", **{"If-None-Match": seen})
        assert (again.status, again.body) == (304, b"")
    assert client.get("/finns-inte", **{"If-None-Match": "*"}).status == 404
    other = client.get("/", **{"If-None-Match": '"annan"'})
    assert other.body == start.body


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/html", "html"),
        ("*/*", "html"),
        ("", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/json", "json"),
        ("text/turtle;q=0.5, application/ld+json", "jsonld"),
        ("text/html;q=0, */*;q=0.1", "ttl"),
        ("text/*;q=0.3, application/json;q=0.2", "html"),
        ("application/xhtml+xml, text/html;q=0.9, */*;q=0.8", "html"),
    ],
)
def test_thing_leads_to_the_form_asked_for(client: Client, accept: str, ending: str) -> None:
    """The address of a thing answers 303 to the form that Accept weighs highest, and says that it varies."""
    found = client.get("/id/vasterbotten/pkd", accept)
    assert (found.status, found.headers["location"]) == (303, f"pkd.{ending}")
    assert "Accept" in found.headers["vary"]


def test_thing_in_no_acceptable_form_and_thing_that_is_not(client: Client) -> None:
    """406 says what there is; an unknown thing is 404 whatever the form."""
    assert client.get("/id/vasterbotten/pkd", "image/png").status == 406
    assert "text/turtle" in client.get("/id/vasterbotten/pkd", "image/png").text
    assert client.get("/id/vasterbotten/finns-inte", "text/turtle").status == 404


@pytest.mark.parametrize("path", ["ns", "id/vasterbotten/pkd", "graph/derived/names"])
@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "application/ld+json"])
def test_what_a_thing_leads_to_is_there(client: Client, path: str, accept: str) -> None:
    """The vocabulary, a thing and a graph have every form that their address leads to."""
    location = client.get(f"/{path}", accept).headers["location"]
    found = client.get(f"/{path.rpartition('/')[0]}/{location}".replace("//", "/"))
    assert (found.status, found.media) == (200, accept)


def test_named_graph_can_be_fetched(client: Client) -> None:
    """A passage, a rule's conclusions and the vocabulary: each graph's own triples by its own address."""
    (passage,) = client.query(
        "SELECT ?g WHERE { ?g a sg:Passage . GRAPH ?g { vb:pkd sg:seats ?seats } } LIMIT 1"
    ).values("g")
    path = passage.removeprefix(BASE)
    html = client.get(f"/{path}", "text/html").headers["location"]
    assert html == f"{path.removeprefix('doc/').rpartition('.')[0]}.html#p-{path[-8:]}"
    assert f'id="p-{path[-8:]}"' in client.get(f"/doc/{html.partition('#')[0]}").text
    assert client.get(f"/{path}", "text/turtle").headers["location"] == f"{path.removeprefix('doc/')}.ttl"
    assert client.get(f"/{path}", "application/json").status == 406
    turtle = client.get(f"/{path}.ttl")
    facts = {str(quad.triple) for quad in ox.parse(turtle.body, format=ox.RdfFormat.TURTLE)}
    assert turtle.media == "text/turtle"
    assert any("ns#seats" in fact for fact in facts)
    nt = client.get(f"/{path}.nt")
    assert (nt.media, set(nt.text.split(" .\n")) - {""}) == ("application/n-triples", facts)
    assert client.get("/graph/derived/finns-inte.ttl").status == 404
    assert client.get("/graph/derived/flows", "application/json").status == 406


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/id/..%2f..%2fetc/passwd", "/\\..", "/%00"]
)
def test_no_path_leads_out_of_the_site(client: Client, path: str) -> None:
    """A path that climbs is a page that is not there."""
    assert client.get(path).status == 404


# ---------------------------------------------------------------------------------------------- reports


def test_report_with_parameters(client: Client) -> None:
    """A report as JSON, CSV and workbook with its parameters, by the names that people use."""
    found = client.get("/report/gaps.json?collection=V%C3%A4sterbotten&at=2024")
    assert (found.status, found.media, "rows" in found.text) == (200, "application/json", True)
    assert client.get("/report/show.json?thing=PKD").status == 200
    rows = client.get("/report/membership.csv?collection=Ume%C3%A5regionen&table=1")
    assert (rows.status, rows.media, rows.text.count("\n") > 5) == (200, "text/csv", True)
    book = client.get("/report/reporting.xlsx?of=PKD&hops=2")
    assert book.body.startswith(b"PK")


def test_report_page_with_parameters(client: Client) -> None:
    """A report's form leads to its page with what was asked for, which the form and the files keep."""
    plain = client.get("/report/reporting.html")
    assert '<form action="reporting.html" method="get">' in plain.text
    found = client.get("/report/reporting.html?of=PKD&hops=1&collection=&at=")
    assert 'name="of" value="PKD"' in found.text
    assert "reporting.json?of=PKD&amp;hops=1" in found.text
    assert len(found.body) < len(plain.body)
    assert client.get("/report/show.html?thing=PKD").media == "text/html"
    hostile = client.get("/report/reporting.html?of=PKD&at=%22%3E%3Cscript%3E")
    assert (hostile.status, hostile.media) == (400, "text/plain")


def test_reports_that_ask_for_something_have_pages(client: Client) -> None:
    """A report that needs a name, or two, is a page once it gets them."""
    for path in (
        "show.html?thing=PKD",
        "path.html?start=PKD&end=Region+V%C3%A4sterbotten",
        "kommun.html?thing=Ume%C3%A5",
    ):
        assert client.get(f"/report/{path}").status == 200, path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_every_parameter_has_a_word(name: str, lang: str) -> None:
    """The form has a label for each parameter that a report's function takes, and the page a name."""
    assert texts(lang)(f"report_pages.{name}")
    for parameter in parameters_of(name).keys() - {"table"}:
        assert texts(lang)(f"parameters.{parameter}")


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/report/gaps.json?kolektion=x", 400, "collection"),
        ("/report/gaps.json?at=igår", 400, "at"),
        ("/report/gaps.json?at=2024&at=2025", 400, "twice"),
        ("/report/gaps.json?collection=Mars", 404, "Mars"),
        ("/report/overlap.json?threshold=0", 400, "above 0"),
        ("/report/overlap.html?threshold=50", 400, "at most at 1"),
        ("/sparql?default-graph-uri=x", 400, "query"),
        ("/sparql?named-graph-uri=x&query=", 400, "x"),
        ("/report/show.json?thing=Finnsinte", 404, "Finnsinte"),
        ("/report/path.json?start=PKD", 400, "end"),
        ("/report/reporting.json?of=PKD&hops=1000000", 400, "hops"),
        ("/report/gaps.json?modality=sant", 400, "sant"),
        ("/report/finns-inte.json?at=2024", 400, "parameters"),
        ("/index.html?x=1", 400, "parameters"),
    ],
)
def test_wrong_parameters_are_told(client: Client, path: str, status: int, word: str) -> None:
    """What cannot be understood is answered with a sentence that names it."""
    found = client.get(path.replace("å", "%C3%A5"))
    assert (found.status, found.media) == (status, "text/plain")
    assert word in found.text


# --------------------------------------------------------------------------------- the protocol, asking


def test_query_via_get(client: Client) -> None:
    """Protocol 2.1.1: query in the query string, percent-encoded."""
    found = client.query(SEATS)
    assert (found.status, found.media, found.values("seats")) == (200, JSON, ["30"])


def test_query_via_post_form(client: Client) -> None:
    """Protocol 2.1.2: query in a form."""
    found = client.send("POST", "/sparql", FORM | {"Accept": JSON}, urlencode({"query": SEATS}).encode())
    assert found.values("seats") == ["30"]


def test_query_via_post_directly(client: Client) -> None:
    """Protocol 2.1.3: the query itself as the body, in UTF-8, with and without the charset said."""
    text = "SELECT ?x WHERE { ?x skos:prefLabel 'Primärkommunala delegationen'@sv }"
    for kind in ("application/sparql-query", "application/sparql-query; charset=UTF-8"):
        found = client.send("POST", "/sparql", {"Content-Type": kind, "Accept": JSON}, text.encode())
        assert found.values("x") == [f"{BASE}id/vasterbotten/pkd"]


def test_plus_is_a_space_and_letters_are_utf8(client: Client) -> None:
    """Encodings of the query string: + and %20, Swedish letters."""
    found = client.get(
        "/sparql?query=ASK+%7B+?x+skos:prefLabel%20%22L%C3%A4nsstyrelsen%20i%20V%C3%A4sterbottens%20l%C3%A4n%22@sv+%7D"
    )
    assert isinstance(found.json()["boolean"], bool)


@pytest.mark.parametrize(
    ("headers", "path", "body", "status"),
    [
        (FORM, "/sparql", b"", 400),
        (FORM, "/sparql", b"fraga=ASK%7B%7D", 400),
        (FORM, "/sparql", b"query=ASK%7B%7D&query=ASK%7B%7D", 400),
        (FORM, "/sparql?query=ASK%7B%7D", b"query=ASK%7B%7D", 400),
        (FORM, "/sparql?default-graph-uri=x", b"query=ASK%7B%7D", 400),
        (FORM, "/sparql", b"query=%ff%fe", 400),
        (FORM, "/sparql", b"query=\xff", 400),
        (QUERY, "/sparql", b"\xff\xfe", 400),
        (QUERY, "/sparql", b"", 400),
        (QUERY, "/sparql", b"ASK {", 400),
        (QUERY, "/sparql?query=ASK%7B%7D", b"ASK {}", 400),
        ({"Content-Type": "application/sparql-query; charset=latin-1"}, "/sparql", b"ASK {}", 415),
        ({"Content-Type": "text/plain"}, "/sparql", b"ASK {}", 415),
        ({"Content-Type": "application/json"}, "/sparql", b"{}", 415),
        ({}, "/sparql", b"ASK {}", 415),
        (QUERY | {"Content-Encoding": "gzip"}, "/sparql", b"ASK {}", 415),
        ({"Content-Type": "application/sparql-update"}, "/sparql", b"CLEAR ALL", 403),
        (FORM, "/sparql", b"update=CLEAR+ALL", 403),
        (QUERY, "/sparql", b"INSERT DATA { <urn:a> <urn:b> <urn:c> }", 400),
    ],
)  # fmt: skip
def test_malformed_requests(client: Client, headers: dict[str, str], path: str, body: bytes, status: int) -> None:
    """What is no request of the protocol is answered with its status and a sentence as text."""
    found = client.send("POST", path, headers, body)
    assert (found.status, found.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert found.text.strip()


def test_two_queries_and_updates_via_get(client: Client) -> None:
    """GET holds one query, and no update."""
    assert client.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status == 400
    assert client.get("/sparql?update=CLEAR+ALL").status == 403


def test_mistake_has_its_position(client: Client) -> None:
    """A query that cannot be read is answered with line and column, as text, with what stood there."""
    found = client.query("SELECT ?x\nWHERE { ?x sg:seats }")
    assert (found.status, found.media) == (400, "text/plain")
    assert found.text.startswith("Line 2, column ")
    assert "SERVICE is not allowed" in client.query("SELECT * { SERVICE <http://127.0.0.1:1/> {} }").text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods(client: Client, method: str) -> None:
    """Only GET, HEAD, POST and OPTIONS; the answer says so."""
    found = client.send(method, "/sparql")
    assert found.status == 405
    assert {"GET", "HEAD", "POST", "OPTIONS"} == set(found.headers["allow"].replace(" ", "").split(","))
    assert client.send("POST", "/index.html", FORM, b"").status == 405


def test_head(client: Client) -> None:
    """HEAD answers as GET does, without the body."""
    path = f"/sparql?{urlencode({'query': SEATS})}"
    got, head = client.get(path), client.send("HEAD", path, {"Accept": "*/*"})
    assert (head.status, head.body) == (200, b"")
    for name in ("content-type", "content-length", "vary"):
        assert head.headers[name] == got.headers[name]
    assert client.send("HEAD", "/index.html").headers["etag"] == client.get("/").headers["etag"]


def test_options_and_other_origins(client: Client) -> None:
    """OPTIONS says what may be sent; a page of an allowed origin may read, one of another may not."""
    asking = {"Origin": "https://graf.example", "Access-Control-Request-Method": "GET"}
    found = client.send("OPTIONS", "/sparql", asking)
    assert (found.status, found.headers["access-control-allow-origin"]) == (204, "https://graf.example")
    assert "GET" in found.headers["access-control-allow-methods"]
    assert client.send("OPTIONS", "/index.html").headers["allow"] == "GET, HEAD, OPTIONS"
    read = client.get("/sparql?query=ASK%7B%7D", Origin="https://graf.example")
    assert read.headers["access-control-allow-origin"] == "https://graf.example"
    assert "Origin" in read.headers["vary"]
    assert (
        client.get("/sparql?query=ASK%7B%7D", Origin="https://annan.example").headers["access-control-allow-origin"]
        is None
    )


# --------------------------------------------------------------------------------- the protocol, datasets


def count(client: Client, pattern: str, **dataset: str) -> int:
    """How many rows match."""
    return int(client.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}", **dataset).values("n")[0])


def test_default_graph_is_honoured(client: Client) -> None:
    """With default-graph-uri the default graph is that graph alone, and there are no named graphs."""
    whole = count(client, "?s ?p ?o")
    assert 0 < count(client, "?s ?p ?o", default_graph_uri=ONTOLOGY) < whole
    assert count(client, "GRAPH ?g { ?s ?p ?o }", default_graph_uri=ONTOLOGY) == 0
    assert count(client, "GRAPH ?g { ?s ?p ?o }") > 0


def test_several_default_graphs_are_merged(client: Client) -> None:
    """Two default graphs are one."""
    other = f"{BASE}graph/derived/names"
    both = [
        ("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        ("default-graph-uri", ONTOLOGY),
        ("default-graph-uri", other),
    ]
    each = [count(client, "?s ?p ?o", default_graph_uri=graph) for graph in (ONTOLOGY, other)]
    assert max(each) < int(client.get(f"/sparql?{urlencode(both)}", JSON).values("n")[0]) <= sum(each)


def test_named_graph_is_honoured(client: Client) -> None:
    """With named-graph-uri only that graph is named, and the default graph is empty."""
    found = client.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", named_graph_uri=ONTOLOGY)
    assert found.values("g") == [ONTOLOGY]
    assert count(client, "?s ?p ?o", named_graph_uri=ONTOLOGY) == 0


def test_dataset_of_the_protocol_stands_above_the_query(client: Client) -> None:
    """Where request and query name different graphs, the request decides (Protocol 2.1.4)."""
    text = (
        "PREFIX d: <https://w3id.org/samverkansgraf/graph/derived/> SELECT (COUNT(*) AS ?n) FROM d:names { ?s ?p ?o }"
    )
    chosen = client.query(text, default_graph_uri=ONTOLOGY).values("n")
    assert [str(count(client, "?s ?p ?o", default_graph_uri=ONTOLOGY))] == chosen != client.query(text).values("n")


@pytest.mark.parametrize(
    "graph", ["urn:finns-inte", "http://127.0.0.1:1/", "file:///etc/passwd", "relativ", "", "a b<>"]
)
@pytest.mark.parametrize("kind", ["default_graph_uri", "named_graph_uri"])
def test_graph_that_is_not_loaded(client: Client, graph: str, kind: str) -> None:
    """A dataset with a graph that is not loaded is refused, not fetched and not taken for empty."""
    found = client.query("ASK { ?s ?p ?o }", **{kind: graph})
    assert (found.status, "loaded" in found.text) == (400, True)


def test_dataset_in_a_form_and_with_a_direct_post(client: Client) -> None:
    """The dataset goes in the form, or in the address where the body is the query."""
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    expected = [str(count(client, "?s ?p ?o", default_graph_uri=ONTOLOGY))]
    form = urlencode({"query": text, "default-graph-uri": ONTOLOGY}).encode()
    assert client.send("POST", "/sparql", FORM | {"Accept": JSON}, form).values("n") == expected
    direct = client.send("POST", f"/sparql?default-graph-uri={ONTOLOGY}", QUERY | {"Accept": JSON}, text.encode())
    assert direct.values("n") == expected


# ------------------------------------------------------------------------------- the protocol, answers


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (JSON, JSON),
        ("*/*", JSON),
        ("", JSON),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml;q=0.9", "application/xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("image/png, text/csv;q=0.5", "text/csv"),
        ("text/*", "text/csv"),
    ],
)
def test_result_comes_in_the_form_asked_for(client: Client, accept: str, media: str) -> None:
    """JSON, XML, CSV and TSV, each with its own type, in UTF-8."""
    found = client.query(SEATS, accept)
    assert (found.status, found.media) == (200, media)
    assert ("charset=utf-8" in found.headers["content-type"]) is media.startswith("text/")
    read = {
        "json": lambda: found.values("seats"),
        "xml": lambda: [node.text for node in ET.fromstring(found.text).iter() if node.tag.endswith("literal")],  # noqa: S314 - our own
        "csv": lambda: [row["seats"] for row in csv.DictReader(io.StringIO(found.text))],
        "values": lambda: found.text.splitlines()[1:],
    }
    assert next(how for name, how in read.items() if media.endswith(name))() == ["30"]


@pytest.mark.parametrize(
    ("accept", "fmt"),
    [
        ("text/turtle", "TURTLE"),
        ("*/*", "TURTLE"),
        ("application/n-triples", "N_TRIPLES"),
        ("application/ld+json", "JSON_LD"),
    ],
)
def test_graph_comes_in_the_form_asked_for(client: Client, accept: str, fmt: str) -> None:
    """Turtle, N-Triples and JSON-LD hold the same triples."""
    found = client.query("CONSTRUCT { vb:pkd ?p ?o } WHERE { vb:pkd ?p ?o }", accept)
    facts = {str(quad.triple) for quad in ox.parse(found.body, format=getattr(ox.RdfFormat, fmt))}
    assert (found.status, len(facts)) == (200, count(client, "vb:pkd ?p ?o"))


def test_ask_and_describe(client: Client) -> None:
    """ASK is a truth value in JSON and XML, DESCRIBE a graph."""
    assert client.query("ASK { vb:pkd sg:seats 30 }").json() == {"head": {}, "boolean": True}
    assert "<boolean>false" in client.query("ASK { vb:pkd sg:seats 31 }", "application/sparql-results+xml").text
    assert client.query("DESCRIBE vb:pkd", "text/turtle").media == "text/turtle"


@pytest.mark.parametrize(
    ("text", "accept"), [(SEATS, "text/turtle"), (SEATS, "image/png"), ("DESCRIBE vb:pkd", "text/csv")]
)
def test_no_acceptable_form(client: Client, text: str, accept: str) -> None:
    """406 lists the forms that this answer has."""
    found = client.query(text, accept)
    assert (found.status, found.media) == (406, "text/plain")
    assert "can be had as" in found.text


@pytest.mark.parametrize("accept", [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"])
def test_cut_answer_says_so(client: Client, accept: str) -> None:
    """An answer of more rows than allowed has exactly those, a Warning, and a link in the head where there is one."""
    found = client.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", accept)
    assert found.headers["warning"] == '199 - "Cut after 500 rows; there are more."'
    rows = {
        JSON: lambda: len(found.json()["results"]["bindings"]),
        "application/sparql-results+xml": lambda: found.text.count("<result>"),
        "text/csv": lambda: len(list(csv.reader(io.StringIO(found.text)))) - 1,
        "text/tab-separated-values": lambda: found.text.count("\n") - 1,
    }
    assert rows[accept]() == 500
    if accept == JSON:
        assert found.json()["head"]["link"][0].endswith("/sparql.html#cut")
    exact = client.query("SELECT ?s WHERE { ?s ?p ?o } LIMIT 500", accept)
    assert (exact.headers["warning"], "#cut" in exact.text) == (None, False)


def test_cut_graph_says_so(client: Client) -> None:
    """A graph of more triples than allowed says so in a comment, too."""
    found = client.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/n-triples")
    assert found.text.startswith("# Cut after 500 triples")
    assert found.headers["warning"]
    assert len(list(ox.parse(found.body, format=ox.RdfFormat.N_TRIPLES))) == 500


# ------------------------------------------------------------------------------------------- description


@pytest.mark.parametrize(
    ("path", "accept"), [("/sparql", "text/turtle"), ("/.well-known/void", "*/*"), ("/sparql", "application/ld+json")]
)
def test_service_describes_itself(client: Client, path: str, accept: str) -> None:
    """Without a query a program gets the service description: endpoint, formats, the rule of the default graph, sizes."""  # noqa: E501
    found = client.get(path, accept)
    fmt = ox.RdfFormat.JSON_LD if "json" in found.media else ox.RdfFormat.TURTLE
    described = ox.Store()
    described.load(found.body, format=fmt)
    prefix = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#>"
    (row,) = described.query(
        prefix + "SELECT ?endpoint ?n ?rule { ?s a sd:Service ; sd:endpoint ?endpoint ; sd:defaultDataset ?d . "
        "?d void:triples ?n ; sd:defaultGraph/<http://purl.org/dc/terms/description> ?rule "
        "FILTER (LANG(?rule) = 'sv') }"
    )
    assert row["endpoint"].value == f"http://127.0.0.1:{client.port}/sparql"
    assert int(row["n"].value) == count(client, "?s ?p ?o")
    assert "inte unionen" in row["rule"].value
    void = ox.Store()
    void.load(
        client.get("/data/void.ttl").body,
        format=ox.RdfFormat.TURTLE,
        base_iri=f"http://127.0.0.1:{client.port}/data/void.ttl",
    )
    assert {quad.triple for quad in void} <= {quad.triple for quad in described}
    graphs = {row["g"].value for row in described.query(prefix + "SELECT ?g { ?d sd:namedGraph/sd:name ?g }")}
    assert {ONTOLOGY, f"{BASE}graph/derived/names"} & graphs
    for graph in sorted(graphs)[:3]:
        assert client.query("ASK { ?s ?p ?o }", default_graph_uri=graph).json()["boolean"]


def test_service_in_no_acceptable_form(client: Client) -> None:
    """The description has forms of its own."""
    assert client.get("/.well-known/void", "image/png").status == 406
