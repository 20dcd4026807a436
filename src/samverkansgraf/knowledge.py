"""A built graph with what its questions need: names, evidence, documents and collections, each read when first used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from .context import Context
from .errors import UnknownThing
from .store import Store, open_store
from .terms import ORG, RDFS, SG, SKOS
from .workspace import Workspace, package_root

if TYPE_CHECKING:
    from .evidence import Evidence, EvidenceBook, Passage
    from .rules import Rule
    from .things import Things

T = TypeVar("T")
_DOCUMENTS = f"""
SELECT ?document ?collection ?status WHERE {{
  ?document <{SG.collection}> ?collection ; <{SG.status}> ?status .
}}
"""
_SUPERCLASSES = f"""
SELECT DISTINCT ?class ?super WHERE {{
  ?class <{RDFS.subClassOf}> ?direct . ?direct <{RDFS.subClassOf}>* ?super .
}}
"""
_TYPES = (
    "SELECT ?thing ?class WHERE { ?thing a ?class }",
    f"""
SELECT ?thing ?class WHERE {{
  ?passage a <{SG.Passage}> ; <{SG.modality}> ?modality .
  FILTER(?modality NOT IN (<{SG.stated}>, <{SG.inferred}>, <{SG.denied}>))
  GRAPH ?passage {{ ?thing a ?class }}
}}
""",
)
"""Classes of facts, then of what passages only propose, permit, intend or take out."""


class Knowledge:
    """A store and the workspace it was built in."""

    def __init__(self, store: Store, workspace: Workspace) -> None:
        self.store = store
        self.workspace = workspace
        self._read: dict[Callable[[Knowledge], object], object] = {}

    @classmethod
    def open(cls, workspace: Workspace) -> Knowledge:
        """Open the graph that *workspace* keeps or points to."""
        return cls(open_store(workspace), workspace)

    def once(self, read: Callable[[Knowledge], T]) -> T:
        """What *read* finds in this graph, looked for when first asked for; many share it, so nobody changes it."""
        if read not in self._read:
            self._read[read] = read(self)
        return cast("T", self._read[read])

    @cached_property
    def context(self) -> Context:
        """The authoring vocabulary, with the prefixes that serve queries too."""
        return Context(package_root() / "ontology" / "context.jsonld", self.workspace.prefixes)

    @cached_property
    def things(self) -> Things:
        """Names of everything."""
        from .things import Things

        return Things(self.store, self.context.prefixes)

    @cached_property
    def rules(self) -> list[Rule]:
        """The rules whose conclusions the graph holds."""
        from .rules import read_rules

        return read_rules(self.workspace.folders("ontology/rules"))

    @cached_property
    def book(self) -> EvidenceBook:
        """Evidence of triples."""
        from .evidence import EvidenceBook

        return EvidenceBook(self.store, self.rules)

    @cached_property
    def documents(self) -> dict[str, tuple[str, str]]:
        """Document IRI → (collection IRI, local name of its status)."""
        rows = self.store.select(_DOCUMENTS)
        return {r["document"].value: (r["collection"].value, r["status"].value.partition("#")[2]) for r in rows}

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """Members of every group, sorted."""
        found: dict[str, list[str]] = {}
        query = f"SELECT ?group ?member WHERE {{ ?group a <{SG.Group}> ; <{ORG.hasMember}>|<{SKOS.member}> ?member }}"
        for row in self.store.select(query):
            found.setdefault(row["group"].value, []).append(row["member"].value)
        return {group: sorted(members) for group, members in sorted(found.items())}

    @cached_property
    def broader(self) -> dict[str, list[str]]:
        """Concept → the concepts directly above it, sorted."""
        found: dict[str, list[str]] = {}
        for row in self.store.select(f"SELECT ?narrow ?broad WHERE {{ ?narrow <{SKOS.broader}> ?broad }}"):
            found.setdefault(row["narrow"].value, []).append(row["broad"].value)
        return {narrow: sorted(broad) for narrow, broad in sorted(found.items())}

    def upwards(self, concept: str) -> list[str]:
        """*concept* and every concept above it, nearest first; a circle ends where it began."""
        found = [concept]
        for one in found:
            found += [above for above in self.broader.get(one, ()) if above not in found]
        return found

    def collection(self, name: str) -> str:
        """IRI of the collection called *name*; `UnknownThing` lists the collections there are."""
        every = sorted({collection for collection, _ in self.documents.values()})
        for iri in every:
            if name.casefold() in {
                iri,
                self.things.short(iri),
                iri.rpartition("/")[2],
                self.things.label(iri).casefold(),
            }:
                return iri
        raise UnknownThing(name, [self.things.label(iri) for iri in every])

    def passages(self, iris: Iterable[str], collection: str | None = None) -> tuple[Passage, ...]:
        """Passages by IRI, only those of *collection* when it is given."""
        found = self.book.sorted(iris)
        if collection is None:
            return found
        return tuple(one for one in found if self.documents[one.document][0] == collection)

    def passage(self, iri: str, collection: str | None = None) -> Passage | None:
        """The passage *iri*; nothing for what is none, or is of another collection than the one given."""
        found = self.book.passages.get(iri)
        return found if found and (collection is None or self.documents[found.document][0] == collection) else None

    def within(self, collection: str | None, passage: str = "?passage") -> str:
        """A pattern that keeps *passage* (a variable) to the documents of *collection*; empty without one."""
        if collection is None:
            return ""
        home = f"{passage}Home"
        return f"{home} <{SG.collection}> <{collection}> . {passage} <{SG.document}> {home} ."

    def evidence(self, subject: str, predicate: str, value: str) -> Evidence:
        """Evidence of one triple, each term an IRI."""
        return self.book.of(f"<{subject}>", f"<{predicate}>", f"<{value}>")

    def typed_in(self, thing: str) -> list[str]:
        """Passages that say what kind of thing *thing* is."""
        query = f"SELECT ?passage WHERE {{ ?passage a <{SG.Passage}> . GRAPH ?passage {{ <{thing}> a ?class }} }}"
        return [row["passage"].value for row in self.store.select(query)]

    @cached_property
    def superclasses(self) -> dict[str, set[str]]:
        """Class → every class above it."""
        above: dict[str, set[str]] = {}
        for row in self.store.select(_SUPERCLASSES):
            above.setdefault(row["class"].value, set()).add(row["super"].value)
        return above

    def described(self, thing: str) -> list[tuple[str, str, bool]]:
        """(property, value, whether the value is an IRI) of every fact with *thing* as subject, sorted."""
        rows = self.store.select(f"SELECT ?property ?value WHERE {{ <{thing}> ?property ?value }}")
        return sorted((r["property"].value, r["value"].value, not hasattr(r["value"], "datatype")) for r in rows)

    @cached_property
    def classes(self) -> dict[str, frozenset[str]]:
        """Every class of everything that any passage or register types, superclasses too; also of what is proposed."""
        found: dict[str, set[str]] = {}
        for query in _TYPES:
            for thing, kind in self.store.select(query):
                found.setdefault(thing.value, set()).add(kind.value)
        alike: dict[frozenset[str], frozenset[str]] = {}
        for own in set(map(frozenset, found.values())):
            alike[own] = own.union(*(self.superclasses.get(kind, ()) for kind in own))
        return {thing: alike[frozenset(kinds)] for thing, kinds in found.items()}

    def narrowest(self, thing: str) -> frozenset[str]:
        """The most specific classes of *thing*; none where nothing says what it is."""
        kinds = self.classes.get(thing, frozenset())
        return kinds - {above for kind in kinds for above in self.superclasses.get(kind, ()) if above != kind}

    @cached_property
    def _alike(self) -> dict[frozenset[str], set[str]]:
        """Classes → the things that have just them."""
        found: dict[frozenset[str], set[str]] = {}
        for thing, kinds in self.classes.items():
            found.setdefault(kinds, set()).add(thing)
        return found

    def instances(self, *classes: str) -> set[str]:
        """Things of any of *classes*, stated or not."""
        return set().union(*(things for kinds, things in self._alike.items() if not kinds.isdisjoint(classes)))
