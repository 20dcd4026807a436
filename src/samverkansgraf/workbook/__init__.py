"""Excel in: the template, reading it, and writing it filled in."""

from .filled import filled, template
from .reading import Imported, read_workbook

__all__ = ["Imported", "filled", "read_workbook", "template"]
