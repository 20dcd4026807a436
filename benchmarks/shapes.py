"""Errors planted by the hundred, and the results of validators in one form."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from samverkansgraf.store import EmbeddedStore
from samverkansgraf.validate import read_shapes, validate

SH = "http://www.w3.org/ns/shacl#"
MINE = ("https://w3id.org/samverkansgraf/id/", "https://w3id.org/samverkansgraf/doc/")
Finding = tuple[str, str, str, str]


def plant(fixtures: Path, copies: int) -> list[str]:
    """N-Triples lines of every fixture that fails a shape, so many *copies* of each, things of each copy apart."""
    lines = []
    for path in sorted(fixtures.glob("*.fail.ttl")):
        triples = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
        for number in range(copies):
            mark = f"-{path.stem.partition('.')[0]}-{number}"
            lines += [f"{ox.Triple(*(_apart(term, mark) for term in triple))} .\n" for triple in triples]
    return lines


def _apart(term: object, mark: str) -> object:
    own = isinstance(term, ox.NamedNode) and term.value.startswith(MINE)
    return ox.NamedNode(term.value + mark) if own else term  # type: ignore[attr-defined]


def facts(graph: Path) -> list[str]:
    """N-Triples lines of the default graph of a built graph."""
    store = EmbeddedStore.open(graph)
    return sorted(f"{triple} .\n" for triple in store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))


def our_findings(graph: Path, ontology: Path) -> set[Finding]:
    """(severity, component, focus, value) of each result of our validator on a built graph."""
    results = validate(EmbeddedStore.open(graph), read_shapes([ontology]))
    return {(one.severity, one.component, one.focus, one.value) for one in results}


def peer_findings(report: Path) -> set[Finding]:
    """The same of a SHACL validation report in Turtle."""
    store = ox.Store()
    store.load(path=str(report), format=ox.RdfFormat.TURTLE)
    query = f"""
        PREFIX sh: <{SH}>
        SELECT ?severity ?component ?focus ?value WHERE {{
            ?result a sh:ValidationResult ; sh:resultSeverity ?severity ; sh:sourceConstraintComponent ?component ;
                sh:focusNode ?focus .
            OPTIONAL {{ ?result sh:value ?value }}
        }}"""
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    return {
        (
            row["severity"].value.removeprefix(SH).lower(), row["component"].value,
            str(row["focus"]), str(row["value"]) if row["value"] is not None else "",
        )
        for row in rows
    }  # fmt: skip
