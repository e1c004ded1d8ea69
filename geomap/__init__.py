"""geomap turns news articles into a map of the places they mention.

The names below are the public interface. Each is imported from its room when it is first used,
so that ``import geomap`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from geomap.articles.frames import articles_from_frame
    from geomap.articles.readers import read_articles
    from geomap.articles.reports import ReadReport
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
    from geomap.export.formats import ExportOptions
    from geomap.export.geojson import write_geojson
    from geomap.export.jsonl import write_jsonl
    from geomap.export.parquet import write_parquet
    from geomap.export.tally_files import write_tally
    from geomap.export.writing import write_mentions
    from geomap.finding import geoparse
    from geomap.gazetteer import Gazetteer, open_gazetteer
    from geomap.geoparser import Geoparser
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
        PageOptions,
        Reading,
        ReadOptions,
        RunReport,
        explain_articles,
        export_articles,
        find_mentions,
        map_articles,
        read_mentions,
    )
    from geomap.records import COLUMNS, MentionRecord, mention_record
    from geomap.selection import Selection
    from geomap.selection.apply import SelectionReport, select_mentions
    from geomap.stories.find import StoryReport, find_stories
    from geomap.tables import (
        compare,
        mentions_table,
        read_table,
        tally,
        tally_articles,
        tally_dates,
        tally_places,
        to_geodataframe,
    )
    from geomap.tallying import tally_inputs
    from geomap.version import __version__
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
    "ExportOptions",
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
    "PageOptions",
    "Place",
    "ReadOptions",
    "ReadReport",
    "Reading",
    "RecordError",
    "Relation",
    "Resolution",
    "RunReport",
    "Selection",
    "SelectionReport",
    "Story",
    "StoryReport",
    "TableError",
    "__version__",
    "apply_corrections",
    "articles_from_frame",
    "compare",
    "explain_articles",
    "export_articles",
    "find_mentions",
    "find_stories",
    "geoparse",
    "map_articles",
    "mention_record",
    "mentions_table",
    "open_gazetteer",
    "read_articles",
    "read_corrections",
    "read_mentions",
    "read_table",
    "select_mentions",
    "tally",
    "tally_articles",
    "tally_dates",
    "tally_inputs",
    "tally_places",
    "to_folium",
    "to_geodataframe",
    "write_corrections",
    "write_csv",
    "write_explanation",
    "write_explanations",
    "write_geojson",
    "write_jsonl",
    "write_map",
    "write_mentions",
    "write_parquet",
    "write_tally",
]

#: the room of each public name
_ROOMS: Final = {
    "geomap.articles.frames": "articles_from_frame",
    "geomap.articles.readers": "read_articles",
    "geomap.finding": "geoparse",
    "geomap.articles.reports": "ReadReport",
    "geomap.stories.find": "StoryReport find_stories",
    "geomap.corrections": "Correction CorrectionReport apply_corrections read_corrections "
    "write_corrections",
    "geomap.errors": "GazetteerError GeomapError InputError NothingReadableError OutputError "
    "RecordError TableError",
    "geomap.export.csv": "write_csv",
    "geomap.export.formats": "ExportOptions",
    "geomap.export.geojson": "write_geojson",
    "geomap.export.jsonl": "write_jsonl",
    "geomap.export.tally_files": "write_tally",
    "geomap.export.parquet": "write_parquet",
    "geomap.export.writing": "write_mentions",
    "geomap.gazetteer": "Gazetteer open_gazetteer",
    "geomap.geoparser": "Geoparser",
    "geomap.model": "Article Candidate DateSpan Evidence Mention Place Relation Resolution Story",
    "geomap.pipeline": "MapOptions PageOptions ReadOptions Reading RunReport explain_articles export_articles find_mentions "
    "map_articles "
    "read_mentions",
    "geomap.records": "COLUMNS MentionRecord mention_record",
    "geomap.selection": "Selection",
    "geomap.selection.apply": "SelectionReport select_mentions",
    "geomap.tables": "compare mentions_table read_table tally tally_articles tally_dates tally_places to_geodataframe",
    "geomap.tallying": "tally_inputs",
    "geomap.version": "__version__",
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
