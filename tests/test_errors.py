"""The error tree and findings."""

from __future__ import annotations

import pytest

from samverkansgraf import errors
from samverkansgraf.errors import DataError, Finding, SamverkansgrafError, UnknownThing


def test_every_error_has_the_one_root() -> None:
    """One `except SamverkansgrafError` catches whatever the package means to raise."""
    raised = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)]
    assert len(raised) == 10
    assert all(issubclass(one, SamverkansgrafError) for one in raised)


@pytest.mark.parametrize(("line", "text"), [(7, "a.yaml:7: wrong"), (0, "a.yaml: wrong")])
def test_finding_says_where(line: int, text: str) -> None:
    """A finding begins with file and line; line 0 means the file as a whole."""
    assert str(Finding("a.yaml", line, "wrong")) == text


def test_data_error_carries_every_finding_once_in_order() -> None:
    """All findings are in the message, sorted by file and line, each once, and counted."""
    found = [
        Finding("b.yaml", 2, "x"),
        Finding("a.yaml", 10, "y"),
        Finding("a.yaml", 9, "z"),
        Finding("b.yaml", 2, "x"),
    ]
    error = DataError(found)
    assert str(error).splitlines() == ["a.yaml:9: z", "a.yaml:10: y", "b.yaml:2: x", "3 findings."]
    assert str(DataError(found[:1])).endswith("\n1 finding.")


def test_unknown_thing_suggests_or_tells_what_to_try() -> None:
    """The message names near things, or says what may be given where nothing is near."""
    assert str(UnknownThing("PDK", ["PKD", "PK"])) == "Nothing in the graph is called 'PDK'. Did you mean: PKD, PK?"
    assert str(UnknownThing("X", ["Gruppen, Umeå", "PK"])).endswith("Did you mean: Gruppen, Umeå; PK?")
    assert "abbreviation or an IRI" in str(UnknownThing("PDK", []))


def test_message_takes_no_command_of_a_terminal() -> None:
    """What services and documents say is shown without control characters; lines and Swedish letters stay."""
    assert str(SamverkansgrafError("\x1b[2Jen\r\ntvå\t\x9b1m\u202eåäö\x7f")) == "[2Jen\ntvå\t1måäö"
