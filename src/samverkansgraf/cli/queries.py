"""The commands that ask: one query, and the list of the named ones."""

from __future__ import annotations

import math
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import FORMATS, GRAPH_FORMATS, emit, output_options, page_width, read_stdin, say
from .progress import progress

if TYPE_CHECKING:
    from .main import State


_SECONDS = click.FloatRange(0, 10_000_000, min_open=True)


def _number(_: click.Context, __: click.Parameter, seconds: float | None) -> float | None:
    """Refuse ``nan``, which is neither too little nor too much."""
    if seconds is not None and math.isnan(seconds):
        raise click.BadParameter("nan is no number of seconds")
    return seconds


@click.command()
@click.argument("query")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Value of a parameter; may be repeated.")
@click.option("--timeout", type=_SECONDS, callback=_number, help="Stop after so many seconds.")
@click.option("--max-rows", type=click.IntRange(1), help="Cut the answer after so many rows.")
@output_options(formats=(*FORMATS, *GRAPH_FORMATS))
@click.pass_obj
def query(
    state: State, query: str, params: tuple[str, ...], timeout: float | None, max_rows: int | None, fmt: str,
    output: Path | None,
) -> None:  # fmt: skip
    """Run a named query, a FILE.rq, or `-` for a query on standard input.

    \b
    samverkansgraf query platser/summa-mot-angivet
    echo 'SELECT ?x WHERE { ?x a sg:Network }' | samverkansgraf query - --timeout 30 --max-rows 1000
    """
    text = read_stdin() if query == "-" else query
    graph = state.graph
    given = _given(params)
    with stoppable(timeout), progress("Asking", shown=fmt != "json"):
        answer = graph.query(text, is_text=query == "-", **given).limited(max_rows)
        unknown = graph.unknown_terms(text) if "{" in text else []
        written = answer.to(fmt, width=page_width())
    if unknown:
        say(f"Not in the vocabulary, so it matches nothing: {', '.join(unknown)}.")
    emit(written, output, fmt)
    if answer.cut:
        say(f"Cut after {max_rows} rows; there are more.")


def _given(params: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.BadParameter(f"{param!r} should look like name=value", param_hint="--param")
        if name in given or name == "is_text":
            raise click.BadParameter(f"{name!r} is given twice, or is no parameter's name", param_hint="--param")
        given[name] = value
    return given


@contextmanager
def stoppable(seconds: float | None) -> Iterator[None]:
    """Let Ctrl-C, and the end of *seconds*, end the process at once: an engine at work does not look at signals."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    timer = threading.Timer(seconds, _stop, (seconds,)) if seconds else None
    if timer:
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if timer:
            timer.cancel()


def _stop(seconds: float) -> None:
    say(f"Stopped after {seconds:g} s; nothing was written. Ask for less, or give a longer --timeout.")
    os._exit(1)


@click.command()
@output_options()
@click.pass_obj
def queries(state: State, fmt: str, output: Path | None) -> None:
    """List the named queries with their questions and parameters.

    \b
    samverkansgraf queries
    samverkansgraf queries --format md
    """
    from ..render import render

    emit(render(state.graph.named_queries(), fmt, width=page_width()), output, fmt)


COMMANDS = (query, queries)
