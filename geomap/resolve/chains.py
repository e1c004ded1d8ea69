"""Chains of names from a village up to its province: "Barangay Poblacion, Marawi City, Lanao del Sur"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.recognise.options import TOWN_TYPES, UNIT_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer.traits import Area
    from geomap.recognise.options import Option
    from geomap.recognise.page import Page
    from geomap.recognise.spans import Span

__all__ = ["Chain", "find_chains"]

#: what stands between a village and what it lies in, and between that and its province
_FIRST: Final = re.compile(
    r"(?: (?:village|town|hamlet|ward|area|quarter|neighbou?rhood))?, "
    r"(?:(?:district|municipality|municipio|commune|tehsil|taluka|upazila|cercle|department)(?: of| de)? )?"
)
_SECOND: Final = re.compile(
    r"(?: (?:district|distt|tehsil|township|upazila|territory|municipality|commune|county|City))?, (?:province of )?"
)
#: a village lies so near to the town of its chain, where no unit says more
_NEAR_KM: Final = 60.0
_MOST_OPTIONS: Final = 8
_MIDDLE_TYPES: Final = TOWN_TYPES | UNIT_TYPES


class Chain(NamedTuple):
    """What a village lies in by the two names behind it.

    ``areas`` are the units or the country that the last name can mean, ``middle`` the places that the one between can mean in these, and
    ``is_country`` tells that the last one is a country alone, and ``is_sure`` that it can hardly be a list: no town is called like the last
    name, or a word says what one of them is.
    """

    areas: frozenset[Area]
    middle: tuple[Option, ...]
    keys: tuple[str, str]
    is_country: bool
    is_sure: bool

    def holds(self, option: Option) -> bool:
        """Return whether a place lies where the chain says; near its middle is enough."""
        if not self.areas.isdisjoint(option.areas):
            return True
        return not self.is_country and any(
            option.country == other.country and option.distance_km(other) <= _NEAR_KM
            for other in self.middle
        )


def find_chains(page: Page, spans: Sequence[Span]) -> list[Chain | None]:
    """Return for each mention of an article the chain behind it, None where there is none.

    "A, B, P" is one if a place called B lies in one called P; "Bara, El Obeid and Kassala" are three towns.
    """
    found: list[Chain | None] = [None] * len(spans)
    for number, (span, middle, last) in enumerate(zip(spans, spans[1:], spans[2:], strict=False)):
        first, second = page.text[span.end : middle.start], page.text[middle.end : last.start]
        if not (_FIRST.fullmatch(first) and _SECOND.fullmatch(second)):
            continue
        following = spans[number + 3] if number + 3 < len(spans) else None
        if following is None or not _goes_on(page, last, following):
            # "Rampur village, Gaya district, Bihar"
            is_said = bool(first.strip(" ,") or second.strip(" ,"))
            found[number] = _chain_of(middle, last, is_said=is_said)
    return found


def _goes_on(page: Page, last: Span, following: Span) -> bool:
    """Return whether a list goes on behind the last name of what looks like a chain: "Manbij, Tabqa, Raqqa and Deir ez-Zor"."""
    gap = page.text[last.end : following.start]
    if gap == ", ":  # "Tierralta, Córdoba, Colombia"
        holds = following.name.holds
        return all(holds.isdisjoint(option.areas) for option in last.name.options)
    return _AND.fullmatch(gap) is not None


_AND: Final = re.compile(r",? (?:and|or|et|y|&) ")


def _chain_of(middle: Span, last: Span, *, is_said: bool) -> Chain | None:
    options = last.name.options[:_MOST_OPTIONS]
    areas = frozenset(option.area for option in options if option.area is not None)
    if not areas or last.name.is_adjective:
        return None
    if last.name.has_seat and options[0].type != "adm1":
        return None  # "Kidal, Tessalit, Aguelhok" are three towns
    inside = tuple(
        option
        for option in middle.name.options
        if option.type in _MIDDLE_TYPES
        and option.area not in areas
        and not areas.isdisjoint(option.areas)
    )
    if not inside:
        return None
    held = frozenset(area for option in inside for area in option.areas) & areas
    is_country = all(option.type == "country" for option in options if option.area in held)
    keys = (middle.name.key, last.name.key)
    is_sure = is_said or not last.name.has_seat
    return Chain(held, inside[:_MOST_OPTIONS], keys, is_country, is_sure)
