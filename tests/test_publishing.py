"""The folder to publish: validated by shapes of DCAT-AP-SE, its files and checksums, its catalogue of queries."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from click.testing import CliRunner
from rdflib.namespace import DCAT, DCTERMS, RDF, SH
from rdflib.plugins.sparql import prepareQuery

import samverkansgraf
from samverkansgraf.cli import main
from samverkansgraf.errors import WorkspaceError
from samverkansgraf.exports import Request
from samverkansgraf.publishing import CC0, Publisher, publication
from samverkansgraf.queries import named_queries
from samverkansgraf.workspace import Workspace
from workbench import ROOT, Workbench

SETTINGS = {
    "publisher": "Sala kommun",
    "contact": "data@sala.se",
    "licence": "https://creativecommons.org/licenses/by/4.0/",
}
BASE = "https://exempel.se/samverkan/"
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The published files of a small graph."""
    bench = Workbench(tmp_path_factory.mktemp("ut"), "".join(f'{key} = "{text}"\n' for key, text in SETTINGS.items()))
    bench.document()
    bench.build().write(bench.root / "graph")
    graph = samverkansgraf.open(bench.root)
    publisher = Publisher.of(graph.workspace, BASE, sparql="https://exempel.se/sparql", date="2026-11-27")
    return publication(Request(graph.knowledge), publisher)


@cache
def shapes() -> rdflib.Graph:
    """The shapes, written from the text of DCAT-AP-SE."""
    return rdflib.Graph().parse(ROOT / "tests" / "fixtures" / "dcat" / "dcat-ap-se.ttl")


def results(catalogue: rdflib.Graph) -> list[rdflib.term.Node]:
    """What the shapes find."""
    _, report, _ = pyshacl.validate(catalogue, shacl_graph=shapes())
    assert isinstance(report, rdflib.Graph)
    return list(report.subjects(RDF.type, SH.ValidationResult))


@pytest.fixture
def catalogue(files: dict[str, bytes]) -> rdflib.Graph:
    """The catalogue, read by rdflib."""
    return rdflib.Graph().parse(data=files["dcat.ttl"], format="turtle")


def test_catalogue_is_dcat_ap_se(catalogue: rdflib.Graph) -> None:
    """No shape fails; the service and every file are distributions of one dataset, without blank nodes."""
    assert results(catalogue) == []
    (dataset,) = catalogue.subjects(RDF.type, DCAT.Dataset)
    assert len(list(catalogue.objects(dataset, DCAT.distribution))) == 12
    assert not any(isinstance(term, rdflib.BNode) for triple in catalogue for term in triple)
    assert (dataset, RDF.type, VOID.Dataset) in catalogue
    assert len(list(catalogue.objects(dataset, VOID.dataDump))) == 4


@pytest.mark.parametrize(
    "key", [DCTERMS.title, DCTERMS.publisher, DCTERMS.license, DCAT.accessURL, DCAT.endpointURL, DCAT.contactPoint]
)
def test_shapes_miss_what_is_taken_out(catalogue: rdflib.Graph, key: rdflib.URIRef) -> None:
    """Without a mandatory property the shapes fail: they look at something."""
    catalogue.remove((None, key, None))
    assert results(catalogue)


def test_licence_is_that_of_each_file_and_cc0_of_the_catalogue(catalogue: rdflib.Graph) -> None:
    """The licence of the settings is on distributions, spelled as the profile spells it."""
    licences = {
        str(kind).rpartition("#")[2]: set(map(str, catalogue.objects(one, DCTERMS.license)))
        for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution)
        for one in catalogue.subjects(RDF.type, kind)
    }
    by = {"http://creativecommons.org/licenses/by/4.0/"}
    assert licences == {"Catalog": {CC0}, "Dataset": set(), "Distribution": by}


def test_checksums_are_those_of_the_files(files: dict[str, bytes], catalogue: rdflib.Graph) -> None:
    """SHA256SUMS lists every other file as `sha256sum -c` reads it; the catalogue says the same and the size."""
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}
    said = {str(value) for value in catalogue.objects(None, rdflib.URIRef("http://spdx.org/rdf/terms#checksumValue"))}
    assert {rdflib.Literal(sums[name], datatype=rdflib.XSD.hexBinary).n3() for name in sums if name != "dcat.ttl"} == {
        rdflib.Literal(value, datatype=rdflib.XSD.hexBinary).n3() for value in said
    }
    sizes = {int(str(size)) for size in catalogue.objects(None, DCAT.byteSize)}
    assert sizes == {len(data) for name, data in files.items() if name not in {"SHA256SUMS", "dcat.ttl"}}


def test_named_queries_are_executables(files: dict[str, bytes]) -> None:
    """Each named query is a sh:SPARQLExecutable with its own text, which a SPARQL library reads, and a question."""
    read = rdflib.Graph().parse(data=files["queries.ttl"], format="turtle")
    texts = {str(text) for text in read.objects(None, SH.select)}
    known = named_queries([ROOT / "queries"])
    assert texts == {query.text for query in known.values()}
    for one in read.subjects(RDF.type, SH.SPARQLExecutable):
        assert (one, RDF.type, SH.SPARQLSelectExecutable) in read
        (label,) = read.objects(one, rdflib.RDFS.label)
        assert isinstance(label, rdflib.Literal)
        assert label.language == "sv"
        prepareQuery(str(read.value(one, SH.select)))


@pytest.mark.parametrize(
    ("changed", "base", "seen"),
    [
        ({"publisher": ""}, BASE, "names no publisher"),
        ({"licence": ""}, BASE, "names no licence"),
        ({"licence": "CC0"}, BASE, "'CC0' is no web address"),
        ({"contact": "sala.se"}, BASE, "should be an e-mail address"),
        ({}, "exempel.se", "'exempel.se' is no web address"),
        ({}, "https://exempel.se/<x>", "is no web address"),
    ],
)
def test_what_is_missing_is_told(changed: dict[str, str], base: str, seen: str) -> None:
    """Nothing is published without a publisher, a licence and an address."""
    with pytest.raises(WorkspaceError, match=seen):
        Publisher.of(Workspace(None, {**SETTINGS, **changed}), base)


def test_day_of_change_is_a_day() -> None:
    """A date of the calendar, whole."""
    for date in ("2026", "2026-02-30", "i går"):
        with pytest.raises(WorkspaceError, match="is no day"):
            Publisher.of(Workspace(None, SETTINGS), BASE, date=date)


def test_command_writes_the_folder(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """`describe` writes every file; without a contact there is none in the catalogue."""
    bench.write("samverkansgraf.toml", 'publisher = "Sala"\nlicence = "https://exempel.se/licens"\n')
    bench.document()
    bench.build().write(bench.root / "graph")
    monkeypatch.chdir(bench.root)
    made = CliRunner().invoke(main, ["describe", BASE, "-o", "ut"], catch_exceptions=False)
    assert made.exit_code == 0, made.stderr
    names = sorted(path.name for path in Path("ut").iterdir())
    assert len(names) == 13
    assert b"contactPoint" not in (bench.root / "ut" / "dcat.ttl").read_bytes()
