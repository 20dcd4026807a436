"""Query results in the W3C's formats: the same as the engine writes, and cut where they should be."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.errors import OutputError
from samverkansgraf.queries import literal, named_queries
from samverkansgraf.results import GRAPHS, RESULTS, Limit, write
from workbench import ROOT

STORE = ox.Store()
STORE.load(path=str(ROOT / "tests" / "fixtures" / "mini.trig"), format=ox.RdfFormat.TRIG)
NO_LIMIT = Limit(10**9)
STRANGE = r"""
SELECT ?a ?b WHERE { VALUES (?a ?b) {
  (1 UNDEF) ("x"@en "y\n\"z\t\\") (true <urn:x>) (1.5 1e3) (-4 "åäö\U0001F600\u2028") (UNDEF UNDEF) ("" "<&>'")
  ("01"^^<http://www.w3.org/2001/XMLSchema#integer> "2024"^^<http://www.w3.org/2001/XMLSchema#gYear>) (+5 .5)
  ("1"^^<http://www.w3.org/2001/XMLSchema#boolean> 1.0) ("a,b" " a ") ("x"@sv-SE "a\tb") ("--" "=1")
} }
"""
TEXTS = [STRANGE, "SELECT ?x {}", "SELECT * {}", "SELECT * { FILTER(false) }", "ASK {}"]
TEXTS += [query.text for query in named_queries([ROOT / "queries"]).values()]
THREE = "SELECT ?x WHERE { VALUES ?x { 1 2 3 } }"


@pytest.mark.parametrize("fmt", RESULTS)
@pytest.mark.parametrize("text", TEXTS)
def test_whole_result_is_as_the_engine_writes_it(text: str, fmt: str) -> None:
    """With a limit that cuts nothing the bytes are those of the engine's own writer."""
    written = write(STORE.query(text), fmt, NO_LIMIT)
    assert (written.body, written.cut) == (STORE.query(text).serialize(format=RESULTS[fmt]), False)
    assert write(STORE.query(text), fmt).body == written.body


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
def test_any_text_comes_back_from_json_and_tsv(value: str) -> None:
    """What is written is read back as it was, whatever the text holds; in XML without what XML cannot hold."""
    text = f"SELECT ({literal(value)} AS ?x) {{}}"
    for fmt in ("json", "tsv"):
        found = ox.parse_query_results(write(STORE.query(text), fmt, NO_LIMIT).body, format=RESULTS[fmt])
        assert isinstance(found, ox.QuerySolutions)
        assert [row["x"].value for row in found] == [value]
    found = ox.parse_query_results(write(STORE.query(text), "xml", NO_LIMIT).body, format=RESULTS["xml"])
    assert isinstance(found, ox.QuerySolutions)
    kept = "".join(char for char in value if ord(char) >= 0x20 or char in "\t\n\r").translate(
        {0xFFFE: None, 0xFFFF: None}
    )
    assert [row["x"].value for row in found] == [kept]


@pytest.mark.parametrize("fmt", RESULTS)
@pytest.mark.parametrize(("most", "rows", "cut"), [(0, 0, True), (2, 2, True), (3, 3, False), (4, 3, False)])
def test_cut_after_so_many_rows(fmt: str, most: int, rows: int, cut: bool) -> None:
    """Exactly so many rows are kept, and only an answer with more of them is cut."""
    written = write(STORE.query(THREE), fmt, Limit(most, link="urn:mer"))
    assert written.cut is cut
    assert (b"urn:mer" in written.body) is (cut and fmt in {"json", "xml"})
    if fmt != "csv":
        found = ox.parse_query_results(written.body, format=RESULTS[fmt])
        assert isinstance(found, ox.QuerySolutions)
        assert [row["x"].value for row in found] == ["1", "2", "3"][:rows]
    else:
        assert written.body.count(b"\r\n") == rows + 1


def test_cut_after_so_many_bytes() -> None:
    """Rows that are large end the answer, too."""
    text = 'SELECT ?x ?y WHERE { VALUES ?x { 1 2 3 } BIND(CONCAT("0123456789", "0123456789") AS ?y) }'
    written = write(STORE.query(text), "csv", Limit(10**9, bytes=30))
    assert (written.body.count(b"\r\n"), written.cut, written.rows) == (2, True, 1)


@pytest.mark.parametrize("text", ["SELECT (STR(?o) AS ?x)", "CONSTRUCT { <urn:a> <urn:b> ?o }"])
def test_one_row_is_not_larger_than_all_may_be(text: str) -> None:
    """A single row or triple over the limit of bytes is left out, counted in UTF-8."""
    values = f'{text} WHERE {{ VALUES ?o {{ "{"å" * 60}" }} }}'
    fmt = "json" if text.startswith("SELECT") else "ntriples"
    written = write(STORE.query(values), fmt, Limit(10, bytes=110))
    assert ("å" in written.body.decode(), written.cut, written.rows) == (False, True, 0)
    assert not write(STORE.query(values), fmt, Limit(10, bytes=200)).cut


@pytest.mark.parametrize("fmt", GRAPHS)
def test_triples_are_sorted_and_cut(fmt: str) -> None:
    """Triples come in one order; a cut graph says so in a comment where the format has comments."""
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    whole = write(STORE.query(text), fmt, NO_LIMIT)
    assert whole.body == write(STORE.query(text), fmt, NO_LIMIT).body
    part = write(STORE.query(text), fmt, Limit(2, link="urn:mer"))
    assert (whole.cut, part.cut, b"urn:mer" in part.body) == (False, True, fmt != "jsonld")
    assert len(list(ox.parse(part.body, format=GRAPHS[fmt]))) == 2


def test_what_has_no_place_is_refused() -> None:
    """Triples as values, and graphs as rows, are errors that say what to do."""
    with pytest.raises(OutputError, match="select its parts"):
        write(STORE.query("SELECT (<<( <urn:a> <urn:b> 1 )>> AS ?x) {}"), "json", NO_LIMIT)
    with pytest.raises(OutputError, match="turtle"):
        write(STORE.query("CONSTRUCT {} WHERE {}"), "csv")
