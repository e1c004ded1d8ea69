"""The nouns of geomap: what crosses from one stage of the pipeline to the next.

Every noun is a frozen, slotted, keyword-only dataclass; sequences inside them are tuples.
Latitudes and longitudes are WGS 84 degrees, always in named fields. Offsets count code points
of ``Article.text`` exactly as it was given: ``text[start:end] == surface``, always.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from geomap.errors import InputError
from geomap.runtime.expecting import expect, refusal

__all__ = [
    "UNKNOWN_DATE",
    "Article",
    "Candidate",
    "DatePrecision",
    "DateSpan",
    "Evidence",
    "Kind",
    "Mention",
    "Place",
    "Relation",
    "RelationType",
    "Resolution",
    "Status",
    "Story",
    "ToldTime",
    "check_kinds",
]

Kind = Literal["literal", "associative", "embedded"]
Status = Literal["resolved", "ambiguous", "unknown"]
RelationType = Literal[
    "distance", "direction", "offset", "part", "between", "along", "near", "border"
]
DatePrecision = Literal["day", "week", "month", "year", "unknown"]
_PRECISIONS = get_args(DatePrecision)
_KINDS: Final = get_args(Kind)


def check_kinds(kinds: object) -> tuple[Kind, ...]:
    """Return kinds of mentions that were asked for, if there are such.

    Raises:
        InputError: One of them is none, or they are no collection.
    """
    if isinstance(kinds, str) or not isinstance(kinds, Iterable):
        raise refusal(f"a collection of kinds ({', '.join(_KINDS)})", kinds)
    found = tuple(kinds)
    for kind in found:
        if kind not in _KINDS:
            raise InputError(f"expected kinds of {', '.join(_KINDS)}, got {kind!r}")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """A date known to some precision: from ``start`` to ``end``, both inclusive.

    ``start`` and ``end`` are both None exactly where ``precision`` is ``"unknown"``.
    ``source`` says where the date came from: ``field``, ``html``, ``header``, ``copyright``,
    ``url``, ``filename``, ``crawled`` or ``story`` (copies of the article have it); None where nothing
    was found.
    ``ambiguous`` marks a date whose day and month could be swapped ("11.06.2016") and that was
    read by a rule, not by proof.

    >>> import datetime as dt
    >>> DateSpan(start=dt.date(2018, 2, 1), end=dt.date(2018, 2, 28), precision="month").precision
    'month'
    >>> DateSpan()  # nobody knows when
    DateSpan(start=None, end=None, precision='unknown', source=None, ambiguous=False)
    """

    start: dt.date | None = None
    end: dt.date | None = None
    precision: DatePrecision = "unknown"
    source: str | None = None
    ambiguous: bool = False

    def __post_init__(self) -> None:
        for day in (self.start, self.end):
            if day is not None and type(day) is not dt.date:
                raise refusal("a datetime.date", day)
        if self.precision not in _PRECISIONS:
            raise refusal(f"a precision of {', '.join(_PRECISIONS)}", self.precision)
        known = self.precision != "unknown"
        if (self.start is not None) != known or (self.end is not None) != known:
            raise InputError(
                f"a date span has a start and an end exactly where its precision is known, got {self!r}"
            )
        if self.start is not None and self.end is not None and self.end < self.start:
            raise InputError(f"a date span cannot end before it starts, got {self!r}")


UNKNOWN_DATE = DateSpan()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What an article shares with its copies: ``size`` articles, itself among them, tell it.

    >>> Story(id="5c1f", size=3)
    Story(id='5c1f', size=3)
    """

    id: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article, as it was given.

    >>> Article(id="1", title="Markets", text="The market of Raqqa reopened.").published.precision
    'unknown'
    """

    id: str
    text: str
    title: str | None = None
    published: DateSpan = UNKNOWN_DATE
    url: str | None = None
    source: str | None = None
    lang: str | None = None
    #: spans that were annotated elsewhere, to be resolved instead of recognised; None = recognise
    spans: tuple[tuple[int, int], ...] | None = None
    #: None where nobody looked for copies
    story: Story | None = None

    def __post_init__(self) -> None:
        expect(self.id, str, "an article's id as text")
        expect(self.text, str, "an article's text as a string")
        expect(self.published, DateSpan, "the date of publication as a DateSpan")
        for name in _ARTICLE_WORDS:
            value = getattr(self, name)
            if value is not None and not isinstance(value, str):
                raise refusal(f"an article's {name} as text, or None", value)
        if self.story is not None:
            expect(self.story, Story, "a Story, or None")
        if self.spans is not None:
            _check_spans(self.spans, len(self.text))


_ARTICLE_WORDS = ("title", "url", "source", "lang")
#: code points of a span: no name of a place is a hundredth so long
_LONGEST_SPAN = 1_000


def _check_spans(spans: object, length: int) -> None:
    if not isinstance(spans, tuple | list):
        raise refusal("spans as a tuple of (start, end), or None", spans)
    for span in spans:
        whole = (
            isinstance(span, tuple | list) and len(span) == 2 and all(type(n) is int for n in span)
        )
        if not whole or not 0 <= span[0] < span[1] <= length:
            raise refusal(f"a span (start, end) with 0 <= start < end <= {length}", span)
        if span[1] - span[0] > _LONGEST_SPAN:
            raise refusal(f"a span of {_LONGEST_SPAN:,} characters at most", span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name of a place in an article: ``text[start:end] == surface``.

    >>> text = "The market of Raqqa reopened."
    >>> Mention(article_id="1", start=14, end=19, surface=text[14:19], kind="literal").surface
    'Raqqa'
    """

    article_id: str
    start: int
    end: int
    surface: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place of the gazetteer.

    ``id`` is ``geonames:<number>`` or ``geomap:<slug>``; ``feature`` is a GeoNames feature code
    (``PPL``, ``ADM1``, ``PCLI``, ``STM`` …); ``country`` is an ISO 3166 two-letter code or None
    for what lies in no country or in several; ``admin1`` and ``admin2`` are the names of its
    first- and second-level units, ``admin1_id`` and ``admin2_id`` their ids where these are places of the gazetteer;
    ``radius_km`` is the radius of a circle with the place's area.

    >>> Place(id="geonames:172955", name="Raqqa", lat=35.95, lon=39.01, feature="PPLA", country="SY").country
    'SY'
    """

    id: str
    name: str
    lat: float
    lon: float
    feature: str
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    radius_km: float = 0.0
    admin1_id: str | None = None
    admin2_id: str | None = None

    def __post_init__(self) -> None:
        for number in (self.lat, self.lon, self.radius_km):
            if not isinstance(number, int | float):
                raise refusal(f"latitude, longitude and radius of {self.id} as numbers", number)
        if not (-90.0 <= self.lat <= 90.0 and -180.0 <= self.lon <= 180.0):  # NaN fails both
            raise InputError(
                f"expected a latitude in [-90, 90] and a longitude in [-180, 180] (in this order), "
                f"got lat={self.lat!r}, lon={self.lon!r} for {self.id} {self.name!r}"
            )
        if not math.isfinite(self.radius_km) or self.radius_km < 0:
            raise InputError(
                f"expected a radius in kilometres of 0 or more, got {self.radius_km!r}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One feature's part in a candidate's score: ``value * weight`` is what it added.

    >>> evidence = Evidence(feature="country_named", value=1.0, weight=2.5)
    >>> evidence.value * evidence.weight
    2.5
    """

    feature: str
    value: float
    weight: float
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a mention might mean; ``score`` is the sum over its evidence.

    >>> place = Place(id="geonames:172955", name="Raqqa", lat=35.95, lon=39.01, feature="PPLA")
    >>> Candidate(place=place, score=4.2).evidence
    ()
    """

    place: Place
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Where the text says something is, relative to the mentioned place, its anchor.

    ``text`` is the phrase at ``start`` to ``end`` of the article, as one reads it ("30 km north of Idlib").
    ``type`` is ``distance`` ("50 km from"), ``direction`` ("south of"), ``offset`` (both), ``part``
    ("eastern Syria"), ``between``, ``along`` (a river, a road), ``near`` or ``border``. ``azimuth``
    is degrees clockwise from north, ``others`` the ids of further places that the phrase names.
    ``lat``, ``lon`` and ``radius_km`` are a representative point of what is described and the radius of
    a circle with its extent; ``geometry`` is its shape as WKT, longitudes first; None where it has none.
    ``precision`` is UCDP's where_prec: 2 near the place, 5 somewhere in a part of it or between.

    >>> relation = Relation(text="30 km north of", type="offset", distance_km=30.0, azimuth=0.0)
    >>> relation.precision  # near the place
    2
    """

    text: str
    type: RelationType
    start: int = 0
    end: int = 0
    distance_km: float | None = None
    azimuth: float | None = None
    others: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    geometry: str | None = None
    precision: Literal[2, 5] = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTime:
    """When a sentence says that something was or will be: ``text`` at ``start`` to ``end`` of the article.

    ``span`` is what the phrase means on the calendar; of unknown precision where that cannot be
    told, as "Friday" in an article without a date.
    """

    text: str
    start: int
    end: int
    span: DateSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What geomap decided about a mention, and why.

    ``place`` is None exactly where ``status`` is ``"unknown"``; an ambiguous one carries its
    best guess. ``confidence`` lies in [0, 1]. ``candidates`` come best first, and only where
    evidence was asked for; ``span_evidence`` is why the span was taken for a place name and for
    its kind. ``why`` are words for what spoke most for the place, the keys of
    ``geomap.resolve.why.WHY``, and only where they were asked for. ``relation`` is where the text says
    something is, seen from the place, and ``told`` when. ``within`` is, where the place is unknown, the smallest known unit
    or country that the text puts it in. ``other`` is, where the text leaves open which of two places of one name is meant
    (a city or its province), the one that is not ``place``.

    >>> mention = Mention(article_id="1", start=0, end=9, surface="Tal Jirz", kind="literal")
    >>> Resolution(mention=mention, status="unknown").place is None
    True
    """

    mention: Mention
    status: Status
    place: Place | None = None
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    relation: Relation | None = None
    told: ToldTime | None = None
    span_evidence: tuple[Evidence, ...] = field(default=())
    why: tuple[str, ...] = ()
    within: Place | None = None
    other: Place | None = None
