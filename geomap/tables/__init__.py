"""Tables of mentions and tallies of them: the room that knows pandas."""

from geomap.tables.comparing import compare
from geomap.tables.frames import TEXT_COLUMNS, conform_frame, mentions_table, table_records
from geomap.tables.keys import DRAWN_KINDS
from geomap.tables.reading import iter_table, join_tables, read_table, to_geodataframe
from geomap.tables.tallies import tally_articles, tally_dates, tally_places
from geomap.tables.tally_by import tally

__all__ = [
    "DRAWN_KINDS",
    "TEXT_COLUMNS",
    "compare",
    "conform_frame",
    "iter_table",
    "join_tables",
    "mentions_table",
    "read_table",
    "table_records",
    "tally",
    "tally_articles",
    "tally_dates",
    "tally_places",
    "to_geodataframe",
]
