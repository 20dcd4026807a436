"""What a notebook shows, and the notebook in docs/."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from chromium import MARKS, opened, started, until
from samverkansgraf.api import Graph
from samverkansgraf.errors import OutputError
from samverkansgraf.notebook import Page, data_frame, fragment
from samverkansgraf.reports import Column, Report, Row, Table
from workbench import ROOT

NOTEBOOK = ROOT / "docs" / "anteckningsbok.ipynb"


class Tags(HTMLParser):
    """Notes tags, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and its attributes."""
        self.tags.append(tag)
        self.attributes |= dict(attrs)

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def test_report_is_a_fragment_with_everything(graph: Graph) -> None:
    """Answer, tables, notes and evidence are there, without a page, a style or a script around them."""
    report = graph.report("gaps", collection="Västerbotten")
    shown = Tags(report._repr_html_())
    assert report.answer in shown.text
    assert shown.tags.count("table") == len(report.tables)
    assert len(report.passages()) == shown.tags.count("li") - len({p.document for p in report.passages()})
    assert not {"html", "style", "script", "body"} & set(shown.tags)


def test_hostile_text_is_text() -> None:
    """A name that looks like markup is shown as it is written."""
    nasty = "<img src=x onerror=alert(1)>"
    table = Table(nasty, (Column("x", nasty),), (Row((nasty,), ""),))
    shown = Tags(fragment(Report("x", nasty, nasty, nasty, (table,), (nasty,))))
    assert "img" not in shown.tags
    assert shown.text.count(nasty) == 6


def test_answers_show_themselves(graph: Graph) -> None:
    """Rows are a table, a truth is a word, triples are Turtle."""
    assert "<td>30</td>" in graph.query("SELECT ?seats WHERE { vb:pkd sg:seats ?seats }")._repr_html_()
    assert "true" in graph.query("ASK { vb:pkd sg:seats 30 }")._repr_html_()
    assert "sg:seats 30" in graph.query("CONSTRUCT { vb:pkd sg:seats ?n } WHERE { vb:pkd sg:seats ?n }")._repr_html_()


def test_frame_has_the_rows_of_the_table(graph: Graph) -> None:
    """One row a row, whole numbers nullable, evidence as IRIs; the answer goes along."""
    report = graph.report("membership", collection="Västerbotten")
    frame = graph.frame("membership", collection="Västerbotten")
    table = report.tables[0]
    assert list(frame.columns) == [*(column.key for column in table.columns), "modality", "derived", "evidence"]
    assert len(frame) == len(table.rows)
    assert frame["total"].dtype == pd.Int64Dtype()
    assert frame["kommun"].tolist() == [row.cells[0] for row in table.rows]
    assert frame.attrs["answer"] == report.answer
    assert all(iri.startswith("https://w3id.org/") for cell in frame["evidence"] for iri in cell)


def test_frame_keeps_words_among_numbers(graph: Graph) -> None:
    """An amount that is left open, and two that disagree, stay what they are beside whole numbers."""
    amounts = graph.frame("finance")["amount"]
    assert {type(one) for one in amounts} == {int, str}
    assert "lämnas öppet" in set(amounts)


def test_frame_keeps_codes_and_what_is_open() -> None:
    """0580 is text, and a number that is not given is empty, not a zero and not 3.0."""
    columns = (Column("code", "Kod"), Column("seats", "Platser", "integer"))
    frame = data_frame(Report("x", "X", "", "", (Table("", columns, (Row(("0580", 3)), Row(("0114", None)))),)))
    assert frame["code"].tolist() == ["0580", "0114"]
    assert frame["seats"].tolist() == [3, pd.NA]
    with pytest.raises(OutputError, match="has 1 tables; there is no table 2"):
        data_frame(Report("x", "X", "", "", (Table("", columns, ()),)), 2)


def test_without_pandas_it_is_told(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    real: Callable[..., object] = builtins.__import__

    def without(name: str, *args: object, **more: object) -> object:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(OutputError, match=r"pip install 'samverkansgraf\[pandas\]'"):
        graph.frame("membership")


def test_map_is_text_and_a_frame_that_reaches_nothing(graph: Graph) -> None:
    """The page is its own text still; a notebook gets it whole in a frame with scripts and nothing else."""
    page = graph.map(collection="Västerbotten")
    assert isinstance(page, Page)
    assert page.startswith("<!doctype html>")
    shown = Tags(page._repr_html_())
    assert shown.tags == ["iframe"]
    assert shown.attributes["sandbox"] == "allow-scripts"
    assert shown.attributes["srcdoc"] == page
    assert shown.attributes["title"] == "Samverkanskarta i Västerbotten"


def test_notebook_runs() -> None:
    """Every cell of the notebook runs in order, and what each shows last has a table, a map or a number to show."""
    book = json.loads(NOTEBOOK.read_text("utf-8"))
    cells = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    assert len(cells) >= 6
    assert not any(cell.get("outputs") for cell in book["cells"]), "committed without outputs"
    scope: dict[str, object] = {}
    for cell in cells:
        *lines, last = cell.strip().splitlines()
        exec("\n".join(lines), scope)  # noqa: S102 - our own notebook
        shown = eval(last, scope) if "=" not in last.split("(")[0] and not last.startswith("import") else ""  # noqa: S307
        assert shown is not None


@MARKS[0]
@MARKS[1]
def test_map_works_inside_the_frame(graph: Graph, tmp_path: Path) -> None:
    """In a notebook's frame the views change although the address may not be changed."""
    shown = graph.map(collection="Västerbotten")._repr_html_()
    (tmp_path / "bok.html").write_text(f"<meta charset=utf-8>{shown}", "utf-8")
    with started(tmp_path) as window:
        opened(window, (tmp_path / "bok.html").as_uri())
        window.switch_to.frame(window.find_element("css selector", "iframe"))
        until(lambda: window.find_elements("css selector", "#views [data-view]"))
        window.find_element("css selector", '#views [data-view="medlemskap"]').click()
        until(lambda: window.execute_script("return location.hash").endswith("vy=medlemskap"))
        chosen = window.find_element("css selector", '#views [aria-current="true"]')
        assert chosen.get_attribute("data-view") == "medlemskap"
