"""Apply corrections to mention records as they come, and account for each one."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from geomap.corrections.table import digest_context
from geomap.errors import InputError
from geomap.geoparse.coordinates import point_place
from geomap.model import Article, Mention, Resolution
from geomap.records import clean_text, mention_record
from geomap.relations import relate_again
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomap.corrections.table import Correction
    from geomap.gazetteer import Gazetteer
    from geomap.model import Place, Relation
    from geomap.records import MentionRecord

__all__ = ["CorrectionReport", "Outcome", "apply_corrections"]

#: what a relation says of the place that was its anchor
_RELATION_SHAPE: Final = ("relation_lat", "relation_lon", "relation_radius_km", "relation_geometry")
_PLACE_FIELDS: Final = (
    *("place_id", "name", "feature", "lat", "lon", "radius_km", "precision"),
    *("country", "admin1", "admin2"),
)
#: why a corrected mention means its place, beside the words of :data:`geomap.geoparse.why.WHY`
_BY_HAND: Final = "corrected"
#: the id of a point, as the geoparser makes it
_POINT_ID: Final = re.compile(r"geomap:point-(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)")


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of one correction.

    ``applied`` is how many mentions it corrected. The others say why it corrected none: whether a
    mention of its article was seen, whether its text was, what geomap ``now`` says there, and
    whether other corrections came first.
    """

    correction: Correction
    applied: int = 0
    article_seen: bool = False
    text_seen: bool = False
    now: str | None = None
    overruled: bool = False

    @property
    def stale(self) -> bool:
        """Whether it was applied to nothing."""
        return self.applied == 0

    @property
    def reason(self) -> str | None:
        """Why it was applied to nothing; None where it was applied."""
        if self.applied:
            return None
        if self.overruled:
            return "a later or a narrower correction says otherwise"
        if self.now is not None:
            return f"geomap now says {self.now}"
        if self.text_seen:
            return "geomap no longer says so"
        if self.correction.scope == "everywhere":
            return "no article names it"
        return (
            "its text is gone"
            if self.article_seen
            else "its article was not read, or names no place"
        )

    def __str__(self) -> str:
        if self.applied:
            times = "once" if self.applied == 1 else f"{self.applied:,} times"
            return f"{self.correction}: applied {times}"
        return f"{self.correction}: stale, {self.reason}"


@dataclass(slots=True, kw_only=True)
class CorrectionReport:
    """What became of all corrections, in their order; complete when the records are used up."""

    outcomes: tuple[Outcome, ...] = ()

    @property
    def applied(self) -> int:
        """How many mentions were corrected."""
        return sum(outcome.applied for outcome in self.outcomes)

    @property
    def stale(self) -> int:
        """How many corrections were applied to nothing."""
        return sum(outcome.stale for outcome in self.outcomes)

    def lines(self) -> Iterator[str]:
        """Yield what to tell a person: the totals, then each correction."""
        if self.outcomes:
            mentions = "mention" if self.applied == 1 else "mentions"
            rows = "correction" if self.stale == 1 else "corrections"
            yield f"corrections: {self.applied:,} {mentions} corrected, {self.stale:,} {rows} stale"
        yield from (f"  {outcome}" for outcome in self.outcomes)


def apply_corrections(
    records: Iterable[MentionRecord], corrections: Sequence[Correction], gazetteer: Gazetteer
) -> tuple[Iterator[MentionRecord], CorrectionReport]:
    """Correct mention records as they come; the records of an article come together.

    Args:
        records: Mention records.
        corrections: What to correct.
        gazetteer: Where places are looked up.

    Returns:
        The corrected records, in their order, and a report that is complete when they are used up.
        A moved one is resolved, with the fields of its place and a confidence of 1; one whose place
        is wrong is unknown, with no place and a confidence of 0; what is no place is left out.

    Raises:
        InputError: A new place is not in the gazetteer.
    """
    places = _find_new_places(corrections, gazetteer)
    report = CorrectionReport(outcomes=tuple(Outcome(correction=item) for item in corrections))
    return _Corrector(report.outcomes, places).correct(records), report


