"""What is decided on a name in an article, beside its place: how sure it is, whether there is any, and whether a unit and a town stay open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.gazetteer.classes import is_unit
from geomap.gazetteer.distance import distance_km
from geomap.recognise.options import TOWN_TYPES, UNIT_TYPES
from geomap.resolve.trust import (
    is_famous,
    is_one_airport,
    is_out_of_focus,
    is_put_elsewhere,
    trust,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.model import Place
    from geomap.recognise.options import Option
    from geomap.resolve.decide import Decision
    from geomap.resolve.scene import Subject

__all__ = ["Verdict", "are_one_on_a_map", "find_other", "find_verdict"]


class Verdict(NamedTuple):
    """What is decided on a name: the chance that the best candidate is meant, whether none is, and the best one of the other level.

    ``is_doubtful`` says that the best candidate is likelier wrong than right: only who gave the name as a place's wants it still.
    ``other`` is the number of the town where a unit is the best, and of the unit where a town is; None where only one can be meant.
    """

    sure: float
    is_unknown: bool
    is_doubtful: bool
    other: int | None


def find_verdict(
    subject: Subject, decision: Decision, weights: Mapping[str, float], unknown_below: float
) -> Verdict:
    """Return what is decided on the mentions of a subject.

    Args:
        subject: A name with what stands beside its mentions.
        decision: The odds of its candidates.
        weights: How far decisions can be trusted.
        unknown_below: The chance under which no place is given, unless it is a famous one or the only name of the text.
    """
    sure = trust(subject, decision, weights)
    is_unknown = is_put_elsewhere(subject, decision) or is_out_of_focus(subject, decision)
    is_doubtful = decision.scene.total > 1 and sure < unknown_below
    if is_doubtful:
        best = subject.name.options[decision.best]
        is_doubtful = not is_famous(best) and not is_one_airport(subject)
    other = None if is_unknown else find_other(subject, decision)
    return Verdict(sure, is_unknown, is_doubtful, other)


#: the other level is open from this share of the two on. On texts annotated with levels, each read by what the others taught, one of the two is
#: then right 99 times of 100, the chosen one alone 84 times (our reports) and 65 (conflict news); see docs/ACCURACY.md
_OPEN_FROM: Final = 0.05


def find_other(subject: Subject, decision: Decision) -> int | None:
    """Return the candidate of the other level where both stay open: the unit around a town of its name, or the town in a unit.

    Nothing stays open where a word beside the name says what it is ("the city of Idlib", "Idlib governorate").
    """
    if subject.clues.unit_types or len(subject.name.options) == 1:
        return None
    options = subject.name.options
    best = options[decision.best]
    if best.type in UNIT_TYPES:
        others = [i for i, option in enumerate(options) if _is_town_in(option, best)]
    elif best.type in TOWN_TYPES:
        others = [i for i, option in enumerate(options) if _is_unit_around(option, best)]
    else:
        return None
    other = max(others, key=decision.odds.__getitem__, default=None)
    if other is None or best.is_called_bare:
        return other
    return other if _share(decision.odds, decision.best, other) >= _OPEN_FROM else None


def _share(odds: Sequence[float], best: int, other: int) -> float:
    both = odds[best] + odds[other]
    return odds[other] / both if both else 0.0


def _is_town_in(town: Option, unit: Option) -> bool:
    return town.type in TOWN_TYPES and _is_unit_around(unit, town)


def _is_unit_around(unit: Option, town: Option) -> bool:
    """Return whether a unit is one that a town lies in: by id, or by first-level unit and distance."""
    if unit.type not in UNIT_TYPES or unit.country != town.country:
        return False
    if unit.area in town.areas:
        return True
    same = unit.unit is None or town.unit is None or unit.unit == town.unit
    return unit.type == "adm2" and same and unit.distance_km(town) <= _NEAR_KM


_NEAR_KM: Final = 60.0


#: a unit of this radius is hardly more than its town: the states of Berlin and Hamburg (17 and 16 km)
_TOWN_SIZED_KM: Final = 20.0


def are_one_on_a_map(place: Place, other: Place) -> bool:
    """Return whether a unit is hardly more than the town in it, so that nobody needs to choose."""
    unit = place if is_unit(place.feature) else other
    apart = distance_km(place.lat, place.lon, other.lat, other.lon)
    return unit.radius_km <= _TOWN_SIZED_KM and apart <= unit.radius_km
