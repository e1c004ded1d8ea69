"""Apply a selection: the same rules for records that stream and for tables."""

from __future__ import annotations

import functools
import pickle
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

from geomap import gazetteer as gazetteers
from geomap.errors import OutputError, TableError
from geomap.runtime.expecting import each_record, expect
from geomap.runtime.memo import Memo
from geomap.selection.conditions import find_conditions
from geomap.selection.values import Selection, wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import numpy as np
    import pandas as pd

    from geomap.gazetteer import Gazetteer
    from geomap.model import Article
    from geomap.selection.conditions import Condition

__all__ = ["SelectionReport", "Selector", "select_mentions"]

RecordT = TypeVar("RecordT", bound=Mapping[str, Any])

#: different values of a condition's columns that are kept with their answers
_MOST_ANSWERS: Final = 100_000
#: what chooses one article of a story: the earliest, then the smallest id
_CHOICE: Final = ("story_id", "article_id", "date_start", "date_end")


@dataclass(slots=True, kw_only=True)
class SelectionReport:
    """What a selection kept and left out.

    Attributes:
        kept: Mentions that fit.
        left_out: Mentions that do not, by the option that the first unfitted wish has.
        articles: Articles that were left out before their mentions were looked for, by the same.

    >>> SelectionReport().kept
    0
    """

    kept: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    articles: dict[str, int] = field(default_factory=dict)

    def count(self, word: str, mentions: int = 1) -> None:
        """Count mentions that an option leaves out."""
        if mentions:
            self.left_out[word] = self.left_out.get(word, 0) + mentions


