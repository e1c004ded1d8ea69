"""Tables and headings in running text: "by locality Rabak: 211 | Kosti: 190", "districts of arrival: Baidoa 9,870", "KURSK. A man …"."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import UNIT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["Listings", "is_tallied", "read_listings"]

#: words of units that lists and tables are made by
_LEVELS: Final = {
    **{word: kind for word, kind in UNIT_WORDS.items() if kind.startswith("ADM")},
    **dict.fromkeys(("subdivision", "subdivisions"), "ADM2"),
    **dict.fromkeys(("lgas", "cercles", "payams", "cantons", "tehsils", "upazilas"), "ADM2"),
}
_PLURALS: Final = frozenset(word for word in _LEVELS if word.endswith("s"))
#: these words as texts write them
_WRITTEN: Final = {
    form: word
    for word in _LEVELS
    for form in (word, word.capitalize(), word.upper(), word[:-1].upper() + word[-1])
}
#: before the word for a unit: "by county", "per affected sub-district"
_BY: Final = re.compile(r"\b(?:by|per) (?:affected |main |new |health |sub-)?$", re.IGNORECASE)
_BY_LENGTH: Final = 16
_OF: Final = re.compile(r" of [a-z]{3,20}")
#: what opens a list behind a word for units: "districts of arrival:", "the most affected governorates are"
_OPENED: Final = re.compile(
    r"[^\n:.;,•◦▪]{0,50}?(?::|\n(?=\s*(?:[-–•◦▪●*]|\d{1,2}[.)]))| ?[•◦▪●]| (?:are|were|is|include|included|including)(?= [A-Z]))"
)
#: where a list ends: a blank line, or the end of a sentence that is no number of an item
_END: Final = re.compile(r"\n\s*\n|(?<!\d)[.!?](?=\s+[A-Z]|\s*$)")
_LONGEST: Final = 2_000
#: what stands beside an item of a list
_BESIDE: Final = ",;:|/&()[]•◦▪●*–—-\n"
_BACK: Final = 16
_OPENS: Final = re.compile(r"(?:\band|\bet|\by|\be|\d[.)]?)\s*$")
#: a number behind an item, and nothing of what is counted but households and the like
_TALLY: Final = re.compile(
    r"(?: ?[:–—-] ?| \(| )(?!(?:19|20)\d\d\b)\d{1,3}(?:[,. ]\d{3}){0,3}[+%]?\)?"
    r"(?: (?:HHs?|households|families|individuals|persons|people|cases|IDPs|sites|deaths))?"
    r"(?:\s*(?:[,;|•◦▪/&)]|\n|$)|\.(?:\s|$)| and\b)",
    re.IGNORECASE,
)
#: so many counts near each other are a table
_FEW: Final = 3
_NEAR: Final = 160
#: a line that begins with a name in capitals and goes on behind it as the text below a heading does
_HEADING: Final = re.compile(
    r"^[^\w\n]{0,3}(?:\d{1,2}[.)]\s*)?(?P<names>[A-Z][A-Z'’ -]{2,30}(?:\s?[/&]\s?[A-Z][A-Z'’ -]{2,30}){0,3}?)(?=\s*(?:[.:–—*•]\s|\n|$))",
    re.MULTILINE,
)


class Listings:
    """Where a text lists units, counts by place, and begins its parts with a name in capitals."""

    __slots__ = ("_headings", "_heads", "_tallies")

    def __init__(
        self,
        heads: Sequence[tuple[int, int, str]],
        tallies: Sequence[int],
        headings: Sequence[tuple[int, int]],
    ) -> None:
        self._heads = heads
        self._tallies = tallies
        self._headings = headings

    def unit_of(self, text: str, start: int, end: int) -> str | None:
        """Return the level of the units that are listed where a name stands as an item; None elsewhere."""
        number = bisect_right(self._heads, start, key=itemgetter(0)) - 1
        if number < 0:
            return None
        low, high, level = self._heads[number]
        return level if start < high and _is_item(text, low, start, end) else None

    def is_counted(self, text: str, end: int) -> bool:
        """Return whether the name that ends here has a count behind it, as others nearby have."""
        if len(self._tallies) < _FEW or not is_tallied(text, end):
            return False
        low = bisect_right(self._tallies, end - _NEAR)
        high = bisect_right(self._tallies, end + _NEAR)
        return high - low >= _FEW

    def is_heading(self, start: int, end: int) -> bool:
        """Return whether a name is the heading of a part of the text, or one of several in it."""
        number = bisect_right(self._headings, start, key=itemgetter(0)) - 1
        return number >= 0 and end <= self._headings[number][1]


def is_tallied(text: str, end: int) -> bool:
    """Return whether a bare number stands behind a name, with nothing that it would count but people.

    >>> is_tallied("Kosti: 190 | Rabak: 211", 5), is_tallied("Kosti: 190 shells fell", 5)
    (True, False)
    """
    return _TALLY.match(text, end) is not None


def _is_item(text: str, low: int, start: int, end: int) -> bool:
    """Return whether a name stands in its list between commas, bullets, counts and the like."""
    before = text[max(low, start - _BACK) : start].rstrip(" ")
    if before and before[-1] not in _BESIDE and not _OPENS.search(before):
        return False
    behind = text[end : end + 8].lstrip(" ")
    closes = not behind or behind[0] in _BESIDE or behind[0].isdigit() or behind[0] == "."
    return closes or behind.startswith("and ")


def _find_headings(text: str) -> list[tuple[int, int]]:
    """Return the headings in capitals; none where there is but one, which may be a dateline, or where all is in capitals."""
    found = [match.span("names") for match in _HEADING.finditer(text)]
    if len(found) < 2 or text.isupper():
        return []
    letters = sum(map(str.isalpha, text))
    if 2 * sum(map(str.isupper, text)) > letters:
        return []
    return found


def _places_of(word: str, text: str) -> Iterator[int]:
    """Yield where a word stands in a text, as a word."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (text[end : end + 1].isalnum() or (start and text[start - 1].isalnum())):
            yield start
        start = text.find(word, end)


def _opening_at(text: str, start: int, word: str) -> int | None:
    """Return where the list begins that a word for a unit opens: behind "by county", or "Top counties of arrival:"; None for no list."""
    end = start + len(word)
    if _BY.search(text, max(start - _BY_LENGTH, 0), start):
        behind = _OF.match(text, end)
        return behind.end() if behind else end
    opened = _OPENED.match(text, end) if _WRITTEN[word] in _PLURALS else None
    return opened.end() if opened else None


def read_listings(text: str, words: AbstractSet[str]) -> Listings:
    """Find the lists of units, the counts and the headings of a text.

    Args:
        text: The text of an article.
        words: Its words.
    """
    heads = []
    for word in sorted(_WRITTEN.keys() & words):
        for start in _places_of(word, text):
            low = _opening_at(text, start, word)
            if low is not None:
                end = _END.search(text, low, low + _LONGEST)
                high = end.start() if end else low + _LONGEST
                heads.append((low, high, _LEVELS[_WRITTEN[word]]))
    heads.sort()
    tallies = [match.start() for match in _TALLY.finditer(text)]
    return Listings(heads, tallies, _find_headings(text))
