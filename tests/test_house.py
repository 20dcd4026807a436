"""The habits of the house, held by reading the code, the vocabulary and the texts."""

from __future__ import annotations

import ast
import importlib
import json
import re
import string
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

import samverkansgraf
from samverkansgraf import terms
from samverkansgraf.context import Context
from samverkansgraf.texts import LANGUAGES, Texts, texts
from workbench import ROOT

SOURCE = ROOT / "src" / "samverkansgraf"
TESTS = ROOT / "tests"
FLOORS = {
    0: "errors files swapping terms period workspace collation texts context progress",
    1: "documents anchors paragraphs registers imports guard queries tables",
    2: "store corpus",
    3: "build validate rules sources quotes things evidence knowledge facts checks population diff overlay synth "
    "scaffold workbook drafts intake renewal schema",
    4: "reports network inventory",
    5: "results answers maps render spreadsheet notebook layout pages site exports publishing",
    5.5: "api",
    6: "cli web",
}
FLOOR = {name: floor for floor, names in FLOORS.items() for name in names.split()}
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
TRIED_ELSEWHERE = {
    "knowledge": "test_reports.py and test_maps.py, which ask it everything it knows",
    "network": "test_reports.py, on random graphs",
    "spreadsheet": "test_render.py: a report is rendered as a spreadsheet too",
    "texts": "test_house.py: texts are data",
}
UPWARD = {("reports", "notebook"): "a report shows itself in a notebook"}
"""Imports inside a function that go up, with their reason; at the top of a module none may."""
MOST_LINES, MOST_STATEMENT_LINES = 300, 30
SG = rdflib.Namespace("https://w3id.org/samverkansgraf/ns#")


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    """First name under the package: the unit that has a floor."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """(room imported, whether at the top of the module) of every import of the package's own, those for types only left out."""  # noqa: E501
    tree = ast.parse(path.read_text("utf-8"))
    typed = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    inside = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for inner in ast.walk(node)}
    package = ("samverkansgraf", *path.relative_to(SOURCE).parts[:-1])
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or id(node) in typed or not node.level:
            continue
        base = (*package[: len(package) - node.level + 1], *(node.module.split(".") if node.module else ()))
        names = [base[1]] if len(base) > 1 else [alias.name for alias in node.names]
        yield from ((name, id(node) not in inside) for name in names)


@cache
def vocabulary() -> rdflib.Graph:
    """The hand-written ontology."""
    return rdflib.Graph().parse(ROOT / "ontology" / "samverkansgraf.ttl")


def own_terms() -> list[rdflib.URIRef]:
    """Every term of the project's own namespace that the ontology describes."""
    return sorted({one for one in vocabulary().subjects() if isinstance(one, rdflib.URIRef) and one.startswith(SG)})


def test_every_module_has_a_floor() -> None:
    """A new module is given a floor."""
    rooms = {room(path) for path in modules()} - {"__init__", "__main__"}
    assert rooms <= FLOOR.keys()


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_module_imports_only_from_its_own_floor_or_below(path: Path) -> None:
    """No import goes up; inside a function only where a reason is written."""
    own = room(path)
    if own in FLOOR:
        up = upward(path)
        assert {name for name, top in up if not top and (own, name) in UPWARD} == {name for name, _ in up}


def upward(path: Path) -> set[tuple[str, bool]]:
    """(room, whether at the top of the module) of the imports that go to a higher floor."""
    return {(name, top) for name, top in imports(path) if FLOOR.get(name, 0) > FLOOR.get(room(path), 9)}


def test_every_exception_is_needed() -> None:
    """No reason is left of an import that goes up no more, or of a test module that is there after all."""
    assert UPWARD.keys() == {(room(path), name) for path in modules() for name, _ in upward(path)}
    assert not [name for name in TRIED_ELSEWHERE if (TESTS / f"test_{name}.py").exists()]
    assert TRIED_ELSEWHERE.keys() | FLOOR.keys() <= {room(path) for path in modules()}


