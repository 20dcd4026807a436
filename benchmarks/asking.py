"""Goals 1 and 3: a named question on the real graph, from a cold start to the printed answer."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from .timing import REPOSITORY, Differs, Process, Row, medians, ours, peer

QUESTION = "platser/summa-mot-angivet"
RUNS = 9


def asking(folder: Path, *, runs: int = RUNS) -> list[Row]:
    """Rows of goals 1 and 3, with CSV on every side, and with our table for people.

    All sides read one copy of the built graph, so that a build meanwhile changes nothing.
    """
    (folder / "graph").mkdir(parents=True)
    (folder / "samverkansgraf.toml").write_text("", "utf-8")
    graph = Path(shutil.copy(REPOSITORY / "graph" / "samverkansgraf.nq", folder / "graph"))
    text = str(REPOSITORY / "queries" / f"{QUESTION}.rq")
    processes = {
        "csv": Process(ours("query", QUESTION, "--format", "csv"), folder),
        "table": Process(ours("query", QUESTION), folder),
        "rdflib": Process(peer("rdflib_query.py", str(graph), text), folder),
        "pyoxigraph": Process(peer("pyoxigraph_query.py", str(graph), text), folder),
    }
    _agree({name: process.run()[1] for name, process in processes.items() if name != "table"})
    seconds = medians(processes, runs)
    rows = []
    for shape in ("csv", "table"):
        work = f"{QUESTION}, {shape}"
        rows.append(Row("1", work, "rdflib script", seconds[shape], seconds["rdflib"], 7, "≥ 7×"))
        rows.append(
            Row("3", work, "pyoxigraph script", seconds[shape], seconds["pyoxigraph"], 0.4, "≥ 0.4× (≤ 2.5× its time)")
        )
    return rows


def _agree(answers: dict[str, bytes]) -> None:
    read = {name: list(csv.reader(answer.decode().splitlines())) for name, answer in answers.items()}
    first = read["csv"]
    if len(first) < 2:
        raise Differs(f"{QUESTION} has no rows on the built graph")
    for name, rows in read.items():
        if rows != first:
            raise Differs(f"{QUESTION}: {name} answers otherwise: {len(rows)} lines, ours {len(first)}")
