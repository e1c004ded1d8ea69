"""What the text says that a place lies near: "Sake, a town near Goma", "Krasnyi Yar, east of Pokrovsk", "12 km from Djibo"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.recognise.lexicon import DIRECTIONS
from geomap.recognise.options import TOWN_TYPES
from geomap.resolve.holders import is_joined, lower_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.recognise.names import Name
    from geomap.recognise.options import Option
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span

__all__ = ["SECTORS", "Vicinity", "find_vicinity", "lies_near", "vicinity_of_sector"]


class Vicinity(NamedTuple):
    """What a place is near to, by name, and how far from it it can lie at most."""

    name: Name
    km: float


#: words between a place and what it lies near
_BRIDGE: Final = (
    frozenset(
        "a an the at on in just about around some roughly nearly only lying which that lies is of from to away town city village hamlet "
        "settlement suburb district neighbourhood neighborhood area community camp site small large key strategic remote nearby farming "
        "mining fishing coastal border main port".split()
    )
    | DIRECTIONS
)
_LENGTHS: Final = frozenset("km kilometre kilometres kilometer kilometers".split())
_MILES: Final = frozenset("mile miles".split())
_REACH: Final = 11
_KM_PER_MILE: Final = 1.609
#: how far off a place can be that is near, at the edge of, or in some direction of another; and by how much a distance is rough
_NEAR_KM: Final = {
    "near": 60.0,
    "close": 60.0,
    "outside": 40.0,
    "edge": 30.0,
    "outskirts": 30.0,
    "suburb": 40.0,
}
_SIDE_KM: Final = 200.0
_ROUGH_KM, _ROUGH_SHARE = 15.0, 1.5


def find_vicinity(page: Page, span: Span, around: Around) -> Vicinity | None:
    """Return what stands next behind a place as near to it; None where nothing does."""
    if around.end_gap not in (",", "(", "_"):
        return None
    km = 0.0
    number = 0.0
    for index in range(span.last + 1, min(span.last + 1 + _REACH, len(page.tokens))):
        other = page.starts.get(index)
        if other is not None:
            return _vicinity(span, other.name, km)
        word = lower_word(page, index)
        if index > span.last + 1 and not is_joined(page, index):
            return None
        if word.isdecimal():
            number = float(word[:6])
        elif word in _LENGTHS or word in _MILES:
            km = _ROUGH_KM + _ROUGH_SHARE * number * (_KM_PER_MILE if word in _MILES else 1.0)
        elif word in _NEAR_KM:
            km = km or _NEAR_KM[word]
        elif word in DIRECTIONS and lower_word(page, index + 1) == "of":
            km = km or _SIDE_KM
        elif word not in _BRIDGE:
            return None
    return None


#: what a front is divided into, behind the name of the town that it is called after; and how far that reaches
SECTORS: Final = frozenset("direction sector axis front".split())
_SECTOR_KM: Final = 80.0


def vicinity_of_sector(town: Name) -> Vicinity | None:
    """Return what lies in the sector that is called after a town; None for what cannot be a town."""
    is_town = any(option.type in TOWN_TYPES for option in town.options)
    return Vicinity(town, _SECTOR_KM) if is_town else None


def _vicinity(span: Span, other: Name, km: float) -> Vicinity | None:
    is_town = any(option.type in TOWN_TYPES for option in other.options) and not other.is_adjective
    return Vicinity(other, km) if km and is_town and other is not span.name else None


def lies_near(option: Option, vicinities: Iterable[Vicinity]) -> bool:
    """Return whether a place can lie as near to a town as the text says, of each of the names that it is near to."""
    return all(
        any(
            town.type in TOWN_TYPES and option.distance_km(town) <= vicinity.km
            for town in vicinity.name.options
        )
        for vicinity in vicinities
    )
