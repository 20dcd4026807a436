"""The map: what is on it, that it asks the network for nothing, and that no name can do anything but be read."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
import pytest

from samverkansgraf.errors import OutputError
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.maps import draw, style
from samverkansgraf.maps.page import inlined
from samverkansgraf.network.layout import Box, positions
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.terms import ONTOLOGY_GRAPH
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace, package_root

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "javascript:alert(1)",
    "{{ 7 * 7 }} <!-- ' &amp; \u2028",
)
PREFIXES = """
@prefix sg: <https://w3id.org/samverkansgraf/ns#> .
@prefix doc: <https://w3id.org/samverkansgraf/doc/> .
@prefix samling: <https://w3id.org/samverkansgraf/id/samling/> .
@prefix vb: <https://w3id.org/samverkansgraf/id/vasterbotten/> .
@prefix umea: <https://w3id.org/samverkansgraf/id/umea/> .
@prefix kommun: <https://w3id.org/samverkansgraf/id/kommun/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SMALL = {
    ("avtal", "stated", "PKD utgörs av"): """
        vb:pkd a sg:PoliticalForum ; skos:prefLabel "Primärkommunala delegationen"@sv .
        vb:pkd sg:abbreviation "PKD" ; sg:seats 30 .
        vb:natverk a sg:Network ; skos:prefLabel "Kommunchefsnätverk"@sv .
        vb:omrade a sg:CooperationArea ; skos:prefLabel "Hälsa"@sv .
        vb:kommunerna a sg:Group ; rdfs:label "kommunerna"@sv ; org:hasMember kommun:2480 , kommun:2482 .
        vb:natverk sg:informs vb:pkd ; sg:concerns vb:omrade .
        vb:natverk org:hasMember vb:kommunerna .""",
    ("avtal", "stated", "varje kommun utser"): """
        vb:platser a sg:SeatAllocation ; sg:forum vb:pkd ; sg:appointedByEach vb:kommunerna ; sg:membersEach 2 .""",
    ("avtal", "proposed", "nätverket föreslås bereda"): "vb:natverk sg:preparesFor vb:pkd .",
    ("avtal", "permitted", "kan samråda"): "vb:pkd sg:consults vb:kommunerna .",
    ("avtal", "denied", "leder inte"): "vb:natverk sg:leads vb:pkd .",
    ("avtal", "rejected", "struket"): "vb:natverk sg:closes vb:pkd .",
    ("plan", "stated", "Umeåregionen är"): """
        umea:regionen a sg:Cooperation ; rdfs:label "Umeåregionen"@sv .
        kommun:2480 sg:participatesIn umea:regionen .""",
}  # fmt: skip


def knowledge_of(passages: dict[tuple[str, str, str], str]) -> Knowledge:
    """A graph of two documents, in a collection each, whose passages are (document, modality, anchor) → Turtle."""
    described = {
        "avtal": 'a sg:Agreement ; rdfs:label "Avtalet"@sv ; sg:collection samling:vb ; sg:status sg:adopted',
        "plan": 'a sg:Plan ; rdfs:label "Planen"@sv ; sg:collection samling:umea ; sg:status sg:draft',
    }
    default = """
        doc:avtal a sg:Document . doc:plan a sg:Document .
        samling:vb rdfs:label "Västerbotten"@sv . samling:umea rdfs:label "Umeåregionen (samling)"@sv .
        kommun:2480 a sg:Municipality ; rdfs:label "Umeå"@sv .
        kommun:2482 a sg:Municipality ; rdfs:label "Skellefteå"@sv .
    """
    default += "".join(f"doc:{document} {body} .\n" for document, body in described.items())
    graphs = "".join(f"doc:{document} {{ doc:{document} {body} }}\n" for document, body in described.items())
    for number, ((document, modality, anchor), body) in enumerate(passages.items()):
        name = f"doc:{document}.{number:08x}"
        default += f"""{name} a sg:Passage ; sg:document doc:{document} ; sg:section "Avsnitt" ; sg:sequence {number} ;
            sg:anchor {json.dumps(anchor)} ; sg:modality sg:{modality} .\n"""
        default += body if modality in {"stated", "inferred"} else ""
        graphs += f"{name} {{ {body} }}\n"
    store = EmbeddedStore()
    for graph in (ox.DefaultGraph(), ox.NamedNode(ONTOLOGY_GRAPH)):
        path = str(package_root() / "ontology" / "samverkansgraf.ttl")
        store._engine.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=graph)
    store._engine.load(input=(PREFIXES + default + graphs).encode(), format=ox.RdfFormat.TRIG)
    return Knowledge(store, Workspace(None))


