"""Cells of a person's own files, read: coordinates, numbers, codes; what is wrong is said."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = [
    "LONGEST_NAME",
    "clean_name",
    "read_country",
    "read_degrees",
    "read_feature",
    "read_km",
    "read_number",
    "shown",
]

#: code points of the longest name
LONGEST_NAME: Final = 200
_LONGEST_SHOWN: Final = 60
_FEATURE: Final = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_SPACES: Final = re.compile(r"\s+")
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_COMMA: Final = re.compile(r"[+-]?[0-9]+,[0-9]+")
_THOUSANDS: Final = re.compile(r"(?<=[0-9])[,\u00a0\u202f ](?=[0-9]{3}(?![0-9]))")
_MOST_COUNTED: Final = 1e11
#: half of the earth's circumference: nothing is farther, and nothing is wider
_FARTHEST_KM: Final = 20_040.0
#: marks that turn the direction of writing, and the mark of a file's beginning: no part of a name
_TURNING: Final = dict.fromkeys(
    [0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)


def shown(cell: object) -> str:
    """Return a cell as a message shows it: quoted, and not at any length."""
    text = repr(cell)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def clean_name(text: str) -> str:
    """Return a name on one line, without control characters, as it would be written.

    Raises:
        ValueError: It is too long.
    """
    if len(text) > LONGEST_NAME:
        raise ValueError(f"expected a name of at most {LONGEST_NAME} characters, got {len(text):,}")
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in text.translate(_TURNING)
    )
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


def read_degrees(cell: object, most: float, what: str) -> float:
    """Return a latitude or longitude in degrees.

    Raises:
        ValueError: It is no number, or out of range.
    """
    text = str(cell).strip().replace("−", "-")
    if not _DECIMAL.fullmatch(text):
        hint = " (write a point, not a comma)" if _COMMA.fullmatch(text) else ""
        raise ValueError(f"expected {what} in decimal degrees, got {shown(cell)}{hint}")
    degrees = float(text)
    if not -most <= degrees <= most:
        raise ValueError(f"expected {what} in [-{most:g}, {most:g}], got {shown(cell)}")
    return degrees


def read_number(cell: object, what: str) -> float | None:
    """Return a number of 0 or more, None for an empty cell; what separates thousands is left out.

    Raises:
        ValueError: It is no such number.
    """
    return _read_number(_THOUSANDS.sub("", _text_of(cell)), cell, what, _MOST_COUNTED)


def read_km(cell: object, what: str) -> float | None:
    """Return a distance in kilometres, None for an empty cell.

    Raises:
        ValueError: It is no number, or longer than half of the way around the earth.
    """
    return _read_number(_text_of(cell), cell, what, _FARTHEST_KM)


def _text_of(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _read_number(text: str, cell: object, what: str, most: float) -> float | None:
    if not text:
        return None
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"expected {what} as a number, got {shown(cell)}")
    number = float(text)
    if not 0 <= number <= most:
        raise ValueError(f"expected {what} from 0 to {most:,.0f}, got {shown(cell)}")
    return number


def read_country(cell: object) -> str:
    """Return an ISO 3166 two-letter code, "" for an empty cell.

    Raises:
        ValueError: It is no such code.
    """
    text = str(cell or "").strip().upper()
    if text and not _COUNTRY.fullmatch(text):
        raise ValueError(f"expected a country as a two-letter ISO code, got {shown(cell)}")
    return text


def read_feature(cell: object, default: str = "PPL") -> str:
    """Return a GeoNames feature code.

    Raises:
        ValueError: It does not look like one.
    """
    text = str(cell or "").strip().upper() or default
    if text and not _FEATURE.fullmatch(text):
        raise ValueError(f"expected a GeoNames feature code such as PPL or ADM2, got {shown(cell)}")
    return text
