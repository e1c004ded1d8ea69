"""How far a decision can be trusted: the chance that the best candidate is the place that is meant.

The best of a name's candidates can be wrong however clearly it beats the others: the place that is meant may be none
of them. What speaks for and against that is weighed by a logistic regression of its own: whether the article speaks of the candidate's
country, whether it speaks of another one, whether anything lies near, how well known the place is.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from geomap.gazetteer.layout import ALTERNATE, GENERATED, MAIN, OWN
from geomap.recognise.lexicon import DIRECTIONS
from geomap.recognise.name_features import OTHER_SCRIPTS
from geomap.recognise.options import TOWN_TYPES
from geomap.resolve.vicinity import lies_near
from geomap.runtime.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from geomap.gazetteer.traits import Area
    from geomap.recognise.names import Name
    from geomap.recognise.options import Option
    from geomap.resolve.decide import Decision
    from geomap.resolve.scene import Scene, Subject

__all__ = [
    "chance_of",
    "is_famous",
    "is_numbered_road",
    "is_one_airport",
    "is_out_of_focus",
    "is_put_elsewhere",
    "trust",
    "trust_features",
    "weigh_trust",
]

Feature = tuple[str, float]
#: odds nearer to 0 or 1 than this are no surer
_LEAST: Final = 0.001
#: from this size on (20,000) a name in another script is as good as a main name
_KNOWN_SIZE: Final = 4.3
_SIZES: Final = (3.0, 3.7, 4.3, 5.0, 5.7)
#: a place of half a million is meant by its name alone, wherever the article is about
_FAMOUS: Final = 5.7
_HELD_TYPES: Final = TOWN_TYPES | {"adm2", "region"}
_NOBODY: Final[frozenset[str]] = frozenset()
#: below this chance no place is named
_MOST_VOTES: Final = 0.05


def _logit(chance: float) -> float:
    chance = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(chance / (1 - chance))


def trust_features(subject: Subject, decision: Decision) -> list[Feature]:
    """Return what speaks for and against the best candidate being the place that is meant."""
    name = subject.name
    option = name.options[decision.best]
    size = _size_of(option)
    found: list[Feature] = [
        ("odds", _logit(decision.odds[decision.best])),
        *_features_of_name((name, decision.best)),
    ]
    scene, key = decision.scene, name.key
    across = {area for name in subject.clues.neighbours for area in name.holds}
    support = _support(scene, key, option, across)
    found += [(f"{feature}", value) for feature, value in support]
    backed = any(feature in _BACKING for feature, _ in support)
    found.append((f"backed={backed}&size={size}", 1.0))
    found.append((f"backed={backed}&type={option.type}", 1.0))
    found.append((f"others={min(scene.total - 1, 4)}&backed={backed}", 1.0))
    clues = subject.clues
    if clues.held_by:
        held = any(_is_inside(option, holder.holds) for holder in clues.held_by)
        found.append((f"held={held}", 1.0))
        if not held:
            found.append((f"held=False&type={option.type}", 1.0))
    near = _nearness(decision, key)
    if near is not None:
        near60, near250, share, nearest = near
        found += [("near60", min(near60, 2.0)), ("near250", min(near250, 2.0))]
        found += [("near_share", share), ("nearest", nearest)]
    return found


def _size_of(option: Option) -> int:
    return bisect_right(_SIZES, option.size)


def _find_features_of_name(key: tuple[Name, int]) -> tuple[Feature, ...]:
    """Return the features that no article changes, of a name and the number of its best candidate."""
    name, best = key
    option = name.options[best]
    return (
        ("bias", 1.0),
        (f"type={option.type}", 1.0),
        (f"size={_size_of(option)}", 1.0),
        (f"rest={min(len(name.options) - 1, 3)}", 1.0),
        (f"names={_listing(option, name.key)}", 1.0),
        (f"group={name.group}", 1.0),
    )


_features_of_name: Final[Callable[[tuple[Name, int]], tuple[Feature, ...]]] = Memo(
    _find_features_of_name, 50_000
).__getitem__
_BACKING: Final = frozenset(["country_named", "unit_named", "country_most"])


def _listing(option: Option, key: str) -> str:
    """Return how a name is listed for a place; in other scripts than Latin gazetteers list no main names."""
    if key[0] >= OTHER_SCRIPTS and option.size >= _KNOWN_SIZE:
        return "main"
    if option.bits & GENERATED:
        return "generated"
    if option.bits & MAIN:
        return "main"
    if option.bits & OWN:
        return "listed"
    return "other" if option.bits & ALTERNATE else "none"


def _is_inside(option: Option, holds: frozenset[str]) -> bool:
    return any(area in holds for area in option.areas)


def _rival_vote(
    scene: Scene, key: str, country: Area, across: AbstractSet[Area] = _NOBODY
) -> float:
    """Return how many other names vote for the country with most votes but this one, and those that lie across its border."""
    return max(
        (
            scene.others_vote(key, area)
            for area in scene.most_voted(0)
            if area != country and area not in across
        ),
        default=0.0,
    )


def _nearness(decision: Decision, key: str) -> list[float] | None:
    """Return how near the article's other names are to the best candidate; None where that was not looked at."""
    scene = decision.scene
    if scene.near is None or key not in scene.near.begins or decision.best not in scene.asking[key]:
        return None
    return scene.near.values(key, list(scene.asking[key]).index(decision.best))


