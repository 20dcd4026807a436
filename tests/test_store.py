"""The engine behind one door."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samverkansgraf.errors import QueryError, StoreError, WorkspaceError
from samverkansgraf.guard import guard
from samverkansgraf.queries import literal
from samverkansgraf.store import EmbeddedStore, open_store, publish
from samverkansgraf.workspace import EMBEDDED, Workspace
from workbench import PLAIN, Workbench

QUADS = '<http://a/a> <http://a/b> "c" .\n<http://a/a> <http://a/b> "d" <http://a/g> .\n'


@pytest.fixture
def store() -> EmbeddedStore:
    """A store with one fact and one triple in a named graph."""
    made = EmbeddedStore()
    made.load(QUADS)
    return made


def test_default_graph_is_fact_and_named_graphs_are_apart(store: EmbeddedStore) -> None:
    """A plain pattern sees the default graph only; GRAPH sees the others."""
    assert len(store) == 2
    assert [row["x"].value for row in store.select("SELECT ?x { ?s ?p ?x }")] == ["c"]
    assert [row["x"].value for row in store.select("SELECT ?x { GRAPH ?g { ?s ?p ?x } }")] == ["d"]


def test_wrong_form_of_query_is_told(store: EmbeddedStore) -> None:
    """A SELECT where a CONSTRUCT is needed, or the other way, is an error of ours."""
    with pytest.raises(QueryError, match="Expected a SELECT"):
        store.select("ASK {}")
    with pytest.raises(QueryError, match="Expected a CONSTRUCT"):
        store.construct("SELECT * {}")


def test_mistake_in_a_query_gives_its_place(store: EmbeddedStore) -> None:
    """A query that does not parse says where."""
    with pytest.raises(QueryError, match=r"Line 1, column"):
        store.query("SELECT ?x WHERE { ?x a }")


@pytest.mark.parametrize("content", [b"<http://a/a> <http://a/b> ", b"\xff\xfe", b"{}"])
def test_file_that_is_no_graph_is_told(tmp_path: Path, content: bytes) -> None:
    """A damaged graph file is an error that names the file, not a traceback."""
    path = tmp_path / "x.nq"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"x\.nq: cannot be loaded"):
        EmbeddedStore.open(path)


def test_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is not there names itself."""
    with pytest.raises(WorkspaceError, match=r"none\.nq: cannot be loaded"):
        EmbeddedStore.open(tmp_path / "none.nq")


def test_turtle_is_sorted_and_holds_the_default_graph() -> None:
    """The same triples give the same bytes in whatever order they came."""
    lines = [f'<http://a/{name}> <http://a/b> "{name}" .\n' for name in "cab"]
    made = []
    for order in (lines, lines[::-1]):
        store = EmbeddedStore()
        store.load("".join(order) + '<http://a/z> <http://a/b> "z" <http://a/g> .\n')
        made.append(store.turtle({"a": "http://a/"}))
    assert made[0] == made[1]
    assert "a:z" not in made[0]
    assert made[0].index("a:a") < made[0].index("a:b") < made[0].index("a:c ")


def test_rdflib_sees_the_same_store(store: EmbeddedStore) -> None:
    """The rdflib Dataset is a view, not a copy: what is loaded later is there too."""
    dataset = store.to_rdflib()
    store.load('<http://a/a> <http://a/b> "later" .\n')
    assert {str(quad[2]) for quad in dataset} >= {"c", "later"}


@given(st.text(max_size=40))
@example('"')
@example("\\")
@example("\\u0022")
@example('\\"')
@example('" } INSERT DATA { <a:a> <a:b> "')
@example("\r\n\t\0\x85\u2028")
def test_literal_round_trips_any_text(text: str) -> None:
    """Any text comes back unchanged from the engine, and nothing in it ends the literal or is taken for a keyword."""
    query = f"SELECT ({literal(text)} AS ?x) (1 AS ?y) WHERE {{ }}"
    if not re.search(r"\\[uU]", text):  # what the specification reads in two ways the guard refuses
        guard(query)
    (row,) = ox.Store().query(query)  # type: ignore[misc]
    assert row["x"].value == text
    assert row["y"].value == "1"


