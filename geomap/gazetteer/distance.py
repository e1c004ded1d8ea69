"""How far apart two points are, on a sphere: exact to half a percent, and quick."""

from __future__ import annotations

import math

__all__ = ["EARTH_KM", "KM_PER_DEGREE", "distance_km"]

#: mean radius of the earth (IUGG)
EARTH_KM = 6371.0088
#: of latitude, and of longitude at the equator
KM_PER_DEGREE = 111.2


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance of two points in kilometres (haversine formula).

    >>> round(distance_km(35.95, 39.01, 36.89, 38.35))
    120
    """
    one, two = math.radians(lat), math.radians(other_lat)
    half = (
        math.sin((two - one) / 2) ** 2
        + math.cos(one) * math.cos(two) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
