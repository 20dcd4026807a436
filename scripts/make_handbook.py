"""Write docs/kommandon.md and docs/bibliotek.md: every command's own help, and every public function of the library.

Run by hand through ``make docs``; a test says when a page is stale.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

import samverkansgraf
from samverkansgraf.cli import main

ROOT = Path(__file__).resolve().parents[1]
COMMANDS, LIBRARY = ROOT / "docs" / "kommandon.md", ROOT / "docs" / "bibliotek.md"
WIDTH = 100
_ANNOTATION = re.compile(r"(: |-> )'([^']*)'")
COMMANDS_HEAD = """\
# Kommandon

Varje kommando med sin egen hjälptext (på engelska, som kommandona själva). `samverkansgraf KOMMANDO --help` visar
samma text i terminalen. Rapporterna svarar på svenska; `samverkansgraf --lang en …` ger dem på engelska.

*In English: every command with its own help text.*

Sidan skrivs av `scripts/make_handbook.py` ur kommandona själva; kör `make docs`.
"""
LIBRARY_HEAD = """\
# Biblioteket

Det som en anteckningsbok eller ett eget program använder: `import samverkansgraf`. Beskrivningarna är på engelska, som
koden.

*In English: the public functions of the library.*

Sidan skrivs av `scripts/make_handbook.py` ur koden; kör `make docs`.
"""


def commands(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """(full name, help text) of *command* and everything under it, in the order of their names."""
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            if under is not None and not under.hidden:
                yield from commands(
                    under, click.Context(under, info_name=name, parent=context, max_content_width=WIDTH)
                )


def commands_page() -> str:
    """The page of commands."""
    width = {"max_content_width": WIDTH, "terminal_width": WIDTH}
    root = click.Context(main, info_name="samverkansgraf", **main.context_settings, **width)
    parts = [f"## {name}\n\n```text\n{text.rstrip()}\n```\n" for name, text in commands(main, root)]
    return "\n".join([COMMANDS_HEAD, *parts])


def functions() -> Iterator[tuple[str, str, str]]:
    """(name, signature, description) of everything public: what the package exports, and the methods of its classes."""
    for name in samverkansgraf.__all__:
        thing = getattr(samverkansgraf, name)
        yield name, "" if inspect.isclass(thing) else _signature(thing), inspect.getdoc(thing) or ""
        if inspect.isclass(thing) and not issubclass(thing, Exception):
            for method, value in vars(thing).items():
                if not method.startswith("_") and (callable(value) or isinstance(value, property)):
                    signature = "" if isinstance(value, property) else _signature(value)
                    yield f"{name}.{method}", signature, inspect.getdoc(value) or ""


def _signature(function: object) -> str:
    assert callable(function)
    text = str(inspect.signature(function)).replace("self, ", "").replace("(self)", "()")
    return _ANNOTATION.sub(r"\1\2", text)


def library_page() -> str:
    """The page of the library."""
    parts = []
    for name, signature, text in functions():
        call = f"```python\n{name}{signature}\n```\n\n" if signature else ""
        parts.append(f"## {name}\n\n{call}{_described(text)}\n")
    return "\n".join([LIBRARY_HEAD, *parts])


def _described(text: str) -> str:
    """A docstring as Markdown: its session, if it has one, as a block of its own."""
    plain, arrow, session = text.partition(">>>")
    plain = plain.strip().replace("``", "`")
    return f"{plain}\n\n```pycon\n{arrow}{session.rstrip()}\n```" if arrow else plain


if __name__ == "__main__":
    COMMANDS.write_text(commands_page(), "utf-8")
    LIBRARY.write_text(library_page(), "utf-8")