@dataclass
class Page(HTMLParser):
    """The elements of a page, and what stands in scripts and styles."""

    text: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note the content of a script or style."""
        if self.cdata_elem:
            self.held.append((self.cdata_elem, data))

    def all(self, name: str) -> list[dict[str, str | None]]:
        """Attributes of every element called *name*."""
        return [attributes for tag, attributes in self.tags if tag == name]

    @property
    def data(self) -> dict[str, object]:
        """The data of the page, with what its script fills in."""
        found = json.loads(next(text for tag, text in self.held if tag == "script"))
        found["edges"] = [{"modality": "stated", "dashes": False} | edge for edge in found["edges"]]
        for edge, line in zip(found["edges"], found["lines"], strict=True):
            line["verb"] = found["verbs"][edge["verb"]]
        for node in found["nodes"]:
            found["things"][node["id"]].setdefault("in", [node["home"]] if node["home"] else [])
        return found


@pytest.fixture(scope="module")
def small() -> str:
    """The map of the small graph in Swedish."""
    return draw(knowledge_of(SMALL), texts("sv"))


@pytest.fixture(scope="module")
def page(small: str) -> Page:
    """The same, read."""
    return Page(small)


def digest(text: str) -> str:
    """SHA-256 of *text*."""
    return hashlib.sha256(text.encode()).hexdigest()


def sentences(page: Page) -> set[tuple[str, str, str, str]]:
    """(from, verb, to, modality) of every line of the whole collection."""
    lines = zip(page.data["edges"], page.data["lines"], strict=True)
    return {(e["from"], line["verb"], e["to"], e["modality"]) for e, line in lines if "only" not in e}


def test_lines_are_relations_memberships_and_links(page: Page) -> None:
    """Every modality but rejected and denied is drawn; a group is one node, and its members hang on it."""
    assert sentences(page) == {
        ("vb:natverk", "informerar", "vb:pkd", "stated"),
        ("vb:natverk", "bereder åt", "vb:pkd", "proposed"),
        ("vb:pkd", "samråder med", "vb:kommunerna", "permitted"),
        ("vb:kommunerna", "utser ledamöter i", "vb:pkd", "stated"),
        ("vb:natverk", "gäller", "vb:omrade", "stated"),
        ("vb:kommunerna", "ingår i", "vb:natverk", "stated"),
        ("kommun:2480", "ingår i", "vb:kommunerna", "stated"),
        ("kommun:2482", "ingår i", "vb:kommunerna", "stated"),
        ("kommun:2480", "deltar i", "umea:regionen", "stated"),
    }


def test_line_style_follows_modality(page: Page) -> None:
    """Stated is solid, proposed dashed, permitted dotted."""
    dashes = {edge["modality"]: edge["dashes"] for edge in page.data["edges"]}
    assert dashes == {"stated": False, "proposed": [8, 6], "permitted": [2, 6]}


def test_seats_say_how_many_and_that_it_is_each(page: Page) -> None:
    """The line from the group says two members each and which side is spread."""
    (line,) = [line for line in page.data["lines"] if line["verb"] == "utser ledamöter i"]
    assert (line["words"], line["each"]) == ("2 ledamöter vardera", ["source"])


def test_every_node_and_line_has_evidence(page: Page) -> None:
    """Each line cites a passage; each node has a fact that cites a passage or a register."""
    data = page.data
    assert all(line.get("e") or line.get("r") for line in data["lines"])
    for thing in (data["things"][node["id"]] for node in data["nodes"]):
        facts = [fact for _, groups in thing["facts"] for _, found in groups for fact in found]
        assert any(fact.get("e") or fact.get("r") for fact in facts), thing["name"]
    cited = {number for line in data["lines"] for number in line["e"]}
    assert cited <= set(range(len(data["passages"])))


def test_denied_is_shown_in_the_panel_as_denied(page: Page) -> None:
    """What a passage denies is among the facts, marked, and not among what holds."""
    facts = page.data["things"]["vb:pkd"]["facts"]
    marked = {(title, fact.get("m")) for title, groups in facts for _, found in groups for fact in found}
    other = texts("sv")("show.other")
    assert (other, "denied") in marked
    assert {modality for title, modality in marked if title != other} == {None}


def test_legend_counts_what_is_drawn(page: Page, small: str) -> None:
    """Each button of the legend stands for as many nodes or lines as it says."""
    data = page.data
    edges = [edge for edge in data["edges"] if "only" not in edge]
    drawn = {
        "kind": Counter(node["kind"] for node in data["nodes"]),
        "modality": Counter(edge["modality"] for edge in edges),
        "verb": Counter(edge["verb"] for edge in edges),
        "collection": Counter(one for node in data["nodes"] for one in data["things"][node["id"]]["in"]),
        "status": Counter(mark["status"] for mark in data["marks"]),
    }
    for part, counts in drawn.items():
        (body,) = re.findall(rf'<fieldset data-part="{part}"[^>]*>(.*?)</fieldset>', small, re.DOTALL)
        keys, numbers = re.findall('data-key="([^"]*)"', body), re.findall('class="count">([0-9]+)<', body)
        assert dict(zip(keys, map(int, numbers), strict=True)) == counts


def test_collection_leaves_out_the_others() -> None:
    """The map of one collection has only what its passages say."""
    knowledge = knowledge_of(SMALL)
    page = Page(draw(knowledge, texts("sv"), collection=knowledge.collection("vb")))
    assert "umea:regionen" not in page.data["things"]
    assert 'data-part="collection"' not in page.text
    assert "<title>Samverkanskarta i Västerbotten</title>" in page.text


def test_hostile_names_are_only_text() -> None:
    """Markup, quotes and script links in names add no element, attribute or template; the data holds them whole."""
    body = "".join(
        f"vb:h{i} a sg:PoliticalForum ; skos:prefLabel {json.dumps(name)}@sv ; sg:informs vb:h{(i + 1) % 5} .\n"
        for i, name in enumerate(HOSTILE)
    )
    hostile = Page(draw(knowledge_of({("avtal", "stated", HOSTILE[1]): body}), texts("sv")))
    assert {thing["name"] for thing in hostile.data["things"].values()} == set(HOSTILE)
    assert {tag for tag, _ in hostile.tags} <= {tag for tag, _ in Page(draw(knowledge_of(SMALL), texts("sv"))).tags}
    assert len(hostile.all("script")) == 2
    assert not [name for _, attributes in hostile.tags for name in attributes if name.startswith("on")]
    assert not [a for _, attributes in hostile.tags for a in attributes.values() if a and a.startswith("javascript:")]
    assert "49" not in re.findall("<td>(.*?)</td>", hostile.text)


def test_page_asks_for_nothing(page: Page) -> None:
    """No element has an address to fetch; the policy forbids all but the page's own script and style, by hash."""
    addresses = [value for _, found in page.tags for name, value in found.items() if name in {"src", "href", "srcset"}]
    assert {str(address)[:4] for address in addresses} <= {"#vy="}
    (policy,) = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    for tag, text in page.held[:2] + page.held[3:]:
        hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{hashed}'" in policy, tag
    assert not re.search(r"url\(|@import|sourceMappingURL", page.held[0][1] + page.text[-200:])


