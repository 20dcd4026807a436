"""Read a plain RDF file in `data/`: one graph, no passages, no graph names, no blank nodes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import yaml

from .documents import Reading, compose, read_text
from .errors import Finding
from .terms import import_graph

FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".jsonld": ox.RdfFormat.JSON_LD}
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\s]*>|#[^\n]*|(?P<blank>_:|\[|\()",
    re.DOTALL,
)
_GRAPH_TYPE = "<https://w3id.org/samverkansgraf/ns#Import>"


def read_import(path: Path, *, file: str) -> Reading:
    """Read one Turtle, N-Triples or JSON-LD file into the graph ``…/graph/imported/<stem>``.

    A blank node or a graph name is a finding that names its line; remote contexts are never fetched.
    """
    reading = Reading(file=file, iri=import_graph(path.stem))
    text = read_text(path, reading)
    if reading.findings:
        return reading
    reading.findings += _json_findings(reading, text) if path.suffix == ".jsonld" else _blank_findings(file, text)
    if not reading.findings:
        _parse(path, text, reading)
    return reading


def _parse(path: Path, text: str, reading: Reading) -> None:
    graph = ox.NamedNode(reading.iri)
    lines = [f"<{reading.iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {_GRAPH_TYPE} <{reading.iri}> ."]
    try:
        for quad in ox.parse(text.encode(), format=FORMATS[path.suffix]):
            if not isinstance(quad.graph_name, ox.DefaultGraph) or isinstance(quad.subject, ox.BlankNode):
                reading.findings.append(Finding(reading.file, 0, f"a graph name or blank node at {quad.subject}"))
                return
            lines.append(f"{ox.Quad(quad.subject, quad.predicate, quad.object, graph)} .")
            reading.described.append((quad.subject.value, 0))
    except SyntaxError as exc:
        reading.findings.append(Finding(reading.file, exc.lineno or 0, f"not readable: {exc.msg}"))
        return
    reading.quads = "\n".join(lines) + "\n"
    reading.facts.add(reading.iri)


def _blank_findings(file: str, text: str) -> list[Finding]:
    return [
        Finding(file, text.count("\n", 0, token.start()) + 1, "blank node (_:, [ or a list); give the thing an IRI")
        for token in _TOKEN.finditer(text)
        if token.group("blank")
    ]


def _json_findings(reading: Reading, text: str) -> list[Finding]:
    """Objects without `@id` and named graphs, with the line each begins on (JSON is YAML to the composer)."""
    try:
        json.loads(text)
    except ValueError as exc:
        return [Finding(reading.file, getattr(exc, "lineno", 0), f"not readable as JSON: {exc}")]
    except RecursionError:
        return [Finding(reading.file, 0, "not readable as JSON: objects stand too deep in one another")]
    root = compose(reading, text)
    return [] if root is None else [Finding(reading.file, line, seen) for line, seen in _json_problems(root, top=True)]


def _json_problems(node: yaml.Node, *, top: bool) -> list[tuple[int, str]]:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [problem for item in node.value for problem in _json_problems(item, top=top)]
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = {str(key.value): value for key, value in node.value}
    context = keys.pop("@context", None)
    remote = "a context behind an address is not fetched; write the context in the file"
    problems = [(place, remote) for place in _addresses(context)]
    problems += [(node.start_mark.line + 1, "blank node; give the thing an IRI") for node in _blank_ids(keys)]
    if "@graph" in keys and (not top or "@id" in keys):
        problems.append((line, "a named graph; a plain RDF file is one graph"))
    elif not {"@id", "@graph", "@value"} & keys.keys():
        problems.append((line, "an object without @id would be a blank node; give the thing an IRI"))
    for key, value in keys.items():
        if key not in {"@id", "@type", "@value"}:
            problems += _json_problems(value, top=key == "@graph")
    return problems


def _addresses(context: yaml.Node | None) -> list[int]:
    """Lines where a context names another instead of being one."""
    parts = context.value if isinstance(context, yaml.SequenceNode) else [context]
    return [part.start_mark.line + 1 for part in parts if isinstance(part, yaml.ScalarNode)]


def _blank_ids(keys: dict[str, yaml.Node]) -> list[yaml.Node]:
    values = (
        node
        for key in ("@id", "@type")
        if key in keys
        for node in (keys[key].value if isinstance(keys[key], yaml.SequenceNode) else [keys[key]])
    )
    return [node for node in values if str(node.value).startswith("_:")]
