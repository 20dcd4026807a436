"""Text tables that fit a width: columns share the room, long words break where Swedish hyphenates them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from functools import cache
from typing import Any

GAP = 2
NARROWEST = 6
LONGEST_UNBROKEN = 20
LONGEST_NAME = 36


def words_of(text: str) -> list[str]:
    """Words of *text*; a no-break space, as in ``7 611 000 kr``, stays inside its word."""
    return re.findall(r"[^ \t\r\n\f\v]+", text)


@cache
def _hyphenator(lang: str) -> Any:
    import pyphen

    return pyphen.Pyphen(lang={"sv": "sv_SE", "en": "en_GB"}[lang], left=3, right=3)


def broken(word: str, width: int, lang: str) -> list[str]:
    """*word* in pieces of at most *width* characters, with a hyphen where it is broken.

    >>> broken("utvecklingsförvaltningen", 14, "sv")
    ['utvecklings-', 'förvaltningen']
    """
    pieces = []
    while len(word) > width:
        places = (
            []
            if not word.strip('.,;()”"').replace("-", "").isalpha() or ":" in word
            else [p for p in _hyphenator(lang).positions(word) if p < width]
        )
        cut = max(places, default=0)
        pieces.append(word[:cut] + "-" if cut else word[:width])
        word = word[cut or width :]
    return [*pieces, word]


def wrapped(text: str, width: int, lang: str) -> list[str]:
    """Lines of *text*, at most *width* characters each; an empty text is one empty line."""
    words = [piece for word in words_of(text) for piece in broken(word, width, lang)]
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines or [""]


def _unbroken(word: str) -> int:
    """Room that *word* wants: a name that a person copies (``theme/question``, ``vb:pkd``) is kept whole longer."""
    return min(len(word), LONGEST_NAME if "/" in word or ":" in word else LONGEST_UNBROKEN)


def widths(grid: Sequence[Sequence[str]], room: int) -> list[int]:
    """Width of each column: its content where all fits, else its longest word and a share of what is left."""
    natural = [max(len(row[i]) for row in grid) for i in range(len(grid[0]))]
    room -= GAP * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    least = [
        max((_unbroken(word) for row in grid for word in words_of(row[i])), default=1) for i in range(len(natural))
    ]
    while sum(least) > room and max(least) > NARROWEST:
        least[least.index(max(least))] -= 1
    spare, wanted = max(room - sum(least), 0), [whole - small for whole, small in zip(natural, least, strict=True)]
    return [small + spare * more // max(sum(wanted), 1) for small, more in zip(least, wanted, strict=True)]


def blocks(grid: Sequence[Sequence[str]], width: int) -> list[list[int]]:
    """Columns that fit beside one another: all, or groups that each begin with the first column."""
    least = [
        min(max((len(word) for row in grid for word in words_of(row[i])), default=1), 10) for i in range(len(grid[0]))
    ]
    groups, used = [[0]], least[0]
    for column in range(1, len(least)):
        if used + GAP + least[column] > width and len(groups[-1]) > 1:
            groups.append([0])
            used = least[0]
        groups[-1].append(column)
        used += GAP + least[column]
    return groups


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, width: int, lang: str, right: frozenset[int] = frozenset()
) -> list[str]:
    """Lines of a table at most *width* wide; columns in *right* are set to the right.

    A table with too many columns comes as several, one below the other, each with the first column.
    """
    lines: list[str] = []
    for group in blocks([heads, *rows], width):
        chosen = [[row[i] for i in group] for row in [heads, *rows]]
        place = frozenset(position for position, column in enumerate(group) if column in right)
        lines += [""] if lines else []
        lines += _block(chosen[0], chosen[1:], width=width, lang=lang, right=place)
    return lines


def _block(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, width: int, lang: str, right: frozenset[int]
) -> list[str]:
    columns = widths([heads, *rows], width)
    rule = "─" * min(sum(columns) + GAP * (len(columns) - 1), width)
    lines = [*_lines(heads, columns, lang, right), rule]
    for row in rows:
        lines += _lines(row, columns, lang, right)
    return lines


def _lines(cells: Sequence[str], columns: Sequence[int], lang: str, right: frozenset[int]) -> list[str]:
    stacks = [wrapped(cell, size, lang) for cell, size in zip(cells, columns, strict=True)]
    lines = []
    for level in range(max(map(len, stacks))):
        parts = [stack[level] if level < len(stack) else "" for stack in stacks]
        padded = [p.rjust(w) if i in right else p.ljust(w) for i, (p, w) in enumerate(zip(parts, columns, strict=True))]
        lines.append((" " * GAP).join(padded).rstrip())
    return lines


def paragraph(text: str, width: int, *, indent: str = "") -> list[str]:
    """*text* wrapped to *width*, each line behind *indent* (two more from the second line on)."""
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent + ("  " if indent else "")) or [
        ""
    ]
