"""Names that are words as well, between the places of a list: "Van, Bitlis and Mus", "Bentiu, Rubkona, Koch, Leer"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.classes import is_country
from geomap.recognise.options import TOWN_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.model import Place
    from geomap.recognise.options import Option
    from geomap.recognise.page import Page
    from geomap.recognise.spans import Span

__all__ = ["find_listed"]

#: what stands between the names of a list
_GAPS: Final = frozenset([", ", "; ", " and ", ", and ", " & ", " – ", "\n"])
#: with which these begin and end: most names stand in no list
_BEHIND: Final = re.compile(r"[,;\n]| (?:and|&|–) ")
_BEFORE: Final = (", ", "; ", " and ", " & ", " – ", "\n")
#: so many places of a list, and so near, make a place of what stands between them
_FEWEST: Final = 2
_NEAR_KM: Final = 180.0
#: names of a list that are looked at around each
_REACH: Final = 6
_TYPES: Final = TOWN_TYPES | {"adm2"}


def find_listed(page: Page, places: Mapping[tuple[int, int], Place]) -> Iterator[Span]:
    """Yield the names of lists that were taken for none, and that have a place near two others of their list.

    Args:
        page: The article.
        places: The places of the names that were found, by their bounds.
    """
    spans = page.spans
    for number, span in enumerate(spans):
        if (span.start, span.end) in places or span.in_phrase or span.name.is_phrase:
            continue
        if span.name.is_adjective or not span.surface[:1].isupper():
            continue
        if not (_BEHIND.match(page.text, span.end) or page.text.endswith(_BEFORE, 0, span.start)):
            continue
        beside = list(_beside(page, spans, number, places))
        if len(beside) >= _FEWEST and any(
            sum(_is_near(option, place) for place in beside) >= _FEWEST
            for option in span.name.options
            if option.type in _TYPES
        ):
            yield span


def _beside(
    page: Page, spans: Sequence[Span], number: int, places: Mapping[tuple[int, int], Place]
) -> Iterator[Place]:
    """Yield the places of a list that stand next before and behind one of its names."""
    for step in (-1, 1):
        at = number
        for _ in range(_REACH):
            following = at + step
            if not 0 <= following < len(spans):
                break
            left, right = sorted((at, following))
            if page.text[spans[left].end : spans[right].start] not in _GAPS:
                break
            at = following
            place = places.get((spans[at].start, spans[at].end))
            if place is not None and not is_country(place.feature):
                yield place


def _is_near(option: Option, place: Place) -> bool:
    is_compatriot = option.country == place.country
    return is_compatriot and option.distance_from(place.lat, place.lon) <= _NEAR_KM
