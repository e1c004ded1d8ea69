"""Decide which place a name means: score every candidate, in the light of the whole article.

The first look knows the name alone: kind of place, population, which of its names this is. From it
each name votes for countries and units. The second look adds what the other names say: votes,
"City, Unit" chains, units and countries named outright, distances. The order of
mentions never matters; each name counts once, however often it is repeated.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from geomap.geoparse.lexicon import UNIT_WORDS
from geomap.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.geoparse.names import Name, Option
    from geomap.geoparse.page import Around, Page
    from geomap.geoparse.recognise import Span
    from geomap.geoparse.weights import Weights

__all__ = ["HOPELESS", "Decision", "Resolver", "Scene", "option_features", "survey"]

Feature = tuple[str, float]
_EARTH_KM: Final = 6371.0
#: what a second look at a candidate less likely than this cannot change
_HOPELESS: Final = 1e-5
#: names whose first look is kept; when there are more, all are dropped and found anew
_CACHE_SIZE: Final = 200_000


def softmax(scores: Sequence[float]) -> list[float]:
    """Return probabilities in proportion to ``exp(score)``."""
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


class FirstLook:
    """What a name means before any article is considered: odds, their logarithms, the best."""

    __slots__ = ("best", "logs", "odds", "top")

    def __init__(self, scores: Sequence[float]) -> None:
        self.odds = softmax(scores)
        self.logs = [math.log(chance + 1e-6) for chance in self.odds]
        self.best = max(range(len(self.odds)), key=self.odds.__getitem__)
        self.top = self.odds[self.best]


class Clues:
    """What stands beside the mentions of one name: chains and unit words."""

    __slots__ = ("held_by", "holds", "unit_types")

    def __init__(self) -> None:
        self.held_by: list[Name] = []
        self.holds: list[Name] = []
        self.unit_types: set[str] = set()

    def signature(self) -> tuple[object, ...]:
        """Return what two mentions must share to be resolved alike."""
        return (
            tuple(sorted(name.key for name in self.held_by)),
            tuple(sorted(name.key for name in self.holds)),
            tuple(sorted(self.unit_types)),
        )


def find_clues(page: Page, span: Span, around: Around) -> Clues:
    """Return the clues beside one mention."""
    clues = Clues()
    if around.end_gap in (",", "(", "_"):
        following = page.starts.get(span.last + 1)
        if following is not None and (
            following.name.is_abbreviation if around.end_gap == "_" else following.name.holds
        ):
            clues.held_by.append(following.name)
    if around.after == "in" and around.end_gap == "_":
        following = page.starts.get(span.last + 2)
        if following is not None and following.name.holds:
            clues.held_by.append(following.name)
    if around.end_gap == "'s":
        following = page.starts.get(span.last + 1)
        if following is not None and span.name.holds:
            clues.holds.append(following.name)
    previous = page.ends.get(span.first - 1)
    if previous is not None:
        if around.start_gap in (",", "(") and span.name.holds:
            clues.holds.append(previous.name)
        elif previous.name.holds and page.text[previous.end : previous.end + 2] in ("'s", "’s"):
            clues.held_by.append(previous.name)
    unit = UNIT_WORDS.get(_word(page, span.last + 1)) if around.end_gap == "_" else None
    if unit is None and span.last > span.first:
        unit = UNIT_WORDS.get(_word(page, span.last))
    if unit:
        clues.unit_types.add(unit)
    if around.before == "of" and around.start_gap == "_":
        unit = UNIT_WORDS.get(_word(page, span.first - 2))
        if unit:
            clues.unit_types.add(unit)
    return clues


def _word(page: Page, index: int) -> str:
    return page.tokens[index][2].lower() if 0 <= index < len(page.tokens) else ""


class Subject:
    """One name in an article, with the clues of all its mentions that are resolved alike."""

    __slots__ = ("clues", "held_elsewhere", "name")

    def __init__(self, name: Name, clues: Clues) -> None:
        self.name = name
        self.clues = clues
        self.held_elsewhere: list[Name] = []


#: a country, a first-level unit, or (with "sub" before it) a second-level unit
Area = tuple[str, ...]


class Scene:
    """What an article's names say together: votes, and what is named outright.

    ``first`` holds each name's first look, ``votes`` what each name adds to ``areas``, ``named`` the
    names that name an area outright, ``points`` the row and place of each name's likeliest
    candidate.
    """

    __slots__ = ("areas", "first", "named", "points", "total", "votes")

    def __init__(self, first: Mapping[str, FirstLook]) -> None:
        self.first = first
        self.votes: dict[str, dict[Area, float]] = {}
        self.areas: dict[Area, float] = {}
        self.named: dict[Area, set[str]] = {}
        self.points: list[tuple[str, int, float, float, float]] = []
        self.total = 0

    def others_vote(self, key: str, area: Area) -> float:
        """Return how many names vote for an area, one name left out."""
        return self.areas.get(area, 0.0) - self.votes[key].get(area, 0.0)

    def is_named_by_others(self, key: str, area: Area) -> bool:
        """Tell whether an area is named outright by another name than this one."""
        return bool(self.named.get(area, _NOBODY) - {key})


_NOBODY: Final[frozenset[str]] = frozenset()
#: candidates less likely than this have no vote
_VOTES_FROM: Final = 0.01
#: from this chance on a name is taken to name its likeliest candidate
_NAMED_FROM: Final = 0.5


def survey(
    names: Mapping[str, Name], voters: AbstractSet[str], first: Mapping[str, FirstLook]
) -> Scene:
    """Return the scene of an article: every name votes once, by the first look.

    Args:
        names: The article's names by key.
        voters: The keys of those that stand for a place themselves; embedded ones have no vote.
        first: The first look at each of them.
    """
    scene = Scene(first)
    scene.total = len(voters)
    scene.votes = {key: {} for key in names}
    for key in sorted(voters):
        options, odds = names[key].options, first[key].odds
        top = options[first[key].best]
        if first[key].top >= _NAMED_FROM and top.type not in ("country", "continent"):
            scene.points.append((key, top.row, top.x, top.y, top.z))
        own: dict[Area, float] = {}
        for option, chance in zip(options, odds, strict=True):
            if chance < _VOTES_FROM:
                continue
            for area in option.areas:
                own[area] = own.get(area, 0.0) + chance
            if chance >= _NAMED_FROM and option.area:
                scene.named.setdefault(option.area, set()).add(key)
        scene.votes[key] = own
        for area, share in own.items():
            scene.areas[area] = scene.areas.get(area, 0.0) + share
    return scene


def _matches(option: Option, unit: str) -> bool:
    kind = option.type
    if unit == "P":
        return kind in ("city", "quarter")
    if unit == "H":
        return kind == "water"
    if unit in ("T", "S"):
        return kind == "region"
    return kind == unit.lower()


def _is_held(option: Option, holder: Name) -> bool:
    holds = holder.holds
    if option.type == "country":
        return False
    if option.areas and option.areas[0] in holds:
        return True
    return option.type != "adm1" and option.unit in holds


def _holds_any(option: Option, part: Name) -> bool:
    if option.type == "country":
        return any(o.country == option.country and o.type != "country" for o in part.options)
    if option.type == "adm1":
        return any(o.unit == option.unit and o.type != "adm1" for o in part.options)
    return False


def option_features(scene: Scene, subject: Subject, index: int) -> list[Feature]:
    """Return the features of one candidate that the article decides."""
    key = subject.name.key
    option = subject.name.options[index]
    found: list[Feature] = [("first_look", scene.first[key].logs[index])]
    _add_country_features(found, scene, key, option)
    _add_unit_features(found, scene, key, option)
    _add_clue_features(found, option, subject)
    _add_distance_features(found, scene, key, option)
    return found


def _add_country_features(found: list[Feature], scene: Scene, key: str, option: Option) -> None:
    if option.country is None:
        return
    area = option.areas[0]
    votes = scene.others_vote(key, area)
    if scene.total > 1:
        found.append(("country_share", votes / (scene.total - 1)))
    if votes > _FEW_VOTES:
        found.append(("country_votes", _damped(votes)))
    if option.type != "country" and scene.is_named_by_others(key, area):
        found.append(("country_named", 1.0))


def _add_unit_features(found: list[Feature], scene: Scene, key: str, option: Option) -> None:
    if option.unit and option.type != "adm1":
        votes = scene.others_vote(key, option.unit)
        if votes > _FEW_VOTES:
            found.append(("unit_votes", _damped(votes)))
            found.append(("unit_share", votes / max(scene.total - 1, 1)))
        if scene.is_named_by_others(key, option.unit):
            found.append(("unit_named", 1.0))
    if option.subunit:
        votes = scene.others_vote(key, option.subunit)
        if votes > _FEW_VOTES:
            found.append(("subunit_votes", _damped(votes)))
        if option.type != "adm2" and scene.is_named_by_others(key, option.subunit):
            found.append(("subunit_named", 1.0))


_FEW_VOTES: Final = 0.05


def _damped(votes: float) -> float:
    """Return a count of votes so that the tenth one adds less than the first."""
    return min(math.log1p(votes), 2.5)


def _add_clue_features(found: list[Feature], option: Option, subject: Subject) -> None:
    clues = subject.clues
    if clues.held_by:
        inside = any(_is_held(option, holder) for holder in clues.held_by)
        found.append(("inside_next" if inside else "not_inside_next", 1.0))
    elif subject.held_elsewhere:
        inside = any(_is_held(option, holder) for holder in subject.held_elsewhere)
        found.append(("inside_elsewhere" if inside else "not_inside_elsewhere", 1.0))
    if clues.holds:
        holds = any(_holds_any(option, part) for part in clues.holds)
        found.append(("holds_previous", float(holds)))
    if clues.unit_types:
        fits = any(_matches(option, unit) for unit in clues.unit_types)
        found.append(("unit_word" if fits else "not_unit_word", 1.0))


def _add_distance_features(found: list[Feature], scene: Scene, key: str, option: Option) -> None:
    """Add how near the article's other places are: the share that is near, and the nearest.

    Distances are compared as squared chords between unit vectors, which a thousand articles a
    second allow for and which order points as great circles do.
    """
    x, y, z, row = option.x, option.y, option.z, option.row
    nearest = 4.0
    near = count = 0
    for other_key, other_row, u, v, w in scene.points:
        if other_key == key:
            continue
        chord = (x - u) ** 2 + (y - v) ** 2 + (z - w) ** 2
        count += 1
        if chord < _NEAR_CHORD:
            near += 1
        if chord < nearest and other_row != row:
            nearest = chord
    if count:
        found.append(("near_share", near / count))
        if nearest < _FAR_CHORD:
            distance = 2 * _EARTH_KM * math.asin(math.sqrt(nearest) / 2)
            found.append(("nearest", 1.0 - math.log1p(distance) / math.log1p(_FAR_KM)))


def _squared_chord(kilometres: float) -> float:
    """Return the squared chord, on the unit sphere, of a distance along the ground."""
    return (2 * math.sin(kilometres / (2 * _EARTH_KM))) ** 2


_FAR_KM: Final = 800.0
_NEAR_CHORD: Final = _squared_chord(300.0)
_FAR_CHORD: Final = _squared_chord(_FAR_KM)


class Decision:
    """The outcome for one subject: candidates' scores, and the best of them."""

    __slots__ = ("best", "odds", "scores")

    def __init__(self, scores: list[float]) -> None:
        self.scores = scores
        self.odds = softmax(scores)
        self.best = max(range(len(scores)), key=scores.__getitem__)


