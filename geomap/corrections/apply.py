"""Apply corrections to mention records as they come, and account for each one."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast, overload

from geomap import gazetteer as gazetteers
from geomap.conform import conform_records, extra_names
from geomap.corrections.outcomes import CorrectionReport, Outcome
from geomap.corrections.table import Correction, digest_context
from geomap.errors import InputError
from geomap.model import Article, Mention, Resolution
from geomap.recognise.coordinates import point_place
from geomap.records import clean_text, mention_record
from geomap.relations import relate_again
from geomap.runtime.expecting import each
from geomap.schema import MENTIONS
from geomap.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas as pd

    from geomap.gazetteer import Gazetteer
    from geomap.model import Place, Relation
    from geomap.records import MentionRecord

__all__ = ["Corrector", "apply_corrections"]

#: what a relation says of the place that was its anchor
_RELATION_SHAPE: Final = tuple(
    name for name in MENTIONS.of_group("relation") if name not in ("relation", "relation_type")
)
_PLACE_FIELDS: Final = MENTIONS.of_group("place")
#: why a corrected mention means its place, beside the words of :data:`geomap.resolve.why.WHY`
_BY_HAND: Final = "corrected"
#: the id of a point, as the geoparser makes it
_POINT_ID: Final = re.compile(r"geomap:point-(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)")


@overload
def apply_corrections(
    mentions: pd.DataFrame | str | Path,
    corrections: Sequence[Correction],
    gazetteer: Gazetteer | str | Path | None = None,
) -> tuple[pd.DataFrame, CorrectionReport]: ...
@overload
def apply_corrections(
    mentions: Iterable[MentionRecord],
    corrections: Sequence[Correction],
    gazetteer: Gazetteer | str | Path | None = None,
) -> tuple[Iterator[MentionRecord], CorrectionReport]: ...
def apply_corrections(
    mentions: Any,
    corrections: Sequence[Correction],
    gazetteer: Gazetteer | str | Path | None = None,
) -> tuple[Any, CorrectionReport]:
    """Correct mentions: a table, or records as they come, of which those of an article come together.

    Args:
        mentions: A mention table, its file, or mention records.
        corrections: What to correct.
        gazetteer: Where places are looked up; None for the one in use. It is opened where a correction names a place by
            its id.

    Returns:
        The corrected mentions in their order, a table for a table, and a report that is complete when they are used up.
        A moved one is resolved, with the fields of its place and a confidence of 1, and so is a moved
        one whose place was unknown; one whose place is wrong is unknown, with neither a place nor a
        unit that it lies in, and a confidence of 0; what is no place is left out.

    Raises:
        InputError: A new place is not in the gazetteer.

    >>> import geomap
    >>> records = geomap.find_mentions([geomap.Article(id="1", text="The market of Raqqa reopened.")])
    >>> wrong = geomap.Correction(scope="everywhere", action="not_a_place", surface="Raqqa")
    >>> corrected, report = apply_corrections(records, [wrong], geomap.open_gazetteer())
    >>> list(corrected), report.applied
    ([], 1)
    """
    corrector = Corrector(corrections, gazetteer)
    if not hasattr(mentions, "columns") and not isinstance(mentions, str | Path):
        return corrector.correct_and_close(conform_records(mentions)), corrector.report
    from geomap.tables import mentions_table, read_table, table_records  # noqa: PLC0415 - pandas

    table = read_table(mentions)
    found = corrector.correct_table(list(table_records(table)))
    corrector.close()
    kept = [row for row, record in enumerate(found) if record is not None]
    corrected = mentions_table(record for record in found if record is not None)
    extras = extra_names(table.columns)  # as they are, not as records have them
    own = table[list(extras)].iloc[kept].reset_index(drop=True)
    return corrected.assign(**{name: own[name] for name in extras}), corrector.report


def _find_new_places(
    corrections: Sequence[Correction], gazetteer: Callable[[], Gazetteer]
) -> dict[str, Place]:
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
        elif (place := gazetteer().find_id(place_id)) is not None:
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


class _Index:
    """Corrections of every mention of a name or a place, found by what a record says.

    Of those that are about the same only the last one counts, however many there are. What a
    correction missed is told when all records were seen.

    Args:
        outcomes: Corrections with the numbers of their rows, in this order.
    """

    def __init__(self, outcomes: Iterable[tuple[int, Outcome]]) -> None:
        self._groups: dict[tuple[str | None, str | None], list[tuple[int, Outcome]]] = {}
        self._names: set[str] = set()
        for row, outcome in outcomes:
            item = outcome.correction
            name = _fold(item.surface) if item.surface else None
            self._groups.setdefault((name, item.place_id), []).append((row, outcome))
            if name is not None:
                self._names.add(name)
        self._hit: set[tuple[str | None, str | None]] = set()
        #: the last record with each name
        self._seen: dict[str, MentionRecord] = {}

    def find(self, record: MentionRecord) -> list[Outcome]:
        """Return the corrections that a record matches, in the order of their rows."""
        if not self._groups:
            return []
        name, place = _fold(record["surface"]), record["place_id"]
        if name in self._names:
            self._seen[name] = record
        keys = [key for key in {(name, place), (name, None), (None, place)} if key in self._groups]
        self._hit.update(keys)
        return [outcome for _, outcome in sorted((self._groups[key][-1] for key in keys), key=_row)]

    def close(self) -> None:
        """Tell what became of the corrections that were applied to nothing."""
        for key, group in self._groups.items():
            record = self._seen.get(key[0]) if key[0] is not None else None
            if key in self._hit:
                for _, outcome in group[:-1]:
                    outcome.overruled = True
            elif record is not None:
                for _, outcome in group:
                    _note(outcome, record)


def _row(found: tuple[int, Outcome]) -> int:
    return found[0]


class _Records:
    """The records of one article, found by what a correction of one mention says of it."""

    def __init__(self, records: Sequence[MentionRecord]) -> None:
        self.all = records
        self._places: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        self._contexts: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, record in enumerate(records):
            name = _fold(record["surface"])
            self._places[name, record["start"], record["end"]].append(index)
            self._contexts[name, _digest(record["snippet"] or "")].append(index)

    def find(self, item: Correction) -> list[int]:
        """Return the numbers of the records whose name and sentence, or bounds, are those of a correction."""
        name = _fold(cast("str", item.surface))
        if item.context is not None:
            return self._contexts.get((name, item.context.lower()), [])
        bounds = name, cast("int", item.start), cast("int", item.end)
        return self._places.get(bounds, [])


class Corrector:
    """Knows for each record which corrections could mean it, over several streams and tables.

    Args:
        corrections: What to correct.
        gazetteer: Where places are looked up, opened where a correction names one by its id.

    Attributes:
        report: What became of each correction; complete when :meth:`close` was called.

    Raises:
        InputError: A new place is not in the gazetteer.
    """

    def __init__(
        self, corrections: Sequence[Correction], gazetteer: Gazetteer | str | Path | None = None
    ) -> None:
        corrections = tuple(each(corrections, Correction, "corrections"))
        known = cache(lambda: gazetteers.open_gazetteer(gazetteer))
        self.places = _find_new_places(corrections, known)
        outcomes = tuple(Outcome(correction=item) for item in corrections)
        self.report = CorrectionReport(outcomes=outcomes)
        self._of_article: dict[str, list[tuple[int, Outcome]]] = defaultdict(list)
        everywhere = []
        for row, outcome in enumerate(outcomes):
            item = outcome.correction
            if item.scope == "everywhere":
                everywhere.append((row, outcome))
            else:
                self._of_article[cast("str", item.article_id)].append((row, outcome))
        self._everywhere = _Index(everywhere)

    def close(self) -> None:
        """Tell what became of the corrections that were applied to nothing."""
        self._everywhere.close()

    def correct(self, records: Iterable[MentionRecord]) -> Iterator[MentionRecord]:
        """Yield records as they come, corrected; those of an article come together."""
        for article_id, group in itertools.groupby(records, key=lambda item: item["article_id"]):
            for record in self._correct_article(list(group), self._of_article.get(article_id)):
                if record is not None:
                    yield record

    def correct_and_close(self, records: Iterable[MentionRecord]) -> Iterator[MentionRecord]:
        """Yield the only records that there are."""
        yield from self.correct(records)
        self.close()

    def correct_table(self, records: Sequence[MentionRecord]) -> list[MentionRecord | None]:
        """Return the records of a table in their order, whatever that is; None for what is no place."""
        rows: dict[str, list[int]] = defaultdict(list)
        for row, record in enumerate(records):
            rows[record["article_id"]].append(row)
        found: list[MentionRecord | None] = [None] * len(records)
        for article_id, at in rows.items():
            own = self._of_article.get(article_id)
            corrected = self._correct_article([records[row] for row in at], own)
            for row, record_ in zip(at, corrected, strict=True):
                found[row] = record_
        return found

    def _correct_article(
        self,
        records: list[MentionRecord],
        own: Sequence[tuple[int, Outcome]] | None,
    ) -> Iterator[MentionRecord | None]:
        """Yield an article's records, None for what is no place; the last that matches one wins, narrow scopes come last."""
        matching: list[list[Outcome]] = [self._everywhere.find(record) for record in records]
        if own:
            index = _Index(item for item in own if item[1].correction.scope == "article")
            for record, found in zip(records, matching, strict=True):
                found.extend(index.find(record))
            index.close()
            known = _Records(records)
            for _, outcome in own:
                outcome.article_seen = True
                if outcome.correction.scope == "mention":
                    number = _find_mention(outcome, known)
                    if number is not None:
                        matching[number].append(outcome)
        for record, found in zip(records, matching, strict=True):
            yield self._apply(record, found) if found else record

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


def _find_mention(outcome: Outcome, known: _Records) -> int | None:
    """Return which record of an article is the mention that a correction means; None for none."""
    item, records = outcome.correction, known.all
    same = sorted(known.find(item), key=lambda index: records[index]["start"] or 0)
    same = _nth_of(same, records, item.nth)
    said = [index for index in same if _says(outcome, records[index])]
    if not said:
        return None
    wanted = item.start if item.start is not None else 0
    return min(said, key=lambda index: abs((records[index]["start"] or 0) - wanted))


def _nth_of(same: list[int], records: Sequence[MentionRecord], nth: int | None) -> list[int]:
    """Keep the mentions that are the n-th of their sentence, where that can be told."""
    if nth is None or len(same) < 2:
        return same
    first = records[same[0]]
    times = _count_words(first["snippet"] or "", clean_text(first["surface"]))
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
