"""GeoNames' published dump files: allCountries or files of countries, alternate names, codes, the hierarchy.

Files may be plain or zipped, in any folder; what is missing is noted. Places stream through: what depends on their number is kept in
temporary files, or is one bit for each number of a place.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.sources.alternates import PairedLines
from geomap.gazetteer.sources.dump_files import PLACE_COLUMNS, dump_lines, find_files
from geomap.gazetteer.sources.ids import read_geonames_id
from geomap.gazetteer.sources.place import SourcePlace
from geomap.gazetteer.sources.values import LONGEST_NAME, clean_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.gazetteer.sources.faults import FileReport

__all__ = ["DEFAULT_CLASSES", "find_files", "read_dump", "read_places"]

#: roads and railways (R) and undersea features (U) are left out unless they are asked for
DEFAULT_CLASSES: Final = frozenset("AHLPSTV")
#: spots that no news names by these names alone: farms, hotels, schools, churches, shops, wells, groves
_UNNAMED: Final = frozenset(
    "ADMF AGRF ASYL ATM BANK BLDO BUR BUSTN CH CLG CMTY CTRA CTRB CTRCM CTRF CTRM CTRR CTRS CVNT DARY EST ESTO ESTR ESTT "
    "FCL FNDY FRM FRMQ FRMS FRMT HSE HSEC HSTS HTL HUT HUTS LIBR MALL MFG MKT MLSG MLSW MLM MLO ML MLWND NOV PKLT PO PP RECG "
    "RECR REST RET RHSE RNCH RSRT SCH SCHA SCHC SCHL SCHM SCHN SCHT SHPF SPA STBL STNB STNM STOR VETF WHRF WTRW "
    "WLL WLLS WLLQ SPNG BCH CULT FLD FLDI GRDN GRGE GRVC GRVO GRVP GRVPN VIN VINS".split()
)
_CODE_COLUMNS: Final = 4
_HIERARCHY_COLUMNS: Final = frozenset([2, 3])
_UNKNOWN_UNITS: Final = frozenset(["", "00"])
_MOST_PEOPLE: Final = 10**11
#: names of one place that are read: no place has a tenth of it
_MOST_NAMES: Final = 5000
#: units above a place that are looked at
_MOST_STEPS: Final = 8
#: numbers up to here are remembered as bits, larger ones, which nobody gives, one by one
_MOST_BITS: Final = 1 << 28
#: class of a place without a code, as a code
_CODELESS: Final = {"P": "PPL", "A": "ADMD", "L": "AREA"}

_Unit = tuple[str, str]
_NO_UNIT: Final[_Unit] = ("", "")


def _read_codes(path: Path | None) -> dict[str, _Unit]:
    """Return the id and the name of each unit by its code."""
    found = {}
    for line in dump_lines(path) if path else ():
        row = line.split("\t")
        if len(row) == _CODE_COLUMNS and (unit_id := read_geonames_id(row[3])):
            found[row[0]] = (unit_id, row[1][:LONGEST_NAME])
    return found


def _read_parents(path: Path | None) -> dict[int, int]:
    """Return the unit that each place lies in, as the hierarchy says it."""
    found = {}
    for line in dump_lines(path) if path else ():
        row = line.split("\t")
        if (
            len(row) in _HIERARCHY_COLUMNS
            and row[0].isdecimal()
            and row[1].isdecimal()
            and (len(row) == 2 or row[2] in ("ADM", ""))
        ):
            found[int(row[1])] = int(row[0])
    return found


class _Seen:
    """Numbers that were there already, a bit for each."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self._large: set[int] = set()

    def add(self, number: int) -> bool:
        """Add a number; return whether it is new."""
        if number >= _MOST_BITS:
            is_new = number not in self._large
            self._large.add(number)
            return is_new
        byte, bit = number >> 3, 1 << (number & 7)
        if byte >= len(self._bits):
            self._bits.extend(bytes(byte + (1 << 16) - len(self._bits)))
        is_new = not self._bits[byte] & bit
        self._bits[byte] |= bit
        return is_new


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Makes places of the rows of a dump."""

    countries: AbstractSet[str]
    classes: AbstractSet[str]
    admin1: Mapping[str, _Unit]
    admin2: Mapping[str, _Unit]
    parents: Mapping[int, int]
    #: the units of ``admin1`` and ``admin2`` by their ids
    firsts: Mapping[str, str]
    seconds: Mapping[str, str]

    def wants(self, cells: Sequence[str]) -> bool:
        """Return whether a row is one of those that were asked for."""
        if self.countries and cells[8] not in self.countries:
            return False
        return cells[6] in self.classes and cells[7] not in _UNNAMED

    def parse(self, cells: Sequence[str], names: Sequence[tuple[str, str]]) -> SourcePlace:
        """Return the place of a row.

        Raises:
            ValueError: A number is none or out of range, or the place has no name.
        """
        country, feature = cells[8], cells[7] or _CODELESS.get(cells[6], f"{cells[6]}X")
        name = _plain_name(cells[1] or cells[2])
        if not name:
            raise ValueError("no name")
        first = f"{country}.{cells[10]}" if cells[10] not in _UNKNOWN_UNITS else ""
        second = f"{first}.{cells[11]}" if first and cells[11] not in _UNKNOWN_UNITS else ""
        one, two = self.admin1.get(first, (first, "")), self.admin2.get(second, (second, ""))
        if not first and self.parents:
            one, two = self._climb(int(cells[0]))
        lat, lon, population = float(cells[4]), float(cells[5]), int(cells[14] or 0)
        if not (-90 <= lat <= 90 and -180 <= lon <= 180 and population <= _MOST_PEOPLE):
            raise ValueError("a number out of range")
        return SourcePlace(
            id=f"geonames:{int(cells[0])}",
            name=name,
            names=_names_of(cells, names),
            lat=lat,
            lon=lon,
            feature=feature,
            country=country,
            admin1=one[1],
            admin2=two[1],
            admin1_id=one[0],
            admin2_id=two[0],
            code={"ADM1": first, "ADM2": second}.get(feature, ""),
            population=population if population > 0 else None,
            source="geonames",
        )

    def _climb(self, number: int) -> tuple[_Unit, _Unit]:
        """Return the units of a place without codes, as the hierarchy gives them."""
        one = two = _NO_UNIT
        for _ in range(_MOST_STEPS):
            if number not in self.parents or one != _NO_UNIT:
                break
            number = self.parents[number]
            key = f"geonames:{number}"
            if key in self.firsts:
                one = (key, self.firsts[key])
            elif key in self.seconds:
                two = (key, self.seconds[key])
        return one, two


def _plain_name(name: str) -> str:
    """Return a name without what no name holds; "" for one that is too long to be any."""
    if len(name) > LONGEST_NAME:
        return ""
    if name.isprintable():
        return name
    return clean_name(name)


def _names_of(
    cells: Sequence[str], names: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Return the further names of a row: those that have languages, then those that the row lists."""
    found = [(lang, plain) for lang, name in names[:_MOST_NAMES] if (plain := _plain_name(name))]
    listed = {name for _, name in found}
    others = [cells[2]] if cells[2] != cells[1] else []
    if cells[3]:
        others += cells[3].split(",")[:_MOST_NAMES]
    return (
        *found,
        *(("alt", name) for name in map(_plain_name, others) if name and name not in listed),
    )


