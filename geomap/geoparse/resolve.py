"""Decide which place a name means: score every candidate, in the light of the whole article.

The first look knows the name alone: kind of place, population, which of its names this is. The second
look adds what the other names say (scene.py): votes for countries and units, "City, Unit" chains, units
and countries named outright, distances. The third look asks the same again, of names that
have had their second look. The order of mentions never matters.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from geomap.geoparse.scene import Look, softmax, survey
from geomap.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from geomap.geoparse.names import Name, Option
    from geomap.geoparse.scene import Area, Scene, Subject, SubjectKey
    from geomap.geoparse.weights import Weights

__all__ = ["HOPELESS", "Decision", "Resolver", "holds_any", "is_held", "option_features"]

Feature = tuple[str, float]
#: a candidate less likely than this is not looked at again, unless a unit or country beside the name
#: speaks for it; 0.003 scored best in cross-validation from 0.00001 to 0.01
_HOPELESS: Final = 0.003
#: a decision this sure is not taken again: in cross-validation the next look never changed it
_SETTLED: Final = 0.98
#: names whose first look is kept; when there are more, all are dropped and found anew
_CACHE_SIZE: Final = 200_000
_NEARNESS: Final = ("near_60km", "near_250km", "near_250km_share", "nearest")


def _matches(option: Option, unit: str) -> bool:
    kind = option.type
    if unit in ("P", "dateline"):
        return kind in ("city", "quarter")
    if unit == "H":
        return kind == "water"
    if unit in ("T", "S"):
        return kind == "region"
    return kind == unit.lower()


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
    found: list[Feature] = [("look_before", scene.looks[key].logs[index])]
    own = scene.votes[key]
    if option.country is not None:
        _add_country_features(found, scene, key, own, option)
        if option.unit is not None:
            _add_unit_features(found, scene, key, own, option)
    clues = subject.clues
    if clues.held_by or clues.holds or clues.unit_types or subject.held_elsewhere:
        _add_clue_features(found, option, subject)
    near = scene.near.get(key)
    if near is not None:
        found.extend(zip(_NEARNESS, near[index], strict=True))
    return found


def _add_country_features(
    found: list[Feature], scene: Scene, key: str, own: Mapping[Area, float], option: Option
) -> None:
    area = option.areas[0]
    votes = scene.areas.get(area, 0.0) - own.get(area, 0.0)
    if scene.total > 1:
        found.append(("country_share", votes / (scene.total - 1)))
    if votes > _FEW_VOTES:
        found.append(("country_votes", _damped(votes)))
        if scene.is_focus(key, area):
            found.append(("country_focus", 1.0))
        if option.type != "country" and scene.is_named_by_others(key, area):
            found.append(("country_named", 1.0))


def _add_unit_features(
    found: list[Feature], scene: Scene, key: str, own: Mapping[Area, float], option: Option
) -> None:
    unit = option.areas[1]
    votes = scene.areas.get(unit, 0.0) - own.get(unit, 0.0)
    if votes <= _FEW_VOTES:
        return
    if option.type != "adm1":
        found.append(("unit_votes", _damped(votes)))
        found.append(("unit_share", votes / max(scene.total - 1, 1)))
        if scene.is_focus(key, unit):
            found.append(("unit_focus", 1.0))
        if scene.is_named_by_others(key, unit):
            found.append(("unit_named", 1.0))
    if option.subunit is not None:
        sub = option.subunit
        votes = scene.areas.get(sub, 0.0) - own.get(sub, 0.0)
        if votes > _FEW_VOTES:
            found.append(("subunit_votes", _damped(votes)))
            if option.type != "adm2" and scene.is_named_by_others(key, sub):
                found.append(("subunit_named", 1.0))


_FEW_VOTES: Final = 0.05


def _damped(votes: float) -> float:
    """Return a count of votes so that the tenth one adds less than the first."""
    return min(math.log1p(votes), 2.5)


def _add_clue_features(found: list[Feature], option: Option, subject: Subject) -> None:
    clues = subject.clues
    if clues.held_by:
        inside = any(is_held(option, holder) for holder in clues.held_by)
        found.append(("inside_next" if inside else "not_inside_next", 1.0))
    elif subject.held_elsewhere:
        inside = any(is_held(option, holder) for holder in subject.held_elsewhere)
        found.append(("inside_elsewhere" if inside else "not_inside_elsewhere", 1.0))
    if clues.holds:
        holds = any(holds_any(option, part) for part in clues.holds)
        found.append(("holds_previous", float(holds)))
    if clues.unit_types:
        fits = any(_matches(option, unit) for unit in clues.unit_types)
        found.append(("unit_word" if fits else "not_unit_word", 1.0))


class Decision:
    """The outcome for one subject: candidates' scores, and the best of them.

    ``scene`` and ``weights`` are what it was decided by.
    """

    __slots__ = ("best", "odds", "scene", "scores", "weights")

    def __init__(self, scores: list[float], scene: Scene, weights: Mapping[str, float]) -> None:
        self.scene = scene
        self.weights = weights
        self.scores = scores
        self.odds = softmax(scores)
        self.best = max(range(len(scores)), key=scores.__getitem__)


class Resolver:
    """Scores candidates with given weights; keeps the first look at each name.

    Args:
        weights: The learned numbers.
    """

    def __init__(self, weights: Weights) -> None:
        self._first_weights = weights.first
        self._later_weights = [each for each in (weights.second, weights.third) if each]
        self._first: dict[str, Look] = {}
        self._static: list[dict[str, list[float]]] = [{} for _ in self._later_weights]

    def first_look(self, name: Name) -> Look:
        """Return what a name means with no article considered."""
        known = self._first.get(name.key)
        if known is None:
            if len(self._first) > _CACHE_SIZE:
                self._first.clear()
            known = self._first[name.key] = Look(softmax(_static(name, self._first_weights)))
        return known

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
                looks = _looks_after(decisions)
            scene = survey(names, voters, looks, {subjects[key].name.key for key in asking})
            for key in asking:
                decisions[key] = self._decide(scene, subjects[key], number)
        return decisions

    def next_scene(self, subjects: Mapping[SubjectKey, Subject], voters: AbstractSet[str]) -> Scene:
        """Return the scene that the look after the last one sees; for learning that look."""
        names = {subject.name.key: subject.name for subject in subjects.values()}
        decisions = self.decide(subjects, voters)
        looks = {key: self.first_look(name) for key, name in names.items()}
        if decisions:
            looks = _looks_after(decisions)
        return survey(names, voters, looks, names.keys())

    def _static_scores(self, name: Name, number: int) -> list[float]:
        kept = self._static[number]
        known = kept.get(name.key)
        if known is None:
            if len(kept) > _CACHE_SIZE:
                kept.clear()
            known = kept[name.key] = _static(name, self._later_weights[number])
        return known

    def _decide(self, scene: Scene, subject: Subject, number: int) -> Decision:
        """Return the scores of a subject's candidates in its article."""
        scores = list(self._static_scores(subject.name, number))
        weights = self._later_weights[number]
        if len(scores) == 1:
            return Decision(scores, scene, weights)
        weight = weights.get
        look = scene.looks[subject.name.key]
        hopeless = 0.0 if subject.clues.held_by or subject.held_elsewhere else _HOPELESS
        for index, chance in enumerate(look.odds):
            if chance < hopeless and index != look.best:
                scores[index] = _NEVER
                continue
            total = scores[index]
            for feature, value in option_features(scene, subject, index):
                total += weight(feature, 0.0) * value
            scores[index] = total
        return Decision(scores, scene, weights)


def _is_settled(decision: Decision | None) -> bool:
    return decision is not None and decision.odds[decision.best] >= _SETTLED


def _static(name: Name, weights: Mapping[str, float]) -> list[float]:
    weight = weights.get
    return [
        sum(weight(feature, 0.0) * value for feature, value in option.static)
        for option in name.options
    ]


def _looks_after(decisions: Mapping[SubjectKey, Decision]) -> dict[str, Look]:
    """Return what is known of each name after a look: the mean over its subjects."""
    odds: dict[str, list[list[float]]] = {}
    for key, decision in decisions.items():
        odds.setdefault(str(key[0]), []).append(decision.odds)
    return {
        key: Look(
            group[0]
            if len(group) == 1
            else [sum(chances) / len(group) for chances in zip(*group, strict=True)]
        )
        for key, group in odds.items()
    }


#: the score of a candidate that no article makes likely
_NEVER: Final = -50.0
#: why a candidate was not looked at again
HOPELESS: Final = Evidence(
    feature="look_before", value=1.0, weight=_NEVER, detail="the name alone makes it too unlikely"
)
