"""The facts of one thing as the side panel shows them: grouped by property, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..collation import swedish
from ..evidence import Passage
from ..facts import JOINING, UNTOLD, Fact
from ..knowledge import Knowledge
from ..terms import FACT_MODALITIES, RDFS, SG, SKOS
from ..texts import Texts
from .content import Content

_NAMING = (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.notation, SG.abbreviation)
_INVERSES = "SELECT ?property ?inverse WHERE { ?inverse <http://www.w3.org/2002/07/owl#inverseOf> ?property }"

Segment = list[str]
"""A piece of text, or a piece of text and the thing that it names."""
Row = dict[str, object]


class Sources:
    """Passages and documents that a page cites, each once, by number in order of first use.

    *quotes* is the full wording of passages, by IRI, where the source text is at hand.
    """

    def __init__(self, knowledge: Knowledge, texts: Texts, quotes: Mapping[str, str] | None = None) -> None:
        self.knowledge, self.texts, self.quotes = knowledge, texts, quotes or {}
        self._numbers: dict[Passage, int] = {}
        self._documents: dict[str, int] = {}

    def numbers(self, passages: Iterable[Passage]) -> list[int]:
        """Numbers of *passages*, in the order of documents and of reading."""
        return [self._numbers.setdefault(passage, len(self._numbers)) for passage in sorted(passages)]

    def passages(self) -> list[list[object]]:
        """Document number, section, anchor, modality, notes, and full wording where it is at hand, of each passage."""
        return [
            [
                *(self._document(p.document), p.section, p.anchor, p.modality, [self._note(*note) for note in p.notes]),
                *([self.quotes[p.iri]] if p.iri in self.quotes else []),
            ]
            for p in self._numbers
        ]

    def documents(self) -> list[list[str]]:
        """Name and status of each document; call after `passages`."""
        statuses = [self.knowledge.documents[iri][1] for iri in self._documents]
        names = [self.knowledge.things.label(iri, self.texts.lang) for iri in self._documents]
        return [[name, self.texts(f"status.{status}")] for name, status in zip(names, statuses, strict=True)]

    def _document(self, iri: str) -> int:
        return self._documents.setdefault(iri, len(self._documents))

    def _note(self, kind: str, text: str) -> str:
        return f"{self.texts(f'common.note_{kind}')}: {text}"


class Panel:
    """Writes the facts of things as data."""

    def __init__(self, content: Content, sources: Sources) -> None:
        self.content, self.sources = content, sources
        self.knowledge, self.texts, self.facts = content.knowledge, content.texts, content.facts
        self._drawn = frozenset(content.nodes)
        rows = self.knowledge.store.select(_INVERSES)
        self._inverses = {row["property"].value: row["inverse"].value for row in rows}

    def sections(self, thing: str) -> list[list[object]]:
        """What is said of *thing*, where it occurs in what is said of others, and what is less than certain."""
        parts: dict[str, list[Fact]] = {"out": [], "in": [], "other": []}
        for fact in self.facts.about(thing):
            side = "out" if fact.subject == thing else "in"
            if fact.property not in UNTOLD:
                parts[side if fact.modality in FACT_MODALITIES else "other"].append(fact)
        name = self.knowledge.things.label(thing, self.texts.lang)
        titles = {part: self.texts(f"show.{part}", name=name) for part in parts}
        return [[titles[part], self._grouped(found, thing)] for part, found in parts.items() if found]

    def _grouped(self, facts: list[Fact], thing: str) -> list[list[object]]:
        """Pairs of property and rows, in Swedish order, names last."""
        groups: dict[str, list[tuple[tuple[object, str], Row]]] = {}
        naming = {self._label(iri) for iri in _NAMING}
        for fact in facts:
            row = self._row(fact, thing)
            text = "".join(segment[0] for segment in row["v"])  # type: ignore[attr-defined]
            groups.setdefault(self._property(fact, thing), []).append(((swedish(text), fact.modality), row))
        ordered = sorted(groups, key=lambda name: (name in naming, swedish(name)))
        return [[name, [row for _, row in sorted(groups[name], key=lambda pair: pair[0])]] for name in ordered]

    def _property(self, fact: Fact, thing: str) -> str:
        if fact.subject == thing:
            return self._label(fact.property)
        inverse = self._inverses.get(fact.property)
        return self._label(inverse) if inverse else self.texts("show.is_property", name=self._label(fact.property))

    def _row(self, fact: Fact, thing: str) -> Row:
        row: Row = {"v": self._value(fact.other_end(thing) if fact.is_iri else "", fact)}
        if fact.modality != "stated":
            row["m"] = fact.modality
        if fact.derived:
            row["d"] = 1
        if fact.passages:
            row["e"] = self.sources.numbers(fact.passages)
        if fact.registers:
            row["r"] = sorted(map(self._label, fact.registers), key=swedish)
        return row

    def _value(self, iri: str, fact: Fact) -> list[Segment]:
        """The value as text, or the thing by name; a node that only joins others is spelled out."""
        if not iri:
            return [[fact.value]]
        kinds = self.knowledge.classes.get(iri, frozenset()) & JOINING
        if not kinds or iri in self.knowledge.things.namings:
            return [self.named(iri)]
        parts = self._parts(iri)
        kind = self._label(min(kinds))
        return [[f"{kind}: "], *parts] if parts else [[f"{kind} {self.knowledge.things.short(iri)}"]]

    def _parts(self, iri: str) -> list[Segment]:
        """Facts of a joining node in a row: ``property value; property value``."""
        about = [fact for fact in self.facts.about(iri) if fact.subject == iri and fact.property not in UNTOLD]
        own = {(fact.property, fact.value, fact.is_iri) for fact in about}
        parts: list[Segment] = []
        for prop, value, is_iri in sorted(own, key=lambda one: (swedish(self._label(one[0])), one)):
            parts.append([f"{'; ' if parts else ''}{self._label(prop)} "])
            parts.append(self.named(value) if is_iri else [value])
        return parts

    def named(self, iri: str) -> Segment:
        """The label of *iri*, with its short IRI when it is drawn."""
        label = self.knowledge.things.long(iri, self.texts.lang)
        return [label, self.knowledge.things.short(iri)] if iri in self._drawn else [label]

    def _label(self, iri: str) -> str:
        return self.knowledge.things.label(iri, self.texts.lang)


__all__ = ["Panel", "Sources"]
