"""The words around a name that make it a place's, though no gazetteer knows it.

"the village of X", "X village", "X Township", "in X, Y province", "X, a town near Y", "X, 12 km north of Y". Persons, firms, departments,
groups, ships and weapons have other words around them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.gazetteer.classes import is_country, unit_level
from geomap.gazetteer.unit_names import unit_word_level
from geomap.recognise.lexicon import (
    DIRECTIONS,
    ORGANISATION_HEADS,
    ORGANISED,
    PERSON_TITLES,
    PLACE_HEADS,
    WORD_CLASSES,
    is_english,
    person_grades,
    word_grades,
)
from geomap.text import fold_token, sentences_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Resolution
    from geomap.recognise.known import KnownPlaces
    from geomap.text import Token

__all__ = [
    "PLACE_BEFORE",
    "PLACE_NOUNS",
    "Run",
    "UnknownName",
    "can_be_listed",
    "find_holder_behind",
    "is_reached",
    "is_unit",
    "judge",
    "lower_at",
]


class UnknownName(NamedTuple):
    """A name that no gazetteer knows: where it stands, what makes it a place, and the known place it is put into beside it."""

    start: int
    end: int
    cue: str
    holder: int | None


class Run(NamedTuple):
    """A run of capitalised words: first and last word, and where it stands."""

    first: int
    last: int
    start: int
    end: int


#: unit and place nouns that make a place of a name beside them
PLACE_NOUNS: Final = frozenset(
    "village villages town towns township townships hamlet hamlets settlement settlements city district districts county counties "
    "subcounty payam boma locality localities commune communes municipality municipalities department subdistrict "
    "woreda kebele zone lga ward wards chiefdom groupement territory cercle canton community communities neighborhood "
    "neighbourhood neighborhoods neighbourhoods suburb suburbs quarter governorate province prefecture region raion oblast hromada "
    "tehsil upazila barangay vereda corregimiento ejido suco para".split()
)
#: nouns that do so only behind "the X … of" or as "X camp", not before every name
_SITES: Final = frozenset(
    "camp camps crossing junction checkpoint bridge dam valley forest hill hills mountain mountains island islands river lake oasis "
    "wadi pass oilfield mine outpost outposts site area".split()
)
#: before "of": parts of a place, and people that every place has
_PARTS: Final = frozenset(
    "outskirts edge edges suburbs vicinity mayor residents inhabitants villagers parish section countryside north south east west "
    "northeast northwest southeast southwest north-east north-west south-east south-west".split()
)
#: between a name and its noun: "the X health zone", "X refugee camp"
_QUALIFIERS: Final = frozenset(
    "health refugee displacement idp housing trading mining fishing border rural administrative displaced cattle".split()
)
_QUALIFIED: Final = (
    PLACE_NOUNS | _SITES | frozenset(["estate", "estates", "centre", "center", "post"])
)
#: behind a noun in lower case: what makes it part of another one ("the Zorro department store")
_FURTHER_NOUNS: Final = frozenset(
    "attorney attorneys board center centre club director foundation group groups hall leader leaders meeting meetings office offices "
    "organizer organizers park planner store stores tour tours team teams wide".split()
)
_APPOSED: Final = re.compile(
    r",\s+(?:a|an|the)\s+(?:[a-z-]+\s+){0,4}?(?:village|town|hamlet|settlement|city|district|county|locality|suburb|commune|municipality|"
    r"township|community|quarter|neighbou?rhood|hill|island|cluster|camp|trading cent(?:re|er))"
    r"(?=[,.;:)]|\s+(?:about|along|at|between|by|close|controlled|east|held|in|inside|just|known|near|north|of|on|outside|some|south|"
    r"that|under|west|where|which|with|\d)|\s*[—–]|$)"
)
#: an area is many things ("Logistics, an area of concern"): one near a place, or of one
_APPOSED_AREA: Final = re.compile(
    r",\s+an\s+(?:[a-z-]+\s+){0,2}?area\s+(?:in|near|close to|just|on the|north|south|east|west|of\s+(?:[a-z]+ern\s+)?(?=[A-Z]))"
)
_DISTANT: Final = re.compile(
    r",\s+(?:(?:about|around|just|nearly|roughly|some)\s+)?\d[\d.,]*\s*(?:km|kilomet(?:re|er)s?|miles?)\b"
)
PLACE_BEFORE: Final = frozenset(
    "in at near from to into around outside towards toward through".split()
)
_CHAIN: Final = re.compile(
    r",\s+(?:on|in|at|near)\s+the\s+(?:border|coast|edge|highlands|outskirts|shores?)\s+of\s+(?:the\s+)?"
    r"|\s*,\s+(?:in\s+)?(?:the\s+)?|\s+\(|\s+in\s+(?:the\s+)?(?:[a-z-]+ern\s+|central\s+)?"
)
#: a word so common is no name, whatever stands around it
_ORDINARY: Final = 3
#: with a capital these end the name of an organisation ("Economic Community"), where no unit stands behind
_ORGANISED: Final = frozenset(
    ["Community", "Communities", "Department", "Zone", "Commune", "Quarter"]
)
_NAMING: Final = frozenset(["of", "called", "named", "as"])
_COMMON_FIRST: Final = 4


class _Around(NamedTuple):
    """The words next to a run, in lower case: "" where something else than white space stands between."""

    before: str
    second: str
    after: str


def judge(
    text: str, tokens: Sequence[Token], whole: Run, literal: KnownPlaces
) -> UnknownName | None:
    """Return a run as a name of a place, None where nothing around it says so.

    Args:
        text: The text of an article.
        tokens: Its words.
        whole: The run.
        literal: The known places of the article, in its order.
    """
    if not _may_be_cued(text, tokens, whole):
        return None
    holder = find_holder_behind(text, whole.end, literal)
    is_held = holder is not None and is_unit(literal[holder])
    run, noun = _trim(tokens, whole, is_held=holder is not None)
    is_apposed = text.startswith(",", whole.end) and _APPOSED.match(text, whole.end) is not None
    is_area = text.startswith(",", whole.end) and _APPOSED_AREA.match(text, whole.end) is not None
    around = _look_around(text, tokens, run, whole)
    cue = _cue_of_nouns(text, tokens, run, whole, noun, around)
    if cue == "noun_of" and (
        _is_department(tokens, run, literal) or _is_possessive(tokens[run.last][2])
    ):
        return None
    if cue is None:
        cue = _cue_of_place(
            text, run, whole, around, holder, is_apposed=is_apposed or is_area, is_held=is_held
        )
        if cue is None or _is_person(tokens, whole):
            return None
        if cue == "apposed" and _opens_sentence(text, tokens, run):
            return None
    if not _can_be_place(text, tokens, run, is_named=is_apposed, is_held=holder is not None):
        return None
    end = whole.end if noun and noun not in ("town", "city", "village") else run.end
    return UnknownName(run.start, end, cue, holder if is_held else None)


def _may_be_cued(text: str, tokens: Sequence[Token], whole: Run) -> bool:
    """Return, at little cost, whether a cue can stand beside a run: most names have nothing of the kind.

    Before it stands "of", "tambon" or the like, behind it a comma, a bracket, "in" or a noun of places, or such a noun is its last word.
    """
    behind = text[whole.end : whole.end + 4].lstrip()
    if behind.startswith((",", "(")) or not behind:
        return True
    if lower_at(tokens, whole.last + 1) in _NOUNS_BEHIND or lower_at(tokens, whole.last) in _ENDS:
        return True
    before, first = lower_at(tokens, whole.first - 1), lower_at(tokens, whole.first)
    return before in _NAMING or before in PLACE_HEADS or first in PLACE_HEADS


_ENDS: Final = PLACE_NOUNS | _SITES
_NOUNS_BEHIND: Final = _ENDS | _QUALIFIERS | frozenset(["in", "sub"])


def _cue_of_nouns(
    text: str, tokens: Sequence[Token], run: Run, whole: Run, noun: str, around: _Around
) -> str | None:
    """Return what a noun next to a name says of it: "noun_of", "noun_behind", "site"; None for nothing."""
    if around.before in PLACE_HEADS:
        return "noun_of"
    if around.before in _NAMING and _names_place(tokens, run, around):
        return "noun_of"
    last = tokens[run.last][2]
    if _is_possessive(last) or last.lower() in ORGANISED:
        return None
    after, following = around.after, whole.last + 1
    if after in _QUALIFIERS and _touches(text, tokens, following):
        after, following = lower_at(tokens, following + 1), following + 1
        if after in _QUALIFIED and not _goes_on(text, tokens, following):
            return "noun_behind"
        return None
    if after in PLACE_NOUNS and not _goes_on(text, tokens, following):
        return "noun_behind"
    if not (noun or after in _SITES) or _is_person(tokens, whole):
        return None
    if noun in PLACE_NOUNS:
        return "noun_behind"
    is_behind = is_reached(around.before) or around.before in PLACE_BEFORE | {"the"}
    return "site" if is_behind else None


def is_reached(word: str) -> bool:
    """Return whether somebody goes to what follows a word, or takes it by force: "left X", "captured X"."""
    return WORD_CLASSES.get(word) in ("reach", "assault")


def _names_place(tokens: Sequence[Token], run: Run, around: _Around) -> bool:
    """Return whether "of", "called" or "known as" before a name belongs to a noun of places."""
    if around.before == "as":
        return around.second == "known" and lower_at(tokens, run.first - 3) in PLACE_NOUNS
    if around.before == "of" and around.second in _PARTS:
        return not _is_person(tokens, run)
    if around.second in _SITES:
        return tokens[run.first - 2][2].islower()  # not "Area of Responsibility"
    return around.second in PLACE_NOUNS


def _cue_of_place(
    text: str,
    run: Run,
    whole: Run,
    around: _Around,
    holder: int | None,
    *,
    is_apposed: bool,
    is_held: bool,
) -> str | None:
    """Return what an apposition or a unit behind a name says of it: "apposed" or "chain"; None for nothing."""
    if _is_possessive(text[run.start : run.end]) or around.before in ("by", "with"):
        return None
    if is_apposed or (text.startswith(",", whole.end) and _DISTANT.match(text, whole.end)):
        return "apposed"
    if (around.before in PLACE_BEFORE or is_reached(around.before)) and holder is not None:
        return "chain"
    opens = run.start == sentences_of(text).bounds(run.start, run.end)[0]
    if opens and is_held and holder is not None and text.startswith(", ", whole.end):
        return "chain" if _ends_chain.match(text, whole.end + 2) else None
    return None


#: at the start of a sentence a unit between commas: "Wapiska, Manitoba, which has no road"
_ends_chain: Final = re.compile(r"(?:[A-Z][\w'’-]*\s?){1,4},")


def _trim(tokens: Sequence[Token], run: Run, *, is_held: bool) -> tuple[Run, str]:
    """Return a run without place nouns and directions at its ends, and the noun behind it."""
    first, last, noun = run.first, run.last, ""
    while last > first and tokens[last][2].lower() in PLACE_NOUNS | _SITES:
        if tokens[last][2] in _ORGANISED and not (is_held and tokens[last][2] != "Department"):
            break
        noun = tokens[last][2].lower()
        last -= 1
    while first < last and tokens[first][2].lower() in _BEFORE_NAMES:
        first += 1
    return Run(first, last, tokens[first][0], tokens[last][1]), noun


_BEFORE_NAMES: Final = DIRECTIONS | PLACE_NOUNS | PLACE_HEADS


def _look_around(text: str, tokens: Sequence[Token], run: Run, whole: Run) -> _Around:
    before = lower_at(tokens, run.first - 1) if _touches(text, tokens, run.first - 1) else ""
    after = lower_at(tokens, whole.last + 1) if _touches(text, tokens, whole.last) else ""
    if after == "sub" and text.startswith("-", tokens[whole.last + 1][1]):
        after = lower_at(tokens, whole.last + 2)
    return _Around(before, lower_at(tokens, run.first - 2), after)


def is_unit(item: Resolution) -> bool:
    """Return whether a mention means a country or a unit."""
    place = item.place
    return place is not None and bool(unit_level(place.feature) or is_country(place.feature))


def _is_possessive(words: str) -> bool:
    return words.endswith(("'s", "’s", "s'", "s’"))


def _is_department(tokens: Sequence[Token], run: Run, literal: KnownPlaces) -> bool:
    """Return whether a run follows "Department of" in an article about no country that has departments as units."""
    if tokens[run.first - 2][2] != "Department":
        return False
    is_unit = any(unit_word_level(country, "Department") for country in literal.countries)
    return not is_unit or tokens[run.first][2].lower() in ORGANISED


def _is_first(text: str, run: Run) -> bool:
    """Return whether a sentence begins with a run."""
    return run.start == sentences_of(text).bounds(run.start, run.end)[0]


def _opens_sentence(text: str, tokens: Sequence[Token], run: Run) -> bool:
    """Return whether a run is an adverb before the subject of its sentence ("Meanwhile, the city …")."""
    if run.last > run.first or not _is_first(text, run):
        return False
    word = tokens[run.first][2].lower()
    return word in ORGANISED or word.endswith("ly")


def _goes_on(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Return whether a noun in lower case is followed by one that it only describes ("department store")."""
    return _touches(text, tokens, index) and lower_at(tokens, index + 1) in _FURTHER_NOUNS


