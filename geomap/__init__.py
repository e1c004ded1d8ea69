"""geomap turns news articles into a map of the places they mention.

The names below are the public interface. Each is imported from its room when it is first used,
so that ``import geomap`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from geomap.articles.readers import read_articles
    from geomap.articles.reports import ReadReport
    from geomap.articles.stories import StoryReport, find_stories
    from geomap.corrections import (
        Correction,
        CorrectionReport,
        apply_corrections,
        read_corrections,
        write_corrections,
    )
    from geomap.errors import (
        GazetteerError,
        GeomapError,
        InputError,
        NothingReadableError,
        OutputError,
        RecordError,
        TableError,
    )
    from geomap.export.csv import write_csv
    from geomap.export.geojson import write_geojson
    from geomap.export.jsonl import write_jsonl
    from geomap.export.parquet import write_parquet
    from geomap.gazetteer import Gazetteer, open_gazetteer
    from geomap.geoparse import Geoparser
    from geomap.model import (
        Article,
        Candidate,
        DateSpan,
        Evidence,
        Mention,
        Place,
        Relation,
        Resolution,
        Story,
    )
    from geomap.pipeline import (
        MapOptions,
        Reading,
        RunReport,
        explain_articles,
        export_articles,
        find_mentions,
        map_articles,
        read_mentions,
    )
    from geomap.records import COLUMNS, MentionRecord, mention_record
    from geomap.tables import mentions_table, tally_articles, tally_dates, tally_places
    from geomap.webmap import (
        MentionMap,
        to_folium,
        write_explanation,
        write_explanations,
        write_map,
    )

__all__ = [
    "COLUMNS",
    "Article",
    "Candidate",
    "Correction",
    "CorrectionReport",
    "DateSpan",
    "Evidence",
    "Gazetteer",
    "GazetteerError",
    "GeomapError",
    "Geoparser",
    "InputError",
    "MapOptions",
    "Mention",
    "MentionMap",
    "MentionRecord",
    "NothingReadableError",
    "OutputError",
    "Place",
    "ReadReport",
    "Reading",
    "RecordError",
    "Relation",
    "Resolution",
    "RunReport",
    "Story",
    "StoryReport",
    "TableError",
    "apply_corrections",
    "explain_articles",
    "export_articles",
    "find_mentions",
    "find_stories",
    "map_articles",
    "mention_record",
    "mentions_table",
    "open_gazetteer",
    "read_articles",
    "read_corrections",
    "read_mentions",
    "tally_articles",
    "tally_dates",
    "tally_places",
    "to_folium",
    "write_corrections",
    "write_csv",
    "write_explanation",
    "write_explanations",
    "write_geojson",
    "write_jsonl",
    "write_map",
    "write_parquet",
]

__version__ = "0.1.0"

#: the room of each public name
_ROOMS: Final = {
    "geomap.articles.readers": "read_articles",
    "geomap.articles.reports": "ReadReport",
    "geomap.articles.stories": "StoryReport find_stories",
    "geomap.corrections": "Correction CorrectionReport apply_corrections read_corrections "
    "write_corrections",
    "geomap.errors": "GazetteerError GeomapError InputError NothingReadableError OutputError "
    "RecordError TableError",
    "geomap.export.csv": "write_csv",
    "geomap.export.geojson": "write_geojson",
    "geomap.export.jsonl": "write_jsonl",
    "geomap.export.parquet": "write_parquet",
    "geomap.gazetteer": "Gazetteer open_gazetteer",
    "geomap.geoparse": "Geoparser",
    "geomap.model": "Article Candidate DateSpan Evidence Mention Place Relation Resolution Story",
    "geomap.pipeline": "MapOptions Reading RunReport explain_articles export_articles find_mentions map_articles "
    "read_mentions",
    "geomap.records": "COLUMNS MentionRecord mention_record",
    "geomap.tables": "mentions_table tally_articles tally_dates tally_places",
    "geomap.webmap": "MentionMap to_folium write_explanation write_explanations write_map",
}
_ROOM_OF: Final = {name: room for room, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Import a public name from its room at its first use."""
    room = _ROOM_OF.get(name)
    if room is None:
        raise AttributeError(f"module 'geomap' has no attribute {name!r}")
    value = getattr(importlib.import_module(room), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, whether they were used yet or not."""
    return sorted({*globals(), *__all__})
