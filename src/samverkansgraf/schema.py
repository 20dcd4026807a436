"""JSON Schema of a document file, made of context and vocabulary: an editor completes what can be written.

It is more lenient than the loader (`documents.py`) where JSON Schema cannot say the rule, and never stricter: whatever
builds is valid.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import pyoxigraph as ox

from .build import read_corpus
from .context import PROPERTY_NAMING_KEYS, Context, Key
from .corpus import Corpus
from .documents import SKIPS, TODO
from .terms import ORG, RDF, RDFS, SG, SKOS
from .workspace import Workspace

NAME = "document.schema.json"
_KINDS = {
    "status": SG.base + "Status", "modality": SG.base + "Modality", "role": ORG.base + "Role",
    "stance": SG.base + "Stance", "outcome": SG.base + "Outcome",
}  # fmt: skip
"""Keys whose values are concepts of one kind."""
_PATTERNS = {
    "integer": r"^-?\d+$",
    "decimal": r"^-?\d+(\.\d+)?$",
    "boolean": "^(true|false)$",
    "duration": r"^P(?=.)(\d+Y)?(\d+M)?(\d+D)?$",
    "date": r"^\d{4}(-\d\d(-\d\d)?)?$",
    "gYear": r"^\d{4}(-\d\d(-\d\d)?)?$",
}
_ABOUT_ID = "En beteckning: prefix, kolon och ett namn av a–z, siffror och bindestreck, som vb:pkd"
Schema = dict[str, object]
Terms = dict[str, tuple[set[str], str, str]]
"""Term → its types, Swedish label and Swedish definition."""


def document_schema(workspace: Workspace) -> bytes:
    """The schema as JSON; identifiers of registers are offered, and those of a workspace's own documents.

    The package's own schema has those of registers only: it serves every workspace.
    """
    corpus = read_corpus(workspace)
    maker = _Maker(corpus.context, _vocabulary(workspace), _known(corpus, own=not workspace.is_package))
    text = json.dumps(maker.document(), ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def _known(corpus: Corpus, *, own: bool) -> list[str]:
    """Short IRIs of what is described, sorted."""
    readings = (one for one in corpus.readings if own or "/reference/" in f"/{one.file}")
    iris = {iri for reading in readings for iri, _ in reading.described}
    return sorted(short for iri in iris if (short := corpus.context.shorten(iri)) != iri)


def _vocabulary(workspace: Workspace) -> Terms:
    found: Terms = {}
    paths = (path for folder in workspace.folders("ontology") for path in sorted(folder.glob("*.ttl")))
    for path in paths:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            term, kinds = quad.subject.value, found.get(quad.subject.value, (set(), "", ""))
            value, swedish = quad.object.value, getattr(quad.object, "language", "") == "sv"
            if quad.predicate.value == RDF.type:
                kinds = ({*kinds[0], value}, *kinds[1:])
            elif quad.predicate.value == RDFS.label and swedish:
                kinds = (kinds[0], value, kinds[2])
            elif quad.predicate.value == SKOS.base + "definition" and swedish:
                kinds = (*kinds[:2], value)
            found[term] = kinds
    return found


class _Maker:
    def __init__(self, context: Context, terms: Terms, known: list[str]) -> None:
        self.context, self.terms, self.known = context, terms, known

    def document(self) -> Schema:
        """The whole schema: a document has a description and passages, a file of persons only id and passages."""
        own = [key for key in self.context.keys.values() if key.kind != "@graph"]
        properties = {key.name: {"$ref": f"#/$defs/key-{key.name}"} for key in own}
        keys = {f"key-{key.name}": self._key(key) for key in own}
        thing = {"type": "object", "required": ["id"], "properties": properties, "additionalProperties": False}
        described = ["id", "type", "name", "status", "collection", "sourceFile", "sourceHash", "passages"]
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Dokument i samverkansgraf",
            "type": "object",
            "properties": {**properties, "passages": {"$ref": "#/$defs/passages"}},
            "additionalProperties": False,
            "anyOf": [{"required": described}, {"required": ["id", "passages"], "maxProperties": 2}],
            "$defs": {
                "passages": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/passage"}},
                "passage": self._passage(),
                "thing": thing,
                "id": {"anyOf": [{"enum": self.known}, {"type": "string", "pattern": "^[^\\s:]+:[^\\s]+$"}]},
                "text": {"type": ["string", "number", "boolean"]},
                **keys,
            },
        }

    def _passage(self) -> Schema:
        text, thing = {"$ref": "#/$defs/text"}, {"$ref": "#/$defs/thing"}
        shared = {"section": text, "anchor": text, "after": text}
        read = {
            **shared,
            "modality": {"$ref": "#/$defs/key-modality"},
            **dict.fromkeys(("because", "reading", "hedge"), text),
            "states": {"anyOf": [{"type": "array", "minItems": 1, "items": thing}, thing]},
        }
        skipped = {**shared, "skip": {"enum": [*sorted(SKIPS - {TODO}), TODO]}}
        return {
            "type": "object",
            "required": ["section", "anchor"],
            "properties": {**read, **skipped},
            "if": {"required": ["skip"]},
            "then": {"propertyNames": {"enum": list(skipped)}},
            "else": {"required": ["states"]},
            "additionalProperties": False,
        }

    def _key(self, key: Key) -> Schema:
        """What a key takes: one value, or a list of them."""
        label, definition = self.terms.get(key.iri, (set(), "", ""))[1:]
        about = {"description": f"{label}: {definition}" if definition else label or _ABOUT_ID}
        if key.name in {"id", "type"}:
            about = {"description": _ABOUT_ID if key.name == "id" else "Vad för slags sak det är"}
        if key.name == "id":
            return {**about, "$ref": "#/$defs/id"}
        one = self._value(key)
        return {**about, "anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}

    def _value(self, key: Key) -> Schema:
        if key.kind == "@id":
            return {"anyOf": [{"$ref": "#/$defs/id"}, {"$ref": "#/$defs/thing"}]}
        if key.kind in {"@vocab", "@type"}:
            return {"enum": sorted(self._words(key))}
        if pattern := _PATTERNS.get(key.kind):
            return {"type": ["string", "number", "boolean"], "pattern": pattern}
        return {"$ref": "#/$defs/text"}

    def _words(self, key: Key) -> Iterable[str]:
        """The words that may stand as a value of *key*."""
        concepts = {name for name, iri in self.context.values.items() if SKOS.Concept in self._types(iri)}
        if kind := _KINDS.get(key.name):
            return (name for name, iri in self.context.values.items() if kind in self._types(iri))
        if key.name in PROPERTY_NAMING_KEYS:
            forward = {one.name for one in self.context.keys.values() if not one.reverse and one.iri.startswith("http")}
            return forward | concepts
        return self.context.values.keys() - concepts

    def _types(self, iri: str) -> set[str]:
        return self.terms.get(iri, (set(), "", ""))[0]


def schema_path(workspace: Workspace) -> str:
    """Where the schema of *workspace* is kept, from its root: with the vocabulary in the package's own checkout."""
    return f"ontology/{NAME}" if workspace.is_package else NAME


__all__ = ["NAME", "document_schema", "schema_path"]
