"""The nouns of geomap: what crosses from one stage of the pipeline to the next.

Every noun is a frozen, slotted, keyword-only dataclass; sequences inside them are tuples.
Latitudes and longitudes are WGS 84 degrees, always in named fields. Offsets count code points
of ``Article.text`` exactly as it was given: ``text[start:end] == surface``, always.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from geomap.errors import InputError

if TYPE_CHECKING:
    import datetime as dt

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
    "place_precision",
]

Kind = Literal["literal", "associative", "embedded"]
Status = Literal["resolved", "ambiguous", "unknown"]
RelationType = Literal[
    "distance", "direction", "offset", "part", "between", "along", "near", "border"
]
DatePrecision = Literal["day", "week", "month", "year", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """A date known to some precision: from ``start`` to ``end``, both inclusive.

    ``start`` and ``end`` are both None exactly where ``precision`` is ``"unknown"``.
    ``source`` says where the date came from: ``field``, ``html``, ``header``, ``copyright``,
    ``url``, ``filename``, ``crawled`` or ``story`` (copies of the article have it); None where nothing
    was found.
    ``ambiguous`` marks a date whose day and month could be swapped ("11.06.2016") and that was
    read by a rule, not by proof.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    precision: DatePrecision = "unknown"
    source: str | None = None
    ambiguous: bool = False

    def __post_init__(self) -> None:
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
    """What an article shares with its copies: ``size`` articles, itself among them, tell it."""

    id: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article, as it was given."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name of a place in an article: ``text[start:end] == surface``."""

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
    first- and second-level units; ``radius_km`` is the radius of a circle with the place's area.
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

    def __post_init__(self) -> None:
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
    """One feature's part in a candidate's score: ``value * weight`` is what it added."""

    feature: str
    value: float
    weight: float
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a mention might mean; ``score`` is the sum over its evidence."""

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
    ``geomap.geoparse.WHY``, and only where they were asked for. ``relation`` is where the text says
    something is, seen from the place, and ``told`` when.
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


#: feature codes of what is larger than a country, or water; see place_precision
_LARGE_OR_WATER = frozenset(
    "CONT RGNL OCN SEA GULF STM STMX LK LKS STRT BAY CNL CHN RSV MAR WAD".split()
)
#: regions without exact bounds: vague, between places
_VAGUE = frozenset("RGN RGNE RGNH AREA DSRT MTS PLN VAL UPLD PLAT PEN ISLS ADMD LCTY FRST".split())


def place_precision(feature: str) -> int:
    """How exactly a place of this feature code is known, on UCDP's where_prec scale.

    1 the place itself · 3 second-level unit · 4 first-level unit · 5 vague · 6 country ·
    7 water, air or larger than a country. 2, "near", is never a place's own: a relation makes it.

    >>> [place_precision(code) for code in ("PPL", "ADM2", "ADM1", "DSRT", "PCLI", "SEA")]
    [1, 3, 4, 5, 6, 7]
    """
    if feature.startswith("PCL") or feature == "TERR":
        return 6
    if feature in ("ADM1", "ADM1H"):
        return 4
    if feature.startswith("ADM") and feature != "ADMD":
        return 3
    if feature in _LARGE_OR_WATER:
        return 7
    if feature in _VAGUE:
        return 5
    return 1
