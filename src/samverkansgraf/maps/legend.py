"""The legend of a map, made from what is on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..collation import swedish
from . import style
from .content import Content
from .sketch import Mark


@dataclass(frozen=True, slots=True)
class Entry:
    """One button: the key of what it hides, its name, how many nodes or lines it stands for, and how they look."""

    key: str
    name: str
    count: int
    look: style.Look | None = None
    dashes: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The buttons for one way of sorting what is on the map."""

    key: str
    title: str
    entries: tuple[Entry, ...]


def legend(content: Content, marks: Iterable[Mark] = ()) -> list[Part]:
    """Parts of the legend: kinds, modalities, relations, collections where there are several, and what *marks* say."""
    entries = {"kind": _kinds(content), "modality": _modalities(content), "verb": _verbs(content)}
    places = _collections(content)
    if len(places) > 1:
        entries["collection"] = places
    entries["status"] = _statuses(marks, content)
    return [Part(key, content.texts(f"map.by_{key}"), tuple(found)) for key, found in entries.items() if found]


def kind_name(content: Content, kind: str) -> str:
    """What people call the class *kind*; things without a class are *other*."""
    return content.knowledge.things.label(kind, content.texts.lang) if kind else content.texts("map.untyped")


def _kinds(content: Content) -> list[Entry]:
    counts = Counter(content.kind(thing) for thing in content.nodes)
    looks = {content.kind(thing): style.look(content.classes(thing)) for thing in reversed(content.nodes)}
    short = content.knowledge.things.short
    found = [Entry(short(kind), kind_name(content, kind), count, looks[kind]) for kind, count in counts.items()]
    order = {look: place for place, look in enumerate(style.LOOKS.values())}
    return sorted(found, key=lambda entry: (order.get(entry.look or style.OTHER, len(order)), swedish(entry.name)))


def _modalities(content: Content) -> list[Entry]:
    counts = Counter(edge.modality for edge in content.edges)
    return [
        Entry(one, content.texts(f"modality.{one}"), counts[one], dashes=" ".join(str(part / 2) for part in dashes))
        for one, dashes in style.DASHES.items()
        if counts[one]
    ]


def _verbs(content: Content) -> list[Entry]:
    counts = Counter(edge.verb for edge in content.edges)
    names = {edge.verb: content.verb(edge) for edge in content.edges}
    found = [Entry(content.knowledge.things.short(verb), names[verb], count) for verb, count in counts.items()]
    return sorted(found, key=lambda entry: (-entry.count, swedish(entry.name), entry.key))


def _collections(content: Content) -> list[Entry]:
    counts = Counter(one for thing in content.nodes for one in content.collections(thing))
    things, lang = content.knowledge.things, content.texts.lang
    found = [Entry(things.short(one), things.label(one, lang), count) for one, count in counts.items()]
    return sorted(found, key=lambda entry: (swedish(entry.name), entry.key))


def _statuses(marks: Iterable[Mark], content: Content) -> list[Entry]:
    counts = Counter(mark.status for mark in marks)
    dashes = {key: " ".join(map(str, found)) for key, found in style.MARKS.items()}
    return [
        Entry(key, content.texts(f"gaps.status_{key}"), counts[key], dashes=dashes[key])
        for key in dashes
        if counts[key]
    ]


__all__ = ["Entry", "Part", "kind_name", "legend"]
