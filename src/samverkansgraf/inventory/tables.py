"""The graph as the tables an analyst expects, with keys between them, read from `tables.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from ..context import Context
from ..terms import RDF, SG
from .edges import Edge
from .facts import Fact, Facts

Value = str | int | bool | None
KEY, TERM = "things", "terms"
_TYPES = {"integer": "integer", "boolean": "boolean", "decimal": "number", "date": "date", "gYear": "date"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type, the table it refers to (its ``id``), and the term it holds values of.

    Types: ``text``, ``integer``, ``number`` (decimal, as text), ``boolean``, ``date`` (as precise as printed).
    """

    name: str
    type: str = "text"
    refers: str = ""
    term: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order of the columns, sorted; ``key`` names the columns that tell rows apart."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def tables(facts: Facts, edges: Sequence[Edge], lang: str = "sv") -> list[Table]:
    """Every table, each after those it refers to.

    Tables of one kind of thing have one row per thing that holds. A column with several values in the graph is empty
    and named in ``several``; all of them are in ``facts``.
    """
    maker = _Maker(facts, lang)
    return [
        maker.terms(edges),
        maker.things(),
        *maker.declared(),
        maker.passages(),
        *maker.facts(),
        *maker.edges(edges),
    ]


class _Maker:
    def __init__(self, facts: Facts, lang: str) -> None:
        self.read = facts
        self.known = facts.knowledge
        self.context: Context = facts.knowledge.context
        self.lang = lang

    def short(self, iri: str) -> str:
        return self.context.shorten(iri)

    def terms(self, edges: Sequence[Edge]) -> Table:
        """Every term of the vocabulary that another table uses."""
        used = {part for fact in self.read.all for part in (fact.property, fact.value if _is_term(fact) else "")}
        used |= {self.read.kind(thing) for thing in self.read.things} | {edge.verb for edge in edges}
        used |= {SG.base + passage.modality for passage in self.known.book.passages.values()}
        label = self.known.things.label
        rows = [(self.short(iri), iri, label(iri, "sv"), label(iri, "en")) for iri in used if iri]
        heads = (_ID, Column("iri", required=True), Column("name", required=True), Column("name_en", required=True))
        return Table(TERM, heads, ("id",), _sorted(rows))

    def things(self) -> Table:
        rows = []
        for iri in self.read.things:
            naming = self.known.things.namings.get(iri)
            short = (naming.abbreviation if naming else "") or None
            kind = self.read.kind(iri)
            name = self.known.things.label(iri, self.lang)
            rows.append(
                (self.short(iri), iri, name, short, self.short(kind) if kind else None, iri in self.read.holding)
            )
        heads = (
            _ID, Column("iri", required=True), Column("name", required=True),
            Column("abbreviation", term=SG.abbreviation), Column("class_id", refers=TERM, term=RDF.type),
            Column("holds", "boolean", required=True),
        )  # fmt: skip
        return Table(KEY, heads, ("id",), _sorted(rows))

    def declared(self) -> Iterator[Table]:
        for name, about in _declarations().items():
            yield self._links(name, about["links"]) if "links" in about else self._kind(name, about)

    def _kind(self, name: str, about: dict[str, list[str]]) -> Table:
        keys = [self._column(text) for text in about["columns"]]
        wanted, unwanted = ({self._class(one) for one in about.get(part, [])} for part in ("classes", "without"))
        rows = []
        for thing in self.read.things:
            classes = self.known.classes.get(thing, frozenset())
            if thing in self.read.holding and classes & wanted and not classes & unwanted:
                values = [self._value(thing, column) for column in keys]
                several = "; ".join(c.name for c, (_, many) in zip(keys, values, strict=True) if many)
                label = self.known.things.label(thing, self.lang)
                rows.append((self.short(thing), label, *(value for value, _ in values), several or None))
        key = Column("id", refers=KEY, required=True)
        heads = (key, Column("name", required=True), *keys, Column("several"))
        return Table(name, heads, ("id",), _sorted(rows))

    def _class(self, word: str) -> str:
        return self.context.values.get(word) or self.context.expand(word)

    def _column(self, text: str) -> Column:
        """Column of a context key, or of ``term type``."""
        short, _, kind = text.partition(" ")
        key = self.context.keys.get(short)
        iri, kind = (key.iri, key.kind) if key else (self.context.expand(short), kind)
        name = re.sub(r"(?=[A-Z])", "_", short.rpartition(":")[2]).lower()
        refers = {"@id": KEY, "@vocab": TERM}.get(kind, "")
        return Column(name + "_id" if refers else name, _TYPES.get(kind, "text"), refers, iri)

    def _value(self, thing: str, column: Column) -> tuple[Value, bool]:
        """The one value, and whether there are several (then None); several words of text are joined."""
        values = sorted({self._cell(fact, column) for fact in self.read.of.get((thing, column.term), ())}, key=str)
        if column.type == "text" and not column.refers:
            return "; ".join(map(str, values)) or None, False
        return (values[0], False) if len(values) == 1 else (None, len(values) > 1)

    def _cell(self, fact: Fact, column: Column) -> Value:
        if column.refers:
            return self.short(fact.value)
        if column.type == "integer":
            return int(fact.value)
        return fact.value == "true" if column.type == "boolean" else fact.value

    def _links(self, name: str, keys: list[str]) -> Table:
        terms = {self.context.keys[key].iri for key in keys}
        rows = [
            (self.short(fact.subject), self.short(fact.property), self.short(fact.value), fact.derived)
            for fact in self.read.all
            if fact.holds and fact.is_thing and fact.property in terms
        ]
        return Table(name, (*_link(), Column("derived", "boolean", required=True)), _LINK_KEY, _sorted(rows))

    def passages(self) -> Table:
        cited = {iri for fact in self.read.all for iri in fact.passages}
        rows = []
        for one in (passage for iri, passage in self.known.book.passages.items() if iri in cited):
            notes = dict(one.notes)
            modality = self.short(SG.base + one.modality)
            place = (self.short(one.iri), self.short(one.document), one.sequence, one.section, one.anchor, modality)
            rows.append((*place, *(notes.get(kind) for kind in ("reading", "because", "hedge"))))
        heads = (
            _ID, Column("document_id", refers="documents", required=True), Column("sequence", "integer", required=True),
            Column("section", required=True), Column("anchor", required=True),
            Column("modality_id", refers=TERM, required=True), Column("reading"), Column("because"), Column("hedge"),
        )  # fmt: skip
        return Table("passages", heads, ("id",), _sorted(rows))

    def facts(self) -> Iterator[Table]:
        rows, evidence = [], []
        for number, fact in enumerate(self.read.all, 1):
            thing = self.short(fact.value) if fact.is_thing else None
            text = None if fact.is_thing else self.short(fact.value) if _is_term(fact) else fact.value
            about = (self.short(fact.subject), self.short(fact.property), thing, text, fact.datatype or None)
            rows.append((number, *about, fact.holds, fact.derived))
            evidence += [(number, self.short(iri)) for iri in fact.passages]
        heads = (
            _NUMBER, Column("subject_id", refers=KEY, required=True), Column("property_id", refers=TERM, required=True),
            Column("thing_id", refers=KEY), Column("value"), Column("datatype"),
            Column("holds", "boolean", required=True), Column("derived", "boolean", required=True),
        )  # fmt: skip
        yield Table("facts", heads, ("id",), _sorted(rows))
        yield Table("evidence", _pair("fact_id", "facts"), ("fact_id", "passage_id"), _sorted(evidence))

    def edges(self, edges: Sequence[Edge]) -> Iterator[Table]:
        rows, evidence = [], []
        own = [edge for edge in edges if edge.kind == "relation"]
        for number, edge in enumerate(own, 1):
            node = self.short(edge.node) if edge.node else None
            ends = (self.short(edge.source), self.short(edge.verb), self.short(edge.target))
            words = (self.short(SG.base + edge.modality), edge.matter or None, edge.condition or None)
            rows.append((number, *ends, *words, edge.one_of, edge.derived, node))
            evidence += [(number, self.short(iri)) for iri in edge.passages]
        heads = (
            _NUMBER, *_link(), Column("modality_id", refers=TERM, required=True), Column("matter"), Column("condition"),
            Column("one_of", "boolean", required=True), Column("derived", "boolean", required=True),
            Column("flow_id", refers=KEY),
        )  # fmt: skip
        yield Table("relations", heads, ("id",), _sorted(rows))
        key = ("relation_id", "passage_id")
        yield Table("relation_passages", _pair("relation_id", "relations"), key, _sorted(evidence))


_ID = Column("id", required=True)
_NUMBER = Column("id", "integer", required=True)
_LINK_KEY = ("from_id", "property_id", "to_id")


def _link() -> tuple[Column, ...]:
    return tuple(Column(name, refers=TERM if name == "property_id" else KEY, required=True) for name in _LINK_KEY)


def _pair(name: str, table: str) -> tuple[Column, ...]:
    passage = Column("passage_id", refers="passages", required=True)
    return (Column(name, "integer", refers=table, required=True), passage)


def _is_term(fact: Fact) -> bool:
    return not fact.is_thing and not fact.datatype


def _sorted(rows: Sequence[tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    """Rows, each once, in the order of their key (columns before the first empty one)."""
    return tuple(
        sorted(set(rows), key=lambda row: [(isinstance(cell, str), "" if cell is None else cell) for cell in row])
    )


def _declarations() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("tables.toml").read_text("utf-8"))


__all__ = ["Column", "Table", "Value", "tables"]
