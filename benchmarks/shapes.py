"""The project's shapes as pyshacl takes them, and the results of both validators in one form."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from samverkansgraf.store import EmbeddedStore
from samverkansgraf.validate import read_shapes, validate

SG = "https://w3id.org/samverkansgraf/ns#"
SH = "http://www.w3.org/ns/shacl#"
_TABLE = f"""        VALUES (?value ?each ?oneOf) {{
            (<{SG}from> <{SG}fromEach> <{SG}fromOneOf>)
            (<{SG}to> <{SG}toEach> <{SG}toOneOf>)
        }}
"""
Finding = tuple[str, str, str, str]


def peer_shapes(source: Path, target: Path) -> Path:
    """Shapes for pyshacl: the same file, or a copy without VALUES, which SHACL does not allow in a constraint.

    The one constraint that has it asks for two sides of a flow at once; in the copy each side has a constraint.
    """
    text = source.read_text("utf-8")
    if _TABLE not in text:
        return source
    start = text.rindex("sh:sparql [", 0, text.index(_TABLE))
    end = text.index("]", start) + 1
    table = text[start:end].replace(_TABLE, "")
    sides = (_side(table, side) for side in ("from", "to"))
    target.write_text(text[:start] + " ;\n    ".join(sides) + text[end:], "utf-8")
    return target


def _side(constraint: str, side: str) -> str:
    for variable, name in (("?value", side), ("?each", f"{side}Each"), ("?oneOf", f"{side}OneOf")):
        constraint = constraint.replace(f"{variable} ?", f"<{SG}{name}> ?")
    constraint = constraint.replace("leavesOpen> ?value", f"leavesOpen> <{SG}{side}>")
    head, _, tail = constraint.rpartition("}")
    return f"{head} BIND(<{SG}{side}> AS ?value) }}{tail}"


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
