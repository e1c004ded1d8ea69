"""What the gazetteer knows about a name, made ready once for all articles.

News repeats itself: a few thousand names make nearly all mentions. Everything about a name that
does not depend on the article is worked out at its first use and kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from geomap.gazetteer.layout import (
    ABBREVIATION,
    EXACT_MARK,
    GENERATED,
    LOOSE_MARK,
    MAIN,
    OWN,
    PHRASE,
)
from geomap.languages.forms import find_form, folded_forms
from geomap.recognise.lexicon import (
    BEFORE_FACILITY,
    FACILITY_WORDS,
    NAME_LINKS,
    ORGANISATION_HEADS,
    PLACE_HEADS,
    UNIT_WORDS,
    english_words,
    person_grades,
    word_grades,
)
from geomap.recognise.name_features import find_name_features, is_adjective
from geomap.recognise.options import likely_postings, rank_options
from geomap.runtime.memo import Memo
from geomap.text import arabic_key, fold_name, fold_token, has_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.gazetteer import Gazetteer
    from geomap.gazetteer.traits import Area
    from geomap.recognise.nearness import Floats
    from geomap.recognise.options import Option

__all__ = ["LONGEST", "Name", "Names", "Start", "may_go_on", "starts_name"]

_POSSESSIVES: Final = ("'s", "’s", "'S", "’S")
#: shorter words have too many namesakes in a looser spelling
_LOOSE_FROM: Final = 4
_LONGEST_ABBREVIATION: Final = 5
#: words up to this grade are words first ("On", "Circle"), whatever place is called so
_ORDINARY: Final = 4
#: a place of 50,000
_TOWN_SIZE: Final = 4.7
#: words of the longest name that is looked for
LONGEST: Final = 7
#: words in lower case within names
_GOING_ON: Final = NAME_LINKS | frozenset(UNIT_WORDS) | FACILITY_WORDS | BEFORE_FACILITY | {"sub"}
#: in front of a place's id: the key of a name that stands for this place and is written nowhere
PLACE_MARK: Final = "\x04"
#: words, pairs of words and names that are kept ready
_MOST_WORDS: Final = 200_000
_MOST_NAMES: Final = 50_000


class Name:
    """One key of the gazetteer: the places it can mean, and features of the name itself.

    What few names are asked for is worked out when they are.

    Args:
        key: The key.
        options: The places that it can mean, most important first; none where it is not a place at all, but an organisation, a
            work, a phrase.
        features: The features of the name alone, and its ``group`` among names.
        is_ordinary_word: Whether it is rather a word of the language, or the head of an organisation's name, than a place.
    """

    def __init__(
        self,
        key: str,
        options: tuple[Option, ...] = (),
        features: tuple[str, ...] = (),
        group: str = "phrase",
        *,
        is_ordinary_word: bool = False,
    ) -> None:
        self.key = key
        self.options = options
        self.features = features
        self.group = group
        self.is_adjective = is_adjective(options)
        self.is_abbreviation = key.startswith(EXACT_MARK)
        self.is_phrase = not options
        self.is_ordinary_word = is_ordinary_word

    @cached_property
    def holds(self) -> frozenset[Area]:
        """The countries and first-level units that this name can stand for."""
        return frozenset(
            option.area for option in self.options if option.area and option.type != "adm2"
        )

    @cached_property
    def areas(self) -> frozenset[Area]:
        """The countries and units in which the places lie whose main or listed name it is."""
        return frozenset(
            area
            for option in self.options
            if option.bits & (MAIN | OWN | ABBREVIATION)
            for area in option.areas[:2]
        )

    @cached_property
    def points(self) -> Floats:
        """Unit vectors of the places, one row each."""
        return np.array([option.point for option in self.options])

    @cached_property
    def has_seat(self) -> bool:
        """Whether it can mean a unit and a town in it."""
        return any(option.is_seat for option in self.options)

    @property
    def is_obscure(self) -> bool:
        """Whether nobody counted the people of any place of this name, and no table of ours lists it."""
        return not self.is_phrase and not any(
            option.bits & (OWN | ABBREVIATION) or option.population for option in self.options
        )


@dataclass(slots=True, eq=False)
class Start:
    """What can start at a word, or go on with it; never changed, and made faster than if it were frozen.

    ``is_capital`` tells a capital, or a letter of a script without them: what can start a name;
    ``short`` and ``dotted`` are what it abbreviates, without and with a full stop after it; ``owner`` is
    the name before a possessive "'s" and ``bare`` the folded word before it;
    ``part`` where the name stands in a word with a particle, ``forms`` what an inflected word can be.
    """

    folded: str
    is_capital: bool
    name: Name | None
    longer: bool
    goes_on: bool
    short: Name | None
    dotted: Name | None
    owner: Name | None
    bare: str
    part: tuple[int, int] | None = None
    forms: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Loose:
    """A word in looser Arabic spelling: its key, what that alone names, and whether a longer name starts with it."""

    key: str
    name: Name | None
    longer: bool


_NOT_LOOSE: Final = Loose("", None, longer=False)


_PHRASE_NAME: Final = Name("")


class Names:
    """Finds names of a gazetteer, and keeps what it found.

    Args:
        gazetteer: The gazetteer to look names up in.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._has = gazetteer.has
        self._words = word_grades()
        self._english = english_words()
        self._persons = person_grades()
        #: what can start at a word, by the word
        self.start: Callable[[str], Start] = Memo(self._find_start, _MOST_WORDS).__getitem__
        #: a folded word in looser Arabic spelling; few words are asked for that
        self.loosely: Callable[[str], Loose] = Memo(self._find_loose, _MOST_WORDS).__getitem__
        #: the name under a key of the index, None where it has none
        self.name: Callable[[str], Name | None] = Memo(self._find_name, _MOST_NAMES).__getitem__
        #: whether a name starts with two folded words
        self.opens_pair: Callable[[tuple[str, str]], bool] = Memo(
            self._find_pair, _MOST_WORDS
        ).__getitem__
        self._places: dict[str, Name | None] = {}

    def _known(self, key: str) -> Name | None:
        """Return the name under a key that has most likely none; that is asked first, and not kept."""
        return self.name(key) if self._has(key) else None

    def _find_start(self, surface: str) -> Start:
        folded = fold_token(surface)
        key = folded + " "
        starts = starts_name(surface)
        longer = self.opens(key)
        name = self._known(key) if folded else None
        short = dotted = owner = None
        if starts and len(surface) <= _LONGEST_ABBREVIATION:
            short = self._known(EXACT_MARK + surface)
            dotted = self._known(f"{EXACT_MARK}{surface}.")
        if name is not None and surface.isupper() and name.is_obscure:
            name = None  # "CETA" is no village Ceta
        if surface.endswith(_POSSESSIVES):
            owner = self.name(fold_token(surface[:-2]) + " ")
            name = None  # "Steele's" is not Steeles
        form = None
        if owner is None and (name is None or name.group == "alt" or not starts):
            form = find_form(self, surface, name, _renown)
        part = None
        if form is not None:
            name = form.name or name
            part = (form.start, form.end) if form[1:] != (0, len(surface)) else None
        # "d'Alene" goes on after "Coeur"
        goes_on = starts or folded in _GOING_ON or surface[0].isdigit() or part is not None
        forms = folded_forms(surface, folded)
        return Start(
            folded=folded,
            is_capital=starts,
            name=name,
            longer=longer,
            goes_on=goes_on,
            short=short,
            dotted=dotted,
            owner=owner,
            bare=fold_token(surface[:-2]) if surface.endswith(_POSSESSIVES) else "",
            part=part,
            forms=forms,
        )

    def _find_loose(self, folded: str) -> Loose:
        if not folded.isascii() or len(folded) < _LOOSE_FROM or folded in self._words:
            return _NOT_LOOSE
        loose = arabic_key(folded)
        key = f"{LOOSE_MARK}{loose} "
        if not self._gazetteer.begins(key):
            return Loose(loose, None, longer=False)
        name = None if folded in PLACE_HEADS else self.name(key)  # "Khirbet" alone is no village
        return Loose(loose, name, longer=self.opens(key))

    def _find_pair(self, words: tuple[str, str]) -> bool:
        return self._gazetteer.begins(" ".join(words) + " ")

    def opens(self, key: str) -> bool:
        """Tell whether a longer name starts with some folded words."""
        return self._gazetteer.opens(key)

    def longest(self, folded_words: str) -> tuple[Name, int] | None:
        """Return the longest name that some folded words start with, and its count of words."""
        for key in reversed(self._gazetteer.prefixes(folded_words)):
            name = self.name(key)
            if name is not None:
                return name, key.count(" ")
        return None

    def abbreviation(self, surface: str) -> Name | None:
        """Return the name that is abbreviated in exactly this way."""
        return self.name(EXACT_MARK + surface)

    def is_phrase(self, surface: str) -> bool:
        """Return whether some words are the known name of something that is no place."""
        name = self.name(fold_name(surface) + " ")
        return name is not None and name.is_phrase

    def loose(self, key: str) -> Name | None:
        """Return the Arabic name that is also spelt in a way with this loose key."""
        return self.name(f"{LOOSE_MARK}{key} ")

    def _find_name(self, key: str) -> Name | None:
        postings = self._gazetteer.find(key)
        if not postings or self._is_rather_a_word(key, postings):
            return None
        name = self._make(key, postings)
        word = key[:-1]
        if word in self._english and word not in self._words and _is_little_known(name):
            return None  # a usual word that no place of the embedded gazetteer is called by, as "Some" is elsewhere
        return name

    def _is_rather_a_word(self, key: str, postings: list[tuple[int, int]]) -> bool:
        """Return whether a spelling that no source lists, made by a rule, is a word or a person's name."""
        if not postings[0][1] & GENERATED:  # a made one yields to listed ones: all are, or none is
            return False
        word = key.strip()
        return word in self._words or word in self._persons

    def of_place(self, place_id: str) -> Name | None:
        """Return a name that means one place alone.

        No text holds it: its key is none of the index's. None where the gazetteer lacks the place.
        """
        if place_id not in self._places:
            row = self._gazetteer.row_of_id(place_id)
            key = f"{PLACE_MARK}{place_id}"
            self._places[place_id] = None if row is None else self._make(key, [(row, MAIN)])
        return self._places[place_id]

    def _make(self, key: str, postings: list[tuple[int, int]]) -> Name:
        if any(bits & PHRASE for _, bits in postings):
            return _PHRASE_NAME
        likely = likely_postings(postings)
        traits = self._gazetteer.traits
        places = [(traits(row), row, bits) for row, bits in likely]
        options = rank_options(places)
        word = key.strip()
        features, group = find_name_features(key, options)
        ordinary = 0 < self._words.get(word, 0) <= _ORDINARY or word in ORGANISATION_HEADS
        return Name(key, options, features, group, is_ordinary_word=ordinary)


