"""New versions of source texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkansgraf.anchors import SourceText
from samverkansgraf.build import read_corpus
from samverkansgraf.errors import SourceError
from samverkansgraf.knowledge import Knowledge
from samverkansgraf.renewal import Fate, documents_of, fates, old_text
from samverkansgraf.reports.renewal import source_update
from samverkansgraf.texts import texts
from workbench import Workbench, sha256

OLD = (
    "Avtal om samverkan. Rådet har tre ledamöter. Rådet möts i mars varje år. Gruppen bereder. Kansliet i Ås stödjer.\n"
)
NEW = (
    "Avtal om samverkan. Gruppen bereder. Rådet har tre ledamöter. Rådet möts i maj varje år. Kansliet i Ås stöttar.\n"
)
PASSAGES = """\
  - section: Titel
    anchor: Avtal om samverkan
    states:
      - {id: samling:prov, type: Collection, calledHere: Prov}
      - {id: vb:radet, type: PoliticalForum, name: Rådet}
  - {skip: background, section: A, anchor: Rådet har tre ledamöter}
  - section: A
    anchor: Rådet möts … varje år
    states: [{id: vb:radet, meetingsPerYear: "1"}]
  - section: A
    anchor: Gruppen bereder
    states: [{id: vb:gruppen, type: WorkingGroup, name: Gruppen}]
  - section: A
    anchor: Kansliet i Ås stödjer
    states: [{id: vb:kansliet, type: Office, name: Kansliet}]
"""


def told(bench: Workbench, new: str, *folders: Path) -> list[Fate]:
    """Fates of the bench's anchors in *new*."""
    group = documents_of(read_corpus(bench.workspace, cache=False).readings, "avtal.txt")
    return fates(group, old_text(group, "avtal.txt", folders), SourceText(Path("ny.txt"), new))


def test_anchors_are_the_same_changed_moved_or_gone(bench: Workbench) -> None:
    """With the old text at hand each anchor has its fate, and one that is gone the sentence most like it."""
    bench.document(PASSAGES, source=OLD)
    found = told(bench, NEW, bench.root / "sources")
    assert [fate.status for fate in found] == ["same", "same", "changed", "moved", "gone"]
    assert found[2].words == "Rådet möts i maj varje år"
    assert (found[4].line, found[4].words) == (1, "Kansliet i Ås stöttar.")


def test_without_the_old_text_only_what_is_gone_is_seen(bench: Workbench) -> None:
    """Words between the ends and order cannot be compared with nothing."""
    bench.document(PASSAGES, source=OLD)
    assert [fate.status for fate in told(bench, NEW)] == ["same"] * 4 + ["gone"]
    assert [fate.words for fate in told(bench, "Helt annat.\n")] == [""] * 5


def test_source_that_nothing_is_made_from_lists_those_there_are(bench: Workbench) -> None:
    """A wrong name is told with the right ones."""
    bench.document(PASSAGES, source=OLD)
    with pytest.raises(SourceError, match=r"No document is made from nytt\.txt; there are avtal\.txt"):
        documents_of(read_corpus(bench.workspace, cache=False).readings, "nytt.txt")


def test_report_names_the_facts_that_hang_on_each_anchor(bench: Workbench) -> None:
    """Tables by fate, the worst first, each row with what its passage states and its evidence."""
    bench.document(PASSAGES, source=OLD)
    bench.build().write(bench.workspace.graph_folder)
    report, written = source_update(Knowledge.open(bench.workspace), texts("sv"), bench.write("avtal.txt", NEW))
    assert written == []
    assert [len(table.rows) for table in report.tables] == [1, 1, 1, 2]
    changed = report.tables[1].rows[0]
    assert changed.cells[2:] == ("Rådet möts i maj varje år", "Rådet: antal sammanträden per år 1")
    assert [passage.anchor for passage in changed.evidence] == ["Rådet möts … varje år"]
    assert report.tables[3].rows[1].cells[-1] == "inga, hoppas över"


def test_write_renews_only_when_every_anchor_matches_its_words(bench: Workbench) -> None:
    """The text and its hash are replaced together, or nothing is; the graph then builds."""
    path = bench.document(PASSAGES, source=OLD)
    bench.build().write(bench.workspace.graph_folder)
    before = path.read_text("utf-8")
    bench.write("avtal.txt", NEW)
    done = bench.run("sources", "update", "avtal.txt", "--write")
    assert done.returncode == 1
    assert b"Nothing was written: see what is gone or changed." in done.stderr
    assert path.read_text("utf-8") == before
    longer = OLD.rstrip() + " En mening till.\n"
    bench.write("avtal-b.txt", longer)
    done = bench.run("sources", "update", "avtal-b.txt", "--for", "avtal", "--write", "--format", "json")
    assert done.returncode == 0
    assert path.read_text("utf-8") == before.replace(sha256(OLD), sha256(longer))
    assert (bench.root / "sources" / "avtal.txt").read_text("utf-8") == longer
    assert bench.findings() == []
