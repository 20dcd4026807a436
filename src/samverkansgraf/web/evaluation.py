"""What a query worker answers: one SPARQL query, read-only, cut at the limit of rows."""

from __future__ import annotations

from collections.abc import Callable

from .. import results
from ..context import Context
from ..errors import OutputError, QueryError, StoreError
from ..guard import guard
from ..store import Store, Triples, open_store
from ..workspace import Workspace, package_root
from .limits import Limits
from .negotiation import GRAPHS, RESULTS
from .worker import Answer, Question, refusal


def evaluation(workspace: Workspace, limits: Limits) -> Callable[[Question], Answer]:
    """Open the graph of *workspace*; the function returned answers questions.

    A question has ``query``, ``default`` and ``named`` (graph IRIs of the dataset; none of them for the whole),
    ``results`` and ``graphs`` (the format for either kind of answer, or None when the client takes none), and
    ``rows`` and ``link`` (for cut answers).
    """
    store = open_store(workspace)
    prefixes = Context(package_root() / "ontology" / "context.jsonld", workspace.prefixes).prefixes

    def answer(question: Question) -> Answer:
        try:
            return _answered(store, prefixes, limits, question)
        except QueryError as exc:
            return refusal(400, str(exc))
        except OutputError as exc:
            return refusal(406, str(exc))
        except StoreError as exc:
            return refusal(502, str(exc))
        except (OSError, RuntimeError, ValueError) as exc:
            return refusal(400, f"The query cannot be evaluated: {exc}")

    return answer


def _answered(store: Store, prefixes: dict[str, str], limits: Limits, question: Question) -> Answer:
    dataset = _dataset(store, question)
    text = guard(question["query"], store.has_graph, prefixes)
    result = store.query(text, prefixes, dataset=dataset)
    kind = "graphs" if isinstance(result, Triples) else "results"
    fmt = question[kind]
    if fmt is None:
        offered = ", ".join(media for media, _ in {"graphs": GRAPHS, "results": RESULTS}[kind])
        return refusal(406, f"The answer can be had as {offered}; the Accept header takes none of them.")
    written = results.write(
        result, fmt, results.Limit(min(question["rows"], limits.rows), link=question["link"]), prefixes
    )
    return {"status": 200, "kind": kind, "cut": written.cut, "rows": written.rows}, written.body


def _dataset(store: Store, question: Question) -> tuple[list[str], list[str]] | None:
    """Graphs of the protocol's dataset, each of which must be loaded; None where the client names none."""
    default, named = question["default"], question["named"]
    for graph in (*default, *named):
        if not store.has_graph(graph):
            raise QueryError(f"There is no graph <{graph}> here; only graphs that are loaded can be asked.")
    return (default, named) if default or named else None