def test_page_is_a_page(small: str, page: Page) -> None:
    """Doctype, language, character set; places are whole numbers, and nothing moves by itself."""
    assert small.startswith('<!doctype html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">')
    assert page.data["options"]["physics"] == {"enabled": False}
    assert all(isinstance(node[axis], int) for node in page.data["nodes"] for axis in "xy")


def test_table_has_a_row_per_line(page: Page, small: str) -> None:
    """The text twin holds every line with its anchor, without the script."""
    table = small[small.index('id="table"') :]
    assert table.count("<tr data-line=") == len(sentences(page))
    assert "”varje kommun utser”" in table


def test_english() -> None:
    """Words and verbs follow the language; names stay as printed."""
    page = draw(knowledge_of(SMALL), texts("en"))
    assert '<html lang="en">' in page
    assert "Map of cooperation" in page
    assert "prepares for" in page
    assert "Primärkommunala delegationen" in page


def test_languages_have_the_same_words() -> None:
    """No key of the map is missing in one language."""
    swedish, english = ({key for key in texts(lang).keys() if key.startswith("map.")} for lang in ("sv", "en"))  # noqa: SIM118
    assert swedish == english


def test_same_graph_same_bytes(small: str) -> None:
    """Other processes, with other orders of sets, write the very same page."""
    code = "import test_maps as t; print(t.digest(t.draw(t.knowledge_of(t.SMALL), t.texts('sv'))))"
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        run = subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parent,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == digest(small)


