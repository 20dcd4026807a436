"""The reader: a document as running text with its facts beside it, and what it shows where the text is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from chromium import ESCAPE, MISSING, barriers, one, opened, press, started, until
from samverkansgraf.api import Graph
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.pages.addresses import passage_anchor
from samverkansgraf.pages.running_text import Stretch, running_text
from samverkansgraf.quotes import located_texts, quotes
from samverkansgraf.site import Site
from samverkansgraf.texts import texts
from test_maps import Page
from workbench import Workbench

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

TEXT = """\
# Rådet

Rådet har tre ledamöter <img src=x onerror=alert(1)>. Rådet kan utse ett
utskott, som består av ordföranden och

- en vice ordförande.

Namn\tParti

Här står något som ingen har läst. Sidan 1.
"""
PASSAGES = """\
  - section: Rådet
    anchor: Rådet har … 1)>
    states:
      - {id: samling:prov, type: Collection, calledHere: Prov}
      - {id: vb:radet, type: PoliticalForum, name: Rådet, seats: "3", leavesOpen: role}
  - section: Rådet
    anchor: tre
    modality: inferred
    because: Det är ett tal.
    states: [{id: vb:radet, minSeats: "3"}]
  - section: Utskottet
    anchor: Rådet kan … vice ordförande
    modality: permitted
    states: [{id: vb:utskottet, type: PoliticalForum, name: utskott, partOf: vb:radet}]
  - {skip: furniture, section: Tabell, anchor: Namn Parti}
  - {skip: furniture, section: Sidfot, anchor: Sidan 1}
"""
PAGE = "doc/avtal.html"
_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)


@pytest.fixture
def reader(bench: Workbench) -> Callable[..., str]:
    """A maker of the bench's document page, with or without its text."""
    bench.document(PASSAGES, source=TEXT)
    bench.build().write(bench.workspace.graph_folder)
    knowledge = Knowledge.open(bench.workspace)

    def make(*folders: Path, lang: str = "sv") -> str:
        return Site(knowledge, texts(lang), sources=folders).make(PAGE).body.decode()

    return make


def prose(page: str) -> str:
    """The running text as a person reads it, numbers and reasons in it."""
    found = re.findall(r'<div class="prose".*?</div>', page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", " ".join(found)))


def test_reader_shows_the_whole_text_with_numbers_and_reasons(reader: Callable[..., str], bench: Workbench) -> None:
    """Every word stands in its order; a passage ends with its number and, when it is no plain fact, how it is said."""
    page = reader(bench.root / "sources")
    seen = prose(page)
    assert "tre2 läsarens slutsats ledamöter &lt;img src=x onerror=alert(1)&gt;.1" in seen
    assert "utse ett utskott, som består av ordföranden och" in seen
    assert "- en vice ordförande.3 tillåts" in seen
    assert "Namn Partisidhuvud, sidfot eller bildtext" in seen
    assert "Här står något som ingen har lästinte täckt" in seen


def test_hostile_text_stays_text(reader: Callable[..., str], bench: Workbench) -> None:
    """A tag in a source is words: it makes no element and runs nothing."""
    page = Page(reader(bench.root / "sources"))
    assert page.all("img") == []
    assert [name for _, attributes in page.tags for name in attributes if name.startswith("on")] == []


def test_each_passage_has_its_place_and_its_note(reader: Callable[..., str], bench: Workbench) -> None:
    """Evidence links land on the words, the number behind them leads to the note, and the note leads back."""
    page = reader(bench.root / "sources")
    iris = sorted(quotes(Knowledge.open(bench.workspace), [bench.root / "sources"]))
    assert len(iris) == 3
    for anchor in map(passage_anchor, iris):
        assert page.count(f'id="{anchor}"') == page.count(f'id="f{anchor}"') == 1
        assert page.count(f'href="#f{anchor}"') == page.count(f'<a href="#{anchor}" aria-label') == 1


def test_names_in_the_text_lead_to_the_page_of_the_thing(reader: Callable[..., str], bench: Workbench) -> None:
    """A thing that a passage speaks of is a link where the text prints its name, once a passage."""
    seen = re.findall(r'<div class="prose".*?</div>', reader(bench.root / "sources"), re.DOTALL)
    links = re.findall(r'<a href="\.\./(id/[^"]+)">([^<]+)</a>', "".join(seen))
    assert links == [
        ("id/vasterbotten/radet.html", "Rådet"),
        ("id/vasterbotten/radet.html", "Rådet"),
        ("id/vasterbotten/utskottet.html", "utskott"),
    ]


def test_notes_say_what_the_passage_states_and_how_it_was_read(reader: Callable[..., str], bench: Workbench) -> None:
    """Kind, values and the reader's reason stand in the note of the passage that gives them, and only there."""
    notes = re.findall(r'<div class="note n.*?</div>', reader(bench.root / "sources"), re.DOTALL)
    plain = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", note)) for note in notes]
    assert ["angivet antal ledamöter 3" in note for note in plain] == [True, False, False]
    assert ["Skäl: Det är ett tal." in note for note in plain] == [False, True, False]
    assert ["del av Rådet" in note for note in plain] == [False, False, True]


def test_margin_shows_what_is_left_open_found_and_not_covered(reader: Callable[..., str], bench: Workbench) -> None:
    """A flag names the passage it is about; text in no passage is flagged where it stands."""
    page = reader(bench.root / "sources")
    flags = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r'<ul class="flags">(.*?)</ul>', page, re.DOTALL)]
    assert any("lämnas öppet 1" in flag and "Rådet" in flag for flag in flags)
    assert sum("inte täckt" in flag for flag in flags) == 2
    assert "Orört" in page


