"""Reference tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkansgraf.context import Context
from samverkansgraf.documents import Reading
from samverkansgraf.registers import read_register

SIDECAR = "name: Prov\nsource: SCB\nlicence: CC0-1.0\nchecked: nej\n"
HEADER = "id,type,name,code,inCounty\n"
ROW = "kommun:0114,Municipality,Upplands Väsby kommun,0114,lan:01\n"


@pytest.fixture
def read(tmp_path: Path, context: Context) -> object:
    """A reader of a table written by the test."""

    def reader(text: str, sidecar: str | None = SIDECAR) -> Reading:
        path = tmp_path / "prov.csv"
        path.write_bytes(text.encode())
        if sidecar is not None:
            path.with_suffix(".yaml").write_text(sidecar, "utf-8")
        return read_register(path, context, file="data/reference/prov.csv")

    return reader


def seen(reading: Reading) -> list[tuple[str, int]]:
    """Messages and lines of a reading's findings."""
    return [(finding.message, finding.line) for finding in reading.findings]


def test_row_is_an_object_of_the_context(read) -> None:  # type: ignore[no-untyped-def]
    """Cells become triples by the context alone: the code is text, the county a thing; the table is described."""
    reading = read(HEADER + ROW)
    assert not reading.findings
    assert '"0114"' in reading.quads
    assert (
        "<https://w3id.org/samverkansgraf/id/lan/01> <https://w3id.org/samverkansgraf/graph/reference/prov>"
        in reading.quads
    )
    assert "ReferenceTable" in reading.quads
    assert reading.facts == {"https://w3id.org/samverkansgraf/graph/reference/prov"}


def test_empty_cell_states_nothing(read) -> None:  # type: ignore[no-untyped-def]
    """A cell with nothing in it gives no triple."""
    assert "notation" not in read(HEADER + "kommun:0114,Municipality,Väsby,,lan:01\n").quads


def test_quoted_cell_keeps_commas_and_lines(read) -> None:  # type: ignore[no-untyped-def]
    """A comma, a line end or a line separator inside a quoted cell does not end it, and lines are still counted right."""  # noqa: E501
    reading = read(
        HEADER
        + 'kommun:0114,Municipality,"Väsby, Upplands\u2028x",0114,lan:01\nkommun:0115,"Munici\npality",X,0115,lan:01\n'
    )
    assert [line for _, line in seen(reading)] == [4]
    assert (
        "Väsby, Upplands\u2028x"
        in read(HEADER + 'kommun:0114,Municipality,"Väsby, Upplands\u2028x",0114,lan:01\n').quads
    )


MISTAKES = {
    "cells": (HEADER + ROW + "kommun:0115,Municipality\n", "2 cells, but the first row has 5", 3),
    "blank line": (HEADER + ROW + "\n" + ROW, "0 cells, but the first row has 5", 3),
    "column": ("id,typ\nkommun:0114,Municipality\n", "unknown column 'typ'; columns are keys of the context", 1),
    "column that is no property": ("id,states\nkommun:0114,x\n", "unknown column 'states'", 1),
    "column twice": ("id,name,name\nkommun:0114,a,b\n", "duplicate column 'name'", 1),
    "no id column": ("type,name\nMunicipality,X\n", "one of them is `id`", 1),
    "empty file": ("", "one of them is `id`", 1),
    "no id": (HEADER + ROW + ",Municipality,X,0115,lan:01\n", "a row without `id`", 3),
    "class": (HEADER + "kommun:0114,Kommun,X,0114,lan:01\n", "type: 'Kommun' is no word of the vocabulary", 2),
    "prefix": (HEADER + "kommun:0114,Municipality,X,0114,län:01\n", "inCounty: 'län:01' has no declared prefix", 2),
}


@pytest.mark.parametrize(("text", "message", "line"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistake_is_told_with_its_line(read, text: str, message: str, line: int) -> None:  # type: ignore[no-untyped-def]
    """Each mistake in a table names its line, and the table states nothing."""
    reading = read(text)
    assert any(message in found and at == line for found, at in seen(reading)), seen(reading)
    assert not reading.quads


def test_missing_description_is_a_finding(read) -> None:  # type: ignore[no-untyped-def]
    """A table without a sidecar says what the sidecar should hold."""
    assert seen(read(HEADER + ROW, None)) == [("no prov.yaml beside it with name, source, licence, checked", 0)]


def test_unknown_key_of_the_description_names_the_sidecar(read) -> None:  # type: ignore[no-untyped-def]
    """A mistake in the sidecar is told with the sidecar's own name and line."""
    finding = read(HEADER + ROW, SIDECAR + "extra: 1\n").findings[0]
    assert (finding.file, finding.line) == ("data/reference/prov.yaml", 5)
    assert "unknown key 'extra'; known are name, source, licence, checked" in finding.message


def test_references_of_rows_are_noted_with_their_line(read) -> None:  # type: ignore[no-untyped-def]
    """What a row refers to can be looked up among what is described."""
    assert read(HEADER + ROW).referred == [("https://w3id.org/samverkansgraf/id/lan/01", 2)]
