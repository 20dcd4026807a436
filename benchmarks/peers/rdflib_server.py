"""The peer of `serve`: rdflib-endpoint over a built graph. Arguments: graph file, port."""

from __future__ import annotations

import sys

import rdflib
import uvicorn
from rdflib_endpoint import SparqlEndpoint

path, port = sys.argv[1], int(sys.argv[2])
dataset = rdflib.Dataset(default_union=False)
dataset.parse(path, format="nquads")
uvicorn.run(SparqlEndpoint(graph=dataset, path="/sparql"), host="127.0.0.1", port=port, log_level="error")
