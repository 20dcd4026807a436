"""The command line: parse, call one function, print."""

import gc

gc.set_threshold(100_000)  # what a command imports and reads stays: the search for garbage may begin late

from .main import main  # noqa: E402
from .program import run  # noqa: E402

__all__ = ["main", "run"]
