"""What must hold: the shapes of `ontology/shapes.ttl`, compiled to SPARQL and asked of the store.

The compiler knows the part of SHACL that the shapes use and refuses the rest, so nothing is passed over in silence.
Reference: W3C Shapes Constraint Language (SHACL), 2017; a test holds the results against pyshacl.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from .errors import DataError, Finding
from .progress import told
from .store import Store

SH = "http://www.w3.org/ns/shacl#"
SEVERITIES = ("violation", "warning", "info")
_TARGETS = {
    "targetClass": "?this a <{0}> .",
    "targetSubjectsOf": "?this <{0}> ?anyObject .",
    "targetObjectsOf": "?anySubject <{0}> ?this .",
}
_ABOUT = frozenset({"message", "severity", "name", "description", "order"})
_VALUE_TESTS = {
    "datatype": "isLiteral(?value) && datatype(?value) = {0}",
    "class": "EXISTS {{ ?value a {0} }}",
    "pattern": "!isBlank(?value) && REGEX(STR(?value), {0})",
    "minInclusive": "?value >= {0}",
    "maxInclusive": "?value <= {0}",
    "minLength": "STRLEN(STR(?value)) >= {0}",
}
_NOT_IN_SHACL = re.compile(r"\b(VALUES|MINUS|SERVICE)\b", re.IGNORECASE)
_NODE_KINDS = {"IRI": "isIRI(?value)", "Literal": "isLiteral(?value)"}
_COMPONENTS = {"in": "In", "class": "Class", "nodeKind": "NodeKind"}


@dataclass(frozen=True, order=True, slots=True)
class Result:
    """One result: severity, the shape that demands, the thing that fails, and which value (SPARQL terms as text)."""

    severity: str
    shape: str
    focus: str
    path: str
    value: str
    component: str
    message_sv: str
    message_en: str

    def message(self, lang: str) -> str:
        """The shape's message in *lang*."""
        return self.message_en if lang == "en" else self.message_sv


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint as SPARQL: solutions of ``query`` (?this, ?value) are results."""

    shape: str
    path: str
    component: str
    severity: str
    messages: tuple[str, str]
    query: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape: how its subjects are found, and its checks."""

    iri: str
    target: str
    checks: tuple[Check, ...]


