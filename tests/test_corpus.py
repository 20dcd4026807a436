"""What is wrong only across files."""

from __future__ import annotations

from pathlib import Path

from samverkansgraf.build import read_corpus
from samverkansgraf.context import Context
from samverkansgraf.corpus import Corpus
from samverkansgraf.documents import Reading
from samverkansgraf.errors import Finding
from workbench import ROOT, Workbench

EMPTY = Context(ROOT / "ontology" / "context.jsonld")


def messages(*readings: Reading) -> list[str]:
    """Findings of readings together."""
    return [str(finding) for finding in Corpus(EMPTY, list(readings)).findings]


def test_thing_described_in_another_file_is_described() -> None:
    """A reference needs a description somewhere, not in its own file."""
    refers, describes = Reading("a.yaml", "a", referred=[("x", 3)]), Reading("b.yaml", "b", described=[("x", 1)])
    assert messages(refers, describes) == []
    assert messages(refers) == ["a.yaml:3: <x> is described nowhere; give it a `type` in some passage"]


def test_every_other_name_of_a_thing_is_a_finding() -> None:
    """The first name counts; each that differs points back to it; the same name again is fine."""
    one = Reading("a.yaml", "a", names=[("x", 1, "X"), ("x", 2, "X"), ("x", 3, "Y")])
    other = Reading("b.yaml", "b", names=[("x", 9, "Z")])
    found = messages(one, other)
    assert [line.split(": ")[0] for line in found] == ["a.yaml:3", "b.yaml:9"]
    assert all("but 'X' at a.yaml:1" in line for line in found)


def test_two_files_of_one_name_are_a_finding() -> None:
    """Documents of one name in two folders would be one graph; a file of persons belongs to its document."""
    found = messages(Reading("a/x.yaml", "x"), Reading("b/x.yaml", "x"), Reading("a/x.personer.yaml", "x"))
    assert found == ["b/x.yaml: the name is taken by a/x.yaml; give the file a name of its own"]


def test_own_findings_come_along() -> None:
    """What a reading found itself is among the findings."""
    assert messages(Reading("a.yaml", "a", findings=[Finding("a.yaml", 1, "wrong")])) == ["a.yaml:1: wrong"]


def test_files_of_no_known_kind_are_findings(bench: Workbench, tmp_path: Path) -> None:
    """A file in data/ that nothing reads is told, not passed over; Markdown and JSON may lie there."""
    bench.document()
    for name in ("data/prov/notes.txt", "data/prov/README.md", "data/prov/x.json"):
        bench.write(name, "x")
    found = read_corpus(bench.workspace, cache=False).findings
    assert [(finding.file, finding.message.split(":")[0]) for finding in found] == [("data/prov/notes.txt", "not read")]
    assert tmp_path in bench.root.parents