def test_reader_without_the_text_shows_anchors_and_says_so(reader: Callable[..., str]) -> None:
    """Sections and anchors with the same facts, and not a word of what lies between."""
    page = reader()
    seen = prose(page)
    assert texts("sv")("reader.no_text") in page
    assert "Rådet Rådet har … 1)&gt;1" in seen
    assert "Utskottet Rådet kan … vice ordförande3 tillåts" in seen
    assert "består av" not in page
    assert "ingen har läst" not in page


def test_reader_speaks_english(reader: Callable[..., str], bench: Workbench) -> None:
    """The frame is English, the text keeps its language."""
    page = reader(bench.root / "sources", lang="en")
    assert '<html lang="en">' in page
    assert '<div class="prose" lang="sv">' in page
    assert "3 permitted" in prose(page)


def letters(words: str) -> str:
    """Letters and digits of *words*."""
    return "".join(filter(str.isalnum, words))


def test_real_texts_are_shown_whole_each_passage_once(graph: Graph, sources: Path) -> None:
    """Of every source no letter is lost or doubled, and each passage begins once, ends once and marks its own words."""
    words = quotes(graph.knowledge, [sources])
    for text in located_texts(graph.workspace, [sources]).values():
        runs = [run for stretch in running_text(text, lambda _: ()) for line in stretch.lines for run in line.runs]
        assert letters("".join(run.text for run in runs)) == letters(text.wording(text.within))
        iris = [place.passage for place in text.places if place.passage]
        assert sorted(mark.iri for run in runs for mark in run.starts) == sorted(iris)
        assert sorted(mark.iri for run in runs for mark in run.ends) == sorted(iris)
        for iri in iris:
            marked = (run.text for run in runs if any(mark.iri == iri for mark in run.marks))
            assert letters("".join(marked)) == letters(words[iri]), iri


def test_real_pages_stay_small_and_hold_every_passage(graph: Graph, sources: Path) -> None:
    """The longest document takes less than 1.5 MB, scaled to 50 kB of text, and evidence links find their passages."""
    site = Site(graph.knowledge, texts("sv"), sources=[sources])
    shown = located_texts(graph.workspace, [sources])
    for iri, text in shown.items():
        page = site.make(site.address(iri)).body
        length = text.within.end - text.within.start
        assert len(page) * max(1, 50_000 / length if length > 10_000 else 1) < 1_500_000
        ids = re.findall(rb'id="(p-[0-9a-f]{8})"', page)
        assert len(ids) == len(set(ids)) == sum(bool(place.passage) for place in text.places)


def test_stretches_join_lines_that_share_a_passage(bench: Workbench) -> None:
    """A passage that goes on in a bullet has one margin; text that nothing covers is trimmed to its words."""
    bench.document(PASSAGES, source=TEXT)
    (text,) = located_texts(bench.workspace, [bench.root / "sources"]).values()
    found: list[Stretch] = running_text(text, lambda _: ())
    assert [[line.kind for line in stretch.lines] for stretch in found] == [
        ["heading"], ["paragraph", "bullet"], ["row"], ["paragraph"]
    ]  # fmt: skip
    uncovered = [run.text for stretch in found for line in stretch.lines for run in line.runs if run.is_uncovered]
    assert uncovered == ["Rådet", "Här står något som ingen har läst"]
    assert [mark.place for stretch in found for mark in stretch.marks] == [1, 2, 3]


@pytest.mark.browser
@pytest.mark.skipif(bool(MISSING), reason=f"READER NOT TRIED IN A BROWSER: {' and '.join(MISSING)} missing")
def test_facts_show_on_pointing_and_on_focus_without_a_script(reader: Callable[..., str], bench: Workbench) -> None:
    """Pointing, focus and an evidence link each show a passage's facts; Esc puts them away; nothing bars the way."""
    page = reader(bench.root / "sources")
    full, bare = bench.write("full.html", page), bench.write("bare.html", _SCRIPT.sub("", page))
    anchors = re.findall(r'id="(p-[0-9a-f]{8})"', page)
    with started(bench.root) as window:
        for width in (1440, 360):
            opened(window, bare.as_uri(), width)
            assert shown(window) == []
            point(window, "p.bullet .p")
            until(lambda: shown(window) == [anchors[2]])
            point(window, "h1")
            until(lambda: shown(window) == [])
            window.execute_script("arguments[0].focus()", one(window, f'[href="#f{anchors[2]}"]'))
            until(lambda: shown(window) == [anchors[2]])
            opened(window, f"{bare.as_uri()}#{anchors[0]}", width)
            until(lambda: shown(window) == [anchors[0]])
        opened(window, f"{full.as_uri()}#{anchors[0]}")
        until(lambda: shown(window) == [anchors[0]])
        press(window, ESCAPE)
        until(lambda: shown(window) == [])
        for width, theme in ((1440, "light"), (360, "dark")):
            opened(window, f"{full.as_uri()}#{anchors[2]}", width, theme=theme)
            assert barriers(window) == []
            assert window.execute_script("return document.documentElement.scrollWidth") <= width
            assert window.get_log("browser") == []


def shown(window: Chrome) -> list[str]:
    """Passages whose note can be seen."""
    notes = window.find_elements("css selector", ".note")
    return [str(note.get_attribute("id")).removeprefix("f") for note in notes if note.is_displayed()]


def point(window: Chrome, selector: str) -> None:
    """Move the mouse to the first element that fits *selector*."""
    from selenium.webdriver import ActionChains

    ActionChains(window).move_to_element(one(window, selector)).perform()
