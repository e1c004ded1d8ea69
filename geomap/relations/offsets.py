"""Find distances and directions: "40 miles northwest of", "50 kilometers from", "south of"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geomap.relations.directions import DIRECTION, SHORT_DIRECTION, read_azimuth
from geomap.relations.measures import HOURS, MEASURE, RADIUS, TRAVEL, Measure, read_measure
from geomap.relations.patterns import Pattern, ending
from geomap.relations.spots import COMPASS, MEASURED, Phrase
from geomap.relations.vocabulary import FILL, KIND

if TYPE_CHECKING:
    from geomap.relations.spots import Spot


__all__ = ["TO_THE", "WENT", "extend_end", "find_distance", "find_measure", "find_offset"]

_FLAGS: Final = re.IGNORECASE
#: "south of", "just to the north-east of the town of"
_DIRECTION_OF: Final = ending(
    rf"(?<![\w-])(?P<hedge>(?:just|due|immediately|directly|slightly|well|far|further|farther|somewhere)\s+)?"
    rf"(?P<to>(?:to|toward|towards)\s+the\s+(?:far\s+)?)?(?P<direction>{DIRECTION}(?:\s+and\s+(?:the\s+)?{DIRECTION})?)\s+(?:of|from)\s+{FILL}"
)
_SHORT_OF: Final = Pattern(
    rf"(?<![\w-])(?P<direction>{SHORT_DIRECTION})\s+(?:of|from)\s+(?i:{FILL})\Z"
)
#: "from", "away from", "off the coast of", behind a distance
_FROM: Final = ending(
    rf"(?<![\w-])(?:(?:away\s+)?from|off|outside|of|around|short\s+of)\s+(?:the\s+(?:\w+\s+)?(?:coast|shores?|border)\s+of\s+)?{FILL}"
)
#: behind a distance from the border, on this side of it
_INSIDE: Final = ending(rf"(?<![\w-])(?:deep\s+)?(?:inside|into|within)\s+{FILL}")
_TERRITORY: Final = Pattern(r"(?:['’]s)?\s+(?:territory|soil|land|airspace|waters)\b")
_MEASURES: Final = tuple(
    Pattern(
        rf"(?:^|(?<=[\s(\"“‘—–])){pattern}\s*(?:away|out|outside|inland|offshore|upstream|downstream|upriver|downriver|(?:drive|walk|hike|ride|journey|trip|trek))?\s*\Z",
        _FLAGS,
    )
    for pattern in (RADIUS, MEASURE, TRAVEL)
)
_HOURS_BEFORE: Final = Pattern(rf"(?:^|(?<=[\s(\"“‘—–])){HOURS}\s*(?:away)?\s*\Z", _FLAGS)
#: before a distance that is the radius of a circle
_IN_RADIUS: Final = Pattern(r"(?<![\w-])(?:with)?in\s+an?\s+radius\s+of\s+(?:about\s+)?\Z", _FLAGS)
_BY_MEASURE: Final = Pattern(rf"(?:\s+{KIND})?,?\s+by\s+{MEASURE}", _FLAGS)
#: "Idlib city": the word belongs to the phrase
_KIND_BEHIND: Final = Pattern(
    r"\s+(?:[Cc]ity|[Tt]own|village|[Pp]rovince|[Gg]overnorate|district|[Cc]ounty|region|island|countryside)\b(?!\s+of\b)"
)
#: who travels or builds a distance does not say where something is
_MOVED: Final = Pattern(
    r"\b(?:walk|drove|driv|ran|run|travel|march|rode|ride|rid|hik|trek|cycl|jog|sail|flew|fly|resurfac|laid|pav)"
    r"(?:s|ed|ing|e|es|k|led|ling)?\s+(?:some\s+|about\s+)?\Z",
    _FLAGS,
)
TO_THE: Final = Pattern(r"(?<![\w-])(?:to|towards?)\s+\Z", _FLAGS)
#: who goes "to the north of" a country goes to a part of it
WENT: Final = Pattern(
    r"\b(?:fle[ed]|flee(?:ing)?|went|go(?:es|ing)?|travel\w*|mov\w+|return\w*|fl[ey]w|sent|deploy\w*|spread\w*|c[ao]me|brought"
    r"|migrat\w+|retreat\w*|withdr\w+|transfer\w*)(?:\s+[\w-]+){0,3}\s+to\s+\Z",
    _FLAGS,
)
_TO_PLACE: Final = Pattern(r"\s+to\s+(?:the\s+)?[A-Z]")


def extend_end(spot: Spot) -> int:
    """Return where a phrase ends that ends with a name: behind "city" in "Idlib city"."""
    match = _KIND_BEHIND.match(spot.after)
    return spot.end + (match.end() if match else 0)


def _find_hours(stem: str) -> tuple[int, Measure] | None:
    """Return the hours that a text ends with, as a vague distance."""
    tail = stem[-75:]
    match = _HOURS_BEFORE.search(tail)
    measure = read_measure(match) if match else None
    return (len(stem) - len(tail) + match.start(), measure) if match and measure else None


def find_measure(before: str) -> tuple[int, Measure] | None:
    """Return the distance that a text ends with: where it starts, and what it means; None for none."""
    tail = before[-75:]
    for pattern in _MEASURES:
        match = pattern.search(tail)
        if match:
            measure = read_measure(match)
            if measure is not None:
                return len(before) - len(tail) + match.start(), measure
    return None


def find_offset(spot: Spot) -> Phrase | None:
    """Find "40 miles (65 km) northwest of"; "south of" without a distance; "the north of"."""
    match = _DIRECTION_OF.search(spot.before) if spot.says(COMPASS) else None
    if match is None and spot.says(MEASURED):
        match = _SHORT_OF.search(spot.before)
    if match is None or spot.is_elsewhere:
        return None
    azimuth = read_azimuth(match["direction"])
    if azimuth is None or match["direction"].lower().endswith(("ern", "most", "erly")):
        return None
    groups = match.groupdict()
    hedge = (groups.get("hedge") or "").strip().lower()
    stem = spot.before[: match.start()]
    measured = find_measure(stem) or _find_hours(stem)
    end = extend_end(spot)
    if measured:
        at, measure = measured
        # vague hours only say how far a direction may reach
        known = measure.km is not None
        return Phrase(
            "offset" if known else "direction",
            *(spot.begin + at, end, spot.row),
            km=measure.km,
            low=measure.low,
            high=measure.high,
            azimuth=azimuth,
        )
    if spot.is_country and groups.get("to") and WENT.search(f"{stem}to "):
        return None  # "fled to the north of": a part
    if "direction" not in groups:
        return None
    if " from " in match[0].lower() and hedge not in ("further", "farther"):
        return None
    if re.search(
        r"\bthe\s+(?:far\s+|extreme\s+|deep\s+|very\s+)?\Z", stem, _FLAGS
    ) and not groups.get("to"):
        return None  # "the south of": a part
    if "hedge" not in groups:  # "NW of" without a distance
        return None
    behind = _BY_MEASURE.match(spot.after)
    further = read_measure(behind) if behind else None
    if behind and further and further.km:
        return Phrase(
            "offset",
            *(spot.begin + match.start(), spot.end + behind.end(), spot.row),
            km=further.km,
            low=further.low,
            high=further.high,
            azimuth=azimuth,
        )
    return Phrase(
        "direction", spot.begin + match.start(), end, spot.row, azimuth=azimuth, form=hedge
    )


def _find_inside(spot: Spot) -> Phrase | None:
    """Find "8 km inside Lebanon", "some 20 miles into Syrian territory": so far from its border."""
    match = _INSIDE.search(spot.before)
    measured = find_measure(spot.before[: match.start()]) if match else None
    if (
        match is None
        or measured is None
        or _MOVED.search(spot.before[: match.start()][: measured[0]])
    ):
        return None
    behind = _TERRITORY.match(spot.after)
    if spot.is_elsewhere and not behind:
        return None
    at, measure = measured
    end = spot.end + behind.end() if behind else extend_end(spot)
    return Phrase(
        "distance",
        *(spot.begin + at, end, spot.row),
        km=measure.km,
        low=measure.low,
        high=measure.high,
        form="inside",
    )


def find_distance(spot: Spot) -> Phrase | None:
    """Find "50 kilometers from", "within three kilometers of central", "a two-hour drive from"."""
    if not spot.says(MEASURED):
        return None
    if spot.is_country:
        inside = _find_inside(spot)
        if inside is not None:
            return inside
    match = None if spot.is_elsewhere else _FROM.search(spot.before)
    if match is None:
        return None
    stem = spot.before[: match.start()]
    measured = find_measure(stem)
    if measured is None and re.match(r"(?:away\s+)?from", match[0], _FLAGS):
        measured = _find_hours(stem)
    if measured is None:
        return None
    at, measure = measured
    radius = _IN_RADIUS.search(stem[:at])
    if radius:
        at, measure = radius.start(), measure._replace(low=0.0, high=measure.km or measure.high)
    word = match[0].split()[0].lower()
    if word in ("of", "around") and not re.search(
        r"within|radius|circle|stream|river", stem[at:], _FLAGS
    ):
        return None  # "10 km of road"
    if _MOVED.search(stem[:at]) or (word in ("from", "away") and _TO_PLACE.match(spot.after)):
        return None
    return Phrase(
        "distance",
        *(spot.begin + at, extend_end(spot), spot.row),
        km=measure.km,
        low=measure.low,
        high=measure.high,
        form="coast" if word == "off" else "",
    )
