"""Ask questions of one graph with rdflib: ``rdflib_questions.py GRAPH.nq QUESTIONS.json``.

QUESTIONS.json is a list of ``[name, text, seconds]``; a question that takes longer is given up. Prints one line of JSON
on the load, then one for each question: null for seconds where it was given up.
"""

import json
import signal
import sys
import time
from pathlib import Path

import rdflib
from answers import digest, memory


class GivenUp(BaseException):
    """Raised in the middle of an evaluation, past everything that catches `Exception`."""


def give_up(*_):
    """End an evaluation."""
    raise GivenUp


signal.signal(signal.SIGALRM, give_up)
began = time.perf_counter()
dataset = rdflib.Dataset()
dataset.parse(sys.argv[1], format="nquads")
print(json.dumps({"loaded": time.perf_counter() - began, "memory": memory()}), flush=True)
for name, text, seconds in json.loads(Path(sys.argv[2]).read_text("utf-8")):
    began = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        answer = dataset.query(text).serialize(format="csv")
        took = time.perf_counter() - began
    except GivenUp:
        answer, took = None, None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    print(json.dumps({"name": name, "seconds": took, "answer": answer and digest(answer)}), flush=True)
