"""Compile places into an index folder: a trie of names and memory-mapped columns.

The folder is written under a temporary name and renamed into place, so that a reader never
sees half of it, and two processes that build at once do no harm.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from array import array
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import marisa_trie
import numpy as np

from geomap.errors import GazetteerError
from geomap.text import arabic_key, fold_name, has_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geomap.gazetteer.sources import SourcePlace

__all__ = [
    "ABBREVIATION",
    "ADJECTIVE",
    "ALTERNATE",
    "EXACT_MARK",
    "FORMAT",
    "LOOSE_MARK",
    "MAIN",
    "NO_PLACE",
    "OTHER_MARK",
    "OWN",
    "PHRASE",
    "PLACE_DTYPE",
    "build_index",
]

#: raised when the layout of the index, or what goes into it, changes
FORMAT: Final = 7

#: what a name is for a place: bits of a posting
MAIN: Final = 1
OWN: Final = 2
ALTERNATE: Final = 4
ADJECTIVE: Final = 8
ABBREVIATION: Final = 16
#: not a place: a longer name of something else, which may hold names of places
PHRASE: Final = 32
#: the row of postings of phrases
NO_PLACE: Final = -1

#: keys of the trie: a folded name and a space (so that a prefix ends at a word); names under
#: arabic_key and abbreviations kept exactly as written start with a mark of their own
LOOSE_MARK: Final = "\x01"
EXACT_MARK: Final = "\x02"
#: and adjectives and genitives of other languages than English, which are looked up where a word is nothing else
OTHER_MARK: Final = "\x03"

PLACE_DTYPE: Final = np.dtype(
    [
        ("id", "<i8"),  # GeoNames' number; our own ids: -1 - string number
        ("lat", "<f8"),
        ("lon", "<f8"),
        ("population", "<i8"),
        ("radius_km", "<f4"),
        ("name", "<i4"),
        ("feature", "<i4"),
        ("country", "<i4"),
        ("admin1", "<i4"),
        ("admin2", "<i4"),
    ]
)
_ARABIC_COUNTRIES: Final = frozenset(
    "AE BH DJ DZ EG EH IQ JO KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split()
)
#: loose keys shorter than this fit too many words
_LOOSE_LETTERS: Final = 4
_LONGEST_NAME: Final = 80
_SHORTEST_NAME: Final = 2


class _Strings:
    """A pool of strings; number 0 is the empty one."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {"": 0}

    def add(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))

    def write(self, folder: Path) -> None:
        encoded = [text.encode() for text in self.numbers]
        ends = np.cumsum([0, *map(len, encoded)], dtype="<i8")
        np.save(folder / "strings.npy", ends)
        (folder / "strings.bin").write_bytes(b"".join(encoded))


def _is_written_name(name: str) -> bool:
    """Tell a name that people write from codes and machine transliterations.

    GeoNames' alternate names hold airport codes ("PAR") and lower-case transliterations from
    other scripts ("basrt"); neither stands for a place in prose.
    """
    if not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME:
        return False
    if name.isascii():
        return any(char.islower() for char in name) and any(char.isupper() for char in name)
    cased = [char for char in name if has_case(char)]
    return not cased or any(char.isupper() for char in cased)


def _short_names(place: SourcePlace) -> list[tuple[str, str]]:
    """Return what a county of the United States is called beside others ("Clarke and Oconee")."""
    if place.feature != "ADM2" or place.country != "US":
        return []
    return [
        ("alt", place.name.removesuffix(word))
        for word in (" County", " Parish")
        if place.name.endswith(word)
    ]


def _name_keys(place: SourcePlace) -> dict[str, int]:
    """Return the keys of a place's names, each with its bits."""
    keys: dict[str, int] = defaultdict(int)
    arabic = place.country in _ARABIC_COUNTRIES
    own_bit = OWN if place.own else 0
    for lang, name in (("main", place.name), *_short_names(place), *place.names):
        if lang == "abbr":
            keys[EXACT_MARK + name] |= ABBREVIATION | own_bit
            continue
        if lang.startswith(("adj-", "gen-")):
            keys[f"{OTHER_MARK}{fold_name(name)} "] |= ADJECTIVE if lang < "b" else OWN
            continue
        if lang == "alt" and not _is_written_name(name):
            continue
        folded = fold_name(name)
        if len(folded) < _SHORTEST_NAME and not (folded and ord(folded[0]) > 0x2E80):
            continue
        bit = {"main": MAIN | own_bit, "adj": ADJECTIVE | own_bit, "alt": ALTERNATE}.get(lang, OWN)
        keys[folded + " "] |= bit
        if arabic and lang != "adj" and folded.isascii():
            loose = arabic_key(folded)
            if len(loose) >= _LOOSE_LETTERS:
                keys[f"{LOOSE_MARK}{loose} "] |= bit
    return keys


