"""The JSON Schema of documents: whatever builds is valid, and mistakes are seen while writing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from samverkansgraf.scaffold import make_document, make_workspace
from samverkansgraf.schema import NAME, document_schema
from samverkansgraf.workspace import Workspace
from workbench import HEAD, PLAIN, ROOT, Workbench, run

COMMITTED = ROOT / "ontology" / NAME
DOCUMENTS = sorted(path for path in (ROOT / "data").glob("*/*.yaml") if path.parent.name != "reference")


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """The committed schema, itself valid."""
    schema = json.loads(COMMITTED.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def loaded(text: str) -> Any:
    """YAML as the loader reads it: every scalar is text."""
    return yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - makes text, lists and mappings only


def test_committed_schema_is_what_the_command_writes() -> None:
    """Ontology, context and registers give this very file."""
    workspace = Workspace.find(ROOT)
    assert COMMITTED.read_bytes() == document_schema(workspace), "stale; run `make docs`"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_real_document_is_valid(path: Path, validator: Draft202012Validator) -> None:
    """The schema refuses nothing that the loader takes."""
    assert [error.message for error in validator.iter_errors(loaded(path.read_text("utf-8")))] == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("name: Rådet}", "namn: Rådet}"),
        ("type: PoliticalForum", "type: PolitisktForum"),
        ("type: PoliticalForum", "type: adopted"),
        ("{id: vb:radet, type", "{id: radet, type"),
        ("{id: vb:radet, type", "{type"),
        ("name: Rådet}", "seats: nio}"),
        ("name: Rådet}", "validFrom: 2025-1}"),
        ("name: Rådet}", "mandatory: ja}"),
        ("name: Rådet}", "leavesOpen: preparedBy}"),
        ("anchor: Avtal", "ankare: Avtal"),
        ("section: Titel", "modality: kanske\n    section: Titel"),
        ("section: Titel", "skip: background\n    section: Titel"),
        ("status: adopted", "status: antagen"),
        ("status: adopted\n", ""),
        ("type: Agreement", "type: [Agreement, Avtal]"),
    ],
)
def test_mistakes_are_seen(right: str, wrong: str, validator: Draft202012Validator) -> None:
    """A document that is right is valid, and one change makes it not so."""
    text = HEAD.format(stem="avtal", digest="sha256:0") + PLAIN
    assert validator.is_valid(loaded(text))
    assert text.count(right) == 1
    assert not validator.is_valid(loaded(text.replace(right, wrong)))


def test_numbers_and_truth_may_be_written_bare(validator: Draft202012Validator) -> None:
    """An editor that reads YAML 1.2 sees numbers where the loader sees text; both are fine."""
    document = loaded(HEAD.format(stem="avtal", digest="sha256:0") + PLAIN)
    document["passages"][0]["states"] = {"id": "vb:radet", "seats": 9, "mandatory": True, "validFrom": 2025}
    assert validator.is_valid(document)


def test_new_workspace_has_a_schema_that_its_files_name(tmp_path: Path) -> None:
    """The example and a fresh draft are valid, and point at a file that is there; the command adds own identifiers."""
    root = tmp_path / "ny"
    make_workspace(root, name="Sala")
    (root / "sources" / "nytt.txt").write_text("Rådet består av tre.\n", "utf-8")
    fresh = make_document(Workspace.find(root), "nytt").path
    validator = Draft202012Validator(json.loads((root / NAME).read_text("utf-8")))
    for path in (fresh, fresh.with_name("exempel-overenskommelse.yaml")):
        text = path.read_text("utf-8")
        assert (path.parent / text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")).is_file()
        assert validator.is_valid(loaded(text))
    assert '"sala:radet"' not in (root / NAME).read_text("utf-8")
    assert run("schema", cwd=root).returncode == 0
    written = (root / NAME).read_text("utf-8")
    assert '"sala:radet"' in written
    assert '"kommun:2480"' in written


def test_description_of_a_key_is_its_definition(bench: Workbench) -> None:
    """What an editor shows beside a key is what the vocabulary says."""
    schema = json.loads(document_schema(bench.workspace))
    assert schema["$defs"]["key-seats"]["description"].startswith("angivet antal ledamöter: ")
