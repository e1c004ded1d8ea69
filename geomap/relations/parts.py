"""Find parts of places: "eastern Syria", "Turkey's south", "the northern part of", "on the outskirts of"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from geomap.relations.attributes import ATTRIBUTED, UNIT_BEHIND, is_attribute
from geomap.relations.directions import DIRECTION, read_azimuth
from geomap.relations.offsets import TO_THE, WENT, extend_end
from geomap.relations.patterns import Pattern, ending
from geomap.relations.spots import AROUND, CENTRAL, PARTLY, Phrase, Spot, is_town
from geomap.relations.vocabulary import FILL, NO_PART, OUTSKIRTS, PARTS

__all__ = ["find_adjective", "find_outskirts", "find_own_part", "find_part_of", "find_some_parts"]

_FLAGS: Final = re.IGNORECASE
#: "the far north of", "the northern part of"
_PART_OF: Final = ending(
    rf"(?<![\w-])(?P<the>the\s+)?(?P<far>far\s+|extreme\s+|deep\s+|very\s+)?(?:(?P<central>central|cent(?:er|re)|heart|middle)|(?P<direction>{DIRECTION}(?:\s+and\s+(?:the\s+)?{DIRECTION})?))"
    rf"(?P<noun>[-\s]+(?:\w+\s+)?{PARTS})?\s+(?:of|in)\s+{FILL}"
)
#: "eastern", "far-northern", "central", directly before a name
_ADJECTIVE: Final = ending(
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
_OUTSKIRTS_OF: Final = ending(
    rf"(?<![\w-])(?:(?:on|at|in|from|to|near|through|into|across|around)\s+)?(?:the\s+|its\s+)?(?:(?P<direction>{DIRECTION})\s+|(?P<word>\w+)\s+)?"
    rf"{OUTSKIRTS}\s+(?:of|to|around|surrounding|near|outside)\s+{FILL}"
)
_OWN_OUTSKIRTS: Final = Pattern(
    rf"(?:(?:['’]s?)?\s+(?:(?P<direction>{DIRECTION})\s+)?(?:outskirts|suburbs|countryside|environs|hinterlands?|outlying\s+areas)"
    rf"|['’]s?\s+(?:(?P<side>{DIRECTION})\s+)?(?:edges?|fringes?|periphery))\b"
)
#: the outermost of a town is a part of it; its surroundings are not
_EDGES: Final = Pattern(
    r"\b(?:outskirts|edges?|fringes?|suburbs?|periphery|outlying\s+areas|limits)\b", _FLAGS
)
#: what tells which parts of a place are meant; "other parts of" and "ten districts of" say nothing of that
_SOME_PARTS: Final = ending(
    r"(?<![\w-])(?:the\s+)?(?:most\s+|more\s+|densely\s+|sparsely\s+|heavily\s+)?(?:remote(?:r|st)?|rural|residential|outlying|coastal|mountainous|hilly|inner|outer"
    r"|upper|lower|urban|populated|poor(?:er|est)?|desert|forested|wooded|swampy|marshy|isolated|low-lying|hard-to-reach|built-up|industrial|commercial)\s+"
    rf"(?:parts|quarters|neighbou?rhoods|districts|swathes|swaths|pockets|stretches|areas|reaches)\s+of\s+{FILL}"
)
_TO: Final = ending(r"(?<![\w-])to\s+")
_BARE: Final = ("north", "south", "east", "west")
_COUNTRYSIDE: Final = Pattern(r"(?:\s+(?:city|province|governorate))?\s+countryside\b", _FLAGS)
_CAPITAL: Final = Pattern(r"[ \u00a0][A-Z][a-z]")
_START: Final = Pattern(r"(?:^|[\n.!?:;\"“”‘(\[—–-])[\s\"“‘(\[]*\Z")
#: places whose quarters have names of their own, or none
_NO_PARTS: Final = ("CONT", "OCN")
#: a town of so many has an "East" with a capital letter that is a part, and no town of its own
_METROPOLIS: Final = 400_000


def _is_sentence_start(before: str) -> bool:
    """Tell whether a sentence, or something like one, starts behind a text."""
    return bool(_START.search(before[-4:])) if before.strip() else True


def _is_owner(spot: Spot) -> bool:
    """Tell a name whose thing is meant, not the place: "near Raqqa's museum"."""
    return spot.after.startswith(("'", "’"))


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
    bare = word.endswith((*_BARE, "center", "centre", "heart", "middle"))
    # "the south of", "southern parts of"; neither "southern of" nor "south of"
    if bare is bool(noun) and not (bare and noun):
        return None
    if bare and not noun and not match["the"]:
        return None
    if re.search(r"\s+in\s+", match[0][match[0].lower().find(word) :]) and not noun:
        return None
    if _is_owner(spot):
        return None
    phrase = _part(spot, match, spot.begin + match.start(), extend_end(spot))
    if noun and phrase and ATTRIBUTED.fullmatch(noun) and is_attribute(spot.place, phrase.azimuth):
        return None  # "the southwestern province of Sichuan"
    stem = spot.before[: match.start()]
    # "12 km to the east of" is outside; "fled to the north of Iraq" is not
    if bare and not noun and TO_THE.search(stem) and not (spot.is_country and WENT.search(stem)):
        return None
    return phrase


def _is_own_name(spot: Spot, match: re.Match[str], word: str) -> bool:
    """Tell a direction that belongs to a name ("East Palo Alto") from one that says a part."""
    if word[0].islower():
        return False
    if _is_sentence_start(spot.before[: match.start()]):
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
    if phrase and UNIT_BEHIND.match(spot.after) and is_attribute(spot.place, phrase.azimuth):
        return None  # "northern Takhar province"
    return replace(phrase, form="countryside") if phrase and wide and not match["far"] else phrase


def find_own_part(spot: Spot) -> Phrase | None:
    """Find "Turkey's south", "Iraq's oil-rich north", "Turkey's southern Hatay province", "to Kharkiv's north"."""
    match = _OWN_PART.match(spot.after)
    if match is None and spot.is_adjective and spot.before.lower().endswith(("the ", "far ")):
        match = _ITS_SIDE.match(spot.after)
    if match is None or spot.place.feature in _NO_PARTS:
        return None
    phrase = _part(spot, match, spot.start, spot.end + match.end())
    if phrase and phrase.azimuth is not None and is_town(spot.place):
        to = _TO.search(spot.before)
        if to and match["direction"].lower().endswith(_BARE):
            return replace(phrase, type="direction", start=spot.begin + to.start(), form="")
    return phrase


def find_some_parts(spot: Spot) -> Phrase | None:
    """Find "the remote parts of", "residential quarters of", "large swathes of": somewhere in a place."""
    if not spot.says(PARTLY) or spot.is_elsewhere or spot.place.feature in _NO_PARTS:
        return None
    match = _SOME_PARTS.search(spot.before)
    if match is None:
        return None
    return Phrase("part", spot.begin + match.start(), extend_end(spot), spot.row, form="some")


def find_outskirts(spot: Spot) -> Phrase | None:
    """Find "on the western outskirts of", "the suburbs of", "Aleppo's countryside"."""
    if spot.is_adjective or not (is_town(spot.place) or spot.place.feature.startswith("ADM")):
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
    is_part = _EDGES.search(match[0]) is not None
    if not (is_part or is_town(spot.place)):
        return None
    direction = match["direction"] or match.groupdict().get("side")
    azimuth = read_azimuth(direction) if direction else None
    return Phrase(
        "part" if is_part else "near", start, end, spot.row, azimuth=azimuth, form="outskirts"
    )