@given(st.text(max_size=20), st.text(max_size=20))
def test_literal_distinguishes_texts(one: str, other: str) -> None:
    """Two texts are one literal only when they are the same."""
    assert (literal(one) == literal(other)) == (one == other)


# ------------------------------------------------------------------------------------------------ which store it is


def test_option_stands_above_environment_above_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the caller asks for, else the environment, else the setting (from the workspace), else embedded."""
    monkeypatch.delenv("SAMVERKANSGRAF_STORE", raising=False)
    setting = Workspace(tmp_path, {"store": "lager"})
    assert setting.store_address == str(tmp_path / "lager")
    assert Workspace(tmp_path, {"store": "https://example.org/sparql"}).store_address == "https://example.org/sparql"
    assert Workspace(tmp_path).store_address == EMBEDDED
    monkeypatch.setenv("SAMVERKANSGRAF_STORE", "från-miljön")
    assert setting.store_address == "från-miljön"
    assert replace(setting, store="från-anropet").store_address == "från-anropet"


def test_store_that_is_none_is_told(tmp_path: Path) -> None:
    """A folder that is not there, is empty or is damaged, a file and an unknown scheme each say what to do."""

    def opening(address: object) -> None:
        open_store(Workspace(tmp_path, store=str(address)))

    (tmp_path / "file").write_text("")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "CURRENT").write_text("nonsense")
    for address, message in (
        (tmp_path / "none", "none is not there; run `samverkansgraf load --store"),
        (tmp_path, "holds no graph; run `samverkansgraf load --store"),
        (tmp_path / "damaged", "damaged: cannot be opened as a database of Oxigraph"),
        (tmp_path / "file", "file is a file; a store is `embedded`, a folder, or"),
        ("ftp://example.org/x", "has an address that begins with https://"),
    ):
        with pytest.raises(StoreError, match=message):
            opening(address)


def test_build_is_not_loaded_where_it_should_not_be(tmp_path: Path) -> None:
    """Not into itself, not over a foreign database, not when it cannot be read; then nothing is left behind."""
    graph = tmp_path / "g.nq"
    graph.write_text(QUADS)
    with pytest.raises(StoreError, match="is the built graph itself"):
        publish(graph, EMBEDDED, lambda file: file)
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "CURRENT").write_text("")
    with pytest.raises(StoreError, match="is itself a database of Oxigraph"):
        publish(graph, str(tmp_path / "foreign"), lambda file: file)
    graph.write_text("no quad")
    with pytest.raises(StoreError, match=r"g\.nq: cannot be loaded into"):
        publish(graph, str(tmp_path / "store"), lambda file: file)
    assert [place.name for place in (tmp_path / "store").iterdir()] == [".lock"]


@pytest.mark.parametrize("spelled", [str, lambda path: str(Path(path).absolute())], ids=["as-given", "whole"])
def test_build_that_was_loaded_stays(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, spelled: Callable[[str], str]
) -> None:
    """Also when a temporary folder is given by its whole path, as from Python 3.12; the one before is kept, no more."""
    bench.document(PLAIN)
    bench.build().write(bench.root / "graph")
    monkeypatch.chdir(bench.root)
    made = tempfile.mkdtemp
    monkeypatch.setattr(tempfile, "mkdtemp", lambda **named: spelled(made(**named)))
    for _ in range(3):
        publish(bench.graph, "lager", lambda file: file)
        assert open_store(Workspace(bench.root, {"store": "lager"})).select("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1")
    assert len(list(Path("lager").glob("build-*"))) == 2


def test_command_loads_and_asks_another_store(bench: Workbench) -> None:
    """`load` publishes the build; with ``--store`` or the environment every command asks there."""
    bench.document(PLAIN)
    bench.build().write(bench.root / "graph")
    loaded = bench.run("load", "--store", "lager")
    assert (loaded.returncode, loaded.stdout) == (0, b"")
    assert "samverkansgraf.nq is in force in lager." in loaded.stderr.decode()
    (bench.root / "graph" / "samverkansgraf.nq").unlink()
    by_option = bench.run("--store", "lager", "show", "Rådet")
    assert by_option.returncode == 0, by_option.stderr
    assert by_option.stdout == bench.run("show", "Rådet", SAMVERKANSGRAF_STORE="lager").stdout
    assert "Rådet" in by_option.stdout.decode()
