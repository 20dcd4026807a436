"""The guard: what it lets through never leaves the loaded graph; tried on the engine, with a canary listening."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkansgraf.errors import QueryError
from samverkansgraf.guard import guard, lexer, tokens
from samverkansgraf.store.base import form

SMALL = ox.Store()
for value in (ox.NamedNode("urn:o"), ox.NamedNode("urn:d:a.b"), ox.Literal(1)):
    SMALL.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), value))
LOADED = {"urn:g:1", "https://w3id.org/samverkansgraf/graph/ontology"}


class Canary:
    """A server on loopback that counts who comes."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        hits = self.hits

        class Counting(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                hits.append(self.path)
                self.send_error(404)

            do_GET = do_POST  # noqa: N815 - the name that http.server calls

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    """A listening canary."""
    made = Canary()
    yield made
    made.server.shutdown()
    made.server.server_close()


def evaluated(text: str) -> str:
    """What the engine makes of *text*: ``answered``, ``failed`` while evaluating, or ``unread``."""
    try:
        result = SMALL.query(text)
        list(result) if not isinstance(result, ox.QueryBoolean) else bool(result)
    except SyntaxError:
        return "unread"
    except (OSError, RuntimeError, ValueError):
        return "failed"
    return "answered"


def passes(text: str) -> bool:
    """Whether the guard lets *text* through."""
    try:
        guard(text, LOADED.__contains__)
    except QueryError:
        return False
    return True


HIDDEN = (
    "{SERVICE <URL> {?x ?y ?z}}",
    "{service silent <URL>{?x ?y ?z}}",
    "{SERVICEc:x {?x ?y ?z}}",
    "{SERVICESILENTc:x {?x ?y ?z}}",
    "{{SELECT * {SERVICEc:x{?x ?y ?z}}}}",
    "{FILTER EXISTS {SERVICEc:x{?x ?y ?z}}}",
    "{VALUES ?q {trueUNDEF}SERVICEc:x{?x ?y ?z}}",
    "{OPTIONAL {?a ?b true}SERVICE<URL>{?x ?y ?z}}",
    "{BIND(1 AS ?a)BIND(2 AS ?b)FILTER(?a<?b)SERVICEc:x#>\n{?x ?y ?z}}",
    "{BIND(1 AS ?a)FILTER(?a<2||?a<c:b)SERVICEc:x#>\n{?x ?y ?z}}",
    "{FILTER(1<2||1<c:b#>'''\n)SERVICE c:x {?x ?y ?z} #'''\n}",
    "{FILTER(1<'x>'||1=1)SERVICE c:x {?x ?y ?z} #'\n}",
    "{?x ?y d:a.b.SERVICEc:y{?x ?y ?z}}",
    "{?x ?y 1.SERVICEc:y{?x ?y ?z}}",
    "{# '''\nSERVICE c:x {?x ?y ?z} # '''\n}",
    "{VALUES ?a {'''x'} SERVICE c:x {?x ?y ?z}}",
    '{VALUES ?a {"""x"} SERVICE c:x {?x ?y ?z} #\\q"""\n}',
    "{VALUES ?a {'\\\\'} SERVICE c:x {?x ?y ?z} #'\n}",
    "{VALUES ?a {c:a\\'b} SERVICE c:x {?x ?y ?z} #'\n}",
    "{VALUES ?a {c:a\\#b} SERVICE c:x {?x ?y ?z}}",
    "{VALUES ?a {<urn:a'b>} SERVICE c:x {?x ?y ?z} #'\n}",
    "{VALUES ?a {<urn:a#b>} SERVICE c:x {?x ?y ?z}}",
)
"""Queries that reach out when the engine runs them; ``URL`` and ``c:`` stand for the canary."""


@pytest.mark.parametrize("where", HIDDEN)
def test_hidden_service_is_refused(canary: Canary, where: str) -> None:
    """The engine would have asked the canary; the guard refuses."""
    text = f"PREFIX c: <{canary.address}> PREFIX d: <urn:d:> SELECT * {where.replace('URL', canary.address)}"
    canary.hits.clear()
    evaluated(text)
    assert canary.hits, "this query is no danger; it proves nothing"
    assert not passes(text)


PIECES = (
    "", " ", "\n", "#", "#>\n", "'", "'''", '"', '"""', "\\", "<", ">", "<x:a", "<?b", "<c:b#>", "1<2)", "(", ")",
    "{", "}", "}}", "true", "UNDEF", "1", "1.", "1e5", ".", ";", ",", "?q", "?q ", "$q", "c:", "c:a", "c:a.b.",
    "c:a..", ":", "_:b", "_:b.", "@en", "'a'@en", "'a'@en-", "'a'^^c:t", "a", "a ", "!", "^", "|", "||", "&&", "*",
    "+", "-", "=", "\\u0053", "%41", "\u00e5", "\u200c", "\u00b7", "\u00aa", "\ufeff", "\x0c", "\u2028", "[]", "()",
    "?x ?y ", "OPTIONAL{?x ?y ", "FILTER(", "BIND(", "VALUES ?v {", "FILTER(?a<", "FILTER(1<", "MINUS{",
    "GRAPH ?g {",
)  # fmt: skip
"""What may stand before and after a hidden word."""


def test_nothing_glued_around_a_service_gets_out(canary: Canary) -> None:
    """Of every pair of pieces before and after a SERVICE, in a file of dangers, what the guard lets through hits nothing."""  # noqa: E501
    canary.hits.clear()
    tried = harmful = 0
    for before, after in itertools.product(PIECES, PIECES):
        for middle in ("SERVICEc:x", f"SERVICE <{canary.address}>"):
            text = f"PREFIX c: <{canary.address}> SELECT * {{{before}{middle}{after}{{?x ?y ?z}}}}"
            tried += 1
            if passes(text):
                evaluated(text)
                assert not canary.hits, text
            elif "SERVICE" in middle and evaluated(text) == "failed":
                harmful += 1
                canary.hits.clear()
    assert (tried, harmful > 50) == (2 * len(PIECES) ** 2, True)


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*PIECES, "SERVICEc:x", "SERVICE c:x", "{?x ?y ?z}"]), max_size=12))
def test_no_soup_of_pieces_gets_out(canary: Canary, pieces: list[str]) -> None:
    """Any row of pieces that the guard lets through and the engine reads asks nobody."""
    text = f"PREFIX c: <{canary.address}> SELECT * {{{''.join(pieces)}}}"
    if passes(text):
        evaluated(text)
    assert not canary.hits


