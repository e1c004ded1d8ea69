"""What an article's names say together: chains, votes, and who is near whom.

Every name votes for the countries and units that its candidates lie in, by the odds that it has so
far; each name counts once, however often it is repeated, and in no order.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from geomap.recognise.lexicon import PLURAL_UNITS, UNIT_WORDS
from geomap.recognise.nearness import find_nearness
from geomap.recognise.options import area_level
from geomap.resolve.frontiers import find_neighbours
from geomap.resolve.holders import find_holders, lower_word
from geomap.resolve.levels import find_hints, find_predicate
from geomap.resolve.vicinity import find_vicinity
from geomap.text import sentences_of

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
    "ANY_UNIT",
    "UNIT_TYPES",
    "Clues",
    "Look",
    "Scene",
    "Subject",
    "find_clues",
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


class Clues:
    """What stands beside the mentions of one name: chains and unit words."""

    __slots__ = (
        "after_plural",
        "held_by",
        "hints",
        "holds",
        "in_plural",
        "listed",
        "neighbours",
        "opened",
        "unit_types",
        "vicinity",
    )

    def __init__(self) -> None:
        #: what it lies near
        self.vicinity: Vicinity | None = None
        #: what lies across a border from it
        self.neighbours: list[Name] = []
        self.held_by: list[Name] = []
        self.holds: list[Name] = []
        self.unit_types: set[str] = set()
        #: whether it stands in a list before a unit word in the plural
        self.in_plural = False
        #: whether it goes on a list that a unit word in the plural opens
        self.after_plural = False
        #: words beside a name that can mean a unit and a town, which tell them apart
        self.hints: set[str] = set()
        #: the names next to it in a list
        self.listed: list[Name] = []
        #: the unit that the sentence of its list opens with
        self.opened: Name | None = None

    def signature(self) -> tuple[object, ...]:
        """Return what two mentions must share to be resolved alike."""
        beside = self.held_by or self.holds or self.unit_types or self.hints
        if not (beside or self.opened or self.neighbours or self.vicinity):
            return ()
        return (
            tuple(sorted(name.key for name in self.neighbours)),
            tuple(sorted(name.key for name in self.held_by)),
            tuple(sorted(name.key for name in self.holds)),
            tuple(sorted(self.unit_types)),
            tuple(sorted(self.hints)),
            self.opened.key if self.opened else "",
            (self.vicinity.name.key, self.vicinity.km) if self.vicinity else (),
        )


def find_clues(page: Page, span: Span, around: Around) -> Clues:
    """Return the clues beside one mention."""
    clues = Clues()
    clues.held_by += find_holders(page, span, around)
    if page.has_borders:
        clues.neighbours += find_neighbours(page, span, around)
    if around.end_gap == "'s":
        following = page.starts.get(span.last + 1)
        if following is not None and span.name.holds:
            clues.holds.append(following.name)
    previous = page.ends.get(span.first - 1)
    if previous is not None and around.start_gap in (",", "(") and span.name.holds:
        clues.holds.append(previous.name)
    clues.vicinity = find_vicinity(page, span, around)
    unit = UNIT_WORDS.get(lower_word(page, span.last + 1)) if around.end_gap == "_" else None
    if unit is None and span.last > span.first:
        unit = UNIT_WORDS.get(lower_word(page, span.last))
    if unit:
        clues.unit_types.add(unit)
    if around.start_gap == "n" and around.end_gap in _DATELINE_GAPS and span.surface.isupper():
        clues.unit_types.add("dateline")
    if around.after == "based" and around.end_gap in _BASED_GAPS:
        clues.unit_types.add("P")
    if around.start_gap == "_" and lower_word(page, span.first - 1) in ("of", "in"):
        unit = _unit_before(page, span)
        if unit:
            clues.unit_types.add(unit)
    if span.name.has_seat:
        predicate = find_predicate(page, span, around)
        if predicate and not clues.unit_types:
            clues.unit_types.add(predicate)
        clues.hints = find_hints(page, span, around)
    return clues


def _unit_before(page: Page, span: Span) -> str | None:
    """Return what the words before a name make of it: "the village of X" a village, "a village of X" a unit.

    "The villages of X and Y" are villages, "villages in X" lie in a unit.
    """
    link, noun = lower_word(page, span.first - 1), lower_word(page, span.first - 2)
    if noun in _ALWAYS_PARTS:
        return ANY_UNIT
    if noun in _PARTS_OF_TOWNS and span.name.has_seat:
        return None if lower_word(page, span.first - 3) in _FRACTIONS else "P"
    if noun in _PARTS:
        before = [lower_word(page, index) for index in range(span.first - 3, span.first - 7, -1)]
        article = next((word for word in before if word in _ARTICLES), "")
        is_one_of_many = noun.endswith("s") or link == "in"
        if article in _INDEFINITE or (is_one_of_many and article not in ("the", "nearby")):
            return ANY_UNIT
    return UNIT_WORDS.get(noun) if link == "of" else None


UNIT_TYPES: Final = frozenset(["adm1", "adm2"])
#: the type of a name that a unit of any level has
ANY_UNIT: Final = "ADM"
#: what lies in a unit: "a village of Pale", "villages in Marib"
_PARTS: Final = frozenset(
    "village villages hamlet hamlets town towns district districts settlements communities areas localities".split()
)
_INDEFINITE: Final = frozenset(["a", "an", "another", "one"])
_ARTICLES: Final = _INDEFINITE | frozenset(["the", "nearby"])
_ALWAYS_PARTS: Final = frozenset(["countryside", "hinterland"])
#: what lies in a town: "the residential quarters of El Fasher"
_PARTS_OF_TOWNS: Final = frozenset(
    "quarters neighbourhood neighbourhoods neighborhood neighborhoods suburb suburbs downtown".split()
)


#: before "quarters" that are none of a town's: "three quarters of Gaza"
_FRACTIONS: Final = frozenset(["three", "two"])


def _share_in_lists(page: Page, found: Sequence[tuple[Span, Clues]]) -> None:
    """Give what stands behind a list to all of it: "the Juba and Harib districts of Marib", "A, B and C in the Y region".

    A holder counts for an earlier name only if it can hold it: a list can go on with a name that it does not.
    """
    for (span, clues), (following, behind) in pairwise(found):
        if page.text[span.end : following.start].replace("\n", " ") not in _LIST_GAPS:
            continue
        clues.listed.append(following.name)
        behind.listed.append(span.name)
        if _opens_plural(page, span) or clues.after_plural:
            behind.unit_types |= clues.unit_types
            behind.after_plural = True
    for (span, clues), (following, behind) in zip(
        reversed(found[:-1]), reversed(found[1:]), strict=True
    ):
        if page.text[span.end : following.start].replace("\n", " ") not in _LIST_GAPS:
            continue
        if _ends_in_plural(page, following) or behind.in_plural:
            clues.unit_types |= behind.unit_types
            clues.in_plural = True
            clues.held_by += [holder for holder in behind.held_by if holder not in clues.held_by]
            continue
        clues.held_by += [
            holder
            for holder in behind.held_by
            if holder not in clues.held_by
            and any(not holder.holds.isdisjoint(option.areas) for option in span.name.options)
        ]


def _share_openings(page: Page, found: Sequence[tuple[Span, Clues]]) -> None:
    """Put the lists of a sentence into the unit that it opens with: "In the Sumy region, A, B and C were shelled", "Sumy region: A, B"."""
    sentences = None
    opening, until = None, 0
    for span, clues in found:
        if opening is not None and span.start < until:
            if clues.listed and not clues.held_by and span.name is not opening:
                clues.opened = opening
            continue
        opening = None
        if not (clues.unit_types & _UNIT_WORDS and span.name.holds):
            continue
        sentences = sentences or sentences_of(page.text)
        low, high = sentences.bounds(span.start, span.end)
        before = page.text[low : span.start].split()
        if before in _OPENINGS or (not before and page.text.startswith(":", span.end)):
            opening, until = span.name, high


_UNIT_WORDS: Final = frozenset(["ADM1", "ADM2"])
#: words before a unit that a sentence is about
_OPENINGS: Final = (["In"], ["In", "the"], ["Across"], ["Across", "the"], ["Throughout", "the"])


def _opens_plural(page: Page, span: Span) -> bool:
    """Return whether a unit word in the plural stands before a name: "the provinces of X, Y", "four provinces of Yemen, X, Y"."""
    return (
        lower_word(page, span.first - 1) == "of"
        and lower_word(page, span.first - 2) in PLURAL_UNITS
    )


def _ends_in_plural(page: Page, span: Span) -> bool:
    """Return whether the last name of a list takes a unit word in the plural with it, or has one behind it."""
    last = lower_word(page, span.last)
    return last in PLURAL_UNITS or lower_word(page, span.last + 1) in (PLURAL_UNITS | _PLURAL_TOWNS)


_PLURAL_TOWNS: Final = frozenset(["cities", "towns", "villages"])
_LIST_GAPS: Final = frozenset([", ", " and ", ", and ", " or ", " & "])


#: a "Washington-based" group sits in a town
_BASED_GAPS: Final = ("-", "_")
#: what follows a dateline's town: "PARIS (AFP) —", "PARIS —", "PARIS, France —"
_DATELINE_GAPS: Final = ("(", "—", "–", "-", ",", ":")


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
        beside = clues.held_by or clues.neighbours or clues.opened
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
    found = [(span, find_clues(page, span, around)) for span, around in spans]
    _share_in_lists(page, found)
    _share_openings(page, found)
    for span, clues in found:
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
