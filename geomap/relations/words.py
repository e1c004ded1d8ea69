"""Relations in plain words, for people who ask why a mention is drawn as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geomap.model import Relation

__all__ = ["word_relation"]

_WINDS: Final = (
    *("north", "north-northeast", "northeast", "east-northeast", "east", "east-southeast"),
    *("southeast", "south-southeast", "south", "south-southwest", "southwest", "west-southwest"),
    *("west", "west-northwest", "northwest", "north-northwest"),
)
_CENTRAL: Final = re.compile(r"\b(?:central|cent(?:er|re)|heart|middle)\b", re.IGNORECASE)
_PRECISIONS: Final = {2: "near it", 5: "in a part of it, along a line or between places"}
_GEOMETRIES: Final = {"LINESTRING": "a line", "MULTILINESTRING": "lines", "POLYGON": "an area", "MULTIPOLYGON": "areas"}  # fmt: skip


def _word_distance(km: float) -> str:
    return (
        f"{km * 1000:,.0f} m"
        if km < 1
        else f"{km:,.10g} km"
        if km == round(km, 1)
        else f"{km:,.1f} km"
    )


def _word_where(relation: Relation) -> str:
    wind = None if relation.azimuth is None else _WINDS[round(relation.azimuth / 22.5) % 16]
    far = None if relation.distance_km is None else _word_distance(relation.distance_km)
    match relation.type:
        case "distance":
            return f"{far} from it" if far else "at a distance from it that is not said exactly"
        case "direction":
            return f"{wind} of it" if wind else "on the way to it"
        case "offset":
            return f"{far} {wind} of it"
        case "part":
            if wind:
                return f"in the {wind} of it"
            return "in the middle of it" if _CENTRAL.search(relation.text) else "in a part of it"
        case "between":
            return "between it and another place, in a straight strip"
        case "along":
            return f"along a road or a river, {wind} of it" if wind else "along a road or a river"
        case "near":
            return f"near it, on its {wind} side" if wind else "near it"
        case "border":
            return "on its border"


def word_relation(relation: Relation) -> str:
    """Return what a relation says, in one line without its phrase.

    >>> from geomap.model import Relation
    >>> word_relation(
    ...     Relation(text="", type="offset", distance_km=65.0, azimuth=315.0, lat=36.748, lon=42.604,
    ...              radius_km=27.4, geometry="POLYGON ((0 0, 1 0, 1 1, 0 0))")
    ... )
    '65 km northwest of it: around 36.748, 42.604, drawn as an area, radius 27 km; precision 2 (near it)'
    """
    words = _word_where(relation)
    if relation.lat is not None and relation.lon is not None:
        words += f": around {relation.lat:.3f}, {relation.lon:.3f}"
    kind = (relation.geometry or "").partition(" ")[0]
    words += f", drawn as {_GEOMETRIES[kind]}" if kind in _GEOMETRIES else ", not drawn"
    if relation.radius_km:
        words += (
            f", radius {relation.radius_km:,.0f} km"
            if relation.radius_km >= 1
            else ", radius under 1 km"
        )
    return f"{words}; precision {relation.precision} ({_PRECISIONS[relation.precision]})"
