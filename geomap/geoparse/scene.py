"""What an article's names say together: chains, votes, and who is near whom.

Every name votes for the countries and units that its candidates lie in, by the odds that it has so
far; each name counts once, however often it is repeated, and in no order.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from geomap.geoparse.lexicon import UNIT_WORDS
from geomap.geoparse.nearness import find_nearness
from geomap.geoparse.options import area_level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.geoparse.names import Name
    from geomap.geoparse.nearness import Floats, Nearness
    from geomap.geoparse.options import Area
    from geomap.geoparse.page import Around, Page
    from geomap.geoparse.recognise import Span

__all__ = ["Clues", "Look", "Scene", "Subject", "find_clues", "find_subjects", "survey"]


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


class Clues:
    """What stands beside the mentions of one name: chains and unit words."""

    __slots__ = ("held_by", "holds", "unit_types")

    def __init__(self) -> None:
        self.held_by: list[Name] = []
        self.holds: list[Name] = []
        self.unit_types: set[str] = set()

    def signature(self) -> tuple[object, ...]:
        """Return what two mentions must share to be resolved alike."""
        if not (self.held_by or self.holds or self.unit_types):
            return ()
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

    @property
    def is_held(self) -> bool:
        """Tell whether a country or unit beside a mention can speak for any candidate."""
        return bool(self.clues.held_by or self.held_elsewhere)

    @property
    def has_clues(self) -> bool:
        """Tell whether anything beside its mentions speaks for or against a candidate."""
        clues = self.clues
        return self.is_held or bool(clues.holds or clues.unit_types)


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
        for rival in self._most_voted(area_level(area)):
            if rival != area:
                return self.others_vote(key, rival) <= votes
        return True

    def _most_voted(self, level: int) -> list[Area]:
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
