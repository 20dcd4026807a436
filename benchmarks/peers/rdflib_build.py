"""Parse, validate and write a finished graph with rdflib and pyshacl: ``rdflib_build.py GRAPH.nq SHAPES.ttl FOLDER``.

Writes sorted ``graph.nq``, ``graph.ttl`` (the default graph) and ``results.ttl`` (the validation report) to FOLDER.
"""

import sys
from pathlib import Path

import pyshacl
import rdflib

source, shapes, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
dataset = rdflib.Dataset()
dataset.parse(source, format="nquads")
facts = dataset.default_graph
_, results, explanation = pyshacl.validate(facts, shacl_graph=shapes, inference="none", advanced=False)
if not isinstance(results, rdflib.Graph):
    sys.exit(f"pyshacl refuses the shapes: {explanation}")
results.serialize(folder / "results.ttl", format="turtle", encoding="utf-8")
lines = dataset.serialize(format="nquads", encoding="utf-8").splitlines(keepends=True)
(folder / "graph.nq").write_bytes(b"".join(sorted(line for line in lines if line.strip())))
facts.serialize(folder / "graph.ttl", format="turtle", encoding="utf-8")
