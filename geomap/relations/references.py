"""Find relations to a place that the text named before: "in the country's north", "10 km east of the city".

Such a phrase is read as if the name stood there, and belongs to the nearest mention of the place before it that has
no relation of its own. A town keeps a mention without one, so that it stays on the map as the point that it is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geomap.relations.pairs import with_distance
from geomap.relations.spots import Phrase, Spot, is_country, is_town, may_lead
from geomap.relations.vocabulary import NO_BORDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geomap.model import Place, Resolution

__all__ = ["find_references"]

_COUNTRY: Final = frozenset(["country", "nation"])
_TOWN: Final = frozenset(["city", "town", "village"])
#: what a noun can mean among units, by the starts of feature codes
_UNITS: Final = {
    "province": ("ADM1", "RGN"),
    "governorate": ("ADM1",),
    "state": ("ADM1",),
    "oblast": ("ADM1",),
    "region": ("ADM1", "RGN"),
    "territory": ("ADM", "RGN", "TERR"),
    "enclave": ("ADM", "RGN", "TERR", "PCL"),
    "island": ("ISL", "ADM"),
    "district": ("ADM2", "ADM3"),
    "county": ("ADM2", "ADM1"),
    "township": ("ADM3",),
    "strip": ("RGN", "ADM", "TERR", "PCL"),
}
_CAPITAL: Final = "capital"
#: "the country", where what stands behind does not make it something else ("the city council")
_REFERENCE: Final = re.compile(
    rf"\b[Tt]he\s(?P<noun>{'|'.join((*sorted(_COUNTRY | _TOWN), _CAPITAL, *_UNITS))})"
    r"(?=['’]s\s(?:[a-z]+[\s-]){0,2}?(?:far[\s-])?(?:north|south|east|west|cent(?:er|re|ral)|outskirts|suburbs|edge|heart|middle)"
    r"|[.,;:!?)”\"]|\s(?:and|or|in|on|at|to|from|where|which|that|when|while|as|after|before|by|for|with|has|had|have|is|are|was|were"
    r"|will|would|since|because|but|into|during|until|who|near|late|early|this|last|but|over|under|against|there|said|overnight"
    r"|[a-z]+ed|[a-z]+ing|on\s|[A-Z][a-z]+day)\b|\s[(“—–-]|\s*$)"
)
#: how such references begin: the letters that they have in common make it quick to look for them
_BEGIN: Final = re.compile(
    rf"he (?:{'|'.join((*sorted(_COUNTRY | _TOWN), _CAPITAL, *_UNITS, 'border', 'frontier'))})"
)
_BORDER: Final = re.compile(
    r"(?<![\w-])(?:[Ff]rom|[Aa]long|[Nn]ear|[Aa]t|[Oo]n|by|close\sto|off)\s(?:the|their|its)\s(?:border|frontier)\b"
    rf"{NO_BORDER}(?![-\s]+(?:with|of|between|to|from|in|into|separating|that|line)\b)"
)
#: characters of the words that can stand before "the"
_WORD_BEFORE: Final = 10
#: characters before "the border" that a distance from it can take
_REACH: Final = 75
#: characters before "the country" in which a word must stand that makes a relation
_LEAD: Final = 60
#: so far back the name of a country is looked for before the one that the text is mostly about
_NEAR: Final = 300
#: a town or a unit that is meant was named no farther back than this
_FAR: Final = 800


def find_references(
    text: str,
    resolutions: Sequence[Resolution],
    taken: Sequence[Phrase],
    finders: Sequence[Callable[[Spot], Phrase | None]],
) -> list[Phrase]:
    """Return the phrases of a text that relate something to a place named before them.

    Args:
        text: The text.
        resolutions: Its mentions, sorted by where they start.
        taken: The phrases that are found around names; what overlaps one is none, and none of their
            anchors gets another.
        finders: What finds a phrase around a name.
    """
    if not resolutions:
        return []
    starts = [match.start() - 1 for match in _BEGIN.finditer(text)]
    found: list[Phrase] = []
    used = {phrase.anchor for phrase in taken}
    for start in starts:
        phrase = _find_named(text, start, resolutions, finders, used) or _find_border(
            text, start, resolutions, used
        )
        if phrase is not None and not _is_inside(phrase, (*taken, *found)):
            used.add(phrase.anchor)
            found.append(phrase)
    return found


def _find_named(
    text: str,
    start: int,
    resolutions: Sequence[Resolution],
    finders: Sequence[Callable[[Spot], Phrase | None]],
    used: set[int],
) -> Phrase | None:
    """Return the phrase around "the country" that starts somewhere, with the mention that it belongs to."""
    match = _REFERENCE.match(text, start) if start >= 0 else None
    if match is None or not (
        text.startswith(("'", "’"), match.end()) or may_lead(text[max(0, start - _LEAD) : start])
    ):
        return None
    rows = list(_find_rows(match["noun"].lower(), start, resolutions))
    phrase = _find_phrase(text, match.span(), rows[0], resolutions, finders) if rows else None
    anchor = _find_anchor(rows, used, resolutions) if phrase else None
    return None if phrase is None or anchor is None else replace(phrase, anchor=anchor)


def _find_border(
    text: str, start: int, resolutions: Sequence[Resolution], used: set[int]
) -> Phrase | None:
    """Return "along the border", of the two countries that were named last, where they have one."""
    match = _BORDER.search(text, max(0, start - _WORD_BEFORE), start + _REACH)
    if match is None or match.end() < start:
        return None
    countries = _find_pair(match.start(), resolutions)
    free = [row for row in countries if row not in used]
    if len(countries) < 2 or not free:
        return None
    other = next(row for row in countries if row != free[0])
    border = Phrase("border", match.start(), match.end(), free[0], others=(other,))
    return with_distance(border, max(0, match.start() - _REACH), text)


def _find_pair(start: int, resolutions: Sequence[Resolution]) -> list[int]:
    """Return the mentions before a place in the text of two countries with a common border, the last first."""
    from geomap.outlines import border_lines  # noqa: PLC0415 - reads the outlines

    found: list[int] = []
    for row in range(len(resolutions) - 1, -1, -1):
        item = resolutions[row]
        place = item.place
        if item.mention.start >= start or place is None or item.mention.kind == "embedded":
            continue
        if start - item.mention.end > _FAR:
            break
        if not is_country(place) or not place.country:
            continue
        if not found:
            found.append(row)
            continue
        first = resolutions[found[0]].place
        if first and first.country and place.country != first.country:
            return [found[0], row] if border_lines(first.country, place.country) else []
    return []


def _is_inside(phrase: Phrase, others: Sequence[Phrase]) -> bool:
    return any(other.start < phrase.end and phrase.start < other.end for other in others)


def _find_phrase(
    text: str,
    span: tuple[int, int],
    row: int,
    resolutions: Sequence[Resolution],
    finders: Sequence[Callable[[Spot], Phrase | None]],
) -> Phrase | None:
    """Return the phrase around "the country", read as if its name stood there."""
    start, end = span
    item = resolutions[row]
    if item.place is None:
        return None
    mention = replace(item.mention, start=start, end=end, surface=text[start:end], kind="literal")
    spot = Spot(text, row, replace(item, mention=mention), item.place)
    for finder in finders:
        phrase = finder(spot)
        if phrase is not None:
            return phrase
    return None


def _find_rows(noun: str, start: int, resolutions: Sequence[Resolution]) -> Iterator[int]:
    """Yield the mentions of the place that a noun stands for, the nearest before it first."""
    place = _find_place(noun, start, resolutions)
    if place is None:
        return
    for row in range(len(resolutions) - 1, -1, -1):
        item = resolutions[row]
        if item.mention.start >= start or item.place is None or item.mention.kind == "embedded":
            continue
        if item.place.id == place.id:
            yield row


def _find_place(noun: str, start: int, resolutions: Sequence[Resolution]) -> Place | None:
    if noun in _COUNTRY:
        return _find_country(start, resolutions)
    for item in reversed(resolutions):
        place, mention = item.place, item.mention
        if mention.start >= start or place is None or mention.kind == "embedded":
            continue
        if start - mention.end > _FAR:
            return None
        if _can_be(noun, place):
            return place
    return None


def _can_be(noun: str, place: Place) -> bool:
    if noun == _CAPITAL:
        return place.feature == "PPLC"
    if noun in _TOWN:
        return is_town(place) and place.feature != "PPLX"
    return place.feature.startswith(_UNITS[noun])


def _find_country(start: int, resolutions: Sequence[Resolution]) -> Place | None:
    """Return the country that was named just before, else the one that most of the text is about."""
    named: dict[str, Place] = {}
    votes: Counter[str] = Counter()
    for item in resolutions:
        place, mention = item.place, item.mention
        if place is None or not place.country or mention.kind == "embedded":
            continue
        votes[place.country] += 1
        if is_country(place) and mention.start < start:
            if mention.kind == "literal" and start - mention.end <= _NEAR:
                near = place
                named[""] = near
            named[place.country] = place
    if "" in named:
        return named[""]
    for country, _ in votes.most_common():
        if country in named:
            return named[country]
    return None


def _find_anchor(
    rows: Sequence[int], used: set[int], resolutions: Sequence[Resolution]
) -> int | None:
    """Return the nearest mention that has no relation; of a town's, one is left without."""
    free = [row for row in rows if row not in used]
    place = resolutions[rows[0]].place
    if not free or place is None or (is_town(place) and len(free) < 2):
        return None
    return free[0]