class Resolver:
    """Scores candidates with given weights; keeps the first look at each name.

    Args:
        weights: The learned numbers.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._first: dict[str, FirstLook] = {}
        self._static: dict[str, list[float]] = {}

    def first_look(self, name: Name) -> FirstLook:
        """Return what a name means with no article considered."""
        known = self._first.get(name.key)
        if known is None:
            if len(self._first) > _CACHE_SIZE:
                self._first.clear()
            weight = self._weights.first.get
            known = self._first[name.key] = FirstLook(
                [
                    sum(weight(feature, 0.0) * value for feature, value in option.static)
                    for option in name.options
                ]
            )
        return known

    def scene(self, names: Mapping[str, Name], voters: AbstractSet[str]) -> Scene:
        """Return the scene of an article with these names, of which some have a vote."""
        return survey(names, voters, {key: self.first_look(name) for key, name in names.items()})

    def _static_scores(self, name: Name) -> list[float]:
        known = self._static.get(name.key)
        if known is None:
            if len(self._static) > _CACHE_SIZE:
                self._static.clear()
            weight = self._weights.second.get
            known = self._static[name.key] = [
                sum(weight(feature, 0.0) * value for feature, value in option.static)
                for option in name.options
            ]
        return known

    def decide(self, scene: Scene, subject: Subject) -> Decision:
        """Return the scores of a subject's candidates in its article."""
        scores = list(self._static_scores(subject.name))
        if len(scores) == 1:
            return Decision(scores)
        weight = self._weights.second.get
        for index, chance in enumerate(scene.first[subject.name.key].odds):
            if chance < _HOPELESS and index:
                scores[index] = _NEVER
                continue
            total = scores[index]
            for feature, value in option_features(scene, subject, index):
                total += weight(feature, 0.0) * value
            scores[index] = total
        return Decision(scores)


#: the score of a candidate that no article makes likely
_NEVER: Final = -50.0
#: why a candidate was not looked at again
HOPELESS: Final = Evidence(
    feature="first_look", value=1.0, weight=_NEVER, detail="the name alone makes it too unlikely"
)
