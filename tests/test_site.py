"""The pages: every link leads somewhere, no name can do anything but be read, the same graph gives the same bytes."""

from __future__ import annotations

import hashlib
import html
import json
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCAT

from samverkansgraf.api import Graph
from samverkansgraf.errors import OutputError, UnknownPage
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.pages.named import MOST_ROWS
from samverkansgraf.pages.shell import asset
from samverkansgraf.pages.start import FINDINGS, endings
from samverkansgraf.pages.thing import Things
from samverkansgraf.publishing.publication import DATA, VOCABULARY
from samverkansgraf.site import MARKER, Site
from samverkansgraf.terms import BASE
from samverkansgraf.texts import LANGUAGES, texts
from samverkansgraf.workspace import Workspace
from test_maps import HOSTILE, SMALL, Page, knowledge_of

MAP = "map.html"
"""Its script reads the fragment; `test_maps.py` and `test_browser.py` try the page."""
_HREF = re.compile(r'\bhref="([^"]*)"')
_ID = re.compile(r'\bid="([^"]*)"')
NAMES = "".join(
    f'vb:h{i} a sg:PoliticalForum ; skos:prefLabel """{name}"""@sv ; sg:informs vb:pkd .\n'
    for i, name in enumerate(HOSTILE)
)


@pytest.fixture(scope="module")
def site(graph: Graph) -> Site:
    """The site of this repository's graph."""
    return Site(graph.knowledge, texts("sv"))


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, str]:
    """Every page of it by path, save the map, which is a page of its own kind."""
    paths = (path for path in site.paths() if path.endswith(".html") and path != MAP)
    return {path: site.make(path).body.decode() for path in paths}


def hostile_knowledge() -> Knowledge:
    """A small graph with hostile names, sections and anchors."""
    return knowledge_of(SMALL | {("avtal", "stated", "javascript:alert(1) </script>"): NAMES})


@pytest.fixture(scope="module")
def hostile() -> Site:
    """The site of it."""
    return Site(hostile_knowledge(), texts("en"))


def test_every_link_leads_to_a_page_and_a_place_on_it(site: Site, pages: dict[str, str]) -> None:
    """Each href is relative, to a path of the site, its fragment to an id there; only the handbook links outside."""
    paths, ids = set(site.paths()), {path: set(_ID.findall(text)) for path, text in pages.items()}
    broken = set()
    for path, text in pages.items():
        for href in set(_HREF.findall(text)):
            if path.startswith("handbok/") and href.startswith("https://"):
                continue
            target, fragment = urldefrag(href)
            place = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            if place not in paths or (fragment and place != MAP and fragment not in ids.get(place, ())):
                broken.add((path, href))
    assert len(pages) > 1000
    assert sorted(broken)[:5] == []


def test_ids_are_unique_on_each_page(pages: dict[str, str]) -> None:
    """No page has one id twice."""
    twice = [path for path, text in pages.items() if len(found := _ID.findall(text)) != len(set(found))]
    assert twice == []


def test_every_thing_has_a_page_where_its_iri_says(site: Site, graph: Graph) -> None:
    """An IRI under the project's own address has its page at that path; those without a name too."""
    bare = [iri for iri in site.edition.things if iri not in graph.knowledge.things.namings]
    paths = set(site.paths())
    assert len(bare) > 50
    for iri in site.edition.things:
        assert site.address(iri) == iri.removeprefix(BASE) + ".html"
        assert site.address(iri) in paths


def test_page_of_a_thing_says_what_is_known_and_where(pages: dict[str, str]) -> None:
    """PKD: its kind, its other names, its seats with evidence, and in a part of its own what does not hold."""
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", pages["id/vasterbotten/pkd.html"]))
    certain, _, uncertain = text.partition(texts("sv")("show.other"))
    assert "Primärkommunala delegationen (PKD)" in certain
    assert re.search(r"angivet antal ledamöter 30 \d+", certain)
    assert "Den primärkommunala delegationen utgörs av" in uncertain
    assert "tvetydigt" in uncertain
    assert "tvetydigt" not in certain


def test_cells_of_a_report_lead_to_what_they_name(site: Site, pages: dict[str, str]) -> None:
    """A cell with several names has a link for each; a name that a collection shares leads to it in its own column."""
    compared = pages["report/compare/umea-vasterbotten.html"]
    assert ">Delegationen för social välfärd och hälsa</a>; <a" in compared
    assert '<a href="../../id/samling/umea.html">Umeåregionen</a>' in compared
    assert '<a href="../../id/umea/umearegionen.html">Umeåregionen</a>' in pages["report/kommun/2480.html"]
    assert site.edition.linked("platsfördelning") == ""


