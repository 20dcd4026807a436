"""Validate a graph with pyshacl: ``pyshacl_validate.py GRAPH.nt SHAPES.ttl RESULTS.ttl``."""

import sys

import pyshacl
import rdflib

data = rdflib.Graph().parse(sys.argv[1], format="nt")
_, results, explanation = pyshacl.validate(data, shacl_graph=sys.argv[2], inference="none", advanced=False)
if not isinstance(results, rdflib.Graph):
    sys.exit(f"pyshacl refuses the shapes: {explanation}")
results.serialize(sys.argv[3], format="turtle", encoding="utf-8")
