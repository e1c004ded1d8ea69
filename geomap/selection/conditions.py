"""The conditions of a selection: each looks at a few columns of a mention, and at nothing else.

A condition is a function of values, not of rows, so that it is asked once for each different value: the same function
serves records that stream and tables.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from geomap.gazetteer.classes import place_precision
from geomap.selection.areas import BoxArea, CircleArea, read_polygons
from geomap.selection.names import find_countries, find_places, find_units
from geomap.selection.values import wishes, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.gazetteer import Gazetteer
    from geomap.selection.areas import Area
    from geomap.selection.names import Named
    from geomap.selection.values import Selection

__all__ = ["DAYS", "NO_DATE", "Condition", "find_conditions"]

#: the columns of the first and the last day, by the time that counts
DAYS: Final = {"published": ("date_start", "date_end"), "told": ("event_start", "event_end")}
#: what the want of a date is called among the options that leave mentions out
NO_DATE: Final = "--no-undated"
#: from this precision on a place is an area: a unit, a vague region, a country, a water
_FIRST_AREA: Final = 3
#: how much larger than what is asked for an area may be: two outlines of one country differ by so much
_SLACK: Final = 1.1
_PLACE_COLUMNS: Final = ("place_id", "name", "within", "within_name")
_AREA_COLUMNS: Final = ("lat", "lon", "radius_km", "feature", "precision")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a mention must fit.

    Attributes:
        word: The option that asks for it.
        columns: The columns that it looks at.
        test: Whether their values fit; what is missing is None.
    """

    word: str
    columns: tuple[str, ...]
    test: Callable[..., bool]


def find_conditions(
    selection: Selection, gazetteer: Callable[[], Gazetteer]
) -> tuple[Condition, ...]:
    """Return the conditions of a selection; none where every mention fits.

    Args:
        selection: What is asked for.
        gazetteer: What opens the gazetteer in which names are looked up; called only where one is.

    Raises:
        InputError: A country or a unit is not known, or a file of polygons cannot be used.
    """
    return tuple(_each_condition(selection, gazetteer))


def _each_condition(
    selection: Selection, gazetteer: Callable[[], Gazetteer]
) -> Iterator[Condition]:
    named = {name: wish.word for name, wish in wishes().items()}
    yield from _days(selection)
    for name, column in (("kind", "kind"), ("status", "status"), ("precision", "precision")):
        if wanted := words(selection, name):
            yield Condition(named[name], (column,), frozenset(wanted).__contains__)
    if selection.min_confidence > 0:
        least = selection.min_confidence
        yield Condition(
            named["min_confidence"],
            ("confidence",),
            lambda value: value is not None and value >= least,
        )
    if wanted := words(selection, "source"):
        sources = frozenset(word.casefold() for word in wanted)
        yield Condition(
            named["source"], ("source",), lambda value: _folded(value, str.casefold) in sources
        )
    if wanted := words(selection, "lang"):
        yield Condition(named["lang"], ("lang",), _is_language(wanted))
    if wanted := words(selection, "feature"):
        yield Condition(named["feature"], ("feature",), _is_feature(wanted))
    if wanted := words(selection, "country"):
        codes = find_countries(wanted, gazetteer)
        yield Condition(named["country"], ("country",), codes.__contains__)
    if wanted := words(selection, "admin1"):
        units = find_units(wanted, gazetteer)
        test = functools.partial(_is_unit, units)
        yield Condition(named["admin1"], ("admin1", "country", "admin1_id"), test)
    if wanted := words(selection, "place"):
        places = find_places(wanted, gazetteer)
        yield Condition(named["place"], _PLACE_COLUMNS, functools.partial(_is_place, places))
    for name, area in _areas(selection):
        yield Condition(named[name], _AREA_COLUMNS, functools.partial(_lies_in, area))


def _areas(selection: Selection) -> Iterator[tuple[str, Area]]:
    if selection.bbox is not None:
        yield "bbox", BoxArea(cast("Any", selection.bbox))
    if selection.within is not None:
        yield "within", read_polygons(selection.within)
    if selection.near is not None:
        yield "near", CircleArea(cast("Any", selection.near))


def _days(selection: Selection) -> Iterator[Condition]:
    """Yield the conditions of a window: that there is a date, where one is needed, and that it may lie in the window.

    Days are compared as ISO text, as the record has them.
    """
    first, last = _iso(selection.from_day), _iso(selection.to_day)
    columns = DAYS[selection.time]
    undated = not selection.has_window if selection.undated is None else selection.undated
    if not undated:
        yield Condition(NO_DATE, columns, lambda start, end: bool(_iso(start) and _iso(end)))

    def lies_in(start: object, end: object) -> bool:
        low, high = _iso(start), _iso(end)
        if not low or not high:
            return undated
        return (not first or high >= first) and (not last or low <= last)

    if selection.has_window:
        given = wishes()
        limits = (("from_day", first), ("to_day", last))
        words_given = [given[name].word for name, limit in limits if limit]
        yield Condition("/".join(words_given), columns, lies_in)


def _iso(day: object) -> str:
    """Return a day as ISO text, given as such or as a date; nothing where there is none."""
    if isinstance(day, str):
        return day
    return day.isoformat()[:10] if isinstance(day, dt.date) else ""


def _folded(value: object, fold: Callable[[str], str]) -> str | None:
    return fold(value) if isinstance(value, str) else None


def _is_language(wanted: tuple[str, ...]) -> Callable[[object], bool]:
    """Return a test for languages: a tag, or one that begins with its parts."""
    tags = tuple(word.casefold().replace("_", "-") for word in wanted)

    def test(value: object) -> bool:
        tag = (_folded(value, str.casefold) or "").replace("_", "-")
        return any(tag == one or tag.startswith(f"{one}-") for one in tags)

    return test


def _is_feature(wanted: tuple[str, ...]) -> Callable[[object], bool]:
    codes = tuple(word.upper() for word in wanted)
    exact = frozenset(codes)
    starts = tuple(code[:-1] for code in codes if code.endswith("*"))

    def test(value: object) -> bool:
        return isinstance(value, str) and (value in exact or value.startswith(starts))

    return test


def _is_unit(units: Named, admin1: object, country: object, unit_id: object) -> bool:
    """Return whether a mention's unit is one of some: by its id, or by its name where a table has no id."""
    if unit_id is not None and units.ids:
        return unit_id in units.ids
    return units.has(admin1, country)


def _is_place(places: Named, place: object, name: object, within: object, unit: object) -> bool:
    """Return whether a mention's place is one of some; where it is unknown, the unit that it lies in."""
    if place is None:
        place, name = within, unit
    return place in places.ids or places.has(name, None)


def _lies_in(
    area: Area, lat: Any, lon: Any, radius: Any, feature: object, precision: object
) -> bool:
    """Return whether a place lies in an area: its point, and where it is an area itself, it must not be the larger one."""
    if lat is None or lon is None or not area.holds(float(lat), float(lon)):
        return False
    own = place_precision(feature) if isinstance(feature, str) else precision
    if not radius or not isinstance(own, int) or own < _FIRST_AREA:
        return True
    return bool(math.pi * float(radius) ** 2 <= _SLACK * area.size)
