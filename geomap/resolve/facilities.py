"""The full names of airports, hospitals, crossings and bridges, which are places of their own wherever they stand.

Annotated news hardly teaches them: most corpora leave buildings out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geomap.recognise.written import find_written_span
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.recognise.names import Names
    from geomap.recognise.page import Around
    from geomap.recognise.spans import Span
    from geomap.text import Token

__all__ = ["find_town", "is_airport", "is_facility"]

_AIRPORT: Final = re.compile(
    r"(?!International\b|Airport\b)\w.*[\s-](?:[Aa]irport|[Aa]irfield|[Aa]ir ?[Bb]ase|Airbase)"
)


def is_airport(span: Span, around: Around) -> bool:
    """Tell the full name of an airport or an air base ("Aden International Airport")."""
    is_alone = not around.run_after and len(span.name.options) == 1
    is_before_noun = around.after == "unitS" and around.end_gap == "_"  # "Port Sudan airport"
    is_facility = is_before_noun and span.name.group in ("region", "facility")
    return is_alone and (is_facility or _AIRPORT.fullmatch(span.surface) is not None)


_FACILITY: Final = re.compile(
    r"\w.*[\s-](?:airbase|barrage|barracks|base|bridge|checkpoint|crossing|dam|junction|mine|oilfield|outpost|plant|prison|refinery|roundabout|stadium|temple|mosque|railway station|"
    r"(?:national|game|wildlife|nature|forest|biosphere) (?:park|reserve|sanctuary)|viaduct|tunnel|power station|oil terminal|corridor)|line of (?:actual )?control",
    re.IGNORECASE,
)
#: words that hospitals share stand behind, or alone before, what a hospital is called by
_KINDS: Final = (
    r"(?:central|city|clinic|complex|district|emergency|general|governmental|government|headquarters|hospital|medical|military|national|provincial|"
    r"referral|regional|specialist|state|teaching|university)"
)
_HOSPITAL: Final = re.compile(
    rf"(?!{_KINDS}\b)(?P<name>\w.*?)(?:\s+{_KINDS})*\s+(?:hospital|clinic|medical (?:complex|cent(?:re|er)))",
    re.IGNORECASE,
)
#: a hospital that is called by a town lies in it
_IN_TOWN_KM: Final = 20.0
#: houses that articles name as often for the town that they are in, and roads
_HOUSE: Final = re.compile(
    r"\b(?:hospital|hôpital|clinic|medical|school|lycée|university|college|market|road|street|avenue|highway|hotel|command|division)\b",
    re.IGNORECASE,
)


def is_facility(names: Names, span: Span, around: Around, score: float) -> bool:
    """Tell the full name of a hospital, a crossing, a bridge that the gazetteer has as a place of its own ("Nasser Hospital", "Huwara checkpoint").

    Not that of a hospital which is called by its town ("Rueso Hospital"), and none of the United States, where annotated news says that they are no places.
    ``score`` is what was learned of the name where it stands.
    """
    if around.run_before or around.run_after or span.name.group not in ("facility", "region"):
        return False
    if any(option.country == "US" for option in span.name.options):
        return False
    if _FACILITY.fullmatch(span.surface) is not None:
        return True
    match = _HOSPITAL.fullmatch(span.surface)
    if match is not None:
        return not _is_of_town(names, span, match["name"])
    is_long = span.last > span.first and _HOUSE.search(span.surface) is None
    return is_long and span.name.group == "facility" and score >= _FAIRLY


def find_town(names: Names, text: str, tokens: Sequence[Token], span: Span) -> Span | None:
    """Return the town in what a hospital of it is called, written small as no name of the hospital's is: "the Nikopol hospital"."""
    if span.name.group != "facility" or not tokens[span.last][2].islower():
        return None
    match = _HOSPITAL.fullmatch(span.surface)
    if match is None or not _is_of_town(names, span, match["name"]):
        return None
    return find_written_span(names, text, tokens, span.start, span.start + len(match["name"]))


#: from this score on a facility's name of several words is one, where American news would have none
_FAIRLY: Final = -1.5
_TOWNS: Final = frozenset(["city", "adm1", "adm2"])


def _is_of_town(names: Names, span: Span, name: str) -> bool:
    """Return whether a town or unit of a name lies where a place is."""
    towns = names.name(fold_name(name) + " ")
    if towns is None:
        return False
    return any(
        town.distance_km(house) <= _IN_TOWN_KM
        for town in towns.options
        if town.type in _TOWNS
        for house in span.name.options
    )
