"""What is said of one thing, for a page: grouped by topic in plain words, each value with its evidence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ..collation import swedish
from ..evidence import Passage
from ..facts import UNTOLD, Fact
from ..terms import FACT_MODALITIES, SG, local_name
from ..texts import Texts
from .edition import Edition

_LEFT_OUT = frozenset({SG.standing, SG.relatesTo})
_INVERSES = "SELECT ?property ?inverse WHERE { ?inverse <http://www.w3.org/2002/07/owl#inverseOf> ?property }"
_VERBS = f"SELECT ?verb WHERE {{ ?verb <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <{SG.relatesTo}> }}"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a value: a name that leads to *iri*, or text; *before* is the property it has in a joining node."""

    text: str
    iri: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property: what it is, how surely it is said, and where."""

    parts: tuple[Part, ...]
    modality: str
    derived: bool
    passages: tuple[Passage, ...]
    registers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A property in words, the term that defines it, and its values in Swedish order."""

    label: str
    term: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines on one topic."""

    topic: str
    lines: tuple[Line, ...]


class Statements:
    """Writes what is said of things; made once for an edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        store = edition.knowledge.store
        self._inverses = {row["property"].value: row["inverse"].value for row in store.select(_INVERSES)}
        self._verbs = {row["verb"].value for row in store.select(_VERBS)}

    def facts(self, thing: str) -> list[Fact]:
        """Facts about *thing* that a person reads."""
        return [fact for fact in self.edition.facts.about(thing) if fact.property not in _LEFT_OUT]

    def sections(self, thing: str, facts: Iterable[Fact], *, certain: bool) -> list[Section]:
        """*facts* of *thing* by topic: those that hold, or (not *certain*) those that are less or other than stated."""
        chosen = [fact for fact in facts if (fact.modality in FACT_MODALITIES) == certain]
        lines: dict[str, dict[tuple[str, str], list[Fact]]] = {}
        for fact in chosen:
            key = (self._label(fact, thing), fact.property)
            lines.setdefault(self._topic(fact.property), {}).setdefault(key, []).append(fact)
        return [Section(topic, tuple(self._lines(lines[topic], thing))) for topic in topics() if topic in lines]

    def _lines(self, held: dict[tuple[str, str], list[Fact]], thing: str) -> Iterator[Line]:
        for label, term in sorted(held, key=lambda key: (self._place(key[1]), swedish(key[0]))):
            values = [self._value(fact, thing) for fact in held[label, term]]
            ordered = sorted(values, key=lambda one: (swedish("".join(p.text for p in one.parts)), one.modality))
            yield Line(label, term, tuple(ordered))

    def _topic(self, term: str) -> str:
        known = placed().get(local_name(term))
        return known[0] if known else "acts" if term in self._verbs else "other"

    def _place(self, term: str) -> int:
        return placed().get(local_name(term), ("", 0))[1]

    def _label(self, fact: Fact, thing: str) -> str:
        things, lang = self.edition.knowledge.things, self.edition.texts.lang
        if fact.subject == thing:
            return things.label(fact.property, lang)
        if inverse := self._inverses.get(fact.property):
            return things.label(inverse, lang)
        return backwards(local_name(fact.property), things.label(fact.property, lang), self.edition.texts)

    def _value(self, fact: Fact, thing: str) -> Value:
        if fact.is_iri:
            parts = self._parts(fact.other_end(thing), thing)
        else:
            parts = (Part(plain(fact.value, local_name(fact.property), self.edition.texts)),)
        return Value(parts, fact.modality, fact.derived, tuple(sorted(fact.passages)), tuple(sorted(fact.registers)))

    def _parts(self, iri: str, thing: str) -> tuple[Part, ...]:
        """The thing by name; a node that only joins others with all that is said of it, save what the page is about."""
        head = Part(self.edition.long(iri), iri)
        if iri in self.edition.knowledge.things.namings:
            return (head,)
        about = [one for one in self.edition.facts.about(iri) if one.subject == iri and one.property not in UNTOLD]
        inner = {(one.property, one.value, one.is_iri) for one in about if one.value != thing}
        label = self.edition.knowledge.things.label
        rows = sorted(inner, key=lambda one: (self._place(one[0]), swedish(label(one[0])), one))
        return (head, *(self._inner(*row) for row in rows))

    def _inner(self, term: str, value: str, is_iri: bool) -> Part:
        before = self.edition.knowledge.things.label(term, self.edition.texts.lang)
        if is_iri:
            return Part(self.edition.name(value), value, before)
        return Part(plain(value, local_name(term), self.edition.texts), "", before)


@cache
def topics() -> dict[str, list[str]]:
    """Topic → local names of its properties, in the order of a page."""
    return dict(tomllib.loads(resources.files(__package__).joinpath("topics.toml").read_text("utf-8")))


@cache
def placed() -> dict[str, tuple[str, int]]:
    """Local name of a property → its topic, and its place in it."""
    return {name: (topic, place) for topic, names in topics().items() for place, name in enumerate(names, 1)}


def backwards(name: str, label: str, texts: Texts) -> str:
    """What the property *name* says of its value, in words."""
    try:
        return texts(f"incoming.{name}")
    except KeyError:
        return texts("site.is_property", name=label)


def plain(value: str, name: str, texts: Texts) -> str:
    """A literal as people write it: money apart by thousands, yes and no in words."""
    if name == "amount" and value.lstrip("-").isdecimal():
        return texts.sek(int(value))
    return texts(f"site.{value}") if value in {"true", "false"} else value


__all__ = ["Line", "Part", "Section", "Statements", "Value", "plain", "topics"]
