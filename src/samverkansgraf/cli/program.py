"""The program from start to end."""

from __future__ import annotations

import atexit
import os
import sys
import threading

from .main import main


def run() -> None:
    """Run the command that was called, and end at once when it is done.

    To give back a graph piece by piece, as Python does at its end, takes longer than many a question. What is to be
    done at the end is done, and what was printed is out; a fault, or work still under way, ends in Python's own way.
    """
    try:
        main(prog_name="samverkansgraf")
    except SystemExit as end:
        if threading.active_count() > 1 or not isinstance(end.code, int):
            raise
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:
            raise end from None
        atexit._run_exitfuncs()  # noqa: SLF001 - nothing public runs them
        os._exit(end.code)
