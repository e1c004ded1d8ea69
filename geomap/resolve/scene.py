"""What an article's names say together: chains, votes, and who is near whom.

Every name votes for the countries and units that its candidates lie in, by the odds that it has so
far; each name counts once, however often it is repeated, and in no order.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from geomap.recognise.nearness import find_nearness
from geomap.recognise.options import UNIT_TYPES, area_level
from geomap.resolve.clues import Clues, find_all_clues

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.gazetteer.traits import Area
    from geomap.recognise.names import Name
    from geomap.recognise.nearness import Floats, Nearness
    from geomap.recognise.page import Around, Page
    from geomap.recognise.spans import Span
    from geomap.resolve.vicinity import Vicinity

__all__ = [
    "Look",
    "Scene",
    "Subject",
    "find_subjects",
    "survey",
]


def softmax(scores: Sequence[float]) -> list[float]:
    """Return probabilities in proportion to ``exp(score)``."""
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


#: a candidate less likely than this is not looked at again, unless a unit or country beside the name
#: speaks for it; 0.003 scored best in cross-validation from 0.00001 to 0.01
_HOPELESS: Final = 0.003


class Look:
    """What a name means as far as is known, and what it says to the other names by that.

    ``odds`` are those of its candidates, ``best`` the likeliest, ``live`` those that are worth another look;
    ``votes`` for countries and units, ``named`` are those that it names outright; ``spots`` the unit
    vectors and chances of its likely candidates that are no whole countries, None where there is none.
    """

    __slots__ = ("best", "live", "named", "odds", "spots", "votes")

    def __init__(self, name: Name, odds: list[float]) -> None:
        self.odds = odds
        self.best = max(range(len(odds)), key=odds.__getitem__)
        self.live = [
            index for index, chance in enumerate(odds) if chance >= _HOPELESS or index == self.best
        ]
        self.votes: dict[Area, float] = {}
        self.named: list[Area] = []
        self.spots: tuple[Floats, Floats] | None = None
        votes = self.votes
        spots = []
        for index in self.live:
            option, chance = name.options[index], odds[index]
            if chance < _VOTES_FROM:
                continue
            for area in option.areas:
                votes[area] = votes.get(area, 0.0) + chance
            if chance >= _NAMED_FROM and option.area:
                self.named.append(option.area)
            if option.type not in ("country", "continent"):
                spots.append(index)
        if spots:
            self.spots = name.points[spots], np.array([odds[index] for index in spots])


class Subject:
    """One name in an article, with the clues of all its mentions that are resolved alike."""

    __slots__ = ("clues", "held_elsewhere", "listed", "name", "units_elsewhere", "vicinities")

    def __init__(self, name: Name, clues: Clues) -> None:
        self.name = name
        self.clues = clues
        self.held_elsewhere: list[Name] = []
        #: what the text says that it lies near, here or elsewhere
        self.vicinities: list[Vicinity] = [] if clues.vicinity is None else [clues.vicinity]
        #: the names next to it in lists
        self.listed: list[Name] = list(clues.listed)
        #: what words beside the same name elsewhere say that it is
        self.units_elsewhere: set[str] = set()

    @property
    def is_held(self) -> bool:
        """Tell whether a country or unit beside a mention can speak for any candidate."""
        clues = self.clues
        beside = clues.held_by or clues.chain or clues.neighbours or clues.opened or clues.leading
        return bool(beside or self.held_elsewhere or self.vicinities)

    @property
    def has_clues(self) -> bool:
        """Tell whether anything beside its mentions speaks for or against a candidate."""
        clues = self.clues
        beside = clues.holds or clues.unit_types or clues.hints
        return self.is_held or bool(beside or self.units_elsewhere or self.listed)


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
    for span, clues in find_all_clues(page, spans):
        key = (span.name.key, *clues.signature())
        keys.append(key)
        if key not in subjects:
            subject = subjects[key] = Subject(span.name, clues)
            by_name.setdefault(span.name.key, []).append(subject)
        else:
            subjects[key].listed += clues.listed
    for group in by_name.values():
        for subject in group if len(group) > 1 else ():
            subject.held_elsewhere += [
                holder for other in group if other is not subject for holder in other.clues.held_by
            ]
            if not subject.vicinities:
                near = (other.clues.vicinity for other in group)
                subject.vicinities = [each for each in near if each is not None]
            if subject.name.has_seat and not subject.clues.unit_types:
                subject.units_elsewhere = set().union(*(other.clues.unit_types for other in group))
    _share_spellings(subjects.values())
    for subject in subjects.values():
        if not subject.name.has_seat:
            subject.listed = []
    return subjects, keys


def _share_spellings(subjects: Iterable[Subject]) -> None:
    """Tell a name what words beside another spelling of the same unit say: "Al Khukhah district … sites in Al Khukha"."""
    seated = [subject for subject in subjects if subject.name.has_seat]
    said: dict[Area, list[tuple[Subject, set[str]]]] = {}
    for subject in seated:
        if subject.clues.unit_types:
            for unit in _units_of(subject.name):
                said.setdefault(unit, []).append((subject, subject.clues.unit_types))
    if not said:
        return
    for subject in seated:
        if subject.clues.unit_types or subject.units_elsewhere:
            continue
        for unit in _units_of(subject.name):
            others = [types for other, types in said.get(unit, ()) if other is not subject]
            subject.units_elsewhere = subject.units_elsewhere.union(*others)


def _units_of(name: Name) -> set[Area]:
    """Return the units that a name can mean, those after which a town of the name is called alone."""
    return {
        option.area
        for option in name.options[:_LIKELY_OPTIONS]
        if option.type in UNIT_TYPES and option.area is not None
    }


#: a unit that comes behind so many places of a name is hardly meant
_LIKELY_OPTIONS: Final = 4


class Scene:
    """What an article's names say together.

    ``looks`` holds what is known of each name, ``votes`` what each name adds to ``areas``, ``named`` the
    names that name an area outright, ``asking`` the
    candidates that are looked at, and ``near`` how near the other names are to each of these.
    """

    __slots__ = ("_ranked", "areas", "asking", "looks", "named", "near", "total", "votes")

    def __init__(self, looks: Mapping[str, Look]) -> None:
        self.looks = looks
        self.votes: dict[str, Mapping[Area, float]] = {}
        self.areas: dict[Area, float] = {}
        self.named: dict[Area, set[str]] = {}
        self.asking: Mapping[str, Sequence[int]] = {}
        self.near: Nearness | None = None
        self._ranked: dict[int, list[Area]] = {}
        self.total = 0

    def others_vote(self, key: str, area: Area) -> float:
        """Return how many names vote for an area, one name left out."""
        return self.areas.get(area, 0.0) - self.votes[key].get(area, 0.0)

    def is_focus(self, key: str, area: Area) -> bool:
        """Tell whether no area of the same level has more votes of the other names."""
        votes = self.others_vote(key, area)
        if votes < _FOCUS_FROM:
            return False
        for rival in self.most_voted(area_level(area)):
            if rival != area:
                return self.others_vote(key, rival) <= votes
        return True

    def most_voted(self, level: int) -> list[Area]:
        """Return the two areas of a level with most votes; of equal ones the first by name."""
        known = self._ranked.get(level)
        if known is None:
            rows = [
                (-votes, area) for area, votes in self.areas.items() if area_level(area) == level
            ]
            known = self._ranked[level] = [area for _, area in sorted(rows)[:2]]
        return known

    def is_named_by_others(self, key: str, area: Area) -> bool:
        """Tell whether an area is named outright by another name than this one."""
        naming = self.named.get(area)
        return naming is not None and (len(naming) > 1 or key not in naming)


#: candidates less likely than this have no vote
_VOTES_FROM: Final = 0.01
#: so many votes make a focus
_FOCUS_FROM: Final = 0.5
#: from this chance on a name is taken to name its likeliest candidate
_NAMED_FROM: Final = 0.5
_NO_VOTES: Final[Mapping[Area, float]] = {}


def survey(
    names: Mapping[str, Name],
    voters: AbstractSet[str],
    looks: Mapping[str, Look],
    asking: Mapping[str, Sequence[int]],
) -> Scene:
    """Return the scene of an article.

    Args:
        names: The article's names by key.
        voters: The keys of those that stand for a place themselves; embedded ones have no vote.
        looks: What is known of each of them so far.
        asking: The keys of those that are to be looked at, and which of their candidates; only these
            need their nearness.
    """
    scene = Scene(looks)
    scene.total = len(voters)
    scene.votes = dict.fromkeys(names, _NO_VOTES)
    areas = scene.areas
    ordered = sorted(voters)
    for key in ordered:
        look = looks[key]
        scene.votes[key] = look.votes
        for area, share in look.votes.items():
            areas[area] = areas.get(area, 0.0) + share
        for area in look.named:
            scene.named.setdefault(area, set()).add(key)
    receivers = {
        key: _points_of(names[key], asked) for key, asked in asking.items() if len(asked) > 1
    }
    senders = {key: spots for key in ordered if (spots := looks[key].spots) is not None}
    if receivers and senders:
        scene.near = find_nearness(receivers, senders)
    scene.asking = asking
    return scene


def _points_of(name: Name, asked: Sequence[int]) -> Floats:
    return name.points if len(asked) == len(name.options) else name.points[asked]
