"""Quads as JSON-LD by the authoring context: each passage a named graph, as an analyst writes it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from ..context import Context
from ..terms import RDF, XSD
from .quads import Quad, Term, is_iri


class Compact:
    """Writes quads with the keys and words of a context; a reader needs nothing but the file."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def document(self, quads: Iterable[Quad]) -> bytes:
        """*quads* as one JSON-LD document: the default graph's nodes, then one named graph for each other graph."""
        graphs: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            graphs[quad[0]].append(quad)
        used: set[str] = set()
        nodes = self._nodes(graphs.pop("", []), used)
        nodes += [{"id": self._short(iri, used), "states": self._nodes(graphs[iri], used)} for iri in sorted(graphs)]
        document = {"@context": self._own_context(used), "@graph": nodes}
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()

    def _nodes(self, quads: list[Quad], used: set[str]) -> list[dict[str, Any]]:
        found: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
        for _, subject, term, value in quads:
            key, shown = self._pair(term.value, value, used)
            found[subject.value][key].append(shown)
        return [
            {"id": self._short(iri, used), **{key: _single(values) for key, values in sorted(keys.items())}}
            for iri, keys in sorted(found.items())
        ]

    def _pair(self, term: str, value: Term, used: set[str]) -> tuple[str, object]:
        """Key and value; what no key of the context can say exactly is written in full under the property's IRI."""
        if term == RDF.type and is_iri(value):
            word = self._words.get(value.value)
            return "type", self._use(word, used) if word else self._short(value.value, used)
        for name, kind, language in self._keys.get(term, ()):
            shown = self._as(kind, language, value, used)
            if shown is not None:
                return self._use(name, used), shown
        return self._short(term, used), self._full(value, used)

    def _as(self, kind: str, language: str, value: Term, used: set[str]) -> str | None:
        """*value* as a key of *kind* and *language* takes it, or None where it would be read otherwise."""
        if is_iri(value):
            if kind == "@vocab":
                return self._use(word, used) if (word := self._words.get(value.value)) else None
            return self._short(value.value, used) if kind == "@id" else None
        if kind == "text":
            plain = value.datatype.value == XSD.string or bool(language)
            return value.value if plain and (value.language or "") == language else None
        return value.value if value.datatype.value == XSD.base + kind else None

    def _full(self, value: Term, used: set[str]) -> object:
        if is_iri(value):
            return {"@id": self._short(value.value, used)}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype.value == XSD.string:
            return {"@value": value.value}
        return {"@value": value.value, "@type": self._short(value.datatype.value, used)}

    def _short(self, iri: str, used: set[str]) -> str:
        short = self.context.shorten(iri)
        if short != iri:
            used.add(short.partition(":")[0])
        return short

    @staticmethod
    def _use(name: str, used: set[str]) -> str:
        used.add(name)
        return name

    @cached_property
    def _keys(self) -> dict[str, list[tuple[str, str, str]]]:
        """Property → (key, kind, language) of every key that runs forwards."""
        found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for name, key in self.context.keys.items():
            definition = self.context.terms.get(name)
            if not key.reverse and key.iri and isinstance(definition, dict):
                found[key.iri].append((name, key.kind, str(definition.get("@language", ""))))
        return found

    @cached_property
    def _words(self) -> dict[str, str]:
        """IRI → the word that stands for it as a value."""
        return {iri: word for word, iri in sorted(self.context.values.items(), reverse=True)}

    def _own_context(self, used: set[str]) -> dict[str, object]:
        """The part of the context that the document needs."""
        needed = {*used, *(prefix for name in used for prefix in self._prefixes(name)), "id", "type", "states"}
        return {"@version": 1.1, **{name: self.context.terms[name] for name in sorted(needed)}}

    def _prefixes(self, name: str) -> set[str]:
        definition = self.context.terms[name]
        texts = definition.values() if isinstance(definition, dict) else (definition,)
        shorts = (str(text).partition(":")[0] for text in texts)
        return {short for short in shorts if short in self.context.prefixes}


def _single(values: list[object]) -> object:
    return values[0] if len(values) == 1 else values


__all__ = ["Compact"]
