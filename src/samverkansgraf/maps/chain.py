"""Where a thing's matters go on to, as a tree that is read downwards, in SVG; and as Mermaid and Graphviz text.

::

    chain = Chain(knowledge, texts)
    chain.picture(iri, link)      # a `Picture`; `chain.is_empty(iri)` where nothing leads on
    chain.mermaid(iri)            # for Markdown that draws ``mermaid``
    chain.dot(iri)                # for Graphviz
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..knowledge import Knowledge
from ..layout import wrapped
from ..network.relations import relations
from ..network.upward import MEMBER_OF, Arc, upward
from ..reports.chains import VERBS
from ..terms import ORG
from ..texts import Texts
from . import shapes, style
from .svg import Link, Picture, cut, drawing, element, linked, nowhere, text

WIDTH = 360
_STEP, _LINE, _SMALL, _CHAR = 22, 15, 14, 7.3
_DEEPEST = 8
_MERMAID = {"box": ("[", "]"), "soft": ("(", ")"), "pill": ("([", "])"), "ellipse": ("([", "])"), "diamond": ("{", "}")}
_DOT = {"box": "box", "soft": "box", "pill": "box", "ellipse": "ellipse", "diamond": "diamond"}
_UNSAFE = re.compile(r"[^\w\s.,:;/()–-]")


@dataclass(frozen=True, slots=True)
class _Twig:
    """A place in the tree: the step that leads there, how deep, and whether it went on from elsewhere already."""

    arc: Arc
    depth: int
    is_again: bool


class Chain:
    """Chains of reporting, preparing, recommending, supporting and referring, upward from any thing."""

    def __init__(self, knowledge: Knowledge, texts: Texts) -> None:
        self.knowledge, self.texts = knowledge, texts
        self._related = [one for one in relations(knowledge) if one.verb in VERBS]

    def arcs(self, thing: str) -> list[Arc]:
        """Steps from *thing* on."""
        return upward(thing, self._related, self.knowledge.groups)

    def is_empty(self, thing: str) -> bool:
        """Whether nothing leads on from *thing*."""
        return not self.arcs(thing)

    def picture(self, thing: str, link: Link = nowhere) -> Picture:
        """The thing, and under it every step; a thing that is reached twice goes on where it stands first."""
        arcs = self.arcs(thing)
        parts, y = [self._node(thing, 2, 4, nowhere)], 4.0 + self._height(thing, 2)
        bottoms = {0: y}
        for twig in self._tree(thing, arcs):
            x, trunk = 2 + _STEP * twig.depth, 12 + _STEP * (twig.depth - 1)
            label = cut(wrapped(self._said(twig), int((WIDTH - x) / 6.2), self.texts.lang), 2)
            top = y + 6
            y = top + _SMALL * len(label) + 2
            middle = y + self._height(twig.arc.target, x) / 2
            dashes = " ".join(str(part / 2) for part in style.DASHES[twig.arc.modality]) or None
            line = f"M{trunk} {bottoms[twig.depth - 1]:g}V{middle:g}H{x - 6}"
            parts.append(element("path", d=line, class_="edge", stroke_dasharray=dashes))
            parts.append(element("path", d=f"M{x - 7} {middle - 4:g}l7 4-7 4z", class_="head"))
            for number, words in enumerate(label):
                parts.append(element("text", text(words), x=x + 2, y=top + 11 + _SMALL * number, class_="verb"))
            parts.append(self._node(twig.arc.target, x, y, link))
            y += self._height(twig.arc.target, x)
            bottoms[twig.depth] = y
        name = self._name(thing)
        title, desc = self.texts("chain.title", name=name), self.texts("chain.desc", n=len(arcs))
        is_linked = any(link(arc.target) for arc in arcs)
        return Picture(drawing(WIDTH, y + 4, *parts, title=title, desc=desc, kind="chain", is_linked=is_linked))

    def _tree(self, thing: str, arcs: list[Arc]) -> Iterator[_Twig]:
        """Depth first; what stands already, or lies too deep, does not go on."""
        leaving: dict[str, list[Arc]] = {}
        for arc in arcs:
            leaving.setdefault(arc.source, []).append(arc)
        seen = {thing}
        stack = [(arc, 1) for arc in reversed(leaving.get(thing, []))]
        while stack:
            arc, depth = stack.pop()
            is_again = arc.target in seen
            yield _Twig(arc, depth, is_again and bool(leaving.get(arc.target)))
            if not is_again and depth < _DEEPEST:
                seen.add(arc.target)
                stack += [(one, depth + 1) for one in reversed(leaving.get(arc.target, []))]

    def _lines(self, thing: str, x: float) -> list[str]:
        return cut(wrapped(self._name(thing), int((WIDTH - x - 26) / _CHAR), self.texts.lang), 3)

    def _height(self, thing: str, x: float) -> float:
        return _LINE * len(self._lines(thing, x)) + 10

    def _node(self, thing: str, x: float, y: float, link: Link) -> str:
        """A thing in its shape, as wide as the sheet allows."""
        look = style.look(self.knowledge.classes.get(thing, frozenset()))
        lines = self._lines(thing, x)
        wide = min(WIDTH - x - 3, max(map(len, lines)) * _CHAR + 28)
        indent = 11 if look.shape in style.INSIDE else 22
        words = [
            element("text", text(line), x=x + indent, y=y + 16 + _LINE * number, class_="twig")
            for number, line in enumerate(lines)
        ]
        return linked(
            link(thing), shapes.frame(look, x, y, wide, self._height(thing, x)), *words, label=self._name(thing)
        )

    def _said(self, twig: _Twig) -> str:
        said = self._verb(twig.arc)
        return self.texts("chain.again", what=said) if twig.is_again else said

    def _verb(self, arc: Arc) -> str:
        """What a step says, with its modality where that is not a plain statement."""
        if arc.verb == MEMBER_OF:
            return self.texts("map.member_in")
        named = self.texts("chain.member") if arc.verb == ORG.hasMember else self._name(arc.verb)
        if arc.modality == "stated":
            return named
        return self.texts("minimap.unsure", what=named, modality=self.texts(f"modality.{arc.modality}"))

    def _name(self, thing: str) -> str:
        return self.knowledge.things.label(thing, self.texts.lang)

    def _numbered(self, thing: str, arcs: list[Arc]) -> dict[str, str]:
        """Things by the name that diagram text gives them, in order."""
        ends = dict.fromkeys([thing, *(end for arc in arcs for end in (arc.source, arc.target))])
        return {end: f"n{number}" for number, end in enumerate(ends)}

    def mermaid(self, thing: str) -> str:
        """A flowchart; characters that Mermaid may read as more than text are written as its entity codes."""
        arcs = self.arcs(thing)
        names = self._numbered(thing, arcs)
        lines = ["flowchart TD"]
        for end, name in names.items():
            before, after = _MERMAID.get(style.look(self.knowledge.classes.get(end, frozenset())).shape, ("[", "]"))
            lines.append(f'  {name}{before}"{_mermaid(self._name(end))}"{after}')
        for arc in arcs:
            line = "-->" if arc.modality == "stated" else "-.->"
            lines.append(f'  {names[arc.source]} {line}|"{_mermaid(self._verb(arc))}"| {names[arc.target]}')
        return "\n".join(lines) + "\n"

    def dot(self, thing: str) -> str:
        """A digraph in Graphviz's language."""
        arcs = self.arcs(thing)
        names = self._numbered(thing, arcs)
        lines = ["digraph {", "  rankdir=TB;", '  node [fontname="sans-serif"];', '  edge [fontname="sans-serif"];']
        for end, name in names.items():
            look = style.look(self.knowledge.classes.get(end, frozenset()))
            rounded = ", style=rounded" if look.shape in {"soft", "pill"} else ""
            lines.append(f"  {name} [label={_dot(self._name(end))}, shape={_DOT.get(look.shape, 'box')}{rounded}];")
        for arc in arcs:
            dashed = "" if arc.modality == "stated" else ", style=dashed"
            lines.append(f"  {names[arc.source]} -> {names[arc.target]} [label={_dot(self._verb(arc))}{dashed}];")
        return "\n".join([*lines, "}"]) + "\n"


def _mermaid(words: str) -> str:
    """Text for a quoted label.

    >>> _mermaid('a "b" <c> #1')
    'a #34;b#34; #60;c#62; #35;1'
    """
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", " ".join(words.split()))


def _dot(words: str) -> str:
    r"""Text as a quoted string of Graphviz.

    >>> print(_dot('a "b" \\n'))
    "a \"b\" \\n"
    """
    plain = " ".join(words.replace("\0", "").split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


__all__ = ["Chain"]
