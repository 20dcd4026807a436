"""Competency questions: each query gives exactly the answer that was read from the source text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import test_queries
from samverkansgraf.api import Graph
from samverkansgraf.queries import NamedQuery
from workbench import script

ROOT = Path(__file__).resolve().parents[1]
AT_LEAST = {"umea": 40, "vml": 40, "jamtland": 20, "vasterbotten": 40}
# Rules for files that do not hold for a question: its prefixes come from the project, not from its text.
RULES_OF_FILES = {"test_declares_exactly_the_prefixes_it_uses", "test_parses_in_bare_oxigraph"}
NAME_IN_QUERY = re.compile(r"(?<![\w?:-])([A-Za-z][\w-]*):((?:[\w.-]*\w)?)")
FOREIGN = {"xsd", "rdf", "rdfs", "owl", "prov", "dcterms", "foaf", "skos", "org"}


MAKER = script("make_questions")
FILES = {path.stem: MAKER.read_questions(path) for path in sorted(MAKER.FOLDER.glob("*.yaml"))}
ASKED = [
    pytest.param(question, id=f"{name}-{number:03}")
    for name, questions in FILES.items()
    for number, question in enumerate(questions, 1)
]


def cell(graph: Graph, term: dict[str, str] | None) -> str:
    """One term of SPARQL JSON as the answers are written: IRIs short, literals as their text, unbound empty."""
    if term is None:
        return ""
    return graph.knowledge.things.short(term["value"]) if term["type"] == "uri" else term["value"]


def answered(graph: Graph, question: Any) -> set[tuple[str, ...]]:
    """Rows of the graph's answer."""
    if question.named:
        answer = graph.query(question.named, **question.params)
    else:
        answer = graph.query(question.query, is_text=True)
    result = json.loads(answer.to("json"))
    if "boolean" in result:
        return {(str(result["boolean"]).lower(),)}
    columns = result["head"]["vars"]
    return {tuple(cell(graph, row.get(name)) for name in columns) for row in result["results"]["bindings"]}


def rules() -> Iterator[tuple[str, Callable[[NamedQuery], None]]]:
    """The tests of how named queries are written, by name, each ready for one query."""
    for name, function in vars(test_queries).items():
        marks = {
            mark.args[0]: mark.args[1] for mark in getattr(function, "pytestmark", ()) if mark.name == "parametrize"
        }
        if marks.pop("query", None) is not test_queries.WRITTEN or name in RULES_OF_FILES:
            continue
        for names, rows in marks.items():
            for row in rows:
                yield f"{name} {row}", partial(function, **dict(zip(names, row, strict=True)))
        if not marks:
            yield name, function


RULES = dict(rules())


@pytest.fixture(scope="module")
def places(graph: Graph) -> set[tuple[str, str]]:
    """Document and anchor of every passage."""
    query = "SELECT ?document ?anchor WHERE { GRAPH ?document { ?passage sg:anchor ?anchor } ?document a sg:Document }"
    rows = graph.query(query, is_text=True).rows
    return {(graph.knowledge.things.short(str(row["document"])), str(row["anchor"])) for row in rows}


@pytest.mark.parametrize("question", ASKED)
def test_answer_is_what_the_text_says(graph: Graph, question: Any) -> None:
    """The query gives the expected rows, no more and no fewer."""
    assert answered(graph, question) == question.answer, question.question


@pytest.mark.parametrize("question", ASKED)
def test_anchor_is_a_passage_of_the_document(places: set[tuple[str, str]], question: Any) -> None:
    """The place that supports the answer is in the graph."""
    assert (question.document, question.anchor) in places, question.question


@pytest.mark.parametrize("question", ASKED)
def test_query_keeps_the_rules_of_the_engines(question: Any) -> None:
    """A question is written by the rules for named queries, so every engine gives the same answer."""
    query = NamedQuery(question.question, MAKER.FOLDER, {}, question.query)
    assert len(RULES) > 10
    for rule in RULES.values():
        rule(query)


@pytest.mark.parametrize("question", ASKED)
def test_every_name_is_known(graph: Graph, question: Any) -> None:
    """Things and terms in a query exist, so an empty answer is silence and not a slip of the pen."""
    text = test_queries.code(NamedQuery("", MAKER.FOLDER, {}, question.query))
    for prefix, local in NAME_IN_QUERY.findall(text):
        if prefix not in FOREIGN:
            graph.knowledge.things.find(f"{prefix}:{local}")  # raises UnknownThing


@pytest.mark.parametrize("question", [param for param in ASKED if not param.values[0].answer])
def test_silence_is_explained(question: Any) -> None:
    """An empty answer says in its note what the text leaves unsaid."""
    assert question.note, question.question


@pytest.mark.parametrize(("name", "least"), AT_LEAST.items())
def test_there_are_enough_questions(name: str, least: int) -> None:
    """Each collection is asked enough, no question twice."""
    texts = [question.question for question in FILES.get(name, [])]
    assert len(texts) >= least
    assert len(set(texts)) == len(texts)


def test_page_of_questions_is_up_to_date(graph: Graph) -> None:
    """docs/fragor.md is what the script writes now."""
    page = MAKER.PAGE.read_text("utf-8") if MAKER.PAGE.exists() else ""
    assert page == MAKER.page(graph), "docs/fragor.md is stale; run `make docs` (python scripts/make_questions.py)"
