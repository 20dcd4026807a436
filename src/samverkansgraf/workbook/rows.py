"""Rows of the workbook from what passages say: one per thing, membership or relation, and passage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

import pyoxigraph as ox

from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import DOC, ORG, RDF, SG
from .plan import Column, Plan, SheetPlan

Said = dict[str, dict[str, list[str]]]
"""Thing → key of the context → values, IRIs written short."""
Row = dict[str, str]
_AFTER = f"SELECT ?passage ?after WHERE {{ ?passage a <{SG.Passage}> ; <{SG.after}> ?after }}"
_NODES = {"members": (ORG.Membership, ("organization", "member")), "relations": (SG.Flow, ("from", "verb", "to"))}


class Filling:
    """What the passages of a collection (all without one) say, taken apart row by row."""

    def __init__(self, knowledge: Knowledge, plan: Plan, collection: str | None) -> None:
        self.known, self.plan, self.context = knowledge, plan, knowledge.context
        self.documents = sorted(d for d, (where, _) in knowledge.documents.items() if collection in {None, where})
        forward = [key for key in self.context.keys.values() if not key.reverse and key.kind not in {"@graph", "@type"}]
        self.keys = {(key.iri, self._language(key.name)): key.name for key in forward}
        self.after = {row["passage"].value: row["after"].value for row in knowledge.store.select(_AFTER)}
        passages = knowledge.passages(knowledge.book.passages, collection)
        self.said = [(passage, self._said(passage.iri)) for passage in passages]

    @property
    def left_out(self) -> int:
        """How many statements no row has held so far."""
        return sum(len(values) for _, said in self.said for thing in said.values() for values in thing.values())

    def rows(self, sheet: SheetPlan) -> Iterator[Row]:
        """Rows of *sheet*, in the order of reading; what they hold is taken out of what is left."""
        if sheet.name == "documents":
            yield from self._documents(sheet)
            return
        for passage, said in self.said:
            for thing in sorted(said):
                for values in self._values(sheet, thing, said[thing]):
                    yield from _spread(sheet, values, self._evidence(sheet, passage))

    def _language(self, key: str) -> str:
        definition = self.context.terms.get(key)
        return str(definition.get("@language", "")) if isinstance(definition, dict) else ""

    def _said(self, graph: str) -> Said:
        said: Said = {}
        for row in self.known.store.select(
            f"SELECT ?s ?p ?o WHERE {{ VALUES ?g {{ <{graph}> }} GRAPH ?g {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o"
        ):
            language = getattr(row["o"], "language", None) or ""
            key = "type" if row["p"].value == RDF.type else self.keys.get((row["p"].value, language), row["p"].value)
            said.setdefault(row["s"].value, {}).setdefault(key, []).append(self._value(row["o"]))
        return said

    def _value(self, term: ox.NamedNode | ox.Literal) -> str:
        return self.context.shorten(term.value) if isinstance(term, ox.NamedNode) else term.value

    def _values(self, sheet: SheetPlan, thing: str, said: dict[str, list[str]]) -> Iterator[dict[str, list[str]]]:
        """What *sheet* has columns for, taken out of *said*."""
        if sheet.name in _NODES:
            yield from self._ties(sheet, thing, said)
        elif sheet.holds(self.known.classes.get(thing, frozenset())):
            taken = {c.key: self._take(said, c) for c in sheet.columns if c.key in said}
            if sheet.name == "assignments":
                said.pop("type", None)
            if any(taken.values()):
                yield {"id": [self.context.shorten(thing)], **taken}

    def _take(self, said: dict[str, list[str]], column: Column) -> list[str]:
        """The values of *column* as a person reads them; what it cannot show stays in *said*."""
        shown, left = [], []
        words = {self.context.shorten(self._word(word)): label for label, word in column.words}
        for value in said.pop(column.key):
            if (column.words and value not in words) or (column.is_many and ";" in value):
                left.append(value)
            else:
                shown.append(words.get(value, value))
        if left:
            said[column.key] = left
        return shown

    def _word(self, word: str) -> str:
        return word if word in {"true", "false"} else self.context.word(word)

    def _ties(self, sheet: SheetPlan, thing: str, said: dict[str, list[str]]) -> Iterator[dict[str, list[str]]]:
        """Memberships and relations: nodes of their own that the columns hold whole, and plain ties."""
        kind, needed = _NODES[sheet.name]
        columns = {column.key: column for column in sheet.columns if column not in self.plan.evidence}
        whole = said.keys() <= columns.keys() | {"type"} and all(len(said.get(key, [])) == 1 for key in needed)
        if said.get("type") == [self.context.shorten(kind)] and whole:
            del said["type"]
            yield {"id": [self.context.shorten(thing)], **{key: self._take(said, columns[key]) for key in list(said)}}
            return
        this = self.context.shorten(thing)
        if sheet.name == "members":
            for member in said.pop("hasMember", []):
                yield {"organization": [this], "member": [member]}
            return
        verbs = {word: label for label, word in columns["verb"].words}
        for key in [one for one in said if one in verbs]:
            for target in said.pop(key):
                yield {"from": [this], "verb": [verbs[key]], "to": [target]}

    def _evidence(self, sheet: SheetPlan, passage: Passage) -> Row:
        labels = {word: label for column in sheet.columns if column.key == "modality" for label, word in column.words}
        modality = "" if passage.modality == "stated" else labels[passage.modality]
        row = {"document": passage.document.removeprefix(DOC), "section": passage.section, "anchor": passage.anchor}
        row |= {"after": self.after.get(passage.iri, ""), "modality": modality, **dict(passage.notes)}
        return {key: text for key, text in row.items() if text}

    def _documents(self, sheet: SheetPlan) -> Iterator[Row]:
        for document in self.documents:
            said = self._said(document).get(document, {})
            taken = {column.key: self._take(said, column) for column in sheet.columns if column.key in said}
            collection = self.known.documents[document][0]
            row = next(_spread(sheet, {"id": [document.removeprefix(DOC)], **taken}, {}))
            yield {**row, "collectionName": self.known.things.label(collection)}


def _spread(sheet: SheetPlan, values: dict[str, list[str]], evidence: Row) -> Iterator[Row]:
    """Rows that together hold *values*: several where a column takes one at a time."""
    many = {column.key for column in sheet.columns if column.is_many}
    single = {key: some for key, some in values.items() if key not in many and key != "id"}
    joined = {key: "; ".join(some) for key, some in values.items() if key in many and some}
    first = True
    for cells in zip_longest(*single.values()) if any(single.values()) else [()]:
        row = {key: cell for key, cell in zip(single, cells, strict=False) if cell}
        yield {"id": values["id"][0] if values.get("id") else "", **(joined if first else {}), **row, **evidence}
        first = False