def read_dump(
    paths: Sequence[Path],
    *,
    countries: AbstractSet[str] = frozenset(),
    classes: AbstractSet[str] = frozenset(),
    scratch: Path | None = None,
    report: FileReport,
) -> Iterator[SourcePlace]:
    """Yield the places of GeoNames' dump files, each id once.

    Args:
        paths: Files, or folders that hold them.
        countries: ISO codes of the countries that are wanted; none for all.
        classes: GeoNames' feature classes that are wanted; none for ``DEFAULT_CLASSES``.
        scratch: A folder for temporary files, which take as much room as the dump unzipped; the
            system's where none is given.
        report: Notes what is missing; rows that cannot be read are counted there, and left out.

    Raises:
        GazetteerError: There are no such files, or one cannot be read.
    """
    files = find_files(paths, report)
    admin1, admin2 = _read_codes(files.admin1), _read_codes(files.admin2)
    reader = _Reader(
        countries=frozenset(country.upper() for country in countries),
        classes=classes or DEFAULT_CLASSES,
        admin1=admin1,
        admin2=admin2,
        parents=_read_parents(files.hierarchy),
        firsts=dict(admin1.values()),
        seconds=dict(admin2.values()),
    )
    rows = _rows_of(files.places, reader, report)
    if not files.alternates:
        for line in rows:
            yield from _places_of(line, (), reader, report)
        return
    with contextlib.ExitStack() as stack:
        if scratch is None:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="geomap-")))
        paired = PairedLines(scratch)
        paired.add_names(files.alternates)
        for line in rows:
            paired.add_place(line.partition("\t")[0], line)
        for line, names in paired.read():
            yield from _places_of(line, names, reader, report)


def _rows_of(paths: Sequence[Path], reader: _Reader, report: FileReport) -> Iterator[str]:
    """Yield the rows that are wanted, each number once; count those that are none."""
    seen = _Seen()
    for path in paths:
        for line in dump_lines(path):
            cells = line.split("\t", 9)
            report.rows += 1
            if line.count("\t") != PLACE_COLUMNS - 1 or read_geonames_id(cells[0]) is None:
                report.skipped += 1
            elif reader.wants(cells) and seen.add(int(cells[0])):
                yield line


def _places_of(
    line: str, names: Sequence[tuple[str, str]], reader: _Reader, report: FileReport
) -> Iterator[SourcePlace]:
    try:
        yield reader.parse(line.split("\t"), names)
    except ValueError:  # counted: a dump of millions of rows may hold a bad one
        report.skipped += 1


def read_places(path: Path, report: FileReport) -> Iterator[SourcePlace]:
    """Yield the places of one dump file, as ``read_dump`` does."""
    yield from read_dump([path], report=report)
