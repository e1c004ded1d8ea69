"""The packs of outlines: countries, first-level units and rivers of Natural Earth.

The packs (see ``packs/README.md``) hold arcs on a grid as flat delta lists; a border that two outlines
share is one arc, so that what they share is found without geometry.
"""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from geomap.outlines.fine import river_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "build_outlines",
    "find_country",
    "find_first_level",
    "find_river",
    "find_unit",
    "grid_steps",
    "join_arcs",
    "read_pack",
    "unpack_line",
]

#: all but letters and digits
_NO_LETTERS = re.compile(r"[\W_]")
#: words around a unit's name that gazetteers and maps use differently
_UNIT_WORDS = frozenset(
    "governorate province region state district muhafazat muhafazah wilayat oblast prefecture "
    "department county al ar as ad an az at ash el of the de la".split()
)

#: first-level units whose outlines are kept: most places of a page share theirs
_MOST_UNITS: Final = 10_000


@cache
def read_pack(name: str) -> dict[str, Any]:
    """One pack; callers never change it."""
    packed = resources.files("geomap.outlines").joinpath("packs", f"{name}.json.gz").read_bytes()
    pack: dict[str, Any] = orjson.loads(gzip.decompress(packed))
    return pack


def grid_steps() -> int:
    """Steps of a degree, on whose grid all coordinates of the base map lie."""
    return int(read_pack("world")["grid"])


def build_outlines(units: Sequence[tuple[int, ...]]) -> list[list[list[int]]]:
    """The rings of each unit, given by its feature ids: flat delta lists on the base map's grid."""
    pack = read_pack("units")
    row_of = _unit_rows()
    rings_of = [[ring for fid in fids for ring in pack["rings"][row_of[fid]]] for fids in units]
    return [
        [join_arcs(pack["arcs"], ring) for ring in _merge(pack["arcs"], rings)]
        for rings in rings_of
    ]


@cache
def _unit_rows() -> dict[int, int]:
    return {fid: row for row, fid in enumerate(read_pack("units")["fid"])}


def _merge(arcs: list[list[int]], rings: list[list[int]]) -> list[list[int]]:
    """Rings around several features together: arcs between two of them go, the rest is joined."""
    used = {index for ring in rings for index in ring}
    inner = {index for index in used if ~index in used}
    if not inner:
        return rings
    loose = [index for ring in rings for index in ring if index not in inner]
    ends = {index: _end_points(arcs, index) for index in loose}
    merged: list[list[int]] = []
    while loose:
        ring = [loose.pop(0)]
        first, point = ends[ring[0]]
        while point != first:
            following = next((index for index in loose if ends[index][0] == point), None)
            if following is None:
                break
            loose.remove(following)
            ring.append(following)
            point = ends[following][1]
        merged.append(ring)
    return merged


def _end_points(arcs: list[list[int]], index: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last point of an arc in its direction."""
    points = unpack_line(arcs[index if index >= 0 else ~index])
    return (points[0], points[-1]) if index >= 0 else (points[-1], points[0])


def join_arcs(arcs: list[list[int]], ring: list[int]) -> list[int]:
    """The arcs of a ring as one flat delta list."""
    points: list[tuple[int, int]] = []
    for index in ring:
        arc = unpack_line(arcs[index if index >= 0 else ~index])
        points += arc if index >= 0 else arc[::-1]
    out: list[int] = []
    x = y = 0
    for i, (px, py) in enumerate(points):
        if i == 0 or (px, py) != (x, y):
            out += (px - x, py - y)
            x, y = px, py
    return out


def unpack_line(flat: Sequence[int]) -> list[tuple[int, int]]:
    """The points of a flat delta list, on the grid."""
    points = []
    x = y = 0
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def find_country(iso: str) -> int:
    """The row of a country in the base map by its two-letter code; -1 where it has none."""
    return _country_rows().get(iso, -1) if iso else -1


@cache
def _country_rows() -> dict[str, int]:
    return {iso: row for row, iso in enumerate(read_pack("world")["iso"]) if iso}


def find_unit(place_id: str, names: Sequence[str], iso: str) -> tuple[int, ...]:
    """Feature ids of a unit's outline: by the unit's id, else by a name in its country, else none."""
    known = _outline_ids().get(place_id)
    if known is not None:
        return known
    rows = _unit_names(iso)
    found = next((rows[key] for name in names if (key := _fold(name)) in rows), None)
    return () if found is None else (found,)


@lru_cache(_MOST_UNITS)
def find_first_level(name: str, iso: str) -> tuple[int, ...]:
    """Feature ids of the first-level unit that a place lies in, as its record names it.

    >>> find_first_level("Raqqa", "SY") == find_unit("geonames:172957", (), "SY")
    True
    """
    return find_unit(_first_level_ids().get((iso, name), ""), (name,) if name else (), iso)


@cache
def _first_level_ids() -> Mapping[tuple[str, str], str]:
    """(country, name) → id of the gazetteer's first-level units."""
    rows = _read_table("admin1.csv", "country", "name", "id")
    return {(country, name): place_id for country, name, place_id in rows}


@cache
def _outline_ids() -> Mapping[str, tuple[int, ...]]:
    """The gazetteer's table of outlines: id → feature ids (``;`` between several)."""
    fids = set(read_pack("units")["fid"])
    rows = _read_table("outlines.csv", "id", "fid")
    found = {place_id: tuple(map(int, ids.split(";"))) for place_id, ids in rows}
    return {place_id: ids for place_id, ids in found.items() if fids.issuperset(ids)}


def _read_table(name: str, *columns: str) -> list[tuple[str, ...]]:
    """Some columns of a table of the gazetteer, installed or in the project; no rows where there is neither."""
    for folder in (
        resources.files("geomap.gazetteer").joinpath("tables"),
        Path(__file__).parents[2] / "gazetteer",
    ):
        table = folder.joinpath(name)
        if table.is_file():
            head, *rows = csv.reader(table.read_text("utf-8").splitlines())
            return list(map(itemgetter(*map(head.index, columns)), rows))
    return []


@cache
def _unit_names(country: str) -> Mapping[str, int]:
    """Folded name → feature id of a country's units; a name that two of them share means neither."""
    pack = read_pack("units")
    found: dict[str, set[int]] = {}
    columns = zip(pack["fid"], pack["iso"], pack["name"], pack["other"], strict=True)
    for fid, iso, name, other in columns:
        for spelling in (name, *other.split("|")) if iso == country else ():
            if folded := _fold(spelling):
                found.setdefault(folded, set()).add(fid)
    return {key: min(fids) for key, fids in found.items() if len(fids) == 1}


def _fold(name: str) -> str:
    """A name without accents, case, punctuation and words for "governorate".

    >>> _fold("Muhafazat ar Raqqah") == _fold("Ar Raqqah Governorate")
    True
    """
    plain = name.partition("(")[0]
    if not plain.isascii():  # which few are, and none of these has accents
        plain = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    letters = _NO_LETTERS.sub(" ", plain.casefold())
    words = [word for word in letters.split() if word not in _UNIT_WORDS]
    return " ".join(words)


def find_river(name: str) -> str:
    """The base map's name of a river ("Euphrates River" → "Euphrates"); "" if it has none."""
    wanted = name.removesuffix(" River").removeprefix("River ")
    return wanted if wanted and wanted in river_names() else ""
