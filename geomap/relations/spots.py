"""What stands around a mention, cut for patterns, and the cheap look that most mentions end with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geomap.model import Place
from geomap.relations.directions import DIRECTIONS
from geomap.relations.measures import UNITS
from geomap.relations.patterns import Pattern
from geomap.relations.vocabulary import THING
from geomap.runtime.memo import Memo
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import RelationType, Resolution

__all__ = [
    "AROUND",
    "BETWEEN",
    "BORDERS",
    "CENTRAL",
    "COMPASS",
    "MEASURED",
    "NEARBY",
    "PARTLY",
    "TOWARDS",
    "WAYS",
    "Phrase",
    "Spot",
    "ends_sentence",
    "find_spots",
    "is_country",
    "is_town",
    "may_lead",
]

#: characters before a mention that a phrase can take
_REACH: Final = 130
#: words before a mention that are looked at for a trigger
_WORDS: Final = 7
#: a line that goes on in lower case, or ends with a word that wants another, was broken to fit a width
_SENTENCE_END: Final = re.compile(
    r"[.!?;:][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z])|\n(?![a-z(])(?<! of\n)(?<! the\n)(?<! near\n)(?<! from\n)(?<! and\n)(?<! in\n)(?<! to\n)|\n\s*\n|[“”\"]"
)
#: words that lead from a trigger to a name; of others there can be so many between them
_SPARE: Final = 2
_LEADING: Final = frozenset(
    "the a an of to city town village province governorate district region state island islands camp capital "
    "central downtown towns villages cities provinces river and with mainland part parts half side areas area "
    "countryside port suburb county nearby neighboring neighbouring from off around centre center "
    "coast edge corner tip end side stretch section shores reaches capitals outskirts car bus train boat foot "
    "leading leads running runs".split()
)
#: words before a name that can make a relation
_TRIGGERS: Final = (
    DIRECTIONS
    | UNITS
    | frozenset(
        "near outside between along around outskirts fringe fringes edge suburbs environs vicinity surrounding countryside "
        "close far beside adjacent next central centre center border frontier boundary bordering road highway motorway "
        "freeway railway route expressway railroad linking connecting joining drive ride walk flight journey trip banks bank "
        "radius away surroundings periphery gates hinterland heart roads highways crossing leading running across shores "
        "midway halfway roads hours hour minutes days throw distance reach sight way entrance entrances approaches limits above "
        "coast coastline shores off area areas neighbourhood neighborhood proximity waters nearer nearest closer closest coasts middle direction parts quarters neighbourhoods neighborhoods districts swathes pockets "
        "where borders abuts adjoins stretch segment axis "
        "overlooking upstream downstream pipeline hike trek stretch line".split()
    )
    | frozenset("N S E W NE NW SE SW NNE NNW SSE SSW ENE ESE WNW WSW".split())
)
#: what can stand behind a name that makes a relation: "'s south", "-Syrian border", " outskirts"
_OWNED: Final = Pattern(
    r"['’]s?\s(?:[\w-]{2,16}\s){0,2}?(?:north|south|east|west|central|border|frontier|boundary|outskirts|suburbs|countryside"
    r"|environs|hinterland|surroundings|edge|fringe|periphery|coast)"
)
_JOINED: Final = re.compile(r"\s?[-–—/]\s?[A-Z]")
_BEHIND_WORDS: Final = frozenset(
    "coast coastline shores border borders frontier boundary outskirts suburbs countryside environs hinterland surroundings side highway road motorway "
    "railway corridor route by to north south east west northeast northwest southeast southwest".split()
)
#: words behind a name among which one of those may stand
_NEXT_WORDS: Final = 3
#: behind a name that is a part of a longer one, or tells which thing is meant
_LONGER: Final = Pattern(
    rf"[-–][^\W\d]|[ \u00a0](?!(?:City|Province|County|Governorate|District|Island|River|Town|Region|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b)[A-Z][a-z]|[ \u00a0]\d"
    rf"|['’]s?\s(?!(?:city\s|town\s)?(?:cent(?:er|re)|outskirts|edge|downtown|old\s(?:city|town))\b)|\s+{THING}"
)
_CLEAN: Final = ".,'’-"


#: what the words before a name can hint at, as bits
COMPASS, CENTRAL, MEASURED, NEARBY, AROUND, BORDERS, WAYS, BETWEEN, PARTLY, TOWARDS = (
    1 << n for n in range(10)
)
#: parts of words that are such hints
_HINTS: Final = {
    COMPASS | CENTRAL: ("north", "south", "east", "west"),
    CENTRAL: ("cent", "heart", "middle"),
    MEASURED: (
        *("km", "kilomet", "mile", "met", "nmi", "yard", "feet", "foot", "block", "hour", "minute"),
        *("drive", "walk", "ride", "journey", "trip", "hike", "march", "trek", "flight", "sail"),
        *("cruise", "paddle", "radius", "circle"),
    ),
    NEARBY: (
        *("near", "close", "far", "outside", "around", "surround", "adjacent", "next", "beside"),
        *("vicinity", "distance", "reach", "sight", "throw", "short", "above", "overlook"),
        *("neighb", "area", "across", "proximity", "waters", "sea", "coast", "shore"),
    ),
    AROUND: (
        *("outskirt", "edge", "fringe", "suburb", "environ", "peripher", "surrounding", "vicinity"),
        *("countryside", "hinterland", "gates", "outlying", "entrance", "approach", "limits"),
        "doorstep",
    ),
    BORDERS: ("border", "frontier", "boundar", "abuts", "adjoins", "where"),
    WAYS: (
        *("road", "way", "route", "track", "path", "trail", "corridor", "tunnel", "canal"),
        *("pipeline", "interstate", "autobahn", "stretch", "segment", "axis"),
    ),
    BETWEEN: ("between", "midway", "halfway", "half-way"),
    TOWARDS: ("direction",),
    PARTLY: (
        *("parts", "quarters", "neighbourhoods", "neighborhoods", "districts", "swath"),
        *("pockets", "stretches", "areas"),
    ),
}
_HINT_PAIRS: Final = tuple((hint, clue) for clue, hints in _HINTS.items() for hint in hints)
#: whole words that are hints, also written together with a number
_WHOLE_HINTS: Final = {"m": MEASURED, "mi": MEASURED, "ft": MEASURED, "way": BETWEEN, "line": WAYS, "lines": WAYS}  # fmt: skip
_ROAD_NUMBER: Final = re.compile(r"[MAEIN]-?\d")


def _find_clues(word: str) -> int:
    lower = word.lower()
    found = _WHOLE_HINTS.get(lower.strip("0123456789.,-()[]"), 0)
    for hint, clue in _HINT_PAIRS:
        if hint in lower:
            found |= clue
    return found | (WAYS if _ROAD_NUMBER.match(word) else 0)


_clues_of: Final = Memo(_find_clues, 50_000)


#: words of a name that say what it names, and the code of that
_CALLED: Final = (
    *((word, "STM") for word in ("river", "creek", "stream")),
    *((word, "MT") for word in ("mount", "mountain", "mountains", "hill", "hills")),
    *((word, "LK") for word in ("lake", "lagoon")),
    *((word, "ADM2") for word in ("district", "county", "territory", "department", "zone")),
    *((word, "ADM3") for word in ("township", "payam", "sub-county", "woreda")),
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A relation as it is written: where, around which mention, and what its words mean.

    ``anchor`` and ``others`` are rows of the article's mentions. ``low`` and ``high`` bound the distance
    in kilometres, 0 where there is none; ``form`` tells apart what has one type and several shapes.
    """

    type: RelationType
    start: int
    end: int
    anchor: int
    others: tuple[int, ...] = ()
    km: float | None = None
    low: float = 0.0
    high: float = 0.0
    azimuth: float | None = None
    form: str = ""

    @property
    def is_from_border(self) -> bool:
        """Whether it tells how far from a border something is, and not from a place."""
        return self.type in ("distance", "offset") and self.form == "border"


