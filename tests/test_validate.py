"""Shapes: what each demands, and that our compiler and pyshacl see the same.

`fixtures/shapes/<shape>.pass.ttl` fails no shape and has something for this one to examine; `<shape>.fail.ttl` fails
exactly this one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from samverkansgraf.api import Graph
from samverkansgraf.errors import DataError
from samverkansgraf.rules import conclude, read_rules
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.terms import SG
from samverkansgraf.validate import SEVERITIES, Result, Shape, examined, read_shapes, validate
from workbench import ROOT, Workbench

FIXTURES = Path(__file__).parent / "fixtures" / "shapes"
FILE = ROOT / "ontology" / "shapes.ttl"
SHAPES = {shape.iri.removeprefix(SG.base): shape for shape in read_shapes([FILE.parent])}
PREFIXES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sg: <https://w3id.org/samverkansgraf/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix a: <http://a/> .
"""
MESSAGE = 'sh:message "Så."@sv , "So."@en ;'
Seen = set[tuple[str, str, str, str]]


def store_of(turtle: str | bytes) -> EmbeddedStore:
    """A store with the triples of a Turtle text as facts."""
    store = EmbeddedStore()
    data = turtle.encode() if isinstance(turtle, str) else turtle
    store.load("".join(f"{triple} .\n" for triple in ox.parse(data, format=ox.RdfFormat.TURTLE)))
    return store


def shapes_of(folder: Path, text: str) -> list[Shape]:
    """Shapes of a shapes file written by the test."""
    (folder / "shapes.ttl").write_text(PREFIXES + text, "utf-8")
    return read_shapes([folder])


def ours(store: EmbeddedStore, shapes: list[Shape]) -> Seen:
    """(focus, path, value, component) of every result of ours; paths that run backwards as ^path."""
    return {(r.focus, r.path, normal(r.value), r.component) for r in validate(store, shapes)}


def normal(term: str) -> str:
    """One spelling of a term: plain strings without their datatype."""
    return term.removesuffix("^^<http://www.w3.org/2001/XMLSchema#string>")


def theirs(data: rdflib.Graph, shapes: rdflib.Graph) -> Seen:
    """The same of every result of pyshacl."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    assert isinstance(report, rdflib.Graph)
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        path = report.value(result, SH.resultPath)
        back = shapes.value(path, SH.inversePath) or report.value(path, SH.inversePath) if path is not None else None
        shown = "" if path is None else f"^<{back}>" if back else f"<{path}>"
        value = report.value(result, SH.value)
        component = str(report.value(result, SH.sourceConstraintComponent))
        focus = f"<{report.value(result, SH.focusNode)}>"
        counted = component.endswith(("MinCountConstraintComponent", "MaxCountConstraintComponent"))
        sparql = component.endswith("SPARQLConstraintComponent")
        text = "" if value is None or counted else value.n3() if isinstance(value, rdflib.Literal) else f"<{value}>"
        found.add((focus, "" if sparql else shown, normal(text), component))
    return found


def graph_of(turtle: bytes) -> rdflib.Graph:
    """An rdflib graph of a Turtle text, lexical forms kept as they are written."""
    return rdflib.Graph().parse(data=turtle, format="turtle")


@pytest.fixture(scope="module")
def shacl() -> rdflib.Graph:
    """The shapes as rdflib reads them."""
    return rdflib.Graph().parse(FILE)


def fixture_data(name: str) -> bytes:
    """One fixture's bytes."""
    return (FIXTURES / name).read_bytes()


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_shape_lets_its_passing_fixture_through(name: str) -> None:
    """The passing fixture fails nothing, and the shape had something to examine in it."""
    store = store_of(fixture_data(f"{name}.pass.ttl"))
    assert validate(store, list(SHAPES.values())) == []
    assert examined(store, [SHAPES[name]])[SHAPES[name].iri] > 0


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_shape_and_no_other_stops_its_failing_fixture(name: str) -> None:
    """The failing fixture fails this shape and only this, each of its checks at least once."""
    results = validate(store_of(fixture_data(f"{name}.fail.ttl")), list(SHAPES.values()))
    assert {result.shape.removeprefix(SG.base) for result in results} == {name}
    assert {(result.path, result.component) for result in results} == {
        (check.path, check.component) for check in SHAPES[name].checks
    }


def test_every_shape_has_both_fixtures_and_no_fixture_is_left_over() -> None:
    """Two files a shape, and a shape for every file."""
    assert {path.name for path in FIXTURES.glob("*.ttl")} == {
        f"{name}.{kind}.ttl" for name in SHAPES for kind in ("pass", "fail")
    }


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.glob("*.ttl")))
def test_pyshacl_gives_the_same_results_on_fixtures(name: str, shacl: rdflib.Graph) -> None:
    """Focus, path, value and component agree with the reference implementation."""
    data = fixture_data(name)
    assert ours(store_of(data), list(SHAPES.values())) == theirs(graph_of(data), shacl)


