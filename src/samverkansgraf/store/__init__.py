"""The only place that knows an engine."""

from .embedded import EmbeddedStore, Solutions, Triples

__all__ = ["EmbeddedStore", "Solutions", "Triples"]
