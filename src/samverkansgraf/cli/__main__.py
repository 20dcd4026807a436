"""``python -m samverkansgraf.cli``: the command without an installed script."""

from .main import main

main(prog_name="samverkansgraf")
