"""Whom a map names in its line of credits, beside those whom every map names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.gazetteer.sources.registry import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.gazetteer.geocoder_report import GeocoderReport

__all__ = ["credit_line"]


def credit_line(
    given: str | None, geocoder: GeocoderReport | None, place_ids: Iterable[str | None]
) -> str | None:
    """Return the line of credits of a map.

    Args:
        given: What the person who makes the map wants to stand there.
        geocoder: What became of the names that a geocoder was asked for, if one was.
        place_ids: The places on the map; those of packages begin with the name of their package.

    Returns:
        Whom the map names, None for nobody.
    """
    shown = {place_id.partition(":")[0] for place_id in place_ids if place_id}
    asked = geocoder.credit if geocoder is not None and geocoder.found else None
    packages = [source.credit for source in SOURCES if source.name in shown]
    named = dict.fromkeys(filter(None, (given, asked, *packages)))
    return " · ".join(named) or None
