"""What a selection of mentions can ask for, each wish defined once: its word, its values and its help.

The options of the command line, the names in messages and the fields of :class:`Selection` are the same list.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, cast, get_args, get_type_hints

from geomap.errors import InputError
from geomap.model import Kind, Status
from geomap.periods import read_period
from geomap.runtime.expecting import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Box", "Circle", "Selection", "StoryCopies", "Time", "Wish", "wishes", "words"]

#: the two times of a mention: when its article was published, and when, as its sentence tells, something was
Time = Literal["published", "told"]
StoryCopies = Literal["each", "once"]
_EVERY_PRECISION: Final = tuple(range(1, 8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One thing that a selection can ask for, beside its default and type, which its field has.

    Attributes:
        word: The option of the command line.
        doc: One line for its help.
        check: Makes the value of what was given, or raises an InputError.
        metavar: What stands for its value in the help.
        choices: All values that it may take; none for any.
        is_many: Whether it may be given several times: a mention fits that fits one of them.
        is_switch: Whether it is said or denied, without a value.
    """

    word: str
    doc: str
    check: Callable[[Any], Any]
    metavar: str = ""
    choices: tuple[Any, ...] = ()
    is_many: bool = False
    is_switch: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the globe between two meridians and two parallels, in degrees, in GeoJSON's order.

    Where ``west`` is greater than ``east`` it holds the antimeridian.

    >>> Box(west=177, south=-20, east=-178, north=-12)
    Box(west=177.0, south=-20.0, east=-178.0, north=-12.0)
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        _to_floats(self)
        good = all(-180 <= lon <= 180 for lon in (self.west, self.east))
        if not good or not -90 <= self.south <= self.north <= 90:  # NaN fails, too
            raise InputError(
                "expected a box as WEST,SOUTH,EAST,NORTH in degrees (longitudes in [-180, 180], latitudes in [-90, 90], "
                f"south first), got {self.west:g},{self.south:g},{self.east:g},{self.north:g}"
            )


@dataclass(frozen=True, slots=True)
class Circle:
    """What lies within some kilometres of a point.

    >>> Circle(lat=36.2, lon=37.16, km=50)
    Circle(lat=36.2, lon=37.16, km=50.0)
    """

    lat: float
    lon: float
    km: float

    def __post_init__(self) -> None:
        _to_floats(self)
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180 and 0 <= self.km < math.inf):
            raise InputError(
                "expected a circle as LAT,LON,KM (a latitude in [-90, 90], a longitude in [-180, 180], kilometres of 0 or "
                f"more), got {self.lat:g},{self.lon:g},{self.km:g}"
            )


