"""Query results in the W3C's formats, cut at a limit; a cut answer says so where the format has a place for it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import TypeVar

import pyoxigraph as ox

from .errors import OutputError
from .store import Result
from .terms import XSD

Item = TypeVar("Item")
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
RESULTS = {
    "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
}  # fmt: skip
GRAPHS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}
_ENDS = re.compile(r"\A[ \t\n]+|[ \t\n]+\Z")
_CONTROL = "".join(chr(code) for code in range(0x20) if chr(code) not in "\t\n\r")
_IN_XML = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\r": "&#13;"}
    | dict.fromkeys(_CONTROL + "\ufffe\uffff", "")
)
"""What stands in XML for characters that mean something there, and nothing for those it cannot hold."""
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile("true|false"),
}
_NOTHING = re.compile("(?!)")
_TAB = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"'})


@dataclass(frozen=True, slots=True)
class Limit:
    """Most rows (or triples) and most bytes of them in an answer, and the address that a cut answer refers to."""

    rows: int
    bytes: int = 64 << 20
    link: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A result in a format, whether more was left out, and how many rows (or triples) are in it where that was so."""

    body: bytes
    cut: bool = False
    rows: int = 0


def write(result: Result, fmt: str, limit: Limit | None = None, prefixes: Mapping[str, str] | None = None) -> Written:
    """*result* in *fmt*: one of `RESULTS` for SELECT and ASK, of `GRAPHS` for CONSTRUCT and DESCRIBE.

    Triples are sorted. A cut answer names ``limit.link`` in the head of JSON and XML and in a comment of Turtle and
    N-Triples; CSV, TSV and JSON-LD have no place for it.
    """
    if isinstance(result, ox.QueryTriples):
        return _triples(result, fmt, limit, prefixes or {})
    if isinstance(result, ox.QueryBoolean) or (limit is None and isinstance(result, ox.QuerySolutions)):
        return Written(result.serialize(format=RESULTS[fmt]) or b"")
    limit = limit or Limit(sys.maxsize, sys.maxsize)
    names = [variable.value for variable in result.variables]
    rows, cut = _taken(map(_ROW[fmt](names), result), limit, str)
    return Written(_WHOLE[fmt](names, rows, limit.link if cut else "").encode(), cut, len(rows))


def _taken(found: Iterator[Item], limit: Limit, text: Callable[[Item], str]) -> tuple[list[Item], bool]:
    """As many of *found* as the limit allows, by the bytes of their *text*, and whether there were more."""
    taken: list[Item] = []
    size = 0
    for item in found:
        written = text(item)
        size += len(written) if written.isascii() else len(written.encode())
        if len(taken) == limit.rows or size > limit.bytes:
            return taken, True
        taken.append(item)
    return taken, False


def _triples(result: ox.QueryTriples, fmt: str, limit: Limit | None, prefixes: Mapping[str, str]) -> Written:
    if fmt not in GRAPHS:
        raise OutputError(f"The query gives triples; take {', '.join(GRAPHS)}.")
    lines = ((str(triple), triple) for triple in result)
    found, cut = _taken(lines, limit, itemgetter(0)) if limit else (list(lines), False)
    found.sort(key=itemgetter(0))
    shown = dict(prefixes) if fmt == "turtle" else {}
    body = ox.serialize((triple for _, triple in found), format=GRAPHS[fmt], prefixes=shown) or b""
    comment = f"# Cut after {len(found)} triples: {limit.link}\n" if cut and limit and fmt != "jsonld" else ""
    return Written(comment.encode() + body, cut, len(found))


def _literal(term: Term) -> tuple[str, str, str]:
    """A literal's text, and what marks it: ``xml:lang`` or ``datatype``, and its value, empty for plain text."""
    if not isinstance(term, ox.Literal):
        raise OutputError("A triple as a value has no place in SPARQL 1.1 results; select its parts instead.")
    if term.language:
        return term.value, "xml:lang", term.language
    return term.value, "datatype", term.datatype.value if term.datatype.value != XSD.string else ""


# ------------------------------------------------------------------------------------------------ JSON


