"""The page where a person asks in SPARQL, and the page with the answer."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pyoxigraph as ox

from ..results import GRAPHS, RESULTS
from ..terms import RDF, SG
from .edition import Crumb, Edition, Made, Pages
from .named import themes
from .shell import asset

_FIRST = """# {comment}
PREFIX sg: <https://w3id.org/samverkansgraf/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?forum ?name ?seats WHERE {{
  ?forum a sg:PoliticalForum ; skos:prefLabel ?name .
  OPTIONAL {{ ?forum sg:seats ?seats }}
}}
ORDER BY ?name ?forum
"""
_BLANK = "SELECT ?thing ?name WHERE {\n  ?thing skos:prefLabel ?name\n}\nLIMIT 20\n"
"""What a new tab begins with."""
_SPOKEN = ("asking", "failed", "editor_label", "page", "takes", "takes_how")
"""Words that the script says: keys under ``sparql``."""
_OWL = "http://www.w3.org/2002/07/owl#"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of an answer: its text, whether it is an IRI, and its language."""

    text: str
    is_iri: bool = False
    lang: str = ""


def sparql_pages(edition: Edition) -> Pages:
    """(path, maker) of the page with the editor."""
    yield "sparql.html", lambda: _editor(edition)


def _editor(e: Edition) -> Made:
    prefixes = e.knowledge.context.prefixes
    words = {key: e.texts(f"sparql.{key}") for key in _SPOKEN} | {"tab": e.texts("sparql.tab", n="{n}")}
    help_texts = {"prefixes": prefixes, "classes": _terms(e, "Class"), "words": words, "blank": _BLANK}
    help_texts["properties"] = _terms(e, "ObjectProperty", "DatatypeProperty")
    return e.page(
        "sparql.html", "sparql", title=e.texts("sparql.title"), prefixes=prefixes, themes=themes(e),
        first=_FIRST.format(comment=e.texts("sparql.first")), help=json.dumps(help_texts, ensure_ascii=False),
        styles=[asset("vendor/yasqe.min.css"), asset("sparql.css")],
        scripts=[asset(f"{name}.js") for name in ("vendor/yasqe.min", "search", "tabs", "sparql")], talks=True,
    )  # fmt: skip


def _terms(e: Edition, *kinds: str) -> list[str]:
    """Terms of the project's own vocabulary of these OWL kinds, sorted."""
    listed = ", ".join(f"<{_OWL}{kind}>" for kind in kinds)
    query = f"SELECT DISTINCT ?term WHERE {{ ?term <{RDF.type}> ?kind FILTER (?kind IN ({listed})) }}"
    found = {row["term"].value for row in e.knowledge.store.select(query)}
    return sorted(term for term in found if term.startswith(SG.base))


def answer_page(e: Edition, query: str, kind: str, body: str, *, cut: int | None) -> Made:
    """The answer to *query* for a person: *body* is results JSON (*kind* ``results``) or Turtle (``graphs``).

    *cut* is how many rows are left of an answer that was cut.
    """
    heads, rows, truth = _table(body) if kind == "results" else ((), [], None)
    return e.page(
        "sparql", "answer", title=e.texts("sparql.answer"), crumbs=[Crumb(e.texts("sparql.title"), "sparql.html")],
        query=query, heads=heads, rows=rows, truth=truth, cut=cut,
        graph=body if kind == "graphs" else "", formats=list(RESULTS if kind == "results" else GRAPHS),
        talks=True,
    )  # fmt: skip


def _table(body: str) -> tuple[tuple[str, ...], list[list[Cell]], bool | None]:
    """Headings and rows of a SELECT, or the truth of an ASK."""
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return (), [], bool(found)
    names = tuple(variable.value for variable in found.variables)
    return names, [[_cell(term) for term in row] for row in found], None


def _cell(term: object) -> Cell:
    if term is None:
        return Cell("")
    if isinstance(term, ox.Literal):
        return Cell(term.value, lang=term.language or "")
    return Cell(term.value, is_iri=isinstance(term, ox.NamedNode))  # type: ignore[attr-defined]


__all__ = ["answer_page", "sparql_pages"]
