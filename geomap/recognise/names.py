"""What the gazetteer knows about a name, made ready once for all articles.

News repeats itself: a few thousand names make nearly all mentions. Everything about a name that
does not depend on the article is worked out at its first use and kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geomap.gazetteer.layout import (
    ABBREVIATION,
    ADJECTIVE,
    EXACT_MARK,
    GENERATED,
    LOOSE_MARK,
    MAIN,
    OWN,
    PHRASE,
)
from geomap.languages.forms import find_form, folded_forms
from geomap.recognise.lexicon import (
    NAME_LINKS,
    ORGANISATION_HEADS,
    UNIT_WORDS,
    english_words,
    person_grades,
    word_grades,
)
from geomap.recognise.options import SEAT, likely_postings, rank_options
from geomap.runtime.memo import Memo
from geomap.text import arabic_key, fold_name, fold_token, has_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.gazetteer import Gazetteer
    from geomap.recognise.nearness import Floats
    from geomap.recognise.options import Area, Option

__all__ = ["LONGEST", "OTHER_SCRIPTS", "Name", "Names", "Start", "starts_name"]

_POSSESSIVES: Final = ("'s", "’s", "'S", "’S")
#: shorter words have too many namesakes in a looser spelling
_LOOSE_FROM: Final = 4
_LONGEST_ABBREVIATION: Final = 5
#: words up to this grade are words first ("On", "Circle"), whatever place is called so
_ORDINARY: Final = 4
#: from this letter on a name is in another script than Latin, where gazetteers list main names as others
OTHER_SCRIPTS: Final = "\u0370"
#: a place of 20,000: its name in another script is as good as its main name
_KNOWN_SIZE: Final = 4.3
#: a place of 50,000
_TOWN_SIZE: Final = 4.7
#: words of the longest name that is looked for
LONGEST: Final = 7
#: in front of a place's id: the key of a name that stands for this place and is written nowhere
PLACE_MARK: Final = "\x04"
#: words, pairs of words and names that are kept ready
_MOST_WORDS: Final = 200_000
_MOST_NAMES: Final = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """One key of the gazetteer: the places it can mean, and features of the name itself."""

    key: str
    options: tuple[Option, ...]
    features: tuple[str, ...]
    group: str
    is_adjective: bool
    is_abbreviation: bool
    #: not a place at all: an organisation, a work, a phrase
    is_phrase: bool
    #: rather a word of the language, or the head of an organisation's name, than a place
    is_ordinary_word: bool
    #: the countries and first-level units that this name can stand for
    holds: frozenset[Area]
    #: the countries and units in which the places lie whose main or listed name it is
    areas: frozenset[Area]
    #: unit vectors of the places, one row each
    points: Floats
    #: it can mean a unit and a town in it
    has_seat: bool = False
    #: nobody counted the people of any place of this name, and no table of ours lists it
    is_obscure: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """What can start at a word, or go on with it.

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


@dataclass(frozen=True, slots=True, eq=False)
class Loose:
    """A word in looser Arabic spelling: its key, what that alone names, and whether a longer name starts with it."""

    key: str
    name: Name | None
    longer: bool


_NOT_LOOSE: Final = Loose("", None, longer=False)


def _bucket(value: int, *bounds: int) -> int:
    return sum(value >= bound for bound in bounds)


_PHRASE_NAME: Final = Name(
    key="",
    options=(),
    features=(),
    group="phrase",
    is_adjective=False,
    is_abbreviation=False,
    is_phrase=True,
    is_ordinary_word=False,
    holds=frozenset(),
    areas=frozenset(),
    points=np.zeros((0, 3)),
)


