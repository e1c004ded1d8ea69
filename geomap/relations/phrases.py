"""Find the relations that a text puts around one mention: one small function for each kind of phrase.

A phrase is found around names that the geoparser found already: its patterns end where a name begins, or
begin where one ends, and never look for names themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.relations.nearness import find_border_town, find_coast, find_near, find_toward
from geomap.relations.offsets import find_distance, find_offset
from geomap.relations.parts import (
    find_adjective,
    find_outskirts,
    find_own_part,
    find_part_of,
    find_some_parts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.relations.spots import Phrase, Spot

__all__ = ["SINGLE_FINDERS"]

#: what is tried for each mention, the first that fits first
SINGLE_FINDERS: Final[Sequence[Callable[[Spot], Phrase | None]]] = (
    find_offset,
    find_distance,
    find_border_town,
    find_coast,
    find_outskirts,
    find_near,
    find_part_of,
    find_own_part,
    find_adjective,
    find_some_parts,
    find_toward,
)
