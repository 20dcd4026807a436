"""The pieces that pages are made of."""

from __future__ import annotations

import base64
import hashlib
import tomllib

import pytest

from samverkansgraf.pages.addresses import Addresses, plain_path
from samverkansgraf.pages.reports import PLAIN
from samverkansgraf.pages.shell import frame
from samverkansgraf.pages.statements import plain, topics
from samverkansgraf.reports import REPORTS
from samverkansgraf.terms import BASE
from samverkansgraf.texts import texts
from workbench import ROOT


def test_paths_never_differ_in_case_alone() -> None:
    """A class and a property of one spelling get two files on a disk that ignores case."""
    addresses = Addresses([f"{BASE}ns#Forum", f"{BASE}ns#forum", f"{BASE}id/x/forum"])
    assert addresses.page(f"{BASE}ns#Forum") == "ns/Forum.html"
    assert addresses.page(f"{BASE}ns#forum") == "ns/forum-2.html"
    assert addresses.page(f"{BASE}id/x/forum") == "id/x/forum.html"
    assert addresses.page(f"{BASE}id/x/okand") == ""


@pytest.mark.parametrize(
    "iri",
    ["http://example.org/a", BASE + "id/../../etc/passwd", BASE + "id/x/con", BASE + "id/x/%2e%2e", BASE + "id//x",
     BASE + "id/x/å", BASE + "egen/x"],
)  # fmt: skip
def test_path_of_a_strange_iri_is_a_digest(iri: str) -> None:
    """Nothing in an IRI can lead out of the site or be a name that some system refuses."""
    room, _, name = plain_path(iri).partition("/")
    assert room == "other"
    assert len(name) == 12
    assert int(name, 16) >= 0


def test_policy_holds_the_hash_of_what_stands_in_the_page() -> None:
    """Style sheet and scripts are allowed by their hashes; without a script none is."""
    held = frame(["p { margin: 0 }"], ["alert"])
    for text in (held["css"], "alert"):
        digest = base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()
        assert f"'sha256-{digest}'" in str(held["policy"])
    assert "script-src 'none'" in str(frame()["policy"])


def test_topics_name_properties_of_the_vocabulary_once() -> None:
    """Every name in the list of topics is a property, and stands under one topic."""
    listed = [name for names in topics().values() for name in names]
    known = (ROOT / "ontology" / "samverkansgraf.ttl").read_text("utf-8")
    assert len(listed) == len(set(listed))
    assert [name for name in listed if f":{name}\n" not in known and name not in {"type", "label", "prefLabel"}] == []


def test_incoming_words_are_for_properties_of_the_vocabulary() -> None:
    """What a property says of its value is written only for properties that there are."""
    known = (ROOT / "ontology" / "samverkansgraf.ttl").read_text("utf-8")
    words = tomllib.loads((ROOT / "src/samverkansgraf/texts/sv/incoming.toml").read_text("utf-8"))
    assert [name for name in words if f":{name}\n" not in known] == []


def test_literals_are_written_as_people_write_them() -> None:
    """Money by thousands, truth values in words, everything else as it stands."""
    assert plain("7611000", "amount", texts("sv")) == "7\u202f611\u202f000\u202fkr"
    assert (plain("true", "mandatory", texts("sv")), plain("2023", "validFrom", texts("sv"))) == ("ja", "2023")


def test_every_report_has_a_page_or_a_reason() -> None:
    """Each report is on the list with a name and a question, save those on one thing or a path."""
    words = texts("sv")
    listed = {*PLAIN, "routes", "kommun", "compare"}
    assert REPORTS.keys() - listed == {"show", "path"}
    assert all(words(f"report_pages.{name}") and words(f"report_pages.ask_{name}") for name in listed)
