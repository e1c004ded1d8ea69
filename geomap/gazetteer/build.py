"""Compile rows of places into an index folder: a trie of names and memory-mapped columns.

Rows stream through: names and keys go to temporary files in the folder that is built, and what stays in memory
grows by some forty bytes a place. The folder is written under a temporary name and renamed into place, so
that a reader never sees half of it, and two processes that build at once do no harm.
"""

from __future__ import annotations

import contextlib
import json
import struct
from array import array
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geomap.errors import GazetteerError
from geomap.gazetteer.digests import file_digests, seal_of
from geomap.gazetteer.importance import importance_of
from geomap.gazetteer.keys import name_keys
from geomap.gazetteer.layout import (
    FORMAT,
    LINEAGE_DTYPE,
    NO_PLACE,
    PHRASE,
    SCALE,
    TENTHS,
    UNIT_DTYPE,
    place_dtype,
)
from geomap.gazetteer.postings import Postings
from geomap.gazetteer.texts import SAMPLED, common_words, write_texts
from geomap.gazetteer.units import Units
from geomap.gazetteer.workspace import put_in_place, working_folder
from geomap.runtime.garbage import rare_collections
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.gazetteer.sources.place import SourcePlace

    Ints = np.ndarray[Any, np.dtype[Any]]

__all__ = ["build_index"]

_ROW: Final = struct.Struct("<qqiiiiHHH")
_ROW_DTYPE: Final = np.dtype(
    [
        ("id", "<i8"),
        ("population", "<i8"),
        ("lat", "<i4"),
        ("lon", "<i4"),
        ("radius", "<i4"),
        ("lineage", "<i4"),
        ("feature", "<u2"),
        ("country", "<u2"),
        ("source", "<u2"),
    ]
)
#: bytes of the longest name of a place that is kept
_LONGEST_NAME: Final = 2000
#: places that are written at once
_CHUNK: Final = 1 << 18
#: progress is told every so many places
_STEP: Final = 2000
#: feature codes, countries and sources are numbered in two bytes
_MOST_STRINGS: Final = 1 << 16


class _Pool(dict[str, int]):
    """Numbers for strings that come again and again; sorted and numbered anew at the end."""

    def __missing__(self, text: str) -> int:
        """Give a string that comes for the first time the next number."""
        number = self[text] = len(self)
        return number

    def ordered(self) -> tuple[list[str], Ints]:
        """Return the strings in order, and the place of each number among them."""
        order = sorted(self)
        places = np.zeros(max(len(order), 1), dtype="<i8")
        for place, text in enumerate(order):
            places[self[text]] = place
        return order, places


