"""Checks of the documents: each on a tiny text with one finding and on one with none.

`fixtures/checks/<check>.yaml` has two texts, ``one`` and ``none``, as lists of passages in the form of `data/`;
section, anchor and document (`in`, a or b) may be left out. They are read, and the rules run on them, as in a build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
import yaml

from samverkansgraf.build import _ontology_lines, fact_lines
from samverkansgraf.checks import SEVERITIES, Outcome, read_checks, run
from samverkansgraf.context import Context
from samverkansgraf.documents import read_document
from samverkansgraf.errors import DataError
from samverkansgraf.rules import conclude, read_rules
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.workspace import Workspace
from workbench import ROOT, Workbench

FOLDER = ROOT / "ontology" / "checks"
FIXTURES = Path(__file__).parent / "fixtures" / "checks"
CHECKS = {check.name: check for check in read_checks([FOLDER])}
TWO_SIDED = {"contradiction", "difference"}


@cache
def vocabulary() -> frozenset[str]:
    """N-Quads lines of the ontology."""
    return frozenset(_ontology_lines(Workspace.find(ROOT)))


def document(stem: str, passages: Iterable[dict[str, object]]) -> str:
    """A document in the form of `data/` with what the fixture leaves out."""
    filled = []
    for number, passage in enumerate(passages, 1):
        given = {key: value for key, value in passage.items() if key != "in"}
        filled.append({"section": "Text", "anchor": f"Ställe {number} … ställe {number}", **given})
    kind = "Agreement" if stem == "a" else "Minutes"
    head = {
        "id": f"doc:{stem}",
        "type": kind,
        "name": f"Dokument {stem}",
        "status": "adopted",
        "collection": "samling:prov",
    }
    source = {"sourceFile": f"{stem}.txt", "sourceHash": "sha256:" + "0" * 64}
    return yaml.safe_dump({**head, **source, "passages": filled}, allow_unicode=True, sort_keys=False)


def store_of(passages: list[dict[str, object]], folder: Path, context: Context) -> EmbeddedStore:
    """A store with the passages of documents a and b, the vocabulary and what the rules conclude."""
    lines = set(vocabulary())
    for stem in ("a", "b"):
        own = [passage for passage in passages if passage.get("in", "a") == stem]
        if own:
            path = folder / f"{stem}.yaml"
            path.write_text(document(stem, own), "utf-8")
            reading = read_document(path, context, file=path.name)
            assert not reading.findings
            lines |= fact_lines(reading)
    store = EmbeddedStore()
    store.load("".join(lines))
    conclude(read_rules([ROOT / "ontology" / "rules"]), store)
    return store


def sides(outcome: Outcome) -> list[tuple[int, int]]:
    """How many passages each finding has on either side."""
    return [(len(discovery.here), len(discovery.there)) for discovery in outcome.discoveries]


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_check_finds_one_where_there_is_one_and_none_where_there_is_none(
    name: str, tmp_path: Path, context: Context
) -> None:
    """Exactly one finding in the one text, with passages on its sides; subjects but no finding in the other."""
    written = yaml.load((FIXTURES / f"{name}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    one = run(CHECKS[name], store_of(written["one"], tmp_path, context))
    none = run(CHECKS[name], store_of(written["none"], tmp_path, context))
    assert len(one.discoveries) == 1
    assert not none.discoveries
    assert not one.has_failed
    assert not none.has_failed
    assert all(here for here, _ in sides(one))
    assert CHECKS[name].severity not in TWO_SIDED or all(there for _, there in sides(one))


def test_every_check_has_a_fixture_and_every_fixture_a_check() -> None:
    """No check goes untried, and no fixture is left of a check that is gone."""
    assert {path.stem for path in FIXTURES.glob("*.yaml")} == CHECKS.keys()


def test_sentences_name_columns_of_their_query() -> None:
    """Each `{name}` of a sentence is a variable of the query, the same ones in both languages."""
    for check in CHECKS.values():
        named = [set(re.findall(r"\{(\w+)\}", check.sentence(lang))) for lang in ("sv", "en")]
        selected = re.search(r"SELECT.*?WHERE", check.query.text, re.DOTALL)
        assert selected
        assert named[0] == named[1]
        assert named[0] <= set(re.findall(r"\?(\w+)", selected[0])), check.name


def test_queries_are_written_for_every_engine() -> None:
    """What `engines.md` rules out stands in no check: fixed graphs, FROM, plus paths, typed plain strings."""
    for path in FOLDER.glob("*.rq"):
        body = re.sub(r"<[^<>\s]*>|\"[^\"]*\"|#[^\n]*", "", path.read_text("utf-8"))
        assert not re.search(r"\bFROM\b|GRAPH <|\)\+|\w\+ |sameTerm|SELECT \*|xsd:string", body), path.name
        graphs = set(re.findall(r"GRAPH \?(\w+)", body))
        assert all(re.search(rf"\?{name} a sg:Passage", body) for name in graphs), path.name


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ label: a\n#+ summary: a\n#+ severity: contradiction\n#+ sentence: a", "`sentence-en` is missing"),
        (
            "#+ label: a\n#+ summary: a\n#+ severity: bad\n#+ sentence: a\n#+ sentence-en: a",
            "severity should be one of",
        ),
        (
            "#+ label: a\n#+ summary: a\n#+ severity: silence\n#+ sentence: a\n#+ sentence-en: a",
            r"no prov\.subjects\.rq",
        ),
    ],
)
def test_mistakes_in_a_check_are_told_with_its_file(header: str, message: str, bench: Workbench) -> None:
    """A missing line, an unknown severity and a missing companion."""
    path = bench.write("ontology/checks/prov.rq", f"{header}\nSELECT ?thing ?here WHERE {{ }}\n")
    if "subjects" not in message:
        bench.write("ontology/checks/prov.subjects.rq", "#+ summary: a\nSELECT ?thing ?passage WHERE { }\n")
    with pytest.raises(DataError, match=message):
        read_checks([path.parent])


def test_checks_come_by_severity() -> None:
    """What cannot both hold comes first."""
    order = [SEVERITIES.index(check.severity) for check in read_checks([FOLDER])]
    assert order == sorted(order)
