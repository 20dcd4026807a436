"""The sheets and columns of the workbook, from `plan.toml`, the context and the vocabulary's labels."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from ..collation import swedish
from ..context import Context
from ..files import required_text
from ..terms import RDFS, SG

EXAMPLE = "exempel"
"""What stands in the column of documents (or as a document's id) on rows that only show how."""
EVIDENCE = "evidence"
_KINDS = {"modality": "sg:Modality", "status": "sg:Status", "role": "org:Role"}
"""Columns whose words are the concepts of one kind."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the context, its heading, the kind of its values, and the words that it takes."""

    key: str
    heading: str
    kind: str
    words: tuple[tuple[str, str], ...] = ()
    """(what a person writes, word of the context) in Swedish order."""

    @property
    def is_many(self) -> bool:
        """Whether several values may stand in one cell, with semicolons between."""
        return self.kind == "@id" or self.key == "alias"


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet: what it is called, what it is for, its columns, and which of them a row must have."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    classes: frozenset[str]
    without: frozenset[str]
    example: dict[str, str]

    def holds(self, classes: frozenset[str]) -> bool:
        """Whether a thing of *classes* has its rows here."""
        return bool(classes & self.classes) and not classes & self.without


class Vocabulary:
    """Labels and hierarchy of the terms, read from the ontology files."""

    def __init__(self, context: Context, folders: Iterable[Path]) -> None:
        self.context = context
        self.labels: dict[str, str] = {}
        self.above: dict[str, set[str]] = {}
        self.types: dict[str, set[str]] = {}
        for path in (path for folder in folders for path in sorted(folder.glob("*.ttl")) if path.name != "shapes.ttl"):
            self._read(path)

    def _read(self, path: Path) -> None:
        for triple in ox.parse(required_text(path), format=ox.RdfFormat.TURTLE):
            subject, predicate, value = triple.subject.value, triple.predicate.value, triple.object
            if predicate == RDFS.label and isinstance(value, ox.Literal) and value.language == "sv":
                self.labels[subject] = value.value
            elif isinstance(value, ox.NamedNode):
                if predicate in {RDFS.subClassOf, RDFS.subPropertyOf}:
                    self.above.setdefault(subject, set()).add(value.value)
                elif predicate.endswith("#type"):
                    self.types.setdefault(subject, set()).add(value.value)

    def is_below(self, term: str, tops: Iterable[str]) -> bool:
        """Whether *term* is one of *tops* or something more special."""
        wanted = set(tops)
        return term in wanted or any(self.is_below(higher, wanted) for higher in self.above.get(term, ()))

    def words(self, iris: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """(label, word of the context) of terms that the context has a word for."""
        known = {iri: word for word, iri in self.context.values.items()}
        known |= {key.iri: key.name for key in self.context.keys.values() if not key.reverse}
        found = ((self.labels.get(iri, known[iri]), known[iri]) for iri in iris if iri in known)
        return tuple(sorted(set(found), key=lambda pair: (swedish(pair[0]), pair[1])))


class Plan:
    """Every sheet, in order, and the columns of evidence that each has last."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.context = vocabulary.context
        about = tomllib.loads(resources.files(__package__).joinpath("plan.toml").read_text("utf-8"))
        self.headings: dict[str, str] = about.pop("headings")
        self.words: dict[str, object] = about.pop("words")
        last = [self._column(key, frozenset()) for key in about.pop(EVIDENCE)["columns"]]
        self.evidence = tuple(last)
        self.sheets = {name: self._sheet(name, one) for name, one in about.items()}

    def _sheet(self, name: str, about: dict[str, Any]) -> SheetPlan:
        without = self._below(about.get("without", []))
        classes = self._below(about.get("classes", [])) - without
        own = tuple(self._column(key, classes) for key in about["columns"])
        columns = own if name == "documents" else (*own, *self.evidence)
        required = tuple(about.get("required", ()))
        return SheetPlan(name, about["title"], about["about"], columns, required, classes, without, about["example"])

    def _below(self, tops: list[str]) -> frozenset[str]:
        """Classes that the context has a word for, of *tops* and everything below them."""
        known = {self.context.values.get(one) or self.context.expand(one) for one in tops}
        return frozenset(iri for iri in self.context.values.values() if self.vocabulary.is_below(iri, known))

    def _column(self, key: str, classes: frozenset[str]) -> Column:
        known = self.context.keys.get(key)
        kind = "@type" if key == "type" else known.kind if known else "text"
        label = self.vocabulary.labels.get(known.iri, key) if known else key
        heading = self.headings.get(key) or label[:1].upper() + label[1:]
        return Column(key, heading, kind, self._words(key, classes))

    def _words(self, key: str, classes: frozenset[str]) -> tuple[tuple[str, str], ...]:
        vocabulary = self.vocabulary
        if key == "type":
            return vocabulary.words(classes)
        if key == "verb":
            verbs = (
                iri for iri in vocabulary.above if vocabulary.is_below(iri, [SG.relatesTo]) and iri != SG.relatesTo
            )
            return vocabulary.words(verbs)
        if key in _KINDS:
            kind = self.context.expand(_KINDS[key])
            return vocabulary.words(iri for iri, types in vocabulary.types.items() if kind in types)
        known = self.context.keys.get(key)
        return (("ja", "true"), ("nej", "false")) if known and known.kind == "boolean" else ()
