"""An answer as people read it: Swedish order, decimal comma, codes with their zeros."""

from __future__ import annotations

import csv
import io

import pytest

from samverkansgraf.api import Graph
from samverkansgraf.collation import swedish
from samverkansgraf.errors import OutputError
from samverkansgraf.queries import NamedQuery, named_queries
from workbench import ROOT, Workbench

QUERIES = named_queries([ROOT / "queries"])
HEADER = """\
#+ summary: x
#+ question: Vad?
#+ columns: name = namn; share = andel; code = kod
#+ rows: one per thing
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_named_queries_sort_names_as_swedes_do(graph: Graph, query: NamedQuery) -> None:
    """Where a named query sorts by a name first, the list that a person sees is in Swedish order."""
    assert query.order, "ends with ORDER BY and variables only"
    first, down = query.order[0]
    report = graph.query(query.name).report()
    keys = [column.key for column in report.tables[0].columns]
    if down:
        numbers = [row.cells[keys.index(first)] for row in report.tables[0].rows]
        assert numbers == sorted(numbers, reverse=True)  # type: ignore[type-var]
        assert len(set(numbers)) > 1
    if first.endswith("Name"):
        names = [row.cells[keys.index(first)] for row in report.tables[0].rows]
        assert names
        assert names == sorted(names, key=lambda name: swedish(str(name)))


@pytest.fixture
def own(bench: Workbench) -> Workbench:
    """A workspace with a query of its own."""
    rows = '("Ärla" 0.25 "0580") ("Zorn" 1.5 "0114") ("Åre" 2.0 "2321")'
    text = f"SELECT ?name ?share ?code WHERE {{ VALUES (?name ?share ?code) {{ {rows} }} }} ORDER BY ?name ?code\n"
    bench.write("queries/prov/namn.rq", HEADER + text)
    bench.document()
    bench.build().write(bench.root / "graph")
    return bench


def cells(bench: Workbench, *args: str) -> list[list[str]]:
    """Rows below the headings of the query, called as a command."""
    made = bench.run("query", "prov/namn", *args)
    assert made.returncode == 0, made.stderr.decode()
    delimiter = ";" if "excel" in args else ","
    return list(csv.reader(io.StringIO(made.stdout.decode("utf-8-sig")), delimiter=delimiter))[1:]


def test_excel_and_table_speak_swedish_and_csv_does_not(own: Workbench) -> None:
    """Å before Ä, comma and a code that Excel keeps, on request; the W3C's CSV is untouched."""
    shown = cells(own, "--format", "excel")
    assert shown == [["Zorn", "1,5", '="0114"'], ["Åre", "2,0", "2321"], ["Ärla", "0,25", '="0580"']]
    assert [row[0] for row in cells(own, "--format", "csv")] == ["Zorn", "Ärla", "Åre"]
    table = own.run("query", "prov/namn").stdout.decode()
    assert table.index("Zorn") < table.index("Åre") < table.index("Ärla")
    assert "0,25" in table
    assert "0580" in table


def test_rows_that_were_read_are_not_written_as_none(graph: Graph) -> None:
    """An answer whose rows were read says so instead of giving an empty file; a table is made of those rows."""
    answer = graph.query("SELECT ?seats WHERE { vb:pkd sg:seats ?seats }")
    assert answer.rows == [{"seats": 30}]
    with pytest.raises(OutputError, match="read already; ask again to get it as json"):
        answer.to("json")
    assert "30" in answer.to("table").decode()
