"""Articles from pandas frames, and fields under the names that others give them."""

import datetime as dt
import json

import pandas as pd
import pytest

import geomap
from geomap.articles import ReadReport, articles_from_frame, read_article_text, read_articles
from geomap.cli.wording import describe_reading, describe_run
from geomap.errors import InputError, NothingReadableError, RecordError
from geomap.reports import RunReport

FRAME = pd.DataFrame(
    {
        "headline": ["One", None, "Three"],
        "body": ["The river at Raqqa.", None, "From Mosul to Raqqa."],
        "published_at": pd.to_datetime(["2016-12-19 08:30", "2016-12-20 00:00", None]),
        "link": ["https://paper.example/1", None, "javascript:alert(1)"],
        "id": [7.0, None, None],
    }
)


def test_a_frame_is_read_by_the_names_that_columns_often_have():
    report = ReadReport()
    one, three = articles_from_frame(FRAME, report=report)
    assert (one.id, one.title, one.url) == ("7", "One", "https://paper.example/1")
    assert (one.published.start, one.published.source) == (dt.date(2016, 12, 19), "field")
    assert (three.id, three.url, three.published.start) == ("row#3", None, None)
    assert (report.read, report.rejected, report.unreadable_dates) == (2, 1, 0)
    assert str(report.rejections[0]).startswith("the frame:2: ")
    assert "read by other names: text from “body”, title from “headline”" in next(
        iter(describe_reading(report))
    )


def test_a_column_that_is_named_is_taken():
    frame = FRAME.assign(day=[1482105600000, 1482105600, "x"], words="Rain fell on Mosul.")
    found = list(articles_from_frame(frame, text="words", date="day", id="headline"))
    assert [article.id for article in found] == ["One", "row#2", "Three"]
    assert [article.text for article in found] == ["Rain fell on Mosul."] * 3
    assert [article.published.start for article in found[:2]] == [dt.date(2016, 12, 19)] * 2


def test_what_is_no_frame_of_articles_says_so():
    with pytest.raises(InputError, match="the frame has no column 'x' for text, but 'headline'"):
        articles_from_frame(FRAME, text="x")
    with pytest.raises(InputError, match="which column holds the text"):
        articles_from_frame(FRAME.drop(columns="body"))
    with pytest.raises(InputError, match="expected a pandas frame of articles"):
        articles_from_frame(["a"])
    with pytest.raises(NothingReadableError):
        list(articles_from_frame(FRAME.iloc[1:2]))
    with pytest.raises(RecordError, match="the frame:2"):
        list(articles_from_frame(FRAME, strict=True))
    with pytest.raises(InputError, match=r"geomap\.articles_from_frame\(frame, text=…\) reads"):
        read_articles(FRAME)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_files_are_read_by_the_names_that_columns_often_have(tmp_path, suffix):
    row = {"headline": "One", "content": "no", "body": "The river.", "pubDate": "2016-12-19"}
    row |= {"outlet": "Paper", "link": "https://paper.example/1"}
    path = tmp_path / f"a{suffix}"
    if suffix == ".csv":
        pd.DataFrame([row]).to_csv(path, index=False)
    else:
        path.write_text(json.dumps(row))
    report = RunReport()
    (article,) = read_articles(path, report=report.reading)
    assert (article.title, article.text, article.source) == ("One", "The river.", "Paper")
    assert (article.url, article.published.start) == (row["link"], dt.date(2016, 12, 19))
    assert any("date from “pubDate”" in line for line in describe_run(report))
    (article,) = read_articles(path, columns={"text": "content"})
    assert article.text == "no"


def test_a_fields_own_name_goes_before_others(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"body": "b", "text": "The river.", "title": "T"}))
    report = ReadReport()
    (article,) = read_articles(tmp_path / "a.jsonl", report=report)
    assert (article.text, report.adopted) == ("The river.", {})


DAY = dt.date(2016, 12, 19)
DATES = [
    (1482105600, DAY),
    (1482105600000, DAY),
    (1482105600.0, DAY),
    ("1482105600000", DAY),
    ("1482105600.5", DAY),
    (1482105600000000000, DAY),
    (1701010800000, dt.date(2023, 11, 26)),  # whose first digits are a day of 1701
    (20161219, DAY),
    (201612190830, DAY),
    ("20161219083000", DAY),
    (DAY, DAY),
    (pd.Timestamp("2016-12-19T23:59:59"), DAY),
    (2016, dt.date(2016, 1, 1)),
    (17, None),
    (True, None),
    (float("nan"), None),
]


@pytest.mark.parametrize(("date", "day"), DATES, ids=str)
def test_a_date_is_read_as_people_and_pandas_write_it(date, day):
    assert read_article_text("The river.", id="a", date=date).published.start == day


def test_most_dates_that_fail_are_said_with_an_example(tmp_path):
    rows = [{"text": "The river.", "date": date} for date in ("Yekshanbe 5", "x", "2016-12-19")]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    report = RunReport()
    list(read_articles(tmp_path / "a.jsonl", report=report.reading))
    lines = list(describe_run(report))
    assert any(
        "most date fields could not be read as a date (2 of 3), for instance 'Yekshanbe 5'" in line
        for line in lines
    )


def test_geoparse_takes_a_text_articles_or_a_frame():
    table = geomap.geoparse("The road from Raqqa to Mosul.")
    assert table["name"].tolist() == ["Raqqa", "Mosul"]
    assert geomap.geoparse(geomap.Article(id="z", text="In Raqqa."))["article_id"].tolist() == ["z"]
    assert geomap.geoparse(FRAME, text="body")["article_id"].tolist() == ["7", "row#3", "row#3"]
    articles = list(articles_from_frame(FRAME))
    pd.testing.assert_frame_equal(geomap.geoparse(articles, processes=2), geomap.geoparse(articles))


def test_geoparse_says_what_it_cannot_take():
    with pytest.raises(InputError, match=r"news\.jsonl: expected a text, and this is a file's"):
        geomap.geoparse("news.jsonl")
    with pytest.raises(InputError, match="expected 1 process or more, got 0"):
        geomap.geoparse("x", processes=0)
    with pytest.raises(InputError, match="are those of a frame"):
        geomap.geoparse("In Raqqa.", text="body")


def test_words_where_dates_belong_are_refused_at_the_door():
    with pytest.raises(InputError, match="expected the date of publication as a DateSpan"):
        geomap.Article(id="a", text="x", published="2016-12-19")
    with pytest.raises(InputError, match=r"expected a datetime\.date, got '2016-12-19'"):
        geomap.DateSpan(start="2016-12-19", end="2016-12-19", precision="day")