def _support(scene: Scene, key: str, option: Option, across: AbstractSet[Area]) -> list[Feature]:
    """Return what the article's other names say for the candidate's country and unit, and for another country.

    ``across`` are countries that the text has on the other side of a border: they speak for none.
    """
    if option.country is None:
        return [("no_country", 1.0)]
    country = option.areas[0]
    others = max(scene.total - 1, 1)
    votes = scene.others_vote(key, country)
    rival = _rival_vote(scene, key, country, across)
    found: list[Feature] = [
        ("country_share", min(votes / others, 1.0)),
        ("rival_share", min(rival / others, 1.0)),
    ]
    if votes <= _MOST_VOTES and not across:
        found.append(("country_unvoted", 1.0))
        if rival > 1.0:
            found.append(("country_unvoted&rival", 1.0))
    if votes >= rival and votes > _MOST_VOTES:
        found.append(("country_most", 1.0))
    if option.type != "country" and scene.is_named_by_others(key, country):
        found.append(("country_named", 1.0))
    if option.unit is not None and option.type != "adm1":
        if scene.is_named_by_others(key, option.areas[1]):
            found.append(("unit_named", 1.0))
        found.append(("unit_share", min(scene.others_vote(key, option.areas[1]) / others, 1.0)))
    return found


def trust(subject: Subject, decision: Decision, weights: Mapping[str, float]) -> float:
    """Return the chance that the best candidate is meant; its odds alone where nothing was learned."""
    if not weights:
        return decision.odds[decision.best]
    return weigh_trust(trust_features(subject, decision), weights)


def weigh_trust(features: Iterable[Feature], weights: Mapping[str, float]) -> float:
    """Return the chance that features of a decision speak for."""
    total = 0.0
    for feature, value in features:
        weight = weights.get(feature)
        if weight is not None:
            total += weight * value
    return chance_of(total)


def chance_of(score: float) -> float:
    """Return the chance of a score of logistic regression."""
    return 1.0 / (1.0 + math.exp(-score))


def is_famous(option: Option) -> bool:
    """Return whether a place is meant by its name alone, wherever the article is about: a capital, half a million people."""
    return option.size >= _FAMOUS or option.is_capital


def is_one_airport(subject: Subject) -> bool:
    """Return whether a name is that of an airport, all of one country: "an explosion at Baghdad airport and one at Beirut airport"."""
    countries = {option.country for option in subject.name.options}
    return len(countries) == 1 and subject.name.key.endswith(_AIRPORTS)


_AIRPORTS: Final = (" airport ", " airbase ", " air base ", " airfield ")


def is_put_elsewhere(subject: Subject, decision: Decision) -> bool:
    """Return whether the text puts a place outright into a country or unit where none of its candidates lies.

    "Palma, Mozambique" is not in Spain. A famous place keeps its meaning: what stands behind a comma can be the next in a list.
    """
    option = subject.name.options[decision.best]
    if option.type not in _HELD_TYPES or is_famous(option):
        return False
    clues = subject.clues
    is_village = option.type in TOWN_TYPES and option.size < _SMALL
    if subject.vicinities and is_village and not lies_near(option, subject.vicinities):
        return True
    if option.type in TOWN_TYPES:
        chain = clues.chain
        if chain is not None and (is_village or chain.is_sure):
            return not any(map(chain.holds, subject.name.options))
        if not is_village and _share_country(option, clues.held_by):
            return False  # "Port Sudan, Gezira and Kassala" are three
    if not clues.held_by:
        return _is_outside_opening(subject, option)
    for holder in clues.held_by:
        if any(_may_lie_in(other, holder) for other in subject.name.options):
            return False
        if _is_near_namesake(option, holder):
            return False  # "Malakal, Tonga": a payam of South Sudan as well
    return all(map(_names_an_area, clues.held_by))


def _is_near_namesake(option: Option, holder: Name) -> bool:
    """Return whether what seems to hold a place is called like a town or district near it, so that both are two of a list."""
    return any(
        other.type in _HELD_TYPES
        and other.country == option.country
        and other.bits & (MAIN | OWN)
        and other.distance_km(option) <= _LISTED_KM
        for other in holder.options
    )


#: towns of one list lie so near to each other
_LISTED_KM: Final = 250.0


