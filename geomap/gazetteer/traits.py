"""What choosing among places needs of each: less than the whole place, and read at a third of its cost.

A name means up to some dozens of places, of which one is shown in the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geomap.model import Place

__all__ = ["Area", "Lineage", "Traits", "find_lineage", "traits_of"]

#: a country, a first-level or a second-level unit: "SY", "SY/geonames:172957"; units whose id nobody knows go by
#: name; a word, for words are compared and looked up fastest
Area = str


class Lineage(NamedTuple):
    """What a place lies in; one object for all places of a unit.

    ``first`` is its first-level unit, by its id or else its name; ``unit`` and ``subunit`` are its units as areas, ``areas`` are
    the country and these.
    """

    country: str | None
    first: str | None
    first_id: str | None
    second_id: str | None
    unit: Area | None
    subunit: Area | None
    areas: tuple[Area, ...]


class Traits(NamedTuple):
    """A place in a row, as far as it is compared with its namesakes."""

    id: str
    feature: str
    lineage: Lineage
    population: int
    lat: float
    lon: float
    radius_km: float


def find_lineage(
    country: str | None,
    first: tuple[str | None, str | None],
    second: tuple[str | None, str | None],
) -> Lineage:
    """Return what a place lies in, by its country and the ids and names of its units.

    >>> find_lineage("SY", ("geonames:172957", "Raqqa"), (None, "Tell Abiad")).areas
    ('SY', 'SY/geonames:172957', 'SY/geonames:172957/Tell Abiad')
    """
    upper, lower = first[0] or first[1], second[0] or second[1]
    unit = subunit = None
    areas: tuple[Area, ...] = ()
    if country:
        areas = (country,)
        if upper:
            unit = f"{country}/{upper}"
            areas = country, unit
            if lower:
                subunit = f"{unit}/{lower}"
                areas = country, unit, subunit
    return Lineage(country, upper, first[0], second[0], unit, subunit, areas)


def traits_of(place: Place) -> Traits:
    """Return what of a place is compared with its namesakes."""
    lineage = find_lineage(
        place.country, (place.admin1_id, place.admin1), (place.admin2_id, place.admin2)
    )
    return Traits(
        place.id,
        place.feature,
        lineage,
        place.population,
        place.lat,
        place.lon,
        place.radius_km,
    )
