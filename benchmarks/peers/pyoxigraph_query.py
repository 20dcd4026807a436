"""Ask one question of an N-Quads file with pyoxigraph alone: ``pyoxigraph_query.py GRAPH.nq QUESTION.rq``, CSV out."""

import sys
from pathlib import Path

import pyoxigraph

store = pyoxigraph.Store()
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
answer = store.query(Path(sys.argv[2]).read_text("utf-8"))
sys.stdout.buffer.write(answer.serialize(format=pyoxigraph.QueryResultsFormat.CSV))