def lower_at(tokens: Sequence[Token], index: int) -> str:
    """Return a word of a text in lower case; "" outside of it."""
    return tokens[index][2].lower() if 0 <= index < len(tokens) else ""


def _touches(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Return whether nothing but white space stands between a word and the next."""
    if not 0 <= index < len(tokens) - 1:
        return False
    return text[tokens[index][1] : tokens[index + 1][0]].isspace()


def _can_be_place(
    text: str, tokens: Sequence[Token], run: Run, *, is_named: bool, is_held: bool
) -> bool:
    """Return whether nothing makes a run a person's, an organisation's, a word of the language or a date.

    ``is_named`` tells that what follows calls it a place ("Sake, a town near Goma"): then it may be a word, too; ``is_held``
    that a unit stands behind it.
    """
    words = [tokens[index][2] for index in range(run.first, run.last + 1)]
    lower = [word.lower() for word in words]
    if any(word in ORGANISATION_HEADS or word in PERSON_TITLES for word in lower):
        return False
    if not is_held and not _ORGANISED.isdisjoint(words):
        return False
    if all(word in PLACE_NOUNS | _SITES or word in ORGANISED for word in lower):
        return False
    if any(WORD_CLASSES.get(word) in ("date", "street") for word in lower):
        return False
    grades = word_grades()
    if not is_named and len(words) == 1 and 0 < grades.get(fold_token(words[0]), 0) <= _ORDINARY:
        return False
    if not is_named and len(words) == 1 and is_english(lower[0]) and _is_first(text, run):
        return False  # "Residential quarters of the city": its capital is the sentence's
    if all(word.isupper() for word in words) and len(words) == 1:
        return False
    previous = lower_at(tokens, run.first - 1)
    return not (previous in PERSON_TITLES and _touches_title(text, tokens, run.first - 1))


def can_be_listed(text: str, tokens: Sequence[Token], run: Run, *, is_told: bool = False) -> bool:
    """Return whether a run may be a place among others in a list: no person, organisation, word or possessive.

    ``is_told`` says that the text calls the list one of places: then the first word may be a first name, too ("Zaw Chaung").
    """
    can = _can_be_place(text, tokens, run, is_named=False, is_held=False)
    last = tokens[run.last][2]
    is_person = not is_told and _is_person(tokens, run)
    return can and not (is_person or _is_possessive(last) or last.lower() in ORGANISED)


def _is_person(tokens: Sequence[Token], run: Run) -> bool:
    """Return whether a run of words begins with a well-known first name, or goes on with one and another name."""
    grades = person_grades()
    firsts = [grades.get(lower_at(tokens, i), (0, 0))[0] for i in range(run.first, run.last)]
    return any(0 < first <= _COMMON_FIRST for first in firsts)


def _touches_title(text: str, tokens: Sequence[Token], index: int) -> bool:
    return text[tokens[index][1] : tokens[index + 1][0]] in (" ", ". ")


def find_holder_behind(text: str, end: int, literal: Sequence[Resolution]) -> int | None:
    """Return the known place that stands next behind a name: "X, Y", "X in northern Y", "X, in Z's Y"."""
    match = _CHAIN.match(text, end)
    if match is None:
        return None
    row = bisect_left(literal, match.end(), key=lambda item: item.mention.start)
    if row == len(literal) or literal[row].mention.start != match.end():
        return None
    if row + 1 < len(literal) and is_unit(literal[row + 1]):
        between = text[literal[row].mention.end : literal[row + 1].mention.start]
        if between in ("'s ", "’s ", "' ", "’ "):
            return row + 1
    return row