def test_files_and_addresses_are_never_loaded(canary: Canary, tmp_path: Path) -> None:
    """FROM of an address or a file is refused, and the canary stays silent."""
    (tmp_path / "hemlig.nt").write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    canary.hits.clear()
    for graph in (canary.address, (tmp_path / "hemlig.nt").as_uri()):
        for clause in (f"FROM <{graph}>", f"FROM NAMED <{graph}>", f"from named<{graph}>"):
            with pytest.raises(QueryError, match="not allowed"):
                guard(f"SELECT * {clause} {{ ?x ?y ?z }}", LOADED.__contains__)
        with pytest.raises(QueryError, match="LOAD is not allowed"):
            guard(f"LOAD <{graph}>")
    assert not canary.hits


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <urn:g:1>",
        "FROM NAMED <urn:g:1>",
        "FROM <urn:g:1> FROM NAMED <urn:g:1>",
        "FROM g:1",
        "from named g:1",
        "FROM sgg:ontology",
    ],
)
def test_from_a_loaded_graph_is_let_through(clause: str) -> None:
    """A graph that is loaded may be asked alone, written in full or with a prefix."""
    text = f"PREFIX g: <urn:g:> SELECT * {clause} {{ ?x ?y ?z }}"
    assert guard(text, LOADED.__contains__, {"sgg": "https://w3id.org/samverkansgraf/graph/"}) == text


@pytest.mark.parametrize(
    "clause",
    [
        "FROM",
        "FROM NAMED",
        "FROMg:1",
        "FROMNAMEDg:1",
        "FROM NAMEDg:1",
        "FROM g:2",
        "FROM x:1",
        "FROM <urn:g:1> FROM <x>",
    ],
)
def test_from_anything_else_is_refused(clause: str) -> None:
    """What is not loaded, glued to another word, or no graph at all is refused."""
    assert not passes(f"PREFIX g: <urn:g:> SELECT * {clause} {{ ?x ?y ?z }}")


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX bif: <bif:> SELECT (bif:file_to_string('/etc/passwd') AS ?x) {}",
        "SELECT (<bif:http_get>('http://a.example/') AS ?x) {}",
        "PREFIX f: <SQL:> ASK { FILTER(f:user_name() = 'dba') }",
        "SELECT * { ?x <java:a.B> ?y }",
        "BASE <bif:x> SELECT (<file_to_string>('/etc/passwd') AS ?x) {}",
    ],
)
def test_functions_of_an_engine_are_refused(text: str) -> None:
    """What Virtuoso or Jena would run as a program of its own is not sent to it."""
    with pytest.raises(QueryError, match="function of the engine"):
        guard(text)


