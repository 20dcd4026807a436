"""Results as pictures."""

from .page import draw

__all__ = ["draw"]
