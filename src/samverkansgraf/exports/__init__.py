"""The graph in the formats of other tools; each module writes one family and computes nothing."""

from .request import EXPORTS, Export, Request, export

__all__ = ["EXPORTS", "Export", "Request", "export"]
