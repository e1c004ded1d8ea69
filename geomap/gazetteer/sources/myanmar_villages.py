"""Villages of Myanmar from the package mm-geo-coder, which has the place codes of the Myanmar Information Management Unit.

Wards of towns are left out: they are called "No (1) Ward". A village without a point is placed in the middle of the villages of its
tract, else of its township.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.sources.packages import bundled_file, placed_in_unit
from geomap.gazetteer.sources.place import SourcePlace
from geomap.gazetteer.sources.values import clean_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.gazetteer.sources.faults import FileReport
    from geomap.gazetteer.sources.packages import KnownUnits

__all__ = ["read_places"]

_PACKAGE: Final = "mm_geo_coder"
_FILE: Final = ("database", "mimu_geo_data_public.db")
_VILLAGES: Final = """
    SELECT village_pcode, village_eng, village_mmr, village_tract_pcode, township_pcode,
        district_eng, state_eng, latitude, longitude
    FROM villages ORDER BY village_pcode LIMIT 1000000
"""
#: the bounds of Myanmar: a few points of the package lie on other continents
_SOUTH, _NORTH, _WEST, _EAST = 9.5, 28.6, 92.0, 101.3
#: fewer villages with points say nothing about where the others are
_FEWEST: Final = 2
_LEAST_KM: Final = 2.0
#: a village counts so much where nobody has counted its people, with a point and without
_PEOPLE, _FEW_PEOPLE = 500, 100
_IN_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_BRACKETS: Final = re.compile(r"\s*[()]+\s*")
#: what tells two villages of one name apart, and is no name ("Kan Su (East)")
_PARTS: Final = frozenset(
    "east west north south upper lower old new middle inner outer ywar thit haung".split()
)


class _Village(NamedTuple):
    """A row of the package's table."""

    code: int
    english: str
    burmese: str | None
    tract: str | None
    township: str | None
    district: str | None
    state: str | None
    lat: float | None
    lon: float | None

    def has_point(self) -> bool:
        """Return whether the row has a point in Myanmar."""
        if not (isinstance(self.lat, float) and isinstance(self.lon, float)):
            return False
        return _SOUTH <= self.lat <= _NORTH and _WEST <= self.lon <= _EAST


def read_places(report: FileReport, _units: KnownUnits) -> Iterator[SourcePlace]:
    """Yield the villages of the package.

    Raises:
        GazetteerError: Its file is not there, or is none that can be read.
    """
    villages = [_Village(*row) for row in _read_rows(bundled_file(_PACKAGE, *_FILE))]
    tracts = _middles(villages, "tract")
    townships = _middles(villages, "township")
    placed = 0
    for village in villages:
        report.rows += 1
        try:
            place = _to_place(village)
        except (AttributeError, TypeError, ValueError):
            report.skipped += 1
            continue
        if place.lat is None:
            unit = tracts.get(village.tract or "") or townships.get(village.township or "")
            if unit is None:
                report.skipped += 1
                continue
            placed += 1
            place = placed_in_unit(place, unit)
        yield place
    if placed:
        report.notes.append(
            f"{placed:,} villages without a point are placed in their tract or township"
        )


def _read_rows(path: Path) -> list[tuple[Any, ...]]:
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as file:
            return file.execute(_VILLAGES).fetchall()
    except sqlite3.Error as err:
        raise GazetteerError(
            f"{path}: expected the table of villages of mm-geo-coder 0.2: {err}; install the package again, or uninstall it"
        ) from err


def _to_place(village: _Village) -> SourcePlace:
    """Return the place of a row, without a point where it has none in Myanmar.

    Raises:
        AttributeError, TypeError, ValueError: The row has no name, or cells of another kind.
    """
    name, *others = _names(clean_name(village.english))
    lat, lon = (village.lat, village.lon) if village.has_point() else (None, None)
    burmese = clean_name(_IN_BRACKETS.sub(" ", village.burmese or "").replace("\u200b", ""))
    names = [("und", other) for other in others] + [("my", burmese)] * bool(burmese)
    return SourcePlace(
        id=f"mm-geo-coder:{int(village.code)}",
        name=name,
        names=tuple(names),
        lat=lat,
        lon=lon,
        feature="PPL",
        country="MM",
        admin1=_IN_BRACKETS.sub("", village.state or "").strip(),
        admin2=f"{village.district} District" if village.district else "",
        size=_FEW_PEOPLE if lat is None else _PEOPLE,
        source="package:mm-geo-coder",
        is_loose=True,
    )


def _names(listed: str) -> list[str]:
    """Return the names of a village: without what stands in brackets, with it, and what stands there alone.

    Raises:
        ValueError: There is none.
    """
    bare = _IN_BRACKETS.sub(" ", _IN_BRACKETS.sub(" ", listed))
    whole = _BRACKETS.sub(" ", listed)
    inner = [
        text for text in _IN_BRACKETS.findall(listed) if not _PARTS.issuperset(text.lower().split())
    ]
    names = [" ".join(_BRACKETS.sub(" ", text).split()) for text in (bare, whole, *inner)]
    found = list(dict.fromkeys(name for name in names if name and not name.isdigit()))
    if not found:
        raise ValueError("expected a name")
    return found


def _middles(villages: Sequence[_Village], level: str) -> Mapping[str, SourcePlace]:
    """Return the middle and the radius of each unit that has villages with points."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for village in villages:
        if village.has_point() and getattr(village, level):
            points[getattr(village, level)].append((village.lat or 0.0, village.lon or 0.0))
    return {code: _middle(found) for code, found in points.items() if len(found) >= _FEWEST}


def _middle(points: Sequence[tuple[float, float]]) -> SourcePlace:
    lat, lon = median(lat for lat, _ in points), median(lon for _, lon in points)
    far = sorted(distance_km(lat, lon, *point) for point in points)
    radius = max(_LEAST_KM, far[int(0.9 * (len(far) - 1))])
    return SourcePlace(
        id="",
        name="",
        lat=round(lat, 4),
        lon=round(lon, 4),
        radius_km=round(radius, 1),
    )