class _Reader:
    """Reads shapes from parsed Turtle."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = ox.Store()
        try:
            self.store.load(path=str(path), format=ox.RdfFormat.TURTLE)
        except SyntaxError as exc:
            raise DataError([Finding(str(path), exc.lineno or 0, f"not readable as Turtle: {exc.msg}")]) from exc

    def objects(
        self, subject: ox.NamedNode | ox.BlankNode, name: str
    ) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        quads = self.store.quads_for_pattern(subject, ox.NamedNode(SH + name), None)
        return sorted((quad.object for quad in quads), key=str)  # type: ignore[misc]

    def one(
        self, parent: ox.NamedNode, node: ox.NamedNode | ox.BlankNode, name: str
    ) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        found = self.objects(node, name)
        if len(found) != 1:
            raise self.refuse(parent.value, f"a constraint needs one sh:{name}, not {len(found)}")
        return found[0]

    def refuse(self, shape: str, what: str) -> DataError:
        return DataError([Finding(str(self.path), 0, f"<{shape}>: {what}")])

    def shapes(self) -> Iterator[Shape]:
        kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        nodes = self.store.quads_for_pattern(None, kind, ox.NamedNode(SH + "NodeShape"))
        for node in sorted((quad.subject for quad in nodes), key=str):
            assert isinstance(node, ox.NamedNode)
            yield self.shape(node)

    def shape(self, node: ox.NamedNode) -> Shape:
        targets = [_TARGETS[name].format(target.value) for name in _TARGETS for target in self.objects(node, name)]
        if not targets:
            raise self.refuse(node.value, "a shape without a target examines nothing; give it sh:targetClass")
        target = " UNION ".join(f"{{ {pattern} }}" for pattern in targets)
        self.known(node, node.value, {*_TARGETS, "property", "sparql"})
        checks = [
            check for part in self.objects(node, "property") for check in self.property_checks(node, part, target)
        ]
        checks += [self.sparql_check(node, part, target) for part in self.objects(node, "sparql")]
        return Shape(node.value, target, tuple(checks))

    def known(self, node: ox.NamedNode | ox.BlankNode, shape: str, allowed: set[str]) -> None:
        for quad in self.store.quads_for_pattern(node, None, None):
            name = quad.predicate.value.removeprefix(SH)
            if quad.predicate.value.startswith(SH) and name not in allowed | _ABOUT:
                raise self.refuse(shape, f"sh:{name} is not understood here; use sh:sparql, or teach validate.py")

    def about(self, node: ox.NamedNode | ox.BlankNode, parent: ox.NamedNode) -> tuple[str, tuple[str, str]]:
        """(severity, messages in Swedish and English) of a constraint, or of its shape."""
        named = self.objects(node, "severity") or self.objects(parent, "severity")
        severity = str(named[0].value).removeprefix(SH).lower() if named else "violation"
        if severity not in SEVERITIES:
            raise self.refuse(parent.value, f"sh:severity {severity} is not one of {', '.join(SEVERITIES)}")
        words = self.objects(node, "message") or self.objects(parent, "message")
        texts = {word.language: word.value for word in words if isinstance(word, ox.Literal)}
        if {"sv", "en"} - texts.keys():
            raise self.refuse(parent.value, "sh:message is needed in sv and en")
        return severity, (texts["sv"], texts["en"])

    def sparql_check(self, parent: ox.NamedNode, node: object, target: str) -> Check:
        assert isinstance(node, (ox.NamedNode, ox.BlankNode))
        self.known(node, parent.value, {"select"})
        select = str(self.one(parent, node, "select").value).replace("$this", "?this")
        if word := _NOT_IN_SHACL.search(select):
            raise self.refuse(
                parent.value, f"SHACL allows no {word.group().upper()} in sh:select; other engines would refuse it"
            )
        prologue, where, rest = select.partition("SELECT")
        query = f"{prologue} SELECT DISTINCT ?this ?value WHERE {{ {target} {{ {where}{rest} }} }}"
        severity, messages = self.about(node, parent)
        return Check(parent.value, "", SH + "SPARQLConstraintComponent", severity, messages, query)

    def property_checks(self, parent: ox.NamedNode, node: object, target: str) -> Iterator[Check]:
        assert isinstance(node, (ox.NamedNode, ox.BlankNode))
        self.known(node, parent.value, {"path", "minCount", "maxCount", "nodeKind", "in", *_VALUE_TESTS})
        path_node = self.one(parent, node, "path")
        path = f"<{path_node.value}>" if isinstance(path_node, ox.NamedNode) else self.inverse(parent, path_node)
        severity, messages = self.about(node, parent)
        source = node.value if isinstance(node, ox.NamedNode) else parent.value
        for component, query in self.constraints(node, path, target):
            yield Check(source, path, f"{SH}{component}ConstraintComponent", severity, messages, query)

    def inverse(self, parent: ox.NamedNode, node: object) -> str:
        found = self.objects(node, "inversePath") if isinstance(node, ox.BlankNode) else []
        if not found or not isinstance(found[0], ox.NamedNode):
            raise self.refuse(parent.value, "sh:path should be a property or [ sh:inversePath a property ]")
        return f"^<{found[0].value}>"

    def constraints(self, node: ox.NamedNode | ox.BlankNode, path: str, target: str) -> Iterator[tuple[str, str]]:
        for least in self.objects(node, "minCount"):
            counted = f"OPTIONAL {{ ?this {path} ?one }}"
            yield "MinCount", _count_query(target, counted, f"< {least.value}")
        for most in self.objects(node, "maxCount"):
            yield "MaxCount", _count_query(target, f"?this {path} ?one", f"> {most.value}")
        tests = [(name, _VALUE_TESTS[name].format(term)) for name in _VALUE_TESTS for term in self.objects(node, name)]
        tests += [("nodeKind", self.node_kind(kind)) for kind in self.objects(node, "nodeKind")]
        tests += [("in", f"?value IN ({', '.join(map(str, self.items(head)))})") for head in self.objects(node, "in")]
        for name, test in tests:
            component = _COMPONENTS.get(name, name[0].upper() + name[1:])
            body = f"{{ {target} }} ?this {path} ?value FILTER(!COALESCE({test}, false))"
            yield component, f"SELECT DISTINCT ?this ?value WHERE {{ {body} }}"

    def node_kind(self, kind: object) -> str:
        name = str(getattr(kind, "value", kind)).removeprefix(SH)
        if name not in _NODE_KINDS:
            raise self.refuse(name, f"sh:nodeKind sh:{name} is not understood here; known are {', '.join(_NODE_KINDS)}")
        return _NODE_KINDS[name]

    def items(self, head: object) -> list[object]:
        rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        found: list[object] = []
        while isinstance(head, ox.BlankNode):
            found += [quad.object for quad in self.store.quads_for_pattern(head, ox.NamedNode(rdf + "first"), None)]
            head = next(iter(self.store.quads_for_pattern(head, ox.NamedNode(rdf + "rest"), None))).object
        return found


def _count_query(target: str, pattern: str, test: str) -> str:
    inner = f"SELECT DISTINCT ?this WHERE {{ {target} }}"
    counted = f"SELECT ?this (COUNT(DISTINCT ?one) AS ?number) WHERE {{ {{ {inner} }} {pattern} }} GROUP BY ?this"
    return f"SELECT ?this ?value WHERE {{ {{ {counted} }} FILTER(?number {test}) }}"


def read_shapes(folders: Sequence[Path]) -> list[Shape]:
    """Every node shape of ``shapes.ttl`` in *folders*; what the compiler does not know is refused by name."""
    paths = [folder / "shapes.ttl" for folder in folders if (folder / "shapes.ttl").is_file()]
    return [shape for path in paths for shape in _Reader(path).shapes()]


def validate(store: Store, shapes: Sequence[Shape]) -> list[Result]:
    """Every result of every shape on the default graph, most severe first.

    Asked of a copy in our own engine where the store is Virtuoso, which walks a path of any length wrongly at times.
    """
    results, exact = set(), store.exact
    for shape in told(shapes, "Validating"):
        for check in shape.checks:
            for solution in exact.select(check.query):
                value = solution["value"]
                shown = "" if value is None else str(value)
                about = (check.shape, str(solution["this"]), check.path, shown, check.component)
                results.add(Result(check.severity, *about, *check.messages))
    return sorted(results, key=lambda result: (SEVERITIES.index(result.severity), result))


def examined(store: Store, shapes: Sequence[Shape]) -> dict[str, int]:
    """Number of subjects each shape examines; a shape that examines none has checked nothing."""
    counts = {}
    for shape in shapes:
        rows = list(store.select(f"SELECT (COUNT(DISTINCT ?this) AS ?number) WHERE {{ {shape.target} }}"))
        counts[shape.iri] = int(rows[0]["number"].value)
    return counts
