"""The library a person would want in a notebook: open a graph, ask it, draw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .answers import Answer
from .errors import QueryError
from .guard import guard
from .knowledge import Knowledge
from .queries import NamedQuery, named_queries, typed_term, vocabulary_terms
from .store import EmbeddedStore
from .terms import SG
from .texts import texts
from .workspace import Workspace

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from .errors import Finding
    from .maps.gallery import Gallery
    from .notebook import Page
    from .reports import Report

_NAMES_OF_THINGS = ("collection", "first", "second", "of", "thing", "start", "end", "area", "without")


@dataclass(frozen=True)
class Graph:
    """A built graph.

    >>> g = open()
    >>> g.query("SELECT ?seats WHERE { vb:pkd sg:seats ?seats }", is_text=True).rows
    [{'seats': 30}]
    """

    workspace: Workspace
    lang: str = "sv"

    @cached_property
    def knowledge(self) -> Knowledge:
        """The loaded graph with its names and evidence."""
        return Knowledge.open(self.workspace)

    def query(self, query: str, /, *, is_text: bool = False, **params: str) -> Answer:
        """Answer a named query (``theme/question``), a `.rq` file, or (*is_text*, or text with ``{``) a SPARQL text.

        Project prefixes need no declaration in a text. Things in *params* may be given by name. Raises `QueryError`.
        """
        if is_text or "{" in query:
            if params:
                raise QueryError("A query text has no parameters; write the value in it, or use a named query.")
            text, named = query, None
        else:
            named = self._named(query)
            types = {parameter.name: parameter for parameter in named.parameters}
            terms = {n: self._term(types[n].type, typed_term, types[n], v) for n, v in params.items() if n in types}
            text = named.bound(terms | {name: "UNDEF" for name in params if name not in types})
        prefixes = self.knowledge.context.prefixes
        result = self.knowledge.store.query(guard(text, self.knowledge.store.has_graph, prefixes), prefixes)
        return Answer(result, self.knowledge, self.lang, named)

    def unknown_terms(self, text: str) -> list[str]:
        """The ``sg:`` terms of a query text that the vocabulary does not have: they can only match nothing."""
        ask = f"ASK {{{{ <{SG.base}{{}}> a ?kind }}}}"
        return [f"sg:{name}" for name in vocabulary_terms(text) if not self.knowledge.store.ask(ask.format(name))]

    def _term(self, kind: str, typed: object, parameter: object, value: str) -> str:
        if kind == "thing":
            return f"<{self.knowledge.things.find(value)}>"
        return typed(parameter, value)  # type: ignore[operator, no-any-return]

    def _named(self, name: str) -> NamedQuery:
        from .queries import named_query, read_query

        if name.endswith(".rq") and Path(name).is_file():
            return read_query(Path(name), Path(name).parent)
        folders = self.workspace.folders("queries")
        if found := named_query(name, folders):
            return found
        import difflib

        near = difflib.get_close_matches(name, named_queries(folders), n=3, cutoff=0.4)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise QueryError(f"There is no named query or file {name!r}.{hint} `samverkansgraf queries` lists them.")

    def named_queries(self) -> Report:
        """The named queries: name, question, parameters."""
        from .reports import Column, Report, Row, Table

        words = texts(self.lang)
        heads = tuple(Column(key, words(f"queries.{key}")) for key in ("name", "question", "parameters"))
        found = named_queries(self.workspace.folders("queries")).values()
        rows = tuple(
            Row((q.name, q.header.get("question", ""), "; ".join(f"{p.name}: {p.meaning}" for p in q.parameters)), "")
            for q in found
        )
        title, counted = words("queries.title"), words.count("query", len(rows))
        return Report("queries", title, title, counted, (Table("", heads, rows),), lang=self.lang)

    def report(self, name: str, *, at: str | None = None, modalities: Sequence[str] = (), **options: object) -> Report:
        """Report *name*; names of things in *options* may be given as a person says them.

        *at* (2025, 2025-06 or 2025-06-30) leaves out what is certainly not in force then; *modalities* keeps
        only rows of those. Raises `QueryError` for an unknown report or a malformed date, `UnknownThing` for an unknown
        name.
        """
        from .reports import REPORTS, WITH_POPULATION, find_report

        if name not in REPORTS:
            raise QueryError(f"There is no report {name!r}; reports are {', '.join(REPORTS)}.")
        for key in _NAMES_OF_THINGS:
            if isinstance(options.get(key), str):
                options[key] = self._thing(key, str(options[key]))
        if name in WITH_POPULATION:
            from .population import load

            options.setdefault("population", load(self.workspace))
        if name == "timeline":
            options["at"], at = at, None
        knowledge, notes = _at(self.knowledge, at, self.lang)
        made = find_report(name)(knowledge, texts(self.lang), **options)
        return made.with_notes(notes).only(modalities)

    def diff(
        self, old: Path | str, new: Path | str | None = None, *,
        collection: str | None = None, at: str | None = None, modalities: Sequence[str] = (),
    ) -> Report:  # fmt: skip
        """What changed from one built graph to another, or what the documents' dates change from one day to another.

        *old* and *new* are two dates (2023, 2023-08, 2023-08-19), or two graphs: a file or a workspace folder each,
        *new* this graph when it is left out. *at* sees both graphs as they are then. Raises `QueryError` for a date
        beside a graph.
        """
        from .reports.between import between
        from .reports.diff import diff

        where = self._thing("collection", collection) if collection else None
        if dates := _dates(old, new):
            if at:
                raise QueryError("--at: two dates are compared already; leave it out.")
            return between(self.knowledge, texts(self.lang), *dates, collection=where).only(modalities)
        later = self.knowledge if new is None else _opened(Path(new))
        (before, _), (after, notes) = (_at(one, at, self.lang) for one in (_opened(Path(old)), later))
        return diff(before, after, texts(self.lang), collection=where).with_notes(notes).only(modalities)

    def what_if(
        self, path: Path, *, collection: str | None = None, at: str | None = None, modalities: Sequence[str] = ()
    ) -> Report:
        """What would change under the supposition in the file *path* (see `overlay.read_overlay`)."""
        from .overlay import read_overlay
        from .reports.what_if import what_if

        where = self._thing("collection", collection) if collection else None
        overlay = read_overlay(path, self.knowledge)
        knowledge, notes = _at(self.knowledge, at, self.lang)
        made = what_if(knowledge, texts(self.lang), overlay=overlay, collection=where)
        return made.with_notes(notes).only(modalities)

    def _thing(self, key: str, name: str) -> str:
        if key in {"collection", "first", "second"}:
            return self.knowledge.collection(name)
        return self.knowledge.things.find(name)

    def network(self) -> nx.MultiDiGraph:
        """Every relation, stated or not, as a NetworkX multigraph (see `network.projection.project`)."""
        from .network import project, relations

        return project(relations(self.knowledge), self.knowledge.groups)

    def map(
        self, path: Path | str | None = None, *, collection: str | None = None, around: str | None = None,
        hops: int = 2, with_quotes: bool = False, sources: Path | None = None,
    ) -> Page:  # fmt: skip
        """The interactive map as one HTML page, which a notebook shows; written to *path* too when it is given.

        Only *collection*, or only what lies at most *hops* lines from *around*; *with_quotes* shows the full wording of
        passages, from *sources* or where the workspace looks for source texts. Raises `UnknownThing` for a name,
        `QueryError` for a thing that is not drawn, `WorkspaceError` where no source text is at hand.
        """
        from .maps import draw
        from .notebook import Page
        from .population import load
        from .quotes import quotes_at_hand

        folders = self.workspace.source_folders(sources)
        page = draw(
            self.knowledge, texts(self.lang), hops=hops, population=load(self.workspace),
            quotes=quotes_at_hand(self.knowledge, folders) if with_quotes else {},
            collection=self._thing("collection", collection) if collection else None,
            around=self._thing("around", around) if around else None,
        )  # fmt: skip
        if path is not None:
            Path(path).write_bytes(page.encode())
        return Page(page)

    def frame(self, report: str, /, *, table: int = 1, **options: object) -> pd.DataFrame:
        """A table of a report as a pandas DataFrame (see `notebook.data_frame`)."""
        from .notebook import data_frame

        return data_frame(self.report(report, **options), table)  # type: ignore[arg-type]

    def export(self, fmt: str, *, collection: str | None = None, of: str | None = None) -> dict[str, bytes]:
        """The graph, or what is around one thing, in a format of another tool (see `exports.EXPORTS`): name → bytes."""
        from .exports import Request, export

        where = self._thing("collection", collection) if collection else None
        return export(Request(self.knowledge, self.lang, where, self._thing("of", of) if of else None), fmt)

    @cached_property
    def pictures(self) -> Gallery:
        """Static pictures: ``pictures.geography("seats")``, ``pictures.minimap("PKD")`` …; a notebook shows them."""
        from .maps.gallery import Gallery

        return Gallery(self.knowledge, texts(self.lang))

    def to_rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over this very graph; nothing is copied."""
        return self.knowledge.store.to_rdflib()

    def validation(self) -> tuple[Report, str | None]:
        """Results of the shapes as a report, and the worst severity among them (None when there are no results)."""
        from .reports.validation import validation

        return validation(self.knowledge, texts(self.lang))

    def sources(self, folder: Path | None = None) -> tuple[Report, Sequence[Finding]]:
        """Coverage of the source documents as a report, and what does not match."""
        from .reports.sources import sources

        return sources(self.workspace, self.workspace.source_folders(folder), texts(self.lang))


def _dates(old: Path | str, new: Path | str | None) -> tuple[str, str] | None:
    """Both as dates, or nothing when both are graphs; `QueryError` for one of each, or for neither."""
    kinds = [_is_date(one) for one in (old, new) if one is not None]
    if all(kinds) and new is not None:
        return str(old), str(new)
    if any(kinds):
        date, other = (old, new) if kinds[0] else (new, old)
        seen = f"and {str(other)!r} is a graph" if other is not None else "and stands alone"
        raise QueryError(f"{str(date)!r} is a date {seen}; give two dates, such as `diff 2023 2026`, or two graphs.")
    return None


def _is_date(given: Path | str) -> bool:
    """Whether *given* is a date, and no file of that name."""
    from .period import PartialDate

    if Path(given).exists():
        return False
    try:
        PartialDate.parse(str(given))
    except ValueError:
        raise QueryError(
            f"{given}: there is no such file or folder, and it is no date; write a path, 2023, 2023-08 or 2023-08-19."
        ) from None
    return True


def _at(knowledge: Knowledge, moment: str | None, lang: str) -> tuple[Knowledge, tuple[str, ...]]:
    """*knowledge*, at a partial date when one is given, and then the note that says what is left out."""
    from .overlay import at
    from .period import PartialDate

    if moment is None:
        return knowledge, ()
    try:
        then, outside = at(knowledge, PartialDate.parse(moment))
    except ValueError as exc:
        raise QueryError(f"--at: {exc}") from exc
    return then, (texts(lang)("common.at", moment=moment, outside=len(outside)),)


def _opened(path: Path) -> Knowledge:
    """Knowledge of a built graph: an N-Quads file, or the workspace at or above a folder."""
    workspace = Workspace.find(path if path.is_dir() else path.parent)
    return Knowledge(EmbeddedStore.open(workspace.graph_file if path.is_dir() else path), workspace)


def open(  # noqa: A001 - reads as samverkansgraf.open()
    path: Path | str | None = None, *, lang: str = "sv", store: str | None = None
) -> Graph:
    """Open the graph of the workspace at or above *path* (default: here), else the graph that the package holds.

    *store* is ``embedded``, a folder or the address of a SPARQL service; by default SAMVERKANSGRAF_STORE, else the
    workspace's setting, else embedded.
    """
    return Graph(replace(Workspace.find(Path(path) if path else Path.cwd()), store=store), lang)


__all__ = ["Answer", "Graph", "open"]
