"""By what else units and countries are known: the codes on which tables of other people are joined."""

from __future__ import annotations

import csv
from functools import cache
from typing import Final, NamedTuple

from geomap.gazetteer.paths import table_path

__all__ = ["UnitCodes", "country_iso3", "country_of_iso3", "unit_codes", "unit_of_iso"]


class UnitCodes(NamedTuple):
    """The codes of a unit.

    Attributes:
        geonames: GeoNames' code (``SY.04``), which first-level units have; None where it is not known.
        iso: That of ISO 3166-2 (``SY-RA``), which nearly all first-level and many second-level units have.
    """

    geonames: str | None = None
    iso: str | None = None


_NONE: Final = UnitCodes()


def unit_codes(unit_id: str | None) -> UnitCodes:
    """Return the codes of a unit, by the id that it has in the gazetteer.

    Args:
        unit_id: As in ``Place.admin1_id``; None gives no codes.

    >>> unit_codes("geonames:172957")
    UnitCodes(geonames='SY.04', iso='SY-RA')
    >>> unit_codes("geomap:nowhere")
    UnitCodes(geonames=None, iso=None)
    """
    return _NONE if unit_id is None else _read_units().get(unit_id, _NONE)


def country_iso3(country: str | None) -> str | None:
    """Return the three letters of a country for its two (ISO 3166-1); None where there are none.

    >>> country_iso3("SY"), country_iso3(None)
    ('SYR', None)
    """
    return None if country is None else _read_countries().get(country)


def country_of_iso3(code: str) -> str | None:
    """Return the two letters of a country for its three; None where no country has them.

    >>> country_of_iso3("syr"), country_of_iso3("ZZZ")
    ('SY', None)
    """
    return {three: two for two, three in _read_countries().items()}.get(code.upper())


def unit_of_iso(code: str) -> str | None:
    """Return the id of the unit with a code of ISO 3166-2; None where no unit has it.

    >>> unit_of_iso("SY-RA")
    'geonames:172957'
    """
    return dict(_read_pairs("iso_units.csv")).get(code.upper())


def _read_pairs(name: str) -> list[tuple[str, str]]:
    """Return the first two cells of each row of one of our own tables."""
    with table_path(name).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return [(row[0], row[1]) for row in rows]


@cache
def _read_units() -> dict[str, UnitCodes]:
    iso: dict[str, str] = {}
    for code, unit in _read_pairs("iso_units.csv"):  # of two codes of one unit the first one
        iso.setdefault(unit, code)
    known = {unit: UnitCodes(code, iso.get(unit)) for code, unit in _read_pairs("admin1_codes.csv")}
    return {unit: UnitCodes(None, code) for unit, code in iso.items()} | known


@cache
def _read_countries() -> dict[str, str]:
    return dict(_read_pairs("country_codes.csv"))
