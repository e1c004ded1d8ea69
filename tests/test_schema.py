"""The schema is the one list of columns: what is added there is in every table, file and page, and no other list is kept."""

from __future__ import annotations

import ast
import csv
import itertools
import json
from pathlib import Path
from typing import Annotated

import pandas as pd
import pyarrow.parquet
import pytest

import geomap
from geomap.schema import COLUMNS, DATES, MENTIONS, REQUIRED, About, MentionRecord, Schema
from geomap.tables import table_records
from tests.samples import make_record

PACKAGE = Path(geomap.__file__).parent
#: modules in which three columns stand in a row, and why these are no list that has to be kept equal
EXCEPTIONS = {
    "articles/formats.py": "the fields of an article",
    "corrections/table.py": "the bounds of a name",
    "evaluate/listing.py": "the bounds of a name",
    "gazetteer/build.py": "a circle",
    "model.py": "the fields of an article",
    "selection/conditions.py": "a circle; the ways to call a unit",
    "webmap/baseline.py": "what two tables are compared by, each with a name of its own",
}


class WiderRecord(MentionRecord):
    """A record with two columns more."""

    example_words: Annotated[int | None, About("mention", "how many words the sentence has")]
    desk: Annotated[str | None, About("article", "who reads it")]


WIDER = Schema.of(WiderRecord)


def _names_in(node):
    """Yield the runs of strings that are names of columns in a literal, or in a text of names."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        values = [item.value if isinstance(item, ast.Constant) else None for item in node.elts]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 500:
        values = node.value.replace(",", " ").split()
    else:
        return
    for is_column, run in itertools.groupby(values, lambda value: value in COLUMNS):
        if is_column:
            yield list(run)


def _neighbours(run):
    """Yield three names that follow each other as they do in the schema."""
    for three in itertools.pairwise(itertools.pairwise(run)):
        names = (*three[0], three[1][1])
        at = COLUMNS.index(names[0])
        if names == COLUMNS[at : at + 3]:
            yield names


def _kept_lists():
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name != "schema.py":
            for node in ast.walk(ast.parse(path.read_bytes())):
                for run in _names_in(node):
                    for names in _neighbours(run):
                        yield path.relative_to(PACKAGE).as_posix(), names


def test_no_list_of_columns_is_kept_beside_the_schema():
    found = {path: names for path, names in _kept_lists() if path not in EXCEPTIONS}
    assert not found, (
        "take them from geomap.schema (of_group, of_places, select), or state here why not"
    )


def test_columns_of_groups_are_those_of_the_record():
    assert DATES == ("date_start", "date_end", "date_precision")
    assert set(REQUIRED) <= set(COLUMNS)
    assert "place_id" not in MENTIONS.of_places
    assert "other_place_id" not in MENTIONS.of_places
    assert {"name", "lat", "admin1_iso"} <= set(MENTIONS.of_places)


@pytest.mark.parametrize(
    ("name", "dtype", "arrow"),
    [
        ("title", "string[python]", "string"),
        ("start", "Int64", "int64"),
        ("precision", "Int64", "int8"),
        ("lat", "float64", "float64"),
        ("date_start", "string[python]", "string"),
        ("relation_geometry", "string[python]", "string"),
    ],
)
def test_types_derive_from_the_schema(name, dtype, arrow):
    assert (MENTIONS[name].dtype, MENTIONS[name].arrow) == (dtype, arrow)


def test_a_field_without_words_is_no_column():
    class Bare(MentionRecord):
        desk: str

    with pytest.raises(TypeError, match="'desk' annotated with an About"):
        Schema.of(Bare)


def _wide_records():
    return [
        make_record() | {"example_words": 5, "desk": "north"},
        make_record(article_id="b.txt") | {"example_words": None, "desk": None},
    ]


def test_a_wider_record_is_a_wider_table_with_types():
    table = geomap.mentions_table(_wide_records(), schema=WIDER)
    assert tuple(table.columns) == WIDER.names == (*COLUMNS, "example_words", "desk")
    assert table["example_words"].dtype == pd.Int64Dtype()
    assert list(table_records(table, schema=WIDER)) == _wide_records()
    empty = geomap.mentions_table([], schema=WIDER)
    assert list(empty.dtypes) == list(table.dtypes)


def test_every_format_has_the_columns_of_a_wider_schema(tmp_path):
    records = _wide_records()
    for suffix, write in (
        (".jsonl", geomap.write_jsonl),
        (".csv", geomap.write_csv),
        (".parquet", geomap.write_parquet),
        (".geojson", geomap.write_geojson),
    ):
        assert write(records, tmp_path / f"m{suffix}", schema=WIDER) == 2
    lines = (tmp_path / "m.jsonl").read_text("utf-8").splitlines()
    assert [tuple(json.loads(line)) for line in lines] == [WIDER.names] * 2
    rows = list(csv.DictReader((tmp_path / "m.csv").read_text("utf-8").splitlines()))
    assert [(row["example_words"], row["desk"]) for row in rows] == [("5", "north"), ("", "")]
    types = pyarrow.parquet.read_schema(tmp_path / "m.parquet")
    assert str(types.field("example_words").type) == "int64"
    features = json.loads((tmp_path / "m.geojson").read_text("utf-8"))["features"]
    assert [feature["properties"]["example_words"] for feature in features] == [5, None]


def test_a_narrower_schema_selects(tmp_path):
    narrow = MENTIONS.select("article_id", "place_id", "lat", "lon")
    geomap.write_csv([make_record()], tmp_path / "m.csv", schema=narrow)
    head, row = (tmp_path / "m.csv").read_text("utf-8").splitlines()
    assert head == "article_id,place_id,lat,lon"
    assert row == "a.txt,geonames:172955,35.95283,39.00788"
    with pytest.raises(KeyError, match="desk"):
        MENTIONS.select("desk")
