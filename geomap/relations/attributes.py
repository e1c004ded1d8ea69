"""Tell attributes from parts: "northern Takhar province" is all of Takhar, which lies in the north of its country.

Both are written alike ("southern Cabo Delgado province" is a part of a unit in the north). So the map decides: where
the unit lies on that side of its country, the direction says no more than that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geomap.relations.patterns import Pattern
from geomap.relations.spots import is_country

if TYPE_CHECKING:
    from geomap.model import Place

__all__ = ["ATTRIBUTED", "UNIT_BEHIND", "is_attribute"]

_UNITS: Final = (
    "province|governorate|region|state|oblast|krai|prefecture|department|district|county|canton|raion|woreda|zone"
    "|division|township|municipality|emirate|voivodeship"
)
#: behind a name, they say that the unit is meant
UNIT_BEHIND: Final = Pattern(rf"\s+(?:{_UNITS})\b", re.IGNORECASE)
#: before "of" and a name, they say so as well; several regions or districts are parts of what is named
ATTRIBUTED: Final = Pattern(
    rf"[-\s]+(?:\w+\s+)?(?:{_UNITS}|provinces|governorates|states|oblasts|prefectures|counties)",
    re.IGNORECASE,
)
#: degrees between a direction and where the unit lies, seen from the middle of its country
_ASIDE: Final = 60.0
#: a unit is central where it is no farther from the middle than this share of the country's extent
_CENTRAL: Final = 0.35


def is_attribute(place: Place, azimuth: float | None) -> bool:
    """Return whether a direction tells where a unit lies in its country, and not a part of the unit.

    Args:
        place: The unit, or the town that gave it its name.
        azimuth: The direction in degrees; None for "central".
    """
    from geomap.relations.areas import extent_km, find_country_area  # noqa: PLC0415 - shapely, where it is needed
    from geomap.relations.geodesic import find_way  # noqa: PLC0415

    if not place.country or is_country(place):
        return False
    country = find_country_area(place.country)
    if country is None:
        return False
    middle = country.centroid
    way = find_way(middle.y, middle.x, place.lat, place.lon)
    if azimuth is None:
        return way.km <= _CENTRAL * extent_km(country)
    return abs((way.leaving - azimuth + 180) % 360 - 180) <= _ASIDE
