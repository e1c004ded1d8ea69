"""Days as Excel writes them, when a person edited a table in it."""

import pandas as pd
import pytest

import geomap
from geomap.errors import TableError
from geomap.tables import tally
from tests.samples import make_record


def edited(tmp_path, *days, column="date_start"):
    """Write a table, and put days into it as a spreadsheet does."""
    path = tmp_path / "m.csv"
    geomap.write_csv([make_record() for _ in days], path)
    frame = pd.read_csv(path, dtype=str).assign(date_end="", **{column: list(days)})
    frame.to_csv(path, index=False)
    return path


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (["03/04/2026", "31/12/2026"], ["2026-04-03", "2026-12-31"]),
        (["03/04/2026", "12/31/26"], ["2026-03-04", "2026-12-31"]),
        (["3/4/2026 0:00", "12/31/2026 12:00 AM"], ["2026-03-04", "2026-12-31"]),
        (["03.04.2026", "2026-12-31"], ["2026-04-03", "2026-12-31"]),
        (["03-04-2026", "31-12-2026"], ["2026-04-03", "2026-12-31"]),
        (["05/05/2026", "06/06/98"], ["2026-05-05", "1998-06-06"]),
        (["", "13/01/2026"], [pd.NA, "2026-01-13"]),
    ],
)
def test_days_in_a_countrys_way_are_read_where_the_table_tells_how(tmp_path, days, read):
    table = geomap.read_table(edited(tmp_path, *days))
    assert table["date_start"].tolist() == read
    frame = pd.read_csv(tmp_path / "m.csv", dtype=str)
    assert geomap.read_table(frame)["date_start"].tolist() == read
    assert tally(table, period="year")["mentions"].sum() == len(days)


def test_days_of_one_column_tell_for_all(tmp_path):
    path = edited(tmp_path, "03/04/2026")
    frame = pd.read_csv(path, dtype=str).assign(event_start="25/12/2025", event_end="02/01/2026")
    frame.to_csv(path, index=False)
    table = geomap.read_table(path)
    assert table[["date_start", "event_end"]].to_numpy().tolist() == [["2026-04-03", "2026-01-02"]]


def test_a_day_far_down_tells_for_the_whole_file(tmp_path, monkeypatch):
    monkeypatch.setattr("geomap.tablefiles._PIECE", 1)
    table = geomap.read_table(edited(tmp_path, "03/04/2026", "04/05/2026", "31/12/2026"))
    assert table["date_start"].tolist() == ["2026-04-03", "2026-05-04", "2026-12-31"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (["03/04/2026", "04/05/2026"], "whose day and month no date of the table tells apart: format the column as yyyy-mm-dd"),
        (["31/12/2026", "12/31/2026"], "the day first and others with the month first: format the column as yyyy-mm-dd"),
    ],
)  # fmt: skip
def test_what_the_table_does_not_tell_is_named_with_row_and_column_and_what_to_do(
    tmp_path, days, words
):
    with pytest.raises(TableError) as caught:
        geomap.read_table(edited(tmp_path, *days))
    said = str(caught.value)
    assert "m.csv: 2 cells cannot be read:" in said
    assert f"line 2, date_start: expected a day as YYYY-MM-DD, got '{days[0]}', " in said
    assert "line 3, date_start: " in said
    assert words in said


def test_a_day_that_no_calendar_has_is_a_fault(tmp_path):
    with pytest.raises(TableError, match=r"line 3, date_start: .* got '31/02/2026', which is none"):
        geomap.read_table(edited(tmp_path, "13/01/2026", "31/02/2026"))
