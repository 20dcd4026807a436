"""Validate a graph by itself and print the findings as JSON: ``python -m benchmarks.validated GRAPH.nt``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .shapes import our_findings
from .validating import ONTOLOGY

if __name__ == "__main__":
    print(json.dumps(sorted(our_findings(Path(sys.argv[1]), ONTOLOGY))))
