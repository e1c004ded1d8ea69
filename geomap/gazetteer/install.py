"""Download GeoNames' dump files, so that they can be compiled: which files, from where, and whether there is room.

Files come by http(s) from ``https://download.geonames.org/export/dump/`` or another base (``GEOMAP_GEONAMES_URL``); see
:mod:`geomap.gazetteer.fetching` for how. Proxies are those of the environment (``https_proxy``, ``no_proxy``).
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from geomap.errors import GazetteerError
from geomap.gazetteer.fetching import Fetcher, NotThereError, Patience
from geomap.gazetteer.homes import gazetteer_home
from geomap.gazetteer.paths import cache_folder
from geomap.gazetteer.web import RedirectError, check_web_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.gazetteer.fetching import Fetched

__all__ = ["BASE_URL", "Download", "base_url", "download_geonames", "geonames_files"]

BASE_URL: Final = "https://download.geonames.org/export/dump/"
_BASE_VARIABLE: Final = "GEOMAP_GEONAMES_URL"
#: compiling writes, beside the index, 1.6 bytes for each byte of text at its most (measured on 300,000 places with 480,000 other
#: names); a dump's text is about four times its archive. geomap's own places take 70 MB
_INDEX_FACTOR: Final = 7
_OWN_ROOM: Final = 100_000_000
_COMMON: Final = ("admin1CodesASCII.txt", "admin2Codes.txt")
#: a country's other names come in a folder of their own; GeoNames has none for the smallest ones
_ALTERNATES: Final = "alternatenames/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """What came of a download: the files in order, how many bytes came now, and how many files were there already."""

    folder: Path
    files: tuple[Path, ...]
    bytes: int
    kept: int
    notes: tuple[str, ...] = ()


def base_url() -> str:
    """Return where GeoNames' files are fetched from.

    Raises:
        GazetteerError: The environment names something that is no http(s) address.
    """
    url = check_web_address(os.environ.get(_BASE_VARIABLE) or BASE_URL, _BASE_VARIABLE)
    return url if url.endswith("/") else url + "/"


def geonames_files(countries: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the files that are needed for some countries; for all without any.

    Raises:
        GazetteerError: A country is no two-letter code.
    """
    codes = sorted({country.strip().upper() for country in countries})
    for code in codes:
        if not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise GazetteerError(f"expected countries as two-letter ISO codes, got {code!r}")
    if not codes:
        return (*_COMMON, "allCountries.zip", "alternateNamesV2.zip")
    places = [f"{code}.zip" for code in codes]
    return (*_COMMON, *places, *(f"{_ALTERNATES}{code}.zip" for code in codes))


def download_geonames(
    countries: Sequence[str] = (),
    *,
    folder: Path | None = None,
    say: Callable[[str], None] = lambda _line: None,
    progress: Callable[[str, int, int], None] = lambda _name, _done, _total: None,
    patience: Patience | None = None,
) -> Download:
    """Download GeoNames' files of some countries, or of all.

    Args:
        countries: ISO codes; none for the whole world.
        folder: Where the files go; None for a folder in the user's cache.
        say: Called with lines that a person should read before the download begins: its size, the space.
        progress: Called with a file's name, the bytes done and the bytes in all (0 where nobody knows).
        patience: How often a failing server is asked again, how long it may be silent, and how large a file may be.

    Raises:
        GazetteerError: A file is not there, could not be fetched whole, or the disk has no room.
    """
    base, names = base_url(), geonames_files(countries)
    target = folder or cache_folder() / "geonames"
    files = {name: target / name.replace("/", "-") for name in names}
    fetcher = Fetcher(patience=patience or Patience(), progress=progress)
    with _locked(target):
        try:
            _check_room(_sizes(fetcher, base, files), files, base, say)
            return _fetch_all(fetcher, base, files, target)
        except RedirectError as err:
            raise GazetteerError(f"{err}; set {_BASE_VARIABLE} if the files have moved") from err


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other processes from writing to the same files."""
    import filelock  # noqa: PLC0415 - only for downloads

    lock = filelock.FileLock(folder / ".lock", blocking=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout as err:
        raise GazetteerError(
            f"{folder}: another process downloads to this folder; wait until it is done"
        ) from err
    except OSError as err:
        raise GazetteerError(
            f"cannot write to {folder}: {err.strerror or err}; set GEOMAP_CACHE to a folder that can be written"
        ) from err
    try:
        yield
    finally:
        lock.release()


def _fetch_all(fetcher: Fetcher, base: str, files: Mapping[str, Path], target: Path) -> Download:
    fetched: list[Fetched] = []
    notes: list[str] = []
    for name, path in files.items():
        try:
            fetched.append(fetcher.fetch(urljoin(base, name), path))
        except NotThereError as err:
            if not name.startswith(_ALTERNATES):
                raise GazetteerError(
                    f"{err}; is it the ISO code of a country, and {_BASE_VARIABLE} the folder of GeoNames' dump files?"
                ) from err
            notes.append(f"without other names of {path.stem[-2:]}: {err}")
    return Download(
        folder=target,
        files=tuple(item.path for item in fetched),
        bytes=sum(item.bytes for item in fetched),
        kept=sum(item.kept for item in fetched),
        notes=tuple(notes),
    )


def _sizes(fetcher: Fetcher, base: str, files: Mapping[str, Path]) -> dict[str, int]:
    """Return the sizes of files in bytes, of those that the server says."""
    sizes: dict[str, int] = {}
    for name in files:
        try:
            size = fetcher.size_of(urljoin(base, name))
        except ConnectionError:  # the download itself says what is wrong
            return sizes
        if size is not None:
            sizes[name] = size
    return sizes


def _check_room(
    sizes: Mapping[str, int],
    files: Mapping[str, Path],
    base: str,
    say: Callable[[str], None],
) -> None:
    """Say how large the download is, and what room it needs on each disk.

    Raises:
        GazetteerError: A disk has too little room.
    """
    total = sum(sizes.values())
    if not total:
        say(f"{len(files)} files from {base}; the server does not say how large they are")
        return
    say(f"{len(files)} files, {_megabytes(total)} from {base}")
    for folder, need in _needed_room(sizes, files).items():
        try:
            free = shutil.disk_usage(folder).free
        except OSError as err:
            raise GazetteerError(f"{folder}: {err.strerror or err}") from err
        say(f"{folder}: about {_megabytes(need)} are needed, {_megabytes(free)} are free")
        if need > free:
            raise GazetteerError(
                f"{folder}: {_megabytes(need)} are needed, {_megabytes(free)} are free; free some space, "
                "choose fewer countries, or move the folders with GEOMAP_CACHE and GEOMAP_GAZETTEERS"
            )


def _needed_room(sizes: Mapping[str, int], files: Mapping[str, Path]) -> dict[Path, int]:
    """Return what room is needed in one folder of each disk that is written to, in bytes."""
    total = sum(sizes.values())
    target = next(iter(files.values())).parent
    missing = sum(max(0, size - _size_there(files[name])) for name, size in sizes.items())
    needs: dict[Path, int] = defaultdict(int)
    first_of: dict[int, Path] = {}
    for folder, need in (
        (target, missing),
        (gazetteer_home(), _OWN_ROOM + total * _INDEX_FACTOR),
    ):
        there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        needs[first_of.setdefault(there.stat().st_dev, there)] += need
    return needs


def _size_there(path: Path) -> int:
    """Return how many bytes of a file are there already."""
    part = path.with_name(f".{path.name}.part")
    return next((item.stat().st_size for item in (part, path) if item.exists()), 0)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size >= 1e7 else f"{size / 1e6:,.1f} MB"
