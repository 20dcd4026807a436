"""What stands in the margin of a document: what each passage states, and which findings and open questions touch it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..checks import SEVERITIES
from ..collation import swedish
from ..reports.open import open_questions
from ..reports.quality import quality
from ..reports.table import Report
from ..terms import RDF, SG, SKOS, local_name
from .edition import Edition
from .running_text import Mark
from .statements import Part, placed, plain

_STATED = f"""
SELECT ?passage ?subject ?property ?value WHERE {{
  ?passage a <{SG.Passage}> . GRAPH ?passage {{ ?subject ?property ?value }}
}}
"""
OPEN = "open"
"""Kind of a flag that is no finding: the passage names something and leaves it open."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one passage says of one thing: its kinds, and (property, values) in the order of pages."""

    iri: str
    kinds: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Part, ...]], ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding (``kind`` is its severity) or an open question (``OPEN``) that touches a passage, in words."""

    kind: str
    sentence: str


class Margin:
    """Facts and flags of every passage of an edition, each read when first used."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def _triples(self) -> dict[str, dict[str, list[tuple[str, str, bool]]]]:
        """Passage → subject → (property, value, whether it is an IRI)."""
        found: dict[str, dict[str, list[tuple[str, str, bool]]]] = defaultdict(lambda: defaultdict(list))
        for row in self.edition.knowledge.store.select(_STATED):
            fact = (row["property"].value, row["value"].value, not hasattr(row["value"], "datatype"))
            found[row["passage"].value][row["subject"].value].append(fact)
        return found

    def things(self, passage: str) -> set[str]:
        """Everything that *passage* speaks of."""
        said = self._triples.get(passage, {})
        values = {value for facts in said.values() for _, value, is_iri in facts if is_iri}
        return said.keys() | values

    def said(self, passage: str) -> tuple[Said, ...]:
        """What *passage* states, one item a thing: named things first, then those that join others."""
        namings = self.edition.knowledge.things.namings
        found = [self._about(iri, facts) for iri, facts in self._triples.get(passage, {}).items()]
        return tuple(
            sorted(found, key=lambda one: (one.iri not in namings, swedish(self.edition.name(one.iri)), one.iri))
        )

    def _about(self, iri: str, facts: list[tuple[str, str, bool]]) -> Said:
        label, lang = self.edition.knowledge.things.label, self.edition.texts.lang
        kinds = sorted((label(value, lang) for term, value, _ in facts if term == RDF.type), key=swedish)
        lines: dict[str, list[Part]] = defaultdict(list)
        for term, value, is_iri in facts:
            if term != RDF.type and not (term == SKOS.prefLabel and value == self.edition.name(iri)):
                lines[term].append(self._part(term, value, is_iri=is_iri))
        ordered = sorted(
            lines, key=lambda term: (placed().get(local_name(term), ("", 99))[1], swedish(label(term, lang)))
        )
        values = (tuple(sorted(lines[term], key=lambda part: swedish(part.text))) for term in ordered)
        return Said(iri, tuple(kinds), tuple(zip((label(term, lang) for term in ordered), values, strict=True)))

    def _part(self, term: str, value: str, *, is_iri: bool) -> Part:
        if is_iri:
            return Part(self.edition.name(value), value)
        return Part(plain(value, local_name(term), self.edition.texts))

    @cached_property
    def flags(self) -> dict[str, list[Flag]]:
        """Passage → the findings of quality and the open questions that rest on it."""
        knowledge, texts = self.edition.knowledge, self.edition.texts
        found: dict[str, list[Flag]] = defaultdict(list)
        for passage, flag in (*_findings(quality(knowledge, texts), self._severities()), *self._open()):
            found[passage].append(flag)
        return found

    def touching(self, marks: Sequence[Mark]) -> list[tuple[str, list[tuple[int, Flag]]]]:
        """(kind, its flags with the number of their passage) of a stretch with *marks*, the gravest kind first."""
        found = [(mark.number, flag) for mark in marks for flag in self.flags.get(mark.iri, ())]
        kinds = ((kind, [one for one in found if one[1].kind == kind]) for kind in (*SEVERITIES, OPEN))
        return [(kind, held) for kind, held in kinds if held]

    def _severities(self) -> dict[str, str]:
        return {self.edition.texts(f"quality.{severity}"): severity for severity in SEVERITIES}

    def _open(self) -> Iterator[tuple[str, Flag]]:
        texts = self.edition.texts
        for passage, cells in _cited(open_questions(self.edition.knowledge, texts)):
            yield passage, Flag(OPEN, f"{cells[0]}: {cells[1]}")


def _findings(report: Report, severities: dict[str, str]) -> Iterator[tuple[str, Flag]]:
    for table in report.tables:
        if severity := severities.get(table.title):
            for row in table.rows:
                flag = Flag(severity, f"{row.cells[0]}: {row.cells[1]}")
                yield from ((passage.iri, flag) for passage in row.evidence)


def _cited(report: Report) -> Iterable[tuple[str, tuple[object, ...]]]:
    return ((p.iri, row.cells) for table in report.tables for row in table.rows for p in row.evidence)


__all__ = ["OPEN", "Flag", "Margin", "Said"]
