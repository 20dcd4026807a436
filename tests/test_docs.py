"""The pages in docs/ that are made say what their sources say."""

from __future__ import annotations

import re
import tomllib
from itertools import chain

import rdflib

from samverkansgraf.workspace import SETTINGS
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


def test_commands_and_library_are_described_as_they_are() -> None:
    """docs/kommandon.md and docs/bibliotek.md are what the script writes now, and have everything public."""
    maker = script("make_handbook")
    commands, library = maker.COMMANDS.read_text("utf-8"), maker.LIBRARY.read_text("utf-8")
    assert (commands, library) == (maker.commands_page(), maker.library_page()), "stale; run `make docs`"
    assert {"samverkansgraf report gaps", "samverkansgraf serve"} <= set(
        re.findall(r"^## (.+)$", commands, re.MULTILINE)
    )
    assert {"Graph.report", "open"} <= set(re.findall(r"^## (.+)$", library, re.MULTILINE))


def test_every_setting_and_variable_is_described() -> None:
    """docs/installningar.md has each setting and each variable that the code reads, and its example holds."""
    page = (ROOT / "docs" / "installningar.md").read_text("utf-8")
    assert SETTINGS.keys() == set(re.findall(r"^\| `(\w+)` \| .+ \| .+ \|$", page, re.MULTILINE))
    assert SETTINGS.keys() >= tomllib.loads(page.split("```toml\n")[1].split("```")[0]).keys()
    code = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r"SAMVERKANSGRAF_[A-Z]+(?:_[A-Z]+)*(?![A-Z_])", code)) - {"SAMVERKANSGRAF_COMPLETE"}
    assert read <= set(re.findall(r"SAMVERKANSGRAF_\w+", page))
