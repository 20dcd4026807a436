"""The pages in docs/ that are made say what their sources say."""

from __future__ import annotations

import re
import tomllib
from itertools import chain

import rdflib

from workbench import ROOT, script


def test_glossary_is_what_the_vocabulary_says() -> None:
    """docs/ordlista.md is what the script writes now, and has every term of the project."""
    maker = script("make_glossary")
    vocabulary = rdflib.Graph().parse(ROOT / "ontology" / "samverkansgraf.ttl")
    page = maker.PAGE.read_text("utf-8")
    assert page == maker.page(vocabulary), "docs/ordlista.md is stale; run `make docs`"
    own = {str(one).removeprefix(maker.SG) for one in vocabulary.subjects() if str(one).startswith(maker.SG)}
    assert all(f"`sg:{name}`" in page for name in own)


def test_every_dependency_has_its_reason() -> None:
    """docs/beroenden.md lists exactly what the package needs at run time, each with a reason and a licence."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    needed = {re.split(r"[\s<>=\[;]", one)[0].lower() for one in [*project["dependencies"], *chain(*extras)]}
    rows = re.findall(
        r"^\| ([\w-]+) \| (.+) \| (.+) \|$", (ROOT / "docs" / "beroenden.md").read_text("utf-8"), re.MULTILINE
    )
    assert {name for name, _, _ in rows} - {"paket"} == needed