def _to_floats(shape: Box | Circle) -> None:
    for one in dataclasses.fields(shape):
        value = getattr(shape, one.name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refusal(f"{one.name} as a number", value)
        object.__setattr__(shape, one.name, float(value))


def _read_day(value: object, *, which: Literal[0, 1]) -> dt.date | None:
    """Return a day; of a month or a year that is given by its label the first (0) or the last (1) one."""
    if value is None or type(value) is dt.date:
        return value
    if not isinstance(value, str):
        raise refusal("a day as text (YYYY-MM-DD) or as a datetime.date", value)
    return read_period(value)[which]


def _one_of(choices: tuple[Any, ...], value: object) -> Any:
    if value not in choices:
        raise refusal(f"one of {', '.join(choices)}", value)
    return value


def _many_of(choices: tuple[Any, ...], value: object) -> tuple[Any, ...]:
    given = _listed(value)
    for one in given:
        if one not in choices or isinstance(one, bool):
            raise refusal(f"some of {', '.join(map(str, choices))}", one)
    return given


def _many_words(value: object) -> tuple[str, ...]:
    given = _listed(value)
    for one in given:
        if not isinstance(one, str) or not one.strip():
            raise refusal("words", one)
    return tuple(one.strip() for one in given)


def _listed(value: object) -> tuple[Any, ...]:
    if isinstance(value, str | int | float):
        return (value,)
    if not isinstance(value, Iterable):
        raise refusal("a value or several", value)
    return tuple(dict.fromkeys(value))


def _read_confidence(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise refusal("a confidence between 0 and 1", value)
    return float(value)


def _read_answer(value: object) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise refusal("True, False or None", value)
    return value


def _read_box(value: object) -> Box | None:
    if value is None or isinstance(value, Box):
        return value
    return Box(*_numbers(value, 4, "a box as WEST,SOUTH,EAST,NORTH in degrees"))


def _read_circle(value: object) -> Circle | None:
    if value is None or isinstance(value, Circle):
        return value
    return Circle(*_numbers(value, 3, "a circle as LAT,LON,KM, for instance 36.2,37.16,50"))


def _numbers(value: object, count: int, what: str) -> tuple[float, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if isinstance(parts, Iterable):
        try:
            numbers = tuple(float(part) for part in parts)
        except (TypeError, ValueError):
            numbers = ()
        if len(numbers) == count:
            return numbers
    raise refusal(what, value)


def _read_polygons(value: object) -> object:
    """Return what holds polygons as it is: it is read when it is used."""
    if value is None or isinstance(value, Path | dict) or hasattr(value, "__geo_interface__"):
        return value
    if isinstance(value, str) and value.strip():
        return value
    raise refusal("the name of a GeoJSON file, or a geometry", value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which mentions are wanted: those that fit every field that is given.

    A field that may hold several values (one, or a list) is fitted by any of them. Every field has the
    word of an option: ``country`` that of ``--country``, ``from_day`` that of ``--from``. How each is fitted:

    - **Days.** A mention fits a window when its date may lie in it: one that is known to a month or a year, when
      any day of that does. What has no date is left out where there is a window, unless ``undated`` is True; with
      ``undated=False`` it is left out without a window, too. ``time`` says which date: that of publication, or the
      one that the sentence tells.
    - **Place.** ``country``, ``admin1`` and ``place`` take ids, codes and names; a name means every country, unit or
      place that is called so. A name that no gazetteer knows counts with the unit that the text puts it in.
    - **Area.** ``bbox``, ``within`` and ``near`` look at the place's point, edges included; the tests are joined by
      "and". A country, unit or region (``precision`` 3 to 7 of itself) is no point: it fits only where it is not larger than
      the area that is asked for, so that "Syria" is in no circle of 50 km.
    - **Copies.** ``story_copies="once"`` keeps, of the articles of a story that have a mention which fits the rest, the
      one with the earliest date, and of these the one with the smallest id.

    Attributes:
        from_day: The first day, also as a month, quarter, week or year ("2016-02": its first day).
        to_day: The last day (of "2016-02" its last day).
        time: ``published`` or ``told``.
        undated: Whether what has no date is wanted; None: where no window is given.
        country: ISO 3166 codes of two or three letters, names or ids of countries.
        admin1: First-level units: ids, codes of ISO 3166-2 ("SY-RA"), names, or COUNTRY/NAME ("SY/Raqqa").
        bbox: A :class:`Box`, or (west, south, east, north) in degrees.
        within: A GeoJSON file with polygons, or a geometry (GeoJSON's, or any that has ``__geo_interface__``).
        near: A :class:`Circle`, or (lat, lon, kilometres).
        place: Ids or names of places.
        kind: ``literal``, ``associative``, ``embedded``.
        status: ``resolved``, ``ambiguous``, ``unknown``.
        min_confidence: The least confidence, 0 to 1.
        precision: UCDP's where_prec, 1 to 7.
        source: Outlets, as the articles name them; case does not count.
        lang: Languages; ``en`` is ``en-GB``, too.
        story_copies: ``each`` article of a story, or one article of it (``once``).
        feature: GeoNames' feature codes; ``ADM*`` is each that begins so.

    Raises:
        InputError: A value is none that the field can have.

    >>> Selection(country="SY", from_day="2016-02").from_day
    datetime.date(2016, 2, 1)
    """

    from_day: Annotated[
        dt.date | str | None,
        Wish(
            word="--from",
            doc="Mentions of this day or later; also a month or a year.",
            check=functools.partial(_read_day, which=0),
            metavar="DATE",
        ),
    ] = None
    to_day: Annotated[
        dt.date | str | None,
        Wish(
            word="--to",
            doc="Mentions of this day or earlier; also a month or a year.",
            check=functools.partial(_read_day, which=1),
            metavar="DATE",
        ),
    ] = None
    time: Annotated[
        Time,
        Wish(
            word="--time",
            doc="Which date counts: that of publication, or the one that the sentence tells.",
            check=functools.partial(_one_of, get_args(Time)),
            choices=get_args(Time),
        ),
    ] = "published"
    undated: Annotated[
        bool | None,
        Wish(
            word="--undated",
            doc="Whether what has no date is wanted.  [default: where neither --from nor --to is given]",
            check=_read_answer,
            is_switch=True,
        ),
    ] = None
    country: Annotated[
        str | tuple[str, ...],
        Wish(
            word="--country",
            doc="Places of this country: its ISO code, its name or its id.",
            check=_many_words,
            metavar="COUNTRY",
            is_many=True,
        ),
    ] = ()
    admin1: Annotated[
        str | tuple[str, ...],
        Wish(
            word="--admin1",
            doc="Places of this first-level unit: its name (Raqqa, SY/Raqqa), its ISO code (SY-RA) or its id.",
            check=_many_words,
            metavar="UNIT",
            is_many=True,
        ),
    ] = ()
    bbox: Annotated[
        Box | tuple[float, float, float, float] | str | None,
        Wish(
            word="--bbox",
            doc="Places in this box, in degrees; west may be greater than east.",
            check=_read_box,
            metavar="WEST,SOUTH,EAST,NORTH",
        ),
    ] = None
    within: Annotated[
        Any,
        Wish(
            word="--within",
            doc="Places in the polygons of this GeoJSON file.",
            check=_read_polygons,
            metavar="POLYGON.geojson",
        ),
    ] = None
    near: Annotated[
        Circle | tuple[float, float, float] | str | None,
        Wish(
            word="--near",
            doc="Places within some kilometres of a point.",
            check=_read_circle,
            metavar="LAT,LON,KM",
        ),
    ] = None
    place: Annotated[
        str | tuple[str, ...],
        Wish(
            word="--place",
            doc="This place: its id, or its name, which may be that of several.",
            check=_many_words,
            metavar="PLACE",
            is_many=True,
        ),
    ] = ()
    kind: Annotated[
        Kind | tuple[Kind, ...],
        Wish(
            word="--kind",
            doc="Mentions of this kind.",
            check=functools.partial(_many_of, get_args(Kind)),
            choices=get_args(Kind),
            is_many=True,
        ),
    ] = ()
    status: Annotated[
        Status | tuple[Status, ...],
        Wish(
            word="--status",
            doc="Mentions whose place is known, a best guess, or unknown.",
            check=functools.partial(_many_of, get_args(Status)),
            choices=get_args(Status),
            is_many=True,
        ),
    ] = ()
    min_confidence: Annotated[
        float,
        Wish(
            word="--min-confidence",
            doc="Mentions with at least this confidence.",
            check=_read_confidence,
            metavar="0...1",
        ),
    ] = 0.0
    precision: Annotated[
        int | tuple[int, ...],
        Wish(
            word="--precision",
            doc="How exactly the place is known: 1 itself, 2 near it, 3 and 4 units, 5 vague, 6 country, 7 more.",
            check=functools.partial(_many_of, _EVERY_PRECISION),
            choices=_EVERY_PRECISION,
            is_many=True,
        ),
    ] = ()
    source: Annotated[
        str | tuple[str, ...],
        Wish(
            word="--source",
            doc="Articles of this outlet.",
            check=_many_words,
            metavar="NAME",
            is_many=True,
        ),
    ] = ()
    lang: Annotated[
        str | tuple[str, ...],
        Wish(
            word="--article-lang",
            doc="Articles in this language, as the input gives it.",
            check=_many_words,
            metavar="TAG",
            is_many=True,
        ),
    ] = ()
    story_copies: Annotated[
        StoryCopies,
        Wish(
            word="--story-copies",
            doc="Each article that tells a story, or one for all: the earliest.",
            check=functools.partial(_one_of, get_args(StoryCopies)),
            choices=get_args(StoryCopies),
        ),
    ] = "each"
    feature: Annotated[
        str | tuple[str, ...],
        Wish(
            word="--feature",
            doc="Places of this GeoNames feature code; ADM* is each that begins so.",
            check=_many_words,
            metavar="CODE",
            is_many=True,
        ),
    ] = ()

    def __post_init__(self) -> None:
        for name, wish in wishes().items():
            try:
                object.__setattr__(self, name, wish.check(getattr(self, name)))
            except InputError as err:
                raise InputError(f"{name}: {err}") from err
        first, last = self.from_day, self.to_day
        if isinstance(first, dt.date) and isinstance(last, dt.date) and first > last:
            raise InputError(
                f"expected --from before --to, or the same day, got {first.isoformat()} and {last.isoformat()}"
            )

    @property
    def has_window(self) -> bool:
        """Whether days are asked for."""
        return self.from_day is not None or self.to_day is not None

    @property
    def is_open(self) -> bool:
        """Whether every mention fits."""
        return self == Selection(time=self.time)


@functools.cache
def wishes() -> Mapping[str, Wish]:
    """Return the wishes of a selection by the names of their fields, in their order.

    >>> wishes()["from_day"].word
    '--from'
    """
    hints = get_type_hints(Selection, include_extras=True)
    return {one.name: get_args(hints[one.name])[1] for one in dataclasses.fields(Selection)}


def words(selection: Selection, name: str) -> tuple[Any, ...]:
    """Return the values of a field that may hold several, as a tuple.

    >>> words(Selection(kind="literal"), "kind")
    ('literal',)
    """
    return cast("tuple[Any, ...]", getattr(selection, name))
