"""The coverage that a workspace expects of areas: the table ``[gaps]`` of ``samverkansgraf.toml``."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..errors import WorkspaceError
from ..terms import local_name
from ..workspace import MARKER, Workspace
from .coverage import AREAS, KINDS

EVERY = "expected"
KEYS = (EVERY, *map(local_name, AREAS))


def expectations(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """What is expected, as the settings say: ``expected`` of every area, a kind of area of those in its stead.

    ``expected = ["network", "responsible"]``, ``CooperationArea = ["network", "delegation"]``. Raises `WorkspaceError`
    that names the file for an unknown key or word.
    """
    table = workspace.settings.get("gaps", {})
    assert isinstance(table, Mapping)
    place = f"{(workspace.root / MARKER) if workspace.root else MARKER}: [gaps]"
    for key, words in table.items():
        if key not in KEYS:
            raise WorkspaceError(f"{place}: unknown setting {key!r}; known are {', '.join(KEYS)}.")
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise WorkspaceError(f"{place}: {key!r} should be a list of {', '.join(KINDS)}.")
        if unknown := [word for word in words if word not in KINDS]:
            named = ", ".join(map(repr, unknown))
            raise WorkspaceError(f"{place}: unknown coverage {named} in {key!r}; known are {', '.join(KINDS)}.")
    return {key: tuple(kind for kind in KINDS if kind in words) for key, words in table.items()}


def expected_of(classes: Collection[str], table: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Kinds expected of an area of *classes*, in the order of the report; an area of two kinds is expected both's."""
    own = [table[local_name(one)] for one in AREAS if one in classes and local_name(one) in table]
    wanted = {kind for kinds in own for kind in kinds} if own else set(table.get(EVERY, ()))
    return tuple(kind for kind in KINDS if kind in wanted)