def test_there_is_no_circle_of_imports() -> None:
    """Modules can be read in an order in which each needs only those before it."""
    needs: dict[str, set[str]] = {name: set() for name in FLOOR}
    for path in modules():
        if room(path) in FLOOR:
            needs[room(path)] |= {name for name, top in imports(path) if top and name in FLOOR} - {room(path)}
    assert list(TopologicalSorter(needs).static_order())


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_module_is_not_long(path: Path) -> None:
    """A module is at most 300 lines, or a reason is written here; no reason is left of one that is short."""
    length = len(path.read_text("utf-8").splitlines())
    assert (length > MOST_LINES) == (path.relative_to(SOURCE).as_posix() in LONG_MODULES)


def bodies(path: Path) -> Iterator[tuple[str, int]]:
    """(name, lines of the body without its docstring) of every function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            rest = node.body[1:] if ast.get_docstring(node) else node.body
            yield node.name, (rest[-1].end_lineno or 0) - rest[0].lineno + 1 if rest else 0


def test_bodies_are_short() -> None:
    """A function's body is at most 30 lines, or a reason is written here; no reason is left of one that is short."""
    long = {
        f"{path.relative_to(SOURCE).as_posix()}:{name}"
        for path in modules()
        for name, length in bodies(path)
        if length > MOST_STATEMENT_LINES
    }
    assert long == LONG_FUNCTIONS.keys()


def test_every_module_has_its_test_module() -> None:
    """`tests/test_<module>.py` is there for every module and package."""
    rooms = {room(path) for path in modules()} - {"__init__", "__main__"} - TRIED_ELSEWHERE.keys()
    tested = {path.stem.removeprefix("test_") for path in TESTS.glob("test_*.py")}
    assert rooms <= tested


