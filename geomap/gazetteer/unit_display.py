"""The names under which units are shown: as English reporting writes them, "Nduga" for "Kabupaten Nduga".

Lists of units have words of the country's language before or behind a unit's name. ``display_words.csv`` says which of these
reporting leaves out. A name is left as it is where another unit of the country and level would then be called the same, unless the table
has an English word that tells the two apart ("Bandung Regency" beside the city of Bandung).
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.gazetteer.classes import unit_level
from geomap.gazetteer.paths import table_path
from geomap.gazetteer.unit_names import bare_unit_name
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geomap.gazetteer.sources.place import SourcePlace

__all__ = ["LISTED", "with_plain_names"]

#: marks the name that a unit is listed under, beside the one that it is shown under
LISTED: Final = "listed"
#: words that tell a unit from a town or another unit, whatever the country
_OTHER_WORDS: Final = re.compile(r"(?:city of )?(?P<name>\S.*?)(?: (?:city|municipality))?$")


class _Words(NamedTuple):
    """Words that are taken off the names of a country's units, and the English one that tells two of one name apart."""

    pattern: re.Pattern[str]
    english: str


@cache
def _display_words() -> Mapping[tuple[str, int], list[_Words]]:
    found: dict[tuple[str, int], list[_Words]] = defaultdict(list)
    with table_path("display_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            before, behind = (_either(row[column]) for column in ("before", "behind"))
            pattern = re.compile(rf"(?:{before} (?P<after>\S.*)|(?P<name>\S.*?) {behind})$")
            found[row["country"], int(row["level"])].append(_Words(pattern, row["english"]))
    return found


def _either(cell: str) -> str:
    """Return a pattern for any of the words of a cell; one that nothing fits for an empty cell."""
    words = sorted(filter(None, cell.split("|")), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, words))})" if words else r"(?!)"


def _split_name(place: SourcePlace) -> tuple[str, str]:
    """Return a unit's name without the words that reporting leaves out, and the English word for these."""
    for words in _display_words().get((place.country, unit_level(place.feature)), ()):
        match = words.pattern.match(place.name)
        if match:
            return match["after"] or match["name"], words.english
    return place.name, ""


def _key(place: SourcePlace) -> tuple[str, int, str]:
    """Return what units must not share: country, level, and the name without any word for a unit."""
    level = unit_level(place.feature)
    bare = fold_name(bare_unit_name(_split_name(place)[0], place.country, level))
    match = _OTHER_WORDS.match(bare)
    return place.country, level, match["name"] if match else bare


def with_plain_names(places: Iterable[SourcePlace]) -> list[SourcePlace]:
    """Return places, units under the name that English reporting has for them; the listed name stays one of their names.

    Args:
        places: All places, so that two units of one name can be told apart.

    >>> from geomap.gazetteer.sources.place import SourcePlace
    >>> nduga = SourcePlace(id="geomap:id-nduga", name="Kabupaten Nduga", feature="ADM2", country="ID")
    >>> [place.name for place in with_plain_names([nduga])]
    ['Nduga']
    """
    places = list(places)
    words = _display_words()
    shared = Counter(_key(p) for p in places if (p.country, unit_level(p.feature)) in words)
    return [_with_plain_name(place, shared) for place in places]


def _with_plain_name(place: SourcePlace, shared: Mapping[tuple[str, int, str], int]) -> SourcePlace:
    name, english = _split_name(place)
    if name == place.name:
        return place
    if shared[_key(place)] > 1:
        if not english:
            return place
        name = f"{name} {english}"
    return replace(place, name=name, names=((LISTED, place.name), *place.names))
