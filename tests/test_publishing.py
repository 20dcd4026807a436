"""The folder to publish: validated by shapes of DCAT-AP-SE, its files and checksums, its catalogue of queries."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
import yaml
from click.testing import CliRunner
from rdflib.namespace import DCAT, DCTERMS, RDF, SH
from rdflib.plugins.sparql import prepareQuery

import samverkansgraf
from samverkansgraf.cli import main
from samverkansgraf.errors import WorkspaceError
from samverkansgraf.exports import Request
from samverkansgraf.publishing import Publication, Publisher
from samverkansgraf.publishing.catalogue import CC0
from samverkansgraf.publishing.publication import DATA
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
def small(tmp_path_factory: pytest.TempPathFactory) -> samverkansgraf.Graph:
    """A small graph of a workspace whose settings name a publisher."""
    bench = Workbench(tmp_path_factory.mktemp("ut"), "".join(f'{key} = "{text}"\n' for key, text in SETTINGS.items()))
    bench.document()
    bench.build().write(bench.root / "graph")
    return samverkansgraf.open(bench.root)


@pytest.fixture(scope="module")
def files(small: samverkansgraf.Graph) -> dict[str, bytes]:
    """Its files, published at an address."""
    publisher = Publisher.of(small.workspace, BASE, sparql="https://exempel.se/sparql", date="2026-11-27")
    return dict(Publication(Request(small.knowledge), publisher).files())


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
    """No shape fails; the service and every file of data are distributions of one dataset, without blank nodes."""
    assert results(catalogue) == []
    (dataset,) = catalogue.subjects(RDF.type, DCAT.Dataset)
    addresses = {str(one) for one in catalogue.objects(None, DCAT.downloadURL)}
    assert addresses == {BASE + name for name in DATA}
    assert len(list(catalogue.objects(dataset, DCAT.distribution))) == len(DATA) + 1
    assert not any(isinstance(term, rdflib.BNode) for triple in catalogue for term in triple)


def test_void_is_of_the_same_dataset(files: dict[str, bytes], catalogue: rdflib.Graph) -> None:
    """VoID has the counts that rdflib finds in what holds, the files of RDF and the service."""
    void, holds = rdflib.Graph().parse(data=files["void.ttl"], format="turtle"), rdflib.Graph()
    holds.parse(data=files["samverkansgraf.ttl"], format="turtle")
    (dataset,) = void.subjects(RDF.type, VOID.Dataset)
    assert (dataset, RDF.type, DCAT.Dataset) in catalogue
    counted = {
        "triples": len(holds),
        "distinctSubjects": len(set(holds.subjects())),
        "properties": len(set(holds.predicates())),
        "classes": len(set(holds.objects(None, RDF.type))),
    }
    assert counted == {key: int(str(void.value(dataset, VOID[key]))) for key in counted}
    dumps = {str(one).removeprefix(BASE) for one in void.objects(dataset, VOID.dataDump)}
    assert dumps == {name for name in DATA if name.endswith((".ttl", ".nq", ".trig", ".jsonld"))}
    assert str(void.value(dataset, VOID.sparqlEndpoint)) == "https://exempel.se/sparql"


def test_without_an_address_files_say_where_they_lie(small: samverkansgraf.Graph, files: dict[str, bytes]) -> None:
    """The same catalogue and VoID when they are read from the address; the citation has none."""
    publisher = Publisher.of(small.workspace, sparql="https://exempel.se/sparql", date="2026-11-27")
    here = Publication(Request(small.knowledge), publisher)
    for name in ("dcat.ttl", "void.ttl"):
        assert BASE.encode() in files[name]
        assert BASE.encode() not in here.body(name)
        read = [
            rdflib.Graph().parse(data=data, format="turtle", publicID=BASE + name)
            for data in (files[name], here.body(name))
        ]
        assert set(read[0]) == set(read[1])
    assert "url" not in yaml.safe_load(here.body("CITATION.cff"))


def test_citation_names_publisher_licence_and_day(files: dict[str, bytes]) -> None:
    """What Citation File Format 1.2 asks of a dataset, with the licence by its SPDX name."""
    assert yaml.safe_load(files["CITATION.cff"]) == {
        "cff-version": "1.2.0", "message": "Ange källan så här om du använder uppgifterna.", "type": "dataset",
        "title": "Samverkan mellan regioner och kommuner som kunskapsgraf", "authors": [{"name": "Sala kommun"}],
        "license": "CC-BY-4.0", "url": BASE, "date-released": "2026-11-27",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        (CC0, {"license": "CC0-1.0"}),
        ("https://creativecommons.org/licenses/by-sa/4.0/", {"license": "CC-BY-SA-4.0"}),
        ("https://exempel.se/licens", {"license-url": "https://exempel.se/licens"}),
    ],
)
def test_citation_spells_the_licence(small: samverkansgraf.Graph, licence: str, told: dict[str, str]) -> None:
    """By its SPDX name where it is a Creative Commons licence, else by its address."""
    publisher = Publisher.of(Workspace(None, {**SETTINGS, "licence": licence}))
    read = yaml.safe_load(Publication(Request(small.knowledge), publisher).body("CITATION.cff"))
    assert {key: value for key, value in read.items() if key.startswith("license")} == told


def test_without_a_publisher_the_rest_is_there(small: samverkansgraf.Graph) -> None:
    """Nobody is named who is not known: no catalogue and no citation, but data, VoID, queries and sums."""
    names = set(Publication(Request(small.knowledge), Publisher.of(small.workspace)).names)
    bare = Publication(Request(small.knowledge))
    assert names - set(bare.names) == {"dcat.ttl", "CITATION.cff"}
    listed = {line.split("  ")[1] for line in bare.body("SHA256SUMS").decode().splitlines()}
    assert listed == set(bare.names) - {"SHA256SUMS"}


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
    assert {rdflib.Literal(sums[name], datatype=rdflib.XSD.hexBinary).n3() for name in DATA} == {
        rdflib.Literal(value, datatype=rdflib.XSD.hexBinary).n3() for value in said
    }
    sizes = {int(str(size)) for size in catalogue.objects(None, DCAT.byteSize)}
    assert sizes == {len(files[name]) for name in DATA}


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
    assert names == sorted(
        Publication(Request(samverkansgraf.open(bench.root).knowledge), Publisher.of(bench.workspace)).names
    )
    assert b"contactPoint" not in (bench.root / "ut" / "dcat.ttl").read_bytes()