def _share_country(option: Option, holders: Iterable[Name]) -> bool:
    """Return whether all that is said to hold a town are units of its own country: what follows is then the next in a list as often."""
    units = [area for holder in holders for area in holder.holds]
    within = f"{option.areas[0]}/" if option.areas else "-"
    return bool(units) and all(area.startswith(within) for area in units)


def _may_lie_in(option: Option, holder: Name) -> bool:
    """Return whether a place lies in a country or unit, or is a mountain or a line whose units the gazetteer does not say."""
    if _is_inside(option, holder.holds):
        return True
    if option.type != "region" or option.unit is not None:
        return False
    return option.country is None or any(option.country == area.country for area in holder.options)


def _is_outside_opening(subject: Subject, option: Option) -> bool:
    """Return whether a village of a list lies outside of the unit that its sentence opens with: "In the Sumy region, A, B and C were shelled"."""
    opened = subject.clues.opened
    if opened is None or option.size >= _SMALL or option.type not in TOWN_TYPES:
        return False
    return not any(_is_inside(other, opened.holds) for other in subject.name.options)


#: a place of fewer people is not meant by its name alone in an article about another country
_SMALL: Final = 4.7
#: one of fewer is not either, where no other is called so
_UNIQUE: Final = 4.0
#: so many other names lie in one country, and none in the place's
_FOCUS_VOTES: Final = 2.5
#: a country with so few votes against another's is not spoken of: two names that are mistaken for its places vote for each other
_FEW: Final = 0.25
#: one that is named all the same: "South Sudanese refugees" in an article about Congo
_FEW_NAMED: Final = 0.06
_NEAR_VALUES: Final = 2
#: names that hardly mean a place nearby are none
_HARDLY_NEAR: Final = 0.1


def _is_unique(subject: Subject) -> bool:
    """Return whether a name is the main one of a town of some size, and means no other place: Güiria."""
    option = subject.name.options[0]
    alone = len(subject.name.options) == 1
    return alone and option.size >= _UNIQUE and option.bits & MAIN > 0


def is_out_of_focus(subject: Subject, decision: Decision) -> bool:
    """Return whether a small place lies in a country that the article does not speak of, and the article speaks of another.

    Nothing else of the article may lie near it: a town across a border is near those on this side.
    """
    option = subject.name.options[decision.best]
    scene, key = decision.scene, subject.name.key
    is_compass = DIRECTIONS.issuperset(key.split())  # "the North East" of which country?
    if option.country is None or option.type not in _HELD_TYPES:
        return False
    if scene.total > 1 and _NUMBERED.match(key) and not _is_spoken_of(scene, key, option):
        return True
    if is_one_airport(subject):
        return False
    if not is_compass and (option.size >= _SMALL or is_famous(option) or _is_unique(subject)):
        return False
    country = option.areas[0]
    rival = _rival_vote(scene, key, country)
    is_named = scene.is_named_by_others(key, country)
    few = max(_MOST_VOTES, rival * (_FEW_NAMED if is_named else _FEW))
    if subject.clues.neighbours or scene.others_vote(key, country) > few:
        return False
    if (rival < _FOCUS_VOTES and not is_compass) or subject.clues.held_by:
        return False
    near = _nearness(decision, key)
    return near is None or max(near[:_NEAR_VALUES]) < _HARDLY_NEAR


#: quarters and roads that every town and country has: "Zone 5", "Ward 3", "RN1"
_NUMBERED: Final = re.compile(
    r"(?:(?P<road>rn|n|m|a|e|h|p|t|r|nh|rd|route nationale|national (?:route|road|highway)|highway)"
    r"|zone|sector|ward|block|area|phase|section|kebele|woreda|district|quarter|arrondissement) ?\d{1,3}[a-z]? $"
)
#: so many votes for its unit make a numbered quarter one of a town that the text names
_FEW_IN_UNIT: Final = 0.3


def _is_spoken_of(scene: Scene, key: str, option: Option) -> bool:
    """Return whether an article speaks of the unit that a numbered quarter lies in, or of the country of a numbered road."""
    is_road = option.type not in TOWN_TYPES
    area = option.areas[0] if is_road or len(option.areas) == 1 else option.areas[1]
    return scene.others_vote(key, area) >= _FEW_IN_UNIT


def is_numbered_road(surface: str) -> bool:
    """Return whether a name is but the number of a road.

    >>> is_numbered_road("RN1"), is_numbered_road("Zone 5")
    (True, False)
    """
    match = _NUMBERED.match(f"{surface.lower()} ")
    return match is not None and match["road"] is not None


def _names_an_area(name: Name) -> bool:
    """Return whether a name can hardly be the next town of a list: "Hama, Homs and Latakia" are three cities."""
    if name.group in ("country", "adjective", "abbreviation"):
        return True
    towns = [
        option for option in name.options if option.type == "city" and option.bits & (MAIN | OWN)
    ]
    return name.group == "adm1" and not towns
