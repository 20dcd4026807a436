"""``python -m samverkansgraf.cli``: the command without an installed script."""

from .program import run

run()