class _Writer:
    """Takes places one by one, and writes the files of an index at the end."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self._folder = folder
        self._scratch = scratch
        self._own, self._features, self._countries, self._sources = (_Pool() for _ in range(4))
        self._units = Units()
        self._rows = (scratch / "rows").open("wb")
        self._names = (scratch / "names").open("wb")
        self._lengths = array("H")
        self._importance = array("f")
        self._postings = Postings(scratch)

    def close(self) -> None:
        """Close the temporary files."""
        self._rows.close()
        self._names.close()

    def add(self, place: SourcePlace) -> None:
        """Add a place with its names.

        Raises:
            GazetteerError: It has no coordinates, or a value that an index cannot hold.
        """
        if place.lat is None or place.lon is None:
            raise GazetteerError(f"{place.id} {place.name!r} has no coordinates in any source")
        population, radius = place.population, place.radius_km or 0.0
        if population is None:
            population = place.size or 0
        try:
            row = _ROW.pack(
                self._number_of(place.id),
                population,
                round(place.lat * SCALE),
                round(place.lon * SCALE),
                round(radius * TENTHS),
                self._units.add(place),
                self._features[place.feature],
                self._countries[place.country],
                self._sources[place.source],
            )
        except (struct.error, ValueError, OverflowError) as err:
            raise GazetteerError(f"{place.id} {place.name[:80]!r} cannot be kept: {err}") from err
        self._rows.write(row)
        name = place.name.encode()
        if len(name) > _LONGEST_NAME:
            name = name[:_LONGEST_NAME].decode(errors="ignore").encode()
        self._names.write(name)
        self._postings.add(name_keys(place), len(self._lengths))
        self._lengths.append(len(name))
        self._importance.append(importance_of(place.feature, population, radius))

    def _number_of(self, place_id: str) -> int:
        if place_id.startswith("geonames:"):
            return int(place_id[9:])
        return -1 - self._own[place_id]

    def add_phrase(self, phrase: str) -> None:
        """Add the name of something that is no place, and that may hold names of places."""
        self._postings.add({fold_name(phrase) + " ": PHRASE}, NO_PLACE)

    def write(self) -> dict[str, object]:
        """Write the files of the index; return how many places, names and postings it has.

        And ``own``: the number of the first string that is an id of our own, and how many there are.

        Raises:
            GazetteerError: Two places have one id, or there are too many different features, countries or sources.
        """
        self.close()
        total = len(self._lengths)
        rows = np.zeros(0, dtype=_ROW_DTYPE)
        if total:
            rows = np.memmap(self._scratch / "rows", dtype=_ROW_DTYPE, mode="r").view(np.ndarray)
        own, own_numbers = self._own.ordered()
        ids = rows["id"].copy()
        ours = ids < 0
        ids[ours] = -1 - own_numbers[-1 - ids[ours]]
        order = np.argsort(ids, kind="stable")
        _check_ids(ids[order], own)
        begin = self._write_columns(rows, order, ids, own)
        self._write_place_names(order)
        ranks = np.empty(total, dtype="<i4")
        ranks[order] = np.arange(total, dtype="<i4")
        importance = np.array(self._importance, dtype="<f4")[order]
        counts = self._postings.write(self._folder, ranks, importance)
        return {"places": total, "own": [begin, len(own)], **counts}

    def _write_columns(self, rows: Ints, order: Ints, ids: Ints, own: Sequence[str]) -> int:
        """Write the columns of places, the units and the strings; return the number of the first of our own ids."""
        small: list[str] = []
        columns = {}
        for name, pool in (
            ("feature", self._features),
            ("country", self._countries),
            ("source", self._sources),
        ):
            texts, numbers = pool.ordered()
            columns[name] = numbers + len(small)
            small += texts
        if len(small) > _MOST_STRINGS:
            raise GazetteerError(
                f"expected at most {_MOST_STRINGS:,} different feature codes, countries and sources, got {len(small):,}"
            )
        units, lineages, lineage_rows = self._units.table(own)
        np.save(self._folder / "lineages.npy", np.array(lineages, dtype=LINEAGE_DTYPE))
        values = {name: rows[name] for name in ("population", "lat", "lon", "radius")}
        limits = {name: _limits(column) for name, column in {**values, "id": ids}.items()}
        limits["lineage"] = (0, len(lineages))
        limits |= {name: _limits(numbers) for name, numbers in columns.items()}
        places = np.lib.format.open_memmap(
            self._folder / "places.npy", mode="w+", dtype=place_dtype(limits), shape=(len(order),)
        )
        for begin in range(0, len(order), _CHUNK):
            chosen = order[begin : begin + _CHUNK]
            part, out = rows[chosen], places[begin : begin + _CHUNK]
            for name in values:
                out[name] = part[name]
            for name, numbers in columns.items():
                out[name] = numbers[part[name]]
            out["id"], out["lineage"] = ids[chosen], lineage_rows[part["lineage"]]
        places.flush()
        return self._write_strings(small, units, own)

    def _write_strings(
        self, small: Sequence[str], units: Sequence[tuple[int, str]], own: Sequence[str]
    ) -> int:
        """Write all strings and the units; return the number of the first string that is an id of our own."""
        names = sorted({name for _, name in units})
        numbers = {text: row for row, text in enumerate(names, len(small))}
        table = np.array([(number, numbers[name]) for number, name in units], dtype=UNIT_DTYPE)
        np.save(self._folder / "units.npy", table)
        encoded = [text.encode() for text in (*small, *names, *own)]
        sample = encoded[:: 1 + len(encoded) // SAMPLED]
        write_texts(self._folder, "strings", encoded, common_words(sample))
        return len(small) + len(names)

    def _write_place_names(self, order: Ints) -> None:
        """Write the names of places in the order of their rows."""
        lengths = np.array(self._lengths, dtype="<u2")
        begins = np.zeros(len(lengths) + 1, dtype="<i8")
        np.cumsum(lengths, out=begins[1:])
        whole = (self._scratch / "names").read_bytes()

        def names_of(rows: Ints) -> Iterator[bytes]:
            for begin in range(0, len(rows), _CHUNK):
                chosen = rows[begin : begin + _CHUNK]
                low, high = begins[chosen].tolist(), begins[chosen + 1].tolist()
                yield from (whole[a:b] for a, b in zip(low, high, strict=True))

        dictionary = common_words(names_of(order[:: 1 + len(order) // SAMPLED]))
        write_texts(self._folder, "place_names", names_of(order), dictionary)


def _limits(column: Ints) -> tuple[int, int]:
    """Return the least and the greatest value of a column; zero where it is empty."""
    return (int(column.min()), int(column.max())) if len(column) else (0, 0)


def _check_ids(ordered: Ints, own: Sequence[str]) -> None:
    same = np.flatnonzero(ordered[1:] == ordered[:-1])
    if len(same):
        number = int(ordered[same[0]])
        text = f"geonames:{number}" if number >= 0 else own[-1 - number]
        raise GazetteerError(f"expected each id once, got two places with the id {text!r}")


def _write_folder(
    folder: Path,
    scratch: Path,
    places: Iterable[SourcePlace],
    phrases: Iterable[str],
    total: int,
    progress: Callable[[int, int], None],
) -> dict[str, object]:
    folder.mkdir()
    scratch.mkdir()
    done = 0
    with contextlib.closing(_Writer(folder, scratch)) as writer:
        for place in places:
            writer.add(place)
            if done % _STEP == 0:
                progress(done, max(total, done))
            done += 1
        for phrase in phrases:
            writer.add_phrase(phrase)
        counts = writer.write()
    progress(done, done)
    return counts


def build_index(
    places: Iterable[SourcePlace],
    target: Path,
    *,
    description: Mapping[str, object],
    phrases: Iterable[str] = (),
    total: int = 0,
    replace: bool = False,
    work: Path | None = None,
    extra: Callable[[Path], None] = lambda _folder: None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Path:
    """Write the index of some places into the folder ``target``.

    Args:
        places: The places, each id once, in any order; they are read once.
        target: The folder to make; its parents are made where missing.
        description: What the index was made from; kept in its ``index.json``.
        phrases: Names of other things that hold names of places ("Paris Agreement").
        total: How many places there will be, as far as is known; for the progress alone.
        replace: Whether an index that is there already is replaced; otherwise that one is kept.
        work: The working folder of the target (see ``workspace.py``) where there is one already.
        extra: Called with the folder before it is put in place; may write further files there.
        progress: Called with the number of places done and the number of all places.

    Returns:
        ``target``. Where another process made it first, that one is kept.

    Raises:
        GazetteerError: A place has no coordinates, an id comes twice, or the folder cannot be written.
    """
    with contextlib.nullcontext(work) if work else working_folder(target) as room:
        folder = room / "index"
        try:
            with rare_collections():  # a search among all places that are in memory takes long
                counts = _write_folder(folder, room / "scratch", places, phrases, total, progress)
            extra(folder)
            meta = {"format": FORMAT, **description, **counts, "files": file_digests(folder)}
            meta["seal"] = seal_of(meta)
            (folder / "index.json").write_text(
                json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8"
            )
            put_in_place(folder, target, work=room, replace=replace)
        except OSError as err:
            raise GazetteerError(f"cannot write the gazetteer index to {target}: {err}") from err
    return target
