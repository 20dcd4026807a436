"""Documents to fill in: every place has an anchor that matches it and nothing else."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf.anchors import SourceText, Span, letters
from samverkansgraf.build import read_corpus
from samverkansgraf.documents import TODO
from samverkansgraf.drafts import draft, propose
from samverkansgraf.sources import check_sources
from samverkansgraf.workspace import Workspace
from workbench import Workbench

TEXT = """\
# Avtal

Innehåll

Rådet ........ 2
Gruppen ........ 3
Kansliet ........ 4

# Rådet

Rådet har tre ledamöter. Rådet har tre ledamöter.

- Ja
- Ja
"""


def written(bench: Workbench, source: str, stem: str = "avtal") -> Workspace:
    """The bench with a draft of *source* as its only document."""
    path = bench.write(f"sources/{stem}.txt", source)
    collection = "{id: samling:prov, type: Collection, name: Prov}"
    bench.write(
        f"data/prov/{stem}.yaml", draft(SourceText.read(path), stem=stem, collection=collection, schema="x.json")
    )
    return bench.workspace


def test_draft_builds_and_says_what_is_left(bench: Workbench) -> None:
    """A fresh draft is no finding: the build counts the places still to be read, and none counts as covered."""
    written(bench, TEXT)
    assert bench.findings() == []
    assert bench.build().summary()[-1] == "6 places still to be read (`skip: todo`) in avtal.txt."
    (coverage,) = bench.build().coverages
    assert (coverage.anchored, coverage.todo) == (0, 6)
    assert coverage.skipped == sum(map(str.isalnum, "Innehåll Rådet 2 Gruppen 3 Kansliet 4"))
    assert coverage.untouched == coverage.total - coverage.skipped


def test_words_that_recur_are_told_apart_by_what_stands_before() -> None:
    """The page of contents is one skip; the second of two equal sentences, and of two equal bullets, has `after:`."""
    places = propose(SourceText(Path("avtal.txt"), TEXT))
    assert [(one.anchor, bool(one.after), one.skip) for one in places] == [
        ("Avtal", False, TODO),
        ("Innehåll Rådet ........ 2 Gruppen ........ 3 Kansliet ........ 4", False, "contents"),
        ("Rådet", True, TODO),
        ("Rådet har tre ledamöter", True, TODO),
        ("Rådet har tre ledamöter", True, TODO),
        ("Ja", True, TODO),
        ("Ja", True, TODO),
    ]


def test_hostile_words_stay_words(bench: Workbench) -> None:
    """Quotation marks, colons, comment marks and YAML's own marks in a text make no YAML."""
    written(bench, '# "Avtal": &a *b !c {d} [e] # f\n\nRådet\\har: "tre" #ledamöter, {ja}: [nej].\n')
    assert bench.findings() == []
    assert bench.build().summary()[-1].startswith("2 places still")


@given(st.lists(st.sampled_from(["Rådet", "har", "tre.", "Ja", "\n\n", "\n- ", "\t", "#", "…", "2026"]), max_size=30))
def test_every_anchor_of_a_draft_matches_its_place_alone(words: list[str]) -> None:
    """However a text repeats itself: each anchor is found where it was made, and nothing is listed twice."""
    raw = " ".join(words)
    places = propose(SourceText(Path("x.txt"), raw))
    fresh = SourceText(Path("x.txt"), raw)
    fresh.contents = [one.span for one in places if one.skip == "contents"]
    for one in places:
        if one.skip == TODO:
            assert fresh.find(one.anchor, after=one.after) == one.span
    spans = sorted(one.span for one in places)
    assert all(left.end <= right.start for left, right in pairwise(spans))


def test_real_sources_give_drafts_that_cover_them(sources: Path, bench: Workbench) -> None:
    """On each real text every anchor of the draft resolves, and together they cover at least 99 % of it."""
    for path in sorted(sources.glob("*.txt")):
        text = SourceText.read(path)
        places = propose(text)
        assert letters(text.text, [one.span for one in places]) >= 0.99 * letters(text.text, [Span(0, len(text.text))])
        written(bench, text.raw, path.stem)
    coverages, findings = check_sources(read_corpus(bench.workspace, cache=False).readings, [bench.root / "sources"])
    assert findings == []
    assert len(coverages) == len(list(sources.glob("*.txt")))


@pytest.mark.parametrize("raw", ["", "\n\n", "---\n", "#"])
def test_text_without_words_gives_no_place(raw: str) -> None:
    """Nothing to read, nothing proposed."""
    assert propose(SourceText(Path("x.txt"), raw)) == []
