"""Open the gazetteer index and look names up in it.

The index is a folder of memory-mapped files (see compile.py): opening costs next to nothing,
and all processes of a machine share one copy in memory.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import marisa_trie
import numpy as np

from geomap.errors import GazetteerError
from geomap.gazetteer import compile as compiler
from geomap.gazetteer import sources
from geomap.model import Place
from geomap.text import arabic_key, fold_name

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Gazetteer", "Posting", "cache_folder", "open_gazetteer"]

#: a place's row number, and what the name is for it (bits of compile.py: MAIN, OWN …)
Posting = tuple[int, int]

_LONGEST_ABBREVIATION: Final = 12
_LICENCE: Final = (
    "GeoNames, CC BY 4.0, geonames.org; Natural Earth, public domain; "
    "US Census Bureau, public domain; airportsdata, MIT"
)


def _mapped(path: Path) -> np.ndarray[Any, Any]:
    """Return a column as a view of its file; a plain array, since slices of a memmap are slow."""
    return np.load(path, mmap_mode="r").view(np.ndarray)  # type: ignore[no-any-return]


def _damaged(folder: Path, reason: object) -> GazetteerError:
    return GazetteerError(
        f"the gazetteer index in {folder} is damaged ({reason}); delete the folder and it is "
        "built anew"
    )


def _read_meta(folder: Path) -> dict[str, Any]:
    try:
        meta = json.loads((folder / "index.json").read_text())
    except OSError as err:
        raise GazetteerError(
            f"{folder} holds no gazetteer index: {err.strerror or err}; "
            "give an index folder, or none for the embedded gazetteer"
        ) from err
    except ValueError as err:
        raise _damaged(folder, err) from err
    if not isinstance(meta, dict):
        raise _damaged(folder, "its index.json is no JSON object")
    if meta.get("format") != compiler.FORMAT:
        raise GazetteerError(
            f"{folder} has format {meta.get('format')!r}, this version reads "
            f"{compiler.FORMAT}; delete the folder and it is built anew"
        )
    return meta


class Gazetteer:
    """A gazetteer that was compiled to an index folder; read-only, cheap to open and to share.

    Args:
        folder: The index folder.

    Raises:
        GazetteerError: The folder holds no index, or one of another format.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.meta = _read_meta(folder)
        try:
            self.trie: Any = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
            self._starts = _mapped(folder / "posting_starts.npy")
            self._owners = _mapped(folder / "posting_places.npy")
            self._flags = _mapped(folder / "posting_flags.npy")
            self._rows = _mapped(folder / "places.npy")
            self._string_ends = _mapped(folder / "strings.npy")
            self._string_bytes = np.memmap(folder / "strings.bin", dtype="u1", mode="r").view(
                np.ndarray
            )
        except (OSError, EOFError, ValueError, RuntimeError) as err:
            raise _damaged(folder, err) from err
        expected = (len(self.trie), self._starts[-1], self._starts[-1], self._string_ends[-1])
        sizes = (
            len(self._starts) - 1,
            len(self._owners),
            len(self._flags),
            len(self._string_bytes),
        )
        if sizes != expected:
            raise _damaged(folder, "its files do not belong together")
        self._places: dict[int, Place] = {}
        self._words: dict[int, str] = {}
        self._own_ids: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        """Pickle as the folder's path: another process maps the same files."""
        return Gazetteer, (self.folder,)

    def _string(self, number: int) -> str:
        text = self._words.get(number)
        if text is None:
            start, end = self._string_ends[number], self._string_ends[number + 1]
            text = self._words[number] = self._string_bytes[start:end].tobytes().decode()
        return text

    def place(self, row: int) -> Place:
        """Return the place in a row of the index."""
        known = self._places.get(row)
        if known is None:
            number, lat, lon, population, radius, *texts = self._rows[row].item()
            name, feature, country, admin1, admin2 = map(self._string, texts)
            known = self._places[row] = Place(
                id=f"geonames:{number}" if number >= 0 else self._string(-1 - number),
                name=name,
                lat=lat,
                lon=lon,
                feature=feature,
                country=country or None,
                admin1=admin1 or None,
                admin2=admin2 or None,
                population=population,
                radius_km=round(radius, 1),
            )
        return known

    def find_id(self, place_id: str) -> Place | None:
        """Return the place with an id, None where the index has no such.

        GeoNames' numbers are compared at once; the first id of our own asks for all of these, which
        takes a tenth of a second.
        """
        prefix, _, number = place_id.partition(":")
        if prefix == "geonames" and number.isdecimal() and number.isascii():
            rows = np.flatnonzero(self._rows["id"] == int(number[:18]))
            return self.place(int(rows[0])) if len(rows) else None
        if self._own_ids is None:
            numbers = self._rows["id"]
            own = np.flatnonzero(numbers < 0).tolist()
            self._own_ids = {self._string(-1 - int(numbers[row])): row for row in own}
        row = self._own_ids.get(place_id)
        return None if row is None else self.place(row)

    def postings(self, key_number: int) -> list[Posting]:
        """Return the places of one key of the trie, each with what the name is for it."""
        low, high = self._starts[key_number : key_number + 2].tolist()
        return list(
            zip(self._owners[low:high].tolist(), self._flags[low:high].tolist(), strict=True)
        )

    def find(self, key: str) -> list[Posting]:
        """Return the postings of an exact key of the trie; none where it has no such key."""
        number = self.trie.get(key)
        return [] if number is None else self.postings(number)

    def row_of(self, place_id: str, name: str) -> int | None:
        """Return the row of a place, found through one of its names; None where it has no such."""
        rows = (row for row, _ in self.find(fold_name(name) + " ") if row != compiler.NO_PLACE)
        return next((row for row in rows if self.place(row).id == place_id), None)

    def lookup(self, name: str) -> list[Posting]:
        """Return the places that a name can mean, in no order.

        Abbreviations count as written; Arabic names are found in looser spellings where the
        exact one is unknown.
        """
        folded = fold_name(name)
        found = dict(self.find(folded + " "))
        if len(name) <= _LONGEST_ABBREVIATION:
            for row, bits in self.find(compiler.EXACT_MARK + name):
                found[row] = found.get(row, 0) | bits
        found.pop(compiler.NO_PLACE, None)
        if not found and folded.isascii():
            found = dict(self.find(f"{compiler.LOOSE_MARK}{arabic_key(folded)} "))
        return list(found.items())

    def search(self, name: str, *, limit: int = 10) -> list[Place]:
        """Return the places of that name, best known first.

        Places whose own name it is come before places that are also called so, then the more
        populous first.
        """
        found = [(self.place(row), bits) for row, bits in self.lookup(name)]
        found.sort(key=lambda pair: (not pair[1] & compiler.OWN, -pair[0].population, pair[0].id))
        return [place for place, _ in found[:limit]]

    def info(self) -> dict[str, object]:
        """Return what the index holds, what it was made from, and where it lies."""
        size = sum(path.stat().st_size for path in self.folder.iterdir())
        return {**self.meta, "folder": str(self.folder), "bytes": size, "licence": _LICENCE}


