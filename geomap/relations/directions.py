"""Directions of the compass as words, and their azimuths."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["DIRECTION", "DIRECTIONS", "SHORT_DIRECTION", "is_plain", "read_azimuth"]

_POINT: Final = r"(?:north|south|east|west)"
#: "north", "south-west", "north-northeast", each also with "-ern"
DIRECTION: Final = rf"(?:{_POINT}(?:[-\s]?{_POINT}){{0,2}}(?:ern|erly)?(?:most)?)"
#: "NW", "SSE": only behind a distance
SHORT_DIRECTION: Final = r"(?:[NS](?:[NS]?[EW])?|[EW](?:[NS][EW])?)"
#: words that a direction ends with, to look for before anything else
DIRECTIONS: Final = frozenset(
    f"{first}{hyphen}{second}{ending}"
    for first in ("north", "south", "")
    for second in ("east", "west", "")
    for hyphen in ("", "-")
    for ending in ("", "ern", "ernmost")
    if (first or second) and bool(hyphen) <= (bool(first) and bool(second))
) | {"north-northeast", "north-northwest", "south-southeast", "south-southwest"} | {
    f"{first}-{second}" for first in ("east", "west") for second in ("northeast", "northwest", "southeast", "southwest")
}  # fmt: skip
_AZIMUTHS: Final = {
    letters: 22.5 * n
    for n, letters in enumerate("N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split())
}
_FIND_POINT: Final = re.compile(_POINT, re.IGNORECASE)


def read_azimuth(direction: str) -> float | None:
    """Return the azimuth of a direction in degrees clockwise from north; None for one that is none.

    >>> [read_azimuth(word) for word in ("north", "South-Western", "north-northeast", "NW", "west and south", "eastwest")]
    [0.0, 225.0, 22.5, 315.0, 225.0, None]
    """
    letters = "".join(point[0] for point in _FIND_POINT.findall(direction)).upper()
    if len(letters) == 2 and letters[0] in "EW":  # "west and the south"
        letters = letters[::-1]
    return _AZIMUTHS.get(letters or direction)


def is_plain(azimuth: float) -> bool:
    """Tell the four points of the compass from those between them."""
    return azimuth % 90 == 0
