"""Tables and headings in running text: "by locality Rabak: 211 | Kosti: 190", "districts of arrival: Baidoa 9,870", "KURSK. A man …"."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from geomap.recognise.lexicon import PLURAL_UNITS, UNIT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Listings", "is_tallied", "read_listings"]

#: words of units that lists and tables are made by, besides those that stand behind names
_MORE_UNITS: Final = {
    "sub-district": "ADM2",
    "subdivision": "ADM2",
    "sub-county": "ADM2",
    "health zone": "ADM2",
    "local government area": "ADM2",
    "local government": "ADM2",
    "administrative post": "ADM2",
}
_LEVELS: Final = {
    **{word: kind for word, kind in UNIT_WORDS.items() if kind.startswith("ADM")},
    **_MORE_UNITS,
    **{f"{word}s": kind for word, kind in _MORE_UNITS.items()},
    **dict.fromkeys(("lgas", "cercles", "payams", "cantons", "tehsils", "upazilas"), "ADM2"),
}
_PLURALS: Final = PLURAL_UNITS | {word for word in _LEVELS if word.endswith("s")}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


#: what opens a list of units: "by county", "Top districts of arrival:", "the most affected governorates are"
_HEAD: Final = re.compile(
    rf"\b(?:(?:by|per) (?:affected |main |new )?(?P<one>{_any_of(_LEVELS)})\b(?: of [a-z]{{3,20}})?"
    rf"|(?P<many>{_any_of(_PLURALS)})\b[^\n:.;,•◦▪]{{0,50}}?(?::|\n(?=\s*(?:[-–•◦▪●*]|\d{{1,2}}[.)]))| ?[•◦▪●]| (?:are|were|is|include|included|including)(?= [A-Z])))",
    re.IGNORECASE,
)
#: where a list ends: a blank line, or the end of a sentence that is no number of an item
_END: Final = re.compile(r"\n\s*\n|(?<!\d)[.!?](?=\s+[A-Z]|\s*$)")
_LONGEST: Final = 2_000
#: what stands beside an item of a list
_BESIDE: Final = ",;:|/&()[]•◦▪●*–—-\n"
_OPENS: Final = re.compile(r"(?:\band|\bet|\by|\be|\d[.)]?)\s*$")
#: a number behind an item, and nothing of what is counted but households and the like
_TALLY: Final = re.compile(
    r"(?: ?[:–—-] ?| \(| )(?!(?:19|20)\d\d\b)\d{1,3}(?:[,. ]\d{3})*\+?\)?"
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
        for low, high, level in self._heads:
            if low <= start < high:
                return level if _is_item(text, low, start, end) else None
        return None

    def is_counted(self, text: str, end: int) -> bool:
        """Return whether the name that ends here has a count behind it, as others nearby have."""
        if len(self._tallies) < _FEW or not is_tallied(text, end):
            return False
        low = bisect_right(self._tallies, end - _NEAR)
        high = bisect_right(self._tallies, end + _NEAR)
        return high - low >= _FEW

    def is_heading(self, start: int, end: int) -> bool:
        """Return whether a name is the heading of a part of the text, or one of several in it."""
        return any(low <= start and end <= high for low, high in self._headings)


def is_tallied(text: str, end: int) -> bool:
    """Return whether a bare number stands behind a name, with nothing that it would count but people.

    >>> is_tallied("Kosti: 190 | Rabak: 211", 5), is_tallied("Kosti: 190 shells fell", 5)
    (True, False)
    """
    return _TALLY.match(text, end) is not None


def _is_item(text: str, low: int, start: int, end: int) -> bool:
    """Return whether a name stands in its list between commas, bullets, counts and the like."""
    before = text[low:start].rstrip(" ")
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


def read_listings(text: str) -> Listings:
    """Find the lists of units, the counts and the headings of a text."""
    heads = []
    for match in _HEAD.finditer(text):
        word = (match["one"] or match["many"]).lower()
        end = _END.search(text, match.end())
        high = min(end.start() if end else len(text), match.end() + _LONGEST)
        heads.append((match.end(), high, _LEVELS.get(word, "ADM2")))
    tallies = [match.start() for match in _TALLY.finditer(text)]
    return Listings(heads, tallies, _find_headings(text))
