"""Names that a part of a text or a sentence begins with, and what is named behind them: "Kalehe: a boat from Minova …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geomap.recognise.options import UNIT_TYPES
from geomap.text import sentences_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.recognise.names import Name
    from geomap.recognise.options import Option
    from geomap.recognise.page import Page
    from geomap.recognise.spans import Span

__all__ = ["holds_village", "tell_leads"]


def holds_village(name: Name, village: Name) -> bool:
    """Return whether a village or district of a name lies in a unit of another name, or near one where the gazetteer does not say."""
    units = [option for option in name.options if option.type in UNIT_TYPES]
    return any(
        option.type in ("city", "adm2") and any(_lies_in(option, unit) for unit in units)
        for option in village.options
    )


def _lies_in(option: Option, unit: Option) -> bool:
    if unit.area in option.areas:
        return option.area != unit.area
    is_open = option.subunit is None and unit.type == "adm2" and option.country == unit.country
    return is_open and option.unit == unit.unit and option.distance_km(unit) <= _NEAR_KM


#: a district is hardly larger
_NEAR_KM: Final = 40.0


#: what stands between the beginning of a line and the name that its part is about: a bullet, a number, a date
_BULLET: Final = re.compile(r"[^\w\n]{0,4}(?:\d{1,2}[.)]\s?|\d{1,2} [A-Z][a-z]{2}\s?[-–—]\s?)?")
#: what stands behind it
_BEHIND: Final = re.compile(r"(?: ?\([^()\n]{2,40}\))?(?:\s?[:.–—](?=\s)|\s?\n|$)")
#: a part of a text is so long at most
_LONGEST: Final = 600
_OPENINGS: Final = ("In ", "Across ", "Around ")
_PART: Final = re.compile(r"\n\s*\n|\n(?=\s*(?:[-–•◦▪●*]|\d{1,2}[.)]))")


def tell_leads(page: Page, found: Sequence[tuple[Span, set[str]]]) -> None:
    """Add to the hints of names which ones begin a part of the text or a sentence, and whether a village of theirs is named in it.

    Args:
        page: The article.
        found: Its mentions, each with its hints. Names in capitals are headings or datelines, which other hints tell.
    """
    known: dict[tuple[str, str], bool] = {}
    for number, (span, hints) in enumerate(found):
        if not span.name.has_seat or span.surface.isupper():
            continue
        until = _end_of_part(page.text, span)
        if until:
            hints.add("<*opens")
        else:
            until = _end_of_sentence(page.text, span)
        for later in range(number + 1, len(found)):  # a slice would copy all that follows, for each
            following = found[later][0]
            if following.start >= until:
                break
            pair = span.name.key, following.name.key
            if pair not in known:
                known[pair] = span.name is not following.name and holds_village(
                    span.name, following.name
                )
            if known[pair]:
                hints.add("<*leads")
                break


def _end_of_part(text: str, span: Span) -> int:
    """Return where the part of a text ends that begins with a name; 0 where none does."""
    line = text.rfind("\n", max(span.start - _FAR - 1, 0), span.start) + 1
    if (not line and span.start > _FAR) or not _BULLET.fullmatch(text, line, span.start):
        return 0
    behind = _BEHIND.match(text, span.end)
    if behind is None:
        return 0
    end = _PART.search(text, behind.end(), span.end + _LONGEST)
    return end.start() if end else min(len(text), span.end + _LONGEST)


#: letters of a bullet with what follows it
_FAR: Final = 12


def _end_of_sentence(text: str, span: Span) -> int:
    """Return where the sentence ends that opens with "In" and a name; 0 where none does."""
    opening = next((word for word in _OPENINGS if text.endswith(word, 0, span.start)), "")
    if not opening:
        return 0
    low, high = sentences_of(text).bounds(span.start, span.end)
    return high if span.start - low <= len(opening) + 4 else 0
