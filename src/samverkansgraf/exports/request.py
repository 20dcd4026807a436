"""What is to be exported, and which module writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module

from ..errors import OutputError
from ..inventory import Edge, Facts, Node, Table, edges, nodes, read_facts, tables
from ..knowledge import Knowledge
from ..texts import Texts, texts


@dataclass(frozen=True)
class Request:
    """A graph, the language of labels, and what to keep: one collection (IRI), or what is around one thing (IRI)."""

    knowledge: Knowledge
    lang: str = "sv"
    collection: str | None = None
    of: str | None = None

    @property
    def words(self) -> Texts:
        """Texts in the language of the export."""
        return texts(self.lang)

    @cached_property
    def title(self) -> str:
        """What the export is called."""
        where = self.of or self.collection
        return self.knowledge.things.label(where, self.lang) if where else "samverkansgraf"

    @cached_property
    def facts(self) -> Facts:
        """Facts, all or those of the collection."""
        return read_facts(self.knowledge, self.collection)

    @cached_property
    def edges(self) -> list[Edge]:
        """Edges of those facts."""
        return edges(self.facts)

    @cached_property
    def nodes(self) -> list[Node]:
        """Things at the ends of the edges."""
        return nodes(self.facts, self.edges, self.lang)

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of those facts."""
        return tables(self.facts, self.edges, self.lang)


@dataclass(frozen=True, slots=True)
class Export:
    """A format: the function that writes it (``module:function``), its ending, and what it can be asked for.

    An ending that is empty is a folder of several files.
    """

    function: str
    suffix: str
    media: str
    of: bool = False
    """Whether it shows what is around one thing."""

    def writer(self) -> Callable[[Request], bytes | dict[str, bytes]]:
        """The function itself, imported when it is asked for."""
        module, _, name = self.function.partition(":")
        found: Callable[[Request], bytes | dict[str, bytes]] = getattr(import_module(f".{module}", __package__), name)
        return found


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORTS = {
    "turtle": Export("rdf:turtle", ".ttl", "text/turtle"),
    "trig": Export("rdf:trig", ".trig", "application/trig"),
    "nquads": Export("rdf:nquads", ".nq", "application/n-quads"),
    "jsonld": Export("rdf:jsonld", ".jsonld", "application/ld+json"),
    "graphml": Export("graphml:graphml", ".graphml", "application/graphml+xml"),
    "gexf": Export("gexf:gexf", ".gexf", "application/gexf+xml"),
    "csvw": Export("csvw:csvw", "", "application/csvm+json"),
    "neo4j": Export("neo4j:neo4j", "", "text/csv"),
    "sqlite": Export("sqlite:sqlite", ".sqlite", "application/vnd.sqlite3"),
    "xlsx": Export("workbook:reports", ".xlsx", _EXCEL),
    "workbook": Export("workbook:template", ".xlsx", _EXCEL),
    "mermaid": Export("diagram:mermaid", ".mmd", "text/vnd.mermaid", of=True),
    "dot": Export("diagram:dot", ".dot", "text/vnd.graphviz", of=True),
    "md": Export("appendix:markdown", ".md", "text/markdown", of=True),
    "docx": Export("appendix:word", ".docx", _WORD, of=True),
}


def export(request: Request, fmt: str) -> dict[str, bytes]:
    """The files of format *fmt*, by name; a format of one file gives one.

    Raises `OutputError` for an unknown format, or for one that cannot be asked about one thing.
    """
    if fmt not in EXPORTS:
        raise OutputError(f"There is no export {fmt!r}; exports are {', '.join(EXPORTS)}.")
    about = EXPORTS[fmt]
    if request.of and not about.of:
        able = ", ".join(name for name, one in EXPORTS.items() if one.of)
        raise OutputError(f"{fmt} holds a whole graph or collection; --of is for {able}.")
    made = about.writer()(request)
    return made if isinstance(made, dict) else {f"samverkansgraf{about.suffix}": made}
