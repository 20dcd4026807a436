"""One suite, four engines: embedded, on disk, Oxigraph's server and Virtuoso answer every question alike.

Each engine is filled by `samverkansgraf load`. Texts that reports send are collected while the reports are made on the
embedded graph, then asked everywhere, so that a difference is seen where it arises.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace

import pytest

import engines
from samverkansgraf.api import Graph
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.render import render
from samverkansgraf.reports import REPORTS
from samverkansgraf.store import Dataset, EmbeddedStore, Quad, Result, Store, publish
from samverkansgraf.validate import read_shapes, validate
from test_queries import PARAMETERS, QUERIES
from workbench import ROOT

BUILD = ROOT / "graph" / "samverkansgraf.nq"
OPTIONS: dict[str, dict[str, object]] = {
    "chains": {"collection": "Västerbotten"},
    "compare": {"first": "Västerbotten", "second": "Västmanland"},
    "kommun": {"thing": "kommun:2480"},
    "path": {"start": "vb:pkd-au", "end": "region:24"},
    "routes": {"area": "vml:omrade-kollektivtrafik"},
    "show": {"thing": "vb:pkd"},
}
"""What a report cannot do without."""
THING = re.compile(r"<https://w3id.org/samverkansgraf/(?:id|doc)/[^>]*>")
OTHERS = ("disk", "oxigraph", "virtuoso")
Reports = tuple[dict[str, bytes], dict[str, Counter[str]]]
NO_VIRTUOSO = (
    "NOT TESTED ON VIRTUOSO: it is not installed (apt-get install virtuoso-opensource); nothing is known of its answers"
)


class Listening(Store):
    """A store that keeps what it was asked, and how often each row came back."""

    def __init__(self, store: EmbeddedStore) -> None:
        self.inner = store
        self.asked: dict[str, Counter[str]] = {}
        self._forms: set[str] = set()

    def query(self, text: str, prefixes: Mapping[str, str] | None = None, *, dataset: Dataset | None = None) -> Result:
        """Note the question, once for each form of it, then pass it on."""
        if (form := THING.sub("<…>", text)) not in self._forms and not prefixes:
            self._forms.add(form)
            self.asked[text] = rows(self.inner, text)
        return self.inner.query(text, prefixes, dataset=dataset)

    def quads(self) -> Iterator[Quad]:
        """Every quad."""
        return self.inner.quads()

    def lines(self, graph: str | None = None) -> Iterator[str]:
        """Every line."""
        return self.inner.lines(graph)

    def has_graph(self, graph: str) -> bool:
        """Whether a graph is loaded."""
        return self.inner.has_graph(graph)

    @property
    def local(self) -> EmbeddedStore:
        """The store that was listened to: what is asked of it is not collected, as it is asked nowhere else."""
        return self.inner


def rows(store: Store, text: str) -> Counter[str]:
    """How often each row comes in the answer to a SELECT; the truth of an ASK."""
    result = store.query(text)
    if not hasattr(result, "variables"):
        return Counter([str(bool(result))])
    return Counter(" ".join(str(row[name]) for name in result.variables) for row in result)


@pytest.fixture(scope="module")
def graphs(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Graph]]:
    """The graph of the repository in every engine that is here."""
    with ExitStack() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKANSGRAF_STORE_USER", "dba")
        patch.setenv("SAMVERKANSGRAF_STORE_PASSWORD", "dba")
        addresses = {
            "disk": str(tmp_path_factory.mktemp("disk")),
            "oxigraph": running.enter_context(engines.oxigraph(tmp_path_factory.mktemp("oxigraph"))),
        }
        if engines.virtuoso_is_here():
            addresses["virtuoso"] = running.enter_context(engines.virtuoso(tmp_path_factory.mktemp("virtuoso")))
        for name, address in addresses.items():
            for _ in range(2 if name == "virtuoso" else 1):  # where two builds lie beside each other, plans are others
                publish(BUILD, address, lambda file: file)
        yield {name: Graph(replace(graph.workspace, store=address)) for name, address in addresses.items()}


@pytest.fixture(params=OTHERS)
def other(request: pytest.FixtureRequest, graphs: dict[str, Graph]) -> Graph:
    """The graph in one of the other engines."""
    if request.param not in graphs:
        pytest.skip(NO_VIRTUOSO)
    return graphs[request.param]


@pytest.fixture(scope="module")
def reports(graph: Graph) -> Reports:
    """Every report on the embedded graph, and every text that was asked for them."""
    listening = Listening(graph.knowledge.store.local)
    heard = Graph(graph.workspace)
    heard.__dict__["knowledge"] = Knowledge(listening, graph.workspace)
    made = {name: render(heard.report(name, **OPTIONS.get(name, {})), "json") for name in REPORTS}  # type: ignore[arg-type]
    return made, listening.asked


def test_store_holds_every_quad(graph: Graph, other: Graph) -> None:
    """What was loaded comes back, quad by quad, as it was written."""
    assert Counter(graph.knowledge.store.lines()) == Counter(other.knowledge.store.lines())


@pytest.mark.parametrize("name", QUERIES)
def test_named_query_gives_the_same_answer(graph: Graph, other: Graph, name: str) -> None:
    """The same rows in the same order."""
    asked = PARAMETERS.get(name, {})
    assert graph.query(name, **asked).rows == other.query(name, **asked).rows  # type: ignore[arg-type]


def test_every_text_of_the_reports_gives_the_same_rows(other: Graph, reports: Reports) -> None:
    """No text that a report sends is answered otherwise, nor with a row too many."""
    _, asked = reports
    assert asked
    assert [text for text, expected in asked.items() if rows(other.knowledge.store, text) != expected] == []


@pytest.mark.parametrize("name", REPORTS)
def test_report_is_the_same(other: Graph, name: str, reports: Reports) -> None:
    """Every byte of the report, evidence too."""
    expected, _ = reports
    assert expected[name] == render(other.report(name, **OPTIONS.get(name, {})), "json")  # type: ignore[arg-type]


def test_shapes_find_the_same(graph: Graph, other: Graph) -> None:
    """Validation is SPARQL and runs on any engine."""
    shapes = read_shapes(graph.workspace.folders("ontology"))
    assert validate(graph.knowledge.store, shapes) == validate(other.knowledge.store, shapes)


def test_triples_are_the_same(graph: Graph, other: Graph) -> None:
    """CONSTRUCT gives the same set of triples, truth values and durations too."""
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . FILTER(isLiteral(?o)) }"
    expected = set(map(str, graph.knowledge.store.construct(text)))
    assert expected == set(map(str, other.knowledge.store.construct(text)))
