"""Source texts against documents."""

from __future__ import annotations

from pathlib import Path

from samverkansgraf.build import read_corpus
from samverkansgraf.errors import Finding
from samverkansgraf.sources import Coverage, check_sources
from workbench import HEAD, PLAIN, Workbench, sha256

TEXT = "Innehåll: Rådet 1. Kapitel ett. Rådet har tre ledamöter. Sidan 1. Slut på texten."
PASSAGES = """\
  - {skip: contents, section: Innehåll, anchor: Innehåll … 1}
  - section: Kapitel ett
    anchor: Rådet … ledamöter
    states:
      - {id: samling:prov, type: Collection, calledHere: Prov}
      - {id: vb:radet, type: PoliticalForum, name: Rådet}
  - {skip: furniture, section: Sidfot, anchor: Sidan 1}
"""


def check(bench: Workbench, *folders: Path) -> tuple[list[Coverage], list[Finding]]:
    """Coverage and findings of the bench's documents in *folders*."""
    return check_sources(read_corpus(bench.workspace, cache=False).readings, folders)


def count(text: str) -> int:
    """Letters and digits of *text*."""
    return sum(map(str.isalnum, text))


def test_coverage_counts_letters_anchored_skipped_and_left(bench: Workbench) -> None:
    """Letters are counted over the union; what nothing covers is listed with its line."""
    bench.document(PASSAGES, source=TEXT)
    (coverage,), findings = check(bench, bench.root / "sources")
    assert not findings
    assert coverage.anchored == count("Rådet har tre ledamöter")
    assert coverage.skipped == count("Innehåll: Rådet 1 Sidan 1")
    assert coverage.untouched == count("Kapitel ett Slut på texten")
    assert coverage.total == count(TEXT)
    assert coverage.gaps == ["1: . Kapitel ett.", "1: . Slut på texten."]
    assert coverage.anchors == 3


def test_missing_source_is_counted_and_no_finding(bench: Workbench) -> None:
    """Without the text nothing is tried and nothing is wrong."""
    bench.document(PASSAGES, source=TEXT)
    (coverage,), findings = check(bench)
    assert (coverage.found, coverage.anchors, findings) == (False, 3, [])


def test_wrong_hash_gives_the_right_one(bench: Workbench) -> None:
    """A text that is not the one that was read is a finding that says the hash it has."""
    bench.document(PASSAGES, source=TEXT)
    (bench.root / "sources" / "avtal.txt").write_bytes((TEXT + "!").encode())
    findings = check(bench, bench.root / "sources")[1]
    assert [finding.message for finding in findings] == [
        f"sourceHash differs from avtal.txt, which is {sha256(TEXT + '!')}"
    ]


def test_anchors_that_match_no_place_or_several_name_their_line(bench: Workbench) -> None:
    """Every anchor that is wrong is told with its own line, and skips too."""
    bad = (
        PLAIN
        + "▶  - {skip: furniture, section: A, anchor: Finns inte}\n"
        + "▶  - {skip: rhetoric, section: B, anchor: Rådet}\n"
        + "▶  - {skip: rhetoric, section: B, anchor: har, after: Finns heller inte}\n"
    )
    bench.document(bad)
    findings = bench.findings()
    assert [finding.line for finding in findings] == [line for _, line in bench.marks]
    assert "anchor 'Finns inte': matches no place: the words 'Finns inte' are not there" in findings[0].message
    assert "anchor 'Rådet': matches 2 places" in findings[1].message
    assert "`after: Finns heller inte` matches no place" in findings[2].message


def test_parts_of_a_bundle_are_searched_apart(bench: Workbench) -> None:
    """Two documents of one file each find their own words, and coverage is that of the file."""
    text = "Del A. Rådet har tre. Del B. Rådet har fyra."
    head = HEAD.format(stem="bunt", digest=sha256(text)).replace("id: doc:bunt", "id: doc:{stem}")
    (bench.root / "sources").mkdir(exist_ok=True)
    a = head.replace("passages:", "partStart: Del A\npartEnd: har tre\npassages:")
    b = head.replace("passages:", "partStart: Del B\npassages:")
    bench.document(PLAIN.replace("Avtal … samverkan", "Rådet"), stem="bunt-a", head=a, source=text)
    bench.document("  - {skip: background, section: B, anchor: Rådet}\n", stem="bunt-b", head=b, source=text)
    (bench.root / "sources" / "bunt.txt").write_bytes(text.encode())
    (coverage,), findings = check(bench, bench.root / "sources")
    assert not findings
    assert (coverage.anchored, coverage.skipped) == (5, 5)


def test_part_that_is_not_there_is_a_finding(bench: Workbench) -> None:
    """A `partStart` that matches nothing is told once, not once an anchor."""
    bench.document(head=HEAD.replace("passages:", "partStart: Del C\npassages:"))
    assert {finding.message for finding in bench.findings()} == {
        "partStart/partEnd: matches no place: the words 'Del C' are not there"
    }


def test_source_that_is_not_utf8_is_a_finding(bench: Workbench) -> None:
    """A text in another encoding says so instead of failing."""
    bench.document()
    (bench.root / "sources" / "avtal.txt").write_bytes("Rådet".encode("latin-1"))
    assert [finding.message for finding in bench.findings()] == ["not UTF-8; save the text as UTF-8"]


def test_first_folder_that_has_the_text_is_used(bench: Workbench, tmp_path: Path) -> None:
    """Folders are tried in order."""
    bench.document()
    (tmp_path / "empty").mkdir()
    assert check(bench, tmp_path / "empty", bench.root / "sources")[0][0].found