class Spot:
    """A mention that a relation may start from, with the text around it."""

    __slots__ = (
        "_after",
        "_before",
        "_clues",
        "_text",
        "begin",
        "end",
        "index",
        "mention",
        "place",
        "row",
        "start",
    )

    def __init__(self, text: str, row: int, resolution: Resolution, place: Place) -> None:
        mention = resolution.mention
        self._text = text
        self.row, self.mention, self.place = row, mention, place
        self.start, self.end = mention.start, mention.end
        #: where it stands among the mentions that can be part of a relation
        self.index = 0
        self.begin = max(0, mention.start - _REACH)
        self._before: str | None = None
        self._clues: int | None = None
        self._after: str | None = None

    @property
    def before(self) -> str:
        """The text before the mention, from the start of its sentence or so; ``begin`` is where that is."""
        if self._before is None:
            window = self._text[self.begin : self.start]
            cut = 0
            for match in _SENTENCE_END.finditer(window):
                cut = match.end()
            self.begin += cut
            self._before = window[cut:]
        return self._before

    @property
    def after(self) -> str:
        """The text behind the mention."""
        if self._after is None:
            self._after = self._text[self.end : self.end + _REACH]
        return self._after

    def says(self, clue: int) -> bool:
        """Tell whether a word with a clue stands before the mention: a cheap first look."""
        if self._clues is None:
            found = 0
            for word in self.before.split():
                found |= _clues_of[word]
            self._clues = found
        return bool(self._clues & clue)

    @property
    def is_adjective(self) -> bool:
        """Whether the name is one of people or a language, as "Turkish" is, and not the place's own."""
        if self.mention.kind == "literal":
            return False
        surface, name = fold_name(self.mention.surface), fold_name(self.place.name)
        return surface != name and not surface.startswith(f"{name} ")

    @property
    def is_elsewhere(self) -> bool:
        """Whether the name only tells which thing is meant: "Houston Police", "Turkish", "U.S. 321"."""
        return self.is_adjective or _LONGER.match(self.after) is not None

    @property
    def is_country(self) -> bool:
        """Whether the place is a country."""
        return is_country(self.place)


