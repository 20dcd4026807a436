"""Cooperation between Swedish regions and kommuner as a knowledge graph where every fact points to its source.

>>> import samverkansgraf
>>> g = samverkansgraf.open()
>>> g.query("SELECT ?seats WHERE { vb:pkd sg:seats ?seats }").rows
[{'seats': 30}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api import Answer, Graph, open
    from .errors import SamverkansgrafError

__all__ = ["Answer", "Graph", "SamverkansgrafError", "open"]


def __getattr__(name: str) -> object:
    """Import the library only when it is used, so that importing the package costs nothing."""
    if name in __all__:
        from . import api, errors

        return getattr(errors if name == "SamverkansgrafError" else api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
