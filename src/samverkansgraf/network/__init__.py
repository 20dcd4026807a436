"""Graph work: relations read from the store, projected on NetworkX."""

from .projection import project
from .relations import Relation, relations

__all__ = ["Relation", "project", "relations"]
