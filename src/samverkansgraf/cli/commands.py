"""Which module has which command: one is imported when its command is called, so that a call costs little."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module

import click

HOMES = {
    "building": "build watch",
    "changes": "diff what-if",
    "completion": "completion",
    "doctor": "doctor",
    "exports": "export describe",
    "load": "load",
    "map": "map",
    "picture": "picture",
    "queries": "query queries",
    "reference": "reference",
    "reports": "report show path compare",
    "serve": "serve",
    "site": "site",
    "sources": "sources",
    "synth": "synth",
    "validating": "validate",
    "workbook": "template import",
    "workspaces": "init new schema",
}
"""Module → the commands that its ``COMMANDS`` holds."""


class Commands(MutableMapping[str, click.Command]):
    """Commands by name, as a `click.Group` keeps them."""

    def __init__(self) -> None:
        self._homes = {name: home for home, names in HOMES.items() for name in names.split()}
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            from .completion import offer

            for command in import_module(f".{self._homes[name]}", __package__).COMMANDS:
                offer(command)
                self._loaded[command.name] = command
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._homes[name], self._loaded[name] = "", command

    def __delitem__(self, name: str) -> None:
        del self._homes[name]
        self._loaded.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)
