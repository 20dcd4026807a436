"""The pages: every link leads somewhere, no name can do anything but be read, the same graph gives the same bytes."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from urllib.parse import urldefrag

import pyoxigraph as ox
import pytest
import rdflib

from samverkansgraf.api import Graph
from samverkansgraf.errors import OutputError, UnknownPage
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.pages.shell import asset
from samverkansgraf.pages.thing import Things
from samverkansgraf.site import Site
from samverkansgraf.terms import BASE
from samverkansgraf.texts import LANGUAGES, texts
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
    """Each href is relative, to a path of the site, and its fragment to an id that is there."""
    paths, ids = set(site.paths()), {path: set(_ID.findall(text)) for path, text in pages.items()}
    broken = set()
    for path, text in pages.items():
        for href in set(_HREF.findall(text)):
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
            assert {form["action"] for form in page.all("form")} <= {"sparql"}, path
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


def test_site_is_written_whole_and_only_over_itself(hostile: Site, tmp_path: Path) -> None:
    """A new folder, an old site or an empty folder is taken; other files are left alone, and so is a file."""
    target = tmp_path / "webb"
    assert hostile.write(target) == len(list(hostile.paths()))
    (target / "kvar.html").write_text("gammal")
    hostile.write(target)
    written = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert written == set(hostile.paths())
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
