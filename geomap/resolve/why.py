"""Why a place was chosen, in one or two words for everybody: what spoke most for it and against its rival.

A full account of every candidate is what ``Geoparser(evidence=True)`` gives; this is what fits
beside a sentence on a map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geomap.resolve.decide import option_features

if TYPE_CHECKING:
    from geomap.resolve.decide import Decision
    from geomap.resolve.scene import Subject

__all__ = ["WHY", "find_why"]

#: what can be said, and the features that say it
WHY: Final[dict[str, frozenset[str]]] = {
    "only": frozenset(),
    "spelt_out": frozenset(),
    "near_spelling": frozenset(),
    "largest": frozenset(
        "population population_share rank most_populous extent population&country population&adm1 "
        "population&adm2 population&city".split()
    ),
    "capital": frozenset(["capital"]),
    "usual_name": frozenset("main_name listed_name abbreviation adjective".split()),
    "kind_of_place": frozenset(
        f"type={kind}" for kind in "country adm1 adm2 city quarter water region continent".split()
    ),
    "country_named": frozenset(["country_named"]),
    "country_votes": frozenset("country_share country_votes country_focus".split()),
    "unit_named": frozenset("unit_named subunit_named".split()),
    "unit_votes": frozenset("unit_votes unit_share unit_focus subunit_votes".split()),
    "beside": frozenset(
        "inside_next not_inside_next inside_elsewhere not_inside_elsewhere holds_previous".split()
    ),
    "unit_word": frozenset(
        "unit_word not_unit_word unit_elsewhere town_elsewhere listed_units".split()
    ),
    "near": frozenset("near_60km near_250km near_250km_share nearest".split()),
}
_CODE_OF: Final = {feature: code for code, features in WHY.items() for feature in features}
#: reasons that are given at most, and the least that one must weigh
_MOST: Final = 2
_LEAST: Final = 0.25


def find_why(subject: Subject, decision: Decision) -> tuple[str, ...]:
    """Return what spoke most for the chosen place against the next best, weightiest first.

    One of ``WHY``'s keys or two; ``only`` where the name means nothing else.
    """
    if len(subject.name.options) == 1:
        return ("only",)
    best = _weigh(subject, decision, decision.best)
    values = sorted(zip(decision.values, decision.asked, strict=True), key=lambda pair: -pair[0])
    rival = next((index for _, index in values if index != decision.best), None)
    if rival is not None:
        for code, weight in _weigh(subject, decision, rival).items():
            best[code] = best.get(code, 0.0) - weight
    order = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    return tuple(code for code, weight in order[:_MOST] if weight >= _LEAST)


def _weigh(subject: Subject, decision: Decision, index: int) -> dict[str, float]:
    features = (
        *subject.name.options[index].static,
        *option_features(decision.scene, subject, index),
    )
    found: dict[str, float] = {}
    for feature, value in features:
        code = _CODE_OF.get(feature)
        if code is not None:
            found[code] = found.get(code, 0.0) + decision.weights.get(feature, 0.0) * value
    return found