@pytest.mark.parametrize("path", sorted(TESTS.glob("*.py")), ids=lambda path: path.name)
def test_every_test_says_what_it_holds(path: Path) -> None:
    """Each test has a docstring whose first line is a sentence."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            assert (ast.get_docstring(node) or "").splitlines()[0].endswith("."), node.name


def test_all_lists_what_can_be_imported() -> None:
    """Every `__all__` names things that are there, in order, once."""
    for path in modules():
        name = ".".join(("samverkansgraf", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")
        if name.endswith("__main__"):
            continue
        module = importlib.import_module(name)
        listed = list(getattr(module, "__all__", []))
        assert len(listed) == len(set(listed)), name
        assert all(hasattr(module, one) for one in listed), name
    assert sorted(samverkansgraf.__all__) == samverkansgraf.__all__


def test_nothing_reads_the_clock_or_the_network() -> None:
    """*Today* is a parameter, and no module opens an address."""
    for path in modules():
        code = path.read_text("utf-8")
        assert not re.search(r"\b(today|now|utcnow|time)\(\)|import (socket|urllib|http|requests)\b", code), path.name


def test_declared_terms_are_in_the_ontology() -> None:
    """Every name in `terms.SG` is described, so that the closed namespace and the vocabulary agree."""
    described = set(own_terms())
    assert {name for name in terms.SG.names if SG[name] not in described} == set()


def test_every_declared_term_is_used() -> None:
    """No name is declared that no module uses, and none is used that is not declared."""
    code = "".join(path.read_text("utf-8") for path in modules())
    for prefix in ("SG", "ORG", "SKOS", "RDF", "RDFS", "PROV", "XSD"):
        used = set(re.findall(rf"(?<![\w.]){prefix}\.(\w+)", code)) - {"base", "names"}
        assert used == getattr(terms, prefix).names, prefix


@pytest.mark.parametrize("term", own_terms(), ids=lambda term: term.removeprefix(SG))
def test_term_has_label_and_definition_in_both_languages(term: rdflib.URIRef) -> None:
    """Each term says what it is called and what it means, in Swedish and English, once each, and where it is defined."""  # noqa: E501
    for about in (RDFS.label, SKOS.definition):
        languages = [word.language for word in vocabulary().objects(term, about) if isinstance(word, rdflib.Literal)]
        assert sorted(map(str, languages)) == ["en", "sv"], about
    assert (term, RDFS.isDefinedBy, rdflib.URIRef("https://w3id.org/samverkansgraf/ns")) in vocabulary()
    assert list(vocabulary().objects(term, RDF.type))


def test_every_term_of_the_context_is_in_the_ontology() -> None:
    """A key or a word of ours that the analyst may write is described."""
    context = Context(ROOT / "ontology" / "context.jsonld")
    iris = {key.iri for key in context.keys.values()} | set(context.values.values())
    assert {iri for iri in iris if iri.startswith(SG)} <= set(map(str, own_terms()))


def test_ontology_has_no_blank_node_and_only_known_kinds() -> None:
    """Terms are classes, properties or concepts; nothing in the vocabulary is nameless."""
    assert not any(isinstance(part, rdflib.BNode) for triple in vocabulary() for part in triple)
    kinds = {kind for term in own_terms() for kind in vocabulary().objects(term, RDF.type)}
    allowed = {
        OWL.Class,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        OWL.AnnotationProperty,
        SKOS.Concept,
        SKOS.ConceptScheme,
    }
    others = {kind for kind in kinds - allowed if not str(kind).startswith(("http://www.w3.org/", SG))}
    assert not others


def test_superclasses_and_superproperties_of_ours_are_described() -> None:
    """What a term is narrower than is itself a term."""
    above = {*vocabulary().objects(None, RDFS.subClassOf), *vocabulary().objects(None, RDFS.subPropertyOf)}
    assert {one for one in above if str(one).startswith(SG)} <= set(own_terms())


def test_relations_have_a_labelled_inverse() -> None:
    """Every verb of the context can be written from the other side."""
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]
    backwards = {term["@reverse"] for term in context.values() if isinstance(term, dict) and "@reverse" in term}
    verbs = {str(verb) for verb in vocabulary().subjects(RDFS.subPropertyOf, SG.relatesTo)}
    own = Context(ROOT / "ontology" / "context.jsonld")
    forward = {key.iri for key in own.keys.values() if not key.reverse and key.kind == "@id"}
    assert verbs & forward <= {own.expand(short) for short in backwards}


def fields(text: str) -> set[str]:
    """Names of the places to fill in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_texts_have_the_same_keys_and_places_in_both_languages() -> None:
    """Every sentence is there in Swedish and English, with the same things filled in, and none is empty."""
    both = [texts(lang) for lang in LANGUAGES]
    assert both[0].keys() == both[1].keys()
    for key in both[0].keys():  # noqa: SIM118 - not a dictionary
        section, _, name = key.partition(".")
        words = [one._words[section][name] for one in both]
        assert fields(words[0]) == fields(words[1]), key
        assert all(words), key
        if section == "nouns":
            assert [word.count("/") for word in words] == [1, 1], key


def test_every_text_that_the_code_names_is_there() -> None:
    """A key that a module asks for outright exists."""
    code = "".join(path.read_text("utf-8") for path in modules())
    named = set(re.findall(r'(?:texts|words)\("([a-z_]+\.[A-Za-z_]+)"', code))
    assert named <= texts("sv").keys()


def test_count_takes_the_right_form_and_unknown_language_is_refused() -> None:
    """One thing, several things; a language that is none raises."""
    assert (texts("sv").count("area", 1), texts("sv").count("area", 2)) == ("1 område", "2 områden")
    assert Texts("en").count("area", 0) == "0 areas"
    with pytest.raises(ValueError, match="language 'de'; known are sv, en"):
        texts("de")
    with pytest.raises(KeyError):
        texts("sv")("common.finnsinte")
