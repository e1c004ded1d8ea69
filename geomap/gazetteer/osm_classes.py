"""What OpenStreetMap's keys and values mean in GeoNames' feature codes; what news does not name by itself is left out."""

from __future__ import annotations

from typing import Final

__all__ = ["feature_of_osm"]

#: a unit, or a settlement with bounds: what it is says a word of its own
_BOUNDARY: Final = ("boundary", "administrative")
_FEATURES: Final[dict[str, dict[str, str]]] = {
    "place": {
        **dict.fromkeys(("city", "town", "village", "hamlet", "isolated_dwelling"), "PPL"),
        **dict.fromkeys(("suburb", "quarter", "neighbourhood", "borough", "city_district"), "PPLX"),
        **dict.fromkeys(("state", "province"), "ADM1"),
        **dict.fromkeys(("county", "district", "state_district"), "ADM2"),
        "municipality": "ADM3",
        "country": "PCLI",
        "region": "RGN",
        "locality": "LCTY",
        "island": "ISL",
        "islet": "ISL",
        "archipelago": "ISLS",
        "sea": "SEA",
        "ocean": "OCN",
        "square": "SQR",
    },
    "natural": {
        "archipelago": "ISLS",
        "bay": "BAY",
        "beach": "BCH",
        "cape": "CAPE",
        "desert": "DSRT",
        "glacier": "GLCR",
        "hill": "HLL",
        "island": "ISL",
        "mountain_range": "MTS",
        "oasis": "OAS",
        "peak": "PK",
        "peninsula": "PEN",
        "plateau": "PLAT",
        "reef": "RF",
        "ridge": "RDGE",
        "saddle": "PASS",
        "spring": "SPNG",
        "strait": "STRT",
        "valley": "VAL",
        "volcano": "VLC",
        "water": "LK",
        "wetland": "WTLD",
        "wood": "FRST",
    },
    "water": {"lake": "LK", "lagoon": "LGN", "reservoir": "RSV", "river": "STM"},
    "waterway": {
        "canal": "CNL",
        "dam": "DAM",
        "river": "STM",
        "stream": "STM",
        "wadi": "WAD",
        "waterfall": "FLLS",
    },
    "boundary": {"national_park": "PRK", "protected_area": "RESN", "region": "RGN"},
    "leisure": {"nature_reserve": "RESN"},
    "landuse": {"forest": "FRST", "military": "MILB", "reservoir": "RSV"},
    "military": {"airfield": "AIRB", "barracks": "INSM", "base": "MILB", "naval_base": "NVB"},
    "aeroway": {"aerodrome": "AIRP", "airstrip": "AIRF"},
    "amenity": {"refugee_site": "CMP"},
    "barrier": {"border_control": "BORD"},
    "historic": {"archaeological_site": "ANS", "castle": "CSTL", "fort": "FT", "ruins": "RUIN"},
    "mountain_pass": {"yes": "PASS"},
    "man_made": {"bridge": "BDG"},
}


def feature_of_osm(key: str, value: str, kind: str = "") -> str | None:
    """Return the feature code of a thing of OpenStreetMap, None for what is no place for us: a shop, a street.

    Args:
        key: The key of its main tag.
        value: The value of that tag.
        kind: The word that the service has for what an administrative boundary bounds ("town", "state").

    >>> feature_of_osm("place", "village"), feature_of_osm("boundary", "administrative", "state")
    ('PPL', 'ADM1')
    >>> feature_of_osm("shop", "bakery") is None
    True
    """
    if (key, value) == _BOUNDARY:
        return _FEATURES["place"].get(kind, "ADMD")
    return _FEATURES.get(key, {}).get(value)