class Selector:
    """A selection that is ready to be applied: names are looked up, files are read.

    Args:
        selection: Which mentions are wanted.
        gazetteer: Where names are looked up; None for the one in use, which is opened only where a name is given.
        report: Filled with what is kept and left out.

    Raises:
        InputError: A country or a unit is not known, or a file of polygons cannot be used.
        GazetteerError: The gazetteer cannot be opened.
    """

    def __init__(
        self,
        selection: Selection,
        gazetteer: str | Path | Gazetteer | None = None,
        *,
        report: SelectionReport | None = None,
    ) -> None:
        expect(selection, Selection, "a Selection")
        self.report = report if report is not None else SelectionReport()
        self._conditions = find_conditions(
            selection, functools.cache(lambda: gazetteers.open_gazetteer(gazetteer))
        )
        self._tests = [(one, Memo(_answer(one), _MOST_ANSWERS)) for one in self._conditions]
        self._is_once = selection.story_copies == "once"
        heads = set(_head(None))
        self._on_articles = [pair for pair in self._tests if heads.issuperset(pair[0].columns)]

    @property
    def columns(self) -> frozenset[str]:
        """The columns of a mention table that the selection looks at."""
        looked = {column for condition in self._conditions for column in condition.columns}
        return frozenset(looked.union(_CHOICE) if self._is_once else looked)

    def wants(self, article: Article) -> bool:
        """Return whether an article can have a mention that fits, by its own date, source and language."""
        head = _head(article)
        for condition, answers in self._on_articles:
            if not answers[tuple([head[column] for column in condition.columns])]:
                left_out = self.report.articles
                left_out[condition.word] = left_out.get(condition.word, 0) + 1
                return False
        return True

    def select_records(self, records: Iterable[RecordT]) -> Iterator[RecordT]:
        """Yield the records that fit, in their order.

        They come as they are read, unless one article is chosen for each story: then all are read first, into a temporary
        file.

        Raises:
            TableError: A record lacks a column that the selection looks at.
            OutputError: The temporary file cannot be written.
        """
        fitting = filter(self._fits, each_record(records))
        for record in _once(fitting, self.report) if self._is_once else fitting:
            self.report.kept += 1
            yield record

    def _fits(self, record: Mapping[str, Any]) -> bool:
        for condition, answers in self._tests:
            try:
                values = tuple([record[column] for column in condition.columns])
            except KeyError as err:
                raise _lacking(condition.word, [err.args[0]]) from err
            if not answers[values]:
                self.report.count(condition.word)
                return False
        return True

    def select_table(self, mentions: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of a mention table that fit, in their order, with all of its columns and its index.

        Raises:
            TableError: The table lacks a column that the selection looks at.
        """
        for condition in self._conditions:
            mentions = self._keep(mentions, condition.word, _mask(mentions, condition))
        if self._is_once:
            mentions = self._keep(mentions, _once_word(), _mask_once(mentions))
        self.report.kept += len(mentions)
        return mentions

    def _keep(self, mentions: pd.DataFrame, word: str, mask: np.ndarray[Any, Any]) -> pd.DataFrame:
        self.report.count(word, int((~mask).sum()))
        return mentions[mask]


@overload
def select_mentions(
    mentions: pd.DataFrame,
    selection: Selection,
    *,
    gazetteer: str | Path | Gazetteer | None = None,
    report: SelectionReport | None = None,
) -> pd.DataFrame: ...
@overload
def select_mentions(
    mentions: Iterable[RecordT],
    selection: Selection,
    *,
    gazetteer: str | Path | Gazetteer | None = None,
    report: SelectionReport | None = None,
) -> Iterator[RecordT]: ...
def select_mentions(
    mentions: Any,
    selection: Selection,
    *,
    gazetteer: str | Path | Gazetteer | None = None,
    report: SelectionReport | None = None,
) -> Any:
    """Return the mentions that a selection asks for, in their order.

    Args:
        mentions: A mention table, or mention records.
        selection: Which mentions are wanted: see :class:`Selection` for the rules.
        gazetteer: Where names of countries, units and places are looked up; None for the one in use.
        report: Filled with what is kept and left out.

    Returns:
        A table of the same columns for a table; for records a stream of those that fit.

    Raises:
        InputError: A country or a unit is not known, or a file of polygons cannot be used.
        TableError: A column that the selection looks at is missing.

    Example:
        >>> records = [{"country": "SY", "kind": "literal"}, {"country": "FR", "kind": "literal"}]
        >>> list(select_mentions(records, Selection(country="Syria")))
        [{'country': 'SY', 'kind': 'literal'}]
    """
    selector = Selector(selection, gazetteer, report=report)
    if hasattr(mentions, "columns"):
        return selector.select_table(mentions)
    return selector.select_records(mentions)


def _once_word() -> str:
    return wishes()["story_copies"].word


def _lacking(word: str, columns: Iterable[str]) -> TableError:
    return TableError(f"{word} needs what the mentions lack: {', '.join(columns)}")


def _head(article: Article | None) -> dict[str, object]:
    """Return what a record has of its article, where a condition can look at it."""
    if article is None:
        return dict.fromkeys(("source", "lang", "date_start", "date_end"))
    return {
        "source": article.source or None,
        "lang": article.lang or None,
        "date_start": article.published.start,
        "date_end": article.published.end,
    }


def _answer(condition: Condition) -> Any:
    """Return the test of a condition as a function of one tuple, in which what is missing is None."""
    return lambda values: condition.test(*map(_present, values))


def _present(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value  # noqa: PLR0124 - NaN


def _mask(mentions: pd.DataFrame, condition: Condition) -> np.ndarray[Any, Any]:
    """Return which rows fit a condition, which is asked once for each different value."""
    import numpy as np  # noqa: PLC0415

    columns = condition.columns
    codes, firsts = _groups(mentions, columns, condition.word)
    cells = [mentions[column].astype(object).to_numpy()[firsts] for column in columns]
    missing = [mentions[column].isna().to_numpy()[firsts] for column in columns]
    answers = [
        condition.test(
            *(None if gone else _plain(value) for value, gone in zip(values, goners, strict=True))
        )
        for values, goners in zip(zip(*cells, strict=True), zip(*missing, strict=True), strict=True)
    ]
    mask: np.ndarray[Any, Any] = np.asarray(answers, dtype=bool)[codes]
    return mask


def _plain(value: Any) -> Any:
    """Return a cell as Python has it: numpy's numbers as numbers."""
    return value.item() if hasattr(value, "item") else value


def _groups(
    mentions: pd.DataFrame, columns: Iterable[str], word: str
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return for each row the number of its combination of values, and the first row of each combination."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415 - only for tables

    missing = [column for column in columns if column not in mentions.columns]
    if missing:
        raise _lacking(word, missing)
    combined = np.zeros(len(mentions), dtype="int64")
    for column in columns:
        codes, values = pd.factorize(mentions[column])
        combined = combined * (len(values) + 1) + codes + 1
        _, combined = np.unique(combined, return_inverse=True)
    _, firsts = np.unique(combined, return_index=True)
    return combined, firsts


def _mask_once(mentions: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Return which rows are of the article that stands for its story, or of one without a story."""
    codes, firsts = _groups(mentions, _CHOICE, _once_word())
    rows = mentions.iloc[firsts]
    choices = [
        tuple(None if gone else _plain(value) for value, gone in zip(values, goners, strict=True))
        for values, goners in zip(
            rows[list(_CHOICE)].astype(object).to_numpy().tolist(),
            rows[list(_CHOICE)].isna().to_numpy().tolist(),
            strict=True,
        )
    ]
    import numpy as np  # noqa: PLC0415

    chosen = _choose(choices)
    kept = [story is None or chosen[story] == str(article) for story, article, *_ in choices]
    mask: np.ndarray[Any, Any] = np.asarray(kept, dtype=bool)[codes]
    return mask


def _choose(choices: Iterable[tuple[Any, ...]]) -> dict[Any, str]:
    """Return the id of the article that stands for each story: the earliest one, of these the one with the smallest id."""
    best: dict[Any, tuple[Any, ...]] = {}
    for story, article, start, end in choices:
        if story is None:
            continue
        order = (start is None, str(start), str(end), str(article))
        if story not in best or order < best[story]:
            best[story] = order
    return {story: order[-1] for story, order in best.items()}


def _once(records: Iterator[RecordT], report: SelectionReport) -> Iterator[RecordT]:
    """Yield the records of one article for each story; all are laid down in a temporary file first."""
    choices: dict[tuple[Any, ...], None] = {}
    try:
        with tempfile.TemporaryFile(prefix="geomap-") as file:
            count = 0
            for record in records:
                try:
                    choices.setdefault(tuple([_present(record[column]) for column in _CHOICE]))
                except KeyError as err:
                    raise _lacking(_once_word(), [err.args[0]]) from err
                pickle.dump(record, file, pickle.HIGHEST_PROTOCOL)
                count += 1
            chosen = _choose(choices)
            file.seek(0)
            for _ in range(count):
                kept: RecordT = pickle.load(file)  # noqa: S301 - we wrote it, and nobody else can
                story = _present(kept["story_id"])
                if story is None or chosen[story] == str(kept["article_id"]):
                    yield kept
                else:
                    report.count(_once_word())
    except OSError as err:
        if isinstance(err, OutputError):
            raise
        raise OutputError(
            f"{_once_word()} once lays the mentions down in a temporary file, which cannot be written: "
            f"{err.strerror or err}; let TMPDIR name a folder with room for them"
        ) from err
