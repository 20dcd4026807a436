"""The data against its sources and against the rules of a careful modeller."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from samverkansgraf.anchors import SourceText, fold_words
from samverkansgraf.build import build, read_corpus
from samverkansgraf.sources import check_sources, locate_all
from samverkansgraf.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
RUN = 18
"""So many words in a row from a source would be its text, not an anchor."""


@pytest.fixture(scope="module")
def repository() -> Workspace:
    """This repository as a workspace."""
    return Workspace.find(ROOT)


def documents() -> list[Path]:
    """Every document file."""
    return sorted(path for path in (ROOT / "data").rglob("*.yaml") if path.parent.name != "reference")


def passages(path: Path) -> Iterator[dict[str, object]]:
    """Passages of one file as plain data, skips left out."""
    for passage in yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)["passages"]:  # noqa: S506 - text only
        if "skip" not in passage:
            yield passage


def names_of(node: object, keys: tuple[str, ...]) -> Iterator[str]:
    """Every value of *keys* anywhere inside *node*."""
    if isinstance(node, list):
        for item in node:
            yield from names_of(item, keys)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in keys:
                yield from value if isinstance(value, list) else [value]
            else:
                yield from names_of(value, keys)


def test_every_source_is_covered(repository: Workspace, sources: Path) -> None:
    """At least 97 % of each text is anchored or skipped with a reason, and every anchor matches one place."""
    coverages, findings = check_sources(read_corpus(repository).readings, [sources])
    assert [] == findings
    assert len(coverages) == 5
    for coverage in coverages:
        assert coverage.found
        assert coverage.untouched / coverage.total <= 0.03, coverage.file


def test_no_person_is_named_outside_the_files_of_persons(repository: Workspace) -> None:
    """A build without persons holds no name of a person, whole or in part of an anchor."""
    persons = {name for path in documents() if path.name.endswith(".personer.yaml") for name in person_names(path)}
    assert len(persons) > 10
    bare = build(repository, persons=False, cache=False).files["samverkansgraf.nq"].decode()
    assert not {name for name in persons if name in bare}


def person_names(path: Path) -> set[str]:
    """Names and aliases of the persons that one file describes."""
    found = set()
    for passage in passages(path):
        states = passage["states"]
        assert isinstance(states, list)
        for thing in states:
            if str(thing["id"]).startswith("person:"):
                found |= set(names_of(thing, ("name", "alias")))
    return found


def test_names_are_printed_in_their_document(sources: Path) -> None:
    """A `name` or `alias` stands in the source text, but for case and lost accents, or its passage says how.

    Tasks, goals and topics may be named by a shortened sentence.
    """
    unprinted = []
    for path in documents():
        main = path.with_name(path.name.replace(".personer", ""))
        about = yaml.load(main.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - text only
        text = squeezed(SourceText.read(sources / about["sourceFile"]).text)
        for passage in passages(path):
            if "reading" not in passage and "because" not in passage:
                unprinted += [
                    f"{path.name}: {name}" for name in naming(passage["states"]) if squeezed(name) not in text
                ]
    assert [] == unprinted


def naming(states: object) -> Iterator[str]:
    """Names and aliases in *states*, except of things that are named by a shortened sentence."""
    assert isinstance(states, list)
    for thing in states:
        if not {"Assignment", "Goal", "Topic"} & {thing.get("type")}:
            yield from names_of(thing, ("name", "alias"))


def squeezed(text: str) -> str:
    """Letters and digits of *text* without accents or case: line ends break words, dashes differ, OCR loses accents."""
    plain = unicodedata.normalize("NFD", fold_words(text).casefold())
    return "".join(filter(str.isalnum, plain))


def test_anchors_are_short() -> None:
    """An anchor has at most twelve words on each side of the ellipsis."""
    for path in documents():
        for passage in passages(path):
            for side in str(passage["anchor"]).split("…"):
                assert len(side.split()) <= 16, f"{path.name}: {passage['anchor']}"


def test_no_text_of_the_sources_is_committed(sources: Path) -> None:
    """No run of eighteen words of a source stands in a file of the repository."""
    runs = set()
    for source in sources.glob("*.txt"):
        words = re.findall(r"\w+", source.read_text("utf-8").casefold())
        runs |= {tuple(words[i : i + RUN]) for i in range(len(words) - RUN)}
    for path in [*documents(), ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.yaml")]:
        words = re.findall(r"\w+", path.read_text("utf-8").casefold())
        copied = [words[i] for i in range(len(words) - RUN) if tuple(words[i : i + RUN]) in runs]
        assert [] == copied, path.name


def test_inferred_passages_say_why() -> None:
    """Every inferred passage has a reason."""
    for path in documents():
        for passage in passages(path):
            assert passage.get("modality") != "inferred" or passage.get("because"), passage["anchor"]


def test_anchor_of_a_passage_stands_after_the_one_before(repository: Workspace, sources: Path) -> None:
    """Passages are written in reading order, but for those that go back to a sentence for another modality."""
    corpus = read_corpus(repository)
    readings = [reading for reading in corpus.readings if reading.source]
    for reading in readings:
        source = SourceText.read(sources / reading.source["sourceFile"])
        spans, findings = locate_all([(reading, reading.source)], source)
        assert [] == findings
        by_line = sorted((anchor.line, span.start) for anchor, span in spans if anchor.skip != "contents")
        backwards = sum(later < earlier for (_, earlier), (_, later) in pairwise(by_line))
        assert backwards <= len(by_line) * 0.15, reading.file
