"""Maps of large graphs beside pyvis' own page of the very same network: time to a stable picture, and file size."""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

import samverkansgraf
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.maps import draw
from samverkansgraf.maps.content import Content
from samverkansgraf.maps.page import json_in_html
from samverkansgraf.maps.panel import Sources
from samverkansgraf.maps.picture import picture
from samverkansgraf.maps.views import drawn
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts
from samverkansgraf.workspace import Workspace, package_root

from .timing import REPOSITORY, columns_of

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
SIZES = (100, 500, 2_000, 10_000)
PEER_UP_TO, PEER_ONCE, RUNS = 2_000, 500, 3
LEAST, MOST = 200, 0.8
CEILING = 240
"""Seconds that pyvis' page may take to come to rest before it is given up (105 s were measured for 2 000 nodes)."""
SEED = 5
HOME = 250
_KINDS = {
    "PoliticalForum": "Delegationen för fråga", "Network": "Nätverket för", "WorkingGroup": "Arbetsgruppen för",
    "CooperationArea": "Området", "Project": "Projektet", "Board": "Nämnden för", "Service": "Tjänsten",
}  # fmt: skip
_VERBS = ("informs", "preparesFor", "supports", "appoints", "participatesIn", "recommendsTo", "concerns", "partOf")
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND")  # fmt: skip  # noqa: E501
_STABLE = "return (window.karta || window).stable || 0"
_SETTLED = """<script>
network.once("stabilizationIterationsDone", () => requestAnimationFrame(() => (window.stable = performance.now())));
</script></body>"""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One graph drawn by both: seconds to a stable picture (None: not tried, or not within the ceiling) and bytes.

    ``bare`` is our page without facts, passages and borders: what pyvis' page holds, and the views, list and table.
    """

    name: str
    nodes: int
    lines: int
    ours: float
    theirs: float | None
    size: int
    bare: int
    their_size: int

    def cells(self) -> tuple[str, ...]:
        """The drawing as text."""
        theirs, times = ("–", "–") if self.theirs is None else (f"{self.theirs:.2f}", f"{self.theirs / self.ours:.0f}×")
        sizes = (f"{one / 1000:.0f}" for one in (self.their_size, self.bare, self.size))
        share = f"{self.bare / self.their_size:.2f}" if self.their_size else "–"
        return self.name, str(self.nodes), str(self.lines), f"{self.ours:.2f}", theirs, times, *sizes, share


HEADS = (
    "graph", "nodes", "lines", "ours (s)", "pyvis (s)", "ratio", "pyvis (kB)", "ours, bare (kB)", "ours, all (kB)",
    "bare ÷ pyvis",
)  # fmt: skip


def graph(nodes: int) -> Knowledge:
    """A seeded graph of so many named things, in collections of `HOME`, with about 1.7 relations a thing."""
    chance, body, default = random.Random(SEED), [], []  # noqa: S311 - a seeded example
    for number in range(nodes):
        kind = list(_KINDS)[number % len(_KINDS)]
        thing, home = f"ex:n{number}", number - number % HOME
        said = f'{thing} a sg:{kind} ; skos:prefLabel "{_KINDS[kind]} {number}"@sv .'
        near = [home + chance.randrange(min(HOME, nodes - home)) for _ in range(chance.choice((1, 1, 2, 3)))]
        said += "".join(f" {thing} sg:{chance.choice(_VERBS)} ex:n{other} ." for other in near if other != number)
        name = f"ex:d{home}.{number:08x}"
        default.append(f'{name} a sg:Passage ; sg:document ex:d{home} ; sg:section "Avsnitt" ; sg:sequence {number} ;')
        default.append(f'sg:anchor "om {number}" ; sg:modality sg:stated . {said}')
        body.append(f"{name} {{ {said} }}")
    for home in range(0, nodes, HOME):
        default.append(f'ex:d{home} a sg:Agreement ; rdfs:label "Avtal {home}"@sv ; sg:collection ex:c{home} ;')
        default.append(f'sg:status sg:adopted . ex:c{home} rdfs:label "Samling {home // HOME + 1}"@sv .')
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items())
    store = EmbeddedStore()
    store._engine.load(path=str(package_root() / "ontology" / "samverkansgraf.ttl"), format=ox.RdfFormat.TURTLE)  # noqa: SLF001
    store._engine.load(input=(prefixes + "\n".join([*default, *body])).encode(), format=ox.RdfFormat.TRIG)  # noqa: SLF001
    return Knowledge(store, Workspace(None))


_PREFIXES = {
    "sg": "https://w3id.org/samverkansgraf/ns#", "ex": "https://w3id.org/samverkansgraf/id/ex/",
    "skos": "http://www.w3.org/2004/02/skos/core#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}  # fmt: skip


def run() -> bool:
    """Print the table of maps; whether goals 10 (2 000 nodes) and 11 (the real graph) are met."""
    if missing := [path for path in (CHROMIUM, DRIVER) if not path.exists()]:
        print(f"MAPS NOT MEASURED: {missing[0]} is missing")
        return True
    with tempfile.TemporaryDirectory() as name, _chromium() as window:
        folder = Path(name)
        found = [_drawing(f"{size} synthetic", graph(size), window, folder) for size in SIZES]
        found.append(_drawing("the real graph", samverkansgraf.open(REPOSITORY).knowledge, window, folder))
    print(columns_of([HEADS, *(one.cells() for one in found)]))
    print(
        f"from opening the file to a picture at rest, median of {RUNS} (pyvis once from {PEER_ONCE} nodes), no network;"
    )
    print(
        "pyvis: the same nodes and lines with its defaults, cdn_resources in_line; ours above 2 000 nodes opens folded"
    )
    large = next(one for one in found if one.nodes == PEER_UP_TO)
    fast = (CEILING if large.theirs is None else large.theirs) >= LEAST * large.ours
    small = found[-1].bare <= MOST * found[-1].their_size
    met = {True: "yes", False: "NO"}
    print(f"goal 10, ≥ {LEAST}× at {PEER_UP_TO} nodes: {met[fast]}; goal 11, ≤ {MOST}×: {met[small]}")
    return fast and small


def _drawing(name: str, knowledge: Knowledge, window: Any, folder: Path) -> Drawing:
    page, network = draw(knowledge, texts("sv")), _network(knowledge)
    ours, nodes = folder / "ours.html", len(network.nodes)
    ours.write_text(page, "utf-8")
    theirs, their_size = None, 0
    if nodes <= PEER_UP_TO:
        text = network.generate_html(notebook=False)
        their_size = len(text.encode())
        (folder / "pyvis.html").write_text(text.replace("</body>", _SETTLED), "utf-8")
        theirs = _stable(window, folder / "pyvis.html", 1 if nodes >= PEER_ONCE else RUNS)
    seconds = _stable(window, ours, RUNS)
    assert seconds is not None, "our own map did not come to rest"
    return Drawing(name, nodes, len(network.edges), seconds, theirs, len(page.encode()), _bare(page), their_size)


def _network(knowledge: Knowledge) -> Any:
    """What pyvis draws with its defaults: the nodes and lines of our map, labels and titles, and nothing else."""
    from pyvis.network import Network

    content = Content(knowledge, texts("sv"))
    own = picture(drawn(content, Sources(knowledge, texts("sv")))[0])
    network = Network(directed=True, cdn_resources="in_line")
    for node in own.nodes:
        network.add_node(node["id"], label=node["label"], title=node["title"], group=node["group"])
    for edge in own.edges:
        line = {"from": edge["from"], "to": edge["to"], "title": edge["verb"], "arrows": "to"}
        network.edges.append(line)
    return network


def _bare(page: str) -> int:
    """Bytes of *page* without facts, passages and borders."""
    before, mark, rest = page.partition('<script id="data" type="application/json">')
    text, end, after = rest.partition("</script>")
    data = json.loads(text)
    for thing in data["things"].values():
        thing["facts"] = []
    for line in data["lines"]:
        line.pop("e", None)
    data["passages"], data["country"] = [], []
    before = re.sub(r"<div data-part=.*?</svg></div>", "", before, flags=re.DOTALL)
    before = re.sub(r"<td><p>.*?</td>", "<td></td>", before)
    return len((before + mark + json_in_html(data) + end + after).encode())


def _stable(window: Any, path: Path, runs: int) -> float | None:
    """Median seconds until the page at *path* has a picture at rest; nothing when one run takes over `CEILING`."""
    seconds = []
    for _ in range(runs):
        window.get("about:blank")
        window.get(path.as_uri())
        end = time.monotonic() + CEILING
        while not (stable := window.execute_script(_STABLE)):
            if time.monotonic() > end:
                return None
            time.sleep(0.05)
        seconds.append(stable / 1000)
    return statistics.median(seconds)


@contextmanager
def _chromium() -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in _FLAGS:
        options.add_argument(flag)
    options.page_load_strategy = "none"
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    driver.set_script_timeout(CEILING)
    try:
        yield driver
    finally:
        driver.quit()


if __name__ == "__main__":
    sys.exit(int(not run()))