class Names:
    """Finds names of a gazetteer, and keeps what it found.

    Args:
        gazetteer: The gazetteer to look names up in.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
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

    def _find_start(self, surface: str) -> Start:
        folded = fold_token(surface)
        key = folded + " "
        starts = starts_name(surface)
        longer = self.opens(key)
        name = self.name(key) if folded else None
        short = dotted = owner = None
        if starts and len(surface) <= _LONGEST_ABBREVIATION:
            short = self.name(EXACT_MARK + surface)
            dotted = self.name(f"{EXACT_MARK}{surface}.")
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
        goes_on = (
            starts
            or folded in NAME_LINKS
            or folded in UNIT_WORDS
            or surface[0].isdigit()
            or part is not None
        )
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
        return Loose(loose, self.loose(loose), longer=self.opens(f"{LOOSE_MARK}{loose} "))

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
        places = [(self._gazetteer.place(row), row, bits) for row, bits in likely]
        options = rank_options(places)
        adjective = all(option.bits & ADJECTIVE and not option.bits & MAIN for option in options)
        features, group = self._name_features(key, options, adjective=adjective)
        word = key.strip()
        return Name(
            key=key,
            options=options,
            features=features,
            group=group,
            is_adjective=adjective,
            is_abbreviation=key.startswith(EXACT_MARK),
            is_phrase=False,
            is_ordinary_word=0 < self._words.get(word, 0) <= _ORDINARY
            or word in ORGANISATION_HEADS,
            holds=frozenset(
                option.area for option in options if option.area and option.type != "adm2"
            ),
            areas=frozenset(
                area
                for option in options
                if option.bits & (MAIN | OWN | ABBREVIATION)
                for area in option.areas[:2]
            ),
            points=np.array([option.point for option in options]),
            has_seat=any(SEAT in option.static for option in options),
            is_obscure=not any(
                bits & (OWN | ABBREVIATION) or place.population for place, _, bits in places
            ),
        )

    def _name_features(
        self, key: str, options: tuple[Option, ...], *, adjective: bool
    ) -> tuple[tuple[str, ...], str]:
        words = key.strip(" \x01\x02\x03").split(" ")
        word = words[0] if len(words) == 1 else ""
        grade = self._words.get(word, 0)
        first, last = self._persons.get(word, (0, 0))
        listed = [option for option in options if option.bits & (MAIN | OWN)]
        if not listed and key[0] >= OTHER_SCRIPTS:
            listed = [option for option in options if option.size >= _KNOWN_SIZE]
        size = max((option.size for option in listed), default=0.0)
        kinds = {option.type for option in listed}
        if "country" in kinds or "continent" in kinds:
            group = "country"
        elif "adm1" in kinds:
            group = "adm1"
        elif "water" in kinds:
            group = "water"
        elif "region" in kinds:
            group = "region"
        elif not listed:
            group = "alt"
        elif "adm2" in kinds and len(words) > 1:
            group = "adm2"
        elif size >= 5.3:
            group = "metropolis"
        elif size >= 4.3:
            group = "city"
        else:
            group = "town"
        if adjective:
            group = "adjective"
        if key.startswith(LOOSE_MARK):
            group = "loose"
        if key.startswith(EXACT_MARK):
            group = "abbreviation"
        features = [
            f"group={group}",
            f"size={_bucket(round(size * 10), 30, 35, 40, 45, 50, 55, 60, 65)}"
            if size
            else f"size=none&{group}",
            f"words={min(len(words), 4)}",
            f"length={min(len(key), 9)}" if word else "length=many",
            f"namesakes={_bucket(len(options), 2, 4, 8, 16)}",
            f"ours={any(option.bits & OWN for option in options)}&{group}",
        ]
        if all(option.bits & GENERATED for option in options):
            features.append("generated")
        if word:
            if word in ORGANISATION_HEADS:
                features.append("organisation_word")
            features += [
                f"word={grade}",
                f"first={first}",
                f"last={last}",
                f"word={grade}&{group}",
                f"first={first}&{group}",
                f"last={last}&{group}",
            ]
        else:
            features += [f"words={min(len(words), 4)}&{group}"]
            if words[-1] in ("county", "river", "lake", "island", "city", "park", "township"):
                features.append(f"ends={words[-1]}")
        return tuple(features), group


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


def starts_name(surface: str) -> bool:
    """Tell whether a word can start a name: a capital, or a letter of a script without them."""
    char = surface[0]
    if char.isascii():
        return char.isupper()
    return char.isupper() or (char.isalpha() and not has_case(char))
