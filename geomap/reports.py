"""What a run read, found, left out and wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geomap.articles.reports import ReadReport
from geomap.corrections.outcomes import CorrectionReport
from geomap.intake import TableReport
from geomap.selection.apply import SelectionReport

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from geomap.gazetteer.geocoder_report import GeocoderReport
    from geomap.records import MentionRecord
    from geomap.stories.find import StoryReport

__all__ = ["RunReport"]

_MOST_UNKNOWN: Final = 10_000  # names of a country that are told apart


@dataclass(slots=True, kw_only=True)
class RunReport:
    """What a run read, found and wrote.

    ``reading`` is the report of the readers; ``statuses`` and ``kinds`` count mentions;
    ``tables`` counts the mention tables among the inputs, ``articles`` no article of theirs. ``spanless`` counts articles without spans of their own where these were asked for.
    ``corrections`` tells what became of each correction, ``stories`` how many stories the articles
    told: None where nobody looked for copies. ``selection`` counts what was wanted and what was not. ``gazetteer`` is
    the one that names were looked up in, ``geocoder`` what
    became of the names that a geocoder was asked for. ``notes`` say what the format that was written could not hold.

    >>> RunReport().mentions
    0
    """

    reading: ReadReport = field(default_factory=ReadReport)
    articles: int = 0
    mentions: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    spanless: int = 0
    corrections: CorrectionReport = field(default_factory=CorrectionReport)
    stories: StoryReport | None = None
    selection: SelectionReport = field(default_factory=SelectionReport)
    gazetteer: str = ""
    unknown: dict[str, set[str]] = field(default_factory=dict)
    geocoder: GeocoderReport | None = None
    tables: TableReport = field(default_factory=TableReport)
    notes: tuple[str, ...] = ()
    files: list[Path] = field(default_factory=list)

    def count(self, record: MentionRecord) -> None:
        """Count one mention."""
        self.mentions += 1
        if record["status"] == "unknown" and record["country"]:
            names = self.unknown.setdefault(record["country"], set())
            if len(names) < _MOST_UNKNOWN:
                names.add(record["surface"].casefold())
        status, kind = record["status"], record["kind"]
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.kinds[kind] = self.kinds.get(kind, 0) + 1

    def count_table(self, table: pd.DataFrame) -> None:
        """Count the mentions of a table."""
        self.mentions += len(table)
        for counts, column in ((self.statuses, "status"), (self.kinds, "kind")):
            found = table[column].value_counts().items()
            for word, count in sorted((str(word), int(count)) for word, count in found if count):
                counts[word] = counts.get(word, 0) + count
