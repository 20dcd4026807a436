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
from samverkansgraf.queries import named_queries
from samverkansgraf.reports import REPORTS

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
QUERIES_HEAD = """\
### Rapporterna som frågor i SPARQL

Rapporternas uppgifter kan också hämtas med namngivna frågor (`samverkansgraf query NAMN`). Det som SPARQL inte kan
säga, eller inte säga lika på alla motorer, räknar rapporten själv:

| Rapport | Namngivna frågor | Bara i rapporten |
|---|---|---|
"""
ONLY_IN_REPORTS = {
    "reporting": "nivåer, slingor och den längsta kedjan: algoritmer över hela nätet",
    "path": "den kortaste vägen: en sökning som slutar när målet är nått",
    "bridges": "bärande organ, vägar genom dem och det som lossnar: algoritmer över hela nätet",
    "overlap": "hur lika mängderna är, nästan lika mängder och grupper av dem",
    "gaps": "de sex svaren på alla frågor i en tabell; frågorna visar en lucka i taget",
    "membership": "mönster: samma forum, alla forum, inget forum",
    "representation": "folkmängden, som inte finns i grafen, och allt som räknas ur den",
    "geography": "folkmängden, som inte finns i grafen, och summorna per kommun",
    "kommun": "vart ärenden går vidare steg för steg, och vad kommunen står utanför",
    "timeline": "säkert, möjligt och okänt för allt på en gång; `tid/giltighet` svarar för en dag",
    "routes": "var vägen är bruten",
    "compare": "funktioner, som känns igen på ord i namnen",
    "finance": "summor som avstår när en del saknas eller årtalen skiljer",
    "quality": "alla kontroller; var och en är en fråga i `ontology/checks/`",
    "assignments": "om ett uppdrag står i text, tabell eller båda",
}
BETWEEN_GRAPHS = (
    "`diff` håller två grafer mot varandra, `what-if` en graf mot en tänkt: en fråga ser bara en graf åt gången."
)
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
    return "\n".join([COMMANDS_HEAD, *parts, reports_as_queries()])


def reports_as_queries() -> str:
    """Which named queries stand behind each report, and what none of them says."""
    queries = named_queries([ROOT / "queries"]).values()
    lines = [
        f"| `{report}` | {', '.join(f'`{one.name}`' for one in queries if report in one.reports)} "
        f"| {ONLY_IN_REPORTS.get(report, '')} |\n"
        for report in REPORTS
    ]
    return f"{QUERIES_HEAD}{''.join(lines)}\n{BETWEEN_GRAPHS}\n"


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