def _place_row(place: SourcePlace, strings: _Strings) -> tuple[object, ...]:
    kind, _, local = place.id.partition(":")
    number = int(local) if kind == "geonames" else -1 - strings.add(place.id)
    if place.lat is None or place.lon is None:
        raise GazetteerError(f"{place.id} {place.name!r} has no coordinates in any source")
    return (
        number,
        place.lat,
        place.lon,
        place.population or 0,
        place.radius_km or 0.0,
        strings.add(place.name),
        strings.add(place.feature),
        strings.add(place.country),
        strings.add(place.admin1),
        strings.add(place.admin2),
    )


def _write_files(
    folder: Path,
    places: Iterable[SourcePlace],
    phrases: Iterable[str],
    total: int,
    progress: Callable[[int, int], None],
) -> dict[str, int]:
    strings = _Strings()
    rows: list[tuple[object, ...]] = []
    keys = array("i")  # number of the key of each posting, in order of first appearance
    owners = array("i")
    flags = array("B")
    numbers: dict[str, int] = {}
    for row, place in enumerate(places):
        rows.append(_place_row(place, strings))
        for key, bits in _name_keys(place).items():
            keys.append(numbers.setdefault(key, len(numbers)))
            owners.append(row)
            flags.append(bits)
        if row % 2000 == 0:
            progress(row, total)
    for phrase in phrases:
        keys.append(numbers.setdefault(fold_name(phrase) + " ", len(numbers)))
        owners.append(NO_PLACE)
        flags.append(PHRASE)
    trie = marisa_trie.Trie(numbers)
    trie_numbers = np.fromiter((trie[key] for key in numbers), dtype="<i4", count=len(numbers))
    posting_keys = trie_numbers[np.frombuffer(keys, dtype="<i4")]
    order = np.argsort(posting_keys, kind="stable")
    starts = np.zeros(len(numbers) + 1, dtype="<i4")
    np.cumsum(np.bincount(posting_keys, minlength=len(numbers)), out=starts[1:])
    trie.save(str(folder / "names.marisa"))
    np.save(folder / "posting_starts.npy", starts)
    np.save(folder / "posting_places.npy", np.frombuffer(owners, dtype="<i4")[order])
    np.save(folder / "posting_flags.npy", np.frombuffer(flags, dtype="u1")[order])
    np.save(folder / "places.npy", np.array(rows, dtype=PLACE_DTYPE))
    strings.write(folder)
    progress(total, total)
    return {"places": len(rows), "names": len(numbers), "postings": len(flags)}


def build_index(
    places: Mapping[str, SourcePlace],
    target: Path,
    *,
    description: Mapping[str, str],
    phrases: Sequence[str] = (),
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Path:
    """Write the index of some places into the folder ``target``, which must not exist yet.

    Args:
        places: The places by id.
        target: The folder to make; its parents are made where missing.
        description: What the index was made from; kept in its ``index.json``.
        phrases: Names of other things that hold names of places ("Paris Agreement").
        progress: Called with the number of places done and the number of all places.

    Returns:
        ``target``. Where another process made it first, that one is kept.

    Raises:
        GazetteerError: A place has no coordinates, or the folder cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent)
    except OSError as err:
        raise GazetteerError(
            f"cannot write the gazetteer index to {target.parent}: {err.strerror}; "
            "set GEOMAP_CACHE to a folder that can be written"
        ) from err

    folder = Path(temporary)
    try:
        ordered = [places[key] for key in sorted(places)]
        counts = _write_files(folder, ordered, phrases, len(ordered), progress)
        meta = {"format": FORMAT, **description, **counts}
        (folder / "index.json").write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n")
        folder.chmod(0o755)
        try:
            os.rename(folder, target)  # noqa: PTH104 - atomic, and fails where target is filled
        except OSError:
            if not (target / "index.json").exists():
                raise
    except OSError as err:
        raise GazetteerError(f"cannot write the gazetteer index to {target}: {err}") from err
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return target
