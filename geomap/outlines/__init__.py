"""Outlines of countries and first-level units, borders and rivers, as they ship with geomap."""

from geomap.outlines.kept import kept_name, read_kept
from geomap.outlines.lines import border_lines, country_rings, river_lines, unit_rings
from geomap.outlines.packs import (
    build_outlines,
    find_country,
    find_first_level,
    find_river,
    find_unit,
    grid_steps,
    read_pack,
)

__all__ = [
    "border_lines",
    "build_outlines",
    "country_rings",
    "find_country",
    "find_first_level",
    "find_river",
    "find_unit",
    "grid_steps",
    "kept_name",
    "read_kept",
    "read_pack",
    "river_lines",
    "unit_rings",
]
