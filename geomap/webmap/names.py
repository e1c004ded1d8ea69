"""Other names of a page's places, in the spellings and scripts that a gazetteer knows, to search by.

They are folded as the gazetteer keeps them, and a page only compares them: none is ever shown.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer, open_gazetteer
from geomap.gazetteer.layout import EXACT_MARK, LOOSE_MARK, OTHER_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["find_names"]

#: code points of all names of a page, and of one place's: a third of it, compressed, is in the file
NAMES_LIMIT: Final = 240_000
PLACE_LIMIT: Final = 2_400
_LONGEST_NAME: Final = 60
_SHORT_NAME: Final = 7
_log = logging.getLogger(__name__)


def find_names(
    place_ids: Sequence[str], weights: Sequence[int], gazetteer: Gazetteer | None = None
) -> list[str]:
    """Return the other names of places, a line each; "" where none is known or there is no room.

    Args:
        place_ids: Ids of the places.
        weights: How much each is mentioned; the most mentioned have room first.
        gazetteer: Where they are looked up; None for the one in use. Where that cannot be opened,
            the places have no other names, and a warning is logged.
    """
    try:
        source = open_gazetteer(gazetteer, progress=False)
    except GazetteerError as err:
        _log.warning("the page cannot be searched in other spellings: %s", err)
        return [""] * len(place_ids)
    rows = [source.row_of_id(place_id) if place_id else None for place_id in place_ids]
    keys = source.names_of_all([row for row in rows if row is not None])
    names, left = [""] * len(place_ids), NAMES_LIMIT
    for at in sorted(range(len(place_ids)), key=lambda at: (-weights[at], place_ids[at])):
        row = rows[at]
        if row is None:
            continue
        text = "\n".join(_choose_names(keys[row]))
        if len(text) <= left:
            names[at] = text
            left -= len(text)
    return names


def _choose_names(keys: Iterable[str]) -> list[str]:
    """Return names as one would type them: abbreviations, and names that begin no longer one."""
    found: set[str] = set()
    for key in keys:
        if key.startswith(EXACT_MARK):
            found.add(key[1:].replace(".", "").lower())
        elif not key.startswith((LOOSE_MARK, OTHER_MARK)):
            found.add(key[:-1])
    found = {name for name in found if 0 < len(name) <= _LONGEST_NAME and "\n" not in name}
    ordered = sorted(found)
    # a longer name that begins the next one is found by it
    kept = [
        name
        for name, longer in zip(ordered, [*ordered[1:], ""], strict=True)
        if len(name) < _SHORT_NAME or not longer.startswith(name)
    ]
    # the shortest first: they are the usual ones
    room = PLACE_LIMIT
    chosen = []
    for name in sorted(kept, key=lambda name: (len(name), name)):
        room -= len(name) + 1
        if room < 0:
            break
        chosen.append(name)
    return sorted(chosen)
