"""One question of a graph with pyoxigraph alone: ``pyoxigraph_patient.py GRAPH.nq QUESTION.rq SECONDS``.

Prints seconds and rows as JSON, null when it took longer than SECONDS. pyoxigraph cannot be interrupted, so the
question is asked in a fork that can.
"""

import json
import os
import select
import signal
import sys
import time
from pathlib import Path

import pyoxigraph

store = pyoxigraph.Store()
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
text = Path(sys.argv[2]).read_text("utf-8")
reader, writer = os.pipe()
pid = os.fork()
if not pid:
    began = time.perf_counter()
    rows = [[term.value for term in row] for row in store.query(text)]
    with os.fdopen(writer, "w") as pipe:
        json.dump({"seconds": time.perf_counter() - began, "rows": rows}, pipe)
    os._exit(0)
os.close(writer)
with os.fdopen(reader) as pipe:
    came = select.select([pipe], [], [], float(sys.argv[3]))[0]
    if not came:
        os.kill(pid, signal.SIGKILL)
    print(pipe.read() if came else "null")
os.waitpid(pid, 0)