LONG = {
    "MINUS": "SELECT * { ?s ?p ?o %s }", "BIND": "SELECT * { %s }", "UNION": "SELECT * { {} %s }",
    "FILTER": "SELECT * { ?s ?p ?o %s }", "OPTIONAL": "SELECT * { ?s ?p ?o %s }", "-": "SELECT (1 %s AS ?x) {}",
    "+": "SELECT (1 %s AS ?x) {}", "*": "SELECT (1 %s AS ?x) {}", "/": "SELECT (1 %s AS ?x) {}",
    "||": "ASK { FILTER(true %s) }", "&&": "ASK { FILTER(true %s) }", "|": "ASK { ?s <urn:p>%s ?o }",
}  # fmt: skip
LINKS = {
    "MINUS": "MINUS { ?s ?p 1 }", "BIND": "BIND(1 AS ?v%d)", "UNION": "UNION { ?s ?p 1 }", "FILTER": "FILTER(?o = 1)",
    "OPTIONAL": "OPTIONAL { ?s ?p 1 }", "||": "|| true", "&&": "&& true", "|": "|<urn:p>",
}  # fmt: skip


@pytest.mark.parametrize("link", LONG)
def test_long_chains_are_refused(link: str) -> None:
    """Thousands of links end the process whose engine reads them; hundreds are let through, and it reads them."""

    def chain(links: int) -> str:
        one = LINKS.get(link, f"{link} 1")
        return LONG[link] % " ".join(one % number if "%" in one else one for number in range(links))

    form(guard(chain(400)))
    with pytest.raises(QueryError, match="more than 1000 of"):
        guard(chain(1001))


@pytest.mark.parametrize("escape", ["\\u0053", "\\U00000053", "\\u000a", "\\u0022", "\\uD800", "\\U00110000"])
@pytest.mark.parametrize("place", ["{} {{ ?x ?y ?z }}", "{{ ?x ?y '{}' }}", "{{ ?x <urn:{}> ?z }}", "{{ }} # {}"])
def test_escapes_that_could_hide_a_word_are_refused(escape: str, place: str) -> None:
    """An engine that writes escapes out before it reads must see the same words as one that does not."""
    assert not passes("SELECT * " + place.format(escape))


def test_other_escapes_are_let_through() -> None:
    """An escaped letter beyond ASCII is a letter."""
    assert passes("SELECT ?x { ?x ?y 'Ume\\u00e5' }")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT ?x {\n  ?x ?y \x0c }", "Line 2, column 9"),
        ("SELECT ?x {\r\n?x ?y 'a }", "Line 2, column 7"),
        ("SELECT ?x { FILTER(?a<?b&&?c>?d) }", "Line 1, column 22"),
        ("SELECT ?x\n{ SERVICE <urn:s> {} }", "Line 2, column 3"),
    ],
)
def test_place_is_told(text: str, place: str) -> None:
    """A refusal says line and column."""
    with pytest.raises(QueryError, match=place):
        guard(text)


def test_comparisons_with_spaces_are_let_through() -> None:
    """What the message asks for is accepted, and so are paths, fragments in prefixes and addresses with fragments."""
    text = """PREFIX x: <urn:x#> PREFIX from: <urn:f>
    SELECT ?a { ?a x:p/^x:q*|!(x:r|^a) ?b ; from:x <http://a.se/b(c)#d> FILTER (?b < 3 && ?b>=1||?b<=2) }"""
    assert guard(text) == text
    assert evaluated(text) == "answered"


def test_tokens_cover_the_text() -> None:
    """Every character is in a token, in a space or in a comment."""
    text = "SELECT ?x WHERE { ?x a vb:pkd.b ; sg:p 1.5 , 'a'@sv-SE } # slut"
    seen = "".join(token.group() for token in tokens(text))
    assert seen == "SELECT?xWHERE{?xavb:pkd.b;sg:p1.5,'a'@sv-SE}"


@pytest.mark.parametrize(
    ("piece", "is_read"),
    [
        ("a-", False),
        ("(", False),
        ("<a", True),
        ("'''", False),
        ("!", False),
        ("! ", False),
        ("<<", False),
        ('"\\', False),
        ("a:", True),
        ("1 ", True),
        ("; ", True),
        ("<urn:a> ", True),
    ],
)
def test_long_rows_are_read(piece: str, is_read: bool) -> None:
    """A long row of the same piece is read or refused as a short one is, but for what nests too deep or is a chain."""
    assert passes(piece * 20_001) is is_read
    assert is_read == passes(piece * 5) or piece[0] in "(!<" or piece[-1] == "-"


WORDS = ["PREFIX", "ex:", "å.b", "_:ö-", "?ä·1", "<http://x/é>", '"ß"', "'''", "ü'", "#ñ", "@sv", "1e5", "×"]
SPOKEN = st.lists(
    st.sampled_from([*WORDS, " ", "\n", "\xa0"]) | st.text(st.characters(max_codepoint=0xFF), max_size=6), max_size=12
).map("".join)


@given(SPOKEN)
def test_a_text_of_latin_1_is_read_as_among_all_scripts(text: str) -> None:
    """The pattern with fewer letters finds the tokens that the whole one finds."""
    few, whole = ([(t.lastgroup, t.span()) for t in one.finditer(text)] for one in (lexer(text), lexer("λ")))
    assert few == whole
    assert lexer(text) is not lexer("λ")
