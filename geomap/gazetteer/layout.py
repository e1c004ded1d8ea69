"""The layout of an index: what its files hold, and the bits and marks of its postings.

A key of the trie is a folded name and a space, so that a prefix ends at a word. A posting says which
place a key can mean, and what the name is for that place. Whoever writes or reads an index takes
these from here.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ABBREVIATION",
    "ADJECTIVE",
    "ALTERNATE",
    "ENDING",
    "EXACT_MARK",
    "FORMAT",
    "GENERATED",
    "LINEAGE",
    "LINEAGE_DTYPE",
    "LOOSE_MARK",
    "LOW_BITS",
    "MAIN",
    "NO_PLACE",
    "NO_UNIT",
    "OTHER_MARK",
    "OWN",
    "PHRASE",
    "PLACE_COLUMNS",
    "SCALE",
    "TENTHS",
    "UNIT",
    "UNIT_DTYPE",
    "Posting",
    "place_dtype",
    "place_struct",
]

#: raised when the layout of the index, or what goes into it, changes
FORMAT: Final = 12

#: what a name is for a place: bits of a posting
MAIN: Final = 1
OWN: Final = 2
ALTERNATE: Final = 4
ADJECTIVE: Final = 8
ABBREVIATION: Final = 16
#: not a place: a longer name of something else, which may hold names of places
PHRASE: Final = 32
#: a spelling that no source lists and that a rule of the place's language gives
GENERATED: Final = 64
#: the row of postings of phrases; in the files it is the one behind the last place's
NO_PLACE: Final = -1
#: bits of a posting's row in its first column; those above are in another, a byte each
LOW_BITS: Final = 16

#: names under arabic_key and abbreviations kept exactly as written start with a mark of their own
LOOSE_MARK: Final = "\x01"
EXACT_MARK: Final = "\x02"
#: and adjectives and genitives of other languages than English, which are looked up where a word is nothing else
OTHER_MARK: Final = "\x03"

#: letters of the ends of names that are kept, the last one first: with 7 of them a name's other spellings are looked for in
#: four fifths of the time, with all of them in two thirds, and the file is more than twice as large
ENDING: Final = 7

#: a place's row number, and what the name is for it
Posting = tuple[int, int]

#: latitudes and longitudes are kept as whole numbers of ten-millionths of a degree (1 cm)
SCALE: Final = 10_000_000
#: and radii in tenths of a kilometre
TENTHS: Final = 10
#: the row of a unit that is not known
NO_UNIT: Final = 0

#: the columns of places, each with the kinds of numbers of which the first that holds all is taken
PLACE_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("<i4", "<i8"),  # GeoNames' number; our own ids: -1 - their rank
    "population": ("<u4", "<i8"),
    "lat": ("<i4",),
    "lon": ("<i4",),
    "radius": ("<u2", "<i4"),  # in tenths of a kilometre
    "lineage": ("<u2", "<i4"),  # rows of the table of lineages
    "feature": ("u1", "<u2"),  # numbers of strings: there are few of them, and they come first
    "country": ("u1", "<u2"),
    "source": ("u1", "<u2"),
}
#: how struct calls the kinds of numbers
_CODES: Final = {"u1": "B", "<u2": "H", "<u4": "I", "<i4": "i", "<i8": "q"}


def place_dtype(limits: Mapping[str, tuple[int, int]]) -> np.dtype[np.void]:
    """Return how places are kept whose columns have such least and greatest values.

    Raises:
        OverflowError: A value is too large.
    """
    kinds = []
    for name, choice in PLACE_COLUMNS.items():
        low, high = limits[name]
        fitting = (
            kind for kind in choice if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max
        )
        kind = next(fitting, None)
        if kind is None:
            raise OverflowError(f"{name} from {low:,} to {high:,}")
        kinds.append((name, kind))
    return np.dtype(kinds)


def place_struct(dtype: np.dtype[np.void]) -> struct.Struct:
    """Return what reads one row of places by itself.

    Raises:
        ValueError: Places are not kept so.
    """
    kinds = {name: dtype[name].str.replace("|", "") for name in dtype.names or ()}
    if list(kinds) != list(PLACE_COLUMNS) or any(
        kind not in PLACE_COLUMNS[name] for name, kind in kinds.items()
    ):
        raise ValueError("its columns are other ones")
    return struct.Struct("<" + "".join(_CODES[kind] for kind in kinds.values()))


#: a unit that places lie in: its id as in PLACE_COLUMNS, 0 where only its name is known
UNIT_DTYPE: Final = np.dtype([("id", "<i8"), ("name", "<i4")])
UNIT: Final = struct.Struct("<qi")
#: the first and the second-level unit that places lie in, as rows of the table of units
LINEAGE_DTYPE: Final = np.dtype([("admin1", "<i4"), ("admin2", "<i4")])
LINEAGE: Final = struct.Struct("<ii")
