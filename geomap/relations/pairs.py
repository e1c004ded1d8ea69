"""Find the relations that name a line or two ends of one: borders, roads, rivers, "between"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geomap.relations.directions import DIRECTION, read_azimuth
from geomap.relations.offsets import extend_end, find_measure
from geomap.relations.patterns import Pattern, ending
from geomap.relations.spots import BETWEEN, BORDERS, WAYS, Phrase, Spot, ends_sentence, is_town
from geomap.relations.vocabulary import (
    BORDER,
    FILL,
    KIND,
    NO_BORDER,
    PEOPLE_BETWEEN,
    PLACES_BETWEEN,
    ROAD,
    SERVICES,
    WAY,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["PAIR_FINDERS", "with_distance"]

_FLAGS: Final = re.IGNORECASE
#: how far the second name may stand from the first
_FARTHEST: Final = 75
#: words before "between" that tell what lies there
_WORDS_BEFORE: Final = 6


_PREFIX: Final = ending(
    r"(?:(?<![\w-])(?:near|along|on|at|across|over|towards?|to|from|off|up\s+to|close\s+to|beside|down|by|crossing|via)\s+)?"
    r"(?:(?<![\w-])(?:the|its|their|a)\s+)?(?:(?:nearby|long|porous|shared|common|volatile|\w+-mile|closed|"
    + DIRECTION
    + r")\s+)?"
)
_HYPHEN: Final = Pattern(r"\s?[-–—/]\s?")
_BORDER_BEHIND: Final = Pattern(
    rf"(?:['’]s?)?(?:\s+(?:[a-z]+|{DIRECTION})){{0,2}}?\s+{BORDER}\b{NO_BORDER}", _FLAGS
)
_BORDER_WITH: Final = Pattern(
    rf"(?:['’]s?)?(?:\s+(?:[\w-]+)){{0,3}}?\s+(?:{BORDER}|side\s+of\s+the\s+{BORDER})(?:\s+(?:crossing|region|area|zone))?\s+with\s+{FILL}",
    _FLAGS,
)
_SIDE: Final = Pattern(rf"\s+side\s+of\s+the\s+(?:\w+\s+)?{BORDER}\b", _FLAGS)
#: behind a distance from a border: "of", "to the south of"
_FROM_IT: Final = ending(
    rf"(?<![\w-])(?:(?:to\s+the\s+|due\s+|just\s+)?(?P<direction>{DIRECTION})\s+)?(?:of|from|off)\s+"
)
_FROM_THERE: Final = Pattern(r"(?:away\s+)?(?:from|off)\b", _FLAGS)
#: "the border with", "its border with", "bordering"
_BORDER_OF_ONE: Final = ending(
    r"(?:(?<![\w-])(?:near|along|on|at|across|over|towards?|to|from)\s+)?(?:(?<![\w-])(?:the|its|their|a|our)\s+)?"
    rf"(?:(?:[\w-]+\s+)?(?<![\w-]){BORDER}\s+(?:region\s+|area\s+)?(?:with|of)|(?<![\w-])bordering)\s+{FILL}"
)
#: the verb: "the county that borders", "which borders on"
_BORDERS_ON: Final = ending(
    r"(?<![\w-])(?<!\bthe\s)(?<!\bits\s)(?<!\bour\s)(?<!\btheir\s)(?<!\bopen\s)(?<!\bclosed\s)(?:(?:that|which)\s+)?(?:borders(?:\s+on)?|abuts|adjoins)\s+"
    rf"{FILL}"
)
#: "where Sinaloa and Durango meet"
_WHERE: Final = ending(rf"(?<![\w-])where\s+{FILL}")
_MEET: Final = Pattern(r"(?:\s+(?:[a-z]+))?\s+(?:meet|meets|met|touch|converge)\b", _FLAGS)
_BORDER_BETWEEN: Final = ending(
    r"(?:(?<![\w-])(?:near|along|on|at|in|across|over|towards?|to|from)\s+)?(?:(?<![\w-])(?:the|a)\s+)?(?:[\w-]+\s+)?"
    rf"(?<![\w-])(?:(?:tri|three)-)?{BORDER}\s+(?:(?:areas?|regions?|zones?|triangle)\s+)?(?:(?:that\s+)?(?:between|of|separating|dividing|separates|divides|from))\s+{FILL}"
)
_AND: Final = Pattern(
    rf"(?:\s+{KIND})?(?:,[^,.;\n]{{2,28}},?|\s+in\s+(?:the\s+)?[\w-]{{2,20}})?\s+and\s+(?:of\s+)?{FILL}\Z",
    _FLAGS,
)
_AND_TO: Final = Pattern(
    rf"(?:\s+{KIND})?(?:,[^,.;\n]{{2,28}},)?\s+(?:to|and|with|towards?|from|until|via|into)\s+{FILL}\Z",
    _FLAGS,
)
_BETWEEN: Final = ending(
    rf"(?<![\w-])(?P<hedge>(?:half[-\s]?way|midway|roughly|somewhere|located|situated)\s+)?(?:in\s+)?between\s+{FILL}"
)
_MIDWAY: Final = ending(rf"(?<![\w-])(?:half[-\s]?way|midway)\s+from\s+{FILL}")
_LEADS: Final = r"(?:(?:that|which)\s+)?(?:(?:leads?|leading|runs?|running|goes|going)\s+)?"
_NUMBERED: Final = r"(?:(?:Interstate|(?:U\.?S\.?\s+|State\s+|County\s+|National\s+|Federal\s+)?(?:Highway|Route|Road)|I-|US-|M|A|E|N|Autobahn)[\s-]?\d+[A-Z]?)"
_ROAD_OF_TWO: Final = ending(
    r"(?:(?<![\w-])(?:on|along|off|near|by|down|up|via|of)\s+)?(?<![\w-])(?:(?:the|an?|its|main|coastal|this|that|two|both)\s+(?:[\w-]+\s+){0,2}?)?"
    rf"(?:{WAY}|{_NUMBERED})\s+(?:(?:[\w-]+\s+)?{_LEADS}(?:from|between|out\s+of)|(?:that\s+|which\s+)?(?:link|connect|join)(?:s|ing|ed)?)\s+{FILL}"
)
_ROAD_OF_ONE: Final = ending(
    r"(?:(?<![\w-])(?:on|along|off|near|by|down|up|via)\s+)?(?<![\w-])(?:the|main|coastal|this)\s+(?:[\w-]+\s+){0,2}?"
    rf"{ROAD}\s+{_LEADS}(?:from|to|into|out\s+of|towards?)\s+{FILL}"
)
#: "on Interstate 80 west of", "the highway north of", "along the road near"
_ROAD_BESIDE: Final = ending(
    r"(?<![\w-])(?P<on>(?:on|along|off|down|up|near)\s+(?:the\s+)?)?(?P<the>the\s+)?"
    r"(?:"
    rf"(?P<number>{_NUMBERED})|(?:[\w-]+\s+){{0,2}}?(?P<road>{ROAD}))\s+(?:(?:just\s+|immediately\s+)?(?P<direction>{DIRECTION})\s+of|near|close\s+to|(?:just\s+)?outside(?:\s+of)?)\s+{FILL}"
)
_ROAD_BEHIND: Final = Pattern(
    r"\s+(?:coastal\s+|main\s+|desert\s+|international\s+|supply\s+|toll\s+|express\s+)?"
    r"(?:roads?|highway|motorway|freeway|expressway|railway|railroad|rail\s+line|railway\s+line|line|route|corridor|pipeline)\b",
    _FLAGS,
)
_BANKS: Final = ending(
    rf"(?<![\w-])(?:(?P<along>along|alongside|beside|down|up|on)\s+)?(?:(?:both|the|its|opposite)\s+)?(?:(?P<side>{DIRECTION})\s+)?"
    r"(?P<banks>(?:banks?|shores?|course|length|sides?|stretch|waters)\s+of\s+)?(?:the\s+)?(?:river\s+)?"
)
_BY_TOWN: Final = Pattern(
    rf"(?:\s+[Rr]iver)?\s+(?:(?:just\s+)?(?P<direction>{DIRECTION})\s+of|near|close\s+to|around|(?:just\s+)?outside(?:\s+of)?)\s+{FILL}\Z",
    _FLAGS,
)
_RIVERS: Final = ("STM", "CNL", "WAD", "STMX")


#: a first look for what a border or a joined road needs
_BORDER_WORDS: Final = ("border", "frontier", "boundar")
_JOINED: Final = ("-", "–", "—", "/", " -", " –", " to ")


def _has_border(spot: Spot) -> bool:
    if spot.says(BORDERS):
        return True
    behind = spot.after.lower()
    return any(word in behind for word in _BORDER_WORDS)


def _following(spot: Spot, spots: Sequence[Spot], text: str) -> list[tuple[Spot, str]]:
    """Return the next mentions behind one, with the text up to each."""
    found: list[tuple[Spot, str]] = []
    for other in spots[spot.index + 1 : spot.index + 5]:
        if other.start < spot.end:
            continue
        gap = text[spot.end : other.start]
        if len(gap) > _FARTHEST or len(found) == 3 or ("\n" in gap and ends_sentence(gap)):
            break
        found.append((other, gap))
    return found


def _prefix(spot: Spot) -> int:
    match = _PREFIX.search(spot.before)
    return spot.begin + (match.start() if match else len(spot.before))


def _of_two(spot: Spot, spots: Sequence[Spot], text: str, gap_pattern: Pattern) -> Spot | None:
    """Return the second place of a pair whose first is known."""
    for other, gap in _following(spot, spots, text):
        if gap_pattern.fullmatch(gap):
            return other
    return None


def find_border(spot: Spot, spots: Sequence[Spot], text: str) -> Phrase | None:
    """Find "the Turkish-Syrian border", "Syria's border with Iraq", "20 km south of the Turkish border"."""
    if not _has_border(spot):
        return None
    found = _find_border_of_two(spot, spots, text) or _find_border_of_one(spot)
    return found and with_distance(found, spot.begin, text)


def with_distance(phrase: Phrase, begin: int, text: str) -> Phrase:
    """Return a border as what lies at a distance from it, where a distance stands before it.

    Args:
        phrase: The border.
        begin: Where the sentence starts, or what of it is looked at.
        text: The text.
    """
    before = text[begin : phrase.start]
    side = _FROM_IT.search(before)
    if side is None and not _FROM_THERE.match(text, phrase.start):
        return phrase
    measured = find_measure(before[: side.start()] if side else before)
    if measured is None:
        return phrase
    at, measure = measured
    azimuth = read_azimuth(side["direction"]) if side and side["direction"] else None
    return replace(
        phrase,
        type="distance" if azimuth is None or measure.km is None else "offset",
        start=begin + at,
        km=measure.km,
        low=measure.low,
        high=measure.high,
        azimuth=None if measure.km is None else azimuth,
        form="border",
    )


def _find_border_of_one(spot: Spot) -> Phrase | None:
    behind = _SIDE.match(spot.after) or _BORDER_BEHIND.match(spot.after)
    if behind and (spot.is_country or spot.is_adjective or spot.place.feature.startswith("ADM")):
        return Phrase("border", _prefix(spot), spot.end + behind.end(), spot.row)
    before = _BORDER_OF_ONE.search(spot.before)
    if before is None and not spot.is_elsewhere:
        before = _BORDERS_ON.search(spot.before)
    if before and not is_town(spot.place):
        return Phrase("border", spot.begin + before.start(), extend_end(spot), spot.row)
    return None


def _find_border_of_two(spot: Spot, spots: Sequence[Spot], text: str) -> Phrase | None:
    for other, gap in _following(spot, spots, text):
        behind = _BORDER_BEHIND.match(other.after)
        joined = _HYPHEN.fullmatch(gap) or gap in (" and ", " and the ")
        if joined and behind and not other.after.startswith(("'", "’")):
            return Phrase(
                *("border", _prefix(spot), other.end + behind.end(), spot.row), others=(other.row,)
            )
        # "Rafah on the border with Egypt" is no border of Rafah's
        if not is_town(spot.place) and _BORDER_WITH.fullmatch(gap):
            return Phrase("border", _prefix(spot), extend_end(other), spot.row, others=(other.row,))
    where = None if is_town(spot.place) else _WHERE.search(spot.before)
    if where:
        second = _of_two(spot, spots, text, _AND)
        behind = _MEET.match(second.after) if second else None
        if second and behind:
            return Phrase(
                *("border", spot.begin + where.start(), second.end + behind.end(), spot.row),
                others=(second.row,),
            )
    before = _BORDER_BETWEEN.search(spot.before)
    if before:
        second = _of_two(spot, spots, text, _AND)
        if second is not None:
            # "the border area of Mali, Niger and Burkina Faso" is where all three meet
            third = [other.row for other, gap in _following(spot, spots, text) if gap == ", "][:1]
            return Phrase(
                *("border", spot.begin + before.start(), extend_end(second), spot.row),
                others=(second.row, *(row for row in third if row != second.row)),
            )
    return None


def _find_joined_road(spot: Spot, spots: Sequence[Spot], text: str) -> Phrase | None:
    for other, gap in _following(spot, spots, text)[:1]:
        behind = _ROAD_BEHIND.match(other.after)
        # "the China-Laos Railway" is a name, and leads from somewhere to somewhere else
        is_name = spot.is_country and other.is_country
        if (
            behind
            and (_HYPHEN.fullmatch(gap) or gap == " to ")
            and not (other.is_adjective or is_name)
        ):
            return Phrase(
                *("along", _prefix(spot), other.end + behind.end(), spot.row),
                others=(other.row,),
                form="road",
            )
    return None


def find_road(spot: Spot, spots: Sequence[Spot], text: str) -> Phrase | None:
    """Find "the road from … to …", "the Baghdad-Amman highway", "on Interstate 80 west of"."""
    if spot.is_adjective:
        return None
    phrase = _find_joined_road(spot, spots, text) if spot.after.startswith(_JOINED) else None
    if phrase is not None or not spot.says(WAYS):
        return phrase
    before = _ROAD_OF_TWO.search(spot.before)
    if before:
        second = _of_two(spot, spots, text, _AND_TO)
        if second is not None and not second.is_adjective:
            return Phrase(
                *("along", spot.begin + before.start(), extend_end(second), spot.row),
                others=(second.row,),
                form="road",
            )
    before = _ROAD_OF_ONE.search(spot.before)
    if before and not spot.is_country and not spot.is_elsewhere:
        return Phrase("along", spot.begin + before.start(), extend_end(spot), spot.row, form="road")
    before = _ROAD_BESIDE.search(spot.before)
    if (
        before
        and not spot.is_country
        and not spot.is_elsewhere
        and (before["number"] or before["on"] or before["the"])
    ):
        azimuth = read_azimuth(before["direction"]) if before["direction"] else None
        return Phrase(
            *("along", spot.begin + before.start(), extend_end(spot), spot.row),
            azimuth=azimuth,
            form="road",
        )
    return None


def find_river(spot: Spot, spots: Sequence[Spot], text: str) -> Phrase | None:
    """Find "along the Euphrates", "the Euphrates south of Fallujah": the town is the anchor of that."""
    if spot.place.feature not in _RIVERS or spot.is_adjective:
        return None
    before = _BANKS.search(spot.before)
    start = spot.begin + (before.start() if before else len(spot.before))
    for other, gap in _following(spot, spots, text)[:1]:
        by = _BY_TOWN.fullmatch(gap)
        if by and not other.is_adjective:
            azimuth = read_azimuth(by["direction"]) if by["direction"] else None
            return Phrase(
                *("along", start, extend_end(other), other.row),
                others=(spot.row,),
                azimuth=azimuth,
                form="river",
            )
    if before and (before["banks"] or (before["along"] or "").lower().startswith("along")):
        return Phrase("along", start, spot.end, spot.row, form="river")
    return None


def find_between(spot: Spot, spots: Sequence[Spot], text: str) -> Phrase | None:
    """Find "between Manbij and Jarabulus", but not what goes on between people."""
    if not spot.says(BETWEEN):
        return None
    before = _BETWEEN.search(spot.before)
    midway = None if before else _MIDWAY.search(spot.before)
    if (before or midway) is None or spot.is_adjective:
        return None
    second = _of_two(spot, spots, text, _AND if before else _AND_TO)
    if second is None or second.is_adjective or second.place.id == spot.place.id:
        return None
    if before and not _lies_between(spot, second, spot.before[: before.start()], before["hedge"]):
        return None
    start = (before or midway).start()  # type: ignore[union-attr] # one of them is there
    return Phrase(
        *("between", spot.begin + start, extend_end(second), spot.row),
        others=(second.row,),
    )


def _lies_between(spot: Spot, second: Spot, stem: str, hedge: str | None) -> bool:
    """Tell by the nearest telling word before "between" whether something lies there."""
    if hedge and hedge.strip().lower() != "roughly":
        return True
    words = re.findall(r"[\w'’-]+", stem.lower())
    if words and words[-1] in SERVICES:
        return False
    for word in reversed(words[-_WORDS_BEFORE:]):
        if word in PLACES_BETWEEN:
            return True
        if word in PEOPLE_BETWEEN:
            return False
    if spot.is_country and second.is_country:
        return any(word in PLACES_BETWEEN for word in words)
    return not any(word in PEOPLE_BETWEEN for word in words)


#: what is tried for each mention, the first that fits first
PAIR_FINDERS: Final[Sequence[Callable[[Spot, Sequence[Spot], str], Phrase | None]]] = (
    find_river,
    find_border,
    find_road,
    find_between,
)
