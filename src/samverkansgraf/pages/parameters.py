"""The parameters of a report: what it takes, how they are read from a query string, and the form that asks for them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..errors import QueryError
from ..reports import find_report
from ..terms import MODALITIES, UNSAID
from .edition import Edition

_COMMON = {"at": "str", "modality": "str", "table": "int"}
_ANY = re.compile(r".{1,500}", re.DOTALL)
_NUMBERS: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "int": (re.compile(r"[0-9]{1,2}"), int),
    "float": (re.compile(r"[0-9]{0,2}\.?[0-9]{1,4}"), float),
}
_GIVEN = frozenset({"knowledge", "texts", "population"})
_NAMED_BY_PAGES = frozenset({"table"})
"""Parameters that only files have."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: its parameter, the value given, whether it must be given, and the choices if any."""

    name: str
    value: str
    needed: bool
    choices: tuple[tuple[str, str], ...] = ()


def fields(edition: Edition, name: str, collections: Sequence[str], given: Sequence[tuple[str, str]]) -> list[Field]:
    """Fields of the form of report *name*, with what was *given*."""
    values = dict(given)
    choices = {
        "collection": tuple((edition.name(one), edition.name(one)) for one in collections),
        "modality": tuple((one, edition.texts(f"modality.{one}")) for one in (*MODALITIES, *sorted(UNSAID))),
    }
    return [
        Field(key, values.get(key, ""), needed, choices.get(key, ()))
        for key, (_, needed) in parameters_of(name).items()
        if key not in _NAMED_BY_PAGES
    ]


def parameters_of(name: str) -> dict[str, tuple[str, bool]]:
    """Parameters of report *name*: kind (``str``, ``int`` or ``float``) and whether it must be given.

    >>> parameters_of("path")["start"], parameters_of("gaps")["at"]
    (('str', True), ('str', False))
    """
    own = inspect.signature(find_report(name)).parameters.values()
    found = {one.name: (str(one.annotation).partition(" ")[0], one.default is one.empty) for one in own}
    asked = {key: kind for key, kind in found.items() if key not in _GIVEN}
    return asked | {key: (kind, False) for key, kind in _COMMON.items()}


def read(name: str, given: Sequence[tuple[str, str]]) -> tuple[dict[str, object], int]:
    """Options of `Graph.report` from a query string, and which table is asked for; an empty value is not given."""
    known, options, modalities = parameters_of(name), dict[str, object](), list[str]()
    for key, value in given:
        if key not in known:
            raise QueryError(f"The report {name} has no parameter {key!r}; it takes {', '.join(sorted(known))}.")
        if key == "modality" and value:
            modalities.append(_modality(value))
        elif key in options:
            raise QueryError(f"The parameter {key!r} is given twice.")
        elif value:
            options[key] = _value(key, known[key][0], value)
    if missing := sorted(key for key, (_, needed) in known.items() if needed and key not in options):
        raise QueryError(f"The report {name} needs {', '.join(missing)}.")
    number = options.pop("table", 1)
    assert isinstance(number, int)
    return options | {"modalities": modalities}, number


def _modality(value: str) -> str:
    if value not in (*MODALITIES, *UNSAID):
        raise QueryError(f"There is no modality {value[:30]!r}; there are {', '.join((*MODALITIES, *sorted(UNSAID)))}.")
    return value


def _value(key: str, kind: str, value: str) -> object:
    pattern, made = _NUMBERS.get(kind, (_ANY, str))
    if not pattern.fullmatch(value):
        raise QueryError(f"{key}={value[:30]!r} cannot be read; give a number, or at most 500 characters.")
    return made(value)
