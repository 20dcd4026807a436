"""One query text on every engine: each `.rq` and each SPARQL text in Python keeps to what was found to agree.

The texts in Python are read from the code, with every place to fill in taken for a name. What a rule here refuses is
told with what to write instead; `docs/motorer.md` says which engine answers otherwise.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from samverkansgraf.guard import lexer
from samverkansgraf.terms import XSD
from samverkansgraf.validate import read_shapes
from workbench import ROOT

SOURCE = ROOT / "src" / "samverkansgraf"
FILES = sorted(path for folder in ("queries", "ontology") for path in (ROOT / folder).rglob("*.rq"))
SPARQL = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT)\b.*\{", re.DOTALL)
OWN_ENGINE = "own-engine:"
FILLED = "<urn:x>"
GRAPH_BLOCK = re.compile(r"\bGRAPH\s+(\?\w+)\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
LATIN = range(0x100)
REFUSED = [
    (r"(?<=[>\w)])\+(?=\s)", "p+: write ?x p ?m . ?m p* ?y with DISTINCT"),
    (r"\bGRAPH\s+(?![?{])", "GRAPH <iri>: write VALUES ?g { <iri> } GRAPH ?g"),
    (r"\bsameTerm\b", "sameTerm: write ="),
    (r"\bDESCRIBE\b", "DESCRIBE: write CONSTRUCT"),
    (r"\bFROM\b", "FROM: engines differ"),
    (r"\bHAVING\s*\(\s*\?", "HAVING of an alias: write the aggregate"),
    (r"\^\^\s*(?:xsd:string\b|<http://www\.w3\.org/2001/XMLSchema#string>)", "a plain literal is a string"),
    (r"\b(?:STRSTARTS|STRENDS|CONTAINS|REGEX)\s*\(\s*(?!STR\(|LCASE\(STR\(|REPLACE\()\?(?!bone|otherBone)", "STR()"),
    (r"(?<![\w\"])[0-9]+\s*/\s*[0-9?]", "integer division: write xsd:decimal(…) / …"),
    (r"\}\s*VALUES\b[^{}]*\{[^{}]*\}\s*\Z", "VALUES behind a query: write them inside it"),
    (r"\b(?:COALESCE|IF)\s*\(\s*(?:SUM|COUNT|MIN|MAX)\b", "an aggregate inside a function: bind a value in every row"),
    (r"\bAVG\b", "AVG differs after the 15th decimal"),
    (r"\b(?:DELETE|INSERT|LOAD|CLEAR|DROP)\b", "queries only read"),
]
"""What is refused (in a text without its strings, addresses and comments), and what to write."""
WRITERS = frozenset({"store/publishing.py"})
"""Modules that change a service on purpose."""


def code(text: str) -> str:
    """*text* with strings and addresses emptied and comments left out."""
    shown = {"text": '""', "iri": "<>", "comment": ""}
    kept = f"<{XSD.string}>"
    return "".join(
        t.group() if t.group() == kept else shown.get(t.lastgroup or "", t.group()) for t in lexer(text).finditer(text)
    )


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, text) of every string of a module that holds SPARQL; docstrings are not among them."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told | parts:
            text = node.value
        else:
            continue
        if SPARQL.search(text):
            yield node.lineno, text


def filled(text: str) -> str:
    """A text of Python as SPARQL: doubled braces single, each place to fill in a name."""
    text = re.sub(r"(?<!\{)\{(\w+)\}(?!\})", "…", text).replace("{{", "{").replace("}}", "}")
    return re.sub(r"<?…(?:…|\w)*>?", FILLED, text)


@cache
def texts() -> dict[str, str]:
    """Every SPARQL text of the repository, by where it stands."""
    found = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in FILES}
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name not in WRITERS:
            found |= {f"{name}:{line}": filled(text) for line, text in strings(ast.parse(path.read_text("utf-8")))}
    for shape in read_shapes([ROOT / "ontology"]):
        found |= {f"{shape.iri} {number}": check.query for number, check in enumerate(shape.checks)}
    return found


@pytest.mark.parametrize("place", sorted(texts()))
def test_text_keeps_to_what_engines_agree_on(place: str) -> None:
    """No form that an engine is known to answer otherwise."""
    text = code(texts()[place])
    assert [instead for pattern, instead in REFUSED if re.search(pattern, text)] == []


@pytest.mark.parametrize("place", sorted(texts()))
def test_evidence_is_joined_to_a_fact(place: str) -> None:
    """A graph is a variable that some fact describes, or known by its name, so that an engine's own are not seen."""
    text = code(texts()[place])
    if re.search(rf"^\s*{re.escape(FILLED)}\s*$", texts()[place], re.MULTILINE):
        return  # the pattern that describes graphs is filled in; the fitted text is asked of every engine
    described = {
        graph for graph, _ in GRAPH_BLOCK.findall(text) if re.search(rf"\{graph}\s+(?:a|<>|\w+:\w+)\s", text)
    } | set(re.findall(r"(?:VALUES\s+|STRSTARTS\(STR\()(\?\w+)", text))
    assert {graph for graph, _ in GRAPH_BLOCK.findall(text)} <= described
    assert not [inside for _, inside in GRAPH_BLOCK.findall(text) if re.search(r"[\w>)][*+]\s", inside)]


@pytest.mark.parametrize("place", sorted(texts()))
def test_made_text_is_latin(place: str) -> None:
    """Virtuoso turns what lies beyond Latin-1 into a question mark where made text is grouped or sorted."""
    if OWN_ENGINE in texts()[place] or not re.search(r"\b(?:GROUP|ORDER) BY\b", texts()[place]):
        return
    for made in re.findall(r"\b(?:CONCAT|REPLACE)\s*\(((?:[^()]|\([^()]*\))*)\)", texts()[place]):
        assert not [letter for letter in made if ord(letter) not in LATIN], made


def test_lint_sees_what_it_should() -> None:
    """Texts are collected from queries, rules, checks, shapes and Python, and a bad one is caught."""
    kinds = {place.split("/")[0].split(":")[0] for place in texts()}
    assert {"queries", "ontology", "knowledge.py", "reports", "network", "store", "https"} <= kinds
    bad = (
        "SELECT ?x { ?x <urn:p>+ ?y }",
        "SELECT ?x { GRAPH <urn:g> { ?x ?y ?z } }",
        "DESCRIBE <urn:x>",
        "SELECT ?x { ?x ?y ?z } VALUES ?x { <urn:x> }",
        "SELECT ?x { ?x ?y ?z FILTER(CONTAINS(?z, 'a')) }",
        f'ASK {{ ?x ?y "a"^^<{XSD.string}> }}',
    )
    assert all(any(re.search(pattern, shown) for pattern, _ in REFUSED) for shown in map(code, bad))
