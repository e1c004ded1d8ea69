"""What the sources in installed packages share: where a package's files lie, and places of which only the unit is known.

A package is read where it is installed: nothing of it is copied, and none of its code is run.
"""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geomap.errors import GazetteerError
from geomap.gazetteer.classes import KNOWN_BY_UNIT, unit_level
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.gazetteer.sources.place import SourcePlace

__all__ = ["KnownUnits", "bundled_file", "placed_in_unit"]

_MOST_BYTES: Final = 256 << 20
_SECOND: Final = 2
#: the radius of a unit whose own nobody knows, in km
_USUAL_KM: Final = 20.0
#: names that are no names of their own
_NO_NAMES: Final = frozenset(["adj", "abbr"])


def bundled_file(package: str, *parts: str) -> Path:
    """Return a file of an installed package.

    Args:
        package: The name under which it is imported.
        parts: Where the file lies in it.

    Raises:
        GazetteerError: The package or the file is not there, or the file is too large.
    """
    spec = importlib.util.find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders or ()), package), *parts)
    if not path.is_file():
        raise GazetteerError(
            f"{path}: expected a file of places there, as the package {package} has had it; install the package again "
            "in a version that geomap's docs/GAZETTEER.md names, or uninstall it"
        )
    if path.stat().st_size > _MOST_BYTES:
        raise GazetteerError(
            f"{path}: expected at most {_MOST_BYTES >> 20} MB of places, got more; uninstall the package {package}"
        )
    return path


class KnownUnits:
    """The second-level units that the gazetteer knows, by their names.

    Args:
        places: The places of the gazetteer; they are read when the first unit is looked for.
    """

    def __init__(self, places: Iterable[SourcePlace]) -> None:
        self._places = places
        self._by_name: dict[tuple[str, str], list[SourcePlace]] | None = None

    def find(self, country: str, name: str) -> SourcePlace | None:
        """Return the unit of that name in a country; None where there is none, or more than one."""
        if self._by_name is None:
            self._by_name = self._index()
        found = self._by_name.get((country, fold_name(name)), [])
        return found[0] if len(found) == 1 else None

    def _index(self) -> dict[tuple[str, str], list[SourcePlace]]:
        index: dict[tuple[str, str], list[SourcePlace]] = {}
        for place in self._places:
            if unit_level(place.feature) != _SECOND or place.lat is None or place.lon is None:
                continue
            listed = [name for lang, name in place.names if lang not in _NO_NAMES]
            for name in {fold_name(name) for name in (place.name, *listed)}:
                index.setdefault((place.country, name), []).append(place)
        return index


def placed_in_unit(row: SourcePlace, unit: SourcePlace) -> SourcePlace:
    """Return a town or village without a point of its own as one that is known by its unit only."""
    radius = unit.radius_km or _USUAL_KM
    return replace(
        row,
        lat=unit.lat,
        lon=unit.lon,
        feature=KNOWN_BY_UNIT,
        radius_km=radius,
        tol_km=radius,
        admin1=row.admin1 or unit.admin1,
        admin1_id=row.admin1_id or unit.admin1_id,
        admin2=row.admin2 or unit.name,
    )
