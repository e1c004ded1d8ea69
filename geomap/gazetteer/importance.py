"""What a place counts among its namesakes: its population, or what stands for one."""

from __future__ import annotations

from typing import Final

from geomap.gazetteer.classes import place_type

__all__ = ["importance_of"]

#: what a place counts as whose population no source gives: a small one of its kind, not an empty one
_UNCOUNTED: Final = {"adm1": 300_000.0, "adm2": 30_000.0, "city": 1_000.0, "quarter": 1_000.0}
#: units below the second level are many, and most are villages with their fields
_SMALL_UNIT: Final = {"ADM3": 10_000.0, "ADM4": 1_000.0, "ADM5": 1_000.0}
_EXTENDED: Final = frozenset(["region", "water", "continent"])
_LARGEST: Final = 1e8


def importance_of(feature: str, population: int, radius_km: float) -> float:
    """Return a place's population; for a region or a water, what its extent is worth.

    A region 100 km in radius counts like a town of 100,000, one of 1,000 km like ten millions: the
    exponent is that of the world's settlements and their units.

    >>> importance_of("PPL", 0, 0.0), importance_of("SEA", 0, 1000.0)
    (1000.0, 10000000.0)
    """
    kind = place_type(feature)
    if population or kind not in _EXTENDED:
        return float(population) or _SMALL_UNIT.get(feature) or _UNCOUNTED.get(kind, 0.0)
    return min(10.0 * radius_km**2, _LARGEST)