def _find_new_places(corrections: Sequence[Correction], gazetteer: Gazetteer) -> dict[str, Place]:
    """Return the places that corrections name by id."""
    found: dict[str, Place] = {}
    for item in corrections:
        place_id = item.new_place_id
        if place_id is None or place_id in found:
            continue
        point = _POINT_ID.fullmatch(place_id)
        if point:
            name = item.new_name or item.surface or place_id
            found[place_id] = point_place(name, float(point[1]), float(point[2]))
        elif (place := gazetteer.find_id(place_id)) is not None:
            found[place_id] = place
    for item in corrections:
        if item.new_place_id is not None and item.new_place_id not in found:
            raise InputError(
                f"{item}: the gazetteer knows no place {item.new_place_id!r}; look for it with "
                "geomap gazetteer search, or give new_lat and new_lon"
            )
    return found


@lru_cache(maxsize=50_000)
def _fold(name: str) -> str:
    return fold_name(name)


@lru_cache(maxsize=10_000)
def _digest(sentence: str) -> str:
    return digest_context(sentence)


@dataclass(slots=True)
class _Corrector:
    """Knows for each record which corrections could mean it."""

    outcomes: Sequence[Outcome]
    places: Mapping[str, Place]
    _row: dict[int, int] = field(default_factory=dict)
    _of_article: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    _of_surface: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    _of_place: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for row, outcome in enumerate(self.outcomes):
            self._row[id(outcome)] = row
            item = outcome.correction
            if item.scope != "everywhere":
                self._of_article[cast("str", item.article_id)].append(outcome)
            elif item.surface:
                self._of_surface[_fold(item.surface)].append(outcome)
            else:
                self._of_place[cast("str", item.place_id)].append(outcome)

    def correct(self, records: Iterable[MentionRecord]) -> Iterator[MentionRecord]:
        for article_id, group in itertools.groupby(records, key=lambda item: item["article_id"]):
            yield from self._correct_article(list(group), self._of_article.get(article_id, ()))

    def _correct_article(
        self, records: list[MentionRecord], own: Sequence[Outcome]
    ) -> Iterator[MentionRecord]:
        """Yield an article's records; the last that matches one wins, narrow scopes come last."""
        matching: list[list[Outcome]] = [self._everywhere(record) for record in records]
        for outcome in own:
            outcome.article_seen = True
            if outcome.correction.scope == "article":
                for record, found in zip(records, matching, strict=True):
                    if _matches(outcome, record):
                        found.append(outcome)
        for outcome in own:
            if outcome.correction.scope == "mention":
                index = _find_mention(outcome, records)
                if index is not None:
                    matching[index].append(outcome)
        for record, found in zip(records, matching, strict=True):
            corrected = self._apply(record, found) if found else record
            if corrected is not None:
                yield corrected

    def _everywhere(self, record: MentionRecord) -> list[Outcome]:
        found: list[Outcome] = []
        if self._of_place and record["place_id"] is not None:
            found += self._of_place.get(record["place_id"], ())
        if self._of_surface:
            named = self._of_surface.get(_fold(record["surface"]), ())
            found += [outcome for outcome in named if _says(outcome, record)]
        if len(found) > 1:  # in the order of their rows
            found.sort(key=lambda outcome: self._row[id(outcome)])
        return found

    def _apply(self, record: MentionRecord, found: Sequence[Outcome]) -> MentionRecord | None:
        *overruled, outcome = found
        for other in overruled:
            other.overruled = True
        outcome.applied += 1
        item = outcome.correction
        if item.action == "not_a_place":
            return None
        changes: dict[str, object]
        if item.moves:
            place = self._new_place(item, record)
            changes = {"status": "resolved", "confidence": 1.0}
            changes |= _place_fields(place) | _moved_relation(record, place)
        else:
            changes = {"status": "unknown", "confidence": 0.0, **dict.fromkeys(_PLACE_FIELDS)}
            changes |= dict.fromkeys(_RELATION_SHAPE)
        if "why" in record:  # what a map says beyond the record: the geoparser's reasons are gone
            changes["why"] = _BY_HAND if item.moves else None
        return cast("MentionRecord", {**record, **changes})

    def _new_place(self, item: Correction, record: MentionRecord) -> Place:
        if item.new_place_id is not None:
            return self.places[item.new_place_id]
        name = clean_text(item.new_name or record["surface"])
        return point_place(name, cast("float", item.new_lat), cast("float", item.new_lon))


