"""Ask one question of an N-Quads file with rdflib: ``rdflib_query.py GRAPH.nq QUESTION.rq``, CSV on standard output."""

import sys
from pathlib import Path

import rdflib

graph = rdflib.Dataset()
graph.parse(sys.argv[1], format="nquads")
answer = graph.query(Path(sys.argv[2]).read_text("utf-8"))
sys.stdout.buffer.write(answer.serialize(format="csv"))
