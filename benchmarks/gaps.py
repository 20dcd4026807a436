"""Goal 7: the report on gaps at size, beside one query that asks for every kommun and area with FILTER NOT EXISTS."""

from __future__ import annotations

import json
import time
from pathlib import Path

from samverkansgraf.knowledge import Knowledge
from samverkansgraf.reports.coverage import Coverage
from samverkansgraf.reports.gaps import gaps
from samverkansgraf.reports.kommun_areas import crossings
from samverkansgraf.store import EmbeddedStore
from samverkansgraf.texts import texts

from .countries import Country
from .timing import Differs, Process, Row, peer

LEAST, MOST = 100, 420.0
"""Least ratio; seconds after which the query is given up."""
QUERY = """
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sg: <https://w3id.org/samverkansgraf/ns#>
SELECT DISTINCT ?home ?area ?kommun WHERE {
  VALUES ?kind { sg:CooperationArea sg:Priority sg:FocusArea }
  ?named a sg:Passage ; sg:document/sg:collection ?home .
  GRAPH ?named { ?area a ?kind }
  {
    SELECT DISTINCT ?home ?kommun WHERE {
      ?typed a sg:Passage ; sg:document/sg:collection ?home .
      GRAPH ?typed { ?forum a ?class }
      ?forum a sg:Forum .
      { ?forum org:hasMember ?kommun } UNION { ?kommun sg:hosts ?forum }
      UNION { ?seats sg:forum ?forum ; sg:appointedByEach/org:hasMember ?kommun }
      ?kommun a sg:Municipality .
    }
  }
  FILTER NOT EXISTS {
    { ?forum sg:concerns ?topic } UNION { ?task sg:concerns ?topic ; sg:assignedTo ?forum }
    ?topic skos:broader* ?area .
    { ?forum org:hasMember ?kommun } UNION { ?kommun sg:hosts ?forum }
    UNION { ?seats sg:forum ?forum ; sg:appointedByEach/org:hasMember ?kommun }
  }
}
"""
"""Which kommun that sits in anything of an agreement sits nowhere in anything for an area that the agreement names."""


def gap_rows(small: Country, large: Country, folder: Path) -> list[Row]:
    """The row of goal 7; `Differs` where report and query differ on the small graph, where the query ends."""
    folder.mkdir()
    said = peer_answer(small, folder, MOST)
    own = missing(_knowledge(small))
    if said is None or said[1] != own or not own:
        raise Differs(f"gaps: {len(own)} pairs of ours, the query has {said and len(said[1])}")
    store = _knowledge(large).store
    began = time.perf_counter()
    gaps(Knowledge(store, large.workspace), texts("sv"))
    seconds = time.perf_counter() - began
    patience = min(MOST, LEAST * seconds)
    found = peer_answer(large, folder, patience)
    name = "NOT EXISTS in Oxigraph" + ("" if found else f" (at least: given up after {patience:.0f} s)")
    work = f"report gaps, {large.quads} quads ({len(own)} pairs equal at {small.quads})"
    return [Row("7", work, name, seconds, found[0] if found else patience, LEAST * 0.999, f"≥ {LEAST}×")]


def missing(knowledge: Knowledge) -> set[tuple[str, str, str]]:
    """(collection, area, kommun) of every kommun that the report counts as being nowhere in anything for the area."""
    crossed = crossings(Coverage(knowledge))
    seated = {pair for one in crossed for pair in one.seated}
    found = ((one.collection, area, kommun) for one in crossed for area in one.areas for kommun in one.kommuner)
    return {(home, *pair) for home, *pair in found if tuple(pair) not in seated}


def peer_answer(country: Country, folder: Path, most: float) -> tuple[float, set[tuple[str, str, str]]] | None:
    """Seconds and answer of the query; None when it was given up."""
    query = folder / "gaps.rq"
    query.write_text(QUERY, "utf-8")
    printed = Process(peer("pyoxigraph_patient.py", str(country.graph), str(query), str(most)), folder).run()[1]
    answer = json.loads(printed)
    return None if answer is None else (answer["seconds"], {tuple(row) for row in answer["rows"]})


def _knowledge(country: Country) -> Knowledge:
    return Knowledge(EmbeddedStore.open(country.graph), country.workspace)
