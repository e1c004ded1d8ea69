"""The index of the embedded gazetteer that came with geomap, and its places read back: an installed geomap has nothing else of them.

An index holds all that a source says of a place but how its other names are written: it has their keys. Folding a key
gives that key again, so that an index which is compiled from these rows answers as the first one does.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from geomap.errors import GazetteerError
from geomap.gazetteer.index import DamagedIndexError, Index
from geomap.gazetteer.layout import (
    ABBREVIATION,
    ADJECTIVE,
    ALTERNATE,
    EXACT_MARK,
    GENERATED,
    LOOSE_MARK,
    MAIN,
    OTHER_MARK,
    OWN,
)
from geomap.gazetteer.sources.place import SourcePlace
from geomap.gazetteer.unit_display import LISTED
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = [
    "REINSTALL",
    "is_damaged",
    "open_shipped_index",
    "read_shipped_places",
    "write_tolerances",
]

#: the command that mends the index that came with geomap
REINSTALL: Final = "pip install --force-reinstall --no-deps geomap"

_TOLERANCES_FILE: Final = "tolerances.csv.gz"


def is_damaged(err: GazetteerError) -> bool:
    """Return whether an index is not what was built, or not there; not so where the system would not open its files."""
    return isinstance(err, DamagedIndexError) or isinstance(err.__cause__, FileNotFoundError)


def open_shipped_index(folder: Path) -> Index:
    """Return the index that came with geomap.

    Raises:
        GazetteerError: It is damaged; the message says what mends it.
    """
    try:
        return Index(folder)
    except GazetteerError as err:
        if not is_damaged(err):
            raise
        raise GazetteerError(
            f"{str(err).partition('; ')[0]}; it came with geomap, and installing that again mends it: {REINSTALL}"
        ) from err


def write_tolerances(folder: Path, places: Iterable[SourcePlace]) -> None:
    """Write beside an index what it does not hold of places: how exact they are, and whether they are loose.

    A row tells how many places lie between it and the row before, in the order of the ids: ids would take a megabyte.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("skipped", "tol_km", "is_loose"))
    skipped = 0
    for place in sorted(places, key=lambda place: place.id):
        if not place.is_loose and place.tol_km is None:
            skipped += 1
            continue
        km = "" if place.tol_km is None else f"{place.tol_km:g}"
        writer.writerow((skipped, km, int(place.is_loose)))
        skipped = 0
    (folder / _TOLERANCES_FILE).write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def _read_tolerances(folder: Path, ids: Iterable[str]) -> dict[str, tuple[float | None, bool]]:
    """Return how exact places are in km, as far as is known, and whether they are loose, by id; of the places with these ids."""
    path = folder / _TOLERANCES_FILE
    if not path.exists():  # an index without such places; a file that is missing was noticed before
        return {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        ordered = iter(sorted(ids))
        return {
            next(islice(ordered, int(row["skipped"]), None)): (
                float(row["tol_km"]) if row["tol_km"] else None,
                row["is_loose"] == "1",
            )
            for row in csv.DictReader(file)
        }


def read_shipped_places(folder: Path) -> dict[str, SourcePlace]:
    """Return the places of the index that came with geomap by id, as they went in but for the spelling of other names.

    Raises:
        GazetteerError: The index is damaged.
    """
    index = open_shipped_index(folder)
    keys: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for key, row, bits in index.postings():
        keys[row].append((key, bits))
    rows = (_read_row(index, row, keys[row]) for row in range(len(index)))
    places = {place.id: place for place in rows}
    for place_id, (tol_km, is_loose) in _read_tolerances(folder, places).items():
        places[place_id] = replace(places[place_id], tol_km=tol_km, is_loose=is_loose)
    return places


def _read_row(index: Index, row: int, keys: Sequence[tuple[str, int]]) -> SourcePlace:
    place = index.place(row)
    own = _is_own(keys)
    return SourcePlace(
        id=place.id,
        name=place.name,
        names=(*_listed_names(place.name, keys), *_names_of(keys, own=own)),
        lat=place.lat,
        lon=place.lon,
        feature=place.feature,
        country=place.country or "",
        admin1=place.admin1 or "",
        admin2=place.admin2 or "",
        population=place.population or None,
        radius_km=place.radius_km or None,
        own=own,
        admin1_id=place.admin1_id or "",
        admin2_id=place.admin2_id or "",
        source=index.source_of(row),
    )


def _is_own(keys: Sequence[tuple[str, int]]) -> bool:
    """Return whether a person vouches for a place: for its name, its adjectives and its abbreviations."""
    vouched = [
        bits & OWN
        for key, bits in keys
        if bits & (MAIN | ADJECTIVE | ABBREVIATION) and key[0] != OTHER_MARK
    ]
    return bool(vouched) and all(vouched)


def _listed_names(name: str, keys: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """Yield the name that a unit is listed under, where it is shown under another; Davao is no more than Davao City."""
    shown = fold_name(name) + " "
    for key, bits in keys:
        if bits & MAIN and key not in (shown, shown.removesuffix("city ")) and key[0] > OTHER_MARK:
            yield LISTED, key[:-1]


def _names_of(keys: Sequence[tuple[str, int]], *, own: bool) -> Iterator[tuple[str, str]]:
    """Yield the names whose keys these are, with their languages; not those that rules give again."""
    for key, bits in keys:
        if key.startswith(LOOSE_MARK) or bits & GENERATED:
            continue
        if key.startswith(EXACT_MARK):
            yield "abbr", key[1:]
            continue
        if key.startswith(OTHER_MARK):
            if bits & ADJECTIVE:
                yield "adj-und", key[1:-1]
            if bits & OWN:
                yield "gen-und", key[1:-1]
            continue
        name = key[:-1]
        if bits & ALTERNATE:
            yield "known", name
        if bits & ADJECTIVE:
            yield "adj", name
        if bits & OWN and not (own and bits & (MAIN | ADJECTIVE)):
            yield _ANY_LANGUAGE, name


#: no language whose names of units are varied: the index has these names already
_ANY_LANGUAGE: Final = "mul"
