"""Seeded workspaces of any size: agreements with passages, modality, periods, loops and planted gaps."""

from .agreement import Planted, write_workspace
from .national import National, documents_for, write_national

__all__ = ["National", "Planted", "documents_for", "write_national", "write_workspace"]
