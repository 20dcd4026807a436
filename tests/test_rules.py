"""Rules: what each concludes, and from which passages.

`fixtures/rules/<rule>.trig` is the input as a build makes it; `fixtures/rules/<rule>.expected.trig` holds each
conclusion in the graphs of the passages that are its evidence, or in the default graph where it has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from samverkansgraf.errors import DataError
from samverkansgraf.evidence import EvidenceBook
from samverkansgraf.period import PartialDate
from samverkansgraf.rules import EVIDENCE, Rule, conclude, read_rules
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.terms import SG, XSD
from workbench import ROOT, Workbench

FOLDER = ROOT / "ontology" / "rules"
FIXTURES = Path(__file__).parent / "fixtures" / "rules"
RULES = {rule.name: rule for rule in read_rules([FOLDER])}
FACTS = {SG.stated, SG.inferred}
DAYS = [f"{year}-{month:02}" for year in (1900, 2000, 2023, 2024, 2100) for month in range(1, 13)]


def quads(path: Path) -> list[ox.Quad]:
    """Quads of a TriG file."""
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TRIG))


def lines_of(path: Path) -> set[str]:
    """N-Quads lines of a fixture, with the copies in the default graph that a build makes of what is fact."""
    found = quads(path)
    modality = {quad.subject: quad.object for quad in found if quad.predicate.value == SG.modality}
    lines = {f"{quad} ." for quad in found}
    facts = {quad for quad in found if getattr(modality.get(quad.graph_name), "value", "") in FACTS}  # type: ignore[arg-type]
    return {line.removesuffix(".").rstrip() + " .\n" for line in lines | {f"{quad.triple} ." for quad in facts}}


def concluded(rule: Rule, lines: set[str]) -> tuple[EmbeddedStore, set[str]]:
    """The store after *rule*, and the triples that it concluded besides its own description."""
    store = EmbeddedStore()
    store.load("".join(lines))
    new = conclude([rule], store)
    own = {line.removesuffix(" .\n") for line in new if not line.endswith(f"<{rule.graph}> .\n")}
    return store, {triple for triple in own if not triple.startswith(f"<{rule.graph}>")}


def expected(path: Path) -> dict[str, set[str]]:
    """Triple → passages of its evidence."""
    found: dict[str, set[str]] = {}
    for quad in quads(path):
        graph = quad.graph_name
        found.setdefault(str(quad.triple), set()).update([] if isinstance(graph, ox.DefaultGraph) else [graph.value])
    return found


@pytest.mark.parametrize("name", sorted(RULES))
def test_rule_concludes_exactly_what_it_should_from_these_passages(name: str) -> None:
    """Each rule, alone on a tiny graph: its conclusions, and the passages of the premises of each."""
    store, triples = concluded(RULES[name], lines_of(FIXTURES / f"{name}.trig"))
    wanted = expected(FIXTURES / f"{name}.expected.trig")
    assert triples == wanted.keys()
    premises = EvidenceBook(store, [RULES[name]]).premises(RULES[name])
    found = {" ".join(key): passages for key, passages in premises.items()}
    assert {triple: found.get(triple, set()) for triple in triples} == wanted


def test_every_rule_has_fixtures_and_every_fixture_a_rule() -> None:
    """No rule goes untried, and no fixture is left of a rule that is gone."""
    inputs = {path.name.removesuffix(".trig") for path in FIXTURES.glob("*.trig") if ".expected" not in path.name}
    outputs = {path.name.removesuffix(".expected.trig") for path in FIXTURES.glob("*.expected.trig")}
    assert inputs == outputs == RULES.keys()


def test_rule_describes_itself_in_both_languages() -> None:
    """Each rule has a Swedish label, an English summary and a companion, and reads no passage but for names and standing."""  # noqa: E501
    for rule in RULES.values():
        assert {"label", "summary"} <= rule.conclusion.header.keys(), rule.name
        assert "summary" in rule.evidence.header
        assert ("GRAPH" in rule.conclusion.text) == (rule.name in {"names", "standing"}), rule.name
        assert "?subject ?predicate ?object ?passage" in rule.evidence.text


def dated(texts: list[str]) -> set[str]:
    """One thing a date, valid from and until it."""
    lines = set()
    for text in texts:
        literal = f'"{text}"^^<{PartialDate.parse(text).datatype}>'
        lines |= {f"<http://a/{text}> <{key}> {literal} .\n" for key in (SG.validFrom, SG.validUntil)}
    return lines


def test_bounds_of_partial_dates_are_those_of_the_calendar() -> None:
    """For years, every month of ordinary, leap and century years, and days: first and last day as `PartialDate` has them."""  # noqa: E501
    texts = [*DAYS, "2023", "2024", "0999", "2024-02-29", "2023-12-31"]
    _, triples = concluded(RULES["bounds"], dated(texts))
    wanted = set()
    for text in texts:
        bounds = PartialDate.parse(text)
        for start, end in (("earliestStart", "latestStart"), ("earliestEnd", "latestEnd")):
            wanted |= {
                f'<http://a/{text}> <{SG.base}{key}> "{day.isoformat()}"^^<{XSD.date}>'
                for key, day in ((start, bounds.earliest), (end, bounds.latest))
            }
    assert triples == wanted


def test_known_triples_are_not_concluded_again() -> None:
    """What a passage already says is not derived too."""
    lines = lines_of(FIXTURES / "memberships.trig")
    _, triples = concluded(RULES["memberships"], lines)
    said = {f"{triple} .\n" for triple in triples}
    _, again = concluded(RULES["memberships"], lines | said)
    assert triples
    assert not again


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """A maker of rule folders: name → text after the header; companions are made unless they are named."""

    def make(*, companions: bool = True, **rules: str) -> Path:
        for name, header in rules.items():
            body = "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }"
            (tmp_path / f"{name}.rq").write_text(f"#+ label: x\n#+ summary: x\n{header}\n{body}\n", "utf-8")
            if companions:
                select = "SELECT ?subject ?predicate ?object ?passage WHERE { }"
                (tmp_path / f"{name}{EVIDENCE}.rq").write_text(f"#+ summary: x\n{select}\n", "utf-8")
        return tmp_path

    return make


def names(rules: list[Rule]) -> Iterator[str]:
    """Names in order."""
    return (rule.name for rule in rules)


def test_rules_run_after_those_they_name(folder: Callable[..., Path]) -> None:
    """The order follows `after`, then the alphabet."""
    rules = read_rules([folder(a="#+ after: c", b="", c="#+ after: b")])
    assert list(names(rules)) == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"a": "#+ after: zz"}, r"a\.rq: `after: zz` names no rule"),
        ({"a": "#+ after: b", "b": "#+ after: a"}, "rules wait for one another: "),
        ({"a": "#+ efter: b"}, r"a\.rq:3: header line '#\+ efter: b'; keys are"),
        ({"a": "#+ label: b"}, r"a\.rq:3: duplicate header key 'label'"),
    ],
)
def test_mistakes_in_rules_are_told(folder: Callable[..., Path], rules: dict[str, str], message: str) -> None:
    """An unknown name, a circle or a wrong header line stops the build."""
    with pytest.raises(DataError, match=message):
        read_rules([folder(**rules)])


def test_rule_without_its_companion_is_told(folder: Callable[..., Path]) -> None:
    """A conclusion whose evidence cannot be found is not made."""
    with pytest.raises(DataError, match=r"a\.rq: no a\.evidence\.rq beside it"):
        read_rules([folder(companions=False, a="")])


def test_own_rules_join_the_package_ones(bench: Workbench) -> None:
    """A workspace may add a rule; what it concludes is in its own graph."""
    bench.document()
    text = "#+ label: prov\n#+ summary: prov\nCONSTRUCT { ?x <http://a/b> ?x } WHERE { ?x a <https://w3id.org/samverkansgraf/ns#PoliticalForum> }\n"  # noqa: E501
    bench.write("ontology/rules/prov.rq", text)
    bench.write(
        "ontology/rules/prov.evidence.rq", "#+ summary: prov\nSELECT ?subject ?predicate ?object ?passage WHERE { }\n"
    )
    thing = "<https://w3id.org/samverkansgraf/id/vasterbotten/radet>"
    assert f"{thing} <http://a/b> {thing} <https://w3id.org/samverkansgraf/graph/derived/prov> ." in bench.quads()
