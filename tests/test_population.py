"""Population figures that the user brings."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkansgraf import population
from samverkansgraf.errors import DataError, WorkspaceError
from samverkansgraf.population import Population, load, read, store
from samverkansgraf.workspace import Workspace

REGISTER = Path(__file__).resolve().parents[2] / "shared" / "reference" / "kommuner.csv"
SCB = '"region","2025"\n"0114 Upplands Väsby",500\n"2480 Umeå",1350\n'


@pytest.fixture(autouse=True)
def no_figures_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the figures of the person who runs them."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "hem"))


@pytest.fixture
def table(tmp_path: Path) -> object:
    """A writer of tables: text (or bytes) to a file's path."""

    def write(text: str | bytes, name: str = "000007SF.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def seen(path: Path, **options: str) -> list[tuple[int, str]]:
    """Line and message of every finding."""
    with pytest.raises(DataError) as caught:
        read(path, **options)
    return [(finding.line, finding.message) for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (SCB, "2025"),
        (SCB.encode("latin-1"), "2025"),
        ("\ufeff" + SCB.replace(",", ";").replace("\n", "\r\n"), "2025"),
        (SCB.replace(",", "\t"), "2025"),
        ('"Folkmängd efter region och år"\n\n' + SCB, "2025"),
        ('"regionkod","region","Folkmängd 2025M11"\n0114,Upplands Väsby,500\n2480,Umeå,1 350\n', "2025-11"),
        ('"region","2024","2025"\n"0114 Upplands Väsby",499,500\n"2480 Umeå",1349,1350\n', "2025"),
        ('"region","2025"\n"00 Riket",9000\n"24 Västerbottens län",8000\n' + SCB.partition("\n")[2], "2025"),
        ("kommunkod,namn,folkmangd_2025_12_31,lat\n0114,Upplands Väsby,500,59.5\n2480,Umeå,1350,63.8\n", "2025-12-31"),
    ],
)
def test_table_is_read_in_every_shape_it_is_downloaded_in(table, text: str | bytes, date: str) -> None:  # type: ignore[no-untyped-def]
    """Separators, encodings, a title, a code column, several years, county rows: the figures are the same."""
    found = read(table(text))
    assert dict(found.persons) == {"0114": 500, "2480": 1350}
    assert (found.date, found.source) == (date, "000007SF.csv")


def test_every_problem_is_named_with_its_line(table) -> None:  # type: ignore[no-untyped-def]
    """All findings at once: lost zero, no code, not a number, nobody, missing cell, twice the same kommun."""
    rows = [
        "114 Upplands Väsby,5",
        "Umeå,6",
        "2480 Umeå,..",
        "2481 Lycksele,0",
        "2401 Nordmaling",
        "2403 A,1.5",
        "2404 B,7",
        "2404 B,8",
    ]
    found = seen(table("region,2025\n" + "\n".join(rows) + "\n"))
    assert [line for line, _ in found] == [2, 3, 4, 5, 6, 7, 9]
    words = ["'114 Upplands Väsby'", "'Umeå'", "'..'", "'0'", "1 cells", "'1.5'", "2404 stands on line 8 too"]
    assert all(word in message for word, (_, message) in zip(words, found, strict=True))


def test_heading_without_a_date_needs_one(table) -> None:  # type: ignore[no-untyped-def]
    """The date is never guessed; given by itself it must be one that exists."""
    path = table("region,Antal\n2480 Umeå,5\n")
    assert [line for line, message in seen(path) if "'Antal' holds no year or date" in message] == [1]
    assert read(path, date="2025-12-31").date == "2025-12-31"
    assert "'2025-02-30' is no year or date" in seen(path, date="2025-02-30")[0][1]


@pytest.mark.parametrize("text", ["", "\n\n", "region,2025\n", "region,2025\n00 Riket,9\n", "bara text\n"])
def test_table_without_kommuner_is_an_error(table, text: str) -> None:  # type: ignore[no-untyped-def]
    """An empty population would make every report silent."""
    assert seen(table(text))


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(WorkspaceError, match="saknas"):
        read(tmp_path / "saknas.csv")


def test_stored_beside_the_settings_and_found_there(table, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A workspace keeps its own figures; storing again replaces the file, and leaves nothing beside it."""
    workspace = Workspace(tmp_path / "w")
    assert load(workspace) is None
    given_table = read(table(SCB), source='SCB, tabell "000007SF"; hämtad 2026')
    for _ in range(2):
        assert store(given_table, workspace) == tmp_path / "w" / "population.csv"
    assert load(workspace) == given_table
    assert [one.name for one in (tmp_path / "w").iterdir()] == ["population.csv"]


@pytest.mark.parametrize(("platform", "variable"), [("linux", "XDG_DATA_HOME"), ("win32", "LOCALAPPDATA")])
def test_without_workspace_the_users_folder_is_used(  # type: ignore[no-untyped-def]
    table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, variable: str
) -> None:
    """No settings above: the user's data folder holds the figures, also for a workspace that has none of its own."""
    monkeypatch.setattr(population.sys, "platform", platform)
    monkeypatch.setenv(variable, str(tmp_path / "data"))
    figures = read(table(SCB))
    assert load(Workspace(None)) is None
    assert store(figures, Workspace(None)) == tmp_path / "data" / "samverkansgraf" / "population.csv"
    assert load(Workspace(None)) == load(Workspace(tmp_path)) == figures


def test_relative_data_home_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The XDG specification says that a relative path is invalid."""
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert population.user_folder() == tmp_path / ".local" / "share" / "samverkansgraf"


def test_folder_that_cannot_be_made_is_an_error(table, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A file in the way is told, not traced."""
    (tmp_path / "fil").write_text("", "utf-8")
    with pytest.raises(WorkspaceError, match="cannot be made"):
        store(read(table(SCB)), Workspace(tmp_path / "fil" / "under"))


@given(
    st.dictionaries(st.from_regex(r"[0-9]{4}", fullmatch=True), st.integers(1, 10**9 - 1), min_size=1),
    st.sampled_from(["2025", "2025-12", "2025-12-31"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), min_size=1).filter(
        lambda text: text == text.strip()
    ),
)
def test_what_is_stored_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, persons: dict[str, int], date: str, source: str
) -> None:
    """Any figures, date and source come back the same."""
    workspace = Workspace(tmp_path_factory.mktemp("w"))
    figures = Population(dict(sorted(persons.items())), date, source)
    store(figures, workspace)
    assert load(workspace) == figures


def test_shared_register_has_every_kommun() -> None:
    """The reference table of the project's makers, column by column, where it exists."""
    if not REGISTER.is_file():
        pytest.skip(f"NOT TESTED AGAINST THE REGISTER: {REGISTER} is missing; only made-up tables were read")
    found = read(REGISTER)
    with REGISTER.open(encoding="utf-8", newline="") as file:
        expected = {row["kommunkod"]: int(row["folkmangd_2025_12_31"]) for row in csv.DictReader(file)}
    assert len(found.persons) == 290
    assert dict(found.persons) == expected
    assert found.date == "2025-12-31"


def test_folder_that_may_not_be_looked_in_holds_no_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports do without population; nothing fails for a home folder that is closed."""
    closed = tmp_path / "hem"
    monkeypatch.setattr("samverkansgraf.population.user_folder", lambda: closed)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.stat", refused)
    found = load(Workspace(None))
    monkeypatch.undo()
    assert found is None