def _matches(outcome: Outcome, record: MentionRecord) -> bool:
    surface = outcome.correction.surface
    same_name = surface is None or _fold(surface) == _fold(record["surface"])
    return same_name and _says(outcome, record)


def _says(outcome: Outcome, record: MentionRecord) -> bool:
    """Tell whether geomap still says of a record what a correction corrects; note what it says."""
    place_id = outcome.correction.place_id
    if place_id is None or place_id == record["place_id"]:
        return True
    if outcome.correction.surface is not None:
        _note(outcome, record)
    return False


def _note(outcome: Outcome, record: MentionRecord) -> None:
    """Remember that the text is there, and what it means now."""
    outcome.text_seen = True
    now = record["place_id"]
    if now is None:
        outcome.now = "that the place is unknown"
    elif now == outcome.correction.new_place_id:
        outcome.now = "the same by itself"
    else:
        outcome.now = f"{record['name']} ({now})"


def _find_mention(outcome: Outcome, records: Sequence[MentionRecord]) -> int | None:
    """Return which record of an article is the mention that a correction means; None for none."""
    item = outcome.correction
    surface = _fold(cast("str", item.surface))
    same = [
        index
        for index, record in enumerate(records)
        if _fold(record["surface"]) == surface and _is_there(item, record)
    ]
    same.sort(key=lambda index: records[index]["start"])
    same = _nth_of(same, records, item.nth)
    said = [index for index in same if _says(outcome, records[index])]
    if not said:
        return None
    wanted = item.start if item.start is not None else 0
    return min(said, key=lambda index: abs(records[index]["start"] - wanted))


def _is_there(item: Correction, record: MentionRecord) -> bool:
    if item.context is None:
        return (record["start"], record["end"]) == (item.start, item.end)
    return _digest(record["snippet"]) == item.context.lower()


def _nth_of(same: list[int], records: Sequence[MentionRecord], nth: int | None) -> list[int]:
    """Keep the mentions that are the n-th of their sentence, where that can be told."""
    if nth is None or len(same) < 2:
        return same
    first = records[same[0]]
    times = _count_words(first["snippet"], clean_text(first["surface"]))
    if times < nth or len(same) % times:
        return same
    return same[nth - 1 :: times]


def _count_words(sentence: str, surface: str) -> int:
    """Return how often a name stands in a sentence, neither letter nor digit beside it."""
    return len(re.findall(rf"(?<![^\W_]){re.escape(surface)}(?![^\W_])", sentence))


def _moved_relation(record: MentionRecord, place: Place) -> dict[str, object]:
    """Return the fields of a relation whose anchor is another place now.

    Its shape is made anew where the phrase by itself tells it ("30 km north of"); it is gone where it
    hung on other places, too ("between").
    """
    text, kind = record["relation"], record["relation_type"]
    if text is None:
        return {}
    relation = relate_again(text, record["surface"], kind, place) if kind else None
    if relation is None:
        return {"precision": record["precision"], **dict.fromkeys(_RELATION_SHAPE)}
    return _fields_of(place, relation, ("precision", *_RELATION_SHAPE))


@lru_cache(maxsize=5_000)
def _place_fields(place: Place) -> dict[str, object]:
    """Return the fields that a record of this place has."""
    return _fields_of(place, None, _PLACE_FIELDS)


def _fields_of(place: Place, relation: Relation | None, names: Sequence[str]) -> dict[str, object]:
    """Return some fields of the record of a place, with a relation around it or none."""
    article = Article(id="", text=place.name or "?")
    mention = Mention(article_id="", start=0, end=0, surface="", kind="literal")
    resolution = Resolution(mention=mention, status="resolved", place=place, relation=relation)
    record = cast("dict[str, object]", mention_record(article, resolution))
    return {name: record[name] for name in names}
