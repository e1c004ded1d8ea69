"""What an article's names say together: chains, votes, and who is near whom.

Every name votes for the countries and units that its candidates lie in, by the odds that it has so
far; each name counts once, however often it is repeated, and in no order.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from geomap.geoparse.lexicon import UNIT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.geoparse.names import Name
    from geomap.geoparse.page import Around, Page
    from geomap.geoparse.recognise import Span

__all__ = ["Clues", "Look", "Nearness", "Scene", "Subject", "find_clues", "find_subjects", "survey"]

_EARTH_KM: Final = 6371.0


def softmax(scores: Sequence[float]) -> list[float]:
    """Return probabilities in proportion to ``exp(score)``."""
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


class Look:
    """What a name means as far as is known: odds of its candidates, their logarithms, the best."""

    __slots__ = ("best", "logs", "odds", "top")

    def __init__(self, odds: list[float]) -> None:
        self.odds = odds
        self.logs = [math.log(chance + 1e-6) for chance in odds]
        self.best = max(range(len(odds)), key=odds.__getitem__)
        self.top = odds[self.best]


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
    if around.start_gap == "n" and around.end_gap in _DATELINE_GAPS and span.surface.isupper():
        clues.unit_types.add("dateline")
    if around.after == "based" and around.end_gap in _BASED_GAPS:
        clues.unit_types.add("P")
    if around.before == "of" and around.start_gap == "_":
        unit = UNIT_WORDS.get(_word(page, span.first - 2))
        if unit:
            clues.unit_types.add(unit)
    return clues


#: a "Washington-based" group sits in a town
_BASED_GAPS: Final = ("-", "_")
#: what follows a dateline's town: "PARIS (AFP) —", "PARIS —", "PARIS, France —"
_DATELINE_GAPS: Final = ("(", "—", "–", "-", ",", ":")


def _word(page: Page, index: int) -> str:
    return page.tokens[index][2].lower() if 0 <= index < len(page.tokens) else ""


class Subject:
    """One name in an article, with the clues of all its mentions that are resolved alike."""

    __slots__ = ("clues", "held_elsewhere", "name")

    def __init__(self, name: Name, clues: Clues) -> None:
        self.name = name
        self.clues = clues
        self.held_elsewhere: list[Name] = []


SubjectKey = tuple[object, ...]


def find_subjects(
    page: Page, spans: Iterable[tuple[Span, Around]]
) -> tuple[dict[SubjectKey, Subject], list[SubjectKey]]:
    """Return the subjects of an article by key, and the key of each span.

    A name is one subject for each set of clues that stands beside its mentions.
    """
    subjects: dict[SubjectKey, Subject] = {}
    by_name: dict[str, list[Subject]] = {}
    keys: list[SubjectKey] = []
    for span, around in spans:
        clues = find_clues(page, span, around)
        key = (span.name.key, *clues.signature())
        keys.append(key)
        if key not in subjects:
            subject = subjects[key] = Subject(span.name, clues)
            by_name.setdefault(span.name.key, []).append(subject)
    for group in by_name.values():
        for subject in group if len(group) > 1 else ():
            subject.held_elsewhere = [
                holder for other in group if other is not subject for holder in other.clues.held_by
            ]
    return subjects, keys


#: a country, a first-level unit, or (with "sub" before it) a second-level unit
Area = tuple[str, ...]
#: for one candidate: names near it, within 60 and within 250 km (each counts by its odds), the share
#: of names within 250 km, and how near the nearest is (1 at no distance, 0 from 800 km on)
Nearness = tuple[float, float, float, float]


class Scene:
    """What an article's names say together.

    ``looks`` holds what is known of each name, ``votes`` what each name adds to ``areas``, ``named`` the
    names that name an area outright, ``ranked`` the areas of each level with most votes, ``near``
    the nearness of each candidate to the other names.
    """

    __slots__ = ("areas", "looks", "named", "near", "ranked", "total", "votes")

    def __init__(self, looks: Mapping[str, Look]) -> None:
        self.looks = looks
        self.votes: dict[str, dict[Area, float]] = {}
        self.areas: dict[Area, float] = {}
        self.named: dict[Area, set[str]] = {}
        self.near: dict[str, list[Nearness]] = {}
        self.ranked: dict[int, list[Area]] = {}
        self.total = 0

    def others_vote(self, key: str, area: Area) -> float:
        """Return how many names vote for an area, one name left out."""
        return self.areas.get(area, 0.0) - self.votes[key].get(area, 0.0)

    def is_focus(self, key: str, area: Area) -> bool:
        """Tell whether no area of the same level has more votes of the other names."""
        votes = self.others_vote(key, area)
        if votes < _FOCUS_FROM:
            return False
        for rival in self.ranked.get(len(area), ()):
            if rival != area:
                return self.others_vote(key, rival) <= votes
        return True

    def is_named_by_others(self, key: str, area: Area) -> bool:
        """Tell whether an area is named outright by another name than this one."""
        naming = self.named.get(area)
        return naming is not None and (len(naming) > 1 or key not in naming)


#: candidates less likely than this have no vote
_VOTES_FROM: Final = 0.01
#: so many votes make a focus
_FOCUS_FROM: Final = 0.5
#: rivals for the focus that are compared at each level
_FOCI: Final = 2
#: from this chance on a name is taken to name its likeliest candidate
_NAMED_FROM: Final = 0.5


def survey(
    names: Mapping[str, Name],
    voters: AbstractSet[str],
    looks: Mapping[str, Look],
    asking: AbstractSet[str],
) -> Scene:
    """Return the scene of an article.

    Args:
        names: The article's names by key.
        voters: The keys of those that stand for a place themselves; embedded ones have no vote.
        looks: What is known of each of them so far.
        asking: The keys of those that are to be looked at; only they need their nearness.
    """
    scene = Scene(looks)
    scene.total = len(voters)
    scene.votes = {key: {} for key in names}
    ordered = sorted(voters)
    for key in ordered:
        own: dict[Area, float] = {}
        for option, chance in zip(names[key].options, looks[key].odds, strict=True):
            if chance < _VOTES_FROM:
                continue
            for area in option.areas:
                own[area] = own.get(area, 0.0) + chance
            if chance >= _NAMED_FROM and option.area:
                scene.named.setdefault(option.area, set()).add(key)
        scene.votes[key] = own
        for area, share in own.items():
            scene.areas[area] = scene.areas.get(area, 0.0) + share
    for area, _ in sorted(scene.areas.items(), key=lambda item: (-item[1], item[0])):
        best = scene.ranked.setdefault(len(area), [])
        if len(best) < _FOCI:
            best.append(area)
    scene.near = _find_nearness([names[key] for key in sorted(asking)], ordered, names, looks)
    return scene


_NEAR_KM: Final = 60.0
_AROUND_KM: Final = 250.0
_FAR_KM: Final = 800.0


def _find_nearness(
    receivers: list[Name],
    senders: list[str],
    names: Mapping[str, Name],
    looks: Mapping[str, Look],
) -> dict[str, list[Nearness]]:
    """Return, for each candidate of a name with several, how near the other names are.

    All distances of an article are one product of matrices: the cosine of the angle between two
    unit vectors orders points as the great circle does.
    """
    receivers = [name for name in receivers if len(name.options) > 1]
    points: list[tuple[float, float, float]] = []
    chances: list[float] = []
    begins: list[int] = []
    groups: dict[str, int] = {}
    for key in senders:
        count = len(points)
        for option, chance in zip(names[key].options, looks[key].odds, strict=True):
            if chance >= _VOTES_FROM and option.type not in ("country", "continent"):
                points.append((option.x, option.y, option.z))
                chances.append(chance)
        if len(points) > count:
            groups[key] = len(begins)
            begins.append(count)
    if not receivers or not points:
        return {}
    cosines = np.concatenate([name.points for name in receivers]) @ np.array(points).T
    odds = np.array(chances)
    near = np.maximum.reduceat(np.where(cosines > _NEAR_COSINE, odds, 0.0), begins, axis=1)
    around = np.maximum.reduceat(np.where(cosines > _AROUND_COSINE, odds, 0.0), begins, axis=1)
    likely = np.maximum.reduceat(np.where(odds >= _NAMED_FROM, cosines, -1.0), begins, axis=1)
    found: dict[str, list[Nearness]] = {}
    row = 0
    for name in receivers:
        rows = slice(row, row + len(name.options))
        row = rows.stop
        own = groups.get(name.key)
        others = len(begins) - (own is not None)
        if own is not None:
            near[rows, own] = around[rows, own] = 0.0
            likely[rows, own] = -1.0
        if not others:
            continue
        angles = np.arccos(np.clip(likely[rows].max(axis=1), -1.0, 1.0))
        nearest = 1.0 - np.log1p(angles * _EARTH_KM) / math.log1p(_FAR_KM)
        counts = around[rows].sum(axis=1)
        found[name.key] = list(
            zip(
                np.log1p(near[rows].sum(axis=1)).tolist(),
                np.log1p(counts).tolist(),
                (counts / others).tolist(),
                np.maximum(nearest, 0.0).tolist(),
                strict=True,
            )
        )
    return found


_NEAR_COSINE: Final = math.cos(_NEAR_KM / _EARTH_KM)
_AROUND_COSINE: Final = math.cos(_AROUND_KM / _EARTH_KM)
