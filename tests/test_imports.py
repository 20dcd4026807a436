"""Plain RDF files."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkansgraf.documents import Reading
from samverkansgraf.imports import read_import
from workbench import MARK, Workbench, marked

PREFIX = "@prefix a: <http://a/> .\n"


def read(folder: Path, name: str, text: str) -> Reading:
    """One file as the importer reads it."""
    path = folder / name
    path.write_bytes(text.encode())
    return read_import(path, file=name)


MISTAKES = {
    "blank subject": ("x.ttl", PREFIX + MARK + "_:b a:b a:c .\n", "blank node (_:, [ or a list)"),
    "blank object": ("x.ttl", PREFIX + "a:a a:b\n" + MARK + "  _:b .\n", "give the thing an IRI"),
    "brackets": ("x.ttl", PREFIX + "a:a a:b a:c .\n" + MARK + "a:a a:b [ a:c a:d ] .\n", "blank node"),
    "list": ("x.ttl", PREFIX + MARK + "a:a a:b ( a:c ) .\n", "blank node"),
    "behind a string": ("x.ttl", PREFIX + 'a:a a:b """ [ _:x\n""" .\n' + MARK + "a:a a:b [] .\n", "blank node"),
    "syntax": ("x.ttl", PREFIX + "a:a a:b a:c .\n" + MARK + "a:a a:b .\n", "not readable"),
    "undeclared prefix": ("x.ttl", PREFIX + MARK + "x:a a:b a:c .\n", "not readable"),
    "graph in Turtle": ("x.ttl", PREFIX + MARK + "a:g { a:a a:b a:c . }\n", "not readable"),
    "N-Triples": ("x.nt", "<http://a/a> <http://a/b> <http://a/c> .\n" + MARK + "<http://a/a> <http://a/b> _:c .\n", "blank node"),  # noqa: E501
    "graph in N-Triples": ("x.nt", MARK + "<http://a/a> <http://a/b> <http://a/c> <http://a/g> .\n", "not readable"),
    "JSON": ("x.jsonld", '{"@id": "http://a/a",\n' + MARK + "oj}", "not readable as JSON"),
    "object without @id": ("x.jsonld", '{"@id": "http://a/a",\n "http://a/b":\n' + MARK + ' {"http://a/c": "d"}}', "without @id would be a blank node"),  # noqa: E501
    "blank @id": ("x.jsonld", '{"@id": "http://a/a",\n' + MARK + ' "http://a/b": {"@id": "_:c"}}', "blank node; give the thing an IRI"),  # noqa: E501
    "blank @type": ("x.jsonld", '{"@id": "http://a/a",\n' + MARK + ' "@type": ["_:c"]}', "blank node; give the thing an IRI"),  # noqa: E501
    "@list": ("x.jsonld", '{"@id": "http://a/a",\n' + MARK + ' "http://a/b": {"@list": [1]}}', "would be a blank node"),
    "named graph": ("x.jsonld", '[\n' + MARK + '{"@id": "http://a/g", "@graph": [{"@id": "http://a/a", "http://a/b": "c"}]}]', "a named graph"),  # noqa: E501
    "remote context": ("x.jsonld", "{\n" + MARK + '"@context": "http://a/c.jsonld", "@id": "http://a/a", "http://a/b": "c"}', "is not fetched"),  # noqa: E501
    "remote context in a list": ("x.jsonld", '{"@context": [{"b": "http://a/b"},\n' + MARK + '"http://a/c"], "@id": "http://a/a", "b": "c"}', "is not fetched"),  # noqa: E501
    "remote context inside": ("x.jsonld", '{"@id": "http://a/a", "http://a/b":\n {\n' + MARK + '"@context": "http://a/c", "@id": "http://a/d"}}', "is not fetched"),  # noqa: E501
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistake_is_told_with_its_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    """A blank node, a graph name, a context behind an address or a slip of syntax names its line."""
    plain, lines = marked(text)
    reading = read(tmp_path, name, plain)
    assert any(message in finding.message and finding.line == lines[0] for finding in reading.findings), (
        reading.findings
    )
    assert not reading.quads


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "x.ttl",
            PREFIX + "# [ no blank node\na:a a:b 'it''s [ not', \"_: nor (\", <http://a/(c)> .\n".replace("''", "\\'"),
        ),
        ("x.nt", '<http://a/a> <http://a/b> "[ _:c" .\n'),
        (
            "x.jsonld",
            '{\n\t"@context": {"b": "http://a/b"},\n\t"@graph": [{"@id": "http://a/a", "b": {"@value": "[ _:c"}}]}',
        ),
        ("x.jsonld", '[{"@id": "http://a/a", "http://a/b": [{"@id": "http://a/c"}, "d"]}]'),
    ],
)
def test_sound_file_is_one_graph(tmp_path: Path, name: str, text: str) -> None:
    """Brackets in strings, comments and IRIs are no blank nodes; the graph says that it is an import."""
    reading = read(tmp_path, name, text)
    graph = "<https://w3id.org/samverkansgraf/graph/imported/x>"
    assert not reading.findings
    assert reading.facts == {graph[1:-1]}
    assert all(line.endswith(f" {graph} .") for line in reading.quads.splitlines())
    assert (
        f"{graph} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/samverkansgraf/ns#Import>"
        in reading.quads
    )


def test_wrong_encoding_names_the_line(tmp_path: Path) -> None:
    """A Latin-1 file is a finding on its line."""
    path = tmp_path / "x.ttl"
    path.write_bytes((PREFIX + 'a:a a:b "å" .').encode("latin-1"))
    assert [(f.line, f.message) for f in read_import(path, file="x.ttl").findings] == [
        (2, "not UTF-8; save the file as UTF-8")
    ]


def test_import_is_fact_without_passage(bench: Workbench) -> None:
    """What a plain RDF file says is in the default graph and in the import's own."""
    bench.document()
    bench.write("data/prov/extra.ttl", PREFIX + 'a:a a:b "c" .\n')
    lines = bench.quads().splitlines()
    assert '<http://a/a> <http://a/b> "c" .' in lines
    assert '<http://a/a> <http://a/b> "c" <https://w3id.org/samverkansgraf/graph/imported/extra> .' in lines