def ends_sentence(gap: str) -> bool:
    """Return whether a sentence, or something like one, ends in what stands between two mentions."""
    return _SENTENCE_END.search(gap) is not None


def is_country(place: Place) -> bool:
    """Return whether a place is a country, or a territory of its own."""
    return place.feature.startswith(("PCL", "TERR"))


def is_town(place: Place) -> bool:
    """Tell a populated place, of whatever size."""
    return place.feature.startswith(("PPL", "STLMT"))


def _find_role(word: str) -> int:
    """Return what a word before a name is: a trigger, one that leads up to it, or another."""
    plain = word.strip(_CLEAN).lstrip("0123456789.,-")  # "15km", "25-mile"
    lower = plain.lower()
    if plain in _TRIGGERS or lower.rpartition("-")[2] in _TRIGGERS:
        return _TRIGGER
    return _LEADS if lower in _LEADING or plain[:1].isupper() or plain.endswith("ed") else _OTHER


_TRIGGER, _LEADS, _OTHER = 2, 1, 0
_role: Final = Memo(_find_role, 50_000)


def may_lead(before: str) -> bool:
    """Tell whether the words before a mention hold a trigger that leads up to it."""
    spare = _SPARE
    for word in before.split()[: -_WORDS - 1 : -1]:
        role = _role[word]
        if role == _TRIGGER:
            return True
        if role == _OTHER:
            if not spare:
                return False
            spare -= 1
    return False


def _may_follow(text: str, end: int) -> bool:
    """Tell whether the words behind a mention may make a relation."""
    mark = text[end : end + 1]
    if mark in ("'", "’"):
        return _OWNED.match(text, end) is not None
    if mark != " ":
        return mark in ("-", "–", "—", "/") and _JOINED.match(text, end) is not None
    words = text[end : end + 40].split(None, _NEXT_WORDS)[:_NEXT_WORDS]
    for word in words:
        if word in _BEHIND_WORDS or word[0] in "-–—/":
            return True
        if not word[-1].isalpha():
            return word.strip(_CLEAN) in _BEHIND_WORDS
    return False


@lru_cache(maxsize=4096)
def _stand_in(surface: str) -> Place:
    """Return a place of the kind that an unknown name says it is; where it lies means nothing."""
    feature = next((code for word, code in _CALLED if _has_word(surface, word)), "PPL")
    return Place(id="", name=surface, lat=0.0, lon=0.0, feature=feature)


def _has_word(surface: str, word: str) -> bool:
    return surface.casefold().endswith(f" {word}") or surface.casefold().startswith(f"{word} ")


def find_spots(text: str, resolutions: Sequence[Resolution]) -> tuple[list[Spot], list[Spot]]:
    """Return the mentions that may have a relation around them, and all that can be part of one.

    Both come left to right; neither holds embedded names. A name that nobody knows has a place that stands
    in for it. Where nothing may have a relation, both are empty.
    """
    usable = [
        (row, item, item.place or _stand_in(item.mention.surface))
        for row, item in enumerate(resolutions)
        if item.mention.kind != "embedded"
    ]
    hopeful = set()
    for row, item, _ in usable:
        start, end = item.mention.start, item.mention.end
        if may_lead(text[max(0, start - 60) : start]) or _may_follow(text, end):
            hopeful.add(row)
    if not hopeful:
        return [], []
    spots = [Spot(text, row, item, place) for row, item, place in usable]
    for index, spot in enumerate(spots):
        spot.index = index
    return [spot for spot in spots if spot.row in hopeful], spots
