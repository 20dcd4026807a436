"""Population figures that the user brings: read from SCB's table, kept beside the workspace, never in the graph."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import DataError, Finding, WorkspaceError
from .files import made_folder, write_whole
from .workspace import Workspace

FILE = "population.csv"
HEADER = ("kommunkod", "persons", "date", "source")
_CODE_COLUMNS = frozenset({"kommunkod", "regionkod", "kod", "code"})
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_M](0[1-9]|1[0-2])(?:[-_](0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_REGION = re.compile(r"([0-9]+)(?:\s.*)?\Z", re.DOTALL)
_SPACES = str.maketrans("", "", " \u00a0\u202f")


@dataclass(frozen=True, slots=True)
class Population:
    """Persons by kommun code, the date they were counted (as precise as the table says), and where they are from."""

    persons: Mapping[str, int]
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns are: code (with or without name), figure, and in our own file date and source."""

    width: int
    code: int
    figure: int
    heading: str
    date: int | None = None
    source: int | None = None


def read(path: Path, *, source: str = "", date: str = "") -> Population:
    """Read a population table with one row per kommun.

    SCB's CSV (comma, semicolon or tab; UTF-8 or Latin-1; ``0114 Upplands Väsby`` or the code in a column of its own;
    the last column is the figure and its heading the date), a table with columns ``kommunkod`` and
    ``folkmangd_<date>``, or the file that `store` writes. Rows of the country and of counties (codes 00 to 25) are
    passed over. *source* is the file's name unless given; *date* is for a heading that holds none. Raises `DataError`
    with every problem. Whether a code is that of a kommun is not checked.
    """
    rows = _rows(path)
    if not rows:
        raise DataError([Finding(str(path), 0, "is empty; give a table with a heading and one row per kommun")])
    (line, heads), body = rows[0], rows[1:]
    layout = _layout(heads)
    reader = _Reader(str(path), layout)
    persons = reader.persons(body)
    counted = date or (reader.column(body, layout.date) if layout.date is not None else _date_in(layout.heading))
    if not _is_date(counted):
        seen = f"{counted!r} is no year or date" if counted else f"the heading {layout.heading!r} holds no year or date"
        reader.found(line, f"{seen}; write it there, or give the date by itself (such as 2025-12-31)")
    if reader.findings:
        raise DataError(reader.findings)
    stored = reader.column(body, layout.source) if layout.source is not None else path.name
    return Population(persons, counted, source or stored)


class _Reader:
    """Rows of one file, and what is wrong with them."""

    def __init__(self, file: str, layout: _Layout) -> None:
        self.file = file
        self.layout = layout
        self.findings: list[Finding] = []

    def found(self, line: int, message: str) -> None:
        self.findings.append(Finding(self.file, line, message))

    def persons(self, body: Sequence[tuple[int, list[str]]]) -> dict[str, int]:
        """Persons by code, sorted; a table without any kommun is a finding."""
        persons: dict[str, int] = {}
        lines: dict[str, int] = {}
        for line, cells in body:
            code, number = self._row(line, cells)
            if code in persons:
                self.found(
                    line,
                    f"{code} stands on line {lines[code]} too; choose all ages and both sexes, one figure per kommun",
                )
            elif code:
                persons[code], lines[code] = number, line
        if not persons and not self.findings:
            self.found(0, "no row of a kommun; give a table with codes such as 0114")
        return dict(sorted(persons.items()))

    def _row(self, line: int, cells: list[str]) -> tuple[str, int]:
        """Code and persons of one row; an empty code where it is no kommun or not readable."""
        if len(cells) != self.layout.width:
            self.found(line, f"{len(cells)} cells, but the heading has {self.layout.width}")
            return "", 0
        text, figure = cells[self.layout.code].strip(), cells[self.layout.figure].strip()
        match = _REGION.match(text)
        code = match[1] if match else ""
        if len(code) == 2 and code <= "25":
            return "", 0
        if len(code) != 4:
            self.found(
                line, f"{text!r} does not begin with a code of four digits such as 0114 (not 114: codes are text)"
            )
            code = ""
        digits = figure.translate(_SPACES)
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 10) or int(digits) == 0:
            self.found(line, f"{figure!r} is no whole number of persons")
            return "", 0
        return code, int(digits)

    def column(self, body: Sequence[tuple[int, list[str]]], index: int) -> str:
        """The one value of a column that every row repeats."""
        values = {cells[index]: line for line, cells in reversed(body) if len(cells) == self.layout.width}
        for value in list(values)[:-1]:
            self.found(values[value], f"{value!r}, but the first row has {list(values)[-1]!r}")
        return list(values)[-1] if values else ""


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Rows that hold anything, with the line each ends on; a title above the heading is left out."""
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise WorkspaceError(f"{path} cannot be read: {exc.strerror}") from exc
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    attempts = (_split(text, path, mark) for mark in ",;\t")
    rows = max(attempts, key=lambda found: max((len(cells) for _, cells in found), default=0))
    first = next((place for place, (_, cells) in enumerate(rows) if len(cells) > 1), 0)
    return rows[first:]


def _split(text: str, path: Path, mark: str) -> list[tuple[int, list[str]]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        return [(lines.line_num, cells) for cells in lines if any(cell.strip() for cell in cells)]
    except csv.Error as exc:
        raise DataError([Finding(str(path), lines.line_num, f"cannot be read as a table: {exc}")]) from exc


def _layout(heads: list[str]) -> _Layout:
    names = [head.strip().casefold() for head in heads]
    code = next((place for place, name in enumerate(names) if name in _CODE_COLUMNS), 0)
    if tuple(names) == HEADER:
        return _Layout(len(names), code, names.index("persons"), "persons", names.index("date"), names.index("source"))
    figure = next((place for place, name in enumerate(names) if name.startswith("folkmangd_")), len(names) - 1)
    return _Layout(len(names), code, figure, heads[figure])


def _date_in(heading: str) -> str:
    """``2025-12-31`` of ``folkmangd_2025_12_31``, ``2025-12`` of ``2025M12``, ``2025`` of ``Folkmängd 2025``.

    >>> _date_in("folkmangd_2025_12_31"), _date_in("2025M12"), _date_in("Antal")
    ('2025-12-31', '2025-12', '')
    """
    found = _DATE.search(heading)
    return "-".join(part for part in found.groups() if part) if found else ""


def _is_date(text: str) -> bool:
    """Whether *text* is a year, a month or a day that exists."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    try:
        dt.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def user_folder() -> Path:
    """The user's data folder: ``LOCALAPPDATA`` on Windows, else ``XDG_DATA_HOME``, else ``~/.local/share``."""
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_DATA_HOME", "")
    base = Path(named) if named and Path(named).is_absolute() else Path.home() / ".local" / "share"
    return base / "samverkansgraf"


def places(workspace: Workspace) -> list[Path]:
    """Where population figures may lie, best first: beside the settings, then in the user's data folder."""
    own = [workspace.root / FILE] if workspace.root else []
    return [*own, user_folder() / FILE]


def store(population: Population, workspace: Workspace) -> Path:
    """Keep *population* in the best place, replacing what was there; a reader sees old or new, never half."""
    target = places(workspace)[0]
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEADER)
    rows.writerows((code, number, population.date, population.source) for code, number in population.persons.items())
    made_folder(target.parent)
    write_whole(target, out.getvalue().encode())
    return target


def load(workspace: Workspace) -> Population | None:
    """The population that `store` kept, or nothing when none was."""
    found = next((place for place in places(workspace) if os.path.isfile(place)), None)  # noqa: PTH113 - Path.is_file() fails in a folder that may not be looked in
    return read(found) if found else None
