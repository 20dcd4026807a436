"""`synth`: a made-up country of any size."""

from __future__ import annotations

from pathlib import Path

import click

from .output import say
from .progress import progress


@click.command()
@click.option("--triples", default=100_000, type=click.IntRange(10_000), show_default=True, help="About how many.")
@click.option("--kommuner", default=290, type=click.IntRange(1, 290), show_default=True, help="At most so many.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="New folder.")
def synth(triples: int, kommuner: int, seed: int, output: Path) -> None:
    """Write a made-up national workspace, county by county, to try size on.

    planted.json in it lists what reports should find: loops, open chairs, sums that differ, twin networks.

    \b
    samverkansgraf synth --triples 10000 -o liten
    samverkansgraf synth --kommuner 290 --seed 1 --triples 1000000 -o riket
    """
    from ..errors import WorkspaceError
    from ..synth import documents_for, write_national

    if output.exists():
        raise WorkspaceError(f"{output} exists; give a folder that does not.")
    with progress("Writing"):
        made = write_national(output, documents_for(triples), seed=seed, kommuner=kommuner)
    counties = len(made.counties)
    say(f"{made.documents} agreements in {counties} counties: {output}. Run `samverkansgraf build` there.")


COMMANDS = (synth,)
