"""From an article's resolved mentions to the same with the relations that the text puts around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geomap.model import Mention, Relation, Resolution
from geomap.relations.directions import DIRECTION
from geomap.relations.pairs import PAIR_FINDERS
from geomap.relations.patterns import Pattern
from geomap.relations.phrases import SINGLE_FINDERS
from geomap.relations.spots import find_spots, is_town
from geomap.relations.vocabulary import FILL

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
#: a mention in the same sentence tells as much about the other side of a border as so many elsewhere
_NEARBY: Final = 5
_SENTENCE: Final = 200
#: so many mentions before and behind one tell which country the text is about
_AROUND: Final = 150
#: relations that are seen from a town rather than from the province that is called like it
_SEEN_FROM_A_POINT: Final = frozenset(
    ["distance", "direction", "offset", "near", "between", "along"]
)
#: between a border and the town near which a stretch of it is meant
_BESIDE: Final = Pattern(
    rf",?\s+(?:crossing\s+|area\s+|region\s+)?(?:near|at|close\s+to|opposite|outside|(?:just\s+)?{DIRECTION}\s+of)\s+{FILL}",
    re.IGNORECASE,
)
_UNIT_WORD: Final = Pattern(
    r"\b(?:province|governorate|district|county|state|region|prefecture|oblast|border|frontier)\b",
    re.IGNORECASE,
)


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
    return found


def _without_overlaps(found: list[Phrase]) -> list[Phrase]:
    """Keep of phrases that overlap, or have the same anchor, the one that says most; sort the kept."""
    kept: list[Phrase] = []
    starts: list[int] = []
    anchors: set[int] = set()
    for phrase in sorted(
        found, key=lambda item: (_ORDER[item.type], item.start - item.end, item.start)
    ):
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
            another place; embedded names and unknown places get no relation.
        gazetteer: Where the town is looked up that "north of Idlib" is seen from, where Idlib was
            taken for the province; None for the province's own point.
    """
    phrases = find_phrases(text, resolutions)
    if not phrases:
        return tuple(resolutions)
    related = list(resolutions)
    for phrase in phrases:
        related[phrase.anchor] = replace(
            related[phrase.anchor], relation=_describe(text, phrase, resolutions, gazetteer)
        )
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


def _find_seat(place: Place, surface: str, phrase: str, gazetteer: Gazetteer) -> Place:
    """Return the town in a unit that is called as the unit is, unless the phrase names the unit."""
    if _UNIT_WORD.search(phrase):
        return place
    namesakes = (gazetteer.place(row) for row, _ in gazetteer.lookup(surface))
    towns = [
        town
        for town in namesakes
        if is_town(town) and town.country == place.country and town.admin1 == place.name
    ]
    return max(towns, key=lambda town: (town.population, town.id), default=place)


def _describe(
    text: str,
    phrase: Phrase,
    resolutions: Sequence[Resolution],
    gazetteer: Gazetteer | None = None,
) -> Relation:
    from geomap.relations.drawing import Question, draw  # noqa: PLC0415 - shapely, where it is needed

    place = resolutions[phrase.anchor].place
    others = [resolutions[row].place for row in phrase.others]
    if place is None:
        raise ValueError("a phrase is found around known places alone")
    if gazetteer and phrase.type in _SEEN_FROM_A_POINT and place.feature.startswith("ADM"):
        surface = resolutions[phrase.anchor].mention.surface
        place = _find_seat(place, surface, text[phrase.start : phrase.end], gazetteer)
    about_border = phrase.type == "border" or phrase.form == "border"
    neighbour = None
    beside = _find_town_beside(text, phrase, resolutions) if phrase.type == "border" else None
    if about_border and not others:
        neighbour = _find_neighbour(place, resolutions, phrase.anchor)
    known = tuple(other for other in others if other is not None)
    drawing = draw(
        Question(
            type=phrase.type,
            form=phrase.form,
            place=place,
            others=known,
            km=phrase.km,
            low=phrase.low,
            high=phrase.high,
            azimuth=phrase.azimuth,
            neighbour=neighbour,
            beside=beside,
        )
    )
    return Relation(
        text=text[phrase.start : phrase.end],
        type=phrase.type,
        start=phrase.start,
        end=phrase.end,
        distance_km=phrase.km,
        azimuth=phrase.azimuth,
        others=tuple(other.id for other in known),
        lat=drawing.lat,
        lon=drawing.lon,
        radius_km=drawing.radius_km,
        geometry=drawing.geometry,
        precision=drawing.precision,
    )


def _find_town_beside(text: str, phrase: Phrase, resolutions: Sequence[Resolution]) -> Place | None:
    """Return the town that tells which stretch of a border is meant: "the border near Kobani"."""
    last = max(phrase.anchor, *phrase.others) if phrase.others else phrase.anchor
    for item in resolutions[last + 1 : last + 3]:
        if item.place is not None and is_town(item.place) and item.mention.kind != "embedded":
            gap = text[phrase.end : item.mention.start]
            return item.place if _BESIDE.fullmatch(gap) else None
    return None


def _find_neighbour(place: Place, resolutions: Sequence[Resolution], row: int) -> str | None:
    """Return the country that the text around a mention is about on the other side of its border."""
    from geomap.outlines import border_lines  # noqa: PLC0415 - reads the outlines

    if not place.country or not place.feature.startswith(("PCL", "TERR")):
        return None
    votes: Counter[str] = Counter()
    start = resolutions[row].mention.start
    for item in resolutions[max(0, row - _AROUND) : row + _AROUND]:
        if item.place is None or item.mention.kind == "embedded":
            continue
        country = item.place.country
        if country and country != place.country:
            near = abs(item.mention.start - start) <= _SENTENCE
            votes[country] += _NEARBY if near else 1
    for country, _ in sorted(votes.items(), key=lambda pair: (-pair[1], pair[0])):
        if border_lines(place.country, country):
            return country
    return None
