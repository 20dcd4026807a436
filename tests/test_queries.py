"""Named queries: how they are written, what they declare, what they answer, and what the guard lets through."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import samverkansgraf
from samverkansgraf.errors import DataError, QueryError
from samverkansgraf.guard import guard
from samverkansgraf.queries import NamedQuery, literal, named_queries, read_query, typed_term
from samverkansgraf.reports import REPORTS

ROOT = Path(__file__).resolve().parents[1]
QUERIES = named_queries([ROOT / "queries"])
RULES = {f"rules/{name}": query for name, query in named_queries([ROOT / "ontology" / "rules"]).items()}
GOLDEN = Path(__file__).parent / "golden" / "queries"
MINI = Path(__file__).parent / "fixtures" / "mini.trig"

# The parameter each query is asked with for its golden answer; a query that is not here is asked without.
PARAMETERS: dict[str, dict[str, str]] = {
    "belagg/for-sak": {"sak": "vb:pkd"},
    "belagg/foreslaget-och-tillatet": {"sak": "vb:samverkansstrukturen"},
    "medlemskap/en-kommun": {"kommun": "kommun:2482"},
    "medlemskap/forum-for-kommun": {"kommun": "kommun:2480"},
    "medlemskap/kommuner-i-forum": {"forum": "vb:pkd"},
    "organisation/rapporteringskedja": {"organ": "vb:pkd-au"},
    "organisation/vag-i-omrade": {"omrade": "vml:omrade-kollektivtrafik"},
    "platser/per-kommun": {"kommun": "kommun:2480"},
    "tid/giltighet": {"dag": "2024-05-01"},
    "uppdrag/per-organ": {"organ": "vb:run"},
}
# Queries that answer nothing on the graph of the repository, each with the reason.
EMPTY: dict[str, str] = {}

NOISE = re.compile(r'"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>|#[^\n]*')
GRAPH_BLOCK = re.compile(r"\bGRAPH\s+(\S+)\s*\{([^{}]*)\}")
WRITTEN = [pytest.param(query, id=name) for name, query in (QUERIES | RULES).items()]
ASKED = [pytest.param(query, id=name) for name, query in QUERIES.items()]


def code(query: NamedQuery) -> str:
    """Return the text without comments, strings and IRIs emptied."""
    return NOISE.sub(lambda found: {'"': '""', "<": "<>"}.get(found[0][0], ""), query.text)


def body(query: NamedQuery) -> str:
    """Return the code after the prologue."""
    return re.sub(r"\bPREFIX\s+[\w-]*:\s*<>", "", code(query))


def variables(text: str) -> set[str]:
    """Return the names of the variables in a piece of a query."""
    return set(re.findall(r"\?(\w+)", text))


def blocks(text: str, opening: str) -> list[tuple[str, str]]:
    """Return every block that *opening* (a pattern that ends with its brace) begins, with the text outside it."""
    found = []
    for start in re.finditer(opening, text):
        depth, end = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        found.append((text[start.end() : end - 1], text[: start.start()] + text[end:]))
    return found


def sort_keys(query: NamedQuery) -> list[str]:
    """Return the variables of the outermost ORDER BY."""
    return re.findall(r"\?(\w+)", body(query).rpartition("ORDER BY")[2])


def asked(graph: samverkansgraf.Graph, name: str) -> samverkansgraf.Answer:
    """Answer a named query with its golden parameter."""
    return graph.query(name, **PARAMETERS.get(name, {}))  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------- how they are written


@pytest.mark.parametrize("query", WRITTEN)
def test_reads_only_what_is_loaded(query: NamedQuery) -> None:
    """No query or rule has FROM, SERVICE, LOAD or an update."""
    assert guard(query.text) == query.text


@pytest.mark.parametrize("query", WRITTEN)
def test_parses_in_bare_oxigraph(query: NamedQuery) -> None:
    """Every query and rule parses and runs without prefixes from outside."""
    ox.Store().query(query.text)


@pytest.mark.parametrize("query", WRITTEN)
def test_declares_exactly_the_prefixes_it_uses(query: NamedQuery) -> None:
    """Prefixes declared are prefixes used."""
    declared = set(re.findall(r"\bPREFIX\s+([\w-]*):", code(query)))
    used = set(re.findall(r"(?<![\w?:-])([A-Za-z][\w-]*):(?=[\w*(),;.\s|/})])", body(query)))
    assert declared == used


@pytest.mark.parametrize("query", WRITTEN)
def test_has_no_plus_paths(query: NamedQuery) -> None:
    """`p+` differs between engines on cycles; `p/p*` is written out instead."""
    assert not re.search(r"(?<=[\w)])\+", body(query))


@pytest.mark.parametrize("query", WRITTEN)
def test_star_paths_start_from_a_matched_variable(query: NamedQuery) -> None:
    """The start of `p*` is bound by another triple, not by VALUES alone."""
    text = re.sub(r"\bVALUES\s+(?:\?\w+|\([^)]*\))\s*\{[^{}]*\}", "", body(query))
    for path in re.finditer(r"(\?\w+)\s+(?:[\w:-]+|\([^()]*\))\*", text):
        rest = text[: path.start()] + text[path.end() :]
        assert re.search(rf"\{path[1]}\b(?!\s*\))", rest.partition("WHERE")[2]), path[0]


@pytest.mark.parametrize("query", WRITTEN)
def test_graphs_are_variables_that_are_described(query: NamedQuery) -> None:
    """`GRAPH` takes a variable, and a fact says what kind of graph it is."""
    for graph, _ in GRAPH_BLOCK.findall(body(query)):
        assert re.match(r"\?\w", graph), f"GRAPH {graph}: use VALUES ?g {{ … }} GRAPH ?g"
        assert re.search(rf"\{graph}\s+a\s+\S", body(query)), f"{graph} is joined to no `{graph} a …`"
    assert len(GRAPH_BLOCK.findall(body(query))) == len(re.findall(r"\bGRAPH\b", body(query)))


@pytest.mark.parametrize("query", WRITTEN)
def test_has_no_repeated_path_inside_graph(query: NamedQuery) -> None:
    """A path of any length is walked over the facts, never inside GRAPH."""
    assert not [block for _, block in GRAPH_BLOCK.findall(body(query)) if re.search(r"[\w)][*+]", block)]


@pytest.mark.parametrize("query", WRITTEN)
def test_minus_shares_a_variable(query: NamedQuery) -> None:
    """What MINUS takes away has a variable in common with the rest."""
    for inside, outside in blocks(body(query), r"\bMINUS\s*\{"):
        assert variables(inside) & variables(outside)


@pytest.mark.parametrize("query", WRITTEN)
@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (r"\bSELECT\s+(?:DISTINCT\s+|REDUCED\s+)?\*", "name the variables"),
        (r"\b(?:sameTerm|DESCRIBE)\b", "= and CONSTRUCT"),
        (r'""\s*\^\^\s*(?:xsd:string\b)', "a plain literal"),
        (r"\b(?:STRSTARTS|STRENDS|CONTAINS|REGEX)\s*\(\s*(?!STR\()", "STR() around the first argument"),
        (r"\bHAVING\s*\(\s*\?", "the aggregate itself, not its alias"),
        (r"\?\w+\s*/\s*[\d?]", "xsd:decimal(?v) / 2"),
        (r"\bAVG\s*\(", "SUM and COUNT: AVG differs in its last decimals"),
        (r"\b(?:BNODE|RAND|NOW|UUID|STRUUID)\s*\(", "nothing that differs from run to run"),
        (r"_:|\[", "no blank nodes"),
    ],
)
def test_avoids_what_engines_disagree_on(query: NamedQuery, pattern: str, instead: str) -> None:
    """Constructs on which four engines gave different answers are not used."""
    assert not re.search(pattern, body(query)), f"write {instead}"


@pytest.mark.parametrize("query", WRITTEN)
def test_sum_over_nothing_is_zero(query: NamedQuery) -> None:
    """A SUM without GROUP BY has a COALESCE around it."""
    sums = re.findall(r"(COALESCE\s*\(\s*)?\bSUM\s*\(", body(query))
    assert "GROUP BY" in body(query) or all(sums)


@pytest.mark.parametrize("query", WRITTEN)
def test_least_and_greatest_are_of_bound_variables(query: NamedQuery) -> None:
    """MIN and MAX are taken of a variable that BIND or a required triple binds, never of one only OPTIONAL binds."""
    text = body(query)
    for name in re.findall(r"\b(?:MIN|MAX)\s*\(\s*\?(\w+)", text):
        required = text
        for inside, _ in blocks(text, r"\bOPTIONAL\s*\{"):
            required = required.replace(inside, "")
        assert re.search(rf"\bAS\s+\?{name}\s*\)|[\w>)]\s+\?{name}\s*[.;}}]", required), name


# ------------------------------------------------------------------------------------------- what they declare


@pytest.mark.parametrize("query", ASKED)
def test_header_is_complete(query: NamedQuery) -> None:
    """Every query says what it asks in two languages, its columns and what a row is."""
    assert {"summary", "question", "columns", "rows"} <= query.header.keys()
    assert query.header["question"].endswith("?")
    assert query.header["rows"].startswith("one per ")
    assert "sorted by" in query.header["rows"]


def test_every_report_has_a_named_query_for_its_core() -> None:
    """Headers name reports there are, and no report is without a query."""
    assert {name for query in QUERIES.values() for name in query.reports} == REPORTS.keys()


@pytest.mark.parametrize("query", ASKED)
def test_header_names_the_columns(query: NamedQuery) -> None:
    """The header explains each variable of the SELECT, and no other."""
    result = ox.Store().query(query.text)
    assert isinstance(result, ox.QuerySolutions)
    named = [column.partition(" = ")[0].strip() for column in query.header["columns"].split("; ")]
    assert sorted(named) == sorted(variable.value for variable in result.variables)


@pytest.mark.parametrize("query", ASKED)
def test_each_parameter_has_its_values_line(query: NamedQuery) -> None:
    """Every declared parameter can be bound, and no VALUES line is left undeclared."""
    open_lines = set(re.findall(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}", query.text))
    assert open_lines == {parameter.name for parameter in query.parameters}
    assert "UNDEF" not in query.bound(dict.fromkeys(open_lines, '"x"'))


@pytest.mark.parametrize("query", ASKED)
def test_name_is_ascii(query: NamedQuery) -> None:
    """A name is a theme and a question, typed without Swedish letters."""
    assert re.fullmatch(r"[a-z]+/[a-z]+(-[a-z]+)*", query.name)


def test_tables_of_this_module_name_queries() -> None:
    """Golden parameters, exceptions and golden files belong to queries that exist."""
    files = {path.stem.replace(".", "/") for path in GOLDEN.glob("*.tsv")}
    assert PARAMETERS.keys() | EMPTY.keys() | files <= QUERIES.keys()
    assert PARAMETERS.keys() == {name for name, query in QUERIES.items() if query.parameters}


# --------------------------------------------------------------------------------------------- what they answer


@pytest.mark.parametrize("name", QUERIES)
def test_golden_answer(graph: samverkansgraf.Graph, name: str) -> None:
    """The answer is the one on file; `UPDATE_GOLDEN=1 pytest tests/test_queries.py` writes it anew."""
    path = GOLDEN / f"{name.replace('/', '.')}.tsv"
    answer = asked(graph, name).to("tsv")
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answer)
    assert path.read_bytes() == answer


@pytest.mark.parametrize("name", QUERIES)
def test_answers_something(graph: samverkansgraf.Graph, name: str) -> None:
    """Every query has rows on the graph of the repository, but for those that are listed with a reason."""
    assert bool(asked(graph, name).rows) is (name not in EMPTY)


@pytest.mark.parametrize("query", ASKED)
def test_order_is_total(graph: samverkansgraf.Graph, query: NamedQuery) -> None:
    """No two rows have the same sort keys, asked without any parameter."""
    keys = sort_keys(query)
    rows = [tuple(row[key] for key in keys) for row in graph.query(query.name).rows]
    assert keys
    assert len(set(rows)) == len(rows)


@pytest.fixture(scope="module")
def mini() -> tuple[ox.Store, rdflib.Dataset]:
    """Load the small hand-made graph in both engines."""
    store, dataset = ox.Store(), rdflib.Dataset(default_union=False)
    store.load(path=str(MINI), format=ox.RdfFormat.TRIG)
    for name in (None, *store.named_graphs()):
        there = dataset.default_graph if name is None else dataset.graph(rdflib.URIRef(name.value))
        triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, name or ox.DefaultGraph()))
        there.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    return store, dataset


MINI_TERMS = {
    "omrade": "<https://w3id.org/samverkansgraf/id/vasterbotten/amne>",
    "sak": "<https://w3id.org/samverkansgraf/id/vasterbotten/pkd>",
    "kommun": "<https://w3id.org/samverkansgraf/id/kommun/2480>",
    "forum": "<https://w3id.org/samverkansgraf/id/vasterbotten/pkd>",
    "organ": "<https://w3id.org/samverkansgraf/id/vasterbotten/pkd-au>",
    "dag": '"2025"^^<http://www.w3.org/2001/XMLSchema#gYear>',
}


def rows_of(result: object, names: list[str]) -> set[tuple[str | None, ...]]:
    """Return the rows as a set, each term by its text."""
    if isinstance(result, rdflib.query.Result):
        found = [{str(variable): str(term) for variable, term in row.items()} for row in result.bindings if row]
    else:
        assert isinstance(result, ox.QuerySolutions)
        found = [{name: str(row[name].value) for name in names if row[name] is not None} for row in result]
    return {tuple(row.get(name) for name in names) for row in found}


# The query code of rdflib itself uses names of Dataset that rdflib deprecates.
@pytest.mark.filterwarnings(r"ignore:Dataset\.\w+ is deprecated:DeprecationWarning")
@pytest.mark.parametrize("bound", [False, True], ids=["open", "bound"])
@pytest.mark.parametrize("query", ASKED)
def test_rdflib_agrees(mini: tuple[ox.Store, rdflib.Dataset], query: NamedQuery, *, bound: bool) -> None:
    """The engine of rdflib gives the same rows as Oxigraph on a small graph, and some, with and without a parameter."""
    store, dataset = mini
    text = query.bound({p.name: MINI_TERMS[p.name] for p in query.parameters} if bound else {})
    expected = store.query(text)
    assert isinstance(expected, ox.QuerySolutions)
    names = [variable.value for variable in expected.variables]
    rows = rows_of(expected, names)
    assert rows or bound
    assert rows_of(dataset.query(text), names) == rows


def test_what_is_not_stated_is_no_answer(mini: tuple[ox.Store, rdflib.Dataset]) -> None:
    """What is only proposed, permitted or denied is in no answer to who leads what."""
    led = rows_of(mini[0].query(QUERIES["organisation/vem-leder-vad"].text), ["fromName", "toName"])
    assert led == {("Styrgruppen, Västerbotten", "Nätverket")}


def test_partial_date_is_possible_or_certain(mini: tuple[ox.Store, rdflib.Dataset]) -> None:
    """2023–2026 holds certainly in 2025, possibly on a day in 2026, not in 2027; an open end never ends."""
    query = QUERIES["tid/giltighet"]

    def at(day: str) -> set[tuple[str | None, ...]]:
        (parameter,) = query.parameters
        return rows_of(mini[0].query(query.bound({"dag": typed_term(parameter, day)})), ["thingName", "inForce"])

    assert at("2025") == {("Överenskommelsen", "säkert"), ("Förslaget", "säkert")}
    assert at("2026-03-01") == {("Överenskommelsen", "möjligen"), ("Förslaget", "säkert")}
    assert at("2027-01") == {("Överenskommelsen", "nej"), ("Förslaget", "säkert")}
    assert at("2024-05") == {("Överenskommelsen", "säkert"), ("Förslaget", "möjligen")}


def kommuner_by_forum(graph: samverkansgraf.Graph) -> dict[str, set[str]]:
    """Kommuner of every forum and cooperation, from members, members of member groups, and who appoints."""
    among = set(graph.knowledge.instances("https://w3id.org/samverkansgraf/ns#Municipality"))
    plain = (
        "SELECT ?forum ?who WHERE { ?forum org:hasMember ?who }",
        "SELECT ?forum ?who WHERE { ?node sg:forum ?forum ; sg:appointedBy ?who }",
    )
    found: dict[str, set[str]] = {}
    for text in plain:
        for row in graph.query(text).rows:
            is_listed = "hasMember" in text
            members = graph.knowledge.groups.get(str(row["who"]), ()) if is_listed else ()
            found.setdefault(str(row["forum"]), set()).update({str(row["who"]), *members} & among)
    kinds = ("Forum", "Cooperation")
    forums = graph.knowledge.instances(*(f"https://w3id.org/samverkansgraf/ns#{kind}" for kind in kinds))
    return {forum: kommuner for forum, kommuner in found.items() if forum in forums and kommuner}


def test_kommuner_in_common_are_those_of_sets(graph: samverkansgraf.Graph) -> None:
    """Pairs and their numbers are what the sets of members have in common."""
    sets = kommuner_by_forum(graph)
    shared = {(a, b): len(sets[a] & sets[b]) for a, b in combinations(sorted(sets), 2) if sets[a] & sets[b]}
    rows = graph.query("medlemskap/gemensamma-medlemmar").rows
    assert {(row["first"], row["second"]): row["shared"] for row in rows} == shared


def test_load_is_that_of_sets(graph: samverkansgraf.Graph) -> None:
    """Forums, bodies informed and tasks of every body, gathered from flat statements in sets."""
    kinds = ("Forum", "Cooperation")
    forums = graph.knowledge.instances(*(f"https://w3id.org/samverkansgraf/ns#{kind}" for kind in kinds))
    plain = {
        "forums": """SELECT ?who ?what WHERE { { ?what org:hasMember ?who } UNION { ?who sg:participatesIn ?what }
            UNION { ?node a sg:SeatAllocation ; sg:forum ?what ; sg:appointedBy ?who } }""",
        "informed": "SELECT ?who ?what WHERE { ?who sg:informs ?what }",
        "tasks": "SELECT ?who ?what WHERE { ?what a sg:Assignment ; sg:assignedTo ?who }",
    }
    stands_for = "SELECT ?who ?body { { ?who a sg:Group ; org:hasMember ?body } UNION { ?who org:postIn ?body } }"
    bodies: dict[str, set[str]] = {}
    for row in graph.query(stands_for):
        bodies.setdefault(str(row["who"]), set()).add(str(row["body"]))
    found: dict[str, dict[str, set[str]]] = {}
    for key, text in plain.items():
        for row in graph.query(text):
            if key != "forums" or row["what"] in forums:
                for body in bodies.get(str(row["who"]), {str(row["who"])}):
                    found.setdefault(body, {}).setdefault(key, set()).add(str(row["what"]))
    rows = {row["body"]: row for row in graph.query("organisation/belastning").rows}
    assert rows.keys() == found.keys()
    for body, own in found.items():
        counts = {key: len(own.get(key, ())) for key in plain}
        assert {key: rows[body][key] for key in plain} == counts
        assert rows[body]["load"] == sum(counts.values())


def test_what_areas_have_is_what_the_report_on_gaps_says_of_them(graph: samverkansgraf.Graph) -> None:
    """Area and kind have a row exactly where the report does not say that the texts are silent."""
    words = {"network": "nätverk", "delegation": "delegation", "group": "arbetsgrupp", "project": "projekt", "law": "lag", "money": "pengar", "review": "översyn"}  # fmt: skip  # noqa: E501
    matrix = graph.report("gaps").tables[0]
    keys = [column.key for column in matrix.columns]
    spoken = {(row.cells[0], word) for row in matrix.rows for key, word in words.items() if row.cells[keys.index(key)] != "inte nämnt"}  # fmt: skip  # noqa: E501
    rows = graph.query("luckor/vad-omraden-har").rows
    found = {(graph.knowledge.things.label(str(row["area"])), row["kind"]) for row in rows}
    assert {pair for pair in found if pair[1] != "ansvarig"} == spoken
    assert {word for _, word in spoken} >= {"nätverk", "delegation", "arbetsgrupp", "projekt", "lag"}


@pytest.mark.parametrize("name", ["Skellefteå", "Umeå", "Arboga"])
def test_page_of_a_kommun_has_what_its_report_has(graph: samverkansgraf.Graph, name: str) -> None:
    """What a kommun is a party to and hosts is what the report says, which reads passages one by one."""
    report = graph.report("kommun", thing=name, modalities=("stated", "inferred"))
    tables = {table.title: table.rows for table in report.tables}
    page = graph.query("medlemskap/en-kommun", kommun=name).rows
    agreed = {row.cells[0] for row in tables.get("Avtal som kommunen är part i", ())}
    assert {row["thingName"] for row in page if row["theme"] == "avtal"} == agreed
    hosted = [row.cells for row in tables.get("Värdskap och det som ligger i kommunen", ())]
    names = {row["thingName"] for row in page if str(row["how"]).endswith("#hosts")}
    assert names == {cells[0] for cells in hosted if cells[1] == "är värd för"}
    assert agreed or hosted


# -------------------------------------------------------------------------------------------- what goes wrong


def write_query(folder: Path, text: str) -> Path:
    """Write a query file with *text*."""
    path = folder / "fraga.rq"
    path.write_text(text, "utf-8")
    return path


def test_unknown_parameter(graph: samverkansgraf.Graph) -> None:
    """A parameter that is not declared is an error that says which there are."""
    with pytest.raises(QueryError, match=r"kommune.*kommun"):
        graph.query("medlemskap/forum-for-kommun", kommune="Umeå")
    with pytest.raises(QueryError, match="takes no parameters"):
        graph.query("dokument/oversikt", dag="2024")


def test_unknown_query(graph: samverkansgraf.Graph) -> None:
    """A query that does not exist is an error that names those that are near."""
    with pytest.raises(QueryError, match="medlemskap/forum-for-kommun"):
        graph.query("medlemskap/forum-for-kommunen")


@pytest.mark.parametrize("day", ["igår", "2024-13-01", "2024-5-1", '2024" . }'])
def test_wrong_date(graph: samverkansgraf.Graph, day: str) -> None:
    """A date that is none is an error that names the parameter."""
    with pytest.raises(QueryError, match="dag"):
        graph.query("tid/giltighet", dag=day)


def test_wrong_integer(tmp_path: Path, graph: samverkansgraf.Graph) -> None:
    """A number that is none is an error."""
    text = "#+ params: antal (integer) hur många\nSELECT ?antal WHERE { VALUES ?antal { UNDEF } } ORDER BY ?antal\n"
    path = write_query(tmp_path, text)
    assert graph.query(str(path), antal="12").rows == [{"antal": 12}]
    with pytest.raises(QueryError, match="whole number"):
        graph.query(str(path), antal="tolv")


@pytest.mark.parametrize("value", ['a"b', "a\\", "a\nb", "' . } DROP ALL #", "å"])
def test_text_stays_text(tmp_path: Path, graph: samverkansgraf.Graph, value: str) -> None:
    """Nothing in a text parameter ends the literal."""
    text = "#+ params: ord (text) vilket ord\nSELECT ?ord WHERE { VALUES ?ord { UNDEF } } ORDER BY ?ord\n"
    assert graph.query(str(write_query(tmp_path, text)), ord=value).rows == [{"ord": value}]
    assert literal(value).startswith('"')


def test_parameter_without_values_line(tmp_path: Path, graph: samverkansgraf.Graph) -> None:
    """A declared parameter without its VALUES line is an error."""
    path = write_query(tmp_path, "#+ params: dag (date) vilken dag\nSELECT ?dag WHERE { ?x ?y ?dag } ORDER BY ?dag\n")
    with pytest.raises(QueryError, match="UNDEF"):
        graph.query(str(path), dag="2024")


@pytest.mark.parametrize("params", ["dag", "dag (dag) vilken", "dag date vilken", "dag (date)"])
def test_malformed_parameter(tmp_path: Path, params: str) -> None:
    """A parameter that is not `name (type) meaning` is an error that lists the types."""
    path = write_query(tmp_path, f"#+ params: {params}\nSELECT ?x WHERE {{ ?x ?y ?z }} ORDER BY ?x\n")
    with pytest.raises(QueryError, match="thing, date, text, integer"):
        _ = read_query(path, tmp_path).parameters


@pytest.mark.parametrize("line", ["#+ sumary: typo", "#+ summary", "#+ summary: a\n#+ summary: b"])
def test_malformed_header(tmp_path: Path, line: str) -> None:
    """A header line that is misspelt, empty or repeated is an error with its line."""
    path = write_query(tmp_path, f"{line}\nSELECT ?x WHERE {{ ?x ?y ?z }} ORDER BY ?x\n")
    with pytest.raises(DataError, match=r"fraga\.rq:[12]"):
        read_query(path, tmp_path)


def test_name_taken_twice(tmp_path: Path) -> None:
    """Two folders may not have a query of the same name."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write_query(tmp_path / folder, "SELECT ?x WHERE { ?x ?y ?z } ORDER BY ?x\n")
    with pytest.raises(DataError, match="taken"):
        named_queries([tmp_path / "a", tmp_path / "b"])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x FROM <urn:g> WHERE { ?x ?y ?z }",
        "SELECT ?x FROM NAMED <urn:g> WHERE { ?x ?y ?z }",
        "SELECT ?x WHERE { SERVICE <urn:s> { ?x ?y ?z } }",
        "SELECT ?x WHERE { service silent ?s { ?x ?y ?z } }",
        "LOAD <urn:g>",
        "CLEAR ALL",
        "DROP DEFAULT",
        "CREATE GRAPH <urn:g>",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE WHERE { ?x ?y ?z }",
        "COPY <urn:a> TO <urn:b>",
        "MOVE <urn:a> TO <urn:b>",
        "ADD <urn:a> TO <urn:b>",
        'SELECT ?x WHERE { ?x ?y "#" } ; DROP ALL',
        "SELECT ?x WHERE { ?x <urn:y#z> ?z } FROM",
        "PREFIX a: <urn:> SELECT ?x WHERE { ?x ?y a:.SERVICE <urn:s> { ?x ?y ?z } }",
        "PREFIX : <urn:> SELECT ?x WHERE { ?x ?y :.SERVICE <urn:s> { ?x ?y ?z } }",
    ],
)
def test_guard_refuses(text: str) -> None:
    """What reaches outside the loaded graph or changes it is refused with the line."""
    with pytest.raises(QueryError, match="Line 1"):
        guard(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?x WHERE { ?x ?y "from SERVICE \\" LOAD" }',
        "SELECT ?x WHERE { ?x ?y 'DROP' }",
        'SELECT ?x WHERE { ?x ?y """INSERT "quoted" DELETE""" }',
        "SELECT ?x WHERE { ?x ?y ?z } # FROM here LOAD there",
        "SELECT ?x WHERE { ?x <urn:FROM/SERVICE> ?z }",
        "SELECT ?from $load WHERE { ?from ?service $load }",
        "PREFIX sg: <urn:x#> SELECT ?x WHERE { ?x sg:from ?y ; sg:service ?z }",
        "PREFIX from: <urn:x#> SELECT ?x WHERE { ?x from:load ?y }",
    ],
)
def test_guard_lets_words_through(text: str) -> None:
    """The same words inside strings, comments, IRIs, names and variables are nothing to refuse."""
    assert guard(text) == text


@pytest.mark.parametrize("name", QUERIES)
def test_unbound_text_is_the_file(name: str) -> None:
    """Binding no parameter leaves the text as it stands."""
    no_terms: Mapping[str, str] = {}
    assert QUERIES[name].bound(no_terms) == QUERIES[name].text