def cache_folder() -> Path:
    """Return the folder for compiled indexes: ``$GEOMAP_CACHE``, else the user's cache folder."""
    moved = os.environ.get("GEOMAP_CACHE")
    if moved:
        return Path(moved)
    import platformdirs  # noqa: PLC0415 - not needed where GEOMAP_CACHE is set

    return platformdirs.user_cache_path("geomap", appauthor=False)


def _progress_bar(*, wanted: bool) -> Callable[[int, int], None]:
    if not (wanted and sys.stderr.isatty()):
        return lambda _done, _total: None
    from tqdm import tqdm  # noqa: PLC0415 - only where a person watches

    bar = tqdm(desc="compiling the gazetteer (once)", unit=" places", unit_scale=True, leave=False)

    def show(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)
        if done == total:
            bar.close()

    return show


def _build_embedded(target: Path, digest: str, *, progress: bool) -> None:
    import filelock  # noqa: PLC0415 - only needed once for each version

    target.parent.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(f"{target}.lock"):
        if (target / "index.json").exists():
            return
        compiler.build_index(
            sources.read_embedded_places(),
            target,
            description={"source": "embedded", "digest": digest},
            phrases=sources.read_phrases(),
            progress=_progress_bar(wanted=progress),
        )


def open_gazetteer(path: str | Path | None = None, *, progress: bool = True) -> Gazetteer:
    """Open a gazetteer index; without a path the embedded one, compiled at its first use.

    Args:
        path: An index folder; None for the embedded gazetteer in the user's cache folder.
        progress: Whether to show a progress bar on a terminal while compiling.

    Raises:
        GazetteerError: There is no index, it is damaged, or it cannot be written.
    """
    if path is not None:
        return Gazetteer(Path(path))
    digest = sources.sources_digest()
    target = cache_folder() / f"embedded-{compiler.FORMAT}-{digest[:16]}"
    try:
        if not (target / "index.json").exists():
            _build_embedded(target, digest, progress=progress)
    except OSError as err:
        raise GazetteerError(
            f"cannot write the gazetteer index to {target.parent}: {err.strerror or err}; "
            "set GEOMAP_CACHE to a folder that can be written"
        ) from err
    return Gazetteer(target)
