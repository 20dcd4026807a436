"""The site live, and the graph as a SPARQL service, on this computer or a network of one's own."""

from __future__ import annotations

__all__: list[str] = []
