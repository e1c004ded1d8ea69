"""Places that a text spells in a way that no gazetteer lists: "Miramshah", where Miranshah lies nearby.

Names of villages reach an article through a script, an ear and a keyboard. A name that nobody knows, and that is a slip or a sound away from one
that lies in the unit that the text puts it in, or next to what the article names, is taken for it; further away it stays unknown.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from geomap.gazetteer.classes import is_country, is_populated, is_unit, unit_level
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.layout import LOOSE_MARK, NO_PLACE
from geomap.gazetteer.slips import CHANGED, SOUND, alike_names, near_names
from geomap.model import Candidate, Evidence, Mention, Resolution
from geomap.recognise.known import KnownPlaces
from geomap.recognise.lexicon import PLURAL_UNITS, UNIT_WORDS
from geomap.recognise.unknown import POSSIBLE
from geomap.runtime.memo import Memo
from geomap.text import arabic_key, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.gazetteer.lookup import Gazetteer
    from geomap.model import Article, Place
    from geomap.recognise.cues import UnknownName

__all__ = ["NearSpellings"]

#: how sure the places must be that others are looked for around
_SURE: Final = 0.5
#: letters that a name has at least: of one that is plainly a place, and of one that may be
_LETTERS: Final = 6
_MORE_LETTERS: Final = 7
#: kilometres from a place of the article, likewise
_NEAR_KM: Final = 100.0
_NEARER_KM: Final = 60.0
#: a unit so large says little about where a village lies
_WIDE_KM: Final = 80.0
#: places so near to each other are one for a map
_SAME_KM: Final = 10.0
#: of two places spelt as nearly, one must be so much nearer
_RATIO: Final = 3.0
#: how sure a place is whose name the words around it make a place's, and one that they only may
_CONFIDENCE: Final = 0.8
_LESS: Final = 0.7
#: names that are less surely a place's are none to look for
_LEAST_SURE: Final = 0.5
_MOST_NAMES: Final = 20_000
#: places of an article that others are looked for around: what is compared with each stays a matter of the names alone
_MOST_PLACES: Final = 200


class _Surroundings(NamedTuple):
    """What an article names: places to be near to, the ids of units to be in, and the countries that it speaks of."""

    places: list[Place]
    units: frozenset[str]
    countries: frozenset[str | None]


def _look_around(literal: KnownPlaces) -> _Surroundings:
    sure = {
        item.place.id: item.place
        for item in literal
        if item.place is not None and item.confidence >= _SURE
    }
    small = (
        place
        for place in sure.values()
        if not is_country(place.feature) and place.radius_km <= _WIDE_KM
    )
    units = frozenset(id_ for id_, place in sure.items() if is_unit(place.feature))
    places = list(islice(small, _MOST_PLACES))
    return _Surroundings(places, units, literal.countries - {None})


class NearSpellings:
    """Finds places by what their names are spelt like.

    Args:
        gazetteer: Where names are looked up.
        evidence: Whether to say what speaks for each place.
        why: Whether to say it in a word.
    """

    def __init__(self, gazetteer: Gazetteer, *, evidence: bool, why: bool) -> None:
        self._gazetteer = gazetteer
        self._evidence, self._why = evidence, why
        self._near = Memo(self._find_near, _MOST_NAMES).__getitem__
        self._alike = Memo(self._find_alike, _MOST_NAMES).__getitem__

    def add(
        self, article: Article, rest: Sequence[UnknownName], found: Sequence[Resolution]
    ) -> tuple[Resolution, ...]:
        """Return the mentions of an article, those with their place that are spelt nearly like one nearby.

        Args:
            article: The article.
            rest: Names that nothing, or but where they stand in the sentence, makes places'; only those that are found are mentions.
            found: The mentions, those of unknown places among them.
        """
        unknown = [item for item in found if _is_open(item)]
        if not unknown and not any(name.cue == POSSIBLE for name in rest):
            return tuple(found)
        around = _look_around(KnownPlaces(found))
        if not around.countries:
            return tuple(found)
        named: dict[str, Place] = {}
        result = []
        for item in found:
            place = None
            if _is_open(item):
                where = article.text, item.mention.start, item.mention.end
                place = self._find(where, item.within, around, _LETTERS, _NEAR_KM)
            if place is not None:
                named |= dict.fromkeys(_forms(item.mention.surface), place)
                item = self._put(item, place, _CONFIDENCE)  # noqa: PLW2901
            result.append(item)
        for name in rest:
            surface = article.text[name.start : name.end]
            if name.cue == POSSIBLE and surface not in named:
                where = article.text, name.start, name.end
                place = self._find(where, None, around, _MORE_LETTERS, _NEARER_KM)
                if place is not None:
                    named[surface] = place
        result += self._find_again(article, rest, named)
        return tuple(sorted(result, key=lambda item: (item.mention.start, item.mention.end)))

    def _find_again(
        self, article: Article, rest: Sequence[UnknownName], named: Mapping[str, Place]
    ) -> Iterator[Resolution]:
        """Yield the mentions of the places that were found, by these words or nearly these."""
        ids = {place.id for place in named.values()}
        for name in rest if ids else ():
            surface = article.text[name.start : name.end]
            place = named.get(surface)
            if place is None and _count_letters(surface) >= _LETTERS:
                again = (place for place in self._alike(fold_name(surface)) if place.id in ids)
                place = next(again, None)
            if place is not None:
                mention = Mention(
                    article_id=article.id,
                    start=name.start,
                    end=name.end,
                    surface=surface,
                    kind="literal",
                )
                yield self._put(Resolution(mention=mention, status="unknown"), place, _LESS)

    def _put(self, item: Resolution, place: Place, confidence: float) -> Resolution:
        """Return a mention with a place that its name is spelt nearly like."""
        detail = f"it is spelt nearly like {place.name}, which lies where the article speaks of"
        evidence = (Evidence(feature="spelling=near", value=1.0, weight=1.0, detail=detail),)
        candidate = Candidate(place=place, score=1.0, evidence=evidence)
        return replace(
            item,
            place=place,
            status="resolved",
            confidence=confidence,
            candidates=(candidate,) if self._evidence else (),
            span_evidence=(*item.span_evidence, *evidence) if self._evidence else (),
            why=("near_spelling",) if self._why else (),
            within=None,
        )

    def _find(
        self,
        where: tuple[str, int, int],
        within: Place | None,
        around: _Surroundings,
        letters: int,
        reach: float,
    ) -> Place | None:
        """Return the place that lies where it must and is spelt most nearly so; None where there is none, or several."""
        text, start, end = where
        surface = text[start:end]
        if _count_letters(surface) < letters:
            return None
        wants_unit = _is_called_unit(text, start, end)
        ranked = []
        for place, count in self._near(fold_name(surface)):
            far = _how_far(place, count, within, around, reach)
            if far <= reach:
                ranked.append((count, is_unit(place.feature) != wants_unit, far, place.id, place))
        ranked.sort(key=itemgetter(0, 1, 2, 3))
        if not ranked:
            return None
        count, kind, far, _, best = ranked[0]
        for other_count, other_kind, other_far, _, other in ranked[1:]:
            if (other_count, other_kind) != (count, kind) or _km(best, other) < _SAME_KM:
                continue
            if other_far <= _RATIO * far + 1:
                return None
        return best

    def _find_near(self, folded: str) -> list[tuple[Place, int]]:
        """Return the towns, villages and units with nearly a name, and by how much it differs."""
        return self._find_places(folded, near_names(self._gazetteer, folded))

    def _find_alike(self, folded: str) -> list[Place]:
        """Return the towns, villages and units with a name, or with one that is a letter of sound away."""
        names = dict.fromkeys(alike_names(self._gazetteer, folded), SOUND)
        return [place for place, _ in self._find_places(folded, names)]

    def _find_places(self, folded: str, names: Mapping[str, int]) -> list[tuple[Place, int]]:
        """Return the towns, villages and units with a name or one near it, and by how much that differs."""
        found: dict[int, int] = {}
        keys = {f"{name} ": count for name, count in names.items()}
        keys[f"{folded} "] = 0
        if folded.isascii():
            keys[f"{LOOSE_MARK}{arabic_key(folded)} "] = 0
        for key, count in keys.items():
            for row, _ in self._gazetteer.find(key):
                if row != NO_PLACE:
                    found[row] = min(count, found.get(row, CHANGED))
        places = ((self._gazetteer.place(row), count) for row, count in found.items())
        return [(place, count) for place, count in places if _can_be_meant(place.feature)]


def _is_open(item: Resolution) -> bool:
    is_place = item.mention.kind == "literal" and item.confidence >= _LEAST_SURE
    return is_place and item.status == "unknown"


def _can_be_meant(feature: str) -> bool:
    return is_populated(feature) or is_unit(feature)


def _count_letters(surface: str) -> int:
    return sum(map(str.isalpha, surface))


#: the next word behind a name
_BEHIND: Final = re.compile(r"[^\S\n](\w+)")


def _is_called_unit(text: str, start: int, end: int) -> bool:
    """Return whether the word of a unit ends a name or stands behind it: "Demawso Township", "Barrow and Harris counties"."""
    last = text[start:end].rsplit(maxsplit=1)[-1].lower()
    behind = _BEHIND.match(text, end)
    words = {last, behind[1].lower() if behind else ""}
    return any(UNIT_WORDS.get(word, "P") != "P" or word in PLURAL_UNITS for word in words)


def _how_far(
    place: Place, count: int, within: Place | None, around: _Surroundings, reach: float
) -> float:
    """Return how many kilometres a place lies from what the text speaks of; infinity where it cannot be meant.

    ``count`` is how much the spelling differs: the more it does, the nearer the place must be.
    """
    if place.country not in around.countries:
        return math.inf
    if within is not None and not is_country(within.feature):
        if not _lies_in(place, within):
            return math.inf
        if within.radius_km <= _WIDE_KM:
            return 0.0
    if count == CHANGED:
        return math.inf
    far = min((_km(place, other) for other in around.places), default=math.inf)
    if count == SOUND and not around.units.isdisjoint((place.admin1_id, place.admin2_id)):
        return min(far, reach)
    return far


def _lies_in(place: Place, unit: Place) -> bool:
    if unit.id in (place.admin1_id, place.admin2_id):
        return True
    return unit_level(unit.feature) > 1 and _km(place, unit) <= 1.5 * unit.radius_km + 10


def _km(place: Place, other: Place) -> float:
    return distance_km(place.lat, place.lon, other.lat, other.lon)


def _forms(surface: str) -> list[str]:
    """Return a name, and what it is called without the word of its unit: "Shebekinsky District"."""
    first, _, last = surface.rpartition(" ")
    return [surface, first] if last.lower() in UNIT_WORDS and first else [surface]