def _json_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f'{{"type":"uri","value":{quoted(term.value)}}}'
    if isinstance(term, ox.BlankNode):
        return f'{{"type":"bnode","value":{quoted(term.value)}}}'
    text, kind, value = _literal(term)
    mark = f',"{kind}":{quoted(value)}' if value else ""
    return f'{{"type":"literal","value":{quoted(text)}{mark}}}'


def _json_row(names: Sequence[str]) -> Callable[[ox.QuerySolution], str]:
    keys = [quoted(name) for name in names]
    said: dict[Term, str] = {}

    def row(solution: ox.QuerySolution) -> str:
        cells = []
        for key, term in zip(keys, solution, strict=True):
            if term is not None:
                if term not in said:
                    said[term] = _json_term(term)
                cells.append(f"{key}:{said[term]}")
        return f"{{{','.join(cells)}}}"

    return row


def _json(names: Sequence[str], rows: Sequence[str], link: str) -> str:
    linked = f',"link":[{quoted(link)}]' if link else ""
    head = f'{{"vars":[{",".join(map(quoted, names))}]{linked}}}'
    return f'{{"head":{head},"results":{{"bindings":[{",".join(rows)}]}}}}'


# ------------------------------------------------------------------------------------------------- XML


def _xml_text(text: str) -> str:
    """*text* escaped, space at its ends too, since readers may trim it; without characters that XML cannot hold."""
    return _ENDS.sub(lambda found: "".join(f"&#{ord(char)};" for char in found[0]), text.translate(_IN_XML))


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    text, kind, value = _literal(term)
    mark = f' {kind}="{_xml_text(value)}"' if value else ""
    return f"<literal{mark}>{_xml_text(text)}</literal>"


def _xml_row(names: Sequence[str]) -> Callable[[ox.QuerySolution], str]:
    def row(solution: ox.QuerySolution) -> str:
        pairs = zip(names, solution, strict=True)
        cells = (f'<binding name="{name}">{_xml_term(term)}</binding>' for name, term in pairs if term is not None)
        return f"<result>{''.join(cells)}</result>"

    return row


def _xml(names: Sequence[str], rows: Sequence[str], link: str) -> str:
    head = "".join(f'<variable name="{name}"/>' for name in names)
    head += f'<link href="{_xml_text(link)}"/>' if link else ""
    start = '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    return f"{start}<head>{head}</head><results>{''.join(rows)}</results></sparql>"


# -------------------------------------------------------------------------------------------- CSV and TSV


def _csv_term(term: Term | None) -> str:
    text = "" if term is None else term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in '",\n\r') else text


def _tsv_term(term: Term | None) -> str:
    """As Turtle writes it on one line, with whole and decimal numbers and truth values without quotes."""
    if term is None:
        return ""
    if not isinstance(term, ox.Literal):
        return str(term)
    text, kind, value = _literal(term)
    if _BARE.get(value, _NOTHING).fullmatch(text):
        return text
    tail = "" if not value else f"@{value}" if kind == "xml:lang" else f"^^<{value}>"
    return f'"{text.translate(_TAB)}"{tail}'


def _csv(names: Sequence[str], rows: Sequence[str], _: str) -> str:
    return "".join(f"{row}\r\n" for row in (",".join(names), *rows))


def _tsv(names: Sequence[str], rows: Sequence[str], _: str) -> str:
    return "".join(f"{row}\n" for row in ("\t".join(f"?{name}" for name in names), *rows))


_ROW: dict[str, Callable[[Sequence[str]], Callable[[ox.QuerySolution], str]]] = {
    "json": _json_row,
    "xml": _xml_row,
    "csv": lambda _: lambda solution: ",".join(map(_csv_term, solution)),
    "tsv": lambda _: lambda solution: "\t".join(map(_tsv_term, solution)),
}
_WHOLE: dict[str, Callable[[Sequence[str], Sequence[str], str], str]] = {
    "json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv
}  # fmt: skip

__all__ = ["GRAPHS", "RESULTS", "Limit", "Result", "Written", "write"]