#: groups of names that an inflected word may stand for; a village's must be spelt out
_WELL_KNOWN: Final = frozenset(
    ["country", "adm1", "water", "region", "metropolis", "city", "adjective"]
)


def _renown(name: Name) -> float:
    """Return how well known a name is, -1 where an inflected word must not stand for it."""
    listed = any(option.bits & OWN for option in name.options)
    if name.is_phrase or not (listed or name.group in _WELL_KNOWN):
        return -1.0
    return max(option.size for option in name.options)


def _is_little_known(name: Name) -> bool:
    """Return whether no place of a name is larger than a town; lists of places in a language hold words, too."""
    return not name.is_phrase and all(option.size < _TOWN_SIZE for option in name.options)


def _find_out(surface: str) -> bool:
    plain = surface.isascii() and surface.isalpha()
    return not plain or fold_token(surface) in _GOING_ON


#: whether a word in lower case can be part of a name that began before; most are told without a look-up
may_go_on: Final[Callable[[str], bool]] = Memo(_find_out, _MOST_WORDS).__getitem__


def starts_name(surface: str) -> bool:
    """Tell whether a word can start a name: a capital, or a letter of a script without them."""
    char = surface[0]
    if char.isascii():
        return char.isupper()
    return char.isupper() or (char.isalpha() and not has_case(char))
