"""Outlines and coasts of countries as parts are cut from them, worked out beforehand by ``gazetteer/build/build_areas.py``.

The pack is a zip with a shape as WKB for each country that has one.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from importlib import resources
from typing import Literal

__all__ = ["Kept", "kept_name", "read_kept"]

#: ``area`` is what a country covers, thinned out; ``coast`` is the edge of it that is no border
Kept = Literal["area", "coast"]


def kept_name(country: str, kind: Kept) -> str:
    """Return what a shape of a country is called in the pack."""
    return f"{country}-{kind}"


@cache
def _pack() -> zipfile.ZipFile:
    packed = resources.files("geomap.outlines").joinpath("packs", "areas.zip").read_bytes()
    return zipfile.ZipFile(io.BytesIO(packed))  # in memory: processes would share a file's position


def read_kept(country: str, kind: Kept) -> bytes | None:
    """Return a shape of a country as WKB, by its two-letter code; None where it has none.

    >>> read_kept("NE", "area") is None, read_kept("NE", "coast") is None
    (False, True)
    """
    try:
        return _pack().read(kept_name(country, kind))
    except KeyError:
        return None