def test_lists_have_names_that_people_know(pages: dict[str, str]) -> None:
    """Documents stand by their kind, areas by theirs, named queries by theme; relations without a giver stand last."""
    assert "<dt>överenskommelse</dt>" in pages["documents.html"]
    assert "<dt>protokoll</dt>" in pages["documents.html"]
    kinds = re.findall("<h3>(.*?)</h3>", pages["reports.html"])
    assert (kinds[0], kinds[-1]) == ("Samverkansområde", "Mål")
    assert '<h2 id="motsagelser">Motsägelser</h2>' in pages["queries.html"]
    listed = pages["search.html"].partition('<ul id="list"')[2].partition("</ul>")[0]
    entries = [text.startswith("…") for text in re.findall("<li><a [^>]*>(.*?)</a>", listed)]
    assert entries == sorted(entries)
    assert any(entries)


def test_same_graph_gives_the_same_bytes(graph: Graph, site: Site) -> None:
    """A second site, made in another order, is the first one byte for byte."""
    again = Site(graph.knowledge, texts("sv"))
    some = list(again.paths())[::37]
    for path in reversed(some):
        assert again.make(path).body == site.make(path).body, path


def test_hostile_names_are_text(hostile: Site) -> None:
    """Names, sections and anchors that look like markup, scripts or templates stand as text on every page."""
    for path in hostile.paths():
        if path.endswith(".html") and path != MAP:
            page = Page(hostile.make(path).body.decode())
            names = {tag for tag, _ in page.tags}
            assert not names & {"img", "iframe", "object", "embed", "base"}, path
            assert {form["action"] for form in page.all("form")} <= {"sparql", path.rpartition("/")[2]}, path
            assert not [key for _, attributes in page.tags for key in attributes if key.startswith("on")], path
            assert not [a["href"] for a in page.all("a") if (a["href"] or "").startswith("javascript:")], path
            assert "49" not in page.text.partition("<h1")[2].partition("</h1>")[0], path


def test_policy_allows_nothing_but_what_the_page_holds(pages: dict[str, str]) -> None:
    """Each page forbids every request; no element asks for one."""
    for path, whole in pages.items():
        text = whole.replace(asset("vendor/yasqe.min.js"), "")
        assert "default-src 'none'" in text.partition("<title>")[0], path
        assert not re.search(r"<(img|iframe|link rel=\"stylesheet)|\bsrc=|\bstyle=", text), path


