"""Tables whose texts are categories hold what tables of texts hold."""

import pandas as pd
import pytest

import geomap
from geomap.errors import TableError
from geomap.tablefiles import find_table
from geomap.tables import conform_frame, iter_table, join_tables
from tests.samples import DAY, MONTH, UNDATED, make_record

ROWS = [
    make_record(article_id=f"a{n % 3}", title=title, snippet=f"{n} in Raqqa", kind=kind, date=date)
    for n in range(4)
    for title in ("", "Rain", "rain ")
    for kind in ("literal", "associative")
    for date in (DAY, MONTH, UNDATED)
]


def plain(table):
    """Return a table whose texts are texts again, for comparison."""
    types = {name: "string[python]" for name in table if table[name].dtype == "category"}
    return table.astype(types)


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_a_coded_table_has_the_cells_of_the_other(tmp_path, suffix, monkeypatch):
    path = tmp_path / f"m.{suffix}"
    getattr(geomap, f"write_{suffix}")(ROWS, path)
    monkeypatch.setattr("geomap.tablefiles._PIECE", 10)
    coded = join_tables(list(iter_table(find_table(path), coded=True)))
    assert coded["kind"].dtype == "category"
    pd.testing.assert_frame_equal(plain(coded), geomap.read_table(path))


def test_row_groups_with_texts_of_their_own_become_one_table(tmp_path):
    path = tmp_path / "m.parquet"
    geomap.mentions_table(ROWS).to_parquet(path, row_group_size=7)
    (coded,) = iter_table(find_table(path), coded=True, whole=True)
    pd.testing.assert_frame_equal(plain(coded), geomap.read_table(path))


def test_a_frame_beside_a_file_becomes_one_table_of_texts(tmp_path):
    path = tmp_path / "m.parquet"
    geomap.write_parquet(ROWS, path)
    frame = geomap.mentions_table(ROWS[:2])
    tables = [*iter_table(find_table(path), coded=True), conform_frame(frame, coded=True)]
    wanted = join_tables([geomap.read_table(path), geomap.read_table(frame)])
    pd.testing.assert_frame_equal(plain(join_tables(tables)), wanted)


def test_faults_of_a_coded_table_name_their_rows(tmp_path):
    path = tmp_path / "m.parquet"
    table = geomap.mentions_table(ROWS)
    table.loc[12, "kind"] = "figurative"
    table.loc[30, "date_end"] = "1990-01-01"
    table.to_parquet(path, row_group_size=7)
    with pytest.raises(TableError, match="row 13, kind: expected one of literal"):
        list(iter_table(find_table(path), coded=True))
    table.loc[12, "kind"] = "literal"
    table.to_parquet(path, row_group_size=7)
    with pytest.raises(TableError, match="row 31, date_end: 1990-01-01 comes before date_start"):
        list(iter_table(find_table(path), coded=True))
