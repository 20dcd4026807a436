"""The command line: parse, call one function, print."""

from .main import main
from .program import run

__all__ = ["main", "run"]