def test_unknown_path_is_refused(site: Site) -> None:
    """A path that is not there raises, also one that points out of the site."""
    for path in ("finns-inte.html", "../pyproject.toml", ""):
        with pytest.raises(UnknownPage, match="has no page"):
            site.make(path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_speak_their_language(graph: Graph, lang: str) -> None:
    """The page says its language, and marks Swedish names in an English page."""
    text = Site(graph.knowledge, texts(lang)).make("id/vasterbotten/pkd.html").body.decode()
    assert f'<html lang="{lang}">' in text
    assert ('<h1 lang="sv">' in text) == (lang == "en")


def stored(graph: Graph, iri: str) -> set[str]:
    """Every quad of the store that has *iri* as subject or value, as a line."""
    held = set()
    for where, named in (("GRAPH ?g {{ {0} }}", True), ("{0}", False)):
        for triple in (f"<{iri}> ?p ?o", f"?s ?p <{iri}>"):
            for row in graph.knowledge.store.select(f"SELECT * {{ {where.format(triple)} }}"):
                name = ox.NamedNode(iri)
                end = (row["s"], row["p"], name) if triple.startswith("?") else (name, row["p"], row["o"])
                held.add(f"{ox.Quad(*end, row['g'] if named else ox.DefaultGraph())} .")
    return held


@pytest.mark.filterwarnings(r"ignore:(Dataset\.\w+|ConjunctiveGraph) is deprecated:DeprecationWarning")  # within rdflib
@pytest.mark.parametrize("short", ["vb:pkd", "kommun:2480", "vb:pkd-platser-2480", "vml:srb", "lag:2010-630", "lan:24"])
def test_data_of_a_thing_is_what_the_store_holds(site: Site, graph: Graph, short: str) -> None:
    """JSON-LD holds every quad about the thing, and what its passages are; Turtle those of the default graph."""
    iri = graph.knowledge.things.find(short)
    path = site.address(iri).removesuffix(".html")
    held = set(ox.parse("\n".join(stored(graph, iri)).encode(), format=ox.RdfFormat.N_QUADS))
    body = site.make(f"{path}.jsonld").body
    read = set(ox.parse(body, format=ox.RdfFormat.JSON_LD))
    assert held
    assert held <= read
    assert {quad.subject for quad in read - held} <= {quad.graph_name for quad in held}
    turtle = {quad.triple for quad in ox.parse(site.make(f"{path}.ttl").body, format=ox.RdfFormat.TURTLE)}
    assert turtle == {quad.triple for quad in held if isinstance(quad.graph_name, ox.DefaultGraph)}
    dataset = rdflib.Dataset()
    dataset.parse(data=body, format="json-ld")
    assert len(list(dataset.quads())) == len(read)


def test_every_data_file_reads_back(site: Site) -> None:
    """Each tenth thing: JSON-LD gives exactly the quads it was made of, and JSON has every passage it points to."""
    things = Things(site.edition)
    for iri in site.edition.things[::10]:
        path = site.address(iri).removesuffix(".html")
        graphs = {name: ox.NamedNode(name) if name else ox.DefaultGraph() for name, *_ in things.data.quads(iri)}
        made = {str(ox.Quad(*rest, graphs[name])) for name, *rest in things.data.quads(iri)}
        assert {str(q) for q in ox.parse(site.make(f"{path}.jsonld").body, format=ox.RdfFormat.JSON_LD)} == made, iri
        plain = json.loads(site.make(f"{path}.json").body)
        cited = {passage for fact in (*plain["facts"], *plain["notFacts"]) for passage in fact["passages"]}
        assert cited == {one["passage"] for one in plain["evidence"]}, iri


def text_of(page: bytes) -> str:
    """What a person reads on a page."""
    bare = re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", " ", page.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(bare))


def test_start_page_says_what_there_is_and_five_findings(site: Site, graph: Graph) -> None:
    """Counts, the answers of five reports, and what ends last, word for word as the reports say it."""
    text = text_of(site.make("index.html").body)
    for name in FINDINGS:
        assert " ".join(graph.report(name).answer.split()) in text, name
    assert f"{len(graph.knowledge.documents)} dokument" in text
    ends = texts("sv")("timeline.ends")
    years = {str(row.cells[0])[:4] for row in graph.report("timeline").tables[0].rows if row.cells[2] == ends}
    assert [one.year for one in endings(graph.report("timeline"), ends)] == sorted(years)[-3:]


def test_downloads_are_the_graph_and_what_describes_it(site: Site, graph: Graph) -> None:
    """The N-Quads are the build; every file has the sum that is told, and a row; the catalogue finds its neighbours."""
    assert site.make("data/samverkansgraf.nq").body == graph.workspace.graph_file.read_bytes()
    sums = dict(reversed(line.split("  ")) for line in site.make("data/SHA256SUMS").body.decode().splitlines())
    assert sums.keys() == {*DATA, *VOCABULARY, "queries.ttl", "void.ttl", "dcat.ttl", "CITATION.cff"}
    page = site.make("downloads.html").body.decode()
    for name, digest in sums.items():
        assert hashlib.sha256(site.make(f"data/{name}").body).hexdigest() == digest, name
        assert f'<a href="data/{name}">{name}</a>' in page
    read = rdflib.Graph().parse(
        data=site.make("data/dcat.ttl").body, format="turtle", publicID="https://x.se/g/data/dcat.ttl"
    )
    said = {str(one).removeprefix("https://x.se/g/") for one in read.objects(None, DCAT.downloadURL)}
    assert said == {f"data/{name}" for name in DATA}


def test_site_without_a_publisher_says_so(hostile: Site) -> None:
    """No record for data portals, no citation, and how to get them."""
    paths = set(hostile.paths())
    assert "data/void.ttl" in paths
    assert not {"data/dcat.ttl", "data/CITATION.cff"} & paths
    assert "samverkansgraf doctor" in hostile.make("downloads.html").body.decode()


def test_every_passage_leads_to_its_place(site: Site, graph: Graph) -> None:
    """A passage's IRI has a page that sends on to the reader, at the passage."""
    paths = set(site.paths())
    for iri, passage in graph.knowledge.book.passages.items():
        assert iri.removeprefix(BASE) + ".html" in paths
        assert site.address(iri) == f"{passage.document.removeprefix(BASE)}.html#p-{iri[-8:]}"
    page = site.make(f"{iri.removeprefix(BASE)}.html").body.decode()
    assert f'content="0; url=../{site.address(iri)}"' in page


def test_term_says_what_it_means_and_who_uses_it(pages: dict[str, str]) -> None:
    """A class and a property of one spelling have a page each; uses lead to queries and rules, examples to things."""
    forum, network = pages["ns/forum-2.html"], pages["ns/Network.html"]
    assert 'href="../graph/derived/spread-allocations.html"' in forum
    assert 'href="../query/luckor/omrade-utan-natverk.html"' in network
    assert ">Kommunchefsnätverk</a>" in network
    assert 'lang="en"' in network


def test_long_answer_is_cut_and_says_so(site: Site, pages: dict[str, str]) -> None:
    """A query with more rows than a page shows tells how many, and its file has all."""
    cut = [path for path in pages if path.startswith("query/") and "Filerna har alla" in pages[path]]
    assert cut
    path = cut[0]
    whole = len(json.loads(site.make(path.replace(".html", ".json")).body)["results"]["bindings"])
    assert whole > MOST_ROWS
    assert f"{MOST_ROWS} första av {whole}" in pages[path]
    assert pages[path].count("<tr>") == MOST_ROWS + 1


@pytest.mark.parametrize(
    ("settings", "href"),
    [
        ({}, ""),
        ({"contact": "du@kommun.se"}, "mailto:du@kommun.se?subject="),
        ({"contact": "du@kommun.se", "report_errors": "fel@kommun.se"}, "mailto:fel@kommun.se?subject="),
        ({"report_errors": "https://kommun.se/fel?om={iri}"}, "https://kommun.se/fel?om="),
    ],
)
def test_errors_are_reported_where_the_settings_say(settings: dict[str, str], href: str) -> None:
    """The link carries the page's IRI; without an address there is a sentence and no dead link."""
    knowledge = knowledge_of(SMALL)
    knowledge.workspace = Workspace(None, settings)
    site = Site(knowledge, texts("sv"))
    for path, about in (("id/vasterbotten/pkd.html", f"{BASE}id/vasterbotten/pkd"), ("map.html", "map.html")):
        page = Page(site.make(path).body.decode())
        found = [a["href"] or "" for a in page.all("a") if (a["href"] or "").startswith(("mailto:", "https:"))]
        assert [one[: len(href)] for one in found] == ([href] if href else []), path
        assert (texts("sv")("site.report_errors_to") in page.text) == (not href)
        assert all(unquote(one).endswith(about) for one in found)
        assert path == "map.html" or f"{about}</code>" in page.text


def test_site_is_written_whole_and_only_over_itself(hostile: Site, tmp_path: Path) -> None:
    """A new folder, an empty one or an old site is taken; of a site the pages go and other files stay."""
    target = tmp_path / "webb"
    assert hostile.write(target) == len(list(hostile.paths()))
    about = json.loads((target / MARKER).read_text("utf-8"))
    assert about["files"] == list(hostile.paths())
    (target / MARKER).write_text(json.dumps(about | {"files": [*about["files"], "id/gammal/kvar.html"]}))
    for name in ("id/gammal/kvar.html", "CNAME", ".git/refs/head"):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(name)
    hostile.write(target)
    written = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert written == {*hostile.paths(), "CNAME", ".git/refs/head"}
    assert not (target / "id" / "gammal").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["webb"]
    (tmp_path / "annat").mkdir()
    hostile.write(tmp_path / "annat")
    (tmp_path / "brev").mkdir()
    (tmp_path / "brev" / "brev.txt").write_text("mitt")
    for folder, seen in (("brev", "holds other files"), ("brev/brev.txt", "is a file"), ("nej/nej", "is no folder")):
        with pytest.raises(OutputError, match=seen):
            hostile.write(tmp_path / folder)
    assert (tmp_path / "brev" / "brev.txt").read_text() == "mitt"


def test_failure_leaves_the_old_site(hostile: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a page cannot be made the old site stands as it was, and nothing is left beside it."""
    target = tmp_path / "webb"
    hostile.write(target)
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}

    def broken() -> None:
        raise OutputError("broken")

    monkeypatch.setitem(hostile._makers, "search.html", broken)
    with pytest.raises(OutputError, match="broken"):
        hostile.write(target)
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["webb"]
