"""Find names that plainly are places and that no gazetteer knows, and the smallest known unit that the text puts them in.

A name counts only where the words around it say that it is a place (see ``cues``), or where it stands in a list of places.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.classes import is_country, unit_level
from geomap.model import Mention, Resolution
from geomap.recognise.cues import (
    PLACE_BEFORE,
    PLACE_NOUNS,
    Run,
    UnknownName,
    can_be_listed,
    find_holder_behind,
    is_reached,
    is_unit,
    judge,
    lower_at,
)
from geomap.recognise.known import KnownPlaces
from geomap.recognise.lexicon import (
    ARTICLE_PREFIXES,
    FUNCTION_WORDS,
    PERSON_TITLES,
    PLACE_HEADS,
    WORD_CLASSES,
    person_grades,
    word_grades,
)
from geomap.recognise.unknown_lists import (
    follow_lists,
    judge_between,
    judge_list,
    mention_start,
    stand_in_list,
)
from geomap.text import fold_token, sentences_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geomap.model import Article, Place
    from geomap.text import Token

__all__ = ["POSSIBLE", "UnknownName", "add_unknown", "find_unknown_names", "find_within"]

#: words of the longest name
_MOST_WORDS: Final = 4
_HYPHENS: Final = ("-", "‑")
_JOINS: Final = frozenset([" ", "-", "\n", "\r\n", "\u00a0", "‑"])
#: small words inside names of places
_PARTICLES: Final = frozenset(word for word in ARTICLE_PREFIXES if word.islower()) | frozenset(
    "de del da do dos das la las los le bin ibn wa sur e".split()
)
#: those of them that are words of English where no hyphen follows ("as an Historic District")
_ENGLISH: Final = frozenset(["as", "an", "at", "ad"])
#: a place with fewer people may be the first word of a longer name that nobody knows
_SMALL: Final = 20_000


def find_unknown_names(
    text: str,
    tokens: Sequence[Token],
    known: Sequence[Resolution],
    taken: Sequence[tuple[int, int]],
    is_phrase: Callable[[str], bool] = lambda _surface: False,
) -> tuple[list[UnknownName], list[UnknownName]]:
    """Return the names of a text that plainly are places and that are none of those known, and the rest of its unknown names.

    Of the rest, those with the cue ``possible`` stand where places do, and nothing makes places of those with ``bare``.

    Args:
        text: The text of an article.
        tokens: Its words.
        known: The mentions that were found, in the order of the text.
        taken: Further stretches in which no name is looked for: masked text.
        is_phrase: Returns whether some words are the known name of something else ("Islamic State").
    """
    villages = {item.mention.start for item in known if _is_village(text, item)}
    solid = [
        item
        for item in known
        if not _may_open_name(text, item, is_village=item.mention.start in villages)
    ]
    blocked = sorted([(item.mention.start, item.mention.end) for item in solid] + list(taken))
    named = {item.mention.end for item in solid if item.mention.surface[:1].isupper()}
    literal = KnownPlaces(known)
    fixed = {item.mention.start for item in solid}
    small = {
        item.mention.start: item.mention.end for item in literal if item.mention.start not in fixed
    }
    found: list[UnknownName] = []
    runs = []
    all_runs = list(_runs(text, tokens, blocked))
    for run in all_runs:
        if run.start - 1 in named and text[run.start - 1] == " ":
            continue  # the rest of a longer name ("Santa Clara Valley Water District")
        name = judge(text, tokens, run, literal)
        if name is not None and name.start in small:
            # known, unless a noun makes a place of the longer name ("Chak Wandergund village")
            rest = text[small[name.start] : name.end].strip(" -\u2011")
            is_longer = bool(rest) and rest.lower() not in PLACE_NOUNS
            is_told = name.cue in _BY_NOUN or (name.cue == "apposed" and name.start in villages)
            name = name if is_longer and is_told else None
        elif name is None and run.start not in small:
            name = judge_list(text, tokens, run, literal)
            name = name or judge_between(text, tokens, run, literal)
        if name is not None and not is_phrase(text[run.start : run.end]):
            found.append(name)
        else:
            runs.append(run)
    places = [(item.mention.start, item.mention.end) for item in literal]
    places += [(name.start, name.end) for name in found]
    loose = [run for run in runs if run.start not in small]
    found += follow_lists(text, tokens, loose, places, literal)
    known_names = _spread(text, tokens, sorted(found), all_runs)
    taken_starts = {name.start for name in known_names}
    others = [
        UnknownName(
            run.start, run.end, POSSIBLE if _may_be_place(text, tokens, run) else _BARE, None
        )
        for run in loose
        if run.start not in taken_starts
    ]
    return known_names, others


#: people give and take: "from X" stands before them as often
_FROM: Final = frozenset(["from", "through"])


def _may_be_place(text: str, tokens: Sequence[Token], run: Run) -> bool:
    """Return whether a run stands where places do ("in X", "captured X", "an attack on X"), and is no known name of a person."""
    if not run.first or not text[tokens[run.first - 1][1] : run.start].isspace():
        return False
    before = tokens[run.first - 1][2].lower()
    stands = is_reached(before) or (before in PLACE_BEFORE and before not in _FROM)
    if before == "on" and run.first > 1:
        stands = WORD_CLASSES.get(tokens[run.first - 2][2].lower()) == "assault"
    if not stands or not can_be_listed(text, tokens, run):
        return False
    words = [fold_token(tokens[index][2]) for index in range(run.first, run.last + 1)]
    return not any(word in person_grades() or word in word_grades() for word in words)


#: a name that nothing but its place in the sentence makes a place's: "in X", "captured X"
POSSIBLE: Final = "possible"
#: a name that nothing at all makes a place's
_BARE: Final = "bare"
_BY_NOUN: Final = frozenset(["noun_of", "noun_behind"])


def _is_village(text: str, item: Resolution) -> bool:
    """Return whether a mention and the capitalised word behind it are called a village: "the village of Saida Sukhal", "Kota Okola, a village of"."""
    mention = item.mention
    behind = _SECOND_WORD.match(text, mention.end)
    if behind is None:
        return False
    low = max(mention.start - _VILLAGE_REACH, 0)
    return (
        _VILLAGE_OF.search(text, low, mention.start) is not None
        or _A_VILLAGE.match(text, behind.end()) is not None
    )


_SECOND_WORD: Final = re.compile(r"[ -][A-Z][\w'’]+")
_VILLAGE_OF: Final = re.compile(r"\b(?:hamlet|settlement|village)\s+of\s+\Z")
_A_VILLAGE: Final = re.compile(r",\s+an?\s+(?:[a-z-]+\s+){0,2}(?:hamlet|settlement|village)\b")
_VILLAGE_REACH: Final = 24


def _may_open_name(text: str, item: Resolution, *, is_village: bool) -> bool:
    """Return whether a mention may be but the first word of a longer name: one that is no place, or a small place, or called a village."""
    mention, place = item.mention, item.place
    end = mention.end
    if (
        " " in mention.surface
        or text[end : end + 1] not in _JOINS
        or not text[end + 1 : end + 2].isupper()
    ):
        return mention.kind == "embedded" and " " not in mention.surface
    if mention.kind == "embedded" or is_village:
        return True
    return (
        mention.kind == "literal"
        and place is not None
        and not (unit_level(place.feature) or is_country(place.feature))
        and (item.status == "ambiguous" or (place.population or 0) < _SMALL)
    )


_surface: Final = itemgetter(2)


def _is_name_word(word: str) -> bool:
    """Return whether a word has a capital and is no small word of the language."""
    return word[0].isupper() and word not in FUNCTION_WORDS and any(map(str.isalpha, word))


def _runs(text: str, tokens: Sequence[Token], blocked: Sequence[tuple[int, int]]) -> Iterator[Run]:
    """Yield runs of capitalised words outside of what is known."""
    spots = iter([*blocked, (len(text) + 1, len(text) + 1)])
    low, high = next(spots)
    following_run = 0
    words = list(map(_surface, tokens))
    capitals = [
        index
        for index, is_lower in enumerate(map(str.islower, words))
        if not is_lower and words[index][0].isupper()
    ]
    for index in capitals:
        if index < following_run:
            continue
        start, end, word = tokens[index]
        while start >= high:
            low, high = next(spots)
        is_joined = text[end : end + 1] in _HYPHENS and text[end + 1 : end + 2].isupper()
        if end > low or not (_is_name_word(word) or is_joined):
            continue
        last = index
        while last + 1 < len(tokens) and last - index + 1 < _MOST_WORDS:
            following = tokens[last + 1]
            if text[tokens[last][1] : following[0]] not in _JOINS or following[1] > low:
                break
            is_link = following[2] in _PARTICLES and (
                following[2] not in _ENGLISH or text.startswith(("-", "‑"), following[1])
            )
            if not (_is_name_word(following[2]) or is_link):
                break
            last += 1
        while last > index and tokens[last][2].islower():
            last -= 1
        yield Run(index, last, start, tokens[last][1])
        following_run = last + 1


def _spread(
    text: str,
    tokens: Sequence[Token],
    found: Sequence[UnknownName],
    runs: Sequence[Run],
) -> list[UnknownName]:
    """Return the names, and where else in the text the same words stand alone and do nothing."""
    if not found:
        return []
    surfaces = {text[name.start : name.end]: name for name in found}
    taken = {index for name in found for index in range(name.start, name.end)}
    more = []
    for run in runs:
        known = surfaces.get(text[run.start : run.end])
        if known is None or not taken.isdisjoint(range(run.start, run.end)):
            continue
        if _stands_for_place(text, tokens, run, known):
            more.append(UnknownName(run.start, run.end, "again", known.holder))
    return sorted([*found, *more])


#: cues that hold for all sentences of a text
_SURE_CUES: Final = frozenset(["noun_of", "noun_behind", "list"])


def _stands_for_place(text: str, tokens: Sequence[Token], run: Run, known: UnknownName) -> bool:
    """Return whether a name that is a place's elsewhere in the text is one here: behind "in" or "shelled", or a longer one that says nothing.

    A single word may be an adjective ("Shiite villages", "Shiite militias"), a site a firm's ("the Site C dam"), and what is said to be
    in a city a school or a club.
    """
    before = lower_at(tokens, run.first - 1)
    if before in PLACE_BEFORE or is_reached(before):
        return True
    words = [tokens[index][2] for index in range(run.first, run.last + 1)]
    if len(words) == 1 or known.cue not in _SURE_CUES or any(map(str.isupper, words)):
        return False
    says = (
        text.startswith(" ", run.end) and WORD_CLASSES.get(lower_at(tokens, run.last + 1)) == "say"
    )
    return before not in PERSON_TITLES and not says


def add_unknown(
    article: Article,
    names: Sequence[UnknownName],
    known: Sequence[Resolution],
    find_unit: Callable[[str], Place | None],
) -> tuple[Resolution, ...]:
    """Return the mentions of an article with those of names that no gazetteer knows, in the order of the text.

    Names that are known and whose place is not (status ``unknown``) get the unit that the text puts them in as well.
    ``find_unit`` returns the unit of an id.
    """
    literal = KnownPlaces(known)
    there = {(item.mention.start, item.mention.end) for item in known}
    names = [name for name in names if (name.start, name.end) not in there]
    longer = {end: name.start for name in names for end in _word_ends(article.text, name)}
    found = [
        _with_unit(article.text, item, literal, find_unit)
        for item in known
        if longer.get(item.mention.end, item.mention.start + 1) > item.mention.start
    ]
    for name in names:
        mention = Mention(
            article_id=article.id,
            start=name.start,
            end=name.end,
            surface=article.text[name.start : name.end],
            kind="literal",
        )
        found.append(
            Resolution(
                mention=mention,
                status="unknown",
                confidence=_CONFIDENCE[name.cue],
                within=find_within(article.text, name.start, name.end, literal, find_unit),
            )
        )
    return tuple(sorted(found, key=lambda item: (item.mention.start, item.mention.end)))


def _word_ends(text: str, name: UnknownName) -> Iterator[int]:
    """Yield where each word of a name ends: a mention that ends there is but a part of the name."""
    for match in re.finditer(r"[^\s-]+", text[name.start : name.end]):
        yield name.start + match.end()


def _with_unit(
    text: str, item: Resolution, literal: KnownPlaces, find_unit: Callable[[str], Place | None]
) -> Resolution:
    """Return a mention whose place is unknown with the unit that the text puts it in."""
    if item.status != "unknown" or item.mention.kind != "literal" or item.within is not None:
        return item
    start, end = item.mention.start, item.mention.end
    return replace(item, within=find_within(text, start, end, literal, find_unit))


#: how sure each cue is that a name is a place's
_CONFIDENCE: Final = {
    "noun_of": 0.95,
    "noun_behind": 0.9,
    "site": 0.8,
    "apposed": 0.9,
    "chain": 0.85,
    "list": 0.85,
    "again": 0.85,
}


def find_within(
    text: str,
    start: int,
    end: int,
    literal: KnownPlaces,
    find_unit: Callable[[str], Place | None],
) -> Place | None:
    """Return the smallest known unit or country that the text puts a name in; None where it does not say.

    What stands behind the name comes first ("X, Y province", or the unit of Y in "X, Y, Z province"), then the smallest unit named in the same sentence, then the only
    country named there, then the only country in which all places of the article lie.
    """
    holder = find_holder_behind(text, end, literal)
    is_list = holder is not None and _is_next_of_list(text, end, literal, holder)
    if holder is not None and is_unit(literal[holder]) and not is_list:
        return literal[holder].place
    if holder is not None and not is_unit(literal[holder]):
        unit = _unit_of_town(text, (start, end), literal, holder, find_unit)
        if unit is not None:
            return unit
    low, high = sentences_of(text).bounds(start, end)
    first = bisect_left(literal, low, key=mention_start)
    last = bisect_left(literal, high, key=mention_start)
    inside = [
        item.place
        for row, item in enumerate(literal[first:last], first)
        if item.place is not None
        and not (is_list and row == holder)
        and not stand_in_list(text, (start, end), (item.mention.start, item.mention.end))
    ]
    units = [place for place in inside if unit_level(place.feature)]
    if units:
        return max(units, key=lambda place: (unit_level(place.feature), place.id))
    countries = {place.id: place for place in inside if is_country(place.feature)}
    if len(countries) == 1:
        return next(iter(countries.values()))
    return literal.only_country


def _is_next_of_list(text: str, end: int, literal: KnownPlaces, holder: int) -> bool:
    """Return whether a unit behind a comma is followed by "and" and another of its level: "Zorrotshire County, Kent and Essex" are three."""
    item, place = literal[holder].mention, literal[holder].place
    if text[end : item.start] != ", " or holder + 1 == len(literal) or place is None:
        return False
    following = literal[holder + 1]
    between = text[item.end : following.mention.start]
    if between not in (" and ", ", and ") or following.place is None:
        return False
    return unit_level(following.place.feature) == unit_level(place.feature)


#: what stands before the name of a part of a town or of its district
_PARTS: Final = re.compile(
    rf"\b(?:(?:village|hamlet|settlement|quarter|neighbou?rhood) of|{'|'.join(sorted(PLACE_HEADS))}|sitio|purok)(?: the)? ?$",
    re.IGNORECASE,
)
_PART_LENGTH: Final = 24


def _unit_of_town(
    text: str,
    name: tuple[int, int],
    literal: KnownPlaces,
    holder: int,
    find_unit: Callable[[str], Place | None],
) -> Place | None:
    """Return the unit of the town that a name is said to be in: "Sitio X, Malaybalay City, Bukidnon", "the village of X in Taliqan".

    "X, Y" alone can be two of a list.
    """
    start, end = name
    item, town = literal[holder].mention, literal[holder].place
    if town is None or is_country(town.feature):
        return None
    above = literal[holder + 1] if holder + 1 < len(literal) else None
    holds = (
        above is not None
        and above.place is not None
        and text[item.end : above.mention.start] == ", "
        and above.place.id in (town.admin1_id, town.admin2_id, _country_of(above.place, town))
    )
    is_part = _PARTS.search(text, max(start - _PART_LENGTH, 0), start) is not None
    if not (holds or is_part or text[end : item.start] != ", "):
        return None
    units = (find_unit(unit) for unit in (town.admin2_id, town.admin1_id) if unit)
    return next(filter(None, units), None)


def _country_of(place: Place, town: Place) -> str | None:
    """Return the id of a country in which a town lies."""
    is_its = is_country(place.feature) and place.country == town.country
    return place.id if is_its else None
