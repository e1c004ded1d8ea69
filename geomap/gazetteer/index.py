"""One index: a folder of memory-mapped files (see build.py), opened to look names up in it.

Opening costs next to nothing, and all processes of a machine share one copy in memory.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import marisa_trie
import numpy as np

from geomap.errors import GazetteerError
from geomap.gazetteer import layout
from geomap.gazetteer.digests import DESCRIPTION, OpenFiles, read_small_json, seal_of, verify_files
from geomap.gazetteer.lookup import Gazetteer
from geomap.gazetteer.runs import Runs, view_of
from geomap.gazetteer.texts import Texts
from geomap.gazetteer.towns import TownRows
from geomap.gazetteer.traits import Lineage, Traits, find_lineage
from geomap.model import Place
from geomap.runtime.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geomap.gazetteer.towns import Box

__all__ = ["DamagedIndexError", "Index", "read_description"]

#: places that are kept as they were read
_MOST_PLACES: Final = 200_000

_LICENCE: Final = (
    "GeoNames, CC BY 4.0, geonames.org; Natural Earth, public domain; "
    "US Census Bureau, public domain; airportsdata, MIT"
)


def _mapped(path: Path) -> np.ndarray[Any, Any]:
    """Return a column as a view of its file; a plain array, since slices of a memmap are slow."""
    return np.load(path, mmap_mode="r").view(np.ndarray)  # type: ignore[no-any-return]


def _bytes_of(path: Path) -> np.ndarray[Any, Any]:
    if path.stat().st_size == 0:
        return np.zeros(0, dtype="u1")
    return np.memmap(path, dtype="u1", mode="r").view(np.ndarray)


class DamagedIndexError(GazetteerError):
    """An index is not what was built."""


def _damaged(folder: Path, reason: object) -> DamagedIndexError:
    return DamagedIndexError(
        f"the gazetteer index in {folder} is damaged ({reason}); delete the folder and build it anew "
        "(the embedded one is built anew by itself, others by 'geomap gazetteer build')"
    )


def _unopened(folder: Path, err: Exception) -> GazetteerError:
    """Return the error of an index that the system would not open, whatever is in its files."""
    reason = getattr(err, "strerror", None) or str(err) or "memory ran out"
    return GazetteerError(f"cannot open the gazetteer index in {folder}: {reason}")


def read_description(folder: Path) -> dict[str, Any]:
    """Return what an index says of itself.

    Raises:
        GazetteerError: The folder holds no index, or one of another format, or a damaged one.
    """
    try:
        meta = read_small_json(folder / DESCRIPTION)
    except OSError as err:
        raise GazetteerError(
            f"{folder} holds no gazetteer index: {err.strerror or err}; "
            "give an index folder, or none for the embedded gazetteer"
        ) from err
    except ValueError as err:
        raise _damaged(folder, err) from err
    except MemoryError as err:
        raise _unopened(folder, err) from err
    if not isinstance(meta, dict):
        raise _damaged(folder, "its index.json is no JSON object")
    is_sealed = meta.get("seal") == seal_of(meta)
    if meta.get("format") != layout.FORMAT and (is_sealed or "seal" not in meta):
        raise GazetteerError(
            f"{folder} has format {meta.get('format')!r}, this version reads "
            f"{layout.FORMAT}; build it anew with: {meta.get('command') or 'geomap gazetteer build'}"
        )
    if not is_sealed:
        raise _damaged(folder, "its index.json is not what was written when it was built")
    return meta


class Index(Gazetteer):
    """A gazetteer that was compiled to an index folder.

    Args:
        folder: The index folder.

    Raises:
        GazetteerError: The folder holds no index, one of another format, or a damaged one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.meta = read_description(folder)
        try:
            verify_files(folder, self.meta.get("files"))
            self._files = OpenFiles(folder, self.meta["files"])
            self._open()
        except (FileNotFoundError, EOFError, ValueError, KeyError, TypeError) as err:
            raise _damaged(folder, err) from err
        except (OSError, MemoryError, RuntimeError) as err:
            # the files are what was built: a trie of marisa that cannot be opened then lacks memory
            raise _unopened(folder, err) from err
        self._places = Memo(self._read_place, _MOST_PLACES)
        self._unit = Memo(self._read_unit, _MOST_PLACES)
        self._lineage = Memo(self._read_lineage, _MOST_PLACES)
        self._words: dict[int, str] = {}

    def _open(self) -> None:
        folder = self.folder
        self._trie: Any = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
        self._ends: Any = marisa_trie.Trie().mmap(str(folder / "ends.marisa"))
        self._runs = Runs(
            *(_mapped(folder / f"postings_{what}.npy") for what in ("lengths", "begins"))
        )
        self._lows = _mapped(folder / "posting_places.npy")
        self._aboves = _mapped(folder / "posting_places_above.npy")
        self._flags = _mapped(folder / "posting_flags.npy")
        self._rows = _mapped(folder / "places.npy")
        self._units = _mapped(folder / "units.npy")
        self._lineages = _mapped(folder / "lineages.npy")
        self._strings, self._names = (
            Texts(_mapped(folder / f"{name}.npy"), _bytes_of(folder / f"{name}.bin"))
            for name in ("strings", "place_names")
        )
        self._own_begin, self._own_count = map(int, self.meta["own"])
        sizes = (
            len(self._runs),
            len(self._lows),
            len(self._aboves),
            len(self._flags),
            len(self._names),
        )
        expected = (len(self._trie), *[self._runs.total] * 3, len(self._rows))
        if sizes != expected:
            raise ValueError("its files do not belong together")
        self._row_struct = layout.place_struct(self._rows.dtype)
        self._none = len(self._rows)  # the row of what is no place
        self._ids = self._rows["id"]
        self._low_of, self._above_of, self._flag_of = map(
            view_of, (self._lows, self._aboves, self._flags)
        )
        self._row_bytes, self._unit_bytes, self._lineage_bytes = (
            view_of(rows.view("u1")) for rows in (self._rows, self._units, self._lineages)
        )

    def check_unchanged(self) -> None:
        """Make sure that what was read so far was read from the files that were built.

        Raises:
            GazetteerError: A file of the index was cut or written since it was opened.
        """
        changed = self._files.find_changed()
        if changed is not None:
            raise GazetteerError(
                f"{changed} of the gazetteer index in {self.folder} was changed while it was in use; "
                "'geomap gazetteer check' says what became of it"
            )

    def __len__(self) -> int:
        return len(self._rows)

    def __reduce__(self) -> tuple[type[Index], tuple[Path]]:
        """Pickle as the folder's path: another process maps the same files."""
        return Index, (self.folder,)

    @property
    def title(self) -> str:
        """The index in a few words: what it is called, and how many places it holds."""
        name = self.meta.get("title") or self.meta.get("source") or self.folder.name
        return f"{name} ({len(self):,} places)"

    def _string(self, number: int) -> str:
        text = self._words.get(number)
        if text is None:
            text = self._words[number] = self._text(self._strings, number)
        return text

    def _text(self, texts: Texts, number: int) -> str:
        try:
            return texts[number]
        except ValueError as err:
            raise _damaged(self.folder, err) from err

    def _id_text(self, number: int) -> str:
        return f"geonames:{number}" if number >= 0 else self._string(self._own_begin - 1 - number)

    def _read_unit(self, row: int) -> tuple[str | None, str | None]:
        """Return the id and the name of a unit; both None where a place has none."""
        if row == layout.NO_UNIT:
            return None, None
        number, name = layout.UNIT.unpack_from(self._unit_bytes, row * layout.UNIT.size)
        return (self._id_text(number) if number else None), self._string(name)

    def place(self, row: int) -> Place:
        """Return the place in a row of the index.

        Raises:
            GazetteerError: There is no such row.
        """
        return self._places[row]

    def _read_row(self, row: int) -> tuple[int, ...]:
        """Return the columns of a place.

        Raises:
            GazetteerError: There is no such row.
        """
        if not 0 <= row < len(self._rows):
            raise _damaged(self.folder, f"there is no row {row}")
        return self._row_struct.unpack_from(self._row_bytes, row * self._row_struct.size)

    def _read_units(self, lineage: int) -> tuple[tuple[str | None, str | None], ...]:
        """Return id and name of the first and of the second-level unit of a lineage."""
        one, two = layout.LINEAGE.unpack_from(self._lineage_bytes, lineage * layout.LINEAGE.size)
        return self._unit[one], self._unit[two]

    def _read_place(self, row: int) -> Place:
        number, population, lat, lon, radius, lineage, feature, country, _ = self._read_row(row)
        (admin1_id, admin1), (admin2_id, admin2) = self._read_units(lineage)
        return Place(
            id=self._id_text(number),
            name=self._text(self._names, row),
            lat=lat / layout.SCALE,
            lon=lon / layout.SCALE,
            feature=self._string(feature),
            country=self._string(country) or None,
            admin1=admin1,
            admin2=admin2,
            population=population,
            radius_km=radius / layout.TENTHS,
            admin1_id=admin1_id,
            admin2_id=admin2_id,
        )

    def _read_lineage(self, key: tuple[int, int]) -> Lineage:
        """Return what a place lies in, by the number of its country and that of its lineage."""
        country, lineage = key
        return find_lineage(self._string(country) or None, *self._read_units(lineage))

    def traits(self, row: int) -> Traits:
        """Return what the place in a row is chosen by among its namesakes.

        Raises:
            GazetteerError: There is no such row.
        """
        number, population, lat, lon, radius, lineage, feature, country, _ = self._read_row(row)
        return Traits(
            f"geonames:{number}" if number >= 0 else self._id_text(number),
            self._words.get(feature) or self._string(feature),
            self._lineage[country, lineage],
            population,
            lat / layout.SCALE,
            lon / layout.SCALE,
            radius / layout.TENTHS,
        )

    def source_of(self, row: int) -> str:
        """Return the sources of the place in a row, joined by "+"."""
        return self._string(int(self._rows[row]["source"]))

    def row_of_id(self, place_id: str) -> int | None:
        """Return the row of the place with an id, None where the index has no such."""
        kind, _, local = place_id.partition(":")
        if kind == "geonames":
            if not (local.isascii() and local.isdigit() and len(local) <= _LONGEST_NUMBER):
                return None
            number = int(local)
        else:
            rank = self._own_rank(place_id)
            if rank is None:
                return None
            number = -1 - rank
        row = bisect_left(self._ids, number)
        return row if row < len(self._ids) and int(self._ids[row]) == number else None

    def _own_rank(self, place_id: str) -> int | None:
        """Return the rank of an id among our own, which are sorted; None where there is no such."""
        low, high = 0, self._own_count
        while low < high:
            middle = (low + high) // 2
            if self._string(self._own_begin + middle) < place_id:
                low = middle + 1
            else:
                high = middle
        found = low < self._own_count and self._string(self._own_begin + low) == place_id
        return low if found else None

    def find(self, key: str) -> list[layout.Posting]:
        """Return the postings of a key, likeliest first; none where no place has such a name."""
        number = self._trie.get(key)
        if number is None:
            return []
        low, high = self._runs.bounds(number)
        none, shift = self._none, layout.LOW_BITS
        if high - low == 1:  # as nine of ten names have it
            row = self._low_of[low] | self._above_of[low] << shift
            return [(row if row < none else layout.NO_PLACE, self._flag_of[low])]
        halves = zip(self._low_of[low:high], self._above_of[low:high], strict=True)
        rows = [rest | above << shift for rest, above in halves]
        owners = [row if row < none else layout.NO_PLACE for row in rows]
        return list(zip(owners, self._flag_of[low:high], strict=True))

    def _owners(self) -> np.ndarray[Any, Any]:
        """Return the row of each posting, and one too high for phrases; all of them are read."""
        above = self._aboves.astype("<i8") << layout.LOW_BITS
        owners: np.ndarray[Any, Any] = above | self._lows
        return owners

    def has(self, key: str) -> bool:
        """Return whether a key is a name of a place, or of another thing."""
        return key in self._trie

    def known(self, keys: Sequence[str]) -> list[str]:
        """Return those of some keys that are names of places, or of other things."""
        trie = self._trie
        return [key for key in keys if key in trie]

    def opens(self, key: str) -> bool:
        """Return whether a longer name starts with the words of a key."""
        keys = self._trie.iterkeys(key)
        first = next(keys, None)
        return first is not None and (first != key or next(keys, None) is not None)

    def begins(self, key: str) -> bool:
        """Return whether this name or a longer one starts with the words of a key."""
        return next(self._trie.iterkeys(key), None) is not None

    def ends(self, text: str) -> bool:
        """Return whether the last letters of a text can be the last of a name."""
        last = text[: -1 - layout.ENDING : -1]
        return next(self._ends.iterkeys(last), None) is not None

    def prefixes(self, key: str) -> Sequence[str]:
        """Return the keys that a key starts with, shortest first."""
        return self._trie.prefixes(key)  # type: ignore[no-any-return]

    def keys(self, start: str, *, limit: int, length: int) -> Sequence[str]:
        """Return keys that start with some letters and are about so long; at most ``limit`` of them."""
        slack = max(2, length // 3)
        near = (key for key in self._trie.iterkeys(start) if abs(len(key) - 1 - length) <= slack)
        return list(islice(near, limit))

    def names_of(self, row: int) -> list[str]:
        """Return every key that names the place in a row; slow, since it reads the whole index."""
        postings = np.flatnonzero(self._owners() == row)
        numbers = np.searchsorted(self._runs.begins(), postings, side="right") - 1
        return sorted(self._trie.restore_key(int(number)) for number in numbers)

    def names_of_all(self, rows: Sequence[int]) -> dict[int, list[str]]:
        """Return every key that names each of many places, by their rows: the index is read once."""
        wanted = np.zeros(len(self) + 1, dtype=bool)  # a posting can own no place
        wanted[list(rows)] = True
        found: dict[int, list[str]] = {row: [] for row in rows}
        owners = self._owners()
        postings = np.flatnonzero(wanted[owners])
        numbers = np.searchsorted(self._runs.begins(), postings, side="right") - 1
        for row, number in zip(owners[postings].tolist(), numbers.tolist(), strict=True):
            found[row].append(self._trie.restore_key(number))
        return {row: sorted(names) for row, names in found.items()}

    @cached_property
    def _towns(self) -> TownRows:
        numbers = range(int(self._rows["feature"].max(initial=0)) + 1)
        return TownRows(self._rows, [self._string(number) for number in numbers])

    def towns_within(self, box: Box) -> list[Place]:
        """Return the towns in a part of the globe, the southernmost first."""
        return [self.place(row) for row in self._towns.within(box)]

    def postings(self) -> Iterator[tuple[str, int, int]]:
        """Yield every key with each row that it can mean, and what it is for that place."""
        starts, flags = self._runs.begins().tolist(), self._flags.tolist()
        owners, none = self._owners().tolist(), len(self)
        for key, number in self._trie.iteritems():
            for at in range(starts[number], starts[number + 1]):
                yield key, owners[at] if owners[at] < none else layout.NO_PLACE, flags[at]

    def info(self) -> dict[str, object]:
        """Return what the index holds, what it was made from, and where it lies."""
        size = sum(path.stat().st_size for path in self.folder.iterdir())
        meta = {
            key: value for key, value in self.meta.items() if key not in ("files", "own", "seal")
        }
        return {"licence": _LICENCE, **meta, "folder": str(self.folder), "bytes": size}


#: digits of the largest number that an id can hold
_LONGEST_NUMBER: Final = 18
