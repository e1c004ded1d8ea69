"""The layout of an index: what its files hold, and the bits and marks of its postings.

A key of the trie is a folded name and a space, so that a prefix ends at a word. A posting says which
place a key can mean, and what the name is for that place. Whoever writes or reads an index takes
these from here.
"""

from __future__ import annotations

import struct
from typing import Final

import numpy as np

__all__ = [
    "ABBREVIATION",
    "ADJECTIVE",
    "ALTERNATE",
    "ENDING",
    "EXACT_MARK",
    "FORMAT",
    "GENERATED",
    "LOOSE_MARK",
    "MAIN",
    "NO_PLACE",
    "NO_UNIT",
    "OTHER_MARK",
    "OWN",
    "PHRASE",
    "PLACE",
    "PLACE_DTYPE",
    "SCALE",
    "UNIT",
    "UNIT_DTYPE",
    "Posting",
]

#: raised when the layout of the index, or what goes into it, changes
FORMAT: Final = 10

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
#: the row of postings of phrases
NO_PLACE: Final = -1

#: names under arabic_key and abbreviations kept exactly as written start with a mark of their own
LOOSE_MARK: Final = "\x01"
EXACT_MARK: Final = "\x02"
#: and adjectives and genitives of other languages than English, which are looked up where a word is nothing else
OTHER_MARK: Final = "\x03"

#: letters of the ends of names that are kept, the last one first: with 8 of them a name's other spellings are looked for in
#: three quarters of the time, with all of them in two thirds, and the file is twice as large
ENDING: Final = 8

#: a place's row number, and what the name is for it
Posting = tuple[int, int]

#: latitudes and longitudes are kept as whole numbers of ten-millionths of a degree (1 cm)
SCALE: Final = 10_000_000
#: the row of a unit that is not known
NO_UNIT: Final = 0

PLACE_DTYPE: Final = np.dtype(
    [
        ("id", "<i8"),  # GeoNames' number; our own ids: -1 - string number
        ("population", "<i8"),
        ("lat", "<i4"),
        ("lon", "<i4"),
        ("radius_km", "<f4"),
        ("admin1", "<i4"),  # rows of the table of units
        ("admin2", "<i4"),
        ("feature", "<u2"),  # numbers of strings: there are few of them, and they come first
        ("country", "<u2"),
        ("source", "<u2"),
    ]
)
#: one row of them, read by itself
PLACE: Final = struct.Struct("<qqiifiiHHH")
#: a unit that places lie in: its id as in PLACE_DTYPE, 0 where only its name is known
UNIT_DTYPE: Final = np.dtype([("id", "<i8"), ("name", "<i4")])
UNIT: Final = struct.Struct("<qi")
