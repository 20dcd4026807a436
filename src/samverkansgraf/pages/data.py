"""What a page says, for programs: Turtle, JSON-LD, and plain JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import Any

from ..terms import RDF, SG
from .edition import Edition, Made, Pages, made
from .jsonld import Compact
from .quads import Quad
from .statements import Section, Statements, Value


class Data:
    """Data files of things and documents."""

    def __init__(self, edition: Edition, statements: Statements) -> None:
        self.edition, self.statements = edition, statements

    def pages(self, iri: str) -> Pages:
        """(path, maker) of every data file about *iri*."""
        path = self.edition.addresses.paths[iri]
        for ending, make in (("ttl", self._turtle), ("jsonld", self._jsonld), ("json", self._json)):
            yield f"{path}.{ending}", partial(make, iri, f"{path}.{ending}")

    @cached_property
    def _compact(self) -> Compact:
        return Compact(self.edition.knowledge.context)

    def quads(self, iri: str) -> list[Quad]:
        """Every quad with *iri* as subject or value, and what the passages are that say so."""
        about = self.edition.quads.about(iri)
        graphs = {quad[0] for quad in about} - {""}
        places = [quad for graph in sorted(graphs) for quad in self._place(graph)]
        return sorted({*about, *places}, key=lambda quad: (quad[0], *map(str, quad[1:])))

    def _place(self, graph: str) -> Iterator[Quad]:
        """What kind of graph *graph* is, and for a passage where it stands."""
        kept = {RDF.type, SG.document, SG.section, SG.anchor, SG.modality}
        yield from (quad for quad in self.edition.quads.of(graph) if not quad[0] and quad[2].value in kept)

    def _turtle(self, iri: str, path: str) -> Made:
        """What holds: triples of the default graph."""
        holds = (quad for quad in self.edition.quads.about(iri) if not quad[0])
        return self.edition.turtle(path, holds)

    def _jsonld(self, iri: str, path: str) -> Made:
        """What holds and what is said, each passage a named graph."""
        return made(path, self._compact.document(self.quads(iri)))

    def _json(self, iri: str, path: str) -> Made:
        """What the page says, as it says it."""
        e, facts = self.edition, self.statements.facts(iri)
        naming = e.knowledge.things.namings.get(iri)
        about = {
            "id": iri, "name": e.name(iri), "names": sorted(set(naming.all())) if naming else [],
            "kinds": [{"id": kind, "name": e.name(kind)} for kind in e.kind(iri)], "language": e.texts.lang,
            "facts": self._sections(self.statements.sections(iri, facts, certain=True)),
            "notFacts": self._sections(self.statements.sections(iri, facts, certain=False)),
            "evidence": self._evidence(fact for one in facts for fact in one.passages),
        }  # fmt: skip
        return made(path, (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode())

    def _sections(self, sections: Iterable[Section]) -> list[dict[str, object]]:
        return [
            {"topic": one.topic, "property": line.term, "label": line.label, **self._value(value)}
            for one in sections
            for line in one.lines
            for value in line.values
        ]

    @staticmethod
    def _value(value: Value) -> dict[str, object]:
        head, *inner = value.parts
        shown: dict[str, Any] = {"value": head.text}
        if head.iri:
            shown["id"] = head.iri
        if inner:
            shown["with"] = [{"label": p.before, "value": p.text, **({"id": p.iri} if p.iri else {})} for p in inner]
        shown |= {"modality": value.modality, "derived": value.derived, "passages": [p.iri for p in value.passages]}
        return shown | ({"registers": list(value.registers)} if value.registers else {})

    def _evidence(self, passages: Iterable[Any]) -> list[dict[str, object]]:
        return [
            {"passage": p.iri, "document": p.document, "documentName": self.edition.name(p.document),
             "section": p.section, "anchor": p.anchor, "modality": p.modality, **dict(p.notes)}
            for p in sorted(set(passages))
        ]  # fmt: skip


__all__ = ["Data"]
