"""Find coordinates that a text spells out: degrees with hemispheres, labelled pairs, MGRS.

A number is no coordinate by itself. It counts where both halves have a hemisphere letter, or
both a degree sign, or where a word beside them says what they are; an MGRS reference counts
where its grid square exists. Whatever is out of range is not a coordinate.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.model import Evidence, Mention, Place, Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Article

__all__ = [
    "POINT_FEATURE",
    "Coordinates",
    "find_coordinates",
    "find_given_point",
    "find_points",
    "point_place",
]

#: the feature code of a point that the text itself gives; GeoNames has none
POINT_FEATURE: Final = "PNT"
#: places behind the decimal point of ids: a metre
_DECIMALS: Final = 5
#: how far before a bare pair the word may stand that says what it is
_LABEL_REACH: Final = 40
#: fewer digits (a square of 10 km) rather belong to a product or a number plate
_FEWEST_MGRS_DIGITS: Final = 2


class Coordinates(NamedTuple):
    """One pair of coordinates in a text: where it stands, and WGS 84 degrees."""

    start: int
    end: int
    lat: float
    lon: float


#: what every form has: a degree sign, two decimals or a grid square behind a digit
_MAYBE: Final = re.compile(r"[0-9](?:[ \u00a0]?[°º˚]|\.[0-9]{2}|[C-X] ?[A-HJ-NP-Z]{2} ?[0-9])")
#: degrees; minutes and seconds after a degree sign. Every part is bounded, none can match empty twice
_ANGLE: Final = (
    r"(?P<deg{0}>[0-9]{{1,3}}(?:\.[0-9]{{1,9}})?)"
    r"(?:\s?(?P<sign{0}>[°º˚])"
    r"(?:\s?(?P<min{0}>[0-9]{{1,2}}(?:\.[0-9]{{1,7}})?)\s?['′’´]"
    r"(?!['′’´])(?:\s?(?P<sec{0}>[0-9]{{1,2}}(?:\.[0-9]{{1,5}})?)\s?(?:[\"″”“]|''|′′|’’))?)?)?"
)
_GAP: Final = r"(?:\s{0,2}[,;/|]\s{0,2}|\s{1,2}(?:(?:and|by|et|und|y|и|і|و)\s)?|(?<=[NSEW]))"
_FIRST, _SECOND = _ANGLE.format(1), _ANGLE.format(2)
#: "36.89° N, 38.35° E" and the like; the letters behind the numbers
_LETTERS_BEHIND: Final = re.compile(
    rf"(?<![\w.,°-]){_FIRST}\s?(?P<side1>[NSEW]){_GAP}{_SECOND}\s?(?P<side2>[NSEW])(?!\w)"
)
#: "N 36.89 E 38.35"; the letters before the numbers
_LETTERS_BEFORE: Final = re.compile(
    rf"(?<![\w.])(?P<side1>[NSEW])\s?{_FIRST}{_GAP}(?P<side2>[NSEW])\s?{_SECOND}(?![\w°]|\.[0-9])"
)
_NUMBER: Final = r"[+-]?[0-9]{{1,{0}}}\.[0-9]{{2,9}}"
#: "36.8900, 38.3500"; a coordinate only beside a label, or with two degree signs
_PAIR: Final = re.compile(
    rf"(?<![\w.,°$€£+-])(?P<lat>{_NUMBER.format(2)})\s?(?P<sign1>°)?(?:\s{{0,2}}[,;/]\s{{0,2}}|\s{{1,2}})"
    rf"(?P<lon>{_NUMBER.format(3)})\s?(?P<sign2>°)?(?![\w%€$£]|[.,][0-9]|\s?[NSEWCF]\b)"
)
#: "latitude 36.89, longitude 38.35"
_NAMED_PAIR: Final = re.compile(
    r"\blat(?:itude)?\b[.:= ]{0,3}(?P<lat>[+-]?[0-9]{1,2}\.[0-9]{1,9})\s?°?"
    r"(?:\s{0,2}[,;/]\s{0,2}|\s)(?:and\s)?(?:lon|lng|long|longitude)\b[.:= ]{0,3}"
    r"(?P<lon>[+-]?[0-9]{1,3}\.[0-9]{1,9})(?![\w.]*[0-9])\s?°?",
    re.IGNORECASE,
)
#: words that say of a bare pair what it is
_LABEL: Final = re.compile(
    r"\b(?:coordinates?|coords?|gps|lat(?:itude)?s?/?\s?(?:,|and)?\s?(?:long?|lng|longitudes?)|coordonnées|koordinaten"
    r"|coordenadas|koordinat\w{0,8}|координат\w{0,4})\b|إحداثيات|الإحداثيات",
    re.IGNORECASE,
)
#: "37S EA 12345 67890", with or without spaces
_MGRS: Final = re.compile(
    r"(?<![^\W_])(?P<zone>[0-9]{1,2})(?P<band>[C-HJ-NP-X])\s?(?P<square>[A-HJ-NP-Z][A-HJ-NP-V])\s?"
    r"(?P<east>[0-9]{1,10})(?:\s(?P<north>[0-9]{1,5}))?(?![^\W_]|[.,][0-9])"
)


def find_coordinates(text: str) -> list[Coordinates]:
    """Return the coordinates that a text spells out, left to right, none overlapping another.

    >>> find_coordinates("The well at 36.89° N, 38.35° E is deep.")
    [Coordinates(start=12, end=30, lat=36.89, lon=38.35)]
    >>> find_coordinates("It was 36.89° in the shade, 38.35° in the sun.")
    []
    """
    if _MAYBE.search(text) is None:
        return []
    found = sorted((*_find_lettered(text), *_find_pairs(text), *_find_mgrs(text)))
    kept: list[Coordinates] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _in_range(start: int, end: int, lat: float, lon: float) -> Iterator[Coordinates]:
    """Yield the coordinates where there is such a point on Earth."""
    if abs(lat) <= 90 and abs(lon) <= 180:
        yield Coordinates(start, end, round(lat, 7), round(lon, 7))


def _degrees(match: re.Match[str], which: int) -> float | None:
    """Return the degrees of one half, None for what is no angle ("36°75'", "36.5°30'")."""
    whole, minutes, seconds = (match[f"{part}{which}"] for part in ("deg", "min", "sec"))
    if minutes is None:
        return float(whole)
    if "." in whole or float(minutes) >= 60 or float(seconds or 0) >= 60:
        return None
    return float(whole) + float(minutes) / 60 + float(seconds or 0) / 3600


def _is_exact(match: re.Match[str], which: int) -> bool:
    """Tell an angle from a count: it has a degree sign or two decimals."""
    return bool(match[f"sign{which}"]) or len(match[f"deg{which}"].partition(".")[2]) >= 2


def _find_lettered(text: str) -> Iterator[Coordinates]:
    """Yield the pairs with hemisphere letters, latitude or longitude first."""
    for pattern in (_LETTERS_BEHIND, _LETTERS_BEFORE):
        for match in pattern.finditer(text):
            if not (_is_exact(match, 1) and _is_exact(match, 2)):
                continue
            halves = {}
            for which in (1, 2):
                side, degrees = match[f"side{which}"], _degrees(match, which)
                if degrees is not None:
                    axis = "lat" if side in "NS" else "lon"
                    halves[axis] = -degrees if side in "SW" else degrees
            if len(halves) == 2:
                yield from _in_range(match.start(), match.end(), halves["lat"], halves["lon"])


def _find_pairs(text: str) -> Iterator[Coordinates]:
    """Yield the pairs of plain numbers that are labelled or have degree signs."""
    for match in _NAMED_PAIR.finditer(text):
        yield from _in_range(match.start(), match.end(), float(match["lat"]), float(match["lon"]))
    for match in _PAIR.finditer(text):
        before = text[max(0, match.start() - _LABEL_REACH) : match.start()]
        in_brackets = before.endswith("(") and text[match.end() : match.end() + 1] == ")"
        signs = bool(match["sign1"] and match["sign2"]) and in_brackets
        if signs or _LABEL.search(before):
            yield from _in_range(
                match.start(), match.end(), float(match["lat"]), float(match["lon"])
            )


def _mgrs_halves(match: re.Match[str]) -> tuple[str, str] | None:
    """Return easting and northing with the same number of digits, None where they differ."""
    east, north = match["east"], match["north"]
    if north is None:
        half, odd = divmod(len(east), 2)
        east, north = (east[:half], east[half:]) if not odd else ("", "")
    fits = len(east) == len(north) and _FEWEST_MGRS_DIGITS <= len(east) <= 5
    return (east, north) if fits else None


def _find_mgrs(text: str) -> Iterator[Coordinates]:
    """Yield the references of the Military Grid Reference System, at the middle of their square."""
    for match in _MGRS.finditer(text):
        halves = _mgrs_halves(match)
        if halves is None or not 1 <= int(match["zone"]) <= 60:
            continue
        zone = f"{int(match['zone']):02}{match['band']}"
        east, north = (half + "5" if len(half) < 5 else half for half in halves)
        point = _to_degrees(f"{zone}{match['square']}{east}{north}")
        if point is not None:
            yield from _in_range(match.start(), match.end(), *point)


def _to_degrees(reference: str) -> tuple[float, float] | None:
    """Return the latitude and longitude of an MGRS reference, None where there is no such square."""
    import mgrs  # type: ignore[import-untyped,unused-ignore] # noqa: PLC0415 - few texts need it

    grid = mgrs.MGRS()
    try:
        lat, lon = grid.toLatLon(reference)
        back = grid.toMGRS(lat, lon)
    except mgrs.core.MGRSError:
        return None
    # a square of another zone is computed without complaint, and comes back under another name
    return (lat, lon) if str(back)[:5].zfill(5) == reference[:5] else None


def _plain(degrees: float) -> str:
    text = f"{round(degrees, _DECIMALS) + 0.0:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def point_place(surface: str, lat: float, lon: float) -> Place:
    """Return the place that coordinates name: the point itself.

    >>> point_place("36.89° N,  38.35° E", 36.89, 38.35).id
    'geomap:point-36.89-38.35'
    """
    return Place(
        id=f"geomap:point-{_plain(lat)}-{_plain(lon)}",
        name=" ".join(surface.split()),
        lat=lat,
        lon=lon,
        feature=POINT_FEATURE,
    )


def find_points(
    article: Article, masks: Sequence[tuple[int, int]]
) -> tuple[tuple[Resolution, ...], Sequence[tuple[int, int]]]:
    """Return the points whose coordinates an article spells out, and the masks with them added.

    Args:
        article: The article.
        masks: Sorted, disjoint stretches that yield no mentions; coordinates that touch one are none.
    """
    found = [
        item
        for item in find_coordinates(article.text)
        if (after := bisect_left(masks, item.end, key=itemgetter(0))) == 0
        or masks[after - 1][1] <= item.start
    ]
    if not found:
        return (), masks
    bounds = ((item.start, item.end) for item in found)
    return tuple(_resolution(article, *item) for item in found), sorted((*masks, *bounds))


def find_given_point(article: Article, start: int, end: int) -> Resolution | None:
    """Return the point that a given span spells out, None where it is something else."""
    found = find_coordinates(article.text[start:end])
    if len(found) != 1:
        return None
    return _resolution(article, start, end, found[0].lat, found[0].lon)


def _resolution(article: Article, start: int, end: int, lat: float, lon: float) -> Resolution:
    surface = article.text[start:end]
    return Resolution(
        mention=Mention(
            article_id=article.id, start=start, end=end, surface=surface, kind="literal"
        ),
        status="resolved",
        place=point_place(surface, lat, lon),
        confidence=1.0,
        span_evidence=(_SPELT_OUT,),
    )


_SPELT_OUT: Final = Evidence(
    feature="coordinates", value=1.0, weight=1.0, detail="coordinates, spelt out in the text"
)