def test_no_two_kinds_look_alike() -> None:
    """Colour family and shape together tell a kind."""
    looks = [(look.family, look.shape) for look in [*style.LOOKS.values(), style.OTHER]]
    assert len(looks) == len(set(looks))


def test_empty_graph_is_a_page() -> None:
    """A graph without relations gives a map without nodes, not an error."""
    assert Page(draw(knowledge_of({}), texts("sv"))).data["nodes"] == []


def test_inlined_text_cannot_end_its_element() -> None:
    """A script that holds an end tag is refused by name."""
    with pytest.raises(OutputError, match=r"x\.js"):
        inlined("'</ScRiPt>'", "x.js")


def test_positions_do_not_overlap_and_neighbours_are_near() -> None:
    """Boxes of a tree of forty keep apart; an edge is shorter than the average pair."""
    boxes = {f"n{i:02}": Box(120, 40) for i in range(40)} | {"alone": Box(80, 30, 10)}
    edges = [(f"n{i:02}", f"n{i // 3:02}") for i in range(1, 40)]
    places = positions(boxes, edges)
    assert places == positions(dict(reversed(boxes.items())), reversed(edges))
    for one, other in combinations(boxes, 2):
        (x, y), (x2, y2) = places[one], places[other]
        assert abs(x - x2) > 100 or abs(y - y2) > 33, (one, other)
    lengths = {
        pair: sum((a - b) ** 2 for a, b in zip(places[pair[0]], places[pair[1]], strict=True))
        for pair in combinations(sorted(boxes), 2)
    }
    near = [lengths[min(pair), max(pair)] for pair in edges]
    assert sum(near) / len(near) < sum(lengths.values()) / len(lengths) / 3


def test_homes_lie_apart() -> None:
    """Nodes of one home do not lie among those of another, also when edges join them."""
    boxes = {f"{home}{i}": Box(100, 40) for home in "ab" for i in range(6)}
    homes = {node: node[0] for node in boxes}
    places = positions(boxes, [*combinations(sorted(boxes), 2)], homes)
    spans = [[[places[node][axis] for node in boxes if homes[node] == home] for axis in (0, 1)] for home in "ab"]
    assert any(max(one[axis]) < min(other[axis]) for axis in (0, 1) for one, other in (spans, spans[::-1]))


def themes() -> list[dict[str, str]]:
    """Colours by name, light and dark."""
    css = (Path(style.__file__).parent / "karta.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root[^{]* \{(.*?)\}", css, re.DOTALL)
    )
    assert light.keys() == dark.keys()
    return [light, dark]


@pytest.mark.parametrize("colours", themes(), ids=["light", "dark"])
def test_colours_contrast_enough(colours: dict[str, str]) -> None:
    """Text has 4.5 to 1 on everything it stands on, symbols and borders 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""

    def luminance(name: str) -> float:
        parts = [int(colours[name][i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        high, low = sorted((luminance(one), luminance(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    families = {look.family for look in style.LOOKS.values()} | {style.OTHER.family}
    text = [(one, under) for one in ("ink", "soft", "link", "mark") for under in ("page", "sheet", "org-fill")]
    assert {pair: contrast(*pair) for pair in text if contrast(*pair) < 4.5} == {}
    assert {one for one in families if contrast("ink", f"{one}-fill") < 4.5} == set()
    assert {
        (one, under) for one in [*families, "edge"] for under in ("page", "sheet") if contrast(one, under) < 3
    } == set()
