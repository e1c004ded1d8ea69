"""Find what is near a place: "near", "close to", "just outside", "the border town of"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geomap.relations.directions import DIRECTION, read_azimuth
from geomap.relations.offsets import extend_end, find_measure
from geomap.relations.patterns import Pattern, ending
from geomap.relations.spots import BORDERS, NEARBY, TOWARDS, Phrase, Spot, is_town
from geomap.relations.vocabulary import FILL, LAND

if TYPE_CHECKING:
    from geomap.model import Place

__all__ = ["find_border_town", "find_coast", "find_near", "find_toward"]

_FLAGS: Final = re.IGNORECASE
_NEAR: Final = ending(
    r"(?<![\w-])(?P<hedge>(?:just|right|somewhere|very|so)\s+)?(?P<word>near(?:er|est)?(?:\s+to)?|clos(?:e|er|est)\s+to|not\s+far\s+(?:away\s+)?from|outside(?:\s+of)?|adjacent\s+to"
    r"|next\s+to|beside|in\s+the\s+(?:immediate\s+|general\s+)?(?:vicinity|neighbou?rhood|area|proximity)\s+of|in\s+(?:close\s+)?proximity\s+to|(?:in\s+the\s+area\s+|in\s+and\s+)?around|above|overlooking|surrounding"
    r"|within\s+(?:walking|striking|shouting|driving)\s+distance\s+of|within\s+(?:easy\s+)?(?:reach|sight)\s+of|a\s+stone['’]s\s+throw\s+(?:away\s+)?from"
    r"|(?:just\s+)?across(?:\s+the\s+(?:border|river|frontier))?\s+from"
    r"|a\s+short\s+(?:\w+\s+)?(?:drive|walk|ride|hop|distance|trip|way)\s+(?:away\s+)?from"
    rf"|(?:in\s+)?(?:the\s+)?(?:\w+\s+)?(?:waters|seas?)\s+off|off\s+the\s+(?:(?P<side>{DIRECTION})\s+|\w+\s+)?(?:coasts?|shores?)\s+of"
    rf")\s+{FILL}"
)
#: behind a name: "'s Red Sea coast", " coast"
_OWN_COAST: Final = Pattern(
    rf"(?:['’]s?)?\s+(?:(?P<side>{DIRECTION})\s+|[A-Z]\w+\s+(?:Sea\s+)?)?(?:coast|coastline|shores)\b(?!\s*(?:guard|road|highway|city|town|of)\b|['’-])"
)
_COAST_BEFORE: Final = ending(
    r"(?<![\w-])(?:(?P<off>off)|on|along|from|to|at|in|across|near)\s+(?:the\s+)?"
)
_COAST_OF: Final = ending(
    rf"(?<![\w-])(?:(?:on|along|from|to|at|in|across|near)\s+)?(?<!off\s)the\s+(?:coast|coastline|shores)\s+of\s+{FILL}"
)
#: a first look for a coast, in the characters behind a name that can hold one
_COASTS: Final = ("coast", "shores")
_NEXT: Final = 40
_AT_SEA: Final = Pattern(r"\b(?:waters|seas?|coasts?|shores?)\b")
#: who goes around a town is in it, and what turns around one is no place
_MOVES_AROUND: Final = Pattern(
    r"(?:\b(?:walk|driv|tour|travel|gett|go|wander|stroll|cycl|rid|look|fly|sail|revolv|cent(?:er|re)|turn|built|jog|danc|shopp|show)(?:e|s|es|ed|d|ing)?"
    r"|\b(?:get|gets|got|drove|rode|went|ran|run|runs|running|flew|all|way|ways|\d+|talks|debate|revolves?|rumou?rs|parade|party|trips?|tours?))\s+\Z",
    _FLAGS,
)
#: lakes, seas, hills and islands have an around
_ROUND: Final = ("LK", "RSV", "BAY", "MT", "HLL", "PK", "PEN", "ISL", "OAS", "VLC", "AIR", "CMP")
_NOT_NEAR: Final = Pattern(r"(?:nowhere|anywhere|come|came|coming|comes)\s+\Z", _FLAGS)
_TOWARD: Final = ending(rf"(?<![\w-])in\s+the\s+(?:general\s+)?direction\s+of\s+{FILL}")
_BORDER_TOWN: Final = ending(
    r"(?:\bthe\s+)?(?:[\w'’-]+\s+){0,2}?(?:border|frontier)\s+(?:towns?|cit(?:y|ies)|villages?|settlements?|hamlets?|crossings?|posts?|communit(?:y|ies))"
    r"\s+(?:of|at|near|in)\s+"
)


def _is_land(stem: str) -> bool:
    words = stem.lower().split()
    return bool(words) and words[-1] in LAND


def _fits_the_word(place: Place, word: str, stem: str) -> bool:
    """Return whether a word of nearness says where something is, with what it stands before and behind."""
    is_around = word.endswith("around")
    if word.endswith(("outside", "outside of", "beside")) or is_around:
        # "around Ohio" is in it, around a lake or a mountain is not
        if not is_town(place) and not (is_around and place.feature.startswith(_ROUND)):
            return False
        if word == "around" and _MOVES_AROUND.search(stem):
            return False
    if word == "above" and not _is_land(stem):
        return False
    # "in the neighbourhood of Karrada" is in it
    return place.feature != "PPLX" or not word.startswith("in the")


def find_near(spot: Spot) -> Phrase | None:
    """Find "near", "close to", "just outside", "around"."""
    if not spot.says(NEARBY) or spot.is_elsewhere:
        return None
    match = _NEAR.search(spot.before)
    if match is None:
        return None
    word = match["word"].lower()
    stem = spot.before[: match.start()]
    if not _fits_the_word(spot.place, word, stem):
        return None
    if _NOT_NEAR.search(stem) or (word.startswith("near") and stem.endswith("-")):
        return None
    form = ""
    if word.endswith(("around", "outside", "outside of", "surrounding")):
        form = "around"
    elif _AT_SEA.search(word):
        form = "coast"
    azimuth = read_azimuth(match["side"]) if match["side"] else None
    return Phrase(
        "near", spot.begin + match.start(), extend_end(spot), spot.row, azimuth=azimuth, form=form
    )


def find_coast(spot: Spot) -> Phrase | None:
    """Find "on the coast of", "off Yemen's Red Sea coast", "along the Somali coast"."""
    behind = spot.after[:_NEXT]
    if not any(word in behind or word in spot.before for word in _COASTS):
        return None
    own = _OWN_COAST.match(spot.after)
    if own:
        before = _COAST_BEFORE.search(spot.before)
        start = spot.begin + before.start() if before else spot.start
        end = spot.end + own.end()
        is_off = bool(before and before["off"])
        direction = own["side"]
    else:
        before = None if spot.is_elsewhere else _COAST_OF.search(spot.before)
        if before is None:
            return None
        start, end = spot.begin + before.start(), extend_end(spot)
        is_off, direction = False, None
    azimuth = read_azimuth(direction) if direction else None
    found = Phrase(
        "near" if is_off else "part", start, end, spot.row, azimuth=azimuth, form="coast"
    )
    measured = find_measure(spot.before[: start - spot.begin])
    if measured is None or not (is_off or (before and before[0].lower().startswith("from"))):
        return found
    at, measure = measured
    return replace(
        found,
        type="distance",
        start=spot.begin + at,
        km=measure.km,
        low=measure.low,
        high=measure.high,
        azimuth=None,
    )


def find_toward(spot: Spot) -> Phrase | None:
    """Find "in the direction of": not in a place, and on the way to it."""
    if not spot.says(TOWARDS) or spot.is_elsewhere or spot.is_country:
        return None
    match = _TOWARD.search(spot.before)
    if match is None:
        return None
    return Phrase(
        "direction", spot.begin + match.start(), extend_end(spot), spot.row, form="toward"
    )


def find_border_town(spot: Spot) -> Phrase | None:
    """Find "the Kurdish border town of": the town itself is meant, and where it lies is said."""
    match = _BORDER_TOWN.search(spot.before) if spot.says(BORDERS) else None
    if match is None or spot.is_adjective or spot.is_country:
        return None
    return Phrase("near", spot.begin + match.start(), extend_end(spot), spot.row, form="border")
