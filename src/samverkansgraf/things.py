"""Things and their names: what to call an IRI, and which thing a person means by a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .collation import swedish
from .context import shorten
from .errors import AmbiguousName, UnknownThing
from .store import Store
from .terms import GRAPH, RDF, RDFS, SG, SKOS

_NAMES = f"""
SELECT ?thing ?naming ?name WHERE {{
  VALUES ?naming {{ <{RDFS.label}> <{SKOS.prefLabel}> <{SKOS.altLabel}> <{SG.abbreviation}> <{SKOS.notation}> }}
  ?thing ?naming ?name
}}
"""


_VOCABULARIES = (
    SG.base,
    GRAPH,
    "http://www.w3.org/",
    "http://purl.org/",
    "http://xmlns.com/",
    "http://data.europa.eu/",
)
"""Where names are those of terms and registers, not of things that a person asks for."""


@dataclass(slots=True)
class Naming:
    """Every name of one thing."""

    label: dict[str, str] = field(default_factory=dict)  # language → rdfs:label
    name: dict[str, str] = field(default_factory=dict)  # language → skos:prefLabel
    abbreviation: str = ""
    others: list[str] = field(default_factory=list)

    def all(self) -> list[str]:
        """All names, the ones a list prints first."""
        short = [self.abbreviation] if self.abbreviation else []
        return [*self.label.values(), *self.name.values(), *short, *sorted(self.others)]


class Things:
    """Names of everything in a store, read once."""

    def __init__(self, store: Store, prefixes: Mapping[str, str]) -> None:
        self.store = store
        self.prefixes = prefixes
        self.namings: dict[str, Naming] = {}
        for thing, naming, name in store.select(_NAMES):
            self._add(thing.value, naming.value, name.value, name.language or "")

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        """Names in lower case → the things that bear them; only what a person asks for."""
        found: dict[str, set[str]] = {}
        for iri, naming in self.namings.items():
            if not iri.startswith(_VOCABULARIES):
                for name in naming.all():
                    found.setdefault(name.casefold(), set()).add(iri)
        return found

    def _add(self, thing: str, naming: str, name: str, lang: str) -> None:
        known = self.namings.setdefault(thing, Naming())
        if naming in {RDFS.label, SKOS.prefLabel}:
            target = known.label if naming == RDFS.label else known.name
            target[lang] = min(name, target.get(lang, name))
        elif naming == SG.abbreviation:
            known.abbreviation = min(name, known.abbreviation or name)
        else:
            known.others.append(name)

    def label(self, iri: str, lang: str = "sv") -> str:
        """What lists call *iri*: our own label, else its name, in *lang*, else Swedish, else any; else its IRI."""
        naming = self.namings.get(iri, Naming())
        for names in (naming.label, naming.name):
            if names:
                return names.get(lang) or names.get("sv") or names[min(names)]
        return naming.abbreviation or min(naming.others, default=self.short(iri))

    def heading(self, iri: str, lang: str = "sv") -> str:
        """The abbreviation where there is one, else the label: for narrow columns."""
        naming = self.namings.get(iri)
        return (naming.abbreviation if naming else "") or self.label(iri, lang)

    def long(self, iri: str, lang: str = "sv") -> str:
        """The label with its abbreviation behind it."""
        label, naming = self.label(iri, lang), self.namings.get(iri)
        short = naming.abbreviation if naming else ""
        return f"{label} ({short})" if short and short not in label else label

    def short(self, iri: str) -> str:
        """``prefix:name`` of *iri*, by the longest prefix that fits."""
        return shorten(iri, self.prefixes)

    def find(self, name: str) -> str:
        """IRI of the thing called *name*: an IRI, a short IRI, any name or abbreviation, ignoring case.

        Several bearers of one name are told apart by how they bear it (label, name, abbreviation, alias); a tie, or a
        name nobody bears, raises `UnknownThing` with near names.
        """
        iri = self._as_iri(name)
        if iri is not None:
            return iri
        bearers = self._by_name.get(name.strip().casefold(), set())
        if bearers:
            ranked = sorted((self._rank(one, name), one) for one in bearers)
            if len(ranked) == 1 or ranked[0][0] < ranked[1][0]:
                return ranked[0][1]
            tied = [one for rank, one in ranked if rank == ranked[0][0]]
            raise AmbiguousName(name, [f"{self.label(one)} ({self.short(one)})" for one in tied])
        raise UnknownThing(name, self.near(name))

    def names(self) -> list[str]:
        """Every name and abbreviation that a thing can be asked for by, in Swedish order."""
        asked = (naming for iri, naming in self.namings.items() if not iri.startswith(_VOCABULARIES))
        return sorted({name for naming in asked for name in naming.all()}, key=swedish)

    def near(self, name: str, most: int = 5) -> list[str]:
        """Labels of things whose names look like *name* or contain it."""
        wanted = name.strip().casefold()
        import difflib

        close = difflib.get_close_matches(wanted, self._by_name, n=most, cutoff=0.6)
        inside = sorted((known for known in self._by_name if wanted and wanted in known), key=lambda k: (len(k), k))
        iris = dict.fromkeys(iri for known in [*close, *inside] for iri in sorted(self._by_name[known]))
        return sorted(list(dict.fromkeys(map(self.long, iris)))[:most], key=swedish)

    def _as_iri(self, name: str) -> str | None:
        text = name.strip().removeprefix("<").removesuffix(">")
        prefix, colon, local = text.partition(":")
        iri = self.prefixes[prefix] + local if colon and prefix in self.prefixes else text
        known = iri in self.namings or (iri.startswith("http") and self._exists(iri))
        return iri if known else None

    def _exists(self, iri: str) -> bool:
        return not set(iri) & set('<>"{}|\\^` \n') and self.store.ask(f"ASK {{ <{iri}> ?property ?value }}")

    def _rank(self, iri: str, name: str) -> int:
        naming, wanted = self.namings[iri], name.strip().casefold()
        groups = (naming.label.values(), naming.name.values(), [naming.abbreviation], naming.others)
        ranks = [place for place, names in enumerate(groups) if wanted in (one.casefold() for one in names)]
        return min(ranks, default=9) + (10 if self._is_minor(iri) else 0)

    def _is_minor(self, iri: str) -> bool:
        """Whether *iri* is a bullet of a list, or a collection, rather than the thing that bears the name itself."""
        minor = f"VALUES ?minor {{ <{SG.Topic}> <{SG.Collection}> }}"
        return self.store.ask(f"ASK {{ {minor} <{iri}> <{RDF.type}> ?minor }}")
