"""The only place that knows an engine."""

from .base import Dataset, Quad, Result, Solutions, Store, Track, Triples
from .embedded import EmbeddedStore
from .opening import build_file, build_in_force, open_store, publish

__all__ = [
    "Dataset",
    "EmbeddedStore",
    "Quad",
    "Result",
    "Solutions",
    "Store",
    "Track",
    "Triples",
    "build_file",
    "build_in_force",
    "open_store",
    "publish",
]
