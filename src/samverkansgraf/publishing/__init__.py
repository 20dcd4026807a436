"""What others need to use the graph: a folder with every format, and what describes it."""

from .dataset import void
from .publication import Publication, dumps
from .publisher import Publisher

__all__ = ["Publication", "Publisher", "dumps", "void"]
