"""Find the relations that a text puts around its mentions: one small function for each kind of phrase.

A phrase is found around names that the geoparser found already: its patterns end where a name begins, or
begin where one ends, and never look for names themselves.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geomap.relations.directions import DIRECTION, SHORT_DIRECTION, read_azimuth
from geomap.relations.measures import HOURS, MEASURE, RADIUS, TRAVEL, Measure, read_measure
from geomap.relations.patterns import Pattern
from geomap.relations.spots import (
    AROUND,
    BORDERS,
    CENTRAL,
    COMPASS,
    MEASURED,
    NEARBY,
    Phrase,
    Spot,
    is_town,
)
from geomap.relations.vocabulary import FILL, KIND, LAND, NO_PART, OUTSKIRTS, PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["SINGLE_FINDERS", "extend_end", "find_measure", "is_sentence_start"]

_FLAGS: Final = re.IGNORECASE


def _ending(pattern: str) -> Pattern:
    """Compile a pattern for the text before a name."""
    return Pattern(rf"{pattern}\Z", _FLAGS)


#: "south of", "just to the north-east of the town of"
_DIRECTION_OF: Final = _ending(
    rf"(?<![\w-])(?P<hedge>(?:just|due|immediately|directly|slightly|well|far|further|farther|somewhere)\s+)?"
    rf"(?P<to>(?:to|toward|towards)\s+the\s+(?:far\s+)?)?(?P<direction>{DIRECTION})\s+(?:of|from)\s+{FILL}"
)
_SHORT_OF: Final = Pattern(
    rf"(?<![\w-])(?P<direction>{SHORT_DIRECTION})\s+(?:of|from)\s+(?i:{FILL})\Z"
)
#: "from", "away from", "off the coast of", behind a distance
_FROM: Final = _ending(
    rf"(?<![\w-])(?:(?:away\s+)?from|off|outside|of|around|short\s+of)\s+(?:the\s+(?:\w+\s+)?(?:coast|shores?|border)\s+of\s+)?{FILL}"
)
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
#: "the far north of", "the northern part of"
_PART_OF: Final = _ending(
    rf"(?<![\w-])(?P<the>the\s+)?(?P<far>far\s+|extreme\s+|deep\s+|very\s+)?(?:(?P<central>central|cent(?:er|re))|(?P<direction>{DIRECTION}))"
    rf"(?P<noun>[-\s]+(?:\w+\s+)?{PARTS})?\s+(?:of|in)\s+{FILL}"
)
#: "eastern", "far-northern", "central", directly before a name
_ADJECTIVE: Final = _ending(
    rf"(?<![\w-])(?P<far>(?:far|extreme|deep|the\s+far)[-\s]+)?(?:(?:(?P<side>{DIRECTION})[-\s]+)?(?P<central>central)|(?P<direction>{DIRECTION}))\s+"
)
#: "'s south", "'s oil-rich north-east", "'s southern"
_OWN_PART: Final = Pattern(
    rf"['’]s?\s+(?:[a-z]{{3,12}}(?:[-\s][a-zA-Z]{{3,12}})?\s+){{0,2}}?(?P<far>far[-\s]+|extreme\s+|deep\s+)?"
    rf"(?:(?P<central>central)|(?P<direction>{DIRECTION}))\b{NO_PART}(?!\s+(?:of|to)\b)(?P<noun>\s+{PARTS}\b)?"
)
#: "the Syrian north"
_ITS_SIDE: Final = Pattern(
    r"\s+(?P<far>far\s+)?(?P<direction>(?:north|south)[-\s]?(?:east|west)|north|south|east|west)\b(?!\s+(?:of|to|from|for|at|on|in)\b|[-\s]+[A-Za-z]+ern\b)"
)
_NEAR: Final = _ending(
    r"(?<![\w-])(?P<hedge>(?:just|right|somewhere|very|so)\s+)?(?P<word>near(?:\s+to)?|close\s+to|not\s+far\s+from|outside(?:\s+of)?|adjacent\s+to"
    rf"|next\s+to|beside|in\s+the\s+(?:immediate\s+)?vicinity\s+of|(?:in\s+and\s+)?around|above|overlooking|surrounding|within\s+(?:walking|striking|shouting|driving)\s+distance\s+of"
    r"|within\s+(?:easy\s+)?(?:reach|sight)\s+of|a\s+stone['’]s\s+throw\s+(?:away\s+)?from|a\s+short\s+(?:\w+\s+)?(?:drive|walk|ride|hop|distance|trip)\s+(?:away\s+)?from"
    rf")\s+{FILL}"
)
_NOT_NEAR: Final = Pattern(r"(?:nowhere|anywhere|come|came|coming|comes)\s+\Z", _FLAGS)
_OUTSKIRTS_OF: Final = _ending(
    rf"(?<![\w-])(?:(?:on|at|in|from|to|near|through|into|across|around)\s+)?(?:the\s+|its\s+)?(?:(?P<direction>{DIRECTION})\s+|(?P<word>\w+)\s+)?"
    rf"{OUTSKIRTS}\s+(?:of|to|around|surrounding|near|outside)\s+{FILL}"
)
_OWN_OUTSKIRTS: Final = Pattern(
    rf"(?:(?:['’]s?)?\s+(?:(?P<direction>{DIRECTION})\s+)?(?:outskirts|suburbs|countryside|environs|hinterlands?|outlying\s+areas)"
    rf"|['’]s?\s+(?:(?P<side>{DIRECTION})\s+)?(?:edges?|fringes?|periphery))\b"
)
_BORDER_TOWN: Final = _ending(
    r"(?:\bthe\s+)?(?:[\w'’-]+\s+){0,2}?(?:border|frontier)\s+(?:towns?|cit(?:y|ies)|villages?|settlements?|hamlets?|crossings?|posts?|communit(?:y|ies))"
    r"\s+(?:of|at|near|in)\s+"
)
#: "Idlib city": the word belongs to the phrase
_KIND_BEHIND: Final = Pattern(
    r"\s+(?:[Cc]ity|[Tt]own|village|[Pp]rovince|[Gg]overnorate|district|[Cc]ounty|region|island|countryside)\b(?!\s+of\b)"
)
_COUNTRYSIDE: Final = Pattern(r"(?:\s+(?:city|province|governorate))?\s+countryside\b", _FLAGS)
_CAPITAL: Final = Pattern(r"[ \u00a0][A-Z][a-z]")
_START: Final = Pattern(r"(?:^|[\n.!?:;\"“”‘(\[—–-])[\s\"“‘(\[]*\Z")
#: who travels or builds a distance does not say where something is
_MOVED: Final = Pattern(
    r"\b(?:walk|drove|driv|ran|run|travel|march|rode|ride|rid|hik|trek|cycl|jog|sail|flew|fly|built|build|resurfac|laid|lay|pav)"
    r"(?:s|ed|ing|e|es|k|led|ling)?\s+(?:some\s+|about\s+)?\Z",
    _FLAGS,
)
_TO: Final = Pattern(r"(?<![\w-])(?:to|towards?)\s+\Z", _FLAGS)
#: who goes "to the north of" a country goes to a part of it
_WENT: Final = Pattern(
    r"\b(?:fle[ed]|flee(?:ing)?|went|go(?:es|ing)?|travel\w*|mov\w+|return\w*|fl[ey]w|sent|deploy\w*|spread\w*|c[ao]me|brought"
    r"|migrat\w+|retreat\w*|withdr\w+|transfer\w*)(?:\s+[\w-]+){0,3}\s+to\s+\Z",
    _FLAGS,
)
_TO_PLACE: Final = Pattern(r"\s+to\s+(?:the\s+)?[A-Z]")
#: places whose quarters have names of their own, or none
_NO_PARTS: Final = ("CONT", "OCN")
#: a town of so many has an "East" with a capital letter that is a part, and no town of its own
_METROPOLIS: Final = 400_000


def is_sentence_start(before: str) -> bool:
    """Tell whether a sentence, or something like one, starts behind a text."""
    return bool(_START.search(before[-4:])) if before.strip() else True


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


def _is_owner(spot: Spot) -> bool:
    """Tell a name whose thing is meant, not the place: "near Raqqa's museum"."""
    return spot.after.startswith(("'", "’"))


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
    if spot.is_country and groups.get("to") and _WENT.search(f"{stem}to "):
        return None  # "fled to the north of": a part
    if " from " in match[0].lower() or "direction" not in groups:
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


def find_distance(spot: Spot) -> Phrase | None:
    """Find "50 kilometers from", "within three kilometers of central", "a two-hour drive from"."""
    if not spot.says(MEASURED) or spot.is_elsewhere:
        return None
    match = _FROM.search(spot.before)
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
    )


def _part(spot: Spot, match: re.Match[str], start: int, end: int) -> Phrase | None:
    """Return a part of a place as a match words it."""
    groups = match.groupdict()
    direction = groups.get("direction") or groups.get("side")
    azimuth = read_azimuth(direction) if direction else None
    if azimuth is None and not groups.get("central"):
        return None
    form = "far" if groups.get("far") else "" if azimuth is not None else "central"
    return Phrase("part", start, end, spot.row, azimuth=azimuth, form=form)


def find_part_of(spot: Spot) -> Phrase | None:
    """Find "the far north of", "the northern part of", "in the centre of"."""
    if spot.place.feature in _NO_PARTS or (spot.is_adjective and not _is_owner(spot)):
        return None
    match = _PART_OF.search(spot.before) if spot.says(CENTRAL) else None
    if match is None:
        return None
    word = (match["direction"] or match["central"]).lower()
    noun = match["noun"]
    if noun and noun.strip()[0].isupper():
        return None  # a court of law: "Southern District of"
    bare = word.endswith(("north", "south", "east", "west", "center", "centre"))
    # "the south of", "southern parts of"; neither "southern of" nor "south of"
    if bare is bool(noun) and not (bare and noun):
        return None
    if bare and not noun and not match["the"]:
        return None
    if re.search(r"\s+in\s+", match[0][match[0].lower().find(word) :]) and not noun:
        return None
    if _is_owner(spot):
        return None
    stem = spot.before[: match.start()]
    # "12 km to the east of" is outside; "fled to the north of Iraq" is not
    if bare and not noun and _TO.search(stem) and not (spot.is_country and _WENT.search(stem)):
        return None
    return _part(spot, match, spot.begin + match.start(), extend_end(spot))


def _is_own_name(spot: Spot, match: re.Match[str], word: str) -> bool:
    """Tell a direction that belongs to a name ("East Palo Alto") from one that says a part."""
    if word[0].islower():
        return False
    if is_sentence_start(spot.before[: match.start()]):
        return bool(_CAPITAL.match(spot.after))  # "Northern Illinois University"
    if spot.is_adjective:
        return True
    if spot.is_country:
        return not word.lower().endswith(("ern", "ral"))
    return spot.place.population < _METROPOLIS or not spot.place.feature.startswith("P")


def find_adjective(spot: Spot) -> Phrase | None:
    """Find "eastern Syria", "southern French towns", "the northern Aleppo countryside"."""
    match = _ADJECTIVE.search(spot.before) if spot.says(CENTRAL) else None
    if match is None or spot.place.feature in (*_NO_PARTS, "RGNL"):
        return None
    word = match["direction"] or match["side"] or match["central"]
    stem = spot.before[: match.start()]
    if stem.rstrip().endswith(("'s", "’s", "s'", "s’")):
        return None  # "Turkey's southern Hatay province": of Turkey
    if _is_own_name(spot, match, word):
        return None
    if word.lower() in ("north", "south", "east", "west") and spot.is_adjective:
        return None
    # "in west Mosul" is a part of it, "drove north Mosul" nothing
    end = extend_end(spot)
    wide = _COUNTRYSIDE.match(spot.after)
    if wide:
        end = spot.end + wide.end()
    phrase = _part(spot, match, spot.begin + match.start(), end)
    return replace(phrase, form="countryside") if phrase and wide and not match["far"] else phrase


def find_own_part(spot: Spot) -> Phrase | None:
    """Find "Turkey's south", "Iraq's oil-rich north", "Turkey's southern Hatay province"."""
    match = _OWN_PART.match(spot.after)
    if match is None and spot.is_adjective and spot.before.lower().endswith(("the ", "far ")):
        match = _ITS_SIDE.match(spot.after)
    if match is None or spot.place.feature in _NO_PARTS:
        return None
    return _part(spot, match, spot.start, spot.end + match.end())


def _is_land(stem: str) -> bool:
    words = stem.lower().split()
    return bool(words) and words[-1] in LAND


def find_near(spot: Spot) -> Phrase | None:
    """Find "near", "close to", "just outside", "around"."""
    if not spot.says(NEARBY) or spot.is_elsewhere:
        return None
    match = _NEAR.search(spot.before)
    if match is None:
        return None
    word = match["word"].lower()
    stem = spot.before[: match.start()]
    if not is_town(spot.place) and word.endswith(("outside", "outside of", "around", "beside")):
        return None  # "around Ohio" is in it
    if word in ("around", "above") and not _is_land(stem):
        return None
    if _NOT_NEAR.search(stem) or (word.startswith("near") and stem.endswith("-")):
        return None
    form = "around" if word.endswith(("around", "outside", "outside of", "surrounding")) else ""
    return Phrase("near", spot.begin + match.start(), extend_end(spot), spot.row, form=form)


def find_outskirts(spot: Spot) -> Phrase | None:
    """Find "on the western outskirts of", "the suburbs of", "Aleppo's countryside"."""
    if spot.is_adjective or not is_town(spot.place):
        return None
    match = _OUTSKIRTS_OF.search(spot.before) if spot.says(AROUND) else None
    if match and match["word"] and match["word"][0].isupper() and match["word"] != "The":
        return None  # "the Cairns suburbs of Edmonton": of Cairns
    if match and not _is_owner(spot):
        start, end = spot.begin + match.start(), extend_end(spot)
    else:
        match = _OWN_OUTSKIRTS.match(spot.after)
        if match is None or _ADJECTIVE.search(spot.before):
            return None  # "the northern Aleppo countryside": a part
        start, end = spot.start, spot.end + match.end()
    direction = match["direction"] or match.groupdict().get("side")
    azimuth = read_azimuth(direction) if direction else None
    return Phrase("near", start, end, spot.row, azimuth=azimuth, form="outskirts")


def find_border_town(spot: Spot) -> Phrase | None:
    """Find "the Kurdish border town of": the town itself is meant, and where it lies is said."""
    match = _BORDER_TOWN.search(spot.before) if spot.says(BORDERS) else None
    if match is None or spot.is_adjective or spot.is_country:
        return None
    return Phrase("near", spot.begin + match.start(), extend_end(spot), spot.row, form="border")


#: what is tried for each mention, the first that fits first
SINGLE_FINDERS: Final[Sequence[Callable[[Spot], Phrase | None]]] = (
    find_offset,
    find_distance,
    find_border_town,
    find_outskirts,
    find_near,
    find_part_of,
    find_own_part,
    find_adjective,
)
