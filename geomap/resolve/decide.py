"""Decide which place a name means: score every candidate, in the light of the whole article.

The first look knows the name alone: kind of place, population, which of its names this is. The second
look adds what the other names say (scene.py): votes for countries and units, "City, Unit" chains, units
and countries named outright, distances. The third look asks the same again, of names that
have had their second look. The order of mentions never matters.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from geomap.gazetteer.classes import CITIES_APART
from geomap.model import Evidence
from geomap.recognise.options import TOWN_TYPES, UNIT_TYPES, OptionScorer
from geomap.resolve.clues import ANY_UNIT
from geomap.resolve.frontiers import lies_beyond
from geomap.resolve.scene import Look, softmax, survey
from geomap.resolve.vicinity import lies_near
from geomap.runtime.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.recognise.names import Name
    from geomap.recognise.options import Option
    from geomap.recognise.weights import Weights
    from geomap.resolve.scene import Scene, Subject, SubjectKey

__all__ = ["HOPELESS", "Decision", "Resolver", "holds_any", "is_held", "option_features"]

Feature = tuple[str, float]
#: a decision this sure is not taken again: in cross-validation the next look never changed it
_SETTLED: Final = 0.9
#: names whose first look is kept
_MOST_NAMES: Final = 50_000
_NEARNESS: Final = ("near_60km", "near_250km", "near_250km_share", "nearest")


def _fit(option: Option, unit: str) -> str:
    """Return how a candidate fits a unit word beside its name: ``unit_word``, ``other_unit``, ``not_unit_word``."""
    kind = option.type
    if unit in ("P", "dateline"):
        fits = kind in TOWN_TYPES
    elif unit in ("H", "the river"):
        fits = kind == "water"
    elif unit in ("T", "S"):
        fits = kind == "region"
    elif unit == ANY_UNIT:
        fits = kind in UNIT_TYPES
    else:
        fits = kind == unit.lower()
        if fits and option.id in CITIES_APART:
            return "other_unit"
        if not fits and kind in UNIT_TYPES:  # provinces of the Philippines are second-level units
            return "other_unit"
    return "unit_word" if fits else "not_unit_word"


_FITS: Final = ("unit_word", "other_unit", "not_unit_word")


def is_held(option: Option, holder: Name) -> bool:
    """Tell whether a place lies in a country or unit that the other name can stand for."""
    holds = holder.holds
    if option.type == "country":
        return False
    if option.areas and option.areas[0] in holds:
        return True
    return option.type != "adm1" and option.unit in holds


def holds_any(option: Option, part: Name) -> bool:
    """Tell whether a country or unit holds a place that the other name can stand for."""
    if option.type == "country":
        return any(o.country == option.country and o.type != "country" for o in part.options)
    if option.type == "adm1":
        return any(o.unit == option.unit and o.type != "adm1" for o in part.options)
    return False


def option_features(scene: Scene, subject: Subject, index: int) -> list[Feature]:
    """Return the features of one candidate that the article decides."""
    key = subject.name.key
    option = subject.name.options[index]
    found: list[Feature] = [("look_before", math.log(scene.looks[key].odds[index] + _LEAST_CHANCE))]
    if option.country is not None:
        found += _country_features(scene, key, option)
        if option.unit is not None:
            found += _unit_features(scene, key, option)
    if subject.has_clues:
        found += _clue_features(option, subject, scene)
    if scene.near is not None and key in scene.near.begins:
        row = scene.asking[key].index(index)
        found += zip(_NEARNESS, scene.near.values(key, row), strict=True)
    return found


#: added to each chance before its logarithm is taken
_LEAST_CHANCE: Final = 1e-6


def _country_features(scene: Scene, key: str, option: Option) -> list[Feature]:
    """Return what the other names say for a country; the same for all its candidates but itself."""
    area = option.areas[0]
    found: list[Feature] = []
    votes = scene.others_vote(key, area)
    if scene.total > 1:
        found.append(("country_share", votes / (scene.total - 1)))
    if votes > _FEW_VOTES:
        found.append(("country_votes", _damped(votes)))
        if scene.is_focus(key, area):
            found.append(("country_focus", 1.0))
        if option.type != "country" and scene.is_named_by_others(key, area):
            found.append(("country_named", 1.0))
    return found


def _unit_features(scene: Scene, key: str, option: Option) -> list[Feature]:
    unit = option.areas[1]
    votes = scene.others_vote(key, unit)
    found: list[Feature] = []
    if votes <= _FEW_VOTES:
        return found
    if option.type != "adm1":
        found.append(("unit_votes", _damped(votes)))
        found.append(("unit_share", votes / max(scene.total - 1, 1)))
        if scene.is_focus(key, unit):
            found.append(("unit_focus", 1.0))
        if scene.is_named_by_others(key, unit):
            found.append(("unit_named", 1.0))
    if option.subunit is not None:
        sub = option.subunit
        votes = scene.others_vote(key, sub)
        if votes > _FEW_VOTES:
            found.append(("subunit_votes", _damped(votes)))
            if option.type != "adm2" and scene.is_named_by_others(key, sub):
                found.append(("subunit_named", 1.0))
    return found


_FEW_VOTES: Final = 0.05


def _damped(votes: float) -> float:
    """Return a count of votes so that the tenth one adds less than the first."""
    return min(math.log1p(votes), 2.5)


def _level_features(option: Option, subject: Subject, scene: Scene) -> list[Feature]:
    """Return what tells a unit from a town of the same name; nothing for other candidates."""
    is_unit = option.type in UNIT_TYPES
    if not (is_unit or option.type == "city"):
        return []
    found: list[Feature] = []
    if is_unit:
        found += [(f"hint={hint}&unit", 1.0) for hint in sorted(subject.clues.hints)]
    elsewhere = subject.units_elsewhere
    if elsewhere:
        if is_unit and not elsewhere.isdisjoint(_UNITS):
            found.append(("unit_elsewhere", 1.0))
        if not is_unit and "P" in elsewhere:
            found.append(("town_elsewhere", 1.0))
    if is_unit and subject.listed:
        leanings = [
            _lean_to_unit(name, scene.looks[name.key])
            for name in subject.listed
            if name.key in scene.looks
        ]
        if leanings:
            found.append(("listed_units", sum(leanings) / len(leanings)))
    return found


_UNITS: Final = frozenset(["ADM1", "ADM2", ANY_UNIT])


def _lean_to_unit(name: Name, look: Look) -> float:
    """Return how much likelier a name means a unit than a town: 1 for surely, -1 for surely not."""
    if name.is_adjective and not name.has_seat:
        return 0.0
    units = sum(look.odds[i] for i in look.live if name.options[i].type in UNIT_TYPES)
    towns = sum(look.odds[i] for i in look.live if name.options[i].type in TOWN_TYPES)
    return (units - towns) / (units + towns) if units + towns > 0 else 0.0


def _clue_features(option: Option, subject: Subject, scene: Scene) -> list[Feature]:
    clues = subject.clues
    found: list[Feature] = []
    if clues.held_by:
        inside = any(is_held(option, holder) for holder in clues.held_by)
        found.append(("inside_next" if inside else "not_inside_next", 1.0))
    elif clues.chain is not None:
        found.append(("inside_next" if clues.chain.holds(option) else "not_inside_next", 1.0))
    elif clues.opened is not None:
        inside = is_held(option, clues.opened)
        found.append(("inside_opening" if inside else "not_inside_opening", 1.0))
    elif subject.held_elsewhere:
        inside = any(is_held(option, holder) for holder in subject.held_elsewhere)
        found.append(("inside_elsewhere" if inside else "not_inside_elsewhere", 1.0))
    if clues.leading is not None and is_held(option, clues.leading):
        found.append(("inside_leading", 1.0))
    if subject.vicinities and option.type in TOWN_TYPES:  # units may reach there from far away
        found.append(
            ("said_near" if lies_near(option, subject.vicinities) else "not_said_near", 1.0)
        )
    if any(lies_beyond(option, neighbour) is False for neighbour in clues.neighbours):
        found.append(("inside_neighbour", 1.0))
    if clues.holds:
        holds = any(holds_any(option, part) for part in clues.holds)
        found.append(("holds_previous", float(holds)))
    if clues.unit_types:
        fits = {_fit(option, unit) for unit in clues.unit_types}
        fit = next(fit for fit in _FITS if fit in fits)
        if fit == "other_unit" and all(
            _fit(other, unit) != "unit_word"
            for other in subject.name.options
            for unit in clues.unit_types
        ):
            fit = "unit_word"  # "Bannu region" is the district, as no region is called so
        found.append((fit, 1.0))
        if fit == "not_unit_word" and "the river" in clues.unit_types:
            found.append(("no_article", 1.0))
    if subject.name.has_seat:
        found += _level_features(option, subject, scene)
    return found


class Decision:
    """The outcome for one subject: the odds of its candidates, and the best of them.

    ``asked`` are the candidates that were looked at, with their ``values``; ``scene`` and
    ``weights`` are what it was decided by.
    """

    __slots__ = ("asked", "best", "odds", "scene", "values", "weights")

    def __init__(
        self,
        asked: Sequence[int],
        values: list[float],
        name: Name,
        scene: Scene,
        weights: Mapping[str, float],
    ) -> None:
        self.asked = asked
        self.values = values
        self.scene = scene
        self.weights = weights
        self.odds = [0.0] * len(name.options)
        for index, chance in zip(asked, softmax(values), strict=True):
            self.odds[index] = chance
        self.best = asked[max(range(len(values)), key=values.__getitem__)]

    @property
    def scores(self) -> list[float]:
        """The score of every candidate; of those that were not looked at ``HOPELESS.weight``."""
        scores = [NEVER] * len(self.odds)
        for index, value in zip(self.asked, self.values, strict=True):
            scores[index] = value
        return scores


#: what the corpora would teach wrongly. LGL was chosen for towns that are called like famous ones (Athens in
#: Georgia, Paris in Texas): it does not tell how often a capital is meant elsewhere. With 0.8, world news
#: (TR-News) by LGL's weights gain half a point from raw text, and Washington is not the state
_PRIORS: Final = {
    "capital": 0.8,
    "unit_word": 3.1,
    "other_unit": 1.0,
    "not_unit_word": -3.1,
    "no_article": -4.0,
    "called_bare": 4.0,
    "over_alias": 4.0,
    "over_village": 4.0,
    "below_namesake": -2.0,
    "below_country": -4.0,
    "inside_neighbour": -7.0,
    "inside_leading": 2.5,
    "said_near": 2.0,
    "not_said_near": -4.0,
    "not_inside_opening": -6.0,
    "hint=<*heading&unit": 2.0,
}


class Resolver:
    """Scores candidates with given weights; keeps the first look at each name.

    Args:
        weights: The learned numbers.
    """

    def __init__(self, weights: Weights) -> None:
        self._first_scorer = OptionScorer({**weights.first, **_PRIORS})
        self._later_weights = [
            {**each, **_PRIORS} for each in (weights.second, weights.third) if each
        ]
        self._near_weights = [
            np.array([each.get(feature, 0.0) for feature in _NEARNESS])
            for each in self._later_weights
        ]
        #: what a name means with no article considered
        self.first_look: Callable[[Name], Look] = Memo(
            self._find_first_look, _MOST_NAMES
        ).__getitem__
        self._static = [
            Memo(partial(_scores, scorer=OptionScorer(each)), _MOST_NAMES)
            for each in self._later_weights
        ]

    def _find_first_look(self, name: Name) -> Look:
        alone = len(name.options) == 1
        return Look(name, [1.0] if alone else softmax(_scores(name, self._first_scorer)))

    def decide(
        self, subjects: Mapping[SubjectKey, Subject], voters: AbstractSet[str]
    ) -> dict[SubjectKey, Decision]:
        """Return what is decided on each subject of an article.

        Args:
            subjects: The article's subjects.
            voters: The keys of the names that stand for a place themselves; embedded ones have no
                vote.
        """
        names = {subject.name.key: subject.name for subject in subjects.values()}
        looks = {key: self.first_look(name) for key, name in names.items()}
        decisions: dict[SubjectKey, Decision] = {}
        for number in range(len(self._later_weights)):
            asking = [key for key in subjects if not _is_settled(decisions.get(key))]
            if not asking:
                break
            if decisions:
                looks = self._looks_after(names, decisions)
            candidates: dict[str, Sequence[int]] = {}
            for subject in map(subjects.__getitem__, asking):
                name = subject.name
                if subject.is_held:
                    candidates[name.key] = range(len(name.options))
                else:
                    candidates.setdefault(name.key, looks[name.key].live)
            scene = survey(names, voters, looks, candidates)
            near_weights = self._near_weights[number]
            closeness = [] if scene.near is None else scene.near.weigh(near_weights)
            for key in asking:
                decisions[key] = self._decide(scene, subjects[key], number, closeness)
        return decisions

    def next_scene(self, subjects: Mapping[SubjectKey, Subject], voters: AbstractSet[str]) -> Scene:
        """Return the scene that the look after the last one sees; for learning that look."""
        names = {subject.name.key: subject.name for subject in subjects.values()}
        decisions = self.decide(subjects, voters)
        looks = {key: self.first_look(name) for key, name in names.items()}
        if decisions:
            looks = self._looks_after(names, decisions)
        everyone = {key: range(len(name.options)) for key, name in names.items()}
        return survey(names, voters, looks, everyone)

    def _decide(
        self, scene: Scene, subject: Subject, number: int, closeness: Sequence[float]
    ) -> Decision:
        """Return the scores of a subject's candidates in its article.

        ``closeness`` is what ``scene.near`` adds to each of its columns.
        """
        name = subject.name
        scores = self._static[number][name]
        weights = self._later_weights[number]
        if len(scores) == 1:
            return Decision(_ALONE, scores, name, scene, weights)
        key = name.key
        odds = scene.looks[key].odds
        asked = scene.asking[key]
        begin = scene.near.begins.get(key) if scene.near is not None else None
        before = weights.get("look_before", 0.0)
        areas, own = scene.areas, scene.votes[key]
        has_clues = subject.has_clues
        values = []
        countries: dict[tuple[str, bool], float] = {}
        for row, index in enumerate(asked):
            option = name.options[index]
            value = scores[index] + before * math.log(odds[index] + _LEAST_CHANCE)
            group = option.in_country
            if group is not None:
                known = countries.get(group)
                if known is None:
                    known = _weigh(_country_features(scene, key, option), weights)
                    countries[group] = known
                value += known
                unit = option.unit
                if unit in areas and areas[unit] - own.get(unit, 0.0) > _FEW_VOTES:
                    value += _weigh(_unit_features(scene, key, option), weights)
            if has_clues:
                value += _weigh(_clue_features(option, subject, scene), weights)
            if begin is not None:
                value += closeness[begin + row]
            values.append(value)
        return Decision(asked, values, name, scene, weights)

    def _looks_after(
        self, names: Mapping[str, Name], decisions: Mapping[SubjectKey, Decision]
    ) -> dict[str, Look]:
        """Return what is known of each name after a look: the mean over its subjects."""
        odds: dict[str, list[list[float]]] = {}
        for key, decision in decisions.items():
            odds.setdefault(str(key[0]), []).append(decision.odds)
        return {
            key: self.first_look(names[key])
            if len(group[0]) == 1
            else Look(
                names[key], [sum(chances) / len(group) for chances in zip(*group, strict=True)]
            )
            for key, group in odds.items()
        }


_ALONE: Final = (0,)


def _is_settled(decision: Decision | None) -> bool:
    return decision is not None and decision.odds[decision.best] >= _SETTLED


def _weigh(features: Iterable[Feature], weights: Mapping[str, float]) -> float:
    total = 0.0
    weight = weights.get
    for feature, value in features:
        total += weight(feature, 0.0) * value
    return total


def _scores(name: Name, scorer: OptionScorer) -> list[float]:
    return [scorer.score(option) for option in name.options]


#: the score of a candidate that no article makes likely
NEVER: Final = -50.0
#: why a candidate was not looked at again
HOPELESS: Final = Evidence(
    feature="look_before", value=1.0, weight=NEVER, detail="the name alone makes it too unlikely"
)
