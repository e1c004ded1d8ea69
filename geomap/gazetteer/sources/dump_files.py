"""The files of a GeoNames dump: which is which, and their lines. Files are known by their names and by their number of columns."""

from __future__ import annotations

import codecs
import contextlib
import itertools
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final

from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from geomap.gazetteer.sources.faults import FileReport

__all__ = ["PLACE_COLUMNS", "DumpFiles", "dump_lines", "find_files"]

PLACE_COLUMNS: Final = 19
_ALTERNATE_COLUMNS: Final = frozenset([8, 9, 10])
#: published files that hold no places
_OTHERS: Final = ("readme", "countryinfo", "featurecodes", "timezones", "iso-language")
_SUFFIXES: Final = frozenset([".txt", ".zip"])
_BLOCK: Final = 1 << 20
_LONGEST_LINE: Final = 1 << 20


@dataclass(slots=True)
class DumpFiles:
    """The files of a dump by what they hold."""

    places: list[Path] = field(default_factory=list)
    alternates: list[Path] = field(default_factory=list)
    admin1: Path | None = None
    admin2: Path | None = None
    hierarchy: Path | None = None


def dump_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file, plain or the largest one in a zip archive, without comments.

    Raises:
        GazetteerError: The file cannot be read, is damaged, or has a line without an end.
    """
    try:
        with contextlib.ExitStack() as stack:
            raw: IO[bytes]
            if path.suffix.lower() == ".zip":
                archive = stack.enter_context(zipfile.ZipFile(path))
                raw = stack.enter_context(archive.open(_largest_member(path, archive)))
            else:
                raw = stack.enter_context(path.open("rb"))
            yield from _text_lines(path, raw)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as err:
        if isinstance(err, GazetteerError):
            raise
        # an archive with a password is a RuntimeError
        raise GazetteerError(f"{path}: expected a zip archive that is whole: {err}") from err
    except OSError as err:
        raise GazetteerError(f"{path}: cannot be read: {err.strerror or err}") from err


def _largest_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the text file in an archive that is no read-me."""
    members = [
        item
        for item in archive.infolist()
        if item.filename.lower().endswith(".txt")
        and not item.filename.rpartition("/")[2].lower().startswith(("readme", "iso-language"))
    ]
    if not members:
        raise GazetteerError(f"{path}: expected a .txt file in the archive, found none")
    return max(members, key=lambda item: item.file_size)


def _text_lines(path: Path, raw: IO[bytes]) -> Iterator[str]:
    """Yield lines without their ends; bytes that are no UTF-8 become question marks."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    rest, number = "", 0
    while True:
        block = raw.read(_BLOCK)
        lines = (rest + decoder.decode(block, final=not block)).split("\n")
        rest = lines.pop() if block else ""
        number += len(lines)
        if len(rest) > _LONGEST_LINE:
            raise GazetteerError(
                f"{path}:{number + 1}: expected lines of a dump, got an endless one"
            )
        for line in lines:
            if line and line[0] != "#":
                yield line[:-1] if line[-1] == "\r" else line
        if not block:
            return


def _sort_file(path: Path, files: DumpFiles, report: FileReport) -> None:
    """Put a file where it belongs by its name, else by its columns."""
    name = path.name.lower()
    if name.startswith("admin1codes"):
        files.admin1 = path
    elif name.startswith("admin2codes"):
        files.admin2 = path
    elif name.startswith("hierarchy"):
        files.hierarchy = path
    elif not name.startswith(_OTHERS):
        first = next(itertools.islice(dump_lines(path), 1), "")
        columns = first.count("\t") + 1
        is_numbered = first.partition("\t")[0].isdigit()
        if columns == PLACE_COLUMNS:
            files.places.append(path)
        elif columns in _ALTERNATE_COLUMNS and is_numbered:
            files.alternates.append(path)
        else:
            report.notes.append(f"{path.name} is none of GeoNames' files of places: left out")


def find_files(paths: Iterable[Path], report: FileReport) -> DumpFiles:
    """Return GeoNames' files among some paths; folders are searched, not their folders.

    Raises:
        GazetteerError: There is no file of places among them, or one cannot be read.
    """
    files = DumpFiles()
    given = list(paths)
    for path in given:
        try:
            inside = sorted(path.iterdir()) if path.is_dir() else [path]
            path.stat()
        except (OSError, ValueError) as err:
            reason = getattr(err, "strerror", None) or err
            raise GazetteerError(
                f"{path}: expected a file of GeoNames' dump, or a folder of them: {reason}"
            ) from err
        for item in inside:
            if item.suffix.lower() in _SUFFIXES and item.is_file():
                _sort_file(item, files, report)
    if not files.places:
        raise GazetteerError(
            f"{', '.join(map(str, given))}: expected a file of places as GeoNames publishes them (allCountries.txt, SD.zip, …: "
            f"{PLACE_COLUMNS} columns, separated by tabs), found none"
        )
    for what, there in (
        ("alternateNamesV2.txt (languages of names)", files.alternates),
        ("admin1CodesASCII.txt (names of first-level units)", files.admin1),
        ("admin2Codes.txt (names of second-level units)", files.admin2),
    ):
        if not there:
            report.notes.append(f"without {what}")
    return files
