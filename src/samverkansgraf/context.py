"""The authoring vocabulary: what each key of `ontology/context.jsonld` means and which values it takes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .errors import DataError, Finding
from .period import PartialDate
from .terms import LOCAL_NAME

_INTEGER = re.compile(r"-?\d+\Z", re.ASCII)
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?\Z", re.ASCII)
_DURATION = re.compile(r"P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?\Z", re.ASCII)
_ABSOLUTE = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")
PROPERTY_NAMING_KEYS = frozenset({"leavesOpen", "verb"})
"""Keys whose values name a property (or a role)."""

Json = str | dict[str, "Json"] | list["Json"]


@dataclass(frozen=True, slots=True)
class Key:
    """One authoring key: its IRI, whether it runs backwards, and the kind of value it takes."""

    name: str
    iri: str
    kind: str  # "@id", "@type", "@graph", "@vocab", "text" or the local name of an XSD datatype
    reverse: bool = False


def _lexical(pattern: re.Pattern[str], example: str) -> Callable[[str], str | None]:
    return lambda text: None if pattern.match(text) else f"should look like {example}"


def _date_problem(text: str) -> str | None:
    try:
        PartialDate.parse(text)
    except ValueError as exc:
        return str(exc)
    return None


LEXICAL: Mapping[str, Callable[[str], str | None]] = {
    "integer": _lexical(_INTEGER, "30, without spaces or units"),
    "decimal": _lexical(_DECIMAL, "0.25, with a decimal point"),
    "duration": _lexical(_DURATION, "P1Y"),
    "boolean": lambda text: None if text in {"true", "false"} else "should be true or false",
    "date": _date_problem,
    "gYear": _date_problem,
}


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """``prefix:name`` of *iri* by the longest prefix that fits, or *iri* itself.

    >>> shorten("http://example.org/a/b", {"x": "http://example.org/", "y": "http://example.org/a/"})
    'y:b'
    """
    fitting = ((base, prefix) for prefix, base in prefixes.items() if iri.startswith(base))
    base, prefix = max(fitting, key=lambda pair: len(pair[0]), default=("", ""))
    return f"{prefix}:{iri[len(base) :]}" if prefix and LOCAL_NAME.match(iri[len(base) :]) else iri


class Context:
    """`context.jsonld`, read once, with the prefixes a workspace adds."""

    def __init__(self, path: Path, prefixes: Mapping[str, str] | None = None) -> None:
        self.path = path
        self.terms: dict[str, object] = json.loads(path.read_text("utf-8"))["@context"]
        for name, iri in (prefixes or {}).items():
            if not (_ABSOLUTE.match(iri) and iri[-1] in "/#"):
                seen = f"prefix {name!r} should stand for an address that ends in / or #, not {iri!r}"
                raise DataError([Finding("samverkansgraf.toml", 0, seen)])
            if self.terms.setdefault(name, iri) != iri:
                raise DataError([Finding("samverkansgraf.toml", 0, f"prefix {name!r} is taken; choose another name")])

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Prefix → IRI: the one table that serves context, queries, dumps and docs."""
        plain = {name: iri for name, iri in self.terms.items() if isinstance(iri, str)}
        return {name: iri for name, iri in plain.items() if iri.startswith("http") and iri[-1] in "/#"}

    @cached_property
    def keys(self) -> dict[str, Key]:
        """Every authoring key by name."""
        keys = {"id": Key("id", "@id", "@id"), "type": Key("type", "@type", "@type"), "states": Key("", "", "@graph")}
        for name, definition in self.terms.items():
            if isinstance(definition, dict):
                iri = definition.get("@id") or definition["@reverse"]
                kind = definition.get("@type", "text").removeprefix("xsd:")
                keys[name] = Key(name, self.expand(iri), kind, "@reverse" in definition)
        return keys

    @cached_property
    def values(self) -> dict[str, str]:
        """Every word that may stand as a value (class, modality, status, role …) → IRI."""
        plain = {name: iri for name, iri in self.terms.items() if isinstance(iri, str) and not iri.startswith("@")}
        return {name: self.expand(iri) for name, iri in plain.items() if name not in self.prefixes}

    def expand(self, short: str) -> str:
        """Full IRI of ``prefix:name``; raises `ValueError` that says what is wrong with it."""
        prefix, colon, local = short.partition(":")
        if colon and prefix in self.prefixes:
            if not LOCAL_NAME.match(local):
                raise ValueError(f"{short!r}: after the prefix only ASCII letters, digits, '-' and '.'")
            return self.prefixes[prefix] + local
        if _ABSOLUTE.match(short):
            return short
        advice = "write for example vb:pkd, or declare your own under [prefixes] in samverkansgraf.toml"
        raise ValueError(f"{short!r} has no declared prefix; {advice}")

    def shorten(self, iri: str) -> str:
        """``prefix:name`` of *iri*, or *iri* itself when no prefix fits."""
        return shorten(iri, self.prefixes)

    def problem(self, key: Key, text: str) -> str | None:
        """What is wrong with *text* as a value of *key*, or None."""
        if key.kind in {"@vocab", "@type"}:
            if key.name in PROPERTY_NAMING_KEYS and text in self.keys:
                reverse = self.keys[text].reverse
                return f"{text!r} runs backwards; name the property that points the other way" if reverse else None
            return None if text in self.values else f"{text!r} is no word of the vocabulary"
        if key.kind == "@id":
            try:
                self.expand(text)
            except ValueError as exc:
                return str(exc)
            return None
        check = LEXICAL.get(key.kind)
        return check(text) if check else None

    def word(self, text: str) -> str:
        """IRI of a word that stands as a value; keys count too (`leavesOpen: seats`)."""
        return self.values[text] if text in self.values else self.keys[text].iri

    def json_value(self, key: Key, text: str) -> Json:
        """*text* as JSON-LD: a date's datatype follows its length, the context does the rest."""
        if key.kind in {"date", "gYear"}:
            return {"@value": text, "@type": PartialDate.parse(text).datatype}
        return text
