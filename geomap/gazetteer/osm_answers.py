"""Read what Nominatim and Photon answer: which place each item of an answer is, if it is one that was asked for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from geomap.errors import InputError
from geomap.gazetteer.answers import Answer
from geomap.gazetteer.classes import is_populated
from geomap.gazetteer.distance import KM_PER_DEGREE, distance_km
from geomap.gazetteer.likeness import likeness_to
from geomap.gazetteer.osm_classes import feature_of_osm
from geomap.gazetteer.search import skeleton
from geomap.gazetteer.sources.values import clean_name
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["distinct_answers", "is_called", "read_nominatim", "read_photon"]

#: answers of one name so near to each other are one place: a town's point and its bounds
_SAME_KM: Final = 10.0
#: an answer is of the name that was asked for where one of its names is so like it (0 to 100)
_LEAST_LIKENESS: Final = 75.0
#: the radius of what is larger than half of the world is none
_WIDEST: Final = 180.0
_MOST_NAMES: Final = 100
_LETTER_OF: Final = {"node": "N", "way": "W", "relation": "R", "N": "N", "W": "W", "R": "R"}
_LARGEST_ID: Final = 10**15


def read_nominatim(item: Mapping[str, Any]) -> Answer | None:
    """Return the place of an item of Nominatim's answer; None for what is no place for us."""
    address, details = _mapping(item.get("address")), _mapping(item.get("namedetails"))
    box = item.get("boundingbox")
    south, north, west, east = box if isinstance(box, list) and len(box) == 4 else (None,) * 4
    display = _text(item.get("display_name")).partition(",")[0]
    return _answer(
        item,
        key=item.get("class") or item.get("category"),
        value=item.get("type"),
        kind=item.get("addresstype"),
        names=[details.get("name:en"), item.get("name"), display, *details.values()],
        point=(item.get("lat"), item.get("lon")),
        country=address.get("country_code"),
        units=(address.get("state") or address.get("province"), address.get("county")),
        box=(south, north, west, east),
    )


def read_photon(item: Mapping[str, Any]) -> Answer | None:
    """Return the place of a feature of Photon's answer; None for what is no place for us."""
    properties = _mapping(item.get("properties"))
    point = _mapping(item.get("geometry")).get("coordinates")
    lon, lat = point[:2] if isinstance(point, list) and len(point) > 1 else (None, None)
    box = properties.get("extent")  # west, north, east, south
    west, north, east, south = box if isinstance(box, list) and len(box) == 4 else (None,) * 4
    return _answer(
        properties,
        key=properties.get("osm_key"),
        value=properties.get("osm_value"),
        kind=_PHOTON_KINDS.get(_text(properties.get("type")), properties.get("type")),
        names=[properties.get("name")],
        point=(lat, lon),
        country=properties.get("countrycode"),
        units=(properties.get("state"), properties.get("county")),
        box=(south, north, west, east),
    )


#: Photon calls a part of a city a district
_PHOTON_KINDS: Final = {"district": "city_district"}


def distinct_answers(answers: Iterable[Answer]) -> list[Answer]:
    """Return answers without those that are a better one again: a town's bounds beside its point."""
    kept: list[Answer] = []
    for answer in answers:
        name = fold_name(answer.name)
        if not any(
            fold_name(other.name) == name
            and distance_km(other.lat, other.lon, answer.lat, answer.lon) <= _SAME_KM
            for other in kept
        ):
            kept.append(answer)
    return kept


def is_called(answer: Answer, name: str) -> bool:
    """Return whether a name is one of a place's; names in another script cannot be compared, and count."""
    wanted = fold_name(name)
    likeness = likeness_to(wanted)
    names = [fold_name(other) for other in answer.names]
    names = [other for other in names if other and other.isascii() == wanted.isascii()]
    return not names or any(
        likeness(other) >= _LEAST_LIKENESS or skeleton(other) == skeleton(wanted) for other in names
    )


def _answer(
    item: Mapping[str, Any],
    *,
    key: object,
    value: object,
    kind: object,
    names: Sequence[object],
    point: tuple[object, object],
    country: object,
    units: tuple[object, object],
    box: Sequence[object],
) -> Answer | None:
    feature = feature_of_osm(_text(key), _text(value), _text(kind))
    letter, number = _LETTER_OF.get(_text(item.get("osm_type"))), item.get("osm_id")
    called = tuple(dict.fromkeys(filter(None, map(_name, names[:_MOST_NAMES]))))
    code = _text(country).upper()
    if feature is None or letter is None or not called or not _is_code(code):
        return None
    if not isinstance(number, int) or not 0 < number < _LARGEST_ID:
        return None
    answer = Answer(
        id=f"{letter}{number}",
        name=called[0],
        names=called,
        lat=_number(point[0]),
        lon=_number(point[1]),
        feature=feature,
        country=code,
        admin1=_name(units[0]) or None,
        admin2=_name(units[1]) or None,
        radius_km=0.0 if is_populated(feature) else _radius(box),
    )
    try:
        answer.to_place()
    except InputError:  # its point is none on earth
        return None
    return answer


def _radius(box: Sequence[object]) -> float:
    """Return the radius of a circle with the area of a box of degrees; 0 where there is no such box."""
    south, north, west, east = map(_number, box)
    height, width = north - south, east - west
    if not (0 < height <= _WIDEST and 0 < width <= _WIDEST):  # NaN too
        return 0.0
    shrink = math.cos(math.radians((north + south) / 2))
    return round(math.sqrt(max(0.0, height * width * shrink) / math.pi) * KM_PER_DEGREE, 1)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _name(value: object) -> str:
    """Return a name on one line; "" for what is none."""
    try:
        return clean_name(_text(value))
    except ValueError:  # too long for a name
        return ""


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return math.nan
    try:
        return float(value)
    except (ValueError, OverflowError):
        return math.nan


def _is_code(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha()
