"""The guard: a query only reads what is loaded.

Oxigraph's parser has no lexer of its own: it asks at each place what may stand there, wants no space between words, and
takes `<` for *less than* or for the start of an address by where it stands. So the same characters can be read in two
ways, and a keyword can hide in what looks like a name, an address, a comment or a text. The guard lets a query through
only when no reading of it holds a forbidden word: it reads the text from end to end as tokens of SPARQL, refuses what
is no token, and refuses what could be read in two ways. `tests/test_guard.py` tries hiding places on the engine itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from .errors import QueryError

_LATIN_1 = ("A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff", "0-9_\u00b7")
_UNICODE_LETTERS = (
    _LATIN_1[0] + "\u0100-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff",
    _LATIN_1[1] + "\u0300-\u036f\u203f-\u2040",
)
_ESCAPE = r"""\\(?:[tbnrf\\"']|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"""


def _letters(text: str) -> tuple[str, str]:
    """What names in *text* may begin with, and what more they may go on with; all scripts take long to compile."""
    return _UNICODE_LETTERS if max(text, default="") > "\xff" else _LATIN_1


@cache
def _token(start: str, more: str) -> re.Pattern[str]:
    name = start + more
    local = rf"(?:[{name}:-]|%[0-9A-Fa-f]{{2}}|\\[_~.!$&'()*+,;=/?#@%-])"
    return re.compile(
        r"(?P<space>[ \t\n\r]+)"
        rf"|(?P<variable>[?$][{start}0-9_][{name}]*)"
        r"|(?P<bracket>[{}()\[\]])"
        rf'''|(?P<text>"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*"""|\'\'\'(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*\'\'\''''
        rf"""|"(?:[^"\\\n\r]|{_ESCAPE})*"|'(?:[^'\\\n\r]|{_ESCAPE})*')"""
        r"|(?P<comment>\#[^\n\r]*)"
        rf"""|(?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>)"""
        rf"|(?P<blank>_:[{start}0-9_](?:[{name}.-]*[{name}-])?)"
        rf"|(?P<name>(?:[{start}](?:[{name}.-]{{0,60}}[{name}-])?)?:(?:(?![.-]){local}(?:\.*{local})*)?)"
        r"|(?P<tag>@[A-Za-z]+(?:-+[A-Za-z0-9]+)*)"
        r"|(?P<number>[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)"
        r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
        r"|(?P<mark>[.,;*/+=!<>|^?&~-])"
    )


def lexer(text: str) -> re.Pattern[str]:
    """The pattern of one token of SPARQL 1.1 (and of 1.2 that Oxigraph reads) in *text*, named by its kind."""
    return _token(*_letters(text))


_UPDATES = frozenset({"LOAD", "INSERT", "DELETE", "DROP", "CLEAR", "CREATE", "ADD", "MOVE", "COPY"})
_UNICODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ADDRESS = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_CODE = re.compile(r"<(?:bif|sql|java|js):", re.IGNORECASE)
"""Addresses by which Virtuoso and Jena call functions of their own, some of which read files and addresses."""
_DEEPEST = 300
_NESTS = frozenset("!<")
"""Marks that nest in one another without a bracket: *not*, and a triple in a triple."""
_LONGEST = 1000
_CHAINS = frozenset({"MINUS", "BIND", "UNION", "FILTER", "OPTIONAL", *"-+*/|&"})
"""What the engine reads as one inside the other, however flat it is written: some thousands overflow its stack."""
_SILENT = frozenset({"space", "comment"})
_WORDLESS = frozenset({"text", "variable", "bracket", "mark", "number"})
"""Kinds of tokens in which no word can stand: a text and a variable end where they end in every reading."""
_COMPARABLE = re.compile(r"[(),&#';]")


def guard(
    text: str,
    is_loaded: Callable[[str], bool] = frozenset[str]().__contains__,
    prefixes: Mapping[str, str] | None = None,
) -> str:
    """Return *text* when it only reads what is loaded; else `QueryError` says where and why.

    Refused are updates, SERVICE, LOAD, FROM of a graph of which *is_loaded* is false (a name is written out by the
    prefixes of the text, else by *prefixes*), an engine's own functions, and what is no token of SPARQL.
    """
    _refuse_escapes(text)
    reading = _Reading(text, dict(prefixes or {}))
    for token in tokens(text):
        reading.take(token)
    reading.finish()
    for place, graph in reading.graphs:
        if not is_loaded(graph):
            raise QueryError(
                f"{_where(text, place)}: FROM <{graph}> is not allowed; queries only read graphs that are loaded."
            )
    return text


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Every token of *text* but space and comments; `QueryError` names the place of what is no token."""
    place = 0
    for token in lexer(text).finditer(text):
        start, end = token.span()
        if start != place:
            break
        place = end
        if token.lastgroup not in _SILENT:
            yield token
    if place != len(text):
        raise QueryError(f"{_where(text, place)}: the query cannot be read near {text[place : place + 20]!r}")


class _Reading:
    """What the guard has seen so far: depth of braces, prefixes declared, graphs asked FROM."""

    def __init__(self, text: str, prefixes: dict[str, str]) -> None:
        self.text, self.prefixes = text, prefixes
        self.graphs: list[tuple[int, str]] = []
        self.depth = self.nested = self.repeated = 0
        self.chained: Counter[str] = Counter()
        self.last = self.last_but_one = ""
        self.is_from = False

    def take(self, token: re.Match[str]) -> None:
        """Look at the next token."""
        kind, seen = token.lastgroup or "", token[0]
        if kind == "bracket":
            step = 1 if seen in "{([" else -1
            self.nested += step
            self.depth += step if seen in "{}" else 0
        self.repeated = self.repeated + 1 if seen in _NESTS and seen == self.last else 0
        if self.nested > _DEEPEST or self.repeated > _DEEPEST:
            self._refuse(token.start(), f"nested deeper than {_DEEPEST}; the engine cannot read that")
        if (link := seen.upper()) in _CHAINS:
            self.chained[link] += 1
            if self.chained[link] > _LONGEST:
                self._refuse(token.start(), f"more than {_LONGEST} of {link}; the engine cannot read that")
        if self.is_from:
            self._take_graph(token)
        elif kind == "iri":
            self._take_iri(token)
        elif kind not in _WORDLESS:
            self._take_word(token, kind)
        self.last_but_one, self.last = self.last, seen

    def finish(self) -> None:
        """A FROM at the very end names nothing."""
        if self.is_from:
            self._refuse(len(self.text), "FROM names no graph")

    def _take_graph(self, token: re.Match[str]) -> None:
        kind, seen = token.lastgroup, token.group()
        if kind == "word" and seen.upper() == "NAMED" and self.last.upper() == "FROM":
            return
        if kind not in {"iri", "name"}:
            self._refuse(token.start(), "FROM should be followed by the address of a graph")
        self.is_from = False
        prefix, _, local = seen.partition(":")
        graph = seen[1:-1] if kind == "iri" else self.prefixes.get(prefix, "") + local
        self.graphs.append((token.start(), graph))

    def _take_iri(self, token: re.Match[str]) -> None:
        if _CODE.match(token[0]):
            self._refuse(token.start(), f"{token[0][:30]} calls a function of the engine, which is not allowed")
        if self.last_but_one.upper() == "PREFIX":
            self.prefixes[self.last.removesuffix(":")] = token.group()[1:-1]
        elif not _ADDRESS.match(token.group()) and _COMPARABLE.search(token.group()):
            message = f"{token.group()[:30]} could be an address or a comparison; put spaces around < and >"
            self._refuse(token.start(), message)

    def _take_word(self, token: re.Match[str], kind: str) -> None:
        """Refuse a forbidden word, also glued to another: the engine needs no space between words."""
        seen = token.group().upper()
        if kind == "word" and seen in _UPDATES:
            self._refuse(token.start(), f"{seen} is not allowed; queries only read the graph that is loaded")
        if kind == "word" and seen == "FROM" and not self.depth:
            self.is_from = True
            return
        open_part = _without_locals(seen) if kind in {"name", "blank"} else seen
        is_prefix = kind == "name" and (self.depth or self.last.upper() == "PREFIX")
        for word in ("SERVICE",) if is_prefix else ("SERVICE", "FROM"):
            if word in open_part:
                self._refuse(token.start(), f"{word} is not allowed here; queries only read the graph that is loaded")

    def _refuse(self, place: int, why: str) -> None:
        raise QueryError(f"{_where(self.text, place)}: {why}.")


def _without_locals(name: str) -> str:
    """*name* without the first part behind its colon, which no reading can split from the colon."""
    prefix, _, local = name.partition(":")
    return prefix + ":" + re.sub(rf"\A[{''.join(_letters(local))}-]*", "", local)


def _refuse_escapes(text: str) -> None:
    """Refuse escapes of ASCII characters: engines that write them out before they read would see other words."""
    for escape in _UNICODE.finditer(text):
        code = int(escape[1] or escape[2], 16)
        if code < 0x80 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            message = f"{escape.group()} is not allowed; write the character itself."
            raise QueryError(f"{_where(text, escape.start())}: {message}")


def _where(text: str, place: int) -> str:
    """``Line 2, column 5`` of a place in *text*."""
    line = text.count("\n", 0, place)
    return f"Line {line + 1}, column {place - (text.rfind(chr(10), 0, place) + 1) + 1}"
