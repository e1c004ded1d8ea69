"""From an article's resolved mentions to the same with the relations that the text puts around them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geomap.model import Mention, Relation, Resolution
from geomap.relations.meant import (
    find_meant_places,
    find_neighbour,
    find_place_beside,
    has_neighbours,
    is_about_a_border,
)
from geomap.relations.pairs import PAIR_FINDERS
from geomap.relations.phrases import SINGLE_FINDERS
from geomap.relations.references import find_references
from geomap.relations.spots import find_spots, is_town

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.model import Place, RelationType
    from geomap.relations.spots import Phrase

__all__ = ["add_relations", "find_phrases", "relate_again"]

#: where two phrases overlap, the one that says more stays
_ORDER: Final = {
    name: rank
    for rank, name in enumerate(
        ("along", "border", "between", "offset", "distance", "near", "direction", "part")
    )
}


#: what lies near a place, and not somewhere in it, between or along
_BESIDE_A_PLACE: Final = frozenset(["distance", "direction", "offset", "near"])


def find_phrases(text: str, resolutions: Sequence[Resolution]) -> list[Phrase]:
    """Return the phrases of a text that relate something to its mentions, left to right.

    None overlaps another, and each mention is the anchor of one at most.
    """
    hopeful, spots = find_spots(text, resolutions)
    found: list[Phrase] = []
    for spot in hopeful:
        for pair_finder in PAIR_FINDERS:
            phrase = pair_finder(spot, spots, text)
            if phrase is not None:
                found.append(phrase)
                break
        for finder in SINGLE_FINDERS:
            phrase = finder(spot)
            if phrase is not None:
                found.append(phrase)
                break
    if len(found) > 1:
        found = _without_overlaps(found)
    references = find_references(text, resolutions, found, SINGLE_FINDERS)
    return sorted([*found, *references], key=lambda phrase: phrase.start) if references else found


def _rank(phrase: Phrase) -> int:
    """Return how little a phrase says; a distance from a border says what the border does."""
    return _ORDER["border" if phrase.is_from_border else phrase.type]


def _without_overlaps(found: list[Phrase]) -> list[Phrase]:
    """Keep of phrases that overlap, or have the same anchor, the one that says most; sort the kept."""
    kept: list[Phrase] = []
    starts: list[int] = []
    anchors: set[int] = set()
    for phrase in sorted(found, key=lambda item: (_rank(item), item.start - item.end, item.start)):
        at = bisect_right(starts, phrase.start)
        free = (at == 0 or kept[at - 1].end <= phrase.start) and (
            at == len(kept) or phrase.end <= kept[at].start
        )
        if free and phrase.anchor not in anchors:
            kept.insert(at, phrase)
            starts.insert(at, phrase.start)
            anchors.add(phrase.anchor)
    return kept


def add_relations(
    text: str, resolutions: Sequence[Resolution], gazetteer: Gazetteer | None = None
) -> tuple[Resolution, ...]:
    """Return an article's mentions with the relations that its text puts around them.

    Args:
        text: The text of the article.
        resolutions: Its mentions, sorted by where they start. None is added or removed, none gets
            another place. Embedded names get no relation, unknown places one without a point.
        gazetteer: Where the town is looked up that "north of Idlib" is seen from, where Idlib was
            taken for the province; None for the province's own point.
    """
    phrases = find_phrases(text, resolutions)
    if not phrases:
        return tuple(resolutions)
    related = list(resolutions)
    for phrase in phrases:
        relation = _describe(text, phrase, resolutions, gazetteer)
        if relation is not None:
            related[phrase.anchor] = replace(related[phrase.anchor], relation=relation)
    return tuple(related)


def relate_again(text: str, surface: str, kind: RelationType, place: Place) -> Relation | None:
    """Return the relation that a phrase by itself puts around another place than it was found around.

    Args:
        text: The phrase, as a relation has it.
        surface: The name in it.
        kind: The type of the relation; None is returned where the phrase by itself has another.
        place: What the name means.

    >>> from geomap.model import Place
    >>> homs = Place(id="h", name="Homs", lat=34.724, lon=36.7256, feature="PPLA")
    >>> round(relate_again("20 km north of Hims", "Hims", "offset", homs).lat, 2)
    34.9
    """
    start = text.rfind(surface) if surface else -1
    if start < 0:
        return None
    mention = Mention(
        article_id="", start=start, end=start + len(surface), surface=surface, kind="literal"
    )
    found = [Resolution(mention=mention, status="resolved", place=place)]
    phrases = find_phrases(text, found)
    if [phrase.type for phrase in phrases] != [kind]:
        return None
    return _describe(text, phrases[0], found)


def _describe(
    text: str,
    phrase: Phrase,
    resolutions: Sequence[Resolution],
    gazetteer: Gazetteer | None = None,
) -> Relation | None:
    """Return the relation that a phrase describes; None where nobody knows on which side of a country."""
    from geomap.relations.drawing import Question, draw  # noqa: PLC0415 - shapely, where it is needed
    from geomap.relations.roads import find_towns_between  # noqa: PLC0415 - numpy, where it is needed

    places = find_meant_places(text, phrase, resolutions, gazetteer)
    known = tuple(place for place in places if place is not None)
    if len(known) < len(places):
        return _describe_words(text, phrase, tuple(place.id for place in places[1:] if place))
    place, *others = known
    via: tuple[Place, ...] = ()
    if gazetteer and phrase.form == "road" and others and is_town(place) and is_town(others[0]):
        via = find_towns_between(place, others[0], gazetteer)
    neighbour = beside = None
    if is_about_a_border(phrase, place):
        beside = find_place_beside(text, phrase, resolutions)
        if not others:
            neighbour = find_neighbour(place, resolutions, phrase.anchor, beside)
        is_open = not others and neighbour is None and has_neighbours(place)
        if is_open and phrase.type == "near":
            return None
        if is_open and beside is None and phrase.type != "border":
            return replace(_describe_words(text, phrase, ()), precision=5)
    drawing = draw(
        Question(
            type=phrase.type,
            form=phrase.form,
            place=place,
            others=tuple(others),
            km=phrase.km,
            low=phrase.low,
            high=phrase.high,
            azimuth=phrase.azimuth,
            neighbour=neighbour,
            beside=beside,
            via=via,
        )
    )
    return replace(
        _describe_words(text, phrase, tuple(other.id for other in others)),
        lat=drawing.lat,
        lon=drawing.lon,
        radius_km=drawing.radius_km,
        geometry=drawing.geometry,
        precision=drawing.precision,
    )


def _describe_words(text: str, phrase: Phrase, others: tuple[str, ...]) -> Relation:
    """Return what a phrase says, without the point and the shape that only a known place gives it."""
    return Relation(
        text=text[phrase.start : phrase.end],
        type=phrase.type,
        start=phrase.start,
        end=phrase.end,
        distance_km=phrase.km,
        azimuth=phrase.azimuth,
        others=others,
        precision=2 if phrase.type in _BESIDE_A_PLACE and phrase.form != "toward" else 5,
    )
