"""Lists of places: the names in them that no gazetteer knows are places too.

"A, B and C" with two known places among them, "the villages of A and B", "A and B, villages of Pale township", "at A and B in Wollo",
"Sumy region: A, B", "the road between A and B".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.gazetteer.classes import is_country, is_populated, unit_level
from geomap.recognise.cues import (
    Run,
    UnknownName,
    can_be_listed,
    find_holder_behind,
    is_unit,
    lower_at,
)
from geomap.recognise.lexicon import is_english
from geomap.text import sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Resolution
    from geomap.recognise.known import KnownPlaces
    from geomap.text import Token

__all__ = ["follow_lists", "judge_between", "judge_list", "mention_start", "stand_in_list"]

#: known places of a list that one unknown name among them needs
_KNOWN_IN_LIST: Final = 2
_REACH: Final = 90


def mention_start(item: Resolution) -> int:
    """Return where a mention starts."""
    return item.mention.start


#: what follows a name of a list, and what stands before one
_LIST_OPENS: Final = (",", " and ", " /")
_LIST_ENDS: Final = (", ", " and ", "/ ")


def judge_list(
    text: str, tokens: Sequence[Token], run: Run, literal: Sequence[Resolution]
) -> UnknownName | None:
    """Return a run as a name of a place where known places stand around it in a list."""
    before = text[max(run.start - 5, 0) : run.start]
    if not (text.startswith(_LIST_OPENS, run.end) or before.endswith(_LIST_ENDS)):
        return None
    neighbours = _list_neighbours(text, run, literal)
    if len(neighbours) < _KNOWN_IN_LIST or not can_be_listed(text, tokens, run):
        return None
    holder = literal[neighbours[0]].place
    is_held = holder is not None and bool(unit_level(holder.feature))
    return UnknownName(run.start, run.end, "list", neighbours[0] if is_held else None)


def judge_between(
    text: str, tokens: Sequence[Token], run: Run, literal: Sequence[Resolution]
) -> UnknownName | None:
    """Return a run as a name of a place where it and a known one are the ends of a road or an area: "the area between Liboi and X"."""
    low = max(run.start - _REACH, 0)
    if "between" not in text[low : run.start] or not can_be_listed(text, tokens, run):
        return None
    row = bisect_left(literal, run.start, key=mention_start)
    before = literal[row - 1] if row else None
    behind = literal[row] if row < len(literal) else None
    if _BETWEEN.search(text, low, run.start) and behind is not None:
        is_end = text[run.end : behind.mention.start].split() == ["and"] and _is_town(behind)
    elif before is not None and text[before.mention.end : run.start].split() == ["and"]:
        opened = _BETWEEN.search(text, max(before.mention.start - _REACH, 0), before.mention.start)
        is_end = opened is not None and _is_town(before)
    else:
        return None
    return UnknownName(run.start, run.end, "list", None) if is_end else None


#: what has two ends on the ground, unlike talks
_BETWEEN: Final = re.compile(
    r"\b(?:area|axis|border|corridor|distance|halfway|highway|lies?|located|midway|motorway|path|railway|roads?|route|section|situated|"
    r"somewhere|stretch|track)\s+between\s+\Z"
)


def _is_town(item: Resolution) -> bool:
    """Return whether a mention means a town or a village that is no capital, which could be a government."""
    place = item.place
    return place is not None and is_populated(place.feature) and place.feature != "PPLC"


#: before a list, or behind it: what makes places of all its names
_PLURALS: Final = re.compile(
    r"(?:barangays|camps|cantons|communes|communities|counties|districts|hamlets|localities|municipalities|"
    r"neighbou?rhoods|quarters|settlements|suburbs|towns|townships|villages|wards)\b(?:\s+(?:of\s+|called\s+)?|[,:]\s+)?"
)
#: a share or a number in brackets belongs to the name before it: "Zabout (25%), Murta (22%) and Tafari"
_AND: Final = re.compile(r"(?:\s\([^()\n]{1,24}\))?(?:,\s+(?:and\s+)?|\s+and\s+)")


def follow_lists(
    text: str,
    tokens: Sequence[Token],
    runs: Sequence[Run],
    places: Sequence[tuple[int, int]],
    literal: KnownPlaces,
) -> list[UnknownName]:
    """Return the names that go on a list of places: "the villages of A, B and C", "between A and B villages".

    Args:
        text: The text of an article.
        tokens: Its words.
        runs: Runs of capitalised words that nothing else makes places.
        places: Where places stand that are known, or that something makes places.
        literal: The known places.
    """
    plurals = list(_PLURALS.finditer(text))
    ends = _ends_of_lists(text, tokens, runs, plurals, literal)
    expected = {match.end() for match in plurals}
    apposed = {match.end() for match in plurals if match[0].rstrip()[-1] in ",:"}
    headed = _after_units(text, literal)
    expected |= headed
    apposed |= headed
    expected |= {_next_in_list(text, end) for start, end in places if start in expected}
    listed = []
    known = dict(places)
    for run in runs:
        if run.start in apposed and _next_in_list(text, run.end) < 0:
            continue  # "in three villages, Radio Dabanga said"
        if run.start in headed and _is_headline(tokens, run):
            continue
        if run.start in expected and can_be_listed(text, tokens, run):
            listed.append(UnknownName(run.start, run.end, "list", None))
            following = _next_in_list(text, run.end)
            while following in known:  # known places within the list
                following = _next_in_list(text, known[following])
            expected.add(following)
    listed += _lead_to(text, tokens, runs, places, ends)
    return list(dict.fromkeys(listed))


def _after_units(text: str, literal: KnownPlaces) -> set[int]:
    """Return where lists begin that a unit and a colon head: "all in Abu Jubaiha locality: A, B and C"."""
    found = set()
    for item in literal:
        match = _HEAD_ENDS.match(text, item.mention.end) if is_unit(item) else None
        if match is not None:
            found.add(match.end())
    return found


_HEAD_ENDS: Final = re.compile(r"(?:\s[a-z]+)?:\s")


def _is_headline(tokens: Sequence[Token], run: Run) -> bool:
    """Return whether a name is but words of the language with capitals ("North Kivu: Soldiers, Rebels Clash")."""
    return all(is_english(tokens[i][2].lower()) for i in range(run.first, run.last + 1))


def _lead_to(
    text: str,
    tokens: Sequence[Token],
    runs: Sequence[Run],
    places: Sequence[tuple[int, int]],
    ends: _Ends,
) -> Iterator[UnknownName]:
    """Yield the names of lists that end where ``ends`` say, the last one first; known places may stand among them."""
    by_start = {run.start: run for run in runs}
    both = {(run.start, run.end) for run in runs} | set(places)
    for start, end in sorted(both, reverse=True):
        following = _next_in_list(text, end)
        told = end in ends.told or following in ends.told
        if not (told or end in ends.open or following in ends.open):
            continue
        run = by_start.get(start)
        if run is not None and not (
            run.end == end and can_be_listed(text, tokens, run, is_told=told)
        ):
            continue
        (ends.told if told else ends.open).add(start)
        if run is not None:
            yield UnknownName(start, end, "list", None)


class _Ends(NamedTuple):
    """Where lists of places end: those of which the text says so outright ("A and B, two villages of Pale"), and others ("A and B villages")."""

    told: set[int]
    open: set[int]


def _ends_of_lists(
    text: str,
    tokens: Sequence[Token],
    runs: Sequence[Run],
    plurals: Sequence[re.Match[str]],
    literal: KnownPlaces,
) -> _Ends:
    ends = _Ends(set(), {match.start() - 1 for match in plurals})
    ends.told.update(match.start() for match in _APPOSED_PLURAL.finditer(text))
    for run in runs:
        if lower_at(tokens, run.first - 1) == "and" and text[run.end : run.end + 4] in (
            " in ",
            ", in",
        ):
            holder = find_holder_behind(text, run.end, literal)
            if holder is not None and _is_area(literal[holder]) and _opens_at(text, run):
                ends.open.add(run.end)
    return ends


def _is_area(item: Resolution) -> bool:
    """Return whether a mention means a country, a unit or a region."""
    return is_unit(item) or (item.place is not None and item.place.feature.startswith("RGN"))


def _opens_at(text: str, last: Run) -> bool:
    """Return whether the list that ends with a name begins behind "at" or the like: "at Kuta Ber, Kobo and Wadla in Wollo"."""
    low = sentences_of(text).bounds(last.start, last.end)[0]
    return _LIST_AT_END.search(text, max(low, last.start - _LONGEST_LIST), last.start) is not None


#: behind a list: "A, B and C, villages of Kanbalu township", "A and B, both small towns near Pale"
_APPOSED_PLURAL: Final = re.compile(
    r",\s+(?:(?:all|both|the|two|three|four|five|six|seven|several|[a-z]+(?:ern|al|er))\s+){0,2}(?:small\s+|remote\s+|neighbou?ring\s+|nearby\s+)?"
    r"(?:areas|communities|districts|hamlets|localities|neighbou?rhoods|quarters|settlements|suburbs|towns|townships|villages)"
    r"\s+(?:along|around|close|in|near|north|not far|of|on|outside|south|east|west)\b"
)


def _next_in_list(text: str, end: int) -> int:
    """Return where the next name of a list begins behind one that ends there; -1 where the list ends."""
    match = _AND.match(text, end)
    return match.end() if match else -1


def _list_neighbours(text: str, run: Run, literal: Sequence[Resolution]) -> list[int]:
    """Return the known places that stand next to a name in a list, the nearest first."""
    found = []
    low = bisect_left(literal, run.start - 2 * _REACH, key=mention_start)
    for row in range(low, len(literal)):
        mention, place = literal[row].mention, literal[row].place
        if mention.start > run.end + _REACH:
            break
        if place is None or is_country(place.feature):
            continue
        if mention.end <= run.start and run.start - mention.end <= _REACH:
            between = text[mention.end : run.start]
        elif mention.start >= run.end and mention.start - run.end <= _REACH:
            between = text[run.end : mention.start]
        else:
            continue
        if _is_list(between):
            found.append((len(between), row))
    return [row for _, row in sorted(found)]


#: what stands between two names of a list; datelines and captions have slashes ("El Fasher / Bara / Tawila")
_LIST_GAP: Final = r"(?:,\s+and\s+|,\s+|\s+and\s+|\s/\s)"
_LIST_BODY: Final = re.compile(
    rf"{_LIST_GAP}(?:[A-Z][\w'’.-]*(?:[ -][A-Z][\w'’.-]*){{0,3}}{_LIST_GAP}){{0,4}}"
)


#: "at", "in" or the like, and a list of names that the next one ends
_LIST_AT_END: Final = re.compile(
    r"\b(?:at|around|in|near|outside)\s+(?:[A-Z][\w'’.-]*(?:[ -][A-Z][\w'’.-]*){0,3}(?:,\s+(?:and\s+)?|\s+and\s+)){1,6}\Z"
)


def _is_list(between: str) -> bool:
    """Return whether nothing but commas, slashes, "and" and further names stands between two names."""
    return _LIST_BODY.fullmatch(between) is not None


def stand_in_list(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether two names stand in one list, with "and" or further names between: then neither lies in the other."""
    first, second = min(one, other), max(one, other)
    between = text[first[1] : second[0]]
    is_more = " and " in between or between.count(",") > 1
    return len(between) <= _LONGEST_LIST and is_more and _is_list(between)


#: letters between two names of a list
_LONGEST_LIST: Final = 200
