"""Documents in the making: statements by passage, written as the YAML an analyst would write."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import yaml

from ..tables import is_workbook

Values = dict[str, list[str]]
Statement = tuple[str, Values]
"""The id of a thing, and what is said of it."""
_ABOUT = ("type", "name", "status", "collection", "identifier", "validFrom", "validUntil", "sourceFile", "sourceHash")
_EVIDENCE = frozenset({"id", "document", "section", "anchor", "after", "modality", "because", "reading", "hedge"})


@dataclass(slots=True)
class Passage:
    """What one place says: notes on it, and things in the order of their ids."""

    notes: dict[str, list[str]] = field(default_factory=dict)
    things: dict[str, Values] = field(default_factory=dict)


@dataclass(slots=True)
class Document:
    """A document: its file's stem, its description, and its passages in reading order."""

    stem: str
    about: dict[str, str]
    prefix: str
    """The prefix that new ids of its collection have; empty where none is declared."""
    passages: dict[tuple[str, ...], Passage] = field(default_factory=dict)

    @property
    def is_workbook(self) -> bool:
        """Whether the workbook itself is the source."""
        return is_workbook(self.about["sourceFile"])

    @property
    def folder(self) -> str:
        """The folder of its collection."""
        return self.about.get("collection", "").partition(":")[2]

    def add(self, place: tuple[str, ...], notes: dict[str, str], said: Statement) -> None:
        """Add a statement to the passage at *place* (section, anchor, after, modality)."""
        passage = self.passages.setdefault(place, Passage())
        for kind, text in notes.items():
            if text not in (known := passage.notes.setdefault(kind, [])):
                known.append(text)
        thing = passage.things.setdefault(said[0], {})
        for key, values in said[1].items():
            known = thing.setdefault(key, [])
            known += [value for value in values if value not in known]

    def yaml(self) -> str:
        """The document as YAML; the same statements give the same text, whatever the order of rows in a passage."""
        about: dict[str, object] = {"id": f"doc:{self.stem}"}
        about |= {key: self.about[key] for key in _ABOUT if key in self.about}
        if "collectionName" in self.about:
            named = {"type": "Collection", "name": self.about["collectionName"]}
            about["collection"] = {"id": self.about["collection"], **named}
        about["passages"] = [self._passage(place, passage) for place, passage in self.passages.items()]
        text: str = yaml.safe_dump(about, allow_unicode=True, sort_keys=False, width=120)
        return text

    def _passage(self, place: tuple[str, ...], passage: Passage) -> dict[str, object]:
        where = dict(zip(("section", "anchor", "after", "modality"), place, strict=True))
        notes = {kind: "; ".join(texts) for kind, texts in sorted(passage.notes.items())}
        states = [_thing(iri, passage.things[iri]) for iri in sorted(passage.things)]
        return {key: value for key, value in where.items() if value} | notes | {"states": states}


def _thing(iri: str, values: Values) -> dict[str, object]:
    order = sorted(values, key=lambda key: (key != "type", key != "name", key))
    return {"id": iri} | {key: values[key][0] if len(values[key]) == 1 else sorted(values[key]) for key in order}


def statement(sheet: str, row: Values, prefix: str) -> Statement:
    """What a row of *sheet* says: of a thing, or of a membership or a relation."""
    values = {key: list(some) for key, some in row.items() if key not in _EVIDENCE and some}
    if sheet == "members":
        return _node(row, values, "Membership", f"{prefix}:medlemskap", ("role", "validFrom", "validUntil")) or (
            values["organization"][0], {"hasMember": values["member"]}
        )  # fmt: skip
    if sheet == "relations":
        return _node(row, values, "Flow", f"{prefix}:flode", ("matter", "condition")) or (
            values["from"][0], {values["verb"][0]: values["to"]}
        )  # fmt: skip
    if sheet == "assignments":
        values["type"] = ["Assignment"]
    return row["id"][0], values


def _node(row: Values, values: Values, kind: str, base: str, more: tuple[str, ...]) -> Statement | None:
    """A node of its own where the row has an id or says more than the bare tie; its id follows from what it says."""
    if not row.get("id") and not any(key in values for key in more):
        return None
    digest = hashlib.sha256("\x1f".join(f"{key}={some}" for key, some in sorted(values.items())).encode()).hexdigest()
    thing = row["id"][0] if row.get("id") else f"{base}-{digest[:8]}"
    return thing, {"type": [kind], **values}
