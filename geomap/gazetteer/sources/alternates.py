"""The alternate names of a GeoNames dump beside its places: both are sorted into temporary files, so that few are in memory."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.sources.dump_files import dump_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["PairedLines", "read_alternate"]

#: what GeoNames keeps among alternate names and is no name: links, codes, sounds
_NO_LANGUAGES: Final = frozenset(
    "link wkdt post iata icao faac tcid unlc phon uicn nuts lauc aisp".split()
)
#: names of the years of the French Revolution
_PAST: Final = "fr_1793"
#: lines are sorted into so many files by the place's number
_PARTS: Final = 128
#: lines that are kept in memory before they are written
_BUFFERED: Final = 100_000

#: a place's names, each with its language
Names = list[tuple[str, str]]


def read_alternate(cells: Sequence[str]) -> tuple[str, str, str] | None:
    """Return number, language and name of a row of alternate names; None for what is no name.

    Preferred and short names, and all English ones, are names in use; historic and colloquial ones, and those
    that ended in some year, may be found, and are nobody's first guess: their language is ``alt``.
    """
    if len(cells) < 4 or cells[2] in _NO_LANGUAGES or not _is_number(cells[1]):
        return None
    lang, name = cells[2], cells[3]
    preferred, short, colloquial, historic = ("1" in cells[at : at + 1] for at in range(4, 8))
    has_ended = len(cells) > 9 and bool(cells[9])
    if lang == "abbr":
        return (cells[1], "abbr", name) if _is_abbreviation(name) else None
    is_past = historic or colloquial or has_ended or lang == _PAST
    is_in_use = lang == "en" or (lang and (preferred or short))
    return (cells[1], lang if is_in_use and not is_past else "alt", name) if name else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_abbreviation(name: str) -> bool:
    """Return whether nothing else is written so: two capitals ("NYC"), or a dot behind ("Calif.")."""
    return sum(map(str.isupper, name)) > 1 or (len(name) > 2 and name.endswith("."))


class _Sorter:
    """Writes lines into files by the number that they begin with."""

    def __init__(self, folder: Path, name: str) -> None:
        self._paths = [folder / f"{name}-{part}" for part in range(_PARTS)]
        self._buffers: dict[int, list[str]] = defaultdict(list)
        self._count = 0

    def add(self, number: str, line: str) -> None:
        """Add a line."""
        self._buffers[int(number) % _PARTS].append(line)
        self._count += 1
        if self._count == _BUFFERED:
            self.flush()

    def flush(self) -> None:
        """Write what is in memory."""
        for part, lines in self._buffers.items():
            with self._paths[part].open("a", encoding="utf-8", newline="\n") as file:
                file.write("\n".join([*lines, ""]))
        self._buffers.clear()
        self._count = 0

    def read(self, part: int) -> list[str]:
        """Return the lines of a part, in the order in which they came; its file is removed."""
        path = self._paths[part]
        if not path.exists():
            return []
        lines = path.read_bytes().decode().split("\n")[:-1]
        path.unlink()
        return lines


class PairedLines:
    """Pairs the lines of places with the alternate names of each.

    Args:
        folder: A folder for temporary files.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._places = _Sorter(folder, "places")
        self._names = _Sorter(folder, "names")

    def add_names(self, paths: Iterable[Path]) -> None:
        """Take the rows of files of alternate names."""
        for path in paths:
            for line in dump_lines(path):
                found = read_alternate(line.split("\t"))
                if found is not None:
                    self._names.add(found[0], "\t".join(found))
        self._names.flush()

    def add_place(self, number: str, line: str) -> None:
        """Take the row of a place."""
        self._places.add(number, line)

    def read(self) -> Iterator[tuple[str, Names]]:
        """Yield the row of each place, with its names."""
        self._places.flush()
        for part in range(_PARTS):
            names = self._read_names(part)
            for line in self._places.read(part):
                yield line, names.get(int(line.partition("\t")[0]), [])

    def _read_names(self, part: int) -> Mapping[int, Names]:
        found: dict[int, Names] = defaultdict(list)
        for line in self._names.read(part):
            number, lang, name = line.split("\t", 2)
            found[int(number)].append((lang, name))
        return found