def test_pyshacl_gives_the_same_results_on_the_real_graph(graph: Graph, shacl: rdflib.Graph) -> None:
    """The built graph of this repository has the same results in both."""
    data = (ROOT / "graph" / "samverkansgraf.ttl").read_bytes()
    assert ours(graph.knowledge.store, list(SHAPES.values())) == theirs(graph_of(data), shacl)


def test_every_shape_examines_something_in_the_real_graph(graph: Graph) -> None:
    """A shape that looks at nothing has checked nothing."""
    counts = examined(graph.knowledge.store, list(SHAPES.values()))
    assert {iri for iri, number in counts.items() if not number} == set()


def test_shapes_name_only_terms_of_the_ontology() -> None:
    """A misspelt class or property in a shape would make it idle."""
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "samverkansgraf.ttl")
    described = {str(one) for one in ontology.subjects()}
    named = set(re.findall(r"\bsg:(\w+)", FILE.read_text("utf-8"))) | set(
        re.findall(r"<https://w3id.org/samverkansgraf/ns#(\w+)>", FILE.read_text("utf-8"))
    )
    assert {name for name in named if not name.endswith("Shape") and SG.base + name not in described} == set()


REFUSED = {
    "unknown term of a shape": (f"a:S a sh:NodeShape ; sh:targetClass a:C ; sh:closed true ; {MESSAGE} .", "sh:closed is not understood here"),  # noqa: E501
    "unknown term of a property": (f"a:S a sh:NodeShape ; sh:targetClass a:C ; {MESSAGE} sh:property [ sh:path a:p ; sh:lessThan a:q ] .", "sh:lessThan is not understood here; use sh:sparql, or teach validate.py"),  # noqa: E501
    "unknown term of a query": (f"a:S a sh:NodeShape ; sh:targetClass a:C ; {MESSAGE} sh:sparql [ sh:ask 'ASK {{}}' ] .", "sh:ask is not understood here"),  # noqa: E501
    "deactivated": (f"a:S a sh:NodeShape ; sh:targetClass a:C ; sh:deactivated true ; {MESSAGE} .", "sh:deactivated is not understood here"),  # noqa: E501
    "flags": (f"a:S a sh:NodeShape ; sh:targetClass a:C ; {MESSAGE} sh:property [ sh:path a:p ; sh:pattern 'x' ; sh:flags 'i' ] .", "sh:flags is not understood"),  # noqa: E501
    "no target": (f"a:S a sh:NodeShape ; {MESSAGE} sh:property [ sh:path a:p ; sh:minCount 1 ] .", "a shape without a target examines nothing; give it sh:targetClass"),  # noqa: E501
    "one node as target": (f"a:S a sh:NodeShape ; sh:targetNode a:x ; {MESSAGE} .", "a shape without a target examines nothing"),  # noqa: E501
    "node kind": (f"a:S a sh:NodeShape ; sh:targetClass a:C ; {MESSAGE} sh:property [ sh:path a:p ; sh:nodeKind sh:BlankNode ] .", "sh:nodeKind sh:BlankNode is not understood here; known are IRI, Literal"),  # noqa: E501
    "path": (f"a:S a sh:NodeShape ; sh:targetClass a:C ; {MESSAGE} sh:property [ sh:path ( a:p a:q ) ; sh:minCount 1 ] .", "sh:path should be a property or"),  # noqa: E501
    "no path": (f"a:S a sh:NodeShape ; sh:targetClass a:C ; {MESSAGE} sh:property [ sh:minCount 1 ] .", "a constraint needs one sh:path, not 0"),  # noqa: E501
    "no query": (f"a:S a sh:NodeShape ; sh:targetClass a:C ; {MESSAGE} sh:sparql [ ] .", "a constraint needs one sh:select, not 0"),  # noqa: E501
    "query with VALUES": (f"a:S a sh:NodeShape ; sh:targetClass a:C ; {MESSAGE} sh:sparql [ sh:select 'SELECT $this ?value WHERE {{ VALUES ?value {{ 1 }} }}' ] .", "SHACL allows no VALUES in sh:select"),  # noqa: E501
    "severity": (f"a:S a sh:NodeShape ; sh:targetClass a:C ; sh:severity a:Bad ; {MESSAGE} sh:property [ sh:path a:p ; sh:minCount 1 ] .", "is not one of violation, warning, info"),  # noqa: E501
    "language": ("a:S a sh:NodeShape ; sh:targetClass a:C ; sh:message 'So.'@en ; sh:property [ sh:path a:p ; sh:minCount 1 ] .", "sh:message is needed in sv and en"),  # noqa: E501
    "syntax": ("a:S a sh:NodeShape ;;; x .", r"shapes\.ttl:5: not readable as Turtle"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_the_compiler_does_not_know_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """Nothing of SHACL is passed over in silence: the file, the shape and the term are named."""
    with pytest.raises(DataError, match=message):
        shapes_of(tmp_path, text)


CONSTRAINTS = {
    "inverse path": "sh:property [ sh:path [ sh:inversePath a:p ] ; sh:minCount 1 ; sh:maxCount 1 ]",
    "node kind": "sh:property [ sh:path a:p ; sh:nodeKind sh:IRI ] ; sh:property [ sh:path a:q ; sh:nodeKind sh:Literal ]",  # noqa: E501
    "datatype": "sh:property [ sh:path a:p ; sh:datatype xsd:integer ]",
    "class": "sh:property [ sh:path a:p ; sh:class a:C ]",
    "range": "sh:property [ sh:path a:p ; sh:minInclusive 1 ; sh:maxInclusive 2 ]",
    "in": "sh:property [ sh:path a:p ; sh:in ( a:x 1 'text' 'ord'@sv ) ]",
    "pattern": "sh:property [ sh:path a:p ; sh:pattern '^[a-t\\\\\\\\d]+$' ]",
    "length": "sh:property [ sh:path a:p ; sh:minLength 3 ]",
    "query": "sh:sparql [ sh:select 'SELECT $this ?value WHERE { $this <http://a/p> ?value FILTER(isIRI(?value)) }' ]",
}
DATA = """
a:x a a:C ; a:p a:y , 1 , 3 , "text" , "ord"@sv , "x\\"y" , 1.5 ; a:q a:z , "q" .
a:y a a:C ; a:p a:x , a:y .
a:z a:p a:x ; a:r a:y .
"""


@pytest.mark.parametrize("target", ["sh:targetClass a:C", "sh:targetSubjectsOf a:q", "sh:targetObjectsOf a:r"])
@pytest.mark.parametrize("constraint", CONSTRAINTS.values(), ids=CONSTRAINTS.keys())
def test_each_constraint_agrees_with_pyshacl(tmp_path: Path, constraint: str, target: str) -> None:
    """Every part of SHACL that the compiler knows gives pyshacl's results on values of every kind."""
    text = f"a:S a sh:NodeShape ; {target} ; {MESSAGE} {constraint} ."
    shapes = shapes_of(tmp_path, text)
    assert ours(store_of(PREFIXES + DATA), shapes) == theirs(
        graph_of((PREFIXES + DATA).encode()), graph_of((PREFIXES + text).encode())
    )


def test_results_come_most_severe_first_and_speak_both_languages(tmp_path: Path) -> None:
    """Severity is the constraint's own, else the shape's, else a violation; the message is in the reader's language."""
    parts = [
        f"sh:property [ sh:path a:none{kind} ; sh:minCount 1 ; sh:severity sh:{kind} ]"
        for kind in ("Info", "Violation", "Warning")
    ]
    shapes = shapes_of(tmp_path, f"a:S a sh:NodeShape ; sh:targetClass a:C ; {MESSAGE} {' ; '.join(parts)} .")
    results = validate(store_of(PREFIXES + "a:x a a:C ."), shapes)
    assert [result.severity for result in results] == list(SEVERITIES)
    assert (results[0].message("sv"), results[0].message("en")) == ("Så.", "So.")


def test_shapes_look_at_facts_only() -> None:
    """A passage's own graph is not validated: what is only proposed breaks no shape."""
    store = EmbeddedStore()
    store.load(f'<http://a/x> <{SG.seats}> "tre" <http://a/g> .\n')
    assert validate(store, list(SHAPES.values())) == []


def test_subclasses_are_examined_after_the_rules(bench: Workbench) -> None:
    """A network is a forum by the rule `types`, so the shape of forums examines it."""
    bench.document()
    store = EmbeddedStore()
    store.load(bench.quads())
    assert conclude(read_rules(bench.workspace.folders("ontology/rules")), store)
    assert examined(store, [SHAPES["ForumNameShape"]])[SG.base + "ForumNameShape"] >= 1


def test_result_is_told_apart_by_every_field() -> None:
    """Two results that differ in their value are two results."""
    one = Result("violation", "s", "f", "p", "1", "c", "sv", "en")
    other = Result("violation", "s", "f", "p", "2", "c", "sv", "en")
    assert one < other
